//! A weekday named with a date that was another weekday.
//!
//! Looked at are a weekday just before a date ("Monday, 21 November") or in
//! brackets or between commas just after it ("June 27, 1993 (Sunday)"); not
//! ranges. The year is the date's own. Where it has none, the nearest dates
//! with a year on both sides must name the same year, with no other year
//! between, and one of them must be of the same month or the next to it; else
//! nothing is said. Before 1930 a date of the old calendar counts as well.

use super::dates::{self, Day, Mention, WEEKDAYS};
use super::oddity::{Oddity, OddityCode};
use super::prose::Prose;

/// First year in which no country that wrote old dates did so any more.
const ONE_CALENDAR: i32 = 1930;
/// Words between a date without a year and the nearer of the two that lend it.
const NEAR: usize = 1_000;
/// The same, of the farther one.
const FAR: usize = 6_000;

/// Finds all of them; linear in the text.
pub(super) fn find(prose: &Prose<'_>, mentions: &[Mention]) -> Vec<Oddity> {
    let mut out = Vec::new();
    for (index, mention) in mentions.iter().enumerate() {
        let Some((named, words)) = named_weekday(prose, mention) else { continue };
        let (Some(day), None) = (mention.from.day, mention.to) else { continue };
        let lent = mention.from.year.is_none();
        let Some(year) = mention.from.year.or_else(|| lent_year(prose, mentions, index)) else {
            continue;
        };
        let Day { month, .. } = mention.from;
        if day > dates::days_in(Some(year), month) {
            continue;
        }
        let was = dates::gregorian(year, month, day);
        if was == named || (year < ONE_CALENDAR && dates::julian(year, month, day) == named) {
            continue;
        }
        let date = format!("{} {day}, {year}", dates::month_name(month));
        let (named, was) = (WEEKDAYS[usize::from(named)], WEEKDAYS[usize::from(was)]);
        let text = match lent {
            false => format!("{date} was a {was}, not a {named}."),
            true => format!(
                "In {year}, the year of the dates around it, {} {day} was a {was}, not a {named}.",
                dates::month_name(month)
            ),
        };
        let said = prose.phrase(words.clone());
        out.push(Oddity::new(OddityCode::WeekdayMismatch, prose.span(words), said, text));
    }
    out
}

/// The weekday that belongs to a date, and the words of both.
fn named_weekday(prose: &Prose<'_>, date: &Mention) -> Option<(u8, std::ops::Range<usize>)> {
    let (start, end) = (date.words.start, date.words.end);
    if let Some(before) = start.checked_sub(1) {
        let the = before > 0 && prose.word(before).eq_ignore_ascii_case("the");
        let at = before - usize::from(the);
        let close = |gap: &str| matches!(gap, " " | ", " | " (" | ". ");
        if close(prose.gap(at))
            && (!the || prose.gap(before) == " ")
            && let Some((day, full)) = dates::weekday(prose.word(at))
            && (full || (date.from.year.is_some() && prose.gap(at) == ", "))
            && (full || prose.gap(at) != ". ")
            // "Sunday to Monday", "Friday-Saturday": a range of days.
            && !prose.gap_before(at).trim_end().ends_with(['-', '–', '—', '/'])
        {
            return Some((day, at..end));
        }
    }
    let article = prose.gap(end - 1) == ", " && end < prose.words.len() && prose.word(end) == "a";
    let at = end + usize::from(article);
    if at >= prose.words.len() {
        return None;
    }
    let (day, full) = dates::weekday(prose.word(at))?;
    let bound = match prose.gap(end - 1) {
        " (" => prose.gap(at).starts_with(')'),
        ", " => full && (article || ends_clause(prose.gap(at))),
        _ => false,
    };
    // "May 5, Tuesday, May 6": the weekday belongs to what follows.
    let another = at + 1 < prose.words.len()
        && (dates::month(prose.word(at + 1)).is_some() || prose.value(at + 1).is_some());
    (bound && !another).then_some((day, start..at + 1))
}

fn ends_clause(gap: &str) -> bool {
    gap.starts_with([',', '.', ';', ')', ':'])
}

/// The year that the dates around a date lend it, where it is certain.
fn lent_year(prose: &Prose<'_>, mentions: &[Mention], index: usize) -> Option<i32> {
    let with_year = |m: &&Mention| m.from.year.is_some();
    let before = mentions[..index].iter().rev().find(with_year)?;
    let after = mentions[index + 1..].iter().find(with_year)?;
    let year = before.to.and_then(|d| d.year).or(before.from.year)?;
    if after.from.year != Some(year) {
        return None;
    }
    let here = mentions[index].words.clone();
    let far = |m: &Mention| m.words.start.abs_diff(here.start);
    let month = mentions[index].from.month;
    let close = |m: &Mention| m.from.month.abs_diff(month) <= 1;
    let (near, further) = (far(before).min(far(after)), far(before).max(far(after)));
    if near > NEAR || further > FAR || !(close(before) || close(after)) {
        return None;
    }
    let other = (before.words.end..after.words.start).any(|at| {
        prose.word(at).len() == 4
            && prose
                .value(at)
                .is_some_and(|v| (1800..=2100).contains(&v) && v != u64::from(year.unsigned_abs()))
    });
    (!other).then_some(year)
}
