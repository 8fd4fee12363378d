//! Events: the accounts that are kept together under a name, and what each of
//! them says to each question, side by side.

use maud::{Markup, html};

use super::frame::{self, Sheet, word};
use super::room::Room;
use super::route::Route;
use crate::desk::{Column, CompareAnswer, CompareRow, DeskError, EventAnswer, ShownAccount, State};
use crate::pages::foreign::said;
use crate::pages::values::{assessed, values};

pub(super) fn list(room: &Room<'_>) -> Result<String, DeskError> {
    let (say, here) = (room.say(), Route::Events);
    let body = html! {
        header.title { h1 { (say.events()) } p.why { (say.event_why()) } }
        @if room.events.is_empty() { p { (say.none_here()) } }
        ul.index { @for e in &room.events {
            @if let Some(to) = room.route_to(&e.name) { li { a href=(room.href(&here, &to)) { (said(&e.title)) } } }
        } }
    };
    Ok(frame::page(room, &Sheet::new(&here, say.events()), &body))
}

pub(super) fn page(room: &Room<'_>, name: &str) -> Result<Option<String>, DeskError> {
    let address = format!("event/{name}");
    let event = room.reader.event(&address)?;
    let compared = room.reader.compare_event(&address)?;
    let (say, here) = (room.say(), Route::Event(name.to_string()));
    let body = html! {
        header.title {
            p.kicker { a href=(room.href(&here, &Route::Events)) { (say.events()) } }
            h1 itemprop="name" { (said(&event.title)) }
            p.why { (say.event_why()) }
            (facts(room, &here, &event))
        }
        section aria-labelledby="accounts" {
            h2 #accounts { (say.accounts()) }
            @if event.accounts.is_empty() { p { (say.none_here()) } }
            ol.accounts { @for a in &event.accounts { (account(room, &here, a)) } }
        }
        @if !compared.rows.is_empty() {
            section aria-labelledby="compared" {
                h2 #compared { (say.side_by_side()) }
                @for row in &compared.rows { (compared_row(room, &here, &compared, row)) }
            }
        }
    };
    let sheet = Sheet {
        feed: Some(Route::EventFeed(name.to_string())),
        class: "event",
        item: Some("Event"),
        ..Sheet::new(&here, event.title.clone())
    };
    Ok(Some(frame::page(room, &sheet, &body)))
}

fn facts(room: &Room<'_>, here: &Route, event: &EventAnswer) -> Markup {
    let say = room.say();
    html! {
        dl.facts {
            @if let Some(date) = &event.date { dt { (say.date()) } dd { (said(date)) } }
            @if !event.also.is_empty() { dt { (say.also_called()) } dd itemprop="alternateName" { (said(&event.also.join("; "))) } }
            @if let Some(within) = &event.within {
                dt { (say.within_event()) }
                dd { (link(room, here, within)) }
            }
            @if let Some(note) = &event.note { dt { (say.note_label()) } dd { (said(note)) } }
        }
    }
}

/// An address, as a link where the room has a page for it.
pub(in crate::pages) fn link(room: &Room<'_>, here: &Route, address: &str) -> Markup {
    html! { @match room.route_to(address) {
        Some(to) => { a href=(room.href(here, &to)) { (said(address)) } },
        None => (said(address)),
    } }
}

fn account(room: &Room<'_>, here: &Route, a: &ShownAccount) -> Markup {
    let say = room.say();
    html! {
        li {
            p { b { (said(&say.speaker(&a.head))) } @if let Some(title) = &a.title { ": " (said(title)) } }
            p.facts {
                @if let Some(told) = &a.told { (say.told()) " " (said(told)) " · " }
                (say.how_you_know_of()) ": " (word(say, &a.known))
                @for p in &a.places { " · " (link(room, here, &p.address)) }
            }
        }
    }
}

fn compared_row(room: &Room<'_>, here: &Route, all: &CompareAnswer, row: &CompareRow) -> Markup {
    let say = room.say();
    let silent: Vec<&Column> = (0..all.columns.len())
        .filter(|n| !row.cells.contains_key(n))
        .map(|n| &all.columns[n])
        .collect();
    html! {
        section.asked-row {
            h3 {
                span.sort { (word(say, &row.facet)) } " "
                @match room.route_to(&row.question) {
                    Some(to) => { a href=(room.href(here, &to)) { (said(&row.wording)) } },
                    None => (said(&row.wording)),
                }
                " " span.state-mark { (say.word(state(row.state))) }
            }
            div.columns {
                @for (n, cells) in &row.cells {
                    div.column {
                        h4 { (said(&say.speaker(&all.columns[*n].head))) " " span.siglum { (said(&all.columns[*n].source)) } }
                        @for c in cells {
                            p {
                                span.sort { (word(say, &c.stance)) } " " (said(&values(say, &c.value)))
                                " " span.facts { (link(room, here, &c.place)) }
                            }
                        }
                    }
                }
            }
            @if !silent.is_empty() {
                p.facts { (say.silent_are()) ": " @for (n, c) in silent.iter().enumerate() { @if n > 0 { "; " } (said(&say.speaker(&c.head))) } }
            }
            @if !row.assessed.is_empty() { p.facts { (say.assessed()) ": " @for (n, a) in row.assessed.iter().enumerate() { @if n > 0 { "; " } (said(&assessed(say, a))) } } }
        }
    }
}

/// Where a question stands, as the JSON names it.
fn state(state: State) -> &'static str {
    match state {
        State::Untold => "untold",
        State::ToldOnce => "told-once",
        State::Agree => "agree",
        State::Differ => "differ",
        State::NotComparable => "not-comparable",
    }
}
