//! A reply as it stands beside the words that it answers.

use maud::{Markup, html};

use super::frame::{direction, word};
use super::room::Room;
use super::route::Route;
use crate::desk::{Anchoring, Note};
use crate::pages::foreign::said;

/// The id of a note on a page.
pub(super) fn id(note: &Note) -> String {
    format!("note-{}", note.correction)
}

/// One note; `number` is its mark in the text of the page, and `back` the id
/// of that mark.
pub(super) fn note(
    room: &Room<'_>,
    here: &Route,
    note: &Note,
    number: Option<(usize, &str)>,
) -> Markup {
    let say = room.say();
    let answered = note.decision.as_ref();
    html! {
        article.note id=(id(note)) {
            header {
                @if let Some((n, back)) = number {
                    a.n href=(format!("#{back}")) aria-label=(format!("{} {n}", say.note_label())) { (n) }
                }
                " " (by_whom(room, note))
                " " span.sort { (word(say, &note.r#type)) }
            }
            (words(room, note))
            @if let Some(how) = how_found(room, note) { p.how { (how) } }
            p.answer {
                @match answered {
                    None => span.outcome { (say.waits()) },
                    Some(a) => {
                        span.outcome { (word(say, &a.verdict)) }
                        @if !a.reason.is_empty() { ": " (said(&a.reason)) }
                        @if let Some(by) = &a.by { span.facts { " — " (said(by)) } }
                    },
                }
                " " a.more href=(room.href(here, &Route::Reply(note.correction.clone()))) { (said(&note.correction)) }
            }
        }
    }
}

/// Who says it.
pub(in crate::pages) fn by_whom(room: &Room<'_>, note: &Note) -> Markup {
    let say = room.say();
    html! { span.by {
        @match &note.name {
            Some(name) => (said(name)),
            None => (say.no_name()),
        }
    } }
}

/// What it says and proposes.
pub(in crate::pages) fn words(room: &Room<'_>, note: &Note) -> Markup {
    let say = room.say();
    html! {
        @if note.withheld.is_some() {
            p.says { (say.withheld_words()) }
        } @else {
            @if !note.says.is_empty() { p.says dir=(direction(None)) { (said(&note.says)) } }
            @if let Some(replacement) = &note.replacement {
                p.proposes dir="auto" {
                    @if let Some(was) = &note.was { del { (said(was)) } " " }
                    @if replacement.is_empty() { (say.nothing()) } @else { ins { (said(replacement)) } }
                }
            }
            p.known {
                (word(say, &note.known))
                @if let Some(grounds) = &note.grounds { ": " (said(grounds)) }
                @if note.evidence > 0 { "; " (say.evidence_counted(note.evidence)) }
            }
        }
    }
}

/// How its place was found, where that has to be said.
fn how_found(room: &Room<'_>, note: &Note) -> Option<String> {
    let say = room.say();
    let told = match note.anchoring {
        Anchoring::Exact | Anchoring::Followed | Anchoring::Whole => return None,
        Anchoring::Moved => say.moved_edition(),
        Anchoring::Changed => say.changed_since(),
        Anchoring::Lost => say.has_no_place(),
    };
    let mut out = format!("{} {}: {told}", say.written_to(), note.written_to);
    if let Some(score) = note.score {
        out.push_str(&format!(" ({:.0} %: {})", score * 100.0, say.score()));
    }
    if note.damaged {
        out.push_str(&format!("; {}", say.damaged()));
    }
    Some(out)
}
