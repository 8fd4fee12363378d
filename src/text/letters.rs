//! Letters without what is put on them: for comparing names across spellings.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a character is a combining mark (an accent that stands alone).
pub fn is_mark(c: char) -> bool {
    c >= '\u{300}' && is_combining_mark(c)
}

/// A word in small letters, accents taken off (NFD without its marks; "đ" and
/// other letters that have no parts stay).
pub fn bare(word: &str) -> String {
    word.nfd().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).collect()
}
