//! Which word of one text goes with which word of the other: a sparse table of
//! translation probabilities, learnt from sentences that stand together.
//!
//! Model 1 of IBM (Brown et al. 1993), pruned: candidates are the pairs that
//! occur together more often than chance (log-likelihood ratio, Dunning 1993),
//! at most [`ROW`] a word; then rounds of expectation and maximization over
//! them. Absolute discounting takes [`DISCOUNT`] from each count, since a pair
//! that was seen once or twice proves little, and least of all for the place
//! where it was seen. Cost: words of A times words of B summed over the beads
//! given, a few times; memory: at most [`ROW`] entries a word.

use super::beads::Link;
use super::side::Side;

/// Candidates kept for a word.
const ROW: usize = 16;
/// Taken from each expected count.
const DISCOUNT: f32 = 0.4;
/// How much of a word's probability is the table's; the rest is chance.
pub const TRUST: f32 = 0.8;
/// Occurrences together below which a pair is no candidate.
const TOGETHER: f32 = 1.5;
/// Probability below which a pair is dropped.
const LEAST: f32 = 0.01;
/// Log-likelihood ratio below which a pair is no candidate.
const SURPRISE: f32 = 5.0;

/// Probabilities of words of one side, given a word of the other.
#[derive(Debug, Clone, Default)]
pub struct Table {
    rows: Vec<Vec<(u32, f32)>>,
    /// How much of each told word's occurrences the table explains, 0 to 1.
    trust: Vec<f32>,
}

/// A pair that is likely before anything was learnt: a number, a name.
#[derive(Debug, Clone, Copy)]
pub struct Hint {
    pub a: u32,
    pub b: u32,
    /// 0 to 1.
    pub weight: f32,
}

/// Both directions.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// Words of B given a word of A.
    pub onward: Table,
    /// Words of A given a word of B.
    pub back: Table,
}

impl Table {
    /// The likely partners of a word with their probabilities.
    pub fn row(&self, word: u32) -> &[(u32, f32)] {
        self.rows.get(word as usize).map_or(&[], Vec::as_slice)
    }

    /// How far a word of the other side is expected to be told by its
    /// partners: 0 (nothing known of it) to 1.
    pub fn trust(&self, word: u32) -> f32 {
        self.trust.get(word as usize).copied().unwrap_or(0.0)
    }
}

impl Tables {
    /// What the hints alone say.
    pub fn of_hints(a: &Side, b: &Side, hints: &[Hint]) -> Self {
        let one = |words: usize, told: usize, pick: fn(&Hint) -> (u32, u32)| {
            let mut rows = vec![Vec::new(); words];
            let mut trust = vec![0f32; told];
            for hint in hints {
                let (from, to) = pick(hint);
                let slot = &mut trust[to as usize];
                *slot = slot.max(hint.weight * 0.5);
                rows[from as usize].push((to, hint.weight));
            }
            for row in &mut rows {
                let sum: f32 = row.iter().map(|(_, w)| w).sum();
                if sum > 1.0 {
                    row.iter_mut().for_each(|(_, w)| *w /= sum);
                }
            }
            Table { rows, trust }
        };
        Self {
            onward: one(a.kinds.len(), b.kinds.len(), |h| (h.a, h.b)),
            back: one(b.kinds.len(), a.kinds.len(), |h| (h.b, h.a)),
        }
    }

    /// Learns from sentences that stand together.
    pub fn learn(a: &Side, b: &Side, links: &[Link], hints: &[Hint], rounds: usize) -> Self {
        let bags_a: Vec<Bag> = links.iter().map(|l| Bag::of(a, l.a.clone())).collect();
        let bags_b: Vec<Bag> = links.iter().map(|l| Bag::of(b, l.b.clone())).collect();
        let weights: Vec<f32> = links.iter().map(|l| l.weight).collect();
        let mut by_a: Vec<Vec<Entry>> = vec![Vec::new(); a.kinds.len()];
        let mut by_b: Vec<Vec<Entry>> = vec![Vec::new(); b.kinds.len()];
        for (x, y, share_x, share_y) in candidates(a, b, &bags_a, &bags_b, &weights) {
            by_a[x as usize].push(Entry { word: y, t: share_x, hint: 0.0 });
            by_b[y as usize].push(Entry { word: x, t: share_y, hint: 0.0 });
        }
        let add = |row: &mut Vec<Entry>, word: u32, hint: f32| match row
            .iter_mut()
            .find(|e| e.word == word)
        {
            Some(e) => e.hint = hint,
            None => row.push(Entry { word, t: hint, hint }),
        };
        for hint in hints {
            add(&mut by_a[hint.a as usize], hint.b, hint.weight);
            add(&mut by_b[hint.b as usize], hint.a, hint.weight);
        }
        Self {
            onward: maximize(by_a, b, &bags_a, &bags_b, &weights, rounds),
            back: maximize(by_b, a, &bags_b, &bags_a, &weights, rounds),
        }
    }
}

/// A candidate in a word's row.
#[derive(Debug, Clone, Copy)]
struct Entry {
    word: u32,
    t: f32,
    hint: f32,
}

/// The words of some sentences, each once with how often it occurs.
struct Bag {
    words: Vec<(u32, f32)>,
    /// Words in all.
    all: f32,
}

impl Bag {
    fn of(side: &Side, range: std::ops::Range<u32>) -> Self {
        let range = range.start as usize..range.end as usize;
        let mut types: Vec<u32> =
            side.sentences[range].iter().flat_map(|s| s.types.iter().copied()).collect();
        let all = types.len().max(1) as f32;
        types.sort_unstable();
        let mut words: Vec<(u32, f32)> = Vec::with_capacity(types.len());
        for word in types {
            match words.last_mut() {
                Some(last) if last.0 == word => last.1 += 1.0,
                _ => words.push((word, 1.0)),
            }
        }
        Self { words, all }
    }
}

/// Where each word stands: links it occurs in, each once.
fn places(kinds: usize, bags: &[Bag]) -> Vec<Vec<u32>> {
    let mut out = vec![Vec::new(); kinds];
    for (k, bag) in bags.iter().enumerate() {
        for &(word, _) in &bag.words {
            out[word as usize].push(k as u32);
        }
    }
    out
}

/// Pairs that stand together more often than chance: words, and the share of
/// each word's places where the other is.
fn candidates(
    a: &Side,
    b: &Side,
    bags_a: &[Bag],
    bags_b: &[Bag],
    weights: &[f32],
) -> Vec<(u32, u32, f32, f32)> {
    let places_a = places(a.kinds.len(), bags_a);
    let all: f32 = weights.iter().sum();
    let mut in_b = vec![0f32; b.kinds.len()];
    for (bag, weight) in bags_b.iter().zip(weights) {
        for &(y, _) in &bag.words {
            in_b[y as usize] += weight;
        }
    }
    let mut together = vec![0f32; b.kinds.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut out = Vec::new();
    let mut row: Vec<(f32, u32)> = Vec::new();
    for (x, places) in places_a.iter().enumerate() {
        let mut in_a = 0f32;
        for &k in places {
            let weight = weights[k as usize];
            in_a += weight;
            for &(y, _) in &bags_b[k as usize].words {
                if together[y as usize] == 0.0 {
                    touched.push(y);
                }
                together[y as usize] += weight;
            }
        }
        row.clear();
        for &y in &touched {
            let both = together[y as usize];
            let other = in_b[y as usize];
            if both >= TOGETHER && both * all > in_a * other {
                let surprise = surprise(both, in_a, other, all);
                if surprise > SURPRISE {
                    row.push((surprise, y));
                }
            }
        }
        row.sort_unstable_by(|p, q| q.0.total_cmp(&p.0).then(p.1.cmp(&q.1)));
        row.truncate(ROW);
        for &(_, y) in &row {
            let both = together[y as usize];
            out.push((x as u32, y, both / in_a, both / in_b[y as usize]));
        }
        for y in touched.drain(..) {
            together[y as usize] = 0.0;
        }
    }
    out
}

/// Twice the log-likelihood ratio of a two-by-two table.
fn surprise(both: f32, a: f32, b: f32, all: f32) -> f32 {
    let part = |seen: f32, expected: f32| {
        if seen <= 0.0 || expected <= 0.0 { 0.0 } else { seen * (seen / expected).ln() }
    };
    2.0 * (part(both, a * b / all)
        + part(a - both, a * (all - b) / all)
        + part(b - both, (all - a) * b / all)
        + part(all - a - b + both, (all - a) * (all - b) / all))
}

fn maximize(
    rows: Vec<Vec<Entry>>,
    to: &Side,
    bags_from: &[Bag],
    bags_to: &[Bag],
    weights: &[f32],
    rounds: usize,
) -> Table {
    let chance = chances(to);
    // All rows in one list, so that a round reads memory in order.
    let mut starts = Vec::with_capacity(rows.len() + 1);
    let mut entries: Vec<Entry> = Vec::new();
    for row in &rows {
        starts.push(entries.len());
        // A word's partners share it: no row begins with more than its all.
        let sum: f32 = row.iter().map(|e| e.t).sum::<f32>().max(1.0);
        entries.extend(row.iter().map(|e| Entry { t: e.t / sum, ..*e }));
    }
    starts.push(entries.len());
    drop(rows);
    let row = |x: u32| starts[x as usize]..starts[x as usize + 1];
    let mut counts = vec![0f32; entries.len()];
    let mut given = vec![0f32; starts.len() - 1];
    for (bag, weight) in bags_from.iter().zip(weights) {
        for (x, times) in &bag.words {
            given[*x as usize] += weight * times;
        }
    }
    let mut slot = vec![0f32; to.kinds.len()];
    let mut share = vec![0f32; to.kinds.len()];
    let mut explained = vec![0f32; to.kinds.len()];
    let mut seen = vec![0f32; to.kinds.len()];
    for _ in 0..rounds {
        counts.fill(0.0);
        explained.fill(0.0);
        seen.fill(0.0);
        for ((from, bag), &weight) in bags_from.iter().zip(bags_to).zip(weights) {
            // What chance and the words of the other side give each word here.
            let spread = TRUST / from.all;
            for &(x, times) in &from.words {
                for e in &entries[row(x)] {
                    slot[e.word as usize] += e.t * times * spread;
                }
            }
            for &(y, times) in &bag.words {
                let y = y as usize;
                let weight = weight * times;
                seen[y] += weight;
                if slot[y] > 0.0 {
                    let all = slot[y] + (1.0 - TRUST) * chance[y];
                    explained[y] += weight * slot[y] / all;
                    share[y] = weight * spread / all;
                }
            }
            for &(x, times) in &from.words {
                let row = row(x);
                for (count, e) in counts[row.clone()].iter_mut().zip(&entries[row]) {
                    let y = e.word as usize;
                    *count += e.t * times * share[y];
                    slot[y] = 0.0;
                }
            }
            for (y, _) in &bag.words {
                share[*y as usize] = 0.0;
            }
        }
        for (x, given) in given.iter().enumerate() {
            let row = row(x as u32);
            for (e, count) in entries[row.clone()].iter_mut().zip(&counts[row]) {
                e.t = ((count - DISCOUNT).max(0.0) + e.hint) / (given + 1.0);
            }
        }
    }
    let keep = |x: usize| {
        let kept = entries[row(x as u32)].iter().filter(|e| e.t > LEAST);
        kept.map(|e| (e.word, e.t)).collect()
    };
    // A hint is worth half an occurrence that it explains.
    let mut hinted = vec![0f32; to.kinds.len()];
    for e in &entries {
        let slot = &mut hinted[e.word as usize];
        *slot = slot.max(0.5 * e.hint);
    }
    let told = explained.iter().zip(&seen).zip(&hinted);
    let trust = told.map(|((e, s), h)| ((e + h) / (s + 1.0)).min(0.95));
    Table { rows: (0..starts.len() - 1).map(keep).collect(), trust: trust.collect() }
}

/// How often each word occurs by chance.
pub fn chances(side: &Side) -> Vec<f32> {
    side.kinds.iter().map(|k| (k.count as f32 + 0.5) / (side.words as f32 + 1.0)).collect()
}
