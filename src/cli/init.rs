use crate::desk::{self, InitDraft};

use super::args::InitArgs;
use super::door::Door;
use super::paint::safe;
use super::run::Done;
use super::{files, folders};

pub(super) fn run(args: &InitArgs, door: &mut Door) -> Done {
    let invitation = match &args.invite {
        Some(file) => Some(files::read_text(file, 32 * 1024)?.trim().to_string()),
        None => None,
    };
    let dir = args.dir.clone().unwrap_or_else(|| door.common.archive.clone());
    let draft = InitDraft {
        dir: dir.clone(),
        title: args.title.clone(),
        invitation,
        origin: args.origin.clone(),
        keeper: door.common.actor.clone().unwrap_or_else(|| "the keeper".to_string()),
        from: args.from.clone(),
        private: match &args.private {
            Some(p) => p.clone(),
            None => folders::private()?,
        },
    };
    let context = door.context()?;
    if door.common.test_seed.is_some() {
        door.say("warning: the archive's key is made from a test seed: it is not secret");
    }
    let made = desk::init(&draft, &context)?;
    let next =
        vec![format!("variorum -C {} add FILE --siglum M --title \"…\" --by \"…\"", dir.display())];
    door.answer(&made, next, |door| {
        door.line(safe(&format!("made {}", made.archive)));
        door.line(safe(&format!("  title    {}", made.title)));
        door.line(safe(&format!("  keeper   {}", made.keeper)));
        if let (Some(from), Some(n)) = (&made.from, made.imported) {
            door.line(format!(
                "  from     {from}: {n} records, which keep their ids and their origin"
            ));
        }
        door.line(format!("  log      {}", made.origin));
        door.line(format!("  log key  {}", made.log_key));
        door.line(safe(&format!(
            "  private  {} (the archive's key: back it up, never publish it)",
            made.private
        )));
    });
    Ok(0)
}
