//! Whether an index holds what the archive gives: row by row against one that
//! was made anew.

use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, ToSql};

use super::schema::TABLE_ORDER;
use super::snapshot::{Snapshot, SnapshotError};
use crate::digest::{Digest, Id};
use crate::model::Revision;

/// What questions left of a history, with the order of its rows.
const LEFT: [(&str, &str); 5] = [
    ("newest", "seq"),
    ("strand", "start"),
    ("moved", "n"),
    ("writing", "at"),
    ("change", "number"),
];

impl Snapshot<'_> {
    /// Whether two indexes hold the same rows of what the log alone fills.
    ///
    /// # Errors
    /// When one of them fails.
    pub fn holds_the_same_as(&self, other: &Snapshot<'_>) -> Result<bool, SnapshotError> {
        for (table, order) in TABLE_ORDER {
            let all = format!("SELECT * FROM {table} ORDER BY {order}");
            if !same(self.conn, other.conn, &all, None)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Histories of which questions left something here, by their places in the
    /// log.
    ///
    /// # Errors
    /// When the index fails.
    pub fn left_of_histories(&self) -> Result<Vec<u64>, SnapshotError> {
        let mut query = self.conn.prepare("SELECT seq FROM newest ORDER BY seq")?;
        let all = query.query_map([], |r| Ok(r.get::<_, i64>(0)? as u64))?;
        Ok(all.collect::<Result<_, _>>()?)
    }

    /// Revisions of which something was derived and left here.
    ///
    /// # Errors
    /// When the index fails.
    pub fn left_of_revisions(&self) -> Result<Vec<Id<Revision>>, SnapshotError> {
        if !self.has_derived()? {
            return Ok(Vec::new());
        }
        let mut query = self.conn.prepare("SELECT DISTINCT id FROM derived ORDER BY id")?;
        let all = query.query_map([], |r| Ok(Id::new(Digest::from_bytes(r.get(0)?))))?;
        Ok(all.collect::<Result<_, _>>()?)
    }

    /// Whether all that questions left here is left in the other one, too, with
    /// the same bytes.
    ///
    /// # Errors
    /// When one of them fails.
    pub fn left_the_same_as(&self, other: &Snapshot<'_>) -> Result<bool, SnapshotError> {
        for seq in self.left_of_histories()? {
            for (table, order) in LEFT {
                let of_one = format!("SELECT * FROM {table} WHERE seq = ?1 ORDER BY {order}");
                if !same(self.conn, other.conn, &of_one, Some(&(seq as i64)))? {
                    return Ok(false);
                }
            }
        }
        for id in self.left_of_revisions()? {
            let of_one = "SELECT * FROM derived WHERE id = ?1 ORDER BY what";
            let id = id.digest().as_bytes().as_slice();
            if !other.has_derived()? || !same(self.conn, other.conn, of_one, Some(&id))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn has_derived(&self) -> Result<bool, SnapshotError> {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'derived'";
        Ok(self.conn.query_row(sql, [], |r| r.get::<_, i64>(0))? > 0)
    }
}

/// Whether a query gives the same rows in both.
fn same(
    a: &Connection,
    b: &Connection,
    sql: &str,
    of: Option<&dyn ToSql>,
) -> rusqlite::Result<bool> {
    let (mut in_a, mut in_b) = (a.prepare(sql)?, b.prepare(sql)?);
    let columns = in_a.column_count();
    let of: Vec<ToSqlOutput<'_>> = of.map(|of| of.to_sql()).transpose()?.into_iter().collect();
    let rows = rusqlite::params_from_iter(&of);
    let (mut rows_a, mut rows_b) = (in_a.query(rows.clone())?, in_b.query(rows)?);
    loop {
        match (rows_a.next()?, rows_b.next()?) {
            (None, None) => return Ok(true),
            (Some(x), Some(y)) => {
                for column in 0..columns {
                    if x.get_ref(column)? != y.get_ref(column)? {
                        return Ok(false);
                    }
                }
            }
            _ => return Ok(false),
        }
    }
}
