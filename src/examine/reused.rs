//! Passages that several texts share, or that stand twice in one: word for
//! word or reworded.
//!
//! All texts are read once and laid end to end; [`super::near_copy`] finds the
//! copies in one pass over their shingles. Which of two texts has the words
//! from the other is not said: the words do not tell. Passages in quotation
//! marks are told too, and marked.
//!
//! Cost: n log n in the words of all texts. Memory: some 40 bytes a word, and
//! at most 150 more where every word is copied.

use std::ops::Range;

use super::alike::Alike;
use super::corpus::Corpus;
use super::given::Held;
use super::near_copy;
use super::oddity::shortened;
use super::prose::{Lexicon, Prose};
use super::quotation_marks::{self, is_quoted};

/// A passage that stands in several places.
#[derive(Debug, Clone, PartialEq)]
pub struct Reused {
    /// The first place, in the order of the texts as given.
    pub place: Spot,
    /// What stands there, shortened, as read.
    pub said: String,
    /// The other places.
    pub again: Vec<Again>,
}

/// Where a passage stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Number of the text, as given, from 0.
    pub text: usize,
    /// Its bytes, end exclusive.
    pub span: Range<usize>,
    /// Its words: runs of letters, runs of digits.
    pub words: usize,
    /// It stands in quotation marks.
    pub quoted: bool,
}

/// Another place of a passage, compared with the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Again {
    /// Where.
    pub place: Spot,
    /// Words of the first place that stand here too, in order.
    pub same: usize,
    /// Share of the words of both places that both have, 0 to 1.
    pub share: f64,
    /// What reads otherwise.
    pub differences: Vec<Difference>,
}

/// Words that read otherwise in another place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Bytes of the first text; empty where it has nothing.
    pub here: Range<usize>,
    /// Bytes of the other text; empty where it has nothing.
    pub there: Range<usize>,
    /// The words here, shortened, as read.
    pub said: String,
    /// The words there.
    pub stands: String,
}

/// Finds all of them, in order of the first place.
///
/// ```
/// use variorum::examine::{Held, reused};
/// use variorum::text::View;
/// let sentence = "The harbour master wrote that no ferry would leave before the ice had gone \
///                 from the northern quay and the pilot had seen it.";
/// let (one, other) = (View::new(sentence.into()), View::new(format!("He said: {sentence}").into()));
/// let texts = [Held { name: "A", view: &one }, Held { name: "B", view: &other }];
/// let found = reused(&texts);
/// assert_eq!((found.len(), found[0].again[0].place.text), (1, 1));
/// assert!(found[0].again[0].differences.is_empty());
/// ```
pub fn reused(texts: &[Held<'_>]) -> Vec<Reused> {
    let mut lexicon = Lexicon::default();
    let proses: Vec<Prose<'_>> = texts.iter().map(|t| Prose::of(t.view, &mut lexicon)).collect();
    let quoted: Vec<Vec<Range<usize>>> =
        proses.iter().map(|p| quotation_marks::words(p, &quotation_marks::find(p))).collect();
    let corpus = Corpus::of(proses.iter().collect());
    let spot = |words: &Range<usize>| {
        let (text, local) = corpus.local(words);
        let span = corpus.prose(text).span(local.clone());
        Spot { text, span, words: local.len(), quoted: is_quoted(&quoted[text], &local) }
    };
    let again = |copy: &Alike| Again {
        place: spot(&copy.b),
        same: copy.same.0,
        share: (copy.score() * 100.0).floor() / 100.0,
        differences: differences(&corpus, copy),
    };
    let mut found: Vec<Reused> = near_copy::copies(&corpus, None)
        .iter()
        .map(|group| {
            let (text, local) = corpus.local(&group[0].a);
            let said = shortened(corpus.prose(text).phrase(local));
            Reused { place: spot(&group[0].a), said, again: group.iter().map(again).collect() }
        })
        .collect();
    found.sort_by_key(|r| (r.place.text, r.place.span.start, r.place.span.end));
    found
}

fn differences(corpus: &Corpus<'_, '_>, copy: &Alike) -> Vec<Difference> {
    let side = |words: &Range<usize>, whole: &Range<usize>| {
        let (text, all) = corpus.local(whole);
        let prose = corpus.prose(text);
        let local = |n: usize| n - whole.start + all.start;
        let local = local(words.start)..local(words.end);
        let span = match local.is_empty() {
            // Before the word that comes next.
            true => {
                let next = local.start..local.start + 1;
                let end = prose.view.source().len();
                let at = if next.end <= prose.words.len() { prose.span(next).start } else { end };
                at..at
            }
            false => prose.span(local.clone()),
        };
        (span, shortened(prose.phrase(local)))
    };
    copy.gaps
        .iter()
        .map(|g| {
            let ((here, said), (there, stands)) = (side(&g.a, &copy.a), side(&g.b, &copy.b));
            Difference { here, there, said, stands }
        })
        .collect()
}
