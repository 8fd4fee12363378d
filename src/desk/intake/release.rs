//! Releasing a held reply: it is recorded, and leaves the queue.
//!
//! That is two acts. Before them a mark with the size of the log and the time of the
//! act is set, so that a reply that was recorded before the machine stopped is
//! known again by its words and its time, and is not recorded twice.

use schemars::JsonSchema;
use serde::Serialize;

use crate::dates::Timestamp;
use crate::digest::Id;
use crate::index::Snapshot;
use crate::model::{Correction, Kind};

use super::super::archive::Archive;
use super::super::submit::{SubmitAnswer, SubmitDraft};
use super::super::{Context, DeskError};
use super::contact::{self, Contact};
use super::held::{DiscardAnswer, HeldAnswer, for_editors, full_name, nothing};
use super::queue::HELD;

/// The folder of the marks.
const RELEASING: &str = "releasing";

/// A held reply that was recorded.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReleaseAnswer {
    /// Its name in the queue, which it has left.
    pub held: String,
    /// How it was recorded.
    #[serde(flatten)]
    pub sent: SubmitAnswer,
}

/// What the verb `held` answers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum HeldShape {
    /// Those that are held.
    List(HeldAnswer),
    /// One that was released.
    Released(Box<ReleaseAnswer>),
    /// One that was discarded.
    Discarded(DiscardAnswer),
}

/// Records a held reply, and takes it out of the queue.
///
/// # Errors
/// When the actor is no editor, nothing of that name is held, or the archive
/// cannot record it: then it stays held. Refused when it was recorded by an
/// earlier release that was interrupted: then it leaves the queue.
pub fn release_held(
    archive: &mut Archive,
    written: &str,
    context: &Context,
) -> Result<ReleaseAnswer, DeskError> {
    for_editors(archive, context)?;
    let name = full_name(archive, written)?;
    let (head, draft) = HELD.whole(archive, &name)?.ok_or_else(|| nothing(written))?;
    let mark = format!("{RELEASING}/{name}");
    let before = recorded_before(archive, &mark, &draft)?;
    if let Some(id) = &before {
        let hidden = draft.name.clone().filter(|_| draft.hide_name);
        contact::keep(archive, id, &Contact { contact: head.contact.clone(), name: hidden })?;
        leave(archive, &name, &mark)?;
        let short = archive.snapshot()?.short_id(Kind::Correction, id)?;
        return Err(DeskError::refused(
            "released-before",
            format!("it was recorded as {short} by a release that was interrupted; now it has left the queue, and nothing was recorded twice"),
        )
        .hint(format!("its receipt: variorum receipt {short}")));
    }
    let begun = format!("{} {}", archive.log_size()?, context.now);
    archive.store.set_private(&mark, begun.as_bytes())?;
    let sent = contact::record(archive, &draft, head.contact.as_deref(), context)?;
    leave(archive, &name, &mark)?;
    Ok(ReleaseAnswer { held: format!("H-{name}"), sent })
}

/// Out of the queue; the mark goes last.
fn leave(archive: &Archive, name: &str, mark: &str) -> Result<(), DeskError> {
    HELD.drop(archive, name)?;
    archive.store.drop_private(mark)?;
    Ok(())
}

/// The correction that an interrupted release made of a reply.
fn recorded_before(
    archive: &Archive,
    mark: &str,
    draft: &SubmitDraft,
) -> Result<Option<Id<Correction>>, DeskError> {
    let Some(begun) = archive.store.private_start(mark, 64)? else { return Ok(None) };
    let begun = String::from_utf8_lossy(&begun);
    let (size, time) = begun.split_once(' ').unwrap_or((&begun, ""));
    // A mark that cannot be read says only that there was a release.
    let (size, time): (u64, Option<Timestamp>) = (size.parse().unwrap_or(0), time.parse().ok());
    let snap = archive.snapshot()?;
    for row in snap.rows(Kind::Correction, None)?.iter().rev().take_while(|r| r.seq >= size) {
        let id: Id<Correction> = row.id.cast();
        let correction = snap.get(&id)?.record;
        // One that says the same may have come since; it has another time.
        let then = time.is_none_or(|t| t == correction.time);
        if then && says_the_same(&snap, &correction, draft) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn says_the_same(snap: &Snapshot<'_>, correction: &Correction, draft: &SubmitDraft) -> bool {
    let Ok(reply) = snap.reply(correction) else { return false };
    let files = draft.evidence.iter().map(|e| &e.name).chain(&draft.promised);
    reply.says == draft.says.trim()
        && reply.quote == draft.quote
        && reply.replacement.as_deref() == draft.replacement.as_deref().map(str::trim)
        && reply.grounds == draft.grounds
        && reply.hide_name == draft.hide_name
        && (draft.hide_name || reply.name == draft.name)
        && reply.evidence.iter().eq(files)
}
