//! A quotation that was taken from a text byte for byte, found there again.
//!
//! A stored selector (W3C TextQuoteSelector) holds the very bytes of its text,
//! and those before and after. Where these stand once, there is nothing to
//! judge, and no reading view is needed: the quotation is looked up in an
//! index of eight-byte pieces ([`super::grams`]) and its surroundings compared.
//! Under two microseconds a quotation.

use std::ops::Range;
use std::sync::OnceLock;

use super::grams::{Grams, SURE};

/// Places with the same bytes that are looked at before giving up.
const PLACES: usize = 1000;

/// A text in which quotations are looked up byte for byte.
#[derive(Debug)]
pub struct Verbatim<'t> {
    text: &'t str,
    grams: OnceLock<Grams>,
}

impl<'t> Verbatim<'t> {
    /// Of this text. The index is made when first needed.
    pub fn of(text: &'t str) -> Self {
        Self { text, grams: OnceLock::new() }
    }

    /// The bytes of `exact` where they are beyond doubt: at `start`, or at the
    /// one place that `prefix` and `suffix` surround. `None` says nothing: the
    /// quotation may still stand there in another layout, or several times.
    pub fn place(
        &self,
        exact: &str,
        prefix: &str,
        suffix: &str,
        start: Option<usize>,
    ) -> Option<Range<usize>> {
        if exact.is_empty() {
            return None;
        }
        if let Some(at) = start
            && self.text.as_bytes().get(at..).is_some_and(|t| t.starts_with(exact.as_bytes()))
        {
            return Some(at..at + exact.len());
        }
        let surrounded = prefix.len() + suffix.len() >= SURE;
        if !surrounded || exact.len() < SURE {
            return None;
        }
        let grams = self.grams.get_or_init(|| Grams::of(self.text.as_bytes()));
        let found = grams.find(self.text, exact, PLACES);
        let mut places = found.at.into_iter().filter(|&at| {
            let (before, after) = (&self.text[..at], &self.text[at + exact.len()..]);
            before.ends_with(prefix) && after.starts_with(suffix)
        });
        let at = places.next()?;
        (places.next().is_none() && !found.more).then_some(at..at + exact.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_beyond_doubt() {
        let text = "one two three four. one two three five. one two three four.";
        let v = Verbatim::of(text);
        assert_eq!(v.place("one two three", "", "", Some(20)), Some(20..33));
        assert_eq!(v.place("one two three", "", "", Some(21)), None);
        assert_eq!(v.place("one two three", "four. ", " five.", None), Some(20..33));
        assert_eq!(v.place("one two three", "", " four. one two", None), Some(0..13));
        assert_eq!(v.place("one two three", "five", "", None), None);
        assert_eq!(v.place("one two three four", "", "", None), None);
        assert_eq!(v.place("", "four. one", "", None), None);
        assert_eq!(v.place("é", "", "", Some(1)), None);
    }
}
