use std::io::{self, BufRead as _, IsTerminal};

use console::Term;

use crate::desk::{self, DeskError};

use super::door::Door;
use super::paint::safe;
use super::run::Done;

pub(super) fn run(door: &mut Door) -> Done {
    let archive = door.archive()?;
    let context = door.context()?;
    let password = if io::stdin().is_terminal() { asked()? } else { piped()? };
    let set = desk::set_password(&archive, &password, &context)?;
    door.answer(&set, Vec::new(), |door| {
        let verb = if set.changed { "changed" } else { "set" };
        door.line(safe(&format!("{verb} the password of {}", set.editor)));
        door.line("  a hash of it (argon2id) is in the archive's private folder, and nowhere else");
    });
    Ok(0)
}

/// Twice, unseen.
fn asked() -> Result<String, DeskError> {
    let term = Term::stderr();
    let ask = |what: &str| -> Result<String, DeskError> {
        let unread =
            |e: io::Error| DeskError::io("terminal", format!("the password cannot be read: {e}"));
        term.write_str(what).map_err(unread)?;
        term.read_secure_line().map_err(unread)
    };
    let first = ask("password: ")?;
    if ask("the same again: ")? != first {
        return Err(DeskError::usage(
            "password-twice",
            "the two were not the same: nothing was set",
        ));
    }
    Ok(first)
}

/// One line of standard input.
fn piped() -> Result<String, DeskError> {
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|e| DeskError::io("stdin", format!("the password cannot be read: {e}")))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_string())
}
