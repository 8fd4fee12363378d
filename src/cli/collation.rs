//! `compare A B C…`: an apparatus on the screen. Where each text can have a
//! column, a table; else footnotes as editions print them.

use std::fmt::Write as _;

use crate::desk::{self, CollationAnswer, CollationEntry, DeskError, RowKind, Side};
use crate::pages;

use super::align;
use super::args::CompareArgs;
use super::diff;
use super::door::Door;
use super::files;
use super::files_at_once::plain_sides;
use super::locate::is_file;
use super::paint::safe;
use super::run::Done;
use super::setting::speaks;
use super::table::side_by_side;
use super::wrap;

/// Columns that one text needs in the table.
const SIDE: usize = 22;
/// Columns of the line number and the kind before them.
const HEAD: usize = 20;
/// Words of a reading that are shown; longer ones are cut in the middle.
const WORDS: usize = 30;

pub(super) fn run(args: &CompareArgs, door: &mut Door) -> Done {
    let language = speaks(&args.language)?;
    for path in args.html.iter().chain(&args.tei) {
        files::replaceable(path)?;
    }
    let sides = if args.texts.iter().all(|name| name != "-" && is_file(name, door)) {
        plain_sides(&args.texts)?
    } else {
        sides(&args.texts, door)?
    };
    if let ([a, b], false) = (sides.as_slice(), args.asks_for_words())
        && let Some(languages) = desk::different_languages(a, b)
    {
        return align::only([a, b], languages, door);
    }
    let mut c = desk::collation(sides, args.base.as_deref())?;
    if args.words {
        c.tell_words_only();
    }
    door.verb = "collation";
    if let Some(path) = &args.html {
        write(path, pages::apparatus(&c, language).as_bytes(), door)?;
    }
    if let Some(path) = &args.tei {
        write(path, c.tei().as_bytes(), door)?;
    }
    let code = u8::from(args.check && !c.same_words());
    if door.common.json {
        door.stream(&c)?;
    } else {
        show(door, &c);
    }
    Ok(code)
}

/// Texts of the archive, with files among them.
fn sides(names: &[String], door: &Door) -> Result<Vec<Side>, DeskError> {
    let mut archive = None;
    let mut sides: Vec<Side> = Vec::with_capacity(names.len());
    for name in names {
        if is_file(name, door) {
            sides.push(diff::side(name, door)?);
            continue;
        }
        let archive = match &mut archive {
            Some(open) => open,
            closed => closed.insert(door.archive()?),
        };
        sides.push(Side::in_archive(archive, name)?);
    }
    Ok(sides)
}

fn write(path: &std::path::Path, bytes: &[u8], door: &Door) -> Result<(), DeskError> {
    files::replace(path, bytes)?;
    door.say(&safe(&format!("written to {} ({} bytes)", path.display(), bytes.len())));
    Ok(())
}

fn show(door: &mut Door, c: &CollationAnswer) {
    let names = short_names(c);
    for (n, text) in c.texts.iter().enumerate() {
        let called = match names[n] == text.address {
            true => String::new(),
            false => format!(" = {}", text.address),
        };
        let base = if c.base == Some(n) { ", the base" } else { "" };
        let line = format!("{}{called}  {} words{base}", names[n], text.words);
        for l in wrap::plain(&safe(&line), door.width, "") {
            door.line(door.paint.bold(&l));
        }
    }
    if c.same_words() {
        door.line("no textual difference: all have the same words");
        return;
    }
    let kinds: Vec<String> =
        c.stats.differences.iter().map(|(kind, n)| format!("{} {n}", name(*kind))).collect();
    let lead = &names[c.lead()];
    let untold = match c.untold() {
        0 => String::new(),
        n => format!("; {n} of spelling or punctuation are not shown"),
    };
    let said = format!(
        "{} place(s) differ ({}){untold}; lines are those of {lead}, which leads{}",
        c.stats.places,
        kinds.join(", "),
        if c.base.is_some() { " as the base" } else { " but is no base" }
    );
    for l in wrap::plain(&safe(&said), door.width, "") {
        door.line(door.paint.dim(&l));
    }
    let column = door.width.saturating_sub(HEAD) / c.texts.len();
    if column >= SIDE {
        table(door, c, &names, column);
    } else {
        footnotes(door, c, &names);
    }
}

/// A column a text. What reads as the lead does is a ditto mark.
fn table(door: &mut Door, c: &CollationAnswer, names: &[String], width: usize) {
    let cell = |text: &str| wrap::plain(text, width - 2, "");
    let row = |head: Vec<String>, cells: Vec<Vec<String>>| -> Vec<String> {
        let tall = head.len().max(cells.iter().map(Vec::len).max().unwrap_or(0));
        let right = side_by_side(&cells, width);
        (0..tall)
            .map(|n| {
                let left = head.get(n).map_or("", String::as_str);
                let pad = " ".repeat((HEAD - 2).saturating_sub(left.chars().count()));
                let right = right.get(n).map_or("", String::as_str);
                format!("{left}{pad}{right}").trim_end().to_string()
            })
            .collect()
    };
    door.line("");
    let heads =
        row(vec!["place".into()], names.iter().map(|n| cell(&tail(n, width - 2))).collect());
    for l in heads {
        door.line(door.paint.bold(&l));
    }
    for e in c.entries() {
        let kind = if e.elsewhere.is_empty() { name(e.kind) } else { "moved" };
        let head = vec![format!("{}. l. {}", e.place, e.line), kind.to_string()];
        let cells = (0..names.len()).map(|t| {
            let (n, reading) = reading_of(&e, t);
            let absent = match e.elsewhere.is_empty() {
                true => "—".to_string(),
                false => format!("— (at {})", numbers(&e.elsewhere)),
            };
            match n {
                _ if reading.is_empty() => vec![absent],
                0 if t != c.lead() => vec!["〃".to_string()],
                _ => cell(&clip(reading)),
            }
        });
        door.line("");
        for l in row(head, cells.collect()) {
            door.line(l);
        }
    }
}

fn reading_of(e: &CollationEntry, text: usize) -> (usize, &str) {
    let found = e.readings.iter().enumerate().find(|(_, r)| r.texts.contains(&text));
    found.map_or((0, ""), |(n, r)| (n, r.text.as_str()))
}

/// `l. 12  the gate ] the door B C; om. D`, as editions have it.
fn footnotes(door: &mut Door, c: &CollationAnswer, names: &[String]) {
    door.line("");
    for e in c.entries() {
        let mut line = format!("l. {}  ", e.line);
        let said = |texts: &[usize]| {
            texts.iter().map(|t| names[*t].as_str()).collect::<Vec<_>>().join(" ")
        };
        let lead = &e.readings[0];
        match lead.text.is_empty() {
            // Nothing to quote: the word before holds the place.
            true => {
                let (before, _) = c.around(&e);
                let before = before.split_whitespace().next_back().unwrap_or("(the beginning)");
                let _ = write!(line, "after {before} ]");
            }
            false => {
                let alone = if c.base.is_some() {
                    String::new()
                } else {
                    format!(" {}", said(&lead.texts))
                };
                let _ = write!(line, "{}{alone} ]", clip(&lead.text));
            }
        }
        let others = e.readings.iter().filter(|r| !(r.text.is_empty() && lead.text.is_empty()));
        let others: Vec<String> = others
            .skip(usize::from(!lead.text.is_empty()))
            .map(|r| match r.text.is_empty() {
                true if e.elsewhere.is_empty() => format!("om. {}", said(&r.texts)),
                true => format!("elsewhere {}", said(&r.texts)),
                false => format!("{} {}", clip(&r.text), said(&r.texts)),
            })
            .collect();
        let _ = write!(line, " {}", others.join("; "));
        let kind = match e.elsewhere.is_empty() {
            true => format!(" ({})", name(e.kind)),
            false => format!(" (moved; see {})", numbers(&e.elsewhere)),
        };
        line.push_str(&kind);
        for l in wrap::plain(&format!("{}. {line}", e.place), door.width, "      ") {
            door.line(
                l.strip_prefix("      ")
                    .filter(|l| l.starts_with(&format!("{}. ", e.place)))
                    .unwrap_or(&l),
            );
        }
    }
}

fn numbers(places: &[u32]) -> String {
    places.iter().map(|p| format!("{p}.")).collect::<Vec<_>>().join(" ")
}

/// A kind as readers see it.
fn name(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Transposition => "transposed",
        kind => kind.name(),
    }
}

/// Keys, or file names without folder and ending where these are enough.
fn short_names(c: &CollationAnswer) -> Vec<String> {
    let stem = |t: &desk::Witness| match t.key == t.address {
        true => {
            let stem = std::path::Path::new(&t.key).file_stem();
            stem.map_or_else(|| t.key.clone(), |s| s.to_string_lossy().into_owned())
        }
        false => t.key.clone(),
    };
    let stems: Vec<String> = c.texts.iter().map(stem).collect();
    let alone = |n: usize| stems.iter().filter(|s| **s == stems[n]).count() == 1;
    (0..stems.len())
        .map(|n| if alone(n) { stems[n].clone() } else { c.texts[n].key.clone() })
        .collect()
}

/// The end of a name that is too long for its column: paths differ there.
fn tail(name: &str, columns: usize) -> String {
    let long = name.chars().count();
    if long <= columns {
        return name.to_string();
    }
    format!("…{}", name.chars().skip(long + 1 - columns).collect::<String>())
}

/// A reading cut in the middle when it is long.
fn clip(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= WORDS {
        return text.to_string();
    }
    let half = WORDS / 2 - 2;
    let (first, last) = (words[..half].join(" "), words[words.len() - half..].join(" "));
    format!("{first} … {last} [{} words]", words.len())
}
