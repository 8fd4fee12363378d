//! Ranges that end before they begin: "October 1992 - September 1990",
//! "May 17-15", "1992-1990", "pp. 512-498".
//!
//! Of dates, both ends must name what is compared: years on both, or the same
//! month with two days. Years alone must stand by themselves, and not before
//! Christ. Pages must have as many digits at the end as at the beginning,
//! since "331-35" is short for 331-335.

use std::ops::Range;

use super::dates::{Day, Mention};
use super::oddity::{Oddity, OddityCode};
use super::prose::Prose;

/// Finds all of them; linear in the text.
pub(super) fn find(prose: &Prose<'_>, mentions: &[Mention]) -> Vec<Oddity> {
    let mut out = Vec::new();
    for m in mentions {
        let Some(to) = m.to else { continue };
        if is_earlier(&to, &m.from) {
            out.push(oddity(prose, m.words.clone(), "This range of dates"));
        }
    }
    for at in 0..prose.words.len().saturating_sub(1) {
        if is_dash(prose.gap(at)) {
            out.extend(years(prose, at));
            out.extend(pages(prose, at));
        }
    }
    out
}

fn oddity(prose: &Prose<'_>, words: Range<usize>, what: &str) -> Oddity {
    let text = format!("{what} ends before it begins.");
    let said = prose.phrase(words.clone());
    Oddity::new(OddityCode::ImpossibleRange, prose.span(words), said, text)
}

fn is_earlier(a: &Day, b: &Day) -> bool {
    match (a.year, b.year) {
        (Some(x), Some(y)) => (x, a.month, a.day) < (y, b.month, b.day),
        // December to January of the next year is right.
        (None, None) => a.month == b.month && a.day < b.day,
        _ => a.month == b.month && a.day < b.day,
    }
}

fn is_dash(gap: &str) -> bool {
    gap.len() <= 5 && matches!(gap.trim(), "-" | "–" | "—" | "\u{2010}" | "\u{2011}")
}

/// "1992-1990".
fn years(prose: &Prose<'_>, at: usize) -> Option<Oddity> {
    let year = |i: usize| {
        let v = prose.value(i)?;
        (prose.word(i).len() == 4 && (1000..=2100).contains(&v)).then_some(v)
    };
    let (from, to) = (year(at)?, year(at + 1)?);
    let alone = prose.gap_before(at).ends_with([' ', '(', '[', '\n'])
        && prose.gap(at + 1).starts_with([' ', ')', ']', ',', '.', ';', ':', '\n'])
        && !prose.gap(at + 1).starts_with(". -");
    // A telephone or document number has more parts, or a word before it.
    let named = at.checked_sub(1).map(|b| prose.word(b).to_lowercase());
    let number = named.is_some_and(|w| {
        matches!(w.as_str(), "no" | "nos" | "tel" | "phone" | "fax" | "isbn" | "issn" | "from")
            || w.bytes().all(|b| b.is_ascii_digit())
    });
    let christ = (at + 2..prose.words.len().min(at + 5))
        .any(|i| matches!(prose.word(i), "BC" | "BCE" | "B" | "до" | "avant" | "av" | "v"));
    (to < from && alone && !number && !christ)
        .then(|| oddity(prose, at..at + 2, "This range of years"))
}

/// "pp. 512-498".
fn pages(prose: &Prose<'_>, at: usize) -> Option<Oddity> {
    let before = at.checked_sub(1)?;
    if !matches!(prose.word(before), "p" | "pp" | "page" | "pages" | "Pages" | "Page") {
        return None;
    }
    let (from, to) = (prose.value(at)?, prose.value(at + 1)?);
    let alike = prose.word(at).len() == prose.word(at + 1).len();
    (to < from && alike).then(|| oddity(prose, before..at + 2, "This range of pages"))
}
