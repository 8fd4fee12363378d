//! Marked prose, wrapped and written straight into the answer: for
//! comparisons with tens of thousands of changes, of which each is a dozen
//! words.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::paint::{Paint, safe};

/// What happened to words: the signs round them, without colour too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// They went out.
    Out,
    /// They came in.
    In,
    /// They stand elsewhere.
    Moved,
}

impl Mark {
    fn signs(self) -> (&'static str, &'static str) {
        match self {
            Self::Out => ("[-", "-]"),
            Self::In => ("{+", "+}"),
            Self::Moved => ("{>", "<}"),
        }
    }

    fn style(self, paint: Paint) -> &'static str {
        match self {
            Self::Out => paint.removed_code(),
            Self::In => paint.added_code(),
            Self::Moved => paint.mark_code(),
        }
    }
}

/// A paragraph that is being written.
pub(super) struct Prose<'o> {
    out: &'o mut Vec<u8>,
    indent: &'o str,
    /// Columns of a line, without the indent.
    room: usize,
    /// Columns taken on this line.
    taken: usize,
    paint: Paint,
    style: &'static str,
}

const UNSTYLE: &[u8] = b"\x1b[0m";

impl<'o> Prose<'o> {
    pub fn new(out: &'o mut Vec<u8>, indent: &'o str, width: usize, paint: Paint) -> Self {
        let room = width.saturating_sub(indent.len()).max(10);
        Self { out, indent, room, taken: 0, paint, style: "" }
    }

    /// Words without a mark.
    pub fn words<'w>(&mut self, words: impl Iterator<Item = Cow<'w, str>>) {
        words.for_each(|w| self.pieces(&w, ""));
    }

    /// Words that are marked together; nothing where there are none.
    pub fn marked<'w>(&mut self, mark: Mark, words: impl Iterator<Item = Cow<'w, str>>) {
        let (open, close) = mark.signs();
        let style = mark.style(self.paint);
        // The last word is known when none comes after it.
        let mut held: Option<Cow<'w, str>> = None;
        let mut begun = false;
        let mut put = |word: &str, close: &str| {
            if std::mem::replace(&mut begun, true) {
                self.pieces(word, close);
            } else {
                self.begin(word, open, close, style);
            }
        };
        words.for_each(|word| {
            if let Some(word) = held.replace(word) {
                put(&word, "");
            }
        });
        if let Some(word) = held {
            put(&word, close);
        }
        if !self.style.is_empty() {
            self.out.extend_from_slice(UNSTYLE);
            self.style = "";
        }
    }

    /// Ends the paragraph.
    pub fn end(self) {
        self.out.push(b'\n');
    }

    /// The first of the marked words: the style begins after the space.
    fn begin(&mut self, word: &str, open: &str, close: &str, style: &'static str) {
        let (first, rest) = match is_plain(word) {
            true => (word, ""),
            false => word.split_once(char::is_whitespace).unwrap_or((word, "")),
        };
        let shown = shown(first);
        let after = if rest.is_empty() { close } else { "" };
        self.space_for(open.len() + columns(&shown) + after.len());
        self.style = style;
        for part in [style, open, &shown, after] {
            self.out.extend_from_slice(part.as_bytes());
        }
        if !rest.is_empty() {
            self.pieces(rest, close);
        }
    }

    /// A word that may hold a space.
    fn pieces(&mut self, word: &str, after: &str) {
        if is_plain(word) {
            return self.token(word, word.len(), after);
        }
        let mut parts = word.split_whitespace().peekable();
        while let Some(part) = parts.next() {
            let shown = shown(part);
            self.token(&shown, columns(&shown), if parts.peek().is_none() { after } else { "" });
        }
    }

    /// A word without spaces, with the sign that stays with it.
    fn token(&mut self, shown: &str, wide: usize, after: &str) {
        self.space_for(wide + after.len());
        self.out.extend_from_slice(shown.as_bytes());
        if !after.is_empty() {
            self.out.extend_from_slice(after.as_bytes());
        }
    }

    /// A space before so many columns, or a new line.
    fn space_for(&mut self, columns: usize) {
        if self.taken > 0 && self.taken + 1 + columns <= self.room {
            self.out.push(b' ');
            self.taken += 1 + columns;
            return;
        }
        if self.taken > 0 {
            // A style that goes over the end of a line is taken up again.
            if !self.style.is_empty() {
                self.out.extend_from_slice(UNSTYLE);
            }
            self.out.push(b'\n');
        }
        self.out.extend_from_slice(self.indent.as_bytes());
        if self.taken > 0 {
            self.out.extend_from_slice(self.style.as_bytes());
        }
        self.taken = columns;
    }
}

/// Printable ASCII without a space.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|b| b.wrapping_sub(b'!') <= b'~' - b'!')
}

fn columns(shown: &str) -> usize {
    if is_plain(shown) { shown.len() } else { shown.width() }
}

fn shown(word: &str) -> Cow<'_, str> {
    if is_plain(word) { Cow::Borrowed(word) } else { Cow::Owned(safe(word)) }
}

#[cfg(test)]
mod tests {
    use super::super::wrap;
    use super::*;

    fn split(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
        text.split_whitespace().map(Cow::Borrowed)
    }

    fn written(width: usize, paint: bool, write: impl FnOnce(&mut Prose<'_>)) -> String {
        let mut out = Vec::new();
        let mut prose = Prose::new(&mut out, "  ", width, Paint::new(paint));
        write(&mut prose);
        prose.end();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn it_is_wrapped_as_other_prose_is() {
        let (a, b, c) = ("one two \u{1b}[2J three", "four five 漢字", "six seven eight nine");
        for width in [12, 16, 20, 40, 90] {
            let prose = written(width, false, |p| {
                p.words(split(a));
                p.marked(Mark::Out, split(b));
                p.marked(Mark::In, split(""));
                p.words(split(c));
            });
            let whole = format!("{a} [-{b}-] {c}");
            let expected = wrap::plain(&safe(&whole), width, "  ").join("\n") + "\n";
            assert_eq!(prose, expected, "{width}");
        }
        // A hyphen in mid-line: one word of the text, two on the screen.
        let one =
            written(40, false, |p| p.marked(Mark::In, [Cow::Borrowed("two- and")].into_iter()));
        assert_eq!(one, "  {+two- and+}\n");
    }

    #[test]
    fn a_style_ends_with_its_line() {
        let prose = written(16, true, |p| p.marked(Mark::In, split("alpha beta gamma delta")));
        for line in prose.lines() {
            assert_eq!(line.matches("\u{1b}[32;4m").count(), 1, "{line:?}");
            assert!(line.ends_with("\u{1b}[0m"), "{line:?}");
        }
    }
}
