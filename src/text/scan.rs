//! Looks at 64 bytes at a time: which are white space, which need a closer
//! look. Each answer is one bit a byte, bit 0 for the first.
//!
//! The comparisons are plain loops over arrays, which compilers turn into
//! vector instructions; a multiplication gathers the answers of eight bytes
//! into eight bits (Warren, *Hacker's Delight*, chapter 7). Some two
//! instructions a byte, whatever the bytes are.

/// Bytes looked at together.
pub(super) const BLOCK: usize = 64;

/// What kinds of bytes a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds {
    /// White_Space within ASCII (Unicode: TAB to CR, SPACE).
    pub space: u64,
    /// Not ASCII, a hyphen, or a control character other than white space:
    /// what cannot be taken as it stands.
    pub odd: u64,
}

/// The kinds of 64 bytes.
pub(super) fn kinds(block: &[u8; BLOCK]) -> Kinds {
    let mut space = [0u8; BLOCK];
    for (white, &b) in space.iter_mut().zip(block) {
        *white = u8::from(b == b' ') | u8::from(b.wrapping_sub(b'\t') < 5);
    }
    let mut odd = [0u8; BLOCK];
    for (other, &b) in odd.iter_mut().zip(block) {
        *other = u8::from(b.wrapping_sub(b' ') > b'~' - b' ') | u8::from(b == b'-');
    }
    let space = gather(&space);
    Kinds { space, odd: gather(&odd) & !space }
}

/// Calls `look` with the first byte's place and the 64 bytes, for all of
/// `bytes`; the last block is filled up with spaces.
pub(super) fn blocks(bytes: &[u8], mut look: impl FnMut(usize, &[u8; BLOCK])) {
    let (whole, rest) = bytes.as_chunks::<BLOCK>();
    for (k, block) in whole.iter().enumerate() {
        look(k * BLOCK, block);
    }
    if !rest.is_empty() {
        let mut block = [b' '; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        look(whole.len() * BLOCK, &block);
    }
}

/// 64 bytes that are 0 or 1 as 64 bits.
fn gather(ones: &[u8; BLOCK]) -> u64 {
    let mut out = 0;
    for (k, eight) in ones.as_chunks::<8>().0.iter().enumerate() {
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        out |= bits << (8 * k);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_at_every_place() {
        for byte in 0..=255u8 {
            for at in 0..BLOCK {
                for around in [b' ', b'a', 0xff, 0] {
                    let mut block = [around; BLOCK];
                    block[at] = byte;
                    let white = |b: u8| matches!(b, b'\t'..=b'\r' | b' ');
                    let odd = |b: u8| !white(b) && (!(0x20..0x7f).contains(&b) || b == b'-');
                    let bits = |of: &dyn Fn(u8) -> bool| {
                        (0..BLOCK).map(|k| u64::from(of(block[k])) << k).sum::<u64>()
                    };
                    let expected = Kinds { space: bits(&white), odd: bits(&odd) };
                    assert_eq!(kinds(&block), expected, "{byte} at {at} in {around}");
                }
            }
        }
    }
}
