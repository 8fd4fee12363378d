//! The whole way from texts to rows.
//!
//! 1. Words become numbers, on several threads ([`super::readings`]); texts
//!    with the same words are aligned once.
//! 2. The closest pairs that join all texts are chosen ([`super::kinship`]).
//! 3. Each pair is aligned as two texts are (`collate::diff`: unique words,
//!    exact tables in small gaps, histogram in large ones, moved passages), but
//!    by the letters of the words, several pairs at a time.
//! 4. The pairs are woven into columns ([`super::weave`], [`super::gap`]).
//! 5. Columns that read the same in two places are linked ([`super::links`]),
//!    and runs of columns alike in kind become rows ([`super::rows`]).
//!
//! This is progressive alignment along a guide tree (Feng and Doolittle 1987,
//! for proteins), with two differences: the tree's pairs are witnesses, not
//! averages, so that each step costs what two close texts cost; and nothing
//! has a base. Since the texts are ordered by their bytes before anything
//! else, the answer is the same for every order in which they are given.
//!
//! Cost: n - 1 alignments of two texts, and work linear in the words of all;
//! n^2/2 comparisons of small samples. Memory: about thirty bytes a word beside
//! the views.
//! Bounds for texts that have nothing in common are those of the aligner and
//! of the gaps.

use super::hands::in_turn;
use super::kinship::{Pair, tree};
use super::links::Links;
use super::pattern::Placed;
use super::readings::Readings;
use super::rows::{Collation, rows};
use super::settle::{settle, to_lines};
use super::units::TEXTS_MAX;
use super::weave::{Aligned, Weave};
use crate::collate::diff::aligned;
use crate::text::View;

/// Aligns up to [`TEXTS_MAX`] texts word by word. The order of `views` decides
/// nothing but the order of the cells in each row. `base`, an index into
/// `views`, decides what is called an omission and what an addition, nothing
/// else.
///
/// ```
/// use variorum::collate::{RowKind, collate};
/// use variorum::text::View;
/// let texts = ["the old gate", "the gate", "the old door"].map(|t| View::new(t.into()));
/// let rows = collate(&texts.iter().collect::<Vec<_>>(), None);
/// let kinds: Vec<RowKind> = rows.rows().iter().map(|r| r.kind).collect();
/// assert_eq!(kinds, [RowKind::Equal, RowKind::Omission, RowKind::Word]);
/// assert_eq!(rows.cell(1, 1), None);
/// ```
///
/// # Panics
/// When there are more texts, or more than 2^31 words in all.
pub fn collate(views: &[&View], base: Option<usize>) -> Collation {
    assert!(views.len() <= TEXTS_MAX, "at most {TEXTS_MAX} texts can be collated");
    let readings = Readings::of(views);
    let hands = readings.hands;
    let words: usize = readings.texts.iter().map(|t| t.keys.len()).sum();
    assert!(words < 1 << 31, "at most 2^31 words can be collated, not {words}");
    let (distinct, first) = distinct(&readings);
    let texts: Vec<&[u32]> = distinct.iter().map(|&t| &readings.texts[t].keys[..]).collect();
    let pairs = tree(&texts, &readings.hashes(), hands);
    let tree = align_all(&readings, &distinct, &pairs);
    let weave = Weave { texts: &texts, keys: &readings.keys, tree: &tree };
    let Some(mut strand) = weave.whole(hands) else { return Collation::default() };
    let links = Links::of(&strand, &tree, &readings.keys);
    drop(tree);
    let places = strand.take_places();
    let base = base.and_then(|b| readings.given.iter().position(|g| *g == b));
    let columns = Placed { strand: &strand, places: &places, first: &first, links: &links };
    rows(&readings, base, &columns)
}

/// The texts whose words are like those of none before, and for each text
/// which of these has its words.
fn distinct(readings: &Readings<'_>) -> (Vec<usize>, Vec<usize>) {
    let mut distinct: Vec<usize> = Vec::new();
    let mut first = Vec::with_capacity(readings.texts.len());
    for (t, text) in readings.texts.iter().enumerate() {
        // Texts that differ do so in length, or soon.
        let known = distinct.iter().position(|d| readings.texts[*d].keys == text.keys);
        first.push(known.unwrap_or(distinct.len()));
        if known.is_none() {
            distinct.push(t);
        }
    }
    (distinct, first)
}

/// Aligns the pairs, several at a time; in their order.
fn align_all(readings: &Readings<'_>, distinct: &[usize], pairs: &[Pair]) -> Vec<Aligned> {
    in_turn(readings.hands, pairs.len(), |at| {
        let pair = pairs[at];
        let (a, b) = (readings.side(distinct[pair.a]), readings.side(distinct[pair.b]));
        let (mut runs, mut moved) = aligned(&a, &b, readings.keys.kinds, None);
        settle(&a, &b, &mut runs, &mut moved);
        to_lines(&a, &b, &mut runs, &moved);
        Aligned { pair, runs, moved }
    })
}
