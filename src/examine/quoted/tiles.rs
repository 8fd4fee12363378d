//! A quotation cut into the longest runs that stand in a stretch of text, in
//! whatever order: greedy string tiling (Wise 1993). Words of the quotation
//! times words of the stretch for each tile, of which there are few.

use crate::text::align::Match;

/// Shortest tile, in words; a single word is one only where it is all that is left between
/// two others.
const SHORTEST: usize = 2;
/// Cells of one table: longer quotations are not tiled.
const CELLS: usize = 1 << 18;

/// The tiles, in order of the quotation; none overlap on either side. Empty
/// when the quotation or the stretch is too long.
pub(super) fn tiles(quote: &[u32], text: &[u32]) -> Vec<Match> {
    let mut out: Vec<Match> = Vec::new();
    if quote.len() * text.len() > CELLS {
        return out;
    }
    let (mut used, mut taken) = (vec![false; quote.len()], vec![false; text.len()]);
    loop {
        let least = if out.is_empty() { SHORTEST } else { 1 };
        let Some(best) = longest(quote, text, &used, &taken).filter(|t| t.len >= least) else {
            break;
        };
        used[best.old..best.old_end()].fill(true);
        taken[best.new..best.new_end()].fill(true);
        out.push(best);
    }
    out.sort_by_key(|t| t.old);
    out
}

/// The longest run of free words on both sides; of equals the first.
fn longest(quote: &[u32], text: &[u32], used: &[bool], taken: &[bool]) -> Option<Match> {
    let mut best: Option<Match> = None;
    let mut row = vec![0usize; text.len() + 1];
    for (i, word) in quote.iter().enumerate() {
        let mut diagonal = 0;
        for (j, other) in text.iter().enumerate() {
            let above = row[j + 1];
            let len = if word == other && !used[i] && !taken[j] { diagonal + 1 } else { 0 };
            row[j + 1] = len;
            diagonal = above;
            if len > best.map_or(0, |b| b.len) {
                best = Some(Match { old: i + 1 - len, new: j + 1 - len, len });
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_that_changed_places() {
        let found = tiles(&[4, 5, 6, 1, 2, 3], &[9, 1, 2, 3, 4, 5, 6, 9]);
        let places: Vec<_> = found.iter().map(|t| (t.old, t.new, t.len)).collect();
        assert_eq!(places, [(0, 4, 3), (3, 1, 3)]);
        assert_eq!(tiles(&[1, 2], &[2, 1]), []);
    }
}
