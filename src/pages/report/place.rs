//! A place in a text: the words where they are supplied, and where they stand.

use maud::{Markup, html};

use super::words;
use crate::audit::question::{CitedPlace, PlaceCheck};
use crate::pages::foreign::{hash, said, typed, visible};

/// The words and their place.
pub(super) fn place(p: &CitedPlace) -> Markup {
    html! {
        figure.place {
            @match &p.quote {
                // An empty language says that it is not known.
                Some(words) => blockquote lang=(language(p)) dir="auto" { "“" (visible(words)) "”" },
                None => p.absent { "The words are not supplied here." },
            }
            figcaption {
                (typed(&p.address)) ", " (words::lines(p.lines))
                @if let Some(page) = p.page { ", " (words::page(page)) }
                ", bytes " (p.start) "–" (p.end)
                @if let Some(part) = &p.part {
                    ", in " (typed(part))
                    @if let Some(title) = &p.part_title { " (" (said(title)) ")" }
                }
                ". "
                @if p.checked == PlaceCheck::Broken { strong.bad { (words::checked(p.checked)) "." } }
                @else { (words::capital(words::checked(p.checked))) "." }
                br;
                @match &p.passage_sha256 {
                    Some(digest) => { span.label { "Passage sha256" } " " (hash(digest)) },
                    None => span.label { "Passage digest not published" },
                }
            }
        }
    }
}

/// A place in a line, without its words.
pub(super) fn in_line(p: &CitedPlace) -> Markup {
    html! {
        (typed(&p.address))
        @if let Some(page) = p.page { ", " (words::page(page)) }
        @if p.checked == PlaceCheck::Broken { ", " strong.bad { (words::checked(p.checked)) } }
    }
}

fn language(p: &CitedPlace) -> &str {
    let tag = p.language.as_deref().unwrap_or_default();
    let fits = tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits { tag } else { "" }
}
