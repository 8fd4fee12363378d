//! Lines and sentences that two texts share, wherever they stand: what lies
//! between them is left for comparison by atoms.
//!
//! After Heckel ("A technique for isolating differences between files", 1978):
//! units that occur once on both sides are the same unit; so are equal units
//! beside such a pair, and at the ends. Order does not matter, so a moved line
//! stays the same line. A unit is a line with the empty lines behind it, or a
//! sentence of a long line, as on wikis, whose paragraphs are lines. A line
//! that ends in a hyphen is not cut off, since a word may go on.
//!
//! Cost: linear in the bytes, with one hash a unit.

use std::ops::Range;

use super::memory::Hashed;
use crate::text::atoms::hash;

/// Lines longer than this are cut into sentences.
const LINE: usize = 256;

/// One line or sentence.
#[derive(Debug, Clone)]
struct Unit {
    range: Range<usize>,
    hash: u64,
}

/// A stretch of the new text against what it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Bytes `old` of the old text, equal to `new` of the new one.
    Same { old: Range<usize>, new: Range<usize> },
    /// Bytes of the new text, and what may have become them.
    Changed { old: Vec<Range<usize>>, new: Range<usize> },
}

/// Cuts the new stretch into parts, in order, and names the old ranges that
/// have no partner. Both stretches begin and end at borders of atoms.
pub fn parts(
    old: &str,
    new: &str,
    old_range: Range<usize>,
    new_range: Range<usize>,
) -> (Vec<Part>, Vec<Range<usize>>) {
    let (a, b) = (units(old, old_range.clone()), units(new, new_range.clone()));
    let partner = pairs(old, new, &a, &b);
    let mut taken = vec![false; a.len()];
    partner.iter().flatten().for_each(|&i| taken[i] = true);
    // The end of the gap that begins at a unit, and the beginning of the one that ends there.
    let free_from = |i: usize| i..i + taken[i..].iter().take_while(|t| !**t).count();
    let free_to = |i: usize| i - taken[..i].iter().rev().take_while(|t| !**t).count()..i;
    let bytes = |r: &Range<usize>| a[r.start].range.start..a[r.end - 1].range.end;
    let mut used = vec![false; a.len() + 1];
    let mut out: Vec<Part> = Vec::new();
    let mut j = 0;
    while j < b.len() {
        if let Some(i) = partner[j] {
            let (old, new) = (a[i].range.clone(), b[j].range.clone());
            match out.last_mut() {
                Some(Part::Same { old: o, new: n }) if o.end == old.start => {
                    (o.end, n.end) = (old.end, new.end);
                }
                _ => out.push(Part::Same { old, new }),
            }
            j += 1;
            continue;
        }
        let end = j + partner[j..].iter().take_while(|p| p.is_none()).count();
        let left = j.checked_sub(1).map_or(0, |k| partner[k].map_or(0, |i| i + 1));
        let right = partner.get(end).map_or(a.len(), |p| p.unwrap_or(a.len()));
        let mut from = Vec::new();
        for gap in [free_from(left), free_to(right)] {
            if !gap.is_empty() && !std::mem::replace(&mut used[gap.start], true) {
                from.push(bytes(&gap));
            }
        }
        from.sort_by_key(|r| r.start);
        let new = b[j].range.start..b[end - 1].range.end;
        out.push(Part::Changed { old: from, new });
        j = end;
    }
    let mut left = Vec::new();
    let mut i = 0;
    while i < a.len() {
        let gap = free_from(i);
        if !gap.is_empty() && !used[i] {
            left.push(bytes(&gap));
        }
        i = gap.end.max(i + 1);
    }
    (out, left)
}

/// For each new unit the old one that it is.
fn pairs(old: &str, new: &str, a: &[Unit], b: &[Unit]) -> Vec<Option<usize>> {
    const MANY: u32 = u32::MAX;
    let mut seen: Hashed<(u32, u32)> = Hashed::default();
    let once = |place: &mut u32, at: usize| *place = if *place == 0 { at as u32 + 1 } else { MANY };
    for (i, unit) in a.iter().enumerate() {
        once(&mut seen.entry(unit.hash).or_default().0, i);
    }
    for (j, unit) in b.iter().enumerate() {
        if let Some(places) = seen.get_mut(&unit.hash) {
            once(&mut places.1, j);
        }
    }
    let same = |i: usize, j: usize| {
        a[i].hash == b[j].hash && old[a[i].range.clone()] == new[b[j].range.clone()]
    };
    let mut partner: Vec<Option<usize>> = vec![None; b.len()];
    let mut taken = vec![false; a.len()];
    let mut pair = |partner: &mut Vec<Option<usize>>, i: usize, j: usize| {
        let fits = partner[j].is_none() && !taken[i] && same(i, j);
        if fits {
            partner[j] = Some(i);
            taken[i] = true;
        }
        fits
    };
    for (j, unit) in b.iter().enumerate() {
        if let Some(&(i, k)) = seen.get(&unit.hash)
            && i != 0
            && i != MANY
            && k != MANY
        {
            pair(&mut partner, i as usize - 1, j);
        }
    }
    // Beside pairs, and beside the ends.
    for j in 0..b.len() {
        let next = if j == 0 { Some(0) } else { partner[j - 1].map(|i| i + 1) };
        if let Some(i) = next.filter(|i| *i < a.len()) {
            pair(&mut partner, i, j);
        }
    }
    for j in (0..b.len()).rev() {
        let last = if j + 1 == b.len() { a.len() } else { partner[j + 1].unwrap_or(0) };
        if let Some(i) = last.checked_sub(1) {
            pair(&mut partner, i, j);
        }
    }
    partner
}

fn units(text: &str, range: Range<usize>) -> Vec<Unit> {
    let bytes = &text.as_bytes()[..range.end];
    let mut out = Vec::with_capacity(range.len() / 64 + 1);
    let mut push = |range: Range<usize>| {
        if !range.is_empty() {
            out.push(Unit { hash: hash(&bytes[range.clone()]), range });
        }
    };
    let mut start = range.start;
    let mut at = start;
    while at < range.end {
        let line = text[at..range.end].find('\n').map_or(range.end, |k| at + k);
        let mut next = line;
        while next < range.end && bytes[next].is_ascii_whitespace() {
            next += 1;
        }
        at = next;
        let goes_on = line > 0 && (bytes[line - 1] == b'-' || !bytes[line - 1].is_ascii());
        if goes_on && next < range.end && crate::text::atoms::border_before(text, next) != next {
            continue;
        }
        if line - start > LINE {
            let mut from = start;
            while let Some(k) = text[from..line].find(". ") {
                push(from..from + k + 2);
                from += k + 2;
            }
            start = from;
        }
        push(start..next);
        start = next;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        let unit = prop_oneof![
            4 => "[a-d]\n",
            1 => Just("\n".to_owned()),
            1 => Just("x-\n".to_owned()),
            1 => Just(format!("{}. b. ", "long ".repeat(60))),
        ];
        prop::collection::vec(unit, 0..14).prop_map(|v| v.concat())
    }

    proptest! {
        #[test]
        fn parts_cover_both_texts_once(old in text(), new in text()) {
            let (parts, left) = parts(&old, &new, 0..old.len(), 0..new.len());
            let mut at = 0;
            let mut seen: Vec<Range<usize>> = left;
            for part in parts {
                let new_range = match part {
                    Part::Same { old: o, new: n } => {
                        prop_assert_eq!(&old[o.clone()], &new[n.clone()]);
                        seen.push(o);
                        n
                    }
                    Part::Changed { old, new } => {
                        seen.extend(old);
                        new
                    }
                };
                prop_assert_eq!(new_range.start, at);
                at = new_range.end;
            }
            prop_assert_eq!(at, new.len());
            seen.sort_by_key(|r| r.start);
            let end = seen.iter().try_fold(0, |at, r| (r.start == at).then_some(r.end));
            prop_assert_eq!(end, Some(old.len()));
        }
    }
}
