//! The seals of an archive: each attestation against the bytes it seals and
//! the key that was valid then.

use super::records::Records;
use crate::dates::Timestamp;
use crate::model::{Attestation, Code, Finding, Key, Record};
use crate::sign::PublicKey;
use crate::store::record_path;

/// Verifies every seal; returns how many held.
pub(super) fn check(records: &Records, findings: &mut Vec<Finding>) -> u64 {
    let mut held = 0;
    let mut sealed: std::collections::HashSet<(crate::digest::Digest, &str)> =
        std::collections::HashSet::new();
    for (id, record) in records.all() {
        let Record::Attestation(a) = record else { continue };
        match verify(records, id, a) {
            Ok(()) => {
                held += 1;
                sealed.insert((*a.subject.digest(), a.key.as_str()));
            }
            Err(text) => findings.push(Finding::new(Code::SealInvalid, record_path(id), text)),
        }
    }
    for (id, record) in records.all() {
        if let Some(key) = record.sealing_key()
            && !sealed.contains(&(*id, key))
        {
            let text = format!("names the key {key}, but no good seal by it is in the log");
            findings.push(Finding::new(Code::SealMissing, record_path(id), text));
        }
        if matches!(record, Record::Intake(_)) && !sealed.iter().any(|(s, _)| s == id) {
            findings.push(Finding::new(
                Code::SealMissing,
                record_path(id),
                "the archive did not seal this statement of receipt",
            ));
        }
    }
    held
}

fn verify(records: &Records, id: &crate::digest::Digest, a: &Attestation) -> Result<(), String> {
    let (subject, bytes) =
        records.get(a.subject.digest()).ok_or("seals a record that cannot be read")?;
    let key = key_at(records, id, a, subject)?;
    let public = PublicKey::from_openssh(&key.public).map_err(|e| e.to_string())?;
    if public.fingerprint() != a.key {
        return Err(format!(
            "names the key {}, but that key's fingerprint is {}",
            a.key,
            public.fingerprint()
        ));
    }
    public.verify_sshsig(&a.role.namespace(), bytes, &a.signature).map_err(|e| e.to_string())
}

/// The key record that allowed this seal: of this fingerprint, with a role for
/// it, held by the subject's maker, valid at its time, not revoked before.
fn key_at<'r>(
    records: &'r Records,
    id: &crate::digest::Digest,
    a: &Attestation,
    subject: &Record,
) -> Result<&'r Key, String> {
    let time = subject.time();
    let at = records.order(id);
    let mut why = format!("no key {} is recorded here", a.key);
    for (key_id, record) in records.all() {
        let Record::Key(key) = record else { continue };
        if key.fingerprint != a.key || key.revokes.is_some() {
            continue;
        }
        if records.order(key_id) > at {
            why = format!("the key {} was recorded only after this seal", a.key);
        } else if !key.roles.iter().any(|r| r.seals().contains(&a.role)) {
            why = format!("the key {} may not seal for {:?}", a.key, a.role.word());
        } else if !in_time(key, time) {
            why = format!("the key {} was not valid at the time of the record", a.key);
        } else if revoked_before(records, key, at) {
            why = format!("the key {} was revoked before", a.key);
        } else if key.holder.is_none() && subject.origin() != Some(&key.origin) {
            why = format!(
                "the key {} is that of the archive {}, not of the one that made the record",
                a.key, key.origin
            );
        } else if key.holder.is_some() && maker(subject) != key.holder {
            why =
                format!("the key {} belongs to somebody else than the maker of the record", a.key);
        } else {
            return Ok(key);
        }
    }
    Err(why)
}

fn in_time(key: &Key, time: Option<Timestamp>) -> bool {
    time.is_none_or(|t| key.valid_from <= t && key.valid_until.is_none_or(|end| t < end))
}

fn revoked_before(records: &Records, key: &Key, at: Option<usize>) -> bool {
    records.all().any(|(id, r)| match r {
        Record::Key(k) => {
            k.revokes.is_some() && k.fingerprint == key.fingerprint && records.order(id) < at
        }
        _ => false,
    })
}

fn maker(record: &Record) -> Option<crate::digest::Id<crate::model::Agent>> {
    record
        .links()
        .into_iter()
        .find(|(l, _)| *l == crate::model::Link::Maker)
        .map(|(_, id)| id.cast())
}
