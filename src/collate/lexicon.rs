//! The words of two views as small numbers: equal numbers, equal keys.
//!
//! One hash look-up a word of the first text; of the second only for words that
//! do not go on where the first text goes on. Keys are compared as strings, so that no collision
//! of hashes can make two different words equal. The hash is fixed (this room
//! sees no randomness): a text made to collide can slow the look-up down, not
//! falsify it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::text::{View, Word};

/// The words of one text that take part in a comparison.
pub struct Side<'v> {
    pub view: &'v View,
    /// The words. Running heads and page numbers take part too: what is layout
    /// to the one text may not be recognised as layout in the other.
    pub words: &'v [Word],
    /// Their keys as numbers below [`Lexicon::len`].
    pub keys: Vec<u32>,
}

impl Side<'_> {
    /// Bytes from the first to the last of the words `range`; where it is
    /// empty, the place before the word it precedes.
    pub fn span(&self, range: Range<usize>) -> super::Span {
        if range.is_empty() {
            let at = self.words.get(range.start);
            let at = at.map_or(self.view.source().len(), |w| w.start as usize);
            return super::Span { start: at, end: at };
        }
        let last = self.words[range.clone()].iter().map(|w| w.end).max().unwrap_or_default();
        super::Span { start: self.words[range.start].start as usize, end: last as usize }
    }

    /// The words `range` without the layout words at its edges.
    pub fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        while !range.is_empty() && self.words[range.end - 1].layout {
            range.end -= 1;
        }
        while !range.is_empty() && self.words[range.start].layout {
            range.start += 1;
        }
        range
    }

    /// How many of the words `range` are not layout.
    pub fn count(&self, range: Range<usize>) -> usize {
        self.words[range].iter().filter(|w| !w.layout).count()
    }

    /// The first word after `range` that does not lie inside a word of `range`
    /// (a word broken over a page holds the running head's words), or `None`
    /// when no word of `range` reaches beyond it.
    pub fn reach(&self, range: Range<usize>) -> Option<usize> {
        let end = self.words[range.clone()].iter().filter(|w| w.broken).map(|w| w.end).max()?;
        let inside = self.words[range.end..].iter().take_while(|w| w.start < end).count();
        let nested = self.words[range.clone()].windows(2).any(|w| w[1].start < w[0].end);
        (inside > 0 || nested).then_some(range.end + inside)
    }

    /// How strongly the text breaks before word `at`: 3 paragraph (or the edge
    /// of the text), 2 sentence, 1 clause, 0 not at all.
    pub fn break_before(&self, at: usize) -> u8 {
        if at == 0 || at >= self.words.len() {
            return 3;
        }
        let (before, after) = (&self.words[at - 1], &self.words[at]);
        let source = self.view.source();
        let (end, start) = (before.end as usize, after.start as usize);
        let gap = source.get(end..start).unwrap_or("");
        if gap.bytes().filter(|&b| b == b'\n').count() > 1 {
            return 3;
        }
        let word = source[before.start as usize..end]
            .trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
        match word.chars().next_back() {
            Some('.' | '!' | '?' | '…' | '。') => 2,
            Some(',' | ';' | ':' | '—' | '–') => 1,
            _ => 0,
        }
    }
}

/// Gives equal keys equal numbers.
#[derive(Default)]
pub struct Lexicon<'v> {
    numbers: HashMap<&'v str, u32, BuildHasherDefault<Fold>>,
}

impl<'v> Lexicon<'v> {
    /// Reads the words of a view.
    pub fn read(&mut self, view: &'v View) -> Side<'v> {
        self.read_words(view, view.words())
    }

    /// Reads the words of a view that is probably much like one read before.
    pub fn read_like(&mut self, view: &'v View, like: &Side<'v>) -> Side<'v> {
        let words = view.words();
        let mut keys = Vec::with_capacity(words.len());
        let mut at = 0; // where the other text probably goes on
        for word in words {
            let text = view.key(word);
            let near = at..(at + 3).min(like.words.len());
            let same = near.into_iter().find(|&k| like.view.key(&like.words[k]) == text);
            if let Some(k) = same {
                keys.push(like.keys[k]);
                at = k + 1;
                continue;
            }
            let next = self.numbers.len() as u32;
            let key = *self.numbers.entry(text).or_insert(next);
            keys.push(key);
            // Far out of step: look for the same word further on.
            let ahead = at..(at + 40).min(like.keys.len());
            let found = ahead.into_iter().find(|&k| like.keys[k] == key);
            at = found.map_or(at, |k| k + 1);
        }
        Side { view, words, keys }
    }

    /// Reads the words of a view that lie inside a span.
    pub fn read_span(&mut self, view: &'v View, span: super::Span) -> Side<'v> {
        let all = view.words();
        let from = all.partition_point(|w| (w.start as usize) < span.start);
        let to = all.partition_point(|w| (w.start as usize) < span.end);
        self.read_words(view, &all[from..to.max(from)])
    }

    fn read_words(&mut self, view: &'v View, all: &'v [Word]) -> Side<'v> {
        let mut keys = Vec::with_capacity(all.len());
        self.numbers.reserve(all.len() / 8);
        for word in all {
            let next = self.numbers.len() as u32;
            keys.push(*self.numbers.entry(view.key(word)).or_insert(next));
        }
        Side { view, words: all, keys }
    }

    /// How many different keys.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }
}

/// Folded multiplication, eight bytes at a time.
#[derive(Default)]
pub struct Fold(u64);

impl Fold {
    fn mix(&mut self, x: u64) {
        let product = u128::from(self.0 ^ x ^ 0x9e37_79b9_7f4a_7c15) * 0xd6e8_feb8_6659_fd93;
        self.0 = (product as u64) ^ (product >> 64) as u64;
    }
}

impl Hasher for Fold {
    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks::<8>();
        for chunk in chunks {
            self.mix(u64::from_le_bytes(*chunk));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }
    fn write_u8(&mut self, _: u8) {} // the end mark of a str; its length is mixed in already
    fn write_u64(&mut self, x: u64) {
        self.mix(x);
    }
    fn finish(&self) -> u64 {
        self.0
    }
}
