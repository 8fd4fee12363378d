//! Who wrote each byte of a revision: which of the revisions that it was made
//! from brought it.

use std::collections::HashMap;

use crate::attribution::{Attribution, Basis, Memory};
use crate::digest::Id;
use crate::index::{Back, Snapshot, SnapshotError};
use crate::model::{Code, Finding, Revision};

/// A revision and what it was made from, the first one first, and the
/// attribution of every byte to one of them by its place in that line.
///
/// # Errors
/// A finding when texts or edits are missing or damaged, or do not fit.
pub fn written(
    snap: &Snapshot<'_>,
    revision: &Id<Revision>,
) -> Result<(Vec<Id<Revision>>, Attribution), SnapshotError> {
    let line = snap.line(revision, Back::ToTheFirst)?;
    let place: HashMap<String, usize> =
        line.iter().enumerate().map(|(n, step)| (step.id.to_string(), n)).collect();
    let length = snap.get(&line[0].id)?.record.text.bytes;
    let mut memory = Memory::default();
    // Each step shares what it did not change, so keeping all costs little.
    let mut steps = vec![Attribution::first(length as usize, 0, Basis::Recorded)];
    for (n, pair) in (1u32..).zip(line.windows(2)) {
        let attribution = steps.last().expect("the first step is there");
        let next = match snap.edits_of(&pair[1])? {
            Some(edits) => {
                let past = |id: &str| place.get(id).and_then(|n| steps.get(*n).cloned());
                attribution.advance_recorded(&edits, n, |_| None, past).map_err(|e| {
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
                attribution.advance_inferred_text(&old, &new, n, &mut memory)
            }
        };
        steps.push(next);
    }
    let ids = line.iter().map(|step| step.id).collect();
    Ok((ids, steps.pop().expect("the first step is there")))
}
