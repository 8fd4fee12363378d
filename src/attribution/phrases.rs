//! The first revision in which a phrase stands.
//!
//! A phrase is a row of atoms, so it is found over line ends, broken words and
//! in other quotes. Only what a revision changed is searched, as far around as
//! the longest phrase reaches: a phrase that stood before is no longer looked
//! for, so a re-wrapped or moved one is never taken for new; and one that
//! appears because words between were taken out is found where they were.
//! Cost: one look-up an atom of changed text, whatever the number of phrases.

use std::ops::Range;

use super::memory::{Hashed, mix};
use super::{Attribution, Basis, Origin};
use crate::text::atoms::{Atom, atoms, atoms_apart, border_after, border_before};

/// Atoms by which a phrase is looked up.
const KEY: usize = 3;

/// Phrases to look for.
#[derive(Debug, Default)]
pub struct Phrases {
    phrases: Vec<Phrase>,
    /// By length of the key: its hash, and the phrases with it.
    open: [Hashed<Vec<u32>>; KEY],
    longest: usize,
    left: usize,
}

#[derive(Debug)]
struct Phrase {
    atoms: Vec<u64>,
    first: Option<First>,
}

/// Where a phrase was first seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    /// The revision.
    pub revision: u32,
    /// First byte in its text.
    pub start: usize,
    /// End, exclusive.
    pub end: usize,
    /// The words as they stand there.
    pub text: String,
    /// The origins of its words in that revision, in order of the text; one
    /// alone, of this revision, when all words came together.
    pub origins: Vec<Origin>,
}

impl Phrases {
    /// Phrases in order.
    pub fn new<'p>(list: impl Iterator<Item = &'p str>) -> Self {
        let mut out = Self::default();
        for phrase in list {
            let mut cut = Vec::new();
            atoms(phrase, 0, phrase.len(), &mut cut);
            let hashes: Vec<u64> = cut.iter().map(|a| a.hash).collect();
            let number = out.phrases.len() as u32;
            if let Some(class) = hashes.len().min(KEY).checked_sub(1) {
                let key = hashes[..=class].iter().fold(0, |key, h| mix(key, *h));
                out.open[class].entry(key).or_default().push(number);
                out.left += 1;
                out.longest = out.longest.max(hashes.len());
            }
            out.phrases.push(Phrase { atoms: hashes, first: None });
        }
        out
    }

    /// Phrases and where they stand in one text, told as of revision 0.
    pub fn in_text<'p>(list: impl Iterator<Item = &'p str>, text: &str) -> Self {
        let mut out = Self::new(list);
        let whole = Attribution::first(text.len(), 0, Basis::Inferred);
        out.look(text, std::slice::from_ref(&(0..text.len())), 0, &whole);
        out
    }

    /// How many were given.
    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// Was none given?
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Were some given, and all of them found?
    pub fn all_found(&self) -> bool {
        !self.is_empty() && self.left == 0
    }

    /// Has this phrase words at all?
    pub fn has_words(&self, phrase: usize) -> bool {
        !self.phrases[phrase].atoms.is_empty()
    }

    /// Where a phrase was first seen.
    pub fn first(&self, phrase: usize) -> Option<&First> {
        self.phrases[phrase].first.as_ref()
    }

    /// Looks for what was not found yet around the changed bytes of a text.
    pub(super) fn look(
        &mut self,
        text: &str,
        changed: &[Range<usize>],
        revision: u32,
        at: &Attribution,
    ) {
        if self.left == 0 {
            return;
        }
        let mut windows: Vec<Range<usize>> = Vec::new();
        for window in changed.iter().map(|r| self.window(text, r)) {
            match windows.last_mut() {
                Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
                _ => windows.push(window),
            }
        }
        let mut list = Vec::new();
        for window in windows {
            list.clear();
            atoms(text, window.start, window.end, &mut list);
            self.search(text, &list, revision, at);
            // Words behind a dangling hyphen may be meant as words.
            let joined = list.len();
            list.clear();
            atoms_apart(text, window.start, window.end, &mut list);
            if list.len() > joined {
                self.search(text, &list, revision, at);
            }
        }
    }

    /// As far around as the longest phrase reaches.
    fn window(&self, text: &str, changed: &Range<usize>) -> Range<usize> {
        let (mut from, mut to) = (border_before(text, changed.start), changed.end);
        for _ in 0..self.longest {
            from = border_before(text, from.saturating_sub(1));
            to = border_after(text, to);
        }
        from..to
    }

    fn search(&mut self, text: &str, list: &[Atom], revision: u32, at: &Attribution) {
        for k in 0..list.len() {
            let mut key = 0;
            for class in 0..KEY.min(list.len() - k) {
                key = mix(key, list[k + class].hash);
                let Some(numbers) = self.open[class].get_mut(&key) else { continue };
                let phrases = &mut self.phrases;
                let left = &mut self.left;
                numbers.retain(|number| {
                    let phrase = &mut phrases[*number as usize];
                    let here = list.get(k..k + phrase.atoms.len());
                    let Some(here) =
                        here.filter(|h| h.iter().map(|a| a.hash).eq(phrase.atoms.iter().copied()))
                    else {
                        return true;
                    };
                    let (start, end) = (here[0].start as usize, here[here.len() - 1].end as usize);
                    let mut origins: Vec<Origin> =
                        at.runs_in(start..end).iter().map(|r| r.origin).collect();
                    origins.dedup();
                    let words = text[start..end].to_owned();
                    phrase.first = Some(First { revision, start, end, text: words, origins });
                    *left -= 1;
                    false
                });
            }
        }
    }
}
