//! The words of all texts as numbers of one lexicon.
//!
//! Texts are first put in the order of their bytes, so that nothing that
//! follows can depend on the order in which they were given. Some threads read
//! a share of the texts each, with a lexicon of their own; these are joined
//! afterwards. One look-up a word, plus one a thread for each different word.
//! Which broken words are read as one is decided in [`super::broken`].

use std::borrow::Cow;
use std::hash::{BuildHasher, BuildHasherDefault};

use super::broken;
use super::hands::shared_out;
use super::units::{LAYOUT, Numbers, ODD, Units};
use crate::collate::lexicon::{Fold, Side};
use crate::text::View;

/// The texts in the order of their bytes.
pub struct Readings<'v> {
    pub texts: Vec<Units<'v>>,
    /// Each different key, by number.
    pub keys: Vec<Cow<'v, str>>,
    /// The place, among the texts as given, of each text here.
    pub given: Vec<usize>,
}

impl<'v> Readings<'v> {
    /// Reads the texts.
    pub fn of(views: &[&'v View]) -> Self {
        let mut given: Vec<usize> = (0..views.len()).collect();
        given.sort_by_key(|&t| views[t].source());
        let read = shared_out(given.len(), |turns| {
            let mut numbers = Numbers::default();
            let texts =
                turns.map(|t| (t, units(views[given[t]], &mut numbers))).collect::<Vec<_>>();
            (texts, numbers)
        });
        let mut numbers = Numbers::default();
        let mut texts = Vec::with_capacity(given.len());
        for (share, local) in read {
            let key = |key: Cow<'v, str>| match key {
                Cow::Borrowed(key) => numbers.number(key),
                Cow::Owned(key) => numbers.number_made(&key),
            };
            let known: Vec<u32> = local.into_keys().into_iter().map(key).collect();
            for (t, mut units) in share {
                units.keys.iter_mut().for_each(|k| *k = known[*k as usize]);
                texts.push((t, units));
            }
        }
        texts.sort_by_key(|(t, _)| *t);
        let mut texts: Vec<Units<'v>> = texts.into_iter().map(|(_, units)| units).collect();
        broken::split(&mut texts, &mut numbers);
        Self { texts, keys: numbers.into_keys(), given }
    }

    /// A number for each key that depends on nothing but its letters.
    pub fn hashes(&self) -> Vec<u64> {
        let hasher = BuildHasherDefault::<Fold>::default();
        self.keys.iter().map(|key| hasher.hash_one(key)).collect()
    }

    /// A text as one side of a comparison.
    pub fn side(&self, text: usize) -> Side<'_> {
        let units = &self.texts[text];
        Side { view: units.view, words: &units.words, keys: (&units.keys[..]).into() }
    }
}

fn units<'v>(view: &'v View, numbers: &mut Numbers<'v>) -> Units<'v> {
    let words = view.words();
    let source = view.source();
    let mut keys = Vec::with_capacity(words.len());
    let mut flags = Vec::with_capacity(words.len());
    for word in words {
        let key = view.key(word);
        keys.push(numbers.number(key));
        let bytes = &source[word.start as usize..word.end as usize];
        let plain = !word.broken && (std::ptr::eq(key, bytes) || key == bytes);
        flags.push(if plain { 0 } else { ODD } | if word.layout { LAYOUT } else { 0 });
    }
    Units { view, words: Cow::Borrowed(words), keys, flags }
}
