//! Who wrote each byte of a revision: which of the revisions that it was made
//! from brought it.
//!
//! Cost: one step in the tree of runs for each edit, and of the states on the
//! way only those are kept that a later edit restores from.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::attribution::{Attribution, Basis, Memory, Origin};
use crate::digest::Id;
use crate::index::{Back, Snapshot, SnapshotError, Step};
use crate::model::{Code, Finding, Revision, inner_number};
use crate::text::edits::{Edit, Edits};

/// A revision and what it was made from, the first one first, and the
/// attribution of every byte to one of them by its place in that line.
///
/// # Errors
/// A finding when texts or edits are missing or damaged, or do not fit.
pub fn written(
    snap: &Snapshot<'_>,
    revision: &Id<Revision>,
) -> Result<(Vec<Step>, Attribution), SnapshotError> {
    let line = snap.line(revision, Back::ToTheFirst)?;
    let skip = skipped(snap, &line)?;
    let edits = (1..line.len())
        .map(|n| match &skip {
            Some(skip) if skip.steps.contains(&n) => Ok(None),
            _ => snap.edits_of(&line[n]),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let restored: HashSet<&str> = edits.iter().flatten().flat_map(restored_from).collect();
    let skip = skip.filter(|s| {
        line[s.steps.clone()].iter().all(|step| !restored.contains(step.id.to_string().as_str()))
    });
    // Steps that are restored from, by their ids; few as a rule.
    let mut kept: HashMap<String, Attribution> = HashMap::new();
    let keep = |kept: &mut HashMap<String, Attribution>, step: &Step, now: &Attribution| {
        if !restored.is_empty() {
            let id = step.id.to_string();
            if restored.contains(id.as_str()) {
                kept.insert(id, now.clone());
            }
        }
    };
    let length = snap.bytes_of(&line[0].id)?;
    let mut memory = Memory::default();
    let mut attribution = Attribution::first(length as usize, 0, Basis::Recorded);
    keep(&mut kept, &line[0], &attribution);
    let mut n = 1;
    while n < line.len() {
        if let Some(skip) = skip.as_ref().filter(|s| s.steps.start == n) {
            attribution = taken_at_once(snap, skip)?;
            n = skip.steps.end;
            continue;
        }
        let (before, step) = (&line[n - 1], &line[n]);
        // Those that were passed over at first are wanted after all.
        let late;
        let own = match &edits[n - 1] {
            None if step.is_in_history() => {
                late = snap.edits_of(step)?;
                &late
            }
            edits => edits,
        };
        let number = u32::try_from(n).expect("fewer revisions than 2^32");
        attribution = match own {
            Some(edits) => {
                let past = |id: &str| kept.get(id).cloned();
                attribution.advance_recorded(edits, number, |_| None, past).map_err(|e| {
                    let place = step.id.to_string();
                    SnapshotError::Broken(Finding::new(
                        Code::RevisionMismatch,
                        place,
                        e.to_string(),
                    ))
                })?
            }
            None => {
                let (old, new) = (snap.text(&before.id)?.text, snap.text(&step.id)?.text);
                attribution.advance_inferred(&old, &new, number, &mut memory)
            }
        };
        keep(&mut kept, step, &attribution);
        n += 1;
    }
    Ok((line, attribution))
}

/// A whole history in a line, whose steps need not be taken one by one: the
/// index has what they come to.
struct Skip {
    /// Places in the line.
    steps: Range<usize>,
    /// The history's place in the log.
    seq: u64,
}

/// The history that a line begins with, where the line has all of it. It must
/// begin the line: of a first text one revision has written every byte, so
/// that layout set beside its words needs no further look.
fn skipped(snap: &Snapshot<'_>, line: &[Step]) -> Result<Option<Skip>, SnapshotError> {
    let Some(first) = line.get(1) else { return Ok(None) };
    if first.number_in_history() != Some(1) {
        return Ok(None);
    }
    let inside = snap.inside(first.seq)?;
    let end = 1 + inside.last() as usize;
    let last = line.get(end - 1).is_some_and(|step| step.seq == first.seq);
    // What it restores from outside itself has another writer.
    let mut names = inside.edits.steps.iter().flat_map(|s| restored_from(&s.edits));
    let whole = last && names.all(|name| inner_number(name).is_some());
    Ok(whole.then_some(Skip { steps: 1..end, seq: first.seq }))
}

/// The attribution after a whole history.
fn taken_at_once(snap: &Snapshot<'_>, skip: &Skip) -> Result<Attribution, SnapshotError> {
    let inside = snap.inside(skip.seq)?;
    let origin = |revision| Origin { revision, edit: None, basis: Basis::Recorded };
    let strands = snap.strands(&inside)?.into_iter();
    Ok(Attribution::of(strands.map(|(len, strand)| (len, origin(strand.step)))))
}

pub(super) fn restored_from(edits: &Edits) -> impl Iterator<Item = &str> {
    edits.as_slice().iter().filter_map(|edit| match edit {
        Edit::Restore { revision, .. } => Some(revision.as_str()),
        _ => None,
    })
}
