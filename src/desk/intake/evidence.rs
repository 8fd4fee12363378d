//! Files of evidence: which ones came with a reply, and their bytes, given out
//! as downloads only.

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::Id;
use crate::index::Snapshot;
use crate::model::{Correction, Evidence, Kind, Link, Shown};

use super::super::address::Address;
use super::super::archive::Archive;
use super::super::{DeskError, EvidenceFile, resolve};
use super::clipped::clipped;

/// Most characters of a file's name.
const NAME_LIMIT: usize = 120;

/// A piece of evidence that came with a reply.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EvidenceHere {
    /// Its short id, which [`evidence_file`] takes.
    pub evidence: String,
    /// What its bringer calls it: a file's name, or words for what is promised.
    pub name: String,
    /// Its bytes are here; otherwise it is promised.
    pub here: bool,
    /// How long it is, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
}

/// The evidence that came with a reply, in the order in which it was given.
///
/// # Errors
/// When there is no such correction, or a record of it is damaged.
pub fn evidence_of(archive: &Archive, correction: &str) -> Result<Vec<EvidenceHere>, DeskError> {
    let snap = archive.snapshot()?;
    let correction = resolve::correction(&snap, correction)?.record;
    // Words that were withheld take the names with them.
    let names = snap.reply(&correction).map(|words| words.evidence).unwrap_or_default();
    let mut out = Vec::new();
    for (n, held) in snap.evidence(&correction)?.into_iter().enumerate() {
        let short = snap.short_id(Kind::Evidence, &held.id)?;
        out.push(EvidenceHere {
            name: names.get(n).cloned().unwrap_or_else(|| short.clone()),
            evidence: short,
            here: held.record.state == Shown::Shown && held.record.content.is_some(),
            bytes: held.record.content.as_ref().map(|c| c.bytes),
        });
    }
    Ok(out)
}

/// A file of evidence with a name that is safe to save it by. It must be sent
/// as a download of unknown kind: what is in it is anybody's.
///
/// # Errors
/// When there is no such evidence, it was promised only, or its bytes were
/// withheld.
pub fn evidence_file(archive: &Archive, written: &str) -> Result<EvidenceFile, DeskError> {
    let snap = archive.snapshot()?;
    let Address::Record { kind: Kind::Evidence, hex } = Address::parse(written)? else {
        return Err(DeskError::not_found(
            "not-evidence",
            format!("{:?} names no evidence", clipped(written)),
        ));
    };
    let id: Id<Evidence> = resolve::row(&snap, written, &hex, Some(Kind::Evidence))?.id.cast();
    let evidence = snap.get(&id)?.record;
    let content = evidence.content.ok_or_else(|| {
        DeskError::not_found("promised", format!("{written} was promised, and is not here"))
    })?;
    let bytes = snap.content(&content)?;
    let name = name_of(&snap, &id)?.unwrap_or_else(|| written.to_string());
    Ok(EvidenceFile { name: plain_name(&name), bytes })
}

/// The name under which the reply that brought it speaks of it.
fn name_of(snap: &Snapshot<'_>, id: &Id<Evidence>) -> Result<Option<String>, DeskError> {
    for row in snap.naming(id, Link::Evidence)? {
        if row.kind != Kind::Correction {
            continue;
        }
        let correction = snap.get::<Correction>(&row.id.cast())?.record;
        let at = correction.evidence.iter().position(|e| e == id);
        let Ok(words) = snap.reply(&correction) else { continue };
        if let Some(name) = at.and_then(|at| words.evidence.get(at)) {
            return Ok(Some(name.clone()));
        }
    }
    Ok(None)
}

/// A file's name as one may save it: without folders, without characters that
/// steer, hide or end a line, not hidden, not too long.
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '(' | ')' | ','))
        .collect();
    let plain = plain.trim_matches(['.', ' ', '-']);
    let chars: Vec<char> = plain.chars().collect();
    // The end of a name tells what it is, so it is cut in front.
    let from = chars.len().saturating_sub(NAME_LIMIT);
    let cut: String = chars[from..].iter().collect();
    if cut.is_empty() { "file".to_string() } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names_only() {
        for (given, plain) in [
            ("scan.pdf", "scan.pdf"),
            ("../../etc/passwd", "passwd"),
            ("..", "file"),
            ("a\r\nSet-Cookie: x=1", "aSet-Cookie x1"),
            ("\u{202e}fdp.exe", "fdp.exe"),
            ("<b onload=\"x\">.png", "b onloadx.png"),
            ("снимок №3.jpg", "снимок 3.jpg"),
            ("", "file"),
        ] {
            assert_eq!(plain_name(given), plain, "{given:?}");
        }
        let long = plain_name(&format!("{}.pdf", "x".repeat(500)));
        assert!(long.ends_with(".pdf") && long.chars().count() == NAME_LIMIT);
    }
}
