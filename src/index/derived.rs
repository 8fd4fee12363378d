//! What was computed from a revision once and is asked for again: a table of
//! its own, which nothing else reads. A record never changes, so neither does
//! what follows from it.

use std::collections::HashMap;

use rusqlite::params;

use super::schema::settle;
use super::snapshot::Snapshot;
use crate::digest::Id;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS derived(
  id BLOB NOT NULL,
  what TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY(id, what)
)";

/// So many records have something kept, those that were kept last.
const KEPT: i64 = 8;

impl Snapshot<'_> {
    /// What was kept under a name for a record.
    pub fn derived<K>(&self, what: &str, id: &Id<K>) -> Option<Vec<u8>> {
        let mut query = self
            .conn
            .prepare_cached("SELECT bytes FROM derived WHERE id = ?1 AND what = ?2")
            .ok()?;
        query.query_row(params![id.digest().as_bytes().as_slice(), what], |r| r.get(0)).ok()
    }

    /// Keeps bytes under their names for a record, all or none. An index that
    /// cannot be written keeps nothing: it is computed again.
    pub fn derive<K>(&self, id: &Id<K>, parts: &HashMap<String, Vec<u8>>) {
        let id = id.digest().as_bytes().as_slice();
        let put = || -> rusqlite::Result<()> {
            let act = self.conn.unchecked_transaction()?;
            act.execute(TABLE, [])?;
            for (what, bytes) in parts {
                act.prepare_cached("INSERT OR REPLACE INTO derived VALUES(?1, ?2, ?3)")?
                    .execute(params![id, what, bytes])?;
            }
            act.execute(
                "DELETE FROM derived WHERE id NOT IN
                   (SELECT id FROM derived GROUP BY id ORDER BY max(rowid) DESC LIMIT ?1)",
                params![KEPT],
            )?;
            act.commit()
        };
        // It is disposable: the answer does not depend on it.
        let _ = put();
        settle(self.conn);
    }
}
