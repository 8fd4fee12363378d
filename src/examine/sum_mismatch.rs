//! Numbers named as the parts of a total that do not give it.
//!
//! Three shapes are read, narrowly, since most numbers in prose are no sums:
//!
//! - *Parts in brackets or after a colon*: "released 110 prisoners (Baku - 39,
//!   Yerevan - 11 and Stepanakert - 60)". Each part has one number, none is a
//!   date, a year, a time, a share or a number of a document, and no word says
//!   that parts are missing ("including", "among them", "over").
//! - *An equation*: "13 + 3 + 2 = 25".
//! - *A table*: a line that ends in numbers, then "including:" or "of which:"
//!   and the lines of the parts; or lines of numbers, then "Total".
//!
//! In prose a difference of more than a third says that these are no parts at
//! all; nothing is said then. Linear in the text.

use std::ops::Range;

use super::dates;
use super::oddity::{Oddity, OddityCode};
use super::prose::Prose;
use super::sum_tables::{self, sentence};

/// Finds all of them.
pub(super) fn find(prose: &Prose<'_>) -> Vec<Oddity> {
    let mut out = sum_tables::find(prose);
    for at in 0..prose.words.len() {
        let Some((total, end)) = number(prose, at) else { continue };
        if at > 0 && number(prose, at - 1).is_some_and(|(_, e)| e > at) {
            continue;
        }
        out.extend(listed(prose, at, total, end));
        out.extend(equation(prose, at, total, end));
    }
    out
}

/// Words that are numbers, up to twenty.
const WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Words between a total and its parts.
const NEAR: usize = 6;
/// The same, where a bracket lists names with numbers.
const FAR: usize = 25;

/// Words before a number that is no exact total.
const ROUGHLY: &[&str] = &[
    "over",
    "about",
    "around",
    "nearly",
    "almost",
    "least",
    "most",
    "than",
    "approximately",
    "some",
    "roughly",
    "no",
    "nos",
    "resolution",
    "resolutions",
    "article",
    "clause",
    "paragraph",
    "item",
    "page",
    "chapter",
    "version",
    "age",
    "aged",
];

/// Words in a list that say that something else is counted, or not all of it.
const HEDGES: &[&str] = &[
    "including",
    "incl",
    "among",
    "over",
    "about",
    "around",
    "nearly",
    "almost",
    "least",
    "most",
    "more",
    "less",
    "fewer",
    "other",
    "others",
    "another",
    "approximately",
    "some",
    "etc",
    "percent",
    "per",
    "no",
    "nos",
    "art",
    "article",
    "articles",
    "resolution",
    "resolutions",
    "paragraph",
    "paragraphs",
    "clause",
    "item",
    "items",
    "page",
    "pages",
    "pp",
    "vol",
    "chapter",
    "version",
    "hours",
    "hour",
    "minutes",
    "am",
    "pm",
    "plus",
    "respectively",
    "each",
    "between",
    "to",
    "until",
    "up",
    "km",
    "e",
    "g",
    "i",
    "half",
    "third",
    "times",
    "age",
    "aged",
    "was",
    "were",
    "is",
    "are",
    "had",
    "has",
    "who",
    "which",
    "that",
];

/// The number that begins with a word, and the index after it: "1,200",
/// "2.5", "six".
fn number(prose: &Prose<'_>, at: usize) -> Option<(f64, usize)> {
    let Some(value) = prose.value(at) else {
        let word = prose.words.get(at).map(|_| prose.word(at).to_lowercase())?;
        let n = WORDS.iter().position(|w| *w == word).filter(|n| *n > 1)?;
        return Some((n as f64, at + 1));
    };
    let mut value = value as f64;
    let mut end = at + 1;
    while end < prose.words.len()
        && prose.gap(end - 1) == ","
        && prose.word(end).len() == 3
        && let Some(more) = prose.value(end)
    {
        value = value * 1000.0 + more as f64;
        end += 1;
    }
    if end < prose.words.len()
        && prose.gap(end - 1) == "."
        && let Some(decimals) = prose.value(end)
    {
        let scale = 10f64.powi(prose.word(end).len() as i32);
        (value, end) = (value + decimals as f64 / scale, end + 1);
    }
    Some((value, end))
}

/// Whether the number is a year, a time, a share, or part of a code.
fn is_other(prose: &Prose<'_>, words: &Range<usize>, value: f64) -> bool {
    let before = prose.gap_before(words.start);
    let after = prose.gap(words.end - 1);
    let month = |at: usize| at < prose.words.len() && dates::month(prose.word(at)).is_some();
    (1500.0..=2100.0).contains(&value) && words.len() == 1
        || after.starts_with(['%', '/', '-', '–', ':', '°', '\'', '’'])
            && !after.starts_with(": ")
            && !after.starts_with("- ")
        || after.is_empty()
        || before.ends_with(['/', '-', '–', ':', '№', '#', '$', '€'])
        || before.is_empty()
        || month(words.end)
        || words.start.checked_sub(1).is_some_and(month)
}

/// A total with its parts in brackets or after a colon.
fn listed(prose: &Prose<'_>, at: usize, total: f64, end: usize) -> Option<Oddity> {
    if is_other(prose, &(at..end), total) || total < 3.0 {
        return None;
    }
    let among = |list: &[&str], i: usize| list.contains(&prose.word(i).to_lowercase().as_str());
    if (at.saturating_sub(2)..at).any(|i| among(ROUGHLY, i) && prose.gap(i).trim().is_empty()) {
        return None;
    }
    let open = opening(prose, end)?;
    let other = |i: usize| among(ROUGHLY, i) || among(&["including", "among"], i);
    if (end..=open).any(|i| other(i) || number(prose, i).is_some()) {
        return None;
    }
    let first = open + 1;
    let closes: &[char] = match prose.gap(open).trim() {
        "(" => &[')'],
        _ => &['.', ';', '!', '?', '\n', ')'],
    };
    let last = (first..(first + 40).min(prose.words.len()))
        .find(|i| prose.gap(*i).contains(closes) && !is_inside_number(prose, *i))?;
    // Far from the total only "Baku - 39, Yerevan - 11" is plainly a list.
    if open >= end + NEAR && !(first..last).any(|i| matches!(prose.gap(i), " – " | " - " | " — "))
    {
        return None;
    }
    let parts = parts(prose, first..last + 1)?;
    // Bare numbers after a colon: "Luke 12: 5, 7 and 9".
    let bare = parts.len() * 2 > last + 1 - first;
    if bare && prose.gap(open).trim() != "(" && end == open + 1 {
        let named = at > 0 && prose.is_capital(at - 1) && prose.gap(at - 1) == " ";
        if named || parts.len() < 3 {
            return None;
        }
    }
    let sum: f64 = parts.iter().sum();
    let off = (sum - total).abs();
    if off < 1e-6 || off * 3.0 > total {
        return None;
    }
    Some(oddity(prose, at..last + 1, &parts, sum, total))
}

/// The word after which the parts of a total may begin: after a few words that
/// name what is counted, a bracket, colon or dash, or ", with".
fn opening(prose: &Prose<'_>, end: usize) -> Option<usize> {
    let marked = |i: &usize| !prose.gap(*i).trim().is_empty();
    let near = (end - 1..(end + NEAR).min(prose.words.len())).find(marked)?;
    match prose.gap(near).trim() {
        "(" | ":" | "–" | "—" => Some(near),
        "," if near + 2 < prose.words.len() && prose.word(near + 1) == "with" => Some(near + 1),
        "," => {
            let far = (near + 1..(end + FAR).min(prose.words.len()))
                .find(|i| marked(i) && !matches!(prose.gap(*i).trim(), "," | "-"))?;
            (prose.gap(far).trim() == "(").then_some(far)
        }
        _ => None,
    }
}

fn is_inside_number(prose: &Prose<'_>, at: usize) -> bool {
    prose.gap(at) == "." && prose.value(at).is_some() && prose.value(at + 1).is_some()
}

/// The numbers of a list, one in each part; `None` where it is no such list.
fn parts(prose: &Prose<'_>, words: Range<usize>) -> Option<Vec<f64>> {
    let (mut out, mut here, mut length) = (Vec::new(), None, 0);
    let mut at = words.start;
    let hedged = |i: usize| HEDGES.contains(&prose.word(i).to_lowercase().as_str());
    while at < words.end {
        let mut next = at + 1;
        if prose.word(at) == "and" {
            out.push(here.take()?);
            length = 0;
        } else if let Some((value, end)) = number(prose, at) {
            if here.is_some() || is_other_part(prose, &(at..end), value) {
                return None;
            }
            (here, next) = (Some(value), end);
        } else if hedged(at) || dates::month(prose.word(at)).is_some() {
            return None;
        }
        length += 1;
        if length > 7 || next > words.end {
            return None;
        }
        let gap = prose.gap(next - 1);
        if next < words.end && gap.contains([',', ';', '\n']) && !is_inside_number(prose, next - 1)
        {
            // ", and": one mark.
            if prose.word(next) != "and" {
                out.push(here.take()?);
                length = 0;
            }
        } else if next < words.end && gap.contains(['(', ')', ':', '=', '+', '*', '?', '"', '“'])
        {
            return None;
        }
        at = next;
    }
    out.push(here?);
    (out.len() >= 2).then_some(out)
}

/// As [`is_other`], but a dash may stand between a part's name and number.
fn is_other_part(prose: &Prose<'_>, words: &Range<usize>, value: f64) -> bool {
    let before = prose.gap_before(words.start);
    // "Unicode 11" is a version, "Baku – 39" a part.
    if before == " "
        && words.start.checked_sub(1).is_some_and(|b| prose.is_capital(b))
        && number(prose, words.start - 1).is_none()
    {
        return true;
    }
    let spaced = before.ends_with(' ') || before.ends_with('(') || before.ends_with('\n');
    let after = prose.gap(words.end - 1);
    let month = |at: usize| at < prose.words.len() && dates::month(prose.word(at)).is_some();
    (1500.0..=2100.0).contains(&value) && words.len() == 1
        || after.starts_with(['%', '/', '-', '°', '\'', '’'])
        || after.is_empty()
        || !spaced
        || month(words.end)
        || words.start.checked_sub(1).is_some_and(month)
}

/// "13 + 3 + 2 = 25".
fn equation(prose: &Prose<'_>, at: usize, first: f64, end: usize) -> Option<Oddity> {
    if at > 0 && prose.gap(at - 1).trim_end().ends_with(['+', '-', '*', '/', '×', '=']) {
        return None;
    }
    let (mut parts, mut end) = (vec![first], end);
    while end < prose.words.len() && prose.gap(end - 1).trim() == "+" {
        let (value, after) = number(prose, end)?;
        parts.push(value);
        end = after;
    }
    if parts.len() < 2 || end >= prose.words.len() || prose.gap(end - 1).trim() != "=" {
        return None;
    }
    let (total, end) = number(prose, end)?;
    let sum: f64 = parts.iter().sum();
    let goes_on = prose.gap(end - 1).trim_start().starts_with(['+', '*', '/', '×', '^']);
    (!goes_on && (sum - total).abs() > 1e-6).then(|| oddity(prose, at..end, &parts, sum, total))
}

fn oddity(prose: &Prose<'_>, words: Range<usize>, parts: &[f64], sum: f64, total: f64) -> Oddity {
    let text = sentence(parts, sum, total);
    let said = prose.phrase(words.clone());
    Oddity::new(OddityCode::SumMismatch, prose.span(words), said, text)
}
