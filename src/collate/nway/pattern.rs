//! What one column reads, and the kind of its difference.

use super::kind::RowKind;
use super::likeness::{Likeness, Likenesses};
use super::links::Links;
use super::readings::Readings;
use super::units::{LAYOUT, ODD, TEXTS_MAX};

/// Columns with equal patterns can share a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pub kind: RowKind,
    /// Never shares a row.
    pub apart: bool,
    /// Per text, the number of its reading by first appearance, or [`ABSENT`].
    readings: [u8; TEXTS_MAX],
}

const ABSENT: u8 = u8::MAX;

impl Default for Pattern {
    fn default() -> Self {
        Self { kind: RowKind::Equal, apart: true, readings: [ABSENT; TEXTS_MAX] }
    }
}

/// Reads the columns from first to last.
pub struct Reader<'r, 'v> {
    readings: &'r Readings<'v>,
    base: Option<usize>,
    first: &'r [usize],
    columns: &'r [Vec<u32>],
    links: &'r Links,
    likenesses: Likenesses<'r>,
    /// The next word of each text.
    next: Vec<usize>,
    /// The different keys of the column.
    distinct: Vec<u32>,
}

impl<'r, 'v> Reader<'r, 'v> {
    pub fn new(
        readings: &'r Readings<'v>,
        base: Option<usize>,
        first: &'r [usize],
        columns: &'r [Vec<u32>],
        links: &'r Links,
    ) -> Self {
        let likenesses = Likenesses::new(&readings.keys);
        let next = vec![0; first.len()];
        Self { readings, base, first, columns, links, likenesses, next, distinct: Vec::new() }
    }

    /// The different keys of the column that was read last.
    pub fn distinct(&self) -> &[u32] {
        &self.distinct
    }

    /// The next column, which is column `c`.
    pub fn column(&mut self, c: u32) -> Pattern {
        let mut out = Pattern { kind: RowKind::Equal, apart: false, readings: [ABSENT; TEXTS_MAX] };
        self.distinct.clear();
        let (mut present, mut any, mut base_here) = (0, 0, false);
        for t in 0..self.first.len() {
            let at = self.next[t];
            if self.columns[self.first[t]].get(at) != Some(&c) {
                continue;
            }
            self.next[t] = at + 1;
            present += 1;
            base_here |= self.base == Some(t);
            any |= self.readings.texts[t].flags[at];
            let key = self.readings.texts[t].keys[at];
            let number = self.distinct.iter().position(|k| *k == key);
            out.readings[t] = number.unwrap_or(self.distinct.len()) as u8;
            if number.is_none() {
                self.distinct.push(key);
            }
        }
        let printed_otherwise = any & ODD != 0 && !self.printed_alike(&out);
        out.apart = printed_otherwise;
        out.kind = self.kind(c, present, base_here);
        if out.kind == RowKind::Equal && printed_otherwise
            || any & LAYOUT != 0 && self.distinct.len() == 1 && out.kind != RowKind::Equal
        {
            out.kind = RowKind::Layout;
        }
        out
    }

    fn kind(&mut self, c: u32, present: usize, base_here: bool) -> RowKind {
        if !self.links.group.is_empty() && self.links.group.contains_key(&c) {
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
        let absent = self.first.len() - present;
        let omitted = if self.base.is_some() { base_here } else { absent <= present };
        match (absent, omitted) {
            (0, _) => kind,
            (_, true) => kind.max(RowKind::Omission),
            (_, false) => kind.max(RowKind::Addition),
        }
    }

    /// Whether the words of each reading have the same bytes.
    fn printed_alike(&self, pattern: &Pattern) -> bool {
        let mut shown: Vec<Option<&str>> = vec![None; self.distinct.len()];
        for (t, number) in pattern.readings.iter().enumerate().filter(|(_, n)| **n != ABSENT) {
            let side = &self.readings.texts[t];
            let word = side.words[self.next[t] - 1];
            let bytes = &side.view.source()[word.start as usize..word.end as usize];
            // A broken word has several tokens: it goes with none that has not.
            match &mut shown[*number as usize] {
                Some(first) if *first != bytes => return false,
                Some(_) => {}
                at => *at = Some(bytes),
            }
        }
        let broken = |s: &&str| s.contains(char::is_whitespace);
        shown.len() == 1 || !shown.iter().flatten().any(broken)
    }
}
