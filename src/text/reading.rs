//! The reading text of a span: what a person reads aloud or quotes. Broken
//! words are rejoined, runs of spaces are one space, a blank line is a
//! paragraph break ("\n\n"), running heads and page numbers are left out, and
//! a sentence that a page breaks in two is whole again. No character is
//! changed: curly quotes, dashes and odd letters stay.
//!
//! The text is made of pieces copied from the source and of separators
//! between them; the list of pieces maps offsets both ways by binary search,
//! monotone, and exact inside a piece.

use std::borrow::Cow;
use std::ops::Range;

use super::words::{Hyphen, hyphen_len};
use super::{View, Word};

/// A reading text that knows where its bytes came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    reading: usize,
    source: usize,
    len: usize,
}

/// A word as read, running heads left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadWord<'v> {
    /// The word, rejoined; it may hold a space after a hyphen in mid-line.
    pub text: Cow<'v, str>,
    /// A paragraph ends before it, and the word before it was read too.
    pub parted: bool,
}

impl View {
    /// The words with these indexes in [`View::words`], as read: what
    /// [`View::reading`] gives of their bytes, word by word. With `heads` the
    /// words of running heads too, for those who compare heads.
    pub fn read_words(
        &self,
        range: Range<usize>,
        heads: bool,
    ) -> impl Iterator<Item = ReadWord<'_>> {
        let mut last: Option<&Word> = None;
        self.words()[range].iter().filter(move |w| heads || !w.layout).map(move |w| {
            let parted = last.is_some_and(|before| {
                // A single byte is no blank line.
                w.start > before.end + 1 && self.separator(before, w) != " "
            });
            last = Some(w);
            ReadWord { text: self.word_text(w), parted }
        })
    }

    /// The reading text of a byte range. Bounds inside a character are moved
    /// outwards; a range past the end is cut.
    pub fn reading(&self, range: Range<usize>) -> String {
        self.read(range).into_text()
    }

    /// The reading text of a byte range, with its map to the source. Bounds
    /// inside a character are moved outwards; a range past the end is cut.
    pub fn read(&self, range: Range<usize>) -> Reading {
        let mut start = range.start.min(self.source().len());
        while !self.source().is_char_boundary(start) {
            start -= 1;
        }
        let mut end = range.end.clamp(start, self.source().len());
        while !self.source().is_char_boundary(end) {
            end += 1;
        }
        Reading::of(self, start..end)
    }
}

impl Reading {
    pub(super) fn of(view: &View, range: Range<usize>) -> Self {
        let mut out = Self::default();
        let words = view.words();
        // A word broken over a head ends after the head's words: look back
        // over those.
        let mut from = words.partition_point(|w| (w.end as usize) <= range.start);
        while from > 0 && words[from - 1].layout {
            from -= 1;
        }
        from = from.saturating_sub(1);
        let mut last: Option<Word> = None;
        for w in &words[from..] {
            if w.start as usize >= range.end {
                break;
            }
            if w.layout || w.end as usize <= range.start {
                continue;
            }
            if let Some(before) = last
                && !out.text.is_empty()
            {
                out.text.push_str(view.separator(&before, w));
            }
            out.push_word(view, w, &range);
            last = Some(*w);
        }
        out
    }

    fn push_word(&mut self, view: &View, w: &Word, range: &Range<usize>) {
        let mut from = w.start as usize;
        for b in view.breaks_in(w) {
            let before = b.before as usize;
            let keep = match b.hyphen {
                Hyphen::Keep | Hyphen::Spaced => 0,
                Hyphen::Drop => hyphen_len(view.source(), b.before),
            };
            // Where the span ends at the break, the hyphen is all that tells
            // that the word goes on.
            let cut_here = before >= range.end || b.after as usize >= range.end;
            self.push(view.source(), from..before - if cut_here { 0 } else { keep }, range);
            if b.hyphen == Hyphen::Spaced && before > range.start && (b.after as usize) < range.end
            {
                self.text.push(' ');
            }
            from = b.after as usize;
        }
        self.push(view.source(), from..w.end as usize, range);
    }

    fn push(&mut self, source: &str, piece: Range<usize>, range: &Range<usize>) {
        let (from, to) = (piece.start.max(range.start), piece.end.min(range.end));
        if from < to {
            self.pieces.push(Piece { reading: self.text.len(), source: from, len: to - from });
            self.text.push_str(&source[from..to]);
        }
    }

    /// The reading text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes the reading text out.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The byte of the source that the byte at `offset` of the reading text
    /// came from. Inside a separator, and past the end, it is the end of the
    /// piece before; with nothing read at all, 0.
    pub fn to_source(&self, offset: usize) -> usize {
        let i = self.pieces.partition_point(|p| p.reading <= offset);
        match i.checked_sub(1).map(|i| self.pieces[i]) {
            Some(p) => p.source + (offset - p.reading).min(p.len),
            None => self.pieces.first().map_or(0, |p| p.source),
        }
    }

    /// The offset in the reading text of a byte of the source. A byte that is
    /// not read (a line end, a dropped hyphen, a running head) gives the end
    /// of what was read before it.
    pub fn from_source(&self, byte: usize) -> usize {
        let i = self.pieces.partition_point(|p| p.source <= byte);
        match i.checked_sub(1).map(|i| self.pieces[i]) {
            Some(p) => p.reading + (byte - p.source).min(p.len),
            None => 0,
        }
    }

    /// The span of the source that a span of the reading text covers.
    pub fn span_to_source(&self, span: Range<usize>) -> Range<usize> {
        if span.is_empty() {
            let at = self.to_source(span.start);
            return at..at;
        }
        // The end belongs to the last byte covered, not to what follows it.
        self.to_source(span.start)..self.to_source(span.end - 1) + 1
    }
}
