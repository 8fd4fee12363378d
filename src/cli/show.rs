use crate::desk::{
    self, Anchoring, HowKnown, Note, ShowAnswer, ShownCorrection, ShownText, WithNotes,
};

use super::args::{Notes, ShowArgs};
use super::door::Door;
use super::paint::safe;
use super::run::Done;
use super::wrap::{self, Marked, wrap};

/// Columns of text beside which notes stand in the margin.
const MEASURE: usize = 68;
/// Columns from which there is room for a margin.
const MARGIN_FROM: usize = 104;

pub(super) fn run(args: &ShowArgs, door: &mut Door) -> Done {
    let archive = door.archive()?;
    let with = if args.notes == Notes::None { WithNotes::None } else { WithNotes::All };
    let shown = desk::show(&archive, &args.address, args.within.as_deref(), with)?;
    if args.raw && !door.common.json {
        match &shown {
            ShowAnswer::Text(t) if door.rows.is_some() => door.bytes(safe(&t.raw).as_bytes()),
            ShowAnswer::Text(t) => door.bytes(t.raw.as_bytes()),
            ShowAnswer::Record(r) => door.bytes(r.toml.as_bytes()),
            ShowAnswer::Receipt(r) => door.bytes(r.text.as_bytes()),
            ShowAnswer::Correction(c) => door.line(safe(&c.note.says)),
        }
        return Ok(0);
    }
    let next = match &shown {
        ShowAnswer::Text(t) => vec![
            format!("variorum submit --at {}", t.place.address),
            format!("variorum who {}", t.place.address),
            format!("variorum cite {}", t.place.address),
        ],
        ShowAnswer::Correction(c) if c.decisions.is_empty() => {
            vec![format!(
                "variorum decide {} adopt|alongside|decline --reason \"…\"",
                c.note.correction
            )]
        }
        _ => Vec::new(),
    };
    door.answer(&shown, next, |door| match &shown {
        ShowAnswer::Text(t) => text(door, t, args.notes),
        ShowAnswer::Correction(c) => correction(door, c),
        ShowAnswer::Record(r) => {
            let received =
                r.received.map(|t| format!(", received {} UTC", t.minute())).unwrap_or_default();
            door.line(
                door.paint.dim(&format!("{}  {}, entry {}{received}", r.name, r.kind, r.log_index)),
            );
            door.line(door.paint.dim(&format!("sha256:{}", r.id)));
            door.line("");
            door.line(safe(r.toml.trim_end()));
        }
        ShowAnswer::Receipt(r) => door.line(safe(r.text.trim_end())),
    });
    Ok(0)
}

fn text(door: &mut Door, t: &ShownText, with: Notes) {
    let by =
        if t.creators.is_empty() { String::new() } else { format!(", {}", t.creators.join(", ")) };
    let edition = t.edition.as_ref().map(|e| format!(", {e}")).unwrap_or_default();
    door.line(door.paint.bold(&safe(&format!("{}  {}{by}{edition}", t.place.address, t.title))));
    let digest = match &t.sha256 {
        Some(d) => format!("sha256 {}…", d.short(16)),
        None => "not published".to_string(),
    };
    let lines = if t.place.line_start == t.place.line_end {
        format!("line {}", t.place.line_start)
    } else {
        format!("lines {}-{}", t.place.line_start, t.place.line_end)
    };
    let printed = t.printed.map(|p| format!(", {p}")).unwrap_or_default();
    door.line(door.paint.dim(&format!(
        "{}, {lines}{printed}, bytes {}-{}, text {digest}",
        t.nature, t.place.start, t.place.end
    )));
    door.line("");
    let marks: Vec<Marked> = match with {
        Notes::None => Vec::new(),
        _ => t
            .marks
            .iter()
            .map(|m| Marked { start: m.start, end: m.end, label: (m.note + 1).to_string() })
            .collect(),
    };
    if with == Notes::Full && door.width >= MARGIN_FROM && !t.notes.is_empty() {
        margin(door, t, &marks);
    } else {
        let width = door.width.min(MEASURE + 8);
        for l in wrap(&t.reading, &marks, width, door.paint) {
            door.line(l.text);
        }
        if with == Notes::Full {
            for (n, note) in t.notes.iter().enumerate() {
                door.line("");
                for l in note_lines(note, n + 1, width) {
                    door.line(l);
                }
            }
        }
    }
    if with == Notes::Count && !t.notes.is_empty() {
        door.line("");
        let open = t.notes.iter().filter(|n| n.decision.is_none()).count();
        door.line(door.paint.dim(&format!("{} replies, {open} not yet answered", t.notes.len())));
    }
}

/// The text on the left, each note beside the line where its words begin.
fn margin(door: &mut Door, t: &ShownText, marks: &[Marked]) {
    let right = (door.width - MEASURE - 5).min(56);
    let lines = wrap(&t.reading, marks, MEASURE, door.paint);
    let mut beside: Vec<String> = Vec::new();
    let mut placed = vec![false; t.notes.len()];
    for (row, line) in lines.iter().enumerate() {
        for m in &line.marks {
            let note = t.marks[*m].note;
            if std::mem::replace(&mut placed[note], true) {
                continue;
            }
            while beside.len() < row {
                beside.push(String::new());
            }
            if beside.len() > row && beside.last().is_some_and(|l| !l.is_empty()) {
                beside.push(String::new());
            }
            beside.extend(note_lines(&t.notes[note], note + 1, right));
        }
    }
    for (n, note) in t.notes.iter().enumerate().filter(|(n, _)| !placed[*n]) {
        if !beside.is_empty() {
            beside.push(String::new());
        }
        beside.extend(note_lines(note, n + 1, right));
    }
    for row in 0..lines.len().max(beside.len()) {
        let (left, columns) =
            lines.get(row).map_or((String::new(), 0), |l| (l.text.clone(), l.columns));
        let note = beside.get(row).cloned().unwrap_or_default();
        let gap = " ".repeat(MEASURE.saturating_sub(columns) + 2);
        door.line(format!("{left}{gap}{} {note}", door.paint.dim("│")).trim_end());
    }
}

/// How a reply's place was found, after a comma; empty where nothing need be said.
fn anchored(note: &Note) -> String {
    let adopted = note.decision.as_ref().is_some_and(|d| d.revision.is_some());
    match (note.anchoring, note.score) {
        (Anchoring::Exact | Anchoring::Followed | Anchoring::Whole, _) => String::new(),
        (Anchoring::Moved, _) => ", its words were found again here".into(),
        // An adoption is told with the answer.
        (Anchoring::Changed, None) if adopted => String::new(),
        (Anchoring::Changed, None) => ", these words were changed since".into(),
        (Anchoring::Changed, Some(score)) => {
            let damaged = if note.damaged { ", damaged: look at it" } else { "" };
            format!(", these words read otherwise here ({:.0} % the same{damaged})", score * 100.0)
        }
        (Anchoring::Lost, _) => ", its words are not in this revision".into(),
    }
}

/// A note in a few lines.
pub(super) fn note_lines(note: &Note, number: usize, width: usize) -> Vec<String> {
    let mut out = Vec::new();
    let who = note.name.as_deref().unwrap_or("a reader");
    let state = anchored(note);
    let received = note.received.map(|t| format!(", {}", t.day())).unwrap_or_default();
    let head = format!(
        "({number}) {}  {} by {who}{received}, to {}{state}",
        note.correction, note.r#type, note.written_to
    );
    out.extend(wrap::plain(&head, width, ""));
    let mut add = |label: &str, text: &str| {
        if !text.trim().is_empty() {
            out.extend(wrap::plain(&format!("{label}{text}"), width, "    "));
        }
    };
    if let Some(why) = &note.withheld {
        add("withheld: ", why);
    }
    if let (Anchoring::Lost | Anchoring::Changed, Some(was)) = (note.anchoring, &note.was) {
        add("was: ", &format!("“{was}”"));
    }
    if let Some(r) = &note.replacement {
        add("should read: ", &format!("“{r}”"));
    }
    add("", &note.says);
    let how = match &note.grounds {
        Some(g) => format!("{} ({g})", note.known),
        None => note.known.to_string(),
    };
    if note.known != HowKnown::NotSaid || note.grounds.is_some() {
        add("how known: ", &how);
    }
    if note.evidence > 0 {
        add("evidence: ", &format!("{} item(s)", note.evidence));
    }
    match &note.decision {
        Some(d) => {
            let what = match (&d.revision, &d.same_as) {
                (Some(r), _) => format!("{}, in {r}", d.verdict),
                (_, Some(c)) => format!("{} {c}", d.verdict),
                _ => d.verdict.to_string(),
            };
            let by = d.by.as_deref().unwrap_or("?");
            add("answer: ", &format!("{what}, by {by} ({}): {}", d.decision, d.reason));
        }
        None => add("answer: ", "none yet"),
    }
    out
}

fn correction(door: &mut Door, c: &ShownCorrection) {
    let at = c.place.as_ref().map_or(c.note.written_to.clone(), |p| p.address.clone());
    let seals = if c.seals.is_empty() {
        "not sealed by its sender".to_string()
    } else {
        format!("sealed by {}", c.seals.join(", "))
    };
    door.line(door.paint.bold(&format!("{}  to {at}", c.note.correction)));
    door.line(
        door.paint.dim(&format!("entry {}, {seals}, sha256:{}", c.log_index, c.note.correction_id)),
    );
    door.line("");
    let width = door.width.min(MEASURE + 8);
    if let Some(was) = &c.note.was {
        for l in wrap::plain(&format!("the text says: “{was}”"), width, "") {
            door.line(l);
        }
    }
    for l in note_lines(&c.note, 1, width) {
        door.line(l);
    }
    for d in c.decisions.iter().rev().skip(1) {
        for l in wrap::plain(
            &format!(
                "earlier answer ({}, {}): {}: {}",
                d.decision,
                d.time.day(),
                d.verdict,
                d.reason
            ),
            width,
            "    ",
        ) {
            door.line(l);
        }
    }
    if let Some(d) = c.decisions.last() {
        for l in wrap::plain(
            &format!(
                "the decider's relation to the text: {}; to the replier: {}",
                d.to_text, d.to_replier
            ),
            width,
            "    ",
        ) {
            door.line(l);
        }
    }
    for (n, r) in c.replies.iter().enumerate() {
        door.line("");
        for l in note_lines(r, n + 2, width) {
            door.line(l);
        }
    }
}
