use crate::desk;

use super::args::{ExportArgs, ExportForm};
use super::door::Door;
use super::paint::safe;
use super::run::Done;

pub(super) fn run(args: &ExportArgs, door: &mut Door) -> Done {
    let archive = door.archive()?;
    let e = match args.form {
        ExportForm::Plain => desk::export_plain(&archive, &args.to)?,
    };
    let next = vec![format!("variorum -C {} verify --full", e.folder)];
    door.answer(&e, next, |door| {
        door.line(safe(&format!("{} files in {}", e.files, e.folder)));
        door.line(format!("not in it: {}", e.lossy));
    });
    Ok(0)
}
