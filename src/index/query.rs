//! The questions that the tables answer.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::dates::Timestamp;
use crate::digest::{Any, Digest, Id};
use crate::model::{Kind, Link};

/// One log entry as the index knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Log index, from 0.
    pub seq: u64,
    /// The record.
    pub id: Id<Any>,
    /// Its kind.
    pub kind: Kind,
    /// The time it claims.
    pub time: Option<Timestamp>,
    /// The siglum or name by which people call it.
    pub called: Option<String>,
}

const COLUMNS: &str = "r.seq, r.id, r.kind, r.time, r.called";

fn row(r: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let id: [u8; 32] = r.get(1)?;
    let kind: String = r.get(2)?;
    let time: Option<i64> = r.get(3)?;
    Ok(Row {
        seq: r.get::<_, i64>(0)? as u64,
        id: Id::new(Digest::from_bytes(id)),
        kind: Kind::of_name(&kind),
        time: time.and_then(Timestamp::from_unix_seconds),
        called: r.get(4)?,
    })
}

pub(super) fn by_id(c: &Connection, id: &Digest) -> rusqlite::Result<Option<Row>> {
    c.prepare_cached(&format!("SELECT {COLUMNS} FROM record r WHERE r.id = ?1"))?
        .query_row(params![id.as_bytes().as_slice()], row)
        .optional()
}

/// Rows of a kind in log order, those called `called` only when given.
pub(super) fn of_kind(
    c: &Connection,
    kind: Kind,
    called: Option<&str>,
) -> rusqlite::Result<Vec<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM record r WHERE r.kind = ?1 AND (?2 IS NULL OR r.called = ?2) ORDER BY r.seq"
    );
    c.prepare_cached(&sql)?.query_map(params![kind.name(), called], row)?.collect()
}

/// Rows that name `target`, in log order.
pub(super) fn naming(c: &Connection, target: &Digest, link: Link) -> rusqlite::Result<Vec<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM link l JOIN record r ON r.seq = l.seq WHERE l.target = ?1 AND l.rel = ?2 ORDER BY l.seq"
    );
    c.prepare_cached(&sql)?
        .query_map(params![target.as_bytes().as_slice(), link.name()], row)?
        .collect()
}

/// What names a record, and by which link, in log order.
pub type Around = HashMap<Digest, Vec<(Link, Row)>>;

/// What names by one of the links `by` any of the records that name `target` by
/// `link`, by what is named.
pub(super) fn around(
    c: &Connection,
    target: &Digest,
    link: Link,
    by: &[Link],
) -> rusqlite::Result<Around> {
    let sql = format!(
        "SELECT {COLUMNS}, o.target, o.rel FROM link l JOIN record n ON n.seq = l.seq
         JOIN link o ON o.target = n.id JOIN record r ON r.seq = o.seq
         WHERE l.target = ?1 AND l.rel = ?2 ORDER BY o.seq"
    );
    let mut out = Around::new();
    let mut found = c.prepare_cached(&sql)?;
    let mut rows = found.query(params![target.as_bytes().as_slice(), link.name()])?;
    while let Some(r) = rows.next()? {
        let (named, rel): ([u8; 32], String) = (r.get(5)?, r.get(6)?);
        let Some(rel) = by.iter().copied().find(|l| l.name() == rel) else { continue };
        out.entry(Digest::from_bytes(named)).or_default().push((rel, row(r)?));
    }
    Ok(out)
}

/// Whether a correction answers any revision of a source.
pub(super) fn is_answered(c: &Connection, source: &Digest) -> rusqlite::Result<bool> {
    c.prepare_cached(
        "SELECT EXISTS(SELECT 1 FROM link s JOIN record v ON v.seq = s.seq
           JOIN link l ON l.target = v.id AND l.rel = ?3 JOIN record r ON r.seq = l.seq
           WHERE s.target = ?1 AND s.rel = ?2 AND r.kind = ?4)",
    )?
    .query_row(
        params![
            source.as_bytes().as_slice(),
            Link::Source.name(),
            Link::Subject.name(),
            Kind::Correction.name()
        ],
        |r| r.get(0),
    )
}

/// Revisions of a source that no other revision was made from, in log order,
/// each with its number among the source's revisions, from 1; a history stands
/// for its last revision.
pub(super) fn heads(c: &Connection, source: &Digest) -> rusqlite::Result<Vec<(u64, Row)>> {
    let sql = format!(
        "SELECT {COLUMNS}, v.number + v.count - 1
         FROM revision v JOIN record r ON r.seq = v.seq
         WHERE v.source = ?1 AND v.count > 0
           AND NOT EXISTS (SELECT 1 FROM link p WHERE p.target = r.id AND p.rel = ?2)
         ORDER BY v.seq"
    );
    c.prepare_cached(&sql)?
        .query_map(params![source.as_bytes().as_slice(), Link::Parent.name()], |r| {
            Ok((r.get::<_, i64>(5)? as u64, row(r)?))
        })?
        .collect()
}

/// How many revisions there are.
pub(super) fn revision_total(c: &Connection) -> rusqlite::Result<usize> {
    let n: i64 = c
        .prepare_cached("SELECT coalesce(sum(count), 0) FROM revision")?
        .query_row([], |r| r.get(0))?;
    Ok(n as usize)
}

/// Whether anything names this revision as what it was made from.
pub(super) fn has_child(c: &Connection, id: &Digest) -> rusqlite::Result<bool> {
    c.prepare_cached("SELECT EXISTS(SELECT 1 FROM link WHERE target = ?1 AND rel = ?2)")?
        .query_row(params![id.as_bytes().as_slice(), Link::Parent.name()], |r| r.get(0))
}

/// The parts of the index that hold the revisions of a source, in log order:
/// rows of records with the first number and how many they are.
pub(super) fn revisions(
    c: &Connection,
    source: &Digest,
) -> rusqlite::Result<Vec<(Row, usize, usize)>> {
    let sql = format!(
        "SELECT {COLUMNS}, v.number, v.count FROM revision v JOIN record r ON r.seq = v.seq
         WHERE v.source = ?1 ORDER BY v.seq"
    );
    c.prepare_cached(&sql)?
        .query_map(params![source.as_bytes().as_slice()], |r| {
            Ok((row(r)?, r.get::<_, i64>(5)? as usize, r.get::<_, i64>(6)? as usize))
        })?
        .collect()
}

/// Rows whose id begins with these hexadecimal digits, at most `limit`.
pub(super) fn by_prefix(
    c: &Connection,
    hex: &str,
    kind: Option<Kind>,
    limit: usize,
) -> rusqlite::Result<Vec<Row>> {
    let Some((low, high)) = bounds(hex) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT {COLUMNS} FROM record r WHERE r.id >= ?1 AND r.id <= ?2 AND (?3 IS NULL OR r.kind = ?3) ORDER BY r.seq LIMIT ?4"
    );
    c.prepare_cached(&sql)?
        .query_map(
            params![low.as_slice(), high.as_slice(), kind.map(Kind::name), limit as i64],
            row,
        )?
        .collect()
}

/// Rows from `from` (log index) on, `limit` at most; newest first when `back`.
pub(super) fn page(
    c: &Connection,
    from: u64,
    limit: usize,
    back: bool,
) -> rusqlite::Result<Vec<Row>> {
    let sql = if back {
        format!("SELECT {COLUMNS} FROM record r WHERE r.seq <= ?1 ORDER BY r.seq DESC LIMIT ?2")
    } else {
        format!("SELECT {COLUMNS} FROM record r WHERE r.seq >= ?1 ORDER BY r.seq LIMIT ?2")
    };
    c.prepare_cached(&sql)?.query_map(params![from as i64, limit as i64], row)?.collect()
}

pub(super) fn counts(c: &Connection) -> rusqlite::Result<Vec<(Kind, u64)>> {
    c.prepare_cached("SELECT kind, count(*) FROM record GROUP BY kind ORDER BY min(seq)")?
        .query_map([], |r| {
            Ok((Kind::of_name(&r.get::<_, String>(0)?), r.get::<_, i64>(1)? as u64))
        })?
        .collect()
}

pub(super) fn bounds(hex: &str) -> Option<([u8; 32], [u8; 32])> {
    if hex.is_empty()
        || hex.len() > 64
        || hex.bytes().any(|b| !matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    {
        return None;
    }
    let fill =
        |c: char| format!("{hex}{}", c.to_string().repeat(64 - hex.len())).parse::<Digest>().ok();
    Some((*fill('0')?.as_bytes(), *fill('f')?.as_bytes()))
}
