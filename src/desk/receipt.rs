//! `receipt`: what a replier takes home.

use std::cell::RefCell;
use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::Id;
use crate::index::{Row, Snapshot};
use crate::model::{Correction, Document, Intake, Kind, Link, Receipt, SealRole};
use crate::store::StoreError;
use crate::tlog::{self, TlogProof};

use super::archive::Archive;
use super::{DeskError, resolve};

/// A receipt.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReceiptAnswer {
    /// Its name, `R-1a2b3c`.
    pub receipt: String,
    /// The correction.
    pub correction: String,
    /// The receipt file's text.
    pub text: String,
}

/// Makes the receipt of the correction that `address` names.
///
/// # Errors
/// When there is no such correction, or its words were withheld.
pub fn receipt(archive: &Archive, address: &str) -> Result<ReceiptAnswer, DeskError> {
    let id = {
        let snap = archive.snapshot()?;
        resolve::correction(&snap, address)?.id
    };
    make(archive, &id)
}

pub(super) fn make(archive: &Archive, id: &Id<Correction>) -> Result<ReceiptAnswer, DeskError> {
    LogFiles::new(archive)?.receipt(&archive.snapshot()?, id)
}

/// The log as receipts need it; its files are read once for many of them.
pub(super) struct LogFiles<'a> {
    archive: &'a Archive,
    checkpoint: String,
    read: RefCell<HashMap<String, Vec<u8>>>,
}

impl<'a> LogFiles<'a> {
    /// The log as it stands.
    pub fn new(archive: &'a Archive) -> Result<Self, DeskError> {
        Ok(Self { archive, checkpoint: archive.checkpoint()?, read: RefCell::default() })
    }

    /// Makes a receipt.
    pub fn receipt(
        &self,
        snap: &Snapshot<'_>,
        id: &Id<Correction>,
    ) -> Result<ReceiptAnswer, DeskError> {
        let read = |below: &str| {
            if let Some(known) = self.read.borrow().get(below) {
                return Ok(known.clone());
            }
            let file = self.archive.store.log_file(below)?;
            self.read.borrow_mut().insert(below.to_string(), file.clone());
            Ok(file)
        };
        make_in(snap, id, &self.checkpoint, &read)
    }
}

/// The same in a snapshot at hand, with the checkpoint and the files of the log
/// as `read` gives them.
fn make_in(
    snap: &Snapshot<'_>,
    id: &Id<Correction>,
    checkpoint: &str,
    read: Files<'_>,
) -> Result<ReceiptAnswer, DeskError> {
    let policy = snap
        .policy()?
        .ok_or_else(|| DeskError::integrity("no-policy", "the archive has no policy record"))?
        .record;
    let correction = snap.get(id)?;
    if !correction.record.content.salted {
        let name = snap.short_id(Kind::Correction, id)?;
        return Err(DeskError::refused(
            "unsalted",
            format!("{name} is stored without a salt, which a receipt has to hold"),
        ));
    }
    if is_hidden(snap, &correction.record)? {
        // A receipt holds the words around the place.
        return Err(DeskError::refused(
            "withheld",
            "a receipt of a reply to a private text is given to the replier only",
        ));
    }
    let text_of = |id: &crate::digest::Digest| -> Result<String, DeskError> {
        String::from_utf8(snap.record_bytes(id)?)
            .map_err(|e| DeskError::integrity("broken", e.to_string()))
    };
    let intake = received_here(snap, id, &policy.origin)?;
    let intake = intake.ok_or_else(|| {
        let name = snap.short_id(Kind::Correction, id).unwrap_or_default();
        DeskError::refused(
            "received-elsewhere",
            format!("{name} was received by {}, not by this archive", correction.record.origin),
        )
        .hint("that archive gave a receipt for it, and only that archive can give another")
    })?;
    let seals = |id: &Id, role: SealRole| -> Result<Option<String>, DeskError> {
        let seal = snap.seals_on(id)?.into_iter().find(|s| s.record.role == role);
        seal.map(|s| text_of(s.id.digest())).transpose()
    };
    let intake_seal = seals(&intake.id, SealRole::Receive)?.ok_or_else(|| {
        DeskError::integrity("no-seal", "the archive has not sealed its statement of receipt")
    })?;
    let reply = snap.content(&correction.record.content)?;
    let words = snap.reply(&correction.record)?;
    let receipt = Receipt {
        origin: policy.origin.clone(),
        log_key: policy.log_key.clone(),
        record: text_of(id.digest())?,
        reply: String::from_utf8(reply)
            .map_err(|e| DeskError::integrity("broken", e.to_string()))?,
        salt: snap.salt(&correction.record.content.name)?.to_hex(),
        intake: text_of(intake.id.digest())?,
        intake_seal,
        seal: seals(&id.any(), SealRole::Submit)?,
        proof: proof(snap, correction.seq, checkpoint, read)?,
        intake_proof: proof(snap, intake.seq, checkpoint, read)?,
    };
    let name = snap.short_id(Kind::Correction, id)?;
    let received = snap.received(id)?.map(|t| t.minute()).unwrap_or_default();
    let mut text = format!(
        "# Receipt {}\n# {}\n#\n# This reply was received on {received} UTC and is entry {} of the log {}.\n",
        name.replacen('C', "R", 1),
        policy.title.replace(|c: char| c.is_control(), " "),
        correction.seq,
        policy.origin
    );
    for (label, part) in [
        ("The text says", &words.quote),
        ("You say", &Some(words.says.clone())),
        ("Should read", &words.replacement),
    ] {
        if let Some(part) = part.as_deref().filter(|p| !p.is_empty()) {
            text += &format!(
                "# {label}: {}\n",
                resolve::shown(part).replace(|c: char| c.is_control(), " ")
            );
        }
    }
    text += "#\n# Keep this file. It proves that the archive has your reply: nobody can drop or\n\
             # change it unseen. Check it with any copy of the archive, or without one:\n\
             #   variorum verify --receipt THIS-FILE\n\n";
    text += &String::from_utf8(receipt.to_bytes())
        .map_err(|e| DeskError::integrity("broken", e.to_string()))?;
    Ok(ReceiptAnswer { receipt: name.replacen('C', "R", 1), correction: name, text })
}

/// This archive's own statement that it received a correction: only our log can
/// prove our statement.
fn received_here(
    snap: &Snapshot<'_>,
    id: &Id<Correction>,
    origin: &str,
) -> Result<Option<Row>, DeskError> {
    for row in snap.naming(id, Link::Received)?.into_iter().filter(|r| r.kind == Kind::Intake) {
        if snap.get::<Intake>(&row.id.cast())?.record.origin == origin {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// Whether it answers words that may not be shown.
fn is_hidden(snap: &Snapshot<'_>, correction: &Correction) -> Result<bool, DeskError> {
    match &correction.selector {
        Some(selector) => Ok(snap.hides(&selector.revision)?.is_some()),
        None => Ok(false),
    }
}

/// Whether a receipt of a correction can be made here.
pub(super) fn can_be_made(snap: &Snapshot<'_>, id: &Id<Correction>) -> Result<bool, DeskError> {
    let Some(policy) = snap.policy()? else { return Ok(false) };
    let correction = snap.get(id)?.record;
    Ok(correction.content.salted
        && !is_hidden(snap, &correction)?
        && snap.reply(&correction).is_ok()
        && received_here(snap, id, &policy.record.origin)?.is_some())
}

/// Gives a file of the log.
type Files<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, StoreError>;

fn proof(
    snap: &Snapshot<'_>,
    index: u64,
    checkpoint: &str,
    read: Files<'_>,
) -> Result<String, DeskError> {
    let path = tlog::inclusion_proof(index, snap.size(), &|below: &str| read(below))
        .map_err(|e| DeskError::integrity("log", e.to_string()))?;
    Ok(TlogProof { extra: None, index, path, checkpoint: checkpoint.to_string() }.to_text())
}
