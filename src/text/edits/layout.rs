//! What may call itself layout: a change of spaces, of hyphens with the break
//! after them, and of the style of quotation marks (FORMAT 16).
//!
//! Two strings have the same letters when they are equal after this folding:
//! a hyphen goes, together with the spaces after it; any other run of spaces
//! is one space; curly quotation marks are straight. So "some-\nthing" equals
//! "something", but "all ready" does not equal "already".
//! Cost: one pass over both strings.

use std::ops::Range;

use super::Edit;

/// Are `old` and `new` the same words, apart from layout?
pub fn same_letters(old: &str, new: &str) -> bool {
    Folded::new(old).eq(Folded::new(new))
}

/// May `text` stand in the place of `parent[span]` as layout? The spaces and
/// hyphens around the span are looked at too: a hyphen set before a space
/// would join two words.
pub(super) fn is_layout(parent: &str, span: Range<usize>, text: &str) -> bool {
    let before = &parent[parent[..span.start].trim_end_matches(is_loose).len()..span.start];
    let after = &parent[span.end..];
    let after = &after[..after.len() - after.trim_start_matches(is_loose).len()];
    let old = [before, &parent[span], after];
    let new = [before, text, after];
    same_letters(&old.concat(), &new.concat())
}

/// The smallest layout edits that turn the parent's bytes from `at` on, which
/// read `old`, into `new`: one per changed space, hyphen or quotation mark, so
/// that no edit spans a word. `None` when the words differ.
pub fn layout_edits(at: usize, old: &str, new: &str) -> Option<Vec<Edit>> {
    if !same_letters(old, new) {
        return None;
    }
    let mut edits = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let (from, to) = (loose(old, i), loose(new, j));
        if old[from.clone()] != new[to.clone()] {
            edits.push(Edit::Layout {
                start: at + from.start,
                end: at + from.end,
                text: new[to.clone()].to_owned(),
            });
        }
        (i, j) = (from.end, to.end);
        // Here stands a letter on both sides, or the end on both.
        let (a, b) = (old[i..].chars().next(), new[j..].chars().next());
        let (Some(a), Some(b)) = (a, b) else { continue };
        if a != b {
            edits.push(Edit::Layout {
                start: at + i,
                end: at + i + a.len_utf8(),
                text: b.to_string(),
            });
        }
        i += a.len_utf8();
        j += b.len_utf8();
    }
    Some(edits)
}

/// The run of spaces and hyphens that starts at byte `from` (may be empty).
fn loose(text: &str, from: usize) -> Range<usize> {
    let rest = &text[from..];
    let len = rest.find(|c| !is_loose(c)).unwrap_or(rest.len());
    from..from + len
}

/// What layout may change around a span: the run of these is looked at, too.
pub(in crate::text) fn is_loose(c: char) -> bool {
    is_hyphen(c) || c.is_whitespace()
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}')
}

fn straight(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        c => c,
    }
}

/// The characters of a string after the folding told above.
struct Folded<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
}

impl<'a> Folded<'a> {
    fn new(text: &'a str) -> Self {
        Self { chars: text.chars().peekable() }
    }
}

impl Iterator for Folded<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            let c = self.chars.next()?;
            if is_hyphen(c) {
                while self.chars.next_if(|c| c.is_whitespace() || is_hyphen(*c)).is_some() {}
            } else if c.is_whitespace() {
                while self.chars.next_if(|c| c.is_whitespace()).is_some() {}
                return Some(' ');
            } else {
                return Some(straight(c));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_is_spaces_hyphens_and_quotes() {
        assert!(same_letters("a some-\nthing  b", "a something b"));
        assert!(same_letters("a\u{a0}“b”", "a \"b\""));
        assert!(same_letters("well-known", "wellknown"));
        assert!(!same_letters("all ready", "already"));
        assert!(!same_letters("its", "it's"));
        assert!(!same_letters("well-known", "well known"));
    }

    #[test]
    fn layout_edits_never_span_a_letter() {
        let edits =
            layout_edits(10, "one\ntwo some-\nthing “x”", "one two something \"x\"").unwrap();
        let spans: Vec<_> = edits.iter().map(Edit::span).collect();
        assert_eq!(spans, [13..14, 22..24, 30..33, 34..37]);
        assert_eq!(layout_edits(0, "a b", "a c"), None);
        assert_eq!(layout_edits(0, "a b", "a b"), Some(vec![]));
    }
}
