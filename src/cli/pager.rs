//! Long answers go through the user's pager, as git's do.

use std::io::{self, Write};
use std::process::{Command, Stdio};

/// Prints `out`; through a pager when the terminal has fewer than its lines.
/// A reader who stops reading is no error.
pub(super) fn print(out: &[u8], rows: Option<usize>) -> io::Result<()> {
    let lines = out.iter().filter(|b| **b == b'\n').count();
    if rows.is_some_and(|rows| lines >= rows) && through_pager(out) {
        return Ok(());
    }
    let mut stdout = io::stdout().lock();
    match stdout.write_all(out).and_then(|()| stdout.flush()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn through_pager(out: &[u8]) -> bool {
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
        let _ = stdin.write_all(out);
    }
    child.wait().is_ok()
}
