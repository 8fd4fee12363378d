//! Judges how well a quotation fits one place of a text whose letters and
//! digits it matches (folded, see [`super::squeeze`]).
//!
//! The quotation and the place are walked letter by letter, and what stands
//! between two letters (a *gap*) is compared:
//!
//! - Spaces of any kind and number are one space; running heads are no gap
//!   text where the quotation leaves them out. Quotation marks of all kinds
//!   are one mark, dashes of all kinds one dash, "…" is "...". Invisible
//!   characters count for nothing.
//! - A hyphen, with or without space after it, equals nothing at all between
//!   letters: broken words and compounds. Beside a digit it does not.
//! - A space inside a split ligature ("Th e", "eff orts") equals nothing.
//! - Everything else must be the same: "equal in the view". Case and
//!   look-alike letters never matter. Accents, punctuation and where words
//!   end do: a place that differs only there fits, but is not equal.
//!
//! The span also takes in the punctuation at the ends of the quotation, where
//! the text has it. Linear in the quotation.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::squeeze::{Squeezed, is_letter};
use super::view::View;

/// Most places that a search names; a quotation that fits more often says
/// nothing anyway.
pub const PLACES_MAX: usize = 1000;

/// A quotation, prepared for matching.
#[derive(Debug, Clone)]
pub struct Pattern {
    quote: String,
    folded: Squeezed,
}

/// How a quotation fits one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// Bytes of the source, with the punctuation at the quotation's ends.
    pub span: Range<usize>,
    /// Places between letters where accents differ.
    pub accents: usize,
    /// Places where punctuation differs.
    pub punctuation: usize,
    /// Places where one has a word boundary and the other has none.
    pub boundaries: usize,
    /// Letters that differ in case.
    pub case: usize,
    /// Both ends are ends of words, not of parts of compounds.
    pub whole_words: bool,
}

impl Fit {
    /// Equal in the view.
    pub fn is_equal(&self) -> bool {
        self.accents == 0 && self.punctuation == 0 && self.boundaries == 0
    }
}

impl View {
    /// All places that equal `quote` in the view, as byte spans of the
    /// source, in order: see the head of this file for what equal means. At most
    /// [`PLACES_MAX`]. A linear search; `anchor::Locator` has an index.
    pub fn find(&self, quote: &str) -> Vec<Range<usize>> {
        let pattern = Pattern::new(quote);
        let mut out: Vec<Range<usize>> = Vec::new();
        for stream in self.streams() {
            if pattern.is_empty() {
                break;
            }
            let mut from = 0;
            while let Some(at) = stream.text()[from..].find(pattern.letters()).map(|at| from + at) {
                if let Some(fit) = pattern.fit(self, stream, at)
                    && fit.is_equal()
                {
                    out.push(fit.span);
                }
                if out.len() >= PLACES_MAX {
                    break;
                }
                // Places of a short quotation may overlap. For a long one a
                // search from the next letter would be quadratic.
                from = at + if pattern.letters().len() > 64 { pattern.letters().len() } else { 1 };
                while !stream.text().is_char_boundary(from) {
                    from += 1;
                }
            }
        }
        out.sort_unstable_by_key(|r| (r.start, r.end));
        out.dedup();
        out
    }
}

impl Pattern {
    /// Prepares a quotation as typed.
    pub fn new(quote: &str) -> Self {
        let quote = quote.trim().to_owned();
        let folded = Squeezed::of(&quote);
        Self { quote, folded }
    }

    /// The quotation without the spaces round it.
    pub fn quote(&self) -> &str {
        &self.quote
    }

    /// The folded quotation, with its map to [`Pattern::quote`].
    pub fn folded(&self) -> &Squeezed {
        &self.folded
    }

    /// The folded letters and digits to search a [`Squeezed`] text for.
    pub fn letters(&self) -> &str {
        self.folded.text()
    }

    /// No letter and no digit: nothing to match.
    pub fn is_empty(&self) -> bool {
        self.folded.text().is_empty()
    }

    /// Judges the place in `stream` (one of [`View::streams`]) whose folded
    /// text at byte `at` begins with [`Pattern::letters`]. `None` when the
    /// place begins or ends inside a word.
    pub fn fit(&self, view: &View, stream: &Squeezed, at: usize) -> Option<Fit> {
        let source = view.source();
        let (qmap, tmap) = (self.folded.map(), &stream.map()[at..at + self.folded.text().len()]);
        let (first, last) = (*tmap.first()? as usize, *tmap.last()? as usize);
        let end = past_marks(source, last + char_len(source, last));
        // A character that folds to several letters is matched whole or not.
        let torn =
            |i: usize| i > 0 && stream.map().get(i).is_some_and(|&m| m == stream.map()[i - 1]);
        if torn(at) || torn(at + tmap.len()) || !is_edge(source, first, end) {
            return None;
        }
        let mut fit = Fit {
            span: first..end,
            accents: 0,
            punctuation: 0,
            boundaries: 0,
            case: 0,
            whole_words: is_whole(source, first, end),
        };
        for i in 0..tmap.len() {
            let (q, t) = (qmap[i] as usize, tmap[i] as usize);
            let (qc, tc) = (char_at(&self.quote, q), char_at(source, t));
            let (q_end, t_end) = (q + qc.len_utf8(), t + tc.len_utf8());
            let (q_next, t_next) = match i + 1 < tmap.len() {
                true => ((qmap[i + 1] as usize).max(q_end), (tmap[i + 1] as usize).max(t_end)),
                false => (q_end, t_end),
            };
            let marked = |text: &str, at: usize| at < text.len() && !text.as_bytes()[at].is_ascii();
            if qc != tc || marked(&self.quote, q_end) || marked(source, t_end) {
                self.judge_letter(&mut fit, (qc, tc), &self.quote[q_end..], &source[t_end..]);
            }
            if q_next == q_end && t_next == t_end {
                continue;
            }
            self.judge_between(&mut fit, view, stream, (q_end, q_next), (t_end, t_next));
        }
        let (span, lost) = self.with_end_marks(view, stream, fit.span);
        fit.span = span;
        fit.punctuation += lost;
        Some(fit)
    }

    /// Whether the same stands before the letter `q` of the folded quotation
    /// and before the letter `t` of `stream`. Both have a letter before.
    pub fn same_gap(&self, view: &View, stream: &Squeezed, q: usize, t: usize) -> bool {
        let end = |text: &str, at: usize| at + char_len(text, at);
        let mut fit = Fit {
            span: 0..0,
            accents: 0,
            punctuation: 0,
            boundaries: 0,
            case: 0,
            whole_words: true,
        };
        let quoted = (end(&self.quote, self.folded.source_at(q - 1)), self.folded.source_at(q));
        let standing = (end(view.source(), stream.source_at(t - 1)), stream.source_at(t));
        self.judge_between(&mut fit, view, stream, quoted, standing);
        fit.is_equal()
    }

    fn judge_between(
        &self,
        fit: &mut Fit,
        view: &View,
        stream: &Squeezed,
        q: (usize, usize),
        t: (usize, usize),
    ) {
        let source = view.source();
        let (q_gap, t_gap) = (&self.quote[q.0..q.1], &source[t.0..t.1]);
        if q_gap == t_gap {
            return;
        }
        let cleaned = if stream.headless { view.without_heads(t.0..t.1) } else { t_gap.into() };
        let before = source[..t.0].chars().next_back().unwrap_or(' ');
        judge_gap(
            fit,
            q_gap,
            &cleaned,
            before,
            char_at(source, t.1),
            &source[..t.0],
            &source[t.1..],
        );
    }

    fn judge_letter(&self, fit: &mut Fit, (q, t): (char, char), q_after: &str, t_after: &str) {
        let marks = |c: char, after: &str| -> Vec<char> {
            let own = std::iter::once(c).nfd().filter(|&m| is_combining_mark(m));
            own.chain(after.chars().take_while(|&m| is_combining_mark(m))).collect()
        };
        fit.accents += usize::from(marks(q, q_after) != marks(t, t_after));
        fit.case += usize::from(q.is_uppercase() != t.is_uppercase());
    }

    /// The span of the letters of this quotation, widened by the punctuation
    /// at the quotation's two ends as far as the text has it, and at how many
    /// of the ends it has not. Quotation marks round the whole are no loss.
    pub fn with_end_marks(
        &self,
        view: &View,
        stream: &Squeezed,
        letters: Range<usize>,
    ) -> (Range<usize>, usize) {
        let mut span = letters;
        let skipped = |at: usize| stream.headless && view.in_head(at);
        let source = view.source();
        let map = self.folded.map();
        let q_first = map[0] as usize;
        let q_last = map[map.len() - 1] as usize;
        let q_end = q_last + char_len(&self.quote, q_last);

        let ignored = |c: char| is_space(c) || is_combining_mark(c);
        let head: Vec<char> = plain(&self.quote[..q_first]).filter(|&c| !ignored(c)).collect();
        let mut left = head.len();
        for (i, c) in source[..span.start].char_indices().rev().take(256 + 4 * head.len()) {
            if left == 0 {
                break;
            }
            let mut buf = [0; 4];
            let units: Vec<char> = plain(c.encode_utf8(&mut buf)).collect();
            if units.iter().all(|&u| ignored(u)) || skipped(i) {
                continue;
            }
            if units.len() > left || head[left - units.len()..left] != units[..] {
                break;
            }
            left -= units.len();
            span.start = i;
        }
        // Marks that the reader put round the whole quotation are no matter.
        let head_lost = head[..left].iter().any(|&c| c != '\'');

        let tail: Vec<char> = plain(&self.quote[q_end..]).filter(|&c| !ignored(c)).collect();
        let mut done = 0;
        let from = span.end;
        for (i, c) in source[from..].char_indices().take(256 + 4 * tail.len()) {
            if done == tail.len() {
                break;
            }
            let mut buf = [0; 4];
            let units: Vec<char> = plain(c.encode_utf8(&mut buf)).collect();
            if units.iter().all(|&u| ignored(u)) || skipped(from + i) {
                continue;
            }
            if !tail[done..].starts_with(&units) {
                break;
            }
            done += units.len();
            span.end = from + i + c.len_utf8();
        }
        let tail_lost = tail[done..].iter().any(|&c| c != '\'');
        (span, usize::from(head_lost) + usize::from(tail_lost))
    }
}

/// Compares what stands between two letters.
fn judge_gap(
    fit: &mut Fit,
    quote: &str,
    text: &str,
    before: char,
    after: char,
    left: &str,
    right: &str,
) {
    let (q, t) = (Gap::of(quote), Gap::of(text));
    if q == t {
        return;
    }
    // At a line end, beside a digit too: there the hyphen may be the printer's.
    let digits = (before.is_numeric() || after.is_numeric()) && !text.contains(['\n', '\r']);
    if q.marks == t.marks && q.marks.is_empty() {
        // One has a space, the other nothing.
        if !splits_ligature(left, right) {
            fit.boundaries += 1;
        }
        return;
    }
    let dash = |g: &Gap| g.marks == "-";
    if dash(&q) && dash(&t) {
        return;
    }
    let soft = |g: &Gap| g.marks.is_empty() && !g.space || dash(g) && !g.space_before;
    if !digits && soft(&q) && soft(&t) {
        return;
    }
    if q.marks == t.marks && q.marks.contains('-') {
        return;
    }
    if (q.space || q.marks.contains('-')) == (t.space || t.marks.contains('-')) {
        fit.punctuation += 1;
    } else {
        fit.boundaries += 1;
    }
}

/// What stands between two letters, folded.
#[derive(PartialEq, Eq)]
struct Gap {
    /// Punctuation without the spaces.
    marks: String,
    space: bool,
    /// The space comes before the first mark.
    space_before: bool,
}

impl Gap {
    fn of(gap: &str) -> Self {
        let mut out = Self { marks: String::new(), space: false, space_before: false };
        for c in plain(gap) {
            if is_space(c) {
                out.space = true;
                out.space_before |= out.marks.is_empty();
            } else if !(is_combining_mark(c) || matches!(c, '-' | '\'') && out.marks.ends_with(c)) {
                out.marks.push(c);
            }
        }
        // Nothing follows from where the space stands round other marks.
        if out.marks != "-" {
            out.space_before = false;
        }
        out
    }
}

/// Punctuation folded: one quotation mark, one dash, no invisible characters.
fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(|c| {
        let (c, times) = match c {
            '"' | '`' | '´' | '‘'..='‟' | '′'..='‷' | '«' | '»' | '‹' | '›' => {
                ('\'', 1)
            }
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' => ('-', 1),
            '…' => ('.', 3),
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}' => (' ', 0),
            c if c.is_whitespace() => (' ', 1),
            c => (c, 1),
        };
        std::iter::repeat_n(c, times)
    })
}

fn is_space(c: char) -> bool {
    c == ' '
}

/// Whether a space between `left` and `right` is the one that a lost ligature
/// leaves: after "Th", or after f, ff, fi, ffi, fl, ffl, ft that belong to the
/// same word.
fn splits_ligature(left: &str, right: &str) -> bool {
    let end = |s: &str| left.ends_with(s);
    let ligature = end("Th") || end("f") || end("fi") || end("fl") || end("ft") || end("fj");
    // The space may stand in the quotation and not in the text.
    let trimmed = right.trim_start();
    ligature && trimmed.starts_with(|c: char| c.is_lowercase() || c == '-')
}

/// Both ends fall between words or parts of compounds.
fn is_edge(source: &str, start: usize, end: usize) -> bool {
    let before = source[..start].chars().rev().find(|&c| !is_combining_mark(c));
    let after = source[end..].chars().find(|&c| !is_combining_mark(c));
    !before.is_some_and(is_letter) && !after.is_some_and(is_letter)
}

/// Both ends fall between words: no letter follows after one mark.
fn is_whole(source: &str, start: usize, end: usize) -> bool {
    let inner = |c: Option<char>, beyond: Option<char>| {
        c.is_some_and(|c| !c.is_whitespace()) && beyond.is_some_and(char::is_alphanumeric)
    };
    let mut left = source[..start].chars().rev();
    let mut right = source[end..].chars();
    !inner(left.next(), left.next()) && !inner(right.next(), right.next())
}

/// The end of the combining marks at `at`.
fn past_marks(text: &str, at: usize) -> usize {
    at + text[at..].chars().take_while(|&c| is_combining_mark(c)).map(char::len_utf8).sum::<usize>()
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("a folded letter came from a character here")
}

fn char_len(text: &str, at: usize) -> usize {
    char_at(text, at).len_utf8()
}
