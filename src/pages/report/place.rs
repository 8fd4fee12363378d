//! A place in a text: the words where they are supplied, and where they stand.

use maud::{Markup, html};

use super::words;
use crate::audit::question::{CitedPlace, PlaceCheck};
use crate::pages::foreign::{hash, said, typed, visible};
use crate::pages::language::Language;

/// The words and their place.
pub(super) fn place(say: Language, p: &CitedPlace) -> Markup {
    html! {
        figure.place {
            @match &p.quote {
                // An empty language says that it is not known.
                Some(words) => blockquote lang=(language(p)) dir="auto" {
                    (say.quote_opens()) (visible(words)) (say.quote_closes())
                },
                None => p.absent { (say.words_absent()) },
            }
            figcaption {
                (typed(&p.address)) ", " (words::lines(say, p.lines))
                @if let Some(page) = p.page { ", " (words::page(say, page)) }
                ", " (say.bytes_from_to(p.start, p.end))
                @if let Some(part) = &p.part {
                    (say.within_part()) (typed(part))
                    @if let Some(title) = &p.part_title { " (" (said(title)) ")" }
                }
                ". "
                @if p.checked == PlaceCheck::Broken { strong.bad { (say.checked(p.checked)) "." } }
                @else { (words::capital(say.checked(p.checked))) "." }
                br;
                @match &p.passage_sha256 {
                    Some(digest) => { span.label { (say.passage_sha256()) } " " (hash(digest)) },
                    None => span.label { (say.passage_unpublished()) },
                }
            }
        }
    }
}

/// A place in a line, without its words.
pub(super) fn in_line(say: Language, p: &CitedPlace) -> Markup {
    html! {
        (typed(&p.address))
        @if let Some(page) = p.page { ", " (words::page(say, page)) }
        @if p.checked == PlaceCheck::Broken { ", " strong.bad { (say.checked(p.checked)) } }
    }
}

fn language(p: &CitedPlace) -> &str {
    let tag = p.language.as_deref().unwrap_or_default();
    let fits = tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits { tag } else { "" }
}
