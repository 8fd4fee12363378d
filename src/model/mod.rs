//! The kinds of record and of content, their closed vocabularies and their
//! one spelling in TOML. Main types: [`Record`], [`Kind`], one type per kind,
//! [`ReplyText`], [`Finding`]. Never reads or writes a file.

mod agent;
mod canon;
mod compare;
mod document;
mod documents;
pub mod draft;
mod finding;
mod head;
mod history;
mod judgement;
mod link;
mod log;
mod names;
mod projection;
mod record;
mod reply;
#[cfg(test)]
pub(crate) mod samples;
mod selector;
mod telling;
mod text;
mod value;
mod words;

pub use agent::{Agent, Key, Mandate, Policy, Role, Spelling};
pub use canon::{CanonError, HIDDEN};
pub use compare::{Comparison, Within, compare, compare_alternatives, compare_claims};
pub use document::{Document, DocumentError, EditList, Receipt};
pub use documents::{
    Copy, Counterpart, InkMark, Part, Place, PlaceName, Responsibility, Signature,
};
pub use finding::{Code, Finding};
pub use head::Nonce;
pub use history::{History, HistoryEdits, HistoryError, HistoryStep, inner, inner_number};
pub use judgement::{Assessment, Relation, Search};
pub use link::{ContentUse, Link};
pub use log::{Attestation, Import, Intake};
pub use projection::{ArchiveFile, SignersError, archive_toml, signers_file};
pub use record::{Kind, RECORD_LIMIT, Record, RecordError, Typed, short_id};
pub use reply::{Correction, Decision, Evidence, ReplyText};
pub use selector::Selector;
pub use telling::{Account, Claim, Event, Question, Saying};
pub use text::{ContentRef, Received, Revision, Source, TextState};
pub use value::{Amount, Citation, Supplied, Value, When};
pub use words::{
    AgentType, AssessmentKind, Carrier, Channel, Compared, CopyForm, CorrectionType, DateComponent,
    DateRole, Facet, Genre, Holding, HowKnown, InkState, IntakeRule, Judgement, KeyRole, Medium,
    Modality, Nature, RelationKind, RelationToReplier, RelationToText, ResponsibilityRole, Scheme,
    SealRole, SearchView, SearchedBy, Shown, SourceType, Stance, Support, Targets, UnknownWord,
    Verdict, Voice, WordingKnown,
};
