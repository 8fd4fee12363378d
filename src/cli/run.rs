//! From what was typed to an exit code.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::desk::{DeskError, Envelope};

use super::args::{Cli, Verb};
use super::door::Door;
use super::other_door::Serve;
use super::*;

/// What a verb returns: the exit code of an answer, or why there is none.
pub(super) type Done = Result<u8, DeskError>;

/// Runs one command; `args` begins with the program's name, and `serve` starts
/// what the command of that name asks for. The exit code is 0 done,
/// 1 differences, 2 usage, 3 not found or ambiguous, 4 integrity, 5 refused,
/// 6 input/output.
pub fn run(args: impl IntoIterator<Item = OsString>, serve: Serve) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(e) => return ExitCode::from(misread(&args, &e)),
    };
    ExitCode::from(command(cli, Some(serve)))
}

/// What was typed is no command: help and version are answers, the rest is
/// usage, told to programs in the envelope of the verb.
fn misread(args: &[OsString], e: &clap::Error) -> u8 {
    let plain = e.render().to_string();
    let said = paint::safe(&plain);
    // What was typed is shown back, so it may steer the terminal.
    if said == plain {
        let _ = e.print();
    } else {
        let _ = writeln!(io::stderr(), "{said}");
    }
    if !e.use_stderr() {
        return 0;
    }
    if args.iter().any(|a| a == "--json") {
        let known = Cli::command();
        let verb = args
            .iter()
            .filter_map(|a| known.find_subcommand(a))
            .map(clap::Command::get_name)
            .next()
            .unwrap_or("help");
        let message = plain.trim_start_matches("error: ").split("\n\n").next().unwrap_or_default();
        let trouble = DeskError::usage("usage", message).hint(format!("variorum {verb} --help"));
        let _ = writeln!(io::stdout(), "{}", Envelope::trouble(verb, &trouble).to_json());
    }
    2
}

/// Runs one parsed command and hands its answer out.
pub(super) fn command(cli: Cli, serve: Option<Serve>) -> u8 {
    let mut door = Door::new(cli.common, cli.verb.name());
    door.serve = serve;
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
        Verb::Undo(a) => undo::run(a, door),
        Verb::Held(a) => held::run(a, door),
        Verb::Password(_) => password::run(door),
        Verb::Diff(a) => diff::run(a, door),
        Verb::Who(a) => who::run(a, door),
        Verb::Log(a) => log::run(a, door),
        Verb::Verify(a) => verify::run(a, door),
        Verb::Receipt(a) => receipt::run(a, door),
        Verb::Cite(a) => cite::run(a, door),
        Verb::Attach(a) => attach::run(a, door),
        Verb::Apply(a) => apply::run(a, door),
        Verb::Audit(a) => audit::run(a, door),
        Verb::Examine(a) => examine::run(a, door),
        Verb::Event(a) => event::run(a, door),
        Verb::Question(a) => enter::question(a, door),
        Verb::Claim(a) => enter::claim(a, door),
        Verb::Compare(a) => event::compare(a, door),
        Verb::Align(a) => align::run(a, door),
        Verb::Timeline(a) => timeline::run(a, door),
        Verb::Import(a) => import::run(a, door),
        Verb::Export(a) => export::run(a, door),
        Verb::Site(a) => site::run(a, door),
        Verb::Serve(a) => serve::run(a, door),
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
