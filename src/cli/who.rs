use crate::desk::{self, WhoBasis, WhoSpan};

use super::args::WhoArgs;
use super::door::Door;
use super::paint::safe;
use super::run::Done;
use super::table::table;
use super::who_history;

pub(super) fn run(args: &WhoArgs, door: &mut Door) -> Done {
    let Some(address) = &args.address else { return who_history::run(args, door) };
    if let Some(phrases) = who_history::asked(args)? {
        return who_history::run_first(address, &phrases, door);
    }
    let archive = door.archive()?;
    let who = desk::who(&archive, address, args.within.as_deref())?;
    let next = who
        .spans
        .iter()
        .find_map(|s| s.correction.as_ref())
        .map(|c| vec![format!("variorum show {c}")])
        .unwrap_or_default();
    door.answer(&who, next, |door| {
        door.line(door.paint.bold(&format!("who wrote {}", who.place.address)));
        let mut rows = Vec::new();
        for t in &who.totals {
            rows.push(vec![
                format!("{} words", t.words),
                verb(t.basis).to_string(),
                t.revision.clone(),
                t.correction.clone().unwrap_or_default(),
                safe(t.agent.as_deref().unwrap_or("unnamed")),
            ]);
        }
        for l in table(&rows, door.width) {
            door.line(format!("  {l}"));
        }
        let first = who.totals.first().map(|t| t.revision.clone());
        let later: Vec<&WhoSpan> = who
            .spans
            .iter()
            .filter(|s| Some(&s.revision) != first.as_ref() && s.words > 0)
            .collect();
        if !later.is_empty() && who.totals.len() > 1 {
            door.line("");
            let rows: Vec<Vec<String>> = later
                .iter()
                .map(|s| {
                    let bytes = format!("bytes {}-{}", s.start, s.end);
                    let from = s.correction.as_ref().map(|c| format!("{c}, ")).unwrap_or_default();
                    vec![
                        format!("line {}", s.line),
                        bytes,
                        s.revision.clone(),
                        format!("{from}{}", s.agent.as_deref().unwrap_or("unnamed")),
                    ]
                })
                .collect();
            for l in table(&rows, door.width) {
                door.line(format!("  {l}"));
            }
        }
        for s in &who.spans {
            let at = format!("  bytes {}-{}", s.start, s.end);
            if let Some(time) = &s.time {
                let why = s.reason.as_ref().map(|r| format!(": {r}")).unwrap_or_default();
                door.line(safe(&format!("{at} written {} UTC{why}", time.minute())));
            }
            if let Some(was) = &s.was {
                let was: Vec<&str> = was.split_whitespace().collect();
                door.line(safe(&format!("{at} in place of “{}”", was.join(" "))));
            }
            if !s.moved.is_empty() {
                door.line(format!("{at} moved in {}", s.moved.join(", ")));
            }
        }
        if let Some(rule) = &who.rule {
            door.line(door.paint.dim(&format!("rule of inference: {rule}")));
        }
    });
    Ok(0)
}

fn verb(basis: WhoBasis) -> &'static str {
    match basis {
        WhoBasis::Recorded => "written in",
        WhoBasis::Inferred => "first present in",
    }
}
