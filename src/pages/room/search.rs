//! Search, which needs the room's script, and the index of names, which needs
//! none. The words that are searched are script files, because a page on a
//! disk may load those and nothing else.

use std::collections::BTreeMap;

use maud::html;

use super::frame::{self, Sheet};
use super::room::Room;
use super::route::Route;
use crate::desk::DeskError;
use crate::pages::foreign::{said, visible};

/// A name that stands in more passages than these is shown with the first of
/// them.
const PLACES: usize = 24;
/// A name must stand in so many passages.
const LEAST: usize = 2;

pub(super) fn page(room: &Room<'_>) -> Result<String, DeskError> {
    let (say, here) = (room.say(), Route::Search);
    let scripts = room.open_texts().map(|t| Route::SearchText(t.siglum.clone())).collect();
    let body = html! {
        header.title { h1 { (say.search()) } p.why { (say.search_why()) } }
        form.search role="search" data-search data-none=(say.search_none()) data-more=(say.search_more()) hidden {
            label for="q" { (say.search_what()) }
            input #q type="search" name="q" autocomplete="off" spellcheck="false";
        }
        p.status role="status" data-status {}
        ol.found data-found {}
        noscript { p { (say.search_no_script()) " " a href=(room.href(&here, &Route::Index)) { (say.word_index()) } } }
    };
    let sheet = Sheet { scripts, ..Sheet::new(&here, say.search()) };
    Ok(frame::page(room, &sheet, &body))
}

/// Where a name stands: siglum, name of the paragraph, and the place as shown.
type Stand = (String, String, String);

/// The words of a text for the search: a call with the siglum, the title, the
/// language, and for each passage its path, its address and its words.
pub(super) fn text(room: &Room<'_>, siglum: &str) -> Result<Option<String>, DeskError> {
    if room.shelved(siglum).is_none_or(|s| s.shut.is_some()) {
        return Ok(None);
    }
    let book = room.book(siglum)?;
    let mut out = String::with_capacity(book.paragraphs.len() * 400);
    out.push_str("variorumText(");
    quoted(&mut out, &book.siglum);
    out.push(',');
    quoted(&mut out, &book.title);
    out.push(',');
    quoted(&mut out, book.language.as_deref().unwrap_or_default());
    out.push_str(",[");
    for (n, p) in book.paragraphs.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        out.push_str("\n[");
        quoted(&mut out, &Route::Passage(siglum.to_string(), p.name.clone()).path());
        out.push(',');
        quoted(&mut out, &p.place.address);
        out.push(',');
        quoted(&mut out, &visible(book.words(p)));
        out.push(']');
    }
    out.push_str("]);\n");
    Ok(Some(out))
}

/// A string of JavaScript: nothing in it ends the string, the line or a script
/// element.
fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{0}'..='\u{1f}' => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Names, and the passages in which they stand.
pub(super) fn index(room: &Room<'_>) -> Result<String, DeskError> {
    let (say, here) = (room.say(), Route::Index);
    let mut names: BTreeMap<(String, String), Vec<Stand>> = BTreeMap::new();
    for t in room.open_texts() {
        let book = room.book(&t.siglum)?;
        for p in &book.paragraphs {
            for name in names_in(book.words(p)) {
                let place = (
                    t.siglum.clone(),
                    p.name.clone(),
                    format!("{}:{}", t.siglum, p.place.line_start),
                );
                let all = names.entry((name.to_lowercase(), name)).or_default();
                if all.last() != Some(&place) {
                    all.push(place);
                }
            }
        }
    }
    names.retain(|_, places| places.len() >= LEAST);
    let mut letters: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for ((low, name), places) in &names {
        let letter = low.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        letters.entry(letter).or_default().push((name, places));
    }
    let body = html! {
        header.title { h1 { (say.word_index()) } p.why { (say.index_why()) } }
        @if names.is_empty() { p { (say.none_here()) } }
        nav.letters aria-label=(say.word_index()) {
            ul { @for (n, letter) in letters.keys().enumerate() { li { a href=(format!("#letter-{n}")) { (letter) } } } }
        }
        @for (n, (letter, all)) in letters.iter().enumerate() {
            section aria-labelledby=(format!("letter-{n}")) {
                h2 id=(format!("letter-{n}")) { (letter) }
                ul.names { @for (name, places) in all {
                    li {
                        (said(name)) " "
                        @for (n, (siglum, passage, place)) in places.iter().take(PLACES).enumerate() {
                            @if n > 0 { ", " }
                            a href=(room.href(&here, &Route::Passage(siglum.clone(), passage.clone()))) { bdi { (place) } }
                        }
                        @if places.len() > PLACES { " … (" (places.len()) ")" }
                    }
                } }
            }
        }
    };
    Ok(frame::page(
        room,
        &Sheet { class: "names-page", ..Sheet::new(&here, say.word_index()) },
        &body,
    ))
}

/// Words with a capital that begin no sentence; two or three in a row are one
/// name.
fn names_in(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    let mut begins = true;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let named = bare.chars().next().is_some_and(char::is_uppercase)
            && bare.chars().skip(1).any(char::is_lowercase)
            && bare.chars().count() >= 3;
        let opened = word.chars().next().is_some_and(|c| !c.is_alphanumeric());
        if !named || (begins && run.is_empty()) || (opened && !run.is_empty()) {
            finish(&mut run, &mut out);
        }
        if named && !begins {
            run.push(bare.strip_suffix("’s").or(bare.strip_suffix("'s")).unwrap_or(bare));
        }
        begins = word.ends_with(['.', '!', '?', ':', '…', '”', '"', '»']);
        let ends = word.chars().last().is_some_and(|c| !c.is_alphanumeric());
        if ends || run.len() == 3 || bare.ends_with("’s") {
            finish(&mut run, &mut out);
        }
    }
    finish(&mut run, &mut out);
    out
}

fn finish(run: &mut Vec<&str>, out: &mut Vec<String>) {
    if !run.is_empty() {
        out.push(run.join(" "));
        run.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_stays_a_string() {
        let mut out = String::new();
        quoted(&mut out, "a\"b\\c\n</script>\u{2028}é");
        assert_eq!(out, r#""a\"b\\c\u000a\u003c/script\u003e\u2028é""#);
    }
}
