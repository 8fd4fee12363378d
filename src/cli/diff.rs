use std::borrow::Cow;
use std::io::Write;
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use crate::desk::{
    self, DeskError, DiffAnswer, DiffChange, DiffChanges, DiffKind, DiffText, PlainSide, Side,
    TypographicKind,
};
use crate::pages;

use super::args::DiffArgs;
use super::diff_views;
use super::door::Door;
use super::files;
use super::locate::is_file;
use super::paint::{Paint, safe};
use super::prose::{Mark, Prose};
use super::run::Done;
use super::setting::speaks;
use super::table::table;
use super::{diff_git, wrap};

pub(super) fn run(args: &DiffArgs, door: &mut Door) -> Done {
    let language = speaks(&args.language)?;
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
            [old, new] => sides(old, new, door)?,
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
        let page = pages::comparison(&d, &passages, language);
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

/// Both texts; two files are read at the same time.
fn sides(old: &str, new: &str, door: &Door) -> Result<(Side, Side), DeskError> {
    if !(is_file(old, door) && is_file(new, door)) || old == "-" || new == "-" {
        return Ok((side(old, door)?, side(new, door)?));
    }
    let read = |name: &str| PlainSide::read(name, files::read(Path::new(name), files::TEXT_LIMIT)?);
    let (old, new) = thread::scope(|scope| {
        let second = scope.spawn(|| read(new));
        (read(old), second.join())
    });
    let new = new.unwrap_or_else(|panic| resume_unwind(panic));
    Ok((old?.into(), new?.into()))
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
        changes(door, &d.changes);
    }
}

/// Fewer changes are shown before a thread has begun.
const MANY: usize = 1000;

/// Room for a change and what stands around it.
const BYTES: usize = 128;

/// All changes; where there are many, two threads write a half each.
fn changes(door: &mut Door, all: &DiffChanges<'_>) {
    let sheet = Sheet { width: door.width.min(84), paint: door.paint };
    let half = if all.len() < MANY { all.len() } else { half(all) };
    let rest = thread::scope(|scope| {
        let rest = (half < all.len()).then(|| {
            scope.spawn(|| {
                let mut out = Vec::with_capacity(BYTES * (all.len() - half));
                sheet.blocks(&mut out, all.some(half..all.len()), "");
                out
            })
        });
        door.out().reserve(BYTES * half);
        sheet.blocks(door.out(), all.some(0..half), "");
        rest.map(|rest| rest.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    if let Some(rest) = rest {
        door.append(rest);
    }
}

/// The first change of the second half that is not shown together with the one
/// before it.
fn half(all: &DiffChanges<'_>) -> usize {
    let at = all.len() / 2;
    let (before, these) = (all.some(at - 1..all.len()), all.some(at..all.len()));
    at + before.zip(these).take_while(|(last, next)| meets(last, next)).count()
}

/// Whether two changes are so near that their surroundings are shown once.
fn meets(last: &DiffChange<'_>, next: &DiffChange<'_>) -> bool {
    last.kind != DiffKind::Move
        && next.kind != DiffKind::Move
        && last.new.text.until(&next.new.text).is_some()
}

/// How changes are shown.
#[derive(Clone, Copy)]
struct Sheet {
    width: usize,
    paint: Paint,
}

impl Sheet {
    /// The changes, those together whose surroundings meet: no word is shown twice.
    fn blocks<'s>(
        self,
        out: &mut Vec<u8>,
        changes: impl Iterator<Item = DiffChange<'s>>,
        indent: &str,
    ) {
        let mut changes = changes.peekable();
        let mut block = Vec::new();
        while let Some(first) = changes.next() {
            if indent.is_empty() {
                out.push(b'\n');
            }
            block.clear();
            block.push(first);
            while let Some(next) = changes.next_if(|next| meets(&block[block.len() - 1], next)) {
                block.push(next);
            }
            self.block(out, &block, indent);
        }
    }

    fn block(self, out: &mut Vec<u8>, block: &[DiffChange<'_>], indent: &str) {
        let [first, rest @ ..] = block else { return };
        let what = match first.kind {
            _ if !rest.is_empty() => "changes",
            DiffKind::Replace => "replaced",
            DiffKind::Insert => "added",
            DiffKind::Delete => "removed",
            DiffKind::Move if first.inner.is_empty() => "moved",
            DiffKind::Move => "moved, and changed inside:",
        };
        let (dim, plain) = self.paint.dim_codes();
        let (old, new) = (first.old.line, first.new.line);
        // Memory takes all that is written.
        let _ = match block.len() {
            1 => writeln!(out, "{dim}{indent}line {old} → {new}  {what}{plain}"),
            many => writeln!(out, "{dim}{indent}line {old} → {new}  {many} {what}{plain}"),
        };
        let indent = format!("{indent}  ");
        let mut prose = Prose::new(out, &indent, self.width, self.paint);
        let ellipsis = || std::iter::once(Cow::Borrowed("…"));
        prose.words(ellipsis());
        prose.words(words(&first.before));
        let mut last = first;
        for (n, c) in block.iter().enumerate() {
            if n > 0
                && let Some(between) = last.new.text.until(&c.new.text)
            {
                prose.words(words(&between));
            }
            if c.kind == DiffKind::Move {
                prose.marked(Mark::Moved, words(&c.new.text));
            } else {
                prose.marked(Mark::Out, words(&c.old.text));
                prose.marked(Mark::In, words(&c.new.text));
            }
            last = c;
        }
        prose.words(words(&last.after));
        prose.words(ellipsis());
        prose.end();
        if first.kind == DiffKind::Move {
            self.blocks(out, first.inner.iter().cloned(), &indent);
        }
    }
}

/// The words as read, with a sign where a paragraph ends.
fn words<'s>(text: &DiffText<'s>) -> impl Iterator<Item = Cow<'s, str>> {
    text.words().flat_map(|w| {
        w.parted.then_some(Cow::Borrowed("¶")).into_iter().chain(std::iter::once(w.text))
    })
}

/// The words that are the same, printed otherwise.
fn layer(door: &mut Door, d: &DiffAnswer) {
    let mut rows = Vec::new();
    for t in d.layer.iter() {
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
