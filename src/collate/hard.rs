//! The engine for large stretches without unique words: imara-diff's
//! histogram (falling back to Myers), block against block.
//!
//! On repetitive text that engine grows with the square of the length (40,000
//! words of 97 kinds: 6 s), so both sides are first cut into as many blocks of
//! at most [`BLOCK`] words each, in proportion, and only blocks of equal rank
//! are compared: a few microseconds a word at worst, memory linear. What this
//! misses are matches over block borders, in stretches where no word is unique.

use std::collections::HashMap;

use imara_diff::{Algorithm, Diff, Token};

use crate::text::align::Match;

/// Words of one block. Twice as many double the worst cost of a word.
const BLOCK: usize = 1024;

/// Equal runs of two sequences, increasing on both sides.
pub fn histogram(old: &[u32], new: &[u32]) -> Vec<Match> {
    let blocks = old.len().max(new.len()).div_ceil(BLOCK).max(1);
    let mut runs = Vec::new();
    for k in 0..blocks {
        let cut = |len: usize| len * k / blocks..len * (k + 1) / blocks;
        let (i, j) = (cut(old.len()), cut(new.len()));
        let (from_old, from_new) = (i.start, j.start);
        let found = block(&old[i], &new[j]).into_iter();
        let placed = found.map(|r| Match { old: r.old + from_old, new: r.new + from_new, ..r });
        runs.extend(placed);
    }
    runs
}

fn block(old: &[u32], new: &[u32]) -> Vec<Match> {
    // The engine allocates by the number of different tokens: number them anew.
    let mut numbers = HashMap::<u32, u32>::new();
    let mut tokens = |keys: &[u32]| -> Vec<Token> {
        let number = |&key: &u32| {
            let next = numbers.len() as u32;
            Token::from(*numbers.entry(key).or_insert(next))
        };
        keys.iter().map(number).collect()
    };
    let (before, after) = (tokens(old), tokens(new));
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, &before, &after, numbers.len() as u32);
    let mut runs = Vec::new();
    let (mut i, mut j) = (0, 0);
    for hunk in diff.hunks() {
        let len = hunk.before.start as usize - i;
        if len > 0 {
            runs.push(Match { old: i, new: j, len });
        }
        (i, j) = (hunk.before.end as usize, hunk.after.end as usize);
    }
    if i < old.len() {
        runs.push(Match { old: i, new: j, len: old.len() - i });
    }
    runs
}
