use std::path::Path;

use crate::desk::{self, DeskError, DiffAnswer, DiffChange, DiffKind, Side};

use super::args::DiffArgs;
use super::door::Door;
use super::files;
use super::locate::is_file;
use super::paint::safe;
use super::run::Done;
use super::wrap;

/// A text may have so many bytes.
const LIMIT: u64 = 256 * 1024 * 1024;

pub(super) fn run(args: &DiffArgs, door: &mut Door) -> Done {
    let (old, new) = (side(&args.old, door)?, side(&args.new, door)?);
    let d = desk::diff(&old, &new);
    let code = u8::from(args.check && !d.same_words);
    door.answer(&d, Vec::new(), |door| show(door, &d, args.stat));
    Ok(code)
}

fn side(name: &str, door: &Door) -> Result<Side, DeskError> {
    if is_file(name, door) {
        return Side::plain(name, files::read(Path::new(name), LIMIT)?);
    }
    Side::in_archive(&door.archive()?, name)
}

fn show(door: &mut Door, d: &DiffAnswer, stat: bool) {
    door.line(door.paint.bold(&safe(&format!("{} → {}", d.old, d.new))));
    if d.identical {
        door.line("identical: the bytes were compared and are equal");
        return;
    }
    if d.same_words {
        door.line(format!("no textual change: the same {} words", d.stats.words_new));
        if d.typographic > 0 {
            door.line(format!("only layout or typography differs, in {} place(s)", d.typographic));
        } else {
            door.line("only layout differs");
        }
        return;
    }
    let s = &d.stats;
    let moved = if s.moved > 0 { format!(", {} moved", s.moved) } else { String::new() };
    let typographic = if d.typographic > 0 {
        format!("; {} place(s) of layout only", d.typographic)
    } else {
        String::new()
    };
    door.line(door.paint.dim(&format!(
        "{} change(s): {} words out, {} in{moved}; of {} and {} words{typographic}",
        d.changes.len(),
        s.deleted,
        s.inserted,
        s.words_old,
        s.words_new
    )));
    if stat {
        return;
    }
    let width = door.width.min(84);
    for c in &d.changes {
        door.line("");
        let what = match c.kind {
            DiffKind::Replace => "replaced",
            DiffKind::Insert => "added",
            DiffKind::Delete => "removed",
            DiffKind::Move => "moved",
        };
        door.line(door.paint.dim(&format!("line {} → {}  {what}", c.old.line, c.new.line)));
        for l in wrap::plain(&safe(&in_words(c)), width, "  ") {
            door.line(coloured(door, &l));
        }
    }
}

/// The change in its surroundings, marked without colour.
fn in_words(c: &DiffChange) -> String {
    let removed = |t: &str| if t.is_empty() { String::new() } else { format!("[-{t}-]") };
    let added = |t: &str| if t.is_empty() { String::new() } else { format!("{{+{t}+}}") };
    let parts = match c.kind {
        DiffKind::Move => vec![c.before.clone(), format!("{{>{}<}}", c.new.text), c.after.clone()],
        _ => vec![c.before.clone(), removed(&c.old.text), added(&c.new.text), c.after.clone()],
    };
    let parts: Vec<&str> = parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect();
    format!("… {} …", parts.join(" "))
}

/// Colours what the marks say; a mark that goes over a line end colours both.
fn coloured(door: &Door, line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((at, open, close)) = first_mark(rest) {
        out.push_str(&rest[..at]);
        let inner = &rest[at..];
        let end = inner.find(close).map_or(inner.len(), |e| e + close.len());
        let piece = &inner[..end];
        out.push_str(&match open {
            "[-" => door.paint.removed(piece),
            "{+" => door.paint.added(piece),
            _ => door.paint.mark(piece),
        });
        rest = &inner[end..];
    }
    out + rest
}

fn first_mark(s: &str) -> Option<(usize, &'static str, &'static str)> {
    [("[-", "-]"), ("{+", "+}"), ("{>", "<}")]
        .into_iter()
        .filter_map(|(o, c)| s.find(o).map(|at| (at, o, c)))
        .min()
}
