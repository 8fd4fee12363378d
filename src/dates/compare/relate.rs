//! Sends two dates to the rule that fits them.

use super::super::edtf::{Date, Edtf, Form, Time};
use super::members::members;
use super::relation::DateRelation::{Equal, LessPrecise};
use super::relation::{DateComparison, DateRelation, Side};
use super::seasons::{has_season, seasons};
use super::stretches::{stretch, stretches};
use super::times::times;

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
