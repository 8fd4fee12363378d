//! Where each atom stands among the hashes of windows, so that a phrase is
//! found without reading them all: an inverted file, as Witten, Moffat and Bell
//! describe it (Managing Gigabytes, 1999), cut into rows that are read one by
//! one.
//!
//! Cost: about two bytes an atom. A phrase reads the rows of its two rarest
//! atoms, and the windows at the places that they have in common.

use std::borrow::Cow;

use super::leb::{put_number, take_number};
use super::windows::{Needle, word};

/// A row has about so many bytes.
const ROW: usize = 3800;
/// A row begins anew after so many places of one atom.
const PLACES: usize = 1000;

/// All atoms of some hashes, with their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Postings {
    /// The first atom's hash in each row: four bytes, little-endian.
    pub firsts: Vec<u8>,
    /// Atoms in order of their hashes: what is added to the hash before, how
    /// many places follow, and what is added to the place before.
    pub rows: Vec<Vec<u8>>,
}

impl Postings {
    /// Of hashes as [`super::Windows`] keeps them.
    pub fn of(hashes: &[u8]) -> Self {
        let mut all: Vec<u64> = (0u64..)
            .zip(hashes.chunks_exact(4))
            .map(|(place, hash)| u64::from(word(hash)) << 32 | place)
            .collect();
        all.sort_unstable();
        let mut out = Self::default();
        let (mut row, mut first, mut before) = (Vec::new(), 0, 0);
        for of_one in all.chunk_by(|a, b| a >> 32 == b >> 32) {
            let hash = of_one[0] >> 32;
            for part in of_one.chunks(PLACES) {
                if row.len() > ROW {
                    out.push(first, std::mem::take(&mut row));
                }
                if row.is_empty() {
                    (first, before) = (hash, 0);
                }
                put_number(&mut row, hash - before);
                put_number(&mut row, part.len() as u64);
                before = hash;
                let mut last = 0;
                for place in part.iter().map(|one| one & 0xffff_ffff) {
                    put_number(&mut row, place - last);
                    last = place;
                }
            }
        }
        if !row.is_empty() {
            out.push(first, row);
        }
        out
    }

    fn push(&mut self, first: u64, row: Vec<u8>) {
        self.firsts.extend((first as u32).to_le_bytes());
        self.rows.push(row);
    }
}

impl Needle {
    /// The places where the phrase may begin, in order: where its two rarest
    /// atoms stand as they must. `firsts` and `row` are those of [`Postings`].
    pub fn places<'r>(
        &self,
        firsts: &[u8],
        row: impl Fn(usize) -> Option<Cow<'r, [u8]>>,
    ) -> Vec<usize> {
        let firsts: Vec<u32> = firsts.chunks_exact(4).map(word).collect();
        let mut atoms: Vec<(usize, std::ops::Range<usize>, u32)> = (0..)
            .zip(self.hashes.chunks_exact(4).map(word))
            .map(|(k, hash)| {
                let from = firsts.partition_point(|f| *f < hash).saturating_sub(1);
                (k, from..firsts.partition_point(|f| *f <= hash), hash)
            })
            .collect();
        atoms.sort_by_key(|(_, rows, _)| rows.len());
        let mut lists: Vec<Vec<usize>> = Vec::new();
        for (k, rows, hash) in atoms {
            // A third list would cost more than looking at what two leave.
            if lists.len() == 2 || lists.first().is_some_and(|l| l.len() <= 8) {
                break;
            }
            let mut list = Vec::new();
            rows.filter_map(&row).for_each(|row| of_atom(&row, hash, &mut list));
            list.retain(|place| *place >= k);
            list.iter_mut().for_each(|place| *place -= k);
            lists.push(list);
        }
        match &mut lists[..] {
            [a, b] => {
                a.retain(|place| b.binary_search(place).is_ok());
                std::mem::take(a)
            }
            [a, ..] => std::mem::take(a),
            [] => Vec::new(),
        }
    }
}

/// Adds the places of an atom in one row. What is damaged adds nothing.
fn of_atom(mut row: &[u8], wanted: u32, out: &mut Vec<usize>) {
    let mut hash = 0u64;
    while let (Some(more), Some(count)) = (take_number(&mut row), take_number(&mut row)) {
        hash = hash.saturating_add(more);
        if hash > u64::from(wanted) {
            return;
        }
        let mut place = 0u64;
        for _ in 0..count {
            let Some(more) = take_number(&mut row) else { return };
            place = place.saturating_add(more);
            if hash == u64::from(wanted) {
                out.push(place as usize);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::Windows;

    #[test]
    fn places_are_those_that_a_search_of_all_finds() {
        let mut dice = 7u64;
        let mut word = || {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            // Few words often, many seldom.
            let of = if dice >> 60 < 9 { 12 } else { 4000 };
            format!("w{} ", (dice >> 33) % of)
        };
        let text: String = (0..60_000).map(|_| word()).collect();
        let mut windows = Windows::default();
        windows.add(&text, 0, &(0..text.len()), |_| true);
        let postings = Postings::of(&windows.hashes);
        assert!(postings.rows.len() > 20, "{}", postings.rows.len());
        let words: Vec<&str> = text.split(' ').collect();
        let (mut many, mut none) = (0, 0);
        for (from, len) in (0..59_900).step_by(397).zip((1..=12).cycle()) {
            let phrase = words[from..from + len].join(" ");
            for phrase in [phrase.clone(), format!("{phrase} w0 w0 w0")] {
                let Some(needle) = Needle::new(&phrase) else { continue };
                let found = needle
                    .places(&postings.firsts, |n| postings.rows.get(n).map(|r| (&r[..]).into()));
                let real: Vec<usize> = found
                    .iter()
                    .copied()
                    .filter(|p| needle.stands_at(*p, &windows.hashes))
                    .collect();
                let all: Vec<usize> = (0..windows.hashes.len() / 4)
                    .filter(|p| needle.stands_at(*p, &windows.hashes))
                    .collect();
                assert_eq!(real, all, "{phrase}");
                many += usize::from(all.len() > 1);
                none += usize::from(all.is_empty());
            }
        }
        assert!(many > 10 && none > 10, "{many} {none}");
    }

    #[test]
    fn damaged_rows_are_no_places() {
        let needle = Needle::new("mill burned").unwrap();
        for row in [&[][..], &[0x80], &[1, 200, 1], &[0xff; 40]] {
            assert!(needle.places(&[0; 4], |_| Some(row.into())).is_empty());
        }
        assert!(needle.places(&[], |_| None).is_empty());
    }
}
