//! A reply as it is handed in.

use std::ops::Range;

use crate::model::{CorrectionType, HowKnown};

/// A reply to be sent.
#[derive(Debug, Clone, Default)]
pub struct SubmitDraft {
    /// Address of what it answers: `M`, `M:164`, `C-…`. With a quotation, the
    /// quotation is looked for there only.
    pub at: Option<String>,
    /// What the text says, as the reader typed it.
    pub quote: Option<String>,
    /// Bytes of the text that `at` names, where the words were chosen there
    /// rather than typed; end exclusive.
    pub bytes: Option<Range<usize>>,
    /// It answers the gap after the words: something is missing there.
    pub gap: bool,
    /// What it wants to say; told from the other fields when absent.
    pub r#type: Option<CorrectionType>,
    /// What the reader says.
    pub says: String,
    /// The words that should stand there instead.
    pub replacement: Option<String>,
    /// How the reader knows.
    pub known: Option<HowKnown>,
    /// The same in own words.
    pub grounds: Option<String>,
    /// Files offered as evidence.
    pub evidence: Vec<EvidenceFile>,
    /// Evidence that is referred to but not sent.
    pub promised: Vec<String>,
    /// Name or pseudonym to show.
    pub name: Option<String>,
    /// The reader asked not to be named.
    pub hide_name: bool,
    /// Language of the reply.
    pub language: Option<String>,
    /// OpenSSH private key with which the replier seals the reply.
    pub key: Option<String>,
    /// Nothing is written.
    pub dry_run: bool,
}

/// One file of evidence.
#[derive(Debug, Clone)]
pub struct EvidenceFile {
    /// Its name, kept with the reply's words.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Most bytes that one piece of evidence may have.
pub const EVIDENCE_LIMIT: usize = 256 * 1024 * 1024;
