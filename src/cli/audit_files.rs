//! What an audit leaves as files: the report, and the provenance.

use std::path::Path;

use crate::desk::{self, AuditAnswer, DeskError};
use crate::pages;

use super::args::AuditArgs;
use super::door::Door;
use super::files;
use super::paint::safe;
use super::setting::speaks;

/// Refuses what cannot be written, before the archive is read.
pub(super) fn check(args: &AuditArgs, door: &Door) -> Result<(), DeskError> {
    for path in [&args.report, &args.prov].into_iter().flatten() {
        if path.as_os_str() != "-" {
            files::replaceable(path)?;
        }
    }
    speaks(&args.language)?;
    if is_output(args.report.as_deref()) {
        return Err(DeskError::usage("no-name", "the report goes into a file, not to -")
            .hint("name the file: --report FILE.html"));
    }
    if door.common.json && is_output(args.prov.as_deref()) {
        return Err(DeskError::usage("two-answers", "--json and --prov - both answer there")
            .hint("name a file: --prov FILE.json"));
    }
    if args.report.is_some() && args.report == args.prov {
        return Err(DeskError::usage("one-file", "--report and --prov name the same file"));
    }
    Ok(())
}

/// Writes the files that were asked for, and says so on standard error.
/// Whether one of them took the place of the answer.
pub(super) fn write(
    args: &AuditArgs,
    door: &mut Door,
    answer: &AuditAnswer,
) -> Result<bool, DeskError> {
    if let Some(path) = &args.report {
        let page = pages::report(answer, speaks(&args.language)?, Some(door.now()?));
        files::replace(path, page.as_bytes())?;
        written(door, "report", path, page.len());
    }
    let Some(path) = &args.prov else { return Ok(false) };
    let json = desk::provenance(answer);
    if is_output(Some(path)) {
        door.bytes(json.as_bytes());
        return Ok(true);
    }
    files::replace(path, json.as_bytes())?;
    written(door, "provenance", path, json.len());
    Ok(false)
}

fn is_output(path: Option<&Path>) -> bool {
    path.is_some_and(|p| p.as_os_str() == "-")
}

fn written(door: &Door, what: &str, path: &Path, bytes: usize) {
    door.say(&safe(&format!("{what} written to {} ({bytes} bytes)", path.display())));
}
