//! The replies that stand beside a text: where each stands in the revision
//! that is shown, and how it was answered.

use std::collections::HashMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::anchor::{Locator, Resolution};
use crate::dates::Timestamp;
use crate::digest::Id;
use crate::index::{Followed, Held, Snapshot, Traced};
use crate::model::{
    Correction, CorrectionType, Decision, HowKnown, Kind, Link, ReplyText, Revision, Selector,
    Verdict,
};

use super::DeskError;
use super::resolve::Opened;

/// A reply beside a text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Note {
    /// Its short id.
    pub correction: String,
    /// Its id.
    pub correction_id: Id<Correction>,
    /// The revision it was written to, `M@1`.
    pub written_to: String,
    /// How it was found in the revision that is shown.
    pub anchoring: Anchoring,
    /// First byte in the revision that is shown; absent when lost or when it
    /// answers the text as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// End byte, exclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// Share of its words that were found again, 0 to 1, where its place was
    /// found by comparing or searching; absent where it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Less than half of its words are left: it should be looked at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub damaged: bool,
    /// What it wants to say.
    pub r#type: CorrectionType,
    /// What the person says.
    pub says: String,
    /// The words it answers, as read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// The words that should stand there instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<String>,
    /// How the person says that he or she knows.
    pub known: HowKnown,
    /// The same in own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grounds: Option<String>,
    /// Name to show; absent when none was given or it is to be hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Pieces of evidence offered.
    pub evidence: usize,
    /// When it was received, by the archive's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Timestamp>,
    /// The answer that holds, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Answered>,
    /// Its words were withheld or cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld: Option<String>,
}

/// How a reply's place was found in the revision that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Anchoring {
    /// It was written to this revision.
    Exact,
    /// Followed from the revision it was written to through recorded edits.
    Followed,
    /// Its words were found again in another edition, by comparing the two or,
    /// where the older one is not supplied, by their wording.
    Moved,
    /// Its words were changed since; the changed words are marked. With a score
    /// where that was inferred.
    Changed,
    /// It answers the text as a whole.
    Whole,
    /// Its words are not in this revision.
    Lost,
}

/// How a reply was answered.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Answered {
    /// Short id of the decision.
    pub decision: String,
    /// The answer.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Who decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    pub time: Timestamp,
    /// The revision that it made, `M@2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// The correction that says the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// The decider's relation to the text.
    pub to_text: String,
    /// The decider's relation to the replier.
    pub to_replier: String,
}

/// All replies to any revision of the opened text's source, each at its place
/// in the opened revision, in order of arrival.
pub(super) fn notes(snap: &Snapshot<'_>, opened: &Opened) -> Result<Vec<Note>, DeskError> {
    let way = snap.way_to(&opened.revision.id)?;
    let mut locator: Option<Locator<'_>> = None;
    let mut rows = Vec::new();
    for revision in snap.naming(&opened.source.id, Link::Source)? {
        let replies = snap.naming(&revision.id, Link::Subject)?;
        rows.extend(replies.into_iter().filter(|r| r.kind == Kind::Correction));
    }
    rows.sort_by_key(|r| r.seq);
    let mut names: HashMap<Id<Revision>, String> = HashMap::new();
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let correction: Held<Correction> = snap.get(&row.id.cast())?;
        let target: Id<Revision> = correction.record.subject.cast();
        let written_to = match names.get(&target) {
            Some(n) => n.clone(),
            None => names.entry(target).or_insert(snap.revision_name(&target)?).clone(),
        };
        let reply = snap.reply(&correction.record);
        let at = match &correction.record.selector {
            None => At::sure(Anchoring::Whole, None),
            Some(selector) => match snap.selected(selector)? {
                None => At::sure(Anchoring::Lost, None),
                Some(at) if target == opened.revision.id => At::sure(Anchoring::Exact, Some(at)),
                Some(at) => match snap.trace(&way, &target, at.clone())? {
                    Some(traced) => At::traced(traced),
                    // The older text is not supplied: by the words quoted.
                    None => {
                        let locator = locator.get_or_insert_with(|| Locator::new(opened.view()));
                        again(locator, reply.as_ref().ok(), at.start)
                    }
                },
            },
        };
        out.push(note(snap, &correction, reply, written_to, at)?);
    }
    Ok(out)
}

/// One reply, not placed in any text.
pub(super) fn unplaced(
    snap: &Snapshot<'_>,
    correction: &Held<Correction>,
) -> Result<Note, DeskError> {
    let written_to = match snap.row(correction.record.subject.digest())? {
        Some(row) if row.kind == Kind::Revision => snap.revision_name(&row.id.cast())?,
        Some(row) => snap.short_any(&row.id)?,
        None => correction.record.subject.digest().short(8),
    };
    let reply = snap.reply(&correction.record);
    note(snap, correction, reply, written_to, At::sure(Anchoring::Whole, None))
}

fn note(
    snap: &Snapshot<'_>,
    correction: &Held<Correction>,
    reply: Result<ReplyText, crate::index::SnapshotError>,
    written_to: String,
    at: At,
) -> Result<Note, DeskError> {
    let (reply, withheld) = match reply {
        Ok(r) => (r, None),
        Err(e) => (ReplyText::default(), Some(e.to_string())),
    };
    let decisions = snap.decisions_on(&correction.id)?;
    let decision = decisions.last().map(|d| answered(snap, d)).transpose()?;
    let was = was(snap, &correction.record, &reply);
    let name = shown_name(snap, &correction.record, &reply)?;
    Ok(Note {
        correction: snap.short_id(Kind::Correction, &correction.id)?,
        correction_id: correction.id,
        written_to,
        anchoring: at.anchoring,
        start: at.span.as_ref().map(|s| s.start),
        end: at.span.map(|s| s.end),
        score: at.score,
        damaged: at.damaged,
        r#type: correction.record.r#type,
        says: reply.says,
        was,
        replacement: reply.replacement,
        known: correction.record.known,
        grounds: reply.grounds,
        name,
        evidence: correction.record.evidence.len(),
        received: snap.received(&correction.id)?,
        decision,
        withheld,
    })
}

/// The name under which a replier is shown; none where it is to be hidden.
pub(super) fn shown_name(
    snap: &Snapshot<'_>,
    correction: &Correction,
    reply: &ReplyText,
) -> Result<Option<String>, DeskError> {
    Ok(match (&reply.name, reply.hide_name, correction.maker) {
        (_, true, _) => None,
        (Some(n), ..) => Some(n.clone()),
        (None, _, Some(maker)) => Some(snap.agent_name(&maker)?),
        (None, _, None) => None,
    })
}

/// The words that a reply answers, as they are read in the text.
fn was(snap: &Snapshot<'_>, correction: &Correction, reply: &ReplyText) -> Option<String> {
    let hidden = |s: &Selector| !matches!(snap.hides(&s.revision), Ok(None));
    if correction.selector.as_ref().is_some_and(hidden) {
        return None;
    }
    if let Some(selector) = &correction.selector
        && let (Ok(Some(span)), Ok(view)) = (snap.selected(selector), snap.view(&selector.revision))
    {
        // A gap has no words: those before it tell where it is.
        return (!span.is_empty()).then(|| view.reading(span));
    }
    reply.quote.clone().or_else(|| reply.exact.clone())
}

pub(super) fn answered(
    snap: &Snapshot<'_>,
    decision: &Held<Decision>,
) -> Result<Answered, DeskError> {
    let d = &decision.record;
    Ok(Answered {
        decision: snap.short_id(Kind::Decision, &decision.id)?,
        verdict: d.verdict,
        reason: d.reason.clone(),
        by: d.maker.map(|m| snap.agent_name(&m)).transpose()?,
        time: d.time,
        revision: d.revision.map(|r| snap.revision_name(&r)).transpose()?,
        same_as: d.same_as.map(|c| snap.short_id(Kind::Correction, &c)).transpose()?,
        to_text: d.to_text.to_string(),
        to_replier: d.to_replier.to_string(),
    })
}

/// Where a reply stands in the revision that is shown.
pub(super) struct At {
    pub anchoring: Anchoring,
    pub span: Option<Range<usize>>,
    pub score: Option<f64>,
    pub damaged: bool,
}

impl At {
    fn sure(anchoring: Anchoring, span: Option<Range<usize>>) -> Self {
        Self { anchoring, span, score: None, damaged: false }
    }

    /// What became of a span, as people are told.
    pub(super) fn traced(traced: Traced) -> Self {
        let (anchoring, span) = match (traced.followed, traced.compared) {
            (Followed::Kept(span), false) => (Anchoring::Followed, Some(span)),
            (Followed::Kept(span), true) => (Anchoring::Moved, Some(span)),
            (Followed::Changed(span), _) => (Anchoring::Changed, Some(span)),
            (Followed::Lost, _) => (Anchoring::Lost, None),
        };
        let score = traced.compared.then_some(traced.score);
        Self { anchoring, span, score, damaged: traced.damaged }
    }
}

fn again(locator: &Locator<'_>, reply: Option<&ReplyText>, hint: usize) -> At {
    let lost = || At::sure(Anchoring::Lost, None);
    let Some(reply) = reply else { return lost() };
    let prefix = reply.prefix.as_deref().unwrap_or_default();
    let Some(exact) = reply.exact.as_deref().filter(|e| !e.is_empty()) else {
        // A gap stands after the words before it, where these stand once.
        return match locator.locate_near(prefix, "", "", Some(hint)) {
            Resolution::Exact(span) => At::sure(Anchoring::Moved, Some(span.end..span.end)),
            _ => lost(),
        };
    };
    let suffix = reply.suffix.as_deref().unwrap_or_default();
    match locator.locate_near(exact, prefix, suffix, Some(hint)) {
        Resolution::Exact(span) | Resolution::Moved(span) => {
            At { score: Some(1.0), ..At::sure(Anchoring::Moved, Some(span)) }
        }
        Resolution::Fuzzy { span, score, .. } => {
            At { score: Some(score), ..At::sure(Anchoring::Changed, Some(span)) }
        }
        Resolution::Ambiguous { .. } | Resolution::Lost { .. } => lost(),
    }
}

/// Words for comparison: case, punctuation and spaces do not count.
pub(super) fn fold_words(s: &str) -> String {
    s.split_whitespace()
        .map(|w| {
            w.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a reply says, in one piece.
pub(super) fn said(reply: &ReplyText) -> String {
    match (&reply.replacement, reply.says.is_empty()) {
        (Some(r), true) => format!("should read: {r}"),
        (Some(r), false) => format!("{} (should read: {r})", reply.says),
        (None, _) => reply.says.clone(),
    }
}
