//! What follows a reply: the page with its receipt, or the plain word that it
//! was set aside.

use maud::html;

use crate::desk::{self, DeskError, HOLD_AT, ShowAnswer, Sign, WithNotes, weight};
use crate::pages::foreign::{hash, said, typed};
use crate::pages::room::events::link;
use crate::pages::room::frame::{self, Sheet};
use crate::pages::room::{Room, Route, notes};

/// The page that a reply leads to when it is recorded; none where there is no
/// such reply.
///
/// # Errors
/// When its records are damaged.
pub fn sent(room: &Room<'_>, correction: &str) -> Result<Option<String>, DeskError> {
    let shown = match desk::show(room.reader.archive(), correction, None, WithNotes::None) {
        Ok(ShowAnswer::Correction(shown)) => shown,
        Ok(_) => return Ok(None),
        Err(e) if e.class == desk::Class::NotFound || e.class == desk::Class::Usage => {
            return Ok(None);
        }
        Err(e) => return Err(e),
    };
    let note = &shown.note;
    let id = &note.correction;
    let (say, here) = (room.say(), Route::Live(format!("reply/sent/{id}")));
    let receipt = id.replacen('C', "R", 1);
    let stands = room.stands(id)?;
    let body = html! {
        header.title {
            h1 { (say.sent_title()) ": " bdi { (id) } }
            p { (say.sent_why()) }
        }
        section aria-labelledby="receipt" {
            h2 #receipt { (say.receipt()) " " bdi { (receipt) } }
            p { a.button href=(room.href(&here, &Route::Receipt(id.clone()))) download=(format!("{receipt}.receipt.txt")) { (say.get_receipt()) } }
            p { (say.receipt_why()) }
            p { (say.check_receipt()) " " (typed(&format!("variorum verify --receipt {receipt}.receipt.txt"))) }
        }
        section aria-labelledby="recorded" {
            h2 #recorded { (say.what_recorded()) }
            @if let Some(was) = &note.was { blockquote dir="auto" { p { (said(was)) } } }
            p { (notes::by_whom(room, note)) ":" }
            (notes::words(room, note))
            dl.facts {
                dt { (say.written_to()) }
                dd { @match &shown.place { Some(p) => (link(room, &here, &p.address)), None => (link(room, &here, &note.written_to)) } }
                @if let Some(received) = &note.received {
                    dt { (say.received()) } dd { time datetime=(received.to_string()) { (received.minute()) " UTC" } }
                }
                dt { (say.log()) } dd { (shown.log_index) }
                dt { "SHA-256" } dd { (hash(&note.correction_id)) }
            }
        }
        section aria-labelledby="next" {
            h2 #next { (say.next_steps()) }
            p { (say.next_steps_why()) }
            p.ways {
                @if let Some(to) = &stands { a href=(room.href(&here, to)) { (say.to_passage()) } " · " }
                a href=(room.href(&here, &Route::Reply(id.clone()))) { (say.reply_page()) }
            }
        }
    };
    let title = format!("{} {id}", say.sent_title());
    Ok(Some(frame::page(room, &Sheet { class: "form-page", ..Sheet::new(&here, title) }, &body)))
}

/// The page that a reply leads to when it is held back.
pub fn held_back(room: &Room<'_>, subject: &str, signs: &[Sign]) -> String {
    let (say, here) = (room.say(), Route::Live("reply/new".into()));
    let body = html! {
        header.title {
            h1 { (say.held_title()) }
            p { (say.held_back_why()) }
            p.facts { (say.reply_to()) " " (link(room, &here, subject)) }
        }
        @if signs.is_empty() { p { (say.held_all()) } } @else {
            p { (say.held_signs()) }
            ul { @for s in signs { li { (say.sign(s.kind)) " (" (s.weight) ")" } } }
            p.facts { (say.together()) " " (weight(signs)) " ≥ " (HOLD_AT) }
        }
        p { (say.held_keep()) }
        p { a href=(room.href(&here, &Route::Home)) { (say.home()) } }
    };
    frame::page(room, &Sheet { class: "form-page", ..Sheet::new(&here, say.held_title()) }, &body)
}
