//! A chapter to read: the words in a column that can be read, what others say
//! of them in the margin beside.

use maud::{Markup, html};

use super::frame::{self, Sheet, direction, word};
use super::notes;
use super::room::Room;
use super::route::Route;
use super::text::{chapter_title, stretch};
use super::words::{Numbered, marked};
use crate::desk::{Book, DeskError, Paragraph, ParagraphStyle};
use crate::pages::foreign::{said, visible};

pub(super) fn page(
    room: &Room<'_>,
    siglum: &str,
    revision: Option<usize>,
    n: usize,
) -> Result<Option<String>, DeskError> {
    if room.shelved(siglum).is_none_or(|s| s.shut.is_some()) {
        return Ok(None);
    }
    let book = match revision {
        None => room.book(siglum)?,
        Some(r) => room.book(&format!("{siglum}@{r}"))?,
    };
    let Some(chapter) = n.checked_sub(1).and_then(|n| book.chapters.get(n)) else {
        return Ok(None);
    };
    let (say, here) = (room.say(), Route::Chapter(siglum.to_string(), revision, n));
    let paragraphs = &book.paragraphs[chapter.paragraphs.clone()];
    let numbered = numbers(paragraphs);
    let title = chapter_title(&book, n - 1);
    // A heading that is the title already is not printed twice.
    let begins_with_title = paragraphs
        .first()
        .is_some_and(|p| p.style == ParagraphStyle::Heading && book.words(p).trim() == title);
    let before = (n > 1).then(|| Route::Chapter(siglum.into(), revision, n - 1));
    let after = (n < book.chapters.len()).then(|| Route::Chapter(siglum.into(), revision, n + 1));
    let body = html! {
        header.title {
            p.kicker {
                a itemprop="isPartOf" href=(room.href(&here, &Route::Text(siglum.into()))) { (said(&book.title)) }
                @if !book.creators.is_empty() { " · " (said(&book.creators.join(", "))) }
            }
            h1 lang=[book.language.as_deref()] dir=(direction(book.language.as_deref())) itemprop="name" { (said(&title)) }
            p.facts {
                (said(&book.name)) ", " (word(say, &book.nature))
                @if let Some(edition) = &book.edition { ", " (said(edition)) }
                " · " (stretch(room, &book, n - 1))
            }
        }
        @if !numbered.is_empty() { (views(room)) }
        div.text lang=[book.language.as_deref()] dir=(direction(book.language.as_deref())) {
            @let mut page = None;
            @for (at, p) in paragraphs.iter().enumerate() {
                (paragraph(room, &here, &book, p, &numbered, &mut page, at == 0 && begins_with_title))
            }
        }
        (row(room, &here, before.as_ref(), after.as_ref()))
    };
    let sheet = Sheet {
        feed: Some(Route::TextFeed(siglum.to_string())),
        before,
        after,
        class: "chapter",
        item: Some("Chapter"),
        ..Sheet::new(&here, format!("{title} – {}", book.title))
    };
    Ok(Some(frame::page(room, &sheet, &body)))
}

/// The way to the chapters before and after.
fn row(room: &Room<'_>, here: &Route, before: Option<&Route>, after: Option<&Route>) -> Markup {
    let say = room.say();
    html! {
        nav.row aria-label=(say.chapter()) {
            @if let Some(r) = before { a rel="prev" href=(room.href(here, r)) { "← " (say.previous()) } }
            @if let Some(r) = after { a rel="next" href=(room.href(here, r)) { (say.next()) " →" } }
        }
    }
}

/// Which of the three views is shown; it works without a script.
fn views(room: &Room<'_>) -> Markup {
    let say = room.say();
    let ways =
        [("text", say.text_only()), ("notes", say.with_notes()), ("all", say.all_revisions())];
    html! {
        fieldset.views {
            legend { (say.shown_as()) }
            @for (name, what) in ways {
                label { input type="radio" name="view" id=(format!("view-{name}")) value=(name) checked[name == "notes"]; " " (what) }
            }
        }
    }
}

/// The notes of a page, numbered by where their words begin.
pub(super) fn numbers(paragraphs: &[Paragraph]) -> Vec<Numbered> {
    let mut out: Vec<Numbered> = Vec::new();
    for p in paragraphs {
        let mut marks: Vec<_> = p.marks.iter().collect();
        marks.sort_by_key(|m| (m.start, m.end));
        for m in marks {
            if out.iter().all(|n| n.note != m.note) {
                let number = out.len() + 1;
                out.push(Numbered { note: m.note, number, mark: format!("mark-{number}") });
            }
        }
    }
    out
}

/// One paragraph with what stands beside it.
fn paragraph(
    room: &Room<'_>,
    here: &Route,
    book: &Book,
    p: &Paragraph,
    numbered: &[Numbered],
    page: &mut Option<u32>,
    is_title: bool,
) -> Markup {
    let say = room.say();
    // Pages of older revisions have no passages of their own: there the words
    // may be others.
    let to = book.newest.then(|| Route::Passage(book.siglum.clone(), p.name.clone()));
    let turned = p.printed.filter(|printed| page.replace(printed.first) != Some(printed.first));
    let mut beside: Vec<&Numbered> =
        numbered.iter().filter(|n| p.marks.iter().any(|m| m.note == n.note)).collect();
    beside.sort_by_key(|n| n.number);
    // A note over several paragraphs stands at the first of them.
    beside.retain(|n| {
        let first = book.paragraphs.iter().find(|q| q.marks.iter().any(|m| m.note == n.note));
        first.is_some_and(|q| std::ptr::eq(q, p))
    });
    let words = marked(room, book, p, numbered);
    html! {
        section.paragraph.titled[is_title] id=(format!("p-{}", p.name)) {
            @if let Some(to) = &to {
                a.line href=(room.href(here, to)) aria-label=(format!("{}, {}", p.place.address, say.passage())) { (p.place.line_start) }
            } @else {
                span.line { (p.place.line_start) }
            }
            @if let Some(printed) = turned {
                span.leaf title=(say.page()) { (printed.first) @if printed.margin > 0 { "±" (printed.margin) } }
            }
            @match p.style {
                ParagraphStyle::Heading if is_title => {},
                ParagraphStyle::Heading => h2.in-text { (words) },
                ParagraphStyle::Rule => p.rule { (words) },
                ParagraphStyle::Prose => p { (words) },
            }
            @if !beside.is_empty() || !p.cited.is_empty() {
                aside.beside {
                    @for n in beside {
                        (notes::note(room, here, &book.notes[n.note], Some((n.number, &n.mark))))
                    }
                    (asked(room, here, book, p))
                }
            }
        }
    }
}

/// Questions whose claims cite these words.
pub(super) fn asked(room: &Room<'_>, here: &Route, book: &Book, p: &Paragraph) -> Markup {
    let mut all: Vec<(&str, &str)> = p
        .cited
        .iter()
        .map(|n| (book.cited[*n].question.as_str(), book.cited[*n].wording.as_str()))
        .collect();
    all.sort_unstable();
    all.dedup();
    html! {
        @if !all.is_empty() {
            ul.asked lang=(room.say().tag()) aria-label=(room.say().asked_about()) {
                @for (question, wording) in all {
                    @if let Some(to) = room.route_to(question) {
                        li { a href=(room.href(here, &to)) { bdi { (visible(wording)) } } }
                    }
                }
            }
        }
    }
}
