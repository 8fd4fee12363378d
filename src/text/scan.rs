//! Looks at 64 bytes at a time: which are white space, which need a closer
//! look, which end a line. Each answer is one bit a byte, bit 0 for the first.
//!
//! Sixteen bytes are compared by one vector instruction each, where the
//! processor has them ([`wide`]), and their signs gathered by another: some
//! one instruction a byte, whatever the bytes are.

use wide::u8x16;

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
    let (mut space, mut odd) = (0, 0);
    for (k, sixteen) in block.as_chunks::<16>().0.iter().enumerate() {
        let bytes = u8x16::new(*sixteen);
        let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
        // The distance from the lower bound wraps below it.
        let between = |from: u8, to: u8| {
            let distance = bytes - u8x16::splat(from);
            distance.min(u8x16::splat(to - from)).simd_eq(distance)
        };
        let white = is(b' ') | between(b'\t', b'\r');
        let plain = white | (between(b' ', b'~') & !is(b'-'));
        space |= u64::from(white.to_bitmask()) << (16 * k);
        odd |= u64::from(plain.to_bitmask() ^ 0xffff) << (16 * k);
    }
    Kinds { space, odd }
}

/// Which of 64 bytes are LF or CR.
pub(super) fn line_ends(block: &[u8; BLOCK]) -> u64 {
    let mut ends = 0;
    for (k, sixteen) in block.as_chunks::<16>().0.iter().enumerate() {
        let bytes = u8x16::new(*sixteen);
        let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
        ends |= u64::from((is(b'\n') | is(b'\r')).to_bitmask()) << (16 * k);
    }
    ends
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
                    let ends = bits(&|b: u8| matches!(b, b'\n' | b'\r'));
                    assert_eq!(line_ends(&block), ends, "{byte} at {at} in {around}");
                }
            }
        }
    }
}
