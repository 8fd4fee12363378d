//! Columns: the words of all texts that stand in the same place.
//!
//! At first each text is a *strand* ([`super::strand`]) in which each word is a
//! column. The pairs of the tree are taken one after the other, the closest
//! first; each joins the two strands that its texts lie in. Words that the
//! pair's alignment holds equal become one column; between two such places,
//! the columns of both strands are paired by what they read
//! ([`super::gap`]), so that words of any two texts can meet, not only those
//! of the pair. A strand stays a sequence, so that no order is ever broken,
//! and its two halves have no text in common, so that no column ever has two
//! words of one text.
//!
//! A moved passage keeps its own columns where it stands; which columns read
//! the same elsewhere is remembered as links ([`super::links`]).
//!
//! The two strands that a pair joins know nothing of each other until then, so
//! they can be made at the same time, on two threads.
//!
//! Cost: each joining is linear in the words of the two strands, beside the
//! gaps; memory is four bytes a word, sixteen bytes a column, and what mixed
//! columns read.

use std::ops::Range;

use super::gap::{Gap, Side};
use super::kinship::Pair;
use super::strand::{Joining, Strand};
use super::units::Keys;
use crate::collate::script::Moved;
use crate::text::align::Match;

/// The alignment of the two texts of a pair.
pub struct Aligned {
    pub pair: Pair,
    pub runs: Vec<Match>,
    pub moved: Vec<Moved>,
}

/// Texts, by their keys, and the pairs that join them.
pub struct Weave<'k, 't> {
    pub texts: &'k [&'k [u32]],
    pub keys: &'k Keys<'k>,
    pub tree: &'t [Aligned],
}

impl<'k> Weave<'k, '_> {
    /// All texts in one strand; `None` where there is no text.
    pub fn whole(&self, hands: usize) -> Option<Strand<'k>> {
        let all: Vec<&Aligned> = self.tree.iter().collect();
        (!self.texts.is_empty()).then(|| self.strand(0, &all, hands, &mut Gap::new(self.keys)))
    }

    /// The strand that some pairs make of their texts, of which `text` is one.
    fn strand(
        &self,
        text: usize,
        pairs: &[&Aligned],
        hands: usize,
        gap: &mut Gap<'k>,
    ) -> Strand<'k> {
        let Some((last, before)) = pairs.split_last() else {
            return Strand::of_text(text, self.texts[text]);
        };
        let Pair { a, b } = last.pair;
        let joined = reached(a, before);
        let (left, right): (Vec<_>, Vec<_>) =
            before.iter().partition(|p| joined & 1 << p.pair.a != 0);
        let (left, right) = if hands > 1 && !left.is_empty() && !right.is_empty() {
            std::thread::scope(|scope| {
                let (more, rest) = (hands / 2, hands - hands / 2);
                let right =
                    scope.spawn(move || self.strand(b, &right, more, &mut Gap::new(self.keys)));
                let left = self.strand(a, &left, rest, gap);
                (left, right.join().expect("work here does not panic"))
            })
        } else {
            (self.strand(a, &left, hands, gap), self.strand(b, &right, hands, gap))
        };
        let made = Joiner::of(&left, &right, last, gap).join(last);
        made.instead_of(left, right)
    }
}

/// The texts, a bit each, that these pairs join to one.
fn reached(text: usize, pairs: &[&Aligned]) -> u64 {
    let mut texts = 1u64 << text;
    loop {
        let before = texts;
        for Pair { a, b } in pairs.iter().map(|p| p.pair) {
            let both = 1 << a | 1 << b;
            if texts & both != 0 {
                texts |= both;
            }
        }
        if texts == before {
            return texts;
        }
    }
}

/// Joins two strands.
struct Joiner<'j, 's, 'k> {
    sides: [&'s Strand<'k>; 2],
    joining: Joining<'s, 'k>,
    /// The columns of either strand that the pair has moved, sorted.
    moved: [Vec<usize>; 2],
    /// The columns of a gap that have not moved.
    stay: [Vec<usize>; 2],
    gap: &'j mut Gap<'k>,
}

impl<'j, 's, 'k> Joiner<'j, 's, 'k> {
    fn of(
        left: &'s Strand<'k>,
        right: &'s Strand<'k>,
        aligned: &Aligned,
        gap: &'j mut Gap<'k>,
    ) -> Self {
        let (a, b) = (left.columns(aligned.pair.a), right.columns(aligned.pair.b));
        let sorted = |mut columns: Vec<usize>| {
            columns.sort_unstable();
            columns
        };
        let moved = [
            aligned.moved.iter().flat_map(|m| m.old.clone()).map(|i| a.of(i)).collect(),
            aligned.moved.iter().flat_map(|m| m.new.clone()).map(|j| b.of(j)).collect(),
        ];
        Self {
            sides: [left, right],
            joining: Joining::of(left, right),
            moved: moved.map(sorted),
            stay: Default::default(),
            gap,
        }
    }

    fn join(mut self, aligned: &Aligned) -> super::strand::Made {
        let [left, right] = self.sides;
        let (a, b) = (left.columns(aligned.pair.a), right.columns(aligned.pair.b));
        for run in &aligned.runs {
            for k in 0..run.len {
                self.up_to(a.of(run.old + k), b.of(run.new + k));
                self.joining.fuse();
            }
        }
        self.up_to(left.len(), right.len());
        self.joining.made()
    }

    /// Pairs the columns before two that the alignment holds equal.
    fn up_to(&mut self, x: usize, y: usize) {
        let (p, q) = (self.joining.placed(0), self.joining.placed(1));
        if p == x && q == y {
            return;
        }
        if p < x && q < y {
            self.stay(0, p..x);
            self.stay(1, q..y);
            let [here, there] = &self.stay;
            let pairs = self.gap.pair(
                Side { strand: self.sides[0], columns: here },
                Side { strand: self.sides[1], columns: there },
            );
            for (i, j) in pairs {
                self.joining.alone(0, here[i]);
                self.joining.alone(1, there[j]);
                self.joining.fuse();
            }
        }
        self.joining.alone(0, x);
        self.joining.alone(1, y);
    }

    fn stay(&mut self, side: usize, range: Range<usize>) {
        let moved = &self.moved[side];
        let from = moved.partition_point(|c| *c < range.start);
        let mut gone = moved[from..].iter().copied().peekable();
        let out = &mut self.stay[side];
        out.clear();
        out.extend(range.filter(|c| {
            while gone.next_if(|g| g < c).is_some() {}
            gone.peek() != Some(c)
        }));
    }
}
