//! Finds the place of a text that a quotation means, and says how sure that
//! is: exact, fuzzy with its rivals, ambiguous, or lost; and carries places of
//! one text into another. Main types: [`Locator`], [`Resolution`], [`Carrier`].
//! Never guesses: where two places fit alike, or
//! the best one fits poorly, it says so.

mod align;
mod alike;
mod carry;
mod grams;
mod locate;
mod mended;
mod order;
mod selector;
mod surrounded;
mod tokens;
mod verbatim;

pub use carry::{Carried, Carrier};
pub use locate::{Candidate, Indexes, Locator, Resolution};
pub use order::{Order, Stood};
pub use selector::{follow, select};
pub use verbatim::Verbatim;
