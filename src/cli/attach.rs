use crate::desk;

use super::args::AttachArgs;
use super::door::Door;
use super::files;
use super::paint::safe;
use super::run::Done;

pub(super) fn run(args: &AttachArgs, door: &mut Door) -> Done {
    let archive = door.archive()?;
    let bytes = files::read(&args.file, files::TEXT_LIMIT)?;
    let attached = desk::attach(&archive, &bytes, &files::name(&args.file))?;
    let next = vec![format!("variorum show {}:1-20", attached.revision)];
    door.answer(&attached, next, |door| {
        door.line(door.paint.bold(&format!("attached {}", attached.revision)));
        door.line(format!("  every byte is that of sha256 {}", attached.sha256));
        let n = attached.citations;
        door.line(format!(
            "  {n} places cited in it were looked up: {} stand where they are said to",
            attached.found
        ));
        door.line(safe(&format!("  kept for you alone in {}", attached.kept_in)));
    });
    Ok(0)
}
