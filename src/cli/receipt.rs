use crate::desk;

use super::args::ReceiptArgs;
use super::door::Door;
use super::files;
use super::paint::safe;
use super::run::Done;

pub(super) fn run(args: &ReceiptArgs, door: &mut Door) -> Done {
    let archive = door.archive()?;
    let r = desk::receipt(&archive, &args.correction)?;
    if let Some(path) = &args.output {
        files::write_new(path, r.text.as_bytes())?;
    }
    door.answer(&r, Vec::new(), |door| match &args.output {
        Some(path) => door.line(safe(&format!("{} in {}", r.receipt, path.display()))),
        None if door.rows.is_some() => door.line(safe(r.text.trim_end())),
        None => door.bytes(r.text.as_bytes()),
    });
    Ok(0)
}
