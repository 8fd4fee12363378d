//! Whether the hyphen of a broken word is the word's own.
//!
//! For *reading*, the hyphen of a word broken over a line is kept when: the
//! text elsewhere has the word whole with its hyphen, and not more often
//! without; or it has neither and the second half begins with a capital after
//! a small letter, or a digit stands at the break. A hyphen before a space in
//! mid-line stays as it is.
//!
//! Comparison needs none of this, so it is decided when a broken word is first
//! read. The different words of the text are looked at, each once
//! ([`super::vocabulary`]); of the words whose key is not their source, each.

use super::keytable::{KeyTable, Packed};
use super::vocabulary::Vocabulary;
use super::words::{Break, Cut, Hyphen, Words, hyphen_len};

/// The breaks of `words`, with what reading makes of their hyphens.
pub(super) fn decided(text: &str, words: &Words, vocabulary: &Vocabulary) -> Vec<Break> {
    if words.cuts.is_empty() {
        return Vec::new();
    }
    let mut spellings = Spellings::for_breaks(words.cuts.len());
    let mut asked = Vec::with_capacity(words.cuts.len());
    for cut in &words.cuts {
        let left = last_part(&text[..cut.before as usize - hyphen_len(text, cut.before)]);
        let right = first_part(&text[cut.after as usize..]);
        asked.push((spellings.ask(left, "-", right), spellings.ask(left, "", right)));
    }
    // How often each key stands as its own source.
    let mut whole = vocabulary.counts().to_vec();
    for (k, w) in words.with_own_keys() {
        whole[vocabulary.numbers()[k] as usize] -= 1;
        if !w.broken {
            spellings.count_parts(&text[w.start as usize..w.end as usize], 1);
        }
    }
    for (number, times) in whole.into_iter().enumerate().filter(|(_, times)| *times > 0) {
        let key = vocabulary.key(text, words, number as u32);
        if key.bytes().all(|b| b.is_ascii() && b != b'-') {
            // What its ends enclose is one part, or nothing that was asked for.
            spellings.count_plain(key, times);
        } else {
            spellings.count_parts(key, times);
        }
    }
    let counts = spellings.counts;
    let decide = |(cut, (with, without)): (&Cut, (usize, usize))| {
        let Cut { before, after } = *cut;
        let hyphen = if !text[before as usize..after as usize].contains(['\n', '\r']) {
            Hyphen::Spaced
        } else {
            let kept = match (counts[with], counts[without]) {
                (0, 0) => looks_compound(text, cut),
                (whole, joined) => whole >= joined,
            };
            if kept { Hyphen::Keep } else { Hyphen::Drop }
        };
        Break { before, after, hyphen }
    };
    words.cuts.iter().zip(asked).map(decide).collect()
}

/// Letters and digits; the punctuation of books is told by a glance.
fn is_alphanumeric(c: char) -> bool {
    !('\u{2000}'..='\u{206f}').contains(&c) && c.is_alphanumeric()
}

/// The letters before a break, as far as the hyphen or space before them.
fn last_part(before: &str) -> &str {
    let from = before.char_indices().rev().take_while(|(_, c)| is_alphanumeric(*c)).last();
    &before[from.map_or(before.len(), |(i, _)| i)..]
}

/// The letters after a break.
fn first_part(after: &str) -> &str {
    let end = after.find(|c: char| !is_alphanumeric(c)).unwrap_or(after.len());
    &after[..end]
}

/// Spellings asked for, lower case, and how often each was seen. A small table
/// of what they look like from outside (length, first and last bytes) turns
/// most words away before they are looked up.
struct Spellings {
    numbers: KeyTable,
    /// All spellings, and where each ends.
    text: String,
    ends: Vec<usize>,
    counts: Vec<u32>,
    /// One bit a shape.
    shapes: Vec<u64>,
    shortest: usize,
    longest: usize,
    lower: String,
}

impl Spellings {
    fn for_breaks(breaks: usize) -> Self {
        Self {
            numbers: KeyTable::for_keys(2 * breaks),
            text: String::new(),
            ends: Vec::with_capacity(2 * breaks),
            counts: Vec::with_capacity(2 * breaks),
            shapes: vec![0; 1 << 10],
            shortest: usize::MAX,
            longest: 0,
            lower: String::new(),
        }
    }

    /// The number under which this spelling is counted.
    fn ask(&mut self, left: &str, hyphen: &str, right: &str) -> usize {
        self.lower.clear();
        self.lower.push_str(left);
        self.lower.push_str(hyphen);
        self.lower.push_str(right);
        make_lower(&mut self.lower);
        let (text, ends, lower) = (&self.text, &self.ends, self.lower.as_str());
        let same = |n: u32| spelling(text, ends, n) == lower;
        let (number, new) = self.numbers.number(Packed::of(lower), same);
        if new {
            let shape = shape(lower.as_bytes());
            self.shapes[shape / 64] |= 1 << (shape % 64);
            self.shortest = self.shortest.min(lower.len());
            self.longest = self.longest.max(lower.len());
            self.text.push_str(lower);
            self.ends.push(self.text.len());
            self.counts.push(0);
        }
        number as usize
    }

    /// Whether a spelling that was asked for looks like this one from outside.
    fn has_shape(&self, s: &[u8]) -> bool {
        let shape = shape(s);
        self.shapes[shape / 64] >> (shape % 64) & 1 == 1
    }

    /// Counts the one part of an ASCII word, without the marks at its ends.
    fn count_plain(&mut self, word: &str, times: u32) {
        let b = word.as_bytes();
        let (mut from, mut to) = (0, b.len());
        while from < to && !b[from].is_ascii_alphanumeric() {
            from += 1;
        }
        while from < to && !b[to - 1].is_ascii_alphanumeric() {
            to -= 1;
        }
        if (self.shortest..=self.longest).contains(&(to - from)) && self.has_shape(&b[from..to]) {
            self.count(&word[from..to], times);
        }
    }

    fn count(&mut self, s: &str, times: u32) {
        if s.is_ascii() && !self.has_shape(s.as_bytes()) {
            return;
        }
        self.lower.clear();
        self.lower.push_str(s);
        make_lower(&mut self.lower);
        let (text, ends, lower) = (&self.text, &self.ends, self.lower.as_str());
        let same = |n: u32| spelling(text, ends, n) == lower;
        if let Some(number) = self.numbers.get(Packed::of(lower), same) {
            self.counts[number as usize] += times;
        }
    }

    /// Counts the runs of letters of one word, and its pairs of runs that a
    /// hyphen joins.
    fn count_parts(&mut self, word: &str, times: u32) {
        let bytes = word.as_bytes();
        let mut before: Option<usize> = None;
        let mut at = 0;
        loop {
            let from =
                match bytes[at..].iter().position(|b| b.is_ascii_alphanumeric() || !b.is_ascii()) {
                    Some(skip) if bytes[at + skip].is_ascii() => at + skip,
                    Some(skip) => match word[at + skip..].find(is_alphanumeric) {
                        Some(more) => at + skip + more,
                        None => return,
                    },
                    None => return,
                };
            let ascii = bytes[from..]
                .iter()
                .position(|b| !b.is_ascii_alphanumeric())
                .map_or(bytes.len(), |n| from + n);
            let to = match bytes.get(ascii) {
                Some(b) if !b.is_ascii() => ascii + first_part(&word[ascii..]).len(),
                _ => ascii,
            };
            self.count(&word[from..to], times);
            if let Some(first) = before
                && from == at + 1
                && bytes[at] == b'-'
            {
                self.count(&word[first..to], times);
            }
            (before, at) = (Some(from), to);
        }
    }
}

/// The spelling with this number.
fn spelling<'s>(text: &'s str, ends: &[usize], number: u32) -> &'s str {
    let number = number as usize;
    &text[number.checked_sub(1).map_or(0, |before| ends[before])..ends[number]]
}

fn make_lower(s: &mut String) {
    if s.is_ascii() {
        s.make_ascii_lowercase();
    } else {
        *s = s.chars().flat_map(char::to_lowercase).collect();
    }
}

/// Length, first two and last two bytes, case folded, hashed to sixteen bits.
fn shape(s: &[u8]) -> usize {
    let bits = |b: u8| u32::from(b | 0x20);
    let ends = match s {
        [a, b, .., c, d] => bits(*a) << 24 | bits(*b) << 16 | bits(*c) << 8 | bits(*d),
        [a, .., d] => bits(*a) << 8 | bits(*d),
        _ => 0,
    };
    ((ends ^ s.len() as u32).wrapping_mul(0x9e37_79b1) >> 16) as usize
}

/// Whether a break that the text decides nowhere else looks like a compound.
fn looks_compound(text: &str, cut: &Cut) -> bool {
    let left = text[..cut.before as usize - hyphen_len(text, cut.before)].chars().next_back();
    let right = text[cut.after as usize..].chars().next();
    let right = right.expect("a word goes on after its break");
    left.is_some_and(|l| l.is_numeric() || (l.is_lowercase() && right.is_uppercase()))
        || right.is_numeric()
}
