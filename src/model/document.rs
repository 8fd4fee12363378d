//! Documents that are not records but share their spelling: a person's words,
//! the edits of a revision, a receipt.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::ReplyText;
use super::canon::{self, CanonError};
use crate::text::edits::Edits;

/// Why bytes are not the document they were taken for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Not in the one spelling.
    #[error(transparent)]
    Canon(#[from] CanonError),
    /// Of another kind.
    #[error("expected {expected}, found {found:?}")]
    OtherKind {
        /// The kind that was wanted.
        expected: &'static str,
        /// The kind that stands there.
        found: String,
    },
    /// A field too many, too few or of another type.
    #[error("{kind}: {what}")]
    Fields {
        /// The kind.
        kind: &'static str,
        /// What the reader says.
        what: String,
    },
}

/// A document with a kind and one spelling.
pub trait Document: Serialize + DeserializeOwned {
    /// Its kind as written, `reply/1`.
    const KIND: &'static str;
    /// Whether lines that begin with `#` may stand before it, for people.
    const COMMENTS: bool = false;

    /// Writes it.
    fn to_bytes(&self) -> Vec<u8> {
        canon::encode(Self::KIND, self).expect("documents hold only what the spelling has")
    }

    /// Reads it.
    ///
    /// # Errors
    /// When the bytes are of another kind or spelling.
    fn from_bytes(bytes: &[u8]) -> Result<Self, DocumentError> {
        let body = if Self::COMMENTS { without_comments(bytes) } else { bytes };
        let (found, table) = canon::parse(body)?;
        if found != Self::KIND {
            return Err(DocumentError::OtherKind { expected: Self::KIND, found });
        }
        let fields = |e: toml::de::Error| DocumentError::Fields {
            kind: Self::KIND,
            what: e.to_string().trim().replace('\n', " "),
        };
        let document = Self::deserialize(table).map_err(fields)?;
        canon::same_spelling(&document.to_bytes(), body)?;
        Ok(document)
    }
}

fn without_comments(mut bytes: &[u8]) -> &[u8] {
    while bytes.first().is_some_and(|b| matches!(b, b'#' | b'\n' | b'\r')) {
        let end = bytes.iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| n + 1);
        bytes = &bytes[end..];
    }
    bytes
}

impl Document for ReplyText {
    const KIND: &'static str = "reply/1";
}

/// The edits that make a revision from its parent (`edits/1`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditList {
    /// In the order of the parent's text; offsets are bytes of the parent.
    pub edits: Edits,
}

impl Document for EditList {
    const KIND: &'static str = "edits/1";
}

/// What a replier takes home: proof that the archive received the reply
/// (`receipt/1`). It can be checked without the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The archive's log origin.
    pub origin: String,
    /// The log's verifier key as the archive states it (C2SP signed-note).
    pub log_key: String,
    /// The correction record, as stored.
    pub record: String,
    /// The replier's words, as stored.
    pub reply: String,
    /// The salt of these words, 64 hexadecimal digits.
    pub salt: String,
    /// The archive's statement of when it received the record, as stored.
    pub intake: String,
    /// The archive's seal over that statement, as stored.
    pub intake_seal: String,
    /// The replier's seal, as stored, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
    /// C2SP tlog-proof of the correction.
    pub proof: String,
    /// C2SP tlog-proof of the archive's statement.
    pub intake_proof: String,
}

impl Document for Receipt {
    const KIND: &'static str = "receipt/1";
    const COMMENTS: bool = true;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_round_trips_and_has_one_spelling() {
        let r = ReplyText {
            says: "It was the 9th,\nnot the 12th.".into(),
            hide_name: true,
            ..Default::default()
        };
        let bytes = r.to_bytes();
        assert_eq!(ReplyText::from_bytes(&bytes).unwrap(), r);
        let commented = [b"# Keep this file.\n\n".as_slice(), &bytes].concat();
        assert!(ReplyText::from_bytes(&commented).is_err(), "comments are for receipts only");
    }

    #[test]
    fn another_kind_is_named() {
        let e = EditList::from_bytes(b"kind = \"reply/1\"\nsays = \"\"\n").unwrap_err();
        assert!(e.to_string().contains("expected edits/1"), "{e}");
    }
}
