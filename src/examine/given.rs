//! What is known of a text before it is examined.

use std::ops::Range;

use crate::text::View;

/// A part of the text with its genre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its bytes, end exclusive.
    pub span: Range<usize>,
    /// What kind of writing it is. `chronicle` (also `timeline`, `calendar`,
    /// `annals`) is checked for order; other words mean nothing here.
    pub genre: &'a str,
}

impl Division<'_> {
    /// Whether its entries should follow each other in time.
    pub fn is_chronicle(&self) -> bool {
        matches!(self.genre, "chronicle" | "timeline" | "calendar" | "annals")
    }
}

/// Another text that is at hand, for quotations from it.
#[derive(Debug, Clone)]
pub struct Held<'a> {
    /// Its siglum or name, for messages.
    pub name: &'a str,
    /// The text.
    pub view: &'a View,
}

/// What is known of a text before it is examined. Nothing is a good answer.
///
/// With no division of genre chronicle, stretches of year heads and dated
/// entries are looked for in the whole text.
#[derive(Debug, Clone, Default)]
pub struct Given<'a> {
    /// Parts of the text; they may overlap.
    pub divisions: Vec<Division<'a>>,
    /// Other texts, for quotations.
    pub held: Vec<Held<'a>>,
}
