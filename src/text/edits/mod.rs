//! The edits that make one revision of a text out of its parent: replace,
//! move, restore and layout, in the parent's byte coordinates (FORMAT 6).
//! Main types: [`Edit`], [`Edits`], [`Piece`], [`Mapped`].
//! Never sees a revision other than the parent it is given, and never guesses:
//! an edit that does not fit its parent is refused with the value and the place.

mod around;
mod between;
mod checked;
mod edit;
mod layout;
mod pieces;
#[cfg(test)]
mod tests;

pub use between::between;
pub use checked::Edits;
pub use edit::{Edit, EditError};
pub(in crate::text) use layout::is_loose;
pub use layout::{layout_edits, same_letters};
pub use pieces::{Mapped, Piece};
