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
//! Where [`align_from`] has much left to do between the runs of the first
//! chain, two threads share the gaps: none of them knows of another.
//!
//! Bounds: steps 1 and 2 cost O(n log n) per level and there are at most
//! `LEVELS` levels; all exact tables together cost at most
//! `CELLS / sqrt(CELLS)` cells a word; memory is linear plus one table.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

use super::exact::Exact;
pub use super::matched::Match;

/// The largest exact table, in cells.
const CELLS: usize = 1 << 17;
/// Below this many cells the exact table is made at once.
const AT_ONCE: usize = 400;
/// How often gaps are cut again at unique keys before `hard` gets them.
const LEVELS: u32 = 24;

/// Gaps with fewer words in them, all together, are not worth a thread.
const SHARED: usize = 4096;

/// An engine for large gaps without unique keys: equal runs, increasing on
/// both sides.
pub type Hard<'h> = &'h mut dyn FnMut(&[u32], &[u32]) -> Vec<Match>;

/// The same where it may be asked from two threads.
pub type PlainHard = fn(&[u32], &[u32]) -> Vec<Match>;

/// Aligns `old` and `new`, whose keys are below `keys`. The answer increases
/// strictly on both sides, and no run continues another.
pub fn align(old: &[u32], new: &[u32], keys: usize, hard: Hard<'_>) -> Vec<Match> {
    let mut aligner = Aligner::new(old, new, keys, hard);
    aligner.gap(0..old.len(), 0..new.len(), 0);
    aligner.found
}

/// The same, where the caller knows the keys that stand once in either
/// sequence: their indexes in the old and the new, sorted by the old.
pub fn align_from(
    once: &[(u32, u32)],
    old: &[u32],
    new: &[u32],
    keys: usize,
    mut hard: PlainHard,
) -> Vec<Match> {
    let plain = hard;
    let mut aligner = Aligner::new(old, new, keys, &mut hard);
    aligner.whole(once, plain);
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
    exact: Exact,
    hard: Hard<'h>,
    found: Vec<Match>,
}

impl<'a, 'h> Aligner<'a, 'h> {
    fn new(old: &'a [u32], new: &'a [u32], keys: usize, hard: Hard<'h>) -> Self {
        let exact = Exact::default();
        Self { old, new, keys, seen: Vec::new(), epoch: 0, exact, hard, found: Vec::new() }
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

    /// Aligns all, by the keys that stand once in either sequence.
    fn whole(&mut self, once: &[(u32, u32)], hard: PlainHard) {
        let (all, a_all, b_all) = (self.old.len() + self.new.len(), self.old.len(), self.new.len());
        let head = common_prefix(self.old, self.new);
        let tail = common_suffix(&self.old[head..], &self.new[head..]);
        let (a, b) = (head..a_all - tail, head..b_all - tail);
        self.push(Match { old: 0, new: 0, len: head });
        // In a small middle more keys are unique than in the whole.
        if (a.len() + b.len()) * 2 < all {
            self.middle(a.clone(), b.clone(), 0);
        } else {
            let pairs = once.iter().map(|&(i, j)| (i as usize, j as usize));
            let inside = pairs.filter(|(i, j)| a.contains(i) && b.contains(j));
            let runs = self.grown(inside, &a, &b, 2);
            if runs.is_empty() {
                self.middle(a.clone(), b.clone(), 0);
            } else {
                self.shared(&heaviest_chain(runs), a.clone(), b.clone(), hard);
            }
        }
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
            let mut runs = self.unique_runs(&a, &b, shortest);
            if runs.is_empty() && cells > CELLS {
                runs = self.unique_runs(&a, &b, 1);
            }
            if !runs.is_empty() {
                self.between(&heaviest_chain(runs), a, b, level);
                return;
            }
        }
        let (x, y) = (&self.old[a.clone()], &self.new[b.clone()]);
        if cells <= CELLS {
            // Its runs are maximal, and none continues what stands before: the
            // gap begins with two keys that differ.
            self.exact.solve(x, y, self.keys, (a.start, b.start), &mut self.found);
            return;
        }
        for run in (self.hard)(x, y) {
            self.push(Match { old: run.old + a.start, new: run.new + b.start, len: run.len });
        }
    }

    /// Keeps this chain of runs and aligns the gaps between them, on two
    /// threads where there is much in them.
    fn shared(&mut self, chain: &[Match], a: Range<usize>, b: Range<usize>, hard: PlainHard) {
        let kept: usize = chain.iter().map(|run| 2 * run.len).sum();
        let half = (a.len() + b.len() - kept) / 2;
        // The run before which half of the words in gaps stand.
        let mut kept = 0;
        let middle = chain.iter().position(|run| {
            let before = run.old - a.start + run.new - b.start - kept;
            kept += 2 * run.len;
            before >= half
        });
        let Some(middle) = middle.filter(|_| half * 2 >= SHARED) else {
            return self.between(chain, a, b, 0);
        };
        let (first, rest) = chain.split_at(middle);
        // The first words of `rest` end the first half.
        let (i, j) = (rest[0].old, rest[0].new);
        let (old, new, keys) = (self.old, self.new, self.keys);
        thread::scope(|scope| {
            let rest = scope.spawn(|| {
                let mut hard = hard;
                let mut other = Aligner::new(old, new, keys, &mut hard);
                other.between(rest, i..a.end, j..b.end, 0);
                other.found
            });
            self.between(first, a.start..i, b.start..j, 0);
            let found = rest.join().unwrap_or_else(|panic| resume_unwind(panic));
            self.found.reserve_exact(found.len());
            found.into_iter().for_each(|run| self.push(run));
        });
    }

    /// Keeps this chain of runs and aligns the gaps between them.
    fn between(&mut self, chain: &[Match], a: Range<usize>, b: Range<usize>, level: u32) {
        let (mut i, mut j) = (a.start, b.start);
        for &run in chain {
            self.gap(i..run.old, j..run.new, level + 1);
            self.push(run);
            (i, j) = (run.old_end(), run.new_end());
        }
        self.gap(i..a.end, j..b.end, level + 1);
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
    fn unique_runs(&mut self, a: &Range<usize>, b: &Range<usize>, shortest: usize) -> Vec<Match> {
        if self.seen.is_empty() {
            self.seen.resize(self.keys, Seen { epoch: 0, old: NONE, new: NONE });
        }
        self.epoch += 1;
        let epoch = self.epoch;
        for (i, &key) in (a.start as u32..).zip(&self.old[a.clone()]) {
            let seen = &mut self.seen[key as usize];
            if seen.epoch == epoch {
                seen.old = MANY;
            } else {
                *seen = Seen { epoch, old: i, new: NONE };
            }
        }
        for (j, &key) in (b.start as u32..).zip(&self.new[b.clone()]) {
            let seen = &mut self.seen[key as usize];
            if seen.epoch == epoch {
                seen.new = if seen.new == NONE { j } else { MANY };
            }
        }
        let pairs = a.clone().zip(&self.old[a.clone()]).filter_map(|(i, &key)| {
            let seen = self.seen[key as usize];
            (seen.old != MANY && seen.new < MANY).then_some((i, seen.new as usize))
        });
        self.grown(pairs, a, b, shortest)
    }

    /// The maximal equal runs, of at least `shortest` keys, through these
    /// pairs of equal keys, which are sorted by the old.
    fn grown(
        &self,
        pairs: impl Iterator<Item = (usize, usize)>,
        a: &Range<usize>,
        b: &Range<usize>,
        shortest: usize,
    ) -> Vec<Match> {
        let mut runs: Vec<Match> = Vec::new();
        let mut last = Match { old: 0, new: 0, len: 0 };
        for (i, j) in pairs {
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

    /// Much between the runs of the chain: two threads find what one does.
    #[test]
    fn shared_gaps_are_aligned_as_others_are() {
        let mut state = 7u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        let (mut old, mut new) = (Vec::new(), Vec::new());
        let mut once: Vec<(u32, u32)> = Vec::new();
        for unique in 100..900 {
            once.push((old.len() as u32, new.len() as u32));
            old.extend([unique; 2]);
            new.extend([unique; 2]);
            let (a, b) = (next(12), next(12));
            old.extend((0..a).map(|_| next(20)));
            new.extend((0..b).map(|_| next(20)));
        }
        let found = align_from(&once, &old, &new, 1000, give_up);
        let mut plain = give_up as PlainHard;
        let mut alone = Aligner::new(&old, &new, 1000, &mut plain);
        let runs = once.iter().map(|&(i, j)| (i as usize, j as usize));
        let runs = alone.grown(runs, &(0..old.len()), &(0..new.len()), 2);
        alone.between(&heaviest_chain(runs), 0..old.len(), 0..new.len(), 0);
        assert_eq!(found, alone.found);
        assert!(found.len() > 800);
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
            old in prop::collection::vec(0u32..6, 0..=20),
            new in prop::collection::vec(0u32..6, 0..=20),
        ) {
            prop_assume!(old.len() * new.len() <= AT_ONCE);
            let found: usize = runs(&old, &new).iter().map(|r| r.len).sum();
            prop_assert_eq!(found, common(&old, &new));
        }
    }
}
