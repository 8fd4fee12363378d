//! The words of two views as small numbers: equal numbers, equal keys.
//!
//! Each view numbers its own words ([`crate::text::Vocabulary`]), on its own
//! thread where there are several. Here only the different keys of the second
//! view are looked up, each once.

use std::borrow::Cow;
use std::hash::Hasher;
use std::ops::Range;

use crate::text::{KeyTable, View, Word};

/// The words of one text that take part in a comparison.
pub struct Side<'v> {
    pub view: &'v View,
    /// The words. Running heads and page numbers take part too: what is layout
    /// to the one text may not be recognised as layout in the other.
    pub words: &'v [Word],
    /// Their keys as numbers below [`Lexicon::len`].
    pub keys: Cow<'v, [u32]>,
}

impl Side<'_> {
    /// Bytes from the first to the last of the words `range`; where it is
    /// empty, the place before the word it precedes.
    pub fn span(&self, range: Range<usize>) -> super::Span {
        let words = &self.words[range.clone()];
        let Some(last) = words.last() else {
            let at = self.words.get(range.start);
            let at = at.map_or(self.view.source().len(), |w| w.start as usize);
            return super::Span { start: at, end: at };
        };
        // Words of a running head end before the word that is broken over it.
        let end = match last.layout {
            true => words.iter().map(|w| w.end).max().unwrap_or_default(),
            false => last.end,
        };
        super::Span { start: words[0].start as usize, end: end as usize }
    }

    /// Whether one of the words `range` is broken, and whether one is layout.
    pub fn broken_or_layout(&self, range: Range<usize>) -> (bool, bool) {
        self.words[range].iter().fold((false, false), |(b, l), w| (b | w.broken, l | w.layout))
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

/// Two texts that are compared.
pub struct Pair<'v> {
    pub old: Side<'v>,
    pub new: Side<'v>,
    /// Keys are below this.
    pub keys: usize,
    /// How often each key stands in the two texts together.
    pub seen: Vec<u32>,
    /// The words whose key stands once in either text, by their indexes in the
    /// old and the new; sorted by the old.
    pub once: Vec<(u32, u32)>,
}

impl<'v> Pair<'v> {
    /// Reads the words of both.
    pub fn read(old: &'v View, new: &'v View) -> Self {
        let (a, b) = (old.vocabulary(), new.vocabulary());
        let mut seen = a.counts().to_vec();
        let mut once = Vec::new();
        let mut here = Vec::with_capacity(b.len());
        for (number, &times) in b.counts().iter().enumerate() {
            let number = number as u32;
            let known = old.number_like(new, number);
            here.push(known.unwrap_or(seen.len() as u32));
            let Some(known) = known else {
                seen.push(times);
                continue;
            };
            if times == 1 && seen[known as usize] == 1 {
                once.push((a.first(known) as u32, b.first(number) as u32));
            }
            seen[known as usize] += times;
        }
        // In order already, but for what moved: the sort that knows runs is the quicker.
        once.sort();
        let keys: Vec<u32> = b.numbers().iter().map(|&n| here[n as usize]).collect();
        Self {
            old: Side { view: old, words: old.words(), keys: a.numbers().into() },
            new: Side { view: new, words: new.words(), keys: keys.into() },
            keys: seen.len(),
            seen,
            once,
        }
    }
}

/// Gives equal keys equal numbers.
#[derive(Default)]
pub struct Lexicon<'v> {
    /// The first text read: its vocabulary numbers the keys it has.
    first: Option<&'v View>,
    /// The keys that it has not, numbered after it, and who has them.
    more: KeyTable,
    holders: Vec<(&'v View, u32)>,
}

impl<'v> Lexicon<'v> {
    /// Reads the words of a view that lie inside a span.
    pub fn read_span(&mut self, view: &'v View, span: super::Span) -> Side<'v> {
        let all = view.words();
        let from = all.partition_point(|w| (w.start as usize) < span.start);
        let to = all.partition_point(|w| (w.start as usize) < span.end).max(from);
        self.first.get_or_insert(view);
        let numbers = &view.vocabulary().numbers()[from..to];
        let keys: Vec<u32> = numbers.iter().map(|&n| self.number(view, n)).collect();
        Side { view, words: &all[from..to], keys: keys.into() }
    }

    /// The number here of a key of some view.
    fn number(&mut self, view: &'v View, number: u32) -> u32 {
        let Some(first) = self.first else { return number };
        if std::ptr::eq(first, view) {
            return number;
        }
        if let Some(known) = first.number_like(view, number) {
            return known;
        }
        let holders = &self.holders;
        let same = |n: u32| {
            let (holder, theirs) = holders[n as usize];
            holder.key_of(theirs) == view.key_of(number)
        };
        let (more, new) = self.more.number(view.packed_of(number), same);
        if new {
            self.holders.push((view, number));
        }
        first.vocabulary().len() as u32 + more
    }

    /// How many different keys.
    pub fn len(&self) -> usize {
        self.first.map_or(0, |first| first.vocabulary().len()) + self.more.len()
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
    fn write_u32(&mut self, x: u32) {
        self.mix(u64::from(x));
    }
    fn write_u64(&mut self, x: u64) {
        self.mix(x);
    }
    fn finish(&self) -> u64 {
        self.0
    }
}
