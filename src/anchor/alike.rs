//! The third step of a search: stretches of text that are like a quotation.
//!
//! Eight-letter pieces of the quotation vote for the diagonals of the text that
//! share them (every third piece of a long one: a run of eleven letters in
//! common still meets one); the best are aligned word by word, and those that
//! come near the best are looked at closely. The answer is `Fuzzy` only when
//! enough of the quotation stands there and no other place comes near; else
//! `Ambiguous` or `Lost`, with the nearest place for the message.
//!
//! Some tens of microseconds a quotation of thirty words; bounded by the number
//! of stretches, of hits and of cells.

use std::ops::Range;

use super::align::{Alignment, Key, align};
use super::grams::{Grams, PIECE, SURE};
use super::locate::{Candidate, Indexed, Locator, Resolution, grams};
use super::tokens::Tokens;
use crate::text::{Pattern, Squeezed};

/// Stretches of text that are aligned with a quotation.
pub(super) const STRETCHES: usize = 12;
/// A stretch with less than this share of the votes of the best is no rival.
const VOTES: f32 = 0.4;
/// An aligned stretch with less than this share of the best score is neither.
const CLOSE: f64 = 0.7;
/// A stretch that cannot have this share of the words of the best is not aligned.
const RIVAL: f64 = 0.6;
/// Letters from which on every third piece votes.
const LONG: usize = 96;
/// A piece that stands in more places than this says too little to vote.
const COMMON: usize = 48;
/// Words compared with words in one alignment, about.
pub(super) const CELLS: usize = 2 << 20;
/// Longest quotation, in words, that is aligned.
const ALIGN_MAX: usize = 20_000;
/// A place with this many wrong words more is no rival of the best.
const MARGIN: f64 = 1.0;

/// A quotation cut into words.
pub(super) struct Quoted<'q> {
    pub pattern: &'q Pattern,
    pub tokens: Tokens,
    pub words: Vec<Key<'q>>,
}

impl<'q> Quoted<'q> {
    pub fn of(pattern: &'q Pattern) -> Self {
        let tokens = Tokens::of(pattern.quote(), pattern.folded());
        let letters = pattern.letters().as_bytes();
        let words = (0..tokens.len()).map(|i| Key::of(&letters[tokens.range(i)])).collect();
        Self { pattern, tokens, words }
    }
}

/// The text that is searched, with or without its running heads.
pub(super) struct Stream<'l> {
    pub folded: &'l Squeezed,
    pub grams: &'l Grams,
    pub tokens: &'l Tokens,
}

impl<'l> Stream<'l> {
    /// Words of the text.
    pub fn words(&self, range: Range<usize>) -> Vec<Key<'l>> {
        let text = self.folded.text().as_bytes();
        range.map(|i| Key::of(&text[self.tokens.range(i)])).collect()
    }
}

/// The words of a quotation by their hashes, to count how many a stretch may
/// have: an upper bound that costs a look-up a word.
struct Known {
    /// Hash, how often it stands in the quotation (0: free), the stretch that
    /// has it.
    slots: Vec<(u32, u32, u32)>,
    stretch: u32,
}

impl Known {
    fn of(words: &[Key<'_>]) -> Self {
        let slots = vec![(0, 0, 0); (words.len() * 4).next_power_of_two()];
        let mut out = Self { slots, stretch: 0 };
        for word in words {
            let slot = out.slot(word.hash);
            out.slots[slot].0 = word.hash;
            out.slots[slot].1 += 1;
        }
        out
    }

    fn slot(&self, hash: u32) -> usize {
        let mut at = hash as usize & (self.slots.len() - 1);
        while self.slots[at].1 > 0 && self.slots[at].0 != hash {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    /// At least as many words of the quotation as stand in the stretch.
    fn may_have(&mut self, stretch: &[Key<'_>]) -> usize {
        self.stretch += 1;
        let mut sum = 0;
        for word in stretch {
            let slot = self.slot(word.hash);
            let (_, times, seen) = &mut self.slots[slot];
            if *seen != self.stretch {
                *seen = self.stretch;
                sum += *times as usize;
            }
        }
        sum
    }
}

/// A stretch that was aligned.
pub(super) struct Aligned {
    /// The first word of the stretch, to which the alignment counts.
    pub from: usize,
    pub found: Alignment,
}

/// An aligned stretch, looked at closely.
struct Like {
    span: Range<usize>,
    score: f64,
    /// Words of the quotation.
    words: usize,
    /// Places between words found where other punctuation stands.
    marks: usize,
    /// What differs looks like another passage and not like a slip.
    foreign: bool,
    found: Alignment,
}

impl<'v> Locator<'v> {
    /// The answer for a quotation of which no place has the letters.
    pub(super) fn alike(&self, pattern: &Pattern) -> Resolution {
        let quoted = Quoted::of(pattern);
        let mut likes = self.likes(&quoted, &self.stream());
        if let Some(with) = self.stream_with_heads()
            && likes.first().is_none_or(|l| !l.is_strong())
        {
            likes.extend(self.likes(&quoted, &with));
        }
        likes.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut kept: Vec<Like> = Vec::new();
        for l in likes {
            if !kept.iter().any(|k| k.span.start < l.span.end && l.span.start < k.span.end) {
                kept.push(l);
            }
        }
        let mut kept = kept.into_iter();
        let Some(best) = kept.next() else { return Resolution::Lost { nearest: None } };
        if !best.is_strong() {
            return Resolution::Lost { nearest: Some(best.candidate()) };
        }
        let rivals: Vec<Like> = kept.take(4).collect();
        let close = |r: &&Like| r.wrong() <= best.wrong() + MARGIN;
        let places: Vec<Candidate> =
            [&best].into_iter().chain(rivals.iter().filter(close)).map(Like::candidate).collect();
        if places.len() > 1 {
            return Resolution::Ambiguous { places, more: false };
        }
        let rivals = rivals.iter().map(Like::candidate).collect();
        let damaged = best.found.near + best.found.changed + best.found.dropped + best.found.added;
        Resolution::Fuzzy { span: best.span, score: best.score, damaged, rivals }
    }

    /// The text without running heads.
    pub(super) fn stream(&self) -> Stream<'_> {
        stream(self, self.view.folded(), &self.indexes.without_heads)
    }

    /// The text with them, where there are any.
    pub(super) fn stream_with_heads(&self) -> Option<Stream<'_>> {
        self.view.folded_with_heads().map(|f| stream(self, f, &self.indexes.with_heads))
    }

    /// The stretches that share most with a quotation, aligned with it. Those
    /// that cannot have [`RIVAL`] of the words that the best one has are left out.
    pub(super) fn aligned(&self, quoted: &Quoted<'_>, stream: &Stream<'_>) -> Vec<Aligned> {
        let words = &quoted.words;
        if words.len() > ALIGN_MAX {
            return Vec::new();
        }
        let (letters, text) = (quoted.pattern.letters(), stream.folded.text().as_bytes());
        let slack = 40 + letters.len() / 4;
        // Long quotations: a narrower band over fewer stretches.
        let band = (20 + words.len() / 6).min(CELLS / words.len().max(1));
        let most = if words.len() > 500 { 3 } else { STRETCHES };
        let mut known = Known::of(words);
        let mut stretches: Vec<(usize, usize, Vec<Key<'_>>)> = Vec::new();
        for diagonal in diagonals(stream.grams, text, letters.as_bytes()).into_iter().take(most) {
            let tokens = stream.tokens;
            let from = tokens.index_at(diagonal.saturating_sub(slack as i64).max(0) as usize);
            let to = tokens.index_at((diagonal.max(0) as usize) + letters.len() + slack) + 1;
            let stretch = stream.words(from..to);
            stretches.push((known.may_have(&stretch), from, stretch));
        }
        // Those that may have most first; in the end they stand as they were.
        let mut order: Vec<usize> = (0..stretches.len()).collect();
        order.sort_by_key(|&k| std::cmp::Reverse(stretches[k].0));
        let (mut best, mut out) = (0, Vec::new());
        for k in order {
            let (may, from, stretch) = &stretches[k];
            if (*may as f64) < RIVAL * best as f64 {
                break;
            }
            if let Some(found) = align(words, stretch, band) {
                best = best.max(found.same);
                out.push((k, Aligned { from: *from, found }));
            }
        }
        out.sort_by_key(|(k, _)| *k);
        out.into_iter().map(|(_, aligned)| aligned).collect()
    }

    fn likes(&self, quoted: &Quoted<'_>, stream: &Stream<'_>) -> Vec<Like> {
        let aligned = self.aligned(quoted, stream);
        let score = |a: &Aligned| a.found.score(quoted.words.len());
        let best = aligned.iter().map(score).fold(0.0, f64::max);
        let near = aligned.into_iter().filter(|a| score(a) >= CLOSE * best);
        near.map(|a| self.like(quoted, stream, a)).collect()
    }

    fn like(&self, quoted: &Quoted<'_>, stream: &Stream<'_>, aligned: Aligned) -> Like {
        let Aligned { from, mut found } = aligned;
        let Stream { folded, grams, tokens } = stream;
        let (pattern, words) = (quoted.pattern, &quoted.words);
        let source = self.view.source();
        let marks = found.pairs.windows(2).filter(|w| {
            let ((q, t), (q_before, t_before)) = (w[0], w[1]);
            let (q_at, t_at) = (quoted.tokens.range(q).start, tokens.range(from + t).start);
            q == q_before + 1
                && t == t_before + 1
                && !pattern.same_gap(self.view, folded, q_at, t_at)
        });
        let marks = marks.count();
        let codes = found.others.iter().any(|&(q, t)| codes(source, quoted, stream, q, from + t));
        let own_words = || {
            !found.others.is_empty()
                && found.others.iter().all(|&(q, _)| {
                    let said = around(&quoted.tokens, q);
                    let letters = &pattern.letters()[quoted.tokens.range(said.start).start
                        ..quoted.tokens.range(said.end - 1).end];
                    let stands =
                        |at: &usize| tokens.starts_at(*at) && tokens.starts_at(at + letters.len());
                    letters.len() >= SURE
                        && grams.find(folded.text(), letters, 64).at.iter().any(stands)
                })
        };
        let foreign = codes || own_words();
        let ends = [words[0], words[words.len() - 1]].map(|w| w.letters);
        let letters = [found.first, found.last].map(|i| tokens.range(from + i));
        let [first, end] = narrow(&mut found, ends, source, folded, letters);
        let letters = folded.source_at(first)..folded.source_at(end - 1);
        let span = self.span_of(pattern, folded, &found, letters);
        Like { span, score: found.score(words.len()), words: words.len(), marks, foreign, found }
    }

    /// The bytes of an aligned stretch, given where its first and its last
    /// letter begin. A changed word at an end counts whole, with its
    /// punctuation, since the quotation does not tell; where the quotation
    /// begins or ends with one part of a broken word or compound, it is that
    /// part.
    fn span_of(
        &self,
        pattern: &Pattern,
        folded: &Squeezed,
        found: &Alignment,
        letters: Range<usize>,
    ) -> Range<usize> {
        let source = self.view.source();
        let end = letters.end + char_len(source, letters.end);
        let (span, _) = pattern.with_end_marks(self.view, folded, letters.start..end);
        let start = match found.first_same {
            true => span.start,
            false => {
                let before = source[..letters.start].rfind(char::is_whitespace);
                before.map_or(0, |at| at + char_len(source, at)).min(span.start)
            }
        };
        let end = match found.last_same {
            true => span.end,
            false => source[end..]
                .find(char::is_whitespace)
                .map_or(source.len(), |at| end + at)
                .max(span.end),
        };
        start..end
    }
}

/// Where a changed word at an end of the quotation is one part of the broken
/// word or compound in the text, that part alone is meant: narrows `letters`
/// (ranges of the folded text) to it and counts the word as found.
fn narrow(
    found: &mut Alignment,
    quoted: [&[u8]; 2],
    source: &str,
    folded: &Squeezed,
    letters: [Range<usize>; 2],
) -> [usize; 2] {
    let text = folded.text().as_bytes();
    let [first, last] = letters;
    let (mut from, mut to) = (first.start, last.end);
    let parted = |at: usize| {
        folded.source_at(at) > folded.source_at(at - 1) + char_len(source, folded.source_at(at - 1))
    };
    if !found.first_same
        && found.first_quoted
        && text[first.clone()].ends_with(quoted[0])
        && first.len() > quoted[0].len()
    {
        let at = first.end - quoted[0].len();
        if parted(at) {
            from = at;
            found.first_same = true;
            found.count_as_same(quoted[0].len());
        }
    }
    if !found.last_same
        && found.last_quoted
        && text[last.clone()].starts_with(quoted[1])
        && last.len() > quoted[1].len()
    {
        let at = last.start + quoted[1].len();
        if parted(at) {
            to = at;
            found.last_same = true;
            found.count_as_same(quoted[1].len());
        }
    }
    [from, to]
}

/// The word `q` and its neighbours, until they are long enough to look up.
fn around(quoted: &Tokens, q: usize) -> Range<usize> {
    let (mut from, mut to) = (q.saturating_sub(1), (q + 2).min(quoted.len()));
    while quoted.range(to - 1).end - quoted.range(from).start < SURE
        && (from > 0 || to < quoted.len())
    {
        from = from.saturating_sub(1);
        to = (to + 1).min(quoted.len());
    }
    from..to
}

/// Whether a number or abbreviation stands for another one.
pub(super) fn codes(
    source: &str,
    quoted: &Quoted<'_>,
    stream: &Stream<'_>,
    q: usize,
    t: usize,
) -> bool {
    is_code(raw(quoted.pattern.quote(), quoted.pattern.folded(), quoted.tokens.range(q)))
        && is_code(raw(source, stream.folded, stream.tokens.range(t)))
}

fn stream<'l>(locator: &'l Locator<'_>, folded: &'l Squeezed, index: &'l Indexed) -> Stream<'l> {
    let source = locator.view.source();
    let tokens = index.tokens.get_or_init(|| Tokens::of(source, folded));
    Stream { folded, grams: grams(index, folded), tokens }
}

/// The source of some folded letters.
pub(super) fn raw<'t>(source: &'t str, folded: &Squeezed, letters: Range<usize>) -> &'t str {
    let last = folded.source_at(letters.end - 1);
    &source[folded.source_at(letters.start)..last + char_len(source, last)]
}

/// Digits, or capitals only (an abbreviation, a Roman number).
fn is_code(word: &str) -> bool {
    let digits = word.starts_with(|c: char| c.is_numeric());
    digits
        || (word.chars().nth(1).is_some()
            && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()))
}

pub(super) fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

impl Alignment {
    /// Share of the quotation that stands in the text, with what the text has
    /// besides counted against it.
    fn score(&self, quoted: usize) -> f64 {
        (self.same as f64 + 0.6 * self.near as f64) / (quoted + self.added) as f64
    }
}

impl Like {
    /// Strong enough to be an answer: eight words stand there, and two words,
    /// or one in twelve, are wrong at most. Other punctuation between words
    /// that are right counts as two: who misremembers a word keeps the comma
    /// after another, while passages that only resemble each other differ in
    /// both. A number or abbreviation in place of another ("XII" for "XIII",
    /// "1993" for "1994") tells two articles or two drafts apart: no slip. Nor is
    /// it one where the text elsewhere has each of the quotation's own words
    /// between the same neighbours: then the quotation's wording is the book's.
    fn is_strong(&self) -> bool {
        let f = &self.found;
        let allowed = (self.words as f64 / 12.0).max(2.0);
        !self.foreign && f.same >= 8 && f.same_letters >= 24 && self.wrong() <= allowed
    }

    fn wrong(&self) -> f64 {
        let f = &self.found;
        f.near as f64 / 2.0 + (f.changed + f.dropped + f.added + 2 * self.marks) as f64
    }

    fn candidate(&self) -> Candidate {
        Candidate { span: self.span.clone(), score: self.score }
    }
}

/// Diagonals (place in the text less place in the quotation) on which the
/// text shares most pieces with the quotation, best first.
fn diagonals(grams: &Grams, text: &[u8], letters: &[u8]) -> Vec<i64> {
    let Some(last) = letters.len().checked_sub(PIECE) else { return Vec::new() };
    // An odd step, so that it meets pieces of every residue.
    let step = (last / 4096).max(if letters.len() < LONG { 1 } else { 3 }) | 1;
    let hits_within = |common: usize| {
        let mut hits: Vec<(i64, f32)> = Vec::new();
        for o in (0..=last).step_by(step) {
            let piece = &letters[o..o + PIECE];
            let bucket = grams.bucket(piece);
            if bucket.len() > common || hits.len() > 50_000 {
                continue;
            }
            let weight = 1.0 / (1.0 + bucket.len() as f32).ln();
            for &p in bucket {
                if text[p as usize..].starts_with(piece) {
                    hits.push((i64::from(p) - o as i64, weight));
                }
            }
        }
        hits
    };
    let mut hits = hits_within(COMMON);
    if hits.is_empty() {
        hits = hits_within(COMMON * 32);
    }
    hits.sort_unstable_by_key(|h| h.0);
    let width = 32 + letters.len() as i64 / 8;
    // Weight of all hits in a window that begins at each hit.
    let mut windows: Vec<(f32, i64, i64)> = Vec::new();
    let (mut end, mut sum, mut most) = (0, 0.0, 0.0);
    for begin in 0..hits.len() {
        while end < hits.len() && hits[end].0 <= hits[begin].0 + width {
            sum += hits[end].1;
            end += 1;
        }
        most = f32::max(most, sum);
        // Few of them are rivals of the best.
        if sum >= VOTES * most {
            windows.push((sum, hits[begin].0, hits[end - 1].0));
        }
        sum -= hits[begin].1;
    }
    windows.retain(|w| w.0 >= VOTES * most);
    windows.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut out: Vec<(i64, i64)> = Vec::new();
    for &(_, low, high) in &windows {
        if out.len() == STRETCHES {
            break;
        }
        if !out.iter().any(|&(l, h)| low <= h && l <= high) {
            out.push((low, high));
        }
    }
    out.into_iter().map(|(low, high)| (low + high) / 2).collect()
}
