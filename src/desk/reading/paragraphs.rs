//! The paragraphs of a text as read. A passage of the stored text is what
//! stands between blank lines; a paragraph that a page break cuts is several
//! passages, with the running head as one more between them. Cost: linear.

use std::collections::HashMap;
use std::ops::Range;

use crate::desk::place::Place;
use crate::desk::printed::PrintedPages;
use crate::desk::resolve::Opened;
use crate::desk::show::Mark;
use crate::digest::Digest;
use crate::text::{PassageTable, Reading};

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A short line of its own that does not end a sentence.
    Heading,
    /// A line without letters or digits that parts what stands before and after.
    Rule,
    /// Anything else.
    Prose,
}

/// One paragraph.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its name, which stays as long as the bytes of its first passage: twelve
    /// hexadecimal digits of their SHA-256, and a number where the same bytes
    /// stand more than once.
    pub name: String,
    /// SHA-256 of its first passage; none in a private text.
    pub sha256: Option<Digest>,
    /// Its passages, by number from 0.
    pub passages: Range<usize>,
    /// Where it stands.
    pub place: Place,
    /// Its pages of print, where the text shows them.
    pub printed: Option<PrintedPages>,
    /// How it is set.
    pub style: Style,
    /// Bytes of the reading text.
    pub words: Range<usize>,
    /// Where the words of notes stand in it: byte offsets into its own reading
    /// text, and the index of the note in the book.
    pub marks: Vec<Mark>,
    /// Claims that cite its words, by index in the book.
    pub cited: Vec<usize>,
}

/// The longest heading, in characters.
const HEADING: usize = 100;

/// Cuts the reading text of a whole text. Digits of passages that are private
/// are their commitments'.
pub(super) fn paragraphs(
    opened: &Opened,
    reading: &Reading,
    table: &PassageTable,
    public: bool,
) -> Vec<Paragraph> {
    let text = reading.text();
    let mut out: Vec<Paragraph> = Vec::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut starts: Vec<(usize, Range<usize>)> = Vec::new();
    for words in pieces(text) {
        let start = reading.to_source(words.start);
        let passage = table.passage_at(start as u64).map_or(0, |p| p.0);
        // Two paragraphs of one passage would share a name: they stay one.
        if starts.last().is_some_and(|(p, _)| *p == passage)
            && let Some(last) = starts.last_mut()
        {
            last.1 = last.1.start..words.end;
            continue;
        }
        starts.push((passage, words));
    }
    for (n, (passage, words)) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(table.entries().len(), |s| s.0);
        let span = reading.span_to_source(words.clone());
        let digest = table.entries().get(*passage).map(|e| e.digest);
        let mut name = digest.map_or_else(|| format!("n{n}"), |d| d.short(12));
        let seen = names.entry(name.clone()).or_insert(0);
        *seen += 1;
        if *seen > 1 {
            name = format!("{name}-{seen}");
        }
        out.push(Paragraph {
            name,
            sha256: digest.filter(|_| public),
            passages: *passage..end,
            place: opened.place(&span),
            printed: PrintedPages::of(opened.view(), &span),
            style: style(&text[words.clone()]),
            words: words.clone(),
            marks: Vec::new(),
            cited: Vec::new(),
        });
    }
    // What goes on with a small letter was no heading, but cut by a page or a
    // line that was left empty.
    for n in 1..out.len() {
        let goes_on = text[out[n].words.clone()].trim_start().starts_with(char::is_lowercase);
        if goes_on && out[n - 1].style == Style::Heading {
            out[n - 1].style = Style::Prose;
        }
    }
    out
}

/// What stands between empty lines.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < text.len() {
            let end = text[from..].find("\n\n").map_or(text.len(), |n| from + n);
            let piece = from..end;
            from = (end + 2).min(text.len());
            if !text[piece.clone()].trim().is_empty() {
                return Some(piece);
            }
        }
        None
    })
}

fn style(text: &str) -> Style {
    let text = text.trim();
    if !text.chars().any(char::is_alphanumeric) {
        return Style::Rule;
    }
    let begins = text
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_lowercase());
    let ends = text.ends_with(['.', ',', ';', ':', '-', '…', '”', '’', '"', ')']);
    let letters = text.chars().any(char::is_alphabetic);
    if begins && letters && !ends && text.chars().count() <= HEADING {
        Style::Heading
    } else {
        Style::Prose
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_short_and_end_no_sentence() {
        for heading in ["In Place of Introduction", "1. The ferry", "Why?", "ПРИЛОЖЕНИЕ 3"]
        {
            assert_eq!(style(heading), Style::Heading, "{heading}");
        }
        for prose in ["He left.", "and so it went on", "Dear Sir,", "1994", &"Long ".repeat(30)] {
            assert_eq!(style(prose), Style::Prose, "{prose}");
        }
        assert_eq!(style("* * *"), Style::Rule);
    }

    #[test]
    fn pieces_leave_nothing_out() {
        let text = "One\n\nTwo two\n\n\n\nThree";
        let all: Vec<&str> = pieces(text).map(|p| &text[p]).collect();
        assert_eq!(all, ["One", "Two two", "Three"]);
    }
}
