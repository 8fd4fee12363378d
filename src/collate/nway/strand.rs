//! Columns in a row: what some texts read in common, from first to last.
//!
//! A column is known by its place in the strand. A strand of one text borrows
//! its words; one of several has, for each column, the texts in it and what
//! they read, and for each word of each text the column that it is in. What
//! columns of several readings read lies in one list for all of them.

use std::borrow::Cow;

/// A column that has one reading has its key; one that has several, its number
/// among such columns, with this bit.
const MIXED: u32 = 1 << 31;

/// A reading and in how many texts it is.
type Count = (u32, u32);

/// Columns in order, and the texts that are in them.
pub struct Strand<'k> {
    /// The texts, ascending.
    pub texts: Vec<usize>,
    /// The texts in each column, a bit each; of one text alone none is kept.
    masks: Vec<u64>,
    reads: Reads<'k>,
    /// For each text, the column of each word; of one text alone none is kept,
    /// each word is a column.
    places: Vec<Vec<u32>>,
}

/// What columns read.
#[derive(Default)]
struct Reads<'k> {
    keys: Cow<'k, [u32]>,
    /// Where the readings of each column that has several end in `counts`.
    ends: Vec<u32>,
    counts: Vec<Count>,
}

impl Reads<'_> {
    /// The readings of a column that has several.
    fn counts(&self, read: u32) -> &[Count] {
        let n = (read & !MIXED) as usize;
        let from = n.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.counts[from as usize..self.ends[n] as usize]
    }
}

impl<'k> Strand<'k> {
    /// One text.
    pub fn of_text(text: usize, keys: &'k [u32]) -> Self {
        let reads = Reads { keys: keys.into(), ..Reads::default() };
        Self { texts: vec![text], masks: Vec::new(), reads, places: Vec::new() }
    }

    /// How many columns.
    pub fn len(&self) -> usize {
        self.reads.keys.len()
    }

    /// The texts in a column, a bit each.
    pub fn mask(&self, column: usize) -> u64 {
        self.masks.get(column).copied().unwrap_or(1 << self.texts[0])
    }

    /// The reading of a column, if it has but one.
    pub fn only(&self, column: usize) -> Option<u32> {
        Some(self.reads.keys[column]).filter(|read| read & MIXED == 0)
    }

    /// The readings of a column.
    pub fn readings(&self, column: usize) -> impl Iterator<Item = u32> + Clone + '_ {
        let read = self.reads.keys[column];
        let (only, more) = match read & MIXED {
            0 => (Some(read), &[][..]),
            _ => (None, self.reads.counts(read)),
        };
        only.into_iter().chain(more.iter().map(|(key, _)| *key))
    }

    /// The reading of most texts; of several such the first in the alphabet.
    pub fn chief(&self, column: usize, keys: &[Cow<'_, str>]) -> u32 {
        let read = self.reads.keys[column];
        if read & MIXED == 0 {
            return read;
        }
        let by_count = |(key, count): &Count| (u32::MAX - count, &keys[*key as usize]);
        let chief = self.reads.counts(read).iter().min_by_key(|c| by_count(c));
        chief.map_or(0, |(key, _)| *key)
    }

    /// The columns of the words of one of its texts.
    ///
    /// # Panics
    /// When the text is not in this strand.
    pub fn columns(&self, text: usize) -> Columns<'_> {
        let at = self.texts.binary_search(&text).expect("the text is in this strand");
        Columns(self.places.get(at).map(Vec::as_slice))
    }

    /// The columns of the words of all texts.
    pub fn take_places(&mut self) -> Vec<Vec<u32>> {
        match self.places.is_empty() {
            true => vec![(0..self.len() as u32).collect()],
            false => std::mem::take(&mut self.places),
        }
    }
}

/// The columns of the words of one text; `None` when each word is a column.
#[derive(Clone, Copy)]
pub struct Columns<'s>(Option<&'s [u32]>);

impl Columns<'_> {
    /// Of one word.
    pub fn of(self, word: usize) -> usize {
        self.0.map_or(word, |places| places[word] as usize)
    }
}

/// One strand made of two, column after column.
pub struct Joining<'s, 'k> {
    sides: [&'s Strand<'k>; 2],
    made: Made,
}

/// The columns of the new strand.
pub struct Made {
    masks: Vec<u64>,
    reads: Reads<'static>,
    keys: Vec<u32>,
    /// For each column of either strand, its column now.
    now: [Vec<u32>; 2],
}

impl<'s, 'k> Joining<'s, 'k> {
    pub fn of(left: &'s Strand<'k>, right: &'s Strand<'k>) -> Self {
        let room = left.len().max(right.len()) * 17 / 16;
        let made = Made {
            masks: Vec::with_capacity(room),
            reads: Reads::default(),
            keys: Vec::with_capacity(room),
            now: [Vec::with_capacity(left.len()), Vec::with_capacity(right.len())],
        };
        Self { sides: [left, right], made }
    }

    /// How many columns of the left (0) or the right (1) strand are placed.
    pub fn placed(&self, side: usize) -> usize {
        self.made.now[side].len()
    }

    /// Places the columns of one strand up to `column` alone.
    pub fn alone(&mut self, side: usize, column: usize) {
        let strand = self.sides[side];
        let Made { masks, reads, keys, now } = &mut self.made;
        for c in now[side].len()..column {
            now[side].push(masks.len() as u32);
            masks.push(strand.mask(c));
            let read = strand.reads.keys[c];
            if read & MIXED == 0 {
                keys.push(read);
            } else {
                reads.counts.extend_from_slice(strand.reads.counts(read));
                keys.push(reads.ends.len() as u32 | MIXED);
                reads.ends.push(reads.counts.len() as u32);
            }
        }
    }

    /// Places the next column of both strands as one; no text is in both.
    pub fn fuse(&mut self) {
        let [left, right] = self.sides;
        let Made { masks, reads, keys, now } = &mut self.made;
        let (x, y) = (now[0].len(), now[1].len());
        now.iter_mut().for_each(|now| now.push(masks.len() as u32));
        let (a, b) = (left.mask(x), right.mask(y));
        debug_assert_eq!(a & b, 0);
        masks.push(a | b);
        let (r, s) = (left.reads.keys[x], right.reads.keys[y]);
        if r == s && r & MIXED == 0 {
            keys.push(r);
            return;
        }
        let from = reads.counts.len();
        for (strand, read, mask) in [(left, r, a), (right, s, b)] {
            let only = [(read, mask.count_ones())];
            let theirs = if read & MIXED == 0 { &only[..] } else { strand.reads.counts(read) };
            for (key, count) in theirs {
                match reads.counts[from..].iter_mut().find(|(k, _)| k == key) {
                    Some((_, sum)) => *sum += count,
                    None => reads.counts.push((*key, *count)),
                }
            }
        }
        keys.push(reads.ends.len() as u32 | MIXED);
        reads.ends.push(reads.counts.len() as u32);
    }

    /// What was made, when the rest of either strand is placed.
    pub fn made(mut self) -> Made {
        for side in [0, 1] {
            self.alone(side, self.sides[side].len());
        }
        self.made
    }
}

impl Made {
    /// The new strand in the place of the two.
    pub fn instead_of<'k>(self, left: Strand<'k>, right: Strand<'k>) -> Strand<'k> {
        let mut texts = Vec::with_capacity(left.texts.len() + right.texts.len());
        for (strand, now) in [left, right].into_iter().zip(self.now) {
            if strand.places.is_empty() {
                texts.push((strand.texts[0], now));
                continue;
            }
            for (text, mut places) in strand.texts.into_iter().zip(strand.places) {
                places.iter_mut().for_each(|c| *c = now[*c as usize]);
                texts.push((text, places));
            }
        }
        texts.sort_unstable_by_key(|(text, _)| *text);
        let (texts, places) = texts.into_iter().unzip();
        let reads = Reads { keys: self.keys.into(), ..self.reads };
        Strand { texts, masks: self.masks, reads, places }
    }
}
