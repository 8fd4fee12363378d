//! `undo`: an answer that was given by mistake is taken back by whoever gave
//! it. Nothing is removed: a further decision says so, the reply waits again,
//! and a revision that the answer made stays as it is (law 4).

use schemars::JsonSchema;
use serde::Serialize;

use crate::dates::Timestamp;
use crate::digest::Id;
use crate::index::{Held, Snapshot};
use crate::model::{Decision, Kind, Verdict};

use super::address::Address;
use super::archive::Archive;
use super::{Context, DeskError, people, resolve};

/// How the reason of such a decision begins.
const TAKEN_BACK: &str = "taken back: ";

/// An answer to take back.
#[derive(Debug, Clone, Default)]
pub struct UndoDraft {
    /// The correction `C-…` whose last answer it is, or the answer `D-…`.
    pub address: String,
    /// Why; published.
    pub reason: String,
    /// Nothing is written.
    pub dry_run: bool,
}

/// An answer that was taken back.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct UndoAnswer {
    /// The correction, which waits again.
    pub correction: String,
    /// The decision that was taken back.
    pub taken_back: String,
    /// What it was.
    pub verdict: Verdict,
    /// The decision that says so.
    pub decision: String,
    /// The reason as recorded.
    pub reason: String,
    /// Who took it back.
    pub by: String,
    /// The revision that the answer had made: it stays, and stays the newest.
    /// To change its words again, a new correction is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stays: Option<String>,
    /// Nothing was written.
    pub dry_run: bool,
}

/// Whether a decision only takes another one back.
pub(super) fn takes_back(decision: &Decision) -> bool {
    decision.verdict == Verdict::LeaveOpen
        && decision.parent.is_some()
        && decision.reason.starts_with(TAKEN_BACK)
}

/// Takes the last answer to a correction back.
///
/// # Errors
/// When no reason is given, there is no answer or it is not the last one, or
/// the actor did not give it.
pub fn undo(
    archive: &mut Archive,
    draft: &UndoDraft,
    context: &Context,
) -> Result<UndoAnswer, DeskError> {
    let reason = draft.reason.trim();
    if reason.is_empty() {
        return Err(DeskError::usage(
            "no-reason",
            "taking an answer back needs a reason: it is published with the reply",
        )
        .hint("add --reason \"…\""));
    }
    let reason = format!("{TAKEN_BACK}{reason}");
    let (answer, _) = archive.write(context, draft.dry_run, |snap, batch| {
        let former = answer_of(snap, &draft.address)?;
        let actor = people::actor(snap, context)?;
        people::must_be_editor(snap, &actor)?;
        let d = &former.record;
        let name = snap.short_id(Kind::Decision, &former.id)?;
        if takes_back(d) {
            return Err(DeskError::refused(
                "taken-back",
                format!("the last decision, {name}, took an answer back already"),
            )
            .hint("the reply waits: answer it anew"));
        }
        if d.maker != Some(actor.id) {
            let by = d.maker.map(|m| snap.agent_name(&m)).transpose()?;
            return Err(DeskError::refused(
                "not-yours",
                format!(
                    "{name} was decided by {}, and only who decided can take it back",
                    by.as_deref().unwrap_or("nobody named")
                ),
            )
            .hint("another editor can decide anew: variorum decide C-… VERDICT --reason \"…\""));
        }
        let decision = batch.record(Decision {
            origin: batch.origin.clone(),
            maker: Some(actor.id),
            key: None,
            time: batch.now,
            nonce: Some(context.nonce()),
            subject: d.subject,
            verdict: Verdict::LeaveOpen,
            reason: reason.clone(),
            revision: None,
            same_as: None,
            to_text: d.to_text,
            to_replier: d.to_replier,
            parent: Some(former.id),
        })?;
        Ok(UndoAnswer {
            correction: snap.short_id(Kind::Correction, &d.subject)?,
            taken_back: name,
            verdict: d.verdict,
            decision: crate::model::short_id(Kind::Decision, &decision, 6),
            reason: reason.clone(),
            by: actor.record.name,
            stays: d.revision.map(|r| snap.revision_name(&r)).transpose()?,
            dry_run: draft.dry_run,
        })
    })?;
    Ok(answer)
}

/// The decision that an address means: the last one on a correction, or one
/// named itself that is the last.
fn answer_of(snap: &Snapshot<'_>, address: &str) -> Result<Held<Decision>, DeskError> {
    let (correction, wanted) = match Address::parse(address)? {
        Address::Record { kind: Kind::Decision, hex } => {
            let id: Id<Decision> =
                resolve::row(snap, address, &hex, Some(Kind::Decision))?.id.cast();
            (snap.get(&id)?.record.subject, Some(id))
        }
        _ => (resolve::correction(snap, address)?.id, None),
    };
    let last = snap.decisions_on(&correction)?.pop().ok_or_else(|| {
        DeskError::not_found("no-answer", format!("{address} has not been answered"))
    })?;
    if wanted.is_some_and(|id| id != last.id) {
        let newer = snap.short_id(Kind::Decision, &last.id)?;
        return Err(DeskError::refused(
            "not-the-last",
            format!("{address} does not hold any more: {newer} came after it"),
        )
        .hint(format!("take back the last one: variorum undo {newer}")));
    }
    Ok(last)
}

/// A decision, as a list of the last ones names it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LastDecision {
    /// Its short id.
    pub decision: String,
    /// The correction.
    pub correction: String,
    /// The answer.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// When.
    pub time: Timestamp,
    /// The revision that it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// It holds, and can be taken back by whoever gave it.
    pub holds: bool,
}

/// The last decisions of the editor who acts, the newest first, at most `most`.
///
/// # Errors
/// When the actor is not known, or a record is damaged.
pub fn last_decisions(
    archive: &Archive,
    most: usize,
    context: &Context,
) -> Result<Vec<LastDecision>, DeskError> {
    let snap = archive.snapshot()?;
    let actor = people::actor(&snap, context)?;
    let mut out = Vec::new();
    for row in snap.rows(Kind::Decision, None)?.iter().rev() {
        if out.len() == most {
            break;
        }
        let held: Held<Decision> = snap.get(&row.id.cast())?;
        let d = &held.record;
        if d.maker != Some(actor.id) || takes_back(d) {
            continue;
        }
        let last = snap.decisions_on(&d.subject)?.pop();
        out.push(LastDecision {
            decision: snap.short_id(Kind::Decision, &held.id)?,
            correction: snap.short_id(Kind::Correction, &d.subject)?,
            verdict: d.verdict,
            reason: d.reason.clone(),
            time: d.time,
            revision: d.revision.map(|r| snap.revision_name(&r)).transpose()?,
            holds: last.is_some_and(|l| l.id == held.id),
        });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Record;

    #[test]
    fn only_a_following_leave_open_with_these_words_takes_back() {
        let decision = crate::model::samples::all().into_iter().find_map(|r| match r {
            Record::Decision(d) => Some(d),
            _ => None,
        });
        let mut d = decision.unwrap();
        d.verdict = Verdict::LeaveOpen;
        d.reason = format!("{TAKEN_BACK}the wrong line");
        d.parent = Some(Id::new(crate::digest::Digest::of(b"")));
        assert!(takes_back(&d));
        d.parent = None;
        assert!(!takes_back(&d));
        d.parent = Some(Id::new(crate::digest::Digest::of(b"")));
        d.reason = "it was taken back: so they say".into();
        assert!(!takes_back(&d));
        d.reason = format!("{TAKEN_BACK}x");
        d.verdict = Verdict::Decline;
        assert!(!takes_back(&d));
    }
}
