//! The page of a text: what it is, its revisions, its contents.

use maud::{Markup, html};

use super::frame::{self, Sheet, word};
use super::home::why_shut;
use super::replies;
use super::revisions;
use super::room::{Room, Shelved};
use super::route::Route;
use crate::desk::{Book, DeskError};
use crate::pages::foreign::{clip, hash, said};

pub(super) fn page(room: &Room<'_>, siglum: &str) -> Result<Option<String>, DeskError> {
    let Some(shelved) = room.shelved(siglum) else { return Ok(None) };
    let (say, here) = (room.say(), Route::Text(siglum.to_string()));
    let text = &shelved.text;
    let book = match shelved.shut {
        None => Some(room.book(siglum)?),
        Some(_) => None,
    };
    let body = html! {
        header.title {
            @if text.r#type != "other" { p.kicker { (word(say, &text.r#type)) } }
            h1 itemprop="name" { (said(&text.title)) }
            @if !text.creators.is_empty() {
                p.creators itemprop="author" { (said(&text.creators.join(", "))) }
            }
            @match (&book, shelved.shut) {
                (Some(_), _) => { p.open-book {
                    a.button href=(room.href(&here, &Route::Chapter(siglum.into(), None, 1))) {
                        (say.read_newest())
                    }
                } },
                (None, Some(shut)) => { p.state { (why_shut(room, shut, &text.holding)) } },
                (None, None) => {},
            }
            (facts(room, shelved, book.as_deref()))
        }
        @if let Some(book) = &book { (contents(room, &here, book)) }
        @if !text.revisions.is_empty() { (editions(room, &here, shelved)?) }
        @if let Some(book) = &book { (unplaced(room, &here, book)?) }
    };
    let sheet = Sheet {
        feed: Some(Route::TextFeed(siglum.to_string())),
        item: Some("CreativeWork"),
        about: Some(text.title.clone()),
        ..Sheet::new(&here, text.title.clone())
    };
    Ok(Some(frame::page(room, &sheet, &body)))
}

fn facts(room: &Room<'_>, shelved: &Shelved, book: Option<&Book>) -> Markup {
    let (say, text) = (room.say(), &shelved.text);
    html! {
        dl.facts {
            dt { (say.siglum()) } dd { (said(&text.siglum)) }
            @if let Some(date) = &text.date { dt { (say.date()) } dd { (said(date)) } }
            dt { (say.holding()) } dd { (word(say, &text.holding)) }
            @if let Some(language) = book.and_then(|b| b.language.as_ref()) {
                dt { (say.language()) } dd { span itemprop="inLanguage" { (said(language)) } }
            }
            @if let Some(sha256) = book.and_then(|b| b.sha256) { dt { "SHA-256" } dd { (hash(&sha256)) } }
        }
    }
}

/// Chapters of the newest revision.
fn contents(room: &Room<'_>, here: &Route, book: &Book) -> Markup {
    let say = room.say();
    html! {
        section aria-labelledby="contents" {
            h2 #contents { (say.contents()) }
            ol.contents {
                @for (n, _) in book.chapters.iter().enumerate() {
                    @let to = Route::Chapter(book.siglum.clone(), None, n + 1);
                    li {
                        a href=(room.href(here, &to)) lang=[book.language.as_deref()] {
                            (said(&chapter_title(book, n)))
                        }
                        span.facts { " " (stretch(room, book, n)) }
                    }
                }
            }
        }
    }
}

/// The title of a chapter, or its first words.
pub(super) fn chapter_title(book: &Book, n: usize) -> String {
    let chapter = &book.chapters[n];
    match (&chapter.title, book.paragraphs.get(chapter.paragraphs.start)) {
        (Some(title), _) => title.clone(),
        (None, Some(first)) => clip(book.words(first), 60),
        (None, None) => book.title.clone(),
    }
}

/// The lines and pages of a chapter, and how many replies stand beside it.
pub(super) fn stretch(room: &Room<'_>, book: &Book, n: usize) -> String {
    let (say, chapter) = (room.say(), &book.chapters[n]);
    let [a, b] = chapter.lines;
    let mut out = format!("{} {a}–{b}", say.lines());
    if let Some(p) = chapter.printed {
        let margin = if p.margin > 0 { format!(" ±{}", p.margin) } else { String::new() };
        out.push_str(&format!(" · {} {}–{}{margin}", say.pages(), p.first, p.last));
    }
    let mut notes: Vec<usize> = book.paragraphs[chapter.paragraphs.clone()]
        .iter()
        .flat_map(|p| &p.marks)
        .map(|m| m.note)
        .collect();
    notes.sort_unstable();
    notes.dedup();
    if !notes.is_empty() {
        out.push_str(&format!(" · {}", say.replies(notes.len())));
    }
    out
}

/// At most so many revisions are listed one by one; the pages of changes hold
/// all of them.
const LISTED: usize = 40;

fn editions(room: &Room<'_>, here: &Route, shelved: &Shelved) -> Result<Markup, DeskError> {
    let (say, text) = (room.say(), &shelved.text);
    let siglum = &text.siglum;
    let open = shelved.shut.is_none();
    let whole = if open { revisions::whole(room, siglum)? } else { Vec::new() };
    let listed = text.revisions.iter().enumerate().rev().take(LISTED);
    Ok(html! {
        section aria-labelledby="editions" {
            h2 #editions { (say.editions()) }
            p.why { (say.editions_why()) }
            ul.editions {
                @for (n, r) in listed {
                    li {
                        span.siglum { (said(&r.name)) }
                        " " (word(say, &r.nature))
                        @if let Some(edition) = &r.edition { ", " (said(edition)) }
                        @if let Some(agent) = &r.agent { ", " (said(agent)) }
                        @if open && n + 1 == text.revisions.len() {
                            " · " a href=(room.href(here, &Route::Chapter(siglum.clone(), None, 1))) { (say.read_this()) }
                        } @else if whole.contains(&(n + 1)) {
                            " · " a href=(room.href(here, &Route::Chapter(siglum.clone(), Some(n + 1), 1))) { (say.read_this()) }
                        }
                        span.facts { " " (say.root()) " " code { (r.root.short(16)) } }
                    }
                }
            }
            @if text.revisions.len() > LISTED { p { (say.revisions_counted(text.revisions.len())) } }
            @if open && text.revisions.len() > 1 {
                ul.ways {
                    li { a href=(room.href(here, &Route::Changes(siglum.clone(), 1))) { (say.what_changed()) } }
                    @for (a, b) in revisions::pairs(room, siglum)? {
                        li { a href=(room.href(here, &Route::Difference(siglum.clone(), a, b))) {
                            (say.compare_editions()) ": " (said(&format!("{siglum}@{a} → {siglum}@{b}")))
                        } }
                    }
                    @if whole.len() > 2 {
                        li { a href=(room.href(here, &Route::Apparatus(siglum.clone()))) { (say.compare_all()) } }
                    }
                }
            }
        }
    })
}

/// Replies to the text as a whole, and those whose words do not stand in it.
fn unplaced(room: &Room<'_>, here: &Route, book: &Book) -> Result<Markup, DeskError> {
    let say = room.say();
    let all: Vec<_> = book.notes.iter().filter(|n| n.start.is_none()).collect();
    Ok(html! {
        @if !all.is_empty() {
            section aria-labelledby="whole" {
                h2 #whole { (say.to_the_whole()) }
                ul.replies { @for note in all { li { (replies::line(room, here, note)?) } } }
            }
        }
    })
}
