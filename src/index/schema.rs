//! The tables. One row per log entry, one row per link between records, so
//! that a new kind needs no new table; the lines of revisions with their edits,
//! and the ids of revisions inside histories (a history has one row in
//! `revision`, with its first number and how many there are), so that a long
//! history is followed without opening its records.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

/// Raised when the tables change; an index of another version is rebuilt.
const VERSION: i64 = 5;

/// Why the index could not be read or grown.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// SQLite's own word.
    #[error("index: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The archive could not give what the log names.
    #[error("index, entry {seq}: {what}")]
    Entry {
        /// Log index, from 0.
        seq: u64,
        /// What went wrong.
        what: String,
    },
}

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS record(
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  time INTEGER,
  called TEXT
);
CREATE INDEX IF NOT EXISTS record_kind ON record(kind, called);
CREATE TABLE IF NOT EXISTS link(
  target BLOB NOT NULL,
  rel TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY(target, rel, seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS revision(
  seq INTEGER PRIMARY KEY,
  source BLOB NOT NULL,
  number INTEGER NOT NULL,
  count INTEGER NOT NULL,
  parent BLOB,
  whole INTEGER NOT NULL,
  edits INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS revision_number ON revision(source, number);
CREATE TABLE IF NOT EXISTS inner(
  id BLOB PRIMARY KEY,
  seq INTEGER NOT NULL,
  number INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS newest(
  seq INTEGER PRIMARY KEY,
  text TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS strand(
  seq INTEGER NOT NULL,
  start INTEGER NOT NULL,
  strands BLOB NOT NULL,
  PRIMARY KEY(seq, start)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS moved(
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  step INTEGER NOT NULL,
  before INTEGER NOT NULL,
  PRIMARY KEY(seq, n)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS writing(
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  step INTEGER NOT NULL,
  was TEXT NOT NULL,
  PRIMARY KEY(seq, at)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS change(
  seq INTEGER NOT NULL,
  number INTEGER NOT NULL,
  agent TEXT NOT NULL,
  time INTEGER NOT NULL,
  reason TEXT,
  PRIMARY KEY(seq, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS edit(
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  op TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT,
  a INTEGER,
  b INTEGER,
  PRIMARY KEY(seq, n)
) WITHOUT ROWID;
";

/// Every table that the log alone fills, with the order of its rows. What was
/// left there by questions (`newest` and what goes with it) is not among them.
pub(super) const TABLE_ORDER: [(&str, &str); 5] = [
    ("record", "seq"),
    ("link", "target, rel, seq"),
    ("revision", "seq"),
    ("inner", "id"),
    ("edit", "seq, n"),
];

/// Forgets every entry; the tables stay.
pub(super) const EMPTY: &str = "
DELETE FROM record; DELETE FROM link; DELETE FROM revision; DELETE FROM inner; DELETE FROM edit;
DELETE FROM newest; DELETE FROM strand; DELETE FROM moved; DELETE FROM writing;
DELETE FROM change;
";

/// Opens the file, or makes it; a file that is damaged or of another version
/// is replaced. `None` opens an index in memory.
pub(super) fn open(path: Option<&Path>) -> Result<Connection, IndexError> {
    let Some(path) = path else {
        let c = Connection::open_in_memory()?;
        prepare(&c)?;
        return Ok(c);
    };
    match open_file(path) {
        Ok(c) => Ok(c),
        Err(_) => {
            remove(path);
            open_file(path)
        }
    }
}

/// Removes an index file and what SQLite keeps beside it.
pub(super) fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        // A file that is not there is as good as removed.
        let _ = std::fs::remove_file(name);
    }
}

fn open_file(path: &Path) -> Result<Connection, IndexError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let c = Connection::open_with_flags(path, flags)?;
    c.busy_timeout(Duration::from_secs(30))?;
    // The index can be rebuilt, so it need not survive a power cut; it must
    // only never look whole when it is torn, and WAL sees to that.
    c.pragma_update(None, "journal_mode", "WAL")?;
    c.pragma_update(None, "synchronous", "NORMAL")?;
    prepare(&c)?;
    settle(&c);
    Ok(c)
}

/// So many bytes of the WAL may stay: whoever opens the index next reads it all.
const WAL: u64 = 128 * 4096;

/// After much was written: copies the WAL into the file and empties it. That it
/// cannot be done just now, since others read, is no trouble.
pub(super) fn settle(c: &Connection) {
    let wal = c.path().filter(|p| !p.is_empty()).map(|p| format!("{p}-wal"));
    let long = wal.and_then(|wal| std::fs::metadata(wal).ok()).is_some_and(|m| m.len() > WAL);
    if long {
        let _ = c.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }
}

fn prepare(c: &Connection) -> Result<(), IndexError> {
    // Plans do not depend on what is looked for: else each look-up would be
    // planned anew, which takes longer than the look-up.
    c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // Copying the WAL into the file, with its two syncs, is no business of
    // every process that ends: it is done when so many pages have piled up.
    c.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    c.pragma_update(None, "wal_autocheckpoint", 128)?;
    c.set_prepared_statement_cache_capacity(64);
    let version: i64 = c.pragma_query_value(None, "user_version", |r| r.get(0))?;
    if version != VERSION {
        if version != 0 {
            return Err(IndexError::Sqlite(rusqlite::Error::InvalidQuery));
        }
        c.execute_batch(TABLES)?;
        c.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(())
}
