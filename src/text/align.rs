//! Alignment of two sequences of interned keys: which words of the one are
//! which words of the other, in order.
//!
//! 1. Equal beginnings and ends are taken off.
//! 2. Keys that occur once on each side are paired and grown to maximal equal
//!    runs; the heaviest increasing chain of runs (by words) is kept. This is
//!    Bram Cohen's patience diff with runs for cards: n + r log r.
//! 3. Each gap of the chain is treated the same way until it is small; there
//!    the exact longest common subsequence is computed, and among the longest
//!    the one in the fewest pieces (n * m cells, at most `CELLS`).
//! 4. A large gap without unique keys goes to the caller's `hard` engine.
//!
//! Bounds: steps 1 and 2 cost O(n log n) per level and there are at most
//! `LEVELS` levels; all exact tables together cost at most
//! `CELLS / sqrt(CELLS)` cells a word; memory is linear plus one table.

use std::ops::Range;

/// The largest exact table, in cells.
const CELLS: usize = 1 << 17;
/// Below this many cells the exact table is made at once.
const AT_ONCE: usize = 1 << 11;
/// How often gaps are cut again at unique keys before `hard` gets them.
const LEVELS: u32 = 24;

/// An equal run: `len` keys from `old` in the one sequence are the `len` keys
/// from `new` in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Index in the old sequence.
    pub old: usize,
    /// Index in the new sequence.
    pub new: usize,
    /// Number of keys, at least 1.
    pub len: usize,
}

impl Match {
    /// End in the old sequence, exclusive.
    pub fn old_end(&self) -> usize {
        self.old + self.len
    }
    /// End in the new sequence, exclusive.
    pub fn new_end(&self) -> usize {
        self.new + self.len
    }
}

/// An engine for large gaps without unique keys: equal runs, increasing on
/// both sides.
pub type Hard<'h> = &'h mut dyn FnMut(&[u32], &[u32]) -> Vec<Match>;

/// Aligns `old` and `new`, whose keys are below `keys`. The answer increases
/// strictly on both sides, and no run continues another.
pub fn align(old: &[u32], new: &[u32], keys: usize, hard: Hard<'_>) -> Vec<Match> {
    let mut aligner = Aligner::new(old, new, keys, hard);
    aligner.gap(0..old.len(), 0..new.len(), 0);
    aligner.found
}

/// The engine for callers without one: large gaps stay unaligned.
pub fn give_up(_: &[u32], _: &[u32]) -> Vec<Match> {
    Vec::new()
}

#[derive(Clone, Copy)]
struct Seen {
    epoch: u32,
    old: u32,
    new: u32,
}

const NONE: u32 = u32::MAX;
const MANY: u32 = u32::MAX - 1;

struct Aligner<'a, 'h> {
    old: &'a [u32],
    new: &'a [u32],
    keys: usize,
    /// By key; made when first needed.
    seen: Vec<Seen>,
    epoch: u32,
    table: Table,
    hard: Hard<'h>,
    found: Vec<Match>,
}

impl<'a, 'h> Aligner<'a, 'h> {
    fn new(old: &'a [u32], new: &'a [u32], keys: usize, hard: Hard<'h>) -> Self {
        let table = Table::default();
        Self { old, new, keys, seen: Vec::new(), epoch: 0, table, hard, found: Vec::new() }
    }

    /// Aligns one gap; what it finds is pushed in order.
    fn gap(&mut self, mut a: Range<usize>, mut b: Range<usize>, level: u32) {
        let head = common_prefix(&self.old[a.clone()], &self.new[b.clone()]);
        self.push(Match { old: a.start, new: b.start, len: head });
        (a.start, b.start) = (a.start + head, b.start + head);
        let tail = common_suffix(&self.old[a.clone()], &self.new[b.clone()]);
        (a.end, b.end) = (a.end - tail, b.end - tail);
        self.middle(a.clone(), b.clone(), level);
        self.push(Match { old: a.end, new: b.end, len: tail });
    }

    fn middle(&mut self, a: Range<usize>, b: Range<usize>, level: u32) {
        let cells = a.len().saturating_mul(b.len());
        if cells == 0 {
            return;
        }
        if cells > AT_ONCE && level < LEVELS {
            // A lone pair of unique words is chance more often than not, deep
            // down even a pair of neighbours.
            let shortest = if level == 0 { 2 } else { 3 };
            let mut runs = self.unique_runs(a.clone(), b.clone(), shortest);
            if runs.is_empty() && cells > CELLS && shortest > 1 {
                runs = self.unique_runs(a.clone(), b.clone(), 1);
            }
            let chain = heaviest_chain(runs);
            if !chain.is_empty() {
                let (mut i, mut j) = (a.start, b.start);
                for run in chain {
                    self.gap(i..run.old, j..run.new, level + 1);
                    self.push(run);
                    (i, j) = (run.old_end(), run.new_end());
                }
                self.gap(i..a.end, j..b.end, level + 1);
                return;
            }
        }
        let (x, y) = (&self.old[a.clone()], &self.new[b.clone()]);
        let runs = if cells <= CELLS { self.table.solve(x, y) } else { (self.hard)(x, y) };
        for run in runs {
            self.push(Match { old: run.old + a.start, new: run.new + b.start, len: run.len });
        }
    }

    fn push(&mut self, run: Match) {
        if run.len == 0 {
            return;
        }
        if let Some(last) = self.found.last_mut()
            && last.old_end() == run.old
            && last.new_end() == run.new
        {
            last.len += run.len;
        } else {
            self.found.push(run);
        }
    }

    /// Maximal equal runs of at least `shortest` keys through the keys that
    /// are unique on both sides of the gap; their starts and ends increase in
    /// the old sequence.
    fn unique_runs(&mut self, a: Range<usize>, b: Range<usize>, shortest: usize) -> Vec<Match> {
        if self.seen.is_empty() {
            self.seen.resize(self.keys, Seen { epoch: 0, old: NONE, new: NONE });
        }
        self.epoch += 1;
        let epoch = self.epoch;
        for i in a.clone() {
            let seen = &mut self.seen[self.old[i] as usize];
            if seen.epoch == epoch {
                seen.old = MANY;
            } else {
                *seen = Seen { epoch, old: i as u32, new: NONE };
            }
        }
        for j in b.clone() {
            let seen = &mut self.seen[self.new[j] as usize];
            if seen.epoch == epoch {
                seen.new = if seen.new == NONE { j as u32 } else { MANY };
            }
        }
        let mut runs: Vec<Match> = Vec::new();
        let mut last = Match { old: 0, new: 0, len: 0 };
        for i in a.clone() {
            let seen = self.seen[self.old[i] as usize];
            if seen.old == MANY || seen.new >= MANY {
                continue;
            }
            let j = seen.new as usize;
            if i < last.old_end() && i - last.old + last.new == j {
                continue;
            }
            let back = common_suffix(&self.old[a.start..i], &self.new[b.start..j]);
            let ahead = common_prefix(&self.old[i..a.end], &self.new[j..b.end]);
            last = Match { old: i - back, new: j - back, len: back + ahead };
            if last.len >= shortest {
                runs.push(last);
            }
        }
        runs
    }
}

/// Keys equal at the start of both.
pub fn common_prefix(a: &[u32], b: &[u32]) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y).count()
}

/// Keys equal at the end of both.
pub fn common_suffix(a: &[u32], b: &[u32]) -> usize {
    a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count()
}

/// The increasing chain with the most words. The runs come sorted by `old`;
/// where two runs of the chain overlap at their ends (a repeated phrase at a
/// seam), the later one gives way.
pub fn heaviest_chain(runs: Vec<Match>) -> Vec<Match> {
    let mut chain = if runs.is_sorted_by(|x, y| x.new < y.new) { runs } else { heaviest(&runs) };
    let mut last = (0, 0);
    chain.retain_mut(|run| {
        let over = last.0.max(run.old) - run.old;
        let over = over.max(last.1.max(run.new) - run.new);
        if over >= run.len {
            return false;
        }
        *run = Match { old: run.old + over, new: run.new + over, len: run.len - over };
        last = (run.old_end(), run.new_end());
        true
    });
    chain
}

/// Weighted longest increasing subsequence by a Fenwick tree of maxima.
fn heaviest(runs: &[Match]) -> Vec<Match> {
    let mut order: Vec<u32> = (0..runs.len() as u32).collect();
    order.sort_unstable_by_key(|&r| runs[r as usize].new);
    let mut rank = vec![0; runs.len()];
    for (k, &r) in order.iter().enumerate() {
        rank[r as usize] = k + 1;
    }
    // tree[k]: (weight, run + 1) of the best chain that ends in a rank covered by k.
    let mut tree = vec![(0usize, 0u32); runs.len() + 1];
    let mut before = vec![0u32; runs.len()];
    let mut best = (0, 0);
    for (r, run) in runs.iter().enumerate() {
        let mut top = (0, 0);
        let mut k = rank[r] - 1;
        while k > 0 {
            top = top.max(tree[k]);
            k &= k - 1;
        }
        before[r] = top.1;
        let mine = (top.0 + run.len, r as u32 + 1);
        best = best.max(mine);
        let mut k = rank[r];
        while k < tree.len() {
            tree[k] = tree[k].max(mine);
            k += k & k.wrapping_neg();
        }
    }
    let mut chain = Vec::new();
    let mut at = best.1;
    while at > 0 {
        chain.push(runs[at as usize - 1]);
        at = before[at as usize - 1];
    }
    chain.reverse();
    chain
}

/// The exact table: longest common subsequence, fewest runs.
#[derive(Default)]
struct Table {
    /// Per cell: bit 0 the match continues a match, bit 1 the gap came from
    /// the left, bit 2 the best ends in a match.
    steps: Vec<u8>,
    matched: Vec<i32>,
    apart: Vec<i32>,
}

/// A match is worth far more than the opening of a run costs.
const WORTH: i32 = 4096;
const NEVER: i32 = i32::MIN / 2;

impl Table {
    fn solve(&mut self, a: &[u32], b: &[u32]) -> Vec<Match> {
        let width = b.len() + 1;
        self.steps.clear();
        self.steps.resize((a.len() + 1) * width, 0);
        self.matched.clear();
        self.matched.resize(width, NEVER);
        self.apart.clear();
        self.apart.resize(width, 0);
        self.steps[1..width].fill(2);
        for (i, &key) in a.iter().enumerate() {
            let row = (i + 1) * width;
            let (mut diagonal_matched, mut diagonal_apart) = (self.matched[0], self.apart[0]);
            let mut left = 0; // best of the cell to the left
            for (j, &other) in b.iter().enumerate() {
                let (up_matched, up_apart) = (self.matched[j + 1], self.apart[j + 1]);
                let (mut matched, mut step) = (NEVER, 0);
                if key == other {
                    let (on, open) = (diagonal_matched + WORTH, diagonal_apart + WORTH - 1);
                    matched = on.max(open);
                    step = u8::from(on >= open);
                }
                let up = up_matched.max(up_apart);
                let apart = up.max(left);
                step |= u8::from(left > up) << 1;
                left = matched.max(apart);
                step |= u8::from(matched >= apart) << 2;
                self.steps[row + j + 1] = step;
                (diagonal_matched, diagonal_apart) = (up_matched, up_apart);
                (self.matched[j + 1], self.apart[j + 1]) = (matched, apart);
            }
        }
        self.trace(a.len(), b.len())
    }

    fn trace(&self, mut i: usize, mut j: usize) -> Vec<Match> {
        let width = j + 1;
        let mut runs: Vec<Match> = Vec::new();
        let mut matched = self.steps[i * width + j] & 4 != 0;
        while i > 0 && j > 0 {
            let step = self.steps[i * width + j];
            if matched {
                (i, j) = (i - 1, j - 1);
                match runs.last_mut() {
                    Some(run) if run.old == i + 1 && run.new == j + 1 => {
                        *run = Match { old: i, new: j, len: run.len + 1 };
                    }
                    _ => runs.push(Match { old: i, new: j, len: 1 }),
                }
                matched = step & 1 != 0;
            } else {
                if step & 2 != 0 {
                    j -= 1
                } else {
                    i -= 1
                }
                matched = self.steps[i * width + j] & 4 != 0;
            }
        }
        runs.reverse();
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn runs(old: &[u32], new: &[u32]) -> Vec<Match> {
        align(old, new, 64, &mut give_up)
    }

    fn common(old: &[u32], new: &[u32]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for x in old {
            let mut diagonal = 0;
            for (j, y) in new.iter().enumerate() {
                let up = row[j + 1];
                row[j + 1] = if x == y { diagonal + 1 } else { up.max(row[j]) };
                diagonal = up;
            }
        }
        row[new.len()]
    }

    #[test]
    fn equal_sequences_are_one_run() {
        assert_eq!(runs(&[1, 2, 3], &[1, 2, 3]), [Match { old: 0, new: 0, len: 3 }]);
        assert_eq!(runs(&[], &[1]), []);
    }

    #[test]
    fn a_swapped_block_leaves_the_heavier_one_in_place() {
        let old: Vec<u32> = (0..60).collect();
        let new: Vec<u32> = (40..60).chain(0..40).collect();
        assert_eq!(runs(&old, &new), [Match { old: 0, new: 20, len: 40 }]);
    }

    #[test]
    fn among_longest_the_fewest_pieces() {
        // 1 9 1 2: the 1 that stands beside the 2 is taken.
        assert_eq!(runs(&[8, 1, 2, 8], &[7, 1, 9, 1, 2, 7]), [Match { old: 1, new: 3, len: 2 }]);
    }

    proptest! {
        #[test]
        fn runs_are_equal_and_increase(
            old in prop::collection::vec(0u32..12, 0..120),
            new in prop::collection::vec(0u32..12, 0..120),
        ) {
            let (mut i, mut j) = (0, 0);
            for run in runs(&old, &new) {
                prop_assert!(run.old >= i && run.new >= j && run.len > 0);
                prop_assert!(i == 0 && j == 0 || run.old > i || run.new > j);
                prop_assert_eq!(&old[run.old..run.old_end()], &new[run.new..run.new_end()]);
                (i, j) = (run.old_end(), run.new_end());
            }
        }

        #[test]
        fn small_inputs_get_the_longest(
            old in prop::collection::vec(0u32..6, 0..40),
            new in prop::collection::vec(0u32..6, 0..40),
        ) {
            let found: usize = runs(&old, &new).iter().map(|r| r.len).sum();
            prop_assert_eq!(found, common(&old, &new));
        }
    }
}
