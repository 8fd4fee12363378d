//! A history as JSON lines, one text a line.

use std::io::{BufRead, Read};
use std::path::Path;

use super::super::files::TEXT_LIMIT;
use super::files;
use super::way::Way;
use crate::desk::{DeskError, past_line};

pub(super) fn read(path: &Path, way: &Way) -> Result<(), DeskError> {
    let mut from = files::stream(path)?;
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        // JSON spells a character with six bytes at worst.
        let mut some = (&mut from).take(6 * TEXT_LIMIT);
        if some.read_line(&mut line).map_err(|e| files::trouble(path, &e))? == 0 {
            break;
        }
        if !line.trim().is_empty() && !way.send(past_line(number, &line)?) {
            break;
        }
    }
    Ok(())
}
