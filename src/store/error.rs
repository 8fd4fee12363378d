//! What can go wrong in the store: each error names the value, the place and
//! the next step.

use std::io;
use std::path::{Path, PathBuf};

use crate::digest::Digest;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is nothing at this path.
    #[error("there is no archive at {}: no such folder. Make one with: variorum init {}", path.display(), path.display())]
    Missing {
        /// The path that was given.
        path: PathBuf,
    },
    /// Something lies there, but no archive.
    #[error("{} is not an archive ({found}). Make one in an empty folder with: variorum init FOLDER", path.display())]
    NotAnArchive {
        /// The path that was given.
        path: PathBuf,
        /// What lies there instead.
        found: String,
    },
    /// A later program made the archive.
    #[error("{} is an archive of format {found}; this program knows format {known}. Use a newer variorum", path.display())]
    FutureFormat {
        /// The archive.
        path: PathBuf,
        /// The format it names.
        found: String,
        /// The newest format this program knows.
        known: u32,
    },
    /// `init` was given a folder that holds something.
    #[error("{} is not empty (it holds {}). Choose an empty or new folder", path.display(), names.join(", "))]
    NotEmpty {
        /// The folder.
        path: PathBuf,
        /// The first names found in it.
        names: Vec<String>,
    },
    /// The private folder would be published with the archive.
    #[error("the private folder {} lies inside the archive {}: keys would be copied with it. Choose a folder outside", private.display(), path.display())]
    PrivateInside {
        /// The archive.
        path: PathBuf,
        /// The private folder that was asked for.
        private: PathBuf,
    },
    /// A plain folder, a clone, or an archive without a private folder.
    #[error("{} can only be read ({why}). To write, give a copy of it an origin of its own with: variorum init NEW-FOLDER --from {}", path.display(), path.display())]
    ReadOnly {
        /// The archive.
        path: PathBuf,
        /// What makes it read-only.
        why: &'static str,
    },
    /// Another writer did not finish in time.
    #[error("another writer{} has held {} for {age_seconds} s. Wait for it to finish, then try again", pid.map(|p| format!(" (process {p})")).unwrap_or_default(), path.display())]
    Busy {
        /// The lock file.
        path: PathBuf,
        /// The process that took it, as it wrote itself down.
        pid: Option<u32>,
        /// How long ago it took the lock, in seconds.
        age_seconds: u64,
    },
    /// The ref moved although we held the lock: something other than this
    /// program writes to the archive.
    #[error("{} was changed by another program while this one held the lock: nothing was recorded. Try again; if it happens again, find what else writes there", path.display())]
    Moved {
        /// The ref that moved.
        path: PathBuf,
    },
    /// No record of this name.
    #[error("there is no record {0}")]
    NoRecord(Digest),
    /// No content of this name.
    #[error("there is no content {0}: it was never recorded here, or has been withheld")]
    NoContent(Digest),
    /// No file at this path of the archive.
    #[error("the archive has no file {0}")]
    NoFile(String),
    /// Stored bytes are not what their name says.
    #[error(
        "damaged: {path} ({place}): {what}. Restore that file from a copy; variorum verify --full lists everything damaged"
    )]
    Damaged {
        /// The path in the archive, or the file itself where it serves many.
        path: String,
        /// The file on disk and, for a pack, the byte offset in it.
        place: String,
        /// What is wrong.
        what: String,
    },
    /// A record longer than [`super::MAX_RECORD`].
    #[error(
        "record {id} has {bytes} bytes; a record has at most 65536. Put long text into a content object"
    )]
    TooLarge {
        /// The record.
        id: Digest,
        /// Its length in bytes.
        bytes: usize,
    },
    /// Bytes handed in do not have the name they were handed in under.
    #[error("the bytes handed in for {path} do not have that name: nothing was recorded")]
    Misnamed {
        /// Where they should have gone.
        path: String,
    },
    /// A projection at a place where none may lie.
    #[error("nothing may be written at {0:?} in an archive")]
    BadPath(String),
    /// The key does not belong to this log.
    #[error(
        "the log of this archive is {log:?}, but the key signs for {key:?}: nothing was recorded"
    )]
    WrongKey {
        /// The origin in the checkpoint.
        log: String,
        /// The key's name.
        key: String,
    },
    /// The log's own files contradict each other or the format.
    #[error("the log cannot be continued: {what}")]
    Log {
        /// What the log room said.
        what: String,
    },
    /// A time before 1970.
    #[error("{0} is not a time a commit can carry (seconds since 1970)")]
    BadTime(i64),
    /// The operating system refused.
    #[error("cannot {doing} {}: {source}{}", path.display(), hint(source))]
    Io {
        /// What was being done: "read", "write", …
        doing: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// The system's own words.
        #[source]
        source: io::Error,
    },
    /// libgit2 refused.
    #[error("cannot {doing} {}: {source}", path.display())]
    Git {
        /// What was being done.
        doing: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// libgit2's own words.
        #[source]
        source: git2::Error,
    },
}

fn hint(e: &io::Error) -> &'static str {
    match e.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            ". Nothing was recorded; make room and try again"
        }
        io::ErrorKind::PermissionDenied => ". Check who owns the folder",
        _ => "",
    }
}

impl StoreError {
    /// For `map_err`: the system refused `doing` at `path`.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }

    /// For `map_err`: libgit2 refused `doing` at `path`.
    pub(super) fn git(doing: &'static str, path: &Path) -> impl FnOnce(git2::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Git { doing, path, source }
    }

    /// Names the archive path in a damage report that only knew the place.
    pub(super) fn at(self, archive_path: &str) -> Self {
        match self {
            Self::Damaged { place, what, .. } => {
                Self::Damaged { path: archive_path.to_owned(), place, what }
            }
            e => e,
        }
    }
}
