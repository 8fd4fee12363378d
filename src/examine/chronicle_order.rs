//! Dated entries of a chronicle that stand out of order.
//!
//! Within a year, the entries that name a day and are sure
//! ([`super::chronicle_entries`]) are put in the longest order that they keep
//! as they stand (patience sorting, Fredman 1975: n log n); the rest are
//! findings, and of two that could be the one astray, the later. A range
//! counts by its first day. Months and parts of months are only held against
//! their neighbours. Where more than a fifth is astray, the text follows some
//! other order, and nothing is said. Year heads must not fall.
//!
//! With no division named a chronicle, stretches of at least ten entries under
//! at least two year heads, or that each bring their year, count as one.

use std::ops::Range;

use super::chronicle_entries::{self, Entries, Entry, OWN_YEAR};
use super::dates::{self, Mention};
use super::given::Given;
use super::oddity::{Oddity, OddityCode};
use super::prose::Prose;
use crate::text::longest_order;

/// Entries, or lines between entries, by which an unnamed chronicle is known.
const LEAST_ENTRIES: usize = 10;

/// Finds all of them.
pub(super) fn find(prose: &Prose<'_>, mentions: &[Mention], given: &Given<'_>) -> Vec<Oddity> {
    let named: Vec<_> = given.divisions.iter().filter(|d| d.is_chronicle()).collect();
    let mut out = Vec::new();
    if named.is_empty() {
        let all = chronicle_entries::read(prose, mentions, 0..prose.view.source().len());
        for stretch in stretches(all) {
            out.extend(check(prose, &stretch));
        }
    }
    for division in named {
        let read = chronicle_entries::read(prose, mentions, division.span.clone());
        out.extend(check(prose, &read));
    }
    out
}

fn check(prose: &Prose<'_>, read: &Entries) -> Vec<Oddity> {
    let mut out = Vec::new();
    let mut sections: Vec<usize> = read.entries.iter().map(|e| e.section).collect();
    sections.sort_unstable();
    sections.dedup();
    let mut checked = 0;
    for section in sections {
        let sure = |e: &&Entry| e.section == section && e.sure;
        let (days, months): (Vec<&Entry>, Vec<&Entry>) =
            read.entries.iter().filter(sure).partition(|e| e.to_the_day);
        let keys: Vec<_> = days.iter().map(|e| (e.year, e.from)).collect();
        let kept = longest_order(&keys);
        checked += keys.len();
        for (index, entry) in days.iter().enumerate().filter(|(i, _)| !kept[*i]) {
            let before = (0..index).rev().find(|&i| kept[i]).map(|i| days[i]);
            let after = (index + 1..days.len()).find(|&i| kept[i]).map(|i| days[i]);
            out.extend(astray(prose, entry, before, after));
        }
        for month in months {
            let near = |i: &usize| kept[*i];
            let place = days.partition_point(|d| d.words.start < month.words.start);
            let before = (0..place).rev().find(near).map(|i| days[i]);
            let after = (place..days.len()).find(near).map(|i| days[i]);
            out.extend(astray(prose, month, before, after));
        }
    }
    if out.len() * 5 > checked.max(5) {
        out.clear();
    }
    for pair in read.heads.windows(2).filter(|p| p[1].year < p[0].year) {
        let [a, b] = [&pair[0], &pair[1]];
        let text = format!("The year {} stands after the year {}.", b.year, a.year);
        let said = prose.word(b.word);
        let place = prose.span(b.word..b.word + 1);
        out.push(
            Oddity::new(OddityCode::ChronicleOrder, place, said, text)
                .against([prose.span(a.word..a.word + 1)]),
        );
    }
    out
}

/// The finding on an entry that its neighbours contradict.
fn astray(
    prose: &Prose<'_>,
    entry: &Entry,
    before: Option<&Entry>,
    after: Option<&Entry>,
) -> Option<Oddity> {
    let later = before.filter(|b| (entry.year, entry.latest) < (b.year, b.from));
    let earlier = after.filter(|a| (entry.year, entry.from) > (a.year, a.latest));
    let (other, place) = match (later, earlier) {
        (Some(b), _) => (b, "after"),
        (None, Some(a)) => (a, "before"),
        (None, None) => return None,
    };
    let day = |e: &Entry| {
        let month = dates::month_name(e.from.0);
        let day = if e.to_the_day { format!(" {}", e.from.1) } else { String::new() };
        format!("{month}{day}, {}", e.year)
    };
    let text = format!("The entry of {} stands {place} that of {}.", day(entry), day(other));
    let said = prose.phrase(entry.words.clone());
    let span = prose.span(entry.words.clone());
    Some(
        Oddity::new(OddityCode::ChronicleOrder, span, said, text)
            .against([prose.span(other.words.clone())]),
    )
}

/// Stretches of a whole text that look like chronicles.
fn stretches(all: Entries) -> Vec<Entries> {
    /// Words between two entries of one chronicle at most.
    const APART: usize = 400;
    let mut out: Vec<Entries> = Vec::new();
    let mut last: Option<Range<usize>> = None;
    for entry in all.entries {
        let apart = last.as_ref().is_none_or(|l| entry.words.start - l.end > APART);
        if apart {
            out.push(Entries::default());
        }
        last = Some(entry.words.clone());
        if let Some(open) = out.last_mut() {
            open.entries.push(entry);
        }
    }
    for stretch in &mut out {
        let span =
            stretch.entries[0].words.start..stretch.entries[stretch.entries.len() - 1].words.end;
        let within = |w: usize| w + 20 >= span.start && w < span.end;
        stretch.heads = all.heads.iter().filter(|h| within(h.word)).cloned().collect();
    }
    out.retain(|s| {
        let own = s.entries.iter().filter(|e| e.section == OWN_YEAR).count();
        let sure = s.entries.iter().filter(|e| e.sure).count();
        sure >= LEAST_ENTRIES && (s.heads.len() >= 2 || own * 2 > s.entries.len())
    });
    out
}
