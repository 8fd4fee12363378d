//! `locate --batch`: many quotations, one JSON line each, answered line by line
//! in their order.
//!
//! The lines are read, the comparison made and the answers written on up to
//! [`CORES`] cores; where the text that the quotations were taken from is at
//! hand, it is compared while they are looked up in it. One buffer holds the
//! answers. Memory: the lines twice, and the answers.

use std::borrow::Cow;

use serde::Deserialize;

use super::DeskError;
use super::locate::{Asked, Origin, Quotations, Searched};
use crate::anchor::{Carrier, Resolution};

/// Cores that a batch uses at most.
const CORES: usize = 8;
/// Lines below which one core is enough.
const MANY: usize = 64;

/// One line as it is written. `quote` and `exact` are the same; the names
/// `exact`, `prefix` and `suffix` are those of the W3C TextQuoteSelector.
#[derive(Deserialize)]
struct Line<'l> {
    id: Option<serde_json::Value>,
    #[serde(borrow)]
    quote: Option<Cow<'l, str>>,
    #[serde(borrow)]
    exact: Option<Cow<'l, str>>,
    #[serde(borrow)]
    prefix: Option<Cow<'l, str>>,
    #[serde(borrow)]
    suffix: Option<Cow<'l, str>>,
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

/// Answers a batch: one line of JSON for each line that is not blank. With
/// `from`, the quotations were taken from that text.
///
/// # Errors
/// Usage, when a line is not JSON, has no quotation, or a `start` of which the
/// unit is not known.
pub fn locate_batch(
    text: &Searched,
    from: Option<&Searched>,
    lines: &str,
) -> Result<Vec<u8>, DeskError> {
    let numbered: Vec<(usize, &str)> =
        (1..).zip(lines.lines()).filter(|(_, l)| !l.trim().is_empty()).collect();
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get().min(CORES));
    let cores = if numbered.len() < MANY { 1 } else { cores };
    let Some(from) = from else {
        let items = read(&numbered, &None, cores)?;
        return Ok(written(&text.locator(), items.into_iter().map(|i| (i, None)), cores));
    };
    let chars = Chars::of(from.view().source());
    let origin = Origin::of(from);
    let (old, new) = (from.view(), text.view());
    // While the texts are compared, the quotations are read and looked up in
    // the old one; then both cores write.
    let (carrier, items) = std::thread::scope(|s| {
        let compared = s.spawn(|| Carrier::between(old, new));
        let items = read(&numbered, &Some(chars), 1).map(|items| {
            let placed = items.into_iter().map(|item| {
                let stood = origin.place(&item.asked);
                (item, Some(stood))
            });
            placed.collect::<Vec<_>>()
        });
        (compared.join().unwrap_or_else(|p| std::panic::resume_unwind(p)), items)
    });
    Ok(written(&text.with_origin(origin, carrier), items?.into_iter(), cores))
}

/// Reads the lines on some cores.
fn read<'l>(
    numbered: &[(usize, &'l str)],
    chars: &Option<Chars<'_>>,
    cores: usize,
) -> Result<Vec<Item<'l>>, DeskError> {
    let part = |lines: &[(usize, &'l str)]| -> Result<Vec<Item<'l>>, DeskError> {
        lines.iter().map(|(n, line)| item(*n, line, chars)).collect()
    };
    let mut out = Vec::with_capacity(numbered.len());
    for read in on_cores(numbered, cores, part) {
        out.extend(read?);
    }
    Ok(out)
}

fn item<'l>(
    number: usize,
    line: &'l str,
    chars: &Option<Chars<'_>>,
) -> Result<Item<'l>, DeskError> {
    let bad = |why: String| {
        DeskError::usage("batch-line", format!("line {number} of the batch: {why}")).hint(
            "each line is JSON: {\"quote\": \"…\"}, or with \"exact\", \"prefix\", \"suffix\"",
        )
    };
    let line: Line<'_> = serde_json::from_str(line).map_err(|e| bad(e.to_string()))?;
    let Some(quote) = line.quote.or(line.exact) else {
        return Err(bad("has no text field `quote` or `exact`".into()));
    };
    let start = match (line.start, line.unit) {
        (Some(at), Some(Unit::CodePoints)) => chars.as_ref().and_then(|c| c.byte(at)),
        (at, _) => at,
    };
    let asked = Asked {
        quote,
        prefix: line.prefix.unwrap_or_default(),
        suffix: line.suffix.unwrap_or_default(),
        start,
    };
    Ok(Item { id: line.id, asked })
}

/// Answers and writes on some cores.
fn written<'l>(
    quotations: &Quotations<'_>,
    items: impl Iterator<Item = (Item<'l>, Option<Resolution>)>,
    cores: usize,
) -> Vec<u8> {
    let mut items: Vec<_> = items.collect();
    let part = |items: &mut [(Item<'l>, Option<Resolution>)]| {
        let mut out = Vec::with_capacity(items.len() * 192);
        for (item, stood) in items {
            let mut located = match stood.take() {
                Some(stood) => quotations.carried(&item.asked, stood),
                None => quotations.locate_asked(&item.asked),
            };
            located.id = item.id.take();
            super::envelope::write_line(&located, &mut out);
        }
        out
    };
    let size = items.len().div_ceil(cores).max(1);
    let parts: Vec<Vec<u8>> = std::thread::scope(|s| {
        let mut chunks = items.chunks_mut(size);
        let first = chunks.next();
        let part = &part;
        let jobs: Vec<_> = chunks.map(|c| s.spawn(move || part(c))).collect();
        let first = first.map(part);
        let joined = jobs.into_iter().map(|j| j.join());
        let others = joined.map(|j| j.unwrap_or_else(|p| std::panic::resume_unwind(p)));
        first.into_iter().chain(others).collect()
    });
    parts.concat()
}

/// Runs `work` over equal parts of `items` on some cores; answers in order.
fn on_cores<T: Sync, R: Send>(
    items: &[T],
    cores: usize,
    work: impl Fn(&[T]) -> R + Sync,
) -> Vec<R> {
    let size = items.len().div_ceil(cores).max(1);
    std::thread::scope(|s| {
        let mut chunks = items.chunks(size);
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
        let out = locate_batch(&new, old.as_ref(), lines).unwrap();
        String::from_utf8(out).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
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
        let e = locate_batch(&text, None, "{\"quote\": \"a\"}\n{\"words\": 1}").unwrap_err();
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
