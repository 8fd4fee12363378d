//! Growing the index from the log: cost goes with the entries that are new.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::line;
use super::schema::{self, IndexError};
use super::snapshot::{Bytes, Snapshot};
use crate::digest::Digest;
use crate::model::{Kind, Link, Record};

/// The index of one archive.
pub struct Index {
    conn: Connection,
}

impl Index {
    /// Opens the index file at `path`, making or replacing it when it is not
    /// usable; where no file can be written, the index is in memory.
    ///
    /// # Errors
    /// When SQLite cannot even work in memory.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        match schema::open(Some(path)) {
            Ok(conn) => Ok(Self { conn }),
            Err(_) => Self::in_memory(),
        }
    }

    /// An index in memory, for a plain folder or a test.
    ///
    /// # Errors
    /// When SQLite cannot work.
    pub fn in_memory() -> Result<Self, IndexError> {
        Ok(Self { conn: schema::open(None)? })
    }

    /// How many log entries it holds.
    ///
    /// # Errors
    /// SQLite's.
    pub fn size(&self) -> Result<u64, IndexError> {
        size(&self.conn)
    }

    /// Grows the index to `size` entries. `entry(n)` gives the ids of the
    /// entries from `n` on. An index whose last entry is not the log's is
    /// rebuilt from nothing.
    ///
    /// # Errors
    /// When the archive cannot give a record that its log names.
    pub fn grow(
        &mut self,
        size: u64,
        entries: &dyn Fn(u64) -> Result<Vec<Digest>, String>,
        bytes: &dyn Bytes,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), IndexError> {
        let have = self.size()?;
        if have == size && have > 0 && self.last_is(have, entries)? {
            return Ok(());
        }
        if have > size || (have > 0 && !self.last_is(have, entries)?) {
            self.rebuild()?;
        }
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have grown it while we waited for the lock.
        let from = self::size(&tx)?;
        if from < size {
            let ids = entries(from).map_err(|what| IndexError::Entry { seq: from, what })?;
            for (seq, id) in (from..size).zip(ids) {
                add(&tx, seq, &id, bytes)?;
                progress(seq + 1 - from, size - from);
            }
        }
        tx.commit()?;
        schema::settle(&self.conn);
        Ok(())
    }

    fn last_is(
        &self,
        have: u64,
        entries: &dyn Fn(u64) -> Result<Vec<Digest>, String>,
    ) -> Result<bool, IndexError> {
        let ours: Option<Vec<u8>> = self
            .conn
            .query_row("SELECT id FROM record WHERE seq = ?1", params![have as i64 - 1], |r| {
                r.get(0)
            })
            .optional()?;
        let theirs = entries(have - 1).map_err(|what| IndexError::Entry { seq: have - 1, what })?;
        Ok(matches!((ours, theirs.first()), (Some(a), Some(b)) if a == b.as_bytes()))
    }

    fn rebuild(&mut self) -> Result<(), IndexError> {
        // Emptied in place: another process may have the file open.
        Ok(self.conn.execute_batch(schema::EMPTY)?)
    }

    /// The read face, over the entries that the index holds now.
    ///
    /// # Errors
    /// SQLite's.
    pub fn snapshot<'a>(&'a self, bytes: &'a dyn Bytes) -> Result<Snapshot<'a>, IndexError> {
        Ok(Snapshot::new(&self.conn, bytes, self.size()?))
    }
}

fn size(c: &Connection) -> Result<u64, IndexError> {
    let n: Option<i64> = c.query_row("SELECT max(seq) + 1 FROM record", [], |r| r.get(0))?;
    Ok(n.unwrap_or(0) as u64)
}

fn add(c: &Connection, seq: u64, id: &Digest, bytes: &dyn Bytes) -> Result<(), IndexError> {
    // A record that is damaged or malformed still has its place: `verify`
    // names it, and everything else stays readable.
    let record = bytes.record(id).ok().and_then(|b| Record::decode(&b).ok());
    let kind = record.as_ref().map_or(Kind::Unknown, Record::kind);
    let time = record.as_ref().and_then(Record::time).map(|t| t.unix_seconds());
    let called = record.as_ref().and_then(Record::called);
    c.prepare_cached(
        "INSERT INTO record(seq, id, kind, time, called) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![seq as i64, id.as_bytes().as_slice(), kind.name(), time, called])?;
    let mut insert =
        c.prepare_cached("INSERT OR IGNORE INTO link(target, rel, seq) VALUES (?1, ?2, ?3)")?;
    for (link, target) in record.iter().flat_map(Record::links) {
        insert.execute(params![target.digest().as_bytes().as_slice(), link.name(), seq as i64])?;
    }
    for passage in record.iter().flat_map(Record::passages) {
        insert.execute(params![passage.as_bytes().as_slice(), Link::Passage.name(), seq as i64])?;
    }
    if let Some(Record::Revision(revision)) = &record {
        line::add(c, seq, revision, bytes)?;
    }
    if let Some(Record::History(history)) = &record {
        line::add_history(c, seq, id, history, bytes)?;
    }
    Ok(())
}
