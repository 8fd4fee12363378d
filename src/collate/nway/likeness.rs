//! How two words that are not the same resemble each other.
//!
//! - *Punctuation*: their letters and digits are the same, case and accents
//!   too.
//! - *Spelling*: they fold to the same letters ([`squeeze`]: case, accents,
//!   compatibility forms, look-alike letters); or one ends in an apostrophe for
//!   the last letter of the other ("th'", "ἀλλ’"); or they begin with the same
//!   letter and, in words of at least four letters without a digit, one letter
//!   is missing, added or swapped with its neighbour, in words of six letters or
//!   more also another one; two such in words of eight letters or more
//!   (restricted Damerau-Levenshtein distance over folded letters).
//! - *Word*: anything else. Numbers are never spellings of each other.
//!
//! The rule knows no language: "form" and "from", "hand" and "hands" count as
//! spellings of one word, "colour" and "hue", "that" and "what", "ἡμῶν" and
//! "ὑμῶν" do not. (Of editions of the New Testament, English and Greek, which the
//! rule was tried on: one other letter in a word of four or five is another word
//! more often than not, and so is another first letter.)

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

/// Letters from which one letter more or less makes a spelling, one other
/// letter, and two edits.
const ONE_EDIT: usize = 4;
const ONE_OTHER: usize = 6;
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
    if x == y && !x.is_empty() || elided(a, &x, &y) || elided(b, &y, &x) {
        return Likeness::Spelling;
    }
    let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
    let most = match short {
        0..ONE_EDIT => return Likeness::Word,
        ONE_EDIT..TWO_EDITS => 1,
        _ => 2,
    };
    let digits = |s: &[char]| s.iter().any(|c| c.is_numeric());
    if long - short > most || long > LONG || x[0] != y[0] || digits(&x) || digits(&y) {
        return Likeness::Word;
    }
    if short == long && short < ONE_OTHER {
        let at = x.iter().zip(&y).take_while(|(a, b)| a == b).count();
        let swapped = x.get(at..at + 2).zip(y.get(at..at + 2));
        let swapped = swapped.is_some_and(|(a, b)| a[0] == b[1] && a[1] == b[0]);
        return match swapped && x[at + 2..] == y[at + 2..] {
            true => Likeness::Spelling,
            false => Likeness::Word,
        };
    }
    if within(&x, &y, most) { Likeness::Spelling } else { Likeness::Word }
}

/// Whether a word, whose letters are `short`, ends in an apostrophe for the last
/// letter of the other word.
fn elided(word: &str, short: &[char], long: &[char]) -> bool {
    let sign = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let sign = word[sign.len()..].chars().next();
    let apostrophe = matches!(sign, Some('\'' | '\u{2bc}' | '\u{2019}' | '\u{1fbd}' | '\u{1fbf}'));
    apostrophe && !short.is_empty() && short.len() + 1 == long.len() && long.starts_with(short)
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
            ("ἀλλ\u{2019}", "ἀλλὰ", Spelling),
            ("δι\u{1fbd}", "διὰ", Spelling),
            ("th'", "the", Spelling),
            ("th", "the", Word),
            ("ἡμῶν", "ὑμῶν", Word),
            ("ἐστι", "ἐστιν", Spelling),
            ("that", "what", Word),
            ("therefore", "wherefore", Word),
            ("Judea", "Jud\u{e6}a", Spelling),
            ("showed", "shewed", Spelling),
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
