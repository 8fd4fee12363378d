//! The texts that drafts point into: from an address by lines to a place that
//! holds without the text.

use std::collections::HashMap;
use std::rc::Rc;

use crate::anchor;
use crate::digest::Id;
use crate::index::Snapshot;
use crate::model::{Citation, Revision};
use crate::text::{PassageTable, View};

use super::stop::Stop;
use crate::desk::address::{Address, Piece};
use crate::desk::resolve;

/// One text at hand.
pub(super) struct Book {
    pub revision: Id<Revision>,
    pub table: Rc<PassageTable>,
    pub view: Rc<View>,
}

/// Texts by siglum.
#[derive(Default)]
pub(super) struct Books {
    open: HashMap<String, Rc<Book>>,
}

impl Books {
    /// Takes a text that this act adds.
    pub fn put(&mut self, siglum: &str, book: Book) {
        self.open.insert(siglum.to_string(), Rc::new(book));
    }

    /// The newest text of a source.
    pub fn book(
        &mut self,
        snap: &Snapshot<'_>,
        siglum: &str,
        number: Option<usize>,
        field: &'static str,
        expected: bool,
    ) -> Result<Rc<Book>, Stop> {
        let key = number.map_or(siglum.to_string(), |n| format!("{siglum}@{n}"));
        if let Some(book) = self.open.get(&key) {
            return Ok(book.clone());
        }
        if expected && snap.source_called(siglum)?.is_none() {
            return Err(Stop::Later(format!("source {siglum:?}")));
        }
        let opened = resolve::open_text(snap, siglum, number).map_err(|e| {
            let stop = Stop::bad(field, e.message.clone());
            match e.hint {
                Some(hint) => stop.hint(hint),
                None => stop,
            }
        })?;
        let revision = opened.revision.id;
        let book = Book { revision, table: snap.passages(&revision)?, view: snap.view(&revision)? };
        let book = Rc::new(book);
        self.open.insert(key, book.clone());
        Ok(book)
    }
}

impl Book {
    /// The place of lines of this text, without blank lines at their end and
    /// the break after the last.
    pub fn cite(&self, a: usize, b: usize) -> Option<Citation> {
        let mut span = self.view.lines().range_of(a..=b)?;
        let text = &self.view.source()[span.clone()];
        span.end = span.start + text.trim_end_matches(['\n', '\r']).len();
        let last = self.view.lines().line_of(span.end.max(span.start + 1) - 1);
        let selector = anchor::select(self.revision, &self.table, span)?;
        Some(Citation { selector, lines: [a as u64, last as u64] })
    }
}

/// An address by lines: siglum, revision, first and last line.
pub(super) fn by_lines(
    written: &str,
    field: &'static str,
) -> Result<(String, Option<usize>, usize, usize), Stop> {
    match Address::parse(written) {
        Ok(Address::Text { siglum, revision, piece: Piece::Lines(a, b) }) => {
            Ok((siglum, revision, a, b))
        }
        _ => Err(Stop::bad(field, format!("{written:?} is not an address by lines"))
            .hint("write M:164 or M:164-170")),
    }
}
