//! Opening, making and reading an archive.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use git2::{Repository, RepositoryInitOptions};

use super::config::{Config, FORMAT, check_value};
use super::find::Objects;
use super::layout::{ARCHIVE_TOML, CHECKPOINT, content_path, log_path, record_path, salt_path};
use super::object::ObjectId;
use super::sync::sync_dir;
use super::{StoreError, loose, plain, refs};
use crate::digest::{Digest, Salt, commitment};
use crate::sign::Note;
use crate::tlog::{self, Checkpoint, TileError};

/// How to make an archive.
#[derive(Debug, Clone)]
pub struct InitConfig {
    /// The folder for the archive's key and contacts: never inside the
    /// archive's own folder, which people copy and zip. Made when missing,
    /// readable by its owner only.
    pub private_dir: PathBuf,
}

/// An archive: a bare git repository that can be written, or a plain folder
/// of the same layout that can only be read.
///
/// Reading takes no lock and may go on while other processes write. It never
/// goes through libgit2, so damage is an error that names the place.
pub struct Store {
    root: PathBuf,
    body: Body,
    pub(super) attached: Option<PathBuf>,
}

enum Body {
    Git {
        objects: Box<Objects>,
        config: Config,
        /// The newest commit seen and its tree.
        newest: Mutex<Option<(ObjectId, ObjectId)>>,
    },
    Plain,
}

/// One state of an archive, as its checkpoint describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The signed checkpoint; `None` before the first record.
    pub checkpoint_text: Option<String>,
    /// Entries in the log.
    pub size: u64,
    /// RFC 6962 root over them.
    pub root: Digest,
    /// Names the state: changes whenever anything in the archive changes.
    pub state: String,
}

impl Store {
    /// Makes an empty archive in `dir`, which must be new or empty.
    ///
    /// # Errors
    /// `NotEmpty` names what is there; `PrivateInside` when keys would lie in
    /// the archive.
    pub fn init(dir: &Path, config: &InitConfig) -> Result<Self, StoreError> {
        let absolute = |p: &Path| std::path::absolute(p).map_err(StoreError::io("find", p));
        let (dir, private) = (absolute(dir)?, absolute(&config.private_dir)?);
        let there = loose::listing(&dir)?;
        if !there.is_empty() {
            let mut names: Vec<String> = there.into_iter().take(6).map(|(_, _, n)| n).collect();
            if names.len() == 6 {
                names[5] = "…".into();
            }
            return Err(StoreError::NotEmpty { path: dir, names });
        }
        if private.starts_with(&dir) {
            return Err(StoreError::PrivateInside { path: dir, private });
        }
        make_private_dir(&private)?;
        fs::create_dir_all(&dir).map_err(StoreError::io("make", &dir))?;
        // The same question again for folders reached through links.
        let real = |p: &Path| p.canonicalize().map_err(StoreError::io("find", p));
        if real(&private)?.starts_with(real(&dir)?) {
            return Err(StoreError::PrivateInside { path: dir, private });
        }

        let mut options = RepositoryInitOptions::new();
        options.bare(true).no_reinit(true).external_template(false).initial_head("main");
        let repo = Repository::init_opts(&dir, &options).map_err(StoreError::git("make", &dir))?;
        let private_text = private.to_str().ok_or_else(|| StoreError::Io {
            doing: "write the name of",
            path: private.clone(),
            source: std::io::Error::new(std::io::ErrorKind::InvalidFilename, "it is not UTF-8"),
        })?;
        let format = FORMAT.to_string();
        let set = || -> Result<(), git2::Error> {
            let mut c = repo.config()?.open_level(git2::ConfigLevel::Local)?;
            // libgit2 syncs objects and refs only when told; it reads this
            // when the repository is opened.
            c.set_bool("core.fsyncObjectFiles", true)?;
            c.set_str("variorum.private", private_text)?;
            c.set_str("variorum.check", &check_value(&format, private_text))?;
            c.set_str("variorum.format", &format)
        };
        set().map_err(StoreError::git("configure", &dir))?;
        drop(repo);
        // Nobody edits an archive by hand: git's sample files say nothing here.
        for extra in ["hooks", "info", "description", "branches"] {
            let p = dir.join(extra);
            let _ = if p.is_dir() { fs::remove_dir_all(&p) } else { fs::remove_file(&p) };
        }
        for file in ["config", "HEAD"] {
            let p = dir.join(file);
            fs::File::open(&p).and_then(|f| f.sync_all()).map_err(StoreError::io("sync", &p))?;
        }
        for sub in
            ["objects/pack", "objects/info", "objects", "refs/heads", "refs/tags", "refs", ""]
        {
            let p = dir.join(sub);
            if p.is_dir() {
                sync_dir(&p)?;
            }
        }
        if let Some(parent) = dir.parent() {
            sync_dir(parent)?;
        }
        Self::open(&dir)
    }

    /// Opens an archive: a bare repository, or a plain folder of the layout
    /// (which a checkout of a clone is, too).
    ///
    /// # Errors
    /// `Missing`, `NotAnArchive` and `FutureFormat` tell three cases apart.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let root = std::path::absolute(dir).map_err(StoreError::io("find", dir))?;
        let not_an_archive = |found: &str| StoreError::NotAnArchive {
            path: dir.to_owned(),
            found: found.to_owned(),
        };
        match fs::metadata(&root) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::Missing { path: dir.to_owned() });
            }
            Err(e) => return Err(StoreError::io("open", &root)(e)),
            Ok(m) if !m.is_dir() => return Err(not_an_archive("it is a file")),
            Ok(_) => {}
        }
        let has = |name: &str| root.join(name).exists();
        let git = [has("HEAD"), has("objects"), has("refs"), has("config")]
            .iter()
            .filter(|b| **b)
            .count();
        if git >= 3 && !has(ARCHIVE_TOML) {
            // One missing piece is damage, and said by whoever needs it.
            let config = Config::read(&root)?;
            config.check_format(&root)?;
            let objects = Box::new(Objects::new(root.join("objects")));
            return Ok(Self {
                root,
                body: Body::Git { objects, config, newest: Mutex::default() },
                attached: None,
            });
        }
        let plain = Self { root, body: Body::Plain, attached: None };
        match plain.file(ARCHIVE_TOML) {
            Ok(text) => {
                plain.check_plain_format(&text)?;
                Ok(plain)
            }
            Err(StoreError::NoFile(_)) if plain.root.join("log/checkpoint").exists() => Ok(plain),
            Err(StoreError::NoFile(_)) if loose::listing(&plain.root)?.is_empty() => {
                Err(not_an_archive("an empty folder"))
            }
            Err(StoreError::NoFile(_)) => Err(not_an_archive("a folder without archive.toml")),
            Err(e) => Err(e),
        }
    }

    /// A plain folder has no git config: its description names the format.
    fn check_plain_format(&self, text: &[u8]) -> Result<(), StoreError> {
        let text = String::from_utf8_lossy(text);
        let top = text.lines().take_while(|l| !l.starts_with('['));
        let found = top
            .filter_map(|l| l.strip_prefix("kind = "))
            .filter_map(|v| v.trim().trim_matches('"').strip_prefix("archive/"))
            .map(str::to_owned)
            .next();
        match found {
            Some(f) if f.parse::<u32>().is_ok_and(|n| n > FORMAT) => {
                Err(StoreError::FutureFormat { path: self.root.clone(), found: f, known: FORMAT })
            }
            _ => Ok(()),
        }
    }

    /// The archive's folder.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Whether [`Store::lock`] can succeed: a git archive that has a private
    /// folder (a clone has none until it gets an origin of its own).
    pub fn is_writable(&self) -> bool {
        self.writable().is_ok()
    }

    /// The private data folder: the archive's key, contacts, attached texts.
    pub fn private_dir(&self) -> Option<PathBuf> {
        match &self.body {
            Body::Git { config, .. } => config.private(),
            Body::Plain => None,
        }
    }

    pub(super) fn writable(&self) -> Result<&Path, StoreError> {
        let why = match &self.body {
            Body::Plain => "it is a plain folder",
            Body::Git { config, .. } if config.private().is_none() => {
                "it names no private folder: a clone, or not made by this program"
            }
            Body::Git { .. } => return Ok(&self.root),
        };
        Err(StoreError::ReadOnly { path: self.root.clone(), why })
    }

    pub(super) fn objects(&self) -> Result<&Objects, StoreError> {
        match &self.body {
            Body::Git { objects, .. } => Ok(objects),
            Body::Plain => {
                Err(StoreError::ReadOnly { path: self.root.clone(), why: "it is a plain folder" })
            }
        }
    }

    /// Whether it is a git repository, and not a plain folder.
    pub fn is_git(&self) -> bool {
        matches!(self.body, Body::Git { .. })
    }

    /// The newest commit and its tree.
    pub(super) fn newest(&self) -> Result<Option<(ObjectId, ObjectId)>, StoreError> {
        let Some(id) = refs::read(&self.root)? else { return Ok(None) };
        let Body::Git { objects, newest, .. } = &self.body else { return Ok(None) };
        let mut newest = newest.lock().unwrap_or_else(PoisonError::into_inner);
        if newest.is_none_or(|(known, _)| known != id) {
            *newest = Some((id, objects.commit(&id).map_err(|e| e.at(refs::MAIN))?.tree));
        }
        Ok(*newest)
    }

    /// The newest state.
    ///
    /// # Errors
    /// `Damaged` when its checkpoint cannot be read, `Log` when it is not one.
    pub fn head(&self) -> Result<Head, StoreError> {
        let (state, text) = match &self.body {
            Body::Git { objects, .. } => match self.newest()? {
                None => ("empty".to_owned(), None),
                Some((id, tree)) => (id.to_string(), objects.file(&tree, CHECKPOINT)?),
            },
            Body::Plain => {
                let text = plain::file(&self.root, CHECKPOINT)?;
                (format!("plain {}", Digest::of(text.as_deref().unwrap_or_default())), text)
            }
        };
        let Some(text) = text else {
            return Ok(Head { checkpoint_text: None, size: 0, root: Digest::of(b""), state });
        };
        let c = checkpoint(&text)?;
        let text = String::from_utf8(text).map_err(|_| log_error("the checkpoint is not UTF-8"))?;
        Ok(Head { checkpoint_text: Some(text), size: c.size, root: c.root, state })
    }

    /// The bytes of a record, hashed on the way.
    ///
    /// # Errors
    /// `NoRecord`; `Damaged` when the stored bytes are not the record.
    pub fn record(&self, id: &Digest) -> Result<Vec<u8>, StoreError> {
        let path = record_path(id);
        let bytes = self.read(&path)?.ok_or(StoreError::NoRecord(*id))?;
        self.named(Digest::of(&bytes) == *id, path, bytes)
    }

    /// Whether a record of this name is in the archive (its bytes unread).
    ///
    /// # Errors
    /// `Damaged` when a folder on the way is.
    pub fn has_record(&self, id: &Digest) -> Result<bool, StoreError> {
        self.has(&record_path(id))
    }

    /// The bytes of a content object, checked against its name: their
    /// SHA-256, or their commitment under the salt beside them.
    ///
    /// # Errors
    /// `NoContent`; `Damaged` when the stored bytes are not that content.
    pub fn content(&self, name: &Digest) -> Result<Vec<u8>, StoreError> {
        let path = content_path(name);
        let bytes = self.read(&path)?.ok_or(StoreError::NoContent(*name))?;
        let good = Digest::of(&bytes) == *name
            || self.salt(name)?.is_some_and(|s| commitment(&s, &bytes) == *name);
        self.named(good, path, bytes)
    }

    /// The salt of a content object; `None` when it is plain.
    ///
    /// # Errors
    /// `Damaged` when the file is not a salt.
    pub fn salt(&self, name: &Digest) -> Result<Option<Salt>, StoreError> {
        let path = salt_path(name);
        let Some(bytes) = self.read(&path)? else { return Ok(None) };
        let salt = std::str::from_utf8(&bytes)
            .ok()
            .and_then(|t| Salt::from_hex(t.strip_suffix('\n')?).ok());
        salt.map(Some)
            .ok_or_else(|| self.misfit(&path, "not 64 hexadecimal digits and a line feed"))
    }

    /// The ids of the records with these log indexes, in order.
    ///
    /// # Errors
    /// `Log` when the range is not in the log or its files do not fit.
    pub fn entries(&self, range: std::ops::Range<u64>) -> Result<Vec<Digest>, StoreError> {
        let size = self.head()?.size;
        let found =
            tlog::entries(range, size, &|below: &str| self.log_file(below)).map_err(tile_error)?;
        Ok(found.into_iter().map(Digest::from_bytes).collect())
    }

    /// A file of the log, by its path below `log/` (`tile/0/000`).
    ///
    /// # Errors
    /// `NoFile`, `Damaged`.
    pub fn log_file(&self, below: &str) -> Result<Vec<u8>, StoreError> {
        self.file(&log_path(below))
    }

    /// Any file of the newest state, by its path.
    ///
    /// # Errors
    /// `NoFile`, `Damaged`.
    pub fn file(&self, path: &str) -> Result<Vec<u8>, StoreError> {
        self.read(path)?.ok_or_else(|| StoreError::NoFile(path.to_owned()))
    }

    /// Writes a new file into the private folder, readable by its owner only,
    /// durably.
    ///
    /// # Errors
    /// When there is no private folder, or the file is there already.
    pub fn put_private(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        self.writable()?;
        let dir = self.private_dir().unwrap_or_default();
        let path = dir.join(name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let write = |mut f: fs::File| f.write_all(bytes).and_then(|()| f.sync_all());
        let mut made = options.open(&path).map_err(StoreError::io("write", &path))?;
        made.flush().and_then(|()| write(made)).map_err(StoreError::io("write", &path))?;
        sync_dir(&dir)?;
        Ok(path)
    }

    pub(super) fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match &self.body {
            Body::Git { objects, .. } => match self.newest()? {
                Some((_, tree)) => objects.file(&tree, path),
                None => Ok(None),
            },
            Body::Plain => plain::file(&self.root, path),
        }
    }

    fn has(&self, path: &str) -> Result<bool, StoreError> {
        match &self.body {
            Body::Git { objects, .. } => match self.newest()? {
                Some((_, tree)) => Ok(objects.lookup(&tree, path)?.is_some()),
                None => Ok(false),
            },
            Body::Plain => Ok(plain::file(&self.root, path)?.is_some()),
        }
    }

    fn named(&self, good: bool, path: String, bytes: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        if good {
            Ok(bytes)
        } else {
            Err(self.misfit(&path, "its bytes do not have the hash in its name"))
        }
    }

    fn misfit(&self, path: &str, what: &str) -> StoreError {
        let place = if self.is_git() { self.root.join("objects") } else { self.root.join(path) };
        StoreError::Damaged {
            path: path.to_owned(),
            place: place.display().to_string(),
            what: what.to_owned(),
        }
    }
}

/// The checkpoint inside a signed note; the signature is the reader's business.
pub(super) fn checkpoint(note: &[u8]) -> Result<Checkpoint, StoreError> {
    let note = Note::parse(note).map_err(log_error)?;
    Checkpoint::parse(note.unverified_text()).map_err(log_error)
}

pub(super) fn log_error(e: impl ToString) -> StoreError {
    StoreError::Log { what: e.to_string() }
}

/// A file of the log that could not be read says so itself.
pub(super) fn tile_error(e: TileError<StoreError>) -> StoreError {
    match e {
        TileError::Read { error, .. } => error,
        e => log_error(e),
    }
}

fn make_private_dir(dir: &Path) -> Result<(), StoreError> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(StoreError::io("make", dir))?;
    dir.parent().map_or(Ok(()), sync_dir)
}
