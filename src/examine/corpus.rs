//! Several texts laid end to end, so that a word of any of them has one number.

use std::ops::Range;

use super::alike::{Alike, Gap, compare};
use super::prose::Prose;
use crate::text::align::Match;

/// Numbers between two texts that no word has: more than any rule reaches over.
const APART: usize = 256;

/// Texts in their order.
pub(super) struct Corpus<'p, 'v> {
    texts: Vec<&'p Prose<'v>>,
    starts: Vec<usize>,
}

impl<'p, 'v> Corpus<'p, 'v> {
    /// Lays texts end to end.
    pub fn of(texts: Vec<&'p Prose<'v>>) -> Self {
        let mut at = 0;
        let mut starts = Vec::with_capacity(texts.len());
        for text in &texts {
            starts.push(at);
            at += text.words.len() + APART;
        }
        Self { texts, starts }
    }

    /// Each text, with the number of its first word.
    pub fn texts(&self) -> impl Iterator<Item = (usize, &'p Prose<'v>)> + '_ {
        self.starts.iter().copied().zip(self.texts.iter().copied())
    }

    /// The text that a word stands in, and its words.
    pub fn local(&self, words: &Range<usize>) -> (usize, Range<usize>) {
        let text = self.text_of(words.start);
        let start = self.starts[text];
        (text, words.start - start..words.end - start)
    }

    /// The text of a number.
    pub fn prose(&self, text: usize) -> &'p Prose<'v> {
        self.texts[text]
    }

    /// Whether two words stand in one text.
    pub fn same_text(&self, one: usize, other: usize) -> bool {
        self.texts.len() == 1 || self.text_of(one) == self.text_of(other)
    }

    /// Compares some words with some others, by their numbers here.
    pub fn compare(&self, a: Range<usize>, b: Range<usize>) -> Alike {
        let ((one, x), (other, y)) = (self.local(&a), self.local(&b));
        let (i, j) = (self.starts[one], self.starts[other]);
        let found = compare(self.texts[one], x, self.texts[other], y);
        let by = |r: Range<usize>, start: usize| r.start + start..r.end + start;
        let run = |m: Match| Match { old: m.old + i, new: m.new + j, len: m.len };
        let gap = |g: Gap| Gap { a: by(g.a, i), b: by(g.b, j) };
        Alike {
            a,
            b,
            runs: found.runs.into_iter().map(run).collect(),
            gaps: found.gaps.into_iter().map(gap).collect(),
            same: found.same,
        }
    }

    fn text_of(&self, word: usize) -> usize {
        self.starts.partition_point(|s| *s <= word).saturating_sub(1)
    }
}
