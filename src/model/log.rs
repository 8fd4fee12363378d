//! Records by which the archive vouches for other records.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::head::Headed;
use super::{ContentRef, SealRole};
use crate::dates::Timestamp;
use crate::digest::{Any, Digest, Id};

/// A seal: the signature of a key over a record's bytes (SSHSIG).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// The archive in which it was first made.
    pub origin: String,
    /// The record that is sealed.
    pub subject: Id<Any>,
    /// What the sealer was doing; gives the namespace of the signature.
    pub role: SealRole,
    /// Fingerprint of the key.
    pub key: String,
    /// The armoured SSHSIG over the record's stored bytes.
    pub signature: String,
}

/// The archive's own statement of when it received records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// The archive.
    pub origin: String,
    /// When they were received, by the archive's clock.
    pub received: Timestamp,
    /// The records, in the order of the log.
    pub ids: Vec<Id<Any>>,
}

/// Where records that were first made elsewhere came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// The archive that took them in.
    pub origin: String,
    /// When.
    pub time: Timestamp,
    /// The archive they came from.
    pub from: String,
    /// Its log's verifier key (C2SP signed-note).
    pub log_key: String,
    /// Its signed checkpoint.
    pub checkpoint: String,
    /// How many of its records were taken in.
    pub records: u64,
    /// SHA-256 over the 32-byte ids taken in, in the order of its log.
    pub ids: Digest,
    /// A proof that they are in its log, where they are not all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<ContentRef>,
}

impl Headed for Attestation {
    fn origin(&self) -> &str {
        &self.origin
    }
}

impl Headed for Intake {
    fn origin(&self) -> &str {
        &self.origin
    }

    fn time(&self) -> Option<Timestamp> {
        Some(self.received)
    }
}

impl Headed for Import {
    fn origin(&self) -> &str {
        &self.origin
    }

    fn time(&self) -> Option<Timestamp> {
        Some(self.time)
    }
}
