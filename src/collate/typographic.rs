//! The layer below the words: the same word, printed otherwise.
//!
//! An equal run whose bytes are equal is passed over in one comparison of
//! memory; only in others is each pair of words looked at. Line ends and
//! spaces between words are not listed: they are nothing a word shows.
//!
//! Two kinds of hunk are no change of words either: running heads and page
//! numbers alone; and a word that is broken over a running head in the one
//! text, where the other has no such page end, so that the words were cut
//! otherwise although the letters follow each other alike.

use std::ops::Range;

use super::lexicon::Side;
use super::script::Hunk;
use super::{Typographic, TypographicKind};
use crate::text::align::Match;
use crate::text::edits::same_letters;

/// The words of `runs` whose bytes differ, in order.
pub fn differing(old: &Side<'_>, new: &Side<'_>, runs: &[Match]) -> Vec<Typographic> {
    let mut out = Vec::new();
    for run in runs {
        let (i, j) = (run.old..run.old_end(), run.new..run.new_end());
        let (whole_old, whole_new) = (old.span(i.clone()), new.span(j.clone()));
        if old.view.source()[whole_old.range()] == new.view.source()[whole_new.range()] {
            continue;
        }
        for (x, y) in old.words[i].iter().zip(&new.words[j]) {
            let (a, b) = (x.start as usize..x.end as usize, y.start as usize..y.end as usize);
            let (was, is) = (&old.view.source()[a.clone()], &new.view.source()[b.clone()]);
            if was != is {
                let kind =
                    if x.broken || y.broken { TypographicKind::Break } else { kind(was, is) };
                out.push(Typographic { kind, old: a.into(), new: b.into() });
            }
        }
    }
    out
}

/// Keeps of `hunks` those that change words, without the layout words at their
/// edges; the others are listed as typographic.
pub fn textual(
    old: &Side<'_>,
    new: &Side<'_>,
    hunks: &mut Vec<Hunk>,
    typographic: &mut Vec<Typographic>,
) {
    let plain = |h: &Hunk| {
        let (a, b) = (old.broken_or_layout(h.old.clone()), new.broken_or_layout(h.new.clone()));
        a == (false, false) && b == (false, false)
    };
    // How many are kept so far, and which is looked at.
    let (mut kept, mut k) = (0, 0);
    while k < hunks.len() {
        if plain(&hunks[k]) {
            hunks.swap(kept, k);
            (kept, k) = (kept + 1, k + 1);
            continue;
        }
        let hunk = hunks[k].clone();
        k += 1;
        if let Some(whole) = cut_otherwise(old, new, &hunk, &hunks[k..]) {
            let within = |h: &&Hunk| h.old.end <= whole.old.end && h.new.end <= whole.new.end;
            k += hunks[k..].iter().take_while(within).count();
            typographic.push(Typographic {
                kind: TypographicKind::Break,
                old: old.span(whole.old),
                new: new.span(whole.new),
            });
            continue;
        }
        let words = Hunk { old: old.trimmed(hunk.old.clone()), new: new.trimmed(hunk.new.clone()) };
        let mut head = |old_words: Range<usize>, new_words: Range<usize>| {
            if !(old_words.is_empty() && new_words.is_empty()) {
                let (old, new) = (old.span(old_words), new.span(new_words));
                typographic.push(Typographic { kind: TypographicKind::Layout, old, new });
            }
        };
        if words.old.is_empty() && words.new.is_empty() {
            head(hunk.old.clone(), hunk.new.clone());
            continue;
        }
        // What was left out at the edges is told too.
        head(hunk.old.start..words.old.start, hunk.new.start..words.new.start);
        head(words.old.end..hunk.old.end, words.new.end..hunk.new.end);
        hunks[kept] = words;
        kept += 1;
    }
    hunks.truncate(kept);
}

/// The stretch from `hunk` to the end of a word broken over a running head,
/// when the letters of both sides follow each other alike.
fn cut_otherwise(old: &Side<'_>, new: &Side<'_>, hunk: &Hunk, next: &[Hunk]) -> Option<Hunk> {
    let (reach_old, reach_new) = (old.reach(hunk.old.clone()), new.reach(hunk.new.clone()));
    if reach_old.is_none() && reach_new.is_none() {
        return None;
    }
    let mut whole = hunk.clone();
    let alike = |whole: &Hunk| {
        let raw = |side: &Side<'_>, range: &Range<usize>| {
            side.view.source()[side.span(range.clone()).range()].to_owned()
        };
        same_letters(&raw(old, &whole.old), &raw(new, &whole.new))
    };
    // The rest of the word is one of the next hunks; a head is seldom longer.
    for h in next.iter().take(4) {
        if alike(&whole) {
            return Some(whole);
        }
        if h.old.start - whole.old.end > 24 || h.new.start - whole.new.end > 24 {
            return None;
        }
        (whole.old.end, whole.new.end) = (h.old.end, h.new.end);
    }
    alike(&whole).then_some(whole)
}

fn kind(was: &str, is: &str) -> TypographicKind {
    let dash = |c: char| matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let quote =
        |c: char| matches!(c, '"' | '\'' | '\u{2018}'..='\u{201f}' | '\u{2032}' | '\u{2033}');
    let equal_without = |out: &dyn Fn(char) -> bool| {
        was.chars().filter(|c| !out(*c)).eq(is.chars().filter(|c| !out(*c)))
    };
    if equal_without(&dash) {
        TypographicKind::Hyphen
    } else if equal_without(&quote) {
        TypographicKind::Quotes
    } else {
        TypographicKind::Other
    }
}
