//! The dated entries of a chronicle, and the year heads that date them.
//!
//! An *entry* begins a line with a date: "May 5", a range, a set ("April 3-5
//! and April 10"), a month alone, "Early April", or a year before it all
//! ("1993, June 17."). The date may be broken over lines, as in a narrow
//! column; a blank line means nothing, since print puts them anywhere. A *year
//! head* is a year alone on its line.
//!
//! A line of wrapped prose may begin with a date too. It is no entry when the
//! text goes on with a small letter, a mark or a bracket, or when the line
//! before ends in a word that wants a date ("until"). It is *unsure* when the
//! line before does not end a sentence.

use std::collections::HashMap;
use std::ops::Range;

use super::dates::{self, Day, Mention};
use super::prose::Prose;

/// A dated entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The words of its date.
    pub words: Range<usize>,
    pub year: i32,
    /// First and last month and day that its first date can mean.
    pub from: (u8, u8),
    pub latest: (u8, u8),
    /// It names a day, not only a month or a part of one.
    pub to_the_day: bool,
    /// Nothing speaks against it being an entry.
    pub sure: bool,
    /// Which year head it stands under, counted from 0; all entries that
    /// bring their year share one number.
    pub section: usize,
}

/// A year alone on its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct YearHead {
    pub word: usize,
    pub year: i32,
}

/// What a stretch of text holds.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub heads: Vec<YearHead>,
    pub entries: Vec<Entry>,
}

/// Reads the entries of a byte range.
pub(super) fn read(prose: &Prose<'_>, mentions: &[Mention], span: Range<usize>) -> Entries {
    let by_start: HashMap<usize, &Mention> = mentions.iter().map(|m| (m.words.start, m)).collect();
    let lines = prose.view.lines();
    let (first, last) = (lines.line_of(span.start), lines.line_of(span.end.saturating_sub(1)));
    let mut out = Entries::default();
    // A date column runs over lines: what belongs to it opens no entry.
    let mut taken = 0;
    for line in first..=last {
        let Some(bytes) = lines.range_of(line..=line) else { break };
        let at = prose.word_at(bytes.start);
        if at < taken || at >= prose.words.len() || !bytes.contains(&prose.span(at..at + 1).start) {
            continue;
        }
        if let Some(year) = year_alone(prose, at, &bytes) {
            taken = at + 1;
            out.heads.push(YearHead { word: at, year });
            continue;
        }
        let head = out.heads.len().checked_sub(1);
        let year = head.map(|h| out.heads[h].year);
        if let Some(mut entry) = entry(prose, &by_start, at, year) {
            taken = entry.words.end;
            if entry.section == 0 {
                entry.section = head.map_or(0, |h| h + 1);
            }
            out.entries.push(entry);
        }
    }
    out
}

/// The section of entries that bring their year.
pub(super) const OWN_YEAR: usize = usize::MAX;

fn year_alone(prose: &Prose<'_>, at: usize, line: &Range<usize>) -> Option<i32> {
    let year = prose.value(at).filter(|v| (1000..=2100).contains(v))?;
    let text = prose.view.source()[line.clone()].trim();
    (text.trim_end_matches(['.', ':']) == prose.word(at)).then_some(year as i32)
}

fn entry(
    prose: &Prose<'_>,
    mentions: &HashMap<usize, &Mention>,
    at: usize,
    head: Option<i32>,
) -> Option<Entry> {
    // "1993, June 17." brings its year and ends its date with a stop.
    let own = prose.value(at).filter(|v| (1000..=2100).contains(v) && prose.word(at).len() == 4);
    let own = own.filter(|_| matches!(prose.gap(at), ", " | ". "));
    let date = at + usize::from(own.is_some());
    let (from, latest, to_the_day, mut end) = date_at(prose, mentions, date)?;
    while let Some(after) = another(prose, mentions, end) {
        end = after;
    }
    let year_there = mentions.get(&date).and_then(|m| m.from.year);
    let year = own.map(|y| y as i32).or(year_there).or(head)?;
    if !goes_on_as_entry(prose, end, own.is_some()) || wants_a_date(prose, at) {
        return None;
    }
    let section = if own.is_some() { OWN_YEAR } else { 0 };
    let sure = own.is_some() || ends_sentence(prose.gap_before(at));
    Some(Entry { words: at..end, year, from, latest, to_the_day, sure, section })
}

type Dated = ((u8, u8), (u8, u8), bool, usize);

fn date_at(prose: &Prose<'_>, mentions: &HashMap<usize, &Mention>, at: usize) -> Option<Dated> {
    if let Some(m) = mentions.get(&at) {
        let Day { month, day, .. } = m.from;
        return Some(match day {
            Some(day) => ((month, day), (month, day), true, m.words.end),
            None => ((month, 1), (month, 31), false, m.words.end),
        });
    }
    if at + 1 >= prose.words.len() {
        return None;
    }
    if let Some(month) = dates::month(prose.word(at)).filter(|m| is_whole(prose.word(at), *m)) {
        return Some(((month, 1), (month, 31), false, at + 1));
    }
    // Parts of a month, by a wide measure.
    let (from, to) = match prose.word(at) {
        "Early" | "Beginning" => (1, 15),
        "Mid" | "Middle" => (5, 25),
        "Late" | "End" => (15, 31),
        _ => return None,
    };
    let next = at + 1 + usize::from(prose.word(at + 1) == "of");
    let month = (next < prose.words.len()).then(|| dates::month(prose.word(next))).flatten()?;
    Some(((month, from), (month, to), false, next + 1))
}

fn is_whole(word: &str, month: u8) -> bool {
    word.eq_ignore_ascii_case(dates::month_name(month))
}

/// The rest of a set: "and 15", "and April 10", "/10-14".
fn another(prose: &Prose<'_>, mentions: &HashMap<usize, &Mention>, end: usize) -> Option<usize> {
    if end >= prose.words.len() {
        return None;
    }
    let gap = prose.gap(end - 1).trim();
    let next = match (gap, prose.word(end)) {
        ("", "and") => end + 1,
        ("/" | "," | "&", _) => end,
        _ => return None,
    };
    if let Some(m) = mentions.get(&next) {
        return Some(m.words.end);
    }
    prose.value(next).filter(|v| (1..=31).contains(v))?;
    let dash = prose.gap(next).trim();
    let ranged = matches!(dash, "-" | "–" | "—") && prose.value(next + 1).is_some_and(|v| v <= 31);
    Some(next + if ranged { 2 } else { 1 })
}

fn goes_on_as_entry(prose: &Prose<'_>, end: usize, with_stop: bool) -> bool {
    if end >= prose.words.len() {
        return true;
    }
    let gap = prose.gap(end - 1);
    let marks = gap.trim_start_matches([' ', '\n']);
    if with_stop {
        return marks.starts_with(['.', ':', '–', '—']);
    }
    let opens = marks.is_empty() || marks.starts_with(['“', '‘', '"', '„', '«', '–', '—', ':']);
    opens && (prose.is_capital(end) || prose.value(end).is_some())
}

/// Whether the word before is one that a date completes.
fn wants_a_date(prose: &Prose<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    prose.gap(before).trim().is_empty()
        && matches!(
            prose.word(before),
            "on" | "by"
                | "until"
                | "till"
                | "from"
                | "of"
                | "since"
                | "and"
                | "to"
                | "between"
                | "before"
                | "after"
                | "dated"
                | "in"
                | "starting"
                | "the"
                | "for"
                | "around"
                | "through"
        )
}

fn ends_sentence(gap: &str) -> bool {
    gap.contains(['.', '!', '?', '…', ':', ')', '”', '"', '’', '»', ';'])
}
