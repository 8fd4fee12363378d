//! A stretch of the new text against what it replaces, atom by atom.

use std::ops::Range;

use super::memory::{CONTEXT, Hashed};
use super::{Memory, Origin};
use crate::collate::histogram;
use crate::text::align::{Match, align};
use crate::text::atoms::{Atom, atoms, border_after, border_before};

/// So many atoms of one gap that have no unique ones among them are aligned;
/// what is more is left to memory. A few microseconds each.
const HARD: usize = 1 << 17;

/// Equal atoms between replaced ones are chance below this many bits of rarity.
const COMMON: u32 = 10;

/// The atoms of a stretch, and some before and after it.
#[derive(Debug)]
pub struct Side {
    /// Bytes of the stretch.
    pub range: Range<usize>,
    pub atoms: Vec<Atom>,
    /// Those of the stretch itself.
    pub own: Range<usize>,
}

impl Side {
    pub fn read(text: &str, range: Range<usize>) -> Self {
        let (mut from, mut to) = (range.start, range.end);
        for _ in 0..CONTEXT {
            from = border_before(text, from.saturating_sub(1));
            to = border_after(text, to);
        }
        let mut list = Vec::with_capacity(range.len() / 5 + 8);
        atoms(text, from, range.start, &mut list);
        let start = list.len();
        atoms(text, range.start, range.end, &mut list);
        let end = list.len();
        atoms(text, range.end, to, &mut list);
        Self { range, atoms: list, own: start..end }
    }

    /// How good a place an atom is to begin at: a paragraph, line or sentence.
    fn begins(&self, text: &str, atom: usize) -> usize {
        let Some(before) = atom.checked_sub(1).map(|k| &self.atoms[k]) else { return 0 };
        let space = &text[before.end as usize..self.atoms[atom].start as usize];
        let ends = space.matches('\n').count().min(2);
        let stop = matches!(text.as_bytes()[before.start as usize], b'.' | b'!' | b'?');
        ends * 2 + usize::from(stop)
    }

    /// These atoms and their context.
    pub fn around(&self, atoms: Range<usize>) -> Range<usize> {
        atoms.start.saturating_sub(CONTEXT)..(atoms.end + CONTEXT).min(self.atoms.len())
    }
}

/// The alignment of a stretch.
#[derive(Debug)]
pub struct Gap {
    old: Vec<Side>,
    new: Side,
    /// For each own atom of the new side: which old atom it is.
    from: Vec<Option<(usize, usize)>>,
    /// For each own atom of the new side: its origin, if memory has it.
    known: Vec<Option<Origin>>,
    /// For each old side and own atom: does the new side have it?
    kept: Vec<Vec<bool>>,
}

impl Gap {
    pub fn align(
        old: Vec<Side>,
        new: Side,
        (old_text, text): (&str, &str),
        memory: &Memory,
    ) -> Self {
        let mut numbers: Hashed<u32> = Hashed::default();
        let mut number = |atom: &Atom| {
            let next = numbers.len() as u32;
            *numbers.entry(atom.hash).or_insert(next)
        };
        let mut places = Vec::new();
        let mut before = Vec::new();
        for (s, side) in old.iter().enumerate() {
            places.extend(side.own.clone().map(|k| (s, k)));
            before.extend(side.atoms[side.own.clone()].iter().map(&mut number));
        }
        let after: Vec<u32> = new.atoms[new.own.clone()].iter().map(&mut number).collect();
        let mut left = HARD;
        let mut hard = |old: &[u32], new: &[u32]| {
            let cost = old.len() + new.len();
            if cost > left {
                return Vec::new();
            }
            left -= cost;
            histogram(old, new)
        };
        let runs = align(&before, &after, numbers.len(), &mut hard);
        let mut from = vec![None; after.len()];
        let rarity = |k: usize| memory.rarity(new.atoms[new.own.start + k].hash);
        let ends = (before.len(), after.len(), new.range.end == text.len());
        for (n, run) in runs.iter().enumerate() {
            if is_chance(&runs, n, ends, &rarity) {
                continue;
            }
            for k in 0..run.len {
                from[run.new + k] = Some(places[run.old + k]);
            }
        }
        let mut gap = Self { known: vec![None; from.len()], old, new, from, kept: Vec::new() };
        gap.slide(text);
        gap.slide_deletions(old_text);
        gap.kept = gap.old.iter().map(|side| vec![false; side.own.len()]).collect();
        for (side, atom) in gap.from.iter().flatten() {
            gap.kept[*side][atom - gap.old[*side].own.start] = true;
        }
        gap
    }

    pub fn old_sides(&self) -> impl Iterator<Item = (&Side, &[bool])> {
        self.old.iter().zip(self.kept.iter().map(Vec::as_slice))
    }

    pub fn old_side(&self, side: usize) -> &Side {
        &self.old[side]
    }

    pub fn new_own(&self) -> &[Atom] {
        &self.new.atoms[self.new.own.clone()]
    }

    pub fn new_range(&self) -> &Range<usize> {
        &self.new.range
    }

    /// Old side and atom that this own atom is.
    pub fn source(&self, atom: usize) -> Option<(usize, usize)> {
        self.from[atom]
    }

    /// Its origin, if memory had it.
    pub fn known(&self, atom: usize) -> Option<Origin> {
        self.known[atom]
    }

    /// Looks up what has no partner.
    pub fn recall(&mut self, memory: &mut Memory) {
        let mut j = 0;
        let mut hashes = Vec::new();
        while j < self.from.len() {
            if self.from[j].is_some() {
                j += 1;
                continue;
            }
            let len = self.from[j..].iter().take_while(|f| f.is_none()).count();
            let own = self.new.own.start + j..self.new.own.start + j + len;
            let around = self.new.around(own.clone());
            hashes.clear();
            hashes.extend(self.new.atoms[around.clone()].iter().map(|a| a.hash));
            let own = own.start - around.start..own.end - around.start;
            let known = memory.recall(&hashes, own.clone());
            let fresh = hashes[own].iter().zip(&known).filter(|(_, k)| k.is_none());
            memory.count(fresh.map(|(h, _)| *h));
            self.known[j..j + len].copy_from_slice(&known);
            j += len;
        }
    }

    /// The same for deletions: what is gone is a sentence with its own stop, not
    /// with that of the sentence before. So it is known when it comes back.
    fn slide_deletions(&mut self, old_text: &str) {
        for k in 1..self.from.len() {
            let (Some((s, a)), Some((t, b))) = (self.from[k - 1], self.from[k]) else { continue };
            if s != t || b <= a + 1 {
                continue;
            }
            let side = &self.old[s];
            let same = |x: usize, y: usize| side.atoms[x].hash == side.atoms[y].hash;
            let on = |m: &usize| {
                self.from.get(k + m) == Some(&Some((s, b + m))) && same(a + 1 + m, b + m)
            };
            let back = |m: &usize| {
                k > *m
                    && a >= *m
                    && self.from[k - 1 - m] == Some((s, a - m))
                    && same(a - m, b - 1 - m)
            };
            let ons = (0..self.from.len() - k).take_while(on).count();
            let backs = (0..k).take_while(back).count().min(a - side.own.start);
            let places = (a + 1 - backs..=a + 1 + ons).filter(|at| *at < side.atoms.len());
            let places = places.map(|at| (side.begins(old_text, at), at == a + 1, at));
            let best = places.max().map_or(a + 1, |(_, _, at)| at);
            for m in 0..best.saturating_sub(a + 1) {
                self.from[k + m] = Some((s, a + 1 + m));
            }
            for m in 0..(a + 1).saturating_sub(best) {
                self.from[k - 1 - m] = Some((s, b - 1 - m));
            }
        }
    }

    /// An insertion that could as well begin some atoms earlier or later begins
    /// where a paragraph, line or sentence does: "a b [c b]" is "a [b c] b".
    fn slide(&mut self, text: &str) {
        let own = &self.new.atoms[self.new.own.clone()];
        let starts = |j: usize| self.new.begins(text, self.new.own.start + j);
        let mut j = 0;
        while j < own.len() {
            if self.from[j].is_some() {
                j += 1;
                continue;
            }
            let len = self.from[j..].iter().take_while(|f| f.is_none()).count();
            let end = j + len;
            // Only where nothing was deleted: the old neighbours are neighbours.
            let old_before = j.checked_sub(1).and_then(|k| self.from[k]);
            let old_after = self.from.get(end).copied().flatten();
            let pure = match (old_before, old_after) {
                (Some((s, a)), Some((t, b))) => s == t && a + 1 == b,
                (Some((s, a)), None) => a + 1 == self.old[s].own.end,
                _ => false,
            };
            let mut next = end;
            if pure {
                let back =
                    |k: &usize| self.from[j - k].is_some() && own[j - k].hash == own[end - k].hash;
                let on = |k: &usize| {
                    self.from[end + k].is_some() && own[j + k].hash == own[end + k].hash
                };
                let backs = (1..=j).take_while(back).count();
                let ons = (0..own.len() - end).take_while(on).count();
                // Of equally good places the one that stands is kept.
                let places = (j - backs..=j + ons).map(|at| (starts(at), at == j, at));
                let best = places.max().map_or(j, |(_, _, at)| at);
                for k in 1..=j.saturating_sub(best) {
                    self.from[end - k] = self.from[j - k].take();
                }
                for k in 0..best.saturating_sub(j) {
                    self.from[j + k] = self.from[end + k].take();
                }
                next = end + best.saturating_sub(j);
            }
            j = next;
        }
    }
}

/// Whether a run of equal atoms is chance: it is common, and what stands around
/// it was replaced. A rewritten sentence does not keep its "of the"; and a stop
/// does not stay behind when its sentence moves away from the end of the text.
fn is_chance(
    runs: &[Match],
    n: usize,
    (old_end, new_end, last): (usize, usize, bool),
    rarity: &impl Fn(usize) -> u32,
) -> bool {
    let run = &runs[n];
    if run.len > COMMON as usize || (run.new..run.new_end()).map(rarity).sum::<u32>() >= COMMON {
        return false;
    }
    let before =
        n.checked_sub(1).map(|k| (run.old - runs[k].old_end(), run.new - runs[k].new_end()));
    let before = before.unwrap_or((run.old, run.new));
    let after = runs.get(n + 1).map(|next| (next.old - run.old_end(), next.new - run.new_end()));
    let after = after.unwrap_or((old_end - run.old_end(), new_end - run.new_end()));
    let replaced = |(old, new): (usize, usize)| old >= 2 * run.len && new >= 2 * run.len;
    let at_end = last && run.old_end() == old_end && run.new_end() == new_end;
    replaced(before) && (replaced(after) || at_end)
}
