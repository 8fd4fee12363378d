//! `examine --quotes`, shown.

use std::path::Path;

use crate::desk::{self, CheckedQuote, QuotationVerdict, QuotationsAnswer};

use super::args::ExamineArgs;
use super::at_hand::at_hand;
use super::door::Door;
use super::paint::safe;
use super::reused::{differences, shown};
use super::run::Done;
use super::{files, wrap};

pub(super) fn run(file: &Path, args: &ExamineArgs, door: &mut Door) -> Done {
    let texts = at_hand(&args.texts, door)?;
    let bytes = files::read(file, files::TEXT_LIMIT)?;
    let answer = desk::check_quotations(&file.display().to_string(), bytes, &texts)?;
    door.verb = "quotations";
    let findings = answer.items.iter().any(|i| i.finding);
    door.answer(&answer, Vec::new(), |door| show(door, &answer, args.all));
    Ok(u8::from(args.check && findings))
}

fn show(door: &mut Door, answer: &QuotationsAnswer, all: bool) {
    let findings = answer.items.iter().filter(|i| i.finding).count();
    let head = format!(
        "{}: {} quotation(s) checked, {findings} to look at; {} passed over (short, or titles)",
        answer.examined,
        answer.items.len(),
        answer.passed_over
    );
    door.line(door.paint.bold(&safe(&head)));
    let names: Vec<&str> = answer.texts.iter().map(|t| t.name.as_str()).collect();
    dim(door, &format!("against {}", names.join(", ")));
    if !answer.not_supplied.is_empty() {
        dim(door, &format!("not here: {}", answer.not_supplied.join(", ")));
    }
    for count in &answer.counts {
        dim(door, &format!("{:>4}  {}", count.count, title(count.verdict)));
    }
    for item in answer.items.iter().filter(|i| i.finding || all) {
        door.line("");
        quote(door, item);
    }
    let hidden = answer.items.len() - findings;
    if !all && hidden > 0 {
        door.line("");
        dim(door, &format!("{hidden} that are right are not shown: --all"));
    }
}

fn quote(door: &mut Door, item: &CheckedQuote) {
    let line = format!("{:>4}  {}  {}", item.number, item.at.address, item.verdict.name());
    door.line(door.paint.bold(&safe(&line)));
    let say = |text: &str, door: &mut Door| {
        for l in wrap::plain(text, door.width, "      ") {
            door.line(safe(&l));
        }
    };
    say(&format!("“{}”", item.said), door);
    if let Some(a) = &item.attributed {
        let mut cited = a.to.join(" or ");
        if let Some((x, y)) = a.lines {
            cited += &if x == y { format!(", line {x}") } else { format!(", lines {x}-{y}") };
        }
        if let Some((x, y)) = a.pages {
            cited += &if x == y { format!(", page {x}") } else { format!(", pages {x}-{y}") };
        }
        say(&format!("cited: {cited} (“{}”)", a.written), door);
    }
    say(&item.text, door);
    differences(door, &item.differences, "        ");
    if !item.also.is_empty() {
        let places: Vec<String> = item.also.iter().take(6).map(shown).collect();
        say(&format!("also at {}", places.join(", ")), door);
    }
}

fn title(verdict: QuotationVerdict) -> String {
    let means = match verdict {
        QuotationVerdict::Exact => "as the text has it",
        QuotationVerdict::Shifted => "right words, but not at the line or page cited",
        QuotationVerdict::LeftOutMarked => "words left out, and marked",
        QuotationVerdict::LeftOut => "words left out silently",
        QuotationVerdict::OrderChanged => "words in another order",
        QuotationVerdict::WordsDiffer => "other words in the text",
        QuotationVerdict::OtherText => "the words of another text than the one named",
        QuotationVerdict::NotHeld => "a text is named that is not here",
        QuotationVerdict::NotFound => "in none of the texts",
    };
    format!("{}: {means}", verdict.name())
}

fn dim(door: &mut Door, text: &str) {
    for l in wrap::plain(text, door.width, "  ") {
        door.line(door.paint.dim(&safe(&l)));
    }
}
