//! All replies with their answers, and the page of each.

use maud::{Markup, html};

use super::events::link;
use super::frame::{self, Sheet, word};
use super::notes;
use super::room::Room;
use super::route::Route;
use crate::desk::{DeskError, Note, ShowAnswer};
use crate::pages::foreign::{clip, hash, said};

/// Characters of a reply in a list.
const CLIP: usize = 220;

pub(super) fn list(room: &Room<'_>) -> Result<String, DeskError> {
    let (say, here) = (room.say(), Route::Replies);
    let inbox = &room.inbox;
    let body = html! {
        header.title {
            h1 { (say.all_replies()) }
            p.why { (say.inbox_why()) }
            p.facts {
                (say.replies(inbox.waiting + inbox.answered)) "; "
                (inbox.waiting) " " (say.waits()) "; " (say.feed()) ": "
                a href=(room.href(&here, &Route::Feed)) { "feed.atom" }
            }
        }
        @if inbox.items.is_empty() { p { (say.no_replies()) } }
        @for group in &inbox.items {
            section.group {
                h2 { (link(room, &here, &group.place)) }
                @if let Some(was) = &group.was { blockquote.was-quoted dir="auto" { p { (said(&clip(was, CLIP))) } } }
                ol.replies { @for note in &group.replies { li { (line(room, &here, note)?) } } }
            }
        }
    };
    let sheet = Sheet { class: "inbox", ..Sheet::new(&here, say.all_replies()) };
    Ok(frame::page(room, &sheet, &body))
}

/// A reply in a list.
pub(super) fn line(room: &Room<'_>, here: &Route, note: &Note) -> Result<Markup, DeskError> {
    let say = room.say();
    let words = match (&note.withheld, &note.replacement, note.says.is_empty()) {
        (Some(_), ..) => say.withheld_words().to_string(),
        (None, Some(r), true) => format!("{}: {r}", say.proposes()),
        (None, ..) => note.says.clone(),
    };
    let stands = room.stands(&note.correction)?;
    Ok(html! {
        a href=(room.href(here, &Route::Reply(note.correction.clone()))) { (said(&note.correction)) }
        " " (notes::by_whom(room, note)) ": " span dir="auto" { (said(&clip(&words, CLIP))) }
        span.facts {
            " " (word(say, &note.r#type))
            @if let Some(received) = &note.received { " · " time datetime=(received.to_string()) { (received.day()) } }
            " · "
            @match stands {
                Some(to) => { a href=(room.href(here, &to)) { (said(&note.written_to)) } },
                None => (said(&note.written_to)),
            }
        }
        " " span.outcome {
            @match &note.decision { Some(d) => (word(say, &d.verdict)), None => (say.waits()) }
        }
    })
}

pub(super) fn page(room: &Room<'_>, id: &str) -> Result<Option<String>, DeskError> {
    let ShowAnswer::Correction(shown) = room.reader.show(id)? else {
        return Ok(None);
    };
    let (say, here) = (room.say(), Route::Reply(id.to_string()));
    let note = &shown.note;
    let stands = room.stands(&note.correction)?;
    let proved = room.reader.has_receipt(id)?;
    let body = html! {
        header.title {
            p.kicker { a href=(room.href(&here, &Route::Replies)) { (say.all_replies()) } }
            h1 { (say.reply_short()) " " bdi { (note.correction) } }
            dl.facts {
                dt { (say.who()) } dd itemprop="author" { (notes::by_whom(room, note)) }
                dt { (say.kind()) } dd { (word(say, &note.r#type)) }
                @if let Some(received) = &note.received {
                    dt { (say.received()) }
                    dd { time itemprop="dateCreated" datetime=(received.to_string()) { (received.minute()) " UTC" } ", " (say.log()) " " (shown.log_index) }
                }
                dt { (say.written_to()) }
                dd {
                    @match (&shown.place, &stands) {
                        (Some(p), Some(to)) => { a href=(room.href(&here, to)) { (said(&p.address)) } },
                        (Some(p), None) => (said(&p.address)),
                        (None, _) => (link(room, &here, &note.written_to)),
                    }
                }
                dt { "SHA-256" } dd { (hash(&note.correction_id)) }
            }
        }
        @if let Some(was) = &note.was {
            section aria-labelledby="says" {
                h2 #says { (say.text_says()) }
                blockquote dir="auto" { p { (said(was)) } }
            }
        }
        section aria-labelledby="reply" {
            h2 #reply { (say.says()) }
            div itemprop=[note.withheld.is_none().then_some("text")] { (notes::words(room, note)) }
        }
        section aria-labelledby="answer" {
            h2 #answer { (say.answer()) }
            @if shown.decisions.is_empty() { p.outcome { (say.waits()) } }
            @for d in shown.decisions.iter().rev() {
                div.decision {
                    p {
                        span.outcome { (word(say, &d.verdict)) } ": " (said(&d.reason))
                    }
                    p.facts {
                        (said(&d.decision)) " · " time datetime=(d.time.to_string()) { (d.time.day()) }
                        @if let Some(by) = &d.by { " · " (said(by)) " (" (word(say, &d.to_text)) ")" }
                        @if let Some(revision) = &d.revision { " · " (link(room, &here, revision)) }
                        @if let Some(same) = &d.same_as { " · " (link(room, &here, same)) }
                    }
                }
            }
        }
        @if !shown.replies.is_empty() {
            section aria-labelledby="replies" {
                h2 #replies { (say.replies_to_it()) }
                ol.replies { @for r in &shown.replies { li { (line(room, &here, r)?) } } }
            }
        }
        @if proved {
            section aria-labelledby="receipt" {
                h2 #receipt { (say.receipt()) }
                p { a href=(room.href(&here, &Route::Receipt(note.correction.clone()))) download { (say.receipt()) } }
                p.why { (say.receipt_why()) }
            }
        }
    };
    let sheet = Sheet {
        class: "reply-page",
        item: Some("Comment"),
        about: (note.withheld.is_none()).then(|| clip(&note.says, 150)),
        ..Sheet::new(&here, format!("{} {}", say.reply_short(), note.correction))
    };
    Ok(Some(frame::page(room, &sheet, &body)))
}

/// The receipt, as the file that a replier keeps; none where it cannot be made
/// for anybody.
pub(super) fn receipt(room: &Room<'_>, id: &str) -> Result<Option<String>, DeskError> {
    match room.reader.has_receipt(id)? {
        true => Ok(Some(room.reader.receipt(id)?.text)),
        false => Ok(None),
    }
}
