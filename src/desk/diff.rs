//! `diff`: two revisions, or two plain files, word by word.

use std::rc::Rc;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::collate::{self, Change, ChangeKind, Diff, TypographicKind};
use crate::import;
use crate::text::View;

use super::archive::Archive;
use super::marked::{MarkedPassage, marked};
use super::place::lines_of;
use super::{DeskError, resolve};

/// One side of a comparison.
pub struct Side {
    name: String,
    view: Rc<View>,
}

/// How two texts differ.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DiffAnswer {
    /// The older side: `M@1` or a path.
    pub old: String,
    /// The newer side.
    pub new: String,
    /// The bytes were compared and are equal.
    pub identical: bool,
    /// No word differs: only layout or typography does.
    pub same_words: bool,
    /// What differs, in the order of the texts.
    pub changes: Vec<DiffChange>,
    /// Places where only layout or typography differs.
    pub typographic: usize,
    /// These places, in the order of the texts.
    pub layer: Vec<DiffTypographic>,
    /// Counts of words.
    pub stats: DiffStats,
}

/// One difference.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DiffChange {
    /// What happened.
    pub kind: Kind,
    /// The words of the older text.
    pub old: DiffSpan,
    /// The words of the newer text.
    pub new: DiffSpan,
    /// Up to eight words before it in the newer text, as read.
    pub before: String,
    /// Up to eight words after it in the newer text, as read.
    pub after: String,
    /// The changes inside moved words; empty for the other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inner: Vec<DiffChange>,
}

/// The same word, printed otherwise.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DiffTypographic {
    /// In what way.
    pub kind: TypographicKind,
    /// The word in the older text.
    pub old: DiffSpan,
    /// The word in the newer text.
    pub new: DiffSpan,
}

/// What happened to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Other words stand there.
    Replace,
    /// Words came in.
    Insert,
    /// Words went out.
    Delete,
    /// Words stand elsewhere, perhaps with changes inside.
    Move,
}

/// Words of one side.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DiffSpan {
    /// First byte.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// First line, from 1.
    pub line: usize,
    /// The words, as read.
    pub text: String,
}

/// Counts of words.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct DiffStats {
    /// Words of the older text.
    pub words_old: usize,
    /// Words of the newer text.
    pub words_new: usize,
    /// Words that went out or were replaced.
    pub deleted: usize,
    /// Words that came in or replace others.
    pub inserted: usize,
    /// Words that stand elsewhere.
    pub moved: usize,
}

/// Words of context around a change.
const CONTEXT: usize = 8;

impl Side {
    /// A revision of the archive.
    ///
    /// # Errors
    /// When there is no such text.
    pub fn in_archive(archive: &Archive, address: &str) -> Result<Self, DeskError> {
        let (name, view) =
            resolve::whole_text(archive, address, "compare texts: M@1 M@2, or two files")?;
        Ok(Self { name, view })
    }

    /// A plain file.
    ///
    /// # Errors
    /// When it is no text.
    pub fn plain(name: &str, bytes: Vec<u8>) -> Result<Self, DeskError> {
        Ok(Self { name: name.to_string(), view: Rc::new(View::new(plain_text(name, bytes)?)) })
    }

    /// The stored text.
    pub fn text(&self) -> &str {
        self.view.source()
    }
}

/// The text of a plain file that need not be kept: an empty one is a text too.
pub(super) fn plain_text(name: &str, bytes: Vec<u8>) -> Result<Arc<str>, DeskError> {
    if bytes.is_empty() {
        return Ok("".into());
    }
    let imported = import::read_text(&bytes).map_err(|e| {
        DeskError::usage("not-a-text", format!("{name}: {e}"))
            .hint("only texts in UTF-8 can be compared; convert it first, for instance with iconv")
    })?;
    Ok(imported.text.into())
}

/// Compares two texts.
pub fn diff(old: &Side, new: &Side) -> DiffAnswer {
    answer(old, new, &collate::diff(&old.view, &new.view))
}

/// Compares two texts, and gives the changed passages in full besides.
pub fn diff_passages(old: &Side, new: &Side) -> (DiffAnswer, Vec<MarkedPassage>) {
    let d = collate::diff(&old.view, &new.view);
    (answer(old, new, &d), marked(&old.view, &new.view, &d))
}

fn answer(old: &Side, new: &Side, d: &Diff) -> DiffAnswer {
    let changes = d.changes.iter().map(|c| change(old, new, c)).collect();
    let layer = d.typographic.iter().map(|t| DiffTypographic {
        kind: t.kind,
        old: span(&old.view, &t.old.range()),
        new: span(&new.view, &t.new.range()),
    });
    DiffAnswer {
        old: old.name.clone(),
        new: new.name.clone(),
        identical: d.identical,
        same_words: d.same_words,
        changes,
        typographic: d.typographic.len(),
        layer: layer.collect(),
        stats: DiffStats {
            words_old: d.stats.words_old,
            words_new: d.stats.words_new,
            deleted: d.stats.deleted,
            inserted: d.stats.inserted,
            moved: d.stats.moved,
        },
    }
}

fn change(old: &Side, new: &Side, c: &Change) -> DiffChange {
    let (before, after) = context(&new.view, &c.new.range());
    DiffChange {
        kind: match c.kind {
            ChangeKind::Replace => Kind::Replace,
            ChangeKind::Insert => Kind::Insert,
            ChangeKind::Delete => Kind::Delete,
            ChangeKind::Move => Kind::Move,
        },
        old: span(&old.view, &c.old.range()),
        new: span(&new.view, &c.new.range()),
        before,
        after,
        inner: c.inner.iter().map(|c| change(old, new, c)).collect(),
    }
}

fn span(view: &View, s: &std::ops::Range<usize>) -> DiffSpan {
    let text = if s.is_empty() { String::new() } else { one_line(&view.reading(s.clone())) };
    DiffSpan { start: s.start, end: s.end, line: lines_of(view, s).0, text }
}

/// A passage's end is shown by its sign.
fn one_line(text: &str) -> String {
    text.trim_end().replace("\n\n", " ¶ ")
}

fn context(view: &View, s: &std::ops::Range<usize>) -> (String, String) {
    let words = view.words();
    let first = words.partition_point(|w| (w.end as usize) <= s.start);
    let last = words.partition_point(|w| (w.start as usize) < s.end).max(first);
    let from =
        words.get(first.saturating_sub(CONTEXT)).map_or(s.start, |w| w.start as usize).min(s.start);
    let to = words.get(last + CONTEXT).map_or(view.source().len(), |w| w.start as usize).max(s.end);
    (one_line(&view.reading(from..s.start)), one_line(&view.reading(s.end..to)))
}
