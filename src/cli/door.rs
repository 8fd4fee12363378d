//! What a verb gets: how to answer, and what the library does not know (time,
//! randomness, terminal).

use std::io::{self, IsTerminal, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;

use crate::desk::{Archive, Context, DeskError, Envelope, Timestamp};

use super::args::{Common, When};
use super::folders;
use super::other_door::Serve;
use super::paint::Paint;
use super::progress::Bar;

/// The way out of one command.
pub(super) struct Door {
    pub common: Common,
    pub verb: &'static str,
    pub paint: Paint,
    /// Columns of the answer.
    pub width: usize,
    /// Rows of the terminal, when the answer goes to one.
    pub rows: Option<usize>,
    /// The way to the other door, for `serve`.
    pub serve: Option<Serve>,
    out: Vec<u8>,
    /// What goes out before that.
    written: Vec<Vec<u8>>,
}

impl Door {
    pub fn new(common: Common, verb: &'static str) -> Self {
        let terminal = io::stdout().is_terminal();
        let size = if terminal { terminal_size::terminal_size() } else { None };
        let columns = size.map_or(80, |(w, _)| usize::from(w.0));
        let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
            || std::env::var_os("TERM").is_some_and(|t| t == "dumb");
        let color = match common.color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !plain,
        };
        Self {
            width: common.width.map_or(columns, usize::from).max(20),
            rows: size.map(|(_, h)| usize::from(h.0)),
            paint: Paint::new(color),
            common,
            verb,
            serve: None,
            out: Vec::new(),
            written: Vec::new(),
        }
    }

    /// The archive that `-C` names, with the texts that its reader attached.
    pub fn archive(&self) -> Result<Archive, DeskError> {
        let archive = self.given_archive()?;
        Ok(match folders::attached() {
            Some(dir) => archive.with_attached(dir),
            None => archive,
        })
    }

    /// The same without these texts, as others get it.
    pub fn given_archive(&self) -> Result<Archive, DeskError> {
        let mut bar = Bar::new(self.common.quiet);
        let cache = folders::indexes();
        let archive =
            Archive::open_with(&self.common.archive, cache.as_deref(), &mut |done, of, what| {
                bar.at(done, of, what)
            });
        bar.finish();
        archive.map_err(|e| {
            if self.common.archive.as_os_str() == "." && e.hint.is_none() {
                return e.hint("name the archive's folder: -C DIR");
            }
            e
        })
    }

    /// The time of this act.
    pub fn now(&self) -> Result<Timestamp, DeskError> {
        if let Some(now) = self.common.now {
            return Ok(now);
        }
        let seconds =
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64);
        Timestamp::from_unix_seconds(seconds)
            .ok_or_else(|| DeskError::io("clock", "the clock shows no date"))
    }

    /// Time, actor and randomness of this act.
    pub fn context(&self) -> Result<Context, DeskError> {
        let now = self.now()?;
        let entropy = match &self.common.test_seed {
            Some(seed) => crate::desk::seed_for_tests(seed, now),
            None => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes).map_err(|e| {
                    DeskError::io("entropy", format!("the system gives no randomness: {e}"))
                })?;
                bytes
            }
        };
        Ok(Context::new(now, self.common.actor.clone(), entropy))
    }

    /// Adds a line to the answer.
    pub fn line(&mut self, line: impl AsRef<str>) {
        self.out.extend_from_slice(line.as_ref().as_bytes());
        self.out.push(b'\n');
    }

    /// The answer so far, to write on.
    pub fn out(&mut self) -> &mut Vec<u8> {
        &mut self.out
    }

    /// Adds a long piece to the answer without copying it.
    pub fn append(&mut self, piece: Vec<u8>) {
        self.written.push(std::mem::take(&mut self.out));
        self.written.push(piece);
    }

    /// Adds bytes to the answer, as they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// The answer: JSON when asked for, else what `show` writes.
    pub fn answer<T: Serialize>(
        &mut self,
        data: &T,
        next: Vec<String>,
        show: impl FnOnce(&mut Self),
    ) {
        if self.common.json {
            let json = Envelope::answer(self.verb, data, next).to_json();
            self.line(json);
            return;
        }
        show(self);
        if !self.common.quiet && io::stdout().is_terminal() {
            for n in next {
                self.out.extend_from_slice(self.paint.dim(&format!("next: {n}\n")).as_bytes());
            }
        }
    }

    /// A long answer as JSON, written as it is made; nothing else may be
    /// answered beside it.
    pub fn stream<T: Serialize>(&mut self, data: &T) -> Result<(), DeskError> {
        let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
        let envelope = Envelope::answer(self.verb, data, Vec::new());
        let done = envelope.write_json(&mut out).and_then(|()| out.write_all(b"\n"));
        done.and_then(|()| out.flush()).or_else(|e| match e.kind() {
            // Who reads on is gone, as after `| head`.
            io::ErrorKind::BrokenPipe => Ok(()),
            _ => Err(DeskError::io("write", format!("the answer cannot be written: {e}"))),
        })
    }

    /// A word to the person, beside the answer.
    pub fn say(&self, text: &str) {
        if !self.common.quiet {
            // Nobody is there to hear that standard error is closed.
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    /// Hands the answer out; through a pager when it is longer than the screen.
    pub fn flush(&mut self) -> io::Result<()> {
        let mut all = std::mem::take(&mut self.written);
        all.push(std::mem::take(&mut self.out));
        super::pager::print(&all, self.rows.filter(|_| !self.common.no_pager))
    }
}
