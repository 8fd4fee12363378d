//! Two revisions word by word, and all whole editions side by side: what the
//! pages `comparison` and `apparatus` show, in the frame of the room.

use maud::html;

use super::frame::{self, Sheet};
use super::revisions;
use super::room::Room;
use super::route::Route;
use crate::desk::{self, DeskError, Side};
use crate::pages::foreign::said;
use crate::pages::{apparatus as several, comparison as two}; // rooms of one name

pub(super) fn page(
    room: &Room<'_>,
    siglum: &str,
    a: usize,
    b: usize,
) -> Result<Option<String>, DeskError> {
    let Some(shelved) = room.shelved(siglum).filter(|s| s.shut.is_none()) else { return Ok(None) };
    let here = Route::Difference(siglum.to_string(), a, b);
    let side = |n: usize| Side::in_archive(room.reader.archive(), &format!("{siglum}@{n}"));
    let (old, new) = (side(a)?, side(b)?);
    let (answer, passages) = desk::diff_passages(&old, &new);
    let body = html! {
        p.kicker { a href=(room.href(&here, &Route::Text(siglum.into()))) { (said(&shelved.text.title)) } }
        div.comparison { (two::body(room.say(), &answer, &passages)) }
    };
    let title = format!("{} → {}", answer.old, answer.new);
    let sheet = Sheet { class: "wide", ..Sheet::new(&here, title) };
    Ok(Some(frame::page(room, &sheet, &body)))
}

pub(super) fn apparatus(room: &Room<'_>, siglum: &str) -> Result<Option<String>, DeskError> {
    let Some(shelved) = room.shelved(siglum).filter(|s| s.shut.is_none()) else { return Ok(None) };
    let whole = revisions::whole(room, siglum)?;
    if whole.len() < 2 {
        return Ok(None);
    }
    let here = Route::Apparatus(siglum.to_string());
    let sides = whole
        .iter()
        .map(|n| Side::in_archive(room.reader.archive(), &format!("{siglum}@{n}")))
        .collect::<Result<Vec<_>, _>>()?;
    let answer = desk::collation(sides, None)?;
    let body = html! {
        p.kicker { a href=(room.href(&here, &Route::Text(siglum.into()))) { (said(&shelved.text.title)) } }
        div.apparatus { (several::body(room.say(), &answer)) }
    };
    let sheet = Sheet { class: "wide", ..Sheet::new(&here, room.say().compare_all()) };
    Ok(Some(frame::page(room, &sheet, &body)))
}
