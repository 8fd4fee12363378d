//! What the archive does not hold of what a question rests on, and how what it
//! holds is kept.

use schemars::JsonSchema;
use serde::Serialize;

use super::places::Texts;
use super::sentences::WordingUnknown;
use crate::digest::{Any, Digest, Id};
use crate::index::{Held, Snapshot, SnapshotError};
use crate::model::{Claim, Copy, Holding, Kind, Link, Question, Record, Revision, Value};

/// A document or copy that is not here.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NotHeld {
    /// Its address.
    pub name: String,
    /// What it is.
    pub title: String,
    /// How much of it there is: withheld, caption only, said to exist, lost.
    pub holding: String,
    /// What is not known of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub unknown: Option<WordingUnknown>,
}

/// A text that is cited, and how it is kept.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Custody {
    /// The revision, `M@1`.
    pub revision: String,
    /// Title of the source.
    pub title: String,
    /// Its holding.
    pub holding: String,
    /// SHA-256 of the text; null for a private one.
    pub sha256: Option<Digest>,
    /// Whether its bytes are at hand; they were then read and hashed now.
    pub supplied: bool,
    /// When the archive says that it received the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
    /// Log index of the revision.
    pub log_index: u64,
    /// How many times the text was changed since.
    pub revisions_since: usize,
}

/// What is not here of the documents that the question is about, that claims
/// stand in or rest on, and of their copies.
pub(super) fn not_held(
    snap: &Snapshot<'_>,
    texts: &Texts<'_>,
    question: &Question,
    claims: &[Held<Claim>],
) -> Result<Vec<NotHeld>, SnapshotError> {
    let mut named: Vec<Id<Any>> = question.about.clone();
    for claim in claims {
        for citation in &claim.record.at {
            named.extend(texts.part_of(snap, citation)?.map(|(id, _)| id.any()));
        }
        named.extend(claim.record.evidence.iter().copied());
        named.extend(claim.record.values.iter().filter_map(|v| match v {
            Value::Ref(id) => Some(*id),
            _ => None,
        }));
    }
    // The copies of every document that is named.
    let mut all: Vec<Id<Any>> = Vec::new();
    for id in named {
        if !all.contains(&id) {
            all.push(id);
        }
        for row in snap.naming(&id, Link::Subject)? {
            if row.kind == Kind::Copy && !all.contains(&row.id) {
                all.push(row.id);
            }
        }
    }
    let mut out = Vec::new();
    for id in all {
        let held = |h: Holding| h != Holding::Held;
        let (title, holding, unknown) = match snap.any(snap.newest_description(&id)?.digest())? {
            Record::Copy(Copy { title, holding, wording_known, .. }) if held(holding) => {
                let unknown = wording_known.filter(|k| k.word() != "yes").map(WordingUnknown);
                (title, holding, unknown)
            }
            Record::Part(p) if held(p.holding) => (p.title, p.holding, None),
            Record::Source(s) if held(s.holding) => (s.title, s.holding, None),
            _ => continue,
        };
        out.push(NotHeld {
            name: snap.address_of(&id)?,
            title,
            holding: holding.to_string(),
            unknown,
        });
    }
    Ok(out)
}

/// The texts that the claims cite.
pub(super) fn custody(
    snap: &Snapshot<'_>,
    texts: &Texts<'_>,
    claims: &[Held<Claim>],
    broken: &mut Vec<String>,
) -> Result<Vec<Custody>, SnapshotError> {
    let mut cited: Vec<Id<Revision>> =
        claims.iter().flat_map(|c| c.record.at.iter().map(|a| a.selector.revision)).collect();
    cited.sort();
    cited.dedup();
    let mut out = Vec::new();
    for id in cited {
        let revision = snap.get(&id)?;
        let source = snap.current(&revision.record.source)?.record;
        let total = snap.revision_count(&revision.record.source)?;
        let number = snap.number(&id)?.unwrap_or(total);
        out.push(Custody {
            revision: snap.revision_name(&id)?,
            title: source.title,
            holding: source.holding.to_string(),
            sha256: revision.record.text.sha256,
            supplied: texts.supplied(snap, &id, broken)?,
            received: snap.received(&id)?.map(|t| t.to_string()),
            log_index: revision.seq,
            revisions_since: total - number,
        });
    }
    out.sort_by(|a, b| a.revision.cmp(&b.revision));
    Ok(out)
}
