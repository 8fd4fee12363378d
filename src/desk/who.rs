//! `who`: which revision, agent and correction each word came from.

use std::collections::HashMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::attribution::{Attribution, Basis};
use crate::audit::written;
use crate::dates::Timestamp;
use crate::digest::Id;
use crate::index::{Snapshot, Step};
use crate::model::{Kind, Nature, Revision};

use super::DeskError;
use super::archive::Archive;
use super::notes::{fold_words, shown_name};
use super::place::{Place, lines_of};
use super::resolve::{Opened, Target, target};

/// Who wrote the words of a text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WhoAnswer {
    /// What was asked.
    pub place: Place,
    /// Stretches of one origin; together they cover it without gap or overlap.
    pub spans: Vec<WhoSpan>,
    /// Words by origin, in order of first appearance.
    pub totals: Vec<WhoTotal>,
    /// By which rule words of imported editions were attributed, if any were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// A stretch of one origin.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WhoSpan {
    /// First byte.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// First line, from 1.
    pub line: usize,
    /// The revision that these words came with, `M@2`.
    pub revision: String,
    /// Its id.
    pub revision_id: Id<Revision>,
    /// Whose words they are: the replier whose proposal was adopted, else the
    /// source's creator.
    pub agent: Option<String>,
    /// The correction they were proposed in.
    pub correction: Option<String>,
    /// Known from recorded edits, or inferred by comparing two full texts.
    pub basis: WhoBasis,
    /// Words in it, counted by where they begin.
    pub words: usize,
    /// When it was written, as the list of changes says that it came with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// Why, as that list says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What stood there before. Told, as what follows, where a piece of the
    /// newest text of a history was asked for, of the first byte of the span.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// The revisions that moved it, the last one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<String>,
}

/// On what an attribution rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WhoBasis {
    /// Written in, by recorded edits or in the first text.
    Recorded,
    /// First present in, by comparison.
    Inferred,
}

/// Words of one origin.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WhoTotal {
    /// The revision.
    pub revision: String,
    /// Whose words.
    pub agent: Option<String>,
    /// The correction.
    pub correction: Option<String>,
    /// On what it rests.
    pub basis: WhoBasis,
    /// How many words.
    pub words: usize,
}

/// The rule by which words of imported editions are attributed.
pub const RULE: &str = "unchanged and moved words keep their first writer; words that another edition brings are attributed to it (inferred)";

/// Tells who wrote the words at an address.
///
/// # Errors
/// When the address names no text.
pub fn who(archive: &Archive, address: &str, within: Option<&str>) -> Result<WhoAnswer, DeskError> {
    let snap = archive.snapshot()?;
    let Target::Text { opened, span, whole } = target(&snap, address, within)? else {
        return Err(DeskError::usage(
            "not-a-text",
            format!("{address} is not a text or a piece of one"),
        )
        .hint("name words: M, M:164 or a quotation"));
    };
    let (line, attribution) = written(&snap, &opened.revision.id)?;
    let mut spans = spans(&snap, &opened, &span, &line, &attribution)?;
    if !whole {
        tell_stories(&snap, &opened, &mut spans)?;
    }
    let mut totals: Vec<WhoTotal> = Vec::new();
    let mut place = HashMap::new();
    for s in &spans {
        let key = (&s.revision_id, &s.correction, s.basis, &s.agent);
        let at = *place.entry(key).or_insert_with(|| {
            totals.push(WhoTotal {
                revision: s.revision.clone(),
                agent: s.agent.clone(),
                correction: s.correction.clone(),
                basis: s.basis,
                words: 0,
            });
            totals.len() - 1
        });
        totals[at].words += s.words;
    }
    let rule = spans.iter().any(|s| s.basis == WhoBasis::Inferred).then(|| RULE.to_string());
    Ok(WhoAnswer { place: opened.place(&span), spans, totals, rule })
}

/// Stretches of one origin over the whole of an opened text.
pub(super) fn who_in(snap: &Snapshot<'_>, opened: &Opened) -> Result<Vec<WhoSpan>, DeskError> {
    let (line, attribution) = written(snap, &opened.revision.id)?;
    spans(snap, opened, &(0..opened.text.len()), &line, &attribution)
}

fn spans(
    snap: &Snapshot<'_>,
    opened: &Opened,
    asked: &Range<usize>,
    line: &[Step],
    attribution: &Attribution,
) -> Result<Vec<WhoSpan>, DeskError> {
    let view = opened.view();
    let words = view.words();
    let mut out: Vec<WhoSpan> = Vec::new();
    let mut named: HashMap<u32, Named> = HashMap::new();
    let mut histories: HashMap<u64, (String, usize)> = HashMap::new();
    for run in attribution.runs_in(asked.clone()) {
        let (start, end) = (run.start, run.end);
        let step = &line[run.origin.revision as usize];
        let id = step.id;
        let came_with = match named.get(&run.origin.revision) {
            Some(n) => n.clone(),
            None => {
                let n = match step.number_in_history() {
                    Some(number) => from_history(snap, step, number, &mut histories)?,
                    None => origin(snap, &id)?,
                };
                named.insert(run.origin.revision, n.clone());
                n
            }
        };
        let basis = match run.origin.basis {
            Basis::Recorded => WhoBasis::Recorded,
            Basis::Inferred => WhoBasis::Inferred,
        };
        let Named { revision, agent, correction, .. } = came_with.clone();
        let agent = match &came_with.given {
            Some(g) if !g.proposed(&opened.text[start..end]) => g.decider.clone(),
            _ => agent,
        };
        let begin = words.partition_point(|w| (w.start as usize) < start);
        let count = words[begin..]
            .iter()
            .take_while(|w| (w.start as usize) < end)
            .filter(|w| !w.layout)
            .count();
        out.push(WhoSpan {
            start,
            end,
            line: lines_of(view, &(start..end)).0,
            revision,
            revision_id: id,
            agent,
            correction,
            basis,
            words: count,
            time: None,
            reason: None,
            was: None,
            moved: Vec::new(),
        });
    }
    Ok(out)
}

/// Adds to each span of the newest text of a history when and why it was
/// written, what stood there before, and when it was moved.
fn tell_stories(
    snap: &Snapshot<'_>,
    opened: &Opened,
    spans: &mut [WhoSpan],
) -> Result<(), DeskError> {
    let Some(place) = snap.place_in_history(&opened.revision.id)? else { return Ok(()) };
    let (seq, last) = (place.inside.seq, place.inside.last());
    if place.number != last {
        return Ok(());
    }
    for span in spans {
        let Some(story) = snap.word_story(seq, span.start)? else { continue };
        if let Some(told) = snap.change_told(seq, story.written)? {
            (span.time, span.reason) = (Some(told.time), told.reason);
        }
        span.was = story.was;
        span.moved = story
            .moved
            .iter()
            .map(|n| snap.revision_name(&place.inside.id_of(*n)))
            .collect::<Result<_, _>>()?;
    }
    Ok(())
}

/// Name, writer and correction of the revision that words came with.
#[derive(Clone)]
struct Named {
    revision: String,
    agent: Option<String>,
    correction: Option<String>,
    given: Option<Given>,
}

/// An adoption may hold words that the reply did not propose: they are the
/// decider's, who gave them.
#[derive(Clone)]
struct Given {
    /// The proposed words, folded, a space on each side.
    words: String,
    decider: Option<String>,
}

impl Given {
    fn proposed(&self, written: &str) -> bool {
        let folded = fold_words(written);
        folded.is_empty() || self.words.contains(&format!(" {folded} "))
    }
}

/// What the list of changes says that a revision came with. `known` holds the
/// siglum of each history, and the number of its first revision.
fn from_history(
    snap: &Snapshot<'_>,
    step: &Step,
    number: u64,
    known: &mut HashMap<u64, (String, usize)>,
) -> Result<Named, DeskError> {
    let inside = snap.inside(step.seq)?;
    let (siglum, first) = match known.get(&step.seq) {
        Some((siglum, first)) => (siglum.clone(), *first),
        None => {
            let siglum = snap.get(&inside.record.source)?.record.siglum;
            let at = (number - inside.record.first()) as usize;
            let first = snap.number(&step.id)?.unwrap_or_default().saturating_sub(at);
            known.insert(step.seq, (siglum.clone(), first));
            (siglum, first)
        }
    };
    let at = first + (number - inside.record.first()) as usize;
    Ok(Named {
        revision: format!("{siglum}@{at}"),
        agent: inside.agent(number).map(str::to_owned),
        correction: None,
        given: None,
    })
}

fn origin(snap: &Snapshot<'_>, id: &Id<Revision>) -> Result<Named, DeskError> {
    let revision = snap.get(id)?;
    let name = snap.revision_name(id)?;
    let Some(correction) = revision.record.adopts.first() else {
        let source = snap.get(&revision.record.source)?;
        let creator = source.record.creators.first().map(|c| snap.agent_name(c)).transpose()?;
        let agent = match revision.record.nature {
            Nature::Received | Nature::Authorial => creator,
            _ => revision.record.issuer.map(|a| snap.agent_name(&a)).transpose()?.or(creator),
        };
        return Ok(Named { revision: name, agent, correction: None, given: None });
    };
    let short = snap.short_id(Kind::Correction, correction)?;
    let adopted = snap.get(correction)?.record;
    // Of a withheld reply it cannot be told which words it proposed.
    let reply = snap.reply(&adopted).ok();
    let decider = revision.record.issuer.map(|a| snap.agent_name(&a)).transpose()?;
    let agent = shown_name(snap, &adopted, &reply.clone().unwrap_or_default())?;
    let given = reply.map(|r| Given {
        words: format!(" {} ", fold_words(&r.replacement.unwrap_or_default())),
        decider,
    });
    Ok(Named { revision: name, agent, correction: Some(short), given })
}

/// Name, agent and time of the revision that a step of a line is.
pub(super) fn came_with(
    snap: &Snapshot<'_>,
    step: &Step,
    known: &mut HashMap<u64, (String, usize)>,
) -> Result<(String, Option<String>, Option<String>), DeskError> {
    if let Some(number) = step.number_in_history() {
        let named = from_history(snap, step, number, known)?;
        let time = snap.inside(step.seq)?.time(number);
        return Ok((named.revision, named.agent, Some(time.to_string())));
    }
    let named = origin(snap, &step.id)?;
    let time = snap.get(&step.id)?.record.time;
    Ok((named.revision, named.agent, Some(time.to_string())))
}
