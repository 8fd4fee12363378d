//! The kinds of record and of content, their closed vocabularies and their
//! one spelling in TOML. Main types: [`Record`], [`Kind`], one type per kind,
//! [`ReplyText`], [`Finding`]. Never reads or writes a file.

mod agent;
mod canon;
mod document;
mod finding;
mod head;
mod log;
mod projection;
mod record;
mod reply;
#[cfg(test)]
pub(crate) mod samples;
mod selector;
mod text;
mod words;

pub use agent::{Agent, Key, Mandate, Policy, Role, Spelling};
pub use canon::{CanonError, HIDDEN};
pub use document::{Document, DocumentError, EditList, Receipt};
pub use finding::{Code, Finding};
pub use head::Nonce;
pub use log::{Attestation, Import, Intake};
pub use projection::{ArchiveFile, SignersError, archive_toml, signers_file};
pub use record::{ContentUse, Kind, Link, RECORD_LIMIT, Record, RecordError, Typed, short_id};
pub use reply::{Correction, Decision, Evidence, ReplyText};
pub use selector::Selector;
pub use text::{ContentRef, Received, Revision, Source, TextState};
pub use words::{
    AgentType, Carrier, Channel, CorrectionType, Holding, HowKnown, IntakeRule, KeyRole, Nature,
    RelationToReplier, RelationToText, SealRole, Shown, SourceType, UnknownWord, Verdict,
};
