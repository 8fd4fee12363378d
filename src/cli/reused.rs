//! `examine --copies`, shown.

use crate::desk::{self, PlaceIn, ReadOtherwise, ReusedAgain, ReusedAnswer};

use super::args::ExamineArgs;
use super::at_hand::at_hand;
use super::door::Door;
use super::paint::safe;
use super::run::Done;
use super::wrap;

/// Differences of one place that are shown.
const SHOWN: usize = 8;

pub(super) fn run(args: &ExamineArgs, door: &mut Door) -> Done {
    let texts = at_hand(&args.texts, door)?;
    let answer = desk::reused(&texts);
    door.verb = "reused";
    let code = u8::from(args.check && !answer.findings.is_empty());
    door.answer(&answer, Vec::new(), |door| show(door, &answer));
    Ok(code)
}

fn show(door: &mut Door, answer: &ReusedAnswer) {
    let head = match answer.findings.len() {
        0 => format!("no shared passage in {} text(s)", answer.texts.len()),
        n => format!("{n} shared passage(s) in {} text(s)", answer.texts.len()),
    };
    door.line(door.paint.bold(&head));
    for t in &answer.texts {
        let mut about = Vec::new();
        about.extend((!t.title.is_empty()).then(|| t.title.clone()));
        about.extend(t.date.as_ref().map(|d| format!("dated {d}")));
        about.extend(t.recorded.map(|r| format!("recorded {}", r.day())));
        about.push(format!("{} words", t.words));
        door.line(door.paint.dim(&safe(&format!("  {}: {}", t.name, about.join(", ")))));
    }
    if !answer.not_supplied.is_empty() {
        let list = answer.not_supplied.join(", ");
        door.line(door.paint.dim(&safe(&format!("  not here: {list}"))));
    }
    for f in &answer.findings {
        door.line("");
        let marks = if f.quoted { ", in quotation marks" } else { "" };
        let line = format!("{:>4}  {}, {} words{marks}", f.number, shown(&f.place), f.words);
        door.line(door.paint.bold(&safe(&line)));
        said(door, &format!("“{}”", f.said), "      ");
        for a in &f.again {
            again(door, a);
        }
    }
}

fn again(door: &mut Door, a: &ReusedAgain) {
    let marks = if a.quoted { ", in quotation marks" } else { "" };
    let how = match a.differences.is_empty() {
        true => "the same words".to_string(),
        false => format!("{} of {} words the same", a.same, a.words.max(a.same)),
    };
    door.line(door.paint.bold(&safe(&format!("      {}: {how}{marks}", shown(&a.place)))));
    differences(door, &a.differences, "        ");
}

/// Words that read otherwise, one line each.
pub(super) fn differences(door: &mut Door, list: &[ReadOtherwise], indent: &str) {
    for d in list.iter().take(SHOWN) {
        let line = match (d.said.is_empty(), d.stands.is_empty()) {
            (true, _) => format!("there also: “{}”", d.stands),
            (_, true) => format!("not there: “{}”", d.said),
            _ => format!("“{}” | there: “{}”", d.said, d.stands),
        };
        said(door, &line, indent);
    }
    if list.len() > SHOWN {
        said(door, &format!("and {} more", list.len() - SHOWN), indent);
    }
}

pub(super) fn shown(place: &PlaceIn) -> String {
    match place.page {
        Some(page) => format!("{} (page {page})", place.address),
        None => place.address.clone(),
    }
}

fn said(door: &mut Door, text: &str, indent: &str) {
    for l in wrap::plain(text, door.width, indent) {
        door.line(safe(&l));
    }
}
