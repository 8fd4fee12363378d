//! `status`: what is here, what waits, and whether it can be written to.

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::Digest;
use crate::model::Kind;

use super::DeskError;
use super::archive::Archive;
use super::inbox::is_decided;

/// The state of an archive.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StatusAnswer {
    /// The folder.
    pub archive: String,
    /// Its title.
    pub title: String,
    /// The author's invitation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation: Option<String>,
    /// Name of its log.
    pub origin: String,
    /// Who may decide.
    pub editors: Vec<String>,
    /// Sources.
    pub texts: usize,
    /// Revisions of them.
    pub revisions: usize,
    /// Replies.
    pub corrections: usize,
    /// Replies that wait for an answer.
    pub waiting: usize,
    /// Log entries.
    pub log_size: u64,
    /// Root of the log.
    pub log_root: Digest,
    /// The last checkpoint's records were received at this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_received: Option<crate::dates::Timestamp>,
    /// It can be written to from here.
    pub writable: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
}

/// Tells the state of an archive.
///
/// # Errors
/// When its policy or log cannot be read.
pub fn status(archive: &Archive) -> Result<StatusAnswer, DeskError> {
    let snap = archive.snapshot()?;
    let policy = snap
        .policy()?
        .ok_or_else(|| DeskError::integrity("no-policy", "the archive has no policy record"))?;
    let count = |kind: Kind| -> Result<usize, DeskError> { Ok(snap.rows(kind, None)?.len()) };
    let corrections = snap.rows(Kind::Correction, None)?;
    let mut waiting = 0;
    for row in &corrections {
        waiting += usize::from(!is_decided(&snap, &row.id)?);
    }
    let checkpoint = super::verify::read_checkpoint(archive)?;
    let why_not = archive.key().err().map(|e| e.to_string());
    Ok(StatusAnswer {
        archive: archive.dir().display().to_string(),
        title: policy.record.title,
        invitation: policy.record.invitation,
        origin: policy.record.origin,
        editors: policy
            .record
            .editors
            .iter()
            .map(|e| snap.agent_name(e))
            .collect::<Result<_, _>>()?,
        texts: count(Kind::Source)?,
        revisions: snap.revision_total()?,
        corrections: corrections.len(),
        waiting,
        log_size: checkpoint.size,
        log_root: checkpoint.root,
        last_received: snap.rows(Kind::Intake, None)?.last().and_then(|r| r.time),
        writable: why_not.is_none(),
        why_not,
    })
}
