//! Numbers in groups of seven bits, the lowest first (LEB128, DWARF 5, 7.6):
//! small ones take one byte. For what the index keeps.

/// Appends a number.
pub fn put_number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Takes a number from the front; `None` where the bytes end inside it or hold
/// none.
pub fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let (mut n, mut shift) = (0u64, 0);
    loop {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        n |= u64::from(first & 0x7f).checked_shl(shift)?;
        if first & 0x80 == 0 {
            return Some(n);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_cut_ones_do_not() {
        let all = [0, 1, 127, 128, 300, 1 << 20, u64::from(u32::MAX), u64::MAX];
        let mut out = Vec::new();
        all.iter().for_each(|n| put_number(&mut out, *n));
        let mut left = &out[..];
        all.iter().for_each(|n| assert_eq!(take_number(&mut left), Some(*n)));
        assert_eq!(take_number(&mut left), None);
        assert_eq!(take_number(&mut &[0x80, 0x80][..]), None);
        assert_eq!(take_number(&mut &[0xff; 12][..]), None);
    }
}
