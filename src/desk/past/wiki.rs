//! A history as MediaWiki exports it.

use std::io::BufRead;

use super::PastText;
use crate::desk::DeskError;
use crate::import::WikiExport;

/// An export of one page, read revision by revision.
pub struct WikiPage<R> {
    export: WikiExport<R>,
    hidden: u32,
}

impl<R: BufRead> WikiPage<R> {
    /// Begins to read.
    pub fn new(from: R) -> Self {
        Self { export: WikiExport::new(from), hidden: 0 }
    }

    /// The next text. Revisions whose text is hidden are passed over: nobody
    /// can say what they changed. `spare` is memory for it.
    ///
    /// # Errors
    /// When this is no export, or one of several pages.
    pub fn next_text(&mut self, mut spare: String) -> Result<Option<PastText>, DeskError> {
        loop {
            let next = self.export.next_revision(std::mem::take(&mut spare));
            let next = next.map_err(|e| {
                DeskError::usage("wiki-export", e.to_string())
                    .hint("export one page with its whole history, the oldest revision first")
            })?;
            let Some(revision) = next else { return Ok(None) };
            let Some(text) = revision.text else {
                self.hidden += 1;
                continue;
            };
            return Ok(Some(PastText {
                name: revision.id,
                agent: revision.contributor,
                time: revision.timestamp,
                text,
                read_as: None,
                skipped: std::mem::take(&mut self.hidden),
            }));
        }
    }
}
