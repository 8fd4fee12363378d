//! The answers as pages for people: HTML that is complete in one file, without
//! script and without a request to anybody. Main entries: [`report()`] of an
//! audit, [`comparison()`] of two texts,
//! [`apparatus()`] of any number. It writes what the desk answered and
//! decides nothing; every string that came from
//! outside is escaped, and what steers or hides text is shown by name.

mod apparatus;
mod comparison;
mod document;
mod foreign;
mod report;

pub use apparatus::apparatus;
pub use comparison::comparison;
pub use report::report;
