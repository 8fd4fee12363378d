//! `question` and `claim`: shown, or entered.

use crate::desk::{
    self, At, ClaimItem, DeskError, Entry, EventItem, QuestionItem, ValueItem, WhenItem,
};

use super::args::{ClaimArgs, EventArgs, QuestionArgs};
use super::audit;
use super::door::Door;
use super::run::Done;

pub(super) fn event(args: &EventArgs, title: &str, door: &mut Door) -> Done {
    let entry = Entry::Event(EventItem {
        id: bare(&args.event, "event"),
        title: title.to_string(),
        also: Vec::new(),
        date: None,
        part_of: args.part_of.clone(),
        note: None,
    });
    record(&entry, args.dry_run, door)
}

pub(super) fn question(args: &QuestionArgs, door: &mut Door) -> Done {
    let id = bare(&args.question, "question");
    let (Some(wording), Some(facet)) = (&args.wording, args.facet) else {
        return shown(&format!("question/{id}"), door);
    };
    let entry = Entry::Question(QuestionItem {
        id,
        event: args.event.clone(),
        about: Vec::new(),
        facet,
        wording: wording.clone(),
        asked_by: None,
        note: None,
    });
    record(&entry, args.dry_run, door)
}

pub(super) fn claim(args: &ClaimArgs, door: &mut Door) -> Done {
    let id = bare(&args.claim, "claim");
    let (Some(question), Some(stance), Some(teller)) = (&args.question, args.stance, &args.teller)
    else {
        return shown(&format!("claim/{id}"), door);
    };
    if args.at.is_empty() {
        return Err(DeskError::usage("no-place", "a claim says where it stands")
            .hint("name the lines: --at M:164-166"));
    }
    let value = ValueItem {
        date: args.date.as_deref().map(WhenItem::typed),
        place: args.place.clone(),
        number: args.number,
        yes: args.yes,
        text: args.text.clone(),
        ..ValueItem::default()
    };
    let told = args.date.is_some()
        || args.place.is_some()
        || args.number.is_some()
        || args.yes.is_some()
        || args.text.is_some();
    let entry = Entry::Claim(ClaimItem {
        id,
        question: question.clone(),
        at: At(args.at.clone()),
        stance,
        value: told.then_some(value),
        values: Vec::new(),
        modality: None,
        teller: teller.clone(),
        voice: args.voice,
        reported_by: args.reported_by.clone(),
        told: args.told.as_deref().map(WhenItem::typed),
        known: args.how,
        evidence: Vec::new(),
        chain: Vec::new(),
        contested: None,
        note: args.note.clone(),
    });
    record(&entry, args.dry_run, door)
}

/// The name without its kind: `question/x` and `x` are one.
fn bare(written: &str, kind: &str) -> String {
    let rest = written.strip_prefix(kind).and_then(|s| s.strip_prefix('/'));
    rest.unwrap_or(written).to_string()
}

fn shown(address: &str, door: &mut Door) -> Done {
    let archive = door.archive()?;
    let answer = desk::audit(&archive, address)?;
    door.answer(&answer, Vec::new(), |door| audit::show(door, &answer));
    Ok(if answer.ok { 0 } else { 4 })
}

fn record(entry: &Entry, dry_run: bool, door: &mut Door) -> Done {
    let mut archive = door.archive()?;
    let recorded = desk::enter(&mut archive, entry, dry_run, &door.context()?)?;
    door.answer(&recorded, Vec::new(), |door| {
        let verb = if dry_run { "would record" } else { "recorded" };
        for r in &recorded {
            let revised = if r.revised { ", which replaces its earlier description" } else { "" };
            door.line(format!("{verb} {}{revised}", r.name));
        }
        if recorded.is_empty() {
            door.line("it is here already, word for word: nothing was recorded");
        }
    });
    Ok(0)
}
