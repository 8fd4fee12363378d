//! Stored selectors: made from a span, and looked up again.
//!
//! A selector names its passages by digest, so it can be followed in any
//! revision that still has them, with or without the text. Cost: a walk over
//! the passage table, no look at the text.

use std::ops::Range;

use crate::digest::Id;
use crate::model::{Revision, Selector};
use crate::text::PassageTable;

/// The selector of bytes `span` of a revision with this passage table; `None`
/// when they do not lie in it. An empty span at the very end of the text
/// belongs to the last passage.
pub fn select(
    revision: Id<Revision>,
    table: &PassageTable,
    span: Range<usize>,
) -> Option<Selector> {
    let (start, end) = (span.start as u64, span.end as u64);
    let (first, first_start, last, last_start) = if end > start {
        let (first, first_start) = table.passage_at(start)?;
        // The end is exclusive: the passage of the last byte.
        let (last, last_start) = table.passage_at(end - 1)?;
        (first, first_start, last, last_start)
    } else {
        let (at, at_start) = gap(table, start)?;
        (at, at_start, at, at_start)
    };
    let entries = table.entries();
    Some(Selector {
        revision,
        number: first as u64 + 1,
        passage: entries.get(first)?.digest,
        start: start - first_start,
        last: (last != first).then(|| entries[last].digest),
        last_number: (last != first).then_some(last as u64 + 1),
        end: end - last_start,
    })
}

/// The bytes that a selector picks from the text with this table: in the
/// revision it was made for always the same, in another one wherever the same
/// passages stand now. `None` when they are gone, or stand there more than
/// once and not at their old number.
pub fn follow(selector: &Selector, table: &PassageTable) -> Option<Range<usize>> {
    let entries = table.entries();
    let first = find(selector.number, &selector.passage, table)?;
    let last = match (&selector.last, selector.last_number) {
        (Some(digest), Some(number)) => {
            // Both ends must have moved together.
            let last = (first as u64 + number).checked_sub(selector.number)? as usize;
            if entries.get(last)?.digest != *digest {
                return None;
            }
            last
        }
        _ => first,
    };
    let start = table.start_of(first) + selector.start;
    let end = table.start_of(last) + selector.end;
    let inside =
        selector.start <= entries[first].len && selector.end <= entries[last].len && start <= end;
    inside.then_some(start as usize..end as usize)
}

/// The passage of a gap: the last one at the very end of the text.
fn gap(table: &PassageTable, byte: u64) -> Option<(usize, u64)> {
    table.passage_at(byte).or_else(|| {
        let last = table.entries().len().checked_sub(1)?;
        (byte == table.len_bytes()).then(|| (last, table.start_of(last)))
    })
}

fn find(number: u64, digest: &crate::digest::Digest, table: &PassageTable) -> Option<usize> {
    let entries = table.entries();
    let at = usize::try_from(number).ok()?.checked_sub(1)?;
    if entries.get(at).is_some_and(|e| e.digest == *digest) {
        return Some(at);
    }
    let mut same = entries.iter().enumerate().filter(|(_, e)| e.digest == *digest);
    match (same.next(), same.next()) {
        (Some((n, _)), None) => Some(n),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;

    const TEXT: &str = "One.\n\nTwo two.\n\nThree.\n";

    fn id() -> Id<Revision> {
        Id::new(Digest::of(b"revision"))
    }

    #[test]
    fn a_span_comes_back() {
        let table = PassageTable::of(TEXT);
        for span in [0..4, 6..9, 8..18, 0..TEXT.len(), 5..5, TEXT.len()..TEXT.len()] {
            let s = select(id(), &table, span.clone()).unwrap();
            assert_eq!(follow(&s, &table), Some(span));
        }
        assert_eq!(select(id(), &table, 0..TEXT.len() + 1), None);
    }

    #[test]
    fn a_passage_is_followed_where_it_moved_and_lost_when_changed() {
        let s = select(id(), &PassageTable::of(TEXT), 6..9).unwrap();
        let moved = "New.\n\nOne.\n\nTwo two.\n\nThree.\n";
        assert_eq!(follow(&s, &PassageTable::of(moved)), Some(12..15));
        let changed = "One.\n\nTwo too.\n\nThree.\n";
        assert_eq!(follow(&s, &PassageTable::of(changed)), None);
    }

    #[test]
    fn twins_are_told_apart_by_number_or_not_at_all() {
        let twins = "Same.\n\nSame.\n\nOther.\n";
        let s = select(id(), &PassageTable::of(twins), 7..11).unwrap();
        assert_eq!(follow(&s, &PassageTable::of(twins)), Some(7..11));
        assert_eq!(follow(&s, &PassageTable::of("Other.\n\nX.\n\nSame.\n\nSame.\n\n")), None);
    }
}
