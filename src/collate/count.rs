//! How many words a change deletes and inserts.
//!
//! A word that is broken over a line is one word; but where a change meets
//! only one half of it ("some- thing" becomes "some- other thing"), counting
//! all of it as deleted and written anew would blame the change for the line
//! break. So a hunk with a broken word in it is also counted by its pieces
//! between spaces, and the smaller count holds.

use std::collections::HashMap;

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
    let mut numbers = HashMap::new();
    let mut number = |side: &'_ Side<'_>, range| -> Vec<u32> {
        let source = &side.view.source()[side.span(range).range()];
        let piece = |piece: &str| {
            let next = numbers.len() as u32;
            *numbers.entry(piece.to_owned()).or_insert(next)
        };
        source.split_whitespace().map(piece).collect()
    };
    let (a, b) = (number(old, hunk.old.clone()), number(new, hunk.new.clone()));
    let same: usize = align(&a, &b, numbers.len(), &mut give_up).iter().map(|r| r.len).sum();
    let pieces = (a.len() - same, b.len() - same);
    if pieces.0 + pieces.1 < whole.0 + whole.1 { pieces } else { whole }
}
