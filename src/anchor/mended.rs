//! What the comparison of two texts leaves open, looked at closely for carrying
//! places over: halves of broken words, other marks; and which passages moved.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::align::{Match, align, give_up, heaviest_chain};
use crate::text::{View, Word};

/// Words of a gap, on either side, that are compared by their halves and marks.
pub(super) const SMALL: usize = 64;

/// A word that does not stand any more.
pub(super) const NONE: u32 = u32::MAX;
/// Some of its halves stand: see [`Half`].
pub(super) const HALVES: u32 = u32::MAX - 1;
/// The same letters, but other marks or capitals.
pub(super) const TOUCHED: u32 = 1 << 31;

/// A part of a broken word that still stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Half {
    pub old: Range<u32>,
    pub new: Range<u32>,
    pub word: u32,
}

/// Finds more of what stands, in small gaps: fills up `to`, the new word of each
/// old one, and gives the halves of words. `taken` are the new words that are in
/// `to` already.
pub(super) fn mended(old: &View, new: &View, to: &mut [u32], taken: &[bool]) -> Vec<Half> {
    let mut mended = Mended { old, new, to, halves: Vec::new() };
    mended.gaps(taken);
    mended.halves
}

/// A carrier while its gaps are looked at.
struct Mended<'v, 't> {
    old: &'v View,
    new: &'v View,
    to: &'t mut [u32],
    halves: Vec<Half>,
}

impl<'v> Mended<'v, '_> {
    /// Looks closer at small gaps: halves of broken words, other marks.
    fn gaps(&mut self, taken: &[bool]) {
        let (olds, news) = (self.old.words(), self.new.words());
        let mut i = 0;
        while i < self.to.len() {
            if self.to[i] != NONE {
                i += 1;
                continue;
            }
            let from = i;
            while i < self.to.len() && self.to[i] == NONE {
                i += 1;
            }
            let start = if from == 0 { 0 } else { self.to[from - 1] as usize + 1 };
            let end = self.to.get(i).map_or(news.len(), |&n| n as usize);
            let (a, b) = (from..i, start.min(end)..end);
            if b.is_empty() || start > end || a.len().max(b.len()) > SMALL {
                continue;
            }
            if taken[b.clone()].iter().any(|t| *t) {
                continue;
            }
            if olds[a.clone()].iter().chain(&news[b.clone()]).any(|w| w.broken) {
                self.halves_of(a, b);
            } else if a.len() == b.len() {
                for (o, n) in a.zip(b) {
                    let (x, y) = (text(self.old, &olds[o]), text(self.new, &news[n]));
                    if same_letters(x, y) {
                        self.to[o] = n as u32 | TOUCHED;
                    }
                }
            }
        }
    }

    fn halves_of(&mut self, a: Range<usize>, b: Range<usize>) {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut parts = |view: &'v View, words: Range<usize>| {
            let mut parts = Vec::new();
            for w in words {
                for token in tokens(view, &view.words()[w]) {
                    let next = numbers.len() as u32;
                    let number = *numbers.entry(&view.source()[token.clone()]).or_insert(next);
                    parts.push((w, token, number));
                }
            }
            parts
        };
        let (x, y) = (parts(self.old, a), parts(self.new, b));
        let keys = |parts: &[(usize, Range<usize>, u32)]| -> Vec<u32> {
            parts.iter().map(|p| p.2).collect()
        };
        for run in align(&keys(&x), &keys(&y), numbers.len(), &mut give_up) {
            for k in 0..run.len {
                let ((w, old, _), (v, new, _)) = (&x[run.old + k], &y[run.new + k]);
                self.to[*w] = HALVES;
                let short = |r: &Range<usize>| r.start as u32..r.end as u32;
                self.halves.push(Half { old: short(old), new: short(new), word: *v as u32 });
            }
        }
    }
}

/// Words between two runs of one block.
const APART: usize = 64;

/// The old words that do not lie in the heaviest increasing chain. Runs that
/// follow each other closely on both sides are taken as one block: there are
/// few of those.
pub(super) fn moved(runs: &[Match]) -> Vec<Range<u32>> {
    if runs.is_sorted_by(|x, y| x.new < y.new) {
        return Vec::new();
    }
    // First and one past the last run of each block.
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for (n, run) in runs.iter().enumerate() {
        let follows = n.checked_sub(1).map(|n| &runs[n]).is_some_and(|last| {
            run.new >= last.new_end()
                && run.new - last.new_end() <= APART
                && run.old - last.old_end() <= APART
        });
        match blocks.last_mut() {
            Some(block) if follows => block.end = n + 1,
            _ => blocks.push(n..n + 1),
        }
    }
    let whole = |block: &Range<usize>| {
        let (first, last) = (&runs[block.start], &runs[block.end - 1]);
        let len = (last.old_end() - first.old).min(last.new_end() - first.new);
        Match { old: first.old, new: first.new, len }
    };
    let stay: Vec<usize> =
        heaviest_chain(blocks.iter().map(whole).collect()).iter().map(|m| m.old).collect();
    let moved = blocks.iter().filter(|b| {
        let (start, end) = (runs[b.start].old, runs[b.end - 1].old_end());
        // The chain may cut the front of a block off.
        stay.get(stay.partition_point(|s| *s < start)).is_none_or(|s| *s >= end)
    });
    moved.map(|b| runs[b.start].old as u32..runs[b.end - 1].old_end() as u32).collect()
}

/// The same letters and digits, whatever their case and the marks round them.
fn same_letters(a: &str, b: &str) -> bool {
    let letters = |s: &str| -> Vec<char> {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let first = |s: &str| s.bytes().find(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase());
    // Cheap first: most words that were changed begin otherwise.
    a.len().abs_diff(b.len()) <= 8
        && first(a) == first(b)
        && letters(a) == letters(b)
        && a.contains(char::is_alphanumeric)
}

/// The stretches of a word between its line breaks; without a head that
/// stands inside it.
pub(super) fn tokens<'v>(view: &'v View, word: &Word) -> impl Iterator<Item = Range<usize>> + 'v {
    let (from, source) = (word.start as usize, text(view, word));
    let broken = word.broken;
    source.split_whitespace().filter_map(move |token| {
        let start = from + (token.as_ptr() as usize - source.as_ptr() as usize);
        let head = broken && start > from && {
            let heads = view.layout();
            let at = heads.partition_point(|h| h.end as usize <= start);
            heads.get(at).is_some_and(|h| (h.start as usize) <= start)
        };
        (!head).then_some(start..start + token.len())
    })
}

pub(super) fn text<'v>(view: &'v View, word: &Word) -> &'v str {
    &view.source()[word.start as usize..word.end as usize]
}
