//! Chooses a door: `serve` goes to the web, all else is answered on the command
//! line.

use std::process::ExitCode;

fn main() -> ExitCode {
    variorum::cli::run(std::env::args_os(), variorum::web::serve)
}
