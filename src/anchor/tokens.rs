//! The words of a folded text, as ranges of its bytes, for alignment. A word
//! ends where white space stands in the source, unless a hyphen goes before
//! it (a broken word).

use crate::text::Squeezed;

#[derive(Debug)]
pub(super) struct Tokens {
    /// First folded byte of each word, and the end of the text.
    starts: Vec<u32>,
}

impl Tokens {
    pub fn of(source: &str, folded: &Squeezed) -> Self {
        let text = folded.text();
        let bytes = source.as_bytes();
        let mut starts = Vec::with_capacity(text.len() / 5 + 2);
        let mut before = 0;
        for i in 0..text.len() {
            let at = folded.source_at(i);
            if i == 0 {
                starts.push(0);
            } else if at > before + 1 {
                // Cheap first: most wider gaps are one space.
                let gap = &bytes[before + 1..at];
                if gap != b"-" && ends_word(&source[next_char(source, before)..at]) {
                    starts.push(i as u32);
                }
            }
            before = at;
        }
        if !text.is_empty() {
            starts.push(text.len() as u32);
        }
        Self { starts }
    }

    /// Bytes of memory held.
    pub fn memory(&self) -> usize {
        4 * self.starts.capacity()
    }

    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The word that holds the folded byte `at`; the last one past the end.
    pub fn index_at(&self, at: usize) -> usize {
        self.starts
            .partition_point(|&s| s as usize <= at)
            .saturating_sub(1)
            .min(self.len().saturating_sub(1))
    }

    /// Whether a word starts, or the text ends, at the folded byte `at`.
    pub fn starts_at(&self, at: usize) -> bool {
        u32::try_from(at).is_ok_and(|at| self.starts.binary_search(&at).is_ok())
    }

    pub fn range(&self, index: usize) -> std::ops::Range<usize> {
        self.starts[index] as usize..self.starts[index + 1] as usize
    }
}

fn next_char(source: &str, at: usize) -> usize {
    let mut next = at + 1;
    while !source.is_char_boundary(next) {
        next += 1;
    }
    next
}

fn ends_word(gap: &str) -> bool {
    gap.contains(char::is_whitespace) && !gap.starts_with(['-', '\u{2010}', '\u{ad}'])
}
