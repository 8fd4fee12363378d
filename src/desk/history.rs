//! `import edits`: a text's history of changes that was kept elsewhere, as one
//! batch.
//!
//! The archive states what it was given: by whom each change is said to be, as
//! the list spells the names, and where the list came from. It is no decision of
//! this archive's editor, so the nature of the revisions is *received*. All or
//! nothing: the first line that does not fit is named, and nothing is recorded.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::{Digest, Id};
use crate::import::{self, Change};
use crate::index::Snapshot;
use crate::model::{
    ContentRef, History, HistoryEdits, HistoryStep, Kind, Nature, Revision, Source, TextState,
    inner_number,
};
use crate::text::edits::Edit;
use crate::text::{Folio, Sheets, flat_digests};

use super::add::{self, AddDraft};
use super::archive::{Archive, Progress};
use super::resolve::{Target, target};
use super::{Context, DeskError, people};

/// A list of changes to be brought in.
#[derive(Debug, Clone, Default)]
pub struct ImportDraft {
    /// The list: one JSON object a line.
    pub bytes: Vec<u8>,
    /// Where it came from, in words; recorded.
    pub from: String,
    /// The text that it begins with: `M` or `M@2`. With `base`, the siglum of
    /// a new source.
    pub to: String,
    /// The text that it begins with, where the archive does not have it: then
    /// `to` is the siglum of a new source, described here.
    pub base: Option<AddDraft>,
    /// Nothing is written.
    pub dry_run: bool,
}

/// What was brought in.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ImportAnswer {
    /// Siglum of the source.
    pub source: String,
    /// Id of the source.
    pub source_id: Id<Source>,
    /// Short id of the record that holds the revisions, `U-…`.
    pub history: String,
    /// Its id.
    pub history_id: Id<History>,
    /// How many revisions.
    pub revisions: u64,
    /// The first of them, `M@2`.
    pub first: String,
    /// The last of them.
    pub last: String,
    /// Id of the last.
    pub last_id: Id<Revision>,
    /// SHA-256 of the last text.
    pub sha256: Digest,
    /// Root of the last text.
    pub root: Digest,
    /// Bytes of the last text.
    pub bytes: u64,
    /// How many names there are in the list.
    pub agents: usize,
    /// How many edits of each kind.
    pub edits: BTreeMap<&'static str, usize>,
    /// Where the list came from.
    pub from: String,
    /// SHA-256 of the list.
    pub file: Digest,
    /// Nothing was written.
    pub dry_run: bool,
}

/// What the list begins with.
enum Start {
    /// A revision of the archive.
    Parent(Id<Revision>, Id<Source>, String),
    /// A text that comes with it.
    Base(AddDraft),
}

/// So many texts are kept at a time to be hashed.
const AT_ONCE: usize = 1024;

/// Brings a list of changes in.
///
/// # Errors
/// When a line cannot be read or does not fit the text before it (with the line
/// and the value), or the text is private, withheld, or not whole.
pub fn import_edits(
    archive: &mut Archive,
    draft: &ImportDraft,
    context: &Context,
    progress: Progress<'_>,
) -> Result<ImportAnswer, DeskError> {
    let list = std::str::from_utf8(&draft.bytes).map_err(|e| {
        DeskError::usage(
            "not-utf8",
            format!("{} is not UTF-8 at byte {}", draft.from, e.valid_up_to()),
        )
        .hint("the list is one JSON object a line, in UTF-8")
    })?;
    let changes = import::read_changes(list).map_err(|e| {
        DeskError::usage("bad-line", format!("{}: {e}", draft.from))
            .hint("nothing was recorded; see: variorum import edits --help")
    })?;
    if changes.is_empty() {
        return Err(DeskError::usage("no-changes", format!("{} holds no changes", draft.from))
            .hint("the list is one JSON object a line; see: variorum import edits --help"));
    }
    let snap = archive.snapshot()?;
    let (start, text) = match &draft.base {
        Some(base) => {
            if snap.source_called(&draft.to)?.is_some() {
                return Err(DeskError::refused(
                    "source-known",
                    format!("{} is the siglum of a source already", draft.to),
                )
                .hint(format!("leave --base out to bring the changes to {}", draft.to)));
            }
            let base = AddDraft { siglum: draft.to.clone(), ..base.clone() };
            let text = add::text_of(&base)?;
            (Start::Base(base), text)
        }
        None => begin(&snap, &draft.to)?,
    };
    let other = |id: &str, span: Range<usize>| {
        let id = Id::new(id.parse::<Digest>().ok()?);
        snap.text(&id).ok()?.text.get(span).map(str::to_owned)
    };
    let made =
        make(&changes, &text, matches!(start, Start::Base(_)), &other, &draft.from, progress)?;
    drop(snap);
    let answer = record(archive, draft, context, start, text, &changes, made)?;
    if !draft.dry_run {
        // Leaves the newest text and its writers in the index, where the next
        // question finds them. Nothing depends on it.
        let _ = archive.snapshot()?.text(&answer.last_id);
    }
    Ok(answer)
}

/// The revision of the archive that the list begins with, and its text.
fn begin(snap: &Snapshot<'_>, to: &str) -> Result<(Start, String), DeskError> {
    let Target::Text { opened, whole: true, .. } = target(snap, to, None)? else {
        return Err(DeskError::usage("not-a-text", format!("{to} is not a whole text"))
            .hint("name the text that the changes begin with: --to M or --to M@2"));
    };
    let held = &opened.revision;
    if held.record.text.sha256.is_none() {
        return Err(DeskError::refused(
            "private",
            format!("{} is private: a list of its changes would publish it", opened.name),
        ));
    }
    if held.record.withheld {
        return Err(DeskError::refused(
            "withheld",
            format!(
                "{} is not supplied with the archive: its changes could not be checked",
                opened.name
            ),
        ));
    }
    must_be_newest(snap, &held.id, &opened.source.id, &opened.name)?;
    let start = Start::Parent(held.id, opened.source.id, opened.name.clone());
    Ok((start, opened.text.to_string()))
}

/// Changes are made to a newest text: those to an older one would begin a line
/// of their own beside it.
fn must_be_newest(
    snap: &Snapshot<'_>,
    revision: &Id<Revision>,
    source: &Id<Source>,
    name: &str,
) -> Result<(), DeskError> {
    if snap.heads(source)?.iter().any(|(_, head)| head == revision) {
        return Ok(());
    }
    Err(DeskError::refused(
        "not-the-newest",
        format!("{name} is not the newest text: a list of changes begins with that"),
    )
    .hint("leave the number out: --to M"))
}

/// What the changes make.
struct Made {
    roots: Vec<Digest>,
    texts: Vec<Digest>,
    last: TextState,
}

/// Applies every change: roots, and SHA-256 of each text.
fn make(
    changes: &[Change],
    text: &str,
    with_base: bool,
    other: &dyn Fn(&str, Range<usize>) -> Option<String>,
    from: &str,
    progress: Progress<'_>,
) -> Result<Made, DeskError> {
    let restored: HashSet<u64> = changes
        .iter()
        .flat_map(|c| c.edits.as_slice())
        .filter_map(|e| match e {
            Edit::Restore { revision, .. } => inner_number(revision),
            _ => None,
        })
        .collect();
    let mut folio = Folio::new(text);
    let mut kept: HashMap<u64, Sheets> = HashMap::new();
    let (mut roots, mut texts, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
    if restored.contains(&0) {
        kept.insert(0, folio.sheets().clone());
    }
    if with_base {
        roots.push(folio.root());
        waiting.push(folio.sheets().clone());
    }
    let total = changes.len() as u64;
    for (n, change) in (1u64..).zip(changes) {
        let past = |name: &str, span: Range<usize>| match inner_number(name) {
            Some(number) => kept.get(&number)?.slice(span),
            None => other(name, span),
        };
        folio.apply(&change.edits, &past).map_err(|e| {
            DeskError::usage(
                "does-not-fit",
                format!("{from}: change {n}, by {}: {e}", change.agent),
            )
            .hint("nothing was recorded; offsets are bytes of the text that the change before gave")
        })?;
        roots.push(folio.root());
        waiting.push(folio.sheets().clone());
        if restored.contains(&n) {
            kept.insert(n, folio.sheets().clone());
        }
        if waiting.len() >= AT_ONCE || n == total {
            texts.extend(flat_digests(&waiting).0);
            // The next ones share with the last.
            waiting.clear();
            progress(n, total, "changes");
        }
    }
    let last = TextState {
        bytes: folio.len() as u64,
        sha256: texts.last().copied(),
        commitment: None,
        root: folio.root(),
        passages: None,
    };
    Ok(Made { roots, texts, last })
}

fn record(
    archive: &mut Archive,
    draft: &ImportDraft,
    context: &Context,
    start: Start,
    text: String,
    changes: &[Change],
    made: Made,
) -> Result<ImportAnswer, DeskError> {
    let edits = edits_of(changes);
    let agents = edits.agents.len();
    let file = Digest::of(&draft.bytes);
    let sha256 = made.last.sha256.expect("a text that is no secret has its SHA-256");
    let (answer, _) = archive.write(context, draft.dry_run, |snap, batch| {
        batch.dense = true;
        let actor = people::actor(snap, context)?;
        people::must_be_editor(snap, &actor)?;
        let (source, parent, base) = match &start {
            Start::Parent(parent, source, name) => {
                // Again, under the lock: another writer may have been faster.
                must_be_newest(snap, parent, source, name)?;
                (*source, Some(*parent), None)
            }
            Start::Base(base) => {
                let source = add::new_source(snap, batch, base, &actor.id)?;
                let content: ContentRef = batch.plain(text.into_bytes());
                (source, None, Some(content))
            }
        };
        let before = snap.revision_count(&source)?;
        let history = History {
            origin: batch.origin.clone(),
            maker: Some(actor.id),
            key: None,
            time: batch.now,
            nonce: Some(batch.context().nonce()),
            source,
            parent,
            base,
            nature: Nature::Received,
            from: draft.from.clone(),
            file,
            revisions: changes.len() as u64,
            edits: batch.plain(edits.to_bytes()),
            roots: batch.plain(History::roots_to_bytes(&made.roots)),
            digests: History::digest_of_digests(made.texts.iter().copied()),
            text: made.last.clone(),
        };
        let siglum = match &start {
            Start::Base(base) => base.siglum.clone(),
            Start::Parent(..) => snap.get(&source)?.record.siglum,
        };
        let count = history.revisions + 1 - history.first();
        let (root, bytes) = (made.last.root, made.last.bytes);
        let id = batch.record(history)?;
        let mut by_kind = BTreeMap::new();
        for edit in changes.iter().flat_map(|c| c.edits.as_slice()) {
            *by_kind.entry(kind_of(edit)).or_default() += 1;
        }
        Ok(ImportAnswer {
            source: siglum.clone(),
            source_id: source,
            history: snap.short_id(Kind::History, &id)?,
            history_id: id,
            revisions: count,
            first: format!("{siglum}@{}", before + 1),
            last: format!("{siglum}@{}", before + count as usize),
            last_id: History::revision_id(&id, changes.len() as u64),
            sha256,
            root,
            bytes,
            agents,
            edits: by_kind,
            from: draft.from.clone(),
            file,
            dry_run: draft.dry_run,
        })
    })?;
    Ok(answer)
}

/// The changes as they are stored.
fn edits_of(changes: &[Change]) -> HistoryEdits {
    let mut out = HistoryEdits::default();
    let mut place: HashMap<&str, usize> = HashMap::new();
    for change in changes {
        let agent = *place.entry(&change.agent).or_insert_with(|| {
            out.agents.push(change.agent.clone());
            out.agents.len() - 1
        });
        out.steps.push(HistoryStep {
            agent,
            time: change.time,
            reason: change.reason.clone(),
            edits: change.edits.clone(),
        });
    }
    out
}

fn kind_of(edit: &Edit) -> &'static str {
    match edit {
        Edit::Replace { .. } => "replace",
        Edit::Move { .. } => "move",
        Edit::Restore { .. } => "restore",
        Edit::Layout { .. } => "layout",
    }
}
