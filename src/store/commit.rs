//! Recording a batch. The order, and what a crash (kill, power failure, full
//! disk) after each step means:
//!
//! 1. *Look*: read the newest state under the lock, check names and sizes,
//!    continue the log in memory, sign its new head. Nothing is on disk.
//! 2. *Stage*: write all new blobs, trees and the commit as one pack under a
//!    temporary name and sync it, likewise its index. A crash leaves
//!    `tmp_variorum_*` files, which no reader looks at and the next writer
//!    removes.
//! 3. *Name* the pack, then the index, and sync their folder. A crash leaves
//!    objects that nothing refers to: the archive is as before, the next
//!    attempt makes the same or another pack, and a compaction folds the
//!    leftover in. After a crash between the two names the next writer gives
//!    the index its name.
//! 4. *Compare and swap* `refs/heads/main` from the state of step 1 to the new
//!    commit; libgit2 writes and syncs `main.lock` and renames it. A crash
//!    before the rename leaves `main.lock`, which the next writer removes (it
//!    holds the only writer's lock); after the rename the batch is recorded.
//! 5. *Sync* `refs/heads`. Only now is the batch acknowledged. After a crash
//!    between 4 and 5 the batch may or may not be there, whole in either case:
//!    nobody was told yet, and recording it again is harmless.
//!
//! Recovery is no code of its own: taking the lock clears steps 2 and 4.
//!
//! A record that is in the archive already is not appended again: it is named
//! in [`Committed::already`]. A batch that brings nothing new makes no commit.
//! So whoever does not know whether an attempt succeeded repeats it.
//!
//! Cost: five syncs (pack, index, folder, ref, folder) whatever the number of
//! records; bytes written are those of the batch and of the folders on the way
//! to them.

use std::collections::HashSet;

use super::StoreError;
use super::archive::{Head, checkpoint, log_error, tile_error};
use super::layout::{
    CHECKPOINT, MAX_RECORD, content_path, is_projection, log_path, record_path, salt_path,
};
use super::lock::Writer;
use super::object::{Commit, Kind, ObjectId};
use super::pack::{PackWriter, remove_pack};
use super::refs;
use super::tree::Changes;
use super::zlib;
use crate::digest::{Digest, Salt, commitment};
use crate::sign::NoteSigner;
use crate::tlog::{self, Checkpoint};

/// What is to be recorded in one state: all of it or nothing.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Records with their names, in the order the log is to have.
    pub records: Vec<(Digest, Vec<u8>)>,
    /// Content objects.
    pub contents: Vec<ContentFile>,
    /// Files that follow from records: `archive.toml`, `keys/…`, seals.
    pub projections: Vec<(String, Vec<u8>)>,
    /// What happened, in words, for `git log`; nothing depends on it.
    pub message: String,
    /// Long bytes are compressed as well as can be at once, which takes a tenth
    /// of a second for a book; otherwise quickly, and well at the next compaction.
    pub dense: bool,
}

/// A content object with its name.
#[derive(Debug, Clone)]
pub struct ContentFile {
    /// SHA-256 of the bytes, or their commitment under `salt`.
    pub name: Digest,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The salt, for what may have to be withheld.
    pub salt: Option<Salt>,
}

impl ContentFile {
    /// Plain content, named by its SHA-256.
    pub fn plain(bytes: Vec<u8>) -> Self {
        Self { name: Digest::of(&bytes), bytes, salt: None }
    }

    /// Content named by its commitment.
    pub fn salted(bytes: Vec<u8>, salt: Salt) -> Self {
        Self { name: commitment(&salt, &bytes), bytes, salt: Some(salt) }
    }
}

/// A batch that is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Log index of the first record of the batch that was new.
    pub first_index: u64,
    /// Entries in the log now.
    pub size: u64,
    /// The log's root now.
    pub root: Digest,
    /// The signed checkpoint.
    pub checkpoint_text: String,
    /// The state's name, as in [`Head::state`].
    pub state: String,
    /// Records of the batch that were in the archive before (or twice in the
    /// batch) and were not appended again.
    pub already: Vec<Digest>,
}

/// Objects for one pack, each once.
#[derive(Default)]
struct Staged {
    seen: HashSet<ObjectId>,
    objects: Vec<(ObjectId, Kind, Vec<u8>)>,
}

impl Staged {
    fn blob(&mut self, bytes: &[u8]) -> ObjectId {
        let id = ObjectId::of(Kind::Blob, bytes);
        self.add(id, Kind::Blob, bytes.to_vec());
        id
    }

    fn add(&mut self, id: ObjectId, kind: Kind, bytes: Vec<u8>) {
        if self.seen.insert(id) {
            self.objects.push((id, kind, bytes));
        }
    }
}

impl Writer<'_> {
    /// Records a batch, durably, and seals the log's new head with `signer`,
    /// whose name is the log's origin. `time` is in seconds since 1970, UTC.
    ///
    /// # Errors
    /// In all cases but one the archive is as before. The one: a failed sync
    /// after the swap (step 5), where the batch is recorded but not known to
    /// be durable; doing it again is safe.
    pub fn commit(
        &mut self,
        batch: Batch,
        signer: &NoteSigner,
        time: i64,
    ) -> Result<Committed, StoreError> {
        let seconds = u64::try_from(time).map_err(|_| StoreError::BadTime(time))?;
        check(&batch)?;
        let objects = self.store.objects()?;
        let before = self.store.newest()?;
        let tree = before.map(|(_, tree)| tree);
        let there = |path: &str| match &tree {
            Some(t) => objects.lookup(t, path),
            None => Ok(None),
        };

        let (mut staged, mut changes) = (Staged::default(), Changes::default());
        let (mut new, mut already, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        for (id, bytes) in &batch.records {
            let path = record_path(id);
            if !seen.insert(*id) || there(&path)?.is_some() {
                already.push(*id);
                continue;
            }
            new.push(*id.as_bytes());
            changes.put(&path, staged.blob(bytes));
        }
        let mut files: Vec<(String, &[u8])> = Vec::new();
        let salts: Vec<String> = batch
            .contents
            .iter()
            .map(|c| c.salt.as_ref().map(|s| s.to_hex() + "\n").unwrap_or_default())
            .collect();
        for (c, salt) in batch.contents.iter().zip(&salts) {
            files.push((content_path(&c.name), &c.bytes));
            if c.salt.is_some() {
                files.push((salt_path(&c.name), salt.as_bytes()));
            }
        }
        files.extend(batch.projections.iter().map(|(p, b)| (p.clone(), b.as_slice())));
        for (path, bytes) in files {
            if there(&path)? != Some((false, ObjectId::of(Kind::Blob, bytes))) {
                changes.put(&path, staged.blob(bytes));
            }
        }

        let head = self.store.head()?;
        let (size, root, text) = if new.is_empty() && head.checkpoint_text.is_some() {
            (head.size, head.root, head.checkpoint_text.clone().unwrap_or_default())
        } else {
            self.continue_log(&head, &new, signer, &mut staged, &mut changes)?
        };
        let mut done = Committed {
            first_index: head.size,
            size,
            root,
            checkpoint_text: text,
            state: head.state,
            already,
        };
        if changes.is_empty() {
            return Ok(done);
        }

        let tree = changes
            .apply(objects, tree.as_ref(), &mut |id, bytes| staged.add(id, Kind::Tree, bytes))?
            .expect("a state has at least its checkpoint");
        let old = before.map(|(id, _)| id);
        let commit =
            Commit { tree, parents: old.into_iter().collect() }.encode(seconds, &batch.message);
        let new_id = ObjectId::of(Kind::Commit, &commit);
        staged.add(new_id, Kind::Commit, commit);

        let mut pack = PackWriter::new(&objects.pack_dir(), staged.objects.len() as u32)?;
        // Commit first, then trees: whoever walks reads them in this order.
        for (id, kind, bytes) in staged.objects.iter().rev() {
            let z = match bytes.len() > LONG {
                true if batch.dense => zlib::deflate(bytes),
                true => zlib::quick(bytes),
                false => zlib::store(bytes),
            };
            pack.add(*id, *kind, bytes.len(), &z)?;
        }
        let (stem, is_new) = pack.finish()?;
        objects.refresh()?;
        if let Err(e) = refs::swap(self.store.path(), &self.repo, old.as_ref(), &new_id) {
            // Unless the swap did happen and only its sync failed.
            if is_new && refs::read(self.store.path())? == old {
                remove_pack(&stem);
                objects.refresh()?;
            }
            return Err(e);
        }
        done.state = new_id.to_string();
        // The batch is recorded: a compaction that fails (a full disk, damage
        // elsewhere) must not say otherwise. The next commit tries again.
        let _ = self.compact_some();
        Ok(done)
    }

    /// Appends to the log and seals it: its new size, root and checkpoint.
    fn continue_log(
        &self,
        head: &Head,
        new: &[[u8; 32]],
        signer: &NoteSigner,
        staged: &mut Staged,
        changes: &mut Changes,
    ) -> Result<(u64, Digest, String), StoreError> {
        let key = signer.verifier_key().name();
        if let Some(text) = &head.checkpoint_text {
            let log = checkpoint(text.as_bytes())?.origin;
            if log != key {
                return Err(StoreError::WrongKey { log, key: key.to_owned() });
            }
        }
        let grown = tlog::append(head.size, new, &|below: &str| self.store.log_file(below))
            .map_err(tile_error)?;
        if grown.old_root != head.root {
            // Going on would sign a log that contradicts its own past.
            return Err(log_error(
                "its tiles do not give the root in its checkpoint; run variorum verify --full",
            ));
        }
        for below in &grown.remove {
            changes.remove(&log_path(below));
        }
        for (below, bytes) in &grown.write {
            changes.put(&log_path(below), staged.blob(bytes));
        }
        let (size, root) = (grown.size, grown.root);
        let text = Checkpoint { origin: key.to_owned(), size, root, extensions: Vec::new() }
            .sign(signer)
            .map_err(log_error)?;
        changes.put(CHECKPOINT, staged.blob(text.as_bytes()));
        Ok((size, root, text))
    }
}

/// Longer bytes are compressed at once, if only quickly: a book need not wait
/// for a compaction.
const LONG: usize = 16 * 1024;

fn check(batch: &Batch) -> Result<(), StoreError> {
    for (id, bytes) in &batch.records {
        if bytes.len() > MAX_RECORD {
            return Err(StoreError::TooLarge { id: *id, bytes: bytes.len() });
        }
        if Digest::of(bytes) != *id {
            return Err(StoreError::Misnamed { path: record_path(id) });
        }
    }
    for c in &batch.contents {
        let name = match &c.salt {
            Some(s) => commitment(s, &c.bytes),
            None => Digest::of(&c.bytes),
        };
        if name != c.name {
            return Err(StoreError::Misnamed { path: content_path(&c.name) });
        }
    }
    match batch.projections.iter().find(|(p, _)| !is_projection(p)) {
        Some((p, _)) => Err(StoreError::BadPath(p.clone())),
        None => Ok(()),
    }
}
