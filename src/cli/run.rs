//! From what was typed to an exit code.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::desk::{DeskError, Envelope};

use super::args::{Cli, Verb};
use super::door::Door;
use super::*;

/// What a verb returns: the exit code of an answer, or why there is none.
pub(super) type Done = Result<u8, DeskError>;

/// Runs one command; `args` begins with the program's name. The exit code is
/// 0 done, 1 differences, 2 usage, 3 not found or ambiguous, 4 integrity,
/// 5 refused, 6 input/output.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(e) => {
            // Help and version are answers, the rest is usage.
            let code = if e.use_stderr() { 2 } else { 0 };
            let _ = e.print();
            return ExitCode::from(code);
        }
    };
    ExitCode::from(command(cli))
}

/// Runs one parsed command and hands its answer out.
pub(super) fn command(cli: Cli) -> u8 {
    let mut door = Door::new(cli.common, cli.verb.name());
    let done = dispatch(&cli.verb, &mut door);
    let code = match done {
        Ok(code) => code,
        Err(e) => {
            if door.common.json {
                let json = Envelope::trouble(door.verb, &e).to_json();
                door.line(json);
            }
            tell(&door, &e);
            e.class.exit_code()
        }
    };
    match door.flush() {
        Ok(()) => code,
        Err(e) => {
            let _ = writeln!(io::stderr(), "error: the answer cannot be written: {e}");
            6
        }
    }
}

fn dispatch(verb: &Verb, door: &mut Door) -> Done {
    match verb {
        Verb::Tour(a) => tour::run(a, door),
        Verb::Init(a) => init::run(a, door),
        Verb::Status => status::run(door),
        Verb::Add(a) => add::run(a, door),
        Verb::List(a) => list::run(a, door),
        Verb::Show(a) => show::run(a, door),
        Verb::Locate(a) => locate::run(a, door),
        Verb::Submit(a) => submit::run(a, door),
        Verb::Inbox(a) => inbox::run(a, door),
        Verb::Decide(a) => decide::run(a, door),
        Verb::Diff(a) => diff::run(a, door),
        Verb::Who(a) => who::run(a, door),
        Verb::Log(a) => log::run(a, door),
        Verb::Verify(a) => verify::run(a, door),
        Verb::Receipt(a) => receipt::run(a, door),
        Verb::Cite(a) => cite::run(a, door),
        Verb::Export(a) => export::run(a, door),
        Verb::Schema(a) => meta::schema(a, door),
        Verb::Completions(a) => meta::completions(a, door),
        Verb::Man(a) => meta::man(a, door),
    }
}

fn tell(door: &Door, e: &DeskError) {
    let paint = paint::Paint::new(door.paint.bold("x") != "x");
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "{} {}", paint.bad("error:"), paint::safe(&e.message));
    if let Some(hint) = &e.hint {
        let _ = writeln!(err, "{} {}", paint.dim("hint:"), paint::safe(hint));
    }
}
