//! Cuts a text into tokens: maximal runs of characters that are not
//! White_Space (Unicode).
//!
//! Blocks of 64 bytes become bit sets ([`super::scan`]); a token begins and
//! ends where the bits change, so that the loop runs once a token, not once a
//! byte. Only tokens with an odd byte in them are looked at by characters.

use super::scan::{Kinds, blocks, kinds};
use super::word::Word;

/// The tokens of a text.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// All of them, in order, as words that are not yet joined.
    pub all: Vec<Word>,
    /// The indexes of those that are not plain: they hold a hyphen, a control
    /// character, or something beyond ASCII.
    pub odd: Vec<u32>,
}

impl Tokens {
    /// The tokens of `text`, which must be shorter than 4 GiB.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut out = Self { all: Vec::with_capacity(bytes.len() / 5 + 16), odd: Vec::new() };
        // A token that the block before did not end, and whether it is odd.
        let mut open: Option<(u32, bool)> = None;
        blocks(bytes, |first, block| {
            let Kinds { space, odd } = kinds(block);
            let first = first as u32;
            let before = u64::from(open.is_some());
            let mut starts = !space & !(!space << 1 | before);
            let mut ends = space & (!space << 1 | before);
            out.all.reserve(33);
            if odd == 0 {
                if ends != 0
                    && let Some((start, was_odd)) = open.take()
                {
                    out.token(text, start, first + ends.trailing_zeros(), was_odd);
                    ends &= ends - 1;
                }
                while ends != 0 {
                    let (start, end) = (starts.trailing_zeros(), ends.trailing_zeros());
                    out.all.push(Word::plain(first + start, first + end));
                    (starts, ends) = (starts & (starts - 1), ends & (ends - 1));
                }
            } else {
                while ends != 0 {
                    let end = ends.trailing_zeros();
                    let (start, was_odd) = open.take().unwrap_or_else(|| {
                        let start = starts.trailing_zeros();
                        starts &= starts - 1;
                        (first + start, false)
                    });
                    ends &= ends - 1;
                    // The bits from the token's start, or the block's, to its end.
                    let to_end = (1u64 << end) - 1;
                    let from_start = u64::MAX << start.saturating_sub(first);
                    let is_odd = was_odd || odd & to_end & from_start != 0;
                    out.token(text, start, first + end, is_odd);
                }
            }
            match &mut open {
                Some((_, is_odd)) => *is_odd |= odd != 0,
                None if starts != 0 => {
                    let start = starts.trailing_zeros();
                    open = Some((first + start, odd & (u64::MAX << start) != 0));
                }
                None => {}
            }
        });
        if let Some((start, is_odd)) = open {
            out.token(text, start, bytes.len() as u32, is_odd);
        }
        out
    }

    #[inline]
    fn token(&mut self, text: &str, start: u32, end: u32, is_odd: bool) {
        if is_odd {
            self.odd_tokens(text, start, end);
        } else {
            self.all.push(Word::plain(start, end));
        }
    }

    #[cold]
    fn odd_tokens(&mut self, text: &str, start: u32, end: u32) {
        // White space beyond ASCII still parts tokens.
        let mut from = start;
        let piece = &text[start as usize..end as usize];
        if !piece.is_ascii() {
            for (at, c) in piece.char_indices().filter(|(_, c)| c.is_whitespace()) {
                self.odd_token(from, start + at as u32);
                from = start + (at + c.len_utf8()) as u32;
            }
        }
        self.odd_token(from, end);
    }

    fn odd_token(&mut self, start: u32, end: u32) {
        if start < end {
            self.odd.push(self.all.len() as u32);
            self.all.push(Word::plain(start, end));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_are_what_split_whitespace_gives(t in "([a-c]{0,40}|[ \t\n\r\u{b}]|[-é\u{a0}\u{2003}\u{1}]){0,40}") {
            let tokens = Tokens::of(&t);
            let text = |w: &Word| t[w.start as usize..w.end as usize].to_owned();
            let all: Vec<_> = tokens.all.iter().map(text).collect();
            prop_assert_eq!(&all, &t.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
            let plain = |b: u8| b > 0x20 && b < 0x7f && b != b'-';
            for (k, word) in all.iter().enumerate() {
                let odd = tokens.odd.contains(&(k as u32));
                // A piece of a token that white space beyond ASCII parts counts as odd.
                prop_assert!(odd || word.bytes().all(plain), "{:?}", word);
            }
        }
    }
}
