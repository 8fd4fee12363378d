//! One group of the desk: what the text says, what is proposed, who says so
//! with what evidence, and the form in which it is answered.

use maud::{Markup, html};

use super::decided::DecideFields;
use super::desk_state::DeskState;
use super::parts::{Field, Input, hidden, summary, words};
use super::trouble::trouble_of;
use crate::desk::{
    DeskError, EvidenceHere, Group, Nature, Note, RelationToReplier, RelationToText, Verdict,
};
use crate::pages::foreign::said;
use crate::pages::room::events::link;
use crate::pages::room::{Room, Route, notes};

/// The id of a group on the desk.
pub(super) fn id(correction: &str) -> String {
    format!("group-{correction}")
}

/// A group, and the reply of the one that comes after it.
pub(super) fn group(
    room: &Room<'_>,
    here: &Route,
    state: &DeskState<'_>,
    group: &Group,
    next: Option<&str>,
) -> Markup {
    let say = room.say();
    let Some(first) = group.replies.first() else { return html! {} };
    let failed = state.failed.filter(|(f, _)| f.correction == first.correction);
    html! {
        section.group id=(id(&first.correction)) tabindex="-1" data-group {
            h3 {
                (link(room, here, &group.place))
                @if let Some(now) = &group.now { " · " (say.now_at()) " " (link(room, here, &now.address)) }
            }
            @if let Some(was) = &group.was { blockquote.was-quoted dir="auto" { p { (said(was)) } } }
            @if let Some(replacement) = &group.replacement {
                p.proposes dir="auto" {
                    (say.proposes()) ": "
                    @if replacement.is_empty() { (say.nothing()) } @else { ins { (said(replacement)) } }
                }
            }
            @for note in &group.replies { (reply(room, here, state, note)) }
            (form(room, here, state, group, first, next, failed))
        }
    }
}

fn reply(room: &Room<'_>, here: &Route, state: &DeskState<'_>, note: &Note) -> Markup {
    let say = room.say();
    let contact = state.view.contacts.get(&note.correction);
    let evidence = state.view.evidence.get(&note.correction);
    html! {
        article.note {
            header {
                (notes::by_whom(room, note)) " "
                span.sort { (say.word(note.r#type.word())) } " "
                a href=(room.href(here, &Route::Reply(note.correction.clone()))) { (said(&note.correction)) }
                @if let Some(received) = &note.received {
                    " " span.facts { time datetime=(received.to_string()) { (received.day()) } }
                }
            }
            (notes::words(room, note))
            @if let Some(d) = &note.decision { p.facts { span.outcome { (say.word(d.verdict.word())) } ": " (said(&d.reason)) } }
            @if let Some(c) = contact {
                p.contact {
                    (say.contact_of()) ": "
                    @if let Some(name) = &c.name { (said(name)) " (" (say.hidden_name()) ") " }
                    @if let Some(at) = &c.contact { (said(at)) }
                }
            }
            @if let Some(evidence) = evidence { ul.evidence { @for e in evidence { li { (piece(room, here, e)) } } } }
        }
    }
}

/// A piece of evidence: a way to download it, or that it was only promised.
fn piece(room: &Room<'_>, here: &Route, e: &EvidenceHere) -> Markup {
    let say = room.say();
    let to = Route::Live(format!("evidence/{}", e.evidence));
    html! {
        @if e.here {
            a href=(room.href(here, &to)) download { (said(&e.name)) }
            @if let Some(bytes) = e.bytes { " " span.facts { (bytes) " " (say.bytes()) } }
        } @else { (said(&e.name)) " " span.facts { (say.promised()) } }
    }
}

fn form(
    room: &Room<'_>,
    here: &Route,
    state: &DeskState<'_>,
    group: &Group,
    first: &Note,
    next: Option<&str>,
    failed: Option<(&DecideFields, &DeskError)>,
) -> Markup {
    let say = room.say();
    let suffix = format!("-{}", first.correction);
    let empty = DecideFields::default();
    let f = failed.map_or(&empty, |(f, _)| f);
    let troubles: Vec<_> = failed.map(|(_, e)| trouble_of(e)).into_iter().collect();
    let verdicts: Vec<(String, String)> = Verdict::ALL
        .iter()
        .map(|v| (v.word().to_string(), say.word(v.word()).to_string()))
        .collect();
    let natures = Nature::ALL.iter().filter(|n| **n != Nature::Received);
    let unsaid = say.not_chosen();
    let action = room.href(here, &Route::Live("desk/decide".into()));
    let field = |f: Field<'_>| f.show(say, &troubles);
    html! {
        form.decide method="post" action=(action) {
            (summary(say, &troubles, &suffix))
            (hidden("csrf", state.csrf))
            (hidden("correction", &first.correction))
            (hidden("next", next.unwrap_or_default()))
            (hidden("seen", first.decision.as_ref().map_or("", |d| d.decision.as_str())))
            (field(Field { input: Input::Buttons(&verdicts), ..Field::line("verdict", say.verdict_label(), &f.verdict).suffix(&suffix).required() }))
            (field(Field::lines("reason", say.reason(), &f.reason, 2).hint(say.reason_hint()).suffix(&suffix).required()))
            @if group.replies.len() > 1 {
                fieldset {
                    legend { (say.also_these()) }
                    @for (n, note) in group.replies.iter().skip(1).enumerate() {
                        @let this = format!("also{suffix}-{n}");
                        span.option {
                            input type="checkbox" name="also" id=(this) value=(note.correction)
                                checked[failed.is_none() || f.also.contains(&note.correction)];
                            " " label for=(this) { bdi { (note.correction) } }
                        }
                        " "
                    }
                }
            }
            details open[failed.is_some()] {
                summary { (say.more_choices()) }
                (field(Field::lines("text", say.adopt_text(), &f.text, 3).suffix(&suffix)))
                (field(Field::line("same_as", say.same_as_label(), &f.same_as).suffix(&suffix)))
                (field(Field::choice("nature", say.nature_label(), &f.nature, words(say, unsaid, natures)).suffix(&suffix)))
                (field(Field::choice("to_text", say.to_text_label(), &f.to_text, words(say, unsaid, RelationToText::ALL)).suffix(&suffix)))
                (field(Field::choice("to_replier", say.to_replier_label(), &f.to_replier, words(say, unsaid, RelationToReplier::ALL)).suffix(&suffix)))
            }
            p { button type="submit" { (say.decide()) } }
        }
    }
}
