//! What a date is made of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::day::Day;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::dates) enum Form {
    Date(Date),
    Time(Time),
    Interval(End, End),
    Set(Set),
}

/// A date without a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::dates) struct Date {
    pub year: Year,
    pub part: Part,
    pub mark: Option<Mark>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::dates) struct Year {
    pub negative: bool,
    /// The digits told, as a number.
    pub told: i64,
    /// How many digits at the right are `X`.
    pub untold: u32,
}

/// What of the year is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::dates) enum Part {
    Whole,
    /// 21 to 24.
    Season(u8),
    Month(u8),
    Day(u8, u8),
    /// `-XX`
    SomeMonth,
    /// `-05-XX`
    SomeDayOf(u8),
    /// `-XX-XX`
    SomeDay,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::dates) enum Mark {
    Uncertain,
    Approximate,
    Both,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::dates) struct Time {
    pub day: Day,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub zone: Zone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::dates) enum Zone {
    Untold,
    Utc,
    Hours { west: bool, hours: u8 },
    Minutes { west: bool, hours: u8, minutes: u8 },
}

/// An end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::dates) enum End {
    Date(Date),
    /// `..`: there is no end, or none is meant.
    Open,
    /// Nothing written: there is an end, which is not known.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::dates) struct Set {
    /// `{}`, every member; else `[]`, one of them.
    pub all: bool,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::dates) enum Item {
    One(Date),
    /// `a..b`; at least one side is there.
    Range(Option<Date>, Option<Date>),
}

/// How finely a date is told; orders from coarse to fine.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Precision {
    Century,
    Decade,
    Year,
    Season,
    Month,
    Day,
    Second,
}

/// Where a date stands on a timeline: by its earliest day, then its latest,
/// then its times as written. Made by [`super::Edtf::sort_key`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey {
    pub(super) earliest: (i64, u32),
    pub(super) latest: (i64, u32),
}
