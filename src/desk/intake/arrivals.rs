//! What came in today: how many replies from one address, and which words came
//! before. It is forgotten when the day or the server ends.

use std::collections::{HashMap, HashSet};

use crate::dates::Timestamp;
use crate::digest::Digest;

use super::super::submit::SubmitDraft;
use super::signs::known_by;

/// Most addresses, and most replies, remembered of a day.
const MOST: usize = 100_000;

/// The replies of one day, by names of addresses and digests of words.
#[derive(Debug, Default)]
pub struct Arrivals {
    day: String,
    from: HashMap<Digest, usize>,
    words: HashSet<Digest>,
}

impl Arrivals {
    /// Remembers the words of a reply that a program sent and that was taken.
    pub fn remember(&mut self, draft: &SubmitDraft, now: Timestamp) {
        self.count(None, &known_by(draft), now);
    }

    /// Whether a reply with these words came today.
    pub(super) fn know(&self, words: &str, now: Timestamp) -> bool {
        self.day == now.day() && self.words.contains(&Digest::of(words.as_bytes()))
    }

    /// Counts a reply that came, with its words folded; how many came from
    /// this address before it today, and whether these very words did.
    pub(super) fn count(
        &mut self,
        address: Option<&Digest>,
        words: &str,
        now: Timestamp,
    ) -> (usize, bool) {
        let day = now.day();
        if day != self.day {
            *self = Self { day, ..Self::default() };
        }
        let before = match address {
            Some(a) if self.from.len() < MOST || self.from.contains_key(a) => {
                let n = self.from.entry(*a).or_default();
                *n += 1;
                *n - 1
            }
            _ => 0,
        };
        let words = Digest::of(words.as_bytes());
        let known = self.words.contains(&words);
        if self.words.len() < MOST {
            self.words.insert(words);
        }
        (before, known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_counted_and_forgotten() {
        let (one, other) = (Digest::of(b"1"), Digest::of(b"2"));
        let day = |d: &str| format!("2026-03-{d}T10:00:00Z").parse().unwrap();
        let mut all = Arrivals::default();
        assert_eq!(all.count(Some(&one), "a", day("01")), (0, false));
        assert_eq!(all.count(Some(&one), "b", day("01")), (1, false));
        assert_eq!(all.count(Some(&other), "a", day("01")), (0, true));
        assert_eq!(all.count(None, "c", day("01")), (0, false));
        assert_eq!(all.count(Some(&one), "a", day("02")), (0, false));
    }
}
