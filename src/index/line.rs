//! The line of a revision: what it was made from, back to the first, each with
//! the edits that made it. Read from the tables, so that a text a thousand
//! corrections long is followed without opening a thousand records; what a
//! text is put together from here is compared with its digest afterwards.

use rusqlite::{Connection, params};

use super::snapshot::{Bytes, Snapshot, SnapshotError};
use crate::digest::{Digest, Id};
use crate::model::{Document, EditList, Revision, Source};
use crate::text::edits::{Edit, Edits};

/// One revision in a line of revisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The revision.
    pub id: Id<Revision>,
    /// Its log index, from 0.
    pub seq: u64,
    /// Its text is known as a whole, not through its parent's: stored, or
    /// withheld and perhaps attached.
    pub whole: bool,
    edits: Where,
}

/// Where the edits of a revision are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    /// It was not made by edits.
    None = 0,
    /// In the index.
    Here = 1,
    /// In the archive only: private words are not copied into the index.
    Archive = 2,
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
        let mut query = self.conn.prepare_cached(
            "WITH RECURSIVE line(seq, id, parent, whole, edits) AS (
               SELECT v.seq, r.id, v.parent, v.whole, v.edits
                 FROM record r JOIN revision v ON v.seq = r.seq WHERE r.id = ?1
               UNION ALL
               SELECT v.seq, r.id, v.parent, v.whole, v.edits
                 FROM line JOIN record r ON r.id = line.parent JOIN revision v ON v.seq = r.seq
                WHERE NOT (?2 AND line.whole))
             SELECT seq, id, whole, edits FROM line",
        )?;
        let to_whole = back == Back::ToWhole;
        let rows = query.query_map(params![id.digest().as_bytes().as_slice(), to_whole], |r| {
            let edits = match r.get::<_, i64>(3)? {
                0 => Where::None,
                1 => Where::Here,
                _ => Where::Archive,
            };
            let id = Id::new(Digest::from_bytes(r.get(1)?));
            Ok(Step { id, seq: r.get::<_, i64>(0)? as u64, whole: r.get(2)?, edits })
        })?;
        let mut line = rows.collect::<rusqlite::Result<Vec<Step>>>()?;
        line.reverse();
        Ok(line)
    }

    /// The edits that made a step of a line from the one before it; none where
    /// its text did not come from its parent by edits.
    ///
    /// # Errors
    /// A finding when they are missing, damaged or malformed.
    pub fn edits_of(&self, step: &Step) -> Result<Option<Edits>, SnapshotError> {
        match step.edits {
            Where::None => Ok(None),
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
        let mut query = self
            .conn
            .prepare_cached("SELECT coalesce(max(number), 0) FROM revision WHERE source = ?1")?;
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
            "SELECT r.id FROM revision v JOIN record r ON r.seq = v.seq
              WHERE v.source = ?1 AND v.number = ?2",
        )?;
        let mut rows =
            query.query(params![source.digest().as_bytes().as_slice(), number as i64])?;
        Ok(rows.next()?.map(|r| r.get(0)).transpose()?.map(|id| Id::new(Digest::from_bytes(id))))
    }

    /// A revision's number among those of its source, as in `M@2`.
    ///
    /// # Errors
    /// When the index fails.
    pub fn number(&self, id: &Id<Revision>) -> Result<Option<usize>, SnapshotError> {
        let mut query = self.conn.prepare_cached(
            "SELECT v.number FROM record r JOIN revision v ON v.seq = r.seq WHERE r.id = ?1",
        )?;
        let mut rows = query.query(params![id.digest().as_bytes().as_slice()])?;
        Ok(rows.next()?.map(|r| r.get::<_, i64>(0)).transpose()?.map(|n| n as usize))
    }
}

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
        None => Where::None,
        Some(None) => Where::Archive,
        Some(Some(_)) => Where::Here,
    };
    let source = revision.source.digest();
    c.prepare_cached(
        "INSERT INTO revision(seq, source, number, parent, whole, edits)
         SELECT ?1, ?2, coalesce(max(number), 0) + 1, ?3, ?4, ?5 FROM revision WHERE source = ?2",
    )?
    .execute(params![
        seq as i64,
        source.as_bytes().as_slice(),
        revision.parent.as_ref().map(|p| p.digest().as_bytes().to_vec()),
        revision.is_whole(),
        place as i64
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
