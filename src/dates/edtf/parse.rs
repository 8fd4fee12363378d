//! Reads EDTF. Every refusal names the byte and what should stand there.
//! Linear in the text.

use super::super::day::Day;
use super::form::{Date, End, Form, Item, Mark, Part, Set, Time, Year, Zone};

/// Longest spelling, in bytes.
pub(super) const MAX_BYTES: usize = 4096;
/// Most members of one set, ranges counted out.
pub(super) const MAX_MEMBERS: u64 = 100_000;

/// Why a text is no date: what, where, and what should stand there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no date in EDTF: {text:?}: at character {} expected {expected}", at + 1)]
pub struct EdtfError {
    /// The text, cut after 60 characters.
    pub text: String,
    /// The first byte that could not be read. All before it is ASCII.
    pub at: usize,
    /// What should stand there.
    pub expected: &'static str,
}

/// A refusal: the byte, and what was expected there.
type Refusal = (usize, &'static str);

const YEAR: &str =
    "a year of four digits, like 1994, -0043 or 199X, or `Y` and five digits or more";
const MONTH: &str = "a month 01 to 12 or a season 21 to 24";
const DAY: &str = "a day that this month has, or XX";

pub(super) fn form(text: &str) -> Result<Form, EdtfError> {
    let read = || {
        if text.len() > MAX_BYTES {
            return Err((MAX_BYTES, "no more: a date has at most 4096 bytes"));
        }
        let mut input = Input { bytes: text.as_bytes(), at: 0 };
        let form = match input.next() {
            Some(b'[') => Form::Set(set(&mut input, false)?),
            Some(b'{') => Form::Set(set(&mut input, true)?),
            _ if text.contains('/') => interval(&mut input)?,
            _ => date_or_time(&mut input)?,
        };
        match input.next() {
            None => Ok(form),
            Some(_) => Err((input.at, end_of(&form))),
        }
    };
    read().map_err(|(at, expected)| EdtfError {
        text: text.chars().take(60).collect(),
        at,
        expected,
    })
}

/// What may follow what was read: the end, in words that help.
fn end_of(form: &Form) -> &'static str {
    match form {
        Form::Date(Date { mark: Some(_), .. }) => "the end: a mark ?, ~ or % stands last",
        Form::Date(Date { part: Part::Day(..), .. }) => {
            "the end, a mark ?, ~ or %, or T and a time hh:mm:ss"
        }
        Form::Date(_) => "the end, a mark ?, ~ or %, or `-` and the next part",
        Form::Time(_) => "the end, Z, or an offset from UTC like +04:00",
        Form::Interval(..) => "the end of the interval: a date without a time",
        Form::Set(_) => "the end: nothing stands after a set",
    }
}

struct Input<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Input<'_> {
    fn next(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes over `what` if it stands here.
    fn skip(&mut self, what: &[u8]) -> bool {
        let here = self.bytes[self.at..].starts_with(what);
        self.at += if here { what.len() } else { 0 };
        here
    }

    fn need(&mut self, what: u8, expected: &'static str) -> Result<(), Refusal> {
        if self.skip(&[what]) { Ok(()) } else { Err((self.at, expected)) }
    }

    /// Two digits that make a number in `range`.
    fn two(
        &mut self,
        range: std::ops::RangeInclusive<u8>,
        expected: &'static str,
    ) -> Result<u8, Refusal> {
        match self.bytes[self.at..] {
            [a @ b'0'..=b'9', b @ b'0'..=b'9', ..] => {
                let n = (a - b'0') * 10 + (b - b'0');
                if !range.contains(&n) {
                    return Err((self.at, expected));
                }
                self.at += 2;
                Ok(n)
            }
            _ => Err((self.at, expected)),
        }
    }
}

fn date_or_time(input: &mut Input) -> Result<Form, Refusal> {
    let from = input.at;
    let date = date(input)?;
    if !input.skip(b"T") {
        return Ok(Form::Date(date));
    }
    let Date { part: Part::Day(..), mark: None, .. } = date else {
        return Err((from, "a day before T: a time needs year, month and day"));
    };
    let day = date.first();
    let hour = input.two(0..=23, "an hour 00 to 23")?;
    input.need(b':', "`:` and minutes: a time is hh:mm:ss")?;
    let minute = input.two(0..=59, "minutes 00 to 59")?;
    input.need(b':', "`:` and seconds: a time is hh:mm:ss")?;
    let second = input.two(0..=59, "seconds 00 to 59")?;
    Ok(Form::Time(Time { day, hour, minute, second, zone: zone(input)? }))
}

fn zone(input: &mut Input) -> Result<Zone, Refusal> {
    let from = input.at;
    let west = match input.next() {
        Some(b'Z') => {
            input.at += 1;
            return Ok(Zone::Utc);
        }
        Some(b'+') => false,
        Some(b'-') => true,
        _ => return Ok(Zone::Untold),
    };
    input.at += 1;
    const HOURS: &str = "an offset from UTC of at most 14:00";
    let hours = input.two(0..=14, HOURS)?;
    let minutes = match input.skip(b":") {
        true => Some(input.two(0..=if hours == 14 { 0 } else { 59 }, HOURS)?),
        false => None,
    };
    if west && hours == 0 && minutes.unwrap_or(0) == 0 {
        return Err((from, "+00:00 or Z: zero has no minus sign"));
    }
    Ok(match minutes {
        Some(minutes) => Zone::Minutes { west, hours, minutes },
        None => Zone::Hours { west, hours },
    })
}

fn date(input: &mut Input) -> Result<Date, Refusal> {
    let year = if input.skip(b"Y") { long_year(input)? } else { year(input)? };
    let part = if year.told > 9999 || input.next() != Some(b'-') {
        Part::Whole
    } else if year.untold > 0 {
        return Err((input.at, "the end: a year with X has no month"));
    } else {
        part(input, year)?
    };
    let mark = match input.next() {
        Some(b'?') => Some(Mark::Uncertain),
        Some(b'~') => Some(Mark::Approximate),
        Some(b'%') => Some(Mark::Both),
        _ => None,
    };
    input.at += usize::from(mark.is_some());
    Ok(Date { year, part, mark })
}

fn year(input: &mut Input) -> Result<Year, Refusal> {
    let from = input.at;
    let negative = input.skip(b"-");
    let (mut told, mut untold) = (0_i64, 0);
    for _ in 0..4 {
        match input.next() {
            Some(b @ b'0'..=b'9') if untold == 0 => told = told * 10 + i64::from(b - b'0'),
            Some(b'X') if untold < 2 => untold += 1,
            _ => return Err((input.at, YEAR)),
        }
        input.at += 1;
    }
    // "XXXX" and "1XXX" are level 2; the count above lets two X through.
    if negative && told == 0 && untold == 0 {
        return Err((from, "0000: zero has no minus sign"));
    }
    if matches!(input.next(), Some(b'0'..=b'9')) {
        return Err((input.at, "`-` and a month; a year of more digits begins with Y"));
    }
    Ok(Year { negative, told, untold })
}

fn long_year(input: &mut Input) -> Result<Year, Refusal> {
    let negative = input.skip(b"-");
    let from = input.at;
    let mut told = 0_i64;
    while let Some(b @ b'0'..=b'9') = input.next() {
        if input.at - from == 15 {
            return Err((input.at, "the end: a year has at most 15 digits"));
        }
        told = told * 10 + i64::from(b - b'0');
        input.at += 1;
    }
    if input.bytes.get(from) == Some(&b'0') || told < 10_000 {
        return Err((from, "five digits or more without a zero in front: shorter years have no Y"));
    }
    Ok(Year { negative, told, untold: 0 })
}

/// What follows a year of four digits and begins with `-`.
fn part(input: &mut Input, year: Year) -> Result<Part, Refusal> {
    input.at += 1;
    if input.skip(b"XX") {
        return Ok(match input.next() {
            Some(b'-') => {
                input.at += 1;
                if !input.skip(b"XX") {
                    return Err((input.at, "XX: a day of an untold month is untold"));
                }
                Part::SomeDay
            }
            _ => Part::SomeMonth,
        });
    }
    let from = input.at;
    let month = input.two(1..=24, MONTH)?;
    match month {
        1..=12 => {}
        21..=24 => return Ok(Part::Season(month)),
        _ => return Err((from, MONTH)),
    }
    if !input.skip(b"-") {
        return Ok(Part::Month(month));
    }
    if input.skip(b"XX") {
        return Ok(Part::SomeDayOf(month));
    }
    let from = input.at;
    let day = input.two(1..=31, DAY)?;
    Day::new(year.first(), month, day).ok_or((from, DAY))?;
    Ok(Part::Day(month, day))
}

fn interval(input: &mut Input) -> Result<Form, Refusal> {
    let start = end(input, b'/')?;
    input.need(b'/', "`/` and the end of the interval: its start is a date without a time")?;
    let from = input.at;
    let end = end(input, 0)?;
    match (start, end) {
        (End::Unknown, End::Unknown) => Err((from, "a date or `..`: one end must be there")),
        (End::Date(a), End::Date(b)) if a.first() > b.last() => {
            Err((from, "an end that is not before the start"))
        }
        _ => Ok(Form::Interval(start, end)),
    }
}

fn end(input: &mut Input, stop: u8) -> Result<End, Refusal> {
    match input.next() {
        None => Ok(End::Unknown),
        Some(b) if b == stop => Ok(End::Unknown),
        Some(b'.') if input.skip(b"..") => Ok(End::Open),
        Some(_) => date(input).map(End::Date),
    }
}

fn set(input: &mut Input, all: bool) -> Result<Set, Refusal> {
    let close = if all { b'}' } else { b']' };
    input.at += 1;
    let mut items: Vec<Item> = Vec::new();
    let mut members = 0;
    loop {
        let from = input.at;
        let item = item(input, items.is_empty())?;
        // One of the sides is open: nothing to count out.
        members += item.count().unwrap_or(1);
        if members > MAX_MEMBERS {
            return Err((from, "no more: a set has at most 100000 members"));
        }
        items.push(item);
        if input.skip(&[close]) {
            return Ok(Set { all, items });
        }
        if matches!(items.last(), Some(Item::Range(_, None))) {
            return Err((input.at, "the end of the set: an open range stands last"));
        }
        if !input.skip(b",") {
            return Err((input.at, "`,` and a date without a time, `..`, or the end of the set"));
        }
    }
}

fn item(input: &mut Input, first: bool) -> Result<Item, Refusal> {
    let from = input.at;
    if input.skip(b"..") {
        if !first {
            return Err((from, "a date: an open beginning stands first"));
        }
        return Ok(Item::Range(None, Some(end_of_range(input)?)));
    }
    let a = date(input)?;
    if !input.skip(b"..") {
        return Ok(Item::One(a));
    }
    if !a.counts() {
        return Err((from, "a year, month or day without marks or X before `..`"));
    }
    if matches!(input.next(), None | Some(b']' | b'}' | b',')) {
        return Ok(Item::Range(Some(a), None));
    }
    let from = input.at;
    let b = end_of_range(input)?;
    if a.precision() != b.precision() {
        return Err((from, "as many parts after `..` as before it"));
    }
    if a.first() >= b.first() {
        return Err((from, "a date after the one before `..`"));
    }
    Ok(Item::Range(Some(a), Some(b)))
}

fn end_of_range(input: &mut Input) -> Result<Date, Refusal> {
    let from = input.at;
    let b = date(input)?;
    if b.counts() {
        Ok(b)
    } else {
        Err((from, "a year, month or day without marks or X after `..`"))
    }
}
