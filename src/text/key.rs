//! The key by which words are compared (FORMAT 16): NFC; curly quotes
//! straightened; dashes and hyphens straightened, and dropped between letters
//! together with the break; soft hyphens and zero-width characters dropped;
//! case kept. A hyphen beside a digit stays ("5-7" is not "57").

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Appends the comparison key of a whole word.
pub(super) fn push_key(word: &str, out: &mut String) {
    if word.is_ascii() {
        return push_ascii(word, out);
    }
    // Latin, and the punctuation of books, is NFC whatever its order.
    let composed = |c: char| c < '\u{300}' || ('\u{2010}'..='\u{2027}').contains(&c);
    let word = match word.chars().all(composed) || is_nfc_quick(word.chars()) == IsNormalized::Yes {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.nfc().collect::<String>()),
    };
    let from = out.len();
    // Last character written, and whether a hyphen waits for what follows it.
    let (mut before, mut hyphen): (Option<char>, bool) = (None, false);
    for c in word.chars() {
        let c = match c {
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}' => continue,
            '‘' | '’' | '‚' | '‛' | '′' => '\'',
            '“' | '”' | '„' | '‟' | '″' => '"',
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => {
                hyphen = true;
                continue;
            }
            '…' => {
                push_hyphen(&mut hyphen, out);
                out.push_str("...");
                before = Some('.');
                continue;
            }
            c => c,
        };
        if hyphen && before.is_some_and(char::is_alphabetic) && c.is_alphabetic() {
            hyphen = false;
        }
        push_hyphen(&mut hyphen, out);
        out.push(c);
        before = Some(c);
    }
    // A dash at the end of a word, or alone, stays.
    push_hyphen(&mut hyphen, out);
    if out.len() == from {
        // Nothing but invisible characters: they are the word.
        out.push_str(&word);
    }
}

fn push_hyphen(hyphen: &mut bool, out: &mut String) {
    if std::mem::take(hyphen) {
        out.push('-');
    }
}

/// The same for a word in ASCII, where only hyphens matter.
fn push_ascii(word: &str, out: &mut String) {
    let bytes = word.as_bytes();
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|b| *b == b'-') {
        let (before, run) = (&word[from..from + at], &bytes[from + at..]);
        out.push_str(before);
        let after = run.iter().position(|b| *b != b'-').unwrap_or(run.len());
        let letter = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphabetic);
        if !(letter(before.as_bytes().last()) && letter(run.get(after))) {
            out.push('-');
        }
        from += at + after;
    }
    out.push_str(&word[from..]);
}
