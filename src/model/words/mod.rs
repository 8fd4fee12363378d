//! The closed vocabularies of the records. Each word has one spelling in
//! files, on the screen and in JSON; a record with any other word is refused.

mod archive;
mod history;
mod list;

pub use archive::{
    AgentType, Carrier, Channel, CorrectionType, Holding, HowKnown, IntakeRule, KeyRole, Nature,
    RelationToReplier, RelationToText, SealRole, Shown, SourceType, Verdict,
};
pub use history::{
    AssessmentKind, Compared, CopyForm, DateComponent, DateRole, Facet, Genre, InkState, Judgement,
    Medium, Modality, RelationKind, ResponsibilityRole, Scheme, SearchView, SearchedBy, Stance,
    Support, Targets, Voice, WordingKnown,
};
pub use list::UnknownWord;
