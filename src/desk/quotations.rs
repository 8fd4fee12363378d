//! `locate --batch`: many quotations, one JSON line each, answered line by line
//! in their order.
//!
//! Where the text that the quotations were taken from is at hand, the two texts
//! are compared on one core while each line is read and looked up in the old one
//! on another; only the place is kept. Then both carry the places over and write.
//! With the new text alone all lines are looked up first; where they say where
//! they stood, the order of those found settles others ([`Order`]). Memory: the
//! answers, and 64 bytes a line; with the new text alone the lines as well.

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;
use std::ops::Range;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};

use super::DeskError;
use super::locate::{Asked, Origin, Quotations, Searched};
use crate::anchor::{Carrier, Order, Resolution};

/// Cores that a batch uses at most.
const CORES: usize = 8;
/// Quotations below which one core is enough.
const MANY: usize = 64;
/// Bytes of the lines that are read at once.
const BLOCK: usize = 64 << 10;
/// Bytes of an answer, about.
const LINE: usize = 192;

/// One line as it is written. `quote` and `exact` are the same; the names
/// `exact`, `prefix` and `suffix` are those of the W3C TextQuoteSelector.
#[derive(Deserialize)]
struct Line<'l> {
    id: Option<serde_json::Value>,
    #[serde(borrow, default)]
    quote: Text<'l>,
    #[serde(borrow, default)]
    exact: Text<'l>,
    #[serde(borrow, default)]
    prefix: Text<'l>,
    #[serde(borrow, default)]
    suffix: Text<'l>,
    start: Option<usize>,
    unit: Option<Unit>,
}

/// What `start` counts.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Unit {
    Bytes,
    /// Unicode code points, as the W3C TextPositionSelector counts.
    CodePoints,
}

/// A quotation of a batch.
struct Item<'l> {
    id: Option<serde_json::Value>,
    asked: Asked<'l>,
}

/// A quotation that was looked up in the text it was taken from.
struct Placed {
    id: Option<serde_json::Value>,
    stood: Stood,
}

enum Stood {
    /// At one place, word for word.
    Here(Range<u32>),
    /// Otherwise.
    Else(Box<(Asked<'static>, Resolution)>),
}

/// Answers a batch: one line of JSON for each line that is not blank, in
/// several pieces. With `from`, the quotations were taken from that text.
///
/// # Errors
/// Usage, when a line is not UTF-8 or not JSON, has no quotation, or a `start` of
/// which the unit is not known; what reading the lines gives.
pub fn locate_batch(
    text: &Searched,
    from: Option<&Searched>,
    mut lines: impl BufRead,
) -> Result<Vec<Vec<u8>>, DeskError> {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get().min(CORES));
    let Some(from) = from else {
        let mut all = Vec::new();
        lines.read_to_end(&mut all).map_err(unread)?;
        return searched(&text.locator(), &all, cores);
    };
    let chars = Chars::of(from.view().source());
    let origin = Origin::of(from);
    let (old, new) = (from.view(), text.view());
    let (carrier, placed) = std::thread::scope(|s| {
        let compared = s.spawn(|| Carrier::between(old, new));
        let placed = placed(&origin, &chars, lines);
        (compared.join().unwrap_or_else(|p| std::panic::resume_unwind(p)), placed)
    });
    let mut placed = placed?;
    let quotations = text.with_origin(origin, carrier);
    Ok(on_cores(&mut placed, cores, |placed| {
        let mut out = Vec::with_capacity(placed.len() * LINE);
        for Placed { id, stood } in placed {
            let mut located = match stood {
                Stood::Here(at) => quotations.carried_over(at.start as usize..at.end as usize),
                Stood::Else(other) => quotations.carried(&other.0, &other.1),
            };
            located.id = id.take();
            super::envelope::write_line(&located, &mut out);
        }
        out
    }))
}

/// Looks each line up in the text that the quotations were taken from. The lines
/// are read in blocks, each by one reader, whose room for strings is used again.
fn placed(
    origin: &Origin<'_>,
    chars: &Chars<'_>,
    mut lines: impl BufRead,
) -> Result<Vec<Placed>, DeskError> {
    let (mut out, mut block, mut number) = (Vec::new(), Vec::with_capacity(BLOCK * 2), 0);
    let mut ends = Vec::new();
    loop {
        block.clear();
        ends.clear();
        while block.len() < BLOCK && lines.read_until(b'\n', &mut block).map_err(unread)? > 0 {
            ends.push(block.len());
        }
        if block.is_empty() {
            return Ok(out);
        }
        let mut values = serde_json::Deserializer::from_slice(&block).into_iter::<Line<'_>>();
        let mut from = 0;
        for &end in &ends {
            let line = &block[std::mem::replace(&mut from, end)..end];
            number += 1;
            if line.trim_ascii().is_empty() {
                continue;
            }
            let read = match values.next() {
                Some(Ok(read)) if whole(&block[..end], values.byte_offset()) => read,
                // Read by itself, it is said what is wrong with it.
                _ => parsed(number, line)?,
            };
            let Item { id, asked } = read.item(number, Some(chars))?;
            let stood = match origin.place(&asked) {
                // The bytes of a view fit 32 bits.
                Resolution::Exact(span) => Stood::Here(span.start as u32..span.end as u32),
                other => Stood::Else(Box::new((asked.owned(), other))),
            };
            out.push(Placed { id, stood });
        }
    }
}

/// Whether a value that ends at `at` is the last thing in a line.
fn whole(to_line_end: &[u8], at: usize) -> bool {
    to_line_end.get(at..).is_some_and(|rest| rest.trim_ascii().is_empty())
}

fn unread(e: std::io::Error) -> DeskError {
    DeskError::io("read", format!("the batch cannot be read: {e}"))
}

/// The answers where only the new text is at hand.
fn searched(
    quotations: &Quotations<'_>,
    lines: &[u8],
    cores: usize,
) -> Result<Vec<Vec<u8>>, DeskError> {
    let mut numbered: Vec<(usize, &[u8])> = (1..).zip(lines.split(|&b| b == b'\n')).collect();
    let mut found: Vec<(Item<'_>, Resolution)> = Vec::with_capacity(numbered.len());
    for part in on_cores(&mut numbered, cores, |lines| {
        let items = lines.iter().filter_map(|&(n, line)| item(n, line).transpose());
        let one = |item: Result<_, DeskError>| {
            let item: Item<'_> = item?;
            let found = quotations.search(&item.asked);
            Ok((item, found))
        };
        items.map(one).collect::<Result<Vec<_>, DeskError>>()
    }) {
        found.extend(part?);
    }
    let place = |(item, found): &(Item<'_>, Resolution)| match found {
        Resolution::Exact(span) | Resolution::Moved(span) | Resolution::Fuzzy { span, .. } => {
            Some((item.asked.stood?, span.start))
        }
        _ => None,
    };
    let order = Order::of(found.iter().filter_map(place).collect());
    Ok(on_cores(&mut found, cores, |found| {
        let mut out = Vec::with_capacity(found.len() * LINE);
        for (item, found) in found {
            let found = std::mem::replace(found, Resolution::Lost { nearest: None });
            let mut located = quotations.in_order(&item.asked, found, order.as_ref());
            located.id = item.id.take();
            super::envelope::write_line(&located, &mut out);
        }
        out
    }))
}

/// Reads a line; `None` when it is blank.
fn item(number: usize, line: &[u8]) -> Result<Option<Item<'_>>, DeskError> {
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    parsed(number, line)?.item(number, None).map(Some)
}

fn parsed(number: usize, line: &[u8]) -> Result<Line<'_>, DeskError> {
    serde_json::from_slice(line).map_err(|e| bad(number, &e.to_string()))
}

fn bad(number: usize, why: &str) -> DeskError {
    DeskError::usage("batch-line", format!("line {number} of the batch: {why}"))
        .hint("each line is JSON: {\"quote\": \"…\"}, or with \"exact\", \"prefix\", \"suffix\"")
}

impl<'l> Line<'l> {
    fn item(self, number: usize, chars: Option<&Chars<'_>>) -> Result<Item<'l>, DeskError> {
        let Some(quote) = self.quote.0.or(self.exact.0) else {
            return Err(bad(number, "has no text field `quote` or `exact`"));
        };
        let start = match (self.start, self.unit) {
            (Some(at), Some(Unit::CodePoints)) => chars.and_then(|c| c.byte(at)),
            (at, _) => at,
        };
        let asked = Asked {
            quote,
            prefix: self.prefix.0.unwrap_or_default(),
            suffix: self.suffix.0.unwrap_or_default(),
            start,
            stood: self.start,
        };
        Ok(Item { id: self.id, asked })
    }
}

/// A string, or none, that stays where it lies when nothing in it is escaped.
#[derive(Default)]
struct Text<'l>(Option<Cow<'l, str>>);

impl<'de: 'l, 'l> Deserialize<'de> for Text<'l> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Some(text.into())))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Some(text.to_owned().into())))
            }
            fn visit_unit<E>(self) -> Result<Text<'de>, E> {
                Ok(Text(None))
            }
        }
        from.deserialize_any(Reader)
    }
}

/// Runs `work` over equal parts of `items` on some cores; answers in order.
fn on_cores<T: Send, R: Send>(
    items: &mut [T],
    cores: usize,
    work: impl Fn(&mut [T]) -> R + Sync,
) -> Vec<R> {
    let cores = if items.len() < MANY { 1 } else { cores };
    let size = items.len().div_ceil(cores).max(1);
    std::thread::scope(|s| {
        let mut chunks = items.chunks_mut(size);
        let first = chunks.next();
        let work = &work;
        let jobs: Vec<_> = chunks.map(|c| s.spawn(move || work(c))).collect();
        let first = first.map(work);
        let joined = jobs.into_iter().map(|j| j.join());
        let others = joined.map(|j| j.unwrap_or_else(|p| std::panic::resume_unwind(p)));
        first.into_iter().chain(others).collect()
    })
}

/// From code points to bytes: the byte of every 256th code point.
struct Chars<'t> {
    text: &'t str,
    every: std::sync::OnceLock<Vec<usize>>,
}

impl<'t> Chars<'t> {
    const STEP: usize = 256;

    fn of(text: &'t str) -> Self {
        Self { text, every: std::sync::OnceLock::new() }
    }

    /// The byte where the code point of this number begins, from 0; `None`
    /// past the end.
    fn byte(&self, number: usize) -> Option<usize> {
        let every = self.every.get_or_init(|| {
            self.text.char_indices().step_by(Self::STEP).map(|(at, _)| at).collect()
        });
        let from = *every.get(number / Self::STEP)?;
        let mut rest = self.text[from..].char_indices().map(|(at, _)| from + at);
        rest.nth(number % Self::STEP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(old: Option<&str>, new: &str, lines: &str) -> Vec<serde_json::Value> {
        let text = |name: &str, s: &str| Searched::plain(name, s.as_bytes().to_vec()).unwrap();
        let (old, new) = (old.map(|o| text("old", o)), text("new", new));
        let out = locate_batch(&new, old.as_ref(), lines.as_bytes()).unwrap();
        String::from_utf8(out.concat())
            .unwrap()
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect()
    }

    const OLD: &str =
        "Ünder the quay lay the ferry, and the pilot slept.\n\nAt noon the ferry left.\n";
    const NEW: &str =
        "Under the quay lay a ferry, and the pilot slept.\n\nAt noon the ferry left early.\n";

    fn byte(text: &str, words: &str) -> u64 {
        text.rfind(words).unwrap() as u64
    }

    #[test]
    fn positions_are_bytes_unless_the_line_says_so() {
        let at = |start: usize, unit: &str| {
            let line = format!(r#"{{"exact": "the ferry", "start": {start}{unit}}}"#);
            answers(Some(OLD), NEW, &line).remove(0)
        };
        // The second of the two; one letter before it has two bytes.
        let second = OLD.rfind("the ferry").unwrap();
        for found in [at(second, ""), at(second - 1, r#", "unit": "codepoints""#)] {
            assert_eq!(found["start"], byte(NEW, "the ferry"), "{found}");
        }
        // A position that does not hold the words counts for nothing.
        assert_eq!(at(second - 1, "")["resolution"], "ambiguous");
    }

    #[test]
    fn names_of_both_kinds_and_the_id_come_back() {
        let lines = "{\"quote\": \"and the pilot slept\", \"id\": \"a\"}\n\n{\"exact\": \"noon the\", \"id\": 7}\n";
        for old in [Some(OLD), None] {
            let found = answers(old, NEW, lines);
            assert_eq!((&found[0]["id"], &found[1]["id"]), (&"a".into(), &7.into()));
            let starts = [&found[0]["start"], &found[1]["start"]];
            assert_eq!(starts, [byte(NEW, "and the"), byte(NEW, "noon the")]);
        }
        let text = Searched::plain("new", NEW.into()).unwrap();
        let e = locate_batch(&text, None, &b"{\"quote\": \"a\"}\n{\"words\": 1}"[..]).unwrap_err();
        assert!(e.message.starts_with("line 2 of the batch"), "{}", e.message);
    }

    #[test]
    fn many_lines_keep_their_order() {
        let lines: String =
            (0..500).map(|n| format!("{{\"quote\": \"noon\", \"id\": {n}}}\n")).collect();
        let found = answers(Some(OLD), NEW, &lines);
        let noon = byte(NEW, "noon");
        assert!(found.iter().enumerate().all(|(n, l)| l["id"] == n && l["start"] == noon));
    }
}
