//! `submit`: a reader's reply, with a receipt.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::anchor;
use crate::digest::Id;
use crate::index::Snapshot;
use crate::model::{
    Carrier, Channel, Correction, CorrectionType, Document, Evidence, HowKnown, IntakeRule,
    KeyRole, ReplyText, SealRole, Selector, Shown,
};
use crate::sign::SecretKey;

use super::archive::Archive;
use super::notes::fold_words;
use super::place::Place;
use super::resolve::{self, Opened, Target};
use super::{Context, DeskError, people, receipt};

/// A reply to be sent.
#[derive(Debug, Clone, Default)]
pub struct SubmitDraft {
    /// Address of what it answers: `M`, `M:164`, `C-…`. With a quotation, the
    /// quotation is looked for there only.
    pub at: Option<String>,
    /// What the text says, as the reader typed it.
    pub quote: Option<String>,
    /// What it wants to say; told from the other fields when absent.
    pub r#type: Option<CorrectionType>,
    /// What the reader says.
    pub says: String,
    /// The words that should stand there instead.
    pub replacement: Option<String>,
    /// How the reader knows.
    pub known: Option<HowKnown>,
    /// The same in own words.
    pub grounds: Option<String>,
    /// Files offered as evidence.
    pub evidence: Vec<EvidenceFile>,
    /// Evidence that is referred to but not sent.
    pub promised: Vec<String>,
    /// Name or pseudonym to show.
    pub name: Option<String>,
    /// The reader asked not to be named.
    pub hide_name: bool,
    /// Language of the reply.
    pub language: Option<String>,
    /// OpenSSH private key with which the replier seals the reply.
    pub key: Option<String>,
    /// Nothing is written.
    pub dry_run: bool,
}

/// One file of evidence.
#[derive(Debug, Clone)]
pub struct EvidenceFile {
    /// Its name, kept with the reply's words.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

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

/// An earlier reply to the same words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Similar {
    /// Its short id.
    pub correction: String,
    /// It proposes the same words.
    pub same_words: bool,
}

/// Most bytes that one piece of evidence may have.
pub const EVIDENCE_LIMIT: usize = 256 * 1024 * 1024;
/// Characters of context kept on each side of a quotation.
const CONTEXT: usize = 64;

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
    let key = match &draft.key {
        Some(pem) => Some(
            SecretKey::from_openssh(pem)
                .map_err(|e| DeskError::usage("key", format!("the key cannot be used: {e}")))?,
        ),
        None => None,
    };
    let (built, committed) = archive.write(context, draft.dry_run, |snap, batch| {
        let policy = snap
            .policy()?
            .ok_or_else(|| DeskError::integrity("no-policy", "the archive has no policy record"))?;
        if policy.record.intake == IntakeRule::Closed {
            return Err(DeskError::refused(
                "intake-closed",
                "this archive takes no replies at present",
            ));
        }
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
        if let (Some(key), Some(agent)) = (&key, &maker) {
            let known = people::registered_key(snap, agent, key, KeyRole::Replier, context)?
                || people::registered_key(snap, agent, key, KeyRole::Author, context)?;
            if !known {
                people::record_key(batch, agent, agent, &key.public(), &[KeyRole::Replier])?;
            }
        }
        let known = draft.known.unwrap_or(HowKnown::NotSaid);
        let mut evidence = Vec::new();
        let given = draft.evidence.iter().map(|file| (&file.name, Some(file)));
        for (name, file) in given.chain(draft.promised.iter().map(|name| (name, None))) {
            words.evidence.push(name.clone());
            let (channel, state) = match file {
                Some(_) => (Channel::WithReply, Shown::Shown),
                None => (Channel::NotSaid, Shown::Promised),
            };
            let content = file.map(|f| batch.salted(f.bytes.clone()));
            evidence.push(batch.record(Evidence {
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
        let r#type =
            draft.r#type.unwrap_or(match (&words.replacement, draft.evidence.is_empty()) {
                (Some(_), _) => CorrectionType::Fact,
                (None, false) => CorrectionType::Evidence,
                (None, true) => CorrectionType::Clarification,
            });
        let content = batch.salted(words.to_bytes());
        let similar = similar(snap, &subject, &words)?;
        let id = batch.record(Correction {
            origin: batch.origin.clone(),
            maker,
            key: key.as_ref().map(|k| k.public().fingerprint()),
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
        if let Some(key) = &key {
            batch.seal(&id, SealRole::Submit, key)?;
        }
        let (place, reading) = match &subject {
            Subject::Words { opened, span } => {
                (Some(opened.place(span)), Some(opened.view().reading(span.clone())))
            }
            _ => (None, None),
        };
        Ok((id, subject.name(), place, words.exact, reading, similar))
    })?;
    let (id, subject, place, exact, reading, similar) = built;
    let snap = archive.snapshot()?;
    let correction = snap.short_id(crate::model::Kind::Correction, &id)?;
    let receipt_text = match &committed {
        Some(_) => Some(receipt::make(archive, &id)?.text),
        None => None,
    };
    Ok(SubmitAnswer {
        receipt: correction.replacen('C', "R", 1),
        log_index: snap.row(id.digest())?.map(|r| r.seq),
        correction,
        correction_id: id,
        subject,
        place,
        exact,
        reading,
        similar,
        receipt_text,
        dry_run: draft.dry_run,
    })
}

/// What a reply answers.
enum Subject {
    Words { opened: Opened, span: Range<usize> },
    Whole { opened: Opened },
    Record { id: Id, name: String },
}

impl Subject {
    fn name(&self) -> String {
        match self {
            Subject::Words { opened, span } => opened.place(span).address,
            Subject::Whole { opened } => opened.name.clone(),
            Subject::Record { name, .. } => name.clone(),
        }
    }
}

fn find(snap: &Snapshot<'_>, draft: &SubmitDraft) -> Result<Subject, DeskError> {
    let quote = draft.quote.as_deref().map(str::trim).filter(|q| !q.is_empty());
    match (&draft.at, quote) {
        (None, None) => {
            Err(DeskError::usage("no-subject", "the reply does not say what it answers")
                .hint("quote the words: --quote \"…\", or name the place: --at M:164"))
        }
        (None, Some(quote)) => {
            let (opened, span) = resolve::quotation(snap, quote, None)?;
            Ok(Subject::Words { opened, span })
        }
        (Some(at), None) => match resolve::target(snap, at, None)? {
            Target::Text { opened, whole: true, .. } => Ok(Subject::Whole { opened }),
            Target::Text { opened, span, .. } => {
                let span = trimmed(&opened.text, span);
                Ok(Subject::Words { opened, span })
            }
            Target::Record(row) => {
                Ok(Subject::Record { id: row.id, name: snap.short_any(&row.id)? })
            }
            Target::Receipt(id) => {
                Ok(Subject::Record { id: id.any(), name: snap.short_any(&id.any())? })
            }
        },
        (Some(at), Some(quote)) => match resolve::target(snap, at, None)? {
            Target::Text { opened, span, .. } => {
                let span = resolve::quotation_in(&opened, quote, span)?;
                Ok(Subject::Words { opened, span })
            }
            _ => Err(DeskError::usage(
                "no-text",
                format!("{at} is not a text, so it has no place for a quotation"),
            )
            .hint("leave --quote out")),
        },
    }
}

/// The span without white space at its ends.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let inside = &text[span.clone()];
    let start = span.start + (inside.len() - inside.trim_start().len());
    start..(start + inside.trim().len())
}

pub(super) fn selector_of(
    snap: &Snapshot<'_>,
    opened: &Opened,
    span: &Range<usize>,
) -> Result<Selector, DeskError> {
    let table = snap.passages(&opened.revision.id)?;
    anchor::select(opened.revision.id, &table, span.clone()).ok_or_else(|| {
        DeskError::usage(
            "span",
            format!("bytes {}-{} do not lie in {}", span.start, span.end, opened.name),
        )
    })
}

fn before(text: &str, at: usize) -> String {
    let head = &text[..at];
    let from = head.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(n, _)| n);
    head[from..].to_string()
}

fn after(text: &str, at: usize) -> String {
    text[at..].chars().take(CONTEXT).collect()
}

fn similar(
    snap: &Snapshot<'_>,
    subject: &Subject,
    words: &ReplyText,
) -> Result<Vec<Similar>, DeskError> {
    let mut out = Vec::new();
    let (earlier, place) = match subject {
        Subject::Words { opened, span } => {
            let selector = selector_of(snap, opened, span)?;
            let mut earlier = snap.corrections_in(&selector.passage)?;
            if let Some(last) = &selector.last {
                earlier.extend(snap.corrections_in(last)?);
                earlier.sort_by_key(|c| c.seq);
                earlier.dedup_by_key(|c| c.seq);
            }
            (earlier, Some(selector))
        }
        // Replies to a text as a whole have no words in common to compare.
        Subject::Whole { .. } => (Vec::new(), None),
        Subject::Record { id, .. } => (snap.corrections_on(id)?, None),
    };
    for earlier in earlier {
        let touches = match (&place, &earlier.record.selector) {
            (Some(a), Some(b)) => {
                // The same passage may stand in several revisions under other
                // numbers; where one of the two goes over its end, they touch.
                a.last.is_some() || b.last.is_some() || a.start < b.end && b.start < a.end
            }
            (None, None) => true,
            _ => false,
        };
        if touches {
            let same_words = match (
                &words.replacement,
                snap.reply(&earlier.record).ok().and_then(|r| r.replacement),
            ) {
                (Some(a), Some(b)) => fold_words(a) == fold_words(&b),
                _ => false,
            };
            let correction = snap.short_id(crate::model::Kind::Correction, &earlier.id)?;
            out.push(Similar { correction, same_words });
        }
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
