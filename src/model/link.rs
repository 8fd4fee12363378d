//! What records name, and why.

use crate::digest::Digest;

/// What one record has to do with another that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Link {
    /// Made by.
    Maker,
    /// About, answering, sealing.
    Subject,
    /// Replaces or continues.
    Parent,
    /// A revision of.
    Source,
    /// Made by adopting.
    Adopts,
    /// Decided so that this revision exists.
    Revision,
    /// Says the same as.
    SameAs,
    /// Rests on.
    Evidence,
    /// Written by.
    Creator,
    /// Issued by.
    Issuer,
    /// Held by.
    Holder,
    /// Ends.
    Revokes,
    /// Received together.
    Received,
    /// May decide.
    Editor,
    /// Grouped under an event, or lying within another thing of its kind.
    Within,
    /// Answers a question, or was looked for because of it.
    Question,
    /// Whose telling, doing or judgement it is.
    Teller,
    /// Who reports it.
    Reporter,
    /// Has this for its value.
    Value,
    /// One link of how it came down.
    Chain,
    /// Where a relation begins.
    From,
    /// Where a relation leads.
    To,
    /// Points into this text.
    Cited,
    /// Names besides: an addressee, a place, a wording.
    Names,
    /// Points to words of a passage; the target is the passage's digest, which
    /// names no record.
    Passage,
}

impl Link {
    /// The name under which the index keeps it.
    pub const fn name(self) -> &'static str {
        match self {
            Link::Maker => "maker",
            Link::Subject => "subject",
            Link::Parent => "parent",
            Link::Source => "source",
            Link::Adopts => "adopts",
            Link::Revision => "revision",
            Link::SameAs => "same_as",
            Link::Evidence => "evidence",
            Link::Creator => "creator",
            Link::Issuer => "issuer",
            Link::Holder => "holder",
            Link::Revokes => "revokes",
            Link::Received => "received",
            Link::Editor => "editor",
            Link::Within => "within",
            Link::Question => "question",
            Link::Teller => "teller",
            Link::Reporter => "reporter",
            Link::Value => "value",
            Link::Chain => "chain",
            Link::From => "from",
            Link::To => "to",
            Link::Cited => "cited",
            Link::Names => "names",
            Link::Passage => "passage",
        }
    }
}

/// A content object that a record names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentUse {
    /// Its name in `content/`.
    pub name: Digest,
    /// The name is a commitment.
    pub salted: bool,
    /// The bytes lie in `content/`; otherwise they follow from edits.
    pub stored: bool,
}
