//! The one spelling of each date. What `parse` accepts comes out as it went in.

use std::fmt::{self, Display, Formatter};

use super::form::{Date, End, Form, Item, Mark, Part, Set, Time, Year, Zone};

impl Display for Form {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Form::Date(d) => d.fmt(f),
            Form::Time(t) => t.fmt(f),
            Form::Interval(a, b) => write!(f, "{a}/{b}"),
            Form::Set(set) => set.fmt(f),
        }
    }
}

impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.year.fmt(f)?;
        match self.part {
            Part::Whole => {}
            Part::Season(n) | Part::Month(n) => write!(f, "-{n:02}")?,
            Part::Day(m, d) => write!(f, "-{m:02}-{d:02}")?,
            Part::SomeMonth => f.write_str("-XX")?,
            Part::SomeDayOf(m) => write!(f, "-{m:02}-XX")?,
            Part::SomeDay => f.write_str("-XX-XX")?,
        }
        f.write_str(match self.mark {
            None => "",
            Some(Mark::Uncertain) => "?",
            Some(Mark::Approximate) => "~",
            Some(Mark::Both) => "%",
        })
    }
}

impl Display for Year {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.told > 9999 {
            f.write_str("Y")?;
        }
        if self.negative {
            f.write_str("-")?;
        }
        let untold = self.untold as usize;
        write!(f, "{:0digits$}{:X<untold$}", self.told, "", digits = 4 - untold)
    }
}

impl Display for Time {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { day, hour, minute, second, zone } = self;
        write!(f, "{day}T{hour:02}:{minute:02}:{second:02}")?;
        let sign = |west: bool| if west { '-' } else { '+' };
        match *zone {
            Zone::Untold => Ok(()),
            Zone::Utc => f.write_str("Z"),
            Zone::Hours { west, hours } => write!(f, "{}{hours:02}", sign(west)),
            Zone::Minutes { west, hours, minutes } => {
                write!(f, "{}{hours:02}:{minutes:02}", sign(west))
            }
        }
    }
}

impl Display for End {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(d) => d.fmt(f),
            Self::Open => f.write_str(".."),
            Self::Unknown => Ok(()),
        }
    }
}

impl Display for Set {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.all { "{" } else { "[" })?;
        for (i, item) in self.items.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            match item {
                Item::One(d) => d.fmt(f)?,
                Item::Range(a, b) => {
                    a.map_or(Ok(()), |a| a.fmt(f))?;
                    f.write_str("..")?;
                    b.map_or(Ok(()), |b| b.fmt(f))?;
                }
            }
        }
        f.write_str(if self.all { "}" } else { "]" })
    }
}
