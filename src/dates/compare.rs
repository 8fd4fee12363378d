//! What two dates say of each other, by machine: equal, less precise,
//! overlapping, different, not comparable. Whether a difference matters is
//! for a person to say. Main function: [`compare`].
//!
//! # Rules
//!
//! A date is seen as one or more *members*, each a range of days:
//!
//! - a date is one member: all the days that it can mean;
//! - a one-of set `[…]` is one member too: all the days of all its dates;
//! - an all-of set `{…}` has a member for every date in it;
//! - an interval is one member, from its first day to its last, and is called
//!   a *stretch*.
//!
//! Then, in this order:
//!
//! 1. *Times.* Two times with zones are compared as instants, two without as
//!    written. One with and one without: the same clock says the same with
//!    less detail where the zone is missing; instants that could be the same
//!    under some zone from −12:00 to +14:00 are not comparable; others
//!    differ. A time and a date are compared by the day as written, and the
//!    date is the less precise of the two where the days are equal.
//! 2. *Seasons* have no known first day. The same season is equal to itself;
//!    what holds its whole year is less precise; two different ones differ.
//!    With anything else that could fall into it a season is not comparable.
//! 3. *Two stretches* are compared end by end, so that 5 to 20 May and 5 to
//!    12 May do not count as one within the other. All ends equal: equal. All
//!    differences of ends go the same way: less precise. Else they overlap or
//!    differ. An all-of set without gaps, like `{9,10,11 May}`, counts as a
//!    stretch beside one. An end that is open equals an open end only.
//! 4. *Unknown ends.* A stretch with an unknown end is the less precise of
//!    two where all else agrees. Where the end that is not known could decide,
//!    the two are not comparable.
//! 5. *Members.* A is less precise than B where every member of B lies within
//!    a member of A, and every member of A has a member of B within it. Both
//!    ways: equal; but a stretch of more than a day beside a mere date or a
//!    one-of set of the same days tells more than these. So `1994-05` and
//!    `[1994-05-09,1994-05-10]` and `1994-05-09/1994-05-11` are less precise
//!    than `1994-05-10`, whereas `{1994-05-09,1994-05-10}` overlaps with it:
//!    the set says of two days what the date says of one.
//! 6. Else they overlap where they share a day, and differ where they do not.
//!
//! Marks of doubt change none of this; [`DateComparison`] reports them.
//! The cost is n log n in the number of members.

mod members;
mod seasons;
mod stretches;
mod times;

use schemars::JsonSchema;
use serde::Serialize;

use super::edtf::{Date, Edtf, Form, Time};
use members::members;
use seasons::{has_season, seasons};
use stretches::{stretch, stretches};
use times::times;

/// One of the two dates that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

/// How two dates stand to each other; the rules stand in `dates/compare.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateRelation {
    /// They mean the same days, or the same instant.
    Equal,
    /// The side named is the less precise: it holds the other, or says the
    /// same with less detail.
    LessPrecise(Side),
    /// They share days, but neither holds the other.
    Overlap,
    /// They share no day, or no instant.
    Differs,
    /// What is not told could decide: an unknown end, a zone, a season.
    NotComparable,
}

/// How two dates stand to each other, and what doubt they carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub struct DateComparison {
    /// The relation, marks of doubt left aside.
    pub relation: DateRelation,
    /// Whether either date is marked uncertain, `?` or `%`.
    pub uncertain: bool,
    /// Whether either date is marked approximate, `~` or `%`.
    pub approximate: bool,
}

/// Compares two dates and reports the doubt in them.
///
/// ```
/// use variorum::dates::{DateRelation::*, Edtf, Side, compare};
/// let of = |a: &str, b: &str| compare(&a.parse().unwrap(), &b.parse().unwrap()).relation;
/// assert_eq!(of("1994-05", "1994-05-12"), LessPrecise(Side::A));
/// assert_eq!(of("1994-05-12T00:01:00", "1994-05-12"), LessPrecise(Side::B));
/// assert_eq!(of("1994-05-09/1994-05-11", "{1994-05-09,1994-05-10,1994-05-11}"), Equal);
/// assert_eq!(of("1992-07-28", "1992-07-24"), Differs);
/// ```
pub fn compare(a: &Edtf, b: &Edtf) -> DateComparison {
    DateComparison {
        relation: relation(&a.0, &b.0),
        uncertain: a.is_uncertain() || b.is_uncertain(),
        approximate: a.is_approximate() || b.is_approximate(),
    }
}

impl DateRelation {
    /// The relation of the two dates the other way round.
    pub fn swapped(self) -> Self {
        match self {
            Self::LessPrecise(Side::A) => Self::LessPrecise(Side::B),
            Self::LessPrecise(Side::B) => Self::LessPrecise(Side::A),
            other => other,
        }
    }
}

use DateRelation::{Equal, LessPrecise};

fn relation(a: &Form, b: &Form) -> DateRelation {
    match (a, b) {
        (Form::Time(a), Form::Time(b)) => times(a, b),
        (Form::Time(t), other) => time_and_date(t, other),
        (other, Form::Time(t)) => time_and_date(t, other).swapped(),
        _ if has_season(a) || has_season(b) => seasons(a, b),
        _ => match (stretch(a, b), stretch(b, a)) {
            (Some(a), Some(b)) => stretches(&a, &b),
            _ => members(a, b),
        },
    }
}

/// The time is side A.
fn time_and_date(t: &Time, other: &Form) -> DateRelation {
    match relation(&Form::Date(Date::of_day(t.day)), other) {
        Equal => LessPrecise(Side::B),
        relation => relation,
    }
}
