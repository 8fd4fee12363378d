//! All ways to string beads through a band of both texts, weighed: the best
//! one (Viterbi), and how much of the weight goes through each bead (forward
//! and backward sums).
//!
//! A place (i, j) means: i sentences of A and j of B are done. Cost and memory
//! grow with the places of the band, times [`SHAPES`].

use super::beads::{Link, MOST, SHAPES};
use super::lengths::Lengths;
use super::side::Side;
use super::table::{Table, Tables, chances};

/// The places looked at: for each i from first to last, a stretch of j.
#[derive(Debug, Clone)]
pub struct Band {
    /// First sentence of A.
    pub first: usize,
    /// For i = first + k: first j, and one past the last.
    pub rows: Vec<(u32, u32)>,
    starts: Vec<usize>,
}

impl Band {
    pub fn new(first: usize, rows: Vec<(u32, u32)>) -> Self {
        let mut starts = Vec::with_capacity(rows.len() + 1);
        let mut sum = 0;
        for (lo, hi) in &rows {
            starts.push(sum);
            sum += (hi - lo) as usize;
        }
        starts.push(sum);
        Self { first, rows, starts }
    }

    /// Places in it.
    pub fn len(&self) -> usize {
        self.starts[self.rows.len()]
    }

    fn at(&self, row: usize, j: usize) -> Option<usize> {
        let &(lo, hi) = self.rows.get(row)?;
        (lo as usize <= j && j < hi as usize).then(|| self.starts[row] + j - lo as usize)
    }
}

/// For each row the first and the last place that carry any weight.
pub type Stretches = Vec<(u32, u32)>;

const NEVER: f32 = -1e30;

/// Scores of all beads in a band.
pub struct Lattice<'b> {
    band: &'b Band,
    /// By place and shape of the bead that starts there.
    scores: Vec<[f32; SHAPES.len()]>,
}

/// What the scores are made of.
pub struct Model<'m> {
    pub a: &'m Side,
    pub b: &'m Side,
    pub tables: &'m Tables,
    pub lengths: &'m Lengths,
    pub odds: [f32; SHAPES.len()],
    /// How much the words count.
    pub words: f32,
}

/// Gains of each sentence of one side, where it is told by a group of the other.
struct Told<'m> {
    from: &'m Side,
    table: &'m Table,
    chance: Vec<f32>,
    /// Words of `to` that the table knows, by sentence.
    known: Vec<Vec<u32>>,
    /// What stands against each sentence if none of its words is told.
    against: Vec<f32>,
    gain: Vec<f32>,
    touched: Vec<u32>,
}

impl<'m> Told<'m> {
    fn new(from: &'m Side, to: &'m Side, table: &'m Table) -> Self {
        let mut seen = vec![false; to.kinds.len()];
        for x in 0..from.kinds.len() {
            for (y, _) in table.row(x as u32) {
                seen[*y as usize] = true;
            }
        }
        let known = |s: &super::side::Sentence| {
            s.types.iter().copied().filter(|y| seen[*y as usize]).collect::<Vec<_>>()
        };
        Self {
            from,
            table,
            chance: chances(to),
            known: to.sentences.iter().map(known).collect(),
            against: to
                .sentences
                .iter()
                .map(|s| s.types.iter().map(|y| (1.0 - table.trust(*y)).ln()).sum())
                .collect(),
            gain: vec![0.0; to.kinds.len()],
            touched: Vec::new(),
        }
    }

    /// Takes the group `start..start + count` of `from`: `gain` of a word of
    /// `to` is then how much likelier it is here than by chance (logarithm),
    /// over a word that nothing here translates.
    fn tell(&mut self, start: usize, count: usize) {
        for y in self.touched.drain(..) {
            self.gain[y as usize] = 0.0;
        }
        let group = &self.from.sentences[start..start + count];
        let words: usize = group.iter().map(|s| s.types.len()).sum();
        for s in group {
            for &x in &s.types {
                for &(y, t) in self.table.row(x) {
                    let slot = &mut self.gain[y as usize];
                    if *slot == 0.0 {
                        self.touched.push(y);
                    }
                    *slot += t;
                }
            }
        }
        let spread = 1.0 / words.max(1) as f32;
        for &y in &self.touched {
            let slot = &mut self.gain[y as usize];
            let trust = self.table.trust(y);
            let odds = trust / (1.0 - trust) * spread;
            *slot = (1.0 + *slot * odds / self.chance[y as usize]).ln();
        }
    }

    /// The gain of sentence `j` of `to` under the group told last.
    fn of(&self, j: usize) -> f32 {
        let known: f32 = self.known[j].iter().map(|y| self.gain[*y as usize]).sum();
        known + self.against[j]
    }
}

/// What the words of two groups say on their being translations of each other.
#[derive(Debug, Clone, Copy)]
pub struct Evidence {
    /// Log-likelihood ratio, both directions in the mean.
    pub says: f32,
    /// How much it would be below zero if no word met its partner: 0 where
    /// nothing is known of the words.
    pub stake: f32,
}

/// Evidence for each of the links.
pub fn evidence(a: &Side, b: &Side, tables: &Tables, links: &[Link]) -> Vec<Evidence> {
    let mut onward = Told::new(a, b, &tables.onward);
    let mut back = Told::new(b, a, &tables.back);
    let one = |l: &Link| {
        onward.tell(l.a.start as usize, l.a.len());
        back.tell(l.b.start as usize, l.b.len());
        let told_b: f32 = l.b.clone().map(|j| onward.of(j as usize)).sum();
        let told_a: f32 = l.a.clone().map(|i| back.of(i as usize)).sum();
        let lost_b: f32 = l.b.clone().map(|j| onward.against[j as usize]).sum();
        let lost_a: f32 = l.a.clone().map(|i| back.against[i as usize]).sum();
        Evidence { says: 0.5 * (told_a + told_b), stake: -0.5 * (lost_a + lost_b) }
    };
    links.iter().map(one).collect()
}

impl<'b> Lattice<'b> {
    pub fn new(model: &Model<'_>, band: &'b Band) -> Self {
        let mut scores = vec![[NEVER; SHAPES.len()]; band.len()];
        let (n, m) = (model.a.sentences.len(), model.b.sentences.len());
        let mut onward = Told::new(model.a, model.b, &model.tables.onward);
        let mut back = Told::new(model.b, model.a, &model.tables.back);
        let rows = band.rows.len();
        // Gains of B's sentences, under 1..=MOST sentences of A from this row on.
        let width = band.rows.iter().map(|(lo, hi)| hi - lo).max().unwrap_or(0) as usize + MOST;
        let mut under_a = vec![vec![0f32; width]; MOST];
        // Gains of A's sentences, by row and group of B from j on: told per j
        // for all rows whose band holds it.
        let mut under_b = vec![vec![0f32; band.len()]; MOST];
        let (lowest, highest) = (
            band.rows.first().map_or(0, |r| r.0 as usize),
            band.rows.last().map_or(0, |r| r.1 as usize),
        );
        let mut from_row = 0;
        for j in lowest..highest.min(m) {
            while from_row < rows && band.rows[from_row].1 as usize <= j {
                from_row += 1;
            }
            for count in 1..=MOST.min(m - j) {
                back.tell(j, count);
                let mut row = from_row;
                while row < rows && band.rows[row].0 as usize <= j {
                    if band.first + row < n
                        && let Some(at) = band.at(row, j)
                    {
                        under_b[count - 1][at] = back.of(band.first + row);
                    }
                    row += 1;
                }
            }
        }
        for row in 0..rows {
            let i = band.first + row;
            let (lo, hi) = (band.rows[row].0 as usize, band.rows[row].1 as usize);
            let mut groups = [(0.0, 0.0, 0.0); MOST];
            for count in 1..=MOST {
                if i + count > n || row + count >= rows {
                    break;
                }
                groups[count - 1] = model.lengths.group(i, count);
                onward.tell(i, count);
                for j in lo..(hi + MOST).min(m) {
                    under_a[count - 1][j - lo] = onward.of(j);
                }
            }
            for j in lo..hi {
                let at = band.starts[row] + j - lo;
                for (shape, &(p, q)) in SHAPES.iter().enumerate() {
                    if i + p > n || j + q > m || band.at(row + p, j + q).is_none() {
                        continue;
                    }
                    let mut score = model.odds[shape];
                    if p > 0 && q > 0 {
                        let told_b: f32 = under_a[p - 1][j - lo..j - lo + q].iter().sum();
                        let mut told_a = 0.0;
                        let mut inside = true;
                        for k in 0..p {
                            match band.at(row + k, j) {
                                Some(at) => told_a += under_b[q - 1][at],
                                None => inside = false,
                            }
                        }
                        if !inside {
                            continue;
                        }
                        score += model.words * (told_a + told_b)
                            + model.lengths.fit(groups[p - 1], j, q);
                    }
                    scores[at][shape] = score;
                }
            }
        }
        Self { band, scores }
    }

    /// Best sums from the start to each place.
    fn forward(&self) -> Vec<f32> {
        let band = self.band;
        let mut sums = vec![NEVER; band.len()];
        if let Some(first) = sums.first_mut() {
            *first = 0.0;
        }
        for row in 0..band.rows.len() {
            let (lo, hi) = band.rows[row];
            for j in lo as usize..hi as usize {
                let at = band.starts[row] + j - lo as usize;
                if sums[at] <= NEVER {
                    continue;
                }
                for (shape, &(p, q)) in SHAPES.iter().enumerate() {
                    let score = self.scores[at][shape];
                    if score > NEVER
                        && let Some(next) = band.at(row + p, j + q)
                    {
                        sums[next] = sums[next].max(sums[at] + score);
                    }
                }
            }
        }
        sums
    }

    /// Best sums from each place to an end: the last place, or any of the
    /// last row.
    fn backward(&self, open: bool) -> Vec<f32> {
        let band = self.band;
        let mut sums = vec![NEVER; band.len()];
        if open {
            sums[band.starts[band.rows.len() - 1]..].fill(0.0);
        } else if let Some(last) = sums.last_mut() {
            *last = 0.0;
        }
        for row in (0..band.rows.len()).rev() {
            let (lo, hi) = band.rows[row];
            for j in (lo as usize..hi as usize).rev() {
                let at = band.starts[row] + j - lo as usize;
                let mut sum = sums[at];
                for (shape, &(p, q)) in SHAPES.iter().enumerate() {
                    let score = self.scores[at][shape];
                    if score > NEVER
                        && let Some(next) = band.at(row + p, j + q)
                    {
                        sum = sum.max(sums[next] + score);
                    }
                }
                sums[at] = sum;
            }
        }
        sums
    }

    /// The best string of beads to any place of the last row: starts, shapes
    /// and scores.
    pub fn best_open(&self) -> Vec<(usize, usize, usize, f32)> {
        let tail = self.backward(true);
        let last = self.band.rows.len() - 1;
        let score = |at: usize, shape: usize| self.scores[at][shape];
        let path = self.walk(|row, _| row == last, |at, next, shape| score(at, shape) + tail[next]);
        let at = |i: usize, j: usize| {
            self.band.at(i - self.band.first, j).expect("the string runs inside the band")
        };
        path.into_iter().map(|(i, j, shape)| (i, j, shape, score(at(i, j), shape))).collect()
    }

    /// The string of beads that is likely to hold most right pairs: each pair
    /// of sentences counts with its part of the weight, less `doubt`.
    pub fn likely(&self, links: &[(Link, usize)], doubt: f32) -> Vec<(usize, usize, usize)> {
        let band = self.band;
        let mut pairs = vec![0f32; band.len()];
        for (l, _) in links {
            for i in l.a.clone() {
                for j in l.b.clone() {
                    if let Some(at) = band.at(i as usize - band.first, j as usize) {
                        pairs[at] += l.weight;
                    }
                }
            }
        }
        let value = |row: usize, j: usize, shape: usize| {
            let (p, q) = SHAPES[shape];
            let mut sum = 0.0;
            for k in 0..p {
                for l in 0..q {
                    sum += match band.at(row + k, j + l) {
                        Some(at) => pairs[at] - doubt,
                        None => -1.0,
                    };
                }
            }
            sum
        };
        let mut tail = vec![NEVER; band.len()];
        let mut choice = vec![0u8; band.len()];
        *tail.last_mut().expect("a band holds its end") = 0.0;
        for row in (0..band.rows.len()).rev() {
            let (lo, hi) = band.rows[row];
            for j in (lo as usize..hi as usize).rev() {
                let at = band.starts[row] + j - lo as usize;
                for (shape, &(p, q)) in SHAPES.iter().enumerate() {
                    if self.scores[at][shape] > NEVER
                        && let Some(next) = band.at(row + p, j + q)
                        && tail[next] > NEVER
                    {
                        let value = value(row, j, shape) + tail[next];
                        if value > tail[at] {
                            tail[at] = value;
                            choice[at] = shape as u8;
                        }
                    }
                }
            }
        }
        let end = band.rows[band.rows.len() - 1].1 as usize - 1;
        let last = band.rows.len() - 1;
        self.walk(
            |row, j| row == last && j >= end,
            |at, _, shape| if choice[at] == shape as u8 { 0.0 } else { NEVER },
        )
    }

    fn walk(
        &self,
        done: impl Fn(usize, usize) -> bool,
        value: impl Fn(usize, usize, usize) -> f32,
    ) -> Vec<(usize, usize, usize)> {
        let band = self.band;
        let (mut row, mut j) = (0, band.rows[0].0 as usize);
        let mut out = Vec::new();
        while !done(row, j) {
            let Some(at) = band.at(row, j) else { break };
            let mut best = (NEVER, 0);
            for (shape, &(p, q)) in SHAPES.iter().enumerate() {
                if self.scores[at][shape] > NEVER
                    && let Some(next) = band.at(row + p, j + q)
                {
                    let value = value(at, next, shape);
                    if value > best.0 {
                        best = (value, shape);
                    }
                }
            }
            if best.0 <= NEVER {
                break;
            }
            out.push((band.first + row, j, best.1));
            row += SHAPES[best.1].0;
            j += SHAPES[best.1].1;
        }
        out
    }

    /// Every bead that carries at least `least` of the weight, with its part
    /// and shape; and for each row the stretch of places that carry any.
    pub fn links(&self, least: f32) -> (Vec<(Link, usize)>, Stretches) {
        let band = self.band;
        // Only places on some string nearly as good as the best are summed.
        let (head, tail) = (self.forward(), self.backward(false));
        let best = tail[0];
        let alive: Vec<bool> = head.iter().zip(&tail).map(|(h, t)| h + t > best - CLOSE).collect();
        let mut stretch = vec![(u32::MAX, 0u32); band.rows.len()];
        let mut order: Vec<(usize, usize, usize)> = Vec::new();
        for (row, (&(lo, hi), stretch)) in band.rows.iter().zip(&mut stretch).enumerate() {
            for j in lo..hi {
                let at = band.starts[row] + (j - lo) as usize;
                if alive[at] {
                    stretch.0 = stretch.0.min(j);
                    stretch.1 = stretch.1.max(j);
                    order.push((row, j as usize, at));
                }
            }
        }
        let mut sums = vec![NEVER; band.len()];
        sums[0] = 0.0;
        for &(row, j, at) in &order {
            if sums[at] <= NEVER {
                continue;
            }
            for (shape, &(p, q)) in SHAPES.iter().enumerate() {
                let score = self.scores[at][shape];
                if score > NEVER
                    && let Some(next) = band.at(row + p, j + q)
                    && alive[next]
                {
                    sums[next] = add_logs(sums[next], sums[at] + score);
                }
            }
        }
        let mut backs = vec![NEVER; band.len()];
        let last = backs.len() - 1;
        backs[last] = 0.0;
        let mut out = Vec::new();
        let all = sums[last];
        for &(row, j, at) in order.iter().rev() {
            let mut sum = backs[at];
            for (shape, &(p, q)) in SHAPES.iter().enumerate() {
                let score = self.scores[at][shape];
                if score > NEVER
                    && let Some(next) = band.at(row + p, j + q)
                    && alive[next]
                {
                    sum = add_logs(sum, backs[next] + score);
                    let weight = (sums[at] + score + backs[next] - all).exp();
                    if weight >= least {
                        let (i, j) = ((band.first + row) as u32, j as u32);
                        let link = Link { a: i..i + p as u32, b: j..j + q as u32, weight };
                        out.push((link, shape));
                    }
                }
            }
            backs[at] = sum;
        }
        out.reverse();
        (out, stretch)
    }
}

/// Strings of beads whose weight is less than this factor (as a logarithm)
/// below the best are summed; the rest carries nothing that counts.
const CLOSE: f32 = 12.0;

fn add_logs(x: f32, y: f32) -> f32 {
    let (low, high) = if x < y { (x, y) } else { (y, x) };
    if high - low > 16.0 { high } else { high + (low - high).exp().ln_1p() }
}
