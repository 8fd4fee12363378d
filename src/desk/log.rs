//! `log`: what was recorded, newest first; or the history of one thing.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::dates::Timestamp;
use crate::digest::{Any, Id};
use crate::index::{Row, Snapshot};
use crate::model::{Kind, Link};

use super::DeskError;
use super::archive::Archive;
use super::resolve::{Target, target};
use super::summary::{Summary, summary};

/// Entries of the log.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LogAnswer {
    /// Entries of the whole log.
    pub size: u64,
    /// The entries that were asked for.
    pub items: Vec<LogItem>,
    /// There are older ones.
    pub more: bool,
}

/// One entry.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LogItem {
    /// Log index, from 0.
    pub index: u64,
    /// Short id.
    pub name: String,
    /// Id.
    pub id: Id<Any>,
    /// Kind, `correction/1`.
    pub kind: String,
    /// When it was received, by the archive's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Timestamp>,
    /// The time that its maker claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Timestamp>,
    /// In one line.
    #[schemars(with = "String")]
    pub summary: Summary,
}

/// Which entries.
#[derive(Debug, Clone, Default)]
pub struct LogDraft {
    /// The history of what this address names; the whole log when absent.
    pub address: Option<String>,
    /// At most so many, the newest first; 50 when absent.
    pub limit: Option<usize>,
    /// Also seals and statements of receipt.
    pub all: bool,
}

/// Lists log entries.
///
/// # Errors
/// When the address names nothing.
pub fn log(archive: &Archive, draft: &LogDraft) -> Result<LogAnswer, DeskError> {
    log_in(&archive.snapshot()?, draft)
}

pub(super) fn log_in(snap: &Snapshot<'_>, draft: &LogDraft) -> Result<LogAnswer, DeskError> {
    let limit = draft.limit.unwrap_or(50).max(1);
    let visible = |row: &Row| draft.all || !matches!(row.kind, Kind::Attestation | Kind::Intake);
    let mut rows: Vec<Row> = Vec::new();
    match &draft.address {
        Some(address) => {
            let mut ids = Vec::new();
            match target(snap, address, None)? {
                Target::Text { opened, .. } => {
                    ids.push(opened.source.id.any());
                    ids.extend(snap.revisions(&opened.source.id)?.iter().map(Id::any));
                }
                Target::Record(row) => ids.push(row.id),
                Target::Receipt(id) => ids.push(id.any()),
            }
            history(snap, ids, &mut rows)?;
            rows.retain(visible);
            rows.sort_by_key(|r| std::cmp::Reverse(r.seq));
        }
        None => {
            let mut from = snap.size();
            while rows.len() <= limit && from > 0 {
                let page = snap.newest(from - 1, limit * 3)?;
                let Some(oldest) = page.last() else { break };
                from = oldest.seq;
                rows.extend(page.into_iter().filter(visible));
            }
        }
    }
    let more = rows.len() > limit;
    rows.truncate(limit);
    let items = rows.iter().map(|r| item(snap, r)).collect::<Result<_, _>>()?;
    Ok(LogAnswer { size: snap.size(), items, more })
}

/// The records themselves and everything that answers, decides or revises
/// them.
fn history(
    snap: &Snapshot<'_>,
    mut ids: Vec<Id<Any>>,
    rows: &mut Vec<Row>,
) -> Result<(), DeskError> {
    let mut seen = HashSet::new();
    while let Some(id) = ids.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Some(row) = snap.row(id.digest())? else { continue };
        // A revision inside a history has no entry of its own: the history has.
        if row.kind != Kind::Revision || snap.place_in_history(&id.cast())?.is_none() {
            rows.push(row);
        }
        for link in [Link::Subject, Link::Source, Link::Adopts, Link::Parent] {
            ids.extend(snap.naming(&id, link)?.into_iter().map(|r| r.id));
        }
    }
    Ok(())
}

fn item(snap: &Snapshot<'_>, row: &Row) -> Result<LogItem, DeskError> {
    let summary = match snap.any(row.id.digest()) {
        Ok(record) => summary(snap, row, &record)?,
        Err(e) => Summary::Unreadable { why: e.to_string() },
    };
    Ok(LogItem {
        index: row.seq,
        name: snap.short_id(row.kind, &row.id)?,
        id: row.id,
        kind: row.kind.name().to_string(),
        received: snap.received(&row.id)?,
        claimed: row.time,
        summary,
    })
}
