//! The step to the next revision when only its text is known.
//!
//! 1. Equal bytes at both ends are taken off, out to borders of atoms and a
//!    little context: two comparisons of memory.
//! 2. If much is left on both sides, lines and sentences that both have are
//!    paired, wherever they stand ([`super::units`]).
//! 3. What is left is aligned by atoms ([`crate::text::atoms`],
//!    [`crate::text::align`]); ambiguous insertions slide to where a line or
//!    sentence begins ([`super::gap`]).
//! 4. Atoms without partner in the old text go to memory; those without partner
//!    in the new one are looked up there ([`super::memory`]). So a passage that
//!    moved in this step and one that was deleted years ago are found alike.
//!
//! Rule: an atom found again in place keeps its origin, however it is wrapped,
//! hyphenated or quoted now; so does one that comes back from memory; every
//! other one is *first present in* the new revision. Spaces go with the atom
//! before them.
//!
//! Cost: two passes of memcmp over the text; all else by what lies between the
//! first and the last difference. Bounds are those of the aligner and memory.

use std::ops::Range;

use super::gap::{Gap, Side};
use super::rope::{Leaf, Rope};
use super::units::{Part, parts};
use super::{Attribution, Basis, Memory, Origin, Run};
use crate::text::atoms::{Atom, border_after, border_before};

/// From this many bytes on both sides, lines are paired first.
const MUCH: usize = 2048;
/// So much of the line before a difference is read along.
const LINE: usize = 256;

impl Attribution {
    /// The next revision by comparison of the two texts; `old` is the text
    /// this attribution is of. `memory` holds what earlier steps deleted.
    pub fn advance_inferred(
        &self,
        old: &str,
        new: &str,
        revision: u32,
        memory: &mut Memory,
    ) -> Self {
        self.advance_seen(old, new, revision, memory, &mut Vec::new())
    }

    /// The same; the bytes of the new text whose neighbourhood may have changed
    /// are pushed to `changed`, in order.
    pub(super) fn advance_seen(
        &self,
        old: &str,
        new: &str,
        revision: u32,
        memory: &mut Memory,
        changed: &mut Vec<Range<usize>>,
    ) -> Self {
        let (head, old_end) = middle(old, new);
        let new_end = new.len() - (old.len() - old_end);
        let (old_range, new_range) = (head..old_end, head..new_end);
        if old[old_range.clone()] == new[new_range.clone()] {
            return self.clone();
        }
        let (parts, gone) = if old_range.len().min(new_range.len()) < MUCH {
            (vec![Part::Changed { old: vec![old_range], new: new_range }], Vec::new())
        } else {
            parts(old, new, old_range, new_range)
        };
        let mut gaps: Vec<Gap> = Vec::new();
        for part in &parts {
            match part {
                Part::Same { new, .. } => changed.push(new.start..new.start),
                Part::Changed { old: from, new: to } => {
                    let old_text = old;
                    let from = from.iter().map(|r| Side::read(old, r.clone())).collect();
                    gaps.push(Gap::align(
                        from,
                        Side::read(new, to.clone()),
                        (old_text, new),
                        memory,
                    ));
                    changed.push(to.clone());
                }
            }
        }
        let step = Step { of: self, old, new, revision };
        for gap in &gaps {
            for (side, kept) in gap.old_sides() {
                step.forget(side, kept, memory);
            }
        }
        for range in gone {
            let side = Side::read(old, range);
            step.forget(&side, &vec![false; side.own.len()], memory);
        }
        for gap in &mut gaps {
            gap.recall(memory);
        }
        let mut out = Out { of: self, new, pieces: Vec::new(), end: head };
        let mut gaps = gaps.iter();
        for part in parts {
            match part {
                Part::Same { old, new } => out.old(old, new),
                Part::Changed { .. } => {
                    step.tell(gaps.next().expect("one gap for each change"), &mut out);
                }
            }
        }
        out.spaces(new_end, step.here());
        let (before, _) = self.rope.split(head);
        let (_, after) = self.rope.split(old_end);
        Self { rope: before.concat(out.rope()).concat(after) }
    }
}

/// Where the texts begin to differ, and where the old one ceases to; both are
/// borders of atoms in both texts, with some context inside.
fn middle(old: &str, new: &str) -> (usize, usize) {
    let (head, tail) = same_ends(old.as_bytes(), new.as_bytes());
    let mut from = border_before(old, head);
    for _ in 0..2 {
        from = border_before(old, from.saturating_sub(1));
    }
    let line = old.as_bytes()[..from].iter().rev().take(LINE).position(|b| *b == b'\n');
    if let Some(back) = line {
        from = border_before(old, from - back);
    }
    let mut to = border_after(old, old.len() - tail);
    for _ in 0..2 {
        to = border_after(old, to);
    }
    (from, to)
}

/// Bytes equal at the beginning and at the end, not overlapping.
fn same_ends(a: &[u8], b: &[u8]) -> (usize, usize) {
    // By blocks first: that is one comparison of memory each.
    const BLOCK: usize = 4096;
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK));
    let mut head = blocks.take_while(|(x, y)| x == y).count() * BLOCK;
    head += a[head..].iter().zip(&b[head..]).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let blocks = a.rchunks_exact(BLOCK).zip(b.rchunks_exact(BLOCK));
    let mut tail = blocks.take_while(|(x, y)| x == y).count() * BLOCK;
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    tail += a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (head, tail)
}

struct Step<'s> {
    of: &'s Attribution,
    old: &'s str,
    new: &'s str,
    revision: u32,
}

impl Step<'_> {
    fn here(&self) -> Origin {
        Origin { revision: self.revision, edit: None, basis: Basis::Inferred }
    }

    /// Hands the atoms that the new text does not have to memory.
    fn forget(&self, side: &Side, kept: &[bool], memory: &mut Memory) {
        if kept.iter().all(|k| *k) {
            return;
        }
        let mut origins = self.origins(&side.range);
        let own = side.own.clone();
        let mut stretch = Vec::new();
        let mut i = own.start;
        while i < own.end {
            if kept[i - own.start] {
                i += 1;
                continue;
            }
            let len = kept[i - own.start..].iter().take_while(|k| !**k).count();
            let around = side.around(i..i + len);
            stretch.clear();
            stretch.extend(around.map(|k| {
                let atom = &side.atoms[k];
                (atom.hash, if (i..i + len).contains(&k) { origins.of(atom) } else { None })
            }));
            memory.keep(&stretch);
            i += len;
        }
    }

    fn origins(&self, range: &Range<usize>) -> Origins {
        Origins { runs: self.of.runs_in(range.clone()), at: 0 }
    }

    /// Gives the bytes of a gap to whom they belong.
    fn tell(&self, gap: &Gap, out: &mut Out<'_>) {
        let atoms = gap.new_own();
        let mut j = 0;
        while j < atoms.len() {
            let Some((side, first)) = gap.source(j) else {
                out.atom(&atoms[j], gap.known(j).unwrap_or(self.here()), self.here());
                j += 1;
                continue;
            };
            let follows = |k: usize| gap.source(j + k) == Some((side, first + k));
            let len = (1..atoms.len() - j).take_while(|&k| follows(k)).count() + 1;
            let from = &gap.old_side(side).atoms[first..first + len];
            let (is, was) = (whole(&atoms[j..j + len]), whole(from));
            if self.new[is.clone()] == self.old[was.clone()] {
                // The spaces behind too, where they are the same.
                let next = atoms.get(j + len).map_or(gap.new_range().end, |a| a.start as usize);
                let space = &self.new[is.end..next];
                let more = if self.old[was.end..].starts_with(space) { space.len() } else { 0 };
                out.spaces(is.start, self.here());
                out.old(was.start..was.end + more, is.start..is.end + more);
            } else {
                let mut origins = self.origins(&was);
                for (atom, from) in atoms[j..j + len].iter().zip(from) {
                    out.atom(atom, origins.of(from).unwrap_or(self.here()), self.here());
                }
            }
            j += len;
        }
        out.spaces(gap.new_range().end, self.here());
    }
}

fn whole(atoms: &[Atom]) -> Range<usize> {
    let start = atoms.first().map_or(0, |a| a.start);
    start as usize..atoms.last().map_or(start, |a| a.end) as usize
}

/// The runs of a stretch, read in order.
struct Origins {
    runs: Vec<Run>,
    at: usize,
}

impl Origins {
    /// Of the writers of its letters the latest. Atoms come in order.
    fn of(&mut self, atom: &Atom) -> Option<Origin> {
        while self.runs.get(self.at).is_some_and(|r| r.end <= atom.start as usize) {
            self.at += 1;
        }
        let touching = self.runs[self.at..].iter().take_while(|r| r.start < atom.end as usize);
        touching.map(|r| r.origin).max()
    }
}

enum Piece {
    /// Bytes of the old text.
    Old(Range<usize>),
    /// Bytes of one origin.
    New(Leaf<Origin>),
}

/// The new attribution as it grows.
struct Out<'s> {
    of: &'s Attribution,
    new: &'s str,
    pieces: Vec<Piece>,
    /// End of what was given, in the new text.
    end: usize,
}

impl Out<'_> {
    /// Gives the bytes up to `to` to the origin before them.
    fn spaces(&mut self, to: usize, else_to: Origin) {
        if to > self.end {
            let before = match self.pieces.last() {
                Some(Piece::New(leaf)) => Some(leaf.value),
                Some(Piece::Old(range)) => self.of.at(range.end - 1),
                None => self.end.checked_sub(1).and_then(|k| self.of.at(k)),
            };
            self.give(to, before.unwrap_or(else_to));
        }
    }

    fn atom(&mut self, atom: &Atom, origin: Origin, else_to: Origin) {
        self.spaces(atom.start as usize, else_to);
        self.give(atom.end as usize, origin);
    }

    fn give(&mut self, to: usize, value: Origin) {
        let len = to - self.end;
        self.end = to;
        match self.pieces.last_mut() {
            Some(Piece::New(leaf)) if leaf.value == value => leaf.len += len,
            _ => self.pieces.push(Piece::New(Leaf { len, value })),
        }
    }

    /// Gives bytes of the new text to whom they belonged in the old one.
    fn old(&mut self, old: Range<usize>, new: Range<usize>) {
        debug_assert_eq!((self.end, old.len()), (new.start, new.len()));
        debug_assert!(self.new.len() >= new.end);
        self.end = new.end;
        match self.pieces.last_mut() {
            Some(Piece::Old(range)) if range.end == old.start => range.end = old.end,
            _ => self.pieces.push(Piece::Old(old)),
        }
    }

    fn rope(self) -> Rope<Origin> {
        let mut rope = Rope::default();
        let mut leaves: Vec<Leaf<Origin>> = Vec::new();
        for piece in self.pieces {
            match piece {
                Piece::New(leaf) => leaves.push(leaf),
                Piece::Old(range) => {
                    rope = rope.concat(Rope::of_leaves(&leaves)).concat(self.of.rope.slice(range));
                    leaves.clear();
                }
            }
        }
        rope.concat(Rope::of_leaves(&leaves))
    }
}
