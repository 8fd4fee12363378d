use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::Id;
use crate::model::Revision;
use crate::text::View;

/// Where words stand: revision, bytes and lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// The address by lines, `M@1:164-165`.
    pub address: String,
    /// The revision, `M@1`.
    pub revision: String,
    /// Its id.
    pub revision_id: Id<Revision>,
    /// First byte, from 0.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// First line as stored, from 1.
    pub line_start: usize,
    /// Last line.
    pub line_end: usize,
}

impl Place {
    /// The place of the bytes `span` of a revision called `name`.
    pub(super) fn new(name: &str, id: &Id<Revision>, view: &View, span: &Range<usize>) -> Self {
        let (a, b) = lines_of(view, span);
        let address = if a == b { format!("{name}:{a}") } else { format!("{name}:{a}-{b}") };
        Self {
            address,
            revision: name.to_string(),
            revision_id: *id,
            start: span.start,
            end: span.end,
            line_start: a,
            line_end: b,
        }
    }
}

/// First and last line of a span, from 1.
pub(super) fn lines_of(view: &View, span: &Range<usize>) -> (usize, usize) {
    let a = view.lines().line_of(span.start);
    // The end is exclusive: the line of its last byte.
    (a, view.lines().line_of(span.end.max(span.start + 1) - 1).max(a))
}
