//! Rules 4 to 6: dates as members.

use super::super::edtf::{End, Form, Item, Span, union};
use super::relation::DateRelation::{Differs, Equal, LessPrecise, NotComparable, Overlap};
use super::relation::{DateRelation, Side};

/// A date as members; each is a list of spans, sorted, that do not touch.
struct Members {
    /// Of an all-of set every member, sorted by its first day; else one.
    all: Vec<Vec<Span>>,
    stretch: bool,
    /// An end of the interval is not known.
    unknown: bool,
    /// An all-of set without beginning or end has more members than stand in
    /// `all`: its open range stands there as one.
    endless: bool,
}

impl Members {
    fn of(form: &Form) -> Self {
        let (mut stretch, mut unknown, mut endless) = (false, false, false);
        let all = match form {
            Form::Set(set) if set.all => {
                endless = set.items.iter().any(|i| i.count().is_none());
                let mut spans: Vec<Span> = set.items.iter().flat_map(each).collect();
                spans.sort_unstable();
                spans.dedup();
                spans.into_iter().map(|s| vec![s]).collect()
            }
            other => {
                if let Form::Interval(a, b) = other {
                    stretch = true;
                    unknown = [a, b].contains(&&End::Unknown);
                }
                vec![union(other.spans())]
            }
        };
        Self { all, stretch, unknown, endless }
    }

    fn days(&self) -> Vec<Span> {
        union(self.all.concat())
    }
}

fn each(item: &Item) -> Vec<Span> {
    match item.count() {
        Some(_) => item.members().flat_map(|m| m.spans()).collect(),
        None => vec![item.span()],
    }
}

pub(super) fn members(a: &Form, b: &Form) -> DateRelation {
    let (a, b) = (Members::of(a), Members::of(b));
    let (days_a, days_b) = (a.days(), b.days());
    if !share(&days_a, &days_b) {
        return Differs;
    }
    if a.unknown || b.unknown {
        return NotComparable;
    }
    match (holds(&a, &b), holds(&b, &a)) {
        (true, true) if a.stretch != b.stretch && days_a[0].from != days_a[0].to => {
            LessPrecise(if a.stretch { Side::B } else { Side::A })
        }
        (true, true) => Equal,
        (true, false) => LessPrecise(Side::A),
        (false, true) => LessPrecise(Side::B),
        (false, false) => Overlap,
    }
}

/// Rule 5: whether `a` is equal to `b` or less precise.
fn holds(a: &Members, b: &Members) -> bool {
    if a.endless {
        return a.all == b.all;
    }
    each_within(&b.all, &a.all) && each_holds(&a.all, &b.all)
}

/// Whether every one of `inner` lies within one of `outer`.
fn each_within(inner: &[Vec<Span>], outer: &[Vec<Span>]) -> bool {
    if let [one] = outer {
        return inner.iter().all(|m| covers(one, m));
    }
    // Many members are single spans, sorted by their first day. Of those that
    // begin up to a day, the one that ends latest decides.
    let outer: Vec<Span> = outer.concat();
    let mut latest = Vec::with_capacity(outer.len());
    for s in &outer {
        latest.push(latest.last().map_or(s.to, |&l: &i64| l.max(s.to)));
    }
    inner.iter().all(|m| {
        let i = outer.partition_point(|o| o.from <= m[0].from);
        i > 0 && m.iter().all(|s| s.to <= latest[i - 1])
    })
}

/// Whether every one of `outer` has one of `inner` within it.
fn each_holds(outer: &[Vec<Span>], inner: &[Vec<Span>]) -> bool {
    if let [one] = inner {
        return outer.iter().all(|m| covers(m, one));
    }
    // Of those that begin from a day on, the one that ends soonest decides.
    let inner: Vec<Span> = inner.concat();
    let mut soonest = vec![i64::MAX; inner.len() + 1];
    for i in (0..inner.len()).rev() {
        soonest[i] = soonest[i + 1].min(inner[i].to);
    }
    outer.iter().all(|m| {
        m.iter().any(|s| {
            let i = inner.partition_point(|o| o.from < s.from);
            i < inner.len() && soonest[i] <= s.to
        })
    })
}

/// Whether every span of `inner` lies within one of `outer`.
fn covers(outer: &[Span], inner: &[Span]) -> bool {
    inner.iter().all(|s| {
        let i = outer.partition_point(|o| o.from <= s.from);
        i > 0 && outer[i - 1].contains(s)
    })
}

/// Whether two sorted lists of spans have a day in common.
pub(super) fn share(a: &[Span], b: &[Span]) -> bool {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.meets(y) {
            return true;
        }
        if x.to < y.to { i += 1 } else { j += 1 }
    }
    false
}
