//! An index of eight-byte pieces of a folded text, one every four bytes, in
//! the manner of BLAT's non-overlapping tiles (Kent, Genome Research 2002):
//! any run of eleven bytes holds one whole piece.
//!
//! Pieces are counted into buckets by a multiplicative hash and their
//! positions laid out bucket by bucket; the piece itself is not stored but
//! compared in the text. Built in linear time; two bytes of memory a byte of
//! text.

/// Bytes of a piece.
pub(super) const PIECE: usize = 8;
/// A piece begins at every multiple of this.
const STEP: usize = 4;
/// Any run of this many bytes holds a whole piece.
pub(super) const SURE: usize = PIECE + STEP - 1;

#[derive(Debug)]
pub(super) struct Grams {
    shift: u32,
    bucket_ends: Vec<u32>,
    positions: Vec<u32>,
}

/// Matches found, or how far the search went before it was stopped.
#[derive(Debug, Default)]
pub(super) struct Matches {
    pub at: Vec<usize>,
    /// There may be more: the search was cut off.
    pub more: bool,
}

impl Grams {
    pub fn of(text: &[u8]) -> Self {
        let count = text.len().saturating_sub(PIECE - 1).div_ceil(STEP);
        let bits = (count.max(2).ilog2() + 1).clamp(8, 26);
        let shift = 64 - bits;
        let mut ends = vec![0u32; (1 << bits) + 1];
        let starts = || (0..count).map(|i| i * STEP);
        for at in starts() {
            ends[bucket(load(text, at), shift) + 1] += 1;
        }
        let mut sum = 0;
        for e in &mut ends {
            sum += *e;
            *e = sum;
        }
        // Filling moves each bucket's start up to its end.
        let mut positions = vec![0u32; count];
        for at in starts() {
            let next = &mut ends[bucket(load(text, at), shift)];
            positions[*next as usize] = at as u32;
            *next += 1;
        }
        Self { shift, bucket_ends: ends, positions }
    }

    /// Bytes of memory held.
    pub fn memory(&self) -> usize {
        4 * (self.bucket_ends.capacity() + self.positions.capacity())
    }

    /// Positions whose piece may be that at the front of `piece`; compare.
    pub fn bucket(&self, piece: &[u8]) -> &[u32] {
        let b = bucket(load(piece, 0), self.shift);
        let from = if b == 0 { 0 } else { self.bucket_ends[b - 1] };
        &self.positions[from as usize..self.bucket_ends[b] as usize]
    }

    /// Where `needle`, of at least [`SURE`] bytes, stands in `text`, in order.
    /// Stops after `most` places.
    pub fn find(&self, text: &str, needle: &str, most: usize) -> Matches {
        let (bytes, n) = (text.as_bytes(), needle.as_bytes());
        let mut out = Matches::default();
        // Comparisons that fail late cost their length; past this, a linear
        // search is cheaper (hostile texts of one repeated word).
        let mut budget = 8 * bytes.len() + (1 << 20);
        for residue in 0..STEP {
            let last = (n.len() - PIECE - residue) / STEP;
            let step = (last / 16).max(1);
            let rarest = (0..=last)
                .step_by(step)
                .map(|k| residue + k * STEP)
                .map(|o| (self.bucket(&n[o..]), o))
                .min_by_key(|(b, _)| b.len())
                .expect("the needle holds a piece for each residue");
            let (bucket, offset) = rarest;
            for &p in bucket {
                let Some(at) = (p as usize).checked_sub(offset) else { continue };
                let Some(here) = bytes.get(at..at + n.len()) else { continue };
                if here[offset..offset + PIECE] != n[offset..offset + PIECE] {
                    continue;
                }
                if budget < n.len() {
                    return linear(text, needle, most);
                }
                budget -= n.len();
                if here == n {
                    out.at.push(at);
                    if out.at.len() > most {
                        out.more = true;
                        out.at.truncate(most);
                        return out;
                    }
                }
            }
        }
        out.at.sort_unstable();
        out
    }
}

/// The same without an index, for short needles: places may overlap, unless
/// the needle is long.
pub(super) fn linear(text: &str, needle: &str, most: usize) -> Matches {
    let mut out = Matches::default();
    if needle.len() >= SURE {
        out.at.extend(text.match_indices(needle).map(|(at, _)| at).take(most + 1));
    } else {
        let mut from = 0;
        while out.at.len() <= most
            && let Some(at) = text[from..].find(needle)
        {
            out.at.push(from + at);
            from += at + 1;
            while !text.is_char_boundary(from) {
                from += 1;
            }
        }
    }
    out.more = out.at.len() > most;
    out.at.truncate(most);
    out
}

fn load(text: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(text[at..at + PIECE].try_into().expect("a piece is eight bytes"))
}

fn bucket(piece: u64, shift: u32) -> usize {
    // Fibonacci hashing after a fold, so that all eight bytes reach the top.
    let x = piece ^ (piece >> 29);
    (x.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_a_linear_search_finds(t in "[ab]{0,300}", at in any::<prop::sample::Index>(), len in SURE..60) {
            prop_assume!(t.len() >= SURE);
            let at = at.index(t.len() - SURE + 1);
            let needle = &t[at..(at + len).min(t.len())];
            let found = Grams::of(t.as_bytes()).find(&t, needle, 1000);
            let all: Vec<_> = (0..t.len()).filter(|&i| t[i..].starts_with(needle)).collect();
            prop_assert_eq!(found.at, all);
        }
    }

    #[test]
    fn repetition_is_bounded() {
        let text = "a".repeat(1 << 20);
        let grams = Grams::of(text.as_bytes());
        let found = grams.find(&text, &"a".repeat(1 << 19), 10);
        assert_eq!((found.at.len(), found.more), (10, true));
        let miss = format!("{}b{}", "a".repeat(1 << 18), "a".repeat(1 << 18));
        assert!(grams.find(&text, &miss, 10).at.is_empty());
    }
}
