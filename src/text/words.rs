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
        // Spelling with its hyphen, lower case -> times seen.
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut asked = Vec::with_capacity(self.breaks.len());
        for b in &self.breaks {
            let left = last_part(&text[..b.before as usize - hyphen_len(text, b.before)]);
            let right = first_part(&text[b.after as usize..]);
            let with = format!("{}-{}", left.to_lowercase(), right.to_lowercase());
            let without = format!("{}{}", left.to_lowercase(), right.to_lowercase());
            seen.insert(with.clone(), 0);
            seen.insert(without.clone(), 0);
            asked.push((with, without));
        }
        let mut lower = String::new();
        for w in self.words.iter().filter(|w| !w.broken) {
            count_parts(&text[w.start as usize..w.end as usize], &mut lower, &mut seen);
        }
        for (b, (with, without)) in self.breaks.iter_mut().zip(asked) {
            let between = &text[b.before as usize..b.after as usize];
            if !between.contains(['\n', '\r']) {
                b.hyphen = Hyphen::Spaced;
                continue;
            }
            let (whole, joined) = (seen[&with], seen[&without]);
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
    let mut heads = layout.heads.iter().peekable();
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
        while at < bytes.len() {
            let b = bytes[at];
            if b.is_ascii() {
                if is_space(b) {
                    break;
                }
                plain &= b != b'-';
                at += 1;
            } else {
                let c = char_at(text, at);
                if c.is_whitespace() {
                    break;
                }
                plain = false;
                at += c.len_utf8();
            }
        }
        while heads.peek().is_some_and(|h| h.end as usize <= start) {
            heads.next();
        }
        let layout = heads.peek().is_some_and(|h| h.start as usize <= start);
        out.push(Token { start: start as u32, end: at as u32, layout, plain });
    }
}

/// White_Space within ASCII (Unicode: TAB to CR, SPACE).
fn is_space(b: u8) -> bool {
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

/// Counts the plain runs of letters of one word, and its pairs of runs that a
/// hyphen joins, where they are asked for.
fn count_parts(word: &str, lower: &mut String, seen: &mut HashMap<String, usize>) {
    let mut count = |s: &str| {
        lower.clear();
        if s.is_ascii() {
            lower.extend(s.bytes().map(|b| b.to_ascii_lowercase() as char));
        } else {
            lower.extend(s.chars().flat_map(char::to_lowercase));
        }
        if let Some(n) = seen.get_mut(lower.as_str()) {
            *n += 1;
        }
    };
    if word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return count(word);
    }
    let mut before: Option<usize> = None;
    let mut at = 0;
    while let Some(skip) = word[at..].find(char::is_alphanumeric) {
        let from = at + skip;
        let to = from + first_part(&word[from..]).len();
        count(&word[from..to]);
        if let Some(first) = before
            && skip == 1
            && word.as_bytes()[at] == b'-'
        {
            count(&word[first..to]);
        }
        (before, at) = (Some(from), to);
    }
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
    let word = match is_nfc_quick(word.chars()) {
        IsNormalized::Yes => Cow::Borrowed(word),
        _ => Cow::Owned(word.nfc().collect::<String>()),
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
