//! How well lengths fit: Gale and Church (1993) as a ratio of likelihoods. A
//! translation's length varies about a multiple of the original's, with a
//! variance that grows with it; against this stands the chance that sentences
//! drawn at random have that length.

use super::beads::{Link, MOST};
use super::side::Side;

/// What is known of lengths.
#[derive(Debug, Clone)]
pub struct Lengths {
    /// Letters of B for one of A.
    ratio: f32,
    /// Variance for each letter of A.
    spread: f32,
    /// By sentences in the group on side B, log-density at random per start.
    at_random: Vec<[f32; MOST]>,
    sums_a: Vec<f32>,
    sums_b: Vec<f32>,
}

/// No length says more than this for a pair, or twice this against.
const LIMIT: f32 = 3.0;

impl Lengths {
    /// From the whole texts.
    pub fn new(a: &Side, b: &Side) -> Self {
        let sums = |side: &Side| {
            let mut sum = 0.0;
            let mut out = vec![0.0];
            for s in &side.sentences {
                sum += s.length + 1.0;
                out.push(sum);
            }
            out
        };
        let (sums_a, sums_b) = (sums(a), sums(b));
        let n = b.sentences.len().max(1) as f32;
        let logs = |s: f32| (s + 1.0).ln();
        let mean = b.sentences.iter().map(|s| logs(s.length)).sum::<f32>() / n;
        let var = b.sentences.iter().map(|s| (logs(s.length) - mean).powi(2)).sum::<f32>() / n;
        let var = var.max(0.05);
        let at_random = (0..b.sentences.len())
            .map(|j| {
                let mut out = [0.0; MOST];
                for (k, out) in out.iter_mut().enumerate() {
                    let end = (j + k + 1).min(b.sentences.len());
                    let length = (sums_b[end] - sums_b[j]).max(1.0);
                    // A group of g sentences: g times as long, its logarithm
                    // varies less.
                    let groups = (k + 1) as f32;
                    let (mean, var) = (mean + groups.ln(), var / groups);
                    let off = length.ln() - mean;
                    *out = -off * off / (2.0 * var)
                        - length.ln()
                        - 0.5 * (std::f32::consts::TAU * var).ln();
                }
                out
            })
            .collect();
        let ratio = sums_b.last().copied().unwrap_or(1.0).max(1.0)
            / sums_a.last().copied().unwrap_or(1.0).max(1.0);
        Self { ratio, spread: 6.8 * ratio * ratio.max(1.0), at_random, sums_a, sums_b }
    }

    /// Learns ratio and spread from sentences that stand together.
    pub fn learn(&mut self, links: &[Link]) {
        let (mut x, mut y, mut w) = (0.0f32, 0.0f32, 0.0f32);
        for l in links {
            x += l.weight * self.of_a(l.a.start as usize, l.a.len());
            y += l.weight * self.of_b(l.b.start as usize, l.b.len());
        }
        if x < 500.0 || y < 500.0 {
            return;
        }
        self.ratio = y / x;
        let mut squares = 0.0;
        for l in links {
            let of_a = self.of_a(l.a.start as usize, l.a.len());
            let off = self.of_b(l.b.start as usize, l.b.len()) - self.ratio * of_a;
            squares += l.weight * (off * off / of_a.max(1.0)).min(40.0 * self.spread);
            w += l.weight;
        }
        self.spread = (squares / w.max(1.0)).clamp(1.0, 40.0);
    }

    fn of_a(&self, i: usize, count: usize) -> f32 {
        self.sums_a[i + count] - self.sums_a[i]
    }

    fn of_b(&self, j: usize, count: usize) -> f32 {
        self.sums_b[j + count] - self.sums_b[j]
    }

    /// Letters before sentence `i` of A, and all.
    pub fn sums(&self) -> (&[f32], &[f32]) {
        (&self.sums_a, &self.sums_b)
    }

    /// For `count` sentences of A from `i` on: what [`Self::fit`] needs.
    pub fn group(&self, i: usize, count: usize) -> (f32, f32, f32) {
        let length = self.of_a(i, count);
        let var = self.spread * length.max(4.0);
        (self.ratio * length, 0.5 / var, -0.5 * (std::f32::consts::TAU * var).ln())
    }

    /// Log-likelihood ratio that `count` sentences of B from `j` on translate
    /// the group. At least one sentence.
    pub fn fit(&self, group: (f32, f32, f32), j: usize, count: usize) -> f32 {
        let off = self.of_b(j, count) - group.0;
        (group.2 - off * off * group.1 - self.at_random[j][count - 1]).clamp(-2.0 * LIMIT, LIMIT)
    }
}
