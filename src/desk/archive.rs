//! One archive and its index, opened together.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::digest::Digest;
use crate::index::{Index, Snapshot};
use crate::model::{
    Attestation, Intake, Key, Policy, Record, SealRole, archive_toml, signers_file,
};
use crate::sign::{NoteSigner, SecretKey};
use crate::store::{self, ARCHIVE_TOML, Committed, SIGNERS, Store, sig_path};

use super::batch::Batch;
use super::{Context, DeskError};

/// Name of the index file inside the archive's folder (outside its tree).
pub(super) const INDEX_FILE: &str = "index.sqlite";
/// Name of the archive's key inside its private folder.
pub(super) const KEY_FILE: &str = "archive.key";
/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(60);

/// Ids in one statement of receipt; more would burst a record.
const INTAKE_IDS: usize = 800;

/// An opened archive.
pub struct Archive {
    pub(super) store: Store,
    index: Index,
    dir: PathBuf,
    /// Private texts are as if they were not supplied.
    published: bool,
}

/// How far a long work is: done, of how many, and what it is.
pub type Progress<'p> = &'p mut dyn FnMut(u64, u64, &str);

impl Archive {
    /// Opens the archive in `dir` and brings its index up to its log.
    ///
    /// # Errors
    /// When there is no archive, it is of a later format, or its log is damaged.
    pub fn open(dir: &Path, progress: Progress<'_>) -> Result<Self, DeskError> {
        Self::open_with(dir, None, progress)
    }

    /// The same; the index of a plain folder, into which nothing is written,
    /// is kept in the folder `cache` and used again.
    ///
    /// # Errors
    /// As for [`Self::open`].
    pub fn open_with(
        dir: &Path,
        cache: Option<&Path>,
        progress: Progress<'_>,
    ) -> Result<Self, DeskError> {
        let store = Store::open(dir)?;
        let index = match (store.is_git(), cache) {
            (true, _) => Index::open(&dir.join(INDEX_FILE))?,
            (false, Some(cache)) => Index::open(&cached(cache, dir))?,
            (false, None) => Index::in_memory()?,
        };
        let mut archive = Self { store, index, dir: dir.to_owned(), published: false };
        archive.catch_up(progress)?;
        Ok(archive)
    }

    /// The same archive, with the folder in which this reader keeps attached
    /// texts.
    #[must_use]
    pub fn with_attached(self, dir: PathBuf) -> Self {
        Self { store: self.store.with_attached(dir), ..self }
    }

    /// The same archive for people who may read only what is published: a
    /// private text is then as one that is not supplied.
    #[must_use]
    pub fn published(self) -> Self {
        Self { published: true, ..self }
    }

    /// How many entries the log has by now, whatever the index holds. Cost: one
    /// small file, and the checkpoint when it has changed.
    ///
    /// # Errors
    /// When the checkpoint cannot be read.
    pub fn log_size(&self) -> Result<u64, DeskError> {
        Ok(self.store.head()?.size)
    }

    /// The folder it was opened from.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Everything that the archive holds now.
    ///
    /// # Errors
    /// When the index fails.
    pub fn snapshot(&self) -> Result<Snapshot<'_>, DeskError> {
        Ok(self.index.snapshot(&self.store)?.published(self.published))
    }

    /// Where attached texts are looked up, apart from any lock.
    pub(super) fn attached_texts(
        &self,
    ) -> impl Fn(&Digest) -> Result<Option<Vec<u8>>, DeskError> + use<> {
        let folder = self.store.attached_folder();
        move |sha256| Ok(store::read_attached(folder.as_deref(), sha256)?)
    }

    /// The signed checkpoint of the log, as stored.
    ///
    /// # Errors
    /// When it cannot be read, or there is none.
    pub fn checkpoint(&self) -> Result<String, DeskError> {
        self.store.head()?.checkpoint_text.ok_or_else(|| {
            DeskError::integrity("no-checkpoint", format!("{} has no log", self.dir.display()))
        })
    }

    fn catch_up(&mut self, progress: Progress<'_>) -> Result<(), DeskError> {
        let size = self.store.head()?.size;
        let store = &self.store;
        let entries = |from: u64| store.entries(from..size).map_err(|e| e.to_string());
        self.index.grow(size, &entries, store, &mut |done, of| progress(done, of, "indexing"))?;
        Ok(())
    }

    /// An archive that was just made.
    pub(super) fn fresh(store: Store, index: Index, dir: &Path) -> Self {
        Self { store, index, dir: dir.to_owned(), published: false }
    }

    /// The archive's own key.
    pub(super) fn key(&self) -> Result<SecretKey, DeskError> {
        let pem = self.store.private(KEY_FILE)?;
        SecretKey::from_openssh(&String::from_utf8_lossy(&pem)).map_err(|e| {
            DeskError::refused("archive-key", format!("the archive's key cannot be read: {e}"))
        })
    }

    /// Records what `build` makes of the archive as it stands under the
    /// writer's lock. With `dry_run` nothing is written.
    pub(super) fn write<T>(
        &mut self,
        context: &Context,
        dry_run: bool,
        build: impl FnOnce(&Snapshot<'_>, &mut Batch<'_>) -> Result<T, DeskError>,
    ) -> Result<(T, Option<Committed>), DeskError> {
        // Before the lock: a reader must not make writers wait to be refused.
        let key = self.key()?;
        let mut writer = self.store.lock(PATIENCE)?;
        let size = writer.head()?.size;
        {
            let store = &self.store;
            let entries = |from: u64| store.entries(from..size).map_err(|e| e.to_string());
            self.index.grow(size, &entries, store, &mut |_, _| {})?;
        }
        let snapshot = self.index.snapshot(&self.store)?.published(self.published);
        let policy = snapshot
            .policy()?
            .ok_or_else(|| DeskError::integrity("no-policy", "the archive has no policy record"))?;
        let mut batch = Batch::new(policy.record.origin.clone(), context);
        let out = build(&snapshot, &mut batch)?;
        if dry_run || batch.records.is_empty() {
            return Ok((out, None));
        }
        let batch = close(&snapshot, batch, &key)?;
        let signer = note_signer(&policy.record.origin, &key)?;
        let committed = writer.commit(batch, &signer, context.now.unix_seconds())?;
        drop(writer);
        self.catch_up(&mut |_, _, _| {})?;
        Ok((out, Some(committed)))
    }

    /// Writes the first batch of a new archive.
    pub(super) fn found(
        &mut self,
        context: &Context,
        origin: &str,
        key: &SecretKey,
        build: impl FnOnce(&mut Batch<'_>) -> Result<(), DeskError>,
    ) -> Result<Committed, DeskError> {
        let mut writer = self.store.lock(PATIENCE)?;
        let mut batch = Batch::new(origin.to_string(), context);
        build(&mut batch)?;
        let snapshot = self.index.snapshot(&self.store)?;
        let batch = close(&snapshot, batch, key)?;
        let committed =
            writer.commit(batch, &note_signer(origin, key)?, context.now.unix_seconds())?;
        drop(writer);
        self.catch_up(&mut |_, _, _| {})?;
        Ok(committed)
    }
}

/// The index file of a plain folder in a folder of such, by where it lies.
fn cached(cache: &Path, dir: &Path) -> PathBuf {
    // Where no folder can be made, the index is in memory.
    let _ = std::fs::create_dir_all(cache);
    let real = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let name = Digest::of(real.as_os_str().as_encoded_bytes());
    cache.join(format!("{}.sqlite", name.short(32)))
}

/// The signer of checkpoints: named by the origin (C2SP signed-note).
pub(super) fn note_signer(origin: &str, key: &SecretKey) -> Result<NoteSigner, DeskError> {
    NoteSigner::new(origin, key.clone()).map_err(|e| {
        DeskError::usage("origin", format!("{origin:?} cannot name a log: {e}"))
            .hint("use a name like notes.example.org/ferry")
    })
}

/// Adds the archive's statement of receipt and the files that follow from
/// the records.
fn close(
    snapshot: &Snapshot<'_>,
    mut batch: Batch<'_>,
    key: &SecretKey,
) -> Result<store::Batch, DeskError> {
    // What came from another archive is stated by an import record instead.
    let ids: Vec<_> = batch.records.iter().skip(batch.foreign).map(|(id, ..)| *id).collect();
    for ids in ids.chunks(INTAKE_IDS) {
        let intake = batch.record(Intake {
            origin: batch.origin.clone(),
            received: batch.now,
            ids: ids.to_vec(),
        })?;
        batch.seal(&intake, SealRole::Receive, key)?;
    }

    let mut projections = Vec::new();
    if batch.changes_projections() {
        let policy = match batch.newest::<Policy>() {
            Some(p) => p,
            None => snapshot.policy()?.map(|p| p.record).ok_or_else(|| {
                DeskError::integrity("no-policy", "the archive has no policy record")
            })?,
        };
        projections.push((ARCHIVE_TOML.to_string(), archive_toml(&policy)));
        let mut keys: Vec<Key> = snapshot.all::<Key>()?.into_iter().map(|k| k.record).collect();
        keys.extend(batch.records.iter().filter_map(|(.., r)| match r {
            Record::Key(k) => Some(k.clone()),
            _ => None,
        }));
        let signers =
            signers_file(&keys).map_err(|e| DeskError::usage("allowed-signers", e.to_string()))?;
        projections.push((SIGNERS.to_string(), signers.into_bytes()));
    }
    for (.., record) in &batch.records {
        if let Record::Attestation(Attestation { subject, signature, .. }) = record {
            let path = sig_path(subject.digest());
            // The first seal is the maker's own.
            if projections.iter().all(|(p, _)| *p != path) {
                projections.push((path, signature.clone().into_bytes()));
            }
        }
    }
    let message =
        batch.records.iter().map(|(.., r)| r.kind().word()).collect::<Vec<_>>().join(", ");
    let records = batch.records.into_iter().map(|(id, bytes, _)| (*id.digest(), bytes)).collect();
    let dense = batch.dense;
    Ok(store::Batch { records, contents: batch.contents, projections, message, dense })
}
