//! Addresses: how people name what is in an archive.
//!
//! | written | means |
//! |---|---|
//! | `M`, `M@2` | a text: its newest revision, its second revision |
//! | `M:164`, `M@2:16585-16628` | lines of it, as stored, from 1 |
//! | `M#37`, `M@2#37` | a passage, from 1 |
//! | `M#p278`, `M@2#p39-40` | pages of print, as far as the text shows them |
//! | `C-1a2b3c`, `D-…`, `A-…` | a record, by kind and the start of its id |
//! | `R-1a2b3c` | the receipt of correction `C-1a2b3c` |
//! | `M/App9` | a part of a source |
//! | `event/…`, `question/…`, `claim/…`, `copy/…` | what is called so |
//! | `sha256:8c8f62dc` | a record, text or content, by the start of its digest |
//! | anything with a space, or in quotation marks | a quotation |

use crate::model::Kind;

use super::DeskError;

/// An address as written, not yet looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A record by kind and the first digits of its id.
    Record {
        /// The kind.
        kind: Kind,
        /// At least six hexadecimal digits.
        hex: String,
    },
    /// The receipt of a correction.
    Receipt {
        /// The first digits of the correction's id.
        hex: String,
    },
    /// Anything by the first digits of its digest.
    Digest {
        /// At least six hexadecimal digits.
        hex: String,
    },
    /// A text or a piece of it.
    Text {
        /// The siglum.
        siglum: String,
        /// `@n`.
        revision: Option<usize>,
        /// Which piece.
        piece: Piece,
    },
    /// A record by its kind and the name that people call it by.
    Named {
        /// The kind.
        kind: Kind,
        /// The name.
        name: String,
    },
    /// A part of a source.
    Part {
        /// The siglum of the source.
        siglum: String,
        /// The part's name in it.
        name: String,
    },
    /// Words of a text.
    Quotation(String),
}

/// Which piece of a text an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// All of it.
    Whole,
    /// Lines as stored, from 1, both included.
    Lines(usize, usize),
    /// A passage, from 1.
    Passage(usize),
    /// Pages of print by their numbers, both included.
    Pages(u32, u32),
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// Usage, naming what does not fit and how it is written.
    pub fn parse(written: &str) -> Result<Self, DeskError> {
        let s = written.trim();
        if s.is_empty() {
            return Err(DeskError::usage("address-empty", "the address is empty").hint(FORMS));
        }
        let quoted = [('"', '"'), ('“', '”'), ('‘', '’'), ('«', '»')]
            .iter()
            .find_map(|(a, b)| s.strip_prefix(*a).and_then(|s| s.strip_suffix(*b)));
        if let Some(inside) = quoted.filter(|s| !s.trim().is_empty()) {
            return Ok(Self::Quotation(inside.to_string()));
        }
        if s.contains(char::is_whitespace) {
            return Ok(Self::Quotation(s.to_string()));
        }
        if let Some(hex) = s.strip_prefix("sha256:") {
            return if is_hex(hex) && (6..=64).contains(&hex.len()) {
                Ok(Self::Digest { hex: hex.to_string() })
            } else {
                Err(bad(s, "after `sha256:` come 6 to 64 lower-case hexadecimal digits"))
            };
        }
        if s.len() == 64 && is_hex(s) {
            return Ok(Self::Digest { hex: s.to_string() });
        }
        if let Some((letter, hex)) = short_id(s) {
            if letter == 'R' {
                return Ok(Self::Receipt { hex });
            }
            if let Some(kind) = Kind::of_letter(letter) {
                return Ok(Self::Record { kind, hex });
            }
        }
        if let Some((first, name)) = s.split_once('/') {
            let named = |k: &&Kind| k.word() == first && k.is_named();
            return match Kind::ALL.iter().find(named) {
                _ if name.is_empty() => Err(bad(s, "nothing stands after the `/`")),
                Some(kind) => Ok(Self::Named { kind: *kind, name: name.to_string() }),
                None if is_siglum(first) => {
                    Ok(Self::Part { siglum: first.to_string(), name: name.to_string() })
                }
                None => Err(bad(
                    s,
                    "before the `/` stands a siglum, or event, question, claim, copy, evidence, assessment, search",
                )),
            };
        }
        text(s)
    }
}

const FORMS: &str = "addresses are written M, M@2, M:164, M:164-170, M#37, M#p278, M/App9, event/NAME, question/NAME, claim/NAME, C-1a2b3c, sha256:8c8f62dc, or \"a quotation\"";

fn bad(s: &str, why: &str) -> DeskError {
    DeskError::usage("address", format!("{s:?} is not an address: {why}")).hint(FORMS)
}

fn is_hex(s: &str) -> bool {
    !s.is_empty() && s.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// `C-1a2b3c` as letter and digits.
fn short_id(s: &str) -> Option<(char, String)> {
    let (letter, hex) = s.split_once('-')?;
    let mut letters = letter.chars();
    let letter = letters.next().filter(char::is_ascii_uppercase)?;
    (letters.next().is_none() && is_hex(hex) && (6..=64).contains(&hex.len()))
        .then(|| (letter, hex.to_string()))
}

/// Whether a siglum can be told apart from every other address: a letter,
/// then letters, digits, `.`, `_` or `-`, at most 32, and no short id.
pub(super) fn is_siglum(s: &str) -> bool {
    s.chars().count() <= 32
        && s.chars().next().is_some_and(char::is_alphabetic)
        && s.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
        && short_id(s).is_none()
        && !(s.len() == 64 && is_hex(s))
}

fn text(s: &str) -> Result<Address, DeskError> {
    let end = s.find([':', '#', '@']).unwrap_or(s.len());
    let (siglum, mut rest) = s.split_at(end);
    if !is_siglum(siglum) {
        return Err(bad(s, "a siglum is a letter, then letters, digits, `.`, `_` or `-`"));
    }
    let mut revision = None;
    if let Some(r) = rest.strip_prefix('@') {
        let end = r.find([':', '#']).unwrap_or(r.len());
        revision = Some(number(s, &r[..end], "the revision after `@`")?);
        rest = &r[end..];
    }
    let piece = if let Some(lines) = rest.strip_prefix(':') {
        let (a, b) = lines.split_once('-').unwrap_or((lines, lines));
        let (a, b) = (number(s, a, "the line after `:`")?, number(s, b, "the last line")?);
        if b < a {
            return Err(bad(s, "the last line comes before the first"));
        }
        Piece::Lines(a, b)
    } else if let Some(p) = rest.strip_prefix('#') {
        match p.strip_prefix('p') {
            Some(pages) => {
                let (a, b) = pages.split_once('-').unwrap_or((pages, pages));
                let (a, b) = (page(s, a)?, page(s, b)?);
                if b < a {
                    return Err(bad(s, "the last page comes before the first"));
                }
                Piece::Pages(a, b)
            }
            None => Piece::Passage(number(s, p, "the passage after `#`")?),
        }
    } else {
        Piece::Whole
    };
    Ok(Address::Text { siglum: siglum.to_string(), revision, piece })
}

fn number(s: &str, digits: &str, what: &str) -> Result<usize, DeskError> {
    match digits.parse::<usize>() {
        Ok(n) if n > 0 && !digits.starts_with('+') => Ok(n),
        _ => Err(bad(s, &format!("{what} is a number from 1, not {digits:?}"))),
    }
}

fn page(s: &str, digits: &str) -> Result<u32, DeskError> {
    let n = number(s, digits, "the page after `#p`")?;
    u32::try_from(n).map_err(|_| bad(s, "no book has so many pages"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(siglum: &str, revision: Option<usize>, piece: Piece) -> Address {
        Address::Text { siglum: siglum.into(), revision, piece }
    }

    #[test]
    fn every_form() {
        let p = |s| Address::parse(s).unwrap();
        assert_eq!(p("M"), whole("M", None, Piece::Whole));
        assert_eq!(p("M@2"), whole("M", Some(2), Piece::Whole));
        assert_eq!(p("M:164"), whole("M", None, Piece::Lines(164, 164)));
        assert_eq!(p("M@3:5-9"), whole("M", Some(3), Piece::Lines(5, 9)));
        assert_eq!(p("M#37"), whole("M", None, Piece::Passage(37)));
        assert_eq!(p("M#p278"), whole("M", None, Piece::Pages(278, 278)));
        assert_eq!(p("M@2#p39-40"), whole("M", Some(2), Piece::Pages(39, 40)));
        assert_eq!(p("C-1a2b3c"), Address::Record { kind: Kind::Correction, hex: "1a2b3c".into() });
        assert_eq!(p("R-1a2b3c"), Address::Receipt { hex: "1a2b3c".into() });
        assert_eq!(p("sha256:8c8f62dc"), Address::Digest { hex: "8c8f62dc".into() });
        assert_eq!(p("\"on 12 May\""), Address::Quotation("on 12 May".into()));
        assert_eq!(p("on 12 May"), Address::Quotation("on 12 May".into()));
        assert_eq!(p("“ferry”"), Address::Quotation("ferry".into()));
    }

    #[test]
    fn bad_ones_say_why() {
        for s in ["", "M@0", "M:9-3", "M:x", "sha256:xyz", "4x", "M#p0", "M#px", "M#p4-3", "M@-1"] {
            let e = Address::parse(s).unwrap_err();
            assert_eq!(e.class.exit_code(), 2, "{s}");
            assert!(e.hint.is_some(), "{s}");
        }
    }
}
