//! Reads dates out of running English text: `May 7`, `7 May 1994`,
//! `May 4-5, 1994`, `March 30-April 3`, `17.06.93`, `27.VI`, `September 2001`,
//! with a weekday in front or behind. Main function: [`dates_in`].
//!
//! Precision goes over recall: what could be something else is not read.
//!
//! - Names of months are whole words with a capital, or all in capitals; the
//!   usual abbreviations count, with or without a full stop. A month alone is
//!   no date: a day or a year stands beside it.
//! - A day is a number that its month has, with or without `st`, `nd`, `rd`,
//!   `th`; not a part of a larger number, time, fraction or price.
//! - A year has four digits, 1000 to 2199; in `17.06.93` two, which mean 1930
//!   to 2029, and [`DateInText::century_told`] is false.
//! - Between the parts stand spaces, at most one line end, a comma, `of`.
//! - Two days with a dash between are a range; so are two dates with `to`.
//!   Of `May 8 and 9` only `May 8` is read.
//! - A number both before and behind the month, `5 May 7`, is not read.
//! - Numbers with dots go day, month, year; months in Roman numerals of one
//!   letter need a year.
//!
//! One pass; the cost is linear in the text.

mod dotted;
mod tokens;
mod weekdays;

use std::ops::Range;

use super::day::{Day, Weekday};
use super::edtf::Edtf;
use tokens::{Kind, Token, tokens};

/// A date in a text, as its parts were told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateInText {
    /// The bytes of it, weekday included.
    pub span: Range<usize>,
    /// The weekday told; of a range that of its first day.
    pub weekday: Option<Weekday>,
    /// The day, or the first day of a range; `None` for a month.
    pub day: Option<u8>,
    /// The month of this day, 1 to 12.
    pub month: u8,
    /// The last day of a range and its month.
    pub until: Option<(u8, u8)>,
    /// The year, if told. Of a range over the new year it is that of the end.
    pub year: Option<i32>,
    /// Whether the year was told with its century.
    pub century_told: bool,
}

impl DateInText {
    /// The first day, in the year told or else in `year`; `None` where there
    /// is neither, no day is told, or that year has no such day.
    pub fn first_day(&self, year: Option<i32>) -> Option<Day> {
        let year =
            i64::from(self.year.or(year)?) - i64::from(self.over_new_year() && self.year.is_some());
        Day::new(year, self.month, self.day?)
    }

    /// The last day of a range, or the only day; else as [`Self::first_day`].
    pub fn last_day(&self, year: Option<i32>) -> Option<Day> {
        let Some((day, month)) = self.until else { return self.first_day(year) };
        let over = self.over_new_year() && self.year.is_none();
        Day::new(i64::from(self.year.or(year)?) + i64::from(over), month, day)
    }

    /// The date in EDTF, in the year told or else in `year`: a day, a month
    /// or an interval. `None` as for [`Self::first_day`].
    pub fn edtf(&self, year: Option<i32>) -> Option<Edtf> {
        let spelled = match (self.day, self.until) {
            (None, _) => format!("{:04}-{:02}", self.year.or(year)?, self.month),
            (_, None) => self.first_day(year)?.to_string(),
            _ => format!("{}/{}", self.first_day(year)?, self.last_day(year)?),
        };
        spelled.parse().ok()
    }

    fn over_new_year(&self) -> bool {
        self.until.is_some_and(|(_, month)| month < self.month)
    }
}

/// The dates in `text`, in order, without overlap.
///
/// ```
/// use variorum::dates::{Weekday, words::dates_in};
/// let text = "Talks on Monday, November 21; then March 30-April 3, 1994.";
/// let dates = dates_in(text);
/// assert_eq!(&text[dates[0].span.clone()], "Monday, November 21");
/// assert_eq!(dates[0].weekday, Some(Weekday::Monday));
/// assert_eq!(dates[0].first_day(Some(1993)).unwrap().weekday(), Weekday::Sunday);
/// assert_eq!(dates[1].edtf(None).unwrap().to_string(), "1994-03-30/1994-04-03");
/// ```
pub fn dates_in(text: &str) -> Vec<DateInText> {
    let reader = Reader { tokens: tokens(text) };
    let mut out: Vec<DateInText> = Vec::new();
    let (mut at, mut free) = (0, 0);
    while at < reader.tokens.len() {
        match reader.date(at, free) {
            Some((date, next)) => {
                out.push(date);
                (at, free) = (next, next);
            }
            None => at += 1,
        }
    }
    out
}

/// A day and its month.
type DayOfMonth = (u8, u8);

/// What is gathered while a date is read; indexes of tokens.
struct Found {
    from: usize,
    next: usize,
    day: Option<u8>,
    month: u8,
    until: Option<(u8, u8)>,
    year: Option<i32>,
}

struct Reader<'t> {
    tokens: Vec<Token<'t>>,
}

impl Reader<'_> {
    /// The date whose month, or whose first number in dots, is token `at`.
    /// Tokens before `free` belong to the date before.
    fn date(&self, at: usize, free: usize) -> Option<(DateInText, usize)> {
        let mut century_told = true;
        let mut found = match self.tokens[at].kind {
            Kind::Month(month) => self.named(at, month, free)?,
            Kind::Number(_) => {
                let (found, told) = self.dotted(at)?;
                century_told = told;
                found
            }
            _ => return None,
        };
        let mut weekday = None;
        if found.day.is_some() {
            if let Some((from, day)) = self.weekday_before(found.from, free) {
                (found.from, weekday) = (from, Some(day));
            } else if found.until.is_none()
                && let Some((next, day)) = self.weekday_behind(found.next)
            {
                (found.next, weekday) = (next, Some(day));
            }
        }
        let Found { from, next, day, month, until, year } = found;
        let span = self.tokens[from].start..self.tokens[next - 1].end;
        Some((DateInText { span, weekday, day, month, until, year, century_told }, next))
    }

    fn named(&self, at: usize, month: u8, free: usize) -> Option<Found> {
        let before = self.day_before(at, month, free);
        let behind = self.day_behind(at, month);
        let mut found = match (before, behind) {
            // Which of the two is the day?
            (Some(_), Some(_)) => return None,
            (Some((from, day, until)), None) => {
                let mut f = Found {
                    from,
                    next: self.after_month(at),
                    day: Some(day),
                    month,
                    until,
                    year: None,
                };
                if self.reads_as_verb(at) {
                    return None;
                }
                if until.is_none()
                    && let Some((next, until)) = self.range_of_days_first(f.next)
                {
                    (f.next, f.until) = (next, Some(until));
                }
                f
            }
            (None, Some(found)) => found,
            (None, None) => {
                let (next, year) = self.year(self.after_month(at), true)?;
                return Some(Found {
                    from: at,
                    next,
                    day: None,
                    month,
                    until: None,
                    year: Some(year),
                });
            }
        };
        if let Some((next, year)) = self.year(found.next, false) {
            (found.next, found.year) = (next, Some(year));
        }
        let fits = |day: Option<u8>, month| match (day, found.year) {
            (Some(day), Some(year)) => Day::new(i64::from(year), month, day).is_some(),
            _ => true,
        };
        (fits(found.day, found.month) && found.until.is_none_or(|(d, m)| fits(Some(d), m)))
            .then_some(found)
    }

    /// `7`, `4-5`, `7th of` before the month: first token, day, end of range.
    fn day_before(
        &self,
        at: usize,
        month: u8,
        free: usize,
    ) -> Option<(usize, u8, Option<DayOfMonth>)> {
        let back = |i: usize| i.checked_sub(1).filter(|&i| i >= free);
        let mut i = back(at)?;
        let mut gap = self.tokens[at].gap;
        if self.tokens[i].word() == Some("of") && gap.is_space() {
            gap = self.tokens[i].gap;
            i = back(i)?;
        }
        if !gap.is_space() {
            return None;
        }
        if self.tokens[i].is_ordinal() && self.tokens[i].gap.is_none() {
            i = back(i)?;
        }
        let last = self.tokens[i].day_of(month)?;
        let range = || {
            let dash =
                back(i).filter(|&d| self.tokens[d].is_dash() && self.tokens[i].gap.is_close())?;
            let mut first = back(dash).filter(|_| self.tokens[dash].gap.is_close())?;
            if self.tokens[first].is_ordinal() && self.tokens[first].gap.is_none() {
                first = back(first)?;
            }
            let day = self.tokens[first].day_of(month).filter(|&d| d < last)?;
            self.stands_free(first).then_some((first, day, Some((last, month))))
        };
        range().or_else(|| self.stands_free(i).then_some((i, last, None)))
    }

    /// Whether no larger number, fraction or name ends in this token.
    fn stands_free(&self, i: usize) -> bool {
        self.tokens[i].gap.is_some() || i == 0 || {
            let before = &self.tokens[i - 1];
            matches!(before.kind, Kind::Other('(' | '[' | '"' | '\'' | '“' | '‘' | '«' | '—'))
        }
    }

    /// `7`, `4-5`, `30-April 3` behind the month.
    fn day_behind(&self, at: usize, month: u8) -> Option<Found> {
        let i = self.after_month(at);
        let (next, day) = self.day_at(i, month)?;
        let mut found = Found { from: at, next, day: Some(day), month, until: None, year: None };
        let until = self.range_end(next, |reader, i| {
            if let Some(&Token { kind: Kind::Month(m), .. }) = reader.tokens.get(i) {
                let (next, d) = reader.day_at(reader.after_month(i), m)?;
                return (m != month).then_some((next, (d, m)));
            }
            let (next, d) = reader.day_at(i, month)?;
            // `to 6 thousand` is no day.
            (d > day && reader.tokens[i - 1].is_dash()).then_some((next, (d, month)))
        });
        if let Some((next, until)) = until {
            (found.next, found.until) = (next, Some(until));
        }
        Some(found)
    }

    /// `- 3 April` behind `30 March`.
    fn range_of_days_first(&self, next: usize) -> Option<(usize, (u8, u8))> {
        self.range_end(next, |reader, i| {
            let mut at = i + 1;
            while reader.tokens.get(at).is_some_and(|t| t.is_ordinal() || t.word() == Some("of")) {
                at += 1;
            }
            let token = reader.tokens.get(at).filter(|t| t.gap.is_space())?;
            let Kind::Month(month) = token.kind else { return None };
            let day = reader.tokens[i].day_of(month)?;
            (reader.day_behind(at, month).is_none()).then(|| (reader.after_month(at), (day, month)))
        })
    }

    /// What `read` finds behind a dash or `to`.
    fn range_end<T>(&self, next: usize, read: impl Fn(&Self, usize) -> Option<T>) -> Option<T> {
        let sign = self.tokens.get(next)?;
        let fits = if sign.is_dash() { sign.gap.is_close() } else { sign.word() == Some("to") };
        let end = self.tokens.get(next + 1)?;
        (fits && sign.gap.is_close() && end.gap.is_close()).then(|| read(self, next + 1))?
    }

    /// A day of `month` at token `i`, with what must not follow it.
    fn day_at(&self, i: usize, month: u8) -> Option<(usize, u8)> {
        let token = self.tokens.get(i)?;
        let day = token.day_of(month).filter(|_| token.gap.is_close())?;
        let mut next = i + 1;
        if self.tokens.get(next).is_some_and(|t| t.is_ordinal() && t.gap.is_none()) {
            next += 1;
        }
        let Some(after) = self.tokens.get(next).filter(|t| t.gap.is_none()) else {
            return Some((next, day));
        };
        let number_next =
            self.tokens.get(next + 1).filter(|t| t.gap.is_none()).and_then(Token::number);
        let ok = match after.kind {
            // 5.30, 5:30, 5,000; but `5,1994` is a year.
            Kind::Other(',') => number_next.is_none_or(|(_, digits)| digits == 4),
            Kind::Other('.' | ':') => number_next.is_none(),
            Kind::Other('/' | '%' | '°') => false,
            // `14The`: a space was lost; `5km`, `4e`: no day.
            Kind::Word | Kind::Weekday(_) | Kind::Month(_) => {
                after.text.starts_with(char::is_uppercase)
            }
            _ => true,
        };
        ok.then_some((next, day))
    }

    /// The token behind a month's name and its full stop, if abbreviated.
    fn after_month(&self, at: usize) -> usize {
        let stop = self.tokens.get(at + 1);
        let stop = stop.is_some_and(|t| t.kind == Kind::Other('.') && t.gap.is_none());
        let name = self.tokens[at].text;
        let short = name.eq_ignore_ascii_case("sept") || (name.len() == 3 && name != "May");
        at + 1 + usize::from(stop && short)
    }

    /// `1994`, `, 1994`, `of 1994` at token `i`.
    fn year(&self, i: usize, of_month: bool) -> Option<(usize, i32)> {
        let mut at = i;
        let sign = self.tokens.get(at)?;
        if (sign.kind == Kind::Other(',') && !sign.gap.is_space()) || sign.word() == Some("of") {
            at += 1;
        }
        let token = self.tokens.get(at).filter(|t| t.gap.is_close())?;
        let (year, 4) = token.number()? else { return None };
        let after = self.tokens.get(at + 1).filter(|t| t.gap.is_none());
        let more = after.is_some_and(|t| match t.kind {
            Kind::Other('.' | ',' | ':') => {
                self.tokens.get(at + 2).is_some_and(|t| t.gap.is_none() && t.number().is_some())
            }
            Kind::Other('/' | '%') => true,
            Kind::Word => t.text.starts_with(char::is_lowercase),
            _ => false,
        });
        // `May, 1994` reads as two things, `May 1994` as one.
        let apart = of_month && at > i && self.tokens[i].kind == Kind::Other(',');
        let range = 1000..=2199;
        (!more && !apart && range.contains(&year)).then_some((at + 1, year as i32))
    }

    /// `5 May have been`: the verb, at the beginning of a sentence or not.
    fn reads_as_verb(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1).and_then(Token::word);
        self.tokens[at].text == "May"
            && matches!(next, Some("be" | "have" | "not" | "also" | "well" | "never" | "only"))
    }
}

#[cfg(test)]
mod tests;
