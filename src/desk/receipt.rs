//! `receipt`: what a replier takes home.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::{Digest, Id};
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
    Receipts::new(archive)?.make(&archive.snapshot()?, id)
}

/// Receipts under the newest checkpoint: what many of them have in common is read
/// once, and anew when the log has grown, since files of the log give way to
/// longer ones then.
pub(super) struct Receipts<'a> {
    archive: &'a Archive,
    log: RefCell<Rc<Log>>,
}

/// The log at a checkpoint.
struct Log {
    checkpoint: String,
    size: u64,
    files: RefCell<HashMap<String, Vec<u8>>>,
    statements: RefCell<HashMap<Id, Rc<Statement>>>,
}

impl Log {
    fn of(archive: &Archive) -> Result<Rc<Self>, DeskError> {
        let head = archive.store.head()?;
        Ok(Rc::new(Self {
            checkpoint: head.checkpoint_text.unwrap_or_default(),
            size: head.size,
            files: RefCell::default(),
            statements: RefCell::default(),
        }))
    }
}

/// The archive's statement that it received some replies.
struct Statement {
    record: String,
    seal: Option<String>,
    proof: String,
}

/// So many statements are kept: one may name hundreds of replies.
const STATEMENTS: usize = 64;

impl<'a> Receipts<'a> {
    /// Those of an archive.
    pub fn new(archive: &'a Archive) -> Result<Self, DeskError> {
        Ok(Self { archive, log: RefCell::new(Log::of(archive)?) })
    }

    /// The log as it stands.
    fn log(&self) -> Result<Rc<Log>, DeskError> {
        if self.log.borrow().checkpoint != self.archive.checkpoint()? {
            self.log.replace(Log::of(self.archive)?);
        }
        Ok(Rc::clone(&self.log.borrow()))
    }

    /// Whether a receipt of a correction can be made here.
    pub fn can_make(&self, snap: &Snapshot<'_>, id: &Id<Correction>) -> Result<bool, DeskError> {
        let Some(policy) = snap.policy()? else { return Ok(false) };
        let correction = snap.get(id)?.record;
        Ok(correction.content.salted
            && !is_hidden(snap, &correction)?
            && snap.reply(&correction).is_ok()
            && received_here(snap, id, &policy.record.origin)?.is_some())
    }

    /// Makes a receipt.
    pub fn make(
        &self,
        snap: &Snapshot<'_>,
        id: &Id<Correction>,
    ) -> Result<ReceiptAnswer, DeskError> {
        loop {
            let log = self.log()?;
            match self.under(&log, snap, id) {
                // The log grew while its files were read.
                Err(_) if self.log()?.checkpoint != log.checkpoint => {}
                made => return made,
            }
        }
    }

    /// Makes a receipt under a checkpoint.
    fn under(
        &self,
        log: &Log,
        snap: &Snapshot<'_>,
        id: &Id<Correction>,
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
        let statement = received_here(snap, id, &policy.origin)?.ok_or_else(|| {
            let name = snap.short_id(Kind::Correction, id).unwrap_or_default();
            DeskError::refused(
                "received-elsewhere",
                format!("{name} was received by {}, not by this archive", correction.record.origin),
            )
            .hint("that archive gave a receipt for it, and only that archive can give another")
        })?;
        let statement = self.statement(log, snap, &statement)?;
        let intake_seal = statement.seal.clone().ok_or_else(|| {
            let e = "the archive has not sealed its statement of receipt";
            DeskError::integrity("no-seal", e)
        })?;
        let reply = snap.content(&correction.record.content)?;
        let words = snap.reply(&correction.record)?;
        let receipt = Receipt {
            origin: policy.origin.clone(),
            log_key: policy.log_key.clone(),
            record: text_of(snap, id.digest())?,
            reply: utf8(reply)?,
            salt: snap.salt(&correction.record.content.name)?.to_hex(),
            intake: statement.record.clone(),
            intake_seal,
            seal: seal(snap, &id.any(), SealRole::Submit)?,
            proof: self.proof(log, correction.seq)?,
            intake_proof: statement.proof.clone(),
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
        text += &utf8(receipt.to_bytes())?;
        Ok(ReceiptAnswer { receipt: name.replacen('C', "R", 1), correction: name, text })
    }

    /// A statement of the archive.
    fn statement(
        &self,
        log: &Log,
        snap: &Snapshot<'_>,
        row: &Row,
    ) -> Result<Rc<Statement>, DeskError> {
        if let Some(known) = log.statements.borrow().get(&row.id) {
            return Ok(Rc::clone(known));
        }
        let made = Rc::new(Statement {
            record: text_of(snap, row.id.digest())?,
            seal: seal(snap, &row.id, SealRole::Receive)?,
            proof: self.proof(log, row.seq)?,
        });
        let mut kept = log.statements.borrow_mut();
        if kept.len() >= STATEMENTS {
            kept.clear();
        }
        kept.insert(row.id, Rc::clone(&made));
        Ok(made)
    }

    /// The proof that the log holds an entry.
    fn proof(&self, log: &Log, index: u64) -> Result<String, DeskError> {
        let read = |below: &str| {
            if let Some(known) = log.files.borrow().get(below) {
                return Ok(known.clone());
            }
            let file = self.archive.store.log_file(below)?;
            log.files.borrow_mut().insert(below.to_string(), file.clone());
            Ok::<_, StoreError>(file)
        };
        let path = tlog::inclusion_proof(index, log.size, &read)
            .map_err(|e| DeskError::integrity("log", e.to_string()))?;
        let checkpoint = log.checkpoint.clone();
        Ok(TlogProof { extra: None, index, path, checkpoint }.to_text())
    }
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

fn utf8(bytes: Vec<u8>) -> Result<String, DeskError> {
    String::from_utf8(bytes).map_err(|e| DeskError::integrity("broken", e.to_string()))
}

fn text_of(snap: &Snapshot<'_>, id: &Digest) -> Result<String, DeskError> {
    utf8(snap.record_bytes(id)?)
}

/// The seal of this role on a record.
fn seal(snap: &Snapshot<'_>, id: &Id, role: SealRole) -> Result<Option<String>, DeskError> {
    let seal = snap.seals_on(id)?.into_iter().find(|s| s.record.role == role);
    seal.map(|s| text_of(snap, s.id.digest())).transpose()
}

/// Whether it answers words that may not be shown.
fn is_hidden(snap: &Snapshot<'_>, correction: &Correction) -> Result<bool, DeskError> {
    match &correction.selector {
        Some(selector) => Ok(snap.hides(&selector.revision)?.is_some()),
        None => Ok(false),
    }
}
