//! `decide`: an editor's recorded and reasoned answer to a correction.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::collate::{self, ChangeKind};
use crate::digest::{Digest, Id, commitment, edited_salt};
use crate::index::{Back, Followed, Held, Snapshot};
use crate::model::{
    Correction, Decision, Document, EditList, KeyRole, Kind, Nature, RelationToReplier,
    RelationToText, ReplyText, Revision, SealRole, TextState, Verdict,
};
use crate::sign::SecretKey;
use crate::text::edits::{Edit, Edits, between};
use crate::text::{PassageTable, View};

use super::archive::Archive;
use super::batch::Batch;
use super::place::Place;
use super::resolve::{self, Opened};
use super::{Context, DeskError, people};

/// Every so many revisions the text is stored, so that reading one never
/// applies more edit lists than this. A stored book costs as much as some
/// hundred corrections, so this is seldom.
const KEYFRAME: usize = 512;

/// An answer to a correction.
#[derive(Debug, Clone)]
pub struct DecideDraft {
    /// The correction, `C-1a2b3c`.
    pub correction: String,
    /// The answer.
    pub verdict: Verdict,
    /// Why; published.
    pub reason: String,
    /// The words to put there, where they are not the proposed ones.
    pub text: Option<String>,
    /// The correction that says the same, for `same as`.
    pub same_as: Option<String>,
    /// Whose words the new revision holds; editorial when absent.
    pub nature: Option<Nature>,
    /// The decider's relation to the text.
    pub to_text: Option<RelationToText>,
    /// The decider's relation to the replier.
    pub to_replier: Option<RelationToReplier>,
    /// OpenSSH private key with which the decision is sealed.
    pub key: Option<String>,
    /// Nothing is written.
    pub dry_run: bool,
}

/// What was decided.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DecideAnswer {
    /// Short id of the decision.
    pub decision: String,
    /// Its id.
    pub decision_id: Id<Decision>,
    /// The correction.
    pub correction: String,
    /// The answer.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// The decider's relation to the text.
    pub to_text: RelationToText,
    /// The decider's relation to the replier.
    pub to_replier: RelationToReplier,
    /// The revision that it made, `M@2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision_id: Option<Id<Revision>>,
    /// Whose words it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nature: Option<Nature>,
    /// SHA-256 of its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Digest>,
    /// What stood there, as read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// What stands there now, as read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// Where it stands in the new revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The decision that this one changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<String>,
    /// Nothing was written.
    pub dry_run: bool,
}

/// Records a decision; an adoption makes a new revision.
///
/// # Errors
/// When no reason is given, the actor is no editor, an adoption has no words
/// to adopt or its words were changed since, or an authorial revision is asked
/// for without the author's key or mandate.
pub fn decide(
    archive: &mut Archive,
    draft: &DecideDraft,
    context: &Context,
) -> Result<DecideAnswer, DeskError> {
    let reason = draft.reason.trim();
    if reason.is_empty() {
        return Err(DeskError::usage(
            "no-reason",
            "a decision needs a reason: it is published with the correction",
        )
        .hint("add --reason \"…\""));
    }
    let key = match &draft.key {
        Some(pem) => Some(
            SecretKey::from_openssh(pem)
                .map_err(|e| DeskError::usage("key", format!("the key cannot be used: {e}")))?,
        ),
        None => None,
    };
    let adopts = matches!(draft.verdict, Verdict::Adopt | Verdict::AdoptInPart);
    if !adopts && draft.text.is_some() {
        return Err(DeskError::usage(
            "text-unused",
            format!("--text gives words to adopt, but the answer is {:?}", draft.verdict.word()),
        ));
    }
    if !adopts && draft.nature.is_some() {
        return Err(DeskError::usage(
            "nature-unused",
            "--nature belongs to an adoption: nothing else makes a revision",
        ));
    }
    if (draft.verdict == Verdict::SameAs) != draft.same_as.is_some() {
        return Err(DeskError::usage("same-as", "`same-as` and --same-as C-… go together"));
    }
    let (answer, _) = archive.write(context, draft.dry_run, |snap, batch| {
        let correction = resolve::correction(snap, &draft.correction)?;
        let actor = people::actor(snap, context)?;
        people::must_be_editor(snap, &actor)?;
        let former = snap.decisions_on(&correction.id)?.pop();
        if let Some(f) = &former
            && matches!(f.record.verdict, Verdict::Adopt | Verdict::AdoptInPart)
            && adopts
        {
            let d = snap.short_id(Kind::Decision, &f.id)?;
            return Err(DeskError::refused(
                "already-adopted",
                format!("{} was adopted by {d}", draft.correction),
            )
            .hint("to change the text again, send a new correction to its newest revision"));
        }
        let same_as = match &draft.same_as {
            Some(c) => {
                let other = resolve::correction(snap, c)?;
                if other.id == correction.id {
                    return Err(DeskError::usage(
                        "same-as",
                        "a correction is not the same as itself: name the other one",
                    ));
                }
                Some(other.id)
            }
            None => None,
        };
        let made = if adopts {
            Some(adopt(snap, batch, draft, &correction, &actor, key.as_ref())?)
        } else {
            None
        };
        let sealing = key.as_ref().map(|k| k.public().fingerprint());
        if let Some(key) = &key
            && !people::registered_key(snap, &actor.id, key, KeyRole::Editor, context)?
            && !people::registered_key(snap, &actor.id, key, KeyRole::Author, context)?
        {
            people::record_key(batch, &actor.id, &actor.id, &key.public(), &[KeyRole::Editor])?;
        }
        let to_text = draft.to_text.unwrap_or(RelationToText::Editor);
        let to_replier = draft.to_replier.unwrap_or(RelationToReplier::NotSaid);
        let decision = batch.record(Decision {
            origin: batch.origin.clone(),
            maker: Some(actor.id),
            key: sealing,
            time: batch.now,
            nonce: Some(context.nonce()),
            subject: correction.id,
            verdict: draft.verdict,
            reason: reason.to_string(),
            revision: made.as_ref().map(|m| m.id),
            same_as,
            to_text,
            to_replier,
            parent: former.as_ref().map(|f| f.id),
        })?;
        if let Some(key) = &key {
            batch.seal(&decision, SealRole::Decide, key)?;
        }
        Ok(DecideAnswer {
            decision: crate::model::short_id(Kind::Decision, &decision, 6),
            decision_id: decision,
            correction: snap.short_id(Kind::Correction, &correction.id)?,
            verdict: draft.verdict,
            reason: reason.to_string(),
            by: actor.record.name,
            to_text,
            to_replier,
            revision: made.as_ref().map(|m| m.name.clone()),
            revision_id: made.as_ref().map(|m| m.id),
            nature: made.as_ref().map(|m| m.nature),
            sha256: made.as_ref().and_then(|m| m.sha256),
            was: made.as_ref().map(|m| m.was.clone()),
            now: made.as_ref().map(|m| m.now.clone()),
            place: made.map(|m| m.place),
            changes: former.map(|f| snap.short_id(Kind::Decision, &f.id)).transpose()?,
            dry_run: draft.dry_run,
        })
    })?;
    Ok(answer)
}

/// A revision that an adoption made.
struct Made {
    id: Id<Revision>,
    name: String,
    nature: Nature,
    sha256: Option<Digest>,
    was: String,
    now: String,
    place: Place,
}

fn adopt(
    snap: &Snapshot<'_>,
    batch: &mut Batch<'_>,
    draft: &DecideDraft,
    correction: &Held<Correction>,
    actor: &Held<crate::model::Agent>,
    key: Option<&SecretKey>,
) -> Result<Made, DeskError> {
    let reply = snap.reply(&correction.record)?;
    let words = wanted(draft, &reply)?;
    let Some(selector) = &correction.record.selector else {
        return Err(DeskError::refused(
            "no-place",
            format!(
                "{} answers no words of a text, so there is nothing to replace",
                draft.correction
            ),
        )
        .hint("let it stand beside the text: alongside"));
    };
    let target = snap.get(&selector.revision)?;
    let source = snap.get(&target.record.source)?;
    let siglum = &source.record.siglum;
    let head = head_of(snap, siglum, &target)?;
    let nature = draft.nature.unwrap_or(Nature::Editorial);
    may_make(snap, batch.context(), nature, &source, actor, key)?;

    let at = place_now(snap, &head, &target, correction, &reply, &draft.correction)?;
    let edits = edits_for(&head.text, &at, words)?;
    let text = edits
        .apply(&head.text, &|_, _| None)
        .map_err(|e| DeskError::usage("edits", format!("the words cannot be put there: {e}")))?;

    let mut state = state_of(snap, &head, &text, &EditList { edits: edits.clone() })?;
    if state.sha256.is_some() && is_far(snap, &head.revision)? {
        state.passages = Some(batch.plain(PassageTable::of(&text).to_bytes()).name);
        batch.plain(text.clone().into_bytes());
    }
    let list = EditList { edits: edits.clone() }.to_bytes();
    let content = if state.sha256.is_none() { batch.salted(list) } else { batch.plain(list) };
    let id = batch.record(Revision {
        origin: batch.origin.clone(),
        maker: Some(actor.id),
        key: None,
        time: batch.now,
        nonce: Some(batch.context().nonce()),
        source: source.id,
        parent: Some(head.revision.id),
        nature,
        issuer: Some(actor.id),
        label: None,
        date: None,
        url: None,
        adopts: vec![correction.id],
        text: state.clone(),
        edits: Some(content),
        received: None,
        withheld: false,
    })?;
    let number = snap.revision_count(&source.id)? + 1;
    let name = format!("{siglum}@{number}");
    let new = edits.map_around(at.clone()).unwrap_or(at.start..at.start);
    let view = View::new(text.as_str().into());
    Ok(Made {
        id,
        nature,
        sha256: state.sha256,
        was: head.view().reading(at),
        now: view.reading(new.clone()),
        place: Place::new(&name, &id, &view, &new),
        name,
    })
}

/// Whether a revision is so many edit lists away from a stored text that the
/// next one is stored as well.
fn is_far(snap: &Snapshot<'_>, from: &Held<Revision>) -> Result<bool, DeskError> {
    Ok(snap.line(&from.id, Back::ToWhole)?.len() >= KEYFRAME)
}

fn wanted<'a>(draft: &'a DecideDraft, reply: &'a ReplyText) -> Result<&'a str, DeskError> {
    match (&draft.text, &reply.replacement, draft.verdict) {
        (Some(t), Some(r), Verdict::Adopt) if t.trim() != r.trim() => {
            Err(DeskError::usage("other-words", "--text gives other words than the proposed ones")
                .hint("to adopt other words than proposed: adopt-in-part --text \"…\""))
        }
        (Some(t), ..) => Ok(t),
        (None, Some(r), Verdict::Adopt) => Ok(r),
        (None, Some(_), _) => {
            Err(DeskError::usage("no-text", "adopting in part needs the words that are adopted")
                .hint("give them: --text \"…\""))
        }
        (None, None, _) => Err(DeskError::usage(
            "no-text",
            format!("{} proposes no words that could stand in the text", draft.correction),
        )
        .hint("give them: --text \"…\", or let it stand beside the text: alongside")),
    }
}

/// The newest revision of the line to which the correction was written.
fn head_of(
    snap: &Snapshot<'_>,
    siglum: &str,
    target: &Held<Revision>,
) -> Result<Opened, DeskError> {
    let heads = snap.heads(&target.record.source)?;
    if let [(one, _)] = heads[..] {
        return resolve::open_text(snap, siglum, Some(one));
    }
    // Rival lines: the one that goes on from the revision that was answered.
    let mut ours = Vec::new();
    for (n, id) in heads {
        if snap.line(&id, Back::ToTheFirst)?.iter().any(|step| step.id == target.id) {
            ours.push(n);
        }
    }
    match ours[..] {
        [one] => resolve::open_text(snap, siglum, Some(one)),
        _ => Err(DeskError::not_found(
            "several-heads",
            format!("{siglum} has several newest revisions"),
        )
        .hint("adoption into one of several lines is not supported")),
    }
}

/// Where the words that were answered stand in the newest revision.
fn place_now(
    snap: &Snapshot<'_>,
    head: &Opened,
    target: &Held<Revision>,
    correction: &Held<Correction>,
    reply: &ReplyText,
    named: &str,
) -> Result<Range<usize>, DeskError> {
    let lost = |why: &str| {
        DeskError::refused(
            "overlap",
            format!("the words that {named} answers {why} in {}", head.name),
        )
        .hint(format!(
            "look: variorum show {}; then answer it otherwise, or ask for a correction to {}",
            named, head.name
        ))
    };
    let selector = correction.record.selector.as_ref().expect("looked at before");
    let at = snap.selected(selector)?.ok_or_else(|| lost("are not found"))?;
    let traced = snap.trace(&snap.way_to(&head.revision.id)?, &target.id, at.clone())?;
    match traced.map(|t| (t.followed, t.compared)) {
        Some((Followed::Kept(span), _)) => Ok(span),
        Some((_, false)) => Err(lost("were changed by another adoption")),
        Some((Followed::Changed(_), true)) => Err(lost("read otherwise")),
        Some((Followed::Lost, true)) => Err(lost("do not stand any more")),
        None => {
            let exact = reply.exact.as_deref().unwrap_or_default();
            let (prefix, suffix) = (
                reply.prefix.as_deref().unwrap_or_default(),
                reply.suffix.as_deref().unwrap_or_default(),
            );
            match crate::anchor::Locator::new(head.view()).locate_near(
                exact,
                prefix,
                suffix,
                Some(at.start),
            ) {
                crate::anchor::Resolution::Exact(span) => Ok(span),
                _ => Err(lost("do not stand as they did")),
            }
        }
    }
}

/// The smallest edits that put `words` in place of the span: words that stay
/// keep their writer, and the lines of the text keep their breaks.
fn edits_for(text: &str, at: &Range<usize>, words: &str) -> Result<Edits, DeskError> {
    let (old, words) = (&text[at.clone()], words.trim());
    let mut list = by_words(old, words).unwrap_or_default();
    if list.is_empty() {
        // The proposal is about the layout alone.
        list = between(old, words).as_slice().to_vec();
    }
    if list.is_empty() {
        return Err(DeskError::refused(
            "no-change",
            "the proposed words are those that stand there already",
        )
        .hint("answer it otherwise: alongside, decline or same-as"));
    }
    let shifted = list.into_iter().map(|e| match e {
        Edit::Replace { start, end, text } => {
            Edit::Replace { start: start + at.start, end: end + at.start, text }
        }
        Edit::Layout { start, end, text } => {
            Edit::Layout { start: start + at.start, end: end + at.start, text }
        }
        // Two texts compared give no moves and no restores.
        other => other,
    });
    Edits::new(shifted.collect())
        .map_err(|e| DeskError::usage("edits", format!("the words cannot be put there: {e}")))
}

/// Replacements of whole words; `None` when words changed places, which only
/// the letters can tell.
fn by_words(old: &str, new: &str) -> Option<Vec<Edit>> {
    let (a, b) = (View::new(old.into()), View::new(new.into()));
    let mut list = Vec::new();
    for change in collate::diff(&a, &b).changes {
        let (was, is) = (change.old.range(), change.new.range());
        let text = &new[is];
        list.push(match change.kind {
            ChangeKind::Replace => {
                Edit::Replace { start: was.start, end: was.end, text: text.to_string() }
            }
            ChangeKind::Insert => {
                let before_word =
                    old[was.start..].chars().next().is_some_and(|c| !c.is_whitespace());
                let text = if before_word { format!("{text} ") } else { format!(" {text}") };
                Edit::insert(was.start, text)
            }
            ChangeKind::Delete => {
                // One of the two spaces round it goes with it.
                let after = old[was.end..].len() - old[was.end..].trim_start().len();
                let before = old[..was.start].len() - old[..was.start].trim_end().len();
                let (start, end) = if after > 0 {
                    (was.start, was.end + after)
                } else {
                    (was.start - before, was.end)
                };
                Edit::Replace { start, end, text: String::new() }
            }
            ChangeKind::Move => return None,
        });
    }
    Some(list)
}

fn state_of(
    snap: &Snapshot<'_>,
    head: &Opened,
    text: &str,
    edits: &EditList,
) -> Result<TextState, DeskError> {
    let bytes = text.len() as u64;
    let parent = &head.revision.record.text;
    if parent.sha256.is_some() {
        let table = PassageTable::of(text);
        return Ok(TextState {
            bytes,
            sha256: Some(Digest::of(text.as_bytes())),
            commitment: None,
            root: table.root(),
            passages: None,
        });
    }
    // A private text stays private: the new salt follows from the old one, so
    // that destroying the first destroys them all.
    let salt = edited_salt(&snap.text_salt(&head.revision.id)?, &edits.to_bytes());
    let table = PassageTable::salted(text, &salt);
    Ok(TextState {
        bytes,
        sha256: None,
        commitment: Some(commitment(&salt, text.as_bytes())),
        root: table.root(),
        passages: None,
    })
}

/// Law 2: only the author's own key, or a recorded mandate, makes an authorial
/// revision.
fn may_make(
    snap: &Snapshot<'_>,
    context: &Context,
    nature: Nature,
    source: &Held<crate::model::Source>,
    actor: &Held<crate::model::Agent>,
    key: Option<&SecretKey>,
) -> Result<(), DeskError> {
    match nature {
        Nature::TranscriptionFix | Nature::Editorial => return Ok(()),
        Nature::Received | Nature::Alternative => {
            return Err(DeskError::usage(
                "nature",
                format!("an adoption does not make a revision of nature {:?}", nature.word()),
            )
            .hint("--nature transcription-fix, editorial or authorial"));
        }
        Nature::Authorial => {}
    }
    let policy = snap
        .policy()?
        .ok_or_else(|| DeskError::integrity("no-policy", "the archive has no policy record"))?;
    if policy.record.mandates.iter().any(|m| m.agent == actor.id && m.source == source.id) {
        return Ok(());
    }
    let siglum = &source.record.siglum;
    if let Some(key) = key
        && source.record.creators.contains(&actor.id)
        && people::registered_key(snap, &actor.id, key, KeyRole::Author, context)?
    {
        return Ok(());
    }
    Err(DeskError::refused("not-the-author", format!("only the author's own key makes an authorial revision of {siglum}"))
        .hint("as the author: --as NAME --key FILE with the key that was recorded; otherwise --nature editorial, cited as “ed.”"))
}
