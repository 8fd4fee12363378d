//! `diff --git`: what git calls when it is told to compare texts with this
//! program, `git config diff.variorum.command "variorum diff --git"`
//! (gitattributes(5), "Defining an external diff driver").

use std::path::Path;

use crate::desk::{DeskError, Side};

use super::door::Door;
use super::files;
use super::paint::safe;

/// The two sides, from `path old-file old-hex old-mode new-file new-hex
/// new-mode`, and for a renamed file its new path and what git says of it;
/// from the path alone where it is not merged. `None` when there is nothing to
/// compare by words: that is said in the answer.
pub(super) fn sides(given: &[String], door: &mut Door) -> Result<Option<(Side, Side)>, DeskError> {
    let (path, old, new, renamed) = match given {
        [path, old, _, _, new, _, _] => (path, old, new, None),
        [path, old, _, _, new, _, _, to, ..] => (path, old, new, Some(to)),
        _ => {
            return Err(DeskError::usage(
                "git-arguments",
                format!("git gives its diff driver 7 or 9 arguments, not {}", given.len()),
            )
            .hint("let git call it: git config diff.variorum.command \"variorum diff --git\""));
        }
    };
    let to = renamed.unwrap_or(path);
    let mut text = |file: &str, name: String| -> Result<Option<Side>, DeskError> {
        // How git writes that a file is not there.
        let bytes = match file {
            "/dev/null" | "nul" => Vec::new(),
            file => files::read(Path::new(file), files::TEXT_LIMIT)?,
        };
        match Side::plain(&name, bytes) {
            Ok(side) => Ok(Some(side)),
            // The others of a commit are still to be compared.
            Err(e) => {
                door.line(safe(&format!("{}: not compared by words", e.message)));
                Ok(None)
            }
        }
    };
    let sides = (text(old, format!("a/{path}"))?, text(new, format!("b/{to}"))?);
    Ok(match sides {
        (Some(old), Some(new)) => Some((old, new)),
        _ => None,
    })
}
