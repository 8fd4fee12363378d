//! Prose on a screen: wrapped by display width, with the words that replies
//! answer in brackets and numbered, so that they show without colour.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::paint::{Paint, safe};

/// Words to be marked: byte offsets into the text, and a label.
#[derive(Debug, Clone)]
pub(super) struct Marked {
    pub start: usize,
    pub end: usize,
    pub label: String,
}

/// One line on the screen.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// With styles.
    pub text: String,
    /// Columns that it takes.
    pub columns: usize,
    /// Indexes of the marks that begin in it.
    pub marks: Vec<usize>,
}

/// A run of characters without a space, in pieces of one style.
#[derive(Default)]
struct Token {
    pieces: Vec<(String, bool)>,
    columns: usize,
    marks: Vec<usize>,
    /// The space after it is inside marked words.
    bridged: bool,
}

/// Wraps text to `width` columns; empty lines between paragraphs stay.
pub(super) fn wrap(text: &str, marks: &[Marked], width: usize, paint: Paint) -> Vec<Line> {
    let mut out = Vec::new();
    let mut at = 0;
    for (n, paragraph) in text.split("\n\n").enumerate() {
        if n > 0 {
            out.push(Line::default());
            at += 2;
        }
        let tokens = tokens(paragraph, at, marks);
        fill(tokens, width.max(10), paint, &mut out);
        at += paragraph.len();
    }
    out
}

/// Plain text, wrapped, later lines behind `indent`.
pub(super) fn plain(text: &str, width: usize, indent: &str) -> Vec<String> {
    let room = width.saturating_sub(indent.width()).max(10);
    let mut out = Vec::new();
    for part in text.split('\n') {
        let (mut line, mut columns) = (String::new(), 0);
        for word in part.split_whitespace() {
            // Most words need neither a look at each character nor a copy.
            let plain = word.bytes().all(|b| b.is_ascii_graphic());
            let word = if plain { Cow::Borrowed(word) } else { Cow::Owned(safe(word)) };
            let wide = if plain { word.len() } else { word.width() };
            if columns > 0 && columns + 1 + wide > room {
                out.push(std::mem::take(&mut line));
                columns = 0;
            }
            if columns > 0 {
                line.push(' ');
                columns += 1;
            } else {
                line.push_str(indent);
            }
            line.push_str(&word);
            columns += wide;
        }
        out.push(line);
    }
    out
}

fn tokens(paragraph: &str, offset: usize, marks: &[Marked]) -> Vec<Token> {
    let mut out = Vec::new();
    let mut token = Token::default();
    let inside = |at: usize| marks.iter().any(|m| m.start <= at && at < m.end);
    let push = |token: &mut Token, s: &str, styled: bool| {
        let shown = safe(s);
        token.columns += shown.width();
        match token.pieces.last_mut() {
            Some((last, was)) if *was == styled => last.push_str(&shown),
            _ => token.pieces.push((shown, styled)),
        }
    };
    let ends = paragraph.len();
    for (i, c) in paragraph.char_indices().chain([(ends, '\n')]) {
        let at = offset + i;
        for m in marks.iter().filter(|m| m.end == at && m.end > m.start) {
            push(&mut token, &format!("]({})", m.label), false);
        }
        for (n, m) in marks.iter().enumerate().filter(|(_, m)| m.start == at) {
            if i == ends && m.end > m.start {
                continue;
            }
            token.marks.push(n);
            if m.end > m.start {
                push(&mut token, "[", false);
            } else {
                push(
                    &mut token,
                    &format!("[](\u{2060}{})", m.label).replace('\u{2060}', ""),
                    false,
                );
            }
        }
        if c.is_whitespace() {
            // Marks that were opened just before a space stay with the next word.
            if !token.pieces.is_empty() {
                token.bridged = inside(at);
                out.push(std::mem::take(&mut token));
            }
        } else {
            push(&mut token, c.encode_utf8(&mut [0; 4]), inside(at));
        }
    }
    if !token.pieces.is_empty() {
        out.push(token);
    }
    out
}

fn fill(tokens: Vec<Token>, width: usize, paint: Paint, out: &mut Vec<Line>) {
    let mut line = Line::default();
    let mut bridge = false;
    for token in tokens {
        if line.columns > 0 && line.columns + 1 + token.columns > width {
            out.push(std::mem::take(&mut line));
        } else if line.columns > 0 {
            line.text.push_str(&if bridge { paint.mark(" ") } else { " ".into() });
            line.columns += 1;
        }
        for (text, styled) in &token.pieces {
            line.text.push_str(&if *styled { paint.mark(text) } else { text.clone() });
        }
        line.columns += token.columns;
        line.marks.extend(token.marks);
        bridge = token.bridged;
    }
    out.push(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, marks: &[Marked], width: usize) -> Vec<String> {
        wrap(text, marks, width, Paint::new(false)).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn marked_words_are_bracketed_and_numbered() {
        let m = Marked { start: 4, end: 14, label: "1".into() };
        assert_eq!(lines("The ferry left at ten.", &[m], 80), ["The [ferry left](1) at ten."]);
    }

    /// Plain text is wrapped as text without marks is.
    #[test]
    fn plain_text_is_wrapped_alike() {
        let text = "one  two three\tfour 漢字 five \u{1b}[2J six seven eight nine ten eleven";
        for width in [10, 14, 40, 200] {
            assert_eq!(plain(text, width, ""), lines(text, &[], width));
        }
        assert_eq!(plain("a b\n\nc", 40, "  "), ["  a b", "", "  c"]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(lines("漢字 漢字 漢字", &[], 10), ["漢字 漢字", "漢字"]);
    }

    #[test]
    fn no_line_is_wider_than_asked_unless_a_word_is() {
        let text = "one two three four five six seven eight nine ten eleven twelve";
        for l in wrap(text, &[], 14, Paint::new(true)) {
            assert!(l.columns <= 14, "{}", l.text);
        }
        assert_eq!(lines("a\n\nb", &[], 40), ["a", "", "b"]);
    }
}
