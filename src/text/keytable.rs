//! Numbers for keys: an open-addressing table whose slots hold the key itself
//! when it has at most 16 bytes, so that nearly every look-up is one hash, one
//! slot and no look into a text.
//!
//! A key is packed into 128 bits and its length: up to 8 bytes as they are, up
//! to 16 as its first and its last eight (they may overlap; with the length
//! they still tell the key), beyond that as its first eight and a hash of all,
//! and then the bytes are compared. So no collision of hashes can make two
//! different words equal. The hash (the upper bits of one multiplication) has no
//! secret: a text made to collide can slow the look-up down, not
//! falsify it.

/// A key as the table sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    first: u64,
    last: u64,
    len: u32,
}

const MIX: u64 = 0xd6e8_feb8_6659_fd93;

impl Packed {
    /// The key that stands at `start..end` of `bytes`; what follows it there
    /// may be read, but does not matter.
    #[inline(always)]
    pub fn at(bytes: &[u8], start: usize, end: usize) -> Self {
        let len = end - start;
        let (first, last) = match len {
            0 => (0, 0),
            1..=8 => (eight(bytes, start) & (u64::MAX >> (64 - 8 * len)), 0),
            9..=16 => (eight(bytes, start), eight(bytes, end - 8)),
            _ => (eight(bytes, start), long(&bytes[start..end])),
        };
        Self { first, last, len: len as u32 }
    }

    /// The key of at most 16 bytes that stands at `start..end` of `bytes`, if
    /// it is no longer and stands eight bytes before their end.
    #[inline(always)]
    pub(super) fn short(bytes: &[u8], start: usize, end: usize) -> Option<Self> {
        let len = end - start;
        let eight = |from: usize| Some(u64::from_le_bytes(*bytes.get(from..)?.first_chunk()?));
        let (first, last) = match len {
            1..=8 => (eight(start)? & (u64::MAX >> (64 - 8 * len)), 0),
            9..=16 => (eight(start)?, eight(end - 8)?),
            _ => return None,
        };
        Some(Self { first, last, len: len as u32 })
    }

    /// All of a string.
    pub fn of(key: &str) -> Self {
        Self::at(key.as_bytes(), 0, key.len())
    }

    /// Whether equal packings are equal keys.
    fn is_whole(self) -> bool {
        self.len <= 16
    }

    /// A number whose upper bits depend on all of the key: multiplication by
    /// an odd number (Dietzfelbinger and others 1997, multiply-shift).
    #[inline(always)]
    fn hash(self) -> u64 {
        (self.first ^ self.last.rotate_left(23) ^ u64::from(self.len) << 56).wrapping_mul(MIX)
    }
}

/// Eight bytes from `from` on, and zeroes after the last.
#[inline(always)]
fn eight(bytes: &[u8], from: usize) -> u64 {
    match bytes.get(from..from + 8) {
        Some(chunk) => u64::from_le_bytes(chunk.try_into().expect("eight bytes were taken")),
        None => last_bytes(&bytes[from..]),
    }
}

#[cold]
fn last_bytes(rest: &[u8]) -> u64 {
    let mut chunk = [0; 8];
    chunk[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(chunk)
}

/// All bytes of a key of more than eight.
#[cold]
fn long(key: &[u8]) -> u64 {
    let (chunks, _) = key.as_chunks::<8>();
    let all = chunks.iter().fold(0, |h, c| fold(h ^ u64::from_le_bytes(*c)));
    fold(all ^ eight(key, key.len() - 8))
}

#[inline]
fn fold(x: u64) -> u64 {
    let product = u128::from(x ^ 0x9e37_79b9_7f4a_7c15) * u128::from(MIX);
    (product as u64) ^ (product >> 64) as u64
}

/// Gives different keys different numbers, from 0 in the order they come.
#[derive(Debug, Clone)]
pub struct KeyTable {
    /// First, last, and number above length; a length of all ones is free.
    slots: Vec<[u64; 3]>,
    len: u32,
    /// Bits of a hash that do not choose the slot.
    shift: u32,
}

/// A slot that holds nothing: numbers stay below 2^32 - 1.
const FREE: u64 = 0;

impl Default for KeyTable {
    fn default() -> Self {
        Self::for_keys(0)
    }
}

impl KeyTable {
    /// A table that takes about `keys` keys before it grows.
    pub fn for_keys(keys: usize) -> Self {
        let slots = (keys * 3 / 2).next_power_of_two().max(64);
        Self { slots: free(slots), len: 0, shift: 64 - slots.ilog2() }
    }

    /// How many keys have numbers.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether no key has a number.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes of memory held.
    pub fn memory(&self) -> usize {
        self.slots.capacity() * 24
    }

    /// The number of a key, or `None`; `same` says whether the key with that
    /// number has the same bytes, and is asked for keys beyond 16 bytes only.
    pub fn get(&self, key: Packed, same: impl Fn(u32) -> bool) -> Option<u32> {
        self.slot(key, same).1
    }

    /// The number of a key of at most 16 bytes, if it has one.
    #[inline(always)]
    pub(super) fn short(&self, key: Packed) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = (key.hash() >> self.shift) as usize & mask;
        loop {
            let [first, last, rest] = self.slots[at];
            if first == key.first && last == key.last && rest as u32 == key.len && rest != FREE {
                return Some((rest >> 32) as u32 - 1);
            }
            if rest == FREE {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a key, and whether it is new.
    #[inline(always)]
    pub fn number(&mut self, key: Packed, same: impl Fn(u32) -> bool) -> (u32, bool) {
        match self.slot(key, same) {
            (_, Some(number)) => (number, false),
            (at, None) => (self.insert(at, key), true),
        }
    }

    #[cold]
    fn insert(&mut self, at: usize, key: Packed) -> u32 {
        let number = self.len;
        self.len += 1;
        self.slots[at] = taken(key, number);
        if self.len as usize * 4 > self.slots.len() * 3 {
            self.grow();
        }
        number
    }

    #[inline(always)]
    fn slot(&self, key: Packed, same: impl Fn(u32) -> bool) -> (usize, Option<u32>) {
        let mask = self.slots.len() - 1;
        let mut at = (key.hash() >> self.shift) as usize & mask;
        loop {
            let [first, last, rest] = self.slots[at];
            if rest == FREE {
                return (at, None);
            }
            if first == key.first && last == key.last && rest as u32 == key.len {
                let number = (rest >> 32) as u32 - 1;
                if key.is_whole() || same(number) {
                    return (at, Some(number));
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let more = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, free(more));
        let mask = more - 1;
        self.shift = 64 - more.ilog2();
        for slot in old.into_iter().filter(|s| s[2] != FREE) {
            let key = Packed { first: slot[0], last: slot[1], len: slot[2] as u32 };
            let mut at = (key.hash() >> self.shift) as usize;
            while self.slots[at][2] != FREE {
                at = (at + 1) & mask;
            }
            self.slots[at] = slot;
        }
    }
}

/// Slots that are written, not asked of the system as zeroes: a page that is
/// read before it is written costs two faults.
fn free(slots: usize) -> Vec<[u64; 3]> {
    let mut free = Vec::with_capacity(slots);
    free.resize(slots, [FREE; 3]);
    free
}

fn taken(key: Packed, number: u32) -> [u64; 3] {
    [key.first, key.last, u64::from(number + 1) << 32 | u64::from(key.len)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    use proptest::prelude::*;

    proptest! {
        /// The table is a map from strings to numbers, whatever stands after
        /// the strings.
        #[test]
        fn equal_keys_get_equal_numbers(keys in prop::collection::vec("[ab]{0,3}|[a-c]{7,18}|[ab]{24}", 0..300)) {
            let text = keys.concat();
            let mut table = KeyTable::for_keys(1);
            let mut known: HashMap<&str, u32> = HashMap::new();
            let mut strings: Vec<&str> = Vec::new();
            let mut from = 0;
            for key in &keys {
                let packed = Packed::at(text.as_bytes(), from, from + key.len());
                prop_assert_eq!(packed, Packed::of(key));
                from += key.len();
                let (number, new) = table.number(packed, |n| strings[n as usize] == key);
                if new {
                    strings.push(key);
                }
                let next = known.len() as u32;
                prop_assert_eq!(number, *known.entry(key).or_insert(next));
                prop_assert_eq!(table.get(packed, |n| strings[n as usize] == key), Some(number));
            }
            prop_assert_eq!(table.len(), known.len());
        }
    }
}
