use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::desk::{self, DeskError, EVIDENCE_LIMIT, EvidenceFile, HowKnown, SubmitDraft};

use super::args::SubmitArgs;
use super::door::Door;
use super::files;
use super::paint::safe;
use super::run::Done;
use super::wrap;

pub(super) fn run(args: &SubmitArgs, door: &mut Door) -> Done {
    if args.form {
        let form = desk::Made { text: desk::blank_form() };
        door.answer(&form, Vec::new(), |door| door.bytes(form.text.as_bytes()));
        return Ok(0);
    }
    let mut draft = match &args.from {
        Some(file) => form(file)?,
        None if asks(args) => ask(args)?,
        None => SubmitDraft { says: args.say.clone().unwrap_or_default(), ..Default::default() },
    };
    overlay(&mut draft, args)?;
    if let Some(path) = args.receipt.as_deref().filter(|p| p.exists() && !draft.dry_run) {
        // Known before anything is recorded, so that no reply goes in without its receipt.
        return Err(DeskError::refused(
            "file-there",
            format!("{} is there already: nothing was recorded", path.display()),
        )
        .hint("choose another name for the receipt, or move that file away"));
    }
    let mut archive = door.archive()?;
    let context = door.context()?;
    let sent = desk::submit(&mut archive, &draft, &context)?;
    let file = match &sent.receipt_text {
        Some(text) => {
            let path = args
                .receipt
                .clone()
                .unwrap_or_else(|| PathBuf::from(format!("{}.receipt.txt", sent.receipt)));
            match files::write_new(&path, text.as_bytes()) {
                Ok(()) => Some(path),
                // The reply is recorded; only its receipt is not where it should be.
                Err(e) => {
                    door.say(&safe(&format!(
                        "warning: {}; the reply is recorded: variorum receipt {} -o FILE",
                        e.message, sent.correction
                    )));
                    None
                }
            }
        }
        None => None,
    };
    let next = vec![format!("variorum show {}", sent.correction)];
    door.answer(&sent, next, |door| {
        let verb = if sent.dry_run { "would receive" } else { "received" };
        door.line(door.paint.bold(&format!("{verb} {}", sent.correction)));
        door.line(format!("  to       {}", sent.subject));
        if let Some(words) = &sent.reading {
            for (n, l) in
                wrap::plain(&safe(words), door.width.min(76) - 11, "").into_iter().enumerate()
            {
                door.line(format!("  {}{l}", if n == 0 { "words    " } else { "         " }));
            }
        }
        if sent.gap {
            door.line("  gap      something is missing there");
        }
        let what = if sent.gap { "gap" } else { "words" };
        for s in &sent.similar {
            let same = if s.same_words { ", proposes the same" } else { "" };
            door.line(format!("  similar  {} answers the same {what}{same}", s.correction));
        }
        match (&file, sent.log_index) {
            (Some(f), Some(n)) => door.line(safe(&format!(
                "  receipt  {} in {} (entry {n} of the log)",
                sent.receipt,
                f.display()
            ))),
            (None, Some(n)) => {
                door.line(format!("  receipt  {} (entry {n} of the log)", sent.receipt))
            }
            _ => {}
        }
    });
    Ok(0)
}

/// Nothing was said, and a person sits there.
fn asks(args: &SubmitArgs) -> bool {
    args.say.is_none() && args.should_read.is_none() && io::stdin().is_terminal()
}

fn form(file: &Path) -> Result<SubmitDraft, DeskError> {
    let text = files::read_text(file, 1024 * 1024)?;
    let mut draft = desk::read_form(&file.display().to_string(), &text)?;
    // Evidence named in the form that lies beside it is taken along.
    let beside = file.parent().unwrap_or(Path::new("."));
    let (here, promised): (Vec<String>, Vec<String>) = draft
        .promised
        .drain(..)
        .partition(|name| !name.contains(['/', '\\']) && beside.join(name).is_file());
    draft.promised = promised;
    for name in here {
        let bytes = files::read(&beside.join(&name), EVIDENCE_LIMIT as u64)?;
        draft.evidence.push(EvidenceFile { name, bytes });
    }
    Ok(draft)
}

/// What was given as options stands before what the form or the answers say.
fn overlay(draft: &mut SubmitDraft, args: &SubmitArgs) -> Result<(), DeskError> {
    fn set<T: Clone>(to: &mut Option<T>, from: &Option<T>) {
        if from.is_some() {
            to.clone_from(from);
        }
    }
    set(&mut draft.at, &args.at);
    set(&mut draft.quote, &args.quote);
    set(&mut draft.r#type, &args.r#type);
    set(&mut draft.replacement, &args.should_read);
    set(&mut draft.known, &args.how);
    set(&mut draft.grounds, &args.grounds);
    set(&mut draft.name, &args.name);
    set(&mut draft.language, &args.language);
    draft.hide_name |= args.hide_name;
    draft.gap |= args.gap;
    draft.dry_run = args.dry_run;
    for file in &args.evidence {
        let bytes = files::read(file, EVIDENCE_LIMIT as u64)?;
        draft.evidence.push(EvidenceFile { name: files::name(file), bytes });
    }
    if let Some(key) = &args.key {
        draft.key = Some(files::read_text(key, 64 * 1024)?);
    }
    Ok(())
}

/// The four questions.
fn ask(args: &SubmitArgs) -> Result<SubmitDraft, DeskError> {
    let mut input = io::stdin().lock();
    let mut question = |text: &str| -> Result<String, DeskError> {
        let mut err = io::stderr();
        let _ = write!(err, "{text}\n> ").and_then(|()| err.flush());
        let mut line = String::new();
        match input.read_line(&mut line) {
            Ok(0) => {
                Err(DeskError::usage("interrupted", "the reply was not finished; nothing was sent"))
            }
            Ok(_) => Ok(line.trim().to_string()),
            Err(e) => Err(DeskError::io("read", format!("the answer cannot be read: {e}"))),
        }
    };
    let mut draft = SubmitDraft::default();
    if args.quote.is_none() && args.at.as_deref().is_none_or(|a| !a.contains(':')) {
        draft.quote = Some(question(
            "1. What does the text say? Copy the words (line breaks do not matter).",
        )?);
    }
    draft.says = question("2. What do you say?")?;
    draft.replacement =
        Some(question("   Which words should stand there instead? (leave empty if none)")?)
            .filter(|r| !r.is_empty());
    let known = question(&format!(
        "3. How do you know? ({})",
        HowKnown::ALL.iter().map(|h| h.word()).collect::<Vec<_>>().join(", ")
    ))?;
    match known.parse::<HowKnown>() {
        Ok(k) => draft.known = Some(k),
        Err(_) if known.is_empty() => {}
        Err(_) => draft.grounds = Some(known),
    }
    let evidence = question("4. Evidence: name a file, or say where it is. (leave empty if none)")?;
    if Path::new(&evidence).is_file() {
        let bytes = files::read(Path::new(&evidence), EVIDENCE_LIMIT as u64)?;
        draft.evidence.push(EvidenceFile { name: files::name(Path::new(&evidence)), bytes });
    } else if !evidence.is_empty() {
        draft.promised.push(evidence);
    }
    if args.name.is_none() {
        draft.name =
            Some(question("Your name or a pseudonym, to be shown. (leave empty to stay unnamed)")?)
                .filter(|n| !n.is_empty());
    }
    Ok(draft)
}
