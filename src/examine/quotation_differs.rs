//! Quotations that nearly match another place, in this text or in one held
//! beside it, but not in all words.
//!
//! A quotation is cut at ellipses and, when long, at sentence ends; each piece
//! of at least [`LEAST`] words is looked up by itself:
//!
//! 1. Its rare words vote for the stretches of text that hold several of them
//!    at about the same distances (an inverted index; a word in more than
//!    [`COMMON`] places does not vote).
//! 2. The stretches with most votes are aligned word by word.
//! 3. A stretch counts when the words that both have weigh enough beside those
//!    that only one has. The weight of a word is the logarithm of how rare it
//!    is (Spärck Jones 1972), so that "of the" alone makes nothing alike; a
//!    number weighs nothing. Short pieces must agree better than long ones;
//!    titles and names, which are mostly capitals, are left alone.
//!
//! A piece that stands somewhere word for word is right and not told, nor one
//! that stands nowhere. Which of the two differing places is the original is
//! for a person to say.

use std::collections::HashMap;
use std::ops::Range;

use super::alike::{Alike, compare};
use super::oddity::{Oddity, OddityCode, shortened};
use super::prose::Prose;
use super::quotation_marks::{is_quoted, words};
use super::quotation_pieces::pieces;
use super::word_index::WordIndex;

/// Least words of a piece that is looked up.
const LEAST: usize = 7;
/// A word in more places than this does not vote.
const COMMON: usize = 400;
/// Words of a piece that vote, the rarest.
const VOTERS: usize = 12;
/// Stretches that are aligned with a piece, of each text.
const STRETCHES: usize = 5;
/// Least words in small letters in one run that both have.
const RUN: usize = 4;
/// Words between sentences that repeat a pattern, as in a manual.
const PATTERN: usize = 60;
/// Words between two quotations that are set side by side on purpose.
const BESIDE: usize = 400;

/// A text that quotations are looked up in.
pub(super) struct Source<'p, 'v> {
    pub prose: &'p Prose<'v>,
    pub index: WordIndex,
    /// Its name; `None`: the text that is examined.
    pub name: Option<&'p str>,
}

/// Where a piece nearly stands.
struct Place {
    source: usize,
    alike: Alike,
    weight: f64,
}

/// Finds all of them. The first source is the text examined, whose quotations
/// (byte ranges of its reading text) are looked up.
pub(super) fn find(sources: &[Source<'_, '_>], quotations: &[Range<usize>]) -> Vec<Oddity> {
    let Some(own) = sources.first() else { return Vec::new() };
    let mut out: Vec<Oddity> = Vec::new();
    let mut done: Vec<Range<usize>> = Vec::new();
    let quoted = words(own.prose, quotations);
    for quotation in quotations {
        for piece in pieces(own.prose, quotation, LEAST) {
            // A quotation inside a quotation was looked up with it.
            if done.last().is_some_and(|d| piece.start < d.end) {
                continue;
            }
            done.push(piece.clone());
            let Some(place) = best(sources, &piece) else { continue };
            let apart = piece.start.abs_diff(place.alike.b.start);
            let on_purpose = place.weight < 0.9 && is_quoted(&quoted, &place.alike.b);
            if place.source == 0 && (apart < PATTERN || (apart < BESIDE && on_purpose)) {
                continue;
            }
            let found = oddity(sources, &place);
            let told = out.iter().any(|o| {
                let twice = |x: &Range<usize>, y: &Range<usize>| x.start < y.end && y.start < x.end;
                o.held == found.held
                    && twice(&o.span, &found.against[0])
                    && twice(&o.against[0], &found.span)
            });
            if !told {
                out.push(found);
            }
        }
    }
    out
}

/// The place that a piece differs from; `None` where it stands word for word,
/// or nowhere.
fn best(sources: &[Source<'_, '_>], piece: &Range<usize>) -> Option<Place> {
    let own = sources[0].prose;
    let mut best: Option<Place> = None;
    for (number, source) in sources.iter().enumerate() {
        let Some((alike, weight)) = nearest(own, piece, source, number == 0) else { continue };
        if alike.gaps.is_empty() {
            return None;
        }
        if best.as_ref().is_none_or(|b| weight > b.weight) {
            best = Some(Place { source: number, alike, weight });
        }
    }
    best
}

/// The place of a text that is enough like a piece of `own` to be the same
/// words, and how much of their weight both have; one without gaps at once.
/// `same_text`: the piece stands in that text itself.
pub(super) fn nearest(
    own: &Prose<'_>,
    piece: &Range<usize>,
    source: &Source<'_, '_>,
    same_text: bool,
) -> Option<(Alike, f64)> {
    let mut best: Option<(Alike, f64)> = None;
    for stretch in stretches(source, own, piece, same_text) {
        let Some(alike) = trimmed(own, piece, source.prose, stretch) else { continue };
        if alike.gaps.is_empty() {
            return Some((alike, 1.0));
        }
        let inserted: usize = alike.gaps.iter().map(|g| g.b.len()).sum();
        let weight = weight(source, own, source.prose, &alike);
        let better = best.as_ref().is_none_or(|b| weight > b.1);
        if better && inserted <= piece.len() && is_same(own, &alike, weight) {
            best = Some((alike, weight));
        }
    }
    best
}

/// Stretches of a text that hold several of a piece's rare words in about its
/// order, best first.
pub(super) fn stretches(
    source: &Source<'_, '_>,
    own: &Prose<'_>,
    piece: &Range<usize>,
    same_text: bool,
) -> Vec<Range<usize>> {
    let width = piece.len() / 2 + 6;
    let mut votes: HashMap<usize, f64> = HashMap::new();
    let mut rarest: Vec<usize> = piece.clone().collect();
    rarest.sort_by_key(|&at| source.index.places(own.words[at].id).len());
    rarest.retain(|&at| (1..=COMMON).contains(&source.index.places(own.words[at].id).len()));
    for at in rarest.into_iter().take(VOTERS) {
        let places = source.index.places(own.words[at].id);
        let weight = source.index.weight(own.words[at].id);
        for &p in places {
            if same_text && piece.contains(&(p as usize)) {
                continue;
            }
            let slot = (p as usize + piece.len()).saturating_sub(at - piece.start) / width;
            *votes.entry(slot).or_default() += weight;
            *votes.entry(slot + 1).or_default() += weight;
        }
    }
    let mut votes: Vec<(usize, f64)> = votes.into_iter().collect();
    votes.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    let mut out: Vec<Range<usize>> = Vec::new();
    for (slot, _) in votes {
        let from = (slot * width).saturating_sub(piece.len() + width + 4);
        let mut stretch = from..(from + 2 * width + piece.len() + 12).min(source.prose.words.len());
        if same_text {
            // The piece itself is no other place.
            if stretch.start < piece.end && piece.start < stretch.end {
                stretch = match stretch.start < piece.start {
                    true => stretch.start..piece.start,
                    false => piece.end..stretch.end.max(piece.end),
                };
            }
        }
        let known = out.iter().any(|o| o.start.abs_diff(stretch.start) < width);
        if !known && stretch.len() >= LEAST / 2 {
            out.push(stretch);
        }
        if out.len() == STRETCHES {
            break;
        }
    }
    out
}

/// A piece aligned with the part of a stretch that it matches.
fn trimmed(
    own: &Prose<'_>,
    piece: &Range<usize>,
    other: &Prose<'_>,
    stretch: Range<usize>,
) -> Option<Alike> {
    let wide = compare(own, piece.clone(), other, stretch);
    let core = core(&wide, other)?;
    let narrow = compare(own, piece.clone(), other, core);
    (!narrow.runs.is_empty()).then_some(narrow)
}

/// The part of the stretch from the first run to the last, without runs that
/// stand far off.
fn core(wide: &Alike, other: &Prose<'_>) -> Option<Range<usize>> {
    let heaviest = (0..wide.runs.len()).max_by_key(|&n| wide.runs[n].len)?;
    let far = |x: usize, y: usize| y.saturating_sub(x) > 8;
    let (mut first, mut last) = (heaviest, heaviest);
    while first > 0 && !far(wide.runs[first - 1].new_end(), wide.runs[first].new) {
        first -= 1;
    }
    while last + 1 < wide.runs.len() && !far(wide.runs[last].new_end(), wide.runs[last + 1].new) {
        last += 1;
    }
    // Words of the piece before the first run may stand changed there, but
    // in the same sentence.
    let lead = (wide.runs[first].old - wide.a.start).min(2);
    let tail = (wide.a.end - wide.runs[last].old_end()).min(2);
    let (mut from, mut to) = (wide.runs[first].new, wide.runs[last].new_end());
    let goes_on = |gap: &str| !gap.contains(['.', '!', '?', ';', ':', '(', ')', '\n', '…']);
    for _ in 0..lead {
        from -= usize::from(from > wide.b.start && goes_on(other.gap_before(from)));
    }
    for _ in 0..tail {
        to += usize::from(to < wide.b.end && goes_on(other.gap(to - 1)));
    }
    Some(from..to)
}

/// Share of the weight of all words, here and there, that both have.
fn weight(source: &Source<'_, '_>, own: &Prose<'_>, other: &Prose<'_>, alike: &Alike) -> f64 {
    let of = |prose: &Prose<'_>, words: Range<usize>| -> f64 {
        let words = words.filter(|&i| prose.value(i).is_none());
        words.map(|i| source.index.weight(prose.words[i].id)).sum()
    };
    let all = of(own, alike.a.clone()) + of(other, alike.b.clone());
    let missing: f64 =
        alike.gaps.iter().map(|g| of(own, g.a.clone()) + of(other, g.b.clone())).sum();
    if all > 0.0 { (all - missing) / all } else { 0.0 }
}

/// Whether a piece and a place are enough alike to be the same words once.
fn is_same(own: &Prose<'_>, alike: &Alike, weight: f64) -> bool {
    let small = |i: &usize| own.word(*i).starts_with(char::is_lowercase);
    let run = alike.runs.iter().max_by_key(|r| (r.old..r.old_end()).filter(small).count());
    let run: Vec<usize> = run.map_or(Vec::new(), |r| (r.old..r.old_end()).filter(small).collect());
    let long = |i: &usize| own.word(*i).chars().count() > 3;
    let capitals = alike.a.clone().filter(|i| long(i) && own.is_capital(*i)).count();
    let all = alike.a.clone().filter(long).count();
    // What stands before the first run and after the last is not there.
    let lead = alike.runs.first().map_or(0, |r| r.old - alike.a.start);
    let tail = alike.runs.last().map_or(0, |r| alike.a.end - r.old_end());
    let least = match alike.a.len() {
        ..8 => 0.85,
        8..16 => 0.7,
        _ => 0.5,
    };
    weight >= least
        && run.len() >= RUN
        && (weight >= 0.8 || run.iter().filter(|i| long(i)).count() >= 2)
        && capitals * 2 < all
        && (lead + tail) * 5 <= alike.a.len() * 2
}

fn oddity(sources: &[Source<'_, '_>], place: &Place) -> Oddity {
    let (own, source) = (&sources[0], &sources[place.source]);
    let alike = &place.alike;
    let other = source.prose.span(alike.b.clone());
    let line = source.prose.view.lines().line_of(other.start);
    let there = match source.name {
        None => format!("line {line}"),
        Some(name) => format!("{name}, line {line}"),
    };
    let differences: Vec<String> =
        alike.gaps.iter().take(3).map(|g| difference(own.prose, source.prose, g)).collect();
    let more = if alike.gaps.len() > 3 { "; and more" } else { "" };
    let text = format!(
        "The quotation differs from {there} ({}): {}{more}.",
        kind(own.prose, source.prose, alike),
        differences.join("; ")
    );
    let said = own.prose.phrase(alike.a.clone());
    let span = own.prose.span(alike.a.clone());
    let mut out = Oddity::new(OddityCode::QuotationDiffers, span, said, text)
        .against([other])
        .scored(place.weight);
    out.held = source.name.map(str::to_owned);
    out
}

fn difference(own: &Prose<'_>, other: &Prose<'_>, gap: &super::alike::Gap) -> String {
    let said = |prose: &Prose<'_>, range: &Range<usize>| shortened(prose.phrase(range.clone()));
    match (gap.a.is_empty(), gap.b.is_empty()) {
        (false, false) => {
            format!("“{}” for “{}”", said(own, &gap.a), said(other, &gap.b))
        }
        (false, true) => format!("“{}” added", said(own, &gap.a)),
        _ => format!("“{}” left out", said(other, &gap.b)),
    }
}

/// Words left out, added, in other order, or changed.
fn kind(own: &Prose<'_>, other: &Prose<'_>, alike: &Alike) -> &'static str {
    let sorted = |prose: &Prose<'_>, range: &Range<usize>| {
        let mut ids: Vec<u32> = prose.words[range.clone()].iter().map(|w| w.id).collect();
        ids.sort_unstable();
        ids
    };
    if alike.gaps.iter().all(|g| g.a.is_empty()) {
        "words left out"
    } else if alike.gaps.iter().all(|g| g.b.is_empty()) {
        "words added"
    } else if sorted(own, &alike.a) == sorted(other, &alike.b) {
        "order changed"
    } else {
        "words changed"
    }
}
