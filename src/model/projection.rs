//! Files of the tree that follow from the records: `verify` computes them
//! again and compares.

use serde::Serialize;

use super::canon;
use super::{IntakeRule, Policy};

#[derive(Serialize)]
struct ArchiveFile<'a> {
    title: &'a str,
    origin: &'a str,
    log_key: &'a str,
    intake: IntakeRule,
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation: Option<&'a str>,
}

/// The bytes of `archive.toml`: the newest policy, for people and for programs
/// that want the format version (its `kind`) before anything else.
pub fn archive_toml(policy: &Policy) -> Vec<u8> {
    let file = ArchiveFile {
        title: &policy.title,
        origin: &policy.origin,
        log_key: &policy.log_key,
        intake: policy.intake,
        invitation: policy.invitation.as_deref(),
    };
    canon::encode(ARCHIVE_FORMAT, &file).expect("a policy holds only what the spelling has")
}

/// The `kind` of `archive.toml`: the version of the whole layout.
pub const ARCHIVE_FORMAT: &str = "archive/1";
