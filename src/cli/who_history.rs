//! `who --history`: who wrote the last text of a history, and where phrases
//! were first seen.

use crate::desk::{self, FirstAnswer, FirstSeen, PastRevision, PastWho};

use super::args::WhoArgs;
use super::door::Door;
use super::paint::safe;
use super::run::Done;
use super::table::table;
use super::{files, history};

pub(super) fn run(args: &WhoArgs, door: &mut Door) -> Done {
    let phrases = asked(args)?;
    let until = args.at.as_ref();
    let wanted = phrases.is_some();
    let past = history::read(&args.history, until, phrases.unwrap_or_default(), door.common.quiet)?;
    if wanted {
        return first(&past.first_seen(), door);
    }
    door.verb = "who-history";
    let who = past.who();
    door.answer(&who, Vec::new(), |door| show_who(door, &who));
    Ok(0)
}

/// The same question to a text of the archive.
pub(super) fn run_first(address: &str, phrases: &[String], door: &mut Door) -> Done {
    let answer = desk::first(&door.archive()?, address, phrases)?;
    first(&answer, door)
}

/// The phrases that were asked for, if any were.
pub(super) fn asked(args: &WhoArgs) -> Result<Option<Vec<String>>, desk::DeskError> {
    match &args.batch {
        Some(file) => phrases(&files::read_text(file, files::TEXT_LIMIT)?).map(Some),
        None => Ok(Some(args.first.clone()).filter(|f| !f.is_empty())),
    }
}

fn first(answer: &FirstAnswer, door: &mut Door) -> Done {
    door.verb = "first";
    let lost = answer.items.iter().any(|i| !i.found);
    door.answer(answer, Vec::new(), |door| show_first(door, answer));
    Ok(if lost { 3 } else { 0 })
}

/// One phrase a line; a line of JSON has it in `quote`.
fn phrases(lines: &str) -> Result<Vec<String>, desk::DeskError> {
    let lines = (1..).zip(lines.lines()).filter(|(_, l)| !l.trim().is_empty());
    lines.map(|(n, l)| desk::phrase_line(n, l)).collect()
}

/// A name as it fits the screen: of a long digest the beginning.
fn short(name: &str) -> String {
    let digest = name.len() >= 40 && name.bytes().all(|b| b.is_ascii_hexdigit());
    safe(if digest { &name[..12] } else { name })
}

fn named(text: &PastRevision) -> String {
    let mut out = short(&text.revision);
    for more in [&text.agent, &text.time].into_iter().flatten() {
        out.push_str(", ");
        out.push_str(&safe(more));
    }
    out
}

fn show_who(door: &mut Door, who: &PastWho) {
    let head = format!("who wrote {} in {}", named(&who.revision), safe(&who.source));
    door.line(door.paint.bold(&head));
    let read = format!(
        "{} words, inferred from {} texts of which {} were an earlier one again",
        who.words, who.revisions, who.restored
    );
    door.line(read);
    for note in &who.read_as {
        door.line(safe(&format!("not UTF-8, read {note}")));
    }
    if who.hidden > 0 {
        door.line(format!("{} more texts are hidden in the source", who.hidden));
    }
    if who.not_in_order_of_time > 0 {
        let n = who.not_in_order_of_time;
        door.line(format!("{n} texts bear an earlier time than one before them"));
    }
    door.line("");
    let row = |t: &desk::PastTotal| {
        vec![
            format!("{} words", t.words),
            format!("{:.1} %", t.share * 100.0),
            "first present in".to_owned(),
            match t.revisions {
                1 => t.first.clone(),
                n => format!("{} and {} more", t.first, n - 1),
            },
            t.agent.clone().unwrap_or_else(|| "unnamed".into()),
        ]
    };
    let rows: Vec<_> = who.totals.iter().map(row).collect();
    for l in table(&rows, door.width) {
        door.line(format!("  {l}"));
    }
    let first = who.totals.first().map(|t| &t.first);
    let row = |s: &desk::PastSpan| {
        vec![
            format!("line {}", s.line),
            format!("bytes {}-{}", s.start, s.end),
            short(&s.from.revision),
            s.from.agent.clone().unwrap_or_else(|| "unnamed".into()),
        ]
    };
    let later = who.spans.iter().filter(|s| s.words > 0 && Some(&s.from.revision) != first);
    let rows: Vec<_> = later.map(row).collect();
    if !rows.is_empty() {
        door.line("");
        for l in table(&rows, door.width) {
            door.line(format!("  {l}"));
        }
    }
    door.line("");
    rule(door, "rule of inference", &who.rule);
}

fn rule(door: &mut Door, what: &str, rule: &str) {
    for l in super::wrap::plain(&format!("{what}: {rule}"), door.width, "  ") {
        door.line(door.paint.dim(&l));
    }
}

fn show_first(door: &mut Door, first: &FirstAnswer) {
    let head = format!("first seen in {}, {} texts", safe(&first.source), first.searched);
    door.line(door.paint.bold(&head));
    for item in &first.items {
        for l in super::wrap::plain(&safe(&told(item)), door.width, "    ") {
            door.line(l);
        }
    }
    door.line("");
    rule(door, "rule", &first.rule);
    rule(door, "not searched", &first.not_searched);
}

fn told(item: &FirstSeen) -> String {
    let phrase = &item.phrase;
    let (Some(first), Some(start), Some(end)) = (&item.first, item.start, item.end) else {
        return format!("“{phrase}”: in none of them");
    };
    let how = if item.together == Some(true) {
        "all words came with it".to_owned()
    } else {
        let from: Vec<String> = item.words_from.iter().map(|r| short(&r.revision)).collect();
        format!("put together there, of words from {}", from.join(", "))
    };
    let now =
        if item.stands { "it stands in the last text" } else { "the last text has it no more" };
    format!("“{phrase}”: {}, bytes {start}-{end}; {how}; {now}", named(first))
}
