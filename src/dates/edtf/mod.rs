//! Dates as people know them: EDTF, the Extended Date/Time Format of ISO
//! 8601-2:2019, after the Library of Congress specification
//! (<https://www.loc.gov/standards/datetime/>). Main type: [`Edtf`].
//!
//! Read are levels 0 and 1 as a whole, and the sets of level 2. `form` holds
//! what a date is made of, `parse` reads and refuses, `spell` writes, `bounds`
//! knows which days are meant.

mod bounds;
mod form;
mod parse;
mod spell;
#[cfg(test)]
mod tests;
mod value;

pub(super) use bounds::{Span, union};
pub(super) use form::{Date, End, Form, Item, Part, Set, Time, Zone};
pub use form::{Precision, SortKey};
pub use parse::EdtfError;
pub use value::Edtf;
