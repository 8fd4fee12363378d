//! The comparison of two texts as one page: what was, beside what is, for each
//! changed passage. [`page`] puts it together.

mod catalogue;
mod page;

#[cfg(test)]
mod tests;

pub(super) use page::body;
pub use page::comparison;
