//! The newest text of a history as the index keeps it: the text, where each
//! stretch of it comes from, and what each change says. It is made once, by
//! taking every step ([`Weaver`]), and left in the index, so that the newest
//! text is opened, and the story of one word told, without taking them again.
//! It is believed no more than the rest of the index: a text that comes from
//! here is compared with its root, and an index that lacks all this gives the
//! same answers, later.
//!
//! Cost: the text and some 40 bytes a change on disk. One word: a block of 256
//! stretches and a row for each move and for what stood there before.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use super::inside::Inside;
use super::schema::settle;
use super::snapshot::{Snapshot, SnapshotError};
use crate::attribution::{Strand, Weaver, put_number, take_number};
use crate::dates::Timestamp;

/// Stretches in one row.
const BLOCK: usize = 256;

/// What is known of a word in the newest text of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordStory {
    /// The number in the history of the revision that wrote it; 0 is the text
    /// that all begins with.
    pub written: u64,
    /// What stood there before it was written; none where nothing did.
    pub was: Option<String>,
    /// The revisions that moved it, the last one first.
    pub moved: Vec<u64>,
}

/// What the list of changes says of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeTold {
    /// Who made it.
    pub agent: String,
    /// When.
    pub time: Timestamp,
    /// Why.
    pub reason: Option<String>,
}

impl Snapshot<'_> {
    /// The newest text of a history, where the index has it.
    pub(super) fn kept_newest(&self, seq: u64) -> Result<Option<Arc<str>>, SnapshotError> {
        let text: Option<String> = self
            .conn
            .prepare_cached("SELECT text FROM newest WHERE seq = ?1")?
            .query_row(params![seq as i64], |r| r.get(0))
            .optional()?;
        Ok(text.map(Into::into))
    }

    /// Leaves the newest text of a history in the index. A file that cannot be
    /// written is no trouble: the next question takes the steps again.
    pub(super) fn keep_newest(&self, inside: &Inside, text: &str, weaver: &Weaver) {
        let kept = || -> rusqlite::Result<()> {
            let tx = self.conn.unchecked_transaction()?;
            put(&tx, inside, text, weaver)?;
            tx.commit()
        };
        let _ = kept();
        settle(self.conn);
    }

    /// Every stretch of the newest text of a history, in order, with its
    /// length. Takes the steps where the index does not have them.
    ///
    /// # Errors
    /// A finding when the text cannot be made.
    pub fn strands(&self, inside: &Inside) -> Result<Vec<(usize, Strand)>, SnapshotError> {
        let id = inside.id_of(inside.last());
        // Makes them where they are missing.
        self.text(&id)?;
        let mut out = Vec::new();
        let mut query =
            self.conn.prepare_cached("SELECT strands FROM strand WHERE seq = ?1 ORDER BY start")?;
        let mut rows = query.query(params![inside.seq as i64])?;
        while let Some(row) = rows.next()? {
            out.extend(strands_of(row.get_ref(0)?.as_blob().unwrap_or_default()));
        }
        let bytes = out.iter().map(|(len, _)| *len as u64).sum::<u64>();
        if bytes == inside.bytes(inside.last()) {
            return Ok(out);
        }
        let mut weaver = Weaver::new(&self.first_text(inside)?);
        self.weave(inside, &mut weaver, inside.last())?;
        Ok(weaver.strands())
    }

    /// The story of the word at a byte of the newest text of the history at
    /// `seq`; none where the index does not have it yet.
    ///
    /// # Errors
    /// When the index fails.
    pub fn word_story(&self, seq: u64, byte: usize) -> Result<Option<WordStory>, SnapshotError> {
        let block: Option<(i64, Vec<u8>)> = self
            .conn
            .prepare_cached(
                "SELECT start, strands FROM strand WHERE seq = ?1 AND start <= ?2
                  ORDER BY start DESC LIMIT 1",
            )?
            .query_row(params![seq as i64, byte as i64], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?;
        let Some((start, blob)) = block else { return Ok(None) };
        let mut at = start as usize;
        let found = strands_of(&blob).into_iter().find_map(|(len, strand)| {
            let inside = byte < at + len;
            at += len;
            inside.then_some(strand)
        });
        let Some(strand) = found else { return Ok(None) };
        let mut moved = Vec::new();
        let mut next = strand.moved;
        while next > 0 {
            let (step, before): (i64, i64) = self
                .conn
                .prepare_cached("SELECT step, before FROM moved WHERE seq = ?1 AND n = ?2")?
                .query_row(params![seq as i64, next], |r| Ok((r.get(0)?, r.get(1)?)))?;
            moved.push(step as u64);
            // Each move names an earlier one.
            next = u32::try_from(before).unwrap_or(0).min(next - 1);
        }
        let was = self.stood_before(seq, &strand)?;
        Ok(Some(WordStory { written: u64::from(strand.step), was, moved }))
    }

    fn stood_before(&self, seq: u64, strand: &Strand) -> Result<Option<String>, SnapshotError> {
        let row: Option<(i64, String)> = self
            .conn
            .prepare_cached(
                "SELECT step, was FROM writing WHERE seq = ?1 AND at <= ?2
                  ORDER BY at DESC LIMIT 1",
            )?
            .query_row(params![seq as i64, strand.at as i64], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?;
        Ok(row
            .filter(|(step, was)| *step == i64::from(strand.step) && !was.is_empty())
            .map(|r| r.1))
    }

    /// What the list of changes says of revision `number` of the history at
    /// `seq`; none where the index does not have it yet.
    ///
    /// # Errors
    /// When the index fails.
    pub fn change_told(&self, seq: u64, number: u64) -> Result<Option<ChangeTold>, SnapshotError> {
        let told: Option<(String, i64, Option<String>)> = self
            .conn
            .prepare_cached(
                "SELECT agent, time, reason FROM change WHERE seq = ?1 AND number = ?2",
            )?
            .query_row(params![seq as i64, number as i64], |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?))
            })
            .optional()?;
        Ok(told.and_then(|(agent, time, reason)| {
            let time = Timestamp::from_unix_seconds(time)?;
            Some(ChangeTold { agent, time, reason })
        }))
    }
}

fn put(c: &Connection, inside: &Inside, text: &str, weaver: &Weaver) -> rusqlite::Result<()> {
    let seq = inside.seq as i64;
    for table in ["newest", "strand", "moved", "writing", "change"] {
        c.execute(&format!("DELETE FROM {table} WHERE seq = ?1"), params![seq])?;
    }
    c.execute("INSERT INTO newest(seq, text) VALUES (?1, ?2)", params![seq, text])?;
    let mut insert =
        c.prepare_cached("INSERT INTO strand(seq, start, strands) VALUES (?1, ?2, ?3)")?;
    let mut start = 0;
    for block in weaver.strands().chunks(BLOCK) {
        let mut blob = Vec::with_capacity(BLOCK * 8);
        for (len, strand) in block {
            for n in [*len, strand.at, strand.step as usize, strand.moved as usize] {
                put_number(&mut blob, n as u64);
            }
        }
        insert.execute(params![seq, start as i64, blob])?;
        start += block.iter().map(|(len, _)| len).sum::<usize>();
    }
    let mut insert =
        c.prepare_cached("INSERT INTO moved(seq, n, step, before) VALUES (?1, ?2, ?3, ?4)")?;
    for (n, m) in (1i64..).zip(weaver.moves()) {
        insert.execute(params![seq, n, m.step, m.before])?;
    }
    let mut insert =
        c.prepare_cached("INSERT INTO writing(seq, at, step, was) VALUES (?1, ?2, ?3, ?4)")?;
    for w in weaver.writings() {
        insert.execute(params![seq, w.at as i64, w.step, w.was])?;
    }
    let mut insert = c.prepare_cached(
        "INSERT INTO change(seq, number, agent, time, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for n in 1..=inside.last() {
        let (Some(step), Some(agent)) = (inside.step(n), inside.agent(n)) else { continue };
        insert.execute(params![seq, n as i64, agent, step.time.unix_seconds(), step.reason])?;
    }
    Ok(())
}

/// The stretches of a block; a damaged one gives fewer.
fn strands_of(mut blob: &[u8]) -> Vec<(usize, Strand)> {
    let mut next = || take_number(&mut blob);
    let mut out = Vec::with_capacity(BLOCK);
    while let (Some(len), Some(at), Some(step), Some(moved)) = (next(), next(), next(), next()) {
        let (Ok(step), Ok(moved)) = (u32::try_from(step), u32::try_from(moved)) else { break };
        out.push((len as usize, Strand { at: at as usize, step, moved }));
    }
    out
}
