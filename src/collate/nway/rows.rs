//! From columns to rows.
//!
//! Each column has a *pattern*: which texts have a word there, and which of
//! these read the same. Neighbouring columns with the same pattern and the
//! same kind are one row, so that in a row every reading has the same number
//! of words, and words at the same offset stand in one column. A column in
//! which a word is printed otherwise than elsewhere (broken, hyphenated,
//! curly), or that belongs to a running head, is not joined with others. A
//! moved passage is cut at the same words in all its places.
//!
//! The kind of a row: see [`RowKind`]. Rows of other, missing or added words that
//! follow each other are one *place*, that is one entry of an apparatus
//! ([`number_places`]).
//!
//! Cost: linear in columns times texts.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::kind::RowKind;
use super::links::Links;
use super::pattern::{Pattern, Placed, Reader};
use super::readings::Readings;
use crate::text::squeeze;

/// Rows, and half as many words, within which moved words are near.
const NEAR: usize = 6;
/// Words of two columns at most that are looked at as one word.
const TOGETHER: u32 = 4;

/// A run of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How its readings differ.
    pub kind: RowKind,
    /// The apparatus entry that it belongs to, from 1; 0 where all agree or
    /// only layout differs, unless the words around change places.
    pub place: u32,
    /// Words of each reading.
    pub words: u32,
    /// Where its numbers begin in [`Collation::readings`], if it has several
    /// readings.
    readings: Option<u32>,
}

/// n texts in rows. Each word of each text's view, those of running heads
/// too, is in exactly one cell; the cells of one text, from row to row, are in
/// the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collation {
    texts: usize,
    rows: Vec<Row>,
    /// Bytes of each cell, row by row; empty where a text has none.
    cells: Vec<(u32, u32)>,
    /// For the rows of several readings, the number of each text's reading.
    readings: Vec<u8>,
    /// For a row of moved words, the other rows that hold them.
    moved: HashMap<u32, Vec<u32>>,
    vertices: usize,
}

impl Collation {
    /// How many texts.
    pub fn texts(&self) -> usize {
        self.texts
    }

    /// The rows, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The bytes of a text in a row, from its first word to its last.
    pub fn cell(&self, row: usize, text: usize) -> Option<Range<usize>> {
        let (start, end) = self.cells[row * self.texts + text];
        (start < end).then_some(start as usize..end as usize)
    }

    /// Whether two texts have the same words in a row, or both none.
    pub fn agree(&self, row: usize, a: usize, b: usize) -> bool {
        match self.rows[row].readings {
            Some(from) => self.readings[from as usize + a] == self.readings[from as usize + b],
            None => self.cell(row, a).is_some() == self.cell(row, b).is_some(),
        }
    }

    /// The rows in which other texts have the words of this row; empty unless
    /// it is a transposition.
    pub fn moved_with(&self, row: usize) -> &[u32] {
        self.moved.get(&(row as u32)).map_or(&[], Vec::as_slice)
    }

    /// Different words in different places: the vertices of a variant graph.
    pub fn vertices(&self) -> usize {
        self.vertices
    }
}

/// Makes the rows; `base` is a text in the order of `readings`. The cells are
/// put in the order in which the texts were given.
pub fn rows(readings: &Readings<'_>, base: Option<usize>, placed: &Placed<'_>) -> Collation {
    let (links, count) = (placed.links, placed.strand.len());
    let mut reader = Reader::new(readings, base, *placed);
    let mut kinds = Vec::with_capacity(count);
    let mut starts = Vec::with_capacity(count + 1);
    let mut vertices = 0;
    let mut moved_readings = HashSet::new();
    let (mut before, mut pattern) = (Pattern::default(), Pattern::default());
    // The columns of several readings and, for each, the number of each text's.
    let (mut several, mut numbers) = (Vec::new(), Vec::new());
    for c in 0..count {
        reader.column(c, &mut pattern);
        starts.push(!pattern.goes_with(&before));
        kinds.push(pattern.kind);
        if pattern.several {
            several.push(c as u32);
            let from = numbers.len();
            numbers.resize(from + readings.given.len(), 0);
            for (t, given) in readings.given.iter().enumerate() {
                numbers[from + given] = pattern.readings[t];
            }
        }
        match links.group(c) {
            Some(group) => moved_readings.extend(reader.distinct().iter().map(|key| (group, *key))),
            None => vertices += reader.distinct().len(),
        }
        std::mem::swap(&mut before, &mut pattern);
    }
    drop(reader);
    cut_alike(links, &mut starts);
    starts.push(true);
    let row_starts: Vec<u32> = (0..=count as u32).filter(|c| starts[*c as usize]).collect();
    let (texts, rows) = (placed.first.len(), row_starts.len() - 1);
    let mut out = Collation {
        texts,
        rows: Vec::with_capacity(rows),
        cells: vec![(0, 0); rows * texts],
        readings: numbers,
        moved: HashMap::new(),
        vertices: vertices + moved_readings.len(),
    };
    let mut next = vec![0usize; texts];
    let mut several = (0..).zip(several).peekable();
    for (n, ends) in row_starts.windows(2).enumerate() {
        let words = ends[1] - ends[0];
        let mask = placed.strand.mask(ends[0] as usize);
        for (t, next) in next.iter_mut().enumerate() {
            if mask & 1 << placed.first[t] == 0 {
                continue;
            }
            let words = &readings.texts[t].words[*next..*next + words as usize];
            let end = words.iter().rev().take(2).map(|w| w.end).max().unwrap_or_default();
            out.cells[n * texts + readings.given[t]] = (words[0].start, end);
            *next += words.len();
        }
        let numbers = several.next_if(|(_, c)| *c == ends[0]).map(|(n, _)| n * texts as u32);
        while several.next_if(|(_, c)| *c < ends[1]).is_some() {}
        let kind = kinds[ends[0] as usize];
        out.rows.push(Row { kind, place: 0, words, readings: numbers });
    }
    let row_of = |c: &u32| row_starts.binary_search(c).expect("a group is cut alike") as u32;
    for group in &links.groups {
        for c in group.iter().filter(|c| starts[**c as usize]) {
            let others = group.iter().filter(|o| *o != c).map(row_of).collect();
            out.moved.insert(row_of(c), others);
        }
    }
    let joined = together_or_apart(readings, &mut out);
    number_places(&mut out, &joined);
    out
}

/// Cuts a moved passage at the same words in all its places.
fn cut_alike(links: &Links, starts: &mut [bool]) {
    for group in &links.groups {
        let follows = |c: &u32| {
            let before = c.checked_sub(1).and_then(|b| links.group(b as usize))?;
            let before = &links.groups[before as usize];
            let one_on = before.iter().map(|b| b + 1).eq(group.iter().copied());
            one_on.then_some(())
        };
        if follows(&group[0]).is_none() || group.iter().any(|c| starts[*c as usize]) {
            group.iter().for_each(|c| starts[*c as usize] = true);
        }
    }
}

/// Rows of other, missing or added words that follow each other are one place,
/// and so are all rows between words that change places near by, and the two of
/// `joined` rows and the one before each. What differs in spelling or
/// punctuation only is a place of its own, lest a text without accents make one
/// place of whole chapters; so is a passage that was moved far.
fn number_places(out: &mut Collation, joined: &[usize]) {
    let (mut place, mut before) = (0, None);
    // The place goes on at least to this row.
    let mut until = 0;
    let mut joined = joined.iter().copied().peekable();
    for n in 0..out.rows.len() {
        let mut kind = out.rows[n].kind;
        let with_before = joined.next_if(|row| *row == n).is_some() || n <= until;
        if let Some(other) = near(out, n) {
            until = until.max(other);
            // Its place is where it stands.
            kind = RowKind::Word;
        }
        if before.is_some() && with_before {
            out.rows[n].place = place;
            before = before.max(Some(kind).filter(|k| *k != RowKind::Transposition));
            continue;
        }
        if kind <= RowKind::Layout {
            before = None;
            continue;
        }
        let goes_on = match before {
            Some(RowKind::Transposition) => {
                let (was, is) = (out.moved_with(n - 1), out.moved_with(n));
                was.len() == is.len() && was.iter().zip(is).all(|(a, b)| a < b && b - a < 4)
            }
            Some(before) => kind != RowKind::Transposition && before.min(kind) > RowKind::Spelling,
            None => false,
        };
        place += u32::from(!goes_on);
        out.rows[n].place = place;
        before = Some(kind);
    }
}

/// The last of the rows that have the words of a moved row, if all are near.
fn near(out: &Collation, row: usize) -> Option<usize> {
    let others = out.moved_with(row);
    let far = |other: &u32| (*other as usize).abs_diff(row) > NEAR;
    let between = |other: usize| {
        let (from, to) = (row.min(other), row.max(other));
        out.rows[from..to].iter().map(|r| r.words as usize).sum::<usize>()
    };
    let all_near = || others.iter().all(|o| !far(o) && between(*o as usize) <= 2 * NEAR);
    let last = others.last().map(|o| (*o as usize).max(row));
    last.filter(|_| all_near())
}

/// Words that all texts have, in one written together and in another apart, are
/// spellings of each other: "for ever", "forever". The second row of each two.
fn together_or_apart(readings: &Readings<'_>, out: &mut Collation) -> Vec<usize> {
    let mut joined = Vec::new();
    for n in 1..out.rows.len() {
        let pair = [&out.rows[n - 1], &out.rows[n]];
        let differs = |r: &Row| r.kind > RowKind::Layout && r.kind != RowKind::Transposition;
        let lacks = |r: &Row| matches!(r.kind, RowKind::Addition | RowKind::Omission);
        if !pair.iter().all(|r| differs(r)) || !pair.iter().any(|r| lacks(r)) {
            continue;
        }
        if pair[0].words + pair[1].words > TOGETHER {
            continue;
        }
        let letters = |t: usize| {
            let view = readings.texts[t].view;
            let cells = [n - 1, n].map(|row| out.cell(row, readings.given[t]));
            let words = cells.into_iter().flatten().map(|cell| &view.source()[cell]);
            squeeze(&words.collect::<Vec<_>>().concat())
        };
        let first = letters(0);
        if !first.is_empty() && (1..out.texts).all(|t| letters(t) == first) {
            out.rows[n - 1].kind = RowKind::Spelling;
            out.rows[n].kind = RowKind::Spelling;
            joined.push(n);
        }
    }
    joined
}
