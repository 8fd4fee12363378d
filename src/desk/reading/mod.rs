//! A text laid out for people who read it from the beginning: paragraphs as
//! read, chapters, what others say beside the words, and what each revision
//! changed. [`book()`] gives a [`Book`]; [`revised()`] a list of [`Revised`].

mod book;
mod chapters;
mod paragraphs;
mod revised;

pub use book::{Book, CitedHere};
pub use chapters::Chapter;
pub use paragraphs::{Paragraph, Style};
pub use revised::{Revised, RevisedWords};

pub(super) use book::book;
pub(super) use revised::revised;
