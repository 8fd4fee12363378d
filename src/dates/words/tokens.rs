//! Words, numbers and signs of a text, as far as dates need them.

use super::super::day::{Day, Weekday};

/// What stands between a token and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    /// Spaces, with one line end at most.
    Space,
    /// A blank line, or the beginning of the text.
    Far,
}

impl Gap {
    pub fn is_none(self) -> bool {
        self == Self::None
    }

    pub fn is_some(self) -> bool {
        self != Self::None
    }

    pub fn is_space(self) -> bool {
        self == Self::Space
    }

    pub fn is_close(self) -> bool {
        self != Self::Far
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    Month(u8),
    Weekday(Weekday),
    /// Digits 0 to 9: the number, at most 9,999 (else 10,000).
    Number(u32),
    Other(char),
}

#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub kind: Kind,
    pub text: &'t str,
    pub start: usize,
    pub end: usize,
    pub gap: Gap,
}

impl Token<'_> {
    /// The word, if it is one that names neither month nor weekday.
    pub fn word(&self) -> Option<&str> {
        (self.kind == Kind::Word).then_some(self.text)
    }

    /// The number and how many digits it has.
    pub fn number(&self) -> Option<(u32, usize)> {
        match self.kind {
            Kind::Number(n) => Some((n, self.text.len())),
            _ => None,
        }
    }

    /// The number as a day that `month` has in some year.
    pub fn day_of(&self, month: u8) -> Option<u8> {
        let (n, 1 | 2) = self.number()? else { return None };
        let day = u8::try_from(n).ok()?;
        Day::new(2000, month, day).map(|_| day)
    }

    pub fn is_ordinal(&self) -> bool {
        matches!(self.word(), Some("st" | "nd" | "rd" | "th"))
    }

    pub fn is_dash(&self) -> bool {
        matches!(self.kind, Kind::Other('-' | '\u{2010}'..='\u{2014}'))
    }

    pub fn roman_month(&self) -> Option<u8> {
        const ROMAN: [&str; 12] =
            ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
        let at = ROMAN.iter().position(|&r| r == self.text)?;
        Some(at as u8 + 1)
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The month of a name with a capital, whole or abbreviated.
fn month(word: &str) -> Option<u8> {
    let number = |i: usize| i as u8 + 1;
    named(word, &MONTHS, &[3]).map(number).or((word == "Sept" || word == "SEPT").then_some(9))
}

fn weekday(word: &str) -> Option<Weekday> {
    const NAMES: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let other = match word {
        "Tues" => Some(1),
        "Thur" | "Thurs" => Some(3),
        _ => None,
    };
    named(word, &NAMES, &[3]).or(other).map(|i| Weekday::ALL[i])
}

/// The place in `names` of a word that is one of them, or its first letters.
fn named(word: &str, names: &[&str], lengths: &[usize]) -> Option<usize> {
    let capitals = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    names.iter().position(|name| {
        let short = lengths.contains(&word.len()) || word.len() == name.len();
        let start = name.get(..word.len());
        short && start.is_some_and(|s| s == word || (capitals && s.eq_ignore_ascii_case(word)))
    })
}

pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut gap = Gap::Far;
    let mut line_ends = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            line_ends += usize::from(c == '\n');
            gap = gap.max(if line_ends > 1 { Gap::Far } else { Gap::Space });
            continue;
        }
        let same: fn(char) -> bool = match c {
            '0'..='9' => |c| c.is_ascii_digit(),
            c if c.is_alphabetic() => char::is_alphabetic,
            _ => |_| false,
        };
        let mut end = start + c.len_utf8();
        while let Some(&(i, next)) = chars.peek()
            && same(next)
        {
            end = i + next.len_utf8();
            chars.next();
        }
        let word = &text[start..end];
        let kind = if c.is_ascii_digit() {
            Kind::Number(if word.len() <= 4 { word.parse().unwrap_or(10_000) } else { 10_000 })
        } else if c.is_alphabetic() {
            let month = month(word).map(Kind::Month);
            month.or_else(|| weekday(word).map(Kind::Weekday)).unwrap_or(Kind::Word)
        } else {
            Kind::Other(c)
        };
        out.push(Token { kind, text: word, start, end, gap });
        (gap, line_ends) = (Gap::None, 0);
    }
    out
}
