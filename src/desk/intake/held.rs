//! Replies that an editor looks at before they are recorded, and replies that
//! rest between two pages of the form.
//!
//! A held reply is in no log and has no receipt, and the person is told so.
//! Released, it is recorded like any other; discarded, it is gone, and only
//! the number of discarded ones is kept, with day and signs.

use schemars::JsonSchema;
use serde::Serialize;

use crate::dates::Timestamp;

use super::super::archive::Archive;
use super::super::submit::SubmitDraft;
use super::super::{Context, DeskError, people};
use super::clipped::clipped;
use super::handed::Handed;
use super::queue::{HELD, Head, STAGED};
use super::signs::Sign;

/// The file that counts discarded replies, a line each.
const DISCARDED: &str = "discarded.tsv";
/// Seconds that a reply may rest between two pages: a day.
const RESTS: i64 = 24 * 60 * 60;

/// The replies that are held back.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HeldAnswer {
    /// Them, the earliest first.
    pub items: Vec<HeldReply>,
    /// How many were discarded since the archive began.
    pub discarded: usize,
}

/// A reply that is held back.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HeldReply {
    /// Its name, by which it is released or discarded.
    pub held: String,
    /// When it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handed: Option<Timestamp>,
    /// Why it is held; empty when all are.
    pub signs: Vec<Sign>,
    /// What it answers, as it was handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The words that it answers, as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// What it says.
    pub says: String,
    /// What it proposes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<String>,
    /// The name that it gives; private until it is released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name is not to be shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hide_name: bool,
    /// Where the person can be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Names and lengths of the files that came with it.
    pub evidence: Vec<(String, usize)>,
    /// The file cannot be read; only discarding it is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub damaged: Option<String>,
}

/// A held reply that was discarded.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DiscardAnswer {
    /// Its name in the queue, which it has left.
    pub held: String,
    /// How many were discarded since the archive began.
    pub discarded: usize,
}

/// The replies that are held back, told to an editor.
///
/// # Errors
/// When the actor is no editor, or this is a copy of an archive that is kept
/// elsewhere.
pub fn held(archive: &Archive, context: &Context) -> Result<HeldAnswer, DeskError> {
    for_editors(archive, context)?;
    let mut items = Vec::new();
    for file in HELD.files(archive)? {
        match HELD.head(archive, &file.name) {
            Ok(Some(head)) => items.push(shown(file.name, &head)),
            // Somebody was quicker.
            Ok(None) => {}
            Err(e) => items
                .push(HeldReply { damaged: Some(e.message), ..shown(file.name, &Head::default()) }),
        }
    }
    items.sort_by(|a, b| (a.handed, &a.held).cmp(&(b.handed, &b.held)));
    Ok(HeldAnswer { items, discarded: discarded(archive)? })
}

fn shown(held: String, head: &Head) -> HeldReply {
    let draft = head.draft(Vec::new());
    HeldReply {
        held: format!("H-{held}"),
        handed: head.handed,
        signs: head.signs.clone(),
        at: draft.at,
        quote: draft.quote,
        says: draft.says,
        replacement: draft.replacement,
        name: draft.name,
        hide_name: draft.hide_name,
        contact: head.contact.clone(),
        evidence: head.evidence.clone(),
        damaged: None,
    }
}

/// Holds a reply back.
pub(super) fn hold(
    archive: &Archive,
    handed: &Handed,
    signs: &[Sign],
    context: &Context,
) -> Result<String, DeskError> {
    let head = Head::of(&handed.draft, handed.contact.as_deref(), signs, context.now);
    HELD.keep(archive, &head, &handed.draft.evidence, context)
}

/// Discards a held reply; only that there was one is kept.
///
/// # Errors
/// When the actor is no editor, or nothing of that name is held.
pub fn discard_held(
    archive: &Archive,
    written: &str,
    context: &Context,
) -> Result<DiscardAnswer, DeskError> {
    for_editors(archive, context)?;
    let name = full_name(archive, written)?;
    let signs = HELD.head(archive, &name).ok().flatten().map(|h| h.signs).unwrap_or_default();
    if !HELD.drop(archive, &name)? {
        return Err(nothing(written));
    }
    let signs: Vec<&str> = signs.iter().map(|s| s.kind.word()).collect();
    archive
        .store
        .add_private(DISCARDED, &format!("{}\t{}", context.now.day(), signs.join("; ")))?;
    Ok(DiscardAnswer { held: format!("H-{name}"), discarded: discarded(archive)? })
}

fn discarded(archive: &Archive) -> Result<usize, DeskError> {
    let lines = archive.store.private_start(DISCARDED, u64::MAX)?.unwrap_or_default();
    Ok(lines.iter().filter(|b| **b == b'\n').count())
}

/// The whole name that begins so: `H-1a2b3c`.
pub(super) fn full_name(archive: &Archive, written: &str) -> Result<String, DeskError> {
    let start = written.trim().trim_start_matches("H-").to_ascii_lowercase();
    if start.len() < 6 || !start.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(nothing(written));
    }
    let mut fits: Vec<String> = HELD.files(archive)?.into_iter().map(|f| f.name).collect();
    fits.retain(|n| n.starts_with(&start));
    match &mut fits[..] {
        [one] => Ok(std::mem::take(one)),
        [] => Err(nothing(written)),
        several => Err(DeskError::not_found(
            "held-ambiguous",
            format!("{} held replies begin with {}", several.len(), clipped(written)),
        )
        .hint("write more of the name: variorum held")),
    }
}

pub(super) fn nothing(written: &str) -> DeskError {
    DeskError::not_found("not-held", format!("no reply {:?} is held", clipped(written)))
        .hint("see those that are: variorum held")
}

pub(super) fn for_editors(archive: &Archive, context: &Context) -> Result<(), DeskError> {
    let snap = archive.snapshot()?;
    people::must_be_editor(&snap, &people::actor(&snap, context)?)
}

/// Keeps a reply for a day, so that nothing has to be typed or sent twice
/// while a page asks something else: when words of it are not understood, or
/// others said the same. The answer is a name that nobody can guess, for a
/// hidden field.
///
/// # Errors
/// As for [`super::take`], and when too many rest already.
pub fn stage(archive: &Archive, handed: Handed, context: &Context) -> Result<String, DeskError> {
    let handed = handed.checked()?;
    for file in STAGED.files(archive)? {
        let head = STAGED.head(archive, &file.name).ok().flatten();
        let age =
            head.and_then(|h| h.handed).map(|t| context.now.unix_seconds() - t.unix_seconds());
        if age.is_none_or(|age| age > RESTS) {
            STAGED.drop(archive, &file.name)?;
        }
    }
    let head = Head::of(&handed.draft, handed.contact.as_deref(), &[], context.now);
    STAGED.keep(archive, &head, &handed.draft.evidence, context)
}

/// A reply that rests, and where its sender can be asked; it rests no longer
/// where `take` is set. None where nothing rests under that name.
///
/// # Errors
/// When its file is damaged.
pub fn staged(
    archive: &Archive,
    name: &str,
    take: bool,
) -> Result<Option<(SubmitDraft, Option<String>)>, DeskError> {
    let found = STAGED.whole(archive, name)?;
    if take && found.is_some() {
        STAGED.drop(archive, name)?;
    }
    Ok(found.map(|(head, draft)| (draft, head.contact)))
}
