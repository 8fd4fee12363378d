//! Finds what a printed page added to a text: where pages start, running
//! heads, page numbers. Nothing is removed: the words are only flagged, and
//! where the signs are weak they are not.
//!
//! Signs used, all about lines:
//!
//! - A *page starts* at a line that begins with exactly one space, or with a
//!   form feed. Where more than one line in three begins with one space, the
//!   space is an indent and says nothing.
//! - A *candidate* is a short line of its own: after a blank line (or at a
//!   page start) and before a blank line or a page start. It is a *head* when
//!   a page start follows at once.
//! - A candidate, or a stack of them, *interrupts* when the text before it
//!   stops in mid-sentence or mid-word and the text after goes on with a small
//!   letter.
//!
//! Flagged are: (1) heads that interrupt; (2) heads that say the same as a
//! heading at a page start, or begin one and end in an ellipsis; (3) a line
//! that is a candidate three times or more (a head: twice) and interrupts at
//! least once: all but the first, and the first too where it interrupts;
//! (4) numbers that rise through the text by 15 to 90 lines a page, at least
//! three, a quarter of them interrupting. Lines are compared by their letters
//! and digits, so that a head with a split ligature equals its heading.
//! A line without letters or digits ("* * *") is never flagged.
//!
//! One pass over the lines; sorting the candidates is the rest.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::lines::Lines;
use super::passages::is_blank;
use super::squeeze::squeeze;

/// Longest line, in bytes, that can be a running head.
const HEAD_MAX: usize = 120;
/// Bytes of a key by which most headings are passed over.
const START: usize = 6;

/// What the page layout added.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Byte ranges of running heads and page numbers, in order.
    pub heads: Vec<Range<u32>>,
    /// First byte of each line that starts a page, in order.
    pub page_starts: Vec<u32>,
    /// Lines that could hold a page number, in order; what `printed` begins
    /// with. Most are none.
    pub numbers: Vec<LineNumber>,
}

/// A number alone on a candidate line, or at an end of a line whose other
/// words are a candidate three times or more ("PART ONE 20").
#[derive(Debug, Clone, Copy)]
pub(super) struct LineNumber {
    /// The line, from 0.
    pub line: usize,
    /// At most 9,999.
    pub number: u32,
    /// A sentence goes on around the line.
    pub interrupts: bool,
    /// First and last line of the candidates that stand together here.
    pub stack: (usize, usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Blank,
    Page,
    Text,
}

struct Candidate {
    line: usize,
    /// Letters and digits, folded.
    key: String,
    /// A page start follows at once.
    head: bool,
    interrupts: bool,
    flagged: bool,
}

impl Layout {
    pub fn of(text: &str, lines: &Lines) -> Self {
        let count = lines.count();
        let line = |i: usize| trim_end(&text[lines.start(i)..lines.start(i + 1)]);
        let mut kinds = Vec::with_capacity(count);
        let (mut spaced, mut fed) = (0, false);
        for i in 0..count {
            // Nearly all lines begin with a letter: they need no second look.
            let first = text.as_bytes()[lines.start(i)];
            if first > b' ' && first != 0xc2 {
                kinds.push(Line::Text);
                continue;
            }
            let l = line(i).as_bytes();
            kinds.push(match l {
                _ if is_blank(l) => Line::Blank,
                [0x0c, ..] => {
                    fed = true;
                    Line::Page
                }
                [b' ', b, ..] if !matches!(b, b' ' | b'\t' | 0xc2) => {
                    spaced += 1;
                    Line::Page
                }
                _ => Line::Text,
            });
        }
        if spaced * 3 > count && !fed {
            for k in &mut kinds {
                if *k == Line::Page {
                    *k = Line::Text;
                }
            }
        }
        let mut candidates = find_candidates(&kinds, line);
        if candidates.is_empty() {
            return Self { page_starts: page_starts(&kinds, lines), ..Self::default() };
        }
        mark_interrupting(&mut candidates, &kinds, line);
        flag_heads(&mut candidates, &kinds, line);
        flag_repeated(&mut candidates);
        flag_page_numbers(&mut candidates, line);
        let heads = candidates
            .iter()
            .filter(|c| c.flagged)
            .map(|c| {
                let from = lines.start(c.line);
                from as u32..(from + line(c.line).len()) as u32
            })
            .collect();
        let numbers = numbers(&candidates, &kinds, line);
        Self { heads, page_starts: page_starts(&kinds, lines), numbers }
    }
}

fn page_starts(kinds: &[Line], lines: &Lines) -> Vec<u32> {
    (0..kinds.len()).filter(|&i| kinds[i] == Line::Page).map(|i| lines.start(i) as u32).collect()
}

fn trim_end(line: &str) -> &str {
    line.trim_end_matches([' ', '\t', '\n', '\r', '\u{a0}'])
}

fn find_candidates<'t>(kinds: &[Line], line: impl Fn(usize) -> &'t str) -> Vec<Candidate> {
    let blank = |i: usize| kinds.get(i).is_none_or(|&k| k == Line::Blank);
    let mut out = Vec::new();
    for (i, &kind) in kinds.iter().enumerate() {
        let at_page_start = kind == Line::Page;
        if kind == Line::Blank || !(at_page_start || i == 0 || blank(i - 1)) {
            continue;
        }
        let head = kinds.get(i + 1) == Some(&Line::Page) && !at_page_start;
        let text = line(i);
        if !(head || blank(i + 1)) || text.len() > HEAD_MAX {
            continue;
        }
        let key = squeeze(text);
        if !key.is_empty() {
            let (interrupts, flagged) = (false, false);
            out.push(Candidate { line: i, key, head, interrupts, flagged });
        }
    }
    out
}

/// Looks over each stack of neighbouring candidates at the text on both sides.
fn mark_interrupting<'t>(all: &mut [Candidate], kinds: &[Line], line: impl Fn(usize) -> &'t str) {
    let between_blank = |a: usize, b: usize| kinds[a + 1..b].iter().all(|&k| k == Line::Blank);
    let mut first = 0;
    while first < all.len() {
        let mut last = first;
        // A stack is a head, a number and a part title at most.
        while last + 1 < all.len()
            && last - first < 2
            && between_blank(all[last].line, all[last + 1].line)
        {
            last += 1;
        }
        let (from, to) = (all[first].line, all[last].line);
        // Layout leaves a blank line or two, not a hundred.
        let before =
            (from.saturating_sub(6)..from).rev().find(|&i| kinds[i] != Line::Blank).map(&line);
        let after =
            (to + 1..(to + 7).min(kinds.len())).find(|&i| kinds[i] != Line::Blank).map(&line);
        if let (Some(before), Some(after)) = (before, after)
            && breaks_off(before)
            && after.trim_start().starts_with(char::is_lowercase)
        {
            for c in &mut all[first..=last] {
                // What begins small or breaks off itself is part of the sentence.
                let t = line(c.line);
                c.interrupts =
                    !t.trim_start().starts_with(char::is_lowercase) && !t.ends_with(['-', ',']);
            }
        }
        first = last + 1;
    }
}

/// How a key begins; shorter keys are their own beginning.
fn start(key: &str) -> &[u8] {
    &key.as_bytes()[..key.len().min(START)]
}

/// Whether a line stops in mid-sentence: after a letter, digit, comma, hyphen.
fn breaks_off(line: &str) -> bool {
    line.ends_with(|c: char| {
        c.is_alphanumeric() || matches!(c, ',' | '-' | '\u{ad}' | '\u{2010}' | '–' | '—')
    })
}

/// Rules 1 and 2.
fn flag_heads<'t>(all: &mut [Candidate], kinds: &[Line], line: impl Fn(usize) -> &'t str) {
    let mut opens: Vec<&[u8]> = Vec::new();
    for c in all.iter().filter(|c| c.head) {
        opens.push(start(&c.key));
    }
    if opens.is_empty() {
        return;
    }
    opens.sort_unstable();
    let mut headings = Vec::new();
    for i in (0..kinds.len()).filter(|&i| kinds[i] == Line::Page) {
        let mut key = String::new();
        // A heading runs over a few lines; every beginning of it counts.
        for (j, &kind) in kinds.iter().enumerate().skip(i).take(4) {
            let text = line(j);
            if kind == Line::Blank || (j > i && kind == Line::Page) || text.len() > HEAD_MAX {
                break;
            }
            key.push_str(&squeeze(text));
            // Most pages begin with text that no head begins like.
            if key.len() >= START && opens.binary_search(&start(&key)).is_err() {
                break;
            }
            headings.push(key.clone());
        }
    }
    headings.sort_unstable();
    for c in all.iter_mut().filter(|c| c.head) {
        let cut_short = line(c.line).ends_with(['…', '.']) && c.key.len() >= 8;
        let from = headings.partition_point(|h| *h < c.key);
        let named =
            headings.get(from).is_some_and(|h| *h == c.key || (cut_short && h.starts_with(&c.key)));
        c.flagged |= c.interrupts || named;
    }
}

/// Rule 3.
fn flag_repeated(all: &mut [Candidate]) {
    #[derive(Default)]
    struct Seen {
        times: usize,
        heads: usize,
        interrupts: bool,
    }
    let mut seen: HashMap<&str, Seen> = HashMap::new();
    for c in all.iter().filter(|c| !c.key.bytes().all(|b| b.is_ascii_digit())) {
        let s = seen.entry(&c.key).or_default();
        s.times += 1;
        s.heads += usize::from(c.head);
        s.interrupts |= c.interrupts;
    }
    let layout: HashSet<String> = seen
        .into_iter()
        .filter(|(_, s)| s.interrupts && (s.times >= 3 || s.heads >= 2))
        .map(|(key, _)| key.to_owned())
        .collect();
    let mut met = HashSet::new();
    for c in all.iter_mut() {
        if layout.contains(&c.key) {
            // The first may be the heading that the others repeat.
            c.flagged |= !met.insert(c.key.clone()) || c.interrupts;
        }
    }
}

/// Rule 4.
fn flag_page_numbers<'t>(all: &mut [Candidate], line: impl Fn(usize) -> &'t str) {
    let mut chain: Vec<(usize, u32)> = Vec::new();
    for (index, c) in all.iter().enumerate() {
        let text = line(c.line).trim();
        if text.len() > 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let Ok(number) = text.parse::<u32>() else { continue };
        let fits = match chain.last() {
            // A year must not open the chain.
            None => number < 1000,
            Some(&(last, before)) => {
                let lines = c.line - all[last].line;
                let pages = number.saturating_sub(before) as usize;
                pages > 0 && (15 * pages..=90 * pages).contains(&lines)
            }
        };
        if fits {
            chain.push((index, number));
        }
    }
    let interrupting = chain.iter().filter(|&&(i, _)| all[i].interrupts).count();
    if chain.len() >= 3 && interrupting * 4 >= chain.len() {
        for (i, _) in chain {
            all[i].flagged = true;
        }
    }
}

fn numbers<'t>(
    all: &[Candidate],
    kinds: &[Line],
    line: impl Fn(usize) -> &'t str,
) -> Vec<LineNumber> {
    let digits = |s: &str| match s.len() {
        1..=4 if s.bytes().all(|b| b.is_ascii_digit()) => s.parse::<u32>().ok(),
        _ => None,
    };
    let mut found: Vec<(usize, u32, Option<String>)> = Vec::new();
    let mut heads: HashMap<String, usize> = HashMap::new();
    for (index, c) in all.iter().enumerate() {
        let text = line(c.line).trim();
        // "20", "- 20 -", "[20]"
        let bare = text.trim_matches(['-', '–', '—', '[', ']', '|', ' ', '\u{a0}']);
        if let Some(number) = digits(bare) {
            found.push((index, number, None));
            continue;
        }
        let first = text.split_once(char::is_whitespace);
        let last = text.rsplit_once(char::is_whitespace).map(|(rest, n)| (n, rest));
        if let Some((number, rest)) =
            last.into_iter().chain(first).find_map(|(n, rest)| Some((digits(n)?, rest)))
        {
            let key = squeeze(rest);
            *heads.entry(key.clone()).or_default() += 1;
            found.push((index, number, Some(key)));
        }
    }
    let blank = |a: usize, b: usize| kinds[a + 1..b].iter().all(|&k| k == Line::Blank);
    let near = |index: usize, number: u32| {
        let (mut from, mut to) = (index, index);
        while from > 0 && index - from < 2 && blank(all[from - 1].line, all[from].line) {
            from -= 1;
        }
        while to + 1 < all.len() && to - index < 2 && blank(all[to].line, all[to + 1].line) {
            to += 1;
        }
        let (line, interrupts) = (all[index].line, all[index].interrupts);
        LineNumber { line, number, interrupts, stack: (all[from].line, all[to].line) }
    };
    found
        .into_iter()
        .filter(|(_, _, key)| {
            key.as_ref().is_none_or(|k| k.bytes().any(|b| !b.is_ascii_digit()) && heads[k] >= 3)
        })
        .map(|(index, number, _)| near(index, number))
        .collect()
}
