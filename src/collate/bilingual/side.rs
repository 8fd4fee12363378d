//! One text as the aligner sees it: sentences as lists of word types, with
//! lengths, and for each word type how often it occurs and how it is written.
//!
//! A word type is a folded word: lower case, and cut to its first
//! [`STEM`] letters where it is longer, so that forms of one word (Russian and
//! Armenian endings, English plurals) mostly share a type without a stemmer.
//! A capitalized word with hyphens inside is one word (Áp-ra-ham), a small one
//! falls into its parts. Marks that survive translation (? ! and quotation
//! marks) are types too.

use std::collections::HashMap;

use crate::text::letters::{bare, is_mark};

/// Letters of a word that count; the rest is taken for an ending.
pub const STEM: usize = 4;

/// A sentence in types.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// Its words as types, in their order, repeated where they are repeated.
    pub types: Vec<u32>,
    /// Letters and figures.
    pub length: f32,
}

/// What is known of a word type.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Occurrences.
    pub count: u32,
    /// Occurrences with a capital.
    pub capitals: u32,
    /// The whole words that were folded into it, each once, as written first.
    pub forms: Vec<String>,
}

/// A text in types.
#[derive(Debug, Clone, Default)]
pub struct Side {
    pub sentences: Vec<Sentence>,
    pub kinds: Vec<Kind>,
    /// Words in all.
    pub words: u64,
}

/// Forms of one type that are kept for the look at its spelling.
const FORMS_KEPT: usize = 6;

impl Side {
    /// Reads sentences. Cost: linear in their bytes.
    pub fn new(sentences: &[&str]) -> Self {
        let mut out = Self::default();
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut forms: HashMap<String, u32> = HashMap::new();
        for text in sentences {
            let mut sentence = Sentence::default();
            for word in words(text) {
                let capital = word.chars().next().is_some_and(char::is_uppercase);
                let parts: Vec<&str> =
                    if capital { vec![word] } else { word.split(is_hyphen).collect() };
                for part in parts {
                    let folded = fold(part);
                    if folded.is_empty() {
                        continue;
                    }
                    let id = match known.get(&folded) {
                        Some(&id) => id,
                        None => {
                            let id = out.kinds.len() as u32;
                            out.kinds.push(Kind { count: 0, capitals: 0, forms: Vec::new() });
                            known.insert(folded, id);
                            id
                        }
                    };
                    let kind = &mut out.kinds[id as usize];
                    kind.count += 1;
                    kind.capitals += u32::from(capital);
                    if kind.forms.len() < FORMS_KEPT && !forms.contains_key(part) {
                        forms.insert(part.to_owned(), id);
                        kind.forms.push(part.to_owned());
                    }
                    sentence.types.push(id);
                    sentence.length += part.chars().filter(|c| c.is_alphanumeric()).count() as f32;
                }
            }
            out.words += sentence.types.len() as u64;
            out.sentences.push(sentence);
        }
        out
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// The words of a sentence: letters and figures, with hyphens, dots and
/// apostrophes inside kept; and single marks that survive translation.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let start = rest.find(|c: char| c.is_alphanumeric() || kept_mark(c))?;
        let rest = &rest[start..];
        let mut end = 0;
        let mut letters = rest.char_indices().peekable();
        while let Some((k, c)) = letters.next() {
            if c.is_alphanumeric() || is_mark(c) {
                end = k + c.len_utf8();
                continue;
            }
            if end == 0 {
                end = c.len_utf8();
                break;
            }
            let inner = is_hyphen(c) && letters.peek().is_some_and(|(_, c)| c.is_alphanumeric());
            if !inner {
                break;
            }
        }
        at += start + end;
        Some(&rest[..end])
    })
}

fn kept_mark(c: char) -> bool {
    matches!(c, '?' | '!' | '՞' | '՜' | '“' | '«' | '"' | ';' | ':')
}

/// A word as its type is named.
fn fold(word: &str) -> String {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        // "5th", "90-х": the number is what both texts have.
        return word.chars().take_while(char::is_ascii_digit).collect();
    }
    match word {
        "՞" => return "?".into(),
        "՜" => return "!".into(),
        "“" | "«" => return "\"".into(),
        _ => {}
    }
    let latin = word.chars().all(|c| (c as u32) < 0x370 || ('\u{1e00}'..'\u{1f00}').contains(&c));
    let whole = if latin { word.to_lowercase() } else { bare(word) };
    whole.chars().filter(|c| !is_hyphen(*c)).take(STEM).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types(text: &str) -> Vec<String> {
        words(text).flat_map(|w| w.split(is_hyphen)).map(fold).collect()
    }

    #[test]
    fn words_are_folded_and_numbers_kept() {
        assert_eq!(types("The harbours, harbour!"), ["the", "harb", "harb", "!"]);
        assert_eq!(types("нояб. 1967 г."), ["нояб", "1967", "г"]);
        assert_eq!(types("14-ին, 5th"), ["14", "ին", "5"]);
        assert_eq!(types("գիտե՞ր ։"), ["գիտե", "?", "ր"]);
        let side = Side::new(&["Áp-ra-ham đi.", ""]);
        assert_eq!(side.kinds[0].forms, ["Áp-ra-ham"]);
        assert_eq!((side.words, side.sentences[1].types.len()), (2, 0));
    }
}
