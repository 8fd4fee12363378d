//! Dates in running English text, and the days of the week they were. All
//! else in this room reads dates through [`mentions`], so that another reader
//! can take its place.
//!
//! Read are `May 5, 1992`, `5 May 1992`, `the 5th of May`, `May 5-7`,
//! `March 30 - April 3, 1993`, `October 1992`, `October 1992 - September
//! 1993`, `17.06.93`, `1992-05-07`, all with or without the year; not a month
//! alone, which may be a verb. A year is four digits from 1000 to 2100.
//!
//! Weekdays by Sakamoto's method (comp.lang.c, 1992), in the Gregorian and in
//! the Julian calendar, which some countries used into the 1920s.

use std::ops::Range;

use super::prose::Prose;

/// A day, or a month with no day named; the year where it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: u8,
    pub day: Option<u8>,
}

/// A date, or a range of dates, in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Indexes of its words.
    pub words: Range<usize>,
    pub from: Day,
    /// The end of a range.
    pub to: Option<Day>,
}

/// Days of the week, Sunday first.
pub(super) const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// All dates in a text, in order; they do not overlap.
pub(super) fn mentions(prose: &Prose<'_>) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < prose.words.len() {
        match read(prose, at) {
            Some(m) => {
                at = m.words.end;
                out.push(m);
            }
            None => at += 1,
        }
    }
    out
}

/// The month that a word names: in full, or by its first three letters.
pub(super) fn month(word: &str) -> Option<u8> {
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let is = |m: &str| {
        word.eq_ignore_ascii_case(m)
            || (word.len() == 3 && word.eq_ignore_ascii_case(&m[..3]))
            || (word == "Sept" && m == "September")
    };
    MONTHS.iter().position(|m| is(m)).map(|n| n as u8 + 1)
}

/// The name of a month from 1 to 12.
pub(super) fn month_name(month: u8) -> &'static str {
    MONTHS[usize::from(month.clamp(1, 12)) - 1]
}

/// The weekday that a word names: 0 for Sunday; `true`: in full.
pub(super) fn weekday(word: &str) -> Option<(u8, bool)> {
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let full = WEEKDAYS.iter().position(|d| word.eq_ignore_ascii_case(d));
    let short = || WEEKDAYS.iter().position(|d| word.eq_ignore_ascii_case(&d[..3]));
    full.map(|n| (n as u8, true)).or_else(|| short().map(|n| (n as u8, false)))
}

/// The weekday of a date in the Gregorian calendar, 0 for Sunday.
pub(super) fn gregorian(year: i32, month: u8, day: u8) -> u8 {
    let y = if month < 3 { year - 1 } else { year };
    sakamoto(y, month, day, y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400))
}

/// The weekday of a date in the Julian calendar, 0 for Sunday.
pub(super) fn julian(year: i32, month: u8, day: u8) -> u8 {
    let y = if month < 3 { year - 1 } else { year };
    sakamoto(y, month, day, y.div_euclid(4) - 2)
}

fn sakamoto(year: i32, month: u8, day: u8, leap_days: i32) -> u8 {
    const OFFSETS: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let offset = OFFSETS[usize::from(month.clamp(1, 12)) - 1];
    (year + leap_days + offset + i32::from(day)).rem_euclid(7) as u8
}

/// Days of a month; of February 29 where the year is not known.
pub(super) fn days_in(year: Option<i32>, month: u8) -> u8 {
    match month {
        2 if year.is_some_and(|y| y % 4 != 0 || (y % 100 == 0 && y % 400 != 0)) => 28,
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn read(prose: &Prose<'_>, at: usize) -> Option<Mention> {
    let reader = Reader { prose };
    let (from, mut end) = reader.day(at)?;
    let (mut from, mut to) = (from, None);
    if let Some((last, after)) = reader.range_end(end, &from) {
        (to, end) = (Some(last), after);
    }
    // "March 30 - April 3, 1993": one year for both, unless that would end
    // before it begins.
    if let Some(last) = &mut to {
        if from.year.is_none() && last.year.is_some() && from.month <= last.month {
            from.year = last.year;
        }
        if last.year.is_none() && from.year.is_some() && from.month <= last.month {
            last.year = from.year;
        }
    }
    Some(Mention { words: at..end, from, to })
}

struct Reader<'p, 'v> {
    prose: &'p Prose<'v>,
}

impl Reader<'_, '_> {
    fn word(&self, at: usize) -> &str {
        match at < self.prose.words.len() {
            true => self.prose.word(at),
            false => "",
        }
    }

    fn gap_is(&self, at: usize, allowed: &[&str]) -> bool {
        at + 1 < self.prose.words.len() && allowed.contains(&self.prose.gap(at))
    }

    fn number(&self, at: usize, digits: Range<usize>) -> Option<u64> {
        let value = self.prose.value(at)?;
        digits.contains(&self.word(at).len()).then_some(value)
    }

    /// A year of four digits that is not part of a longer number.
    fn year(&self, at: usize) -> Option<i32> {
        let y = self.number(at, 4..5).filter(|y| (1000..=2100).contains(y))?;
        Some(y as i32)
    }

    fn day_number(&self, at: usize) -> Option<u8> {
        let d = self.number(at, 1..3).filter(|d| (1..=31).contains(d))?;
        Some(d as u8)
    }

    /// The index after a day and its "th".
    fn after_suffix(&self, day: usize) -> usize {
        let suffix =
            self.gap_is(day, &[""]) && matches!(self.word(day + 1), "st" | "nd" | "rd" | "th");
        day + 1 + usize::from(suffix)
    }

    /// A year after the word before `at`, and the index after it.
    fn year_after(&self, at: usize) -> (Option<i32>, usize) {
        if at > 0 && self.gap_is(at - 1, &[" ", ", ", ".", ",", " of "]) {
            let at = at + usize::from(self.word(at) == "of");
            if let Some(y) = self.year(at) {
                return (Some(y), at + 1);
            }
        }
        (None, at)
    }

    /// One date that begins with the word at `at`, and the index after it.
    fn day(&self, at: usize) -> Option<(Day, usize)> {
        self.month_first(at).or_else(|| self.day_first(at)).or_else(|| self.digits(at))
    }

    fn month_first(&self, at: usize) -> Option<(Day, usize)> {
        let month = month(self.word(at))?;
        if self.gap_is(at, &["", " ", ". "])
            && let Some(day) = self.day_number(at + 1)
        {
            let end = self.after_suffix(at + 1);
            let (year, end) = self.year_after(end);
            return Some((Day { year, month, day: Some(day) }, end));
        }
        let (year, end) = self.year_after(at + 1);
        if year.is_none() && !self.is_dash(at) {
            return None;
        }
        Some((Day { year, month, day: None }, end))
            .filter(|_| year.is_some() || self.month_follows(at))
    }

    /// "March - April": a month after the dash.
    fn month_follows(&self, at: usize) -> bool {
        self.is_dash(at) && month(self.word(at + 1)).is_some()
    }

    fn day_first(&self, at: usize) -> Option<(Day, usize)> {
        let day = self.day_number(at)?;
        let mut next = self.after_suffix(at);
        if !self.gap_is(next - 1, &[" "]) {
            // "5-7 May": the first day borrows the month of the second.
            return self.borrowed(at, day);
        }
        if self.word(next) == "of" && self.gap_is(next, &[" "]) {
            next += 1;
        }
        let month = month(self.word(next))?;
        // "12 May 5": the number before belongs elsewhere.
        if self.gap_is(next, &[" "]) && self.day_number(next + 1).is_some() {
            return None;
        }
        let (year, end) = self.year_after(next + 1);
        Some((Day { year, month, day: Some(day) }, end))
    }

    fn borrowed(&self, at: usize, day: u8) -> Option<(Day, usize)> {
        // "version 6.1.26 - 10 November", "beta9 - 2 May".
        let alone = self.prose.gap_before(at).ends_with([' ', '\n', '(', '“', '‘']);
        if !self.is_dash(at) || !(alone || at == 0) {
            return None;
        }
        let last = self.day_number(at + 1)?;
        let (whole, _) = self.day_first(at + 1).filter(|(d, _)| d.day == Some(last))?;
        Some((Day { day: Some(day), ..whole }, at + 1))
    }

    /// `17.06.93`, `01.03.1995`, `1992-05-07`.
    fn digits(&self, at: usize) -> Option<(Day, usize)> {
        let valid = |year: i32, month: u64, day: u64| {
            ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((
                Day { year: Some(year), month: month as u8, day: Some(day as u8) },
                at + 3,
            ))
        };
        if self.gap_is(at, &["."]) && self.gap_is(at + 1, &["."]) {
            let (day, month) = (self.number(at, 1..3)?, self.number(at + 1, 1..3)?);
            // "6.1.26" is rather a version.
            let full = self.word(at).len() == 2 && self.word(at + 1).len() == 2;
            let year = match (self.year(at + 2), self.number(at + 2, 2..3)) {
                (Some(y), _) => y,
                // Two digits: from 1930 to 2029.
                (None, Some(y)) if full => y as i32 + if y < 30 { 2000 } else { 1900 },
                _ => return None,
            };
            return valid(year, month, day);
        }
        if self.gap_is(at, &["-"]) && self.gap_is(at + 1, &["-"]) {
            let (year, month, day) =
                (self.year(at)?, self.number(at + 1, 2..3)?, self.number(at + 2, 2..3)?);
            return valid(year, month, day);
        }
        None
    }

    fn is_dash(&self, at: usize) -> bool {
        at + 1 < self.prose.words.len()
            && matches!(self.prose.gap(at).trim(), "-" | "\u{2010}" | "\u{2011}" | "–" | "—")
    }

    /// The other end of a range, after the word before `at`.
    fn range_end(&self, at: usize, from: &Day) -> Option<(Day, usize)> {
        if at == 0 || !self.is_dash(at - 1) {
            return None;
        }
        if let Some(found) = self.month_first(at).or_else(|| self.day_first(at)) {
            return Some(found).filter(|(d, _)| d.day.is_some() == from.day.is_some());
        }
        if from.day.is_some() && from.year.is_none() {
            let day = self.day_number(at)?;
            let (year, end) = self.year_after(self.after_suffix(at));
            return Some((Day { year, month: from.month, day: Some(day) }, end));
        }
        // "March - April": the second month stands alone.
        let month = month(self.word(at)).filter(|_| from.day.is_none() && from.year.is_none())?;
        Some((Day { year: None, month, day: None }, at + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examine::prose::Lexicon;
    use crate::text::View;

    fn read_all(text: &str) -> Vec<String> {
        let view = View::new(text.into());
        let prose = Prose::of(&view, &mut Lexicon::default());
        let day = |d: Day| {
            let part = |n: Option<i32>| n.map_or("?".to_owned(), |n| n.to_string());
            format!("{}-{}-{}", part(d.year), d.month, part(d.day.map(i32::from)))
        };
        mentions(&prose)
            .into_iter()
            .map(|m| m.to.map_or(day(m.from), |t| format!("{}/{}", day(m.from), day(t))))
            .collect()
    }

    #[test]
    fn the_shapes_of_dates() {
        for (text, wanted) in [
            ("on May 5, 1992 we", "1992-5-5"),
            ("on 5 May 1992", "1992-5-5"),
            ("the 5th of May", "?-5-5"),
            ("July24 and", "?-7-24"),
            ("May 5–7", "?-5-5/?-5-7"),
            ("5-7 May 1994", "1994-5-5/1994-5-7"),
            ("March 30–April 3, 1993", "1993-3-30/1993-4-3"),
            ("December 30, 1992 – January 2, 1993", "1992-12-30/1993-1-2"),
            ("(October 1992 – September 1990)", "1992-10-?/1990-9-?"),
            ("March–April 1993", "1993-3-?/1993-4-?"),
            ("dated 17.06.93.", "1993-6-17"),
            ("at 01.03.1995", "1995-3-1"),
            ("at 1992-05-07", "1992-5-7"),
            ("Nov 29- Dec 2", "?-11-29/?-12-2"),
        ] {
            assert_eq!(read_all(text), [wanted], "{text}");
        }
        for text in
            ["They may 5 times", "we march 12 miles", "12.5", "May be 5", "in March", "6.1.26"]
        {
            assert_eq!(read_all(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn days_of_the_week() {
        assert_eq!(gregorian(1993, 11, 21), 0);
        assert_eq!(gregorian(2000, 2, 29), 2);
        assert_eq!(gregorian(1900, 1, 1), 1);
        assert_eq!(julian(1905, 1, 9), 0);
        assert_eq!(gregorian(1905, 1, 22), 0);
    }
}
