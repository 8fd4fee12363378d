//! The words of all texts as numbers of one lexicon.
//!
//! Texts are first put in the order of their bytes, so that nothing that
//! follows can depend on the order in which they were given. Each view numbers
//! its own words ([`crate::text::Vocabulary`]), several at a time; here only
//! the different keys of each are looked up, each once. Which broken words are
//! read as one is decided in [`super::broken`].

use std::hash::{BuildHasher, BuildHasherDefault};

use super::broken;
use super::hands::{hands_for, in_turn};
use super::units::{Keys, Numbers, Units};
use crate::collate::lexicon::{Fold, Side};
use crate::text::View;

/// The texts in the order of their bytes.
pub struct Readings<'v> {
    pub texts: Vec<Units<'v>>,
    /// Each different key, by number.
    pub keys: Keys<'v>,
    /// The place, among the texts as given, of each text here.
    pub given: Vec<usize>,
    /// How many threads the texts are worth.
    pub hands: usize,
}

impl<'v> Readings<'v> {
    /// Reads the texts.
    pub fn of(views: &[&'v View]) -> Self {
        let mut given: Vec<usize> = (0..views.len()).collect();
        given.sort_by_key(|&t| views[t].source());
        let bytes: usize = views.iter().map(|v| v.source().len()).sum();
        let hands = hands_for(bytes / 6);
        let read = if views.iter().all(|v| v.is_numbered()) { 1 } else { hands };
        in_turn(read, views.len(), |t| _ = views[t].vocabulary());
        let mut numbers = Numbers::default();
        let known: Vec<Vec<u32>> = given.iter().map(|t| numbers.number_all(views[*t])).collect();
        let mut texts = in_turn(hands, given.len(), |t| Units::of(views[given[t]], &known[t]));
        broken::split(&mut texts, &mut numbers, hands);
        Self { texts, keys: numbers.into_keys(), given, hands }
    }

    /// A number for each key that depends on nothing but its letters.
    pub fn hashes(&self) -> Vec<u64> {
        let hasher = BuildHasherDefault::<Fold>::default();
        self.keys.words.iter().map(|key| hasher.hash_one(key)).collect()
    }

    /// A text as one side of a comparison by letters: editions differ in
    /// punctuation, capitals and accents more often than in words.
    pub fn side(&self, text: usize) -> Side<'_> {
        let units = &self.texts[text];
        let folds = units.keys.iter().map(|k| self.keys.folds[*k as usize]).collect::<Vec<_>>();
        Side { view: units.view, words: &units.words, keys: folds.into() }
    }
}
