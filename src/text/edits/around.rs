//! What became of a span that was changed.

use std::ops::Range;

use super::pieces::What;
use super::{Edit, Edits};

impl Edits {
    /// The bytes of the child that stand where the parent's `span` stood: from
    /// the first to the last byte that was kept, moved there, or put in place
    /// of any of it. `None` when nothing of it is left in one place (all of it
    /// deleted, or parts moved away).
    pub fn map_around(&self, span: Range<usize>) -> Option<Range<usize>> {
        let mut out: Option<Range<usize>> = None;
        let mut reach = |from: usize, to: usize| {
            let o = out.get_or_insert(from..to);
            o.start = o.start.min(from);
            o.end = o.end.max(to);
        };
        for slot in &self.slots {
            let inserted = slot.start == slot.end;
            let touches = if inserted {
                span.start <= slot.start && slot.start <= span.end
            } else {
                slot.start < span.end && span.start < slot.end
            };
            if !touches {
                if slot.start > span.end {
                    break;
                }
                continue;
            }
            match slot.what {
                What::Kept => {
                    let (a, b) = (slot.start.max(span.start), slot.end.min(span.end));
                    reach(slot.child + (a - slot.start), slot.child + (b - slot.start));
                }
                What::Replaced(edit) => {
                    let len = match &self.list[edit] {
                        Edit::Replace { text, .. } => text.len(),
                        Edit::Restore { start, end, .. } => end - start,
                        Edit::Move { .. } | Edit::Layout { .. } => 0,
                    };
                    reach(slot.child, slot.child + len);
                }
                What::Relaid(_, len) => reach(slot.child, slot.child + len),
                // Parts that moved away cannot be shown as one stretch.
                What::Source(_) => return None,
                What::Landing(_) => {}
            }
        }
        out
    }

    /// The bytes of the child that each edit put there, in the order of the
    /// edits; no bytes, at its place, for one that only took words away.
    pub fn put(&self) -> Vec<Range<usize>> {
        let mut out = vec![0..0; self.list.len()];
        for slot in &self.slots {
            let (edit, len) = match slot.what {
                What::Kept | What::Source(_) => continue,
                What::Landing(edit) => (edit, self.list[edit].span().len()),
                What::Relaid(edit, len) => (edit, len),
                What::Replaced(edit) => match &self.list[edit] {
                    Edit::Replace { text, .. } => (edit, text.len()),
                    Edit::Restore { start, end, .. } => (edit, end - start),
                    Edit::Move { .. } | Edit::Layout { .. } => continue,
                },
            };
            out[edit] = slot.child..slot.child + len;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_span_is_shown_where_its_words_stand_now() {
        let edits =
            Edits::new(vec![Edit::Replace { start: 4, end: 7, text: "eleventh".into() }]).unwrap();
        let child = edits.apply("the 9th of May", &|_, _| None).unwrap();
        assert_eq!(child, "the eleventh of May");
        assert_eq!(&child[edits.map_around(0..14).unwrap()], "the eleventh of May");
        assert_eq!(&child[edits.map_around(4..10).unwrap()], "eleventh of");
        assert_eq!(&child[edits.map_around(8..10).unwrap()], "of");
    }

    #[test]
    fn each_edit_tells_where_its_words_stand() {
        let edits = Edits::new(vec![
            Edit::Replace { start: 0, end: 4, text: String::new() },
            Edit::Replace { start: 4, end: 7, text: "eleventh".into() },
            Edit::Move { start: 7, end: 10, to: 14 },
        ])
        .unwrap();
        let child = edits.apply("the 9th of May", &|_, _| None).unwrap();
        assert_eq!(child, "eleventh May of");
        let put: Vec<&str> = edits.put().into_iter().map(|s| &child[s]).collect();
        assert_eq!(put, ["", "eleventh", " of"]);
    }
}
