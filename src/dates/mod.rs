//! Dates and times: the instants at which things were recorded. Main type:
//! [`Timestamp`]. Never reads the clock; the doors hand the time in.

mod edtf;
mod timestamp;

pub use edtf::Edtf;
pub use timestamp::{ParseTimestampError, Timestamp};
