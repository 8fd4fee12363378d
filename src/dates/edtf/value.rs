//! A date as a value: what one can ask of it.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::super::day::{Day, Weekday};
use super::bounds::{Span, union};
use super::form::{Date, Form, Item, Mark, Part, Precision, SortKey};
use super::parse::{EdtfError, MAX_BYTES, MAX_MEMBERS, form};

/// A date, date-time, interval or set of dates, with what is not known of it.
///
/// Accepted, with the level of EDTF:
///
/// | form | examples | level |
/// |---|---|---|
/// | year, month, day | `1994`, `1994-05`, `1994-05-12`, `-0043-03-15` | 0, 1 |
/// | long year | `Y170000002`, `Y-170000002` (15 digits at most) | 1 |
/// | time of a day | `1994-05-12T00:01:00`, with `Z`, `+04` or `+04:00` | 0 |
/// | season | `1994-21` spring, `-22` summer, `-23` autumn, `-24` winter | 1 |
/// | doubt about the whole date | `1994?` uncertain, `1994~` about, `1994%` both | 1 |
/// | digits not told | `199X`, `19XX`, `1994-XX`, `1994-05-XX`, `1994-XX-XX` | 1 |
/// | interval | `1994-05-09/1994-05-11`; ends may be `..` (open) or missing (unknown) | 0, 1 |
/// | one of | `[1667,1668,1670..1672]`, `[..1760-12-03]` | 2 |
/// | all of | `{1994-05-09,1994-05-10,1994-05-11}`, `{1760-12..}` | 2 |
///
/// Each value has the one spelling it was read from; `a == b` means spelled
/// alike, [`compare`](crate::dates::compare()) tells what two dates say of each other.
///
/// ```
/// use variorum::dates::Edtf;
/// let signed: Edtf = "{1994-05-09,1994-05-10,1994-05-11}".parse().unwrap();
/// assert_eq!(signed.to_string(), "{1994-05-09,1994-05-10,1994-05-11}");
/// assert_eq!(signed.days(), Some(3));
/// let e = "1994-13".parse::<Edtf>().unwrap_err();
/// assert_eq!(
///     e.to_string(),
///     "no date in EDTF: \"1994-13\": at character 6 expected a month 01 to 12 or a season 21 to 24"
/// );
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Edtf(pub(in crate::dates) Form);

impl Edtf {
    /// Longest spelling, in bytes.
    pub const MAX_BYTES: usize = MAX_BYTES;
    /// Most members of one set, ranges counted out.
    pub const MAX_MEMBERS: u64 = MAX_MEMBERS;

    /// A whole day, when [`Day::year`] has four digits at most.
    pub fn from_day(day: Day) -> Option<Self> {
        (day.year().abs() <= 9999).then(|| Self(Form::Date(Date::of_day(day))))
    }

    /// The first and the last day that can be meant; `None` where the date is
    /// open or unknown to that side.
    ///
    /// Days are those written, whatever the zone of a time. Marks of doubt
    /// widen nothing: nobody said by how much. A season says neither half of
    /// the globe nor first day; it may lie anywhere in its year, summer and
    /// winter also in the three months after.
    ///
    /// ```
    /// # use variorum::dates::{Day, Edtf};
    /// let of = |s: &str| s.parse::<Edtf>().unwrap().bounds();
    /// assert_eq!(of("1994-02"), (Day::new(1994, 2, 1), Day::new(1994, 2, 28)));
    /// assert_eq!(of("1994-05-12/.."), (Day::new(1994, 5, 12), None));
    /// ```
    pub fn bounds(&self) -> (Option<Day>, Option<Day>) {
        self.0.bounds()
    }

    /// How finely the date is told: of an interval or set its coarsest part;
    /// `None` where there is no date, as in `../..`. `1994-05-XX` is told to
    /// the month.
    pub fn precision(&self) -> Option<Precision> {
        if let Form::Time(_) = self.0 {
            return Some(Precision::Second);
        }
        self.0.dates().map(|d| d.precision()).min()
    }

    /// Whether any part carries `?` or `%`.
    pub fn is_uncertain(&self) -> bool {
        self.0.dates().any(|d| matches!(d.mark, Some(Mark::Uncertain | Mark::Both)))
    }

    /// Whether any part carries `~` or `%`.
    pub fn is_approximate(&self) -> bool {
        self.0.dates().any(|d| matches!(d.mark, Some(Mark::Approximate | Mark::Both)))
    }

    /// Whether this is one day, with or without a time.
    pub fn day(&self) -> Option<Day> {
        match self.0 {
            Form::Time(t) => Some(t.day),
            Form::Date(Date { part: Part::Day(..), .. }) => self.bounds().0,
            _ => None,
        }
    }

    /// The weekday of one day, as written; `None` for anything but one day.
    pub fn weekday(&self) -> Option<Weekday> {
        self.day().map(|d| d.weekday())
    }

    /// How many different days can be meant, or are; `None` where the date
    /// is open or unknown to a side.
    pub fn days(&self) -> Option<u64> {
        let spans = union(self.0.spans());
        spans.iter().map(Span::days).try_fold(0_u64, |sum, n| sum.checked_add(n?))
    }

    /// Whether this is a set of which every member is meant, `{…}`.
    pub fn is_all_of(&self) -> bool {
        matches!(&self.0, Form::Set(set) if set.all)
    }

    /// Whether this is a set of which one member is meant, `[…]`.
    pub fn is_one_of(&self) -> bool {
        matches!(&self.0, Form::Set(set) if !set.all)
    }

    /// The members of a set as written, ranges counted out in their own unit
    /// of days, months or years. An open range is one member, the open
    /// interval. What is no set is its own only member.
    ///
    /// ```
    /// # use variorum::dates::Edtf;
    /// let set: Edtf = "[..1666,1668-11..1669-01]".parse().unwrap();
    /// let members: Vec<_> = set.members().map(|m| m.to_string()).collect();
    /// assert_eq!(members, ["../1666", "1668-11", "1668-12", "1669-01"]);
    /// ```
    pub fn members(&self) -> impl Iterator<Item = Edtf> + '_ {
        let (items, itself) = match &self.0 {
            Form::Set(set) => (set.items.as_slice(), None),
            _ => (&[][..], Some(self.clone())),
        };
        itself.into_iter().chain(items.iter().flat_map(Item::members).map(Self))
    }

    /// Where the date stands on a timeline. Unlike [`Edtf::bounds`] it takes
    /// seasons to be those of the northern half (spring March to May, winter
    /// December to February after), and an unknown beginning to lie at the
    /// end that is known. Times count as written.
    pub fn sort_key(&self) -> SortKey {
        self.0.sort_key()
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        form(s).map(Self)
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = Cow::<str>::deserialize(d)?;
        s.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Edtf {
    fn schema_name() -> Cow<'static, str> {
        "Edtf".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[-0-9XYTZ:?~%/.,+{}\\[\\]]+$",
            "maxLength": Edtf::MAX_BYTES,
            "description": "a date in EDTF (ISO 8601-2:2019), levels 0 and 1 and the sets of level 2"
        })
    }
}
