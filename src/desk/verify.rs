//! `verify`: whether every byte, link, seal and entry is what it should be,
//! and whether a receipt holds.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::{self, Depth, KeyFrom};
use crate::digest::Digest;
use crate::index::{Index, Snapshot};
use crate::model::{ArchiveFile, Code, Document, Finding};
use crate::sign::VerifierKey;
use crate::store::Store;
use crate::tlog::Checkpoint;

use super::archive::{Archive, INDEX_FILE, Progress};
use super::{DeskError, notes};

/// What was checked and what was found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VerifyAnswer {
    /// Nothing breaks the proof.
    pub ok: bool,
    /// How much was looked at.
    pub checked: Checked,
    /// What was found; remarks among them do not break the proof.
    pub findings: Vec<Finding>,
    /// The receipt that was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<VerifiedReceipt>,
}

/// How much was looked at.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Checked {
    /// Every stored byte was read and hashed.
    pub full: bool,
    /// Log entries.
    pub entries: u64,
    /// Records whose bytes were hashed.
    pub records: u64,
    /// Content objects whose bytes were hashed.
    pub contents: u64,
    /// Texts whose root was computed anew; of those with a record of their own
    /// the digest, too.
    pub revisions: u64,
    /// Texts inside histories that were put together whole and hashed (`--flat`).
    #[serde(default)]
    pub flat: u64,
    /// Texts known by digest that nobody attached here: only their passage
    /// tables were checked.
    pub withheld: u64,
    /// Seals that held.
    pub seals: u64,
    /// Files of the tree.
    pub files: u64,
    /// Histories and texts of which the index keeps earlier answers that were
    /// not compared with what the archive gives now (`--flat` does).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub kept_answers_not_compared: u64,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// A receipt that was checked.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VerifiedReceipt {
    /// The correction's id.
    pub correction_id: Digest,
    /// The log's origin.
    pub origin: String,
    /// Log index, from 0.
    pub index: u64,
    /// When the archive says that it received it.
    pub received: crate::dates::Timestamp,
    /// Size of the log when the receipt was given.
    pub log_size: u64,
    /// Where the log's key came from: `outside`, `archive` or `receipt`.
    pub key_from: String,
    /// What the replier said.
    pub says: String,
    /// Fingerprint of the replier's key, when the reply is sealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed_by: Option<String>,
    /// It was held against a copy of the archive.
    pub against_archive: bool,
}

/// What to check.
#[derive(Debug, Clone, Default)]
pub struct VerifyDraft {
    /// Read and hash every stored byte.
    pub full: bool,
    /// Besides, put every text together and hash its whole bytes.
    pub flat: bool,
    /// A receipt, to be checked by itself and against the archive.
    pub receipt: Option<Vec<u8>>,
    /// The folder in which this reader keeps attached texts.
    pub attached: Option<PathBuf>,
    /// The log's key as the reader knows it.
    pub log_key: Option<String>,
}

/// Checks the archive in `dir`, or a receipt (without an archive when `dir` is
/// `None`).
///
/// # Errors
/// When nothing could be looked at.
pub fn verify(
    dir: Option<&Path>,
    draft: &VerifyDraft,
    progress: Progress<'_>,
) -> Result<VerifyAnswer, DeskError> {
    match &draft.receipt {
        Some(bytes) => receipt(dir, bytes, draft.log_key.as_deref()),
        None => {
            let dir = dir.ok_or_else(|| {
                DeskError::usage("no-archive", "there is no archive to verify")
                    .hint("name it: -C DIR")
            })?;
            archive(dir, draft, progress)
        }
    }
}

fn archive(
    dir: &Path,
    draft: &VerifyDraft,
    progress: Progress<'_>,
) -> Result<VerifyAnswer, DeskError> {
    let full = draft.full || draft.flat;
    let mut store = Store::open(dir)?;
    if let Some(attached) = &draft.attached {
        store = store.with_attached(attached.clone());
    }
    // Nothing is believed of what is checked: the texts are looked at through
    // an index made for the occasion, and the one at hand is compared with it.
    let mut made = Index::in_memory()?;
    let mut at_hand = match full && store.is_git() {
        true => Some(Index::open(&dir.join(INDEX_FILE))?),
        false => None,
    };
    let mut grow = |index: &mut Index| {
        let size = store.head()?.size;
        let entries = |from: u64| store.entries(from..size).map_err(|e| e.to_string());
        index
            .grow(size, &entries, &store, &mut |done, of| progress(done, of, "indexing"))
            .map_err(DeskError::from)
    };
    let readable = full && grow(&mut made).is_ok();
    let readable_at_hand = at_hand.as_mut().is_some_and(|index| grow(index).is_ok());
    let snapshot = readable.then(|| made.snapshot(&store)).transpose()?;
    let at_hand = at_hand.as_ref().filter(|_| readable_at_hand);
    let at_hand = at_hand.map(|index| index.snapshot(&store)).transpose()?;
    let depth = match (draft.flat, full) {
        (true, _) => Depth::Flat,
        (false, true) => Depth::Full,
        (false, false) => Depth::Records,
    };
    let mut found = audit::fixity(&store, snapshot.as_ref(), at_hand.as_ref(), depth, progress)?;
    let kept = match (&snapshot, &at_hand) {
        (Some(snapshot), Some(at_hand)) => left(snapshot, at_hand, draft.flat, &mut found.findings),
        _ => 0,
    };
    let ok = !found.findings.iter().any(|f| f.code.is_breach());
    Ok(VerifyAnswer {
        ok,
        checked: Checked {
            full,
            entries: found.entries,
            records: found.records,
            contents: found.contents,
            revisions: found.revisions,
            flat: found.flat_texts,
            withheld: found.withheld,
            seals: found.seals,
            files: found.files,
            kept_answers_not_compared: kept,
        },
        findings: found.findings,
        receipt: None,
    })
}

/// What earlier questions left in the index at hand: how many histories and texts
/// it is of, or, if it is to be `compared`, whether they would leave the same now
/// in an index that was made anew.
fn left(
    snapshot: &Snapshot<'_>,
    at_hand: &Snapshot<'_>,
    compared: bool,
    findings: &mut Vec<Finding>,
) -> u64 {
    let look = || -> Result<(u64, bool), DeskError> {
        let (histories, revisions) = (at_hand.left_of_histories()?, at_hand.left_of_revisions()?);
        if !compared {
            return Ok(((histories.len() + revisions.len()) as u64, true));
        }
        for seq in histories {
            let inside = snapshot.inside(seq)?;
            snapshot.text(&inside.id_of(inside.last()))?;
        }
        for revision in revisions {
            super::first::prepare(snapshot, &revision)?;
        }
        Ok((0, at_hand.left_the_same_as(snapshot)?))
    };
    let text = match look() {
        Ok((not_compared, true)) => return not_compared,
        Ok((_, false)) => {
            "what it keeps of earlier answers is not what the archive gives".to_owned()
        }
        Err(e) => format!("what it keeps of earlier answers could not be read: {e}"),
    };
    let text = format!("{text}: delete it, it is made anew");
    findings.push(Finding::new(Code::IndexStale, "index.sqlite", text));
    0
}

fn receipt(
    dir: Option<&Path>,
    bytes: &[u8],
    log_key: Option<&str>,
) -> Result<VerifyAnswer, DeskError> {
    let outside: Option<VerifierKey> = log_key
        .map(|k| {
            k.parse()
                .map_err(|e| DeskError::usage("log-key", format!("{k:?} is not a log's key: {e}")))
        })
        .transpose()?;
    let store = dir.map(Store::open).transpose()?;
    let in_archive = match &store {
        Some(store) => Some(log_key_of(store)?),
        None => None,
    };
    let mut answer = VerifyAnswer {
        ok: false,
        checked: Checked::default(),
        findings: Vec::new(),
        receipt: None,
    };
    let check = match audit::check_receipt(bytes, outside.as_ref(), in_archive.as_ref()) {
        Ok(check) => check,
        Err(e) => {
            answer.findings.push(Finding::new(
                Code::ReceiptInvalid,
                format!("receipt, {}", e.part),
                e.what,
            ));
            return Ok(answer);
        }
    };
    if let (Some(store), Some(key)) = (&store, &in_archive) {
        answer.findings = audit::compare_with_log(&check, store, key)?;
        answer.checked.entries = store.head()?.size;
    }
    answer.checked.records = 1;
    answer.ok = !answer.findings.iter().any(|f| f.code.is_breach());
    answer.receipt = Some(VerifiedReceipt {
        correction_id: check.id,
        origin: check.checkpoint.origin.clone(),
        index: check.index,
        received: check.received,
        log_size: check.checkpoint.size,
        key_from: match check.key_from {
            KeyFrom::Outside => "outside",
            KeyFrom::Archive => "archive",
            KeyFrom::Receipt => "receipt",
        }
        .to_string(),
        says: notes::said(&check.reply),
        sealed_by: check.sealed_by,
        against_archive: store.is_some(),
    });
    Ok(answer)
}

/// The log's key as `archive.toml` states it.
fn log_key_of(store: &Store) -> Result<VerifierKey, DeskError> {
    let bytes = store.file(crate::store::ARCHIVE_TOML)?;
    let stated = ArchiveFile::from_bytes(&bytes)
        .map_err(|e| DeskError::integrity("archive-toml", format!("archive.toml: {e}")))?
        .log_key;
    stated.parse().map_err(|e| {
        DeskError::integrity(
            "archive-toml",
            format!("archive.toml: {stated:?} is not a log's key: {e}"),
        )
    })
}

/// The newest checkpoint, opened with the key that the policy names.
pub(super) fn read_checkpoint(archive: &Archive) -> Result<Checkpoint, DeskError> {
    let text = archive.checkpoint()?;
    let snap = archive.snapshot()?;
    let policy = snap
        .policy()?
        .ok_or_else(|| DeskError::integrity("no-policy", "the archive has no policy record"))?;
    let (_, checkpoint) = audit::open_log(&policy.record.log_key, &text).map_err(|e| {
        DeskError::integrity("checkpoint", format!("log/checkpoint: {e}"))
            .hint("variorum verify --full")
    })?;
    Ok(checkpoint)
}
