//! What each revision brought, with its surroundings, in a form that is
//! searched fast: an index for where phrases were first seen.
//!
//! For each revision the atoms of what changed are kept, with [`REACH`] words on
//! either side: 32 bits of the hash, and the first byte. A phrase of up to
//! [`REACH`] atoms that stands in a revision and not in the one before lies
//! inside one of these windows, since something changed in it or beside it. So
//! the first window that has the phrase, in order of revisions, is the first
//! revision that has it. Where a hyphen and a space may join two words or part
//! them, both readings are kept.
//! Cost: 10 bytes an atom, kept as strings of bytes so that nothing has to be
//! read that is not asked for; [`super::Postings`] finds a phrase in them.

use std::ops::Range;

use crate::text::atoms::{Atom, atoms, atoms_apart, border_after, border_before};

/// Words kept around a change; a longer phrase is not found here.
const REACH: usize = 12;
/// Between windows; no atom has this hash.
const WALL: u32 = 0;
/// Marks the atoms that came with their revision, in their first byte.
const FRESH: u32 = 1 << 31;

/// The windows of a line of revisions, in order; all numbers little-endian.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Windows {
    /// 32 bits of the hash of each atom.
    pub hashes: Vec<u8>,
    /// The first byte of each in its text; the high bit says that it is new.
    pub starts: Vec<u8>,
    /// The bytes of each, at most 65,535.
    pub lengths: Vec<u8>,
    /// For each revision, where its atoms begin and its number.
    pub revisions: Vec<u8>,
}

/// Where a phrase was first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The revision.
    pub revision: u32,
    /// First byte in its text.
    pub start: usize,
    /// End, exclusive.
    pub end: usize,
    /// Did all of its atoms come with that revision?
    pub together: bool,
}

/// A phrase as windows are searched for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    pub(super) hashes: Vec<u8>,
}

impl Needle {
    /// A phrase; `None` when it has no words, or more than windows reach.
    pub fn new(phrase: &str) -> Option<Self> {
        let mut cut = Vec::new();
        atoms(phrase, 0, phrase.len(), &mut cut);
        let fits = (1..=REACH).contains(&cut.len());
        fits.then(|| Self {
            hashes: cut.iter().flat_map(|a| short(a.hash).to_le_bytes()).collect(),
        })
    }

    /// The atoms of the phrase.
    pub fn len(&self) -> usize {
        self.hashes.len() / 4
    }

    /// Never.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Does it stand at a place of these hashes?
    pub fn stands_at(&self, place: usize, hashes: &[u8]) -> bool {
        hashes.get(4 * place..).is_some_and(|from| from.starts_with(&self.hashes))
    }

    /// What the same windows say of a place found among their hashes: `starts` of
    /// its atoms, `length` of the last one, and all `revisions`.
    pub fn seen(
        &self,
        place: usize,
        starts: &[u8],
        length: &[u8],
        revisions: &[u8],
    ) -> Option<Seen> {
        let length = u16::from_le_bytes(length.try_into().ok()?);
        let here = starts.get(..4 * self.len())?;
        let here: Vec<u32> = here.chunks_exact(4).map(word).collect();
        let pairs: Vec<(u32, u32)> =
            revisions.chunks_exact(8).map(|p| (word(&p[..4]), word(&p[4..]))).collect();
        let which = pairs.partition_point(|(begin, _)| *begin as usize <= place);
        Some(Seen {
            revision: pairs.get(which.checked_sub(1)?)?.1,
            start: (here.first()? & !FRESH) as usize,
            end: (here.last()? & !FRESH) as usize + usize::from(length),
            together: here.iter().all(|s| s & FRESH != 0),
        })
    }
}

impl Windows {
    /// Begins a revision; they come in order.
    pub fn begin(&mut self, revision: u32) {
        let atoms = (self.hashes.len() / 4) as u32;
        self.revisions.extend(atoms.to_le_bytes());
        self.revisions.extend(revision.to_le_bytes());
    }

    /// Adds what changed in the revision that was begun: a range of `text`,
    /// which begins at byte `offset` of the revision's text and reaches far
    /// enough around it; `fresh` tells of a byte whether this revision wrote it.
    pub fn add(
        &mut self,
        text: &str,
        offset: usize,
        changed: &Range<usize>,
        fresh: impl Fn(usize) -> bool,
    ) {
        let (mut from, mut to) = (border_before(text, changed.start), changed.end);
        for _ in 0..REACH {
            from = border_before(text, from.saturating_sub(1));
            to = border_after(text, to);
        }
        let (mut joined, mut apart) = (Vec::new(), Vec::new());
        atoms(text, from, to, &mut joined);
        atoms_apart(text, from, to, &mut apart);
        self.push(&joined, offset, &fresh);
        // The other reading, as far around as it matters.
        let mut at = 0;
        let mut parts: Vec<Range<usize>> = Vec::new();
        for (k, atom) in apart.iter().enumerate() {
            at += joined[at..].iter().take_while(|j| j.start < atom.start).count();
            if joined.get(at).is_some_and(|j| (j.start, j.end) == (atom.start, atom.end)) {
                continue;
            }
            let near = k.saturating_sub(REACH)..(k + 1 + REACH).min(apart.len());
            match parts.last_mut() {
                Some(last) if near.start <= last.end => last.end = near.end,
                _ => parts.push(near),
            }
        }
        for part in parts {
            self.push(&apart[part], offset, &fresh);
        }
    }

    fn push(&mut self, list: &[Atom], offset: usize, fresh: &impl Fn(usize) -> bool) {
        for atom in list {
            let start = offset + atom.start as usize;
            let mark = if fresh(start) { FRESH } else { 0 };
            self.hashes.extend(short(atom.hash).to_le_bytes());
            self.starts.extend((start as u32 | mark).to_le_bytes());
            let length = u16::try_from(atom.end - atom.start).unwrap_or(u16::MAX);
            self.lengths.extend(length.to_le_bytes());
        }
        self.hashes.extend(WALL.to_le_bytes());
        self.starts.extend(WALL.to_le_bytes());
        self.lengths.extend([0; 2]);
    }
}

pub(super) fn word(four: &[u8]) -> u32 {
    u32::from_le_bytes(four.try_into().expect("four bytes"))
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
            let fresh = |b: usize| history.attribution().at(b).unwrap().revision == n;
            windows.add(text, 0, &(0..text.len()), fresh);
        }
        for (n, phrase) in phrases.iter().enumerate() {
            let first = history.phrases().first(n);
            let needle = Needle::new(phrase).unwrap();
            let all = windows.hashes.len() / 4;
            let place = (0..all).find(|p| needle.stands_at(*p, &windows.hashes));
            let seen = place.map(|p| {
                let last = 2 * (p + needle.len() - 1);
                let (starts, length) = (&windows.starts[4 * p..], &windows.lengths[last..last + 2]);
                needle.seen(p, starts, length, &windows.revisions).unwrap()
            });
            let known = first.map(|f| (f.revision, f.start, f.end));
            assert_eq!(seen.map(|s| (s.revision, s.start, s.end)), known, "{phrase}");
            let alone = first.map(|f| f.origins.iter().all(|o| o.revision == f.revision));
            assert_eq!(seen.map(|s| s.together), alone, "{phrase}");
        }
        assert_eq!(Needle::new(" "), None);
        assert_eq!(Needle::new(&"word ".repeat(13)), None);
    }
}
