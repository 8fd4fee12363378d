//! `apply`: an editor's readable drafts become records. The same drafts give
//! the same ids, and what is there already is not recorded again.

mod all;
mod answer;
mod books;
mod build;
mod items;
mod names;
mod stop;
mod tellings;
mod values;

pub use all::{DraftFile, apply};
pub use answer::{Applied, ApplyAnswer};
pub(super) use build::Builder;
pub(super) use stop::Stop;
