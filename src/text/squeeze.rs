//! Folds a text to bare letters and digits for matching: case, accents,
//! spaces, punctuation, hyphens, ligatures (split ones too, since their space
//! goes) and look-alike letters no longer matter. A map leads every folded
//! byte back to its character in the source.
//!
//! Folding of one character: compatibility decomposition (Unicode NFKD),
//! combining marks dropped, lower case, then a short table of letters that
//! look like Latin ones (Cyrillic and Greek; a subset of Unicode TR 39
//! confusables) or that NFKD leaves alone (ø, ł, ß). Both sides of a
//! comparison are folded alike, so a Russian text still finds Russian.
//! What this blurs too much, [`super::equal`] tells apart again.
//!
//! One pass; four bytes a folded byte for the map.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of a text, folded, and where each came from.
#[derive(Debug, Clone, Default)]
pub struct Squeezed {
    text: String,
    at: Vec<u32>,
    /// Running heads and page numbers are left out.
    pub(super) headless: bool,
}

impl Squeezed {
    /// Folds all of `source` (shorter than 4 GiB).
    pub fn of(source: &str) -> Self {
        let mut s = Self::with_capacity(source.len());
        s.push(source, 0);
        s
    }

    pub(super) fn with_capacity(source: usize) -> Self {
        let room = source / 8 * 7 + 16;
        Self { text: String::with_capacity(room), at: Vec::with_capacity(room), headless: false }
    }

    /// Folds one more piece, which begins at byte `offset` of the source.
    pub(super) fn push(&mut self, piece: &str, offset: u32) {
        for (i, c) in piece.char_indices() {
            if c.is_ascii() {
                if c.is_ascii_alphanumeric() {
                    self.text.push(c.to_ascii_lowercase());
                    self.at.push(offset + i as u32);
                }
            } else if !is_plain_punctuation(c) {
                let before = self.text.len();
                fold_into(c, &mut self.text);
                self.at.resize(self.at.len() + self.text.len() - before, offset + i as u32);
            }
        }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// First byte, in the source, of the character that the folded byte at
    /// `index` came from.
    pub fn source_at(&self, index: usize) -> usize {
        self.at[index] as usize
    }

    /// Index of the first folded byte that came from the source byte at `at`
    /// or from one after it.
    pub fn index_of(&self, at: usize) -> usize {
        self.at.partition_point(|&a| (a as usize) < at)
    }

    /// The map behind [`Squeezed::source_at`].
    pub(super) fn map(&self) -> &[u32] {
        &self.at
    }

    /// Bytes of memory held.
    pub fn memory(&self) -> usize {
        self.text.capacity() + self.at.capacity() * 4
    }
}

/// The letters and digits of `text`, folded.
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                out.push(c.to_ascii_lowercase());
            }
        } else if !is_plain_punctuation(c) {
            fold_into(c, &mut out);
        }
    }
    out
}

/// Whether a character leaves a letter or digit behind when folded; marks and
/// punctuation do not.
pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let mut folded = String::new();
    c.is_alphanumeric() && {
        fold_into(c, &mut folded);
        !folded.is_empty()
    }
}

/// General punctuation and the no-break space, the bulk of what is not ASCII
/// in most books: a shortcut, nothing more.
fn is_plain_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{206f}' | '\u{a0}')
}

fn fold_into(c: char, out: &mut String) {
    for d in std::iter::once(c).nfkd() {
        if is_combining_mark(d) || !d.is_alphanumeric() {
            continue;
        }
        for l in d.to_lowercase() {
            match look_alike(l) {
                Some(latin) => out.push_str(latin),
                // Lower-casing İ leaves a mark behind.
                None if is_combining_mark(l) => {}
                None => out.push(l),
            }
        }
    }
}

/// The Latin spelling of a lower-case letter that looks like one, or that has
/// no decomposition.
fn look_alike(c: char) -> Option<&'static str> {
    Some(match c {
        'а' | 'α' => "a",
        'в' | 'β' => "b",
        'с' | 'ϲ' => "c",
        'ԁ' | 'đ' => "d",
        'е' | 'ε' | 'є' => "e",
        'һ' | 'н' => "h",
        'і' | 'ι' | 'ı' => "i",
        'ј' => "j",
        'к' | 'κ' => "k",
        'ӏ' | 'ł' => "l",
        'м' | 'μ' => "m",
        'ո' => "n",
        'о' | 'ο' | 'օ' | 'ø' => "o",
        'р' | 'ρ' => "p",
        'ѕ' => "s",
        'т' | 'τ' => "t",
        'ν' => "n",
        'у' | 'υ' => "y",
        'х' | 'χ' => "x",
        'ζ' => "z",
        'ς' => "σ",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ſ' => "s",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_type_alike_folds_alike() {
        for (a, b) in [
            ("Th e eff orts", "the efforts"),
            ("na\u{457}vely", "naïvely"),
            ("d\u{435}\u{441}lined", "declined"),
            ("o\u{fb03}ce", "office"),
            ("Chair-\n in-Office", "ChairinOffice"),
            ("Elçibay", "ELCIBAY"),
            ("e\u{301}t", "\u{e9}t"),
            ("Straße", "STRASSE"),
            ("İstanbul", "istanbul"),
        ] {
            assert_eq!(squeeze(a), squeeze(b), "{a:?} {b:?}");
        }
        assert_eq!(squeeze("* * * – …"), "");
        assert_ne!(squeeze("đường"), squeeze("dung"));
    }

    #[test]
    fn the_map_leads_back() {
        let s = Squeezed::of("é–ﬁn");
        assert_eq!(s.text(), "efin");
        assert_eq!((0..4).map(|i| s.source_at(i)).collect::<Vec<_>>(), [0, 5, 5, 8]);
    }
}
