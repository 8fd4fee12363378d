//! The items of a draft.

use serde::Deserialize;

use super::values::{At, ValueItem, WhenItem};
use crate::digest::Digest;
use crate::model::{
    AgentType, AssessmentKind, Carrier, Channel, Compared, CopyForm, CorrectionType, Facet, Genre,
    Holding, HowKnown, InkState, Judgement, Medium, Modality, RelationKind, ResponsibilityRole,
    Scheme, SearchView, SearchedBy, Shown, SourceType, Stance, Support, Targets, Voice,
    WordingKnown,
};

/// An agent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentItem {
    /// Name.
    pub name: String,
    /// What it is.
    pub r#type: AgentType,
    /// Names as spelled.
    #[serde(default)]
    pub spellings: Vec<SpellingItem>,
    /// Offices.
    #[serde(default)]
    pub roles: Vec<RoleItem>,
    /// Not recorded: for those who read the draft.
    #[serde(default)]
    pub note: Option<String>,
}

/// A spelling of a name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpellingItem {
    /// As spelled.
    pub name: String,
    /// Where.
    #[serde(default)]
    pub at: At,
    /// Language tag.
    #[serde(default)]
    pub language: Option<String>,
}

/// An office.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleItem {
    /// As worded.
    pub role: String,
    /// Since when.
    #[serde(default)]
    pub from: Option<String>,
    /// Until when.
    #[serde(default)]
    pub to: Option<String>,
    /// Where it is told.
    #[serde(default)]
    pub at: At,
}

/// A place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceItem {
    /// Name.
    pub name: String,
    /// Its names.
    #[serde(default)]
    pub names: Vec<PlaceNameItem>,
    /// The place it lies in.
    #[serde(default)]
    pub within: Option<String>,
    /// In a line.
    #[serde(default)]
    pub note: Option<String>,
}

/// A name of a place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceNameItem {
    /// As spelled.
    pub name: String,
    /// Whose word.
    #[serde(default)]
    pub party: Option<String>,
    /// Since when.
    #[serde(default)]
    pub from: Option<String>,
    /// Until when.
    #[serde(default)]
    pub to: Option<String>,
    /// Where.
    #[serde(default)]
    pub at: At,
}

/// A source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceItem {
    /// Siglum.
    pub siglum: String,
    /// Title.
    pub title: String,
    /// Sort.
    pub r#type: SourceType,
    /// How much is here.
    pub holding: Holding,
    /// Who made it.
    #[serde(default)]
    pub creators: Vec<String>,
    /// When, in words or EDTF.
    #[serde(default)]
    pub date: Option<WhenItem>,
    /// Language tag.
    #[serde(default)]
    pub language: Option<String>,
    /// As stated.
    #[serde(default)]
    pub rights: Option<String>,
    /// Where found.
    #[serde(default)]
    pub url: Option<String>,
    /// Of the text.
    #[serde(default)]
    pub sha256: Option<Digest>,
    /// Edition.
    #[serde(default)]
    pub label: Option<String>,
    /// For those who read the draft.
    #[serde(default)]
    pub note: Option<String>,
}

/// A piece of a source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartItem {
    /// Siglum.
    pub of: String,
    /// Its name.
    pub name: String,
    /// Heading or description.
    pub title: String,
    /// Sort.
    pub genre: Genre,
    /// Where.
    #[serde(default)]
    pub at: At,
    /// Who made it.
    #[serde(default)]
    pub creators: Vec<String>,
    /// To whom.
    #[serde(default)]
    pub addressee: Vec<String>,
    /// When.
    #[serde(default)]
    pub date: Option<WhenItem>,
    /// Language tag.
    #[serde(default)]
    pub language: Option<String>,
    /// Where published.
    #[serde(default)]
    pub venue: Option<String>,
    /// When published.
    #[serde(default)]
    pub published: Option<WhenItem>,
    /// Through whom.
    #[serde(default)]
    pub transmitter: Option<String>,
    /// How much is here.
    #[serde(default)]
    pub holding: Option<Holding>,
    /// In a line.
    #[serde(default)]
    pub note: Option<String>,
}

/// A sheet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyItem {
    /// Short name.
    pub id: String,
    /// The document.
    pub of: String,
    /// In a line.
    pub title: String,
    /// Sort of sheet.
    pub form: CopyForm,
    /// How much is here.
    pub holding: Holding,
    /// Whose words it bears.
    #[serde(default)]
    pub wording: Option<String>,
    /// Whether known.
    #[serde(default)]
    pub wording_known: Option<WordingKnown>,
    /// Said to be identical.
    #[serde(default)]
    pub counterparts: Vec<CounterpartItem>,
    /// Marks on it.
    #[serde(default)]
    pub marks: Vec<MarkItem>,
    /// Where told.
    #[serde(default)]
    pub at: At,
    /// In a line.
    #[serde(default)]
    pub note: Option<String>,
}

/// A copy said to be identical.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CounterpartItem {
    /// Which.
    pub copy: String,
    /// By whom.
    #[serde(default)]
    pub claimed_by: Option<String>,
    /// Whether compared.
    pub compared: Compared,
    /// Where.
    #[serde(default)]
    pub at: At,
}

/// A mark on a copy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkItem {
    /// What.
    pub what: String,
    /// Where on the sheet.
    #[serde(default)]
    pub r#where: Option<String>,
    /// Where told.
    #[serde(default)]
    pub at: At,
}

/// A grouping of accounts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventItem {
    /// Short name.
    pub id: String,
    /// To show.
    pub title: String,
    /// Other names.
    #[serde(default)]
    pub also: Vec<String>,
    /// For sorting.
    #[serde(default)]
    pub date: Option<WhenItem>,
    /// The larger event.
    #[serde(default)]
    pub part_of: Option<String>,
    /// In a line.
    #[serde(default)]
    pub note: Option<String>,
}

/// A telling.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountItem {
    /// Of which event.
    pub event: String,
    /// Where.
    #[serde(default)]
    pub at: At,
    /// In a line.
    #[serde(default)]
    pub title: Option<String>,
    /// Whose.
    pub teller: String,
    /// In whose voice.
    pub voice: Voice,
    /// By whom reported.
    #[serde(default)]
    pub reported_by: Option<String>,
    /// When told.
    #[serde(default)]
    pub told: Option<WhenItem>,
    /// How known.
    pub known: HowKnown,
}

/// A question.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionItem {
    /// Short name.
    pub id: String,
    /// About which event.
    #[serde(default)]
    pub event: Option<String>,
    /// About which records.
    #[serde(default)]
    pub about: Vec<String>,
    /// What is asked for.
    pub facet: Facet,
    /// In words.
    pub wording: String,
    /// Whose words.
    #[serde(default)]
    pub asked_by: Option<String>,
    /// In a line.
    #[serde(default)]
    pub note: Option<String>,
}

/// What a text says to a question.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimItem {
    /// Short name.
    pub id: String,
    /// Which.
    pub question: String,
    /// Where.
    #[serde(default)]
    pub at: At,
    /// How it stands to the value.
    pub stance: Stance,
    /// The value.
    #[serde(default)]
    pub value: Option<ValueItem>,
    /// Alternatives.
    #[serde(default)]
    pub values: Vec<ValueItem>,
    /// How sure.
    #[serde(default)]
    pub modality: Option<Modality>,
    /// Whose.
    pub teller: String,
    /// In whose voice.
    pub voice: Voice,
    /// By whom reported.
    #[serde(default)]
    pub reported_by: Option<String>,
    /// When told.
    #[serde(default)]
    pub told: Option<WhenItem>,
    /// How known.
    pub known: HowKnown,
    /// What it rests on.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// How the words came down.
    #[serde(default)]
    pub chain: Vec<ChainItem>,
    /// In a line, with the note.
    #[serde(default)]
    pub contested: Option<String>,
    /// In a line.
    #[serde(default)]
    pub note: Option<String>,
}

/// A link of a chain.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainItem {
    /// Who said it.
    pub speaker: String,
    /// Who says so.
    pub reporter: String,
    /// Where.
    #[serde(default)]
    pub at: At,
    /// How.
    #[serde(default)]
    pub medium: Option<Medium>,
    /// In a line.
    #[serde(default)]
    pub note: Option<String>,
}

/// A judgement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessmentItem {
    /// Short name.
    pub id: String,
    /// On what.
    #[serde(default)]
    pub about: Vec<String>,
    /// Sort.
    pub kind: AssessmentKind,
    /// What it finds.
    pub finding: Judgement,
    /// Whose.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Where a text gives it.
    #[serde(default)]
    pub at: At,
}

/// What a claim rests on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceItem {
    /// Short name.
    pub id: String,
    /// In a line.
    pub title: String,
    /// Thing that carries it.
    pub carrier: Carrier,
    /// How it travelled.
    pub channel: Channel,
    /// How known.
    pub basis: HowKnown,
    /// Whether here.
    pub state: Shown,
    /// Which document.
    #[serde(default)]
    pub document: Option<String>,
    /// Where told.
    #[serde(default)]
    pub at: At,
}

/// What one text has to do with another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationItem {
    /// What.
    pub r#type: RelationKind,
    /// From: a reference or lines.
    #[serde(default)]
    pub from: At,
    /// To.
    #[serde(default)]
    pub to: At,
    /// The citation.
    #[serde(default)]
    pub as_written: Option<String>,
    /// How it names its target.
    #[serde(default)]
    pub scheme: Option<Scheme>,
    /// To how many.
    #[serde(default)]
    pub resolves: Option<Targets>,
    /// How far borne out.
    #[serde(default)]
    pub support: Option<Support>,
    /// Who says so.
    pub by: String,
    /// On what ground.
    #[serde(default)]
    pub basis: Option<String>,
    /// In a line.
    #[serde(default)]
    pub note: Option<String>,
}

/// A signature in ink.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureItem {
    /// Under what.
    pub of: String,
    /// Who.
    pub agent: String,
    /// What became of it.
    pub state: InkState,
    /// In whose name.
    #[serde(default)]
    pub r#for: Option<String>,
    /// As worded.
    #[serde(default)]
    pub capacity: Option<String>,
    /// Where.
    #[serde(default)]
    pub place: Option<String>,
    /// When.
    #[serde(default)]
    pub date: Option<WhenItem>,
    /// With which.
    #[serde(default)]
    pub reservation: Option<String>,
    /// Under which wording.
    #[serde(default)]
    pub wording: Option<String>,
    /// Where told.
    #[serde(default)]
    pub at: At,
}

/// What somebody had to do with a document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponsibilityItem {
    /// Which.
    pub of: String,
    /// Who.
    pub agent: String,
    /// What.
    pub role: ResponsibilityRole,
    /// In whose name.
    #[serde(default)]
    pub r#for: Option<String>,
    /// When.
    #[serde(default)]
    pub date: Option<WhenItem>,
    /// Where told.
    #[serde(default)]
    pub at: At,
}

/// What was looked for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchItem {
    /// Short name.
    pub id: String,
    /// For which question.
    #[serde(default)]
    pub question: Option<String>,
    /// Spellings.
    #[serde(default)]
    pub r#for: Vec<String>,
    /// In which text.
    pub r#in: String,
    /// Who looked.
    pub by: SearchedBy,
    /// In which form.
    pub view: SearchView,
    /// Found by eye.
    #[serde(default)]
    pub hits: Option<u64>,
    /// What may have been missed.
    #[serde(default)]
    pub gaps: Option<String>,
}

/// What an author contests or corrects.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionItem {
    /// For those who read the draft.
    #[serde(default)]
    pub id: Option<String>,
    /// Which record.
    #[serde(default)]
    pub about: Option<String>,
    /// Which words.
    #[serde(default)]
    pub at: At,
    /// Sort.
    pub r#type: CorrectionType,
    /// What, in our words.
    pub says: String,
    /// What should stand there.
    #[serde(default)]
    pub replacement: Option<String>,
    /// Who.
    pub by: String,
    /// How known.
    pub known: HowKnown,
    /// Where he or she says so.
    #[serde(default)]
    pub said_at: At,
}
