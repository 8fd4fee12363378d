//! `log`: what was recorded, newest first; or the history of one thing.

use schemars::JsonSchema;
use serde::Serialize;

use crate::dates::Timestamp;
use crate::digest::{Any, Id};
use crate::index::{Row, Snapshot};
use crate::model::{Kind, Link, Record};

use super::DeskError;
use super::archive::Archive;
use super::resolve::{Target, revision_name, shown, target};

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
    pub summary: String,
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
    let snap = archive.snapshot()?;
    let limit = draft.limit.unwrap_or(50).max(1);
    let visible = |row: &Row| draft.all || !matches!(row.kind, Kind::Attestation | Kind::Intake);
    let mut rows: Vec<Row> = Vec::new();
    match &draft.address {
        Some(address) => {
            let mut ids = Vec::new();
            match target(&snap, address, None)? {
                Target::Text { opened, .. } => {
                    ids.push(opened.source.id.any());
                    ids.extend(snap.revisions(&opened.source.id)?.into_iter().map(|r| r.id.any()));
                }
                Target::Record(row) => ids.push(row.id),
                Target::Receipt(id) => ids.push(id.any()),
            }
            history(&snap, ids, &mut rows)?;
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
    let items = rows.iter().map(|r| item(&snap, r)).collect::<Result<_, _>>()?;
    Ok(LogAnswer { size: snap.size(), items, more })
}

/// The records themselves and everything that answers, decides or revises
/// them.
fn history(
    snap: &Snapshot<'_>,
    mut ids: Vec<Id<Any>>,
    rows: &mut Vec<Row>,
) -> Result<(), DeskError> {
    while let Some(id) = ids.pop() {
        if rows.iter().any(|r| r.id == id) {
            continue;
        }
        let Some(row) = snap.row(id.digest())? else { continue };
        rows.push(row);
        for link in [Link::Subject, Link::Source, Link::Adopts, Link::Parent] {
            ids.extend(snap.naming(&id, link)?.into_iter().map(|r| r.id));
        }
    }
    Ok(())
}

fn item(snap: &Snapshot<'_>, row: &Row) -> Result<LogItem, DeskError> {
    let summary = match snap.any(row.id.digest()) {
        Ok(record) => summary(snap, row, &record)?,
        Err(e) => format!("cannot be read: {e}"),
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

fn summary(snap: &Snapshot<'_>, row: &Row, record: &Record) -> Result<String, DeskError> {
    Ok(match record {
        Record::Source(s) => format!("source {}: {}", s.siglum, s.title),
        Record::Revision(r) => {
            let name = revision_name(snap, &row.id.cast())?;
            let adopts: Vec<String> = r
                .adopts
                .iter()
                .map(|c| snap.short_id(Kind::Correction, c))
                .collect::<Result<_, _>>()?;
            let label = r.label.as_ref().map(|l| format!(", edition {l}")).unwrap_or_default();
            if adopts.is_empty() {
                format!("{name} {}{label}, {} bytes", r.nature, r.text.bytes)
            } else {
                format!("{name} {}{label}, adopts {}", r.nature, adopts.join(", "))
            }
        }
        Record::Correction(c) => {
            let to = match snap.row(c.subject.digest())? {
                Some(r) if r.kind == Kind::Revision => revision_name(snap, &r.id.cast())?,
                _ => snap.short_any(&c.subject)?,
            };
            let says = match snap.reply(c) {
                Ok(r) if !r.says.is_empty() => shown(&r.says),
                Ok(r) => r.replacement.map(|t| shown(&t)).unwrap_or_default(),
                Err(_) => "(withheld)".to_string(),
            };
            format!("{} to {to}: {says}", c.r#type)
        }
        Record::Decision(d) => {
            format!(
                "{} {}: {}",
                d.verdict,
                snap.short_id(Kind::Correction, &d.subject)?,
                shown(&d.reason)
            )
        }
        Record::Agent(a) => format!("{} {}", a.r#type, a.name),
        Record::Evidence(e) => format!("evidence, {}", e.state),
        Record::Key(k) => {
            let holder = k
                .holder
                .map(|h| snap.agent_name(&h))
                .transpose()?
                .unwrap_or_else(|| "the archive".into());
            let what = if k.revokes.is_some() { "key revoked" } else { "key" };
            format!("{what} of {holder}, {}", k.fingerprint)
        }
        Record::Policy(p) => format!("policy: {}", p.title),
        Record::Attestation(a) => format!("seal ({}) over {}", a.role, snap.short_any(&a.subject)?),
        Record::Intake(i) => format!("{} record(s) received", i.ids.len()),
        Record::Import(i) => format!("{} record(s) from {}", i.records, i.from),
        Record::Unknown { kind } => format!("{kind}: not understood by this version"),
    })
}
