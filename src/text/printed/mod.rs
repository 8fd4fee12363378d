//! Printed pages rebuilt from what survived of them: line shapes that mark the
//! start of a page, and page numbers that stand on lines of their own or in
//! running heads. Main type: [`Pages`].
//!
//! # Rules
//!
//! 1. *Printed numbers.* Of all lines that could hold a page number, the chain
//!    is taken that rises through the text at the pace of pages and has the
//!    most numbers; one that a sentence runs around counts three times. The
//!    pace is known from the page starts, or, where these are few, is 200 to
//!    10,000 bytes a page. A quarter of the chain must interrupt sentences, or
//!    half of it stand at page starts; two numbers alone must also agree with
//!    the page starts between them. Otherwise the text has no pages.
//! 2. *Head or foot.* A number stands at the head of its page where a page
//!    start is on its line or in the running heads above it, and at the foot
//!    where one follows; the whole text goes by the majority, and by the head
//!    where nothing tells, with a margin of one page more. Where no page start
//!    is marked there, the number makes one.
//! 3. *Page starts* are lines that begin with a form feed; in a text without
//!    any, lines that begin with one space. Of the latter some are doubtful:
//!    those that begin an item of a list, and those after a blank line where
//!    nine in ten have none. A doubtful one counts only where it stands three
//!    quarters of a usual page behind the one before.
//! 4. *Between two printed numbers* the page starts are counted. Where all of
//!    them agree with the numbers, the pages are exact (margin 0). Where they
//!    agree without the doubtful ones, the margin is 1.
//! 5. Where pages are missing, stretches of the length of several pages are
//!    divided evenly, at line ends; the margin is 1, and one more for every
//!    four pages from the nearer end of the stretch. What is still missing or
//!    too many is spread by length, and the margin is 1 plus the difference to
//!    the count from either side.
//! 6. *Before the first and after the last* printed number pages are counted
//!    on, and long stretches divided; the margin is 1, and one more for every
//!    ten pages and for every stretch that is too long for one page.
//!
//! The margin says how far counting from either side can be off. It does not
//! cover a page start lost and a false one between the same two numbers.
//!
//! The cost is linear in the text, plus the sorting of page lengths.

mod chain;
mod count;
mod pages;
mod starts;
#[cfg(test)]
mod tests;

pub use pages::{PageSign, PageStart, Pages};
