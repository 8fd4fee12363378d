//! The numbered heads of a text, as far as it has them: "APPENDIX 3",
//! "Document 12. From ...", "Chapter IV". They are what references point at.
//!
//! A head stands at the beginning of a line and begins with a capital. Either
//! it is alone on its line, or a stop, colon or dash and a capital follow the
//! number ("Document 5. Letter of ..."), or a capital does ("Annex 2 Security
//! regime"). A head that is repeated at the top or foot of pages counts once:
//! where the same head stands within the same stretch again, before a head of
//! another number, it is the same one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::prose::Prose;

/// What is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Appendix,
    Annex,
    Document,
    Chapter,
    Table,
    Figure,
    Letter,
}

impl Label {
    /// The label that a word names, whatever its number and case.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word.to_lowercase().as_str() {
            "appendix" | "appendices" | "appendixes" => Self::Appendix,
            "annex" | "annexes" | "annexe" => Self::Annex,
            "document" | "documents" => Self::Document,
            "chapter" | "chapters" => Self::Chapter,
            "table" | "tables" => Self::Table,
            "figure" | "figures" => Self::Figure,
            "letter" | "letters" => Self::Letter,
            _ => return None,
        })
    }

    /// As written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Appendix => "Appendix",
            Self::Annex => "Annex",
            Self::Document => "Document",
            Self::Chapter => "Chapter",
            Self::Table => "Table",
            Self::Figure => "Figure",
            Self::Letter => "Letter",
        }
    }
}

/// One head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// Bytes of its first line.
    pub line: Range<usize>,
    /// Words of what it names, up to the next head or about sixty words.
    pub caption: Range<usize>,
}

/// All heads, by label and number, in order of the text.
pub(super) type Heads = BTreeMap<Label, BTreeMap<u32, Vec<Head>>>;

/// Most words of a caption.
const CAPTION: usize = 60;

/// Finds the numbered heads. A label with fewer than three numbers is no
/// numbering, and left out.
pub(super) fn find(prose: &Prose<'_>) -> Heads {
    let (source, lines) = (prose.view.source(), prose.view.lines());
    let mut all: Vec<(Label, u32, Head)> = Vec::new();
    for number in 1..=lines.count() {
        let Some(line) = lines.range_of(number..=number) else { break };
        let Some((label, n)) = head(source[line.clone()].trim()) else { continue };
        let at = prose.word_at(line.start);
        let head = Head { line, caption: at..(at + CAPTION).min(prose.words.len()) };
        all.push((label, n, head));
    }
    let mut out = Heads::new();
    let mut last: BTreeMap<Label, u32> = BTreeMap::new();
    for i in 0..all.len() {
        let (label, n, mut head) = all[i].clone();
        if let Some(next) = all.get(i + 1) {
            head.caption.end = head.caption.end.min(next.2.caption.start.max(head.caption.start));
        }
        if last.insert(label, n) != Some(n) {
            out.entry(label).or_default().entry(n).or_default().push(head);
        }
    }
    out.retain(|_, numbers| numbers.len() >= 3);
    out
}

fn head(line: &str) -> Option<(Label, u32)> {
    let end = line.find(|c: char| !c.is_ascii_alphabetic())?;
    let word = &line[..end];
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) || word.ends_with('s') {
        return None;
    }
    let label = Label::of(word)?;
    let rest = line[end..].strip_prefix([' ', '\u{a0}'])?.trim_start();
    let rest = rest.strip_prefix("No. ").or_else(|| rest.strip_prefix("No ")).unwrap_or(rest);
    let digits = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let number = number(&rest[..digits])?;
    let after = &rest[digits..];
    let titled = |t: &str| t.trim_start().starts_with(|c: char| c.is_uppercase());
    let marked = after.strip_prefix(['.', ':', '–', '—']).is_some_and(titled);
    let bare = after.starts_with(' ') && titled(after);
    (after.is_empty() || marked || bare).then_some((label, number))
}

/// A number in digits, up to 999, or in Roman capitals, up to 39.
pub(super) fn number(word: &str) -> Option<u32> {
    if !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok().filter(|n| *n > 0);
    }
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = word.bytes().take_while(|b| *b == b'X').count();
    let one = ones.iter().position(|o| *o == &word[tens..])?;
    (!word.is_empty() && tens <= 3).then_some((tens * 10 + one) as u32)
}
