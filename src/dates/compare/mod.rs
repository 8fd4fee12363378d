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
mod relate;
mod relation;
mod seasons;
mod stretches;
mod times;

pub use relate::compare;
pub use relation::{DateComparison, DateRelation, Side};
