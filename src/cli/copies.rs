use crate::desk::{AuditSignature, CopiesAnswer, ShownCopy};

use super::door::Door;
use super::paint::safe;
use super::table::side_by_side;
use super::wrap;

/// Columns narrower than this stand beneath each other.
const NARROW: usize = 24;

/// The sheets of a document side by side, then what is not known of them.
pub(super) fn show(door: &mut Door, c: &CopiesAnswer) {
    for line in wrap::plain(&c.title, door.width, "") {
        door.line(door.paint.bold(&safe(&line)));
    }
    door.line(safe(&format!("{}: {} copies are told of", c.document, c.copies.len())));
    door.line("");
    let width = door.width.saturating_sub(2) / c.copies.len().max(1);
    if width >= NARROW {
        let columns: Vec<Vec<String>> =
            c.copies.iter().map(|copy| sheet(copy, width - 2)).collect();
        for line in side_by_side(&columns, width) {
            door.line(line);
        }
    } else {
        for copy in &c.copies {
            for line in sheet(copy, door.width.saturating_sub(2)) {
                door.line(safe(&format!("  {line}")));
            }
            door.line("");
        }
    }
    if !c.not_known.is_empty() {
        door.line("");
        door.line(door.paint.dim("NOT KNOWN"));
        for n in &c.not_known {
            for line in wrap::plain(n, door.width.saturating_sub(2), "  ") {
                door.line(safe(&format!("  {line}")));
            }
        }
    }
}

fn sheet(c: &ShownCopy, width: usize) -> Vec<String> {
    let mut out = wrap::plain(&c.name, width, "");
    out.extend(wrap::plain(&c.title, width, ""));
    out.push("─".repeat(width.min(20)));
    let mut add = |line: String| out.extend(wrap::plain(&line, width, "  "));
    add(format!("{}; {}", c.form, c.holding));
    match (&c.wording, c.wording_known.as_deref()) {
        (Some(w), known) => add(format!("wording: {w} (known: {})", known.unwrap_or("not said"))),
        (None, Some("yes")) => add("wording: known".into()),
        (None, _) => add("wording: not known".into()),
    }
    for s in &c.signatures {
        add(format!("✎ {}", signature(s)));
    }
    for m in &c.marks {
        add(format!("mark: {m}"));
    }
    for same in &c.counterparts {
        add(same.clone());
    }
    for p in &c.places {
        add(p.address.clone());
    }
    if let Some(note) = &c.note {
        add(note.clone());
    }
    out
}

fn signature(s: &AuditSignature) -> String {
    let mut line = format!("{}: {}", s.agent, s.state);
    for more in [&s.date, &s.place, &s.capacity].into_iter().flatten() {
        line.push_str(", ");
        line.push_str(more);
    }
    if let Some(r) = &s.reservation {
        line.push_str(&format!("; reservation: {r}"));
    }
    line
}
