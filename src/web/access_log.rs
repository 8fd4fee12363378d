//! One line a request: time, address, method, path, status, bytes, duration.
//! The query is left out: it may hold what a reader looked for. A thread of its
//! own writes, so that a slow disk keeps nobody waiting; when it cannot follow,
//! lines are left out and counted.

use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::desk::DeskError;

use super::writer::now;

/// So many lines may wait.
const MOST_WAITING: usize = 8192;

/// What is told of a request.
pub(super) struct Line<'a> {
    pub who: IpAddr,
    pub method: &'a str,
    /// As it was sent: percent-encoded, so without spaces or line ends.
    pub path: &'a str,
    pub status: u16,
    /// Bytes of the body of the answer.
    pub bytes: u64,
    pub took: Duration,
}

/// The way to the thread; it ends when this is dropped.
pub(super) struct AccessLog {
    to: SyncSender<String>,
    no_addresses: bool,
    left_out: Arc<AtomicU64>,
}

impl AccessLog {
    /// Writes to the end of a file, or to standard error.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn start(
        path: Option<&Path>,
        no_addresses: bool,
    ) -> Result<(Self, JoinHandle<()>), DeskError> {
        let out: Box<dyn Write + Send> = match path {
            None => Box::new(io::stderr()),
            Some(path) => {
                let opened = OpenOptions::new().create(true).append(true).open(path);
                Box::new(opened.map_err(|e| {
                    DeskError::io(
                        "access-log",
                        format!("{} cannot be written: {e}", path.display()),
                    )
                    .hint("name another file: --access-log FILE")
                })?)
            }
        };
        let (to, from) = mpsc::sync_channel(MOST_WAITING);
        let left_out = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&left_out);
        let thread = thread::Builder::new()
            .name("access-log".into())
            .spawn(move || write(BufWriter::new(out), &from, &counted))
            .map_err(|e| DeskError::io("thread", format!("the system starts no thread: {e}")))?;
        Ok((Self { to, no_addresses, left_out }, thread))
    }

    /// Writes one line.
    pub fn line(&self, line: &Line<'_>) {
        let time = now().map(|t| t.to_string()).unwrap_or_default();
        let who = match self.no_addresses {
            true => "-".to_string(),
            false => line.who.to_string(),
        };
        let Line { method, path, status, bytes, .. } = line;
        let took = line.took.as_secs_f64() * 1e3;
        let text = format!("{time} {who} {method} {path} {status} {bytes} {took:.1}ms\n");
        if self.to.try_send(text).is_err() {
            self.left_out.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn write(mut out: impl Write, from: &Receiver<String>, left_out: &AtomicU64) {
    while let Ok(first) = from.recv() {
        // That the log cannot be written is no reason to answer nobody.
        let _ = out.write_all(first.as_bytes());
        for line in from.try_iter() {
            let _ = out.write_all(line.as_bytes());
        }
        let missing = left_out.swap(0, Ordering::Relaxed);
        if missing > 0 {
            let _ = writeln!(out, "{missing} lines were left out: the log could not follow");
        }
        let _ = out.flush();
    }
}
