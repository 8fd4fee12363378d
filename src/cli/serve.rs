//! `serve`: what was typed goes to the other door.

use crate::desk::{DeskError, ServeDraft};

use super::args::ServeArgs;
use super::door::Door;
use super::folders;
use super::paint::safe;
use super::run::Done;
use super::setting::setting;

pub(super) fn run(args: &ServeArgs, door: &mut Door) -> Done {
    let Some(serve) = door.serve else {
        return Err(DeskError::refused("no-server", "no server can be started from here"));
    };
    let setting = setting(&args.pages, true)?;
    let draft = ServeDraft {
        dir: door.common.archive.clone(),
        cache: folders::indexes(),
        listen: args.listen,
        behind_proxy: args.behind_proxy,
        access_log: args.access_log.clone(),
        no_addresses: args.no_addresses,
        patience: args.patience,
        hold_all: args.hold_all,
        replies_each: args.replies_each,
        replies_all: args.replies_all,
        keep: usize::from(args.keep) * 1024 * 1024,
    };
    // The index is brought up to the log here, where a person sees how far it is.
    drop(door.archive()?);
    serve(&draft, setting, &mut |answer| {
        door.answer(answer, Vec::new(), |door| {
            door.line(door.paint.bold(&safe(&format!("listening on {}", answer.address))));
            door.line(format!("  log      {} entries", answer.log_size));
            let takes = if answer.takes_replies { "are taken" } else { "are not taken: read-only" };
            door.line(format!("  replies  {takes}"));
            door.line("  stop     Ctrl-C, or SIGTERM");
        });
        door.flush()
            .map_err(|e| DeskError::io("write", format!("the answer cannot be written: {e}")))
    })?;
    door.say("stopped");
    Ok(0)
}
