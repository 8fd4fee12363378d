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
        let all = Vec::with_capacity(bytes.len() / 5 + 16);
        let mut out = Self { all, odd: Vec::with_capacity(bytes.len() / 64) };
        // A token that the block before did not end, and whether it is odd.
        let mut open: Option<(u32, bool)> = None;
        blocks(bytes, |first, block| {
            let Kinds { space, odd } = kinds(block);
            let first = first as u32;
            let before = u64::from(open.is_some());
            let mut starts = !space & !(!space << 1 | before);
            let mut ends = space & (!space << 1 | before);
            out.all.reserve(33);
            if ends != 0
                && let Some((start, was_odd)) = open.take()
            {
                let end = lowest(ends);
                let is_odd = was_odd || odd & (end - 1) != 0;
                out.token(text, start, first + ends.trailing_zeros(), is_odd);
                ends ^= end;
            }
            while ends != 0 {
                let (start, end) = (lowest(starts), lowest(ends));
                let token = first + starts.trailing_zeros()..first + ends.trailing_zeros();
                // The difference has the bits from the start to before the end.
                if odd & (end - start) == 0 {
                    out.all.push(Word::plain(token.start, token.end));
                } else {
                    out.odd_tokens(text, token.start, token.end);
                }
                (starts, ends) = (starts ^ start, ends ^ end);
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
        // The first bytes of all that is white space beyond ASCII.
        if piece.bytes().any(|b| matches!(b, 0xc2 | 0xe1..=0xe3)) {
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

/// The lowest bit that is set, alone.
fn lowest(bits: u64) -> u64 {
    bits & bits.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_are_what_split_whitespace_gives(t in "([a-c]{0,40}|[ \t\n\r\u{b}]|[-é\u{85}\u{a0}\u{1680}\u{2003}\u{202f}\u{205f}\u{3000}\u{1}]){0,40}") {
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
