//! The step to the next revision when only its text is known.
//!
//! Rule: a word that the comparison finds again, in place or moved, keeps its
//! writer, however it is wrapped or hyphenated now; an inserted word that was
//! deleted before keeps its first writer ([`super::Memory`]); every other word
//! is *first present in* the new revision. Spaces go with the word before them.
//! Cost: that of the comparison. `advance_inferred_text` compares only the
//! paragraphs between the first and the last difference.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::rope::Rope;
use super::{Attribution, Basis, Memory, Origin};
use crate::collate::carried;
use crate::text::align::Match;
use crate::text::{View, Word};

impl Attribution {
    /// The next revision by comparison of the two texts; `old` is the text
    /// this attribution is of. `memory` holds what earlier steps deleted.
    pub fn advance_inferred(
        &self,
        old: &View,
        new: &View,
        revision: u32,
        memory: &mut Memory,
    ) -> Self {
        let runs = carried(old, new);
        let step = Step { of: self, base: 0, old, new, runs: &runs, revision };
        Self { rope: step.take(memory) }
    }

    /// The same for bare texts, faster: what lies before the first and after
    /// the last differing paragraph is not even cut into words.
    pub fn advance_inferred_text(
        &self,
        old: &str,
        new: &str,
        revision: u32,
        memory: &mut Memory,
    ) -> Self {
        let (head, tail) = same_ends(old.as_bytes(), new.as_bytes());
        // Out to the borders of paragraphs; a blank line is never inside a character.
        let head = old[..floor(old, head)].rfind("\n\n").map_or(0, |k| k + 2);
        let after = ceil(old, old.len() - tail);
        let tail = old[after..].find("\n\n").map_or(0, |k| old.len() - after - k);
        let tail = tail.min(old.len() - head).min(new.len() - head);
        let (old_middle, new_middle) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
        if old_middle == new_middle {
            return self.clone();
        }
        let (a, b) = (View::new(Arc::from(old_middle)), View::new(Arc::from(new_middle)));
        let runs = carried(&a, &b);
        let step = Step { of: self, base: head, old: &a, new: &b, runs: &runs, revision };
        let middle = step.take(memory);
        let (before, _) = self.rope.split(head);
        let (_, after) = self.rope.split(old.len() - tail);
        Self { rope: before.concat(middle).concat(after) }
    }
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

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

struct Step<'s> {
    of: &'s Attribution,
    /// Where the old view's text starts in the attributed text.
    base: usize,
    old: &'s View,
    new: &'s View,
    /// Equal words, sorted by their place in the new view.
    runs: &'s [Match],
    revision: u32,
}

impl Step<'_> {
    /// The attribution of the new view's text. What was deleted goes to memory.
    fn take(&self, memory: &mut Memory) -> Rope<Origin> {
        let words = self.new.words();
        let mut out = Out { rope: Rope::default(), end: 0, last: None };
        let mut j = 0;
        for run in self.runs {
            self.fresh(j..run.new, memory, &mut out);
            self.same(run, &mut out);
            j = run.new_end();
        }
        self.fresh(j..words.len(), memory, &mut out);
        let len = self.new.source().len();
        let nobody = Origin { revision: self.revision, edit: None, basis: Basis::Inferred };
        let last = out.last.or(self.of.at(self.base)).unwrap_or(nobody);
        out.up_to(len, last);
        self.forget(memory);
        out.rope
    }

    /// Words found again.
    fn same(&self, run: &Match, out: &mut Out) {
        let old = &self.old.words()[run.old..run.old_end()];
        let new = &self.new.words()[run.new..run.new_end()];
        let (was, is) = (whole(old), whole(new));
        if is.start >= out.end && self.old.source()[was.clone()] == self.new.source()[is.clone()] {
            let from = self.base + was.start..self.base + was.end;
            return out.part(is, self.of.rope.slice(from));
        }
        for (was, is) in old.iter().zip(new) {
            if let Some(origin) = self.origin(was) {
                out.word(is, origin);
            }
        }
    }

    /// Words that the old text does not have.
    fn fresh(&self, range: Range<usize>, memory: &Memory, out: &mut Out) {
        if range.is_empty() {
            return;
        }
        let words = self.new.words();
        let around = range.start.saturating_sub(1)..(range.end + 1).min(words.len());
        let hashes: Vec<u64> = words[around.clone()].iter().map(|w| hash(self.new, w)).collect();
        let known = memory.recall(&hashes);
        for j in range {
            let here = Origin { revision: self.revision, edit: None, basis: Basis::Inferred };
            out.word(&words[j], known[j - around.start].unwrap_or(here));
        }
    }

    /// Hands the words that the new text does not have to memory.
    fn forget(&self, memory: &mut Memory) {
        let words = self.old.words();
        let mut kept = vec![false; words.len()];
        for run in self.runs {
            kept[run.old..run.old_end()].fill(true);
        }
        let mut i = 0;
        while i < words.len() {
            if kept[i] {
                i += 1;
                continue;
            }
            let end = i + kept[i..].iter().take_while(|k| !**k).count();
            let around = i.saturating_sub(1)..(end + 1).min(words.len());
            let entry = |k: usize| {
                let origin = if kept[k] { None } else { self.origin(&words[k]) };
                (hash(self.old, &words[k]), origin)
            };
            let stretch: Vec<_> = around.map(entry).collect();
            memory.keep(&stretch);
            i = end;
        }
    }

    fn origin(&self, word: &Word) -> Option<Origin> {
        let range = self.base + word.start as usize..self.base + word.end as usize;
        self.of.runs_in(range).into_iter().map(|run| run.origin).max()
    }
}

/// The new attribution as it grows. A word broken over a page holds the words
/// of the running head: bytes already given are not given again.
struct Out {
    rope: Rope<Origin>,
    end: usize,
    last: Option<Origin>,
}

impl Out {
    /// Gives the bytes up to `to` to `origin`.
    fn up_to(&mut self, to: usize, origin: Origin) {
        if to > self.end {
            let rope = std::mem::take(&mut self.rope);
            self.rope = rope.concat(Rope::of(to - self.end, origin));
            self.end = to;
        }
    }

    fn word(&mut self, word: &Word, origin: Origin) {
        self.up_to(word.start as usize, self.last.unwrap_or(origin));
        self.up_to(word.end as usize, origin);
        self.last = Some(origin);
    }

    fn part(&mut self, range: Range<usize>, part: Rope<Origin>) {
        let first = part.at(0);
        let last = part.at(part.len().saturating_sub(1));
        if let Some(origin) = self.last.or(first) {
            self.up_to(range.start, origin);
        }
        self.rope = std::mem::take(&mut self.rope).concat(part);
        self.end = range.end;
        self.last = last;
    }
}

fn whole(words: &[Word]) -> Range<usize> {
    let start = words.first().map_or(0, |w| w.start);
    let end = words.iter().map(|w| w.end).max().unwrap_or(start);
    start as usize..end as usize
}

fn hash(view: &View, word: &Word) -> u64 {
    // Fixed keys: the same word is the same number in every revision.
    let mut hasher = DefaultHasher::new();
    view.key(word).hash(&mut hasher);
    hasher.finish()
}
