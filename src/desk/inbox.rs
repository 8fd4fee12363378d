//! `inbox`: the replies that wait, grouped by passage and proposal, in order
//! of arrival.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::{Digest, Id};
use crate::index::{Held, Snapshot, Way};
use crate::model::{Correction, Kind, Link, Revision, Source, Verdict};

use super::archive::Archive;
use super::notes::{Anchoring, At, Note, fold_words, unplaced};
use super::place::Place;
use super::undo::takes_back;
use super::{DeskError, resolve};

/// The replies that wait.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct InboxAnswer {
    /// Replies that wait for an answer.
    pub waiting: usize,
    /// Of these, those with evidence.
    pub with_evidence: usize,
    /// Replies that were answered (listed only when asked for).
    pub answered: usize,
    /// Groups, the earliest arrival first.
    pub items: Vec<Group>,
}

/// Replies to the same words that propose the same.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Group {
    /// Where: `M@1:164-165`, or the record that is answered.
    pub place: String,
    /// Where these words are in the newest text, when that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<PlaceNow>,
    /// The words that are answered, as read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// The words that should stand there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<String>,
    /// The replies, in order of arrival.
    pub replies: Vec<Note>,
}

/// Where words that were answered are in the newest text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlaceNow {
    /// Where: `M@2:170-171`, or the text alone when they are lost.
    pub address: String,
    /// How they were found.
    pub anchoring: Anchoring,
    /// Share of the words that were found again, where texts were compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Less than half of the words are left.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub damaged: bool,
}

/// Lists what waits; with `all` also what was answered.
///
/// # Errors
/// When a record is missing or damaged.
pub fn inbox(archive: &Archive, all: bool) -> Result<InboxAnswer, DeskError> {
    inbox_in(&archive.snapshot()?, all)
}

pub(super) fn inbox_in(snap: &Snapshot<'_>, all: bool) -> Result<InboxAnswer, DeskError> {
    let mut groups: Vec<(Key, Group)> = Vec::new();
    let mut ways = Ways::new();
    let (mut waiting, mut answered, mut with_evidence) = (0, 0, 0);
    for row in snap.rows(Kind::Correction, None)? {
        let decided = is_decided(snap, &row.id)?;
        if decided {
            answered += 1;
            if !all {
                continue;
            }
        } else {
            waiting += 1;
        }
        let correction: Held<Correction> = snap.get(&row.id.cast())?;
        let note = unplaced(snap, &correction)?;
        if !decided && note.evidence > 0 {
            with_evidence += 1;
        }
        let key = key_of(&correction, &note);
        match groups.iter_mut().find(|(k, _)| *k == key) {
            Some((_, g)) => g.replies.push(note),
            None => {
                let place = place_of(snap, &correction)?;
                let now = now(snap, &correction, &mut ways)?;
                let group = Group {
                    place,
                    now,
                    was: note.was.clone(),
                    replacement: note.replacement.clone(),
                    replies: vec![note],
                };
                groups.push((key, group));
            }
        }
    }
    Ok(InboxAnswer {
        waiting,
        with_evidence,
        answered,
        items: groups.into_iter().map(|(_, g)| g).collect(),
    })
}

/// Same words of the same passage, same proposal.
type Key = (Digest, Option<(Digest, u64, u64)>, Option<String>);

fn key_of(correction: &Held<Correction>, note: &Note) -> Key {
    let c = &correction.record;
    // A passage that is the same in two editions is one place.
    let place = c.selector.as_ref().map(|s| (s.passage, s.start, s.end));
    let subject = if place.is_some() { Digest::from_bytes([0; 32]) } else { *c.subject.digest() };
    (subject, place, note.replacement.as_deref().map(fold_words))
}

fn place_of(snap: &Snapshot<'_>, correction: &Held<Correction>) -> Result<String, DeskError> {
    let c = &correction.record;
    if let Some(selector) = &c.selector {
        let name = snap.revision_name(&selector.revision)?;
        let (siglum, n) = name.split_once('@').expect("revisions are named M@n");
        let opened = match resolve::open_text(snap, siglum, n.parse().ok()) {
            Ok(opened) => opened,
            // Where the text is not supplied, no line of it can be named.
            Err(e) if e.code == "withheld" => return Ok(name),
            Err(e) => return Err(e),
        };
        if let Some(span) = snap.selected(selector)? {
            return Ok(opened.place(&span).address);
        }
        return Ok(name);
    }
    Ok(match snap.row(c.subject.digest())? {
        Some(r) if r.kind == Kind::Revision => snap.revision_name(&r.id.cast())?,
        _ => snap.short_any(&c.subject)?,
    })
}

/// The newest text of each source and the way to it; none where there are
/// several newest ones.
type Ways = HashMap<Id<Source>, Option<(Id<Revision>, Way)>>;

/// Where the words stand now, when the newest text is another one.
fn now(
    snap: &Snapshot<'_>,
    correction: &Held<Correction>,
    ways: &mut Ways,
) -> Result<Option<PlaceNow>, DeskError> {
    let Some(selector) = &correction.record.selector else { return Ok(None) };
    let from = selector.revision;
    let source = snap.get(&from)?.record.source;
    if let Entry::Vacant(unknown) = ways.entry(source) {
        let way = match snap.heads(&source)?[..] {
            [(_, head)] => Some((head, snap.way_to(&head)?)),
            _ => None,
        };
        unknown.insert(way);
    }
    let Some((head, way)) = &ways[&source] else { return Ok(None) };
    let Some(at) = snap.selected(selector)?.filter(|_| *head != from) else { return Ok(None) };
    let Some(traced) = snap.trace(way, &from, at)? else { return Ok(None) };
    let at = At::traced(traced);
    let name = snap.revision_name(head)?;
    let address = match &at.span {
        Some(span) => Place::new(&name, head, &*snap.view(head)?, span).address,
        None => name,
    };
    Ok(Some(PlaceNow { address, anchoring: at.anchoring, score: at.score, damaged: at.damaged }))
}

/// Whether a decision holds that is neither a question nor an answer taken back.
pub(super) fn is_decided(snap: &Snapshot<'_>, id: &Id) -> Result<bool, DeskError> {
    if snap.naming(id, Link::Subject)?.iter().all(|r| r.kind != Kind::Decision) {
        return Ok(false);
    }
    let last = snap.decisions_on(&id.cast())?.pop();
    Ok(last.is_some_and(|d| d.record.verdict != Verdict::Ask && !takes_back(&d.record)))
}
