//! The way of a span from an older revision to a newer one, by recorded edits.

use std::collections::HashMap;
use std::ops::Range;

use super::line::Back;
use super::snapshot::{Snapshot, SnapshotError};
use crate::digest::Id;
use crate::model::Revision;
use crate::text::edits::{Edits, Mapped};

/// The recorded edits that lead to one revision.
pub struct Way {
    /// The line of that revision, the oldest first.
    place: HashMap<Id<Revision>, usize>,
    /// The edits that made each step; none where its text came otherwise.
    edits: Vec<Option<Edits>>,
}

/// What became of a span on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Followed {
    /// Its words are as they were, and stand here now.
    Kept(Range<usize>),
    /// Some of its words were changed; what stands there now.
    Changed(Range<usize>),
    /// Nothing of it is left in one place.
    Lost,
}

impl Snapshot<'_> {
    /// The way to a revision from all that it was made from.
    ///
    /// # Errors
    /// A finding when edits are missing or damaged.
    pub fn way_to(&self, revision: &Id<Revision>) -> Result<Way, SnapshotError> {
        let line = self.line(revision, Back::ToTheFirst)?;
        let place = line.iter().enumerate().map(|(n, step)| (step.id, n)).collect();
        let edits = line.iter().map(|s| self.edits_of(s)).collect::<Result<_, _>>()?;
        Ok(Way { place, edits })
    }
}

impl Way {
    /// Follows a span from an older revision; `None` when edits alone do not
    /// lead from there.
    pub fn follow(&self, from: &Id<Revision>, mut at: Range<usize>) -> Option<Followed> {
        let steps = &self.edits[self.place.get(from)? + 1..];
        if steps.iter().any(Option::is_none) {
            return None;
        }
        let mut changed = false;
        for edits in steps.iter().flatten() {
            match edits.map(at.clone()) {
                Mapped::Kept(span) | Mapped::Relaid { span, .. } => at = span,
                Mapped::Touched { .. } => {
                    changed = true;
                    match edits.map_around(at) {
                        Some(span) => at = span,
                        None => return Some(Followed::Lost),
                    }
                }
            }
        }
        Some(if changed { Followed::Changed(at) } else { Followed::Kept(at) })
    }
}
