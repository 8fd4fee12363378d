//! A draft file: its header, its items, and the line at which it is wrong.

use serde::Deserialize;
use toml::Spanned;

use super::items::{
    AccountItem, AgentItem, AssessmentItem, ClaimItem, CopyItem, CorrectionItem, EventItem,
    EvidenceItem, PartItem, PlaceItem, QuestionItem, RelationItem, ResponsibilityItem, SearchItem,
    SignatureItem, SourceItem,
};
use crate::dates::Timestamp;

/// One draft file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Who makes the records, and when.
    pub draft: Header,
    /// Persons, bodies, sides.
    #[serde(default)]
    pub agent: Vec<Spanned<AgentItem>>,
    /// Places.
    #[serde(default)]
    pub place: Vec<Spanned<PlaceItem>>,
    /// Sources.
    #[serde(default)]
    pub source: Vec<Spanned<SourceItem>>,
    /// Pieces of sources.
    #[serde(default)]
    pub part: Vec<Spanned<PartItem>>,
    /// Sheets of documents.
    #[serde(default)]
    pub copy: Vec<Spanned<CopyItem>>,
    /// Groupings of accounts.
    #[serde(default)]
    pub event: Vec<Spanned<EventItem>>,
    /// Tellings of events.
    #[serde(default)]
    pub account: Vec<Spanned<AccountItem>>,
    /// Questions.
    #[serde(default)]
    pub question: Vec<Spanned<QuestionItem>>,
    /// What texts say to questions.
    #[serde(default)]
    pub claim: Vec<Spanned<ClaimItem>>,
    /// Judgements.
    #[serde(default)]
    pub assessment: Vec<Spanned<AssessmentItem>>,
    /// What claims rest on.
    #[serde(default)]
    pub evidence: Vec<Spanned<EvidenceItem>>,
    /// What texts have to do with each other.
    #[serde(default)]
    pub relation: Vec<Spanned<RelationItem>>,
    /// Signatures in ink.
    #[serde(default)]
    pub signature: Vec<Spanned<SignatureItem>>,
    /// Who had what to do with a document.
    #[serde(default)]
    pub responsibility: Vec<Spanned<ResponsibilityItem>>,
    /// What was looked for.
    #[serde(default)]
    pub search: Vec<Spanned<SearchItem>>,
    /// What an author contests or corrects.
    #[serde(default)]
    pub correction: Vec<Spanned<CorrectionItem>>,
}

/// Who makes the records of a draft, and the time that they state.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Name of an agent.
    pub maker: String,
    /// The time, in UTC.
    pub time: Timestamp,
}

/// Why a draft cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct DraftError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

impl Draft {
    /// Reads a draft.
    ///
    /// # Errors
    /// With the line at fault: no TOML, an unknown field, a word that is not
    /// in its list.
    pub fn parse(text: &str) -> Result<Self, DraftError> {
        toml::from_str(text).map_err(|e| DraftError {
            line: line_of(text, e.span().map_or(0, |s| s.start)),
            what: e.message().trim().replace('\n', " "),
        })
    }
}

/// The line, from 1, in which a byte stands.
pub fn line_of(text: &str, byte: usize) -> usize {
    1 + text.as_bytes()[..byte.min(text.len())].iter().filter(|b| **b == b'\n').count()
}
