//! One day of the calendar and its weekday. The calendar is the proleptic
//! Gregorian one: its rules are carried back before 1582, as EDTF has it.
//!
//! The calendar repeats after 400 years, which are 146,097 days or 20,871
//! weeks. So any year is mapped into 2000 to 2399, where `jiff` answers.

use std::borrow::Cow;
use std::fmt;

use jiff::civil;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// Days in 400 years.
const CYCLE: i64 = 146_097;

/// A day of the proleptic Gregorian calendar. Orders by time. Years are
/// counted as astronomers do: 0 is 1 BC, -43 is 44 BC.
///
/// ```
/// use variorum::dates::{Day, Weekday};
/// let day = Day::new(1993, 11, 21).unwrap();
/// assert_eq!(day.weekday(), Weekday::Sunday);
/// assert_eq!(day.to_string(), "1993-11-21");
/// assert!(Day::new(1993, 2, 29).is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i64,
    month: u8,
    day: u8,
}

impl Day {
    /// The largest year, and with a minus sign the smallest: 15 digits.
    pub const MAX_YEAR: i64 = 999_999_999_999_999;

    /// The day of this date; `None` where the calendar has none.
    pub fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        (year.abs() <= Self::MAX_YEAR && day >= 1 && day <= days_in_month(year, month)?)
            .then_some(Self { year, month, day })
    }

    /// The last day of a month; `None` where there is no such month.
    pub fn last_of_month(year: i64, month: u8) -> Option<Self> {
        Self::new(year, month, days_in_month(year, month)?)
    }

    /// The year; 0 is 1 BC.
    pub fn year(&self) -> i64 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(&self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(&self) -> u8 {
        self.day
    }

    /// The day of the week.
    pub fn weekday(&self) -> Weekday {
        match self.in_cycle().weekday() {
            civil::Weekday::Monday => Weekday::Monday,
            civil::Weekday::Tuesday => Weekday::Tuesday,
            civil::Weekday::Wednesday => Weekday::Wednesday,
            civil::Weekday::Thursday => Weekday::Thursday,
            civil::Weekday::Friday => Weekday::Friday,
            civil::Weekday::Saturday => Weekday::Saturday,
            civil::Weekday::Sunday => Weekday::Sunday,
        }
    }

    /// Days since 2000-01-01; negative before. Differences of two numbers
    /// count the days between.
    pub fn number(&self) -> i64 {
        let days = self.in_cycle().since(civil::date(2000, 1, 1));
        let days = days.expect("400 years fit into a span").get_days();
        (self.year.div_euclid(400) - 5) * CYCLE + i64::from(days)
    }

    /// The day `days` later, or earlier where negative; `None` beyond the
    /// years a [`Day`] can hold.
    pub fn plus(&self, days: i64) -> Option<Self> {
        let number = self.number().checked_add(days)?;
        let (cycle, rest) = (number.div_euclid(CYCLE), number.rem_euclid(CYCLE));
        let rest = jiff::Span::new().days(rest);
        let d = civil::date(2000, 1, 1).checked_add(rest).expect("before 2400");
        let year = i64::from(d.year()).checked_add(cycle.checked_mul(400)?)?;
        Self::new(year, d.month().unsigned_abs(), d.day().unsigned_abs())
    }

    /// The same day of the calendar in the years 2000 to 2399.
    fn in_cycle(self) -> civil::Date {
        civil::date(cycle_year(self.year), self.month as i8, self.day as i8)
    }
}

fn cycle_year(year: i64) -> i16 {
    2000 + year.rem_euclid(400) as i16
}

fn days_in_month(year: i64, month: u8) -> Option<u8> {
    let first = civil::Date::new(cycle_year(year), i8::try_from(month).ok()?, 1).ok()?;
    Some(first.days_in_month().unsigned_abs())
}

impl fmt::Display for Day {
    /// `1994-05-12`, as EDTF and ISO 8601 spell it. Years of more than four
    /// digits carry a sign, as ISO 8601 asks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.year {
            y if y < 0 => "-",
            y if y > 9999 => "+",
            _ => "",
        };
        write!(f, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[+-]?[0-9]{4,15}-[0-9]{2}-[0-9]{2}$",
            "description": "a day of the proleptic Gregorian calendar"
        })
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All seven, Monday first, as ISO 8601 counts them.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_weekdays() {
        let weekday = |y, m, d| Day::new(y, m, d).unwrap().weekday();
        assert_eq!(weekday(1994, 5, 12), Weekday::Thursday);
        assert_eq!(weekday(1993, 11, 21), Weekday::Sunday);
        assert_eq!(weekday(1582, 10, 15), Weekday::Friday);
        assert_eq!(weekday(2000, 1, 1), Weekday::Saturday);
        assert_eq!(weekday(170_000_400, 1, 1), weekday(2000, 1, 1));
        assert_eq!(Day::new(1970, 1, 1).unwrap().number(), -10_957);
    }

    proptest! {
        #[test]
        fn days_are_counted_one_by_one(y in -20_000_i64..20_000, m in 1_u8..=12, d in 1_u8..=31, n in -1_000_000_i64..1_000_000) {
            let Some(day) = Day::new(y, m, d) else { return Ok(()) };
            let next = day.plus(1).unwrap();
            prop_assert!(next > day && next.number() == day.number() + 1);
            let other = day.plus(n).unwrap();
            prop_assert_eq!(other.number() - day.number(), n);
            prop_assert_eq!(other.plus(-n), Some(day));
            prop_assert_eq!(other.cmp(&day), n.cmp(&0));
        }
    }
}
