//! A text as its detectors read it: the reading text (broken words joined,
//! running heads out) cut into words, each with the number of its folded
//! spelling, and the way back to the bytes.
//!
//! A word here is a run of letters or a run of digits: "July24" is two words,
//! "Nagorno-Karabakh" is two, "Russia's" is two. Spellings are folded by
//! [`crate::text::squeeze`], so that case, accents and look-alike letters do
//! not matter. One pass; sixteen bytes a word.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::{Reading, View, squeeze};

/// The numbers of spellings; shared by all texts that are compared.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    numbers: HashMap<String, u32>,
}

/// A word of the reading text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// First byte in the reading text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Number of its folded spelling.
    pub id: u32,
}

/// A text, read.
pub(super) struct Prose<'v> {
    pub view: &'v View,
    reading: Reading,
    pub words: Vec<Token>,
}

impl Lexicon {
    /// The number of a spelling that is folded already.
    pub fn number(&mut self, folded: &str) -> u32 {
        if let Some(&n) = self.numbers.get(folded) {
            return n;
        }
        let n = self.numbers.len() as u32;
        self.numbers.insert(folded.to_owned(), n);
        n
    }
}

impl<'v> Prose<'v> {
    /// Reads a text.
    pub fn of(view: &'v View, lexicon: &mut Lexicon) -> Self {
        let reading = view.read(0..view.source().len());
        let mut words = Vec::with_capacity(reading.text().len() / 6 + 1);
        for (start, end) in runs(reading.text()) {
            let id = number(&reading.text()[start..end], lexicon);
            words.push(Token { start: start as u32, end: end as u32, id });
        }
        Self { view, reading, words }
    }

    /// The reading text.
    pub fn text(&self) -> &str {
        self.reading.text()
    }

    /// A word as it is written.
    pub fn word(&self, index: usize) -> &str {
        let w = self.words[index];
        &self.text()[w.start as usize..w.end as usize]
    }

    /// What stands between a word and the next: spaces, marks; after the last
    /// word the rest of the text.
    pub fn gap(&self, index: usize) -> &str {
        let from = self.words[index].end as usize;
        let to = self.words.get(index + 1).map_or(self.text().len(), |w| w.start as usize);
        &self.text()[from..to]
    }

    /// What stands before a word, since the word before.
    pub fn gap_before(&self, index: usize) -> &str {
        match index.checked_sub(1) {
            Some(before) => self.gap(before),
            None => &self.text()[..self.words.first().map_or(0, |w| w.start as usize)],
        }
    }

    /// The reading text of some words.
    pub fn phrase(&self, words: Range<usize>) -> &str {
        match words.is_empty() {
            true => "",
            false => &self.text()[self.reading_span(words)],
        }
    }

    /// Bytes of the reading text that some words cover, at least one.
    pub fn reading_span(&self, words: Range<usize>) -> Range<usize> {
        self.words[words.start].start as usize..self.words[words.end - 1].end as usize
    }

    /// Bytes of the source that a span of the reading text came from.
    pub fn source(&self, reading: Range<usize>) -> Range<usize> {
        self.reading.span_to_source(reading)
    }

    /// Bytes of the source that some words cover, at least one.
    pub fn span(&self, words: Range<usize>) -> Range<usize> {
        self.source(self.reading_span(words))
    }

    /// Index of the first word that begins at or after a byte of the source.
    pub fn word_at(&self, byte: usize) -> usize {
        let at = self.reading.from_source(byte);
        self.words.partition_point(|w| (w.start as usize) < at)
    }

    /// Index of the first word at or after a byte of the reading text.
    pub fn word_from(&self, reading: usize) -> usize {
        self.words.partition_point(|w| (w.start as usize) < reading)
    }

    /// Whether a word is a run of digits; its value if it is small enough.
    pub fn value(&self, index: usize) -> Option<u64> {
        let w = self.words.get(index)?;
        let text = &self.text()[w.start as usize..w.end as usize];
        (text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
    }

    /// Whether a word begins with a capital letter.
    pub fn is_capital(&self, index: usize) -> bool {
        self.word(index).starts_with(char::is_uppercase)
    }
}

fn number(word: &str, lexicon: &mut Lexicon) -> u32 {
    if word.is_ascii() && !word.bytes().any(|b| b.is_ascii_uppercase()) {
        return lexicon.number(word);
    }
    if word.is_ascii() {
        return lexicon.number(&word.to_ascii_lowercase());
    }
    let folded = squeeze(word);
    lexicon.number(if folded.is_empty() { word } else { &folded })
}

/// Combining marks that stand inside words (the common blocks).
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}')
}

/// The runs of letters and the runs of digits.
fn runs(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            let goes_on = match first.is_numeric() {
                true => c.is_numeric(),
                false => c.is_alphabetic() || is_mark(c),
            };
            if !goes_on {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        Some((start, end))
    })
}
