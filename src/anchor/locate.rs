//! From a quotation to its place.
//!
//! 1. *Equal*: the folded letters of the quotation are looked up in the folded
//!    text ([`Squeezed`], through the index [`Grams`]); each place is judged
//!    by [`Pattern::fit`]. Places that are equal in the view count; those at
//!    whole words before those inside compounds. One is `Exact`, several are
//!    `Ambiguous`. The text without running heads is searched first, the text
//!    with them only when that gives nothing.
//! 2. *Same letters*: where only punctuation, accents or word ends differ, one
//!    place is `Fuzzy`, several are `Ambiguous`.
//! 3. *Alike*: eight-letter pieces of the quotation vote for the stretches of
//!    text that share them; the best stretches are aligned word by word. The
//!    best is `Fuzzy` only when enough of the quotation stands there and no
//!    other place comes near; else the answer is `Ambiguous` or `Lost`, with
//!    the nearest place for the message.
//!
//! Equal places cost about the length of the quotation each; step 3 costs a
//! few hundred microseconds. All steps have budgets, so that no quotation and
//! no text takes more than linear time.

use std::ops::Range;
use std::sync::OnceLock;

use super::align::{Alignment, align};
use super::grams::{Grams, Matches, PIECE, SURE, linear};
use super::tokens::Tokens;
use crate::text::{Fit, PLACES_MAX, Pattern, Squeezed, View};

/// Stretches of text that are aligned with a quotation.
const STRETCHES: usize = 12;
/// A piece that stands in more places than this says too little to vote.
const COMMON: usize = 96;
/// Words compared with words in one alignment, about.
const CELLS: usize = 2 << 20;
/// Longest quotation, in words, that is aligned.
const ALIGN_MAX: usize = 20_000;
/// Places looked at before a search is called endless.
const LOOK_MAX: usize = 200_000;

/// A place that a quotation may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Bytes of the source, end exclusive.
    pub span: Range<usize>,
    /// 1.0 for equal in the view, less for each word that differs.
    pub score: f64,
}

/// The outcome of a search for a quotation.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// One place equals the quotation in the view: its bytes, end exclusive.
    Exact(Range<usize>),
    /// One place is strongly like the quotation, and no other is.
    Fuzzy {
        /// Bytes of the source, end exclusive.
        span: Range<usize>,
        /// Share of the quotation that stands there, under 1.
        score: f64,
        /// Words of the quotation that the text does not have, or has
        /// otherwise. 0: the same letters, but other punctuation, accents or
        /// word ends.
        damaged: usize,
        /// The next best places, all well below.
        rivals: Vec<Candidate>,
    },
    /// Several places fit alike.
    Ambiguous {
        /// The places, best first, then in order of the text.
        places: Vec<Candidate>,
        /// There are more than are named.
        more: bool,
    },
    /// No place fits well enough.
    Lost {
        /// The most similar place, for the message; not an answer.
        nearest: Option<Candidate>,
    },
}

/// Finds quotations in one text. Indexes are built when first needed.
///
/// ```
/// use variorum::anchor::{Locator, Resolution};
/// use variorum::text::View;
/// let view = View::new("We waited for the settle-\nment of the matter.".into());
/// let locator = Locator::new(&view);
/// assert_eq!(locator.locate("the settlement of"), Resolution::Exact(14..33));
/// assert!(matches!(locator.locate("no such words"), Resolution::Lost { .. }));
/// ```
#[derive(Debug)]
pub struct Locator<'v> {
    view: &'v View,
    without_heads: Indexed,
    with_heads: Indexed,
}

#[derive(Debug, Default)]
struct Indexed {
    grams: OnceLock<Grams>,
    tokens: OnceLock<Tokens>,
}

/// An aligned stretch.
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
    /// Prepares to search `view`.
    pub fn new(view: &'v View) -> Self {
        Self { view, without_heads: Indexed::default(), with_heads: Indexed::default() }
    }

    /// The text searched.
    pub fn view(&self) -> &'v View {
        self.view
    }

    /// Finds the place that `quote`, as a reader typed it, means.
    pub fn locate(&self, quote: &str) -> Resolution {
        let pattern = Pattern::new(quote);
        if pattern.is_empty() {
            return self.literally(&pattern);
        }
        let (mut fits, mut more) = self.fits(&pattern, self.view.folded(), &self.without_heads);
        if !fits.iter().any(Fit::is_equal)
            && let Some(folded) = self.view.folded_with_heads()
        {
            let (with, also) = self.fits(&pattern, folded, &self.with_heads);
            fits.extend(with);
            more |= also;
        }
        if fits.is_empty() && !more { self.alike(&pattern) } else { choose(fits, more) }
    }

    /// The same for a stored selector: of several places that fit alike, the
    /// one is taken whose surroundings are `prefix` and `suffix`, or, where
    /// those do not tell, the one that begins exactly at `hint_byte`. A place
    /// is never taken for its surroundings alone.
    pub fn locate_near(
        &self,
        quote: &str,
        prefix: &str,
        suffix: &str,
        hint_byte: Option<usize>,
    ) -> Resolution {
        let Resolution::Ambiguous { places, more } = self.locate(quote) else {
            return self.locate(quote);
        };
        let (before, after) = (Pattern::new(prefix), Pattern::new(suffix));
        let (before, after) = (before.letters(), after.letters());
        let context: Vec<usize> = places
            .iter()
            .map(|p| self.shared_context(&p.span, before.as_bytes(), after.as_bytes()))
            .collect();
        let best = context.iter().copied().max().unwrap_or(0);
        let clear = |c: usize| best >= c + 4 || (best == before.len() + after.len() && best > c);
        let others = context.iter().filter(|&&c| !clear(c)).count();
        let taken = if best >= 4 && others == 1 {
            context.iter().position(|&c| c == best)
        } else {
            // Equal surroundings too: only the very place will do.
            (0..places.len())
                .find(|&i| context[i] == best && Some(places[i].span.start) == hint_byte)
        };
        match taken {
            Some(i) if places[i].score >= 1.0 => Resolution::Exact(places[i].span.clone()),
            Some(i) => {
                let Candidate { span, score } = places[i].clone();
                let rivals = places.into_iter().filter(|p| p.span != span).collect();
                let damaged = usize::from(score < 0.9);
                Resolution::Fuzzy { span, score, damaged, rivals }
            }
            None => Resolution::Ambiguous { places, more },
        }
    }

    /// How many letters the surroundings of a place share with those stored.
    fn shared_context(&self, span: &Range<usize>, before: &[u8], after: &[u8]) -> usize {
        let folded = self.view.folded();
        let text = folded.text().as_bytes();
        let (from, to) = (folded.index_of(span.start), folded.index_of(span.end));
        let left =
            text[..from].iter().rev().zip(before.iter().rev()).take_while(|(a, b)| a == b).count();
        let right = text[to..].iter().zip(after).take_while(|(a, b)| a == b).count();
        left + right
    }

    /// Bytes of memory that the indexes hold now, those of the view included.
    pub fn memory(&self) -> usize {
        let indexes = [&self.without_heads, &self.with_heads];
        indexes
            .iter()
            .map(|i| {
                i.grams.get().map_or(0, Grams::memory) + i.tokens.get().map_or(0, Tokens::memory)
            })
            .sum::<usize>()
            + self.view.memory()
    }

    /// A quotation without letters: its characters as they are.
    fn literally(&self, pattern: &Pattern) -> Resolution {
        let quote = pattern.quote();
        if quote.is_empty() {
            return Resolution::Lost { nearest: None };
        }
        let mut found = self.view.source().match_indices(quote);
        let mut places: Vec<_> = found
            .by_ref()
            .take(PLACES_MAX)
            .map(|(at, _)| Candidate { span: at..at + quote.len(), score: 1.0 })
            .collect();
        match places.len() {
            0 => Resolution::Lost { nearest: None },
            1 => Resolution::Exact(places.remove(0).span),
            _ => Resolution::Ambiguous { places, more: found.next().is_some() },
        }
    }

    /// All places with the letters of the quotation.
    fn fits(&self, pattern: &Pattern, folded: &Squeezed, index: &Indexed) -> (Vec<Fit>, bool) {
        let letters = pattern.letters();
        let Matches { at, mut more } = if letters.len() < SURE {
            linear(folded.text(), letters, LOOK_MAX)
        } else {
            grams(index, folded).find(folded.text(), letters, LOOK_MAX)
        };
        let mut fits = Vec::new();
        let mut budget = 64 << 20;
        for at in at {
            if fits.len() == PLACES_MAX || budget < letters.len() {
                more = true;
                break;
            }
            budget -= letters.len();
            fits.extend(pattern.fit(self.view, folded, at));
        }
        (fits, more)
    }

    /// Step 3.
    fn alike(&self, pattern: &Pattern) -> Resolution {
        let folded = self.view.folded();
        let mut likes = self.aligned(pattern, folded, &self.without_heads);
        if let Some(with) = self.view.folded_with_heads()
            && likes.first().is_none_or(|l| !l.is_strong())
        {
            likes.extend(self.aligned(pattern, with, &self.with_heads));
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

    fn aligned(&self, pattern: &Pattern, folded: &Squeezed, index: &Indexed) -> Vec<Like> {
        let quoted = Tokens::of(pattern.quote(), pattern.folded());
        let words: Vec<&[u8]> =
            (0..quoted.len()).map(|i| &pattern.letters().as_bytes()[quoted.range(i)]).collect();
        if words.len() > ALIGN_MAX {
            return Vec::new();
        }
        let tokens = index.tokens.get_or_init(|| Tokens::of(self.view.source(), folded));
        let text = folded.text().as_bytes();
        let length = pattern.letters().len();
        let slack = 40 + length / 4;
        let grams = grams(index, folded);
        // Long quotations: a narrower band over fewer stretches.
        let band = (32 + words.len() / 8).min(CELLS / words.len().max(1));
        let most = if words.len() > 500 { 3 } else { STRETCHES };
        let mut out = Vec::new();
        for diagonal in stretches(grams, text, pattern.letters().as_bytes()).into_iter().take(most)
        {
            let from = tokens.index_at(diagonal.saturating_sub(slack as i64).max(0) as usize);
            let to = tokens.index_at((diagonal.max(0) as usize) + length + slack) + 1;
            let stretch: Vec<&[u8]> = (from..to).map(|i| &text[tokens.range(i)]).collect();
            let Some(mut found) = align(&words, &stretch, band) else { continue };
            let marks = found.pairs.windows(2).filter(|w| {
                let ((q, t), (q_before, t_before)) = (w[0], w[1]);
                let (q_at, t_at) = (quoted.range(q).start, tokens.range(from + t).start);
                q == q_before + 1
                    && t == t_before + 1
                    && !pattern.same_gap(self.view, folded, q_at, t_at)
            });
            let marks = marks.count();
            let source = self.view.source();
            let codes = found.others.iter().any(|&(q, t)| {
                is_code(raw(pattern.quote(), pattern.folded(), quoted.range(q)))
                    && is_code(raw(source, folded, tokens.range(from + t)))
            });
            let own_words = !found.others.is_empty()
                && found.others.iter().all(|&(q, _)| {
                    let said = around(&quoted, q);
                    let letters = &pattern.letters()
                        [quoted.range(said.start).start..quoted.range(said.end - 1).end];
                    let stands =
                        |at: &usize| tokens.starts_at(*at) && tokens.starts_at(at + letters.len());
                    letters.len() >= SURE
                        && grams.find(folded.text(), letters, 64).at.iter().any(stands)
                });
            let ends = [words[0], words[words.len() - 1]];
            let letters = [found.first, found.last].map(|i| tokens.range(from + i));
            let [first, end] = narrow(&mut found, ends, self.view.source(), folded, letters);
            let letters = folded.source_at(first)..folded.source_at(end - 1);
            let span = self.span_of(pattern, folded, &found, letters);
            out.push(Like {
                span,
                score: found.score(words.len()),
                words: words.len(),
                marks,
                foreign: codes || own_words,
                found,
            });
        }
        out
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

/// The source of some folded letters.
fn raw<'t>(source: &'t str, folded: &Squeezed, letters: Range<usize>) -> &'t str {
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

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Step 1 and 2: among places with the same letters.
fn choose(mut fits: Vec<Fit>, more: bool) -> Resolution {
    fits.sort_by_key(|f| (f.span.start, f.span.end, differences(f)));
    fits.dedup_by(|b, a| a.span == b.span);
    if fits.iter().any(Fit::is_equal) {
        fits.retain(Fit::is_equal);
    }
    if fits.iter().any(|f| f.whole_words) {
        fits.retain(|f| f.whole_words);
    }
    let score = |f: &Fit| (1.0 - 0.01 * differences(f) as f64).max(0.9);
    match &fits[..] {
        [] => Resolution::Lost { nearest: None },
        [one] if !more && one.is_equal() => Resolution::Exact(one.span.clone()),
        [one] if !more => Resolution::Fuzzy {
            span: one.span.clone(),
            score: score(one),
            damaged: 0,
            rivals: Vec::new(),
        },
        _ => {
            let mut places: Vec<_> =
                fits.iter().map(|f| Candidate { span: f.span.clone(), score: score(f) }).collect();
            places.sort_by(|a, b| b.score.total_cmp(&a.score));
            Resolution::Ambiguous { places, more }
        }
    }
}

fn differences(f: &Fit) -> usize {
    f.accents + f.punctuation + 2 * f.boundaries
}

fn grams<'i>(index: &'i Indexed, folded: &Squeezed) -> &'i Grams {
    index.grams.get_or_init(|| Grams::of(folded.text().as_bytes()))
}

/// A place with this many wrong words more is no rival of the best.
const MARGIN: f64 = 1.0;

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
fn stretches(grams: &Grams, text: &[u8], letters: &[u8]) -> Vec<i64> {
    let Some(last) = letters.len().checked_sub(PIECE) else { return Vec::new() };
    // An odd step, so that it meets pieces of every residue.
    let step = (last / 4096) | 1;
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
    let (mut end, mut sum) = (0, 0.0);
    for begin in 0..hits.len() {
        while end < hits.len() && hits[end].0 <= hits[begin].0 + width {
            sum += hits[end].1;
            end += 1;
        }
        windows.push((sum, hits[begin].0, hits[end - 1].0));
        sum -= hits[begin].1;
    }
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
