//! What texts tell: events, accounts of them, questions, claims, and the
//! chains by which words came down.

use super::head::record;
use super::{Agent, Citation, Facet, HowKnown, Medium, Modality, Stance, Value, Voice, When};
use crate::digest::{Any, Id};

record! {
    /// A grouping of accounts under a name; it asserts nothing, not even that
    /// it happened (CIDOC E5, as told).
    Event {
        /// Short name for addresses, `event/…`.
        name: String,
        /// The name to show.
        title: String,
        /// Other names for it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<String>,
        /// For sorting alone.
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<When>,
        /// The larger event it is grouped under.
        #[serde(skip_serializing_if = "Option::is_none")]
        within: Option<Id<Event>>,
        /// Anything else, in a line.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// The grouping that this one replaces.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Event>>,
    }
}

record! {
    /// One telling of an event (CIDOC E13; PROV qualified attribution).
    Account {
        /// The event it is grouped under.
        event: Id<Event>,
        /// Where it is told.
        at: Vec<Citation>,
        /// What it is, in a line.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// Whose telling it is.
        teller: Id<Agent>,
        /// In whose voice.
        voice: Voice,
        /// Who reports the teller.
        #[serde(skip_serializing_if = "Option::is_none")]
        reported_by: Option<Id<Agent>>,
        /// When it was told.
        #[serde(skip_serializing_if = "Option::is_none")]
        told: Option<When>,
        /// How the teller knows, by his or her own word.
        known: HowKnown,
    }
}

record! {
    /// One question, of one facet, in attributed words (CRMinf I4).
    Question {
        /// Short name for addresses, `question/…`.
        name: String,
        /// The event it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        event: Option<Id<Event>>,
        /// Other records it is about: a copy, a claim, a saying.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        about: Vec<Id<Any>>,
        /// What is asked for.
        facet: Facet,
        /// The question in words; it can be contested like any text.
        wording: String,
        /// Whose words these are, where they are not the maker's.
        #[serde(skip_serializing_if = "Option::is_none")]
        asked_by: Option<Id<Agent>>,
        /// Anything else, in a line.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// The wording that this one replaces.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Question>>,
    }
}

record! {
    /// What one text says to a question (Wikidata statement, CIDOC E13).
    Claim {
        /// Short name for addresses, `claim/…`.
        name: String,
        /// The question.
        question: Id<Question>,
        /// Where it is said.
        at: Vec<Citation>,
        /// How the text stands to the value.
        stance: Stance,
        /// The value, or the alternatives that the text itself leaves open.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        values: Vec<Value>,
        /// How sure, or in what mood.
        #[serde(skip_serializing_if = "Option::is_none")]
        modality: Option<Modality>,
        /// Whose statement it is.
        teller: Id<Agent>,
        /// In whose voice.
        voice: Voice,
        /// Who reports the teller.
        #[serde(skip_serializing_if = "Option::is_none")]
        reported_by: Option<Id<Agent>>,
        /// When it was told, where that is not the date of the part or source.
        #[serde(skip_serializing_if = "Option::is_none")]
        told: Option<When>,
        /// How the teller knows, by his or her own word.
        known: HowKnown,
        /// What it rests on: evidence, parts, copies.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<Id<Any>>,
        /// How the words came down, the outermost reporter first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        chain: Vec<Id<Saying>>,
        /// Anything else, in a line.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// The claim that this one replaces.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Claim>>,
    }
}

record! {
    /// One link of an attribution chain: the reporter says that the speaker
    /// said it. It can be denied on its own.
    Saying {
        /// Who is said to have said it.
        speaker: Id<Agent>,
        /// Who says so.
        reporter: Id<Agent>,
        /// How the words passed.
        #[serde(skip_serializing_if = "Option::is_none")]
        medium: Option<Medium>,
        /// Where the reporter says so.
        at: Vec<Citation>,
        /// Anything else, in a line.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    }
}
