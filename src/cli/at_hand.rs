//! The texts that a verb compares: files or texts of the archive.

use std::path::Path;

use crate::desk::{AtHand, DeskError};

use super::door::Door;
use super::files;
use super::locate::is_file;

/// The texts that are named, or all of the archive.
pub(super) fn at_hand(names: &[String], door: &Door) -> Result<AtHand, DeskError> {
    if names.is_empty() {
        return AtHand::all(&door.archive()?);
    }
    let mut texts = AtHand::default();
    for name in names {
        match is_file(name, door) {
            true => texts.add_file(name, files::read(Path::new(name), files::TEXT_LIMIT)?)?,
            false => texts.add_text(&door.archive()?, name)?,
        }
    }
    Ok(texts)
}
