//! Revisions inside a history: one record stands for all of them. Its content
//! is read once, checked, and answers for each what a record of its own would.
//!
//! The text of one is woven from the text that the history begins with and the
//! edits up to it ([`Weaver`]), then compared with the root that the history
//! states for it. Cost: the edits up to it, and one copy and one hash of the
//! text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use super::query::Row;
use super::snapshot::{Held, RevisionText, Snapshot, SnapshotError};
use crate::attribution::Weaver;
use crate::dates::Timestamp;
use crate::digest::{Digest, Id};
use crate::model::{
    Code, Finding, History, HistoryEdits, HistoryStep, Kind, Revision, TextState, inner,
    inner_number,
};
use crate::text::PassageTable;
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
    fn new(
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

impl Snapshot<'_> {
    /// Where a revision stands in a history; `None` when it has a record of its
    /// own, or is not there at all.
    ///
    /// # Errors
    /// A finding when the history is missing, damaged or malformed.
    pub fn place_in_history(&self, id: &Id<Revision>) -> Result<Option<Place>, SnapshotError> {
        let Some((seq, number)) = number_of(self.conn, id.digest())? else { return Ok(None) };
        Ok(Some(Place { inside: self.inside(seq)?, number }))
    }

    /// The history at a place in the log, read once.
    ///
    /// # Errors
    /// A finding when it is missing, damaged or malformed.
    pub fn inside(&self, seq: u64) -> Result<Rc<Inside>, SnapshotError> {
        if let Some(known) = self.histories.borrow().get(&seq) {
            return Ok(known.clone());
        }
        let id: [u8; 32] = self
            .conn
            .prepare_cached("SELECT id FROM record WHERE seq = ?1")?
            .query_row(params![seq as i64], |r| r.get(0))?;
        let Held { id, record, .. } = self.get(&Id::<History>::new(Digest::from_bytes(id)))?;
        let start = match (&record.base, record.parent) {
            (Some(base), _) => base.bytes,
            (None, Some(parent)) => self.bytes_of(&parent)?,
            (None, None) => 0,
        };
        let (edits, roots) = (self.content(&record.edits)?, self.content(&record.roots)?);
        let inside = Inside::new(id, seq, record, &edits, &roots, start)
            .map_err(|what| malformed(&id, what))?;
        let inside = Rc::new(inside);
        self.histories.borrow_mut().insert(seq, inside.clone());
        Ok(inside)
    }

    /// Bytes of a revision's text.
    ///
    /// # Errors
    /// A finding when its record is missing or damaged.
    pub fn bytes_of(&self, id: &Id<Revision>) -> Result<u64, SnapshotError> {
        match self.place_in_history(id)? {
            Some(place) => Ok(place.inside.bytes(place.number)),
            None => Ok(self.get(id)?.record.text.bytes),
        }
    }

    /// The row of a revision inside a history.
    pub(super) fn inner_row(&self, id: &Digest) -> Result<Option<Row>, SnapshotError> {
        let Some(Place { inside, number }) = self.place_in_history(&Id::new(*id))? else {
            return Ok(None);
        };
        Ok(Some(Row {
            seq: inside.seq,
            id: Id::new(*id),
            kind: Kind::Revision,
            time: Some(inside.time(number)),
            called: None,
        }))
    }

    /// What a record of a revision inside a history would say. Its SHA-256 is
    /// computed: the history states its root.
    ///
    /// # Errors
    /// A finding when its text cannot be had or has another root.
    pub(super) fn inner_revision(&self, place: &Place) -> Result<(u64, Revision), SnapshotError> {
        let Place { inside, number } = place;
        let (of, id) = (&inside.record, inside.id_of(*number));
        let sha256 = match inside.stated_sha256(*number) {
            Some(stated) => stated,
            None => Digest::of(self.text(&id)?.text.as_bytes()),
        };
        let revision = Revision {
            origin: of.origin.clone(),
            maker: of.maker,
            key: None,
            time: inside.time(*number),
            nonce: None,
            source: of.source,
            parent: number.checked_sub(1).map(|before| inside.id_of(before)),
            nature: of.nature,
            issuer: None,
            label: None,
            date: None,
            url: None,
            adopts: Vec::new(),
            text: TextState {
                bytes: inside.bytes(*number),
                sha256: Some(sha256),
                commitment: None,
                root: inside.root(*number),
                passages: None,
            },
            edits: (*number > 0).then(|| of.edits.clone()),
            received: None,
            withheld: false,
        };
        Ok((inside.seq, revision))
    }

    /// The text of a revision inside a history, compared with its root.
    pub(super) fn inner_text(&self, place: &Place) -> Result<RevisionText, SnapshotError> {
        let Place { inside, number } = place;
        let start = self.first_text(inside)?;
        let text: Arc<str> = if *number == 0 {
            start
        } else {
            let mut weaver = Weaver::new(&start);
            self.weave(inside, &mut weaver, *number)?;
            let text = weaver
                .text()
                .ok_or_else(|| malformed(&inside.id, "it has an edit inside a character".into()))?;
            let (found, stated) = (PassageTable::of(&text).root(), inside.root(*number));
            if found != stated {
                let what =
                    format!("its revision {number} has the root {stated}, its edits give {found}");
                return Err(mismatch(&inside.id, what));
            }
            text.into()
        };
        Ok(RevisionText { text })
    }

    /// The text that a history begins with.
    ///
    /// # Errors
    /// A finding when it cannot be had.
    pub fn first_text(&self, inside: &Inside) -> Result<Arc<str>, SnapshotError> {
        match (&inside.record.base, inside.record.parent) {
            (Some(base), _) => {
                let text = String::from_utf8(self.content(base)?)
                    .map_err(|e| malformed(&inside.id, format!("its text is not UTF-8: {e}")))?;
                Ok(text.into())
            }
            (None, Some(parent)) => Ok(self.text(&parent)?.text),
            (None, None) => Err(malformed(&inside.id, "it begins with no text".into())),
        }
    }

    /// Takes the steps of a history up to `number`.
    pub(super) fn weave(
        &self,
        inside: &Inside,
        weaver: &mut Weaver,
        number: u64,
    ) -> Result<(), SnapshotError> {
        let kept = inside.restored_from();
        let other = |id: &str, span: Range<usize>| {
            let id = Id::new(id.parse::<Digest>().ok()?);
            self.text(&id).ok()?.text.get(span).map(str::to_owned)
        };
        for n in 0..=number {
            if let Some(step) = inside.step(n) {
                weaver.advance(&step.edits, &other).map_err(|e| {
                    mismatch(&inside.id, format!("its revision {n} cannot be made: {e}"))
                })?;
            }
            if kept.contains(&n) {
                weaver.keep(inner(n));
            }
        }
        Ok(())
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

fn malformed(id: &Id<History>, what: String) -> SnapshotError {
    finding(Code::RecordMalformed, id, what)
}

fn mismatch(id: &Id<History>, what: String) -> SnapshotError {
    finding(Code::RevisionMismatch, id, what)
}

fn finding(code: Code, id: &Id<History>, what: String) -> SnapshotError {
    SnapshotError::Broken(Finding::new(code, id.to_string(), format!("the history: {what}")))
}

/// Histories that were read.
pub(super) type Histories = HashMap<u64, Rc<Inside>>;
