//! The different keys of a text's words, numbered in the order they come, and
//! the number of each word: what comparison works with. One pass over the
//! words, one look-up each ([`super::keytable`]); made when first asked for.

use super::keytable::{KeyTable, Packed};
use super::words::Words;

/// The different words of a [`super::View`], as numbers.
#[derive(Debug)]
pub struct Vocabulary {
    table: KeyTable,
    /// The number of each word.
    numbers: Vec<u32>,
    /// How often each number stands, and the first word that has it.
    counts: Vec<u32>,
    first: Vec<u32>,
}

impl Vocabulary {
    pub(super) fn of(text: &str, words: &Words) -> Self {
        let all = &words.words;
        // About so many different words, in a book.
        let room = all.len() / 12 + 16;
        let mut out = Self {
            table: KeyTable::for_keys(room),
            numbers: vec![0; all.len()],
            counts: Vec::with_capacity(room),
            first: Vec::with_capacity(room),
        };
        let mut numbers = std::mem::take(&mut out.numbers);
        let mut own_keys = 0;
        for (k, (number, w)) in numbers.iter_mut().zip(all).enumerate() {
            // Nearly all words are short, and were there before.
            let short = match w.key_in_source() {
                true => Packed::short(text.as_bytes(), w.start as usize, w.end as usize),
                false => None,
            };
            *number = match short.and_then(|key| out.table.short(key)) {
                Some(known) => known,
                None => out.other(text, words, k, &mut own_keys),
            };
            out.counts[*number as usize] += 1;
        }
        out.numbers = numbers;
        out
    }

    /// The number of a word that is new, or long, or has a key of its own.
    #[inline(never)]
    fn other(&mut self, text: &str, words: &Words, at: usize, own_keys: &mut usize) -> u32 {
        let (all, first) = (&words.words, &self.first);
        let key = words.next_packed(text, &all[at], own_keys);
        let same =
            |n: u32| words.key(text, &all[first[n as usize] as usize]) == words.key(text, &all[at]);
        let (number, new) = self.table.number(key, same);
        if new {
            self.counts.push(0);
            self.first.push(at as u32);
        }
        number
    }

    /// The number of each word of the view, in order; equal numbers, equal
    /// keys. Below [`Vocabulary::len`].
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// How often each number stands.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// How many different keys.
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// Whether the text has no words.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// The index of the first word that has this number.
    pub fn first(&self, number: u32) -> usize {
        self.first[number as usize] as usize
    }

    pub(super) fn key<'k>(&self, text: &'k str, words: &'k Words, number: u32) -> &'k str {
        words.key(text, &words.words[self.first(number)])
    }

    pub(super) fn get(&self, key: Packed, same: impl Fn(u32) -> bool) -> Option<u32> {
        self.table.get(key, same)
    }

    /// Bytes of memory held.
    pub(super) fn memory(&self) -> usize {
        let numbers = self.numbers.capacity() + self.counts.capacity() + self.first.capacity();
        self.table.memory() + numbers * 4
    }
}
