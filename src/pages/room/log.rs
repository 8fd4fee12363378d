//! The log: every change, the newest first; and its head.

use maud::html;

use super::events::link;
use super::frame::{self, Sheet, word};
use super::room::Room;
use super::route::Route;
use super::summary;
use crate::desk::{self, DeskError, LogDraft};
use crate::pages::foreign::{hash, said};

/// So many log entries stand on a page, statements of receipt and seals not
/// counted: they follow from the others.
const ON_A_PAGE: usize = 200;

/// How many pages the log has.
pub(super) fn pages(room: &Room<'_>) -> usize {
    room.entries().map_or(1, |e| e.len().div_ceil(ON_A_PAGE).max(1))
}

pub(super) fn page(room: &Room<'_>, n: usize) -> Result<Option<String>, DeskError> {
    let all = room.entries()?;
    let pages = all.len().div_ceil(ON_A_PAGE).max(1);
    if n == 0 || n > pages {
        return Ok(None);
    }
    let (say, here) = (room.say(), Route::Log(n));
    let before = (n > 1).then(|| Route::Log(n - 1));
    let after = (n < pages).then(|| Route::Log(n + 1));
    let body = html! {
        header.title {
            h1 { (say.log()) }
            p.why { (say.log_why()) }
            p { a href=(room.href(&here, &Route::Checkpoint)) { (say.checkpoint()) } }
        }
        ol.log { @for e in all.iter().skip((n - 1) * ON_A_PAGE).take(ON_A_PAGE) {
            li value=(e.index) id=(format!("entry-{}", e.index)) {
                span.facts {
                    @if let Some(t) = &e.received { time datetime=(t.to_string()) { (t.minute()) } " · " }
                    (word(say, &e.kind.split('/').next().unwrap_or_default())) " · "
                }
                (link(room, &here, &e.name)) " " span dir="auto" { (said(&summary::line(say, &e.summary))) }
                " " span.facts { (hash(&e.id)) }
            }
        } }
        nav.row aria-label=(say.log()) {
            @if let Some(r) = &before { a rel="prev" href=(room.href(&here, r)) { "← " (say.newer()) } }
            @if let Some(r) = &after { a rel="next" href=(room.href(&here, r)) { (say.older()) " →" } }
        }
    };
    let sheet = Sheet { class: "log-page", before, after, ..Sheet::new(&here, say.log()) };
    Ok(Some(frame::page(room, &sheet, &body)))
}

/// The head of the log, and what it proves.
pub(super) fn checkpoint(room: &Room<'_>) -> Result<String, DeskError> {
    let (say, here) = (room.say(), Route::Checkpoint);
    let body = html! {
        header.title { h1 { (say.checkpoint()) } p.why { (say.checkpoint_why()) } }
        pre tabindex="0" data-copy=(say.copied()) data-copy-label=(say.copy()) { (room.checkpoint) }
        p { a href=(room.href(&here, &Route::CheckpointFile)) download { "checkpoint.txt" } }
        dl.facts {
            dt { (say.shows()) } dd { (say.shows_what()) }
            dt { (say.does_not_show()) } dd { (say.does_not_show_what()) }
        }
    };
    Ok(frame::page(room, &Sheet::new(&here, say.checkpoint()), &body))
}

/// All entries, the newest first.
pub(super) fn entries(room: &Room<'_>) -> Result<Vec<desk::LogItem>, DeskError> {
    let draft = LogDraft { address: None, limit: Some(usize::MAX / 8), all: false };
    Ok(room.reader.log(&draft)?.items)
}
