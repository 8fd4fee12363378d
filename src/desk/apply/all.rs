//! Draft files, read as one.

use crate::digest::{Any, Id};
use crate::model::draft::{Draft, Item, line_of};

use super::answer::ApplyAnswer;
use super::build::Builder;
use super::stop::Stop;
use crate::desk::archive::Archive;
use crate::desk::{Context, DeskError};

/// One draft as a file gives it.
#[derive(Debug, Clone)]
pub struct DraftFile {
    /// Its name, for errors.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Records what the drafts say. They are read as one: an item may name what
/// another file defines. Either all of it is recorded or nothing.
///
/// # Errors
/// With file and line: no TOML, an unknown field or word, a name that nothing
/// has, lines that a text does not have, a text that is not at hand.
pub fn apply(
    archive: &mut Archive,
    files: &[DraftFile],
    dry_run: bool,
    context: &Context,
) -> Result<ApplyAnswer, DeskError> {
    let mut drafts = Vec::new();
    for file in files {
        let draft = Draft::parse(&file.text).map_err(|e| {
            DeskError::usage("draft", format!("{}:{}: {}", file.name, e.line, e.what))
        })?;
        drafts.push(draft);
    }
    let mut waiting: Vec<(usize, usize, Item<'_>)> = Vec::new();
    for (n, draft) in drafts.iter().enumerate() {
        waiting.extend(Item::of(draft).into_iter().map(|(at, item)| (n, at, item)));
    }
    // Kinds that others name come first; within a kind the order of the files.
    waiting.sort_by_key(|(file, at, item)| (item.rank(), *file, *at));
    let items = waiting.len();
    let place = |file: usize, at: usize, field: Option<&str>| {
        let text = &files[file].text;
        let mut line = line_of(text, at);
        if let Some(field) = field {
            line += field_line(&text[at..], field);
        }
        format!("{}:{line}", files[file].name)
    };

    let attached = archive.attached_texts();
    let (answer, _) = archive.write(context, dry_run, |snap, batch| {
        let mut builder = Builder::new(snap, batch, &attached);
        for (file, at, item) in &waiting {
            builder.names.expect(item.called()).map_err(|name| {
                DeskError::usage(
                    "defined-twice",
                    format!("{}: {name} is defined twice", place(*file, *at, None)),
                )
            })?;
        }
        let mut from: Vec<(Id<Any>, String)> = Vec::new();
        let mut left: Vec<_> = waiting.iter().collect();
        while !left.is_empty() {
            let before = left.len();
            let mut later = Vec::new();
            let mut missed = None;
            for entry in left {
                let (file, at, item) = entry;
                let first = builder.made();
                match builder.item(item, &drafts[*file].draft) {
                    Ok(()) => {
                        let place = place(*file, *at, None);
                        from.extend(builder.since(first).map(|id| (id, place.clone())));
                    }
                    Err(Stop::Later(name)) => {
                        missed.get_or_insert((place(*file, *at, None), name));
                        later.push(entry);
                    }
                    Err(Stop::Bad { field, what, hint }) => {
                        let e = DeskError::usage(
                            "draft",
                            format!("{}: {what}", place(*file, *at, Some(field))),
                        );
                        return Err(match hint {
                            Some(hint) => e.hint(hint),
                            None => e,
                        });
                    }
                    Err(Stop::Archive(e)) => return Err(*e),
                }
            }
            if let (true, Some((place, name))) = (later.len() == before, missed) {
                return Err(DeskError::usage(
                    "draft",
                    format!("{place}: {name} cannot be made before this, nor this before it"),
                ));
            }
            left = later;
        }
        builder.answer(files.len(), items, &from, dry_run)
    })?;
    Ok(answer)
}

/// Lines between the head of an item and the line of one of its fields.
fn field_line(item: &str, field: &str) -> usize {
    for (n, line) in item.lines().enumerate() {
        let line = line.trim_start();
        if n > 0 && line.starts_with("[[") {
            break;
        }
        if line.strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with('=')) {
            return n;
        }
    }
    0
}
