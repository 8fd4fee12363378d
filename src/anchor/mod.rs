//! Finds the place of a text that a quotation means, and says how sure that
//! is: exact, fuzzy with its rivals, ambiguous, or lost. Main types:
//! [`Locator`], [`Resolution`]. Never guesses: where two places fit alike, or
//! the best one fits poorly, it says so.

mod align;
mod grams;
mod locate;
mod selector;
mod tokens;

pub use locate::{Candidate, Locator, Resolution};
pub use selector::{follow, select};
