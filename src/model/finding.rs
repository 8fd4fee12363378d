//! Trouble found is data: a coded finding with its place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What `verify` can find. Each code stands for one kind of breach; codes may
/// be added, never changed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A stored file does not hold the bytes that were written.
    FileDamaged,
    /// A record's bytes do not have the digest that names them.
    RecordDamaged,
    /// A record that the log names is not there.
    RecordMissing,
    /// A record is there that the log does not name.
    RecordUnlogged,
    /// A record is not in the one spelling, or has fields that its kind lacks.
    RecordMalformed,
    /// A record of a kind that this version does not know; its id was checked.
    RecordNotUnderstood,
    /// A content object does not have the digest or commitment that names it.
    ContentDamaged,
    /// A content object that a record names is not there.
    ContentMissing,
    /// A content object that no record names.
    ContentUnnamed,
    /// A text does not have the digest or root that its revision states.
    RevisionMismatch,
    /// A record names another one that is not there.
    LinkBroken,
    /// A seal does not verify, or its key was not valid.
    SealInvalid,
    /// A record names a key, but no seal by it follows.
    SealMissing,
    /// The signature of the checkpoint does not verify.
    CheckpointInvalid,
    /// The log's tiles do not give the root of the checkpoint.
    LogMismatch,
    /// A file that follows from the records is not what they give.
    ProjectionStale,
    /// A file that does not belong to an archive.
    FileUnknown,
    /// The index differs from the archive.
    IndexStale,
    /// A receipt does not hold against this copy.
    ReceiptInvalid,
    /// The receipt's record is not in this copy.
    ReceiptMissing,
    /// The log of this copy is not a continuation of the receipt's.
    LogForked,
}

impl Code {
    /// Whether the finding breaks the proof; the others are remarks.
    pub fn is_breach(self) -> bool {
        !matches!(self, Code::RecordNotUnderstood | Code::ContentUnnamed | Code::IndexStale)
    }

    /// The code as written, `record-damaged`.
    pub fn name(self) -> String {
        serde_name(&format!("{self:?}"))
    }
}

fn serde_name(camel: &str) -> String {
    let mut out = String::new();
    for (n, c) in camel.char_indices() {
        if c.is_ascii_uppercase() && n > 0 {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// One result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// What was found.
    pub code: Code,
    /// Where: a path in the archive, or a file.
    pub place: String,
    /// In plain words.
    pub text: String,
}

impl Finding {
    /// Makes a finding.
    pub fn new(code: Code, place: impl Into<String>, text: impl Into<String>) -> Self {
        Self { code, place: place.into(), text: text.into() }
    }
}
