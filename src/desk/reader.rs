//! An archive opened once for many questions at one checkpoint, as a site or a
//! server asks them: texts that were opened stay open, and what is private is as
//! if it were not supplied.

use crate::index::Snapshot;
use crate::tlog::Checkpoint;

use super::DeskError;
use super::archive::Archive;
use super::audit::{AuditAnswer, audit_in};
use super::cite::written;
use super::event::{CompareAnswer, EventAnswer, compare_in, event_in};
use super::inbox::{InboxAnswer, inbox_in};
use super::list::{ListItem, Listed, list_in};
use super::log::{LogAnswer, LogDraft, log_in};
use super::reading::{Book, Earlier, Paragraph, Revised, book, earlier, revised};
use super::receipt::{ReceiptAnswer, Receipts};
use super::resolve;
use super::show::{ShowAnswer, WithNotes, show_in};
use super::timeline::{TimelineAnswer, TimelineDraft, timeline_in};
use super::who::{WhoSpan, who_in};

/// An archive at one checkpoint, as anybody may read it.
pub struct Reader<'a> {
    archive: &'a Archive,
    snap: Snapshot<'a>,
    checkpoint: Checkpoint,
    receipts: Receipts<'a>,
}

impl<'a> Reader<'a> {
    /// Opens the archive as it stands now.
    ///
    /// # Errors
    /// When the index fails.
    pub fn new(archive: &'a Archive) -> Result<Self, DeskError> {
        Ok(Self {
            archive,
            snap: archive.snapshot()?.published(true),
            checkpoint: super::verify::read_checkpoint(archive)?,
            receipts: Receipts::new(archive)?,
        })
    }

    /// The archive itself, for what is asked once.
    pub fn archive(&self) -> &'a Archive {
        self.archive
    }

    /// How many log entries the checkpoint covers.
    pub fn size(&self) -> u64 {
        self.snap.size()
    }

    /// A text laid out for reading: `M@2`, or `M` for its newest revision.
    ///
    /// # Errors
    /// When there is no such text, or it is not supplied.
    pub fn book(&self, address: &str) -> Result<Book, DeskError> {
        book(&self.snap, address)
    }

    /// Who wrote which words, over the whole of a text.
    ///
    /// # Errors
    /// When records are missing or damaged.
    pub fn writers(&self, book: &Book) -> Result<Vec<WhoSpan>, DeskError> {
        who_in(&self.snap, book.opened())
    }

    /// The citation of a paragraph.
    ///
    /// # Errors
    /// When records are missing or damaged.
    pub fn cite(&self, book: &Book, paragraph: &Paragraph) -> Result<String, DeskError> {
        let (place, printed) = (&paragraph.place, paragraph.printed);
        let quote = Some(book.words(paragraph));
        written(&self.snap, book.opened(), place, printed, quote, &self.checkpoint)
    }

    /// What each revision of a text changed, the newest last.
    ///
    /// # Errors
    /// When there is no such text, or it is not supplied.
    pub fn revised(&self, address: &str) -> Result<Vec<Revised>, DeskError> {
        revised(&self.snap, address)
    }

    /// What revisions changed in the paragraphs of a book; `all` are its
    /// revisions, as [`Self::revised`] gives them.
    ///
    /// # Errors
    /// When records are missing or damaged.
    pub fn earlier(&self, book: &Book, all: &[Revised]) -> Result<Earlier, DeskError> {
        earlier(&self.snap, book, all)
    }

    /// As [`super::show`], without notes.
    ///
    /// # Errors
    /// As there.
    pub fn show(&self, address: &str) -> Result<ShowAnswer, DeskError> {
        show_in(self.archive, &self.snap, address, None, WithNotes::None)
    }

    /// As [`super::receipt`].
    ///
    /// # Errors
    /// As there.
    pub fn receipt(&self, address: &str) -> Result<ReceiptAnswer, DeskError> {
        let id = resolve::correction(&self.snap, address)?.id;
        self.receipts.make(&self.snap, &id)
    }

    /// Whether a receipt of the correction that `address` names can be made for
    /// anybody.
    ///
    /// # Errors
    /// When there is no such correction, or records are missing or damaged.
    pub fn has_receipt(&self, address: &str) -> Result<bool, DeskError> {
        self.receipts.can_make(&self.snap, &resolve::correction(&self.snap, address)?.id)
    }

    /// As [`super::inbox`], with what was answered.
    ///
    /// # Errors
    /// As there.
    pub fn inbox(&self) -> Result<InboxAnswer, DeskError> {
        inbox_in(&self.snap, true)
    }

    /// As [`super::list`].
    ///
    /// # Errors
    /// As there.
    pub fn list(&self, what: Listed) -> Result<Vec<ListItem>, DeskError> {
        Ok(list_in(&self.snap, what)?.items)
    }

    /// As [`super::log`].
    ///
    /// # Errors
    /// As there.
    pub fn log(&self, draft: &LogDraft) -> Result<LogAnswer, DeskError> {
        log_in(&self.snap, draft)
    }

    /// As [`super::timeline`].
    ///
    /// # Errors
    /// As there.
    pub fn timeline(&self) -> Result<TimelineAnswer, DeskError> {
        timeline_in(&self.snap, &TimelineDraft::default())
    }

    /// As [`super::audit`].
    ///
    /// # Errors
    /// As there.
    pub fn audit(&self, address: &str) -> Result<AuditAnswer, DeskError> {
        audit_in(self.archive, &self.snap, address)
    }

    /// As [`super::event`].
    ///
    /// # Errors
    /// As there.
    pub fn event(&self, address: &str) -> Result<EventAnswer, DeskError> {
        event_in(&self.snap, address)
    }

    /// As [`super::compare_event`].
    ///
    /// # Errors
    /// As there.
    pub fn compare_event(&self, address: &str) -> Result<CompareAnswer, DeskError> {
        compare_in(&self.snap, address)
    }
}
