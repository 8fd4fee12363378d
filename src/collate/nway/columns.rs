//! What the columns read while they are made.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::likeness::{Likeness, Likenesses};
use crate::collate::lexicon::Fold;

/// What columns read and in which texts, by name of column.
pub struct Columns<'k> {
    /// The texts in a column, a bit each.
    texts: Vec<u64>,
    /// Its only reading, or its first with [`MIXED`].
    reads: Vec<u32>,
    mixed: HashMap<u32, Mixed, BuildHasherDefault<Fold>>,
    keys: &'k [Cow<'k, str>],
    likenesses: Likenesses<'k>,
}

/// Several readings, and in how many texts each.
struct Mixed {
    keys: Vec<u32>,
    counts: Vec<u32>,
}

const MIXED: u32 = 1 << 31;

impl<'k> Columns<'k> {
    /// Each word a column.
    pub fn new(texts: &[&[u32]], keys: &'k [Cow<'k, str>]) -> Self {
        let words = texts.iter().map(|t| t.len()).sum();
        let mut out = Self {
            texts: Vec::with_capacity(words),
            reads: Vec::with_capacity(words),
            mixed: HashMap::default(),
            keys,
            likenesses: Likenesses::new(keys),
        };
        for (t, text) in texts.iter().enumerate() {
            out.reads.extend_from_slice(text);
            out.texts.resize(out.reads.len(), 1 << t);
        }
        out
    }

    /// The readings of a column.
    pub fn readings(&self, column: u32) -> &[u32] {
        let at = column as usize;
        match self.reads[at] & MIXED {
            0 => &self.reads[at..=at],
            _ => &self.mixed[&column].keys,
        }
    }

    /// The reading of most texts; of several such the first in the alphabet.
    pub fn chief(&self, column: u32) -> u32 {
        let read = self.reads[column as usize];
        if read & MIXED == 0 {
            return read;
        }
        let mixed = &self.mixed[&column];
        let by_count = |(key, count): (u32, u32)| (u32::MAX - count, &self.keys[key as usize]);
        let all = mixed.keys.iter().copied().zip(mixed.counts.iter().copied());
        all.min_by_key(|r| by_count(*r)).map_or(read & !MIXED, |(key, _)| key)
    }

    /// Makes column `y` part of column `x`; no text is in both.
    pub fn fuse(&mut self, x: u32, y: u32) {
        let (i, j) = (x as usize, y as usize);
        debug_assert_eq!(self.texts[i] & self.texts[j], 0);
        if self.reads[i] != self.reads[j] || self.reads[i] & MIXED != 0 {
            let theirs = self.taken(y);
            let mut ours = self.taken(x);
            for (key, count) in theirs.keys.into_iter().zip(theirs.counts) {
                match ours.keys.iter().position(|k| *k == key) {
                    Some(n) => ours.counts[n] += count,
                    None => {
                        ours.keys.push(key);
                        ours.counts.push(count);
                    }
                }
            }
            self.reads[i] |= MIXED;
            self.mixed.insert(x, ours);
        }
        self.texts[i] |= self.texts[j];
    }

    fn taken(&mut self, column: u32) -> Mixed {
        let at = column as usize;
        match self.reads[at] & MIXED {
            0 => Mixed { keys: vec![self.reads[at]], counts: vec![self.texts[at].count_ones()] },
            _ => self.mixed.remove(&column).expect("a mixed column has its readings"),
        }
    }

    /// Whether two columns have a reading in common.
    pub fn meet(&self, x: u32, y: u32) -> bool {
        let (a, b) = (self.readings(x), self.readings(y));
        a.iter().any(|k| b.contains(k))
    }

    /// Whether a reading of the one resembles a reading of the other.
    pub fn resemble(&mut self, x: u32, y: u32) -> bool {
        let Self { likenesses, reads, mixed, .. } = self;
        let readings = |c: u32| match reads[c as usize] & MIXED {
            0 => &reads[c as usize..=c as usize],
            _ => mixed[&c].keys.as_slice(),
        };
        let (a, b) = (readings(x), readings(y));
        a.iter().any(|k| b.iter().any(|l| likenesses.of(*k, *l) != Likeness::Word))
    }
}
