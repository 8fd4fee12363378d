//! Text that others wrote, made fit for a page. Angle brackets and quotation
//! marks are escaped by maud; what is left are characters that reorder, hide
//! or steer, and words so long that they would push a page apart.

use std::borrow::Cow;
use std::fmt::Display;

use maud::{Markup, html};

/// Foreign text as read, set apart so that its direction stays its own. Dates
/// in digits are not broken at their hyphens, but may be where one follows
/// another: `1994-05-09,1994-05-10`.
pub(super) fn said(text: &str) -> Markup {
    let text = visible(text);
    let (dates, rest) = dates(&text);
    html! { bdi {
        @for (before, date) in dates {
            (before)
            @if before.ends_with([',', '/']) { wbr; }
            span.date { (date) }
        }
        (rest)
    } }
}

/// Each date in digits (`1994-05`, `199X-05-09~`) after what comes before it,
/// and what comes after the last one.
fn dates(text: &str) -> (Vec<(&str, &str)>, &str) {
    /// Longer runs are no dates, and could push a page apart.
    const LENGTH: std::ops::RangeInclusive<usize> = 7..=12;
    let part = |c: char| c.is_ascii_digit() || matches!(c, '-' | 'X' | '~' | '?' | '%');
    let (mut out, mut told, mut from) = (Vec::new(), 0, 0);
    while let Some(start) = text[from..].find(part).map(|n| from + n) {
        from = text[start..].find(|c| !part(c)).map_or(text.len(), |n| start + n);
        let run = &text[start..from];
        if LENGTH.contains(&run.len()) && run[4..].starts_with('-') {
            out.push((&text[told..start], run));
            told = from;
        }
    }
    (out, &text[told..])
}

/// The text with characters that steer, reorder or hide shown by name. Line
/// ends and tabs become spaces.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let kept = |c: char| !steers(c) && !matches!(c, '\n' | '\r' | '\t');
    if text.chars().all(kept) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if steers(c) => out.push_str(&format!("‹U+{:04X}›", c as u32)),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Joiners stay: Persian and the Indic scripts cannot be written without them.
fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// A digest or another long name for machines: it may break after every eighth
/// character, and is copied without the breaks.
pub(super) fn hash(name: &impl Display) -> Markup {
    let name = name.to_string();
    let name = visible(&name);
    let chars: Vec<char> = name.chars().collect();
    html! {
        code.hash { @for (n, piece) in chars.chunks(8).enumerate() {
            @if n > 0 { wbr; }
            (piece.iter().collect::<String>())
        } }
    }
}

/// An address or a command, as typed.
pub(super) fn typed(text: &str) -> Markup {
    html! { code { (visible(text)) } }
}

/// At most so many characters, cut with an ellipsis: between words, where the
/// last one is not too long.
pub(super) fn clip(text: &str, most: usize) -> String {
    const LONGEST_WORD: usize = 20;
    if text.chars().count() <= most {
        return text.to_string();
    }
    let mut head: String = text.chars().take(most.saturating_sub(1)).collect();
    let cut = head
        .rfind(char::is_whitespace)
        .filter(|at| *at > 0 && head[*at..].chars().count() <= LONGEST_WORD.min(most / 2));
    if let Some(cut) = cut.filter(|_| !text[head.len()..].starts_with(char::is_whitespace)) {
        head.truncate(cut);
    }
    format!("{}…", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_foreign_text_is_markup() {
        let page = said("</bdi><script>alert('1')</script>\" onload=\"x\"").into_string();
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains('"'), "{page}");
        assert_eq!(page.matches('<').count(), 2, "{page}");
    }

    #[test]
    fn dates_stay_whole_and_longer_runs_may_break() {
        let page = said("May [1994-05-09,1994-05~]; 2014-2015-2016-2017").into_string();
        assert_eq!(
            page,
            "<bdi>May [<span class=\"date\">1994-05-09</span>,<wbr>\
             <span class=\"date\">1994-05~</span>]; 2014-2015-2016-2017</bdi>"
        );
        assert_eq!(said("X-?%é9 12-3").into_string(), "<bdi>X-?%é9 12-3</bdi>");
    }

    #[test]
    fn what_reorders_or_hides_is_shown_by_name() {
        assert_eq!(visible("a\u{202e}b\u{0}c\nd"), "a‹U+202E›b‹U+0000›c d");
        assert_eq!(visible("نمی‌خواهم"), "نمی‌خواهم");
        assert_eq!(visible("Đà Nẵng, Шуша"), "Đà Nẵng, Шуша");
    }

    #[test]
    fn a_digest_breaks_but_reads_whole() {
        let page = hash(&"0123456789abcdef0").into_string();
        assert_eq!(page, "<code class=\"hash\">01234567<wbr>89abcdef<wbr>0</code>");
    }

    #[test]
    fn clipping_counts_characters() {
        assert_eq!(clip("Nẵng", 4), "Nẵng");
        assert_eq!(clip("Nẵng và", 5), "Nẵng…");
        assert_eq!(clip("The ferry left at nine", 12), "The ferry…");
        assert_eq!(clip("The ferry left at nine", 10), "The ferry…");
        assert_eq!(clip("7122d25a64878d467122d25a64878d46", 8), "7122d25…");
    }
}
