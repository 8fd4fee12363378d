//! The exact table of the aligner: of two short sequences, the longest common
//! subsequence, and among the longest the one in the fewest runs (Gotoh 1982,
//! with a match for worth and the opening of a run for cost).
//!
//! The cells of one anti-diagonal need only those of the two before it, so
//! each is one loop over arrays without a branch, which compilers turn into
//! vector instructions: some three instructions a cell. One byte a cell is
//! kept for the way back.

use super::matched::Match;

/// Of a cell's step: a match after it continues a match.
const CONTINUES: u8 = 1;
/// Without a match the best leaves a key of the new sequence out, not one of
/// the old.
const LEFT: u8 = 2;
/// The best ends in a match.
const MATCHED: u8 = 4;

/// A match is worth more than all openings of runs cost.
const WORTH: i32 = 1 << 15;
const NEVER: i32 = i32::MIN / 2;
/// Sequences this short are reckoned with in 16 bits.
const SHORT: usize = 120;
const SHORT_WORTH: i16 = 128;
const SHORT_NEVER: i16 = i16::MIN / 2;

/// Cells reckoned together; what lies beyond a diagonal's end is never read.
const LANES: usize = 8;

/// Room for tables, used again and again.
#[derive(Default)]
pub(super) struct Exact {
    steps: Vec<u8>,
    short: Rows<u16, i16>,
    long: Rows<u32, i32>,
}

/// The keys, the new ones backwards, and what the next anti-diagonals need, by
/// index in the old sequence.
#[derive(Default)]
struct Rows<K, T> {
    old: Vec<K>,
    new: Vec<K>,
    /// The best with a match to come after: of the two diagonals before this,
    /// and of this.
    ahead: [Vec<T>; 3],
    /// The best: of the diagonal before, and of this.
    best: [Vec<T>; 2],
}

macro_rules! rows {
    ($key:ty, $number:ty, $worth:expr, $never:expr) => {
        impl Rows<$key, $number> {
            /// Fills the table, diagonal by diagonal, and leaves the steps.
            fn fill(&mut self, steps: &mut [u8], old: &[u32], new: &[u32]) {
                let (n, m) = (old.len(), new.len());
                for (keys, from) in [(&mut self.old, old), (&mut self.new, new)] {
                    keys.clear();
                    keys.extend(from.iter().map(|&k| k as $key));
                }
                self.new.reverse();
                self.old.resize(n + LANES, 0);
                self.new.resize(m + LANES, 0);
                for row in self.ahead.iter_mut().chain(&mut self.best) {
                    if row.len() < n + 1 + LANES {
                        row.resize(n + 1 + LANES, 0);
                    }
                }
                let width = n.min(m) + 1;
                // At an edge nothing is matched yet: a match would open a run.
                let edge = $worth - 1;
                (self.ahead[1][0], self.best[0][0]) = (edge, 0);
                for d in 1..=n + m {
                    let [before, _, ahead] = &mut self.ahead;
                    let [last, best] = &mut self.best;
                    let (low, high) = (d.saturating_sub(m).max(1), n.min(d - 1));
                    if low <= high {
                        let len = (high + 1 - low).next_multiple_of(LANES);
                        let step = &mut steps[d * width + low - d.saturating_sub(m)..][..len];
                        let (keys, others) =
                            (&self.old[low - 1..][..len], &self.new[m + low - d..][..len]);
                        let (up, left) = (&last[low - 1..][..len], &last[low..][..len]);
                        let before = &before[low - 1..][..len];
                        let (ahead, best) = (&mut ahead[low..][..len], &mut best[low..][..len]);
                        for k in 0..len {
                            // All ones where the keys are equal.
                            let equal = -<$number>::from(keys[k] == others[k]);
                            let matched = (before[k] & equal) | ($never & !equal);
                            let apart = left[k].max(up[k]);
                            let opened = apart - 1;
                            ahead[k] = matched.max(opened) + $worth;
                            best[k] = matched.max(apart);
                            step[k] = (<$number>::from(matched >= opened)
                                | <$number>::from(left[k] > up[k]) << 1
                                | <$number>::from(matched >= apart) << 2)
                                as u8;
                        }
                    }
                    if d <= m {
                        (ahead[0], best[0]) = (edge, 0);
                    }
                    if d <= n {
                        (ahead[d], best[d]) = (edge, 0);
                    }
                    self.ahead.rotate_left(1);
                    self.best.swap(0, 1);
                }
            }
        }
    };
}

rows!(u16, i16, SHORT_WORTH, SHORT_NEVER);
rows!(u32, i32, WORTH, NEVER);

impl Exact {
    /// Pushes the equal runs of `old` and `new`, whose keys are below `keys`,
    /// in order, moved by `at`.
    pub fn solve(
        &mut self,
        old: &[u32],
        new: &[u32],
        keys: usize,
        at: (usize, usize),
        out: &mut Vec<Match>,
    ) {
        let (n, m) = (old.len(), new.len());
        let cells = (n + m + 1) * (n.min(m) + 1) + LANES;
        if self.steps.len() < cells {
            self.steps.resize(cells, 0);
        }
        if n.min(m) <= SHORT && keys <= 1 << 16 {
            self.short.fill(&mut self.steps, old, new);
        } else {
            self.long.fill(&mut self.steps, old, new);
        }
        self.trace(n, m, at, out);
    }

    fn trace(&self, mut i: usize, mut j: usize, at: (usize, usize), out: &mut Vec<Match>) {
        let (width, m) = (i.min(j) + 1, j);
        // A diagonal begins where the new sequence does, or ends.
        let step = |i: usize, j: usize| self.steps[(i + j) * width + i - (i + j).saturating_sub(m)];
        let first = out.len();
        // Length of the run that is being read backwards.
        let mut len = 0;
        while i > 0 && j > 0 {
            let here = step(i, j);
            if len > 0 || here & MATCHED != 0 {
                (i, j, len) = (i - 1, j - 1, len + 1);
                if i == 0 || j == 0 || step(i, j) & CONTINUES == 0 {
                    out.push(Match { old: at.0 + i, new: at.1 + j, len });
                    len = 0;
                }
            } else if here & LEFT != 0 {
                j -= 1;
            } else {
                i -= 1;
            }
        }
        out[first..].reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by rows, one cell at a time.
    fn plain(old: &[u32], new: &[u32]) -> (i64, i64) {
        let never = (i64::MIN / 2, 0);
        let mut rows = vec![vec![(never, (0, 0)); new.len() + 1]; old.len() + 1];
        for i in 1..=old.len() {
            for j in 1..=new.len() {
                let (matched, apart) = rows[i - 1][j - 1];
                let on = (matched.0 + 1, matched.1);
                let open = (apart.0 + 1, apart.1 - 1);
                let here = if old[i - 1] == new[j - 1] { on.max(open) } else { never };
                let best = |(m, a): ((i64, i64), (i64, i64))| m.max(a);
                rows[i][j] = (here, best(rows[i - 1][j]).max(best(rows[i][j - 1])));
            }
        }
        let (matched, apart) = rows[old.len()][new.len()];
        let best = matched.max(apart);
        (best.0, -best.1)
    }

    proptest! {
        #[test]
        fn the_longest_in_the_fewest_runs(
            old in prop::collection::vec(0u32..5, 1..40),
            new in prop::collection::vec(0u32..5, 1..70),
            more in 0usize..2,
        ) {
            // Long enough, now and then, for the wider numbers.
            let (old, new) = (old.repeat(1 + 120 * more), new.repeat(1 + 60 * more));
            let (mut exact, mut runs) = (Exact::default(), Vec::new());
            for _ in 0..2 {
                runs.clear();
                exact.solve(&old, &new, 5 + more * 70_000, (7, 9), &mut runs);
            }
            let (mut i, mut j) = (0, 0);
            for run in &runs {
                let (x, y) = (run.old - 7, run.new - 9);
                prop_assert!(x >= i && y >= j);
                prop_assert_eq!(&old[x..x + run.len], &new[y..y + run.len]);
                (i, j) = (x + run.len, y + run.len);
            }
            if old.len() * new.len() < 3000 {
                let words = runs.iter().map(|r| r.len as i64).sum::<i64>();
                prop_assert_eq!((words, runs.len() as i64), plain(&old, &new));
            }
        }
    }
}
