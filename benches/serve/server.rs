//! The archive and the server that are asked.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use variorum::desk::{self, SubmitDraft};

use crate::book;

/// The program, serving.
pub struct Server {
    child: Child,
    pub address: String,
}

/// The keeper's, for the desk.
pub const PASSWORD: &str = "four words of no relation";

/// Gives the archive's keeper a password.
pub fn password(base: &Path) {
    let child = Command::new(env!("CARGO_BIN_EXE_variorum"))
        .args(["-C", "archive", "password", "--as", "Keeper"])
        .current_dir(base)
        .env("HOME", base)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    writeln!(stdin, "{PASSWORD}").expect("it reads");
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

impl Server {
    pub fn start(base: &Path) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_variorum"))
            .args(["-C", "archive", "serve", "--listen", "127.0.0.1:0", "--keep", "256"])
            .args(["--replies-each", "1000000", "--replies-all", "1000000"])
            .args(["--access-log", "access.log"])
            .current_dir(base)
            .env("HOME", base)
            .stdout(Stdio::piped())
            .spawn();
        let mut child = child.expect("the program starts");
        let out = child.stdout.take().expect("it is piped");
        let first = BufReader::new(out).lines().next().expect("a line").expect("text");
        let address = first.rsplit("http://").next().unwrap_or_default();
        Self { address: address.trim_end_matches('/').to_string(), child }
    }

    /// Most memory that it had so far, in megabytes.
    pub fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kb = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
        kb.unwrap_or(f64::NAN) / 1e3
    }

    /// Tells it to end, and waits until it has.
    pub fn stop(mut self) {
        let id = self.child.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).status();
        let _ = self.child.wait();
    }
}

/// An archive with the book and so many replies; the book's text.
pub fn archive(base: &Path, replies: usize) -> String {
    let text = book::memoir();
    let mut archive = book::archive(base, &text);
    let lines = lines(&text);
    let draft = |n: usize| SubmitDraft {
        at: Some(format!("B@1:{}", lines[n * 3571 % lines.len()].0)),
        says: format!("An earlier reply, the {n}th."),
        ..Default::default()
    };
    let drafts: Vec<_> = (0..replies).map(draft).collect();
    desk::submit_all(&mut archive, &drafts, false, &book::context(2))
        .expect("replies are recorded");
    text
}

/// Lines of some words, by number, and the words in them to be quoted.
pub fn lines(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let plain = |w: &&str| w.bytes().all(|b| b.is_ascii_alphabetic() || b == b',' || b == b'.');
        if words.len() >= 8 && words[1..7].iter().all(plain) {
            out.push((n + 1, words[1..7].join(" ")));
        }
    }
    assert!(out.len() > 100, "the book has lines to reply to");
    out
}
