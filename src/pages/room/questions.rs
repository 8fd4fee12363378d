//! Questions, and the audit of each: the page of the report in the frame of
//! the room.

use maud::html;

use super::events::link;
use super::frame::{self, Sheet, word};
use super::room::Room;
use super::route::Route;
use crate::desk::DeskError;
use crate::pages::foreign::{said, visible};
use crate::pages::report;

pub(super) fn list(room: &Room<'_>) -> Result<String, DeskError> {
    let (say, here) = (room.say(), Route::Questions);
    let body = html! {
        header.title { h1 { (say.questions()) } p.facts { (say.questions_counted(room.questions.len())) } }
        @if room.questions.is_empty() { p { (say.none_here()) } }
        ul.index { @for q in &room.questions {
            @if let Some(to) = room.route_to(&q.name) { li {
                a href=(room.href(&here, &to)) { (said(q.wording.as_ref().unwrap_or(&q.title))) }
                @if let Some(facet) = &q.facet { " " span.facts { (word(say, facet)) } }
            } }
        } }
    };
    Ok(frame::page(room, &Sheet::new(&here, say.questions()), &body))
}

pub(super) fn page(room: &Room<'_>, name: &str) -> Result<Option<String>, DeskError> {
    let (say, here) = (room.say(), Route::Question(name.to_string()));
    let answer = room.reader.audit(&format!("question/{name}"))?;
    let mut places: Vec<&str> =
        answer.audit.claims.iter().flat_map(|c| &c.places).map(|p| p.address.as_str()).collect();
    places.sort_unstable();
    places.dedup();
    let body = html! {
        meta itemprop="name" content=(visible(&answer.audit.question.wording));
        p.kicker {
            a href=(room.href(&here, &Route::Questions)) { (say.questions()) }
            @if let Some(event) = &answer.audit.question.event { " · " (link(room, &here, event)) }
        }
        div.report { (report::body(say, &answer)) }
        @if !places.is_empty() {
            section aria-labelledby="places" {
                h2 #places { (say.in_context()) }
                ul.index { @for place in places { li { (link(room, &here, place)) } } }
            }
        }
    };
    let sheet = Sheet {
        class: "question",
        item: Some("Question"),
        ..Sheet::new(&here, answer.audit.question.wording.clone())
    };
    Ok(Some(frame::page(room, &sheet, &body)))
}
