use std::path::Path;

use crate::desk::{self, DeskError, DiffAnswer, DiffChange, DiffKind, Side, TypographicKind};
use crate::pages;

use super::args::DiffArgs;
use super::diff_views::{self, coloured};
use super::door::Door;
use super::files;
use super::locate::is_file;
use super::paint::safe;
use super::run::Done;
use super::table::table;
use super::{diff_git, wrap};

pub(super) fn run(args: &DiffArgs, door: &mut Door) -> Done {
    if let Some(path) = &args.html {
        files::replaceable(path)?;
    }
    let (old, new) = if args.git {
        match diff_git::sides(&args.texts, door)? {
            Some(sides) => sides,
            None => return Ok(0),
        }
    } else {
        match args.texts.as_slice() {
            [old, new] => (side(old, door)?, side(new, door)?),
            more => {
                return Err(DeskError::usage(
                    "two-texts",
                    format!("diff compares two texts, not {}", more.len()),
                )
                .hint("name the older and the newer: variorum diff M@1 M@2"));
            }
        }
    };
    if !(args.inline || args.side_by_side || args.html.is_some()) {
        let d = desk::diff(&old, &new);
        let code = u8::from(args.check && !d.same_words);
        door.answer(&d, Vec::new(), |door| show(door, &d, args));
        return Ok(code);
    }
    let (d, passages) = desk::diff_passages(&old, &new);
    if let Some(path) = &args.html {
        let page = pages::comparison(&d, &passages);
        files::replace(path, page.as_bytes())?;
        door.say(&safe(&format!("written to {} ({} bytes)", path.display(), page.len())));
    }
    let code = u8::from(args.check && !d.same_words);
    door.answer(&d, Vec::new(), |door| {
        if !head(door, &d) {
            return;
        }
        if args.inline {
            diff_views::inline(door, &passages);
        } else if args.side_by_side {
            diff_views::side_by_side(door, &passages);
        }
    });
    Ok(code)
}

pub(super) fn side(name: &str, door: &Door) -> Result<Side, DeskError> {
    if is_file(name, door) {
        return Side::plain(name, files::read(Path::new(name), files::TEXT_LIMIT)?);
    }
    Side::in_archive(&door.archive()?, name)
}

/// What can be said in a line or two; whether there is more to show.
fn head(door: &mut Door, d: &DiffAnswer) -> bool {
    door.line(door.paint.bold(&safe(&format!("{} → {}", d.old, d.new))));
    if d.identical {
        door.line("identical: the bytes were compared and are equal");
        return false;
    }
    if d.same_words {
        door.line(format!("no textual change: the same {} words", d.stats.words_new));
        if d.typographic > 0 {
            door.line(format!("only layout or typography differs, in {} place(s)", d.typographic));
        } else {
            door.line("only layout differs");
        }
        return false;
    }
    let s = &d.stats;
    let moved = if s.moved > 0 { format!(", {} moved", s.moved) } else { String::new() };
    let typographic = if d.typographic > 0 {
        format!("; {} place(s) of layout only", d.typographic)
    } else {
        String::new()
    };
    let counts = format!(
        "{} change(s): {} words out, {} in{moved}; of {} and {} words{typographic}",
        d.changes.len(),
        s.deleted,
        s.inserted,
        s.words_old,
        s.words_new
    );
    for l in wrap::plain(&counts, door.width, "") {
        door.line(door.paint.dim(&l));
    }
    true
}

fn show(door: &mut Door, d: &DiffAnswer, args: &DiffArgs) {
    let more = head(door, d);
    if args.layout {
        layer(door, d);
    } else if more && !args.stat {
        for c in &d.changes {
            door.line("");
            change(door, c, "");
        }
    }
}

fn change(door: &mut Door, c: &DiffChange, indent: &str) {
    let what = match c.kind {
        DiffKind::Replace => "replaced",
        DiffKind::Insert => "added",
        DiffKind::Delete => "removed",
        DiffKind::Move if c.inner.is_empty() => "moved",
        DiffKind::Move => "moved, and changed inside:",
    };
    let at = format!("{indent}line {} → {}  {what}", c.old.line, c.new.line);
    door.line(door.paint.dim(&at));
    let indent = format!("{indent}  ");
    for l in wrap::plain(&safe(&in_words(c)), door.width.min(84), &indent) {
        door.line(coloured(door, &l));
    }
    for inner in &c.inner {
        change(door, inner, &indent);
    }
}

/// The words that are the same, printed otherwise.
fn layer(door: &mut Door, d: &DiffAnswer) {
    let mut rows = Vec::new();
    for t in &d.layer {
        let how = match t.kind {
            TypographicKind::Break => "broken otherwise",
            TypographicKind::Hyphen => "hyphen or dash",
            TypographicKind::Quotes => "quotation marks",
            TypographicKind::Layout => "running head",
            TypographicKind::Other => "invisible",
        };
        rows.push(vec![
            format!("{} → {}", t.old.line, t.new.line),
            how.to_string(),
            format!("{} → {}", t.old.text, t.new.text),
        ]);
    }
    door.line("");
    for l in table(&rows, door.width) {
        door.line(l);
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
