//! Splits a text into passages: paragraph-sized pieces that together hold
//! every byte of it exactly once.
//!
//! The grammar is frozen, since roots are stored by others:
//!
//! - A *line* ends at LF, CR LF or a lone CR; the terminator belongs to it.
//! - A line is *blank* when it holds nothing, or only TAB, VT, FF, SPACE and
//!   U+00A0 NO-BREAK SPACE, before its terminator or the end of the text.
//! - A passage begins at the first byte of the text, and at each line that is
//!   not blank, follows a blank line, and has a line that is not blank
//!   somewhere before it.
//!
//! So blank lines belong to the passage before them; only those at the very
//! top belong to the first. Whether a passage begins at a line depends on
//! that line and the one before (the top of the text apart): an edit moves no
//! boundary but its own. An empty text has no passages. One pass.

use std::ops::Range;

/// The byte ranges of the passages of `text`, in order.
///
/// ```
/// # use variorum::text::passages;
/// assert_eq!(passages("One.\nStill one.\n\nTwo.\n"), [0..17, 17..22]);
/// ```
pub fn passages(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    let (mut seen_text, mut after_blank) = (false, false);
    while at < bytes.len() {
        let len =
            bytes[at..].iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(bytes.len() - at);
        let content = &bytes[at..at + len];
        let end = match &bytes[at + len..] {
            [b'\r', b'\n', ..] => at + len + 2,
            [] => at + len,
            _ => at + len + 1,
        };
        if is_blank(content) {
            after_blank = true;
        } else {
            if after_blank && seen_text {
                out.push(start..at);
                start = at;
            }
            (seen_text, after_blank) = (true, false);
        }
        at = end;
    }
    if start < bytes.len() {
        out.push(start..bytes.len());
    }
    out
}

/// Whether a line without its terminator is blank by the frozen list.
pub(super) fn is_blank(line: &[u8]) -> bool {
    let mut rest = line;
    loop {
        rest = match rest {
            [] => return true,
            [b'\t' | 0x0b | 0x0c | b' ', r @ ..] | [0xc2, 0xa0, r @ ..] => r,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces(t: &str) -> Vec<&str> {
        passages(t).into_iter().map(|r| &t[r]).collect()
    }

    #[test]
    fn blank_lines_belong_to_the_passage_before() {
        assert_eq!(pieces("a\nb\n\n\nc\n"), ["a\nb\n\n\n", "c\n"]);
        assert_eq!(pieces("a\n \t\u{a0}\nb"), ["a\n \t\u{a0}\n", "b"]);
        assert_eq!(pieces("\n\na\n\nb"), ["\n\na\n\n", "b"]);
        assert_eq!(pieces("a\n\n"), ["a\n\n"]);
        assert_eq!(pieces("\n \n"), ["\n \n"]);
        assert_eq!(pieces("a\n  "), ["a\n  "]);
        assert!(pieces("").is_empty());
    }

    #[test]
    fn every_terminator_and_a_mixture() {
        assert_eq!(pieces("a\r\n\r\nb\r\n"), ["a\r\n\r\n", "b\r\n"]);
        assert_eq!(pieces("a\r\rb"), ["a\r\r", "b"]);
        assert_eq!(pieces("a\r\n\nb\n\r\nc"), ["a\r\n\n", "b\n\r\n", "c"]);
        assert_eq!(pieces("a\r\nb"), ["a\r\nb"], "CR LF is one terminator");
    }

    #[test]
    fn other_spaces_are_text() {
        assert_eq!(pieces("a\n\u{2003}\nb").len(), 1);
        assert_eq!(pieces("a\n\u{200b}\nb").len(), 1);
    }

    proptest! {
        #[test]
        fn every_byte_once(t in "([ab \t\n\r\u{a0}é]|\n\n){0,60}") {
            prop_assert_eq!(pieces(&t).concat(), t.clone());
            prop_assert!(passages(&t).iter().all(|r| !r.is_empty()));
        }

        /// Text put into the middle of a passage moves no boundary elsewhere.
        #[test]
        fn edits_are_local(parts in prop::collection::vec("[a-c]{1,4}(\n[a-c]{1,4}){0,2}\n\n", 1..12), at in any::<prop::sample::Index>(), new in "[x-z]{1,5}") {
            let mut edited = parts.clone();
            let i = at.index(parts.len());
            edited[i].insert_str(1, &new);
            let before = parts.concat();
            prop_assert_eq!(pieces(&before), parts.iter().map(String::as_str).collect::<Vec<_>>());
            let after = edited.concat();
            prop_assert_eq!(pieces(&after), edited.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}
