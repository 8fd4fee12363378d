//! The editor's desk: made for two hundred replies in an evening, group after
//! group, by keys alone where one likes, and complete without its script.

use maud::{Markup, html};

use super::decided::DecideFields;
use super::desk_state::DeskState;
use super::parts::{hidden, summary};
use super::trouble::trouble_of;
use super::{group, queue};
use crate::pages::foreign::said;
use crate::pages::language::Language;
use crate::pages::room::frame::{self, Sheet};
use crate::pages::room::{Room, Route};

/// The script of the desk: keys for what the page does without them.
pub fn desk_script() -> &'static str {
    include_str!("desk.js")
}

/// The page of the desk.
pub fn desk(room: &Room<'_>, state: &DeskState<'_>) -> String {
    let (say, here) = (room.say(), Route::Live(state.at.into()));
    let view = state.view;
    // A group that is gone meanwhile cannot show what is wrong with it.
    let shown = |f: &DecideFields| {
        let first = view.inbox.items.iter().filter_map(|g| g.replies.first());
        first.into_iter().any(|n| n.correction == f.correction)
    };
    let lost = state.failed.filter(|(f, _)| !shown(f)).map(|(_, e)| e);
    let troubles: Vec<_> = state.trouble.or(lost).map(trouble_of).into_iter().collect();
    let troubles: Vec<_> =
        troubles.into_iter().map(|t| super::FieldTrouble { field: "form", ..t }).collect();
    let firsts: Vec<Option<&str>> =
        view.inbox.items.iter().map(|g| g.replies.first().map(|n| n.correction.as_str())).collect();
    let body = html! {
        header.title {
            h1 { (say.desk_title()) }
            p.facts { (said(&view.editor)) " " (say.at_the_desk()) }
            (counts(say, state))
            p.ways {
                a href=(room.href(&here, &Route::Live("desk/question".into()))) { (say.enter_question()) }
                " · " a href=(room.href(&here, &Route::Live("desk/claim".into()))) { (say.enter_claim()) }
            }
            form method="post" action=(room.href(&here, &Route::Live("desk/logout".into()))) {
                (hidden("csrf", state.csrf))
                button type="submit" { (say.log_out()) }
            }
            details #keys { summary { (say.keys_title()) } p { (say.keys_why()) } }
        }
        @if let Some(done) = state.done {
            p.done role="status" { (say.recorded_now()) " " (said(done)) }
        }
        (summary(say, &troubles, ""))
        section aria-labelledby="waiting" {
            h2 #waiting tabindex="-1" { (say.waiting_title()) }
            @if view.inbox.items.is_empty() { p { (say.nothing_waits()) } }
            @for (n, g) in view.inbox.items.iter().enumerate() {
                (group::group(room, &here, state, g, firsts.get(n + 1).copied().flatten()))
            }
            @if view.more > 0 { p { (say.more_groups(view.more)) } }
        }
        (queue::last(room, &here, state))
        (queue::held(room, &here, state))
    };
    let sheet = Sheet {
        class: "desk",
        scripts: vec![Route::Live("desk.js".into())],
        ..Sheet::new(&here, say.desk_title())
    };
    frame::page(room, &sheet, &body)
}

fn counts(say: Language, state: &DeskState<'_>) -> Markup {
    let (inbox, held) = (&state.view.inbox, &state.view.held);
    html! {
        ul.counts {
            li { a href="#waiting" { (inbox.waiting) " " (say.waiting()) } ", " (inbox.with_evidence) " " (say.with_evidence()) }
            li { a href=[(!held.items.is_empty()).then_some("#held")] { (held.items.len()) " " (say.held_count()) } }
            li { (inbox.answered) " " (say.answered_count()) }
        }
    }
}
