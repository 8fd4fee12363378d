use std::path::Path;

use unicode_width::UnicodeWidthStr;

use crate::desk::{self, AlignAnswer, AlignHow, AlignRow, AlignSide, AlignedSpan, DeskError, Side};

use super::args::AlignArgs;
use super::door::Door;
use super::files;
use super::locate::is_file;
use super::paint::safe;
use super::run::Done;
use super::wrap;

/// Columns that one side needs.
const SIDE: usize = 24;
/// Lines wider than this are hard to read.
const MEASURE: usize = 84;

pub(super) fn run(args: &AlignArgs, door: &mut Door) -> Done {
    let [a, b] = args.texts.as_slice() else {
        let many = args.texts.len();
        return Err(DeskError::usage("two-texts", format!("align pairs two texts, not {many}")));
    };
    let (a, b) = (side(a, door)?, side(b, door)?);
    let pairs = match &args.pairs {
        Some(path) => {
            Some((path.display().to_string(), files::read_text(path, files::TEXT_LIMIT)?))
        }
        None => None,
    };
    let by_hand = pairs.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
    let answer = desk::align(&a, &b, by_hand)?;
    if answer.not_confirmed > 0 {
        door.say(&format!(
            "{} row(s) marked \"aligned\" are not aligned now; mark them \"by hand\" to make \
             them count",
            answer.not_confirmed
        ));
    }
    door.answer(&answer, Vec::new(), |door| {
        if args.tsv {
            door.bytes(answer.to_tsv().as_bytes());
            return;
        }
        head(door, &answer);
        if args.stat {
            return;
        }
        for row in answer.in_order() {
            show(door, &answer, row, args.only);
        }
    });
    Ok(0)
}

/// `compare E V` of texts that the archive tells to be in different languages:
/// what only one of them says.
pub(super) fn only(sides: [&Side; 2], [of_a, of_b]: [&str; 2], door: &mut Door) -> Done {
    let answer = desk::align(&AlignSide::whole(sides[0]), &AlignSide::whole(sides[1]), None)?;
    let (a, b) = (&answer.a, &answer.b);
    door.verb = "align";
    door.say(&safe(&format!(
        "{a} is in {of_a}, {b} in {of_b}: their sentences are paired, and those without a partner \
         shown (all: align {a} {b}; word by word all the same: compare {a} {b} --words)"
    )));
    let next = vec![format!("variorum align {a} {b}")];
    door.answer(&answer, next, |door| {
        head(door, &answer);
        answer.in_order().into_iter().for_each(|row| show(door, &answer, row, true));
    });
    Ok(0)
}

pub(super) fn side(name: &str, door: &Door) -> Result<AlignSide, DeskError> {
    if is_file(name, door) {
        return AlignSide::plain(name, files::read(Path::new(name), files::TEXT_LIMIT)?);
    }
    AlignSide::in_archive(&door.archive()?, name)
}

fn head(door: &mut Door, d: &AlignAnswer) {
    door.line(door.paint.bold(&safe(&format!("{} ↔ {}", d.a, d.b))));
    let by_hand = match d.counts.by_hand {
        0 => String::new(),
        n => format!(", {n} of them by hand"),
    };
    let said = format!(
        "{} pair(s){by_hand}; in them {} of {} sentences of A and {} of {} of B. The others are \
         not aligned: only in one text, or not recognized. A score says how likely a pair is, not \
         how well it translates; below {:.2} there is none.",
        d.pairs.len(),
        d.counts.paired_a,
        d.counts.a,
        d.counts.paired_b,
        d.counts.b,
        d.threshold
    );
    for l in wrap::plain(&said, door.width, "") {
        door.line(door.paint.dim(&l));
    }
}

/// One row: the two texts beside each other, or where the terminal is too
/// narrow below each other.
fn show(door: &mut Door, d: &AlignAnswer, row: AlignRow<'_>, only: bool) {
    let (a, b, how) = match row {
        AlignRow::Pair(_) if only => return,
        AlignRow::Pair(p) if p.how == AlignHow::ByHand => {
            (Some(&p.a), Some(&p.b), "by hand".into())
        }
        AlignRow::Pair(p) => (Some(&p.a), Some(&p.b), format!("{:.2}", p.score)),
        AlignRow::OnlyA(s) => (Some(s), None, format!("only in {}", d.a)),
        AlignRow::OnlyB(s) => (None, Some(s), format!("only in {}", d.b)),
    };
    let numbers = |s: Option<&AlignedSpan>| {
        s.map_or("-".to_string(), |s| format!("{} (line {})", s.numbers(), s.line))
    };
    door.line("");
    let title = format!("{} ↔ {}  {how}", numbers(a), numbers(b));
    for l in wrap::plain(&safe(&title), door.width, "") {
        door.line(door.paint.dim(&l));
    }
    let side = (door.width.min(2 * MEASURE + 3).saturating_sub(3)) / 2;
    let text = |s: Option<&AlignedSpan>| s.map_or(String::new(), |s| safe(&s.text));
    if side < SIDE || a.is_none() || b.is_none() {
        for s in [a, b].into_iter().flatten() {
            for l in wrap::plain(&safe(&s.text), door.width.min(MEASURE), "  ") {
                door.line(l);
            }
        }
        return;
    }
    let (left, right) = (wrap::plain(&text(a), side, ""), wrap::plain(&text(b), side, ""));
    for k in 0..left.len().max(right.len()) {
        let (l, r) = (left.get(k).map_or("", |s| s), right.get(k).map_or("", |s| s));
        let gap = " ".repeat(side.saturating_sub(l.width()));
        door.line(format!("{l}{gap} │ {r}").trim_end());
    }
}
