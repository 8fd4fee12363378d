//! A history as it was read, and what the index keeps of it.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension, params};

use crate::dates::Timestamp;
use crate::digest::{Digest, Id};
use crate::model::{History, HistoryEdits, HistoryStep, Revision, inner_number};
use crate::text::edits::{Edit, Edits};

/// A history with the content that it names.
pub struct Inside {
    /// Its id.
    pub id: Id<History>,
    /// Its place in the log.
    pub seq: u64,
    /// The record.
    pub record: History,
    /// What made each revision.
    pub edits: HistoryEdits,
    roots: Vec<Digest>,
    /// Bytes of each text, from number 0 on.
    lengths: Vec<u64>,
}

/// Where a revision stands in a history.
#[derive(Clone)]
pub struct Place {
    /// The history.
    pub inside: Rc<Inside>,
    /// Its number there; 0 is the text that all begins with.
    pub number: u64,
}

impl Inside {
    /// The id of a revision by its number; that of number 0 may be a record's.
    pub fn id_of(&self, number: u64) -> Id<Revision> {
        match self.record.parent {
            Some(parent) if number == 0 => parent,
            _ => History::revision_id(&self.id, number),
        }
    }

    /// The number of the last revision.
    pub fn last(&self) -> u64 {
        self.record.revisions
    }

    /// The root that the history states.
    pub fn root(&self, number: u64) -> Digest {
        self.roots[(number - self.record.first()) as usize]
    }

    /// Bytes of a text.
    pub fn bytes(&self, number: u64) -> u64 {
        self.lengths[number as usize]
    }

    /// SHA-256 of a text where the history states it: of the last, and of the
    /// first where it came with it. That of the others is computed.
    pub fn stated_sha256(&self, number: u64) -> Option<Digest> {
        match &self.record.base {
            Some(base) if number == 0 => Some(base.name),
            _ if number == self.last() => self.record.text.sha256,
            _ => None,
        }
    }

    /// What made a revision; none for the text that all begins with.
    pub fn step(&self, number: u64) -> Option<&HistoryStep> {
        self.edits.steps.get((number as usize).checked_sub(1)?)
    }

    /// The name of the agent who made a revision, as the list has it.
    pub fn agent(&self, number: u64) -> Option<&str> {
        Some(&self.edits.agents[self.step(number)?.agent])
    }

    /// When a revision was made, as the list has it.
    pub fn time(&self, number: u64) -> Timestamp {
        self.step(number).map_or(self.record.time, |step| step.time)
    }

    /// The edits of a revision, with the ids of what they restore from.
    pub fn edits_of(&self, number: u64) -> Option<Edits> {
        let step = self.step(number)?;
        let own = |e: &Edit| matches!(e, Edit::Restore { revision, .. } if inner_number(revision).is_some());
        if !step.edits.as_slice().iter().any(own) {
            return Some(step.edits.clone());
        }
        let mut list = step.edits.as_slice().to_vec();
        for edit in &mut list {
            if let Edit::Restore { revision, .. } = edit
                && let Some(number) = inner_number(revision)
            {
                *revision = self.id_of(number).to_string();
            }
        }
        Some(Edits::new(list).expect("they were checked, and a name is not"))
    }

    /// Numbers that later revisions restore from.
    pub fn restored_from(&self) -> HashSet<u64> {
        let steps = self.edits.steps.iter();
        let edits = steps.flat_map(|s| s.edits.as_slice());
        edits
            .filter_map(|e| match e {
                Edit::Restore { revision, .. } => inner_number(revision),
                _ => None,
            })
            .collect()
    }

    /// Checks the content against the record and itself.
    pub(super) fn new(
        id: Id<History>,
        seq: u64,
        record: History,
        edits: &[u8],
        roots: &[u8],
        start: u64,
    ) -> Result<Self, String> {
        if record.parent.is_some() == record.base.is_some() {
            return Err("it must name either a parent or a first text".into());
        }
        let edits = HistoryEdits::parse(edits).map_err(|e| format!("its edits: {e}"))?;
        if edits.steps.len() as u64 != record.revisions {
            let n = edits.steps.len();
            return Err(format!("it states {} revisions, its edits make {n}", record.revisions));
        }
        let roots = record.roots_of(roots).ok_or("its roots are not one for each revision")?;
        let mut lengths = vec![start];
        let mut length = start;
        for (n, step) in (1u64..).zip(&edits.steps) {
            length = length
                .checked_add_signed(step.edits.growth() as i64)
                .ok_or_else(|| format!("its revision {n} takes out more than there is"))?;
            let later = |e: &Edit| matches!(e, Edit::Restore { revision, .. } if inner_number(revision).is_some_and(|k| k >= n));
            if step.edits.as_slice().iter().any(later) {
                return Err(format!("its revision {n} restores from one that is not before it"));
            }
            lengths.push(length);
        }
        if length != record.text.bytes || roots.last() != Some(&record.text.root) {
            return Err("its last revision is not the text that it states".into());
        }
        Ok(Self { id, seq, record, edits, roots, lengths })
    }
}

/// The history's place in the log, and the revision's number in it.
pub(super) fn number_of(c: &Connection, id: &Digest) -> rusqlite::Result<Option<(u64, u64)>> {
    c.prepare_cached("SELECT seq, number FROM inner WHERE id = ?1")?
        .query_row(params![id.as_bytes().as_slice()], |r| {
            Ok((r.get::<_, i64>(0)? as u64, r.get::<_, i64>(1)? as u64))
        })
        .optional()
}

/// Ids of revisions inside histories that lie between two, at most `limit`.
pub(super) fn between(
    c: &Connection,
    low: &[u8],
    high: &[u8],
    limit: usize,
) -> rusqlite::Result<Vec<Digest>> {
    c.prepare_cached("SELECT id FROM inner WHERE id >= ?1 AND id <= ?2 ORDER BY id LIMIT ?3")?
        .query_map(params![low, high, limit as i64], |r| Ok(Digest::from_bytes(r.get(0)?)))?
        .collect()
}

/// Adds the ids of a history's revisions.
pub(super) fn add(
    c: &Connection,
    seq: u64,
    id: &Digest,
    history: &History,
) -> rusqlite::Result<()> {
    // In the order of the ids: rows are put one beside the other then.
    let mut rows: Vec<([u8; 32], i64)> = (history.first()..=history.revisions)
        .map(|n| (*History::revision_id(&Id::new(*id), n).digest().as_bytes(), n as i64))
        .collect();
    rows.sort_unstable();
    let mut insert =
        c.prepare_cached("INSERT OR IGNORE INTO inner(id, seq, number) VALUES (?1, ?2, ?3)")?;
    for (id, number) in rows {
        insert.execute(params![id.as_slice(), seq as i64, number])?;
    }
    Ok(())
}

/// Histories that were read.
pub(super) type Histories = HashMap<u64, Rc<Inside>>;
