//! Texts: sources and their revisions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::head::record;
use super::{Agent, Correction, Holding, Nature, SourceType, When};
use crate::digest::{Digest, Id};

record! {
    /// A work or document known to the archive (RiC Record, LRMoo Work).
    Source {
        /// Short sign by which it is cited (M): letters, digits, `-`, `.`.
        siglum: String,
        /// Its title.
        title: String,
        /// What sort of document it is.
        r#type: SourceType,
        /// How much of it is here.
        holding: Holding,
        /// Who made the text.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        creators: Vec<Id<Agent>>,
        /// Date of the work.
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<When>,
        /// Language tag (BCP 47).
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// Rights as stated.
        #[serde(skip_serializing_if = "Option::is_none")]
        rights: Option<String>,
        /// Where it was found.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        /// The description of the same source that this one replaces.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Source>>,
    }
}

record! {
    /// One immutable state of a source's text (prov:wasRevisionOf its parent).
    Revision {
        /// The source.
        source: Id<Source>,
        /// The state it was made from.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Revision>>,
        /// Whose words it holds.
        nature: Nature,
        /// Who issues it.
        #[serde(skip_serializing_if = "Option::is_none")]
        issuer: Option<Id<Agent>>,
        /// Name of the edition ("print 2015").
        #[serde(skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        /// Date of the edition as told.
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<String>,
        /// Where the bytes were got from.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        /// The corrections whose adoption made it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        adopts: Vec<Id<Correction>>,
        /// The text.
        text: TextState,
        /// What turns the parent's text into this one; absent where the text
        /// itself is stored.
        #[serde(skip_serializing_if = "Option::is_none")]
        edits: Option<ContentRef>,
        /// The bytes as they came, where the text had to be decoded.
        #[serde(skip_serializing_if = "Option::is_none")]
        received: Option<Received>,
        /// The text is known by its digests and passage table alone: its bytes
        /// are not supplied.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        withheld: bool,
    }
}

impl Revision {
    /// Whether the text itself lies in `content/`: always without edits, and
    /// with them where it has a passage table (a keyframe).
    pub fn is_stored(&self) -> bool {
        !self.withheld && self.is_whole()
    }

    /// Whether the text is known as a whole, not through its parent's.
    pub fn is_whole(&self) -> bool {
        self.edits.is_none() || self.text.passages.is_some()
    }
}

/// The digests of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextState {
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of the whole text; absent for a salted one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Digest>,
    /// Salted commitment to the whole text, when it is not published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Digest>,
    /// Root of the hash tree over its passages.
    pub root: Digest,
    /// Name of the passage table in `content/`, where the text is stored whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passages: Option<Digest>,
}

impl TextState {
    /// The name of the text in `content/`: its digest, or its commitment.
    pub fn name(&self) -> Option<Digest> {
        self.sha256.or(self.commitment)
    }
}

/// Names a content object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContentRef {
    /// SHA-256 of its bytes, or the commitment when `salted`.
    pub name: Digest,
    /// Length in bytes.
    pub bytes: u64,
    /// Whether `name` is a commitment under a salt stored beside it.
    pub salted: bool,
}

/// Bytes that were not UTF-8, as they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// The encoding they were decoded with (WHATWG label).
    pub encoding: String,
    /// The content object that holds them.
    pub content: ContentRef,
}
