//! In which revision of a text of the archive words were first seen.

use std::collections::HashMap;

use crate::attribution::{Needle, Seen};
use crate::audit::{FirstIndex, Found, written};
use crate::digest::Id;
use crate::index::{Back, Snapshot, Step};
use crate::model::Revision;

use super::DeskError;
use super::archive::Archive;
use super::past::{FIRST_RULE, FirstAnswer, FirstSeen, PastRevision};
use super::resolve::{Target, target};
use super::who::came_with;

/// Leaves in the index what [`first`] reads for a revision, if it is not there.
///
/// # Errors
/// When its line cannot be read.
pub(super) fn prepare(snap: &Snapshot<'_>, revision: &Id<Revision>) -> Result<(), DeskError> {
    FirstIndex::open(snap, revision, |line| names(snap, line)).map(drop)
}

/// Where each phrase was first seen among the revisions that the text at
/// `address` was made from, itself included.
///
/// # Errors
/// When the address names no text, or a phrase has no words, or more than the
/// index reaches.
pub fn first(
    archive: &Archive,
    address: &str,
    phrases: &[String],
) -> Result<FirstAnswer, DeskError> {
    let needles = phrases.iter().map(|p| needle(p)).collect::<Result<Vec<_>, _>>()?;
    let snap = archive.snapshot()?;
    let revision = revision(&snap, address)?;
    let index = FirstIndex::open(&snap, &revision, |line| names(&snap, line))?;
    let named = |n: u32| -> PastRevision {
        let name = index.name(n as usize).unwrap_or_default();
        let mut parts = name.split('\t');
        let mut part = || parts.next().filter(|p| !p.is_empty()).map(str::to_owned);
        let revision = part().unwrap_or_default();
        let (agent, time) = (part(), part());
        PastRevision { revision, number: n + 1, agent, time }
    };
    let mut items = Vec::with_capacity(phrases.len());
    for (phrase, needle) in phrases.iter().zip(&needles) {
        let Found { first: seen, stands } = index.find(needle);
        let words_from = match seen {
            Some(Seen { together: true, revision, .. }) => vec![named(revision)],
            Some(seen) => writers(&snap, &revision, seen)?.into_iter().map(named).collect(),
            None => Vec::new(),
        };
        items.push(FirstSeen {
            phrase: phrase.clone(),
            found: seen.is_some(),
            first: seen.map(|s| named(s.revision)),
            start: seen.map(|s| s.start),
            end: seen.map(|s| s.end),
            text: None,
            together: seen.map(|s| s.together),
            words_from,
            stands,
        });
    }
    let searched = index.count() as u32;
    Ok(FirstAnswer {
        source: named(searched.saturating_sub(1)).revision,
        items,
        searched,
        rule: FIRST_RULE.to_owned(),
        not_searched:
            "revisions that this text was not made from; other texts; other spellings; translations"
                .to_owned(),
    })
}

fn needle(phrase: &str) -> Result<Needle, DeskError> {
    Needle::new(phrase).ok_or_else(|| {
        DeskError::usage(
            "phrase-length",
            format!("“{phrase}” has no words, or more than twelve words and marks"),
        )
        .hint("give a few words as they stand in the text")
    })
}

/// The revision at an address; its text is not opened where that is not needed.
fn revision(snap: &Snapshot<'_>, address: &str) -> Result<Id<Revision>, DeskError> {
    let (siglum, number) = match address.split_once('@') {
        Some((siglum, number)) => (siglum, Some(number.parse::<usize>())),
        None => (address, None),
    };
    if let Some(source) = snap.source_called(siglum)? {
        let found = match number {
            Some(Ok(number)) => snap.numbered(&source.id, number)?,
            Some(Err(_)) => None,
            None => match snap.heads(&source.id)?.as_slice() {
                [(_, one)] => Some(*one),
                _ => None,
            },
        };
        if let Some(id) = found {
            return Ok(id);
        }
    }
    match target(snap, address, None)? {
        Target::Text { opened, .. } => Ok(opened.revision.id),
        _ => Err(DeskError::usage("not-a-text", format!("{address} is not a text"))
            .hint("name one: M or M@2")),
    }
}

/// Name, agent and time of each step.
fn names(snap: &Snapshot<'_>, line: &[Step]) -> Result<Vec<String>, DeskError> {
    let mut known = HashMap::new();
    let plain = |s: Option<String>| s.unwrap_or_default().replace(['\t', '\n', '\r'], " ");
    line.iter()
        .map(|step| {
            let (name, agent, time) = came_with(snap, step, &mut known)?;
            Ok(format!("{name}\t{}\t{}", plain(agent), plain(time)))
        })
        .collect()
}

/// The steps that the words of a place were first written in, in order.
fn writers(
    snap: &Snapshot<'_>,
    revision: &Id<Revision>,
    seen: Seen,
) -> Result<Vec<u32>, DeskError> {
    let line = snap.line(revision, Back::ToTheFirst)?;
    let (_, attribution) = written(snap, &line[seen.revision as usize].id)?;
    let runs = attribution.runs_in(seen.start..seen.end);
    let mut steps: Vec<u32> = runs.iter().map(|run| run.origin.revision).collect();
    steps.dedup();
    Ok(steps)
}
