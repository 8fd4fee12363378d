//! Rules 3 and 4: two stretches, end by end.

use super::super::edtf::{End, Form, Item, Span, union};
use super::relation::DateRelation::{Differs, Equal, LessPrecise, NotComparable, Overlap};
use super::relation::{DateRelation, Side};

/// The end of a stretch: the days on which it can lie.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Limit {
    Days(Span),
    Open,
    Unknown,
}

pub(super) struct Stretch {
    from: Limit,
    to: Limit,
}

impl Stretch {
    /// All days that can belong to it.
    fn span(&self) -> Span {
        let from = if let Limit::Days(s) = self.from { s.from } else { i64::MIN };
        let to = if let Limit::Days(s) = self.to { s.to } else { i64::MAX };
        Span { from, to }
    }

    fn has_unknown(&self) -> bool {
        self.from == Limit::Unknown || self.to == Limit::Unknown
    }
}

/// The form as a stretch; an all-of set only where `beside` is an interval.
pub(super) fn stretch(form: &Form, beside: &Form) -> Option<Stretch> {
    let limit = |e: &End| match e {
        End::Date(d) => Limit::Days(d.span()),
        End::Open => Limit::Open,
        End::Unknown => Limit::Unknown,
    };
    match (form, beside) {
        (Form::Interval(a, b), _) => Some(Stretch { from: limit(a), to: limit(b) }),
        (Form::Set(set), Form::Interval(..)) if set.all => {
            let (first, last) = (first_member(&set.items)?, last_member(&set.items)?);
            let whole = first != last || matches!(set.items[..], [Item::Range(..)]);
            (whole && union(form.spans()).len() == 1).then_some(Stretch { from: first, to: last })
        }
        _ => None,
    }
}

/// Where the first member of all lies.
fn first_member(items: &[Item]) -> Option<Limit> {
    let first = items.iter().min_by_key(|i| i.span())?;
    Some(match first {
        Item::One(d) | Item::Range(Some(d), _) => Limit::Days(d.span()),
        Item::Range(None, _) => Limit::Open,
    })
}

fn last_member(items: &[Item]) -> Option<Limit> {
    let last = items.iter().max_by_key(|i| (i.span().to, i.span().from))?;
    Some(match last {
        Item::One(d) | Item::Range(_, Some(d)) => Limit::Days(d.span()),
        Item::Range(_, None) => Limit::Open,
    })
}

pub(super) fn stretches(a: &Stretch, b: &Stretch) -> DateRelation {
    let ends = [limits(a.from, b.from), limits(a.to, b.to)];
    let all = |side| ends.iter().all(|&e| e == Equal || e == LessPrecise(side));
    match () {
        () if ends == [Equal, Equal] => Equal,
        () if all(Side::A) => LessPrecise(Side::A),
        () if all(Side::B) => LessPrecise(Side::B),
        () if !a.span().meets(&b.span()) => Differs,
        () if a.has_unknown() || b.has_unknown() => NotComparable,
        () => Overlap,
    }
}

/// How one end stands to the same end of the other stretch.
fn limits(a: Limit, b: Limit) -> DateRelation {
    match (a, b) {
        (Limit::Days(a), Limit::Days(b)) => match (a.contains(&b), b.contains(&a)) {
            (true, true) => Equal,
            (true, false) => LessPrecise(Side::A),
            (false, true) => LessPrecise(Side::B),
            (false, false) => Differs,
        },
        (Limit::Unknown, Limit::Unknown) | (Limit::Open, Limit::Open) => Equal,
        (Limit::Unknown, _) => LessPrecise(Side::A),
        (_, Limit::Unknown) => LessPrecise(Side::B),
        _ => Differs,
    }
}
