//! Where words of a revision's line were first seen: the windows of all its
//! steps and their names, made once and kept in the index.
//!
//! The windows are made without putting a single text together but the first:
//! the edits are composed ([`Weaver`]), and of each state only what lies around
//! its changes is read. Kept under the newest revision's id; what follows from
//! a record never changes.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::attribution::{Needle, Seen, Weaver, Windows};
use crate::digest::Id;
use crate::index::{Back, Snapshot, SnapshotError, Step};
use crate::model::{Code, Finding, Revision};
use crate::text::edits::{Edits, Piece, between};

const HASHES: &str = "windows/2 hashes";
const STARTS: &str = "windows/2 starts";
const LENGTHS: &str = "windows/2 lengths";
const REVISIONS: &str = "windows/2 revisions";
const NOW: &str = "windows/2 now";
const NAMES: &str = "windows/2 names";
/// Bytes read around a change: twelve words lie within, but for monsters.
const AROUND: usize = 2048;

/// Bytes of one row where a long string is kept in rows.
const ROW: usize = 1 << 14;

/// The windows of a revision's line, read as far as they are asked for.
pub struct FirstIndex<'s> {
    snap: &'s Snapshot<'s>,
    revision: Id<Revision>,
    /// The names, one a line, in order of the line.
    pub names: String,
    made: Option<Made>,
}

struct Made {
    windows: Windows,
    now: Vec<u8>,
}

impl<'s> FirstIndex<'s> {
    /// The index of the revisions that this one was made from, and its own.
    /// `name` gives each step of the line its name: one line of text. What is
    /// made of a private text is not kept.
    ///
    /// # Errors
    /// A finding when texts or edits are missing or damaged, or do not fit; and
    /// what `name` brings.
    pub fn open<E: From<SnapshotError>>(
        snap: &'s Snapshot<'s>,
        revision: &Id<Revision>,
        name: impl FnOnce(&[Step]) -> Result<String, E>,
    ) -> Result<Self, E> {
        let revision = *revision;
        if let Some(names) = snap.derived(NAMES, &revision) {
            let names = String::from_utf8_lossy(&names).into_owned();
            return Ok(Self { snap, revision, names, made: None });
        }
        let line = snap.line(&revision, Back::ToTheFirst)?;
        let (windows, now) = windows(snap, &line)?;
        let names = name(&line)?;
        if snap.get(&line[0].id)?.record.text.sha256.is_some() {
            let mut parts = vec![
                (HASHES.to_owned(), &windows.hashes[..]),
                (REVISIONS.to_owned(), &windows.revisions[..]),
                (NOW.to_owned(), &now[..]),
                (NAMES.to_owned(), names.as_bytes()),
            ];
            for (what, bytes) in [(STARTS, &windows.starts), (LENGTHS, &windows.lengths)] {
                parts
                    .extend(bytes.chunks(ROW).enumerate().map(|(n, row)| (row_name(what, n), row)));
            }
            snap.derive(&revision, &parts);
        }
        Ok(Self { snap, revision, names, made: Some(Made { windows, now }) })
    }

    /// The hashes of all windows.
    pub fn hashes(&self) -> Cow<'_, [u8]> {
        self.part(HASHES, |m| &m.windows.hashes)
    }

    /// The numbers of the revisions.
    pub fn revisions(&self) -> Cow<'_, [u8]> {
        self.part(REVISIONS, |m| &m.windows.revisions)
    }

    /// The hashes of the newest text.
    pub fn now(&self) -> Cow<'_, [u8]> {
        self.part(NOW, |m| &m.now)
    }

    /// Where the words of a phrase stand that was found among the hashes.
    pub fn seen(&self, needle: &Needle, place: usize, revisions: &[u8]) -> Option<Seen> {
        let last = place + needle.len() - 1;
        let starts = self.rows(STARTS, 4 * place..4 * (last + 1), |m| &m.windows.starts)?;
        let length = self.rows(LENGTHS, 2 * last..2 * last + 2, |m| &m.windows.lengths)?;
        needle.seen(place, &starts, &length, revisions)
    }

    fn part<'m>(&'m self, what: &str, of: impl Fn(&'m Made) -> &'m [u8]) -> Cow<'m, [u8]> {
        match &self.made {
            Some(made) => Cow::Borrowed(of(made)),
            None => Cow::Owned(self.snap.derived(what, &self.revision).unwrap_or_default()),
        }
    }

    /// Some bytes of a string that is kept in rows.
    fn rows(
        &self,
        what: &str,
        range: Range<usize>,
        of: impl Fn(&Made) -> &Vec<u8>,
    ) -> Option<Vec<u8>> {
        if let Some(made) = &self.made {
            return of(made).get(range).map(<[u8]>::to_vec);
        }
        let first = range.start / ROW;
        let mut bytes = Vec::new();
        for n in first..=(range.end - 1) / ROW {
            bytes.extend(self.snap.derived(&row_name(what, n), &self.revision)?);
        }
        bytes.get(range.start - first * ROW..range.end - first * ROW).map(<[u8]>::to_vec)
    }
}

fn row_name(what: &str, row: usize) -> String {
    format!("{what} {row}")
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
