//! In which script words are written, as far as the commonest ones go.

/// A script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Greek,
    Armenian,
    Georgian,
    Hebrew,
    Arabic,
    Indic,
    Thai,
    EastAsian,
}

/// The script of a letter; none for signs, digits and rarer scripts.
fn of_letter(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{530}'..='\u{58f}' => Script::Armenian,
        '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' => Script::Georgian,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' => Script::Arabic,
        '\u{900}'..='\u{dff}' => Script::Indic,
        '\u{e00}'..='\u{e7f}' => Script::Thai,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => {
            Script::EastAsian
        }
        _ => return None,
    })
}

/// The script of most letters; none where there are too few to say.
pub(super) fn of_words(words: &str) -> Option<Script> {
    /// Fewer letters are a name, or nothing.
    const LETTERS: usize = 8;
    let mut counts: Vec<(Script, usize)> = Vec::new();
    for script in words.chars().filter_map(of_letter) {
        match counts.iter_mut().find(|(s, _)| *s == script) {
            Some((_, n)) => *n += 1,
            None => counts.push((script, 1)),
        }
    }
    counts.into_iter().filter(|(_, n)| *n >= LETTERS).max_by_key(|(_, n)| *n).map(|(s, _)| s)
}

/// The script in which a language is mostly written.
pub(super) fn of_language(tag: &str) -> Script {
    match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "kk" | "ky" | "tg" | "mn" | "os" | "ab" => {
            Script::Cyrillic
        }
        "el" => Script::Greek,
        "hy" => Script::Armenian,
        "ka" => Script::Georgian,
        "he" | "yi" => Script::Hebrew,
        "ar" | "fa" | "ur" | "ps" | "ckb" | "sd" => Script::Arabic,
        "hi" | "mr" | "ne" | "bn" | "ta" | "te" | "ml" | "kn" | "gu" | "pa" | "si" => Script::Indic,
        "th" => Script::Thai,
        "zh" | "ja" | "ko" => Script::EastAsian,
        _ => Script::Latin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_letters_decide() {
        assert_eq!(of_words("Это было не так, см. p. 12"), Some(Script::Cyrillic));
        assert_eq!(of_words("Cầu tàu dài ở Đà Nẵng"), Some(Script::Latin));
        assert_eq!(of_words("12, 13"), None);
        assert_eq!(of_language("ru-RU"), Script::Cyrillic);
        assert_eq!(of_language(""), Script::Latin);
    }
}
