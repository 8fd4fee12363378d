use crate::desk;

use super::args::CiteArgs;
use super::door::Door;
use super::paint::safe;
use super::run::Done;

pub(super) fn run(args: &CiteArgs, door: &mut Door) -> Done {
    let archive = door.archive()?;
    let c = desk::cite(&archive, &args.address, args.within.as_deref())?;
    // One line, so that it can be copied.
    door.answer(&c, Vec::new(), |door| door.line(safe(&c.text)));
    Ok(0)
}
