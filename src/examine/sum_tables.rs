//! Tables whose parts do not give their total, line by line as printed.
//!
//! - A line that ends in numbers, then lines of parts, of which the first
//!   begins with "including", "of which" or "thereof" ("Sessions held 25 0 /
//!   including: of the Group 13 0 / of the Nine 3"). The parts go on while
//!   lines end in a number and begin with a small letter, a bullet or a dash.
//!   Blank lines mean nothing.
//! - At least two lines that end in as many numbers, then one with "Total",
//!   "Sum" or "In all" that does.
//!
//! Column by column; a part whose line has fewer numbers counts in the first.

use std::ops::Range;

use super::oddity::{Oddity, OddityCode};
use super::prose::Prose;

/// A line of a table.
struct Row<'t> {
    line: Range<usize>,
    label: &'t str,
    numbers: Vec<f64>,
}

/// Finds all of them.
pub(super) fn find(prose: &Prose<'_>) -> Vec<Oddity> {
    let lines = prose.view.lines();
    let source = prose.view.source();
    let heads = prose.view.layout();
    let mut rows = Vec::new();
    for number in 1..=lines.count() {
        let Some(line) = lines.range_of(number..=number) else { break };
        let text = source[line.clone()].trim();
        let next = heads.partition_point(|h| (h.end as usize) <= line.start);
        let layout = heads.get(next).is_some_and(|h| (h.start as usize) < line.end);
        if !text.is_empty() && !layout {
            rows.push(row(line, text));
        }
    }
    let mut out = Vec::new();
    for at in 0..rows.len() {
        out.extend(included(prose, &rows, at));
        out.extend(totalled(prose, &rows, at));
    }
    out
}

/// The numbers that a line ends in, and what stands before them.
fn row(line: Range<usize>, text: &str) -> Row<'_> {
    let mut label = text;
    let mut numbers = Vec::new();
    while let Some(at) = label.rfind([' ', '\t', '\u{a0}']) {
        let last = label[at..].trim_start_matches([' ', '\t', '\u{a0}']);
        let Some(value) = value(last) else { break };
        numbers.insert(0, value);
        label = label[..at].trim_end();
    }
    Row { line, label, numbers }
}

fn value(word: &str) -> Option<f64> {
    let plain = word.replace(',', "");
    let grouped = !word.contains(',') || word.split(',').skip(1).all(|g| g.len() == 3);
    let digits = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let whole = plain.starts_with(|c: char| c.is_ascii_digit()) && !plain.ends_with('.');
    (grouped && digits && whole && plain.len() <= 12).then(|| plain.parse().ok()).flatten()
}

fn is_year(value: f64) -> bool {
    (1500.0..=2100.0).contains(&value) && value.fract() == 0.0
}

/// A total, then "including:" and its parts.
fn included(prose: &Prose<'_>, rows: &[Row<'_>], at: usize) -> Option<Oddity> {
    let total = &rows[at];
    let opening = rows.get(at + 1)?.label.to_lowercase();
    let opens = ["including", "of which", "thereof", "of these", "of them"]
        .iter()
        .any(|w| opening.starts_with(w));
    if !opens || total.numbers.is_empty() || total.numbers.iter().any(|n| is_year(*n)) {
        return None;
    }
    // "including:" may stand on a line of its own.
    let alone = rows[at + 1].numbers.is_empty();
    if alone && !rows[at + 1].label.ends_with(':') {
        return None;
    }
    let first = at + 1 + usize::from(alone);
    let belongs = |r: &&Row<'_>| {
        !r.numbers.is_empty()
            && r.numbers.len() <= total.numbers.len()
            && !r.numbers.iter().any(|n| is_year(*n))
            && r.label.starts_with(|c: char| c.is_lowercase() || "-–—•*".contains(c))
    };
    let parts: Vec<&Row<'_>> = rows[first..].iter().take_while(belongs).collect();
    (parts.len() >= 2).then(|| compared(prose, total, &parts)).flatten()
}

/// Rows, then their total.
fn totalled(prose: &Prose<'_>, rows: &[Row<'_>], at: usize) -> Option<Oddity> {
    let total = &rows[at];
    let label = total.label.trim_end_matches([':', '.']).to_lowercase();
    if !matches!(label.as_str(), "total" | "sum" | "in all" | "in total" | "all" | "totals") {
        return None;
    }
    let columns = total.numbers.len();
    let belongs = |r: &&Row<'_>| columns > 0 && r.numbers.len() == columns && !r.label.is_empty();
    let mut parts: Vec<&Row<'_>> = rows[..at].iter().rev().take_while(belongs).collect();
    parts.reverse();
    (parts.len() >= 2).then(|| compared(prose, total, &parts)).flatten()
}

/// The finding on the first column that does not add up.
fn compared(prose: &Prose<'_>, total: &Row<'_>, parts: &[&Row<'_>]) -> Option<Oddity> {
    for (column, wanted) in total.numbers.iter().enumerate() {
        let numbers: Vec<f64> =
            parts.iter().filter_map(|r| r.numbers.get(column).copied()).collect();
        let sum: f64 = numbers.iter().sum();
        if (sum - wanted).abs() > 1e-6 && numbers.len() >= 2 {
            let trimmed = |r: &Row<'_>| {
                let text = &prose.view.source()[r.line.clone()];
                let from = r.line.start + (text.len() - text.trim_start().len());
                from..from + text.trim().len()
            };
            let said = prose.view.source()[trimmed(total)].to_owned();
            let text = sentence(&numbers, sum, *wanted);
            let places = parts.iter().map(|r| trimmed(r)).collect::<Vec<_>>();
            return Some(
                Oddity::new(OddityCode::SumMismatch, trimmed(total), &said, text).against(places),
            );
        }
    }
    None
}

/// The finding in words.
pub(super) fn sentence(parts: &[f64], sum: f64, total: f64) -> String {
    let shown = |n: f64| {
        let text = format!("{n:.2}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let added = parts.iter().map(|p| shown(*p)).collect::<Vec<_>>().join(" + ");
    format!("{added} is {}, not {}.", shown(sum), shown(total))
}
