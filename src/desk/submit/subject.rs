//! What a reply answers, and which earlier replies answer the same.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::anchor;
use crate::digest::Id;
use crate::index::Snapshot;
use crate::model::{Kind, ReplyText, Selector};

use super::super::DeskError;
use super::super::notes::fold_words;
use super::super::resolve::{self, Opened, Target};
use super::draft::SubmitDraft;

/// Characters of context kept on each side of a quotation.
const CONTEXT: usize = 64;

/// An earlier reply to the same words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Similar {
    /// Its short id.
    pub correction: String,
    /// It proposes the same words.
    pub same_words: bool,
}

/// What a reply answers.
pub(super) enum Subject {
    Words { opened: Opened, span: Range<usize> },
    Whole { opened: Opened },
    Record { id: Id, name: String },
}

impl Subject {
    /// As it is named to people.
    pub fn name(&self) -> String {
        match self {
            Subject::Words { opened, span } => opened.place(span).address,
            Subject::Whole { opened } => opened.name.clone(),
            Subject::Record { name, .. } => name.clone(),
        }
    }
}

/// Finds what a draft answers.
pub(super) fn find(snap: &Snapshot<'_>, draft: &SubmitDraft) -> Result<Subject, DeskError> {
    let found = named(snap, draft)?;
    match found {
        Subject::Words { opened, span } if draft.gap => {
            Ok(Subject::Words { opened, span: span.end..span.end })
        }
        other if draft.gap => Err(DeskError::usage(
            "no-gap",
            format!("{} is no place where words could be missing", other.name()),
        )
        .hint("name the words before the gap: --quote \"…\", or their line: --at M:164")),
        other => Ok(other),
    }
}

/// What a draft names, by words or by address.
fn named(snap: &Snapshot<'_>, draft: &SubmitDraft) -> Result<Subject, DeskError> {
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
            Target::Text { opened, .. } if draft.bytes.is_some() => {
                let span = draft.bytes.clone().unwrap_or_default();
                if span.start > span.end || opened.text.get(span.clone()).is_none() {
                    return Err(DeskError::usage(
                        "span",
                        format!("bytes {}-{} are no words of {at}", span.start, span.end),
                    ));
                }
                Ok(Subject::Words { opened, span })
            }
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

/// The context before a place.
pub(super) fn before(text: &str, at: usize) -> String {
    let head = &text[..at];
    let from = head.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(n, _)| n);
    head[from..].to_string()
}

/// The context after a place.
pub(super) fn after(text: &str, at: usize) -> String {
    text[at..].chars().take(CONTEXT).collect()
}

/// Earlier replies to what a draft answers, which may not be sent yet.
pub(in crate::desk) fn similar_to(
    snap: &Snapshot<'_>,
    draft: &SubmitDraft,
    words: &ReplyText,
) -> Result<Vec<Similar>, DeskError> {
    similar(snap, &find(snap, draft)?, words)
}

/// Earlier replies to the same words, or the same gap.
pub(super) fn similar(
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
                let gap = (a.start, a.end) == (b.start, b.end);
                a.last.is_some() || b.last.is_some() || gap || a.start < b.end && b.start < a.end
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
            let correction = snap.short_id(Kind::Correction, &earlier.id)?;
            out.push(Similar { correction, same_words });
        }
    }
    Ok(out)
}
