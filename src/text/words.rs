//! Cuts a text into words and rejoins broken ones.
//!
//! A *token* is a maximal run of characters that are not White_Space
//! (Unicode). A *word* is a token, or a chain of tokens that belong together:
//! a token that ends in a letter or digit and a hyphen is continued by the
//! next token when that begins with a letter (or a digit, after a digit) and
//! only layout lies between: spaces, one line end, a page start, a running
//! head or page number, in any mixture. A blank line without a page start
//! after it ends the word. Since a hyphen in mid-line is joined by the same
//! rule, two editions that differ only in where lines break have the same
//! words (FORMAT 16).
//!
//! For *reading*, the hyphen of a word broken over a line is kept when: the
//! text elsewhere has the word whole with its hyphen, and not more often
//! without; or it has neither and the second half begins with a capital after
//! a small letter, or a digit stands at the break. A hyphen before a space in
//! mid-line stays as it is.
//!
//! The *key*, for comparison: NFC; curly quotes straightened; dashes and
//! hyphens straightened, and dropped between letters together with the break;
//! soft hyphens and zero-width characters dropped; case kept. A hyphen beside
//! a digit stays ("5-7" is not "57"). Keys that equal their source are slices
//! of it; the others lie in one string.
//!
//! One pass, and one over the compounds for the broken words.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::layout::Layout;
use super::squeeze::is_letter;

/// One word of a [`super::View`]: bytes in the source, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// First byte, in the source.
    pub start: u32,
    /// One past the last byte. A word that is broken over a running head has
    /// the head's words within its range.
    pub end: u32,
    /// A running head or page number: not part of what the author wrote.
    pub layout: bool,
    /// Broken over a line, page or space: [`super::View::word_text`] rejoins
    /// it.
    pub broken: bool,
    pub(super) key: (u32, u32),
    pub(super) key_in_source: bool,
}

/// A place where a word is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Break {
    /// One past the hyphen.
    pub before: u32,
    /// First byte of the rest of the word.
    pub after: u32,
    pub hyphen: Hyphen,
}

/// What reading makes of the hyphen at a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hyphen {
    Keep,
    Drop,
    /// Broken in mid-line: hyphen and space stay.
    Spaced,
}

#[derive(Debug, Default)]
pub(super) struct Words {
    pub words: Vec<Word>,
    pub breaks: Vec<Break>,
    /// Keys that are no slice of the source.
    pub keys: String,
}

#[derive(Clone, Copy)]
struct Token {
    start: u32,
    end: u32,
    layout: bool,
    plain: bool,
}

impl Words {
    pub fn of(text: &str, layout: &Layout) -> Self {
        let tokens = tokens(text, layout);
        let mut out = Self { words: Vec::with_capacity(tokens.len()), ..Self::default() };
        // A broken word swallows its later tokens; the heads between them stay.
        let mut swallowed = vec![false; tokens.len()];
        for (i, t) in tokens.iter().enumerate() {
            if swallowed[i] {
                continue;
            }
            let first_break = out.breaks.len();
            let mut last = i;
            while let Some(next) =
                (!t.layout).then(|| continuation(text, &tokens, last, layout)).flatten()
            {
                let (before, after) = (tokens[last].end, tokens[next].start);
                out.breaks.push(Break { before, after, hyphen: Hyphen::Drop });
                swallowed[next] = true;
                last = next;
            }
            let (start, end, broken) = (t.start, tokens[last].end, last > i);
            let (key, key_in_source) = if t.plain && !broken {
                ((start, end), true)
            } else {
                let at = out.keys.len() as u32;
                push_key(
                    &joined(text, start, end, &out.breaks[first_break..], |_| "-"),
                    &mut out.keys,
                );
                ((at, out.keys.len() as u32), false)
            };
            out.words.push(Word { start, end, layout: t.layout, broken, key, key_in_source });
        }
        out.decide_hyphens(text);
        out
    }

    /// Keeps the hyphens of broken compounds that stand whole elsewhere.
    fn decide_hyphens(&mut self, text: &str) {
        if self.breaks.is_empty() {
            return;
        }
        let mut spellings = Spellings { shortest: usize::MAX, ..Spellings::default() };
        let mut asked = Vec::with_capacity(self.breaks.len());
        for b in &self.breaks {
            let left = last_part(&text[..b.before as usize - hyphen_len(text, b.before)]);
            let right = first_part(&text[b.after as usize..]);
            asked.push((spellings.ask(left, "-", right), spellings.ask(left, "", right)));
        }
        for w in self.words.iter().filter(|w| !w.broken) {
            let word = &text[w.start as usize..w.end as usize];
            if w.key_in_source {
                // ASCII without hyphens: what its ends enclose is one part, or
                // nothing that was asked for.
                spellings.count_plain(word);
            } else {
                spellings.count_parts(word);
            }
        }
        let counts = spellings.counts;
        for (b, (with, without)) in self.breaks.iter_mut().zip(asked) {
            let between = &text[b.before as usize..b.after as usize];
            if !between.contains(['\n', '\r']) {
                b.hyphen = Hyphen::Spaced;
                continue;
            }
            let (whole, joined) = (counts[with], counts[without]);
            let kept = match (whole, joined) {
                (0, 0) => looks_compound(text, b),
                (w, j) => w >= j,
            };
            b.hyphen = if kept { Hyphen::Keep } else { Hyphen::Drop };
        }
    }

    pub fn breaks_in(&self, w: &Word) -> &[Break] {
        if !w.broken {
            return &[];
        }
        let from = self.breaks.partition_point(|b| b.before <= w.start);
        let to = self.breaks.partition_point(|b| b.after < w.end);
        &self.breaks[from..to]
    }

    pub fn text<'t>(&self, text: &'t str, w: &Word) -> Cow<'t, str> {
        if !w.broken {
            return Cow::Borrowed(&text[w.start as usize..w.end as usize]);
        }
        Cow::Owned(joined(text, w.start, w.end, self.breaks_in(w), |b| match b.hyphen {
            Hyphen::Keep => "-",
            Hyphen::Drop => "",
            Hyphen::Spaced => "- ",
        }))
    }
}

/// The pieces of a broken word, each hyphen at a break spelled by `hyphen`.
fn joined(
    text: &str,
    start: u32,
    end: u32,
    breaks: &[Break],
    hyphen: impl Fn(&Break) -> &'static str,
) -> String {
    let mut out = String::with_capacity((end - start) as usize);
    let mut from = start as usize;
    for b in breaks {
        out.push_str(&text[from..b.before as usize - hyphen_len(text, b.before)]);
        out.push_str(hyphen(b));
        from = b.after as usize;
    }
    out.push_str(&text[from..end as usize]);
    out
}

/// Bytes of the hyphen that ends at `before`.
pub(super) fn hyphen_len(text: &str, before: u32) -> usize {
    text[..before as usize].chars().next_back().map_or(0, char::len_utf8)
}

fn tokens(text: &str, layout: &Layout) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len() / 6 + 1);
    let mut heads = layout.heads.iter();
    let mut head = heads.next().cloned().unwrap_or(u32::MAX..u32::MAX);
    let mut at = 0;
    loop {
        // White_Space beyond ASCII is rare: only those bytes are decoded.
        while at < bytes.len() {
            let b = bytes[at];
            if b.is_ascii() {
                if !is_space(b) {
                    break;
                }
                at += 1;
            } else {
                let c = char_at(text, at);
                if !c.is_whitespace() {
                    break;
                }
                at += c.len_utf8();
            }
        }
        if at == bytes.len() {
            return out;
        }
        let start = at;
        let mut plain = true;
        while let Some(&b) = bytes.get(at) {
            if PLAIN[b as usize] {
                at += 1;
            } else if b == b'-' {
                plain = false;
                at += 1;
            } else if b.is_ascii() {
                break;
            } else {
                let c = char_at(text, at);
                if c.is_whitespace() {
                    break;
                }
                plain = false;
                at += c.len_utf8();
            }
        }
        while head.end as usize <= start {
            head = heads.next().cloned().unwrap_or(u32::MAX..u32::MAX);
        }
        let layout = head.start as usize <= start;
        out.push(Token { start: start as u32, end: at as u32, layout, plain });
    }
}

/// ASCII that is neither white space nor hyphen: the inner loop sees little
/// else.
const PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 128 {
        table[b] = !is_space(b as u8) && b as u8 != b'-';
        b += 1;
    }
    table
};

/// White_Space within ASCII (Unicode: TAB to CR, SPACE).
const fn is_space(b: u8) -> bool {
    matches!(b, b'\t'..=b'\r' | b' ')
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("a character starts here")
}

/// The token that continues token `i`, when that ends in a breaking hyphen.
fn continuation(text: &str, tokens: &[Token], i: usize, layout: &Layout) -> Option<usize> {
    let t = tokens[i];
    // Quick look: nearly all tokens end here.
    let last = text.as_bytes()[t.end as usize - 1];
    if last != b'-' && last.is_ascii() {
        return None;
    }
    let mut chars = text[t.start as usize..t.end as usize].chars().rev();
    if !matches!(chars.next()?, '-' | '\u{2010}' | '\u{ad}') {
        return None;
    }
    let before = chars.find(|&c| !is_combining_mark(c))?;
    if !is_letter(before) {
        return None;
    }
    let next = (i + 1..tokens.len().min(i + 64)).find(|&n| !tokens[n].layout)?;
    let begins = char_at(text, tokens[next].start as usize);
    if !is_letter(begins) {
        return None;
    }
    if !(begins.is_alphabetic() || (begins.is_numeric() && before.is_numeric())) {
        return None;
    }
    let gap = &text[t.end as usize..tokens[next].start as usize];
    let crossed_head = next > i + 1;
    let line_ends = gap.matches('\n').count().max(gap.matches('\r').count());
    let page = layout.page_starts.binary_search(&(tokens[next].start.wrapping_sub(1))).is_ok();
    // Over a blank line only where a page ends, and the word goes on small.
    (line_ends <= 1 || crossed_head || (page && begins.is_lowercase())).then_some(next)
}

/// The letters before a break, as far as the hyphen or space before them.
fn last_part(before: &str) -> &str {
    let from = before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last();
    &before[from.map_or(before.len(), |(i, _)| i)..]
}

/// The letters after a break.
fn first_part(after: &str) -> &str {
    let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
    &after[..end]
}

/// Spellings asked for, lower case, and how often each was seen. A small table
/// of what they look like from outside (length, first and last bytes) turns
/// most words away before they are hashed.
#[derive(Default)]
struct Spellings {
    ids: HashMap<String, usize>,
    counts: Vec<usize>,
    shapes: Vec<bool>,
    shortest: usize,
    longest: usize,
    lower: String,
}

impl Spellings {
    /// The number under which this spelling is counted.
    fn ask(&mut self, left: &str, hyphen: &str, right: &str) -> usize {
        self.lower.clear();
        for part in [left, hyphen, right] {
            push_lower(part, &mut self.lower);
        }
        if let Some(&id) = self.ids.get(self.lower.as_str()) {
            return id;
        }
        let spelling = self.lower.clone();
        self.shapes.resize(1 << 16, false);
        self.shapes[shape(spelling.as_bytes())] = true;
        self.shortest = self.shortest.min(spelling.len());
        self.longest = self.longest.max(spelling.len());
        self.ids.insert(spelling, self.counts.len());
        self.counts.push(0);
        self.counts.len() - 1
    }

    /// Counts the one part of an ASCII word, without the marks at its ends.
    fn count_plain(&mut self, word: &str) {
        let b = word.as_bytes();
        let (mut from, mut to) = (0, b.len());
        while from < to && !b[from].is_ascii_alphanumeric() {
            from += 1;
        }
        while from < to && !b[to - 1].is_ascii_alphanumeric() {
            to -= 1;
        }
        if (self.shortest..=self.longest).contains(&(to - from)) && self.shapes[shape(&b[from..to])]
        {
            self.count(&word[from..to]);
        }
    }

    fn count(&mut self, s: &str) {
        if s.is_ascii() && !self.shapes[shape(s.as_bytes())] {
            return;
        }
        self.lower.clear();
        push_lower(s, &mut self.lower);
        if let Some(&id) = self.ids.get(self.lower.as_str()) {
            self.counts[id] += 1;
        }
    }

    /// Counts the runs of letters of one word, and its pairs of runs that a
    /// hyphen joins.
    fn count_parts(&mut self, word: &str) {
        let bytes = word.as_bytes();
        let mut before: Option<usize> = None;
        let mut at = 0;
        loop {
            let from =
                match bytes[at..].iter().position(|b| b.is_ascii_alphanumeric() || !b.is_ascii()) {
                    Some(skip) if bytes[at + skip].is_ascii() => at + skip,
                    Some(skip) => match word[at + skip..].find(char::is_alphanumeric) {
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
            self.count(&word[from..to]);
            if let Some(first) = before
                && from == at + 1
                && bytes[at] == b'-'
            {
                self.count(&word[first..to]);
            }
            (before, at) = (Some(from), to);
        }
    }
}

fn push_lower(s: &str, out: &mut String) {
    if s.is_ascii() {
        let from = out.len();
        out.push_str(s);
        out[from..].make_ascii_lowercase();
    } else {
        out.extend(s.chars().flat_map(char::to_lowercase));
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
fn looks_compound(text: &str, b: &Break) -> bool {
    let left = text[..b.before as usize - hyphen_len(text, b.before)].chars().next_back();
    let right = char_at(text, b.after as usize);
    left.is_some_and(|l| l.is_numeric() || (l.is_lowercase() && right.is_uppercase()))
        || right.is_numeric()
}

/// Appends the comparison key of a whole word.
fn push_key(word: &str, out: &mut String) {
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
