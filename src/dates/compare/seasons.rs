//! Rule 2: dates with a season in them.

use super::super::edtf::{Date, End, Form, Item, Part, Set, Span, union};
use super::members::share;
use super::relation::DateRelation::{Differs, Equal, LessPrecise, NotComparable};
use super::relation::{DateRelation, Side};

pub(super) fn has_season(form: &Form) -> bool {
    form.dates().any(is_season)
}

fn is_season(d: &Date) -> bool {
    matches!(d.part, Part::Season(_))
}

pub(super) fn seasons(a: &Form, b: &Form) -> DateRelation {
    if strip(a) == strip(b) {
        return Equal;
    }
    if !share(&union(a.spans()), &union(b.spans())) {
        return Differs;
    }
    // A season belongs to the year it names, even if its end does not.
    let year = |f: &Form| match f {
        Form::Date(d) if is_season(d) => Some(Date { part: Part::Whole, mark: None, ..*d }.span()),
        _ => None,
    };
    let holds = |f: &Form, whole: &Span| {
        let plain = match f {
            Form::Date(_) => true,
            Form::Interval(a, b) => ![a, b].contains(&&End::Unknown),
            _ => false,
        };
        plain && !has_season(f) && f.spans()[0].contains(whole)
    };
    match (year(a), year(b)) {
        (Some(_), Some(_)) => Differs,
        (Some(year), None) if holds(b, &year) => LessPrecise(Side::B),
        (None, Some(year)) if holds(a, &year) => LessPrecise(Side::A),
        _ => NotComparable,
    }
}

/// The form without marks of doubt.
fn strip(form: &Form) -> Form {
    let plain = |d: &Date| Date { mark: None, ..*d };
    let end = |e: &End| match e {
        End::Date(d) => End::Date(plain(d)),
        other => *other,
    };
    match form {
        Form::Date(d) => Form::Date(plain(d)),
        Form::Interval(a, b) => Form::Interval(end(a), end(b)),
        Form::Set(set) => {
            let items = set.items.iter().map(|i| match i {
                Item::One(d) => Item::One(plain(d)),
                range => *range,
            });
            Form::Set(Set { all: set.all, items: items.collect() })
        }
        Form::Time(t) => Form::Time(*t),
    }
}
