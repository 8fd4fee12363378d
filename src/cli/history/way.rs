//! The way from the thread that reads a history to the one that compares.

use std::sync::mpsc::{Receiver, SyncSender};

use crate::desk::{DeskError, PastText};

/// The way to the one who reads the texts.
pub(super) struct Way {
    pub(super) texts: SyncSender<Result<PastText, DeskError>>,
    pub(super) spare: Receiver<String>,
}

impl Way {
    /// Hands a text on; false when no more are wanted.
    pub(super) fn send(&self, text: PastText) -> bool {
        self.texts.send(Ok(text)).is_ok()
    }

    /// Memory of a text that is done with, empty.
    pub(super) fn spare(&self) -> String {
        let mut text = self.spare.try_recv().unwrap_or_default();
        text.clear();
        text
    }
}
