use crate::desk::{self, Dated, TimelineDraft};

use super::args::TimelineArgs;
use super::door::Door;
use super::run::Done;
use super::table::table;

pub(super) fn run(args: &TimelineArgs, door: &mut Door) -> Done {
    let archive = door.archive()?;
    let draft = TimelineDraft {
        sources: args.within.clone(),
        from: args.from.clone(),
        to: args.to.clone(),
    };
    let timeline = desk::timeline(&archive, &draft)?;
    door.answer(&timeline, Vec::new(), |door| {
        let rows: Vec<Vec<String>> = timeline.items.iter().map(row).collect();
        for l in table(&rows, door.width) {
            door.line(l);
        }
        if !timeline.unplaced.is_empty() {
            door.line("");
            door.line(door.paint.dim("told in words, or left blank"));
            let rows: Vec<Vec<String>> = timeline.unplaced.iter().map(row).collect();
            for l in table(&rows, door.width) {
                door.line(l);
            }
        }
    });
    Ok(0)
}

fn row(d: &Dated) -> Vec<String> {
    let told = d.told.as_ref().map(|t| format!("“{t}”, ")).unwrap_or_default();
    let role = d.role.as_ref().map(|r| format!("{r}: ")).unwrap_or_default();
    let supplied = match d.supplied.is_empty() {
        true => String::new(),
        false => format!(" [{} from elsewhere]", d.supplied.join(", ")),
    };
    let date = d.edtf.as_ref().map(ToString::to_string).unwrap_or_default();
    vec![
        date,
        format!("{}:{}", d.source, d.lines[0]),
        format!("{role}{} {told}{} {}{supplied}", d.wording, d.teller, d.stance),
    ]
}
