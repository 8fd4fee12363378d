//! A history as MediaWiki exports it.

use std::path::Path;

use super::files;
use super::way::Way;
use crate::desk::{DeskError, WikiPage};

pub(super) fn read(path: &Path, way: &Way) -> Result<(), DeskError> {
    let mut page = WikiPage::new(files::stream(path)?);
    while let Some(text) = page.next_text(way.spare())? {
        if !way.send(text) {
            break;
        }
    }
    Ok(())
}
