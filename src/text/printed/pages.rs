//! The pages of a text and what one can ask of them.

use std::ops::Range;

use super::super::layout::Layout;
use super::super::lines::Lines;
use super::count::{Kind, count};
use super::starts::starts;

/// The printed pages of a text, as far as it shows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    starts: Vec<PageStart>,
    bytes: usize,
}

/// Where a printed page starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageStart {
    /// The first byte.
    pub byte: usize,
    /// Its line, from 1.
    pub line: usize,
    /// The number of the page.
    pub number: u32,
    /// By how many pages the number can be wrong, either way.
    pub margin: u32,
    /// What shows the start.
    pub sign: PageSign,
}

/// What shows that a page starts, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageSign {
    /// The number survives.
    Printed,
    /// The text marks the start; the number is counted.
    Marked,
    /// Nothing: a stretch of several pages was divided evenly.
    Divided,
}

impl Pages {
    /// Finds the pages; none where fewer than two page numbers survive.
    pub(in crate::text) fn of(text: &str, lines: &Lines, layout: &Layout) -> Self {
        let Some(found) = starts(text, lines, layout) else { return Self::default() };
        let starts = count(&found, text).into_iter().map(|p| PageStart {
            byte: p.byte,
            line: lines.line_of(p.byte),
            number: p.number,
            margin: p.margin,
            sign: match p.kind {
                Kind::Printed => PageSign::Printed,
                Kind::Marked => PageSign::Marked,
                Kind::Divided => PageSign::Divided,
            },
        });
        Self { starts: starts.collect(), bytes: text.len() }
    }

    /// Where each page starts, in order. Two starts can carry one number, and
    /// numbers can be left out, where the text shows too many or too few.
    pub fn starts(&self) -> &[PageStart] {
        &self.starts
    }

    /// Whether the text shows no pages.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The number of the page that holds `byte`, and by how many pages it can
    /// be wrong; `None` before the first page known and past the text.
    pub fn page_of(&self, byte: usize) -> Option<(u32, u32)> {
        let i = self.starts.partition_point(|s| s.byte <= byte).checked_sub(1)?;
        let start = &self.starts[i];
        (byte < self.bytes).then_some((start.number, start.margin))
    }

    /// The bytes of the page with this number, and by how many pages the
    /// answer can be wrong. Of a page whose start is lost, the bytes are those
    /// of the page before it, which hold it. `None` outside the pages known.
    pub fn span_of(&self, number: u32) -> Option<(Range<usize>, u32)> {
        let after = self.starts.partition_point(|s| s.number <= number);
        let last = self.starts.get(after.checked_sub(1)?)?;
        if last.number < number && after == self.starts.len() {
            return None;
        }
        let from = self.starts.partition_point(|s| s.number < last.number);
        let end = self.starts.get(after).map_or(self.bytes, |s| s.byte);
        let margin = self.starts[from..after].iter().map(|s| s.margin).max().unwrap_or(0);
        Some((self.starts[from].byte..end, margin.max(number - last.number)))
    }
}
