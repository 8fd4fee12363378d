//! Revisions inside a history: one record stands for all of them. Its content
//! is read once, checked, and answers for each what a record of its own would.
//!
//! The text of one is woven from the text that the history begins with and the
//! edits up to it ([`Weaver`]), then compared with the root that the history
//! states for it. Cost: the edits up to it, and one copy and one hash of the
//! text.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use rusqlite::params;

use super::inside::{Inside, Place, number_of};
use super::query::Row;
use super::snapshot::{Held, RevisionText, Snapshot, SnapshotError};
use crate::attribution::Weaver;
use crate::digest::{Digest, Id};
use crate::model::{Code, Finding, History, Kind, Revision, TextState, inner};
use crate::text::PassageTable;

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
        let newest = *number == inside.last();
        if newest
            && let Some(text) = self.kept_newest(inside.seq)?
            && PassageTable::of(&text).root() == inside.root(*number)
        {
            return Ok(RevisionText { text });
        }
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
            if newest {
                self.keep_newest(inside, &text, &weaver);
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

fn malformed(id: &Id<History>, what: String) -> SnapshotError {
    finding(Code::RecordMalformed, id, what)
}

fn mismatch(id: &Id<History>, what: String) -> SnapshotError {
    finding(Code::RevisionMismatch, id, what)
}

fn finding(code: Code, id: &Id<History>, what: String) -> SnapshotError {
    SnapshotError::Broken(Finding::new(code, id.to_string(), format!("the history: {what}")))
}
