//! Where a long text is cut for reading: at parts that the archive describes,
//! at headings, and where neither comes in time, between two paragraphs.
//! Nothing but the cut is decided here. Cost: linear.

use std::ops::Range;

use crate::desk::printed::PrintedPages;

use super::paragraphs::{Paragraph, Style};

/// A stretch of a text that is read on one page.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its heading, or the title of the part that begins there.
    pub title: Option<String>,
    /// Its paragraphs.
    pub paragraphs: Range<usize>,
    /// First and last line of the stored text.
    pub lines: [usize; 2],
    /// Its pages of print, where the text shows them.
    pub printed: Option<PrintedPages>,
}

/// Bytes of reading text that a chapter has at least before a part may begin
/// the next one.
const BEFORE_PART: usize = 3_000;
/// The same before a heading may.
const BEFORE_HEADING: usize = 12_000;
/// A chapter is cut between two paragraphs when it would grow longer.
const LONGEST: usize = 48_000;

/// Cuts. `parts` holds the titles of parts by the byte at which they begin,
/// in order.
pub(super) fn chapters(
    paragraphs: &[Paragraph],
    text: &str,
    parts: &[(usize, String)],
) -> Vec<Chapter> {
    let mut cuts: Vec<(usize, Option<String>)> = Vec::new();
    let (mut size, mut next_part) = (0, 0);
    for (n, p) in paragraphs.iter().enumerate() {
        // Of parts that begin together, the first is the larger one.
        let mut part = None;
        while parts.get(next_part).is_some_and(|(start, _)| *start < p.place.end) {
            part = part.or_else(|| Some(parts[next_part].1.clone()));
            next_part += 1;
        }
        let heading = (p.style == Style::Heading).then(|| text[p.words.clone()].trim());
        let follows_heading = n > 0 && paragraphs[n - 1].style == Style::Heading;
        let length = p.words.len();
        let cut = n == 0
            || (part.is_some() && size >= BEFORE_PART)
            || (heading.is_some() && !follows_heading && size >= BEFORE_HEADING)
            || (size + length > LONGEST && !follows_heading);
        if cut {
            cuts.push((n, part.or_else(|| heading.map(str::to_string))));
            size = 0;
        }
        size += length;
    }
    let ends: Vec<usize> = cuts.iter().skip(1).map(|(n, _)| *n).chain([paragraphs.len()]).collect();
    cuts.into_iter()
        .zip(ends)
        .map(|((from, title), to)| whole(paragraphs, from..to, title))
        .collect()
}

fn whole(paragraphs: &[Paragraph], range: Range<usize>, title: Option<String>) -> Chapter {
    let all = &paragraphs[range.clone()];
    let first = all.iter().find_map(|p| p.printed);
    let last = all.iter().rev().find_map(|p| p.printed);
    let printed = first.zip(last).map(|(a, b)| PrintedPages {
        first: a.first,
        last: b.last,
        margin: a.margin.max(b.margin),
    });
    let lines =
        [all.first().map_or(1, |p| p.place.line_start), all.last().map_or(1, |p| p.place.line_end)];
    Chapter { title, paragraphs: range, lines, printed }
}
