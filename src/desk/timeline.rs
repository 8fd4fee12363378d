//! `timeline`: dates as texts tell them, in the order of what they tell.

use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::question::Texts;
use crate::dates::{Edtf, SortKey};
use crate::index::Snapshot;
use crate::model::{Claim, Kind, Link, Question, Value};

use super::DeskError;
use super::archive::Archive;
use super::event::Speaker;

/// What is wanted of a timeline.
#[derive(Debug, Clone, Default)]
pub struct TimelineDraft {
    /// Texts by siglum; all when empty.
    pub sources: Vec<String>,
    /// Not before this date, in EDTF.
    pub from: Option<String>,
    /// Not after this date, in EDTF.
    pub to: Option<String>,
}

/// Dates in order.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TimelineAnswer {
    /// The dates told.
    pub items: Vec<Dated>,
    /// Dates that cannot be put in order: told in words alone, or blank.
    pub unplaced: Vec<Dated>,
}

/// A date that a text tells.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Dated {
    /// In EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edtf: Option<Edtf>,
    /// The words as told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// What it is the date of: happened, signed, in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Components that come from elsewhere than the words.
    pub supplied: Vec<String>,
    /// The question, `question/…`.
    pub question: String,
    /// Its wording.
    pub wording: String,
    /// The stance of the text.
    pub stance: String,
    /// Who tells it, naming the voice.
    #[schemars(with = "String")]
    pub teller: Speaker,
    /// Siglum of the text.
    pub source: String,
    /// First and last line.
    pub lines: [u64; 2],
    /// The claim.
    pub claim: String,
    #[serde(skip)]
    key: Option<SortKey>,
}

/// Lays out every date that a claim gives.
///
/// # Errors
/// When a bound is no date, or a record is damaged.
pub fn timeline(archive: &Archive, draft: &TimelineDraft) -> Result<TimelineAnswer, DeskError> {
    timeline_in(&archive.snapshot()?, draft)
}

pub(super) fn timeline_in(
    snap: &Snapshot<'_>,
    draft: &TimelineDraft,
) -> Result<TimelineAnswer, DeskError> {
    let bound = |s: &Option<String>| {
        s.as_ref()
            .map(|s| {
                s.parse::<Edtf>().map_err(|e| {
                    DeskError::usage("date", format!("{s:?} is not a date: {e}"))
                        .hint("write 1994, 1994-05 or 1994-05-12")
                })
            })
            .transpose()
    };
    let from = bound(&draft.from)?.and_then(|e| e.bounds().0);
    let to = bound(&draft.to)?.and_then(|e| e.bounds().1);
    for siglum in &draft.sources {
        super::resolve::source(snap, siglum)?;
    }
    let texts = Texts::new(&|_, _| None);
    let (mut items, mut unplaced) = (Vec::new(), Vec::new());
    for row in snap.rows(Kind::Claim, None)? {
        if !snap.naming(&row.id, Link::Parent)?.is_empty() {
            continue;
        }
        let claim: Claim = snap.get(&row.id.cast())?.record;
        let Some(at) = claim.at.first() else { continue };
        let source = texts.siglum(snap, &at.selector.revision)?;
        if !draft.sources.is_empty() && !draft.sources.contains(&source) {
            continue;
        }
        for value in &claim.values {
            let Value::Date(when) = value else { continue };
            let question: Question = snap.current(&claim.question)?.record;
            let by = claim.reported_by.map(|b| snap.agent_name(&b)).transpose()?;
            let dated = Dated {
                key: when.edtf.as_ref().map(Edtf::sort_key),
                edtf: when.edtf.clone(),
                told: when.told.clone(),
                role: when.role.map(|r| r.to_string()),
                supplied: when.supplied.iter().map(|s| s.component.to_string()).collect(),
                question: format!("question/{}", question.name),
                wording: question.wording,
                stance: claim.stance.to_string(),
                teller: Speaker {
                    teller: snap.agent_name(&claim.teller)?,
                    voice: claim.voice.to_string(),
                    by,
                },
                source: source.clone(),
                lines: at.lines,
                claim: format!("claim/{}", claim.name),
            };
            let Some(edtf) = &dated.edtf else {
                unplaced.push(dated);
                continue;
            };
            let (first, last) = edtf.bounds();
            let early = matches!((last, from), (Some(l), Some(f)) if l < f);
            let late = matches!((first, to), (Some(f), Some(t)) if f > t);
            if !early && !late {
                items.push(dated);
            }
        }
    }
    items.sort_by_key(|d: &Dated| d.key);
    Ok(TimelineAnswer { items, unplaced })
}
