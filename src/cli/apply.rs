use std::path::{Path, PathBuf};

use crate::desk::{self, DeskError, DraftFile};

use super::args::ApplyArgs;
use super::door::Door;
use super::files;
use super::paint::safe;
use super::run::Done;

/// A draft may have so many bytes.
const DRAFT_LIMIT: u64 = 16 * 1024 * 1024;
/// A text may have so many bytes; the library says less.
const TEXT_LIMIT: u64 = 256 * 1024 * 1024;

pub(super) fn run(args: &ApplyArgs, door: &mut Door) -> Done {
    let mut drafts = Vec::new();
    for path in &args.drafts {
        for file in toml_files(path)? {
            drafts.push(DraftFile {
                name: file.display().to_string(),
                text: files::read_text(&file, DRAFT_LIMIT)?,
            });
        }
    }
    let mut archive = door.archive()?;
    for file in &args.text {
        desk::keep_text(&archive, &files::read(file, TEXT_LIMIT)?)?;
    }
    let applied = desk::apply(&mut archive, &drafts, args.dry_run, &door.context()?)?;
    let next = vec!["variorum list questions".to_string(), "variorum verify --full".to_string()];
    door.answer(&applied, next, |door| {
        let verb = if applied.dry_run { "would record" } else { "recorded" };
        let head = format!(
            "{verb} {} records of {} items in {} files; {} were here already",
            applied.recorded.len(),
            applied.items,
            applied.files,
            applied.unchanged
        );
        door.line(door.paint.bold(&head));
        for (kind, n) in &applied.by_kind {
            door.line(format!("  {n:>6} {kind}"));
        }
        for a in applied.recorded.iter().filter(|a| a.revised || applied.dry_run) {
            let revised = if a.revised { "replaces its earlier description" } else { "" };
            door.line(safe(&format!("  {}  {}  {revised}", a.name, a.from)));
        }
    });
    Ok(0)
}

/// A file itself, or the drafts of a folder by name.
fn toml_files(path: &Path) -> Result<Vec<PathBuf>, DeskError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let unreadable =
        |e: std::io::Error| DeskError::io("folder", format!("{}: {e}", path.display()));
    let mut out = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if file.extension().is_some_and(|e| e == "toml") {
            out.push(file);
        }
    }
    out.sort();
    if out.is_empty() {
        return Err(DeskError::not_found(
            "no-drafts",
            format!("{} holds no drafts (*.toml)", path.display()),
        ));
    }
    Ok(out)
}
