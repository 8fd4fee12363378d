//! How many words a change deletes and inserts.
//!
//! A word that is broken over a line is one word; but where a change meets
//! only one half of it ("some- thing" becomes "some- other thing"), counting
//! all of it as deleted and written anew would blame the change for the line
//! break. So a hunk with a broken word in it is also counted by its pieces
//! between spaces, and the smaller count holds.

use std::collections::HashMap;
use std::ops::Range;

use super::lexicon::Side;
use super::script::Hunk;
use crate::text::align::{align, give_up};

/// Words deleted and inserted by a hunk.
pub fn words(old: &Side<'_>, new: &Side<'_>, hunk: &Hunk) -> (usize, usize) {
    let (broken, layout) = old.broken_or_layout(hunk.old.clone());
    let (broken_too, layout_too) = new.broken_or_layout(hunk.new.clone());
    if layout || layout_too {
        return (old.count(hunk.old.clone()), new.count(hunk.new.clone()));
    }
    let whole = (hunk.old.len(), hunk.new.len());
    if !(broken || broken_too) {
        return whole;
    }
    let (a, b) = (pieces(old, hunk.old.clone()), pieces(new, hunk.new.clone()));
    let same = if a.len() <= 64 && a.len() * b.len() <= SMALL { few(&a, &b) } else { many(&a, &b) };
    let by_pieces = (a.len() - same, b.len() - same);
    if by_pieces.0 + by_pieces.1 < whole.0 + whole.1 { by_pieces } else { whole }
}

/// The words by the spaces in the text.
fn pieces<'v>(side: &Side<'v>, range: Range<usize>) -> Vec<&'v str> {
    side.view.source()[side.span(range).range()].split_whitespace().collect()
}

/// Pairs of pieces that are all looked at.
const SMALL: usize = 400;

/// The length of the longest common subsequence; `a` has at most 64 pieces.
/// One bit each: those that are still 1 have no partner (Hyyrö 2004).
fn few(a: &[&str], b: &[&str]) -> usize {
    let mut free = u64::MAX;
    for piece in b {
        let equal = a.iter().enumerate().fold(0, |bits, (k, x)| bits | u64::from(x == piece) << k);
        let taken = free & equal;
        free = free.wrapping_add(taken) | (free - taken);
    }
    let all = u64::MAX.checked_shr(64 - a.len() as u32).unwrap_or(0);
    (!free & all).count_ones() as usize
}

/// Equal pieces of long stretches, as the words of whole texts are aligned.
fn many(a: &[&str], b: &[&str]) -> usize {
    let mut numbers = HashMap::new();
    let mut number = |pieces: &[&str]| -> Vec<u32> {
        let piece = |piece: &&str| {
            let next = numbers.len() as u32;
            *numbers.entry((*piece).to_owned()).or_insert(next)
        };
        pieces.iter().map(piece).collect()
    };
    let (a, b) = (number(a), number(b));
    align(&a, &b, numbers.len(), &mut give_up).iter().map(|run| run.len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn few_pieces_are_counted_as_many_are(
            a in prop::collection::vec("[a-d]", 0..20), b in prop::collection::vec("[a-d]", 0..20),
        ) {
            let (a, b): (Vec<_>, Vec<_>) =
                (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
            prop_assert_eq!(few(&a, &b), many(&a, &b));
        }
    }
}
