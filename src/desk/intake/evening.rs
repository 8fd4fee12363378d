//! What an editor sees who sits down to answer: the replies that wait, in
//! groups, with what only editors are told; those held back; and his or her
//! last answers, which can be taken back.

use std::collections::HashMap;

use super::super::archive::Archive;
use super::super::decide::{DecideAnswer, DecideDraft, decide};
use super::super::inbox::{InboxAnswer, inbox};
use super::super::undo::{LastDecision, last_decisions};
use super::super::{Context, DeskError, people, resolve};
use super::contact::{Contact, contact};
use super::evidence::{EvidenceHere, evidence_of};
use super::held::{HeldAnswer, held};
use crate::model::{Kind, Verdict};

/// Groups on one page; those behind come up as these are answered.
const GROUPS: usize = 100;
/// Answers that are listed to be taken back.
const LAST: usize = 10;

/// All of an editor's desk.
#[derive(Debug, Clone)]
pub struct DeskView {
    /// Who sits there.
    pub editor: String,
    /// The replies that wait; at most a hundred groups.
    pub inbox: InboxAnswer,
    /// How many more groups wait.
    pub more: usize,
    /// Replies that are held back.
    pub held: HeldAnswer,
    /// The editor's last answers, the newest first.
    pub last: Vec<LastDecision>,
    /// Who sent a reply and where to ask, by its short id.
    pub contacts: HashMap<String, Contact>,
    /// The evidence of a reply, by its short id.
    pub evidence: HashMap<String, Vec<EvidenceHere>>,
}

/// What waits for the editor who acts.
///
/// # Errors
/// When the actor is no editor, or records are damaged.
pub fn at_the_desk(archive: &Archive, context: &Context) -> Result<DeskView, DeskError> {
    let editor = {
        let snap = archive.snapshot()?;
        let actor = people::actor(&snap, context)?;
        people::must_be_editor(&snap, &actor)?;
        actor.record.name
    };
    let mut inbox = inbox(archive, false)?;
    let more = inbox.items.len().saturating_sub(GROUPS);
    inbox.items.truncate(GROUPS);
    let (mut contacts, mut evidence) = (HashMap::new(), HashMap::new());
    for note in inbox.items.iter().flat_map(|g| &g.replies) {
        let id = &note.correction;
        // A damaged file must not keep an editor from answering.
        if let Some(c) = contact(archive, id, context).unwrap_or_default() {
            contacts.insert(id.clone(), c);
        }
        if note.evidence > 0 {
            evidence.insert(id.clone(), evidence_of(archive, id)?);
        }
    }
    Ok(DeskView {
        editor,
        inbox,
        more,
        held: held(archive, context)?,
        last: last_decisions(archive, LAST, context)?,
        contacts,
        evidence,
    })
}

/// Whether the last answer to a reply is the one that an editor has seen; none
/// where `seen` is empty.
///
/// # Errors
/// Refused when another answer came since: by another editor, or by the same form
/// sent twice.
pub fn as_seen(archive: &Archive, correction: &str, seen: &str) -> Result<(), DeskError> {
    let snap = archive.snapshot()?;
    let last = snap.decisions_on(&resolve::correction(&snap, correction)?.id)?.pop();
    let last = last.map(|d| snap.short_id(Kind::Decision, &d.id)).transpose()?;
    match last {
        Some(newer) if newer != seen => Err(DeskError::refused(
            "answered-meanwhile",
            format!("{correction} was answered by {newer} meanwhile"),
        )
        .hint("look at that answer first")),
        _ => Ok(()),
    }
}

/// Answers a reply, and those that say the same: they get "same as" with the
/// same reason, or the same question. Each is recorded by itself; the first
/// comes first.
///
/// # Errors
/// As for [`decide`]; what was recorded before the error stays.
pub fn decide_all(
    archive: &mut Archive,
    draft: &DecideDraft,
    also: &[String],
    context: &Context,
) -> Result<Vec<DecideAnswer>, DeskError> {
    let mut out = vec![decide(archive, draft, context)?];
    let same_as = match draft.verdict {
        Verdict::Ask => None,
        Verdict::SameAs => draft.same_as.clone(),
        _ => Some(out[0].correction.clone()),
    };
    for correction in also.iter().filter(|c| **c != draft.correction) {
        let verdict = if same_as.is_some() { Verdict::SameAs } else { draft.verdict };
        let next = DecideDraft {
            correction: correction.clone(),
            verdict,
            text: None,
            nature: None,
            same_as: same_as.clone(),
            ..draft.clone()
        };
        out.push(decide(archive, &next, context)?);
    }
    Ok(out)
}

/// The address by lines of words that were selected in a text; the address
/// itself where none were.
///
/// # Errors
/// When the address names no text, or the words do not stand there once.
pub fn claim_place(archive: &Archive, at: &str, quote: &str) -> Result<String, DeskError> {
    let quote = quote.trim();
    if quote.is_empty() {
        return Ok(at.to_string());
    }
    let snap = archive.snapshot()?;
    match resolve::target(&snap, at, None)? {
        resolve::Target::Text { opened, span, .. } => {
            let found = resolve::quotation_in(&opened, quote, span)?;
            Ok(opened.place(&found).address)
        }
        _ => Err(DeskError::usage("no-text", format!("{at} is not a text"))
            .hint("name lines of a text: M@2:164-166")),
    }
}
