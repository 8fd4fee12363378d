//! Which days a date means.

use super::super::day::Day;
use super::form::{Date, End, Form, Item, Part, Precision, Set, SortKey, Time, Year};

/// Days from one to another, both included, as [`Day::number`]s;
/// [`i64::MIN`] and [`i64::MAX`] stand for no bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::dates) struct Span {
    pub from: i64,
    pub to: i64,
}

impl Span {
    pub fn of(from: Option<Day>, to: Option<Day>) -> Self {
        let number = |d: Option<Day>, or| d.map_or(or, |d| d.number());
        Self { from: number(from, i64::MIN), to: number(to, i64::MAX) }
    }

    pub fn contains(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    pub fn days(&self) -> Option<u64> {
        (self.from != i64::MIN && self.to != i64::MAX).then(|| self.to.abs_diff(self.from) + 1)
    }
}

/// Sorts the spans and joins those that touch.
pub(in crate::dates) fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for s in spans {
        match out.last_mut() {
            Some(last) if last.to >= s.from.saturating_sub(1) => last.to = last.to.max(s.to),
            _ => out.push(s),
        }
    }
    out
}

impl Year {
    /// The first year meant. `-199X` runs from -1999 to -1990.
    pub fn first(&self) -> i64 {
        let unit = 10_i64.pow(self.untold);
        if self.negative { -(self.told * unit + unit - 1) } else { self.told * unit }
    }

    pub fn last(&self) -> i64 {
        let unit = 10_i64.pow(self.untold);
        // Year 0 is not negative: -000X ends with -0001.
        if self.negative { (-self.told * unit).min(-1) } else { self.told * unit + unit - 1 }
    }

    fn of(year: i64) -> Self {
        Self { negative: year < 0, told: year.abs(), untold: 0 }
    }
}

/// A day of which the parser or the calendar knows that it is there.
fn sure(day: Option<Day>) -> Day {
    day.expect("months and days were checked when the date was read")
}

impl Date {
    pub fn of_day(day: Day) -> Self {
        let part = Part::Day(day.month(), day.day());
        Self { year: Year::of(day.year()), part, mark: None }
    }

    /// The first day that can be meant.
    pub fn first(&self) -> Day {
        let year = self.year.first();
        sure(match self.part {
            Part::Month(m) | Part::SomeDayOf(m) => Day::new(year, m, 1),
            Part::Day(m, d) => Day::new(year, m, d),
            _ => Day::new(year, 1, 1),
        })
    }

    /// The last day that can be meant.
    pub fn last(&self) -> Day {
        let year = self.year.last();
        sure(match self.part {
            Part::Month(m) | Part::SomeDayOf(m) => Day::last_of_month(year, m),
            Part::Day(m, d) => Day::new(year, m, d),
            // In one half of the globe these run over the new year.
            Part::Season(22 | 24) => Day::new(year + 1, 3, 31),
            _ => Day::new(year, 12, 31),
        })
    }

    pub fn span(&self) -> Span {
        Span::of(Some(self.first()), Some(self.last()))
    }

    /// First and last day on a timeline: northern seasons.
    fn nominal(&self) -> Span {
        let Part::Season(season) = self.part else { return self.span() };
        let (year, month) = (self.year.first(), 3 * (season - 20));
        let (end_year, end_month) = if month == 12 { (year + 1, 2) } else { (year, month + 2) };
        Span::of(Day::new(year, month, 1), Day::last_of_month(end_year, end_month))
    }

    pub fn precision(&self) -> Precision {
        match (self.part, self.year.untold) {
            (Part::Whole, 1) => Precision::Decade,
            (Part::Whole, 2..) => Precision::Century,
            (Part::Whole | Part::SomeMonth | Part::SomeDay, _) => Precision::Year,
            (Part::Season(_), _) => Precision::Season,
            (Part::Month(_) | Part::SomeDayOf(_), _) => Precision::Month,
            (Part::Day(..), _) => Precision::Day,
        }
    }

    /// Whether the date can stand beside `..` in a set.
    pub fn counts(&self) -> bool {
        self.mark.is_none()
            && self.year.untold == 0
            && matches!(self.part, Part::Whole | Part::Month(_) | Part::Day(..))
    }

    /// How many units after year 0, month 1 or the first day of the count.
    fn ordinal(&self) -> i64 {
        let year = self.year.first();
        match self.part {
            Part::Month(m) => year * 12 + i64::from(m) - 1,
            Part::Day(..) => self.first().number(),
            _ => year,
        }
    }

    /// The date of the same kind `n` units later, where it can be written.
    fn later(&self, n: i64) -> Option<Self> {
        let at = self.ordinal() + n;
        Some(match self.part {
            Part::Month(_) => Self {
                year: Year::of(at.div_euclid(12)),
                part: Part::Month(at.rem_euclid(12) as u8 + 1),
                mark: None,
            },
            Part::Day(..) => Self::of_day(self.first().plus(n)?),
            _ => Self { year: Year::of(at), part: Part::Whole, mark: None },
        })
    }
}

impl Item {
    /// How many members the item stands for; `None`: endless.
    pub fn count(&self) -> Option<u64> {
        match self {
            Self::One(_) => Some(1),
            Self::Range(Some(a), Some(b)) => Some(b.ordinal().abs_diff(a.ordinal()) + 1),
            Self::Range(..) => None,
        }
    }

    /// The members as dates; an open range as an interval.
    pub fn members(&self) -> impl Iterator<Item = Form> + use<> {
        let open = |d: Option<Date>| d.map_or(End::Open, End::Date);
        let (start, count, interval) = match *self {
            Self::One(d) => (Some(d), 1, None),
            Self::Range(Some(a), Some(_)) => (Some(a), self.count().unwrap_or(1), None),
            Self::Range(a, b) => (None, 0, Some(Form::Interval(open(a), open(b)))),
        };
        let dates = (0..count).filter_map(move |n| match n {
            0 => start,
            n => start?.later(n as i64),
        });
        dates.map(Form::Date).chain(interval)
    }

    pub fn span(&self) -> Span {
        match self {
            Self::One(d) => d.span(),
            Self::Range(a, b) => Span::of(a.map(|a| a.first()), b.map(|b| b.last())),
        }
    }
}

impl End {
    pub fn date(&self) -> Option<&Date> {
        match self {
            Self::Date(d) => Some(d),
            _ => None,
        }
    }
}

impl Form {
    /// Every date that is written.
    pub fn dates(&self) -> impl Iterator<Item = &Date> {
        let (mut one, mut items) = ([None, None], &[][..]);
        match self {
            Self::Date(d) => one[0] = Some(d),
            Self::Time(_) => {}
            Self::Interval(a, b) => one = [a.date(), b.date()],
            Self::Set(Set { items: all, .. }) => items = all,
        }
        let items = items.iter().flat_map(|i| match i {
            Item::One(d) => [Some(d), None],
            Item::Range(a, b) => [a.as_ref(), b.as_ref()],
        });
        one.into_iter().chain(items).flatten()
    }

    /// The days meant, item by item, not sorted.
    pub fn spans(&self) -> Vec<Span> {
        match self {
            Self::Date(d) => vec![d.span()],
            Self::Time(t) => vec![Span::of(Some(t.day), Some(t.day))],
            Self::Interval(a, b) => {
                vec![Span::of(a.date().map(Date::first), b.date().map(Date::last))]
            }
            Self::Set(set) => set.items.iter().map(Item::span).collect(),
        }
    }

    pub fn bounds(&self) -> (Option<Day>, Option<Day>) {
        let first = |d: Option<&Date>| d.map(Date::first);
        let last = |d: Option<&Date>| d.map(Date::last);
        match self {
            Self::Date(d) => (Some(d.first()), Some(d.last())),
            Self::Time(t) => (Some(t.day), Some(t.day)),
            Self::Interval(a, b) => (first(a.date()), last(b.date())),
            Self::Set(set) => {
                let ends = set.items.iter().map(|i| match i {
                    Item::One(d) => (Some(d.first()), Some(d.last())),
                    Item::Range(a, b) => (first(a.as_ref()), last(b.as_ref())),
                });
                let both = ends.reduce(|(a, b), (c, d)| {
                    (a.zip(c).map(|(a, c)| a.min(c)), b.zip(d).map(|(b, d)| b.max(d)))
                });
                both.unwrap_or((None, None))
            }
        }
    }

    pub fn sort_key(&self) -> SortKey {
        const LAST_SECOND: u32 = 86_399;
        let (from, to) = match self {
            Self::Date(d) => (d.nominal().from, d.nominal().to),
            Self::Time(t) => {
                let at = (t.day.number(), t.seconds());
                return SortKey { earliest: at, latest: at };
            }
            Self::Interval(a, b) => {
                let to = b.date().map_or(i64::MAX, |b| b.nominal().to);
                let from = match (a, b) {
                    (End::Date(a), _) => a.nominal().from,
                    (End::Unknown, End::Date(b)) => b.nominal().from,
                    _ => i64::MIN,
                };
                (from, to)
            }
            Self::Set(set) => set.items.iter().fold((i64::MAX, i64::MIN), |(from, to), i| {
                let s = match i {
                    Item::One(d) => d.nominal(),
                    range => range.span(),
                };
                (from.min(s.from), to.max(s.to))
            }),
        };
        // Seasons elsewhere on the globe: autumn may come before May.
        SortKey { earliest: (from, 0), latest: (to.max(from), LAST_SECOND) }
    }
}

impl Time {
    /// Seconds since midnight, as written.
    pub fn seconds(&self) -> u32 {
        (u32::from(self.hour) * 60 + u32::from(self.minute)) * 60 + u32::from(self.second)
    }
}
