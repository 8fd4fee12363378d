//! Whose words a quotation is said to be: the text that is named beside it, and
//! the line or page.
//!
//! Looked for, in this order: in what follows the quotation when that is in
//! brackets; in what stands before it, the nearest name first; in the rest of
//! its sentence. Never beyond the paragraph, the next quotation or
//! [`REACH`] bytes; a block quotation may be introduced by the paragraph before.
//!
//! A text is named by its siglum (where it looks like one: `M:164`, `(M, p. 3)`),
//! by its title or the part of it before a colon, or by the surname of one of
//! its makers. Where a name fits several texts, all of them count.

use std::ops::Range;

use super::super::prose::Prose;
use crate::text::squeeze;

/// Bytes on either side in which a name is looked for.
const REACH: usize = 240;
/// Shortest title, in letters, that is looked for.
const TITLE: usize = 8;

/// A text that may be named beside a quotation.
#[derive(Debug, Clone, Default)]
pub struct Known<'a> {
    /// Its siglum.
    pub siglum: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its makers, by name.
    pub people: Vec<String>,
    /// Its number among the texts at hand; `None`: known, not held or not
    /// supplied.
    pub held: Option<usize>,
}

/// The text that is named beside a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Numbers of the texts that the name fits, as given.
    pub known: Vec<usize>,
    /// Where the name stands: bytes of the text examined.
    pub span: Range<usize>,
    /// The name as written.
    pub written: String,
    /// First and last line that is cited, from 1.
    pub lines: Option<(usize, usize)>,
    /// First and last page of print that is cited.
    pub pages: Option<(u32, u32)>,
}

/// Names of texts, prepared.
pub(super) struct Names {
    sigla: Vec<(String, usize)>,
    titles: Vec<(String, usize)>,
    surnames: Vec<(String, usize)>,
}

/// A name found in a stretch of reading text.
struct Mention {
    at: Range<usize>,
    known: Vec<usize>,
}

impl Names {
    pub fn of(known: &[Known<'_>]) -> Self {
        let mut names = Self { sigla: Vec::new(), titles: Vec::new(), surnames: Vec::new() };
        for (n, k) in known.iter().enumerate() {
            if !k.siglum.is_empty() {
                names.sigla.push((k.siglum.to_string(), n));
            }
            let main = k.title.split([':', '(']).next().unwrap_or_default();
            for title in [k.title, main] {
                let folded = squeeze(title);
                if folded.chars().count() >= TITLE && !names.titles.contains(&(folded.clone(), n)) {
                    names.titles.push((folded, n));
                }
            }
            for person in &k.people {
                if let Some(last) = surname(person)
                    && last.chars().count() >= 3
                {
                    names.surnames.push((last.to_string(), n));
                }
            }
        }
        names
    }

    /// What is named beside the quotation at `at` (bytes of the reading text),
    /// which may look back to `from` and ahead to `to`.
    pub fn beside(
        &self,
        prose: &Prose<'_>,
        at: &Range<usize>,
        (from, to): (usize, usize),
    ) -> Option<Attribution> {
        let text = prose.text();
        let (from, to) = (from.max(at.start.saturating_sub(REACH)), to.min(at.end + REACH));
        let before = floor(text, from)..at.start;
        let after = at.end..floor(text, to).max(at.end);
        let after = after.start..after.start + sentence(&text[after.clone()], &text[at.clone()]);
        let behind = text[after.clone()].trim_start_matches(is_closing);
        let bracket = behind.starts_with(['(', '[']);
        let close = behind.find([')', ']']).map(|n| after.end - behind.len() + n + 1);
        let mut places = Vec::new();
        if bracket && let Some(close) = close {
            places.push((after.start..close.min(after.end), false));
        }
        places.push((before.clone(), true));
        places.push((after.clone(), false));
        for (place, last) in places {
            let mentions = self.mentions(&text[place.clone()]);
            let found = if last {
                mentions.into_iter().max_by_key(|m| m.at.end)
            } else {
                mentions.into_iter().min_by_key(|m| m.at.start)
            };
            let Some(mention) = found else { continue };
            let named = place.start + mention.at.start..place.start + mention.at.end;
            // The number may stand in brackets behind, the name before.
            let cited = [&text[named.end..place.end], &text[after.clone()]];
            let lines = cited.iter().find_map(|t| lines_in(t));
            let pages = cited.iter().find_map(|t| pages_in(t));
            return Some(Attribution {
                known: mention.known,
                span: prose.source(named.clone()),
                written: text[named].trim().to_string(),
                lines,
                pages,
            });
        }
        None
    }

    fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        let mut add = |at: Range<usize>, known: usize| match out.iter_mut().find(|m| m.at == at) {
            Some(m) => m.known.push(known),
            None => out.push(Mention { at, known: vec![known] }),
        };
        for (siglum, known) in &self.sigla {
            for (at, found) in text.match_indices(siglum.as_str()) {
                if is_siglum_at(text, at, found.len()) {
                    add(at..at + found.len(), *known);
                }
            }
        }
        for (surname, known) in &self.surnames {
            for (at, found) in text.match_indices(surname.as_str()) {
                let whole = !text[..at].ends_with(char::is_alphanumeric)
                    && !text[at + found.len()..].starts_with(char::is_alphabetic);
                if whole {
                    add(at..at + found.len(), *known);
                }
            }
        }
        if !self.titles.is_empty() {
            let (folded, map) = folded(text);
            for (title, known) in &self.titles {
                if let Some(n) = folded.rfind(title.as_str()) {
                    let end = map[n + title.len() - 1];
                    let len = text[end..].chars().next().map_or(0, char::len_utf8);
                    add(map[n]..end + len, *known);
                }
            }
        }
        out
    }
}

/// Folded letters, with the byte each came from.
fn folded(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut map) = (String::new(), Vec::new());
    for (at, c) in text.char_indices() {
        let mut buffer = [0; 4];
        out.push_str(&squeeze(c.encode_utf8(&mut buffer)));
        map.resize(out.len(), at);
    }
    (out, map)
}

/// A siglum, and not a letter or word that happens to look like it: a place or
/// a bracket goes with it.
fn is_siglum_at(text: &str, at: usize, len: usize) -> bool {
    let (before, after) = (&text[..at], &text[at + len..]);
    if before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric) {
        return false;
    }
    let digit = |s: &str| s.starts_with(|c: char| c.is_ascii_digit());
    let placed = after.strip_prefix(':').is_some_and(digit)
        || after.strip_prefix('@').is_some_and(digit)
        || after.strip_prefix("#p").is_some_and(digit)
        || after.strip_prefix('#').is_some_and(digit);
    let bracket = before.ends_with(['(', '[']) && after.starts_with([',', ')', ']', ';', ' ']);
    let comma = [", p", ", l", " p. ", " pp. ", " page", " line"];
    placed || bracket || comma.iter().any(|c| after.starts_with(c))
}

/// The surname: the last word with a capital; of "Aliev, Heydar" the first.
fn surname(person: &str) -> Option<&str> {
    let part = person.split(',').next().unwrap_or(person);
    part.split_whitespace().rev().find(|w| w.starts_with(char::is_uppercase))
}

fn is_closing(c: char) -> bool {
    c.is_whitespace() || "”’“‘»«\"'.,;:!?…".contains(c)
}

/// How much of what follows a quotation belongs to its sentence.
fn sentence(after: &str, quoted: &str) -> usize {
    let after = match after.find("\n\n") {
        Some(end) => &after[..end],
        None => after,
    };
    let behind = after.trim_start_matches(is_closing);
    let skipped = after.len() - behind.len();
    let ended =
        quoted.trim_end().ends_with(['.', '!', '?']) || after[..skipped].contains(['.', '!', '?']);
    if ended && !behind.starts_with(['(', '[']) {
        return skipped;
    }
    for (n, _) in behind.match_indices(['.', '!', '?']) {
        let short = behind[..n].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let rest = behind[n + 1..].trim_start();
        if behind[n + 1..].starts_with(char::is_whitespace)
            && rest.starts_with(char::is_uppercase)
            && short.chars().count() > 3
        {
            return skipped + n + 1;
        }
    }
    after.len()
}

/// Lines that are cited: `M:164-165`, "lines 164-165".
fn lines_in(text: &str) -> Option<(usize, usize)> {
    let bare = text.trim_start_matches(|c: char| c == '@' || c.is_ascii_digit());
    let colon = bare.strip_prefix(':').and_then(|t| numbers(t, true));
    let (a, b) = colon.or_else(|| after_word(text, &["lines", "line", "ll.", "l."]))?;
    Some((a as usize, b as usize))
}

/// Pages that are cited: `M#p278`, "pp. 278-279".
fn pages_in(text: &str) -> Option<(u32, u32)> {
    let hash = text.strip_prefix("#p").and_then(|t| numbers(t, true));
    hash.or_else(|| after_word(text, &["pages", "page", "pp.", "p."]))
}

fn after_word(text: &str, words: &[&str]) -> Option<(u32, u32)> {
    for word in words {
        for (at, found) in text.match_indices(word) {
            let whole = !text[..at].ends_with(char::is_alphanumeric);
            if whole && let Some(n) = numbers(&text[at + found.len()..], false) {
                return Some(n);
            }
        }
    }
    None
}

/// A number, or two with a dash between.
fn numbers(text: &str, at_once: bool) -> Option<(u32, u32)> {
    let text = if at_once { text } else { text.trim_start() };
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    let a: u32 = text[..first].parse().ok()?;
    let rest = text[first..].strip_prefix(['-', '–']);
    let b = rest.and_then(|r| r[..digits(r)].parse::<u32>().ok());
    // "164-5" is 164-165.
    let b = b.map(|b| if b < a { a - a % 10u32.pow(b.max(1).ilog10() + 1) + b } else { b });
    Some((a, b.unwrap_or(a).max(a)))
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examine::prose::Lexicon;
    use crate::text::View;

    type Named = (Vec<usize>, Option<(usize, usize)>, Option<(u32, u32)>);

    fn named(text: &str) -> Option<Named> {
        let view = View::new(text.into());
        let prose = Prose::of(&view, &mut Lexicon::default());
        let read = prose.text();
        let at = read.find('“').unwrap() + 3..read.find('”').unwrap();
        let known = [
            Known { siglum: "M", title: "The Ferries of Hollen: a memoir", ..Known::default() },
            Known { siglum: "E", people: vec!["Ada Brandt".into()], ..Known::default() },
        ];
        Names::of(&known).beside(&prose, &at, (0, read.len())).map(|a| (a.known, a.lines, a.pages))
    }

    #[test]
    fn names_and_places() {
        let m = |lines, pages| Some((vec![0], lines, pages));
        assert_eq!(named("He wrote “some words here” (M:164-5)."), m(Some((164, 165)), None));
        assert_eq!(named("He wrote “some words here.” (M, pp. 3–4)"), m(None, Some((3, 4))));
        assert_eq!(named("In The Ferries of Hollen: “some words”"), m(None, None));
        assert_eq!(named("Brandt says (p. 7): “some words”"), Some((vec![1], None, Some((7, 7)))));
        assert_eq!(named("“Some words,” as Brandt has it."), Some((vec![1], None, None)));
        assert_eq!(named("“Some words.” Brandt disagrees."), None);
        assert_eq!(named("M is a letter, “some words”"), None);
    }
}
