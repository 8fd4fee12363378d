//! A text laid out for people who read it from the beginning: paragraphs as
//! read, chapters, what others say beside the words, what each revision changed,
//! and what stood at each paragraph before. [`book()`] gives a [`Book`];
//! [`revised()`] a list of [`Revised`]; [`earlier()`] an [`Earlier`].

mod book;
mod chapters;
mod earlier;
mod paragraphs;
mod revised;

pub use book::{Book, CitedHere};
pub use chapters::Chapter;
pub use earlier::{Earlier, EarlierWords};
pub use paragraphs::{Paragraph, Style};
pub use revised::{Revised, RevisedWords};

pub(super) use book::book;
pub(super) use earlier::earlier;
pub(super) use revised::revised;
