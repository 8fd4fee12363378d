use crate::desk::{self, LogDraft};

use super::args::LogArgs;
use super::door::Door;
use super::run::Done;
use super::table::table;

pub(super) fn run(args: &LogArgs, door: &mut Door) -> Done {
    let archive = door.archive()?;
    let draft = LogDraft { address: args.address.clone(), limit: args.limit, all: args.all };
    let log = desk::log(&archive, &draft)?;
    door.answer(&log, Vec::new(), |door| {
        let rows: Vec<Vec<String>> = log
            .items
            .iter()
            .map(|i| {
                let time = i.received.map(|t| t.minute()).unwrap_or_default();
                vec![i.index.to_string(), time, i.name.clone(), i.summary.to_string()]
            })
            .collect();
        for l in table(&rows, door.width) {
            door.line(l);
        }
        if log.more {
            door.line(door.paint.dim("there are older ones: -n NUMBER"));
        }
    });
    Ok(0)
}
