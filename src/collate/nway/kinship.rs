//! Which texts are close to which: the pairs that are aligned.
//!
//! Each text gives a sample of its three-word shingles: those whose hash ends
//! in enough zeros (the same rule for all texts, so that the samples can be
//! compared: Broder's resemblance, by sampling modulo 2^m). Short texts, of
//! which all are taken, give their words and pairs of words too. The more of the
//! samples of two texts are shared, the closer they are. A maximal spanning
//! tree (Kruskal) joins each text to the rest by the closest pair there is:
//! for copies of copies that is, up to chance, their pedigree.
//!
//! Cost: one hash a word; n^2/2 comparisons of two sorted samples of about
//! [`SAMPLE`] numbers.

use std::cmp::Ordering;

use super::hands::in_turn;

/// Shingles to be sampled of the longest text: between so many and twice that.
const SAMPLE: usize = 512;

/// Two texts to be aligned, the first the lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub a: usize,
    pub b: usize,
}

/// The tree over the texts, the closest pairs first. `hashes` has a number
/// for each key that depends only on its letters.
pub fn tree(texts: &[&[u32]], hashes: &[u64], hands: usize) -> Vec<Pair> {
    let longest = texts.iter().map(|t| t.len()).max().unwrap_or(0);
    let bits = (longest / SAMPLE).checked_ilog2().unwrap_or(0);
    let samples = in_turn(hands, texts.len(), |t| sample(texts[t], hashes, bits));
    let mut pairs = Vec::with_capacity(texts.len() * texts.len() / 2);
    for b in 1..texts.len() {
        for a in 0..b {
            let shared = shared(&samples[a], &samples[b]) as u64;
            let all = (samples[a].len() + samples[b].len()) as u64 - shared;
            pairs.push((shared, all, Pair { a, b }));
        }
    }
    // shared / all, descending, without rounding.
    pairs.sort_by(|x, y| {
        let order = (y.0 * x.1.max(1)).cmp(&(x.0 * y.1.max(1)));
        order.then((x.2.a, x.2.b).cmp(&(y.2.a, y.2.b)))
    });
    let mut group: Vec<usize> = (0..texts.len()).collect();
    let mut tree = Vec::with_capacity(texts.len());
    for (_, _, pair) in pairs {
        let (x, y) = (group[pair.a], group[pair.b]);
        if x != y {
            group.iter_mut().filter(|g| **g == y).for_each(|g| *g = x);
            tree.push(pair);
        }
    }
    tree
}

/// The sampled shingles, sorted, each once.
fn sample(keys: &[u32], hashes: &[u64], bits: u32) -> Vec<u64> {
    let mask = (1u64 << bits) - 1;
    let spread = |n: u64| {
        let mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 32)
    };
    let mut out: Vec<u64> = keys
        .windows(3)
        .filter_map(|w| {
            let hash = |n: usize| hashes[w[n] as usize];
            let (a, b, c) = (hash(0), hash(1), hash(2));
            let mixed = spread(a ^ b.rotate_left(21) ^ c.rotate_left(42));
            (mixed & mask == 0).then_some(mixed)
        })
        .collect();
    if bits == 0 {
        let hash = |k: &u32| hashes[*k as usize];
        out.extend(keys.iter().map(|k| spread(hash(k))));
        out.extend(keys.windows(2).map(|w| spread(hash(&w[0]) ^ hash(&w[1]).rotate_left(21))));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// How many numbers two sorted lists have in common.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}
