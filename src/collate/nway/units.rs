//! The words of one text that are collated, and their numbers.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::collate::lexicon::Fold;
use crate::text::{View, Word};

/// Texts that can be collated at once.
pub const TEXTS_MAX: usize = 64;

/// A word whose bytes are not its key: broken, hyphenated, curly quotation
/// marks. Two words with equal keys that are both plain are equal in bytes.
pub const ODD: u8 = 1;
/// A word of a running head or a page number.
pub const LAYOUT: u8 = 2;

/// The words of one text that are collated: those of its view, but for broken
/// words that count as several.
pub struct Units<'v> {
    pub view: &'v View,
    pub words: Cow<'v, [Word]>,
    pub keys: Vec<u32>,
    /// Per word [`ODD`] and [`LAYOUT`].
    pub flags: Vec<u8>,
}

/// Words by number.
#[derive(Default)]
pub struct Numbers<'v> {
    by_key: HashMap<&'v str, u32, BuildHasherDefault<Fold>>,
    made: HashMap<String, u32, BuildHasherDefault<Fold>>,
    keys: Vec<Cow<'v, str>>,
}

impl<'v> Numbers<'v> {
    /// The number of a key.
    pub fn number(&mut self, key: &'v str) -> u32 {
        let next = self.keys.len() as u32;
        let number = *self.by_key.entry(key).or_insert(next);
        if number == next {
            self.keys.push(Cow::Borrowed(key));
        }
        number
    }

    /// Of a key that no text holds.
    pub fn number_made(&mut self, key: &str) -> u32 {
        if let Some(known) = self.by_key.get(key).or_else(|| self.made.get(key)) {
            return *known;
        }
        let next = self.keys.len() as u32;
        self.made.insert(key.to_owned(), next);
        self.keys.push(Cow::Owned(key.to_owned()));
        next
    }

    /// The keys by number.
    pub fn into_keys(self) -> Vec<Cow<'v, str>> {
        self.keys
    }

    /// How many keys.
    pub fn len(&self) -> usize {
        self.keys.len()
    }
}
