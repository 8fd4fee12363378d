//! The collation of n texts as one page: each place where they differ, with
//! the words around it and the readings. [`page`] puts it together.

mod catalogue;
mod page;

#[cfg(test)]
mod tests;

pub use page::apparatus;
pub(super) use page::body;
