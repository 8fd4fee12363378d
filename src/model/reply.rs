//! What readers send: corrections, evidence, and the editors' decisions.
//! The words of persons stand in content objects, not in the records.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::head::record;
use super::{
    Carrier, Channel, Citation, ContentRef, CorrectionType, HowKnown, RelationToReplier,
    RelationToText, Revision, Selector, Shown, Verdict,
};
use crate::digest::{Any, Id};

record! {
    /// A reply to anything recorded (oa:Annotation, motivation oa:editing).
    Correction {
        /// What it answers: a revision, or any other record.
        subject: Id<Any>,
        /// The span of the revision; start equal to end is a gap.
        #[serde(skip_serializing_if = "Option::is_none")]
        selector: Option<Selector>,
        /// What it wants to say.
        r#type: CorrectionType,
        /// How the person says that he or she knows.
        known: HowKnown,
        /// The person's words: a [`ReplyText`]; salted where a person sent
        /// them, plain where an editor records what a source itself contests.
        content: ContentRef,
        /// Evidence offered with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<Id<Evidence>>,
        /// The correction that this one takes up again.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Correction>>,
    }
}

record! {
    /// What a correction or claim rests on, by three axes.
    Evidence {
        /// The thing that carries it.
        carrier: Carrier,
        /// The way it travelled.
        channel: Channel,
        /// How its bringer says that he or she knows it.
        basis: HowKnown,
        /// Whether it is here.
        state: Shown,
        /// Its bytes, salted.
        #[serde(skip_serializing_if = "Option::is_none")]
        content: Option<ContentRef>,
        /// Media type as guessed from the name (`application/pdf`).
        #[serde(skip_serializing_if = "Option::is_none")]
        media: Option<String>,
        /// Short name for addresses, `evidence/…`.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// What it is, in a line.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// The part, copy or source that it is.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<Id<Any>>,
        /// Where it is told of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        at: Vec<Citation>,
    }
}

record! {
    /// The editor's recorded and reasoned answer to a correction.
    Decision {
        /// The correction.
        subject: Id<Correction>,
        /// The answer.
        verdict: Verdict,
        /// Why; published, never empty.
        reason: String,
        /// The revision that an adoption made.
        #[serde(skip_serializing_if = "Option::is_none")]
        revision: Option<Id<Revision>>,
        /// The correction that says the same.
        #[serde(skip_serializing_if = "Option::is_none")]
        same_as: Option<Id<Correction>>,
        /// The decider's relation to the text.
        to_text: RelationToText,
        /// The decider's relation to the replier.
        to_replier: RelationToReplier,
        /// The earlier decision that this one changes.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Decision>>,
    }
}

/// A person's own words, kept in a content object of kind `reply/1`. A contact
/// address is never among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyText {
    /// What the text says, as the person typed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The bytes of the span it was found at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// Up to 64 characters of the text before the span.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Up to 64 characters of the text after the span.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
    /// What the person says.
    pub says: String,
    /// The words that should stand there instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<String>,
    /// How the person knows, in own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grounds: Option<String>,
    /// What is said of the evidence: file names, addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// Name or pseudonym to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The person asked not to be named.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hide_name: bool,
    /// Language of the reply (BCP 47).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}
