//! The JSON of a collation, written row by row: the rows of a book in sixteen
//! texts are more than one would hold in memory twice.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::ser::{SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use super::{CollationAnswer, CollationStats, Witness};
use crate::collate::RowKind;
use crate::text::View;

/// n texts, aligned word by word, without a base.
///
/// Each word of each text, those of running heads and page numbers too, is in
/// exactly one cell. The cells of a text, from the first row to the last, are
/// in the order of that text and give back its words.
///
/// In a row, all readings have the same number of words, and the words at the
/// same offset stand in one column: they are the same word, or variants of each
/// other. Two words are the same word by descent as far as the program can see
/// when they stand at the same offset of one row, or of a row and a row that is
/// named in its `moved_with`, and are equal (their view keys are). So a row is
/// a maximal run of columns in which the same texts have a word and the same
/// texts agree; it ends where this changes, or where a word is printed
/// otherwise (broken, hyphenated, with other quotation marks): such a word has a
/// row of its own.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CollationAnswer")]
pub struct CollationShape {
    /// The keys of the columns, in the order in which the texts were named.
    pub texts: Vec<String>,
    /// What the texts are, in the same order.
    pub witnesses: Vec<Witness>,
    /// The key of the base, where one was asked for; it decides what is called
    /// an omission and what an addition, nothing else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Counts.
    pub stats: CollationStats,
    /// The rows, numbered from 0. They are the same for every order of the
    /// texts.
    pub rows: Vec<CollationRow>,
}

/// A run of columns.
#[derive(Serialize, JsonSchema)]
pub struct CollationRow {
    /// How the readings differ.
    pub kind: RowKind,
    /// The place that it belongs to, from 1: one entry of an apparatus. Rows of
    /// other, missing or added words that follow each other are one place; so
    /// are all rows, equal ones too, between words that stand in another order
    /// near by, and the rows of a word written together here and apart there.
    /// Absent elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// The reading of each text; null where it has no words here.
    pub readings: BTreeMap<String, Option<CollationCell>>,
}

/// The words of one text in a row.
#[derive(Serialize, JsonSchema)]
pub struct CollationCell {
    /// First byte in the text.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// The words as read.
    pub text: String,
    /// The rows, from 0, in which other texts have this passage: it was moved
    /// in these texts or in those. Absent elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved_with: Vec<u32>,
}

impl Serialize for CollationAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("CollationAnswer", 5)?;
        let keys: Vec<&str> = self.texts.iter().map(|t| t.key.as_str()).collect();
        out.serialize_field("texts", &keys)?;
        out.serialize_field("witnesses", &self.texts)?;
        match self.base {
            Some(base) => out.serialize_field("base", keys[base])?,
            None => out.skip_field("base")?,
        }
        out.serialize_field("stats", &self.stats)?;
        out.serialize_field("rows", &Rows(self))?;
        out.end()
    }
}

struct Rows<'a>(&'a CollationAnswer);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = self.0.rows.rows().len();
        let mut out = serializer.serialize_seq(Some(count))?;
        for row in 0..count {
            out.serialize_element(&Row(self.0, row))?;
        }
        out.end()
    }
}

struct Row<'a>(&'a CollationAnswer, usize);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = &self.0.rows.rows()[self.1];
        let mut out = serializer.serialize_struct("CollationRow", 3)?;
        out.serialize_field("kind", &row.kind)?;
        match row.place {
            0 => out.skip_field("place")?,
            place => out.serialize_field("place", &place)?,
        }
        out.serialize_field("readings", &Readings(self.0, self.1))?;
        out.end()
    }
}

struct Readings<'a>(&'a CollationAnswer, usize);

impl Serialize for Readings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(answer, row) = *self;
        let mut out = serializer.serialize_map(Some(answer.texts.len()))?;
        for (n, text) in answer.texts.iter().enumerate() {
            let cell = answer.rows.cell(row, n).map(|span| Cell {
                text: words(&answer.views[n], span.clone()),
                start: span.start,
                end: span.end,
                moved_with: answer.rows.moved_with(row),
            });
            out.serialize_entry(&text.key, &cell)?;
        }
        out.end()
    }
}

/// As [`CollationCell`].
#[derive(Serialize)]
struct Cell<'a> {
    start: usize,
    end: usize,
    text: Cow<'a, str>,
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    moved_with: &'a [u32],
}

/// The words of a span as read; of a running head too.
pub(super) fn words(view: &View, span: Range<usize>) -> Cow<'_, str> {
    let source = &view.source()[span.clone()];
    // One line without a hyphen reads as it stands.
    let plain = |w: &[u8]| w[0] > b' ' && w[0] != b'-' || w[0] == b' ' && w[1] > b' ';
    if source.is_ascii() && source.as_bytes().windows(2).all(plain) {
        return Cow::Borrowed(source);
    }
    let read = view.reading(span);
    if !read.is_empty() {
        return Cow::Owned(read);
    }
    Cow::Owned(source.split_whitespace().collect::<Vec<_>>().join(" "))
}
