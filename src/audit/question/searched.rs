//! What was looked for, and what persons judged.

use schemars::JsonSchema;
use serde::Serialize;

use super::places::{CitedPlace, Texts};
use crate::digest::Id;
use crate::index::{Row, Snapshot, SnapshotError};
use crate::model::{Assessment, Kind, Link, Question, Search};

/// A search that was recorded.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuditSearch {
    /// Its address, `search/…`.
    pub name: String,
    /// What was looked for.
    pub spellings: Vec<String>,
    /// In which text, `I@1`.
    pub within: String,
    /// First and last line, where it was a piece.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<[u64; 2]>,
    /// `reading` or `raw`.
    pub view: String,
    /// `machine` or `eye`.
    pub by: String,
    /// How many places were found.
    pub hits: u64,
    /// What may have been missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gaps: Option<String>,
}

/// A judgement of a person.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuditAssessment {
    /// Its address, `assessment/…`.
    pub name: String,
    /// What sort: difference, dependence, outcome, silence.
    pub sort: String,
    /// What it finds.
    pub finding: String,
    /// Whose it is.
    pub by: String,
    /// Why.
    pub reason: String,
    /// What it is about.
    pub about: Vec<String>,
    /// Where a text gives it.
    pub places: Vec<CitedPlace>,
}

pub(super) fn searches(
    snap: &Snapshot<'_>,
    first: &Id<Question>,
) -> Result<Vec<AuditSearch>, SnapshotError> {
    let mut out = Vec::new();
    for row in snap.naming(first, Link::Question)? {
        if row.kind != Kind::Search {
            continue;
        }
        let s = snap.get::<Search>(&row.id.cast())?.record;
        out.push(AuditSearch {
            name: format!("search/{}", s.name),
            spellings: s.spellings,
            within: snap.revision_name(&s.revision)?,
            lines: s.scope.map(|c| c.lines),
            view: s.view.to_string(),
            by: s.by.to_string(),
            hits: s.hits,
            gaps: s.gaps,
        });
    }
    Ok(out)
}

/// The judgements among what names these records, each once, in log order.
pub(super) fn assessments(
    snap: &Snapshot<'_>,
    texts: &Texts<'_>,
    mut rows: Vec<Row>,
    broken: &mut Vec<String>,
) -> Result<Vec<AuditAssessment>, SnapshotError> {
    rows.retain(|r| r.kind == Kind::Assessment);
    rows.sort_by_key(|r| r.seq);
    rows.dedup_by_key(|r| r.seq);
    let mut out = Vec::new();
    for row in rows {
        if !snap.naming(&row.id, Link::Parent)?.is_empty() {
            continue;
        }
        let a = snap.get::<Assessment>(&row.id.cast())?.record;
        let about = a.about.iter().map(|id| snap.address_of(id)).collect::<Result<_, _>>()?;
        let mut places = Vec::new();
        for c in &a.at {
            places.push(texts.place(snap, c, broken)?);
        }
        out.push(AuditAssessment {
            name: format!("assessment/{}", a.name),
            sort: a.sort.to_string(),
            finding: a.finding.to_string(),
            by: snap.agent_name(&a.by)?,
            reason: a.reason,
            about,
            places,
        });
    }
    Ok(out)
}
