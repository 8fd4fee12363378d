//! The words of a paragraph with the marks of the notes beside them.

use maud::{Markup, html};

use super::notes;
use super::room::Room;
use crate::desk::{Book, Paragraph};
use crate::pages::foreign::visible;

/// A note's mark in the text: its number on the page and the ids of both ends.
pub(super) struct Numbered {
    /// Index of the note in the book.
    pub note: usize,
    /// Its number on this page.
    pub number: usize,
    /// The id of its mark.
    pub mark: String,
}

/// The words of a paragraph; every word to which a note belongs is marked, and
/// its number follows. Without notes, the words alone.
pub(super) fn marked(
    room: &Room<'_>,
    book: &Book,
    paragraph: &Paragraph,
    numbered: &[Numbered],
) -> Markup {
    let text = book.words(paragraph);
    let mut bounds: Vec<usize> = vec![0, text.len()];
    for m in &paragraph.marks {
        bounds.extend([m.start.min(text.len()), m.end.min(text.len())]);
    }
    bounds.retain(|b| text.is_char_boundary(*b));
    bounds.sort_unstable();
    bounds.dedup();
    html! {
        @for (n, at) in bounds.iter().enumerate() {
            @for m in paragraph.marks.iter().filter(|m| m.end.min(text.len()) == *at) {
                (reference(room, book, m.note, m.start == m.end, numbered))
            }
            @if let Some(next) = bounds.get(n + 1) {
                @let words = visible(&text[*at..*next]);
                @if paragraph.marks.iter().any(|m| m.start <= *at && *next <= m.end) {
                    mark { (words) }
                } @else { (words) }
            }
        }
    }
}

/// The number of a note in the text.
fn reference(
    room: &Room<'_>,
    book: &Book,
    note: usize,
    gap: bool,
    numbered: &[Numbered],
) -> Markup {
    let say = room.say();
    let found = numbered.iter().find(|n| n.note == note);
    let note = &book.notes[note];
    let adopted = note.decision.as_ref().filter(|d| d.revision.is_some());
    html! {
        @if let Some(n) = found {
            @if gap { span.gap aria-hidden="true" { "‸" } }
            a.ref id=(n.mark) href=(format!("#{}", notes::id(note)))
                aria-label=(format!("{} {}", say.note_label(), n.number)) { (n.number) }
            @if let (Some(d), Some(was)) = (adopted, &note.was) {
                span.older {
                    " [" (say.formerly()) ": " del { bdi { (visible(was)) } }
                    @if let Some(revision) = &d.revision { ", → " bdi { (visible(revision)) } }
                    "]"
                }
            }
        }
    }
}
