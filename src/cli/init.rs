use std::path::PathBuf;

use crate::desk::{self, DeskError, InitDraft};

use super::args::InitArgs;
use super::door::Door;
use super::files;
use super::paint::safe;
use super::run::Done;

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
            None => default_private()?,
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

/// Where keys lie when nobody says otherwise (XDG Base Directory).
fn default_private() -> Result<PathBuf, DeskError> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if let Some(dir) = set("VARIORUM_PRIVATE") {
        return Ok(dir);
    }
    if let Some(data) = set("XDG_DATA_HOME") {
        return Ok(data.join("variorum"));
    }
    match set("HOME").or_else(|| set("USERPROFILE")) {
        Some(home) => Ok(home.join(".local/share/variorum")),
        None => Err(DeskError::usage(
            "no-private",
            "there is no home folder to keep the archive's key in",
        )
        .hint("name one: --private DIR")),
    }
}
