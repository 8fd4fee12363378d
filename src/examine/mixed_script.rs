//! Letters of one script among those of another: a Cyrillic "с" inside a
//! Latin word, a Russian word left standing in an English sentence.
//!
//! 1. *Inside a word*: letters of two of the scripts Latin, Cyrillic and
//!    Greek, where those of the rarer one look like letters of the other
//!    (a subset of Unicode TR 39 confusables). So "μm" and "SMSка" pass.
//! 2. *A word of look-alikes*: a whole word that could be written in the
//!    script of its surroundings, such as "ЕС" or the initial "В." in English.
//! 3. *Words left over*: up to [`LEFT_OVER`] words of Cyrillic in a Latin
//!    sentence, not after a quotation mark, bracket or colon, where they are meant.
//!
//! Scripts are told by code blocks. One pass over the words.

use std::ops::Range;

use super::oddity::{Oddity, OddityCode};
use super::prose::Prose;

/// Most words in a row that count as left over and not as another language.
const LEFT_OVER: usize = 8;
/// Words on each side that tell the script of the surroundings.
const AROUND: usize = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    /// Digits, and all other scripts.
    Other,
}

/// Finds all of them.
pub(super) fn find(prose: &Prose<'_>) -> Vec<Oddity> {
    let mut out = Vec::new();
    let plain: Vec<Option<Script>> =
        (0..prose.words.len()).map(|i| of_word(prose.word(i))).collect();
    let mut at = 0;
    while at < plain.len() {
        match plain[at] {
            None => {
                out.extend(inside(prose, at));
                at += 1;
            }
            Some(script @ (Script::Cyrillic | Script::Latin | Script::Greek)) => {
                let mut end = at + 1;
                while end < plain.len()
                    && plain[end] == Some(script)
                    && end - at <= 2 * AROUND
                    && script != Script::Latin
                {
                    end += 1;
                }
                out.extend(stray(prose, &plain, at..end, script));
                at = end;
            }
            Some(Script::Other) => at += 1,
        }
    }
    out
}

/// The script of a word's letters; `None` where there are several.
fn of_word(word: &str) -> Option<Script> {
    if word.is_ascii() {
        let letter = word.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
        return Some(if letter { Script::Latin } else { Script::Other });
    }
    let mut scripts = word.chars().map(of_letter).filter(|s| *s != Script::Other);
    let Some(first) = scripts.next() else { return Some(Script::Other) };
    scripts.all(|s| s == first).then_some(first)
}

fn of_letter(c: char) -> Script {
    match c {
        'a'..='z'
        | 'A'..='Z'
        | '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}'
        | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => Script::Cyrillic,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        _ => Script::Other,
    }
}

/// The Latin letter that a Cyrillic or Greek one looks like.
fn latin(c: char) -> Option<char> {
    const PAIRS: &[(&str, &str)] = &[
        ("АВЕЅІЈКМНОРСТУХҮԌԚԜҺ", "ABESIJKMHOPCTYXYGQWH"),
        ("асеѕіјорухһԁԛԝӏѵї", "acesijopyxhdqwlvï"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
        ("αονρυικ", "aovpuik"),
    ];
    PAIRS
        .iter()
        .find_map(|(from, to)| from.chars().position(|x| x == c).and_then(|n| to.chars().nth(n)))
}

/// Whether a letter could be mistaken for one of the other script.
fn looks_like(c: char, other: Script) -> bool {
    match other {
        Script::Latin => latin(c).is_some(),
        Script::Cyrillic => "ABESIJKMHOPCTYXacesijopyxkmhtï".contains(c),
        Script::Greek => "ABEZHIKMNOPTYXaovpuik".contains(c),
        Script::Other => false,
    }
}

fn name(script: Script) -> &'static str {
    match script {
        Script::Latin => "Latin",
        Script::Cyrillic => "Cyrillic",
        Script::Greek => "Greek",
        Script::Other => "other",
    }
}

/// A word of letters from two scripts.
fn inside(prose: &Prose<'_>, at: usize) -> Option<Oddity> {
    let word = prose.word(at);
    let count = |s: Script| word.chars().filter(|&c| of_letter(c) == s).count();
    let mut scripts =
        [Script::Latin, Script::Cyrillic, Script::Greek].map(|s| (count(s), s)).to_vec();
    scripts.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    let [(_, mut main), (n, mut rare), (third, _)] = scripts[..] else { return None };
    let of = |s: Script| word.chars().filter(move |&c| of_letter(c) == s);
    // Half and half: the strangers are those that could be the others.
    if !of(rare).all(|c| looks_like(c, main)) {
        std::mem::swap(&mut main, &mut rare);
    }
    // "kΩ", "ΑA": two letters in a table or formula.
    let greek = main == Script::Greek || rare == Script::Greek;
    if greek && (word.chars().count() < 3 || n * 2 > word.chars().count()) {
        return None;
    }
    if n == 0 || third > 0 || !of(rare).all(|c| looks_like(c, main)) || is_abbreviation(word) {
        return None;
    }
    let letters: Vec<String> = of(rare).map(|c| format!("{c} (U+{:04X})", u32::from(c))).collect();
    let text = format!(
        "The word holds {} {} among {} ones: {}.",
        if letters.len() == 1 { "a" } else { "the" },
        if letters.len() == 1 {
            format!("{} letter", name(rare))
        } else {
            format!("{} letters", name(rare))
        },
        name(main),
        letters.join(", ")
    );
    Some(Oddity::new(OddityCode::MixedScript, prose.span(at..at + 1), word, text))
}

/// "SMSка": capitals of one script with an ending in small letters.
fn is_abbreviation(word: &str) -> bool {
    let mut letters =
        word.chars().skip_while(|c| of_letter(*c) == Script::Latin && c.is_uppercase());
    let ending: Vec<char> = letters.by_ref().collect();
    let capitals = word.chars().count() - ending.len();
    capitals >= 2 && ending.iter().all(|c| of_letter(*c) == Script::Cyrillic && c.is_lowercase())
}

/// Words wholly of another script than those around them.
fn stray(
    prose: &Prose<'_>,
    plain: &[Option<Script>],
    words: Range<usize>,
    script: Script,
) -> Option<Oddity> {
    if words.len() > LEFT_OVER {
        return None;
    }
    // α, β, μ alone are meant.
    let letters: usize = words.clone().map(|i| prose.word(i).chars().count()).sum();
    if script == Script::Greek && letters == 1 {
        return None;
    }
    let alike =
        |main: Script| words.clone().all(|i| prose.word(i).chars().all(|c| looks_like(c, main)));
    if script == Script::Latin {
        // A single small letter: "c", "o" in Russian; longer words are meant.
        let word = prose.word(words.start);
        let small = word.chars().count() == 1 && word.starts_with(char::is_lowercase);
        let beside =
            |at: Option<usize>| at.and_then(|i| plain.get(i)) == Some(&Some(Script::Cyrillic));
        let between = beside(words.start.checked_sub(1)) && beside(Some(words.end));
        if !small || !between || !alike(Script::Cyrillic) {
            return None;
        }
    }
    let main = surroundings(plain, &words, script)?;
    let span = prose.span(words.clone());
    let said = prose.phrase(words.clone());
    let what = if words.len() == 1 { "This word is" } else { "These words are" };
    if alike(main) && words.len() <= 2 {
        let text = format!(
            "{what} written in {} letters that look like {} ones.",
            name(script),
            name(main)
        );
        return Some(Oddity::new(OddityCode::MixedScript, span, said, text));
    }
    let meant = prose
        .gap_before(words.start)
        .trim_end()
        .ends_with(['(', '[', '«', '“', '„', '‘', '"', '\'', ':']);
    if script != Script::Cyrillic || main != Script::Latin || meant {
        return None;
    }
    let text = format!("{what} in Cyrillic letters, in a sentence in Latin ones.");
    Some(Oddity::new(OddityCode::MixedScript, span, said, text))
}

/// The script of the words around, if it is another one and nearly the only.
fn surroundings(plain: &[Option<Script>], words: &Range<usize>, script: Script) -> Option<Script> {
    let near = words.start.saturating_sub(AROUND)..(words.end + AROUND).min(plain.len());
    let outside = near.filter(|i| !words.contains(i));
    let (mut counts, mut all) = ([0usize; 3], 0usize);
    for i in outside {
        let slot = match plain[i] {
            Some(Script::Latin) => 0,
            Some(Script::Cyrillic) => 1,
            Some(Script::Greek) => 2,
            _ => continue,
        };
        counts[slot] += 1;
        all += 1;
    }
    let scripts = [Script::Latin, Script::Cyrillic, Script::Greek];
    let most = (0..3).max_by_key(|&s| counts[s])?;
    (all >= 8 && counts[most] * 10 >= all * 8 && scripts[most] != script).then_some(scripts[most])
}
