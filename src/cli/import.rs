use crate::desk::{self, AddDraft, ImportDraft};

use super::args::{ImportArgs, Imported};
use super::door::Door;
use super::files;
use super::paint::safe;
use super::progress::Bar;
use super::run::Done;

/// A list of changes may have so many bytes.
const LIST_LIMIT: u64 = 1024 * 1024 * 1024;

pub(super) fn run(args: &ImportArgs, door: &mut Door) -> Done {
    let Imported::Edits(args) = &args.what;
    let base = match &args.base {
        Some(path) => Some(AddDraft {
            bytes: files::read(path, files::TEXT_LIMIT)?,
            name: files::name(path),
            title: args.title.clone(),
            by: args.by.clone(),
            ..AddDraft::default()
        }),
        None => None,
    };
    let draft = ImportDraft {
        bytes: files::read(&args.file, LIST_LIMIT)?,
        from: args.from.clone().unwrap_or_else(|| files::name(&args.file)),
        to: args.to.clone(),
        base,
        dry_run: args.dry_run,
    };
    let mut archive = door.archive()?;
    let context = door.context()?;
    let mut bar = Bar::new(door.common.quiet);
    let done = desk::import_edits(&mut archive, &draft, &context, &mut |done, of, what| {
        bar.at(done, of, what);
    });
    bar.finish();
    let done = done?;
    let next = vec![format!("variorum who {}", done.source), "variorum verify --full".to_string()];
    door.answer(&done, next, |door| {
        let verb = if done.dry_run { "would bring in" } else { "brought in" };
        let head = format!("{verb} {} revisions, {} to {}", done.revisions, done.first, done.last);
        door.line(door.paint.bold(&head));
        let edits: Vec<String> = done.edits.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
        door.line(format!("  edits by {} names: {}", done.agents, edits.join(", ")));
        door.line(safe(&format!("  from {}, sha256 {}", done.from, done.file)));
        door.line(format!("  {} has {} bytes, sha256 {}", done.last, done.bytes, done.sha256));
        door.line(format!("  root {}", done.root));
        door.line("  as the list tells it: who these names are was not examined");
    });
    Ok(0)
}
