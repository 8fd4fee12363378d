use crate::desk::{self, AddDraft};

use super::args::AddArgs;
use super::door::Door;
use super::files;
use super::run::Done;

pub(super) fn run(args: &AddArgs, door: &mut Door) -> Done {
    let draft = AddDraft {
        bytes: files::read(&args.file, files::TEXT_LIMIT)?,
        name: files::name(&args.file),
        siglum: args.siglum.clone(),
        title: args.title.clone(),
        r#type: args.r#type,
        by: args.by.clone(),
        author_key: args
            .author_key
            .as_deref()
            .map(|p| files::read_text(p, 64 * 1024))
            .transpose()?,
        date: args.date.clone(),
        language: args.language.clone(),
        rights: args.rights.clone(),
        url: args.url.clone(),
        edition: args.edition.clone(),
        nature: args.nature,
        encoding: args.encoding.clone(),
        private: args.private,
        withheld: args.withheld,
        dry_run: args.dry_run,
    };
    let mut archive = door.archive()?;
    let context = door.context()?;
    let added = desk::add(&mut archive, &draft, &context)?;
    let next = vec![
        format!("variorum show {}:1-40", added.revision),
        format!("variorum submit --at {} --quote \"…\" --say \"…\"", added.source),
    ];
    door.answer(&added, next, |door| {
        let verb = if added.dry_run { "would add" } else { "added" };
        door.line(door.paint.bold(&format!("{verb} {}", added.revision)));
        door.line(format!("  {} bytes, {} lines, {} words, {} passages", added.bytes, added.lines, added.words, added.passages));
        match &added.sha256 {
            Some(d) => door.line(format!("  sha256 {d}")),
            None => door.line("  not published: named by a salted commitment"),
        }
        door.line(format!("  root   {}", added.root));
        if let Some(e) = &added.encoding {
            door.line(format!("  decoded from {e}; the bytes as they came are kept too"));
        }
        if added.broken_words > 0 {
            door.line(format!("  {} words are broken at a line end: the reading text joins them, the stored text stays", added.broken_words));
        }
    });
    Ok(0)
}
