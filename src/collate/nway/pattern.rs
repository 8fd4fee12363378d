//! What one column reads, and the kind of its difference.

use super::kind::RowKind;
use super::likeness::{Likeness, Likenesses};
use super::links::Links;
use super::readings::Readings;
use super::strand::Strand;
use super::units::TEXTS_MAX;

/// The columns of all texts, and where the words are in them.
#[derive(Clone, Copy)]
pub struct Placed<'p> {
    pub strand: &'p Strand<'p>,
    /// For each text of the strand, the column of each word.
    pub places: &'p [Vec<u32>],
    /// For each text the one of the strand that has its words.
    pub first: &'p [usize],
    pub links: &'p Links,
}

/// Columns with equal patterns can share a row.
#[derive(Clone, Copy)]
pub struct Pattern {
    pub kind: RowKind,
    /// Never shares a row.
    pub apart: bool,
    /// The texts of the strand, a bit each.
    pub mask: u64,
    /// More than one reading; if so, per text, in the order of the readings,
    /// the number of its reading by first appearance, or [`ABSENT`].
    pub several: bool,
    pub readings: [u8; TEXTS_MAX],
}

const ABSENT: u8 = u8::MAX;

impl Default for Pattern {
    fn default() -> Self {
        Self {
            kind: RowKind::Equal,
            apart: true,
            mask: 0,
            several: false,
            readings: [ABSENT; TEXTS_MAX],
        }
    }
}

impl Pattern {
    /// Whether both can be in one row.
    pub fn goes_with(&self, other: &Self) -> bool {
        !(self.apart || other.apart)
            && (self.kind, self.mask, self.several) == (other.kind, other.mask, other.several)
            && (!self.several || self.readings == other.readings)
    }
}

/// Reads the columns from first to last.
pub struct Reader<'r, 'v> {
    readings: &'r Readings<'v>,
    base: Option<usize>,
    placed: Placed<'r>,
    likenesses: Likenesses<'r>,
    /// The next word of each text of the strand.
    next: Vec<usize>,
    /// Columns in which a word is odd or layout.
    marked: Vec<bool>,
    /// The different keys of the column, if it has several.
    distinct: Vec<u32>,
}

impl<'r, 'v> Reader<'r, 'v> {
    pub fn new(readings: &'r Readings<'v>, base: Option<usize>, placed: Placed<'r>) -> Self {
        let mut marked = vec![false; placed.strand.len()];
        for (t, text) in readings.texts.iter().enumerate() {
            let places = &placed.places[placed.first[t]];
            text.odd.iter().for_each(|i| marked[places[*i as usize] as usize] = true);
        }
        let likenesses = Likenesses::new(&readings.keys.words);
        let next = vec![0; placed.places.len()];
        Self { readings, base, placed, likenesses, next, marked, distinct: Vec::new() }
    }

    /// The different keys of the column that was read last.
    pub fn distinct(&self) -> &[u32] {
        &self.distinct
    }

    /// The next column, which is column `c`.
    pub fn column(&mut self, c: usize, out: &mut Pattern) {
        let strand = self.placed.strand;
        let mask = strand.mask(c);
        (out.mask, out.apart, out.several) = (mask, false, false);
        self.distinct.clear();
        match strand.only(c) {
            Some(key) if !self.marked[c] => {
                self.distinct.push(key);
                out.kind = self.kind(c, mask);
            }
            _ => self.look(c, mask, out),
        }
        let mut texts = mask;
        while texts != 0 {
            self.next[texts.trailing_zeros() as usize] += 1;
            texts &= texts - 1;
        }
    }

    /// A column of several readings, or with odd or layout words.
    fn look(&mut self, c: usize, mask: u64, out: &mut Pattern) {
        let (mut odd, mut layout) = (false, false);
        for (t, first) in self.placed.first.iter().enumerate() {
            if mask & 1 << first == 0 {
                out.readings[t] = ABSENT;
                continue;
            }
            let (text, at) = (&self.readings.texts[t], self.next[*first]);
            if self.marked[c] {
                odd |= text.words[at].is_odd();
                layout |= text.words[at].layout;
            }
            let key = text.keys[at];
            let number = self.distinct.iter().position(|k| *k == key);
            out.readings[t] = number.unwrap_or(self.distinct.len()) as u8;
            if number.is_none() {
                self.distinct.push(key);
            }
        }
        out.several = self.distinct.len() > 1;
        out.apart = odd && !self.printed_alike(&out.readings);
        out.kind = self.kind(c, mask);
        if out.kind == RowKind::Equal && out.apart
            || layout && !out.several && out.kind != RowKind::Equal
        {
            out.kind = RowKind::Layout;
        }
    }

    fn kind(&mut self, c: usize, mask: u64) -> RowKind {
        if self.placed.links.group(c).is_some() {
            return RowKind::Transposition;
        }
        let mut kind = RowKind::Equal;
        'all: for (n, key) in self.distinct.iter().enumerate() {
            for other in &self.distinct[..n] {
                kind = kind.max(match self.likenesses.of(*key, *other) {
                    Likeness::Punctuation => RowKind::Punctuation,
                    Likeness::Spelling => RowKind::Spelling,
                    Likeness::Word => RowKind::Word,
                });
                if kind == RowKind::Word {
                    break 'all;
                }
            }
        }
        let has = |t: usize| mask & 1 << self.placed.first[t] != 0;
        let all = self.placed.first.len();
        let present = match all == self.placed.places.len() {
            true => mask.count_ones() as usize,
            false => (0..all).filter(|t| has(*t)).count(),
        };
        let absent = all - present;
        let omitted = self.base.map_or(absent <= present, has);
        let sign =
            |key: &u32| !self.readings.keys.words[*key as usize].contains(char::is_alphanumeric);
        match (absent, omitted) {
            (0, _) => kind,
            _ if self.distinct.iter().all(sign) => RowKind::Punctuation,
            (_, true) => kind.max(RowKind::Omission),
            (_, false) => kind.max(RowKind::Addition),
        }
    }

    /// Whether the words of each reading have the same bytes.
    fn printed_alike(&self, readings: &[u8; TEXTS_MAX]) -> bool {
        let mut shown: Vec<Option<&str>> = vec![None; self.distinct.len()];
        for (t, first) in self.placed.first.iter().enumerate() {
            let number = readings[t];
            if number == ABSENT {
                continue;
            }
            let side = &self.readings.texts[t];
            let word = side.words[self.next[*first]];
            let bytes = &side.view.source()[word.start as usize..word.end as usize];
            // A broken word has several tokens: it goes with none that has not.
            match &mut shown[number as usize] {
                Some(first) if *first != bytes => return false,
                Some(_) => {}
                at => *at = Some(bytes),
            }
        }
        let broken = |s: &&str| s.contains(char::is_whitespace);
        shown.len() == 1 || !shown.iter().flatten().any(broken)
    }
}
