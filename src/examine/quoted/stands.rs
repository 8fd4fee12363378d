//! How a quotation stands in one text.
//!
//! 1. Its pieces (parted by ellipses and remarks in brackets) are looked up
//!    letter by letter. All found in order: as quoted, or with marked
//!    omissions. All found in another order: reordered.
//! 2. A piece that is not found whole is cut into the longest runs that stand
//!    in the stretches of text that have most of its rare words
//!    ([`super::tiles`]): all of it there in order, with other words between,
//!    is a silent omission; in another order, reordered.
//! 3. Else the likest stretch is taken as for [`quotation_differs`], when it is
//!    enough alike to be the same words once.

use std::ops::Range;

use super::super::alike::Gap;
use super::super::oddity::shortened;
use super::super::prose::Prose;
use super::super::quotation_differs::{self, Source};
use super::super::reused::Difference;
use super::tiles::tiles;
use crate::anchor::Locator;
use crate::text::align::Match;

/// Places of a piece that are tried as the place of the quotation.
const PLACES: usize = 64;
/// Words of the text that marked omissions of one quotation may pass over.
const PASSED: usize = 4000;
/// Least words of a piece that is sought where it does not stand whole.
const NEAR: usize = 5;

/// A text at hand, prepared.
pub(super) struct Text<'p, 'v> {
    pub source: Source<'p, 'v>,
    pub locator: Locator<'v>,
}

/// What was done to the words. The order is from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Done {
    Nothing,
    Marked,
    LeftOut,
    Reordered,
    Changed,
}

/// A quotation in one text.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub done: Done,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Other places where it stands just so.
    pub also: Vec<Range<usize>>,
    pub differences: Vec<Difference>,
    /// 1 where the words are the same.
    pub score: f64,
}

/// Where the pieces of a quotation stand in a text; `None` when they do not.
/// `prefer` tells which of several places is cited.
pub(super) fn stands(
    own: &Prose<'_>,
    pieces: &[Range<usize>],
    text: &Text<'_, '_>,
    prefer: &dyn Fn(&Range<usize>) -> bool,
) -> Option<Standing> {
    let found: Vec<Vec<Range<usize>>> =
        pieces.iter().map(|p| text.locator.places(own.phrase(p.clone()), PLACES)).collect();
    if found.iter().all(|f| !f.is_empty()) {
        return whole(own, pieces, text, &found, prefer);
    }
    let (mut done, mut differences, mut score) = (Done::Nothing, Vec::new(), 0.0);
    let mut spans: Vec<Range<usize>> = Vec::new();
    let words: usize = pieces.iter().map(Range::len).sum();
    for (piece, places) in pieces.iter().zip(&found) {
        let share = piece.len() as f64 / words as f64;
        match places.first() {
            // Of several places the one that the others stand near to.
            Some(first) => {
                let near = spans
                    .last()
                    .and_then(|last| places.iter().min_by_key(|p| p.start.abs_diff(last.end)));
                spans.push(near.unwrap_or(first).clone());
                score += share;
            }
            None if piece.len() < NEAR => return None,
            None => {
                let near = nearly(own, piece, text)?;
                done = done.max(near.done);
                differences.extend(near.differences);
                score += share * near.score;
                spans.push(near.span);
            }
        }
    }
    let span = hull(&spans);
    if text.source.prose.word_at(span.end) - text.source.prose.word_at(span.start) > PASSED {
        return None;
    }
    Some(Standing { done, span, also: Vec::new(), differences, score })
}

/// All pieces stand in the text letter by letter.
fn whole(
    own: &Prose<'_>,
    pieces: &[Range<usize>],
    text: &Text<'_, '_>,
    found: &[Vec<Range<usize>>],
    prefer: &dyn Fn(&Range<usize>) -> bool,
) -> Option<Standing> {
    let prose = text.source.prose;
    let words_between = |a: usize, b: usize| prose.word_at(b).saturating_sub(prose.word_at(a));
    // From each place of the first piece, the nearest next ones in order.
    let mut ordered: Vec<Vec<Range<usize>>> = Vec::new();
    for first in &found[0] {
        let mut chain = vec![first.clone()];
        for places in &found[1..] {
            let end = chain[chain.len() - 1].end;
            let next = places.iter().filter(|p| p.start >= end).min_by_key(|p| p.start);
            chain.extend(next.cloned());
        }
        if chain.len() == found.len() {
            let all = hull(&chain);
            if words_between(all.start, all.end) <= PASSED {
                ordered.push(chain);
            }
        }
    }
    let shortest = |chain: &Vec<Range<usize>>| chain[chain.len() - 1].end - chain[0].start;
    let best = ordered.iter().filter(|c| prefer(&hull(c))).min_by_key(|c| shortest(c));
    if let Some(chain) = best.or_else(|| ordered.iter().min_by_key(|c| shortest(c))) {
        let parted = chain.windows(2).any(|w| words_between(w[0].end, w[1].start) > 0);
        let span = hull(chain);
        let also = match pieces.len() {
            1 => found[0].iter().filter(|p| **p != span).cloned().collect(),
            _ => Vec::new(),
        };
        let differences = chain
            .windows(2)
            .zip(pieces.windows(2))
            .filter(|(w, _)| words_between(w[0].end, w[1].start) > 0)
            .map(|(w, p)| {
                let there = w[0].end..w[1].start;
                let stands = shortened(&prose.view.reading(there.clone()));
                let at = own.span(p[1].clone()).start;
                Difference { here: at..at, there, said: String::new(), stands }
            })
            .collect();
        let done = if parted { Done::Marked } else { Done::Nothing };
        return Some(Standing { done, span, also, differences, score: 1.0 });
    }
    // In another order: where the pieces stand closest together.
    let nearest = |first: &Range<usize>| {
        let others = found[1..].iter().map(|places| {
            places.iter().min_by_key(|p| p.start.abs_diff(first.start)).expect("none is empty")
        });
        hull(&others.chain([first]).cloned().collect::<Vec<_>>())
    };
    let span = found[0].iter().map(nearest).min_by_key(Range::len)?;
    (words_between(span.start, span.end) <= PASSED).then(|| Standing {
        done: Done::Reordered,
        span,
        also: Vec::new(),
        differences: Vec::new(),
        score: 1.0,
    })
}

/// A piece that does not stand there whole.
fn nearly(own: &Prose<'_>, piece: &Range<usize>, text: &Text<'_, '_>) -> Option<Standing> {
    let prose = text.source.prose;
    let ids = |p: &Prose<'_>, words: Range<usize>| -> Vec<u32> {
        p.words[words].iter().map(|w| w.id).collect()
    };
    let quoted = ids(own, piece.clone());
    for stretch in quotation_differs::stretches(&text.source, own, piece, false) {
        let from = stretch.start.saturating_sub(piece.len());
        let to = (stretch.end + 2 * piece.len()).min(prose.words.len());
        let tiles = tiles(&quoted, &ids(prose, from..to));
        let covered: usize = tiles.iter().map(|t| t.len).sum();
        if covered < piece.len() || tiles.len() * 3 > piece.len() {
            continue;
        }
        let tiles: Vec<Match> = tiles
            .into_iter()
            .map(|t| Match { old: t.old + piece.start, new: t.new + from, len: t.len })
            .collect();
        let in_order = tiles.windows(2).all(|w| w[0].new_end() <= w[1].new);
        let first = tiles.iter().map(|t| t.new).min()?;
        let last = tiles.iter().map(|t| t.new_end()).max()?;
        let gaps = tiles.windows(2).filter(|w| in_order && w[0].new_end() < w[1].new);
        let differences = gaps
            .map(|w| Gap { a: w[1].old..w[1].old, b: w[0].new_end()..w[1].new })
            .map(|g| difference(own, prose, &g))
            .collect();
        return Some(Standing {
            done: if in_order { Done::LeftOut } else { Done::Reordered },
            span: prose.span(first..last),
            also: Vec::new(),
            differences,
            score: 1.0,
        });
    }
    let (alike, weight) = quotation_differs::nearest(own, piece, &text.source, false)?;
    let left_out = alike.gaps.iter().all(|g| g.a.is_empty());
    Some(Standing {
        done: if left_out { Done::LeftOut } else { Done::Changed },
        span: prose.span(alike.b.clone()),
        also: Vec::new(),
        differences: alike.gaps.iter().map(|g| difference(own, prose, g)).collect(),
        score: (weight * 100.0).floor() / 100.0,
    })
}

fn difference(own: &Prose<'_>, other: &Prose<'_>, gap: &Gap) -> Difference {
    let span = |prose: &Prose<'_>, words: &Range<usize>| match words.is_empty() {
        false => prose.span(words.clone()),
        true => {
            let next = words.start..words.start + 1;
            let end = prose.view.source().len();
            let at = if next.end <= prose.words.len() { prose.span(next).start } else { end };
            at..at
        }
    };
    Difference {
        here: span(own, &gap.a),
        there: span(other, &gap.b),
        said: shortened(own.phrase(gap.a.clone())),
        stands: shortened(other.phrase(gap.b.clone())),
    }
}

fn hull(spans: &[Range<usize>]) -> Range<usize> {
    let start = spans.iter().map(|s| s.start).min().unwrap_or(0);
    start..spans.iter().map(|s| s.end).max().unwrap_or(start)
}
