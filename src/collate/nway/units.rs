//! The words of one text that are collated, and their numbers.

use std::borrow::Cow;

use crate::text::{KeyTable, Packed, View, Word, squeeze};

/// Texts that can be collated at once.
pub const TEXTS_MAX: usize = 64;

/// The words of one text that are collated: those of its view, but for broken
/// words that count as several.
pub struct Units<'v> {
    pub view: &'v View,
    pub words: Cow<'v, [Word]>,
    pub keys: Vec<u32>,
    /// The words that are odd ([`Word::is_odd`]) or layout, by index.
    pub odd: Vec<u32>,
}

impl<'v> Units<'v> {
    /// All words of a view; `known` has the numbers of its vocabulary's keys.
    pub fn of(view: &'v View, known: &[u32]) -> Self {
        let keys = view.vocabulary().numbers().iter().map(|n| known[*n as usize]).collect();
        Self::made(view, Cow::Borrowed(view.words()), keys)
    }

    /// Words and their keys.
    pub fn made(view: &'v View, words: Cow<'v, [Word]>, keys: Vec<u32>) -> Self {
        let odd = (0u32..).zip(&*words).filter(|(_, w)| w.is_odd() || w.layout);
        let odd = odd.map(|(i, _)| i).collect();
        Self { view, words, keys, odd }
    }
}

/// The different keys of all texts, by number.
pub struct Keys<'v> {
    pub words: Vec<Cow<'v, str>>,
    /// Numbers that are equal for keys of the same letters, whatever their case,
    /// accents and punctuation; a key without letters goes with itself only.
    pub folds: Vec<u32>,
    /// The folds are below this.
    pub kinds: usize,
}

/// A key by its letters.
fn folded<'k>(key: &'k str) -> Cow<'k, str> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    if key.bytes().all(plain) {
        return Cow::Borrowed(key);
    }
    let letters = match key.is_ascii() {
        true => key.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase()),
        false => {
            return Some(squeeze(key)).filter(|s| !s.is_empty()).map_or(key.into(), Cow::Owned);
        }
    };
    let letters: String = letters.map(char::from).collect();
    if letters.is_empty() { key.into() } else { letters.into() }
}

/// Words by number.
#[derive(Default)]
pub struct Numbers<'v> {
    table: KeyTable,
    keys: Vec<Cow<'v, str>>,
}

impl<'v> Numbers<'v> {
    /// The numbers of the keys of a view's vocabulary.
    pub fn number_all(&mut self, view: &'v View) -> Vec<u32> {
        let one = |n| {
            let same = |m: u32| self.keys[m as usize] == view.key_of(n);
            let (number, new) = self.table.number(view.packed_of(n), same);
            if new {
                self.keys.push(Cow::Borrowed(view.key_of(n)));
            }
            number
        };
        (0..view.vocabulary().len() as u32).map(one).collect()
    }

    /// The number of a key.
    pub fn number(&mut self, key: Cow<'v, str>) -> u32 {
        let same = |m: u32| self.keys[m as usize] == key;
        let (number, new) = self.table.number(Packed::of(&key), same);
        if new {
            self.keys.push(key);
        }
        number
    }

    /// The number of a key that has one.
    pub fn known(&self, key: &str) -> Option<u32> {
        self.table.get(Packed::of(key), |m| self.keys[m as usize] == key)
    }

    /// The keys by number.
    pub fn into_keys(self) -> Keys<'v> {
        let mut numbers = Numbers::default();
        let folds = self.keys.iter().map(|key| numbers.number(folded(key))).collect();
        let kinds = numbers.len();
        drop(numbers);
        Keys { words: self.keys, folds, kinds }
    }

    /// How many keys.
    pub fn len(&self) -> usize {
        self.keys.len()
    }
}
