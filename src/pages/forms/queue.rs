//! What stands on the desk besides the replies: the last answers, which can be
//! taken back, and the replies that are held back.

use maud::{Markup, html};

use super::desk_state::DeskState;
use super::parts::{Field, hidden};
use crate::desk::{HeldReply, LastDecision, weight};
use crate::pages::foreign::{clip, said};
use crate::pages::room::events::link;
use crate::pages::room::{Room, Route};

/// Characters of a reason in a list.
const CLIP: usize = 160;

/// The editor's last answers.
pub(super) fn last(room: &Room<'_>, here: &Route, state: &DeskState<'_>) -> Markup {
    let say = room.say();
    html! {
        @if !state.view.last.is_empty() {
            section aria-labelledby="last" {
                h2 #last tabindex="-1" { (say.last_answers()) }
                p.why { (say.undo_why()) }
                ol.last { @for d in &state.view.last { li { (answer(room, here, state, d)) } } }
            }
        }
    }
}

fn answer(room: &Room<'_>, here: &Route, state: &DeskState<'_>, d: &LastDecision) -> Markup {
    let say = room.say();
    let suffix = format!("-{}", d.decision);
    html! {
        p {
            span.outcome { (say.word(d.verdict.word())) } " " (link(room, here, &d.correction))
            ": " (said(&clip(&d.reason, CLIP))) " "
            span.facts { (said(&d.decision)) " · " time datetime=(d.time.to_string()) { (d.time.minute()) } }
        }
        @if d.holds {
            details {
                summary { (say.undo()) " " bdi { (d.decision) } }
                @if let Some(r) = &d.revision { p { (say.undo_stays()) " " (link(room, here, r)) } }
                form method="post" action=(room.href(here, &Route::Live("desk/undo".into()))) {
                    (hidden("csrf", state.csrf))
                    (hidden("decision", &d.decision))
                    (Field::line("reason", say.undo_reason(), "").suffix(&suffix).required().show(say, &[]))
                    p { button type="submit" { (say.undo()) } }
                }
            }
        } @else { p.facts { (say.no_longer_holds()) } }
    }
}

/// The replies that are held back.
pub(super) fn held(room: &Room<'_>, here: &Route, state: &DeskState<'_>) -> Markup {
    let say = room.say();
    let held = &state.view.held;
    html! {
        @if !held.items.is_empty() || held.discarded > 0 {
            section aria-labelledby="held" {
                h2 #held tabindex="-1" { (say.held_queue()) }
                p.why { (say.held_queue_why()) }
                @for h in &held.items { (one(room, here, state, h)) }
                @if held.discarded > 0 { p.facts { (say.discarded_counted(held.discarded)) } }
            }
        }
    }
}

fn one(room: &Room<'_>, here: &Route, state: &DeskState<'_>, h: &HeldReply) -> Markup {
    let say = room.say();
    let short: String = h.held.chars().take(10).collect();
    let button = |path: &str, word: &str| {
        html! {
            form method="post" action=(room.href(here, &Route::Live(path.into()))) {
                (hidden("csrf", state.csrf))
                (hidden("held", &h.held))
                button type="submit" { (word) " " bdi { (short) } }
            }
        }
    };
    html! {
        article.note id=(format!("held-{}", h.held)) {
            header {
                span.by { @match &h.name { Some(n) => (said(n)), None => (say.no_name()) } }
                @if h.hide_name { " (" (say.hidden_name()) ")" }
                " " span.facts { (short) @if let Some(t) = &h.handed { " · " time datetime=(t.to_string()) { (t.minute()) } } }
            }
            @if let Some(damaged) = &h.damaged { p.wrong lang="en" { (said(damaged)) } }
            @if let Some(at) = &h.at { p.facts { (say.reply_to()) " " (link(room, here, at)) } }
            @if let Some(quote) = &h.quote { blockquote.was-quoted dir="auto" { p { (said(quote)) } } }
            @if !h.says.is_empty() { p.says dir="auto" { (said(&h.says)) } }
            @if let Some(r) = &h.replacement { p.proposes dir="auto" { (say.proposes()) ": " ins { (said(r)) } } }
            @if let Some(c) = &h.contact { p.contact { (say.contact_of()) ": " (said(c)) } }
            @if !h.evidence.is_empty() {
                ul.evidence { @for (name, bytes) in &h.evidence { li { (said(name)) " " span.facts { (bytes) " " (say.bytes()) } } } }
            }
            @if !h.signs.is_empty() {
                ul.signs { @for s in &h.signs { li { (say.sign(s.kind)) " (" (s.weight) ")" } } }
                p.facts { (say.together()) " " (weight(&h.signs)) }
            }
            div.ways {
                @if h.damaged.is_none() { (button("desk/held/release", say.release())) }
                details {
                    summary { (say.discard()) }
                    (button("desk/held/discard", say.discard_sure()))
                }
            }
        }
    }
}
