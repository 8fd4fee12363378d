//! Who wrote each byte of a revision: which of the revisions that it was made
//! from brought it.
//!
//! Cost: one step in the tree of runs for each edit, and of the states on the
//! way only those are kept that a later edit restores from.

use std::collections::{HashMap, HashSet};

use crate::attribution::{Attribution, Basis, Memory};
use crate::digest::Id;
use crate::index::{Back, Snapshot, SnapshotError, Step};
use crate::model::{Code, Finding, Revision};
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
    let edits = line[1..].iter().map(|s| snap.edits_of(s)).collect::<Result<Vec<_>, _>>()?;
    let restored: HashSet<&str> = edits.iter().flatten().flat_map(restored_from).collect();
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
    for (n, (pair, edits)) in (1u32..).zip(line.windows(2).zip(&edits)) {
        attribution = match edits {
            Some(edits) => {
                let past = |id: &str| kept.get(id).cloned();
                attribution.advance_recorded(edits, n, |_| None, past).map_err(|e| {
                    let place = pair[1].id.to_string();
                    SnapshotError::Broken(Finding::new(
                        Code::RevisionMismatch,
                        place,
                        e.to_string(),
                    ))
                })?
            }
            None => {
                let (old, new) = (snap.text(&pair[0].id)?.text, snap.text(&pair[1].id)?.text);
                attribution.advance_inferred(&old, &new, n, &mut memory)
            }
        };
        keep(&mut kept, &pair[1], &attribution);
    }
    Ok((line, attribution))
}

pub(super) fn restored_from(edits: &Edits) -> impl Iterator<Item = &str> {
    edits.as_slice().iter().filter_map(|edit| match edit {
        Edit::Restore { revision, .. } => Some(revision.as_str()),
        _ => None,
    })
}
