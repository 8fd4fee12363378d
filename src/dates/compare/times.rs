//! Rule 1: two times of day.

use super::super::edtf::{Time, Zone};
use super::relation::DateRelation::{Differs, Equal, LessPrecise, NotComparable};
use super::relation::{DateRelation, Side};

pub(super) fn times(a: &Time, b: &Time) -> DateRelation {
    const HOUR: i64 = 3600;
    let clock = |t: &Time| t.day.number() * 24 * HOUR + i64::from(t.seconds());
    let offset = |t: &Time| {
        let signed = |west, seconds: i64| Some(if west { -seconds } else { seconds });
        match t.zone {
            Zone::Untold => None,
            Zone::Utc => Some(0),
            Zone::Hours { west, hours } => signed(west, i64::from(hours) * HOUR),
            Zone::Minutes { west, hours, minutes } => {
                signed(west, i64::from(hours) * HOUR + i64::from(minutes) * 60)
            }
        }
    };
    let same = |equal| if equal { Equal } else { Differs };
    match (offset(a), offset(b)) {
        (Some(x), Some(y)) => same(clock(a) - x == clock(b) - y),
        (None, None) => same(clock(a) == clock(b)),
        (x, y) => {
            let (side, told, untold, offset) = match x {
                Some(x) => (Side::B, a, b, x),
                None => (Side::A, b, a, y.unwrap_or(0)),
            };
            let needed = clock(untold) - (clock(told) - offset);
            match clock(a) == clock(b) {
                true => LessPrecise(side),
                false if (-12 * HOUR..=14 * HOUR).contains(&needed) => NotComparable,
                false => Differs,
            }
        }
    }
}
