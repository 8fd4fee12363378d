//! The first page: what the archive is, what it lacks, what it holds, and what
//! was said last.

use maud::{Markup, html};

use super::frame::{self, Sheet, word};
use super::replies;
use super::room::{Room, Shelved, Shut};
use super::route::Route;
use crate::desk::DeskError;
use crate::pages::foreign::said;

/// So many of the last replies are shown.
const LAST: usize = 6;

pub(super) fn page(room: &Room<'_>) -> Result<String, DeskError> {
    let (say, here) = (room.say(), Route::Home);
    let status = &room.status;
    let mut last: Vec<_> = room.inbox.items.iter().flat_map(|g| &g.replies).collect();
    last.sort_by_key(|n| n.received.map(|t| t.unix_seconds()));
    let last: Vec<_> = last.into_iter().rev().take(LAST).collect();
    let (here_not, held): (Vec<_>, Vec<_>) = room.shelf.iter().partition(|s| s.shut.is_some());
    let body = html! {
        header.title {
            h1 { (said(&status.title)) }
            @match &status.invitation {
                Some(words) => { blockquote.invitation { p dir="auto" { (said(words)) } } },
                None => { p.lead { (say.invited()) } },
            }
        }
        @if !here_not.is_empty() {
            section aria-labelledby="not-held" {
                h2 #not-held { (say.not_held()) }
                p.why { (say.not_held_why()) }
                ul.shelf { @for s in here_not { (shelved(room, &here, s)) } }
            }
        }
        section aria-labelledby="held" {
            h2 #held { (say.held()) }
            @if held.is_empty() { p { (say.none_here()) } }
            ul.shelf { @for s in held { (shelved(room, &here, s)) } }
        }
        section aria-labelledby="last" {
            h2 #last { (say.newest_replies()) }
            @if last.is_empty() { p { (say.no_replies()) } }
            ol.replies reversed { @for note in last { li { (replies::line(room, &here, note)?) } } }
            @if !room.inbox.items.is_empty() {
                p { a href=(room.href(&here, &Route::Replies)) {
                    (say.all_replies()) ": " (say.replies(status.corrections))
                } }
            }
        }
    };
    let sheet = Sheet { about: status.invitation.clone(), ..Sheet::new(&here, say.home()) };
    Ok(frame::page(room, &sheet, &body))
}

/// A text in a list.
fn shelved(room: &Room<'_>, here: &Route, s: &Shelved) -> Markup {
    let (say, t) = (room.say(), &s.text);
    let facts = [
        Some(word(say, &t.r#type)),
        t.date.clone(),
        (!t.revisions.is_empty()).then(|| say.revisions_counted(t.revisions.len())),
        (t.corrections > 0).then(|| say.replies(t.corrections)),
        s.shut.map(|shut| why_shut(room, shut, &t.holding)),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    html! {
        li {
            a.text-title href=(room.href(here, &Route::Text(t.siglum.clone()))) {
                span.siglum { (said(&t.siglum)) } " " (said(&t.title))
            }
            @if !t.creators.is_empty() { span.creators { " " (said(&t.creators.join(", "))) } }
            span.facts { " " (said(&facts.join(" · "))) }
        }
    }
}

/// Why a text is not read here, in a word or two.
pub(super) fn why_shut(room: &Room<'_>, shut: Shut, holding: &str) -> String {
    let say = room.say();
    match shut {
        Shut::NotHeld => word(say, &holding),
        Shut::NotSupplied => say.not_supplied().to_string(),
        Shut::Private => say.private_text().to_string(),
        Shut::SeveralNewest => say.several_newest().to_string(),
    }
}
