//! Line numbers of a text. A line ends at LF, CR LF or a lone CR, whichever
//! the text uses, even mixed; the terminator belongs to its line. A text that
//! ends in a terminator has no empty line after it. One pass, four bytes a
//! line.

use std::ops::Range;

use super::near::partition_near;
use super::scan::{blocks, line_ends};

/// Where each line of a text begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<u32>,
    len: u32,
}

impl Lines {
    /// Finds the lines of `text`, which must be shorter than 4 GiB.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 64 + 1);
        if !bytes.is_empty() {
            starts.push(0);
        }
        blocks(bytes, |first, block| {
            let mut ends = line_ends(block);
            while ends != 0 {
                let at = first + ends.trailing_zeros() as usize;
                ends &= ends - 1;
                let whole = bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
                if whole && at + 1 < bytes.len() {
                    starts.push(at as u32 + 1);
                }
            }
        });
        Self { starts, len: bytes.len() as u32 }
    }

    /// How many lines the text has; an empty text has none.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The number, from 1, of the line that holds `byte`. A byte past the end
    /// counts as on the last line; in an empty text every byte is on line 1.
    pub fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|&s| s as usize <= byte).max(1)
    }

    /// The same, looked for from the line that was found last; for callers that
    /// ask in order.
    pub fn line_near(&self, byte: usize, last: &mut usize) -> usize {
        let before = |k: usize| self.starts[k] as usize <= byte;
        *last = partition_near(self.starts.len(), *last, before);
        (*last).max(1)
    }

    /// The bytes of the lines `first..=last`, numbered from 1, with their
    /// terminators; `None` when a line does not exist or `first > last`.
    pub fn range_of(&self, lines: std::ops::RangeInclusive<usize>) -> Option<Range<usize>> {
        let (first, last) = (*lines.start(), *lines.end());
        if first == 0 || first > last || last > self.count() {
            return None;
        }
        Some(self.start(first - 1)..self.start(last))
    }

    /// First byte of the line with this index, from 0; the end of the text
    /// for the index one past the last.
    pub(super) fn start(&self, index: usize) -> usize {
        self.starts.get(index).copied().unwrap_or(self.len) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_terminators_count() {
        let l = Lines::new("a\nb\r\nc\rd");
        assert_eq!(l.count(), 4);
        assert_eq!(l.range_of(2..=2), Some(2..5));
        assert_eq!(l.range_of(2..=4), Some(2..8));
        assert_eq!([0, 1, 2, 4, 5, 6, 7, 99].map(|b| l.line_of(b)), [1, 1, 2, 2, 3, 3, 4, 4]);
        assert_eq!(l.range_of(0..=1), None);
        assert_eq!(l.range_of(4..=5), None);
    }

    #[test]
    fn a_last_terminator_opens_no_line() {
        assert_eq!(Lines::new("a\n").count(), 1);
        assert_eq!(Lines::new("a\n\n").count(), 2);
        let none = Lines::new("");
        assert_eq!((none.count(), none.line_of(0), none.range_of(1..=1)), (0, 1, None));
    }
}
