//! The check of a whole archive.
//!
//! In order: the checkpoint's signature, the log's tiles against its root,
//! each record against its digest, spelling and links, the seals, the files
//! that follow from records; with [`Depth::Full`] also every content object,
//! every text against the digest and root that its revision states, every file
//! of the tree for being named, the stored files themselves, and the index.
//! Trouble found is data; an error means that nothing could be looked at. Cost:
//! each stored byte is read and hashed once.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc;
use std::thread;

use super::history;
use super::records::Records;
use super::report::{Fixity, Watch};
use super::seals;
use crate::digest::{Digest, Id, TreeHasher, leaf_hash};
use crate::index::{Snapshot, SnapshotError};
use crate::model::{
    Code, Finding, Key, Policy, Record, Revision, Typed, archive_toml, signers_file,
};
use crate::sign::VerifierKey;
use crate::store::{
    ARCHIVE_TOML, CHECKPOINT, Head, SIGNERS, Store, StoreError, content_path, record_name,
    record_path, salt_path, sig_path,
};
use crate::tlog::{self, Checkpoint};

/// How deep to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Log, records, seals, projections.
    Records,
    /// Everything: each stored byte is read and hashed.
    Full,
    /// Everything, and the whole bytes of every text are put together and hashed.
    Flat,
}

/// Checks an archive. `snapshot` was made from the archive just now; the index
/// `at_hand`, which other questions are answered from, is compared with it.
///
/// # Errors
/// When its newest state cannot be read at all.
pub fn fixity(
    store: &Store,
    snapshot: Option<&Snapshot<'_>>,
    at_hand: Option<&Snapshot<'_>>,
    depth: Depth,
    watch: Watch<'_>,
) -> Result<Fixity, StoreError> {
    // The stored files are read by a thread of its own: what it finds and what
    // is asked of the archive's names do not depend on each other.
    let (damages, head, rest) = thread::scope(|scope| {
        let (tell, told) = mpsc::channel();
        let stored = (depth != Depth::Records).then(|| {
            scope.spawn(move || {
                // Nobody listens any more: that is no reason not to go on.
                store.physical_check(&mut |done, of| tell.send((done, of)).unwrap_or_default())
            })
        });
        let head = store.head();
        let rest = head.as_ref().ok().map(|h| names(store, h, snapshot, at_hand, depth, watch));
        let damages = stored.map(|stored| {
            told.iter().for_each(|(done, of)| watch(done, of, "stored files"));
            stored.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        (damages, head, rest)
    });
    let mut findings = Vec::new();
    for damage in damages.transpose()?.unwrap_or_default() {
        let file = damage.file.display().to_string();
        let place = damage.path_in_archive.map_or(file.clone(), |p| format!("{p} (in {file})"));
        findings.push(Finding::new(Code::FileDamaged, place, damage.what));
    }
    let mut out = match (head, rest) {
        (Err(e), _) if !findings.is_empty() => {
            let finding = Finding::new(Code::FileDamaged, CHECKPOINT, e.to_string());
            Fixity { findings: vec![finding], ..Fixity::default() }
        }
        (Err(e), _) => return Err(e),
        (Ok(_), rest) => rest.expect("what has a head was looked at")?,
    };
    findings.append(&mut out.findings);
    // The same damage may be met on several ways; each place is named once.
    let mut seen = HashSet::new();
    findings.retain(|f| seen.insert((f.code, f.place.clone())));
    Ok(Fixity { findings, ..out })
}

/// All that is asked of the archive by name.
fn names(
    store: &Store,
    head: &Head,
    snapshot: Option<&Snapshot<'_>>,
    at_hand: Option<&Snapshot<'_>>,
    depth: Depth,
    watch: Watch<'_>,
) -> Result<Fixity, StoreError> {
    let mut out = Fixity { entries: head.size, ..Fixity::default() };
    let entries = log(store, head.size, &head.root, &mut out);
    let records =
        Records::read(store, &entries, &mut out, &mut |done, of| watch(done, of, "records"));
    checkpoint(&records, head.checkpoint_text.as_deref(), &mut out);
    records.check_links(store, &mut out);
    out.seals = seals::check(&records, &mut out.findings);
    projections(store, &records, &mut out);
    if depth != Depth::Records {
        contents(store, &records, &mut out, watch);
        if let Some(snapshot) = snapshot {
            revisions(snapshot, &records, &mut out, watch);
            history::check(snapshot, &records, depth == Depth::Flat, &mut out, watch);
            if let Some(at_hand) = at_hand {
                index(snapshot, at_hand, &mut out);
            }
        }
        tree(store, &records, &mut out)?;
    }
    Ok(out)
}

/// The entries, and whether their tree has the checkpoint's root.
fn log(store: &Store, size: u64, root: &Digest, out: &mut Fixity) -> Vec<Digest> {
    let read = |below: &str| store.log_file(below);
    let entries = match store.entries(0..size) {
        Ok(e) => e,
        Err(e) => {
            out.findings.push(Finding::new(Code::LogMismatch, "log/tile/entries", e.to_string()));
            return Vec::new();
        }
    };
    let mut tree = TreeHasher::default();
    entries.iter().for_each(|e| tree.push(leaf_hash(e.as_bytes())));
    let tree_root = tree.root();
    if tree_root != *root {
        let text =
            format!("the {size} entries give the root {tree_root}, the checkpoint states {root}");
        out.findings.push(Finding::new(Code::LogMismatch, "log/tile/entries", text));
    }
    match tlog::root_of(size, &read) {
        Ok(r) if r == *root => {}
        Ok(r) => {
            let text = format!("the tiles give the root {r}, the checkpoint states {root}");
            out.findings.push(Finding::new(Code::LogMismatch, "log/tile", text));
        }
        Err(e) => out.findings.push(Finding::new(Code::LogMismatch, "log/tile", e.to_string())),
    }
    if let Err(e) = tlog::Tiles::new(size, &read).check_entries(0..size) {
        let place = match &e {
            // The entries give the root that was signed, so the tile is wrong.
            tlog::TileError::EntryHash { path, .. } if tree_root == *root => {
                format!("log/{}", path.replacen("entries", "0", 1))
            }
            tlog::TileError::EntryHash { path, .. } => format!("log/{path}"),
            _ => "log/tile".to_string(),
        };
        out.findings.push(Finding::new(Code::LogMismatch, place, e.to_string()));
    }
    let mut seen = HashSet::new();
    for e in entries.iter().filter(|e| !seen.insert(**e)) {
        out.findings.push(Finding::new(
            Code::LogMismatch,
            record_path(e),
            "stands in the log twice",
        ));
    }
    entries
}

/// The log's key as the newest policy states it, and the checkpoint opened
/// with it.
///
/// # Errors
/// In words, when the key cannot be read or did not sign.
pub fn open_log(log_key: &str, checkpoint: &str) -> Result<(VerifierKey, Checkpoint), String> {
    let key: VerifierKey =
        log_key.parse().map_err(|e| format!("the log's key {log_key:?} cannot be read: {e}"))?;
    let opened = Checkpoint::open(checkpoint, &key).map_err(|e| e.to_string())?;
    Ok((key, opened))
}

fn checkpoint(records: &Records, text: Option<&str>, out: &mut Fixity) {
    let invalid = |text: String| Finding::new(Code::CheckpointInvalid, CHECKPOINT, text);
    let Some(policy) = records.newest::<Policy>() else {
        out.findings.push(invalid("no policy record names the log's key".into()));
        return;
    };
    match text {
        None => out.findings.push(invalid("there is no checkpoint".into())),
        Some(text) => {
            if let Err(e) = open_log(&policy.log_key, text) {
                out.findings.push(invalid(e));
            }
        }
    }
}

fn projections(store: &Store, records: &Records, out: &mut Fixity) {
    let mut expected: Vec<(String, Vec<u8>)> = Vec::new();
    if let Some(policy) = records.newest::<Policy>() {
        expected.push((ARCHIVE_TOML.into(), archive_toml(&policy)));
    }
    let keys: Vec<Key> =
        records.all().map(|(_, r)| r.clone()).filter_map(Key::from_record).collect();
    match signers_file(&keys) {
        Ok(file) => expected.push((SIGNERS.into(), file.into_bytes())),
        Err(e) => out.findings.push(Finding::new(Code::ProjectionStale, SIGNERS, e.to_string())),
    }
    let mut sealed = HashSet::new();
    for (_, record) in records.all() {
        if let Record::Attestation(a) = record
            && sealed.insert(a.subject)
        {
            expected.push((sig_path(a.subject.digest()), a.signature.clone().into_bytes()));
        }
    }
    for (path, bytes) in expected {
        let found = store.file(&path);
        let text = match found {
            Ok(found) if found == bytes => continue,
            Ok(_) => "is not what the records give".to_string(),
            Err(e) => e.to_string(),
        };
        out.findings.push(Finding::new(Code::ProjectionStale, path, text));
    }
}

fn contents(store: &Store, records: &Records, out: &mut Fixity, watch: Watch<'_>) {
    let uses: Vec<_> = records.contents();
    let total = uses.len() as u64;
    for (n, u) in (1..).zip(uses) {
        watch(n, total, "contents");
        let path = content_path(&u.name);
        match store.content(&u.name) {
            Ok(_) => out.contents += 1,
            Err(StoreError::NoContent(_)) => {
                out.findings.push(Finding::new(
                    Code::ContentMissing,
                    path.clone(),
                    "a record names it, but it is not there",
                ));
                continue;
            }
            Err(e) => {
                out.findings.push(Finding::new(Code::ContentDamaged, path.clone(), e.to_string()));
                continue;
            }
        }
        match store.salt(&u.name) {
            Ok(salt) if salt.is_some() == u.salted => {}
            Ok(Some(_)) => {
                out.findings.push(Finding::new(
                    Code::FileUnknown,
                    salt_path(&u.name),
                    "a salt beside content that is not salted",
                ));
            }
            Ok(None) => out.findings.push(Finding::new(
                Code::ContentMissing,
                salt_path(&u.name),
                "the salt is not there",
            )),
            Err(e) => out.findings.push(Finding::new(
                Code::ContentDamaged,
                salt_path(&u.name),
                e.to_string(),
            )),
        }
    }
}

/// Each text against the digest and the root that its revision states.
fn revisions(snapshot: &Snapshot<'_>, records: &Records, out: &mut Fixity, watch: Watch<'_>) {
    let all: Vec<_> = records
        .all()
        .filter_map(|(id, r)| Some((*id, Revision::from_record(r.clone())?)))
        .collect();
    let total = all.len() as u64;
    for (n, (id, revision)) in (1..).zip(all) {
        watch(n, total, "texts");
        let id = Id::<Revision>::new(id);
        let place = record_path(id.digest());
        if revision.withheld {
            match withheld(snapshot, &id, &revision) {
                Ok(true) => {}
                Ok(false) => {
                    out.withheld += 1;
                    continue;
                }
                Err(SnapshotError::Broken(f)) => {
                    out.findings.push(f);
                    continue;
                }
                Err(e) => {
                    out.findings.push(Finding::new(Code::IndexStale, place, e.to_string()));
                    continue;
                }
            }
        }
        let checked = snapshot.text(&id).and_then(|text| {
            if revision.is_stored() {
                snapshot.text_by_edits(&id)?;
            }
            let made = snapshot.passages_of(&id, &revision, &text.text)?;
            if made.root() != revision.text.root {
                let text = format!(
                    "states the root {}, its text gives {}",
                    revision.text.root,
                    made.root()
                );
                return Err(SnapshotError::Broken(Finding::new(
                    Code::RevisionMismatch,
                    place.clone(),
                    text,
                )));
            }
            if revision.text.passages.is_some() && *snapshot.passages(&id)? != made {
                let text =
                    "its stored passage table is not the one that its text gives".to_string();
                return Err(SnapshotError::Broken(Finding::new(
                    Code::RevisionMismatch,
                    place.clone(),
                    text,
                )));
            }
            Ok(())
        });
        match checked {
            Ok(()) => out.revisions += 1,
            Err(SnapshotError::Broken(f)) => out.findings.push(f),
            Err(e) => out.findings.push(Finding::new(Code::IndexStale, place, e.to_string())),
        }
    }
}

/// What can be checked of a text that is not supplied: its passage table has
/// the root and the length that the revision states. Whether a reader has
/// attached it, so that it can be compared to the byte.
fn withheld(
    snapshot: &Snapshot<'_>,
    id: &Id<Revision>,
    revision: &Revision,
) -> Result<bool, SnapshotError> {
    let length = snapshot.passages(id)?.len_bytes();
    if length != revision.text.bytes {
        let text = format!("states {} bytes, its passages have {length}", revision.text.bytes);
        let place = record_path(id.digest());
        return Err(SnapshotError::Broken(Finding::new(Code::RevisionMismatch, place, text)));
    }
    match snapshot.text(id) {
        Ok(_) => Ok(true),
        Err(SnapshotError::Withheld(_)) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Every file of the tree is named by something.
fn tree(store: &Store, records: &Records, out: &mut Fixity) -> Result<(), StoreError> {
    let mut named: HashMap<String, Code> = HashMap::new();
    for u in records.contents() {
        named.insert(content_path(&u.name), Code::ContentUnnamed);
        if u.salted {
            named.insert(salt_path(&u.name), Code::ContentUnnamed);
        }
    }
    let known: HashSet<Digest> = records.ids().collect();
    let sealed: HashSet<String> = records
        .all()
        .filter_map(|(_, r)| match r {
            Record::Attestation(a) => Some(sig_path(a.subject.digest())),
            _ => None,
        })
        .collect();
    store.walk_names(&mut |path, bytes| {
        out.files += 1;
        if let Err(e) = bytes {
            out.findings.push(Finding::new(Code::FileDamaged, path, e.to_string()));
            return Ok(());
        }
        let finding = if path.starts_with("records/") && path.ends_with(".sig") {
            (!sealed.contains(path))
                .then_some((Code::FileUnknown, "no seal in the log gives this file"))
        } else if path.starts_with("records/") {
            match record_name(path) {
                Some(id) if known.contains(&id) => None,
                Some(_) => Some((Code::RecordUnlogged, "is not in the log")),
                None => Some((Code::FileUnknown, "is not the name of a record")),
            }
        } else if path.starts_with("content/") {
            (!named.contains_key(path)).then_some((Code::ContentUnnamed, "no record names it"))
        } else if path.starts_with("log/")
            || matches!(path, ARCHIVE_TOML | SIGNERS)
            || beside(store, path)
        {
            None
        } else {
            Some((Code::FileUnknown, "does not belong to an archive"))
        };
        if let Some((code, text)) = finding {
            out.findings.push(Finding::new(code, path, text));
        }
        Ok(())
    })
}

/// What a plain folder may hold besides the tree: what an export adds, and the
/// drafts that an archive is made from.
fn beside(store: &Store, path: &str) -> bool {
    !store.is_git()
        && (matches!(path, "README.md" | "MANIFEST.sha256") || path.starts_with("drafts/"))
}

/// The index at hand is the one that the archive gives.
fn index(snapshot: &Snapshot<'_>, at_hand: &Snapshot<'_>, out: &mut Fixity) {
    let stale = |text: String| Finding::new(Code::IndexStale, "index.sqlite", text);
    match at_hand.holds_the_same_as(snapshot) {
        Ok(true) => {}
        Ok(false) => out.findings.push(stale(
            "the index does not hold what the archive gives: delete it, it is made anew".into(),
        )),
        Err(e) => out.findings.push(stale(e.to_string())),
    }
}
