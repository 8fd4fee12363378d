use crate::desk::{self, CompareAnswer, EventAnswer};

use super::args::{CompareArgs, EventArgs};
use super::collation;
use super::copies;
use super::door::Door;
use super::enter;
use super::paint::safe;
use super::run::Done;
use super::table::{side_by_side, table};
use super::wrap;

pub(super) fn run(args: &EventArgs, door: &mut Door) -> Done {
    if let Some(title) = &args.title {
        return enter::event(args, title, door);
    }
    let archive = door.archive()?;
    let event = desk::event(&archive, &args.event)?;
    let next =
        vec![format!("variorum compare {}", event.name), format!("variorum audit {}", event.name)];
    door.answer(&event, next, |door| show(door, &event));
    Ok(0)
}

fn show(door: &mut Door, e: &EventAnswer) {
    door.line(door.paint.bold(&safe(&e.title)));
    let also =
        if e.also.is_empty() { String::new() } else { format!("; also: {}", e.also.join(", ")) };
    let within = e.within.as_ref().map(|w| format!("; under {w}")).unwrap_or_default();
    say(
        door,
        &format!("{}{also}{within}. A grouping of accounts: it asserts nothing.", e.name),
        "",
    );
    door.line("");
    door.line(door.paint.dim("ACCOUNTS"));
    let rows: Vec<Vec<String>> = e
        .accounts
        .iter()
        .map(|a| {
            let at: Vec<&str> = a.places.iter().map(|p| p.address.as_str()).collect();
            let title = a.title.as_ref().map(|t| format!(": {t}")).unwrap_or_default();
            vec![
                format!("  {}", at.first().copied().unwrap_or_default()),
                a.known.clone(),
                format!("{}{title}", a.head),
            ]
        })
        .collect();
    lines(door, &rows);
    door.line("");
    door.line(door.paint.dim("QUESTIONS"));
    let rows: Vec<Vec<String>> = e
        .questions
        .iter()
        .map(|q| {
            vec![
                format!("  {}", q.facet),
                format!("{} claims", q.claims),
                format!("{} ({})", q.wording, q.name),
            ]
        })
        .collect();
    lines(door, &rows);
}

pub(super) fn compare(args: &CompareArgs, door: &mut Door) -> Done {
    let [one] = args.texts.as_slice() else { return collation::run(args, door) };
    if args.asks_for_words() {
        return collation::run(args, door);
    }
    let archive = door.archive()?;
    if let Some(copies) = desk::compare_copies(&archive, one)? {
        door.answer(&copies, Vec::new(), |door| copies::show(door, &copies));
        return Ok(0);
    }
    let compared = desk::compare_event(&archive, one)?;
    let next = vec![format!("variorum audit {}", compared.event)];
    door.answer(&compared, next, |door| columns(door, &compared));
    Ok(0)
}

/// A row per question; the columns beside each other where they fit, else
/// beneath each other.
fn columns(door: &mut Door, c: &CompareAnswer) {
    door.line(door.paint.bold(&safe(&c.title)));
    say(
        door,
        &format!(
            "{}: {} voices, {} questions; a voice that is not named is silent there.",
            c.event,
            c.columns.len(),
            c.rows.len()
        ),
        "",
    );
    for row in &c.rows {
        door.line("");
        let state = match row.state {
            desk::State::Untold => "untold",
            desk::State::ToldOnce => "told once",
            desk::State::Agree => "can be so together",
            desk::State::Differ => "DIFFER",
            desk::State::NotComparable => "not comparable",
        };
        for line in
            wrap::plain(&format!("{}: {} [{state}]", row.facet, row.wording), door.width, "  ")
        {
            door.line(door.paint.bold(&safe(&line)));
        }
        let used: Vec<usize> = row.cells.keys().copied().collect();
        let width = (door.width.saturating_sub(2)) / used.len().max(1);
        if width >= 26 && used.len() > 1 {
            beside(door, c, row, &used, width);
        } else {
            let mut rows = Vec::new();
            for n in &used {
                for cell in &row.cells[n] {
                    rows.push(vec![
                        format!(
                            "  {} ({})",
                            short(&c.columns[*n].head.to_string(), 34),
                            c.columns[*n].source
                        ),
                        format!("{} {}  {}", cell.stance, cell.value, cell.place),
                    ]);
                }
            }
            lines(door, &rows);
        }
        for a in &row.assessed {
            say(door, &format!("~ {a}"), "  ");
        }
    }
}

fn beside(
    door: &mut Door,
    c: &CompareAnswer,
    row: &desk::CompareRow,
    used: &[usize],
    width: usize,
) {
    let inner = width - 2;
    let columns: Vec<Vec<String>> = used
        .iter()
        .map(|n| {
            let head = &c.columns[*n];
            let mut out = wrap::plain(&format!("{} ({})", head.head, head.source), inner, "");
            out.push("─".repeat(inner.min(20)));
            for cell in &row.cells[n] {
                out.extend(wrap::plain(&format!("{} {}", cell.stance, cell.value), inner, "  "));
                out.extend(wrap::plain(&cell.place, inner, "  "));
            }
            out
        })
        .collect();
    for line in side_by_side(&columns, width) {
        door.line(line);
    }
}

fn short(s: &str, most: usize) -> String {
    if s.chars().count() <= most {
        s.to_string()
    } else {
        format!("{}…", s.chars().take(most - 1).collect::<String>())
    }
}

fn say(door: &mut Door, said: &str, indent: &str) {
    for line in wrap::plain(said, door.width.saturating_sub(indent.len()), "  ") {
        door.line(safe(&format!("{indent}{line}")));
    }
}

fn lines(door: &mut Door, rows: &[Vec<String>]) {
    for l in table(rows, door.width) {
        door.line(l);
    }
}
