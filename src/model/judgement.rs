//! What persons make of what texts tell: assessments, relations between texts,
//! searches.

use super::head::record;
use super::{
    Agent, AssessmentKind, Citation, Judgement, Question, RelationKind, Revision, Scheme,
    SearchView, SearchedBy, Support, Targets,
};
use crate::digest::{Any, Id};

record! {
    /// A judgement with a name under it, on claims, their differences or a
    /// question (CIDOC E13).
    Assessment {
        /// Short name for addresses, `assessment/…`.
        name: String,
        /// What it is about.
        about: Vec<Id<Any>>,
        /// What sort of judgement.
        sort: AssessmentKind,
        /// What it finds.
        finding: Judgement,
        /// Whose judgement it is.
        by: Id<Agent>,
        /// Why.
        reason: String,
        /// Where a text gives it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        at: Vec<Citation>,
        /// The judgement that this one replaces.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Assessment>>,
    }
}

record! {
    /// What one text has to do with another (PROV, CiTO).
    Relation {
        /// What.
        relation: RelationKind,
        /// Which one.
        from: Id<Any>,
        /// Where in it.
        #[serde(skip_serializing_if = "Option::is_none")]
        from_at: Option<Citation>,
        /// To which one; absent where a citation leads nowhere.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Id<Any>>,
        /// Where in it.
        #[serde(skip_serializing_if = "Option::is_none")]
        to_at: Option<Citation>,
        /// The citation as written.
        #[serde(skip_serializing_if = "Option::is_none")]
        as_written: Option<String>,
        /// How it names its target.
        #[serde(skip_serializing_if = "Option::is_none")]
        scheme: Option<Scheme>,
        /// To how many things it leads.
        #[serde(skip_serializing_if = "Option::is_none")]
        resolves: Option<Targets>,
        /// How far the target bears it out.
        #[serde(skip_serializing_if = "Option::is_none")]
        support: Option<Support>,
        /// Who says so.
        by: Id<Agent>,
        /// On what ground.
        #[serde(skip_serializing_if = "Option::is_none")]
        basis: Option<String>,
        /// Anything else, in a line.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    }
}

record! {
    /// What was looked for, where and how: not found is a finding (law 6).
    Search {
        /// Short name for addresses, `search/…`.
        name: String,
        /// The question it serves.
        #[serde(skip_serializing_if = "Option::is_none")]
        question: Option<Id<Question>>,
        /// The spellings looked for.
        spellings: Vec<String>,
        /// The text looked through.
        revision: Id<Revision>,
        /// The piece of it, where it was not the whole.
        #[serde(skip_serializing_if = "Option::is_none")]
        scope: Option<Citation>,
        /// In which form of the text.
        view: SearchView,
        /// Who looked.
        by: SearchedBy,
        /// How many places were found.
        hits: u64,
        /// What was not looked through, or how it might have been missed.
        #[serde(skip_serializing_if = "Option::is_none")]
        gaps: Option<String>,
    }
}
