//! The thin door: everything lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    variorum::cli::run(std::env::args_os())
}
