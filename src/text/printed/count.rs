//! Rules 4 to 6: numbers for all page starts.

use super::starts::{Start, Starts};

/// A page with its number and margin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub byte: usize,
    pub number: u32,
    pub margin: u32,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Printed,
    Marked,
    Divided,
}

/// The pages in order. Numbers never fall.
pub(super) fn count(starts: &Starts, text: &str) -> Vec<Counted> {
    let page = starts.page;
    let anchors: Vec<usize> =
        (0..starts.all.len()).filter(|&i| starts.all[i].number.is_some()).collect();
    let (Some(&first), Some(&last)) = (anchors.first(), anchors.last()) else { return Vec::new() };
    let mut out = before(&starts.all[..=first], page, text);
    for w in anchors.windows(2) {
        out.push(printed(&starts.all[w[0]]));
        between(&starts.all[w[0]..=w[1]], page, text, &mut out);
    }
    out.push(printed(&starts.all[last]));
    after(&starts.all[last..], page, text, &mut out);
    if !starts.place_told {
        for p in &mut out {
            p.margin += 1;
        }
    }
    out
}

fn printed(s: &Start) -> Counted {
    Counted { byte: s.byte, number: s.number.unwrap_or(0), margin: 0, kind: Kind::Printed }
}

/// Rule 3: without the doubtful starts that stand too near to the one before.
fn firm(starts: &[Start], page: usize) -> Vec<Start> {
    let mut out: Vec<Start> = Vec::with_capacity(starts.len());
    for s in starts {
        let near = out.last().is_some_and(|l| 4 * (s.byte - l.byte) < 3 * page);
        if !(s.doubtful && near) {
            out.push(*s);
        }
    }
    out
}

/// The pages between the first and the last of `starts`, which are printed.
fn between(starts: &[Start], page: usize, text: &str, out: &mut Vec<Counted>) {
    let (Some(a), Some(b)) = (starts.first(), starts.last()) else { return };
    let (from, to) = (a.number.unwrap_or(0), b.number.unwrap_or(0));
    let needed = (to - from) as usize;
    let kept = if starts.len() - 1 == needed { starts.to_vec() } else { firm(starts, page) };
    let exact = kept.len() == starts.len() && starts.len() - 1 == needed;
    let mut missing = needed as i64 - (kept.len() as i64 - 1);
    // Rule 5: how many pages begin unmarked in each stretch.
    let mut unmarked = vec![0_usize; kept.len()];
    if kept.len() == 2 {
        unmarked[0] = missing.max(0) as usize;
        missing = missing.min(0);
    } else if missing > 0 {
        let length = |i: usize| kept[i + 1].byte - kept[i].byte;
        let mut long: Vec<usize> =
            (0..kept.len() - 1).filter(|&i| 5 * length(i) > 8 * page).collect();
        long.sort_by_key(|&i| std::cmp::Reverse(length(i)));
        for i in long {
            let room = ((length(i) + page / 2) / page).saturating_sub(1).max(1);
            unmarked[i] = room.min(missing as usize);
            missing -= unmarked[i] as i64;
        }
    }
    let span = (b.byte - a.byte).max(1) as i64;
    let mut counted = from;
    for (i, s) in kept.iter().enumerate().take(kept.len() - 1) {
        // What cannot be explained is spread by length.
        let share = (2 * missing * (s.byte - a.byte) as i64 + span).div_euclid(2 * span);
        let off = share.abs().max((missing - share).abs()) as u32;
        let number = (i64::from(counted) + share).clamp(i64::from(from), i64::from(to) - 1) as u32;
        let floor = out.last().map_or(0, |p| p.number);
        let number = number.max(floor);
        let margin = if exact { 0 } else { 1 + off };
        if i > 0 {
            out.push(Counted { byte: s.byte, number, margin, kind: Kind::Marked });
        }
        divide(s.byte..kept[i + 1].byte, unmarked[i], number, 1 + off, text, out);
        counted += 1 + unmarked[i] as u32;
    }
}

/// Starts `unmarked` pages within a stretch, at line ends.
fn divide(
    stretch: std::ops::Range<usize>,
    unmarked: usize,
    number: u32,
    margin: u32,
    text: &str,
    out: &mut Vec<Counted>,
) {
    let length = stretch.len() / (unmarked + 1);
    for k in 1..=unmarked {
        let wanted = stretch.start + k * length;
        let after = &text.as_bytes()[wanted..stretch.end];
        let Some(end) = after.iter().position(|&b| b == b'\n') else { break };
        let byte = wanted + end + 1;
        if byte >= stretch.end || out.last().is_some_and(|p| p.byte >= byte) {
            continue;
        }
        let off = k.min(unmarked + 1 - k) as u32 / 4;
        out.push(Counted {
            byte,
            number: number + k as u32,
            margin: margin + off,
            kind: Kind::Divided,
        });
    }
}

/// Pages of a stretch without printed numbers; 1 where it is not too long.
fn pages_in(length: usize, page: usize) -> u32 {
    if 5 * length > 8 * page { ((length + page / 2) / page) as u32 } else { 1 }
}

/// The pages before the first printed number, counted back from it.
fn before(starts: &[Start], page: usize, text: &str) -> Vec<Counted> {
    let kept = firm(starts, page);
    let Some(first) = kept.last() else { return Vec::new() };
    let mut far = Far { number: first.number.unwrap_or(0), pages: 0, long: 0 };
    // From the last stretch to the first; each in its own order.
    let mut stretches = Vec::new();
    for w in kept.windows(2).rev() {
        let n = pages_in(w[1].byte - w[0].byte, page);
        if n >= far.number {
            break;
        }
        far.number -= n;
        let margin = far.margin(n);
        let mut pages =
            vec![Counted { byte: w[0].byte, number: far.number, margin, kind: Kind::Marked }];
        divide(w[0].byte..w[1].byte, n as usize - 1, far.number, margin, text, &mut pages);
        stretches.push(pages);
    }
    stretches.into_iter().rev().flatten().collect()
}

/// The pages after the last printed number, counted on.
fn after(starts: &[Start], page: usize, text: &str, out: &mut Vec<Counted>) {
    let kept = firm(starts, page);
    let Some(last) = kept.first() else { return };
    let mut far = Far { number: last.number.unwrap_or(0), pages: 0, long: 0 };
    for (i, s) in kept.iter().enumerate() {
        if i > 0 {
            let margin = far.margin(0);
            out.push(Counted { byte: s.byte, number: far.number, margin, kind: Kind::Marked });
        }
        let end = kept.get(i + 1).map_or(text.len(), |next| next.byte);
        let n = pages_in(end - s.byte, page);
        let margin = far.margin(n);
        divide(s.byte..end, n as usize - 1, far.number, margin, text, out);
        far.number += n;
    }
}

/// How far counting went from the nearest printed number.
struct Far {
    number: u32,
    pages: u32,
    /// Stretches too long for one page.
    long: u32,
}

impl Far {
    /// The margin after a stretch of `n` pages more.
    fn margin(&mut self, n: u32) -> u32 {
        self.pages += n;
        self.long += u32::from(n > 1);
        1 + self.pages / 10 + self.long
    }
}
