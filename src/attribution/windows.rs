//! What each revision brought, with its surroundings, in a form that is
//! searched fast: an index for where phrases were first seen.
//!
//! For each revision the atoms of what changed are kept, with [`REACH`] words on
//! either side, each as 32 bits of its hash and its first byte. A phrase of up
//! to [`REACH`] atoms that stands in a revision and not in the one before lies
//! inside one of these windows, since something changed in it or beside it. So
//! the first window that has the phrase, in order of revisions, is the first
//! revision that has it. Where a hyphen and a space may join two words or part
//! them, both readings are kept.
//! Cost: 8 bytes an atom; a search compares four bytes an atom, in order, and
//! ends at the first hit: a million atoms take less than a millisecond.

use std::ops::Range;

use super::Attribution;
use crate::text::atoms::{Atom, atoms, atoms_apart, border_after, border_before};

/// Words kept around a change; a longer phrase is not found here.
const REACH: usize = 12;
/// Between windows; no atom has this hash.
const WALL: u32 = 0;
/// Marks the atoms that came with their revision, in their first byte.
const FRESH: u32 = 1 << 31;
const MAGIC: u32 = 0x7662_0001;

/// The windows of a line of revisions, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Windows {
    hashes: Vec<u32>,
    starts: Vec<u32>,
    /// Where the atoms of each revision begin, and its number.
    revisions: Vec<(u32, u32)>,
}

/// Where a phrase was first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The revision.
    pub revision: u32,
    /// First byte in its text.
    pub start: usize,
    /// First byte of its last atom.
    pub last: usize,
    /// Did all of its atoms come with that revision?
    pub together: bool,
}

impl Windows {
    /// Whether a phrase is short enough to be found, and long enough to be
    /// known by 32 bits an atom.
    pub fn knows(phrase: &str) -> bool {
        let mut cut = Vec::new();
        atoms(phrase, 0, phrase.len(), &mut cut);
        (2..=REACH).contains(&cut.len())
    }

    /// Begins a revision; they come in order.
    pub fn begin(&mut self, revision: u32) {
        self.revisions.push((self.hashes.len() as u32, revision));
    }

    /// Adds what changed in the revision that was begun: ranges of `text`, which
    /// begins at byte `offset` of the revision's text and reaches far enough
    /// around them; `at` tells who wrote the whole text.
    pub fn add(&mut self, text: &str, offset: usize, changed: &[Range<usize>], at: &Attribution) {
        let mut windows: Vec<Range<usize>> = Vec::new();
        for change in changed {
            let (mut from, mut to) = (border_before(text, change.start), change.end);
            for _ in 0..REACH {
                from = border_before(text, from.saturating_sub(1));
                to = border_after(text, to);
            }
            match windows.last_mut() {
                Some(last) if from <= last.end => last.end = last.end.max(to),
                _ => windows.push(from..to),
            }
        }
        let (mut joined, mut apart) = (Vec::new(), Vec::new());
        for window in windows {
            joined.clear();
            apart.clear();
            atoms(text, window.start, window.end, &mut joined);
            atoms_apart(text, window.start, window.end, &mut apart);
            self.push(&joined, offset, at);
            if apart.len() > joined.len() {
                self.push(&apart, offset, at);
            }
        }
    }

    fn push(&mut self, list: &[Atom], offset: usize, at: &Attribution) {
        let (Some(first), Some(last)) = (list.first(), list.last()) else { return };
        let Some((_, revision)) = self.revisions.last().copied() else { return };
        let runs = at.runs_in(offset + first.start as usize..offset + last.end as usize);
        let mut run = 0;
        for atom in list {
            let start = offset as u32 + atom.start;
            while runs[run].end <= start as usize {
                run += 1;
            }
            let fresh = if runs[run].origin.revision == revision { FRESH } else { 0 };
            self.hashes.push(short(atom.hash));
            self.starts.push(start | fresh);
        }
        self.hashes.push(WALL);
        self.starts.push(0);
    }

    /// Where a phrase stood first. The hashes of its atoms have 32 bits here:
    /// of a phrase of one or two the place should be looked at.
    pub fn first(&self, phrase: &str) -> Option<Seen> {
        let mut cut = Vec::new();
        atoms(phrase, 0, phrase.len(), &mut cut);
        let sought: Vec<u32> = cut.iter().map(|a| short(a.hash)).collect();
        let (first, rest) = sought.split_first()?;
        let mut from = 0;
        loop {
            from += self.hashes[from..].iter().position(|h| h == first)?;
            if self.hashes[from + 1..].starts_with(rest) {
                break;
            }
            from += 1;
        }
        let here = &self.starts[from..from + sought.len()];
        let which = self.revisions.partition_point(|(begin, _)| *begin as usize <= from);
        Some(Seen {
            revision: self.revisions[which - 1].1,
            start: (here[0] & !FRESH) as usize,
            last: (here[here.len() - 1] & !FRESH) as usize,
            together: here.iter().all(|s| s & FRESH != 0),
        })
    }

    /// Revisions indexed.
    pub fn len(&self) -> usize {
        self.revisions.len()
    }

    /// Is none indexed?
    pub fn is_empty(&self) -> bool {
        self.revisions.is_empty()
    }

    /// The index as bytes, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let count = [MAGIC, self.hashes.len() as u32, self.revisions.len() as u32];
        let pairs = self.revisions.iter().flat_map(|(begin, number)| [*begin, *number]);
        let all = count.into_iter().chain(self.hashes.iter().copied());
        let all = all.chain(self.starts.iter().copied()).chain(pairs);
        all.flat_map(u32::to_le_bytes).collect()
    }

    /// The index that these bytes are; `None` when they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let word = |four: &[u8]| u32::from_le_bytes(four.try_into().expect("four bytes"));
        let at = |k: usize| bytes.get(k * 4..k * 4 + 4).map(word);
        let (magic, atoms, revisions) = (at(0)?, at(1)? as usize, at(2)? as usize);
        let length = 12 + 8 * (atoms + revisions);
        if magic != MAGIC || bytes.len() != length {
            return None;
        }
        let words = |from: usize, count: usize| -> Vec<u32> {
            bytes[from..from + 4 * count].chunks_exact(4).map(word).collect()
        };
        let pairs = words(12 + 8 * atoms, 2 * revisions);
        Some(Self {
            hashes: words(12, atoms),
            starts: words(12 + 4 * atoms, atoms),
            revisions: pairs.chunks_exact(2).map(|p| (p[0], p[1])).collect(),
        })
    }
}

fn short(hash: u64) -> u32 {
    (hash as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::{History, Phrases};

    #[test]
    fn windows_answer_as_the_history_does() {
        let texts = [
            "the old mill burned down in the cold spring of that year",
            "the old mill burned down slowly in the cold spring of that year",
            "slowly the old mill burned down in the cold spring",
            "the old mill burned down slowly in the cold spring of that year",
            "the old mill burned in the cold half-\nhour of that year, in the cold spring",
        ];
        let phrases = [
            "burned down slowly",
            "slowly the old",
            "mill burned in",
            "cold half-hour of",
            "hour of that",
            "the",
            "in the cold spring",
            "never said",
            "year, in the",
        ];
        let mut history = History::looking_for(Phrases::new(phrases.into_iter()));
        let mut windows = Windows::default();
        for (n, text) in (0..).zip(texts) {
            history.read(text.to_owned());
            windows.begin(n);
            let whole = 0..text.len();
            windows.add(text, 0, std::slice::from_ref(&whole), history.attribution());
        }
        let windows = Windows::from_bytes(&windows.to_bytes()).unwrap();
        assert_eq!(windows.len(), texts.len());
        for (n, phrase) in phrases.iter().enumerate() {
            let first = history.phrases().first(n);
            let seen = windows.first(phrase);
            assert_eq!(
                seen.map(|s| (s.revision, s.start)),
                first.map(|f| (f.revision, f.start)),
                "{phrase}"
            );
            let alone = first.map(|f| f.origins.iter().all(|o| o.revision == f.revision));
            assert_eq!(seen.map(|s| s.together), alone, "{phrase}");
        }
        assert_eq!(Windows::from_bytes(&[1, 2, 3]), None);
        assert_eq!(Windows::from_bytes(&windows.to_bytes()[..60]), None);
    }
}
