use std::path::PathBuf;

use crate::desk::{self, DeskError, HOLD_AT, HeldAnswer, HeldReply, HeldShape, weight};

use super::args::{HeldArgs, HeldDo};
use super::door::Door;
use super::files;
use super::paint::safe;
use super::run::Done;
use super::wrap;

pub(super) fn run(args: &HeldArgs, door: &mut Door) -> Done {
    let mut archive = door.archive()?;
    let context = door.context()?;
    let reply = args.reply.as_deref().unwrap_or_default();
    match args.what {
        HeldDo::List => {
            let held = desk::held(&archive, &context)?;
            let next = held.items.first().map(|h| format!("variorum held release {}", short(h)));
            let shape = HeldShape::List(held.clone());
            door.answer(&shape, next.into_iter().collect(), |door| list(door, &held));
        }
        HeldDo::Release => release(args, &mut archive, &context, reply, door)?,
        HeldDo::Discard => {
            let gone = desk::discard_held(&archive, reply, &context)?;
            let shape = HeldShape::Discarded(gone.clone());
            door.answer(&shape, Vec::new(), |door| {
                door.line(format!("discarded {}", &gone.held[..8]));
                door.line(format!("  {} were discarded since the archive began", gone.discarded));
            });
        }
    }
    Ok(0)
}

fn release(
    args: &HeldArgs,
    archive: &mut desk::Archive,
    context: &desk::Context,
    reply: &str,
    door: &mut Door,
) -> Result<(), DeskError> {
    if let Some(path) = args.receipt.as_deref().filter(|p| p.exists()) {
        return Err(DeskError::refused(
            "file-there",
            format!("{} is there already: nothing was released", path.display()),
        )
        .hint("choose another name for the receipt, or move that file away"));
    }
    let done = desk::release_held(archive, reply, context)?;
    let sent = done.sent.clone();
    let path = args
        .receipt
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{}.receipt.txt", sent.receipt)));
    if let Some(text) = &sent.receipt_text
        && let Err(e) = files::write_new(&path, text.as_bytes())
    {
        // The reply is recorded; only its receipt is not where it should be.
        door.say(&safe(&format!(
            "warning: {}; the reply is recorded: variorum receipt {} -o FILE",
            e.message, sent.correction
        )));
    }
    let next = vec![format!("variorum show {}", sent.correction)];
    door.answer(&HeldShape::Released(Box::new(done)), next, |door| {
        door.line(door.paint.bold(&format!("released {}", sent.correction)));
        door.line(safe(&format!("  to       {}", sent.subject)));
        door.line(safe(&format!("  receipt  {}: send it to the person", path.display())));
    });
    Ok(())
}

/// Enough of its name to tell it from others.
fn short(held: &HeldReply) -> &str {
    held.held.get(..10).unwrap_or(&held.held)
}

fn list(door: &mut Door, held: &HeldAnswer) {
    let width = door.width.min(84);
    for h in &held.items {
        let when = h.handed.map(|t| t.minute()).unwrap_or_default();
        let head = door.paint.bold(&format!("{}  {when}", short(h)));
        door.line(head);
        if let Some(damaged) = &h.damaged {
            door.line(safe(&format!("  {damaged}")));
            continue;
        }
        for (label, words) in [
            ("to", h.at.as_ref()),
            ("words", h.quote.as_ref()),
            ("says", Some(&h.says).filter(|s| !s.is_empty())),
            ("should read", h.replacement.as_ref()),
            ("name", h.name.as_ref()),
            ("contact", h.contact.as_ref()),
        ] {
            let Some(words) = words else { continue };
            for l in wrap::plain(&safe(&format!("{label}: {words}")), width, "  ") {
                door.line(l);
            }
        }
        for (name, bytes) in &h.evidence {
            door.line(safe(&format!("  evidence: {name} ({bytes} bytes)")));
        }
        for s in &h.signs {
            door.line(format!("  sign: {} ({})", s.kind.word(), s.weight));
        }
        if !h.signs.is_empty() {
            door.line(format!("  together {}; {HOLD_AT} or more is held", weight(&h.signs)));
        }
    }
    if held.items.is_empty() {
        door.line("nothing is held back");
    }
    if held.discarded > 0 {
        door.line(format!("{} were discarded since the archive began", held.discarded));
    }
}
