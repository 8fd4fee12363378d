//! What the revisions of a text changed: the words before and after, why, by
//! whom, since when.

use maud::{Markup, html};

use super::frame::{self, Sheet, direction, word};
use super::room::Room;
use super::route::Route;
use crate::desk::{DeskError, Revised, RevisedWords};
use crate::pages::foreign::{said, visible};

/// So many revisions stand on a page.
const ON_A_PAGE: usize = 100;

/// The pages about revisions that a static site has.
pub(super) fn routes(room: &Room<'_>, siglum: &str) -> Result<Vec<Route>, DeskError> {
    let count = room.shelved(siglum).map_or(0, |s| s.text.revisions.len());
    if count < 2 {
        return Ok(Vec::new());
    }
    let siglum = || siglum.to_string();
    let pages = room.revised(&siglum())?.len().div_ceil(ON_A_PAGE);
    let mut out: Vec<Route> = (1..=pages).map(|n| Route::Changes(siglum(), n)).collect();
    out.extend(pairs(room, &siglum())?.into_iter().map(|(a, b)| Route::Difference(siglum(), a, b)));
    let whole = whole(room, &siglum())?;
    if whole.len() > 2 {
        out.push(Route::Apparatus(siglum()));
    }
    for n in whole.into_iter().filter(|n| *n != count) {
        let chapters = room.book(&format!("{}@{n}", siglum()))?.chapters.len();
        out.extend((1..=chapters).map(|c| Route::Chapter(siglum(), Some(n), c)));
    }
    Ok(out)
}

/// The numbers of the revisions that came as whole texts.
pub(super) fn whole(room: &Room<'_>, siglum: &str) -> Result<Vec<usize>, DeskError> {
    let all = room.revised(siglum)?;
    let number = |r: &Revised| r.name.split_once('@').and_then(|(_, n)| n.parse().ok());
    Ok(all.iter().filter(|r| r.words.is_none()).filter_map(number).collect())
}

/// Pairs of revisions that are compared word by word: each that came as a whole
/// text with the one before it, and the first one with the newest.
pub(super) fn pairs(room: &Room<'_>, siglum: &str) -> Result<Vec<(usize, usize)>, DeskError> {
    let all = room.revised(siglum)?;
    let number = |name: &str| name.split_once('@').and_then(|(_, n)| n.parse().ok());
    let came_whole = all.iter().filter(|r| r.words.is_none());
    let mut out: Vec<(usize, usize)> = came_whole
        .filter_map(|r| Some((number(r.parent.as_deref()?)?, number(&r.name)?)))
        .collect();
    let ends = all.first().zip(all.last()).filter(|_| all.len() > 1);
    let ends = ends.and_then(|(a, b)| Some((number(&a.name)?, number(&b.name)?)));
    let ends = ends.filter(|ends| !out.contains(ends));
    out.extend(ends);
    Ok(out)
}

pub(super) fn page(room: &Room<'_>, siglum: &str, n: usize) -> Result<Option<String>, DeskError> {
    if room.shelved(siglum).is_none_or(|s| s.shut.is_some()) {
        return Ok(None);
    }
    let all = room.revised(siglum)?;
    let book = room.book(siglum)?;
    let pages = all.len().div_ceil(ON_A_PAGE);
    if n == 0 || n > pages {
        return Ok(None);
    }
    let (say, here) = (room.say(), Route::Changes(siglum.to_string(), n));
    let shown = all.iter().rev().skip((n - 1) * ON_A_PAGE).take(ON_A_PAGE);
    let before = (n > 1).then(|| Route::Changes(siglum.to_string(), n - 1));
    let after = (n < pages).then(|| Route::Changes(siglum.to_string(), n + 1));
    let body = html! {
        header.title {
            p.kicker { a href=(room.href(&here, &Route::Text(siglum.into()))) { (said(&book.title)) } }
            h1 { (say.what_changed()) }
            p.why { (say.editions_why()) }
        }
        @for r in shown { (revision(room, &here, siglum, r, book.language.as_deref())) }
        nav.row aria-label=(say.editions()) {
            @if let Some(r) = &before { a rel="prev" href=(room.href(&here, r)) { "← " (say.newer()) } }
            @if let Some(r) = &after { a rel="next" href=(room.href(&here, r)) { (say.older()) " →" } }
        }
    };
    let sheet = Sheet {
        feed: Some(Route::TextFeed(siglum.to_string())),
        before,
        after,
        class: "changes",
        ..Sheet::new(&here, format!("{} – {}", say.what_changed(), book.title))
    };
    Ok(Some(frame::page(room, &sheet, &body)))
}

/// Where the changes of the `n`th of `count` revisions are told, counted from 0:
/// the page, and the id there.
pub(super) fn place(siglum: &str, r: &Revised, n: usize, count: usize) -> (Route, String) {
    (Route::Changes(siglum.to_string(), (count - 1 - n) / ON_A_PAGE + 1), id(r))
}

/// The id of a revision on its page.
fn id(r: &Revised) -> String {
    format!("revision-{}", r.name.split_once('@').map_or("", |(_, n)| n))
}

fn revision(
    room: &Room<'_>,
    here: &Route,
    siglum: &str,
    r: &Revised,
    language: Option<&str>,
) -> Markup {
    let say = room.say();
    let number = |name: &str| name.split_once('@').and_then(|(_, n)| n.parse::<usize>().ok());
    html! {
        section.revision id=(id(r)) aria-labelledby=(format!("{}-h", id(r))) {
            h2 id=(format!("{}-h", id(r))) {
                (said(&r.name)) " " span.facts { (word(say, &r.nature)) }
            }
            @match &r.words {
                None if r.parent.is_none() => { p { (say.first_text()) } },
                None => {
                    p {
                        (say.came_whole())
                        @if let (Some(a), Some(b)) = (r.parent.as_deref().and_then(number), number(&r.name)) {
                            @let to = Route::Difference(siglum.to_string(), a, b);
                            " " a href=(room.href(here, &to)) { (say.compare_editions()) }
                        }
                    }
                },
                Some(all) => { @for w in all { (change(room, w, language)) } },
            }
            dl.facts {
                @if let Some(why) = &r.why { dt { (say.why()) } dd { (said(why)) } }
                dt { (say.who()) }
                dd {
                    @match &r.who { Some(who) => (said(who)), None => (say.no_name()) }
                    @for c in &r.adopts { ", " a href=(room.href(here, &Route::Reply(c.clone()))) { (said(c)) } }
                    @if let Some(issuer) = r.issuer.as_ref().filter(|i| Some(*i) != r.who.as_ref()) { " · " (say.edition()) ": " (said(issuer)) }
                }
                @if let Some(since) = &r.since {
                    dt { (say.since()) }
                    dd { time datetime=(since.to_string()) { (since.day()) } }
                }
            }
        }
    }
}

/// One change, before and after.
pub(super) fn change(room: &Room<'_>, w: &RevisedWords, language: Option<&str>) -> Markup {
    let say = room.say();
    let dir = direction(language);
    html! {
        div.change {
            @if !w.moved {
                div.was {
                    p.which { (say.was()) }
                    p lang=[language] dir=(dir) {
                        span.around { "… " (visible(&w.before)) }
                        @if w.was.is_empty() { span.around { "‸" } } @else { del { (visible(&w.was)) } }
                        span.around { (visible(&w.after)) " …" }
                    }
                }
            }
            div.now {
                p.which {
                    (say.now())
                    @if w.moved { ", " (say.moved_here()) }
                    @if w.restored { ", " (say.restored()) }
                    @if w.layout { ", " (say.only_layout()) }
                }
                p lang=[language] dir=(dir) {
                    span.around { "… " (visible(&w.before)) }
                    @if w.now.is_empty() { span.around { "‸" } } @else if w.moved { mark { (visible(&w.now)) } } @else { ins { (visible(&w.now)) } }
                    span.around { (visible(&w.after)) " …" }
                }
            }
        }
    }
}
