//! Joins the tokens of a text ([`super::cut`]) to words.
//!
//! A *word* is a token, or a chain of tokens that belong together: a token
//! that ends in a letter or digit and a hyphen is continued by the next token
//! when that begins with a letter (or a digit, after a digit) and only layout
//! lies between: spaces, one line end, a page start, a running head or page
//! number, in any mixture. A blank line without a page start after it ends the
//! word. Since a hyphen in mid-line is joined by the same rule, two editions
//! that differ only in where lines break have the same words (FORMAT 16).
//!
//! Keys ([`super::key`]) that equal their source are slices of it; the others
//! lie in one string. What reading makes of a hyphen at a break is decided
//! elsewhere ([`super::hyphens`]).
//!
//! One pass over the tokens that are not plain ASCII letters and marks; the
//! others are words already.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::cut::Tokens;
use super::key::push_key;
use super::keytable::Packed;
use super::layout::Layout;
use super::squeeze::is_letter;
use super::word::Word;

/// A place where a word is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// One past the hyphen.
    pub before: u32,
    /// First byte of the rest of the word.
    pub after: u32,
}

/// A place where a word is broken, and what becomes of the hyphen there.
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
    /// Where words are broken, in order.
    pub cuts: Vec<Cut>,
    /// Keys that are no slice of the source, and whose they are, in order.
    keys: String,
    key_places: Vec<KeyPlace>,
}

/// A key that is no slice of the source.
#[derive(Debug, Clone, Copy)]
struct KeyPlace {
    /// First byte of the word, in the source.
    word: u32,
    /// End of the key in [`Words::keys`]; it begins where the one before ends.
    end: u32,
}

impl Words {
    pub fn of(text: &str, layout: &Layout) -> Self {
        let Tokens { all, odd } = Tokens::of(text);
        // Room that is not used is not touched either.
        let mut out = Self {
            words: all,
            cuts: Vec::with_capacity(odd.len()),
            keys: String::with_capacity(16 * odd.len()),
            key_places: Vec::with_capacity(odd.len()),
        };
        for head in &layout.heads {
            let from = out.words.partition_point(|w| w.start < head.start);
            let inside = out.words[from..].iter_mut().take_while(|w| w.start < head.end);
            inside.for_each(|w| w.layout = true);
        }
        // A broken word swallows its later tokens; the heads between them stay.
        let mut swallowed: Vec<usize> = Vec::with_capacity(odd.len());
        let mut joint = String::new();
        for i in odd.into_iter().map(|i| i as usize) {
            if swallowed.last().is_some_and(|&last| last >= i)
                && swallowed.binary_search(&i).is_ok()
            {
                continue;
            }
            let first_cut = out.cuts.len();
            let mut last = i;
            while !out.words[i].layout
                && let Some(next) = continuation(text, &out.words, last, layout)
            {
                let (before, after) = (out.words[last].end, out.words[next].start);
                out.cuts.push(Cut { before, after });
                swallowed.push(next);
                last = next;
            }
            let (whole, from) =
                (out.words[i].start as usize..out.words[last].end as usize, out.keys.len());
            if last == i {
                push_key(&text[whole.clone()], &mut out.keys);
            } else {
                joint.clear();
                join(text, &whole, out.cuts[first_cut..].iter().map(|c| (*c, "-")), &mut joint);
                push_key(&joint, &mut out.keys);
            }
            let word = &mut out.words[i];
            (word.end, word.broken) = (whole.end as u32, last > i);
            if last == i && out.keys[from..] == text[whole] {
                out.keys.truncate(from);
            } else {
                word.own_key = true;
                let end = out.keys.len() as u32;
                out.key_places.push(KeyPlace { word: word.start, end });
            }
        }
        without(&mut out.words, &swallowed);
        out
    }

    /// The key of a word.
    pub fn key<'k>(&'k self, text: &'k str, w: &Word) -> &'k str {
        if w.key_in_source() { &text[w.range()] } else { self.own_key(self.key_number(w)) }
    }

    /// The key of a word, packed.
    pub fn packed(&self, text: &str, w: &Word) -> Packed {
        if w.key_in_source() {
            return Packed::at(text.as_bytes(), w.start as usize, w.end as usize);
        }
        Packed::of(self.own_key(self.key_number(w)))
    }

    /// The same for each word in turn, without looking for its key.
    #[inline]
    pub fn next_packed(&self, text: &str, w: &Word, own_keys: &mut usize) -> Packed {
        if w.key_in_source() {
            return Packed::at(text.as_bytes(), w.start as usize, w.end as usize);
        }
        *own_keys += 1;
        Packed::of(self.own_key(*own_keys - 1))
    }

    /// The words whose keys are no slices of the source, with their indexes.
    pub fn with_own_keys(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.words.iter().enumerate().filter(|(_, w)| w.own_key)
    }

    fn key_number(&self, w: &Word) -> usize {
        self.key_places.partition_point(|k| k.word < w.start)
    }

    fn own_key(&self, number: usize) -> &str {
        let from = number.checked_sub(1).map_or(0, |before| self.key_places[before].end);
        &self.keys[from as usize..self.key_places[number].end as usize]
    }

    /// Bytes of memory held; room that was never used is none.
    pub fn memory(&self) -> usize {
        self.words.len() * size_of::<Word>()
            + self.cuts.len() * size_of::<Cut>()
            + self.keys.len()
            + self.key_places.len() * size_of::<KeyPlace>()
    }
}

/// Takes the words with these indexes out; they are in order.
fn without(words: &mut Vec<Word>, swallowed: &[usize]) {
    let Some(&(mut to)) = swallowed.first() else { return };
    for (k, &gone) in swallowed.iter().enumerate() {
        let next = swallowed.get(k + 1).copied().unwrap_or(words.len());
        words.copy_within(gone + 1..next, to);
        to += next - gone - 1;
    }
    words.truncate(to);
}

/// Of `breaks`, those inside a word.
pub(super) fn breaks_in<'b>(breaks: &'b [Break], w: &Word) -> &'b [Break] {
    if !w.broken {
        return &[];
    }
    let from = breaks.partition_point(|b| b.before <= w.start);
    let to = breaks.partition_point(|b| b.after < w.end);
    &breaks[from..to]
}

/// A word as read.
pub(super) fn word_text<'t>(text: &'t str, w: &Word, breaks: &[Break]) -> Cow<'t, str> {
    if !w.broken {
        return Cow::Borrowed(&text[w.range()]);
    }
    let spelled = breaks_in(breaks, w).iter().map(|b| {
        let hyphen = match b.hyphen {
            Hyphen::Keep => "-",
            Hyphen::Drop => "",
            Hyphen::Spaced => "- ",
        };
        (Cut { before: b.before, after: b.after }, hyphen)
    });
    let mut out = String::with_capacity(w.range().len());
    join(text, &w.range(), spelled, &mut out);
    Cow::Owned(out)
}

/// The pieces of a broken word, each hyphen at a break spelled as given.
fn join(
    text: &str,
    whole: &Range<usize>,
    cuts: impl Iterator<Item = (Cut, &'static str)>,
    out: &mut String,
) {
    let mut from = whole.start;
    for (cut, hyphen) in cuts {
        out.push_str(&text[from..cut.before as usize - hyphen_len(text, cut.before)]);
        out.push_str(hyphen);
        from = cut.after as usize;
    }
    out.push_str(&text[from..whole.end]);
}

/// Bytes of the hyphen that ends at `before`.
pub(super) fn hyphen_len(text: &str, before: u32) -> usize {
    text[..before as usize].chars().next_back().map_or(0, char::len_utf8)
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("a character starts here")
}

/// The token that continues token `i`, when that ends in a breaking hyphen.
fn continuation(text: &str, tokens: &[Word], i: usize, layout: &Layout) -> Option<usize> {
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
