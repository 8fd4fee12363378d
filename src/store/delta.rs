//! Differences between objects, in git's format (`gitformat-pack`, "deltified
//! representation"): copy a range of the base, or insert bytes.
//!
//! Method: every `stride`-th block of the base goes into a hash table; the
//! target is scanned byte by byte, and each hit is grown both ways (xdelta,
//! MacDonald 2000). Cost O(base / stride + target); memory 8 bytes a block.
//! For bases up to 64 KiB every position is indexed, so that the one changed
//! line of a tree is found exactly.

/// Bytes hashed at a time: short, because trees share runs of 12-30 bytes.
const BLOCK: usize = 8;
/// Above this many positions the base is indexed in steps.
const MAX_POSITIONS: usize = 64 * 1024;

/// A base made ready for many targets.
pub(super) struct Base {
    bytes: Vec<u8>,
    /// Position + 1 of the newest block with this hash; 0 = none.
    heads: Vec<u32>,
    /// Position + 1 of the block before it with the same hash.
    chain: Vec<u32>,
    stride: usize,
    shift: u32,
}

impl Base {
    /// Indexes `bytes` (at most 4 GiB).
    pub fn new(bytes: Vec<u8>) -> Self {
        let positions = bytes.len().saturating_sub(BLOCK - 1);
        let stride = positions.div_ceil(MAX_POSITIONS).max(1);
        let slots = positions.div_ceil(stride);
        let bits = (slots.max(16).next_power_of_two()).trailing_zeros();
        let shift = 64 - bits;
        let mut heads = vec![0u32; 1 << bits];
        let mut chain = vec![0u32; slots];
        // From the end, so that chains start with the earliest position.
        for slot in (0..slots).rev() {
            let h = hash(&bytes[slot * stride..], shift);
            chain[slot] = heads[h];
            heads[h] = slot as u32 + 1;
        }
        Self { bytes, heads, chain, stride, shift }
    }

    /// The difference that makes `target` out of the base, or `None` when it
    /// would be longer than `limit` bytes.
    pub fn diff(&self, target: &[u8], limit: usize) -> Option<Vec<u8>> {
        let base = self.bytes.as_slice();
        let mut out = Vec::with_capacity(64);
        size(&mut out, base.len());
        size(&mut out, target.len());
        let (mut at, mut pending) = (0, 0);
        while at + BLOCK <= target.len() {
            let (mut best, mut best_len) = (0, 0);
            let mut slot = self.heads[hash(&target[at..], self.shift)];
            // A few candidates are enough; equal blocks come in long chains.
            for _ in 0..16 {
                if slot == 0 {
                    break;
                }
                let from = (slot as usize - 1) * self.stride;
                let len = common(&base[from..], &target[at..]);
                if len > best_len {
                    (best, best_len) = (from, len);
                }
                slot = self.chain[slot as usize - 1];
            }
            if best_len < BLOCK {
                at += 1;
                if out.len() + (at - pending) > limit {
                    return None;
                }
                continue;
            }
            let mut back = 0;
            while back < at - pending
                && back < best
                && base[best - back - 1] == target[at - back - 1]
            {
                back += 1;
            }
            insert(&mut out, &target[pending..at - back]);
            copy(&mut out, best - back, best_len + back);
            at += best_len;
            pending = at;
            if out.len() > limit {
                return None;
            }
        }
        insert(&mut out, &target[pending..]);
        (out.len() <= limit).then_some(out)
    }
}

fn hash(b: &[u8], shift: u32) -> usize {
    let word = u64::from_le_bytes(b[..BLOCK].try_into().expect("a block has eight bytes"));
    (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> shift) as usize
}

fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y).count()
}

fn size(out: &mut Vec<u8>, mut n: usize) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn insert(out: &mut Vec<u8>, bytes: &[u8]) {
    for c in bytes.chunks(127) {
        out.push(c.len() as u8);
        out.extend_from_slice(c);
    }
}

fn copy(out: &mut Vec<u8>, mut from: usize, mut len: usize) {
    while len > 0 {
        // 0xffffff is what the format holds, 0x10000 what every reader takes.
        let n = len.min(0x10000);
        let op = out.len();
        out.push(0x80);
        for i in 0..4 {
            let b = (from >> (8 * i)) as u8;
            if b != 0 {
                out.push(b);
                out[op] |= 1 << i;
            }
        }
        if n != 0x10000 {
            for i in 0..2 {
                let b = (n >> (8 * i)) as u8;
                if b != 0 {
                    out.push(b);
                    out[op] |= 0x10 << i;
                }
            }
        }
        from += n;
        len -= n;
    }
}

/// Applies a difference.
///
/// # Errors
/// What is wrong with it, in words; never more output than it announces.
pub(super) fn apply(base: &[u8], delta: &[u8]) -> Result<Vec<u8>, String> {
    let bad = || "its difference to another object is malformed".to_owned();
    let mut d = delta.iter().copied();
    let mut number = || -> Option<usize> {
        let (mut n, mut shift) = (0usize, 0);
        loop {
            let b = d.next()?;
            n |= usize::from(b & 0x7f).checked_shl(shift)?;
            if b & 0x80 == 0 {
                return Some(n);
            }
            shift += 7;
            if shift > 56 {
                return None;
            }
        }
    };
    let (from, to) = (number().ok_or_else(bad)?, number().ok_or_else(bad)?);
    if from != base.len() {
        return Err(bad());
    }
    // One op of a few bytes yields at most 16 MiB, and never more than asked.
    let mut out = Vec::with_capacity(to.min(base.len() + delta.len() + (1 << 20)));
    while let Some(op) = d.next() {
        if op & 0x80 != 0 {
            let (mut at, mut len) = (0usize, 0usize);
            for i in 0..4 {
                if op & (1 << i) != 0 {
                    at |= usize::from(d.next().ok_or_else(bad)?) << (8 * i);
                }
            }
            for i in 0..3 {
                if op & (0x10 << i) != 0 {
                    len |= usize::from(d.next().ok_or_else(bad)?) << (8 * i);
                }
            }
            let len = if len == 0 { 0x10000 } else { len };
            out.extend_from_slice(base.get(at..at.saturating_add(len)).ok_or_else(bad)?);
        } else if op != 0 {
            for _ in 0..op {
                out.push(d.next().ok_or_else(bad)?);
            }
        } else {
            return Err(bad());
        }
        if out.len() > to {
            return Err(bad());
        }
    }
    if out.len() == to { Ok(out) } else { Err(bad()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_diffed_comes_back(base in prop::collection::vec(any::<u8>(), 0..600), cut in 0usize..600, put in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut target = base.clone();
            let cut = cut.min(base.len());
            target.splice(cut / 2..cut, put.iter().copied());
            let d = Base::new(base.clone()).diff(&target, usize::MAX).unwrap();
            prop_assert_eq!(apply(&base, &d).unwrap(), target);
        }

        #[test]
        fn any_bytes_give_an_answer(base in prop::collection::vec(any::<u8>(), 0..100), delta in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = apply(&base, &delta);
        }
    }

    #[test]
    fn one_changed_line_costs_little() {
        let base: Vec<u8> =
            (0..3000u32).flat_map(|i| (i.wrapping_mul(2_654_435_761)).to_le_bytes()).collect();
        let mut target = base.clone();
        target.splice(6000..6000, [1; 30]);
        assert!(Base::new(base.clone()).diff(&target, usize::MAX).unwrap().len() < 60);
        let long: Vec<u8> = base.iter().copied().cycle().take(900_000).collect();
        let mut edited = long.clone();
        edited[450_000] ^= 1;
        let d = Base::new(long.clone()).diff(&edited, usize::MAX).unwrap();
        assert_eq!(apply(&long, &d).unwrap(), edited);
        assert!(d.len() < 400, "{}", d.len());
        assert!(Base::new(base.clone()).diff(&[7; 5000], 100).is_none());
    }
}
