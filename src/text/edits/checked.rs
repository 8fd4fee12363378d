//! A checked list of edits: applying it, its piece table, and mapping spans
//! through it.
//!
//! The parent is cut once, when the list is made, into slots in the parent's
//! order with their place in the child (n log n for n edits, nothing depends
//! on the length of the text). `pieces` walks the slots; `map` finds its first
//! slot by binary search and then walks the slots inside the span.
//! Where several things land on one byte of the parent, text inserted or moved
//! there comes before an edited span that starts there, in the order of the
//! list.

use std::borrow::Cow;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::layout::is_layout;
use super::pieces::{Slot, What};
use super::{Edit, EditError, Mapped, Piece};

/// Edits of one parent: sorted by start, not overlapping, every move landing
/// outside every edited span. Written in a record as the plain list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Edit>", into = "Vec<Edit>")]
pub struct Edits {
    pub(super) list: Vec<Edit>,
    pub(super) slots: Vec<Slot>,
}

impl Default for Edits {
    /// No edits: the child is the parent.
    fn default() -> Self {
        Self { list: Vec::new(), slots: cut(&[]) }
    }
}

impl JsonSchema for Edits {
    fn schema_name() -> Cow<'static, str> {
        "Edits".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<Edit>::json_schema(generator)
    }
}

impl Edits {
    /// Checks everything that can be checked without the parent's text.
    pub fn new(list: Vec<Edit>) -> Result<Self, EditError> {
        let mut before = 0;
        for (index, edit) in list.iter().enumerate() {
            let Range { start, end } = edit.span();
            if end < start {
                return Err(EditError::Backwards { index, start, end });
            }
            if start < before {
                return Err(EditError::Overlap { index, start, before });
            }
            before = end;
            check_alone(index, edit)?;
        }
        for (index, edit) in list.iter().enumerate() {
            let Edit::Move { to, .. } = *edit else { continue };
            // The last span that starts before the target is the only one that can hold it.
            let held = list.partition_point(|e| e.span().start < to).checked_sub(1);
            if let Some(other) = held {
                let Range { start, end } = list[other].span();
                if to < end {
                    return Err(EditError::Target { index, to, other, start, end });
                }
            }
        }
        let slots = cut(&list);
        Ok(Self { list, slots })
    }

    /// The edits, sorted by start.
    pub fn as_slice(&self) -> &[Edit] {
        &self.list
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Do they fit this parent: in bounds, between characters, layout only
    /// where they say layout?
    pub fn check(&self, parent: &str) -> Result<(), EditError> {
        let around = |_: Range<usize>| (Cow::Borrowed(parent), 0);
        self.check_in(parent.len(), |at| parent.is_char_boundary(at), around)
    }

    /// The same for a parent of `len` bytes that is not in one piece.
    /// `around` gives a stretch of it that holds a span with the spaces and
    /// hyphens on either side, and the byte at which the stretch starts.
    pub(in crate::text) fn check_in<'t>(
        &self,
        len: usize,
        is_boundary: impl Fn(usize) -> bool,
        around: impl Fn(Range<usize>) -> (Cow<'t, str>, usize),
    ) -> Result<(), EditError> {
        for (index, edit) in self.list.iter().enumerate() {
            let Range { start, end } = edit.span();
            let to = if let Edit::Move { to, .. } = *edit { to } else { start };
            for at in [start, end, to] {
                if at > len {
                    return Err(EditError::Bounds { index, at, len });
                }
                if !is_boundary(at) {
                    return Err(EditError::CharBoundary { index, at });
                }
            }
            if let Edit::Layout { text, .. } = edit {
                let (stretch, from) = around(start..end);
                if !is_layout(&stretch, start - from..end - from, text) {
                    return Err(EditError::NotLayout { index, start });
                }
            }
        }
        Ok(())
    }

    /// The child text. `restored` gives the bytes of an earlier revision, by
    /// its id; it is asked only for `restore` edits.
    pub fn apply(
        &self,
        parent: &str,
        restored: &dyn Fn(&str, Range<usize>) -> Option<String>,
    ) -> Result<String, EditError> {
        self.check(parent)?;
        let pieces = self.pieces(parent.len());
        let mut child = String::with_capacity(pieces.iter().map(Piece::len).sum());
        for piece in pieces {
            match piece {
                Piece::Kept(span) | Piece::Moved { span, .. } => child.push_str(&parent[span]),
                Piece::New { edit, .. } | Piece::Layout { edit, .. } => {
                    if let Edit::Replace { text, .. } | Edit::Layout { text, .. } = &self.list[edit]
                    {
                        child.push_str(text);
                    }
                }
                Piece::Restored { edit, span } => {
                    let Edit::Restore { revision, .. } = &self.list[edit] else { continue };
                    let unrestorable = || EditError::Unrestorable {
                        index: edit,
                        revision: revision.clone(),
                        start: span.start,
                        end: span.end,
                    };
                    let text = restored(revision, span.clone()).ok_or_else(unrestorable)?;
                    if text.len() != span.len() {
                        return Err(unrestorable());
                    }
                    child.push_str(&text);
                }
            }
        }
        Ok(child)
    }

    /// What the child is made of, in its order, for a parent of `parent_len`
    /// bytes. Time and length are proportional to the number of edits.
    pub fn pieces(&self, parent_len: usize) -> Vec<Piece> {
        self.pieces_in(0..parent_len, parent_len)
    }

    /// What of the child stands where the bytes `window` of a parent of
    /// `parent_len` bytes stood: what is kept of them, and all that is put or
    /// lands among them. No edited span may reach over the window's borders.
    /// What is put or lands at a border counts at the ends of the text only.
    pub fn pieces_in(&self, window: Range<usize>, parent_len: usize) -> Vec<Piece> {
        let (at_top, at_end) = (window.start == 0, window.end >= parent_len);
        let first = self.slots.partition_point(|s| match at_top {
            true => false,
            false => s.end <= window.start,
        });
        let mut pieces = Vec::with_capacity((self.slots.len() - first).min(64));
        for slot in &self.slots[first..] {
            if slot.start > window.end || slot.start == window.end && !at_end {
                break;
            }
            let end = slot.end.min(window.end);
            let start = slot.start.max(window.start).min(end);
            let span = start..end;
            let piece = match slot.what {
                What::Kept => Piece::Kept(span),
                What::Source(_) => continue,
                What::Landing(edit) => Piece::Moved { edit, span: self.list[edit].span() },
                What::Relaid(edit, len) => Piece::Layout { edit, len, old: span },
                What::Replaced(edit) => match &self.list[edit] {
                    Edit::Restore { start, end, .. } => {
                        Piece::Restored { edit, span: *start..*end }
                    }
                    Edit::Replace { text, .. } => Piece::New { edit, len: text.len() },
                    Edit::Move { .. } | Edit::Layout { .. } => continue,
                },
            };
            // A pure deletion leaves nothing; layout keeps its (maybe empty) place,
            // so that it is seen to have replaced spaces only.
            if piece.len() > 0 {
                pieces.push(piece);
            }
        }
        pieces
    }

    /// Length of the child of a parent of `parent_len` bytes.
    pub fn child_len(&self, parent_len: usize) -> usize {
        self.pieces(parent_len).iter().map(Piece::len).sum()
    }

    /// How many bytes more the child has than its parent.
    pub fn growth(&self) -> isize {
        let bytes = |n: usize| isize::try_from(n).expect("no text has more bytes than that");
        let growth = |edit: &Edit| match edit {
            Edit::Replace { text, .. } | Edit::Layout { text, .. } => {
                bytes(text.len()) - bytes(edit.span().len())
            }
            Edit::Restore { start, end, .. } => bytes(end - start) - bytes(edit.span().len()),
            Edit::Move { .. } => 0,
        };
        self.list.iter().map(growth).sum()
    }

    /// Where the bytes `span` of the parent stand in the child. An insert at
    /// either edge of the span does not touch it. Binary search, then one step
    /// per edit inside the span.
    pub fn map(&self, span: Range<usize>) -> Mapped {
        // The first slot that reaches beyond the start; for an empty span the first that touches it.
        let empty = span.is_empty();
        let first = self
            .slots
            .partition_point(|s| if empty { s.end < span.start } else { s.end <= span.start });
        let mut at = None; // child position reached so far
        let mut from = 0;
        let mut relaid = None;
        for slot in &self.slots[first..] {
            if !empty && slot.start >= span.end {
                break;
            }
            let end = slot.end.min(span.end);
            let inside = span.start.max(slot.start)..end;
            match slot.what {
                What::Landing(edit) | What::Replaced(edit) if slot.start == slot.end => {
                    if at.is_some() && span.start < slot.start {
                        return Mapped::Touched { edit };
                    }
                }
                What::Kept | What::Source(_) => {
                    let child = slot.child + (inside.start - slot.start);
                    match at {
                        None => from = child,
                        Some(at) if at != child => return self.broken(slot, first),
                        Some(_) => {}
                    }
                    at = Some(child + inside.len());
                }
                What::Relaid(edit, len) => {
                    let whole = span.start <= slot.start && slot.end <= span.end;
                    if !whole {
                        return Mapped::Touched { edit };
                    }
                    match at {
                        None => from = slot.child,
                        Some(at) if at != slot.child => return self.broken(slot, first),
                        Some(_) => {}
                    }
                    relaid.get_or_insert(edit);
                    at = Some(slot.child + len);
                }
                What::Replaced(edit) | What::Landing(edit) => return Mapped::Touched { edit },
            }
            if slot.end >= span.end {
                break;
            }
        }
        let to = at.unwrap_or(from);
        match relaid {
            Some(edit) => Mapped::Relaid { span: from..to, edit },
            None => Mapped::Kept(from..to),
        }
    }

    /// A span that stands in two places: names the move that tore it.
    fn broken(&self, slot: &Slot, first: usize) -> Mapped {
        let sources = self.slots[first..].iter().take_while(|s| s.start <= slot.start);
        let edit = sources
            .filter_map(|s| match s.what {
                What::Source(edit) | What::Landing(edit) => Some(edit),
                _ => None,
            })
            .last();
        Mapped::Touched { edit: edit.unwrap_or(0) }
    }
}

fn check_alone(index: usize, edit: &Edit) -> Result<(), EditError> {
    let Range { start, end } = edit.span();
    let nothing = match edit {
        Edit::Replace { text, .. } | Edit::Layout { text, .. } => start == end && text.is_empty(),
        Edit::Move { to, .. } => start == end || *to == start || *to == end,
        Edit::Restore { revision, start: from, end: to, .. } => {
            if to < from {
                return Err(EditError::Backwards { index, start: *from, end: *to });
            }
            let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
            if revision.len() != 64 || !revision.bytes().all(hex) {
                return Err(EditError::Revision { index, value: revision.clone() });
            }
            from == to
        }
    };
    if nothing { Err(EditError::Empty { index, start }) } else { Ok(()) }
}

/// Cuts the parent at every edit and every landing, and places the slots.
fn cut(list: &[Edit]) -> Vec<Slot> {
    // (byte, is a span, index of the edit): what is inserted or lands at a byte
    // comes before a span that starts there.
    let mut events: Vec<(usize, bool, usize, bool)> = Vec::with_capacity(list.len() * 2);
    for (index, edit) in list.iter().enumerate() {
        let span = edit.span();
        events.push((span.start, !span.is_empty(), index, false));
        if let Edit::Move { to, .. } = *edit {
            events.push((to, false, index, true));
        }
    }
    events.sort_unstable();
    let mut slots = Vec::with_capacity(events.len() * 2 + 1);
    let mut sources = vec![None; list.len()];
    let mut landed = Vec::new();
    let (mut parent, mut child) = (0, 0);
    for (at, _, index, landing) in events {
        if at > parent {
            slots.push(Slot { start: parent, end: at, what: What::Kept, child });
            child += at - parent;
            parent = at;
        }
        let span = list[index].span();
        if landing {
            slots.push(Slot { start: at, end: at, what: What::Landing(index), child });
            landed.push((index, child));
            child += span.len();
            continue;
        }
        let (what, len) = match &list[index] {
            Edit::Replace { text, .. } => (What::Replaced(index), text.len()),
            Edit::Layout { text, .. } => (What::Relaid(index, text.len()), text.len()),
            Edit::Restore { start, end, .. } => (What::Replaced(index), end - start),
            Edit::Move { .. } => {
                sources[index] = Some(slots.len());
                (What::Source(index), 0)
            }
        };
        slots.push(Slot { start: span.start, end: span.end, what, child });
        child += len;
        parent = span.end;
    }
    slots.push(Slot { start: parent, end: usize::MAX, what: What::Kept, child });
    for (index, child) in landed {
        if let Some(source) = sources[index] {
            slots[source].child = child;
        }
    }
    slots
}

impl TryFrom<Vec<Edit>> for Edits {
    type Error = EditError;
    fn try_from(list: Vec<Edit>) -> Result<Self, EditError> {
        Self::new(list)
    }
}

impl From<Edits> for Vec<Edit> {
    fn from(edits: Edits) -> Self {
        edits.list
    }
}
