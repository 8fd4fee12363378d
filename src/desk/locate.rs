//! `locate`: where words stand that a reader typed, one quotation or many.

use schemars::JsonSchema;
use serde::Serialize;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use crate::anchor::{Candidate, Locator, Resolution};
use crate::text::View;

use super::archive::Archive;
use super::place::lines_of;
use super::{DeskError, resolve};

/// A text in which words are looked for, opened once for many quotations.
pub struct Searched {
    name: String,
    view: Rc<View>,
}

/// Where a quotation stands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Located {
    /// The outcome.
    pub resolution: Outcome,
    /// So many of its words are gone that it should be looked at.
    pub damaged: bool,
    /// First byte of the stored text; null unless one place is named.
    pub start: Option<usize>,
    /// End byte, exclusive.
    pub end: Option<usize>,
    /// First line, from 1.
    pub line_start: Option<usize>,
    /// Last line.
    pub line_end: Option<usize>,
    /// How well it fits, 0 to 1; 1 means equal in the reading view.
    pub score: f64,
    /// Other places, or the nearest ones when none is named.
    pub candidates: Vec<LocatedCandidate>,
    /// The text, `M@1` or the file's path.
    #[serde(rename = "in")]
    pub within: String,
}

/// A place that fits less well, or as well as another.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LocatedCandidate {
    /// First byte.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// First line, from 1.
    pub line_start: usize,
    /// Last line.
    pub line_end: usize,
    /// How well it fits, 0 to 1.
    pub score: f64,
    /// The words there, as read, at most 120 characters.
    pub text: String,
}

/// How a quotation was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Equal in the reading view, at one place.
    Exact,
    /// Equal, at another place than where it was made.
    Moved,
    /// Nearly equal, at one place, with no rival.
    Fuzzy,
    /// At several places.
    Ambiguous,
    /// Nowhere.
    Lost,
    /// The text is not supplied.
    Withheld,
}

impl Searched {
    /// Opens a text of the archive, `M` or `M@2`.
    ///
    /// # Errors
    /// When there is no such text.
    pub fn in_archive(archive: &Archive, address: &str) -> Result<Self, DeskError> {
        let (name, view) = resolve::whole_text(archive, address, "name one: M or M@2")?;
        Ok(Self { name, view })
    }

    /// Takes the text of a plain file.
    ///
    /// # Errors
    /// When it is no text.
    pub fn plain(name: &str, bytes: Vec<u8>) -> Result<Self, DeskError> {
        let text: Arc<str> = super::diff::plain_text(name, bytes)?;
        Ok(Self { name: name.to_string(), view: Rc::new(View::new(text)) })
    }

    /// Ready for any number of quotations.
    pub fn locator(&self) -> Quotations<'_> {
        Quotations { searched: self, locator: Locator::new(&self.view) }
    }
}

/// Looks quotations up in one text.
pub struct Quotations<'v> {
    searched: &'v Searched,
    locator: Locator<'v>,
}

impl Quotations<'_> {
    /// Where `quote` stands.
    pub fn locate(&self, quote: &str) -> Located {
        let mut out = Located {
            resolution: Outcome::Lost,
            damaged: false,
            start: None,
            end: None,
            line_start: None,
            line_end: None,
            score: 0.0,
            candidates: Vec::new(),
            within: self.searched.name.clone(),
        };
        let at = |out: &mut Located, span: Range<usize>| {
            let (a, b) = lines_of(&self.searched.view, &span);
            out.start = Some(span.start);
            out.end = Some(span.end);
            out.line_start = Some(a);
            out.line_end = Some(b);
        };
        match self.locator.locate(quote) {
            Resolution::Exact(span) => {
                out.resolution = Outcome::Exact;
                out.score = 1.0;
                at(&mut out, span);
            }
            Resolution::Fuzzy { span, score, damaged, rivals } => {
                out.resolution = Outcome::Fuzzy;
                out.score = score;
                // Half of the words gone is more than a slip of memory.
                out.damaged = score < 0.5 || damaged * 2 > quote.split_whitespace().count();
                out.candidates = rivals.into_iter().map(|c| self.candidate(c)).collect();
                at(&mut out, span);
            }
            Resolution::Ambiguous { places, .. } => {
                out.resolution = Outcome::Ambiguous;
                out.score = places.first().map_or(0.0, |c| c.score);
                out.candidates = places.into_iter().map(|c| self.candidate(c)).collect();
            }
            Resolution::Lost { nearest } => {
                out.candidates = nearest.into_iter().map(|c| self.candidate(c)).collect();
            }
        }
        out
    }

    fn candidate(&self, c: Candidate) -> LocatedCandidate {
        let (line_start, line_end) = lines_of(&self.searched.view, &c.span);
        let text = self.searched.view.reading(c.span.clone()).chars().take(120).collect();
        LocatedCandidate {
            start: c.span.start,
            end: c.span.end,
            line_start,
            line_end,
            score: c.score,
            text,
        }
    }
}

/// Reads one line of a batch: `{"quote": "…"}`, other fields are passed over.
///
/// # Errors
/// Usage, when the line is not JSON or has no quotation.
pub fn batch_line(number: usize, line: &str) -> Result<String, DeskError> {
    let bad = |why: String| {
        DeskError::usage("batch-line", format!("line {number} of the batch: {why}"))
            .hint("each line is JSON with a field `quote`: {\"quote\": \"…\"}")
    };
    let value: serde_json::Value = serde_json::from_str(line).map_err(|e| bad(e.to_string()))?;
    match value.get("quote").and_then(|q| q.as_str()) {
        Some(q) => Ok(q.to_string()),
        None => Err(bad("has no text field `quote`".into())),
    }
}
