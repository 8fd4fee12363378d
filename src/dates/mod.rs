//! Dates and times: the instants at which things were recorded, and the dates
//! that people tell, with what is not known of them. Main types:
//! [`Timestamp`], [`Edtf`], [`Day`]; [`compare`] and [`words::dates_in`].
//! Never reads the clock; the doors hand the time in.

mod compare;
mod day;
mod edtf;
mod timestamp;
pub mod words;

pub use compare::{DateComparison, DateRelation, Side, compare};
pub use day::{Day, Weekday};
pub use edtf::{Edtf, EdtfError, Precision, SortKey};
pub use timestamp::{ParseTimestampError, Timestamp};
