//! How two words that are not the same resemble each other.
//!
//! - *Punctuation*: their letters and digits are the same, case and accents
//!   too.
//! - *Spelling*: they fold to the same letters ([`squeeze`]: case, accents,
//!   compatibility forms, look-alike letters); or, in words of at least four
//!   letters without a digit, one letter is other, missing, added or swapped
//!   with its neighbour; two such in words of eight letters or more
//!   (restricted Damerau-Levenshtein distance over folded letters).
//! - *Word*: anything else. Numbers are never spellings of each other.
//!
//! The rule knows no language: "form" and "from" count as spellings of one
//! word, "colour" and "hue" do not.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use schemars::JsonSchema;
use serde::Serialize;

use crate::collate::lexicon::Fold;
use crate::text::squeeze;

/// How much two words differ; the greater, the more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Likeness {
    /// Only in punctuation.
    Punctuation,
    /// In spelling.
    Spelling,
    /// They are different words.
    Word,
}

/// Letters from which one edit makes a spelling, and two.
const ONE_EDIT: usize = 4;
const TWO_EDITS: usize = 8;
/// Longer words are compared by their ends only.
const LONG: usize = 64;

/// Compares two words by their keys.
///
/// ```
/// use variorum::collate::{Likeness, likeness};
/// assert_eq!(likeness("gate,", "gate"), Likeness::Punctuation);
/// assert_eq!(likeness("honour", "honor"), Likeness::Spelling);
/// assert_eq!(likeness("1994", "1995"), Likeness::Word);
/// ```
pub fn likeness(a: &str, b: &str) -> Likeness {
    let letters = |s: &'_ str| s.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<char>>();
    let (x, y) = (letters(a), letters(b));
    if x == y {
        return Likeness::Punctuation;
    }
    if x.is_empty() || y.is_empty() {
        return Likeness::Word;
    }
    let folded = |s: &str| squeeze(s).chars().collect::<Vec<char>>();
    let (x, y) = (folded(a), folded(b));
    if x == y && !x.is_empty() {
        return Likeness::Spelling;
    }
    let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
    let most = match short {
        0..ONE_EDIT => return Likeness::Word,
        ONE_EDIT..TWO_EDITS => 1,
        _ => 2,
    };
    let digits = |s: &[char]| s.iter().any(|c| c.is_numeric());
    if long - short > most || long > LONG || digits(&x) || digits(&y) {
        return Likeness::Word;
    }
    if within(&x, &y, most) { Likeness::Spelling } else { Likeness::Word }
}

/// Whether the restricted Damerau-Levenshtein distance is at most `most`.
fn within(a: &[char], b: &[char], most: usize) -> bool {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|d| *d > most) {
            return false;
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()] <= most
}

/// Likenesses asked for before, and a quick refusal: words whose letters are
/// too different are not measured.
pub struct Likenesses<'k> {
    keys: &'k [Cow<'k, str>],
    known: HashMap<(u32, u32), Likeness, BuildHasherDefault<Fold>>,
}

impl<'k> Likenesses<'k> {
    pub fn new(keys: &'k [Cow<'k, str>]) -> Self {
        Self { keys, known: HashMap::default() }
    }

    /// The likeness of two different keys.
    pub fn of(&mut self, a: u32, b: u32) -> Likeness {
        let (x, y) = (&*self.keys[a as usize], &*self.keys[b as usize]);
        // Two edits and punctuation change few bytes; accents may change more.
        if x.is_ascii() && y.is_ascii() && outline(x).abs_diff_at_least(outline(y)) {
            return Likeness::Word;
        }
        let pair = (a.min(b), a.max(b));
        *self.known.entry(pair).or_insert_with(|| likeness(x, y))
    }
}

/// Which letters of the alphabet a word has, case folded; digits are one.
#[derive(Clone, Copy)]
struct Outline(u32);

fn outline(word: &str) -> Outline {
    Outline(word.bytes().fold(0, |set, b| match b {
        b'a'..=b'z' => set | 1 << (b - b'a'),
        b'A'..=b'Z' => set | 1 << (b - b'A'),
        b'0'..=b'9' => set | 1 << 26,
        _ => set,
    }))
}

impl Outline {
    /// More letters differ than two edits can change.
    fn abs_diff_at_least(self, other: Self) -> bool {
        (self.0 ^ other.0).count_ones() > 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_classed_by_rule() {
        use Likeness::*;
        for (a, b, expected) in [
            ("gate", "gate,", Punctuation),
            ("\"So\"", "So.", Punctuation),
            ("...", "--", Punctuation),
            ("The", "the", Spelling),
            ("caf\u{e9}", "cafe", Spelling),
            ("form", "from", Spelling),
            ("receive,", "recieve", Spelling),
            ("Kazimirov", "Kasimirow", Spelling),
            ("now", "not", Word),
            ("gate", "door", Word),
            ("1994", "1995", Word),
            ("and", "...", Word),
            ("λόγος", "λογος", Spelling),
        ] {
            assert_eq!(likeness(a, b), expected, "{a} {b}");
            assert_eq!(likeness(b, a), expected, "{b} {a}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_refusal_refuses_only_words(a in "[a-dA-D,.]{1,10}", b in "[a-dx-z,.]{1,10}") {
            let keys = [Cow::from(&a), Cow::from(&b)];
            prop_assert_eq!(Likenesses::new(&keys).of(0, 1), likeness(&a, &b));
        }
    }
}
