//! Rules 2 and 3: where pages start, and which starts carry a number.

use super::super::layout::Layout;
use super::super::lines::Lines;
use super::super::passages::is_blank;
use super::chain::{Printed, chain};

/// Blank lines that layout leaves between a number and the text.
const NEAR: usize = 6;

/// The start of a page before it is numbered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub byte: usize,
    pub doubtful: bool,
    pub number: Option<u32>,
}

/// Page starts in order, with the numbers printed on them.
pub(super) struct Starts {
    pub all: Vec<Start>,
    /// The usual length of a page in bytes.
    pub page: usize,
    /// Whether the text tells if numbers stand at the head or foot.
    pub place_told: bool,
}

/// The page starts of a text whose page numbers convince, else `None`.
pub(super) fn starts(text: &str, lines: &Lines, layout: &Layout) -> Option<Starts> {
    let line = |i: usize| text[lines.start(i)..lines.start(i + 1)].trim_end_matches(['\r', '\n']);
    let fed = |&&s: &&u32| text.as_bytes()[s as usize] == 0x0c;
    let has_feeds = layout.page_starts.iter().any(|s| fed(&s));
    let marked: Vec<usize> =
        layout.page_starts.iter().filter(|s| !has_feeds || fed(s)).map(|&s| s as usize).collect();
    let is_marked = |i: usize| marked.binary_search(&lines.start(i)).is_ok();
    let page = usual(marked.windows(2).map(|w| w[1] - w[0]).collect(), 8);

    let head = |p: (usize, usize), at: usize| (p.0..=at).rev().find(|&i| is_marked(i));
    let foot = |p: (usize, usize)| {
        (p.1 + 1..lines.count().min(p.1 + 1 + NEAR))
            .find(|&i| !is_blank(line(i).as_bytes()))
            .filter(|&i| is_marked(i))
    };
    let numbers: Vec<Printed> = layout
        .numbers
        .iter()
        .map(|&at| Printed {
            number: at.number,
            byte: lines.start(at.line),
            interrupts: at.interrupts,
            at_start: head(at.stack, at.line).is_some() || foot(at.stack).is_some(),
            at,
        })
        .collect();
    let chain = chain(&numbers, page);
    let count = |test: &dyn Fn(&Printed) -> bool| chain.iter().filter(|p| test(p)).count();
    let heads = count(&|p| head(p.at.stack, p.at.line).is_some());
    let feet = count(&|p| head(p.at.stack, p.at.line).is_none() && foot(p.at.stack).is_some());
    let at_foot = feet > heads;

    let mut all = marked_starts(line, lines, &marked, has_feeds);
    let mut anchors: Vec<(usize, u32)> = Vec::new();
    for p in &chain {
        let made = |byte| Start { byte, doubtful: false, number: None };
        if at_foot {
            // What follows is the next page.
            let next = foot(p.at.stack).map(|i| lines.start(i));
            if next.is_none() && p.at.stack.1 + 1 < lines.count() {
                all.push(made(lines.start(p.at.stack.1 + 1)));
            }
            anchors.push((p.byte, p.number));
        } else {
            let first = head(p.at.stack, p.at.line).map(|i| lines.start(i));
            if first.is_none() {
                all.push(made(p.byte));
            }
            anchors.push((first.unwrap_or(p.byte), p.number));
        }
    }
    let from = text.find(|c: char| !c.is_whitespace())?;
    if marked.first().is_none_or(|&m| m > from) {
        all.push(Start { byte: 0, doubtful: false, number: None });
    }
    all.sort_by_key(|s| s.byte);
    all.dedup_by_key(|s| s.byte);
    for &(byte, number) in &anchors {
        // The page on which the number stands: the last that starts before.
        let i = all.partition_point(|s| s.byte <= byte).checked_sub(1)?;
        all[i].number = Some(number);
        all[i].doubtful = false;
    }
    let between = |w: &[(usize, u32)]| (w[1].0 - w[0].0) / (w[1].1 - w[0].1) as usize;
    let page = page.or_else(|| usual(anchors.windows(2).map(between).collect(), 1))?;
    let place_told = heads + feet > 0;
    let starts = Starts { all, page: page.max(1), place_told };
    (chain.len() > 2 || starts.two_agree()).then_some(starts)
}

impl Starts {
    /// Whether two printed numbers have as many starts between them as they
    /// should have.
    fn two_agree(&self) -> bool {
        let numbered = |s: &&(usize, &Start)| s.1.number.is_some();
        let both: Vec<_> = self.all.iter().enumerate().filter(|s| numbered(&s)).collect();
        let [(i, a), (j, b)] = both[..] else { return false };
        let (a, b) = (a.number.unwrap_or(0), b.number.unwrap_or(0));
        (j - i) as u32 == b - a
    }
}

/// The starts that the text marks, with their doubts.
fn marked_starts<'t>(
    line: impl Fn(usize) -> &'t str,
    lines: &Lines,
    marked: &[usize],
    has_feeds: bool,
) -> Vec<Start> {
    let index = |byte: usize| lines.line_of(byte) - 1;
    let blank_before = |byte: usize| {
        let i = index(byte);
        i > 0 && is_blank(line(i - 1).as_bytes())
    };
    let blanks = marked.iter().filter(|&&b| blank_before(b)).count();
    let blank_is_rare = blanks * 10 <= marked.len();
    let doubtful = |byte: usize| {
        !has_feeds && (is_item(line(index(byte))) || (blank_is_rare && blank_before(byte)))
    };
    marked.iter().map(|&byte| Start { byte, doubtful: doubtful(byte), number: None }).collect()
}

/// Whether a line begins an item of a list: `– so`, `• so`, `3. so`, `4 so`.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    line.starts_with(['-', '–', '—', '•', '*', '·'])
        || ((1..=2).contains(&digits) && rest.starts_with(['.', ')', ' ', '\t']))
}

/// The median of at least `least` lengths.
fn usual(mut lengths: Vec<usize>, least: usize) -> Option<usize> {
    if lengths.len() < least {
        return None;
    }
    let middle = lengths.len() / 2;
    Some(*lengths.select_nth_unstable(middle).1)
}
