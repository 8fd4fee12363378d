//! Files of the tree that follow from the records: `verify` computes them
//! again and compares.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Document, IntakeRule, Key, Policy, SealRole};
use crate::sign::{AllowedSigner, AllowedSignersError, KeyError, PublicKey, allowed_signers};

/// `archive.toml`: what the archive is, for people, and for programs that want
/// the version of the layout (its `kind`) before anything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchiveFile {
    /// Title of the archive.
    pub title: String,
    /// Origin of its log.
    pub origin: String,
    /// The log's verifier key (C2SP signed-note).
    pub log_key: String,
    /// Who may send replies.
    pub intake: IntakeRule,
    /// The author's invitation to reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation: Option<String>,
}

impl Document for ArchiveFile {
    const KIND: &'static str = "archive/1";
}

/// The bytes of `archive.toml`: the newest policy.
pub fn archive_toml(policy: &Policy) -> Vec<u8> {
    ArchiveFile {
        title: policy.title.clone(),
        origin: policy.origin.clone(),
        log_key: policy.log_key.clone(),
        intake: policy.intake,
        invitation: policy.invitation.clone(),
    }
    .to_bytes()
}

/// Why keys cannot be written as `allowed_signers`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignersError {
    /// A key record holds no key.
    #[error("the key {fingerprint} cannot be read: {error}")]
    Key {
        /// Its fingerprint as recorded.
        fingerprint: String,
        /// What is wrong with it.
        error: KeyError,
    },
    /// A name or time that the file cannot hold.
    #[error(transparent)]
    File(#[from] AllowedSignersError),
}

/// The bytes of `keys/allowed_signers` (ssh-keygen(1)): every key, with the
/// namespaces of its roles and its time. A principal is the id of the
/// holder's record, since names hold spaces and change; for the archive's own
/// key it is the origin.
///
/// # Errors
/// When a key record holds no key.
pub fn signers_file(keys: &[Key]) -> Result<String, SignersError> {
    // A key that was revoked stays, so that what it sealed before can still be
    // checked; it ends where its revocation was recorded.
    let revoked = |k: &Key| {
        keys.iter()
            .filter(|r| r.revokes.is_some() && r.fingerprint == k.fingerprint)
            .map(|r| r.time)
            .min()
    };
    let mut out = Vec::new();
    for key in keys.iter().filter(|k| k.revokes.is_none()) {
        let public = PublicKey::from_openssh(&key.public)
            .map_err(|error| SignersError::Key { fingerprint: key.fingerprint.clone(), error })?;
        let mut roles: Vec<SealRole> = key.roles.iter().flat_map(|r| r.seals()).copied().collect();
        roles.sort_unstable();
        roles.dedup();
        let end = key.valid_until.into_iter().chain(revoked(key)).min();
        out.push(AllowedSigner {
            principal: key.holder.map_or_else(|| key.origin.clone(), |h| h.to_string()),
            namespaces: roles.into_iter().map(SealRole::namespace).collect(),
            valid_after: Some(key.valid_from.unix_seconds()),
            // OpenSSH counts the last second in, our records do not.
            valid_before: end.map(|t| t.unix_seconds() - 1),
            key: public,
        });
    }
    Ok(allowed_signers(&out)?)
}
