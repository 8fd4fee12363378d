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
//! 3. *Alike*: the stretches that share most with the quotation are aligned with
//!    it word by word ([`super::alike`]). With the words that stood before and
//!    after it, those count too ([`super::surrounded`]).
//!
//! Equal places cost about the length of the quotation each; step 3 costs some
//! tens of microseconds. All steps have budgets, so that no quotation and no
//! text takes more than linear time.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::grams::{Grams, Matches, SURE, linear};
use super::tokens::Tokens;
use crate::text::{Fit, PLACES_MAX, Pattern, Squeezed, View};

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
    /// One place equals it, but stands among other words than the quotation
    /// did: it moved, or it is the same words a second time. Only where the
    /// surroundings are known.
    Moved(Range<usize>),
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
    pub(super) view: &'v View,
    pub(super) indexes: Arc<Indexes>,
}

/// The indexes of one text, built when first needed; to be kept by who looks up
/// quotations in it again and again.
#[derive(Debug, Default)]
pub struct Indexes {
    pub(super) without_heads: Indexed,
    pub(super) with_heads: Indexed,
}

#[derive(Debug, Default)]
pub(super) struct Indexed {
    pub grams: OnceLock<Grams>,
    pub tokens: OnceLock<Tokens>,
}

impl<'v> Locator<'v> {
    /// Prepares to search `view`.
    pub fn new(view: &'v View) -> Self {
        Self::with(view, Arc::default())
    }

    /// The same with the indexes of an earlier search of the same text. With
    /// those of another text its answers mean nothing.
    pub fn with(view: &'v View, indexes: Arc<Indexes>) -> Self {
        Self { view, indexes }
    }

    /// The text searched.
    pub fn view(&self) -> &'v View {
        self.view
    }

    /// Finds the place that `quote`, as a reader typed it, means.
    pub fn locate(&self, quote: &str) -> Resolution {
        self.equal(quote).unwrap_or_else(|| self.alike(&Pattern::new(quote)))
    }

    /// Steps 1 and 2; `None` where no place has the letters.
    fn equal(&self, quote: &str) -> Option<Resolution> {
        let pattern = Pattern::new(quote);
        if pattern.is_empty() {
            return Some(self.literally(&pattern));
        }
        let (mut fits, mut more) =
            self.fits(&pattern, self.view.folded(), &self.indexes.without_heads);
        if !fits.iter().any(Fit::is_equal)
            && let Some(folded) = self.view.folded_with_heads()
        {
            let (with, also) = self.fits(&pattern, folded, &self.indexes.with_heads);
            fits.extend(with);
            more |= also;
        }
        if fits.is_empty() && !more { None } else { Some(choose(fits, more)) }
    }

    /// The places that have the letters of `quote`, whatever marks stand between
    /// them, in order, at most `most`. Equal ones, or those at whole words, hide
    /// the others.
    pub fn places(&self, quote: &str, most: usize) -> Vec<Range<usize>> {
        let pattern = Pattern::new(quote);
        if pattern.is_empty() {
            return Vec::new();
        }
        let (mut fits, mut more) =
            self.fits(&pattern, self.view.folded(), &self.indexes.without_heads);
        if fits.is_empty()
            && let Some(folded) = self.view.folded_with_heads()
        {
            (fits, more) = self.fits(&pattern, folded, &self.indexes.with_heads);
        }
        let mut spans = match choose(fits, more) {
            Resolution::Exact(span) | Resolution::Moved(span) | Resolution::Fuzzy { span, .. } => {
                vec![span]
            }
            Resolution::Ambiguous { places, .. } => places.into_iter().map(|c| c.span).collect(),
            Resolution::Lost { .. } => Vec::new(),
        };
        spans.sort_by_key(|s| s.start);
        spans.truncate(most);
        spans
    }

    /// The same for a stored selector, with what stood before and after it. Of
    /// several places that fit alike the one is taken whose surroundings these
    /// are, or, where those do not tell, the one that begins exactly at
    /// `hint_byte`. An equal place among other words is `Moved`, or, when the
    /// quotation is short, no answer. Where no place is equal, the surroundings
    /// are evidence (`surrounded.rs`). A place is never taken for its
    /// surroundings alone.
    pub fn locate_near(
        &self,
        quote: &str,
        prefix: &str,
        suffix: &str,
        hint_byte: Option<usize>,
    ) -> Resolution {
        let found = self.equal(quote);
        let known = prefix.len() + suffix.len() > 0;
        match found {
            None if known => self.surrounded(quote, prefix, suffix),
            None => self.alike(&Pattern::new(quote)),
            Some(Resolution::Exact(span)) if known => {
                self.among(span, quote, prefix, suffix, hint_byte)
            }
            Some(Resolution::Ambiguous { places, more }) => {
                self.nearest(places, more, (prefix, suffix), hint_byte)
            }
            Some(other) => other,
        }
    }

    /// Of places that fit alike, the one with these surroundings.
    fn nearest(
        &self,
        places: Vec<Candidate>,
        more: bool,
        (prefix, suffix): (&str, &str),
        hint_byte: Option<usize>,
    ) -> Resolution {
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
    pub(super) fn shared_context(&self, span: &Range<usize>, before: &[u8], after: &[u8]) -> usize {
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
        let indexes = [&self.indexes.without_heads, &self.indexes.with_heads];
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

pub(super) fn grams<'i>(index: &'i Indexed, folded: &Squeezed) -> &'i Grams {
    index.grams.get_or_init(|| Grams::of(folded.text().as_bytes()))
}
