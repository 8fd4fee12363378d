//! What stands in quotation marks.
//!
//! Curly, German, French and straight marks, double and single. The single
//! closing mark is also the apostrophe: it closes where no letter follows and
//! it is no plural possessive ("the parties' aims") with another closing mark
//! still to come. An opening mark stands after a space, bracket, dash or
//! another mark, or at the beginning. A quotation may hold another of its
//! kind. It may run over a blank line in mid-sentence, where print put it, but
//! not over the end of a paragraph or [`LONGEST`] bytes: there its closing
//! mark was forgotten.
//!
//! One pass per kind of mark.

use std::ops::Range;

use super::prose::Prose;

/// Most bytes of a quotation.
const LONGEST: usize = 4_000;

/// Opening marks and those that close them.
const PAIRS: &[(char, &[char])] = &[
    ('“', &['”', '“']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('»', &['«']),
    ('‘', &['’', '‘']),
    ('‚', &['‘', '’']),
    ('"', &['"']),
    ('\'', &['\'']),
];

/// The quotations of a text: byte ranges of the reading text, without the
/// marks, in order; one inside another has its own range.
pub(super) fn find(prose: &Prose<'_>) -> Vec<Range<usize>> {
    let text = prose.text();
    let mut out = Vec::new();
    for &(open, closing) in PAIRS {
        let mut from = 0;
        while let Some(at) = text[from..].find(open).map(|n| from + n) {
            let inside = at + open.len_utf8();
            from = inside;
            if !opens(text, at, inside) {
                continue;
            }
            if let Some(end) = close(text, inside, open, closing) {
                out.push(inside..end);
                from = end;
            }
        }
    }
    out.sort_by_key(|q| (q.start, std::cmp::Reverse(q.end)));
    out
}

/// The words of quotations, as word ranges; those inside others left out.
pub(super) fn words(prose: &Prose<'_>, quotations: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for q in quotations {
        let words = prose.word_from(q.start)..prose.word_from(q.end);
        if !words.is_empty() && out.last().is_none_or(|l| words.start >= l.end) {
            out.push(words);
        }
    }
    out
}

/// Whether most of some words stand in quotation marks.
pub(super) fn is_quoted(quoted: &[Range<usize>], words: &Range<usize>) -> bool {
    let first = quoted.partition_point(|q| q.end <= words.start);
    let inside: usize = quoted[first..]
        .iter()
        .take_while(|q| q.start < words.end)
        .map(|q| q.end.min(words.end) - q.start.max(words.start))
        .sum();
    inside * 5 >= words.len() * 4
}

fn opens(text: &str, at: usize, inside: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[inside..].chars().next();
    before.is_none_or(|c| c.is_whitespace() || "([{-–—/“‘„«\"'…".contains(c))
        && after.is_some_and(|c| c.is_alphanumeric() || "“‘„«\"'…([.".contains(c))
}

fn ends_paragraph(before: &str) -> bool {
    before.trim_end().ends_with(['.', '!', '?', '…', ':', ';', ')', '"', '”', '’', '»', '*'])
}

fn close(text: &str, inside: usize, open: char, closing: &[char]) -> Option<usize> {
    let (mut possible, mut before, mut depth) = (None, None, 0);
    for (n, c) in text[inside..].char_indices() {
        let at = inside + n;
        if n > LONGEST {
            break;
        }
        let last = before.replace(c);
        if c == '\n' && ends_paragraph(&text[inside..at]) {
            break;
        }
        let after = text[at + c.len_utf8()..].chars().next();
        if closing.contains(&c) {
            let letter_after = after.is_some_and(char::is_alphanumeric);
            let space_before = last.is_none_or(char::is_whitespace);
            if letter_after && (space_before || !matches!(c, '"' | '”' | '»')) {
                // An apostrophe, or another opening mark of the same look.
                if space_before && c == open {
                    if possible.is_some() {
                        break;
                    }
                    depth += 1;
                }
                continue;
            }
            let possessive = matches!(c, '’' | '\'')
                && last == Some('s')
                && text[at + c.len_utf8()..].starts_with(|x: char| x.is_whitespace())
                && text[at + c.len_utf8()..].trim_start().starts_with(|x: char| x.is_lowercase());
            match (possessive, depth) {
                (true, _) => possible = possible.or(Some(at)),
                (false, 0) => return Some(at),
                (false, _) => depth -= 1,
            }
        } else if c == open {
            if possible.is_some() {
                break;
            }
            depth += 1;
        }
    }
    possible
}
