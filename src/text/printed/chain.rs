//! Rule 1: which of the numbers in a text are page numbers.

use super::super::layout::LineNumber;

/// Each number is joined to one of so many before it.
const WINDOW: usize = 64;

/// A number that may be a page's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Printed {
    pub number: u32,
    pub byte: usize,
    /// A sentence goes on around it.
    pub interrupts: bool,
    /// It stands where a page start is marked.
    pub at_start: bool,
    pub at: LineNumber,
}

/// The longest chain of numbers that rise at the pace of pages; empty where
/// it does not convince. `page` is the usual length of a page in bytes, where
/// it is known.
pub(super) fn chain(all: &[Printed], page: Option<usize>) -> Vec<Printed> {
    // Score of the best chain that ends here, and the number before.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(all.len());
    for (j, p) in all.iter().enumerate() {
        let weight = if p.interrupts { 3 } else { 1 };
        let before = (j.saturating_sub(WINDOW)..j)
            .filter(|&i| best[i].0 > 0 && follows(&all[i], p, page))
            .max_by_key(|&i| best[i].0);
        best.push(match before {
            Some(i) => (best[i].0 + weight, Some(i)),
            // A year must not open the chain.
            None if p.number > 0 && p.number < 1000 => (weight, None),
            None => (0, None),
        });
    }
    let Some(last) = (0..all.len()).max_by_key(|&i| (best[i].0, std::cmp::Reverse(i))) else {
        return Vec::new();
    };
    let mut chain = Vec::new();
    let mut next = (best[last].0 > 0).then_some(last);
    while let Some(i) = next {
        chain.push(all[i]);
        next = best[i].1;
    }
    chain.reverse();
    let interrupting = chain.iter().filter(|p| p.interrupts).count();
    let at_start = chain.iter().filter(|p| p.at_start).count();
    let convincing =
        chain.len() >= 2 && (interrupting * 4 >= chain.len() || at_start * 2 >= chain.len());
    if convincing { chain } else { Vec::new() }
}

/// Whether as much text stands between two numbers as their pages hold.
fn follows(a: &Printed, b: &Printed, page: Option<usize>) -> bool {
    let (bytes, pages) = (b.byte - a.byte, b.number.saturating_sub(a.number) as usize);
    if pages == 0 {
        return false;
    }
    match page {
        // Between 2/5 and 5/2 of the usual length, and a page or two more.
        Some(page) => {
            2 * pages * page <= 5 * bytes + 2 * page && 2 * bytes <= (5 * pages + 4) * page
        }
        None => (200 * pages..=10_000 * pages).contains(&bytes),
    }
}
