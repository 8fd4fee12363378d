//! Items of all sorts in one list.

use toml::Spanned;

use super::file::Draft;
use super::items::{
    AccountItem, AgentItem, AssessmentItem, ClaimItem, CopyItem, CorrectionItem, EventItem,
    EvidenceItem, PartItem, PlaceItem, QuestionItem, RelationItem, ResponsibilityItem, SearchItem,
    SignatureItem, SourceItem,
};
use crate::model::Kind;

/// An item of any sort.
pub enum Item<'a> {
    /// A `[[agent]]`.
    Agent(&'a AgentItem),
    /// A `[[source]]`.
    Source(&'a SourceItem),
    /// A `[[place]]`.
    Place(&'a PlaceItem),
    /// A `[[part]]`.
    Part(&'a PartItem),
    /// A `[[copy]]`.
    Copy(&'a CopyItem),
    /// A `[[event]]`.
    Event(&'a EventItem),
    /// A `[[evidence]]`.
    Evidence(&'a EvidenceItem),
    /// A `[[account]]`.
    Account(&'a AccountItem),
    /// A `[[question]]`.
    Question(&'a QuestionItem),
    /// A `[[claim]]`.
    Claim(&'a ClaimItem),
    /// A `[[assessment]]`.
    Assessment(&'a AssessmentItem),
    /// A `[[relation]]`.
    Relation(&'a RelationItem),
    /// A `[[signature]]`.
    Signature(&'a SignatureItem),
    /// A `[[responsibility]]`.
    Responsibility(&'a ResponsibilityItem),
    /// A `[[search]]`.
    Search(&'a SearchItem),
    /// A `[[correction]]`.
    Correction(&'a CorrectionItem),
}

impl<'a> Item<'a> {
    /// All items of a draft with the byte at which each begins.
    pub fn of(draft: &'a Draft) -> Vec<(usize, Self)> {
        let mut out = Vec::new();
        fn put<'a, T>(
            out: &mut Vec<(usize, Item<'a>)>,
            list: &'a [Spanned<T>],
            item: fn(&'a T) -> Item<'a>,
        ) {
            out.extend(list.iter().map(|s| (s.span().start, item(s.get_ref()))));
        }
        put(&mut out, &draft.agent, Item::Agent);
        put(&mut out, &draft.source, Item::Source);
        put(&mut out, &draft.place, Item::Place);
        put(&mut out, &draft.part, Item::Part);
        put(&mut out, &draft.copy, Item::Copy);
        put(&mut out, &draft.event, Item::Event);
        put(&mut out, &draft.evidence, Item::Evidence);
        put(&mut out, &draft.account, Item::Account);
        put(&mut out, &draft.question, Item::Question);
        put(&mut out, &draft.claim, Item::Claim);
        put(&mut out, &draft.assessment, Item::Assessment);
        put(&mut out, &draft.relation, Item::Relation);
        put(&mut out, &draft.signature, Item::Signature);
        put(&mut out, &draft.responsibility, Item::Responsibility);
        put(&mut out, &draft.search, Item::Search);
        put(&mut out, &draft.correction, Item::Correction);
        out
    }

    /// Kinds that others name come first.
    pub fn rank(&self) -> u8 {
        match self {
            Item::Agent(_) => 0,
            Item::Source(_) => 1,
            Item::Place(_) => 2,
            Item::Part(_) => 3,
            Item::Copy(_) => 4,
            Item::Event(_) => 5,
            Item::Evidence(_) => 6,
            Item::Account(_) => 7,
            Item::Question(_) => 8,
            Item::Claim(_) => 9,
            Item::Assessment(_) => 10,
            Item::Relation(_) => 11,
            Item::Signature(_) => 12,
            Item::Responsibility(_) => 13,
            Item::Search(_) => 14,
            Item::Correction(_) => 15,
        }
    }

    /// The name that it defines.
    pub fn called(&self) -> Option<(Kind, String)> {
        Some(match self {
            Item::Agent(a) => (Kind::Agent, a.name.clone()),
            Item::Place(p) => (Kind::Place, p.name.clone()),
            Item::Source(s) => (Kind::Source, s.siglum.clone()),
            Item::Part(p) => (Kind::Part, format!("{}/{}", p.of, p.name)),
            Item::Copy(c) => (Kind::Copy, c.id.clone()),
            Item::Event(e) => (Kind::Event, e.id.clone()),
            Item::Question(q) => (Kind::Question, q.id.clone()),
            Item::Claim(c) => (Kind::Claim, c.id.clone()),
            Item::Assessment(a) => (Kind::Assessment, a.id.clone()),
            Item::Evidence(e) => (Kind::Evidence, e.id.clone()),
            Item::Search(s) => (Kind::Search, s.id.clone()),
            Item::Account(_)
            | Item::Relation(_)
            | Item::Signature(_)
            | Item::Responsibility(_)
            | Item::Correction(_) => return None,
        })
    }
}
