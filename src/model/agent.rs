//! Persons, bodies, sides and programs; their keys; the archive's policy.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::head::record;
use super::{AgentType, Citation, IntakeRule, KeyRole, Source};
use crate::dates::Timestamp;
use crate::digest::{Any, Id};

record! {
    /// A person, body, side or program (prov:Agent, CIDOC E39).
    Agent {
        /// What it is.
        r#type: AgentType,
        /// The name to show.
        name: String,
        /// Names as spelled, each with where it is spelled so.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        spellings: Vec<Spelling>,
        /// Offices and roles, with their dates as told.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        roles: Vec<Role>,
        /// The description of the same agent that this one replaces.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Agent>>,
    }
}

/// One spelling of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spelling {
    /// The name as spelled.
    pub name: String,
    /// The record that spells it so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Id<Any>>,
    /// Language or script (BCP 47).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Where it is spelled so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Citation>,
}

/// One office or role of an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The role as worded.
    pub role: String,
    /// Since when, in words or EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Where it is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Citation>,
}

record! {
    /// A public key and what it may sign for; or the end of one.
    Key {
        /// Whose key it is; absent for the archive's own.
        #[serde(skip_serializing_if = "Option::is_none")]
        holder: Option<Id<Agent>>,
        /// What it may sign for.
        roles: Vec<KeyRole>,
        /// The key as OpenSSH writes it, without a comment.
        public: String,
        /// Its fingerprint, `SHA256:…`.
        fingerprint: String,
        /// From when it is valid.
        valid_from: Timestamp,
        /// Until when it is valid.
        #[serde(skip_serializing_if = "Option::is_none")]
        valid_until: Option<Timestamp>,
        /// The key record that this one revokes.
        #[serde(skip_serializing_if = "Option::is_none")]
        revokes: Option<Id<Key>>,
        /// Why, when it revokes.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }
}

record! {
    /// What the archive is and who decides in it.
    Policy {
        /// Title of the archive.
        title: String,
        /// The author's invitation to reply.
        #[serde(skip_serializing_if = "Option::is_none")]
        invitation: Option<String>,
        /// The log's verifier key (C2SP signed-note).
        log_key: String,
        /// Who may decide.
        editors: Vec<Id<Agent>>,
        /// Who may send replies.
        intake: IntakeRule,
        /// Who may speak for an author, by recorded mandate.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mandates: Vec<Mandate>,
        /// The policy that this one replaces.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Policy>>,
    }
}

/// The right to make authorial revisions of a source in its author's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    /// Who has it.
    pub agent: Id<Agent>,
    /// For which source.
    pub source: Id<Source>,
    /// What it rests on, in words.
    pub basis: String,
}
