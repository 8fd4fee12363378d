//! Whether the revisions inside a history are what it states: every step is
//! taken again, the root of every text computed anew and compared. With `flat`
//! the whole bytes of every text are hashed, too.
//!
//! Cost: roots by the passage tree ([`Folio`]), which goes with the edits and
//! not with the texts; flat, the bytes from the first change of each text on,
//! on several cores ([`flat_digests`]), for [`AT_ONCE`] texts at a time.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::records::Records;
use super::report::{Fixity, Watch};
use crate::digest::{Digest, Id};
use crate::index::{Inside, Snapshot, SnapshotError};
use crate::model::{Code, Finding, History, Record, inner_number};
use crate::store::record_path;
use crate::text::{Folio, Sheets, flat_digests};

/// So many texts are kept at a time to be hashed.
const AT_ONCE: usize = 1024;

/// Checks every history.
pub(super) fn check(
    snapshot: &Snapshot<'_>,
    records: &Records,
    flat: bool,
    out: &mut Fixity,
    watch: Watch<'_>,
) {
    for (id, record) in records.all() {
        if !matches!(record, Record::History(_)) {
            continue;
        }
        let place = record_path(id);
        let seq = match snapshot.row(id) {
            Ok(Some(row)) => row.seq,
            _ => continue,
        };
        let checked = snapshot
            .inside(seq)
            .and_then(|inside| one(snapshot, &inside, &place, flat, out, watch));
        match checked {
            Ok(()) => {}
            Err(SnapshotError::Broken(f)) => out.findings.push(Finding { place, ..f }),
            Err(e) => out.findings.push(Finding::new(Code::IndexStale, place, e.to_string())),
        }
    }
}

fn one(
    snapshot: &Snapshot<'_>,
    inside: &Inside,
    place: &str,
    flat: bool,
    out: &mut Fixity,
    watch: Watch<'_>,
) -> Result<(), SnapshotError> {
    let mismatch = |text: String| {
        SnapshotError::Broken(Finding::new(Code::RevisionMismatch, place.to_string(), text))
    };
    let text = snapshot.first_text(inside)?;
    let mut folio = Folio::new(&text);
    let restored: HashSet<u64> = inside.restored_from();
    let mut kept: HashMap<u64, Sheets> = HashMap::new();
    let (mut waiting, mut digests): (Vec<Sheets>, Vec<Digest>) = (Vec::new(), Vec::new());
    let first = inside.record.first();
    for n in 0..=inside.last() {
        if let Some(step) = inside.step(n) {
            let past = |name: &str, span: Range<usize>| match inner_number(name) {
                Some(number) => kept.get(&number)?.slice(span),
                None => {
                    let id = Id::new(name.parse::<Digest>().ok()?);
                    snapshot.text(&id).ok()?.text.get(span).map(str::to_owned)
                }
            };
            let applied = folio.apply(&step.edits, &past);
            applied.map_err(|e| mismatch(format!("its revision {n} cannot be made: {e}")))?;
        }
        if restored.contains(&n) {
            kept.insert(n, folio.sheets().clone());
        }
        if n < first {
            continue;
        }
        let (found, stated) = (folio.root(), inside.root(n));
        if found != stated {
            let text =
                format!("states the root {stated} of its revision {n}, its edits give {found}");
            return Err(mismatch(text));
        }
        out.revisions += 1;
        if flat {
            waiting.push(folio.sheets().clone());
        }
        if waiting.len() == AT_ONCE || flat && n == inside.last() {
            let (more, hashed) = flat_digests(&waiting);
            digests.extend(more);
            out.flat_texts += waiting.len() as u64;
            out.flat_hashed += hashed;
            waiting.clear();
        }
        if n % 64 == 0 || n == inside.last() {
            watch(n, inside.last(), "texts");
        }
    }
    let last = match digests.last() {
        Some(last) => *last,
        None => Digest::of(folio.sheets().text().as_bytes()),
    };
    if inside.record.text.sha256 != Some(last) {
        let stated = inside.record.text.sha256.map_or("none".to_string(), |d| d.to_string());
        return Err(mismatch(format!(
            "states the digest {stated} of its last text, which has {last}"
        )));
    }
    if flat && History::digest_of_digests(digests.iter().copied()) != inside.record.digests {
        return Err(mismatch("the digests of its texts are not those it was recorded with".into()));
    }
    Ok(())
}
