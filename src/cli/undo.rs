use crate::desk::{self, UndoDraft};

use super::args::UndoArgs;
use super::door::Door;
use super::paint::safe;
use super::run::Done;
use super::wrap;

pub(super) fn run(args: &UndoArgs, door: &mut Door) -> Done {
    let draft = UndoDraft {
        address: args.address.clone(),
        reason: args.reason.clone(),
        dry_run: args.dry_run,
    };
    let mut archive = door.archive()?;
    let context = door.context()?;
    let u = desk::undo(&mut archive, &draft, &context)?;
    let next = vec![format!("variorum decide {} VERDICT --reason \"…\"", u.correction)];
    door.answer(&u, next, |door| {
        let verb = if u.dry_run { "would take back" } else { "took back" };
        let width = door.width.min(84);
        door.line(door.paint.bold(&format!(
            "{verb} {}: {} {}",
            u.taken_back, u.verdict, u.correction
        )));
        for l in wrap::plain(&safe(&format!("by {}; {}", u.by, u.reason)), width, "  ") {
            door.line(l);
        }
        door.line(format!("  {} waits again; {} says so, and both stay readable", u.correction, u.decision));
        if let Some(stays) = &u.stays {
            for l in wrap::plain(
                &format!(
                    "the revision {stays} that it made stays, and stays the newest: to change its words again, answer a new correction to {stays}"
                ),
                width,
                "  ",
            ) {
                door.line(l);
            }
        }
    });
    Ok(0)
}
