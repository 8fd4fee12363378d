use std::fmt;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::text::View;

/// The pages of print on which words stand, counted from the page numbers
/// that survive in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PrintedPages {
    /// The page of the first word.
    pub first: u32,
    /// The page of the last word.
    pub last: u32,
    /// By how many pages, either way, the numbers can be wrong; 0 where the
    /// numbers before and after agree with the pages counted.
    pub margin: u32,
}

impl PrintedPages {
    /// The pages of a span; `None` where the text does not show its pages, or
    /// the span reaches before the first that is known.
    pub(super) fn of(view: &View, span: &Range<usize>) -> Option<Self> {
        let (first, a) = view.pages().page_of(span.start)?;
        // The end is exclusive: the page of its last byte.
        let (last, b) = view.pages().page_of(span.end.max(span.start + 1) - 1)?;
        Some(Self { first, last, margin: a.max(b) })
    }
}

impl fmt::Display for PrintedPages {
    /// As a citation writes it: `p. 278`, `pp. 39-40 ±1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "p. {}", self.first)?;
        } else {
            write!(f, "pp. {}-{}", self.first, self.last)?;
        }
        if self.margin > 0 { write!(f, " ±{}", self.margin) } else { Ok(()) }
    }
}
