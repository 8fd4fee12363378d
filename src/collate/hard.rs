//! The engine for large stretches without unique words: imara-diff's
//! histogram, which falls back to Myers with heuristics and so stays near
//! n log n in time and linear in memory on unrelated or repetitive input.

use std::collections::HashMap;

use imara_diff::{Algorithm, Diff, Token};

use crate::text::align::Match;

/// Equal runs of two sequences, increasing on both sides.
pub fn histogram(old: &[u32], new: &[u32]) -> Vec<Match> {
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
