use crate::desk::{self, Chosen, DeskError, ExamineAnswer, ExamineDraft, OddityCode};

use super::args::ExamineArgs;
use super::door::Door;
use super::paint::safe;
use super::run::Done;
use super::wrap;
use super::{quoted, reused};

pub(super) fn run(args: &ExamineArgs, door: &mut Door) -> Done {
    if args.copies {
        return reused::run(args, door);
    }
    if let Some(file) = &args.quotes {
        return quoted::run(file, args, door);
    }
    let [address] = &args.texts[..] else {
        return Err(DeskError::usage("one-text", "a text is examined by itself")
            .hint("name one, or compare several: variorum examine --copies M E"));
    };
    let mut archive = door.archive()?;
    let draft = ExamineDraft {
        address: address.clone(),
        codes: args.code.clone(),
        submit: chosen(&args.submit)?,
        dry_run: args.dry_run,
    };
    let context = door.context()?;
    let answer = desk::examine(&mut archive, &draft, &context)?;
    let next = match answer.findings.first() {
        Some(f) if answer.submitted.is_empty() => vec![
            format!("variorum show {}", f.place.address),
            format!("variorum examine {address} --submit {}", f.number),
        ],
        Some(_) => vec!["variorum inbox".to_string()],
        None => Vec::new(),
    };
    door.answer(&answer, next, |door| show(door, &answer, args.dry_run));
    Ok(u8::from(args.check && !answer.findings.is_empty()))
}

fn chosen(given: &[String]) -> Result<Chosen, DeskError> {
    match given {
        [] => Ok(Chosen::None),
        [all] if all == "all" => Ok(Chosen::All),
        numbers => numbers
            .iter()
            .map(|n| {
                n.parse().map_err(|_| {
                    DeskError::usage("number", format!("{n:?} is not the number of a finding"))
                        .hint("give numbers, --submit 3,7, or --submit all")
                })
            })
            .collect::<Result<_, _>>()
            .map(Chosen::These),
    }
}

fn show(door: &mut Door, answer: &ExamineAnswer, dry_run: bool) {
    let total = answer.findings.len();
    let proposals: usize = answer.counts.iter().filter(|c| c.proposals).map(|c| c.count).sum();
    let head = match (total, proposals) {
        (0, _) => format!("{}: nothing found", answer.revision),
        (1, 0) => format!("{}: 1 finding", answer.revision),
        (_, 0) => format!("{}: {total} findings", answer.revision),
        _ => format!("{}: {total} findings, {proposals} of them proposals", answer.revision),
    };
    door.line(door.paint.bold(&head));
    let list = |names: &[String]| names.join(", ");
    if !answer.compared_with.is_empty() {
        said(door, &format!("quotations compared with {}", list(&answer.compared_with)));
    }
    if !answer.not_supplied.is_empty() {
        let names = list(&answer.not_supplied);
        said(door, &format!("not compared, because not supplied here: {names}"));
    }
    for count in &answer.counts {
        door.line("");
        door.line(door.paint.bold(&format!("{} ({})", title(count.code), count.count)));
        for f in answer.findings.iter().filter(|f| f.code == count.code) {
            let against: Vec<&str> = f.against.iter().map(|p| p.address.as_str()).collect();
            let see = match against.as_slice() {
                [] => String::new(),
                several => format!(" See {}.", several.join(", ")),
            };
            let reply = f.correction.as_ref().map(|c| format!("  {c}")).unwrap_or_default();
            let at = format!("{:>5}  {}{reply}", f.number, f.place.address);
            door.line(door.paint.bold(&safe(&at)));
            for l in wrap::plain(&format!("{}{see}", f.text), door.width, "       ") {
                door.line(safe(&l));
            }
        }
    }
    if !answer.submitted.is_empty() {
        door.line("");
        let verb = if dry_run { "would be recorded" } else { "recorded" };
        let n = answer.submitted.len();
        door.line(door.paint.bold(&format!("{n} as replies {verb}; an editor answers them")));
    }
}

fn said(door: &mut Door, text: &str) {
    for l in wrap::plain(text, door.width, "  ") {
        door.line(door.paint.dim(&safe(&l)));
    }
}

/// A code, and what it stands for.
fn title(code: OddityCode) -> String {
    let means = match code {
        OddityCode::WeekdayMismatch => "a weekday that the date was not",
        OddityCode::ChronicleOrder => "a chronicle out of order",
        OddityCode::ImpossibleRange => "a range that ends before it begins",
        OddityCode::NearCopy => "the same passage elsewhere",
        OddityCode::QuotationDiffers => "quoted words that read otherwise elsewhere",
        OddityCode::ReferenceDangling => "a reference without its target",
        OddityCode::SumMismatch => "parts that do not give their total",
        OddityCode::NameVariants => "one person under several spellings? (proposals)",
        OddityCode::NameShared => "several persons under one name? (proposals)",
        OddityCode::MixedScript => "letters of two scripts",
    };
    format!("{}: {means}", code.name())
}
