//! A bar for work that takes longer than a second; off a terminal, a line for
//! each tenth.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long work may take without a word.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows how far a long work is.
pub(super) struct Bar {
    quiet: bool,
    started: Instant,
    bar: Option<ProgressBar>,
    told: u64,
    what: String,
}

impl Bar {
    pub fn new(quiet: bool) -> Self {
        Self { quiet, started: Instant::now(), bar: None, told: 0, what: String::new() }
    }

    /// The work is at `done` of `of`.
    pub fn at(&mut self, done: u64, of: u64, what: &str) {
        if self.quiet || self.started.elapsed() < PATIENCE {
            return;
        }
        if self.what != what {
            self.finish();
            self.what = what.to_string();
        }
        if io::stderr().is_terminal() {
            let bar = self.bar.get_or_insert_with(|| {
                let bar =
                    ProgressBar::with_draw_target(Some(of), ProgressDrawTarget::stderr_with_hz(10));
                if let Ok(style) =
                    ProgressStyle::with_template("{msg:>14} [{bar:40}] {pos}/{len} {eta}")
                {
                    bar.set_style(style.progress_chars("=> "));
                }
                bar.set_message(what.to_string());
                bar
            });
            bar.set_length(of);
            bar.set_position(done);
        } else {
            let tenth = (done * 10).checked_div(of).unwrap_or(10);
            if tenth > self.told {
                self.told = tenth;
                let _ = writeln!(io::stderr(), "{what}: {done} of {of}");
            }
        }
    }

    /// Clears the bar away.
    pub fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        self.told = 0;
    }
}
