//! Pairs of sentences as a table that a person can edit: written by
//! [`AlignAnswer::to_tsv`], read back by `align --pairs`.
//!
//! A row: sentences of A, sentences of B, score, how, words of A, words of B,
//! between tabs. Sentences are numbers from 1 (`12`, `12-13`), or lines (`L164`,
//! `L164-166`: the sentences that begin in them); `-` is none. A row whose
//! "how" is `aligned` is the machine's and is sought anew; every other row
//! counts as a person's. Words, where they stand there, must be those of the
//! sentences, so that numbers of another edition are not taken for these.

use std::ops::Range;

use super::DeskError;
use super::aligned::{AlignAnswer, AlignedPair, AlignedSpan, How, Sentence};

/// A row of the table: sentences from 0.
pub(super) struct HandRow {
    pub a: Range<usize>,
    pub b: Range<usize>,
    pub by_hand: bool,
}

const HEAD: &str = "a\tb\tscore\thow\ttext_a\ttext_b";

impl AlignAnswer {
    /// All pairs and the sentences without one, as a table that `--pairs`
    /// reads back.
    pub fn to_tsv(&self) -> String {
        let mut out = format!("{HEAD}\n");
        // A sentence without a partner is marked as found so by the machine.
        let none = How::Aligned.word();
        for row in self.in_order() {
            let line = match row {
                AlignRow::Pair(p) => format!(
                    "{}\t{}\t{:.3}\t{}\t{}\t{}",
                    p.a.numbers(),
                    p.b.numbers(),
                    p.score,
                    p.how.word(),
                    p.a.text,
                    p.b.text
                ),
                AlignRow::OnlyA(s) => format!("{}\t-\t\t{none}\t{}\t", s.numbers(), s.text),
                AlignRow::OnlyB(s) => format!("-\t{}\t\t{none}\t\t{}", s.numbers(), s.text),
            };
            out.push_str(&line);
            out.push('\n');
        }
        out
    }

    /// Pairs and lone sentences as one reads: in the order of A, lone ones of B
    /// after the pair that they follow in B.
    pub fn in_order(&self) -> Vec<AlignRow<'_>> {
        let mut rows: Vec<(usize, usize, AlignRow<'_>)> = Vec::new();
        rows.extend(self.pairs.iter().map(|p| (p.a.sentences.0, 0, AlignRow::Pair(p))));
        let lone = &self.not_aligned;
        rows.extend(lone.a.iter().map(|s| (s.sentences.0, 0, AlignRow::OnlyA(s))));
        let mut by_b: Vec<(usize, usize)> =
            self.pairs.iter().map(|p| (p.b.sentences.1, p.a.sentences.1)).collect();
        by_b.sort_unstable();
        rows.extend(lone.b.iter().map(|s| {
            let at = by_b.partition_point(|(b, _)| *b < s.sentences.0);
            let after = at.checked_sub(1).map_or(0, |k| by_b[k].1);
            (after, 1, AlignRow::OnlyB(s))
        }));
        rows.sort_by_key(|r| (r.0, r.1));
        rows.into_iter().map(|r| r.2).collect()
    }
}

/// A row of an alignment.
#[derive(Debug, Clone, Copy)]
pub enum AlignRow<'a> {
    /// Sentences that belong together.
    Pair(&'a AlignedPair),
    /// A sentence of A without a partner.
    OnlyA(&'a AlignedSpan),
    /// A sentence of B without a partner.
    OnlyB(&'a AlignedSpan),
}

impl AlignedSpan {
    /// Its numbers as they are written: `12`, `12-13`.
    pub fn numbers(&self) -> String {
        match self.sentences {
            (a, b) if a == b => a.to_string(),
            (a, b) => format!("{a}-{b}"),
        }
    }
}

/// Reads a table of pairs.
pub(super) fn read(
    name: &str,
    text: &str,
    a: &[Sentence],
    b: &[Sentence],
) -> Result<Vec<HandRow>, DeskError> {
    let mut out: Vec<HandRow> = Vec::new();
    let (mut used_a, mut used_b) = (vec![0; a.len()], vec![0; b.len()]);
    for (n, line) in (1..).zip(text.lines()) {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() || line.starts_with('#') || line.starts_with("a\tb") {
            continue;
        }
        let bad = |what: String| {
            DeskError::usage("bad-pairs", format!("{name}, row {n}: {what}"))
                .hint("a row is: sentences of A, tab, sentences of B: 12-13, L164, or - for none")
        };
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(of_a), Some(of_b)) = (cells.first(), cells.get(1)) else {
            return Err(bad(format!("{line:?} has no tab")));
        };
        let of_a = sentences(of_a, a).map_err(&bad)?;
        let of_b = sentences(of_b, b).map_err(&bad)?;
        if of_a.is_empty() && of_b.is_empty() {
            return Err(bad("it names no sentence".into()));
        }
        let same = |cell: Option<&&str>, all: &[Sentence], r: &Range<usize>| {
            let told = cell.map_or("", |c| c.trim());
            let texts: Vec<&str> = all[r.clone()].iter().map(|s| s.text.as_str()).collect();
            told.is_empty() || told == texts.join(" ")
        };
        if !same(cells.get(4), a, &of_a) || !same(cells.get(5), b, &of_b) {
            return Err(bad("its words are not those of the sentences it names".into()).hint(
                "the table was made for other texts; leave the words out to pair by number",
            ));
        }
        let by_hand = cells.get(3).is_none_or(|how| how.trim() != How::Aligned.word());
        if by_hand {
            for (used, r) in [(&mut used_a, &of_a), (&mut used_b, &of_b)] {
                for k in r.clone() {
                    if used[k] != 0 {
                        let other = used[k];
                        return Err(bad(format!("sentence {} is in row {other} too", k + 1)));
                    }
                    used[k] = n;
                }
            }
        }
        out.push(HandRow { a: of_a, b: of_b, by_hand });
    }
    Ok(out)
}

/// The sentences that a cell names.
fn sentences(cell: &str, all: &[Sentence]) -> Result<Range<usize>, String> {
    let cell = cell.trim();
    if cell == "-" || cell.is_empty() {
        return Ok(0..0);
    }
    let (lines, numbers) = match cell.strip_prefix(['L', 'l']) {
        Some(rest) => (true, rest),
        None => (false, cell),
    };
    let (first, last) = numbers.split_once('-').unwrap_or((numbers, numbers));
    let number = |s: &str| s.trim().parse::<usize>().ok().filter(|n| *n > 0);
    let (Some(first), Some(last)) = (number(first), number(last)) else {
        return Err(format!("{cell:?} is no number of a sentence or line"));
    };
    if last < first {
        return Err(format!("{cell} ends before it begins"));
    }
    if lines {
        let from = all.partition_point(|s| s.lines.0 < first);
        let to = all.partition_point(|s| s.lines.0 <= last).max(from);
        if from == to {
            return Err(format!("no sentence begins in {cell}"));
        }
        return Ok(from..to);
    }
    if last > all.len() {
        return Err(format!("there is no sentence {last}; the last is {}", all.len()));
    }
    Ok(first - 1..last)
}
