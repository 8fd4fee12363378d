//! `cite`: a reference that can be checked in any copy.

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::Digest;
use crate::index::Snapshot;
use crate::tlog::Checkpoint;

use super::DeskError;
use super::archive::Archive;
use super::place::Place;
use super::printed::PrintedPages;
use super::resolve::{Opened, Target, shown, target};

/// A ready citation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CiteAnswer {
    /// The citation, in one paragraph.
    pub text: String,
    /// Where the words stand.
    pub place: Place,
    /// The pages of print on which a piece stands, where the text shows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintedPages>,
    /// The words, as read, when a piece is cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// SHA-256 of the whole text; null for a private one.
    pub sha256: Option<Digest>,
    /// Root of the hash tree over its passages.
    pub root: Digest,
    /// The archive's log.
    pub origin: String,
    /// Log index of the revision, from 0.
    pub log_index: u64,
    /// Size of the log at this citation.
    pub log_size: u64,
    /// Root of the log at this citation.
    pub log_root: Digest,
}

/// Makes the citation of what an address names.
///
/// # Errors
/// When the address names no text.
pub fn cite(
    archive: &Archive,
    address: &str,
    within: Option<&str>,
) -> Result<CiteAnswer, DeskError> {
    let snap = archive.snapshot()?;
    let Target::Text { opened, span, whole } = target(&snap, address, within)? else {
        return Err(DeskError::usage(
            "not-a-text",
            format!("{address} is not a text or a piece of one"),
        )
        .hint("name words: M, M:164 or a quotation"));
    };
    let checkpoint = super::verify::read_checkpoint(archive)?;
    let place = opened.place(&span);
    let quote = (!whole).then(|| opened.view().reading(span.clone()));
    let printed = (!whole).then(|| PrintedPages::of(opened.view(), &span)).flatten();
    let text = written(&snap, &opened, &place, printed, quote.as_deref(), &checkpoint)?;
    let revision = &opened.revision.record;
    let Checkpoint { origin, size, root, .. } = checkpoint;
    Ok(CiteAnswer {
        text,
        quote,
        sha256: revision.text.sha256,
        root: revision.text.root,
        origin,
        log_index: opened.revision.seq,
        log_size: size,
        log_root: root,
        place,
        printed,
    })
}

/// The citation of words at a place of an opened text, or of the whole text.
pub(super) fn written(
    snap: &Snapshot<'_>,
    opened: &Opened,
    place: &Place,
    printed: Option<PrintedPages>,
    quote: Option<&str>,
    checkpoint: &Checkpoint,
) -> Result<String, DeskError> {
    let source = &opened.source.record;
    let revision = &opened.revision.record;
    let creators: Vec<String> =
        source.creators.iter().map(|c| snap.agent_name(c)).collect::<Result<_, _>>()?;
    let mut text = String::new();
    if !creators.is_empty() {
        text += &format!("{}. ", creators.join(", "));
    }
    text += &source.title;
    if let Some(date) = &source.date {
        text += &format!(" ({date})");
    }
    text += &format!(". {}", opened.name);
    if !revision.nature.citation_mark().is_empty() {
        text += &format!(", {}", revision.nature.citation_mark());
        if let Some(issuer) = revision.issuer {
            text += &format!(" {}", snap.agent_name(&issuer)?);
        }
    }
    if let Some(label) = &revision.label {
        text += &format!(", {label}");
    }
    if let Some(p) = &printed {
        text += &format!(", {p}");
    }
    if let Some(q) = quote {
        let lines = if place.line_start == place.line_end {
            format!("line {}", place.line_start)
        } else {
            format!("lines {}-{}", place.line_start, place.line_end)
        };
        text += &format!(", {lines}: {}", shown(q));
    }
    match revision.text.sha256 {
        Some(d) => text += &format!(". sha256:{d}"),
        None => text += &format!(". Not published; passage root {}", revision.text.root),
    }
    let Checkpoint { origin, size, root, .. } = checkpoint;
    text += &format!(
        ". In {origin}, entry {} of {size}, log root {}.",
        opened.revision.seq,
        root.short(16)
    );
    Ok(text)
}
