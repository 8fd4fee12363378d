//! References inside a text that lead nowhere, to several places, or - as far
//! as the text's own list of documents tells - to the wrong one.
//!
//! A reference is a label with a number ("Appendix 21"), or numbers among
//! things with a label ("Nos 20 and 21 among the appended documents"), with a
//! word or bracket that points: "see", "cf.", "(Appendix 21)". It counts only
//! where the text has a numbering of that kind
//! ([`super::numbered_heads`]), and not when it speaks of another work ("of
//! the report", "to this letter").
//!
//! - *Missing*: no head has this number.
//! - *Several*: heads of two numberings fit ("Appendix, Document 12", where
//!   there are an Appendix 12 and a Document 12).
//! - *Another seems meant*: the captions of the documents are dated, the text
//!   around the reference names days in months that no cited document is of,
//!   and other documents of the list are of these months.
//! - *Page*: "see p. 512" in a text whose own page numbers end long before.

use std::collections::BTreeSet;
use std::ops::Range;

use super::dates::{self, Mention};
use super::numbered_heads::{Head, Heads, Label, number};
use super::oddity::{Oddity, OddityCode};
use super::prose::Prose;

/// Words around a reference whose dates say what it is about.
const AROUND: usize = 350;

/// A reference: the words of it, what it points at, and the label that
/// stands before without a number.
struct Reference {
    words: Range<usize>,
    label: Label,
    numbers: Vec<u32>,
    within: Option<Label>,
}

/// Finds all of them; linear in the text.
pub(super) fn find(prose: &Prose<'_>, mentions: &[Mention], heads: &Heads) -> Vec<Oddity> {
    let mut out = pages(prose);
    let captions: Vec<Range<usize>> =
        heads.values().flatten().flat_map(|(_, h)| h).map(|h| h.caption.clone()).collect();
    for reference in references(prose, heads) {
        let at = reference.words.start;
        // The head itself, or the list of heads.
        if captions.iter().any(|c| c.start == at || c.start + 1 == at) {
            continue;
        }
        let found = missing(prose, heads, &reference)
            .or_else(|| several(prose, heads, &reference))
            .or_else(|| another(prose, mentions, heads, &captions, &reference));
        out.extend(found);
    }
    out
}

fn references(prose: &Prose<'_>, heads: &Heads) -> Vec<Reference> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < prose.words.len() {
        let found = labelled(prose, heads, at).or_else(|| counted(prose, heads, at));
        at = found.as_ref().map_or(at + 1, |r| r.words.end);
        out.extend(found);
    }
    out
}

/// "see Appendix 21", "(see Appendix, Document 12)".
fn labelled(prose: &Prose<'_>, heads: &Heads, at: usize) -> Option<Reference> {
    let label = Label::of(prose.word(at)).filter(|l| heads.contains_key(l))?;
    let (numbers, end) = numbers(prose, at + 1)?;
    let before = at.checked_sub(1)?;
    let within = Label::of(prose.word(before)).filter(|l| {
        *l != label && heads.contains_key(l) && matches!(prose.gap(before), ", " | " " | ": ")
    });
    let start = if within.is_some() { before } else { at };
    (points(prose, start, end) && !elsewhere(prose, end)).then_some(Reference {
        words: start..end,
        label,
        numbers,
        within,
    })
}

/// "see Nos 20 and 21 among the appended documents".
fn counted(prose: &Prose<'_>, heads: &Heads, at: usize) -> Option<Reference> {
    if !matches!(prose.word(at), "No" | "Nos" | "Numbers" | "numbers") {
        return None;
    }
    let (numbers, end) = numbers(prose, at + 1)?;
    let link = ["of", "among", "in"].contains(&word(prose, end));
    let label = (end..end + 6).find_map(|i| Label::of(word(prose, i)))?;
    (link && heads.contains_key(&label) && points(prose, at, end)).then_some(Reference {
        words: at..end,
        label,
        numbers,
        within: None,
    })
}

fn word<'p>(prose: &'p Prose<'_>, at: usize) -> &'p str {
    if at < prose.words.len() { prose.word(at) } else { "" }
}

/// "12", "No 12", "20 and 21", "2, 3 and 5": the numbers, and where they end.
fn numbers(prose: &Prose<'_>, at: usize) -> Option<(Vec<u32>, usize)> {
    let mut at = at;
    if matches!(word(prose, at), "No" | "Nos") {
        at += 1;
    }
    let near = |i: usize| i > 0 && matches!(prose.gap(i - 1), " " | ". " | ", " | "\u{a0}" | "/");
    let mut out = Vec::new();
    loop {
        let listed = !out.is_empty();
        let joined = listed && matches!(word(prose, at), "and" | "or");
        let next = at + usize::from(joined);
        if next >= prose.words.len()
            || !near(next)
            || (listed && !joined && prose.gap(at - 1) != ", ")
        {
            break;
        }
        let Some(n) = number(prose.word(next)) else { break };
        // "Appendix 2, 14 pages"; "Document 3.2".
        if listed && !joined && !matches!(prose.gap(next).chars().next(), Some(',' | ')' | ' ')) {
            break;
        }
        out.push(n);
        at = next + 1;
    }
    let whole = at > 0 && !prose.gap(at - 1).starts_with(['.', '/', '-', '–'])
        || prose.gap(at - 1).starts_with(". ")
        || prose.gap(at - 1).starts_with(".\n")
        || prose.gap(at - 1).starts_with(".)");
    (!out.is_empty() && whole).then_some((out, at))
}

/// Whether something points: a word before, or brackets around.
fn points(prose: &Prose<'_>, start: usize, end: usize) -> bool {
    let bracketed =
        prose.gap_before(start).ends_with('(') && prose.gap(end - 1).starts_with([')', ',', ';']);
    let called = (start.saturating_sub(3)..start).any(|i| {
        matches!(prose.word(i), "see" | "See" | "cf" | "Cf" | "viz" | "compare" | "consult")
            && (i + 1..start).all(|k| !prose.gap_before(k).contains(['.', ';']))
    });
    bracketed || called
}

/// "of the report", "to this letter": another work, or a part of this one
/// with numbers of its own.
fn elsewhere(prose: &Prose<'_>, end: usize) -> bool {
    let own = ["this book", "the book", "the present"];
    if !matches!(word(prose, end), "of" | "to" | "in" | "hereto" | "thereto" | "attached")
        || !prose.gap(end - 1).trim().is_empty()
    {
        return false;
    }
    let next = format!("{} {}", word(prose, end + 1), word(prose, end + 2));
    !own.contains(&next.as_str())
}

fn oddity(prose: &Prose<'_>, reference: &Reference, text: String) -> Oddity {
    let words = reference.words.clone();
    let said = prose.phrase(words.clone());
    Oddity::new(OddityCode::ReferenceDangling, prose.span(words), said, text)
}

fn missing(prose: &Prose<'_>, heads: &Heads, reference: &Reference) -> Option<Oddity> {
    let numbering = &heads[&reference.label];
    let (first, last) = (numbering.keys().next()?, numbering.keys().next_back()?);
    let gone: Vec<u32> =
        reference.numbers.iter().copied().filter(|n| !numbering.contains_key(n)).collect();
    if gone.is_empty() {
        return None;
    }
    let name = reference.label.name();
    let named = gone.iter().map(|n| format!("{name} {n}")).collect::<Vec<_>>().join(", ");
    let text = format!("There is no {named}; the text has {name} {first} to {last}.");
    Some(oddity(prose, reference, text))
}

fn several(prose: &Prose<'_>, heads: &Heads, reference: &Reference) -> Option<Oddity> {
    let within = reference.within?;
    let mut places = Vec::new();
    for n in &reference.numbers {
        let (own, other) = (heads[&reference.label].get(n)?, heads[&within].get(n)?);
        places.extend([own, other].into_iter().filter_map(|h| h.first()).map(|h| h.line.clone()));
    }
    let n = reference.numbers[0];
    let text = format!(
        "There are both {} {n} and {} {n}; which is meant is not said.",
        reference.label.name(),
        within.name()
    );
    Some(oddity(prose, reference, text).against(places))
}

type Months = BTreeSet<(i32, u8)>;

/// The months, with years, of the dates among some words.
fn months(mentions: &[Mention], words: &Range<usize>) -> Months {
    let first = mentions.partition_point(|m| m.words.start < words.start);
    let within = mentions[first..].iter().take_while(|m| m.words.end <= words.end);
    within.filter_map(|m| Some((m.from.year?, m.from.month))).collect()
}

fn another(
    prose: &Prose<'_>,
    mentions: &[Mention],
    heads: &Heads,
    captions: &[Range<usize>],
    reference: &Reference,
) -> Option<Oddity> {
    let numbering = &heads[&reference.label];
    let cited: Vec<&Head> =
        reference.numbers.iter().filter_map(|n| numbering.get(n)?.first()).collect();
    let mut of_cited = Months::new();
    for head in &cited {
        let dated = months(mentions, &head.caption);
        if dated.is_empty() {
            return None;
        }
        of_cited.extend(dated);
    }
    let around = reference.words.start.saturating_sub(AROUND)
        ..(reference.words.end + AROUND).min(prose.words.len());
    if captions.iter().any(|c| c.start < around.end && around.start < c.end) {
        return None;
    }
    let about = about(mentions, &around)?;
    // December also stands without its year near by; any day in a cited
    // month, of whatever year, speaks for the reference.
    let cited_month = |m: &Mention| of_cited.iter().any(|(_, month)| *month == m.from.month);
    let near = mentions.iter().filter(|m| around.contains(&m.words.start));
    let (mut days, mut for_it) = (0, 0);
    for m in near.filter(|m| m.from.day.is_some()) {
        days += 1;
        for_it += usize::from(cited_month(m));
    }
    if days < 3 || for_it > 0 || of_cited.contains(&about) {
        return None;
    }
    let better: Vec<(u32, &Head)> = numbering
        .iter()
        .filter_map(|(n, h)| Some((*n, h.first()?)))
        .filter(|(_, h)| months(mentions, &h.caption).contains(&about))
        .collect();
    if better.is_empty() {
        return None;
    }
    let name = reference.label.name();
    let list = |n: &[u32]| n.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let (year, month) = about;
    let text = format!(
        "The dates of {name} {} are of other months than this passage, which speaks of {} {year}; of that month are {}.",
        list(&reference.numbers),
        dates::month_name(month),
        list(&better.iter().map(|(n, _)| *n).collect::<Vec<_>>())
    );
    let places = cited.iter().chain(better.iter().map(|(_, h)| h)).map(|h| h.line.clone());
    Some(oddity(prose, reference, text).against(places))
}

/// The one month, with its year, that the days near a reference are of.
fn about(mentions: &[Mention], around: &Range<usize>) -> Option<(i32, u8)> {
    let first = mentions.partition_point(|m| m.words.start < around.start);
    let near: Vec<&Mention> =
        mentions[first..].iter().take_while(|m| m.words.end <= around.end).collect();
    let mut counts = [0usize; 13];
    for m in near.iter().filter(|m| m.from.day.is_some()) {
        counts[usize::from(m.from.month.min(12))] += 1;
    }
    let month = (1..=12usize).max_by_key(|m| counts[*m])?;
    let all: usize = counts.iter().sum();
    if counts[month] < 3 || counts[month] * 3 < all * 2 {
        return None;
    }
    let years: BTreeSet<i32> = mentions
        .iter()
        .filter(|m| usize::from(m.from.month) == month)
        .filter(|m| m.words.start.abs_diff(around.start) < 4_000)
        .filter_map(|m| m.from.year)
        .collect();
    match years.len() {
        1 => years.first().map(|y| (*y, month as u8)),
        _ => None,
    }
}

/// "see p. 512" past the last page.
fn pages(prose: &Prose<'_>) -> Vec<Oddity> {
    let Some(last) = last_page(prose) else { return Vec::new() };
    let mut out = Vec::new();
    for at in 1..prose.words.len().saturating_sub(1) {
        if !matches!(prose.word(at), "p" | "pp" | "page" | "pages") {
            continue;
        }
        let Some(page) = prose.value(at + 1).filter(|p| *p < 10_000) else { continue };
        let own = matches!(prose.word(at - 1), "see" | "See" | "cf")
            && prose.gap(at - 1) == " "
            && (prose.gap(at + 1).starts_with([')', '.', ';'])
                || matches!(word(prose, at + 2), "above" | "below"));
        if own && page > last {
            let words = at..at + 2;
            let said = prose.phrase(words.clone());
            let text =
                format!("There is no page {page}; the text shows its pages up to {last} at most.");
            out.push(Oddity::new(OddityCode::ReferenceDangling, prose.span(words), said, text));
        }
    }
    out
}

/// A page number that the text cannot exceed: the last that it shows, and for
/// each page that starts after it one and a half more.
fn last_page(prose: &Prose<'_>) -> Option<u64> {
    let source = prose.view.source();
    let number =
        |h: &Range<u32>| source[h.start as usize..h.end as usize].trim().parse::<u64>().ok();
    let numbers: Vec<(u64, u32)> =
        prose.view.layout().iter().filter_map(|h| Some((number(h)?, h.end))).collect();
    let (last, at) = *numbers.last().filter(|_| numbers.len() >= 3)?;
    let starts = prose.view.page_starts();
    let after = starts.len() - starts.partition_point(|s| *s <= at);
    Some(last + 5 + after as u64 * 3 / 2)
}
