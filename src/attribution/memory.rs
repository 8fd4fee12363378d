//! Atoms that were deleted, so that those who come back keep their writer.
//!
//! Each deleted stretch is kept as hashes of its atoms and their origins, with
//! two atoms of context on either side; long stretches are cut into chunks at
//! places that the content decides, so that a page that is blanked a thousand
//! times is kept once. Every three atoms in a row are indexed. Inserted atoms
//! are looked up by threes and grown both ways as far as they agree; of several
//! candidates the rarest in sum answers, then the one deleted last.
//!
//! A candidate counts only if it is no likely accident: the rarities of its
//! atoms (binary logarithm of total over count, as far as counted) sum up to
//! [`ENOUGH`] bits, or [`ENOUGH_IN_PLACE`] where the neighbours on both sides
//! agree too. So "of the" is nobody's, and one rare word that returns between
//! its old neighbours is known again. A chunk that goes on where the one found
//! before it ends (its context and that one's last atoms agree) has that one's
//! proof as well, or a chunk of few common words would fall out of a passage.
//! What came back is gone from memory until it is deleted again: a second copy
//! is written by who pasted it.
//!
//! Cost: linear in the atoms deleted and inserted. Bound: two generations of at
//! most [`GENERATION`] atoms, about 32 bytes each; the older one is dropped when
//! the younger is full. Each atom looks at most at [`PLACES`] places and tries
//! [`CANDIDATES`] of them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::Origin;
use crate::text::atoms as text;

/// Atoms kept in one generation.
const GENERATION: usize = 1 << 21;
/// Stretches with the same three atoms that are tried.
const CANDIDATES: usize = 8;
/// Places with the same three atoms that are looked at for them; most have come
/// back already.
const PLACES: usize = 64;
/// Bits of rarity that make a stretch known wherever it returns.
const ENOUGH: u32 = 32;
/// Bits that suffice between the neighbours it had.
const ENOUGH_IN_PLACE: u32 = 22;
/// From this length on a stretch that does not count is skipped whole.
const LONG: usize = 64;
/// The rarest atom counts as so many bits.
const RAREST: u32 = 12;
/// A mark counts as so many bits at most: a row of them is boilerplate.
const MARK: u32 = 3;
/// Different atoms whose counts are kept.
const COUNTED: usize = 1 << 20;
/// A chunk has about so many atoms.
const CHUNK: u64 = 32;
/// Atoms of context kept on either side.
pub(super) const CONTEXT: usize = 2;

/// A map whose keys are hashes already.
pub(super) type Hashed<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

/// Takes a hash for what it is.
#[derive(Debug, Clone, Default)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {
        unreachable!("keys are u64");
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// An atom of a stretch: its hash, and its origin if it was deleted, none if
/// it is context.
pub(super) type Kept = (u64, Option<Origin>);

/// What was deleted so far from one text and its later revisions.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    young: Generation,
    old: Generation,
    origins: Origins,
    counts: Counts,
}

/// How often each atom was written.
#[derive(Debug, Clone, Default)]
struct Counts {
    of: Hashed<u32>,
    total: u32,
}

impl Counts {
    fn count(&mut self, hash: u64) {
        if self.of.len() < COUNTED || self.of.contains_key(&hash) {
            let count = self.of.entry(hash).or_insert(0);
            *count = count.saturating_add(1);
        }
        self.total = self.total.saturating_add(1);
    }

    /// Bits of surprise. In a short text every atom is rare.
    fn rarity(&self, hash: u64) -> u32 {
        let count = self.of.get(&hash).copied().unwrap_or(0);
        let ratio = self.total.saturating_add(1 << RAREST) / (count + 1);
        let most = if text::Atom::is_mark(hash) { MARK } else { RAREST };
        ratio.max(1).ilog2().min(most)
    }
}

/// Origins by number, so that an atom needs four bytes for its own.
#[derive(Debug, Clone, Default)]
struct Origins {
    list: Vec<Origin>,
    numbers: HashMap<Origin, u32>,
    last: Option<(Origin, u32)>,
}

impl Origins {
    fn number(&mut self, origin: Origin) -> u32 {
        if let Some((o, n)) = self.last
            && o == origin
        {
            return n;
        }
        let next = self.list.len() as u32;
        let number = *self.numbers.entry(origin).or_insert(next);
        if number == next {
            self.list.push(origin);
        }
        self.last = Some((origin, number));
        number
    }
}

/// No origin: an atom of context.
const BESIDE: u32 = u32::MAX;
/// It came back.
const TAKEN: u32 = u32::MAX - 1;
/// The end of a chunk.
const END: u32 = u32::MAX - 2;
const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Atom {
    hash: u64,
    origin: u32,
    /// The place before this one with the same three atoms.
    before: u32,
}

#[derive(Debug, Clone, Default)]
struct Generation {
    atoms: Vec<Atom>,
    threes: Hashed<u32>,
    /// Hash of a chunk -> its place.
    chunks: Hashed<u32>,
}

/// A stretch found again.
struct Found {
    young: bool,
    /// Place in the generation.
    at: usize,
    /// Places in the inserted atoms.
    range: Range<usize>,
    bits: u32,
}

impl Memory {
    /// Counts atoms that were written: rare ones are better proof.
    pub(super) fn count(&mut self, hashes: impl Iterator<Item = u64>) {
        hashes.for_each(|h| self.counts.count(h));
    }

    /// Bits of surprise at an atom, as far as atoms were counted.
    pub(super) fn rarity(&self, hash: u64) -> u32 {
        self.counts.rarity(hash)
    }

    /// Keeps a deleted stretch with its context.
    pub(super) fn keep(&mut self, stretch: &[Kept]) {
        if self.young.atoms.len() + stretch.len() > GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        let mut from = 0;
        while from < stretch.len() {
            // Where a chunk ends its last atom decides alone: so a stretch is cut
            // alike whatever stands before it, and is kept once.
            let mut to = from + 1;
            while to < stretch.len() && stretch[to - 1].0 >> 32 & (CHUNK - 1) != 0 {
                to += 1;
            }
            let start = from.saturating_sub(CONTEXT);
            let end = (to + CONTEXT).min(stretch.len());
            let chunk = stretch[start..end].iter().enumerate();
            let beside = |k: usize| start + k < from || start + k >= to;
            let chunk: Vec<(u64, u32)> = chunk
                .map(|(k, (hash, origin))| match origin.filter(|_| !beside(k)) {
                    Some(origin) => (*hash, self.origins.number(origin)),
                    None => (*hash, BESIDE),
                })
                .collect();
            self.young.keep(&chunk);
            from = to;
        }
    }

    /// The origins of inserted atoms, where they were deleted before. `own`
    /// are inserted, the others context. What is recalled is taken.
    pub(super) fn recall(&mut self, atoms: &[u64], own: Range<usize>) -> Vec<Option<Origin>> {
        let mut origins = vec![None; own.len()];
        let rarity: Vec<u32> = atoms.iter().map(|&h| self.counts.rarity(h)).collect();
        let mut k = own.start.saturating_sub(2);
        // Where the stretch found last ends, and its bits.
        let mut last = (0, 0);
        while k < own.end && k + 2 < atoms.len() {
            let (best, longest) = self.best(atoms, &rarity, k, &own, &origins, last);
            let Some(found) = best else {
                // A long stretch that does not count has no part that does, or
                // one repeated word would be grown again at every place.
                k += if longest > LONG { longest - 2 } else { 1 };
                continue;
            };
            let kept = if found.young { &mut self.young } else { &mut self.old };
            for (n, j) in found.range.clone().enumerate() {
                let atom = &mut kept.atoms[found.at + n];
                // What is known already is not known twice.
                let free = own.contains(&j) && origins[j - own.start].is_none();
                if free && atom.origin != BESIDE {
                    origins[j - own.start] = Some(self.origins.list[atom.origin as usize]);
                    atom.origin = TAKEN;
                }
            }
            // The last atoms of this stretch are the next one's context.
            last = (found.range.end, found.bits);
            k = found.range.end.saturating_sub(2 * CONTEXT).max(k + 1);
        }
        origins
    }

    fn best(
        &self,
        atoms: &[u64],
        rarity: &[u32],
        k: usize,
        own: &Range<usize>,
        origins: &[Option<Origin>],
        last: (usize, u32),
    ) -> (Option<Found>, usize) {
        let three = three(atoms[k], atoms[k + 1], atoms[k + 2]);
        let (mut best, mut longest): (Option<Found>, usize) = (None, 0);
        for (young, kept) in [(true, &self.young), (false, &self.old)] {
            let mut at = kept.threes.get(&three).copied().unwrap_or(NONE);
            let mut tried = 0;
            for _ in 0..PLACES {
                if at == NONE || tried == CANDIDATES {
                    break;
                }
                let place = at as usize;
                at = kept.atoms[place].before;
                let Some((place, range)) = kept.grown(place, atoms, k) else { continue };
                tried += 1;
                longest = longest.max(range.end - k);
                let new = range.clone().zip(place..).any(|(j, p)| {
                    let free = own.contains(&j) && origins[j - own.start].is_none();
                    free && kept.atoms[p].origin != BESIDE
                });
                let mut bits: u32 = rarity[range.clone()].iter().sum();
                // Its context and its first atom lie in the one before.
                if range.start + CONTEXT < last.0 {
                    bits = bits.saturating_add(last.1);
                }
                let both = range.start < own.start && range.end > own.end;
                let enough = if both { ENOUGH_IN_PLACE } else { ENOUGH };
                if new && bits >= enough && best.as_ref().is_none_or(|b| bits > b.bits) {
                    best = Some(Found { young, at: place, range, bits });
                }
            }
        }
        (best, longest)
    }
}

impl Generation {
    fn keep(&mut self, chunk: &[(u64, u32)]) {
        let key = chunk.iter().fold(0, |key, (hash, _)| mix(key, *hash));
        let from = *self.chunks.entry(key).or_insert(self.atoms.len() as u32);
        let to = from + chunk.len() as u32;
        if (from as usize) < self.atoms.len() {
            // The same words, deleted again.
            let kept = &mut self.atoms[from as usize..to as usize];
            for (atom, (_, origin)) in kept.iter_mut().zip(chunk) {
                atom.origin = *origin;
            }
            return;
        }
        for (k, &(hash, origin)) in chunk.iter().enumerate() {
            let mut before = NONE;
            if let [a, b, c, ..] = chunk[k..]
                && [a, b, c].iter().any(|(_, origin)| *origin != BESIDE)
            {
                let three = three(a.0, b.0, c.0);
                before = self.threes.insert(three, from + k as u32).unwrap_or(NONE);
            }
            self.atoms.push(Atom { hash, origin, before });
        }
        self.atoms.push(Atom { hash: 0, origin: END, before: NONE });
    }

    /// The stretch through place `at` that agrees with the atoms around `k`:
    /// where it begins here, and which atoms it is. Three at least.
    fn grown(&self, at: usize, atoms: &[u64], k: usize) -> Option<(usize, Range<usize>)> {
        let same = |kept: &Atom, hash: u64| {
            kept.hash == hash && (kept.origin < END || kept.origin == BESIDE)
        };
        let after = self.atoms[at..].iter().zip(&atoms[k..]);
        let after = after.take_while(|(kept, hash)| same(kept, **hash)).count();
        if after < 3 {
            return None;
        }
        // What begins earlier was tried from there: no need to go back far.
        let before = self.atoms[..at].iter().rev().zip(atoms[..k].iter().rev()).take(LONG);
        let before = before.take_while(|(kept, hash)| same(kept, **hash)).count();
        Some((at - before, k - before..k + after))
    }
}

/// Hashes in order make one; its low half is as good as its high half.
pub(super) fn mix(x: u64, y: u64) -> u64 {
    let key = (x.rotate_left(23) ^ y).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    key ^ (key >> 32)
}

fn three(a: u64, b: u64, c: u64) -> u64 {
    mix(mix(mix(0, a), b), c)
}
