//! `attach`: a reader who owns a text that the archive knows by digest only
//! gets it to read, to quote from, and to verify every place cited in it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::{Digest, Id};
use crate::model::{Kind, Link, Revision};
use crate::text::{PassageTable, View};

use super::DeskError;
use super::archive::Archive;

/// What was attached.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AttachAnswer {
    /// The revision, `M@1`.
    pub revision: String,
    /// Its id.
    pub revision_id: Id<Revision>,
    /// SHA-256 of the file, which is that of the revision.
    pub sha256: Digest,
    /// Places that records of this archive cite in it.
    pub citations: usize,
    /// Those whose passages and lines stand where the records say.
    pub found: usize,
    /// The folder in which it is kept.
    pub kept_in: String,
}

/// Keeps a file beside the archive, for this reader alone, after comparing it
/// with the digests that the archive has.
///
/// # Errors
/// When no withheld text has this SHA-256, or it cannot be kept.
pub fn attach(archive: &Archive, bytes: &[u8], name: &str) -> Result<AttachAnswer, DeskError> {
    let snap = archive.snapshot()?;
    let sha256 = Digest::of(bytes);
    let mut withheld = Vec::new();
    let mut this = None;
    for row in snap.rows(Kind::Revision, None)? {
        let revision = snap.get::<Revision>(&row.id.cast())?;
        if !revision.record.withheld {
            continue;
        }
        let called = snap.revision_name(&revision.id)?;
        if revision.record.text.sha256 == Some(sha256) {
            this = Some((called, revision));
            break;
        }
        let stated = revision.record.text.sha256.map(|d| d.short(12)).unwrap_or_default();
        withheld.push(format!("{called} (sha256 {stated}…)"));
    }
    let Some((called, revision)) = this else {
        let e = DeskError::not_found(
            "no-such-text",
            format!("{name} has SHA-256 {sha256}, which no withheld text of this archive has"),
        );
        return Err(if withheld.is_empty() {
            e.hint("this archive withholds no text")
        } else {
            e.hint(format!("withheld are: {}", withheld.join(", ")))
        });
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|e| DeskError::usage("not-a-text", format!("{name}: {e}")))?;
    let table = PassageTable::of(text);
    if table.root() != revision.record.text.root {
        return Err(DeskError::integrity(
            "root",
            format!(
                "{called} states the root {}, {name} gives {}",
                revision.record.text.root,
                table.root()
            ),
        ));
    }
    let view = View::new(text.into());
    let (mut citations, mut found) = (0, 0);
    for row in snap.naming(&revision.id, Link::Cited)? {
        let record = snap.any(row.id.digest())?;
        for citation in record.citations() {
            if citation.selector.revision != revision.id {
                continue;
            }
            citations += 1;
            let at = crate::anchor::follow(&citation.selector, &table);
            let lines = at.map(|at| super::place::lines_of(&view, &at));
            found +=
                usize::from(lines.is_some_and(|(a, b)| [a as u64, b as u64] == citation.lines));
        }
    }
    let kept = archive.store.attach(bytes)?;
    let kept_in = kept.parent().map(|p| p.display().to_string()).unwrap_or_default();
    Ok(AttachAnswer {
        revision: called,
        revision_id: revision.id,
        sha256,
        citations,
        found,
        kept_in,
    })
}

/// Keeps the text of a source that drafts are about to describe.
///
/// # Errors
/// When it cannot be kept.
pub fn keep_text(archive: &Archive, bytes: &[u8]) -> Result<Digest, DeskError> {
    archive.store.attach(bytes)?;
    Ok(Digest::of(bytes))
}
