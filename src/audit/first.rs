//! Where words of a revision's line were first seen: the windows of all its
//! steps and their names, made once and kept in the index.
//!
//! The windows are made without putting a single text together but the first:
//! the edits are composed ([`Weaver`]), and of each state only what lies around
//! its changes is read. Kept under the newest revision's id, in rows of which
//! an answer reads a few; what follows from a record never changes. The newest
//! text stands behind the windows, as one more, for whether a phrase is there
//! still.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::attribution::{Needle, Postings, Seen, Weaver, Windows};
use crate::digest::Id;
use crate::index::{Back, Snapshot, SnapshotError, Step};
use crate::model::{Code, Finding, Revision};
use crate::text::edits::{Edits, Piece, between};

// The names of what is kept; a list has a number behind it for each row.
const COUNTS: &str = "windows/3 counts";
const HASHES: &str = "windows/3 hashes";
const STARTS: &str = "windows/3 starts";
const LENGTHS: &str = "windows/3 lengths";
const REVISIONS: &str = "windows/3 revisions";
const FIRSTS: &str = "windows/3 firsts";
const POSTINGS: &str = "windows/3 postings";
const NAMES: &str = "windows/3 names";
/// Bytes read around a change: twelve words lie within, but for monsters.
const AROUND: usize = 2048;
/// Bytes of one row: with its name it fits a page of the index.
const ROW: usize = 3840;
/// Names in one row.
const NAMES_A_ROW: usize = 64;

/// The windows of a revision's line, read as far as they are asked for.
pub struct FirstIndex<'s> {
    snap: &'s Snapshot<'s>,
    revision: Id<Revision>,
    /// Atoms of the windows; those of the newest text stand behind them.
    atoms: usize,
    /// Revisions in the line.
    count: usize,
    revisions: OnceCell<Vec<u8>>,
    firsts: OnceCell<Vec<u8>>,
    /// What was made just now, by name.
    made: HashMap<String, Vec<u8>>,
}

/// What is found of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Where it was first seen.
    pub first: Option<Seen>,
    /// Does it stand in the newest text?
    pub stands: bool,
}

impl<'s> FirstIndex<'s> {
    /// The index of the revisions that this one was made from, and its own.
    /// `name` gives each step of the line its name, without line feeds. What is
    /// made of a private text is not kept.
    ///
    /// # Errors
    /// A finding when texts or edits are missing or damaged, or do not fit; and
    /// what `name` brings.
    pub fn open<E: From<SnapshotError>>(
        snap: &'s Snapshot<'s>,
        revision: &Id<Revision>,
        name: impl FnOnce(&[Step]) -> Result<Vec<String>, E>,
    ) -> Result<Self, E> {
        let revision = *revision;
        let (counts, made) = match snap.derived(COUNTS, &revision) {
            Some(counts) => (counts, HashMap::new()),
            None => {
                let line = snap.line(&revision, Back::ToTheFirst)?;
                let mut made = parts(windows(snap, &line)?, &name(&line)?);
                if snap.get(&line[0].id)?.record.text.sha256.is_some() {
                    snap.derive(&revision, &made);
                }
                (made.remove(COUNTS).unwrap_or_default(), made)
            }
        };
        let mut counts = counts
            .chunks_exact(8)
            .map(|n| u64::from_le_bytes(n.try_into().expect("eight bytes")) as usize);
        let mut next = || counts.next().unwrap_or_default();
        let (atoms, count) = (next(), next());
        let (revisions, firsts) = (OnceCell::new(), OnceCell::new());
        Ok(Self { snap, revision, atoms, count, revisions, firsts, made })
    }

    /// How many revisions the line has.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The name of a revision of the line, by its number from 0.
    pub fn name(&self, number: usize) -> Option<String> {
        let row = self.part(&row_name(NAMES, number / NAMES_A_ROW))?;
        let row = String::from_utf8_lossy(&row);
        row.lines().nth(number % NAMES_A_ROW).map(str::to_owned)
    }

    /// Where a phrase was first seen, and whether it stands in the newest text.
    pub fn find(&self, needle: &Needle) -> Found {
        let firsts = self.firsts.get_or_init(|| self.part(FIRSTS).unwrap_or_default().into_owned());
        let places = needle.places(firsts, |n| self.part(&row_name(POSTINGS, n)));
        let stands_at = |place: usize| {
            let hashes = self.rows(HASHES, 4 * place..4 * (place + needle.len()));
            hashes.is_some_and(|hashes| needle.stands_at(0, &hashes))
        };
        let (before, now) = places.split_at(places.partition_point(|p| *p < self.atoms));
        let first = before.iter().find(|p| stands_at(**p)).and_then(|p| self.seen(needle, *p));
        Found { first, stands: now.iter().any(|p| stands_at(*p)) }
    }

    fn seen(&self, needle: &Needle, place: usize) -> Option<Seen> {
        let last = place + needle.len() - 1;
        let starts = self.rows(STARTS, 4 * place..4 * (last + 1))?;
        let length = self.rows(LENGTHS, 2 * last..2 * last + 2)?;
        let revisions =
            self.revisions.get_or_init(|| self.part(REVISIONS).unwrap_or_default().into_owned());
        needle.seen(place, &starts, &length, revisions)
    }

    fn part(&self, what: &str) -> Option<Cow<'_, [u8]>> {
        match self.made.get(what) {
            Some(made) => Some(Cow::Borrowed(made)),
            None if self.made.is_empty() => self.snap.derived(what, &self.revision).map(Cow::Owned),
            None => None,
        }
    }

    /// Some bytes of a string that is kept in rows.
    fn rows(&self, what: &str, range: Range<usize>) -> Option<Vec<u8>> {
        let first = range.start / ROW;
        let mut bytes = Vec::new();
        for n in first..=(range.end - 1) / ROW {
            bytes.extend_from_slice(&self.part(&row_name(what, n))?);
        }
        bytes.get(range.start - first * ROW..range.end - first * ROW).map(<[u8]>::to_vec)
    }
}

fn row_name(what: &str, row: usize) -> String {
    format!("{what} {row}")
}

/// All that is kept, by name.
fn parts((mut windows, now): (Windows, Vec<u8>), names: &[String]) -> HashMap<String, Vec<u8>> {
    let counts = [windows.hashes.len() / 4, names.len()];
    windows.hashes.extend(now);
    let postings = Postings::of(&windows.hashes);
    let mut parts: HashMap<String, Vec<u8>> = HashMap::new();
    parts.insert(COUNTS.into(), counts.iter().flat_map(|n| (*n as u64).to_le_bytes()).collect());
    parts.insert(REVISIONS.into(), windows.revisions);
    parts.insert(FIRSTS.into(), postings.firsts);
    let mut rows = |what: &str, rows: &mut dyn Iterator<Item = Vec<u8>>| {
        parts.extend(rows.enumerate().map(|(n, row)| (row_name(what, n), row)));
    };
    rows(POSTINGS, &mut postings.rows.into_iter());
    let all = [(HASHES, windows.hashes), (STARTS, windows.starts), (LENGTHS, windows.lengths)];
    for (what, bytes) in &all {
        rows(what, &mut bytes.chunks(ROW).map(<[u8]>::to_vec));
    }
    rows(NAMES, &mut names.chunks(NAMES_A_ROW).map(|some| (some.join("\n") + "\n").into_bytes()));
    parts
}

/// The windows of all steps, and the hashes of the newest text.
fn windows(snap: &Snapshot<'_>, line: &[Step]) -> Result<(Windows, Vec<u8>), SnapshotError> {
    let first = snap.text(&line[0].id)?.text;
    let mut windows = Windows::default();
    windows.begin(0);
    windows.add(&first, 0, &(0..first.len()), |_| true);
    let edits = line[1..].iter().map(|s| snap.edits_of(s)).collect::<Result<Vec<_>, _>>()?;
    let restored: HashSet<&str> =
        edits.iter().flatten().flat_map(super::written::restored_from).collect();
    let mut weaver = Weaver::new(&first);
    let keep = |weaver: &mut Weaver, step: &Step| {
        if !restored.is_empty() {
            let id = step.id.to_string();
            if restored.contains(id.as_str()) {
                weaver.keep(id);
            }
        }
    };
    keep(&mut weaver, &line[0]);
    for (n, (step, edits)) in (1u32..).zip(line[1..].iter().zip(&edits)) {
        windows.begin(n);
        // An edition that came as a whole text: what it changed is computed.
        let whole;
        let edits = match edits {
            Some(edits) => edits,
            None => {
                let text = snap.text(&step.id)?.text;
                whole = between(&weaver.text().unwrap_or_default(), &text);
                &whole
            }
        };
        let changed = changed(edits, weaver.len());
        weaver.advance(edits, &|_, _| None).map_err(|e| {
            let place = step.id.to_string();
            SnapshotError::Broken(Finding::new(Code::RevisionMismatch, place, e.to_string()))
        })?;
        for part in changed {
            let wide = part.start.saturating_sub(AROUND)..(part.end + AROUND).min(weaver.len());
            let (offset, text, writers) = weaver.around(wide);
            let inside = part.start - offset..(part.end - offset).min(text.len());
            windows.add(&text, offset, &inside, |byte| {
                let which = writers.partition_point(|(start, _)| *start <= byte);
                which > 0 && writers[which - 1].1 == n
            });
        }
        keep(&mut weaver, step);
    }
    let last = weaver.text().unwrap_or_default();
    let mut now = Windows::default();
    now.add(&last, 0, &(0..last.len()), |_| false);
    Ok((windows, now.hashes))
}

/// Where words stand beside others than before, in the new text. Layout changes
/// no word. Changes near each other are one.
fn changed(edits: &Edits, old_len: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut push = |range: Range<usize>| match out.last_mut() {
        Some(last) if range.start <= last.end + 64 => last.end = last.end.max(range.end),
        _ => out.push(range),
    };
    let (mut at, mut end, mut layout) = (0, 0, false);
    for piece in edits.pieces(old_len) {
        let len = piece.len();
        match piece {
            Piece::Kept(span) => {
                // What stood between is gone, unless it was spaces.
                if span.start != end && !layout {
                    push(at..at);
                }
                end = span.end;
                layout = false;
            }
            Piece::Layout { .. } => layout = true,
            _ => {
                push(at..at + len);
                layout = false;
            }
        }
        at += len;
    }
    if end != old_len {
        push(at..at);
    }
    out
}
