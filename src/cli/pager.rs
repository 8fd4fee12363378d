//! Long answers go through the user's pager, as git's do.

use std::io::{self, Write};
use std::process::{Command, Stdio};

/// Prints `pieces`; through a pager when the terminal has fewer than their
/// lines. A reader who stops reading is no error.
pub(super) fn print(pieces: &[Vec<u8>], rows: Option<usize>) -> io::Result<()> {
    let lines = || pieces.iter().flatten().filter(|b| **b == b'\n').count();
    if rows.is_some_and(|rows| lines() >= rows) && through_pager(pieces) {
        return Ok(());
    }
    let mut stdout = io::stdout().lock();
    let mut print = || {
        pieces.iter().try_for_each(|piece| stdout.write_all(piece)).and_then(|()| stdout.flush())
    };
    match print() {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn through_pager(pieces: &[Vec<u8>]) -> bool {
    let named = ["VARIORUM_PAGER", "PAGER"].iter().find_map(|v| std::env::var(v).ok());
    let pager = named.unwrap_or_else(|| "less".to_string());
    if pager.trim().is_empty() || pager.trim() == "cat" {
        return false;
    }
    let mut words = pager.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let Ok(mut child) = command.spawn() else { return false };
    if let Some(mut stdin) = child.stdin.take() {
        // The reader may leave before the end.
        let _ = pieces.iter().try_for_each(|piece| stdin.write_all(piece));
    }
    child.wait().is_ok()
}
