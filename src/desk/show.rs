//! `show`: anything that has an address, with what was replied to it.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::dates::Timestamp;
use crate::digest::{Any, Id};
use crate::index::Snapshot;
use crate::model::{Kind, Nature};
use crate::text::Reading;

use super::DeskError;
use super::archive::Archive;
use super::notes::{Note, notes, unplaced};
use super::place::Place;
use super::printed::PrintedPages;
use super::receipt;
use super::resolve::{Target, target};

/// What was shown.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum ShowAnswer {
    /// A text or a piece of it.
    Text(ShownText),
    /// A correction with its answer.
    Correction(ShownCorrection),
    /// Any other record, as stored.
    Record(ShownRecord),
    /// A receipt.
    Receipt(ShownReceipt),
}

/// A text or a piece of it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShownText {
    /// Where it stands.
    pub place: Place,
    /// The pages of print on which a piece stands, where the text shows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintedPages>,
    /// Title of the source.
    pub title: String,
    /// Its creators.
    pub creators: Vec<String>,
    /// Whose words the revision holds.
    pub nature: Nature,
    /// Name of the edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// SHA-256 of the whole text; null for a private one.
    pub sha256: Option<crate::digest::Digest>,
    /// It is the text as a whole.
    pub whole: bool,
    /// The bytes as stored.
    pub raw: String,
    /// The reading text: broken words joined, spaces folded, running heads
    /// left out, passages set apart by an empty line.
    pub reading: String,
    /// Replies to words in it, and to the text as a whole.
    pub notes: Vec<Note>,
    /// Where each note's words stand in `reading`: byte offsets, end exclusive,
    /// by index into `notes`.
    pub marks: Vec<Mark>,
}

/// The words of a note in the reading text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mark {
    /// Index into the notes.
    pub note: usize,
    /// First byte in the reading text.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
}

/// A correction.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShownCorrection {
    /// The reply and the answer that holds.
    pub note: Note,
    /// Where the words stand that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// All answers, the oldest first.
    pub decisions: Vec<super::notes::Answered>,
    /// Replies to this reply.
    pub replies: Vec<Note>,
    /// Log index, from 0.
    pub log_index: u64,
    /// Fingerprints of the keys that sealed it.
    pub seals: Vec<String>,
}

/// Any other record.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShownRecord {
    /// Its kind, `agent/1`.
    pub kind: String,
    /// Its id.
    pub id: Id<Any>,
    /// Its short id.
    pub name: String,
    /// Log index, from 0.
    pub log_index: u64,
    /// When it was received, by the archive's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Timestamp>,
    /// Its bytes as stored.
    pub toml: String,
}

/// A receipt.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShownReceipt {
    /// The correction.
    pub correction: String,
    /// The receipt file's text.
    pub text: String,
}

/// Which notes are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WithNotes {
    /// None.
    None,
    /// Those whose words lie in what is shown, and those on the whole text.
    #[default]
    All,
}

/// Shows what an address names. `within` limits a quotation to one source.
///
/// # Errors
/// When the address names nothing or several things.
pub fn show(
    archive: &Archive,
    address: &str,
    within: Option<&str>,
    with: WithNotes,
) -> Result<ShowAnswer, DeskError> {
    show_in(archive, &archive.snapshot()?, address, within, with)
}

pub(super) fn show_in(
    archive: &Archive,
    snap: &Snapshot<'_>,
    address: &str,
    within: Option<&str>,
    with: WithNotes,
) -> Result<ShowAnswer, DeskError> {
    match target(snap, address, within)? {
        Target::Text { opened, span, whole } => {
            let view = opened.view();
            let source = &opened.source.record;
            let revision = &opened.revision.record;
            let mut beside = match with {
                WithNotes::None => Vec::new(),
                WithNotes::All => notes(snap, &opened)?,
            };
            beside.retain(|n| match (n.start, n.end) {
                (Some(a), Some(b)) => {
                    a < span.end && span.start < b || (a == b && span.start <= a && a <= span.end)
                }
                _ => whole,
            });
            beside.sort_by_key(|n| n.start.unwrap_or(usize::MAX));
            let reading = view.read(span.clone());
            let marks = marks(&reading, &span, &beside);
            let creators =
                source.creators.iter().map(|c| snap.agent_name(c)).collect::<Result<_, _>>()?;
            Ok(ShowAnswer::Text(ShownText {
                place: opened.place(&span),
                printed: (!whole).then(|| PrintedPages::of(opened.view(), &span)).flatten(),
                title: source.title.clone(),
                creators,
                nature: revision.nature,
                edition: revision.label.clone(),
                language: source.language.clone(),
                sha256: revision.text.sha256,
                whole,
                raw: opened.text[span].to_string(),
                reading: reading.into_text(),
                notes: beside,
                marks,
            }))
        }
        Target::Record(row) if row.kind == Kind::Correction => {
            let correction: crate::index::Held<crate::model::Correction> =
                snap.get(&row.id.cast())?;
            let place = match &correction.record.selector {
                Some(s) => {
                    let name = snap.revision_name(&s.revision)?;
                    let (siglum, n) = name.split_once('@').expect("revisions are named M@n");
                    match super::resolve::open_text(snap, siglum, n.parse().ok()) {
                        Ok(opened) => snap.selected(s)?.map(|span| opened.place(&span)),
                        // Where the text is not supplied, no line of it can be named.
                        Err(e) if e.code == "withheld" => None,
                        Err(e) => return Err(e),
                    }
                }
                None => None,
            };
            let decisions = snap.decisions_on(&correction.id)?;
            let decisions = decisions
                .iter()
                .map(|d| super::notes::answered(snap, d))
                .collect::<Result<_, _>>()?;
            let replies = snap.corrections_on(&correction.id)?;
            let replies = replies.iter().map(|c| unplaced(snap, c)).collect::<Result<_, _>>()?;
            let seals = snap.seals_on(&correction.id)?.into_iter().map(|s| s.record.key).collect();
            Ok(ShowAnswer::Correction(ShownCorrection {
                note: unplaced(snap, &correction)?,
                place,
                decisions,
                replies,
                log_index: row.seq,
                seals,
            }))
        }
        Target::Record(row) => Ok(ShowAnswer::Record(ShownRecord {
            kind: row.kind.name().to_string(),
            id: row.id,
            name: snap.short_id(row.kind, &row.id)?,
            log_index: row.seq,
            received: snap.received(&row.id)?,
            toml: String::from_utf8_lossy(&snap.record_bytes(row.id.digest())?).into_owned(),
        })),
        Target::Receipt(id) => {
            let made = receipt::make(archive, &id)?;
            Ok(ShowAnswer::Receipt(ShownReceipt { correction: made.correction, text: made.text }))
        }
    }
}

/// Where the notes' words stand in the reading text of the span.
fn marks(reading: &Reading, span: &Range<usize>, notes: &[Note]) -> Vec<Mark> {
    let text = reading.text();
    let mut out = Vec::new();
    for (n, note) in notes.iter().enumerate() {
        let (Some(a), Some(b)) = (note.start, note.end) else { continue };
        let start = reading.from_source(a.max(span.start));
        let end = reading.from_source(b.min(span.end)).max(start);
        if let Some(words) = text.get(start..end) {
            let lead = words.len() - words.trim_start().len();
            out.push(Mark {
                note: n,
                start: start + lead,
                end: start + words.trim_end().len().max(lead),
            });
        }
    }
    out
}
