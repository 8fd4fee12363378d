//! Cuts a text into atoms, the units in which histories are compared: finer
//! than words, so that a comma put behind a word does not make the word new.
//!
//! An *atom* is a run of letters and digits, or a run of one and the same mark
//! (`==`, `[[`, `,`). Apostrophes between letters belong to the run. So does a
//! hyphen between letters, and a hyphen with spaces and at most one line end
//! between letters; neither counts for the *hash*, by which atoms are compared.
//! The hash also sees through what the key of a word (FORMAT 16) sees through:
//! curly quotes, dashes, soft hyphens, characters without width, and NFC. In
//! scripts without spaces (Han, kana, Thai, Lao, Khmer, Burmese) every
//! character with its marks is an atom. Running heads are not looked for.
//!
//! One pass; words of plain ASCII are hashed eight bytes at a time. The hash
//! has 64 bits and fixed keys: no accident makes two words equal, malice can.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A run of letters and digits, or of one mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Atom {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Equal hashes: the same atom, however it is printed.
    pub hash: u64,
}

/// Appends the atoms of `text[from..to]`, which lie between borders that
/// [`border_before`] and [`border_after`] gave, or between ends of the text.
pub fn atoms(text: &str, from: usize, to: usize, out: &mut Vec<Atom>) {
    cut(text, from, to, true, out);
}

/// The same, but a hyphen before white space ends its run: so what follows a
/// dangling hyphen is found as a word of its own, too.
pub fn atoms_apart(text: &str, from: usize, to: usize, out: &mut Vec<Atom>) {
    cut(text, from, to, false, out);
}

fn cut(text: &str, from: usize, to: usize, over_space: bool, out: &mut Vec<Atom>) {
    let text = &text[..to];
    let bytes = text.as_bytes();
    let mut key = String::new();
    let mut at = from;
    while at < to {
        let start = at;
        match CLASS[bytes[at] as usize] {
            Class::Space => at += 1,
            Class::Plain => {
                while at < to && CLASS[bytes[at] as usize] == Class::Plain {
                    at += 1;
                }
                let more =
                    at < to && matches!(CLASS[bytes[at] as usize], Class::Joint | Class::High);
                let hash = if more {
                    at = run(text, start, at, over_space, &mut key);
                    hash(key.as_bytes())
                } else {
                    hash(&bytes[start..at])
                };
                let hash = hash & !MARK;
                out.push(Atom { start: start as u32, end: at as u32, hash });
            }
            Class::Mark | Class::Joint => {
                while at < to && bytes[at] == bytes[start] {
                    at += 1;
                }
                out.push(Atom {
                    start: start as u32,
                    end: at as u32,
                    hash: hash(&bytes[start..at]) | MARK,
                });
            }
            Class::High => {
                let c = char_at(text, at);
                if c.is_whitespace() || is_invisible(c) {
                    at += c.len_utf8();
                    continue;
                }
                key.clear();
                let mut mark = 0;
                if is_apart(c) {
                    at += c.len_utf8();
                    key.push(c);
                    while let Some(m) = text[at..].chars().next().filter(|&m| is_combining_mark(m))
                    {
                        at += m.len_utf8();
                        key.push(m);
                    }
                } else if c.is_alphanumeric() {
                    at = run(text, start, start, over_space, &mut key);
                } else {
                    mark = MARK;
                    while text[at..].starts_with(c) {
                        at += c.len_utf8();
                        key.push_str(straight(c).encode_utf8(&mut [0; 4]));
                        if c == '…' {
                            key.push_str("..");
                        }
                    }
                }
                out.push(Atom {
                    start: start as u32,
                    end: at as u32,
                    hash: hash(key.as_bytes()) & !MARK | mark,
                });
            }
        }
    }
}

/// The last border at or before `at`: atoms before it and after it are the
/// same whatever stands on the other side. A border follows white space that
/// follows no hyphen, and is before something else than white space; or it is
/// the beginning.
pub fn border_before(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        while at > 0 && !bytes[at - 1].is_ascii_whitespace() {
            at -= 1;
        }
        let mut space = at;
        while space > 0 && bytes[space - 1].is_ascii_whitespace() {
            space -= 1;
        }
        if space == 0 {
            return 0;
        }
        if !ends_in_hyphen(&text[..space]) {
            return at;
        }
        at = space;
    }
}

/// The first border at or after `at` that stays one whatever stands before
/// `at`: white space and the character before it lie between.
pub fn border_after(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut k = at;
    loop {
        while k < bytes.len() && bytes[k].is_ascii_whitespace() {
            k += 1;
        }
        let word = k;
        while k < bytes.len() && !bytes[k].is_ascii_whitespace() {
            k += 1;
        }
        let end = k;
        while k < bytes.len() && bytes[k].is_ascii_whitespace() {
            k += 1;
        }
        if k == bytes.len() {
            return k;
        }
        // A character of which only the end lies behind `at` says nothing.
        let whole = (word..end).find(|&b| text.is_char_boundary(b));
        if whole.is_some_and(|w| w < end && !ends_in_hyphen(&text[w..end])) {
            return k;
        }
    }
}

/// Whether a run may go on behind `text` and white space. Where nothing is to
/// be seen it may.
fn ends_in_hyphen(text: &str) -> bool {
    let last = text.as_bytes().last().copied().unwrap_or(b'-');
    if last.is_ascii_graphic() {
        return last == b'-';
    }
    let seen = |c: &char| {
        is_hyphen(*c) || !(c.is_whitespace() || is_combining_mark(*c) || is_invisible(*c))
    };
    text.chars().rev().find(seen).is_none_or(is_hyphen)
}

/// Reads the run that begins at `start` and is plain up to `at`; its key goes
/// to `key`. The end of it.
fn run(text: &str, start: usize, mut at: usize, over_space: bool, key: &mut String) -> usize {
    key.clear();
    key.push_str(&text[start..at]);
    let mut before = key.chars().next_back();
    let mut composed = true;
    while let Some(c) = text[at..].chars().next() {
        let after = at + c.len_utf8();
        let letter = before.is_some_and(char::is_alphabetic);
        if is_invisible(c) && c != '\u{ad}' {
            at = after;
        } else if is_hyphen(c) {
            let next = if letter { joined(text, after) } else { None };
            let Some(next) = next.filter(|n| over_space || *n == after) else { break };
            at = next;
        } else if matches!(straight(c), '\'') {
            let next = text[after..].chars().next();
            if !(letter && next.is_some_and(|n| n.is_alphabetic() && !is_apart(n))) {
                break;
            }
            key.push('\'');
            before = Some('\'');
            at = after;
        } else if is_combining_mark(c) {
            composed = false;
            key.push(c);
            at = after;
        } else if c.is_alphanumeric() && !is_apart(c) {
            composed &= c < '\u{300}' || ('\u{400}'..'\u{483}').contains(&c);
            key.push(c);
            before = Some(c);
            at = after;
        } else {
            break;
        }
    }
    if !composed && is_nfc_quick(key.chars()) != IsNormalized::Yes {
        *key = key.nfc().collect();
    }
    at
}

/// Where a run goes on behind a hyphen that ends at `at`, if it does.
fn joined(text: &str, at: usize) -> Option<usize> {
    let mut next = at;
    let mut ends = 0;
    for c in text[at..].chars() {
        if !c.is_whitespace() {
            let goes_on = c.is_alphabetic() && !is_apart(c) && ends <= 1;
            return goes_on.then_some(next);
        }
        ends += u32::from(c == '\n');
        next += c.len_utf8();
    }
    None
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2013}' | '\u{2212}')
}

/// Characters that are not seen: those that the key of a word drops.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn straight(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '″' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '…' => '.',
        c => c,
    }
}

/// Letters of scripts that put no spaces between words.
fn is_apart(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        && c.is_alphanumeric()
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("a character starts here")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    /// ASCII letters and digits.
    Plain,
    /// Marks that may join two runs.
    Joint,
    Mark,
    High,
}

const CLASS: [Class; 256] = {
    let mut table = [Class::High; 256];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        table[b] = if c.is_ascii_alphanumeric() {
            Class::Plain
        } else if matches!(c, b'-' | b'\'') {
            Class::Joint
        } else if matches!(c, b'\t'..=b'\r' | b' ') {
            Class::Space
        } else {
            Class::Mark
        };
        b += 1;
    }
    table
};

/// Set in the hash of marks, not in that of runs of letters and digits.
const MARK: u64 = 1 << 40;

impl Atom {
    /// Whether an atom with this hash is a mark, not letters and digits.
    pub const fn is_mark(hash: u64) -> bool {
        hash & MARK != 0
    }
}

/// A hash of bytes, the same in every run of the program.
pub fn hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let fold = |x: u64, y: u64| {
        let wide = u128::from(x) * u128::from(y);
        (wide as u64) ^ ((wide >> 64) as u64)
    };
    let mut h = (bytes.len() as u64).wrapping_mul(K) ^ 0x2545_f491_4f6c_dd1d;
    let mut eights = bytes.chunks_exact(8);
    for eight in &mut eights {
        h = fold(h ^ u64::from_le_bytes(eight.try_into().expect("eight bytes")), K);
    }
    let mut last = [0; 8];
    let rest = eights.remainder();
    last[..rest.len()].copy_from_slice(rest);
    fold(fold(h ^ u64::from_le_bytes(last), K) ^ 0xd6e8_feb8_6659_fd93, K)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<Atom> {
        let mut out = Vec::new();
        atoms(text, 0, text.len(), &mut out);
        out
    }

    fn pieces(text: &str) -> Vec<&str> {
        all(text).iter().map(|a| &text[a.start as usize..a.end as usize]).collect()
    }

    fn hashes(text: &str) -> Vec<u64> {
        all(text).iter().map(|a| a.hash).collect()
    }

    #[test]
    fn letters_and_marks_are_apart() {
        assert_eq!(
            pieces("== The mill's end, 5-7 days =='''so'''[[x|y]]"),
            [
                "==", "The", "mill's", "end", ",", "5", "-", "7", "days", "==", "'''", "so", "'''",
                "[[", "x", "|", "y", "]]"
            ]
        );
        assert_eq!(pieces("東京の塔"), ["東", "京", "の", "塔"]);
        let marks =
            |text: &str| all(text).iter().map(|a| Atom::is_mark(a.hash)).collect::<Vec<_>>();
        assert_eq!(marks("so, 5 – é東”…"), [false, true, false, true, false, false, true, true]);
        assert_eq!(pieces("Ёлка—é"), ["Ёлка", "—", "é"]);
    }

    #[test]
    fn print_does_not_change_atoms() {
        let a =
            hashes("the half-hour passengers said \"no\" - it's 1990-1995... re\u{301}sume\u{301}");
        assert_eq!(a, hashes("the half-\nhour passen-\n  gers said “no” – it’s 1990–1995… résumé"));
        assert_eq!(
            a,
            hashes("the halfhour pas\u{ad}sengers said \"no\" \u{2014} it's 1990-1995... résumé")
        );
        assert_ne!(hashes("half-\n\nhour"), hashes("halfhour"));
        assert_ne!(hashes("The"), hashes("the"));
        assert_ne!(hashes("abcdefgh"), hashes("abcdefgh\0"));
    }

    fn text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            4 => "[a-cA]{1,3}",
            4 => Just(" ".to_owned()),
            2 => Just("\n".to_owned()),
            2 => Just("-".to_owned()),
            1 => "[0-9'’.,é\u{301}\u{ad}\u{a0}東—\u{200b}]",
            1 => "\\PC",
        ];
        prop::collection::vec(part, 0..40).prop_map(|v| v.concat())
    }

    proptest! {
        #[test]
        fn borders_cut_no_atom(head in text(), tail in text(), other in text(), at in any::<prop::sample::Index>()) {
            let whole = format!("{head}{tail}");
            let at = at.index(whole.len() + 1);
            for border in [border_before(&whole, at), border_after(&whole, at)] {
                prop_assert!(whole.is_char_boundary(border));
                let mut out = Vec::new();
                atoms(&whole, 0, border, &mut out);
                atoms(&whole, border, whole.len(), &mut out);
                prop_assert_eq!(out, all(&whole));
            }
            prop_assert!(border_before(&whole, at) <= at && at <= border_after(&whole, at));
            // The tail has its border wherever it stands.
            let from_tail = border_after(&whole, head.len()) - head.len();
            let elsewhere = format!("{other}{tail}");
            let mut out = Vec::new();
            atoms(&elsewhere, 0, other.len() + from_tail, &mut out);
            atoms(&elsewhere, other.len() + from_tail, elsewhere.len(), &mut out);
            prop_assert_eq!(out, all(&elsewhere));
        }
    }
}
