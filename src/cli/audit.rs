use std::collections::HashMap;

use crate::desk::{self, AuditAnswer, AuditClaim, QuestionAudit};

use super::args::AuditArgs;
use super::door::Door;
use super::paint::safe;
use super::run::Done;
use super::table::table;
use super::{audit_files, wrap};

pub(super) fn run(args: &AuditArgs, door: &mut Door) -> Done {
    audit_files::check(args, door)?;
    let archive = door.archive()?;
    let answer = desk::audit(&archive, &args.address)?;
    if !audit_files::write(args, door, &answer)? {
        let next = next(&answer);
        door.answer(&answer, next, |door| show(door, &answer));
    }
    Ok(if answer.ok { 0 } else { 4 })
}

fn next(answer: &AuditAnswer) -> Vec<String> {
    let mut next = Vec::new();
    if let Some(c) = answer.audit.claims.first() {
        next.push(format!(
            "variorum show {}",
            c.places.first().map_or(&c.revision, |p| &p.address)
        ));
    }
    if let Some(event) = &answer.audit.question.event {
        next.push(format!("variorum compare {event}"));
    }
    next
}

/// The whole audit, as a page of text.
pub(super) fn show(door: &mut Door, answer: &AuditAnswer) {
    question(door, &answer.audit, answer.claim.as_deref());
    for further in &answer.further {
        door.line("");
        door.line("─".repeat(door.width.min(72)));
        question(door, further, None);
    }
    heading(door, "LOG");
    let log = &answer.log;
    let mut lines = log.checkpoint.lines();
    let origin = lines.next().unwrap_or_default().to_string();
    let root = lines.nth(1).unwrap_or_default().to_string();
    text(door, &format!("{origin}: entry {} of {}, root {root}", log.index, log.size), "  ");
    if !answer.by_hand.is_empty() {
        heading(door, "BY HAND");
        for line in &answer.by_hand {
            door.line(safe(&format!("  {line}")));
        }
    }
    heading(door, "CITE");
    text(door, &answer.cite, "  ");
    door.line("");
    for (label, said) in [
        ("Shows", answer.audit.shows.to_string()),
        ("Does not show", answer.audit.does_not_show.to_string()),
    ] {
        let head = format!("{label}: ");
        for (n, line) in
            wrap::plain(&format!("{head}{said}"), door.width, "  ").into_iter().enumerate()
        {
            let line = safe(&line);
            door.line(match (n, line.strip_prefix(&head)) {
                (0, Some(rest)) => format!("{}{rest}", door.paint.bold(&head)),
                _ => line,
            });
        }
    }
}

fn question(door: &mut Door, audit: &QuestionAudit, only: Option<&str>) {
    let q = &audit.question;
    for line in wrap::plain(&q.wording, door.width, "") {
        door.line(door.paint.bold(&safe(&line)));
    }
    let mut about = format!("{}, asks for: {}", q.name, q.facet);
    if q.interpretation {
        about.push_str(" (interpretation)");
    }
    if let Some(title) = &q.event_title {
        about.push_str(&format!("; {title}"));
    }
    text(door, &about, "");
    for b in &audit.broken {
        for line in wrap::plain(&format!("BROKEN: {b}"), door.width, "  ") {
            door.line(door.paint.bad(&safe(&line)));
        }
    }
    text(door, &state(audit), "");
    if !audit.not_held.is_empty() {
        heading(door, "NOT HELD");
        let rows: Vec<Vec<String>> = audit
            .not_held
            .iter()
            .map(|n| {
                let unknown = n.unknown.as_ref().map(|u| format!("; {u}")).unwrap_or_default();
                vec![format!("  {}", n.name), n.holding.clone(), format!("{}{unknown}", n.title)]
            })
            .collect();
        lines(door, &rows);
    }
    heading(door, "TOLD, in the order of telling");
    let by_id: HashMap<&str, &AuditClaim> =
        audit.claims.iter().map(|c| (c.id.as_str(), c)).collect();
    for group in &audit.groups {
        let shown = group.claims.iter().filter(|id| only.is_none_or(|o| o == id.as_str()));
        let claims: Vec<&AuditClaim> =
            shown.filter_map(|id| by_id.get(id.as_str()).copied()).collect();
        if claims.is_empty() {
            continue;
        }
        let value = match group.side.as_str() {
            "against" => format!("not: {}", group.value),
            "open" => format!("(open) {}", group.value),
            _ => group.value.to_string(),
        };
        for line in wrap::plain(&value, door.width.saturating_sub(2), "  ") {
            door.line(door.paint.bold(&safe(&format!("  {line}"))));
        }
        for c in claims {
            claim(door, c);
        }
    }
    rest(door, audit);
}

fn state(audit: &QuestionAudit) -> String {
    let (n, g) = (audit.claims.len(), audit.groups.len());
    let told = match audit.state {
        desk::State::Untold => "nobody tells it here".to_string(),
        desk::State::ToldOnce => "told once".to_string(),
        desk::State::Agree => format!("{n} tellings, which can be so together"),
        desk::State::Differ => {
            format!("{n} tellings of {g} values, of which some cannot both be so")
        }
        desk::State::NotComparable => {
            format!("{n} tellings of {g} values, not comparable by computing")
        }
    };
    let outcomes: Vec<String> = audit
        .assessments
        .iter()
        .filter(|a| a.sort == "outcome")
        .map(|a| format!("{} ({})", a.finding, a.by))
        .collect();
    match outcomes.is_empty() {
        true => format!("State: {told}."),
        false => format!("State: {told}. Assessed: {}.", outcomes.join("; ")),
    }
}

fn claim(door: &mut Door, c: &AuditClaim) {
    let who = desk::Speaker::of(c);
    let told = c.told.as_ref().map(|t| format!(", told {t}")).unwrap_or_default();
    let mood = c.modality.as_ref().map(|m| format!(", as {m}")).unwrap_or_default();
    text(door, &format!("{who} {}{mood}{told}; knows: {}", c.stance, c.known), "    ");
    for p in &c.places {
        let part = match (&p.part, &p.part_title) {
            (Some(part), Some(title)) => format!(", in {part} ({title})"),
            _ => String::new(),
        };
        let page = p.page.map(|p| match p.error {
            0 => format!(", p. {}", p.number),
            e => format!(", p. {} ±{e}", p.number),
        });
        let page = page.unwrap_or_default();
        let checked = match p.checked {
            desk::PlaceCheck::Matches => "read and hashed now",
            desk::PlaceCheck::NotSupplied => "text not supplied here",
            desk::PlaceCheck::Broken => "NOT WHERE IT SAYS",
        };
        let passage =
            p.passage_sha256.map(|d| format!(", passage {}…", d.short(12))).unwrap_or_default();
        text(
            door,
            &format!("{}, bytes {}-{}{page}{part}; {checked}{passage}", p.address, p.start, p.end),
            "      ",
        );
        if let Some(q) = &p.quote {
            text(door, &format!("“{}”", shorten(q, 240)), "      ");
        }
    }
    for link in &c.chain {
        let medium = link.medium.as_ref().map(|m| format!(" ({m})")).unwrap_or_default();
        let at = link.places.first().map(|p| format!(", {}", p.address)).unwrap_or_default();
        let note = link.note.as_ref().map(|n| format!(": {n}")).unwrap_or_default();
        text(
            door,
            &format!("└ {} says that {} said it{medium}{at}{note}", link.reporter, link.speaker),
            "      ",
        );
    }
    for e in &c.evidence {
        text(
            door,
            &format!("rests on {}: {} ({}; {})", e.name, e.title, e.axes.join(", "), e.state),
            "      ",
        );
        for s in &e.signatures {
            let when = s.date.as_ref().map(|d| format!(", {d}")).unwrap_or_default();
            let place = s.place.as_ref().map(|p| format!(", {p}")).unwrap_or_default();
            let with =
                s.reservation.as_ref().map(|r| format!("; reservation: {r}")).unwrap_or_default();
            text(door, &format!("✎ {}: {}{when}{place}{with}", s.agent, s.state), "        ");
        }
    }
    if let Some(note) = &c.note {
        text(door, &format!("note: {note}"), "      ");
    }
    for s in c.since.iter().filter(|s| s.words != "unchanged") {
        let at = s.address.as_ref().unwrap_or(&s.revision);
        let how = if s.basis.as_deref() == Some("inferred") { ", by comparison" } else { "" };
        text(door, &format!("in {at} these words are {}{how}", s.words), "      ");
    }
    let mut marks = vec![format!("entry {}", c.log_index)];
    marks.extend(c.corrections.iter().map(|n| format!("replied to by {n}")));
    marks.extend(c.questioned.iter().map(|n| format!("questioned in {n}")));
    text(door, &format!("{}: {}", c.id, marks.join(", ")), "      ");
}

/// Items in a sentence, or that there are none.
fn or_none(items: &[impl ToString]) -> String {
    match items.is_empty() {
        true => "none".into(),
        false => items.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    }
}

fn rest(door: &mut Door, audit: &QuestionAudit) {
    let differ: Vec<_> =
        audit.differences.iter().filter(|d| d.relation != "not comparable").collect();
    if !differ.is_empty() {
        heading(door, "COMPARED");
        for d in differ {
            text(door, &format!("{} | {}: {}", d.one, d.other, d.relation), "  ");
            for a in &d.assessed {
                text(door, &a.to_string(), "    ");
            }
        }
    }
    heading(door, "ORIGINS");
    let o = &audit.origins;
    let said = format!(
        "at most {}; dependence found: {}; not examined: {}",
        o.at_most,
        or_none(&o.dependence),
        or_none(&o.not_examined)
    );
    text(door, &said, "  ");
    if !audit.not_found.is_empty() {
        heading(door, "LOOKED FOR");
        for s in &audit.not_found {
            let gaps = s.gaps.as_ref().map(|g| format!("; {g}")).unwrap_or_default();
            let times = match s.hits {
                0 => "not found".to_string(),
                n => format!("found {n} times"),
            };
            text(
                door,
                &format!(
                    "{} in {} ({}, by {}): {times}{gaps}",
                    s.spellings.join(", "),
                    s.within,
                    s.view,
                    s.by
                ),
                "  ",
            );
        }
    }
    let judged: Vec<_> = audit.assessments.iter().filter(|a| a.sort != "difference").collect();
    if !judged.is_empty() {
        heading(door, "ASSESSED");
        for a in judged {
            text(door, &format!("{}, {}, by {}: {}", a.sort, a.finding, a.by, a.reason), "  ");
        }
    }
    heading(door, "CUSTODY");
    for c in &audit.custody {
        let digest =
            c.sha256.map_or("not published".into(), |d| format!("sha256 {}…", d.short(16)));
        let read = if c.supplied { "read and hashed now: matches" } else { "not supplied here" };
        text(door, &format!("{} {} ({}): {digest}, {read}", c.revision, c.title, c.holding), "  ");
    }
}

fn heading(door: &mut Door, title: &str) {
    door.line("");
    door.line(door.paint.dim(title));
}

fn text(door: &mut Door, said: &str, indent: &str) {
    for line in wrap::plain(said, door.width.saturating_sub(indent.len()), "  ") {
        door.line(safe(&format!("{indent}{line}")));
    }
}

fn lines(door: &mut Door, rows: &[Vec<String>]) {
    for l in table(rows, door.width) {
        door.line(l);
    }
}

fn shorten(s: &str, most: usize) -> String {
    if s.chars().count() <= most {
        return s.to_string();
    }
    let head: String = s.chars().take(most - 1).collect();
    format!("{}…", head.trim_end())
}
