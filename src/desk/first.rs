//! In which revision of a text of the archive words were first seen.

use std::collections::HashMap;

use crate::attribution::{Needle, Seen};
use crate::audit::{FirstIndex, written};
use crate::digest::Id;
use crate::index::{Back, Snapshot, Step};
use crate::model::Revision;

use super::DeskError;
use super::archive::Archive;
use super::past::{FIRST_RULE, FirstAnswer, FirstSeen, PastRevision};
use super::resolve::{Target, target};
use super::who::came_with;

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
    let hashes = index.hashes();
    let found: Vec<Option<usize>> = needles.iter().map(|n| n.find(&hashes)).collect();
    let names: Vec<&str> = index.names.lines().collect();
    let named = |n: u32| -> PastRevision {
        let mut parts = names.get(n as usize).copied().unwrap_or_default().split('\t');
        let mut part = || parts.next().filter(|p| !p.is_empty()).map(str::to_owned);
        let revision = part().unwrap_or_default();
        let (agent, time) = (part(), part());
        PastRevision { revision, number: n + 1, agent, time }
    };
    let (revisions, now) = (index.revisions(), index.now());
    let mut items = Vec::with_capacity(phrases.len());
    for (phrase, (needle, place)) in phrases.iter().zip(needles.iter().zip(&found)) {
        let seen = place.and_then(|p| index.seen(needle, p, &revisions));
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
            stands: needle.find(&now).is_some(),
        });
    }
    Ok(FirstAnswer {
        source: named(names.len() as u32 - 1).revision,
        items,
        searched: names.len() as u32,
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

/// Name, agent and time of each step, one a line.
fn names(snap: &Snapshot<'_>, line: &[Step]) -> Result<String, DeskError> {
    let mut out = String::new();
    let mut known = HashMap::new();
    for step in line {
        let plain = |s: Option<String>| s.unwrap_or_default().replace(['\t', '\n', '\r'], " ");
        let (name, agent, time) = came_with(snap, step, &mut known)?;
        out.push_str(&format!("{name}\t{}\t{}\n", plain(agent), plain(time)));
    }
    Ok(out)
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
