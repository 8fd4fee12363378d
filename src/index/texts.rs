//! The text of a revision, put together from the nearest stored text and the
//! edits since.
//!
//! The edits of the chain are composed into one list of slices, so that a text
//! a thousand corrections away from what is stored is copied once. Cost: one
//! read of the stored text, and per revision since a walk over the slices so
//! far.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::line::Back;
use super::snapshot::{RevisionText, Snapshot, SnapshotError};
use crate::anchor::Indexes;
use crate::digest::{Digest, Id, Salt, commitment, edited_salt};
use crate::model::{Code, Document, EditList, Finding, Revision, Selector};
use crate::text::edits::{Edit, Edits, Piece};
use crate::text::{PassageTable, View};

/// A stretch of some text.
type Slice = (Arc<str>, Range<usize>);

impl Snapshot<'_> {
    /// The reading view of a revision, made once.
    ///
    /// # Errors
    /// A finding when its text is missing or damaged.
    pub fn view(&self, id: &Id<Revision>) -> Result<Rc<View>, SnapshotError> {
        if let Some(view) = self.views.borrow().get(id) {
            return Ok(view.clone());
        }
        let view = Rc::new(View::new(self.text(id)?.text));
        self.views.borrow_mut().insert(*id, view.clone());
        Ok(view)
    }

    /// What quotations are looked up with in a revision, kept from one look-up
    /// to the next.
    pub fn indexes(&self, id: &Id<Revision>) -> Arc<Indexes> {
        Arc::clone(self.indexes.borrow_mut().entry(*id).or_default())
    }

    /// The exact text of a revision, checked against its digest.
    ///
    /// # Errors
    /// A finding when content is missing, damaged, or does not give the digest
    /// that the revision states.
    pub fn text(&self, id: &Id<Revision>) -> Result<RevisionText, SnapshotError> {
        if let Some(t) = self.texts.borrow().get(id) {
            return Ok(t.clone());
        }
        if let Some(place) = self.place_in_history(id)? {
            let text = self.inner_text(&place)?;
            self.texts.borrow_mut().insert(*id, text.clone());
            return Ok(text);
        }
        if let Some(name) = self.hides(id)? {
            return Err(SnapshotError::Withheld(name));
        }
        let mut line = self.line(id, Back::ToWhole)?;
        let known = line.iter().rposition(|s| self.texts.borrow().contains_key(&s.id));
        line.drain(..known.unwrap_or(0));
        let Some((first, later)) = line.split_first() else {
            return Err(mismatch(id, "is not in the log"));
        };
        let known = self.texts.borrow().get(&first.id).map(|t| t.text.clone());
        let base = match known {
            Some(text) => text,
            None if first.is_in_history() => self.text(&first.id)?.text,
            None if first.whole => self.whole_text(&first.id, &self.get(&first.id)?.record)?,
            None => return Err(mismatch(&first.id, "has edits but no parent to apply them to")),
        };
        let mut slices: Vec<Slice> = vec![(base.clone(), 0..base.len())];
        let mut length = base.len();
        for step in later {
            let edits = self.edits_of(step)?.unwrap_or_default();
            (slices, length) = self.advance(&step.id, slices, length, &edits)?;
        }
        let text: Arc<str> = if later.is_empty() {
            base
        } else {
            let mut out = String::with_capacity(length);
            for (source, span) in &slices {
                out.push_str(&source[span.clone()]);
            }
            self.check(id, &self.get(id)?.record, out.as_bytes())?;
            out.into()
        };
        let text = RevisionText { text };
        self.texts.borrow_mut().insert(*id, text.clone());
        Ok(text)
    }

    /// The edits that make a revision from its parent; none where its text did
    /// not come from its parent by edits.
    ///
    /// # Errors
    /// A finding when they are missing, damaged or malformed.
    pub fn edits(&self, revision: &Revision) -> Result<Option<Edits>, SnapshotError> {
        let Some(content) = &revision.edits else { return Ok(None) };
        let bytes = self.content(content)?;
        let list = EditList::from_bytes(&bytes).map_err(|e| {
            SnapshotError::Broken(Finding::new(
                Code::RecordMalformed,
                content.name.to_string(),
                e.to_string(),
            ))
        })?;
        Ok(Some(list.edits))
    }

    /// The salt under which a private text is committed to: stored beside it,
    /// or following from its parent's and the edits.
    ///
    /// # Errors
    /// A finding when a salt or the edits are missing.
    pub fn text_salt(&self, id: &Id<Revision>) -> Result<Salt, SnapshotError> {
        let mut later = Vec::new();
        let mut at = *id;
        let mut salt = loop {
            let revision = self.get(&at)?.record;
            match (&revision.edits, revision.parent, revision.text.commitment) {
                (Some(edits), Some(parent), _) => {
                    later.push(self.content(edits)?);
                    at = parent;
                }
                (_, _, Some(name)) => break self.salt(&name)?,
                _ => return Err(mismatch(&at, "is not private: it has no salt")),
            }
        };
        for edits in later.iter().rev() {
            salt = edited_salt(&salt, edits);
        }
        Ok(salt)
    }

    /// The passage table of a revision: the stored one where the text is
    /// stored whole, else made from the text. Its root is the revision's.
    ///
    /// # Errors
    /// A finding when it is missing, damaged, or has another root.
    pub fn passages(&self, id: &Id<Revision>) -> Result<Rc<PassageTable>, SnapshotError> {
        if let Some(table) = self.tables.borrow().get(id) {
            return Ok(table.clone());
        }
        let revision = self.get(id)?.record;
        let table = match revision.text.passages {
            Some(name) => PassageTable::parse(&self.content_named(&name)?).map_err(|e| {
                mismatch(id, &format!("has a passage table that cannot be read: {e}"))
            })?,
            None => self.passages_of(id, &revision, &self.text(id)?.text)?,
        };
        if table.root() == revision.text.root {
            let table = Rc::new(table);
            self.tables.borrow_mut().insert(*id, table.clone());
            return Ok(table);
        }
        Err(mismatch(
            id,
            &format!("states the root {}, its passages give {}", revision.text.root, table.root()),
        ))
    }

    /// The bytes that a selector picks from the revision it was made for;
    /// `None` when it does not fit that revision.
    ///
    /// # Errors
    /// As for [`Self::passages`].
    pub fn selected(&self, selector: &Selector) -> Result<Option<Range<usize>>, SnapshotError> {
        Ok(crate::anchor::follow(selector, &*self.passages(&selector.revision)?))
    }

    /// The passage table that a text gives, made anew.
    ///
    /// # Errors
    /// A finding when the text is private and its salt is missing.
    pub fn passages_of(
        &self,
        id: &Id<Revision>,
        revision: &Revision,
        text: &str,
    ) -> Result<PassageTable, SnapshotError> {
        Ok(match revision.text.sha256 {
            Some(_) => PassageTable::of(text),
            None => PassageTable::salted(text, &self.text_salt(id)?),
        })
    }

    /// The text of a revision by its edits, also where it is stored as well.
    /// `None` where it has no edits.
    ///
    /// # Errors
    /// A finding when they do not give the digest that the revision states.
    pub fn text_by_edits(&self, id: &Id<Revision>) -> Result<Option<String>, SnapshotError> {
        let revision = self.get(id)?.record;
        let (Some(edits), Some(parent)) = (self.edits(&revision)?, revision.parent) else {
            return Ok(None);
        };
        let base = self.text(&parent)?.text;
        let slices = vec![(base.clone(), 0..base.len())];
        let (slices, length) = self.advance(id, slices, base.len(), &edits)?;
        let mut out = String::with_capacity(length);
        slices.iter().for_each(|(source, span)| out.push_str(&source[span.clone()]));
        self.check(id, &revision, out.as_bytes())?;
        Ok(Some(out))
    }

    fn whole_text(
        &self,
        id: &Id<Revision>,
        revision: &Revision,
    ) -> Result<Arc<str>, SnapshotError> {
        let name = revision.text.name().ok_or_else(|| mismatch(id, "names no text"))?;
        let bytes = match revision.withheld {
            true => self.bytes.attached(&name)?.ok_or(SnapshotError::Withheld(name))?,
            false => self.content_named(&name)?,
        };
        if bytes.len() as u64 != revision.text.bytes {
            return Err(mismatch(
                id,
                &format!("states {} bytes, its text has {}", revision.text.bytes, bytes.len()),
            ));
        }
        let text = String::from_utf8(bytes)
            .map_err(|e| mismatch(id, &format!("its text is not UTF-8: {e}")))?;
        Ok(text.into())
    }

    /// Compares a text that was put together with what its revision states.
    fn check(
        &self,
        id: &Id<Revision>,
        revision: &Revision,
        bytes: &[u8],
    ) -> Result<(), SnapshotError> {
        let (found, stated) = match (revision.text.sha256, revision.text.commitment) {
            (Some(stated), _) => (Digest::of(bytes), stated),
            (None, Some(stated)) => (commitment(&self.text_salt(id)?, bytes), stated),
            (None, None) => return Err(mismatch(id, "states no digest")),
        };
        if found == stated {
            Ok(())
        } else {
            Err(mismatch(id, &format!("states the digest {stated}, its edits give {found}")))
        }
    }

    fn advance(
        &self,
        id: &Id<Revision>,
        parent: Vec<Slice>,
        parent_len: usize,
        edits: &Edits,
    ) -> Result<(Vec<Slice>, usize), SnapshotError> {
        if edits.as_slice().iter().any(|e| e.span().end > parent_len) {
            return Err(mismatch(id, "has edits beyond the end of its parent"));
        }
        // Start of each slice in the parent, for binary search.
        let mut starts = Vec::with_capacity(parent.len());
        let mut at = 0;
        for (_, span) in &parent {
            starts.push(at);
            at += span.len();
        }
        let mut out: Vec<Slice> = Vec::with_capacity(parent.len() + 2 * edits.len());
        let mut length = 0;
        for piece in edits.pieces(parent_len) {
            length += piece.len();
            match piece {
                Piece::Kept(span) | Piece::Moved { span, .. } => {
                    cut(&parent, &starts, span, &mut out)
                }
                Piece::New { edit, .. } | Piece::Layout { edit, .. } => {
                    if let Edit::Replace { text, .. } | Edit::Layout { text, .. } =
                        &edits.as_slice()[edit]
                    {
                        out.push((text.as_str().into(), 0..text.len()));
                    }
                }
                Piece::Restored { edit, span } => {
                    let Edit::Restore { revision, .. } = &edits.as_slice()[edit] else { continue };
                    let earlier =
                        revision.parse::<Digest>().map_err(|e| mismatch(id, &e.to_string()))?;
                    let text = self.text(&Id::new(earlier))?.text;
                    if text.get(span.clone()).is_none() {
                        return Err(mismatch(
                            id,
                            &format!("restores bytes {span:?} of {earlier}, which are not there"),
                        ));
                    }
                    out.push((text, span));
                }
            }
        }
        // An edit inside a character would give bytes that are no text.
        if out.iter().any(|(text, span)| text.get(span.clone()).is_none()) {
            return Err(mismatch(id, "has an edit inside a character"));
        }
        Ok((out, length))
    }
}

/// The slices of the parent that make up `span`.
fn cut(parent: &[Slice], starts: &[usize], span: Range<usize>, out: &mut Vec<Slice>) {
    let mut n = starts.partition_point(|s| *s <= span.start).saturating_sub(1);
    let mut at = span.start;
    while at < span.end && n < parent.len() {
        let (text, inside) = &parent[n];
        let from = inside.start + (at - starts[n]);
        let to = inside.end.min(from + (span.end - at));
        if to > from {
            out.push((text.clone(), from..to));
            at += to - from;
        }
        n += 1;
    }
}

fn mismatch(id: &Id<Revision>, what: &str) -> SnapshotError {
    SnapshotError::Broken(Finding::new(
        Code::RevisionMismatch,
        id.to_string(),
        format!("the revision {what}"),
    ))
}
