//! Receiving replies: each recorded with its evidence, and its receipt made.

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::Id;
use crate::index::Snapshot;
use crate::model::{
    Agent, Carrier, Channel, Correction, CorrectionType, Document, Evidence, HowKnown, IntakeRule,
    KeyRole, Kind, ReplyText, SealRole, Shown,
};
use crate::sign::SecretKey;

use super::super::archive::Archive;
use super::super::batch::Batch;
use super::super::place::Place;
use super::super::receipt::Receipts;
use super::super::{Context, DeskError, people};
use super::draft::{EVIDENCE_LIMIT, SubmitDraft};
use super::subject::{Similar, Subject, after, before, find, selector_of, similar};

/// A reply that was received.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SubmitAnswer {
    /// Its short id, `C-1a2b3c`.
    pub correction: String,
    /// Its id.
    pub correction_id: Id<Correction>,
    /// What it answers.
    pub subject: String,
    /// Where, when it answers words of a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// It answers the gap at `place`, where something is missing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gap: bool,
    /// The words it answers, as stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// The words it answers, as read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
    /// Earlier replies to the same words.
    pub similar: Vec<Similar>,
    /// Name of the receipt, `R-1a2b3c`.
    pub receipt: String,
    /// Log index of the record, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_index: Option<u64>,
    /// The receipt file's text; absent on a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt_text: Option<String>,
    /// Nothing was written.
    pub dry_run: bool,
}

/// Receives a reply: finds the words it answers, records it with its evidence,
/// and makes the receipt.
///
/// # Errors
/// When the words are not found or fit several places (nothing is recorded),
/// nothing is said, or the archive takes no replies.
pub fn submit(
    archive: &mut Archive,
    draft: &SubmitDraft,
    context: &Context,
) -> Result<SubmitAnswer, DeskError> {
    let mut sent = submit_all(archive, std::slice::from_ref(draft), draft.dry_run, context)?;
    Ok(sent.remove(0))
}

/// Receives several replies in one batch: all of them, or none.
///
/// # Errors
/// As for [`submit`], for any of them.
pub fn submit_all(
    archive: &mut Archive,
    drafts: &[SubmitDraft],
    dry_run: bool,
    context: &Context,
) -> Result<Vec<SubmitAnswer>, DeskError> {
    let mut keys = Vec::with_capacity(drafts.len());
    for draft in drafts {
        keys.push(checked(draft)?);
    }
    let (built, committed) = archive.write(context, dry_run, |snap, batch| {
        takes_replies(snap)?;
        let mut built = Vec::with_capacity(drafts.len());
        for (draft, key) in drafts.iter().zip(&keys) {
            built.push(record(snap, batch, draft, key.as_ref(), context)?);
        }
        Ok(built)
    })?;
    let snap = archive.snapshot()?;
    let told = Told {
        receipts: Receipts::new(archive)?,
        snap: &snap,
        recorded: committed.is_some(),
        dry_run,
    };
    built.into_iter().map(|b| told.answer(b)).collect()
}

/// Receives replies of several people in one batch: what is wrong with one is
/// no reason to refuse the others. Cost: one commit for all; each text is
/// opened once.
///
/// # Errors
/// When the archive takes no replies, or nothing could be recorded at all; what
/// is wrong with one reply is its own answer.
pub fn submit_each(
    archive: &mut Archive,
    drafts: &[SubmitDraft],
    context: &Context,
) -> Result<Vec<Result<SubmitAnswer, DeskError>>, DeskError> {
    let (built, committed) = archive.write(context, false, |snap, batch| {
        takes_replies(snap)?;
        let mut built = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let before = batch.mark();
            let one =
                checked(draft).and_then(|key| record(snap, batch, draft, key.as_ref(), context));
            if one.is_err() {
                batch.back_to(&before);
            }
            built.push(one);
        }
        Ok(built)
    })?;
    let snap = archive.snapshot()?;
    let told = Told {
        receipts: Receipts::new(archive)?,
        snap: &snap,
        recorded: committed.is_some(),
        dry_run: false,
    };
    Ok(built.into_iter().map(|b| b.and_then(|b| told.answer(b))).collect())
}

fn takes_replies(snap: &Snapshot<'_>) -> Result<(), DeskError> {
    let policy = snap
        .policy()?
        .ok_or_else(|| DeskError::integrity("no-policy", "the archive has no policy record"))?;
    match policy.record.intake {
        IntakeRule::Closed => {
            Err(DeskError::refused("intake-closed", "this archive takes no replies at present"))
        }
        _ => Ok(()),
    }
}

/// What is told of replies after the batch.
struct Told<'a> {
    receipts: Receipts<'a>,
    snap: &'a Snapshot<'a>,
    recorded: bool,
    dry_run: bool,
}

impl Told<'_> {
    fn answer(&self, b: Built) -> Result<SubmitAnswer, DeskError> {
        let correction = self.snap.short_id(Kind::Correction, &b.id)?;
        let receipt_text = match self.recorded {
            true => Some(self.receipts.make(self.snap, &b.id)?.text),
            false => None,
        };
        Ok(SubmitAnswer {
            receipt: correction.replacen('C', "R", 1),
            log_index: self.snap.row(b.id.digest())?.map(|r| r.seq),
            correction,
            correction_id: b.id,
            subject: b.subject,
            place: b.place,
            gap: b.gap,
            exact: b.exact,
            reading: b.reading,
            similar: b.similar,
            receipt_text,
            dry_run: self.dry_run,
        })
    }
}

/// What can be said of a draft without the archive; its key, where it has one.
fn checked(draft: &SubmitDraft) -> Result<Option<SecretKey>, DeskError> {
    if draft.says.trim().is_empty()
        && draft.replacement.as_deref().is_none_or(|r| r.trim().is_empty())
    {
        return Err(DeskError::usage("nothing-said", "the reply says nothing")
            .hint("say what you hold to be right: --say TEXT, or give the words that should stand there: --should-read TEXT"));
    }
    if let Some(e) = draft.evidence.iter().find(|e| e.bytes.len() > EVIDENCE_LIMIT) {
        return Err(DeskError::usage(
            "evidence-too-long",
            format!("{} has more than {EVIDENCE_LIMIT} bytes", e.name),
        )
        .hint("send a part of it, and say where the whole is kept"));
    }
    match &draft.key {
        Some(pem) => SecretKey::from_openssh(pem)
            .map(Some)
            .map_err(|e| DeskError::usage("key", format!("the key cannot be used: {e}"))),
        None => Ok(None),
    }
}

/// A reply of the batch.
struct Built {
    id: Id<Correction>,
    subject: String,
    place: Option<Place>,
    gap: bool,
    exact: Option<String>,
    reading: Option<String>,
    similar: Vec<Similar>,
}

fn record(
    snap: &Snapshot<'_>,
    batch: &mut Batch<'_>,
    draft: &SubmitDraft,
    key: Option<&SecretKey>,
    context: &Context,
) -> Result<Built, DeskError> {
    let subject = find(snap, draft)?;
    let mut words = ReplyText {
        quote: draft.quote.clone(),
        says: draft.says.trim().to_string(),
        replacement: draft
            .replacement
            .as_ref()
            .map(|r| r.trim().to_string())
            .filter(|r| !r.is_empty()),
        grounds: draft.grounds.clone(),
        name: draft.name.clone().filter(|n| !n.trim().is_empty()),
        hide_name: draft.hide_name,
        language: draft.language.clone(),
        ..Default::default()
    };
    let (subject_id, selector) = match &subject {
        Subject::Words { opened, span } => {
            words.exact = Some(opened.text[span.clone()].to_string());
            words.prefix = Some(before(&opened.text, span.start));
            words.suffix = Some(after(&opened.text, span.end));
            (opened.revision.id.any(), Some(selector_of(snap, opened, span)?))
        }
        Subject::Whole { opened } => (opened.revision.id.any(), None),
        Subject::Record { id, .. } => (*id, None),
    };
    let maker = match &context.actor {
        Some(_) => Some(people::actor(snap, context)?.id),
        None => None,
    };
    if let (Some(key), Some(agent)) = (key, &maker) {
        let known = people::registered_key(snap, agent, key, KeyRole::Replier, context)?
            || people::registered_key(snap, agent, key, KeyRole::Author, context)?;
        if !known {
            people::record_key(batch, agent, agent, &key.public(), &[KeyRole::Replier])?;
        }
    }
    let known = draft.known.unwrap_or(HowKnown::NotSaid);
    let evidence = evidence(batch, draft, &mut words, maker, known, context)?;
    let r#type = draft.r#type.unwrap_or(match (&words.replacement, draft.evidence.is_empty()) {
        (Some(_), _) => CorrectionType::Fact,
        (None, false) => CorrectionType::Evidence,
        (None, true) => CorrectionType::Clarification,
    });
    let content = batch.salted(words.to_bytes());
    let similar = similar(snap, &subject, &words)?;
    let id = batch.record(Correction {
        origin: batch.origin.clone(),
        maker,
        key: key.map(|k| k.public().fingerprint()),
        time: batch.now,
        nonce: Some(context.nonce()),
        subject: subject_id,
        selector,
        r#type,
        known,
        content,
        evidence,
        parent: None,
    })?;
    if let Some(key) = key {
        batch.seal(&id, SealRole::Submit, key)?;
    }
    let (place, gap, reading) = match &subject {
        Subject::Words { opened, span } if span.is_empty() => {
            (Some(opened.place(span)), true, None)
        }
        Subject::Words { opened, span } => {
            (Some(opened.place(span)), false, Some(opened.view().reading(span.clone())))
        }
        _ => (None, false, None),
    };
    Ok(Built { id, subject: subject.name(), place, gap, exact: words.exact, reading, similar })
}

/// Records the evidence, sent and promised.
fn evidence(
    batch: &mut Batch<'_>,
    draft: &SubmitDraft,
    words: &mut ReplyText,
    maker: Option<Id<Agent>>,
    known: HowKnown,
    context: &Context,
) -> Result<Vec<Id<Evidence>>, DeskError> {
    let mut out = Vec::new();
    let given = draft.evidence.iter().map(|file| (&file.name, Some(file)));
    for (name, file) in given.chain(draft.promised.iter().map(|name| (name, None))) {
        words.evidence.push(name.clone());
        let (channel, state) = match file {
            Some(_) => (Channel::WithReply, Shown::Shown),
            None => (Channel::NotSaid, Shown::Promised),
        };
        let content = file.map(|f| batch.salted(f.bytes.clone()));
        out.push(batch.record(Evidence {
            origin: batch.origin.clone(),
            maker,
            key: None,
            time: batch.now,
            nonce: Some(context.nonce()),
            carrier: Carrier::NotSaid,
            channel,
            basis: known,
            state,
            content,
            media: file.and_then(|f| media_type(&f.name)).map(ToString::to_string),
            name: None,
            title: None,
            document: None,
            at: Vec::new(),
        })?);
    }
    Ok(out)
}

/// Media type by the end of a file name; only what replies commonly carry.
fn media_type(name: &str) -> Option<&'static str> {
    let end = name.rsplit_once('.')?.1.to_lowercase();
    Some(match end.as_str() {
        "pdf" => "application/pdf",
        "txt" => "text/plain",
        "html" | "htm" => "text/html",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "tif" | "tiff" => "image/tiff",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => return None,
    })
}
