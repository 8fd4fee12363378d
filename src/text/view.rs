//! The reading view of a text: its lines, words and page layout, all as
//! places in the exact bytes, which are never changed. Built in one go, in
//! time linear in the text; see the files `lines`, `layout`, `words`,
//! `reading` and `squeeze` for the rules.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use super::hyphens;
use super::keytable::Packed;
use super::layout::Layout;
use super::lines::Lines;
use super::near::partition_near;
use super::printed::Pages;
use super::squeeze::Squeezed;
use super::vocabulary::Vocabulary;
use super::word::Word;
use super::words::{Break, Words, breaks_in, word_text};

/// A text and how it is read.
///
/// ```
/// use variorum::text::View;
/// let view = View::new("The settle-\nment of Nagorno-\nKarabakh, Nagorno-Karabakh.".into());
/// assert_eq!(view.reading(0..38), "The settlement of Nagorno-Karabakh,");
/// assert_eq!(view.find("settlement of"), [4..19]);
/// ```
pub struct View {
    source: Source,
    lines: Lines,
    layout: Layout,
    words: OnceLock<Words>,
    vocabulary: OnceLock<Vocabulary>,
    breaks: OnceLock<Vec<Break>>,
    squeezed: OnceLock<Squeezed>,
    with_layout: OnceLock<Option<Squeezed>>,
    pages: OnceLock<Pages>,
}

/// The text itself: memory that is touched is what a view costs most, so a
/// text that was just read is kept where it lies.
enum Source {
    Shared(Arc<str>),
    Own(String),
}

impl Deref for Source {
    type Target = str;
    fn deref(&self) -> &str {
        match self {
            Self::Shared(text) => text,
            Self::Own(text) => text,
        }
    }
}

impl View {
    /// Longest text a view can hold, in bytes.
    pub const MAX_BYTES: usize = u32::MAX as usize / 2;

    /// Reads a text.
    ///
    /// # Panics
    /// When the text is longer than [`View::MAX_BYTES`] (2 GiB).
    pub fn new(text: Arc<str>) -> Self {
        Self::over(Source::Shared(text))
    }

    /// Reads a text that nobody else holds; it is not copied.
    ///
    /// # Panics
    /// When the text is longer than [`View::MAX_BYTES`] (2 GiB).
    pub fn of(text: String) -> Self {
        Self::over(Source::Own(text))
    }

    fn over(text: Source) -> Self {
        assert!(
            text.len() <= Self::MAX_BYTES,
            "a view holds at most 2 GiB of text, not {} bytes",
            text.len()
        );
        let lines = Lines::new(&text);
        let layout = Layout::of(&text, &lines);
        Self {
            source: text,
            lines,
            layout,
            words: OnceLock::new(),
            vocabulary: OnceLock::new(),
            breaks: OnceLock::new(),
            squeezed: OnceLock::new(),
            with_layout: OnceLock::new(),
            pages: OnceLock::new(),
        }
    }

    /// The words, read when first asked for: lines and pages need none.
    fn text_words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(&self.source, &self.layout))
    }

    /// The exact text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// All words in order of their first byte, those of running heads too.
    pub fn words(&self) -> &[Word] {
        &self.text_words().words
    }

    /// A word as read: broken words rejoined, the hyphen kept where the text
    /// elsewhere keeps it.
    #[inline]
    pub fn word_text(&self, word: &Word) -> Cow<'_, str> {
        match word.broken {
            true => word_text(&self.source, word, self.breaks()),
            false => Cow::Borrowed(&self.source()[word.range()]),
        }
    }

    /// The key by which words are compared (FORMAT 16): case kept, hyphens
    /// and breaks between letters dropped, quotes and dashes straightened,
    /// NFC. Equal keys: the same word.
    pub fn key(&self, word: &Word) -> &str {
        self.text_words().key(&self.source, word)
    }

    /// The different keys of the text as numbers, and the number of each of
    /// [`View::words`]; found when first asked for.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Vocabulary::of(&self.source, self.text_words()))
    }

    /// Whether the [`View::vocabulary`] is there already.
    pub fn is_numbered(&self) -> bool {
        self.vocabulary.get().is_some()
    }

    /// The key with this number of the [`View::vocabulary`].
    pub fn key_of(&self, number: u32) -> &str {
        self.vocabulary().key(&self.source, self.text_words(), number)
    }

    /// The number in the [`View::vocabulary`] of the key that has this number
    /// in the one of another view, if it is there.
    pub fn number_like(&self, other: &View, number: u32) -> Option<u32> {
        let key = other.packed_of(number);
        let same = |n: u32| self.key_of(n) == other.key_of(number);
        self.vocabulary().get(key, same)
    }

    /// The key with this number, packed for a [`super::KeyTable`].
    pub fn packed_of(&self, number: u32) -> Packed {
        let words = self.text_words();
        words.packed(&self.source, &words.words[self.vocabulary().first(number)])
    }

    /// Decides now what the first broken word that is read would need: which
    /// hyphens the text elsewhere keeps.
    pub fn prepare_reading(&self) {
        self.breaks();
    }

    /// The broken places of words, and what becomes of their hyphens.
    fn breaks(&self) -> &[Break] {
        self.breaks
            .get_or_init(|| hyphens::decided(&self.source, self.text_words(), self.vocabulary()))
    }

    /// The indexes, in [`View::words`], of the words that share a byte with
    /// `range` (running heads included).
    pub fn words_in(&self, range: Range<usize>) -> Range<usize> {
        let words = self.words();
        let mut from = words.partition_point(|w| (w.end as usize) <= range.start);
        // Words of a head end before the word that is broken over it does.
        while from > 0 && words[from - 1].end as usize > range.start {
            from -= 1;
        }
        let mut back = from;
        while back > 0 && words[back - 1].layout {
            back -= 1;
        }
        if back > 0 && words[back - 1].end as usize > range.start {
            from = back - 1;
        }
        from..words.partition_point(|w| (w.start as usize) < range.end).max(from)
    }

    /// The index of the first word that begins at `byte` or after it, looked
    /// for from the one that was found last; for callers that ask in order.
    pub fn word_near(&self, byte: usize, last: &mut usize) -> usize {
        let words = self.words();
        *last = partition_near(words.len(), *last, |k| (words[k].start as usize) < byte);
        *last
    }

    /// The lines of the text.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The printed pages, with their numbers, as far as the text shows them;
    /// found when first asked for.
    pub fn pages(&self) -> &Pages {
        self.pages.get_or_init(|| Pages::of(&self.source, &self.lines, &self.layout))
    }

    /// First byte of each line that looks like the start of a printed page,
    /// in order; empty where there is none. [`View::pages`] weighs them.
    pub fn page_starts(&self) -> &[u32] {
        &self.layout.page_starts
    }

    /// Byte ranges of running heads and page numbers, in order.
    pub fn layout(&self) -> &[Range<u32>] {
        &self.layout.heads
    }

    /// The folded text to search: without running heads first, then, where
    /// there are any, with them.
    pub fn streams(&self) -> impl Iterator<Item = &Squeezed> {
        [Some(self.folded()), self.folded_with_heads()].into_iter().flatten()
    }

    /// The folded text without running heads and page numbers.
    pub fn folded(&self) -> &Squeezed {
        self.squeezed.get_or_init(|| {
            let mut s = Squeezed::with_capacity(self.source.len());
            s.headless = true;
            let mut from = 0;
            for h in &self.layout.heads {
                s.push(&self.source[from..h.start as usize], from as u32);
                from = h.end as usize;
            }
            s.push(&self.source[from..], from as u32);
            s
        })
    }

    /// The folded text with running heads and page numbers; `None` where
    /// there are none.
    pub fn folded_with_heads(&self) -> Option<&Squeezed> {
        let fold = || (!self.layout.heads.is_empty()).then(|| Squeezed::of(&self.source));
        self.with_layout.get_or_init(fold).as_ref()
    }

    /// Bytes of memory held: the text, the words and what was folded so far.
    pub fn memory(&self) -> usize {
        let folded = [self.squeezed.get(), self.with_layout.get().and_then(Option::as_ref)];
        self.source.len()
            + self.lines.count() * 4
            + self.words.get().map_or(0, Words::memory)
            + self.vocabulary.get().map_or(0, Vocabulary::memory)
            + folded.into_iter().flatten().map(Squeezed::memory).sum::<usize>()
    }

    /// The source between two bytes without the running heads in it.
    pub(super) fn without_heads(&self, range: Range<usize>) -> Cow<'_, str> {
        let heads = &self.layout.heads;
        let mut next = heads.partition_point(|h| h.end as usize <= range.start);
        if heads.get(next).is_none_or(|h| h.start as usize >= range.end) {
            return Cow::Borrowed(&self.source[range]);
        }
        let (mut out, mut from) = (String::new(), range.start);
        while let Some(h) = heads.get(next).filter(|h| (h.start as usize) < range.end) {
            out.push_str(&self.source[from..(h.start as usize).max(from)]);
            from = (h.end as usize).min(range.end);
            next += 1;
        }
        out.push_str(&self.source[from..range.end]);
        Cow::Owned(out)
    }

    /// Whether the byte lies in a running head or page number.
    pub(super) fn in_head(&self, byte: usize) -> bool {
        let heads = &self.layout.heads;
        let next = heads.partition_point(|h| h.end as usize <= byte);
        heads.get(next).is_some_and(|h| h.start as usize <= byte)
    }

    pub(super) fn breaks_in(&self, word: &Word) -> &[Break] {
        if word.broken { breaks_in(self.breaks(), word) } else { &[] }
    }

    /// What stands between two words in the reading text.
    pub(super) fn separator(&self, before: &Word, after: &Word) -> &'static str {
        let range = before.end as usize..(after.start as usize).max(before.end as usize);
        let gap = &self.source[range.clone()];
        let ends = gap.matches('\n').count().max(gap.matches('\r').count());
        if ends < 2 {
            return " ";
        }
        // A head between: a paragraph ends there only if a sentence does.
        let head = self.layout.heads.partition_point(|h| (h.end as usize) <= range.start);
        if self.layout.heads.get(head).is_some_and(|h| (h.start as usize) < range.end) {
            let ended = self.source[..before.end as usize]
                .ends_with(['.', '!', '?', ':', ';', '…', '\'', '"', '’', '”', '»', ')', ']']);
            return if ended { "\n\n" } else { " " };
        }
        "\n\n"
    }
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View")
            .field("bytes", &self.source.len())
            .field("lines", &self.lines.count())
            .field("words", &self.words().len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::char::is_combining_mark;

    /// Own words; the shape of a printed book: pages, heads, broken words.
    const BOOK: &str = "\
 On Ferries

The ferry left at noon, and the ferry-
man counted the passen-
gers twice. A half-
 hour later the wind turned; nobody on deck had expect-

On Ferries
 ed it. He held the log-book, wrote \u{2018}wind N\u{2013}W\u{2019} and the half-hour, and
waited.

Th e second day, 5-
7 boats, was like the fi rst.
";

    fn view(text: &str) -> View {
        View::new(text.into())
    }

    #[test]
    fn a_book_is_read_whole() {
        let v = view(BOOK);
        let read = v.reading(0..BOOK.len());
        assert_eq!(
            read,
            "On Ferries\n\nThe ferry left at noon, and the ferryman counted the passengers twice. A half-hour later \
             the wind turned; nobody on deck had expected it. He held the log-book, wrote \u{2018}wind N\u{2013}W\u{2019} \
             and the half-hour, and waited.\n\nTh e second day, 5-7 boats, was like the fi rst."
        );
        assert_eq!(v.layout().len(), 1);
        assert_eq!(v.page_starts().len(), 2);
        let keys: Vec<_> = v.words().iter().filter(|w| w.broken).map(|w| v.key(w)).collect();
        assert_eq!(keys, ["ferryman", "passengers", "halfhour", "expected", "5-7"]);
        assert_eq!(v.words().iter().filter(|w| w.layout).count(), 2);
    }

    #[test]
    fn line_breaks_do_not_change_the_words() {
        let keys = |t: &str| {
            let v = view(t);
            v.words().iter().map(|w| v.key(w).to_owned()).collect::<Vec<_>>()
        };
        let a = keys("the half-\r\nhour and two- and three-deckers \u{2018}so\u{2019}\u{a0}on");
        assert_eq!(a, keys("the half-hour and two-\nand three-deckers 'so' on"));
        assert_eq!(a, keys("the half- hour and two- and three\u{2010}deckers\n\n'so'\non"));
        assert_ne!(keys("5-7 days"), keys("57 days"));
        assert_ne!(keys("The"), keys("the"));
        assert_eq!(keys("a \u{2013} b"), ["a", "-", "b"]);
        assert_eq!(keys("one-\n\ntwo"), ["one-", "two"]);
    }

    #[test]
    fn what_a_reader_types_is_found() {
        let v = view(BOOK);
        let found = |q: &str| v.find(q).into_iter().map(|r| &BOOK[r]).collect::<Vec<_>>();
        assert_eq!(found("ferryman counted"), ["ferry-\nman counted"]);
        assert_eq!(found("ferry-man counted"), ["ferry-\nman counted"]);
        assert_eq!(found("FERRY- man counted"), ["ferry-\nman counted"]);
        assert_eq!(found("man counted"), ["man counted"]);
        assert_eq!(found("erryman counted"), Vec::<&str>::new());
        assert_eq!(found("had expected it."), ["had expect-\n\nOn Ferries\n ed it."]);
        assert_eq!(found("had expect- On Ferries ed it"), ["had expect-\n\nOn Ferries\n ed it"]);
        assert_eq!(found("wrote \"wind N-W\" and"), ["wrote \u{2018}wind N\u{2013}W\u{2019} and"]);
        assert_eq!(found("The second day, 5-7 boats"), ["Th e second day, 5-\n7 boats"]);
        // At a line end the hyphen may be the printer's.
        assert_eq!(found("second day, 57 boats"), ["second day, 5-\n7 boats"]);
        assert!(view("day 5-7").find("day 57").is_empty());
        assert_eq!(found("like the first."), ["like the fi rst."]);
        assert_eq!(found("").len() + found("...").len(), 0);
        assert_eq!(found("half-hour").len(), 2);
    }

    /// Any characters, with those that matter here more often.
    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(
            prop_oneof![
                4 => "[a-eA-C]{1,4}",
                2 => Just(" ".to_owned()),
                2 => Just("-\n".to_owned()),
                2 => Just("\n\n".to_owned()),
                2 => Just("\n ".to_owned()),
                1 => Just("\n\nHead\n ".to_owned()),
                1 => "[-\u{ad}\u{a0}0-9.,'\u{2019}\u{2014}\r\u{c}]",
                1 => "[a-z]\u{301}[a-z]",
                // A mark with no letter under it is no word that a reader types.
                1 => "\\PC{1,3}".prop_map(|s| s.replace(is_combining_mark, "")),
            ],
            0..60,
        )
        .prop_map(|v| v.concat())
    }

    proptest! {
        #[test]
        fn maps_are_monotone_and_exact(t in text(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
            let v = view(&t);
            let (a, b) = (a.index(t.len() + 1), b.index(t.len() + 1));
            let r = v.read(a.min(b)..a.max(b));
            let mut last = 0;
            for byte in 0..=t.len() {
                let at = r.from_source(byte);
                prop_assert!(at >= last && at <= r.text().len());
                last = at;
            }
            let mut last = 0;
            for at in 0..r.text().len() {
                let byte = r.to_source(at);
                prop_assert!(byte >= last && byte <= t.len());
                last = byte;
                if !r.text().as_bytes()[at].is_ascii_whitespace() {
                    prop_assert_eq!(t.as_bytes()[byte], r.text().as_bytes()[at]);
                    prop_assert_eq!(r.from_source(byte), at);
                }
            }
        }

        #[test]
        fn words_cover_all_but_space(t in text()) {
            let v = view(&t);
            let mut covered = vec![false; t.len()];
            let mut last = 0;
            for w in v.words() {
                prop_assert!(w.start >= last && w.start < w.end);
                last = w.start;
                prop_assert!(!v.key(w).is_empty() && !v.word_text(w).is_empty());
                covered[w.start as usize..w.end as usize].fill(true);
            }
            for (i, c) in t.char_indices() {
                prop_assert!(covered[i] || c.is_whitespace(), "byte {} of {:?}", i, t);
            }
            for (i, w) in v.words().iter().enumerate() {
                prop_assert!(v.words_in(w.start as usize..w.end as usize).contains(&i));
            }
        }

        /// What is read is found where it was read, or at a place that reads
        /// the same.
        #[test]
        fn readings_are_found(t in text(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
            let v = view(&t);
            prop_assume!(!v.words().is_empty());
            let (a, b) = (a.index(v.words().len()), b.index(v.words().len()));
            let (a, b) = (v.words()[a.min(b)], v.words()[a.max(b)]);
            let span = a.start as usize..(b.end as usize).max(a.end as usize);
            let quote = v.reading(span.clone());
            prop_assume!(!super::super::squeeze(&quote).is_empty());
            let found = v.find(&quote);
            let same = |r: &Range<usize>| super::super::squeeze(&v.reading(r.clone())) == super::super::squeeze(&quote);
            prop_assert!(found.iter().any(same) || found.len() == PLACES, "{:?} of {:?}: {:?}", quote, t, found);
        }
    }
    const PLACES: usize = super::super::PLACES_MAX;
}
