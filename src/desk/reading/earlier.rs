//! What stood at each paragraph before: every change that revisions made to it,
//! followed to where its words stand today. Edits tell it as they are recorded;
//! revisions that came as whole texts are compared with the one before. Cost:
//! one comparison for each of these, and for each change its way through the
//! later edits.

use std::ops::Range;
use std::rc::Rc;

use super::book::Book;
use super::revised::{AROUND, Revised, RevisedWords, one_line, whole_words};
use crate::collate::{self, Change, ChangeKind};
use crate::desk::DeskError;
use crate::digest::Id;
use crate::index::{Followed, Snapshot, SnapshotError, Way};
use crate::model::Revision;
use crate::text::View;

/// What became of the paragraphs of a text.
pub struct Earlier {
    /// Changes by paragraph, the newest first.
    changes: Vec<Vec<EarlierWords>>,
    /// Revisions that could not be compared with the one before, since one of
    /// both is not supplied: `M@2`.
    pub unseen: Vec<String>,
}

/// A change to the words of a paragraph.
#[derive(Debug, Clone)]
pub struct EarlierWords {
    /// Which revision made it: its index among all, the first one 0.
    pub revision: usize,
    /// What stood there, and what stood there then. Long words are cut.
    pub words: RevisedWords,
    /// It, or its place today, was found by comparing whole texts.
    pub inferred: bool,
}

impl Earlier {
    /// The changes to a paragraph of the book, the newest first.
    pub fn of(&self, paragraph: usize) -> &[EarlierWords] {
        self.changes.get(paragraph).map_or(&[], Vec::as_slice)
    }
}

/// Bytes of words that are shown of one change.
const SHOWN: usize = 600;

/// What revisions changed in the paragraphs of a book; `all` are its revisions.
pub(in crate::desk) fn earlier(
    snap: &Snapshot<'_>,
    book: &Book,
    all: &[Revised],
) -> Result<Earlier, DeskError> {
    let mut out = Earlier { changes: vec![Vec::new(); book.paragraphs.len()], unseen: Vec::new() };
    let newest = book.revision_id;
    let way = snap.way_to(&newest)?;
    let line = way.line();
    let mut put = |n: usize, words: &RevisedWords, compared: bool| -> Result<(), DeskError> {
        let place = today(snap, &way, &line[n], &words.span)?;
        let Some((span, inferred)) = place.filter(|_| !book.paragraphs.is_empty()) else {
            return Ok(());
        };
        let last = book.paragraph_at(span.end.max(span.start + 1) - 1);
        for changes in &mut out.changes[book.paragraph_at(span.start)..=last] {
            let words = cut(words);
            changes.push(EarlierWords { revision: n, words, inferred: compared || inferred });
        }
        Ok(())
    };
    for (n, revision) in all.iter().enumerate().skip(1).rev() {
        if let Some(words) = &revision.words {
            for words in words {
                put(n, words, false)?;
            }
            continue;
        }
        match (view(snap, &line[n - 1])?, view(snap, &line[n])?) {
            (Some(old), Some(new)) => {
                for change in &collate::diff(&old, &new).changes {
                    for words in &told(&old, &new, change) {
                        put(n, words, true)?;
                    }
                }
            }
            _ => out.unseen.push(revision.name.clone()),
        }
    }
    Ok(out)
}

/// A text as read; none where it is not supplied.
fn view(snap: &Snapshot<'_>, id: &Id<Revision>) -> Result<Option<Rc<View>>, DeskError> {
    match snap.view(id) {
        Ok(view) => Ok(Some(view)),
        Err(SnapshotError::Withheld(_)) => Ok(None),
        Err(e) => Err(e.into()),
    }
}

/// Where bytes of a revision stand in the newest one, and whether texts were
/// compared to find that. Where they stand no more, the place is not known.
fn today(
    snap: &Snapshot<'_>,
    way: &Way,
    from: &Id<Revision>,
    span: &Range<usize>,
) -> Result<Option<(Range<usize>, bool)>, DeskError> {
    let traced = snap.trace(way, from, span.clone())?;
    Ok(traced.and_then(|t| match t.followed {
        Followed::Kept(span) | Followed::Changed(span) => Some((span, t.compared)),
        Followed::Lost => None,
    }))
}

/// A change between two whole texts; of moved words also what changed in them.
fn told(old: &View, new: &View, change: &Change) -> Vec<RevisedWords> {
    let (from, to) = (change.old.range(), change.new.range());
    let moved = change.kind == ChangeKind::Move;
    let shown = |view: &View, span: Range<usize>| {
        // Of a chapter that came in only the beginning is read.
        let end = span.end.min(span.start + 2 * SHOWN);
        one_line(&view.reading(span.start..end))
    };
    let before = new.reading(to.start.saturating_sub(AROUND)..to.start);
    let after = new.reading(to.end..(to.end + AROUND).min(new.source().len()));
    let mut out = vec![RevisedWords {
        before: spaced(one_line(whole_words(&before, true)), true),
        was: if moved { String::new() } else { shown(old, from) },
        now: shown(new, to.clone()),
        after: spaced(one_line(whole_words(&after, false)), false),
        moved,
        restored: false,
        layout: false,
        span: to,
    }];
    out.extend(change.inner.iter().flat_map(|c| told(old, new, c)));
    out
}

/// Words of a whole text are parted from what stands beside them.
fn spaced(mut words: String, behind: bool) -> String {
    match behind {
        true if !words.is_empty() && !words.ends_with(' ') => words.push(' '),
        false if words.starts_with(char::is_alphanumeric) => words.insert(0, ' '),
        _ => {}
    }
    words
}

/// The same with its longest words cut.
fn cut(words: &RevisedWords) -> RevisedWords {
    let short = |text: &str| {
        if text.len() <= SHOWN {
            return text.to_string();
        }
        let starts = text.char_indices().map(|(n, _)| n);
        let end = starts.take_while(|n| *n <= SHOWN).last().unwrap_or_default();
        let end = text[..end].rfind(' ').unwrap_or(end);
        format!("{} …", &text[..end])
    };
    RevisedWords { was: short(&words.was), now: short(&words.now), ..words.clone() }
}
