//! Where to look: blocks of both texts between points that are settled, and in
//! each block a band of places.
//!
//! At first the band runs along the diagonal of lengths (a sentence stands
//! where its share of the letters before it says), [`WIDE`] of the block to
//! either side; where good strings of beads come near its edge, it is made
//! wider. Long blocks are cut: a stretch of [`CHUNK`] sentences is strung with
//! its end left open, the string is kept up to a sure bead, and the next
//! stretch starts there, so that the band follows the text. So no lattice has
//! more than [`PLACES`] places, whatever the texts, and the whole cost grows
//! with the sentences.

use std::ops::Range;

use super::beads::{Link, SHAPES};
use super::lattice::{Band, Lattice, Model};

/// The part of a block's sentences that the first band takes to either side.
const WIDE: usize = 60;
/// At least these many sentences to either side.
const LEAST: usize = 40;
/// Sentences of A in one lattice.
const CHUNK: usize = 4000;
/// Sentences beyond a chunk that are looked at before it is cut.
const AHEAD: usize = 400;
/// The most places of one lattice, unless one row alone has more.
const PLACES: usize = 3_000_000;
/// Sentences round the good places that later bands take in.
const MARGIN: u32 = 6;
/// The same at the second look, when most is still open.
const FIRST_MARGIN: u32 = 20;
/// Least part of the weight that a bead must carry to be learnt from.
pub const CARRIES: f32 = 0.2;

/// Sentences of both texts that are strung by themselves.
#[derive(Debug, Clone)]
pub struct Block {
    pub a: Range<usize>,
    pub b: Range<usize>,
    /// For each place in `a` and its end: first and last good place in `b`.
    stretch: Vec<(u32, u32)>,
    /// How often it was strung.
    looks: u32,
}

/// What stringing a block gave: beads with their shapes.
pub type Strung = Vec<(Link, usize)>;

/// Cuts the texts into blocks and strings each a first time.
pub fn first(model: &Model<'_>, segments: &[(Range<usize>, Range<usize>)]) -> Vec<(Block, Strung)> {
    let mut out = Vec::new();
    for (a, b) in segments {
        let (mut i, mut j) = (a.start, b.start);
        while a.end - i > CHUNK + AHEAD {
            let rest = (i..a.end, j..b.end);
            let Some((p, q)) = cut(model, &rest) else { break };
            out.push(strung(model, i..p, j..q));
            (i, j) = (p, q);
        }
        out.push(strung(model, i..a.end, j..b.end));
    }
    out
}

/// Strings a block again, near the places that were good before.
pub fn again<'b>(block: &Block, band: &'b mut Option<Band>, model: &Model<'_>) -> Lattice<'b> {
    let margin = if block.looks == 1 { FIRST_MARGIN } else { MARGIN };
    let (low, high) = (block.b.start as u32, block.b.end as u32 + 1);
    let mut rows: Vec<(u32, u32)> = block
        .stretch
        .iter()
        .map(|&(lo, hi)| match lo > hi {
            // Inside a bead: nothing passes here.
            true => (u32::MAX, 0),
            false => (lo.saturating_sub(margin).max(low), (hi + margin + 1).min(high)),
        })
        .collect();
    close(&mut rows, low, high);
    let band = band.insert(Band::new(block.a.start, rows));
    Lattice::new(model, band)
}

impl Block {
    /// Takes in what the last look gave.
    pub fn narrow(&mut self, stretch: Vec<(u32, u32)>) {
        self.stretch = stretch;
        self.looks += 1;
    }
}

/// Makes rows hang together, from the first corner to the last.
fn close(rows: &mut [(u32, u32)], low: u32, high: u32) {
    let last = rows.len() - 1;
    rows[0].0 = low;
    rows[0].1 = rows[0].1.max(low + 1);
    rows[last].0 = rows[last].0.min(high - 1);
    rows[last].1 = high;
    for k in 1..=last {
        rows[k].1 = rows[k].1.max(rows[k - 1].1);
    }
    for k in (0..last).rev() {
        rows[k].0 = rows[k].0.min(rows[k + 1].0);
    }
}

fn strung(model: &Model<'_>, a: Range<usize>, b: Range<usize>) -> (Block, Strung) {
    let mut half = half(&a, &b);
    loop {
        let band = Band::new(a.start, diagonal(model, &a, &b, half));
        let (links, stretch) = Lattice::new(model, &band).links(CARRIES);
        let next = half * 3;
        let room = next < b.len() && (a.len() + 1) * (2 * next + 1) <= PLACES;
        if room && touches(&band, &stretch, &b) {
            half = next;
            continue;
        }
        return (Block { a, b, stretch, looks: 1 }, links);
    }
}

fn half(a: &Range<usize>, b: &Range<usize>) -> usize {
    let slope = b.len().div_ceil(a.len().max(1));
    let fits = PLACES / (2 * (a.len() + 1));
    (b.len() / WIDE).max(LEAST).min(fits).max(2 * slope)
}

/// Rows along the diagonal of lengths.
fn diagonal(model: &Model<'_>, a: &Range<usize>, b: &Range<usize>, half: usize) -> Vec<(u32, u32)> {
    let (sums_a, sums_b) = model.lengths.sums();
    let all_a = (sums_a[a.end] - sums_a[a.start]).max(1.0);
    let scale = (sums_b[b.end] - sums_b[b.start]) / all_a;
    let inside = &sums_b[b.start..=b.end];
    let row = |i: usize| {
        let letters = sums_b[b.start] + (sums_a[i] - sums_a[a.start]) * scale;
        let j = b.start + inside.partition_point(|y| *y < letters);
        let lo = j.saturating_sub(half).max(b.start);
        (lo as u32, (j + half).min(b.end) as u32 + 1)
    };
    let mut rows: Vec<(u32, u32)> = (a.start..=a.end).map(row).collect();
    close(&mut rows, b.start as u32, b.end as u32 + 1);
    rows
}

/// Whether good places lie at the edge of the band, where it could be wider.
fn touches(band: &Band, stretch: &[(u32, u32)], b: &Range<usize>) -> bool {
    band.rows.iter().zip(stretch).any(|(row, good)| {
        good.0 <= good.1
            && ((row.0 as usize > b.start && good.0 <= row.0 + 1)
                || ((row.1 as usize) <= b.end && good.1 + 2 >= row.1))
    })
}

/// Where the first chunk of a long block ends: after a sure bead.
fn cut(model: &Model<'_>, rest: &(Range<usize>, Range<usize>)) -> Option<(usize, usize)> {
    let (a, b) = (rest.0.start..rest.0.start + CHUNK + AHEAD, rest.1.clone());
    let (sums_a, sums_b) = model.lengths.sums();
    // The open end: the lengths say where it should be, the band how far off.
    let part = (sums_a[a.end] - sums_a[a.start]) / (sums_a[rest.0.end] - sums_a[a.start]).max(1.0);
    let letters = sums_b[b.start] + part * (sums_b[b.end] - sums_b[b.start]);
    let guess = b.start + sums_b[b.start..=b.end].partition_point(|y| *y < letters);
    let near = b.start..guess.clamp(b.start, b.end);
    let half = half(&a, &near);
    let wider = b.start..(near.end + half).min(b.end);
    let mut rows = diagonal(model, &a, &near, half);
    for row in &mut rows {
        row.1 = (row.1 + half as u32).min(wider.end as u32 + 1);
    }
    close(&mut rows, b.start as u32, wider.end as u32 + 1);
    let band = Band::new(a.start, rows);
    let path = Lattice::new(model, &band).best_open();
    let from = a.start + CHUNK - AHEAD;
    let to = a.start + CHUNK;
    path.into_iter()
        .filter(|(i, _, shape, _)| (from..to).contains(i) && SHAPES[*shape] == (1, 1))
        .max_by(|x, y| x.3.total_cmp(&y.3))
        .map(|(i, j, _, _)| (i + 1, j + 1))
}
