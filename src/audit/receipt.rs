//! A receipt against nothing but itself, and against any copy of the archive.
//!
//! By itself a receipt shows that whoever holds the log's key promised to have
//! this record at this place of the log. Against a copy it shows whether that
//! log still stands there: same or later state of the same log, same entry.

use crate::digest::{Digest, Salt, commitment};
use crate::model::{
    Code, Correction, Document, Finding, Intake, Receipt, Record, ReplyText, SealRole, Typed,
};
use crate::sign::{PublicKey, VerifierKey};
use crate::store::{Store, StoreError, record_path};
use crate::tlog::{self, Checkpoint, TlogProof};

/// Where the log's key came from that the receipt was checked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFrom {
    /// The reader gave it.
    Outside,
    /// It stands in the archive that the receipt was held against.
    Archive,
    /// It stands only in the receipt: nobody else vouches for it.
    Receipt,
}

/// What a good receipt shows.
#[derive(Debug, Clone)]
pub struct ReceiptCheck {
    /// The correction's id.
    pub id: Digest,
    /// The correction.
    pub correction: Correction,
    /// The replier's words.
    pub reply: ReplyText,
    /// When the archive says that it received it.
    pub received: crate::dates::Timestamp,
    /// Log index, from 0.
    pub index: u64,
    /// The head of the log at the time of the receipt.
    pub checkpoint: Checkpoint,
    /// Where the key came from.
    pub key_from: KeyFrom,
    /// The replier's own seal was there and holds for the key that it names.
    pub sealed_by: Option<String>,
}

/// Why a receipt does not hold by itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part}: {what}")]
pub struct ReceiptError {
    /// The part of the receipt.
    pub part: &'static str,
    /// What is wrong with it.
    pub what: String,
}

/// Checks a receipt by itself. `outside` is the log's key as the reader knows
/// it, `archive` as a copy of the archive states it.
///
/// # Errors
/// The first part that does not hold.
pub fn check_receipt(
    bytes: &[u8],
    outside: Option<&VerifierKey>,
    archive: Option<&VerifierKey>,
) -> Result<ReceiptCheck, ReceiptError> {
    let bad = |part: &'static str| move |what: String| ReceiptError { part, what };
    let receipt = Receipt::from_bytes(bytes).map_err(|e| bad("receipt")(e.to_string()))?;
    let own: VerifierKey = receipt
        .log_key
        .parse()
        .map_err(|e: crate::sign::VerifierKeyError| bad("log_key")(e.to_string()))?;
    let (key, key_from) = match (outside, archive) {
        (Some(k), _) => (k, KeyFrom::Outside),
        (None, Some(k)) => (k, KeyFrom::Archive),
        (None, None) => (&own, KeyFrom::Receipt),
    };
    if own != *key {
        return Err(bad("log_key")(format!("is {own}, but the log's key is {key}")));
    }

    if receipt.origin != key.name() {
        return Err(bad("origin")(format!(
            "is {:?}, but the log is called {}",
            receipt.origin,
            key.name()
        )));
    }
    let id = Digest::of(receipt.record.as_bytes());
    let record =
        Record::decode(receipt.record.as_bytes()).map_err(|e| bad("record")(e.to_string()))?;
    let correction = Correction::from_record(record)
        .ok_or_else(|| bad("record")("is not a correction".into()))?;
    let salt = Salt::from_hex(&receipt.salt).map_err(|e| bad("salt")(e.to_string()))?;
    if commitment(&salt, receipt.reply.as_bytes()) != correction.content.name {
        return Err(bad("reply")("is not the reply that the record commits to".into()));
    }
    let reply =
        ReplyText::from_bytes(receipt.reply.as_bytes()).map_err(|e| bad("reply")(e.to_string()))?;

    let proven = prove("proof", &receipt.proof, &id, key)?;
    let intake_id = Digest::of(receipt.intake.as_bytes());
    let intake =
        Record::decode(receipt.intake.as_bytes()).map_err(|e| bad("intake")(e.to_string()))?;
    let intake = Intake::from_record(intake)
        .ok_or_else(|| bad("intake")("is not a statement of receipt".into()))?;
    if intake.ids.iter().all(|i| *i.digest() != id) {
        return Err(bad("intake")("does not name the correction".into()));
    }
    if intake.origin != key.name() {
        return Err(bad("intake")(format!(
            "is of {:?}, but the log is called {}",
            intake.origin,
            key.name()
        )));
    }
    prove("intake_proof", &receipt.intake_proof, &intake_id, key)?;
    // The archive's seal is by the same key as the log's signature.
    seal(
        "intake_seal",
        &receipt.intake_seal,
        &intake_id,
        receipt.intake.as_bytes(),
        SealRole::Receive,
        &intake.origin,
        Some(key.public()),
    )?;
    let sealed_by = match (&receipt.seal, &correction.key) {
        (Some(s), Some(named)) => {
            let by = seal(
                "seal",
                s,
                &id,
                receipt.record.as_bytes(),
                SealRole::Submit,
                &correction.origin,
                None,
            )?;
            if by != *named {
                return Err(bad("seal")(format!("is by {by}, but the record names {named}")));
            }
            Some(by)
        }
        (None, Some(named)) => {
            return Err(bad("seal")(format!("is missing, but the record names the key {named}")));
        }
        (Some(_), None) => return Err(bad("seal")("is there, but the record names no key".into())),
        (None, None) => None,
    };
    Ok(ReceiptCheck {
        id,
        correction,
        reply,
        received: intake.received,
        index: proven.0,
        checkpoint: proven.1,
        key_from,
        sealed_by,
    })
}

fn prove(
    part: &'static str,
    proof: &str,
    id: &Digest,
    key: &VerifierKey,
) -> Result<(u64, Checkpoint), ReceiptError> {
    let bad = |what: String| ReceiptError { part, what };
    let proof = TlogProof::parse(proof).map_err(|e| bad(e.to_string()))?;
    let proven = proof.verify(id.as_bytes(), key, &[]).map_err(|e| bad(e.to_string()))?;
    Ok((proven.index, proven.head.checkpoint))
}

fn seal(
    part: &'static str,
    attestation: &str,
    id: &Digest,
    bytes: &[u8],
    role: SealRole,
    origin: &str,
    by: Option<&PublicKey>,
) -> Result<String, ReceiptError> {
    let bad = |what: String| ReceiptError { part, what };
    let Ok(Record::Attestation(a)) = Record::decode(attestation.as_bytes()) else {
        return Err(bad("is not a seal".into()));
    };
    if a.subject.digest() != id || a.role != role {
        return Err(bad("is a seal over something else".into()));
    }
    if a.origin != origin {
        return Err(bad(format!("is of {:?}, but what it seals is of {origin}", a.origin)));
    }
    let claimed = PublicKey::claimed_by_sshsig(&a.signature).map_err(|e| bad(e.to_string()))?;
    let key = by.unwrap_or(&claimed);
    key.verify_sshsig(&role.namespace(), bytes, &a.signature).map_err(|e| bad(e.to_string()))?;
    if key.fingerprint() != a.key {
        return Err(bad(format!("names the key {}, but is by {}", a.key, key.fingerprint())));
    }
    Ok(a.key)
}

/// Holds a good receipt against a copy of the archive: the copy's log must be
/// the receipt's or a continuation of it, and hold the record at its place.
///
/// # Errors
/// When the copy cannot be read.
pub fn compare_with_log(
    check: &ReceiptCheck,
    store: &Store,
    key: &VerifierKey,
) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let head = store.head()?;
    let place = format!("entry {}", check.index);
    let text = head.checkpoint_text.unwrap_or_default();
    let now = match Checkpoint::open(&text, key) {
        Ok(now) => now,
        Err(e) => {
            findings.push(Finding::new(Code::CheckpointInvalid, "log/checkpoint", e.to_string()));
            return Ok(findings);
        }
    };
    let then = &check.checkpoint;
    let fork = |what: String| Finding::new(Code::LogForked, "log/checkpoint", what);
    if now.size < then.size {
        findings.push(fork(format!(
            "this copy has {} entries, but the receipt was given at {}: it was rolled back, or is an older copy",
            now.size, then.size
        )));
    } else {
        let read = |below: &str| store.log_file(below);
        match tlog::root_of(now.size, &read) {
            Ok(root) if root == now.root => {}
            Ok(root) => findings.push(Finding::new(
                Code::LogMismatch,
                "log/tile",
                format!("the tiles give the root {root}, the checkpoint states {}", now.root),
            )),
            Err(e) => findings.push(Finding::new(Code::LogMismatch, "log/tile", e.to_string())),
        }
        let proof = tlog::consistency_proof(then.size, now.size, &read);
        let verdict = match proof {
            Ok(p) => tlog::verify_consistency(then.size, now.size, &p, &then.root, &now.root)
                .map_err(|e| e.to_string()),
            Err(e) => Err(e.to_string()),
        };
        if let Err(e) = verdict {
            findings
                .push(fork(format!("this copy's log is not a continuation of the receipt's: {e}")));
        }
        match store.entries(check.index..check.index + 1) {
            Ok(e) if e.first() == Some(&check.id) => {}
            Ok(e) => {
                let found = e.first().map_or("nothing".to_string(), ToString::to_string);
                findings.push(Finding::new(
                    Code::ReceiptMissing,
                    place,
                    format!("this copy has {found} there, not the receipt's record"),
                ));
            }
            Err(e) => findings.push(Finding::new(Code::ReceiptMissing, place, e.to_string())),
        }
    }
    match store.record(&check.id) {
        Ok(_) => {}
        Err(StoreError::NoRecord(_)) => {
            findings.push(Finding::new(
                Code::ReceiptMissing,
                record_path(&check.id),
                "the receipt's record is not in this copy",
            ));
        }
        Err(e) => {
            findings.push(Finding::new(Code::RecordDamaged, record_path(&check.id), e.to_string()))
        }
    }
    Ok(findings)
}
