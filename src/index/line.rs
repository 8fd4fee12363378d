//! The line of a revision: what it was made from, back to the first, each with
//! the edits that made it. Read from the tables, so that a text a thousand
//! corrections long is followed without opening a thousand records; what a
//! text is put together from here is compared with its digest afterwards.

use rusqlite::{Connection, params};

use super::inside;
use super::snapshot::{Bytes, Snapshot, SnapshotError};
use crate::digest::{Digest, Id};
use crate::model::{Document, EditList, History, Revision, Source};
use crate::text::edits::{Edit, Edits};

/// One revision in a line of revisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The revision.
    pub id: Id<Revision>,
    /// Log index, from 0, of its record or of the history it stands in.
    pub seq: u64,
    /// Its text is known as a whole, not through its parent's: stored, or
    /// withheld and perhaps attached.
    pub whole: bool,
    edits: Where,
}

impl Step {
    /// Whether it has no record of its own, but was made by edits in a history.
    pub fn is_in_history(&self) -> bool {
        self.number_in_history().is_some()
    }

    /// Its number in the history at its place in the log, where edits there
    /// made it.
    pub fn number_in_history(&self) -> Option<u64> {
        match self.edits {
            Where::History(number) => Some(number),
            _ => None,
        }
    }
}

/// Where the edits of a revision are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    /// It was not made by edits.
    None,
    /// In the index.
    Here,
    /// In the archive only: private words are not copied into the index.
    Archive,
    /// In a history, under this number.
    History(u64),
}

/// How far back a line is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// To the first revision.
    ToTheFirst,
    /// To the nearest revision whose text is known as a whole.
    ToWhole,
}

impl Snapshot<'_> {
    /// A revision and what it was made from, the oldest first.
    ///
    /// # Errors
    /// When the index fails.
    pub fn line(&self, id: &Id<Revision>, back: Back) -> Result<Vec<Step>, SnapshotError> {
        let to_whole = back == Back::ToWhole;
        let mut line: Vec<Step> = Vec::new();
        let mut next = Some(*id);
        while let Some(id) = next.take() {
            let from = line.len();
            next = self.recorded_line(&id, to_whole, &mut line)?;
            if line.len() == from
                && let Some(place) = self.place_in_history(&id)?
            {
                let (inside, number) = (&place.inside, place.number);
                let step = |n: u64| Step {
                    id: inside.id_of(n),
                    seq: inside.seq,
                    whole: n == 0 || to_whole,
                    edits: if n == 0 { Where::None } else { Where::History(n) },
                };
                let last = if to_whole { number } else { inside.record.first() };
                line.extend((last..=number).rev().map(step));
                next = inside.record.parent.filter(|_| !to_whole);
            }
        }
        line.reverse();
        Ok(line)
    }

    /// Appends a revision and what it was made from, as far as they have
    /// records of their own, newest first. Gives the id at which the line goes
    /// on, if it does.
    fn recorded_line(
        &self,
        id: &Id<Revision>,
        to_whole: bool,
        line: &mut Vec<Step>,
    ) -> Result<Option<Id<Revision>>, SnapshotError> {
        let mut query = self.conn.prepare_cached(
            "WITH RECURSIVE line(seq, id, parent, whole, edits) AS (
               SELECT v.seq, r.id, v.parent, v.whole, v.edits
                 FROM record r JOIN revision v ON v.seq = r.seq
                WHERE r.id = ?1 AND v.edits < 3
               UNION ALL
               SELECT v.seq, r.id, v.parent, v.whole, v.edits
                 FROM line JOIN record r ON r.id = line.parent JOIN revision v ON v.seq = r.seq
                WHERE NOT (?2 AND line.whole))
             SELECT seq, id, whole, edits, parent FROM line",
        )?;
        let mut rows = query.query(params![id.digest().as_bytes().as_slice(), to_whole])?;
        let mut parent: Option<[u8; 32]> = None;
        while let Some(r) = rows.next()? {
            let edits = match r.get::<_, i64>(3)? {
                0 => Where::None,
                1 => Where::Here,
                _ => Where::Archive,
            };
            let id = Id::new(Digest::from_bytes(r.get(1)?));
            let whole = r.get(2)?;
            line.push(Step { id, seq: r.get::<_, i64>(0)? as u64, whole, edits });
            parent = if to_whole && whole { None } else { r.get(4)? };
        }
        Ok(parent.map(|id| Id::new(Digest::from_bytes(id))))
    }

    /// The edits that made a step of a line from the one before it; none where
    /// its text did not come from its parent by edits.
    ///
    /// # Errors
    /// A finding when they are missing, damaged or malformed.
    pub fn edits_of(&self, step: &Step) -> Result<Option<Edits>, SnapshotError> {
        match step.edits {
            Where::None => Ok(None),
            Where::History(number) => Ok(self.inside(step.seq)?.edits_of(number)),
            Where::Archive => self.edits(&self.get(&step.id)?.record),
            Where::Here => {
                let mut query = self.conn.prepare_cached(
                    "SELECT op, start, end, text, a, b FROM edit WHERE seq = ?1 ORDER BY n",
                )?;
                let list = query
                    .query_map(params![step.seq as i64], edit)?
                    .collect::<rusqlite::Result<Vec<Edit>>>()?;
                // Only what the index itself made out of checked edits can be
                // here; if it is damaged, the archive knows better.
                match Edits::new(list) {
                    Ok(edits) => Ok(Some(edits)),
                    Err(_) => self.edits(&self.get(&step.id)?.record),
                }
            }
        }
    }

    /// How many revisions a source has.
    ///
    /// # Errors
    /// When the index fails.
    pub fn revision_count(&self, source: &Id<Source>) -> Result<usize, SnapshotError> {
        let mut query = self.conn.prepare_cached(
            "SELECT coalesce(max(number + count - 1), 0) FROM revision WHERE source = ?1",
        )?;
        let n: i64 =
            query.query_row(params![source.digest().as_bytes().as_slice()], |r| r.get(0))?;
        Ok(n as usize)
    }

    /// The revision of a source that has this number, as in `M@2`.
    ///
    /// # Errors
    /// When the index fails.
    pub fn numbered(
        &self,
        source: &Id<Source>,
        number: usize,
    ) -> Result<Option<Id<Revision>>, SnapshotError> {
        let mut query = self.conn.prepare_cached(
            "SELECT r.id, v.seq, v.number, v.edits FROM revision v JOIN record r ON r.seq = v.seq
              WHERE v.source = ?1 AND v.number <= ?2 AND ?2 < v.number + v.count
              ORDER BY v.number DESC LIMIT 1",
        )?;
        let mut rows =
            query.query(params![source.digest().as_bytes().as_slice(), number as i64])?;
        let Some(r) = rows.next()? else { return Ok(None) };
        if r.get::<_, i64>(3)? < HISTORY {
            return Ok(Some(Id::new(Digest::from_bytes(r.get(0)?))));
        }
        let inside = self.inside(r.get::<_, i64>(1)? as u64)?;
        let after = number as u64 - r.get::<_, i64>(2)? as u64;
        Ok(Some(inside.id_of(inside.record.first() + after)))
    }

    /// A revision's number among those of its source, as in `M@2`.
    ///
    /// # Errors
    /// When the index fails.
    pub fn number(&self, id: &Id<Revision>) -> Result<Option<usize>, SnapshotError> {
        if let Some((seq, number)) = inside::number_of(self.conn, id.digest())? {
            let first: i64 = self
                .conn
                .prepare_cached("SELECT number FROM revision WHERE seq = ?1")?
                .query_row(params![seq as i64], |r| r.get(0))?;
            let inside = self.inside(seq)?;
            return Ok(Some(first as usize + (number - inside.record.first()) as usize));
        }
        let mut query = self.conn.prepare_cached(
            "SELECT v.number FROM record r JOIN revision v ON v.seq = r.seq WHERE r.id = ?1",
        )?;
        let mut rows = query.query(params![id.digest().as_bytes().as_slice()])?;
        Ok(rows.next()?.map(|r| r.get::<_, i64>(0)).transpose()?.map(|n| n as usize))
    }
}

/// In the column of edits: the row is a history's.
const HISTORY: i64 = 3;

fn edit(r: &rusqlite::Row<'_>) -> rusqlite::Result<Edit> {
    let at = |column: usize| Ok::<usize, rusqlite::Error>(r.get::<_, i64>(column)? as usize);
    let (start, end) = (at(1)?, at(2)?);
    Ok(match r.get_ref(0)?.as_str()? {
        "move" => Edit::Move { start, end, to: at(4)? },
        "restore" => Edit::Restore {
            at_start: start,
            at_end: end,
            revision: r.get(3)?,
            start: at(4)?,
            end: at(5)?,
        },
        "layout" => Edit::Layout { start, end, text: r.get(3)? },
        _ => Edit::Replace { start, end, text: r.get(3)? },
    })
}

/// Adds a revision's row and its edits.
pub(super) fn add(
    c: &Connection,
    seq: u64,
    revision: &Revision,
    bytes: &dyn Bytes,
) -> rusqlite::Result<()> {
    // Without their bytes, or private, they are read where they are needed.
    let public = revision.text.sha256.is_some();
    let edits = revision.edits.as_ref().map(|content| {
        let bytes = public.then(|| bytes.content(&content.name).ok()).flatten()?;
        EditList::from_bytes(&bytes).ok().map(|list| list.edits)
    });
    let place = match &edits {
        None => 0,
        Some(Some(_)) => 1,
        Some(None) => 2,
    };
    let source = revision.source.digest();
    c.prepare_cached(
        "INSERT INTO revision(seq, source, number, count, parent, whole, edits)
         SELECT ?1, ?2, coalesce(max(number + count), 1), 1, ?3, ?4, ?5
           FROM revision WHERE source = ?2",
    )?
    .execute(params![
        seq as i64,
        source.as_bytes().as_slice(),
        revision.parent.as_ref().map(|p| p.digest().as_bytes().to_vec()),
        revision.is_whole(),
        place
    ])?;
    let mut insert = c.prepare_cached(
        "INSERT INTO edit(seq, n, op, start, end, text, a, b) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (n, edit) in edits.flatten().iter().flat_map(|e| e.as_slice()).enumerate() {
        let (op, text, a, b) = match edit {
            Edit::Replace { text, .. } => ("replace", Some(text), None, None),
            Edit::Layout { text, .. } => ("layout", Some(text), None, None),
            Edit::Move { to, .. } => ("move", None, Some(*to as i64), None),
            Edit::Restore { revision, start, end, .. } => {
                ("restore", Some(revision), Some(*start as i64), Some(*end as i64))
            }
        };
        let span = edit.span();
        insert.execute(params![
            seq as i64,
            n as i64,
            op,
            span.start as i64,
            span.end as i64,
            text,
            a,
            b
        ])?;
    }
    Ok(())
}

/// Adds a history's row and the ids of its revisions.
pub(super) fn add_history(
    c: &Connection,
    seq: u64,
    id: &Digest,
    history: &History,
    bytes: &dyn Bytes,
) -> rusqlite::Result<()> {
    // What it states is believed only as far as its roots are there, so that
    // no record fills the index with what does not exist.
    let roots = bytes.content(&history.roots.name).ok();
    let here = roots.is_some_and(|roots| history.roots_of(&roots).is_some());
    let count = if here { history.revisions + 1 - history.first() } else { 0 };
    c.prepare_cached(
        "INSERT INTO revision(seq, source, number, count, parent, whole, edits)
         SELECT ?1, ?2, coalesce(max(number + count), 1), ?3, ?4, ?5, ?6
           FROM revision WHERE source = ?2",
    )?
    .execute(params![
        seq as i64,
        history.source.digest().as_bytes().as_slice(),
        count as i64,
        history.parent.as_ref().map(|p| p.digest().as_bytes().to_vec()),
        history.base.is_some(),
        HISTORY
    ])?;
    if here { inside::add(c, seq, id, history) } else { Ok(()) }
}
