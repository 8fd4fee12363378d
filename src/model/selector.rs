//! Where in a revision something stands, without quoting it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Revision;
use crate::digest::{Digest, Id};

/// A span of a revision, named by passage digests and offsets, so that it
/// works without the text (oa:TextPositionSelector refined by digest).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Selector {
    /// The revision.
    pub revision: Id<Revision>,
    /// Number of the passage in which the span begins, from 1.
    pub number: u64,
    /// Digest of that passage.
    pub passage: Digest,
    /// First byte of the span, counted from the start of that passage.
    pub start: u64,
    /// Digest of the passage in which the span ends, when it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Digest>,
    /// Number of that passage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_number: Option<u64>,
    /// End of the span (exclusive), counted from the start of the passage in
    /// which it ends.
    pub end: u64,
}
