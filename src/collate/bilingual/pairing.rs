//! Sentences of two languages paired: the rounds.
//!
//! 1. Words become types (`side`); hints are what survives translation
//!    (`hints`): numbers, marks, names by their skeletons.
//! 2. A first string of beads by lengths (Gale and Church 1993) and hints, in
//!    a wide band (`blocks`, `lattice`).
//! 3. [`ROUNDS`] times: a table of words is learnt from the beads that carry
//!    weight (`table`: Moore 2002, Varga et al. 2005 do so once), with it the
//!    lengths' spread and how often each shape is; the beads are strung again.
//! 4. The string that likely holds most right pairs is taken, not the likeliest
//!    string: a doubtful sentence stays alone rather than in a wrong bead.
//! 5. Each pair is judged by words learnt without it (`trust`). Its score is
//!    the product: the right partner among neighbours, and a translation at
//!    all. Below [`ALIGNED`] it is not aligned.
//!
//! Cost: sentences times the width of the band, times words of a sentence; see
//! `blocks` for the bounds.

use std::collections::HashMap;
use std::ops::Range;

use super::beads::{Link, SHAPES, first_odds};
use super::blocks::{self, Block, CARRIES};
use super::hints::hints;
use super::lattice::Model;
use super::lengths::Lengths;
use super::side::Side;
use super::table::Tables;
use super::trust;

/// Times that words are learnt and sentences strung again.
const ROUNDS: usize = 2;
/// A pair must carry more than this of the weight to be taken into the string.
const DOUBT: f32 = 0.6;
/// How much words count beside lengths: half, since both directions are summed.
const WORDS: f32 = 0.5;
/// Rounds of expectation and maximization each time.
const LEARN: usize = 3;
/// Least score of a pair: as likely right as wrong. Not tuned.
pub const ALIGNED: f32 = 0.5;

/// Sentences of A that belong with sentences of B.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Sentences of A, by number from 0.
    pub a: Range<u32>,
    /// Sentences of B.
    pub b: Range<u32>,
    /// 0 to 1: how likely it is that they translate each other.
    pub score: f32,
    /// A person said so.
    pub by_hand: bool,
}

/// How two texts pair.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pairing {
    /// Pairs in the order of A.
    pub pairs: Vec<Pair>,
    /// Sentences of A in no pair.
    pub alone_a: Vec<u32>,
    /// Sentences of B in no pair.
    pub alone_b: Vec<u32>,
}

/// Pairs the sentences of two texts. Pairs by hand win: their sentences are in
/// no other pair, and where they stand in order the others are sought between
/// them. A pair by hand with one side empty says that its sentences have no
/// partner. Ranges outside the texts are passed over; of two that share a
/// sentence the first counts.
pub fn pair(a: &[&str], b: &[&str], by_hand: &[(Range<u32>, Range<u32>)]) -> Pairing {
    let hand = Hand::new(a.len(), b.len(), by_hand);
    let rest_a: Vec<&str> = hand.free_a.iter().map(|&i| a[i as usize]).collect();
    let rest_b: Vec<&str> = hand.free_b.iter().map(|&j| b[j as usize]).collect();
    let mut pairs = hand.pairs.clone();
    if !rest_a.is_empty() && !rest_b.is_empty() {
        // Pairs by hand teach words too, and so must be read.
        let (side_a, side_b) = (Side::new(a), Side::new(b));
        let free = (pick(&side_a, &hand.free_a), pick(&side_b, &hand.free_b));
        for bead in string(&free.0, &free.1, &hand.segments) {
            pairs.extend(hand.back(&bead));
        }
    }
    pairs.sort_by_key(|p| (p.a.start, p.b.start));
    let alone = |n: usize, of: fn(&Pair) -> &Range<u32>| {
        let mut taken = vec![false; n];
        for pair in &pairs {
            of(pair).clone().for_each(|k| taken[k as usize] = true);
        }
        (0..n as u32).filter(|k| !taken[*k as usize]).collect()
    };
    let (alone_a, alone_b) = (alone(a.len(), |p| &p.a), alone(b.len(), |p| &p.b));
    Pairing { pairs, alone_a, alone_b }
}

fn pick(side: &Side, which: &[u32]) -> Side {
    let sentences = which.iter().map(|&k| side.sentences[k as usize].clone()).collect();
    Side { sentences, kinds: side.kinds.clone(), words: side.words }
}

/// Strings both sides and keeps the pairs that can be trusted.
fn string(a: &Side, b: &Side, segments: &[(Range<usize>, Range<usize>)]) -> Vec<Link> {
    let hints = hints(a, b);
    let mut tables = Tables::of_hints(a, b, &hints);
    let mut lengths = Lengths::new(a, b);
    let mut odds = first_odds();
    let mut blocks: Vec<Block> = Vec::new();
    let mut strung = Vec::new();
    {
        let model = Model { a, b, tables: &tables, lengths: &lengths, odds, words: WORDS };
        for (block, links) in blocks::first(&model, segments) {
            blocks.push(block);
            strung.extend(links);
        }
    }
    let mut beads = Vec::new();
    for round in 1..=ROUNDS {
        let real = shapes(strung, &mut odds);
        lengths.learn(&real);
        tables = Tables::learn(a, b, &real, &hints, LEARN);
        let model = Model { a, b, tables: &tables, lengths: &lengths, odds, words: WORDS };
        strung = Vec::new();
        for block in &mut blocks {
            let mut band = None;
            let lattice = blocks::again(block, &mut band, &model);
            let (links, stretch) = lattice.links(CARRIES);
            if round == ROUNDS {
                beads.extend(taken(lattice.likely(&links, DOUBT), &links));
            }
            block.narrow(stretch);
            strung.extend(links);
        }
    }
    let chances = trust::chances(a, b, &beads, &hints);
    for (bead, chance) in beads.iter_mut().zip(chances) {
        bead.weight *= chance;
    }
    beads.retain(|l| l.weight >= ALIGNED);
    beads
}

/// Counts shapes for the next round, and gives the beads that have both sides.
fn shapes(strung: Vec<(Link, usize)>, odds: &mut [f32; SHAPES.len()]) -> Vec<Link> {
    // What is expected beforehand counts as twenty beads.
    let mut counts = first_odds().map(|o| o.exp() * 20.0);
    let mut real = Vec::new();
    for (link, shape) in strung {
        counts[shape] += link.weight;
        if !link.a.is_empty() && !link.b.is_empty() {
            real.push(link);
        }
    }
    let all: f32 = counts.iter().sum();
    *odds = counts.map(|c| (c / all).ln());
    real
}

/// The beads of a string, each with the mean weight of its pairs.
fn taken(string: Vec<(usize, usize, usize)>, links: &[(Link, usize)]) -> Vec<Link> {
    let mut sure: HashMap<(u32, u32), f32> = HashMap::new();
    for (l, _) in links {
        for i in l.a.clone() {
            for j in l.b.clone() {
                *sure.entry((i, j)).or_default() += l.weight;
            }
        }
    }
    let bead = |(i, j, shape): (usize, usize, usize)| {
        let (p, q) = SHAPES[shape];
        let (a, b) = (i as u32..(i + p) as u32, j as u32..(j + q) as u32);
        let pairs = a.clone().flat_map(|i| b.clone().map(move |j| (i, j)));
        let sum: f32 = pairs.map(|p| sure.get(&p).copied().unwrap_or(0.0)).sum();
        Link { a, b, weight: (sum / (p * q).max(1) as f32).min(1.0) }
    };
    string.into_iter().map(bead).collect()
}

/// What was paired by hand, and what that leaves.
struct Hand {
    pairs: Vec<Pair>,
    free_a: Vec<u32>,
    free_b: Vec<u32>,
    /// Ranges of the free ones that belong together.
    segments: Vec<(Range<usize>, Range<usize>)>,
}

impl Hand {
    fn new(n: usize, m: usize, by_hand: &[(Range<u32>, Range<u32>)]) -> Self {
        let (mut taken_a, mut taken_b) = (vec![false; n], vec![false; m]);
        let mut pairs: Vec<Pair> = Vec::new();
        for (a, b) in by_hand {
            let inside = (a.end as usize) <= n && (b.end as usize) <= m;
            let clash = |taken: &[bool], r: &Range<u32>| r.clone().any(|k| taken[k as usize]);
            if !inside || clash(&taken_a, a) || clash(&taken_b, b) {
                continue;
            }
            a.clone().for_each(|k| taken_a[k as usize] = true);
            b.clone().for_each(|k| taken_b[k as usize] = true);
            if !a.is_empty() && !b.is_empty() {
                pairs.push(Pair { a: a.clone(), b: b.clone(), score: 1.0, by_hand: true });
            }
        }
        pairs.sort_by_key(|p| p.a.start);
        let free = |taken: &[bool]| -> Vec<u32> {
            (0..taken.len() as u32).filter(|k| !taken[*k as usize]).collect()
        };
        let (free_a, free_b) = (free(&taken_a), free(&taken_b));
        // Pairs that stand in order part the texts; one that crosses does not.
        let ordered = in_order(&pairs);
        let mut segments = Vec::new();
        let (mut i, mut j) = (0, 0);
        for k in ordered {
            let p = free_a.partition_point(|x| *x < pairs[k].a.start);
            let q = free_b.partition_point(|x| *x < pairs[k].b.start);
            segments.push((i..p, j..q));
            (i, j) = (p, q);
        }
        segments.push((i..free_a.len(), j..free_b.len()));
        Self { pairs, free_a, free_b, segments }
    }

    /// A bead of free sentences in the numbers of the whole texts. One that
    /// reaches over a sentence paired by hand falls into its parts.
    fn back(&self, bead: &Link) -> Option<Pair> {
        let whole = |free: &[u32], r: &Range<u32>| {
            let (first, last) = (free[r.start as usize], free[r.end as usize - 1]);
            (last - first + 1 == r.end - r.start).then_some(first..last + 1)
        };
        let (a, b) = (whole(&self.free_a, &bead.a)?, whole(&self.free_b, &bead.b)?);
        Some(Pair { a, b, score: bead.weight, by_hand: false })
    }
}

/// The longest run of pairs that stand in the order of both texts.
fn in_order(pairs: &[Pair]) -> Vec<usize> {
    // Patience sorting: for each length, the pair that ends it earliest in B.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for k in 0..pairs.len() {
        let at = ends.partition_point(|&e| pairs[e].b.start < pairs[k].b.start);
        before[k] = at.checked_sub(1).map(|p| ends[p]);
        if at == ends.len() {
            ends.push(k);
        } else {
            ends[at] = k;
        }
    }
    let mut out = Vec::new();
    let mut next = ends.last().copied();
    while let Some(k) = next {
        out.push(k);
        next = before[k];
    }
    out.reverse();
    out
}
