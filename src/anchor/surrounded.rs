//! A stored selector where only the new text is at hand: its words were edited,
//! but what stood before and after it is known too.
//!
//! Prefix, quotation and suffix are aligned as one ([`super::alike`]), so that
//! the surroundings hold the quotation in its place even where many of its
//! words were changed. A place is the answer when
//!
//! - half of the quotation's words stand there, and half of the surrounding
//!   words round it; or fewer, down to a fifth, when the nearest words on both
//!   sides stand close round them: then it is damaged;
//! - no number or abbreviation stands there for another one, which tells two
//!   articles or drafts apart;
//! - no other place has seven tenths as many of all these words: of two copies of
//!   one document, edited each by itself, chance decides which looks more like it.
//!
//! Without such surroundings it counts no more than a quotation alone. The span
//! goes from the first word of the quotation that stands to the last.

use std::ops::Range;

use super::align::align;
use super::alike::{Aligned, CELLS, Quoted, Stream, char_len, codes, raw};
use super::locate::{Candidate, Locator, Resolution};
use crate::text::{Pattern, squeeze};

/// A quotation of fewer words that stands elsewhere stands there by chance.
const CHANCE: usize = 8;

/// Words of a window that are aligned with a quotation at most.
const WINDOW: usize = 4000;

/// A stretch judged as the place of a selector.
pub(super) struct Judged {
    pub span: Range<usize>,
    /// Words of the quotation, and how many of them stand.
    words: usize,
    pub same: usize,
    /// Foreign words between them.
    added: usize,
    /// Words round the quotation, and how many of them stand.
    around: usize,
    near: usize,
    /// The words next to the quotation stand on both sides.
    held: bool,
    codes: bool,
}

impl Judged {
    pub fn score(&self) -> f64 {
        (self.same as f64 / (self.words + self.added) as f64).min(0.99)
    }

    fn is_answer(&self) -> bool {
        let surrounded = self.near * 2 >= self.around && self.near >= 2.min(self.around);
        self.same > 0 && surrounded && self.stands() && !self.codes
    }

    /// What is wrong there, in words.
    pub fn damaged(&self) -> usize {
        self.words - self.same + self.added
    }

    /// Half of the quotation stands there, and two fifths of all: enough where it
    /// is known that it should stand there.
    pub fn is_likely(&self) -> bool {
        let all = self.words + self.around;
        self.same * 2 >= self.words && (self.same + self.near) * 5 >= all * 2
    }

    /// Half of the quotation stands there, or less between its neighbours.
    fn stands(&self) -> bool {
        self.same * 2 >= self.words || (self.held && self.same * 5 >= self.words)
    }

    pub fn candidate(&self) -> Candidate {
        Candidate { span: self.span.clone(), score: self.score() }
    }
}

impl Locator<'_> {
    /// The answer for a selector whose words stand nowhere as they were.
    pub(super) fn surrounded(&self, quote: &str, prefix: &str, suffix: &str) -> Resolution {
        let mut judged = self.judged(quote, prefix, suffix, &self.stream());
        if let Some(with) = self.stream_with_heads()
            && judged.first().is_none_or(|j| !j.is_answer())
        {
            judged.extend(self.judged(quote, prefix, suffix, &with));
        }
        let all = |j: &Judged| j.same + j.near;
        judged.sort_by_key(|j| std::cmp::Reverse(all(j)));
        let Some(best) = judged.first() else { return Resolution::Lost { nearest: None } };
        if !best.is_answer() {
            // Its words may have been moved away from their surroundings.
            return self.alike(&Pattern::new(quote));
        }
        let apart = |j: &&Judged| j.span.end <= best.span.start || best.span.end <= j.span.start;
        let close = |j: &&Judged| apart(j) && all(j) * 10 >= all(best) * 7;
        let rivals: Vec<Candidate> =
            judged[1..].iter().filter(close).map(Judged::candidate).collect();
        if !rivals.is_empty() {
            let places = [best.candidate()].into_iter().chain(rivals).collect();
            return Resolution::Ambiguous { places, more: false };
        }
        let damaged = best.damaged();
        let rivals = judged[1..].iter().filter(apart).take(4).map(Judged::candidate).collect();
        Resolution::Fuzzy { span: best.span.clone(), score: best.score(), damaged, rivals }
    }

    /// The answer for a selector that stands equal in one place: there, unless
    /// the surroundings are others, or another place is nearly as like.
    pub(super) fn among(
        &self,
        span: Range<usize>,
        quote: &str,
        prefix: &str,
        suffix: &str,
        hint_byte: Option<usize>,
    ) -> Resolution {
        let (before, after) = (squeeze(prefix), squeeze(suffix));
        let known = before.len() + after.len();
        let shared = self.shared_context(&span, before.as_bytes(), after.as_bytes());
        if shared * 4 >= known * 3 || hint_byte == Some(span.start) {
            return Resolution::Exact(span);
        }
        let judged = self.judged(quote, prefix, suffix, &self.stream());
        let here = |j: &&Judged| j.span.start < span.end && span.start < j.span.end;
        let all = |j: &Judged| j.same + j.near;
        let (own, elsewhere): (Vec<&Judged>, Vec<&Judged>) = judged.iter().partition(here);
        let most = own.iter().map(|j| all(j)).max().unwrap_or(0);
        // It may have been edited there, and stand here for another reason.
        let close = |j: &&Judged| all(j) * 10 >= most * 7 && j.stands();
        if let Some(rival) = elsewhere.into_iter().filter(close).max_by_key(|j| all(j)) {
            let places = vec![Candidate { span, score: 1.0 }, rival.candidate()];
            return Resolution::Ambiguous { places, more: false };
        }
        match own.iter().any(|j| j.near * 3 >= j.around) {
            true => Resolution::Exact(span),
            false if quote.split_whitespace().count() >= CHANCE => Resolution::Moved(span),
            false => Resolution::Lost { nearest: Some(Candidate { span, score: 1.0 }) },
        }
    }

    /// How a selector fits the words that begin in the bytes `window`, and
    /// those after them; nothing is looked for elsewhere.
    pub(super) fn judged_within(
        &self,
        quote: &str,
        [prefix, suffix]: [&str; 2],
        window: Range<usize>,
    ) -> Option<Judged> {
        let stream = self.stream();
        let (pattern, letters) = whole(quote, prefix, suffix);
        if letters.is_empty() || stream.tokens.len() == 0 {
            return None;
        }
        let quoted = Quoted::of(&pattern);
        let word = |byte: usize| stream.tokens.index_at(stream.folded.index_of(byte));
        let (from, to) = (word(window.start), word(window.end) + 1);
        if to - from > WINDOW || (to - from) * quoted.words.len() > CELLS {
            return None;
        }
        let found = align(&quoted.words, &stream.words(from..to), to - from)?;
        self.judge(quote, &quoted, &letters, &stream, &Aligned { from, found })
    }

    fn judged(&self, quote: &str, prefix: &str, suffix: &str, stream: &Stream<'_>) -> Vec<Judged> {
        let (pattern, letters) = whole(quote, prefix, suffix);
        if letters.is_empty() {
            return Vec::new();
        }
        let quoted = Quoted::of(&pattern);
        let aligned = self.aligned(&quoted, stream);
        aligned.iter().filter_map(|a| self.judge(quote, &quoted, &letters, stream, a)).collect()
    }

    fn judge(
        &self,
        quote: &str,
        quoted: &Quoted<'_>,
        letters: &Range<usize>,
        stream: &Stream<'_>,
        aligned: &Aligned,
    ) -> Option<Judged> {
        let (tokens, found) = (&quoted.tokens, &aligned.found);
        let (first, last) = (tokens.index_at(letters.start), tokens.index_at(letters.end - 1));
        let inside = |q: usize| (first..=last).contains(&q);
        // Pairs come from the end to the beginning.
        let pairs: Vec<(usize, usize)> = found.pairs.iter().rev().copied().collect();
        let own: Vec<(usize, usize)> = pairs.iter().copied().filter(|p| inside(p.0)).collect();
        let (&(q0, t0), &(q1, t1)) = (own.first()?, own.last()?);
        let others = found.others.iter().filter(|p| inside(p.0));
        let between = t1 - t0 + 1;
        let replaced = others.clone().filter(|p| (t0..=t1).contains(&p.1)).count();
        let codes = others
            .clone()
            .any(|&(q, t)| codes(self.view.source(), quoted, stream, q, aligned.from + t));
        let near = pairs.len() - own.len();
        let reach = |q: usize, t: usize, by: usize| {
            pairs.iter().any(|p| p.0.abs_diff(q) <= by && !inside(p.0) && p.1.abs_diff(t) <= by + 2)
        };
        let held = reach(q0, t0, q0 - first + 3) && reach(q1, t1, last - q1 + 3);
        let mut span =
            self.edges(quote, quoted, letters, stream, aligned.from, [(q0, t0), (q1, t1)]);
        // Others come from the end to the beginning, too.
        let half = |&(q, t): &(usize, usize)| {
            self.half(quoted, letters, stream, q, aligned.from + t, q > q1)
        };
        if let Some(at) = others.clone().rev().filter(|p| p.0 < q0).find_map(half) {
            span.start = at.min(span.start);
        }
        if let Some(at) = others.filter(|p| p.0 > q1).find_map(half) {
            span.end = at.max(span.end);
        }
        Some(Judged {
            span,
            words: last - first + 1,
            same: own.len(),
            added: between.saturating_sub(own.len() + replaced),
            around: quoted.words.len() - (last - first + 1),
            near,
            held,
            codes,
        })
    }

    /// Where the quotation has a word broken over lines, or only a half of one,
    /// beyond those that stand, and the text has that half: the byte where the
    /// half begins, or `at_end` where it ends.
    fn half(
        &self,
        quoted: &Quoted<'_>,
        letters: &Range<usize>,
        stream: &Stream<'_>,
        q: usize,
        t: usize,
        at_end: bool,
    ) -> Option<usize> {
        let (pattern, source, all) = (quoted.pattern, self.view.source(), quoted.tokens.range(q));
        let own = all.start.max(letters.start)..all.end.min(letters.end);
        let quote = raw(pattern.quote(), pattern.folded(), own.clone());
        let pieces = |word: &str| -> Vec<String> { word.split_whitespace().map(squeeze).collect() };
        let halves = pieces(quote);
        let near = if at_end {
            [Some(t + 1).filter(|&t| t < stream.tokens.len()), Some(t)]
        } else {
            [t.checked_sub(1), Some(t)]
        };
        near.into_iter().flatten().find_map(|t| {
            let range = stream.tokens.range(t);
            let (from, word) =
                (stream.folded.source_at(range.start), raw(source, stream.folded, range));
            let stands = |piece: &&str| {
                let piece = squeeze(piece);
                piece.len() > 1 && halves.contains(&piece)
            };
            let broken = word.contains(char::is_whitespace);
            if !broken && halves.len() < 2 && own == all {
                return None;
            }
            let mut found = word.split_whitespace().filter(stands);
            let piece = if at_end { found.next_back() } else { found.next() }?;
            let start = from + (piece.as_ptr() as usize - word.as_ptr() as usize);
            let end = start + piece.len();
            let after = source[end..].find(char::is_whitespace);
            Some(if at_end { after.map_or(source.len(), |at| end + at) } else { start })
        })
    }

    /// The bytes from one word to another: of the quotation's own first and
    /// last letters where these words stand, else whole words.
    fn edges(
        &self,
        quote: &str,
        quoted: &Quoted<'_>,
        letters: &Range<usize>,
        stream: &Stream<'_>,
        from: usize,
        [(q0, t0), (q1, t1)]: [(usize, usize); 2],
    ) -> Range<usize> {
        let (source, folded) = (self.view.source(), stream.folded);
        let (a, b) = (quoted.tokens.range(q0), quoted.tokens.range(q1));
        let (x, y) = (stream.tokens.range(from + t0), stream.tokens.range(from + t1));
        let begins = a.start <= letters.start;
        let ends = letters.end <= b.end;
        let start =
            folded.source_at(x.start + letters.start.saturating_sub(a.start).min(x.len() - 1));
        let last = y.end - 1 - b.end.saturating_sub(letters.end).min(y.len() - 1);
        let last = folded.source_at(last);
        let end = last + char_len(source, last);
        // A word stands between spaces, with its marks; of the quotation's own
        // ends only those that it has.
        let before = source[..start].rfind(char::is_whitespace);
        let before = before.map_or(0, |at| at + char_len(source, at));
        let after = source[end..].find(char::is_whitespace).map_or(source.len(), |at| end + at);
        let pattern = Pattern::new(quote);
        let (marked, _) = pattern.with_end_marks(self.view, folded, start..end);
        let start = if begins { marked.start } else { before.min(start) };
        let end = if ends { marked.end } else { after.max(end) };
        start..end.max(start)
    }
}

/// What is aligned: the quotation between its surroundings, and which of the
/// letters are its own.
fn whole(quote: &str, prefix: &str, suffix: &str) -> (Pattern, Range<usize>) {
    let from = squeeze(prefix).len();
    (Pattern::new(&[prefix, quote, suffix].concat()), from..from + squeeze(quote).len())
}
