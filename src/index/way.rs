//! The way of a span from an older revision to a newer one: by recorded edits,
//! and where a text came otherwise by comparing it with the one before.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::line::Back;
use super::snapshot::{Snapshot, SnapshotError};
use crate::anchor::{Carried, Carrier};
use crate::digest::Id;
use crate::model::Revision;
use crate::text::View;
use crate::text::edits::{Edits, Mapped};

/// The recorded edits that lead to one revision.
pub struct Way {
    /// The line of that revision, the oldest first.
    line: Vec<Id<Revision>>,
    /// Where in the line each revision stands.
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

/// What became of a span where texts had to be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Traced {
    /// Where it is now.
    pub followed: Followed,
    /// Some step was a comparison: it is inferred, not recorded.
    pub compared: bool,
    /// It stands in a passage that was moved.
    pub moved: bool,
    /// Less than half of its words are left.
    pub damaged: bool,
    /// Share of its words that the comparisons found again, 0 to 1.
    pub score: f64,
}

impl Traced {
    fn edit(&mut self, edits: &Edits, at: Range<usize>) {
        self.followed = match edits.map(at.clone()) {
            Mapped::Kept(span) | Mapped::Relaid { span, .. } => match self.followed {
                Followed::Changed(_) => Followed::Changed(span),
                _ => Followed::Kept(span),
            },
            Mapped::Touched { .. } => {
                edits.map_around(at).map_or(Followed::Lost, Followed::Changed)
            }
        };
    }

    fn compare(&mut self, carrier: &Carrier<Rc<View>>, at: Range<usize>) {
        self.compared = true;
        match carrier.carry(at) {
            Carried::Kept { span, moved } => {
                self.moved |= moved;
                self.followed = match self.followed {
                    Followed::Changed(_) => Followed::Changed(span),
                    _ => Followed::Kept(span),
                };
            }
            Carried::Changed { span, moved, words, kept, score, .. } => {
                self.moved |= moved;
                self.damaged |= kept * 2 < words;
                self.score *= score;
                self.followed = Followed::Changed(span);
            }
            Carried::Lost => {
                self.score = 0.0;
                self.followed = Followed::Lost;
            }
        }
    }
}

impl Snapshot<'_> {
    /// The way to a revision from all that it was made from.
    ///
    /// # Errors
    /// A finding when edits are missing or damaged.
    pub fn way_to(&self, revision: &Id<Revision>) -> Result<Way, SnapshotError> {
        let line = self.line(revision, Back::ToTheFirst)?;
        let ids = line.iter().map(|step| step.id).collect();
        let place = line.iter().enumerate().map(|(n, step)| (step.id, n)).collect();
        let edits = line.iter().map(|s| self.edits_of(s)).collect::<Result<_, _>>()?;
        Ok(Way { line: ids, place, edits })
    }

    /// Follows a span from any revision of the same source: by the recorded
    /// edits where they lead on, and where a text came as a whole by comparing
    /// it with the one before it in the line. From a revision that is not in
    /// the line the two texts are compared. `None` where a text that has to be
    /// compared is not supplied.
    ///
    /// Comparisons are kept: many spans cost as much as one.
    ///
    /// # Errors
    /// A finding when a text is missing or damaged.
    pub fn trace(
        &self,
        way: &Way,
        from: &Id<Revision>,
        at: Range<usize>,
    ) -> Result<Option<Traced>, SnapshotError> {
        let mut traced = Traced {
            followed: Followed::Kept(at.clone()),
            compared: false,
            moved: false,
            damaged: false,
            score: 1.0,
        };
        let Some(&last) = way.line.last() else { return Ok(None) };
        let Some(&first) = way.place.get(from) else {
            let Some(carrier) = self.carrier(from, &last)? else { return Ok(None) };
            traced.compare(&carrier, at);
            return Ok(Some(traced));
        };
        for n in first + 1..way.line.len() {
            let at = match &traced.followed {
                Followed::Kept(at) | Followed::Changed(at) => at.clone(),
                Followed::Lost => break,
            };
            match &way.edits[n] {
                Some(edits) => traced.edit(edits, at),
                None => match self.carrier(&way.line[n - 1], &way.line[n])? {
                    Some(carrier) => traced.compare(&carrier, at),
                    None => return Ok(None),
                },
            }
        }
        Ok(Some(traced))
    }

    /// The comparison of two revisions; `None` where one is not supplied.
    fn carrier(
        &self,
        old: &Id<Revision>,
        new: &Id<Revision>,
    ) -> Result<Option<Rc<Carrier<Rc<View>>>>, SnapshotError> {
        if let Some(known) = self.carriers.borrow().get(&[*old, *new]) {
            return Ok(Some(known.clone()));
        }
        let (old_text, new_text) = match (self.view(old), self.view(new)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(SnapshotError::Withheld(_)), _) | (_, Err(SnapshotError::Withheld(_))) => {
                return Ok(None);
            }
            (Err(e), _) | (_, Err(e)) => return Err(e),
        };
        let carrier = Rc::new(Carrier::between(old_text, new_text));
        self.carriers.borrow_mut().insert([*old, *new], carrier.clone());
        Ok(Some(carrier))
    }
}

impl Way {
    /// The line of the revision that it leads to, the oldest first.
    pub fn line(&self) -> &[Id<Revision>] {
        &self.line
    }

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
