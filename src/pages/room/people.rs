//! Everybody who is named: persons, bodies, sides, programs.

use maud::html;

use super::frame::{self, Sheet, word};
use super::room::Room;
use super::route::Route;
use crate::desk::{DeskError, ListItem, Listed};
use crate::pages::foreign::said;

pub(super) fn page(room: &Room<'_>) -> Result<String, DeskError> {
    let (say, here) = (room.say(), Route::People);
    let mut all: Vec<_> = room
        .reader
        .list(Listed::Agents)?
        .into_iter()
        .filter_map(|i| match i {
            ListItem::Agent(a) => Some(a),
            _ => None,
        })
        .collect();
    all.sort_by_cached_key(|a| a.name.to_lowercase());
    let body = html! {
        header.title { h1 { (say.people()) } p.why { (say.people_why()) } }
        ul.index { @for a in &all {
            li id=(a.name_id) {
                (said(&a.name))
                span.facts { " " (word(say, &a.r#type)) @if a.editor { " · " (say.editor()) } " · " (said(&a.name_id)) }
            }
        } }
    };
    Ok(frame::page(room, &Sheet::new(&here, say.people()), &body))
}
