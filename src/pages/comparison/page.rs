//! The page: what was compared, how much differs, and the changed passages.

use maud::{Markup, html};

use crate::desk::{DiffAnswer, Fate, MarkedPassage, MarkedPiece};
use crate::pages::document::document;
use crate::pages::foreign::{said, visible};
use crate::pages::language::Language;

const STYLE: &str = concat!(include_str!("../base.css"), include_str!("style.css"));

/// A comparison as one HTML file that needs nothing else, in the words of one
/// language. The same comparison always gives the same bytes.
pub fn comparison(d: &DiffAnswer, passages: &[MarkedPassage], say: Language) -> String {
    let whole = html! { main { (body(say, d, passages)) } (foot(say)) };
    document(say, &format!("{} → {}", d.old, d.new), STYLE, &whole)
}

/// What was compared, and the changed passages.
pub(in crate::pages) fn body(say: Language, d: &DiffAnswer, passages: &[MarkedPassage]) -> Markup {
    html! {
        header {
            p.kicker { (say.comparison_by_words()) }
            h1 { (said(&d.old)) " → " (said(&d.new)) }
            p.state { (state(say, d)) }
            @if !d.same_words { (legend(say, d)) }
        }
        @for (n, p) in passages.iter().enumerate() { (passage(say, n + 1, p)) }
    }
}

fn foot(say: Language) -> Markup {
    html! { footer { p { (say.comparison_how()) } } }
}

fn state(say: Language, d: &DiffAnswer) -> String {
    let s = &d.stats;
    let layout = match d.typographic {
        0 => String::new(),
        n => say.only_layout_differs(say.more_places(n)),
    };
    if d.identical {
        return say.identical_bytes().into();
    }
    if d.same_words {
        return say.no_textual_change(say.same_words_in_all(s.words_new), layout);
    }
    let moved = match s.moved {
        0 => String::new(),
        n => say.moved_words(n),
    };
    let changes = say.changes_in_all(d.changes.len());
    let told = say.changes_told(changes, s.deleted, s.inserted);
    format!("{told}{moved}{}{layout}", say.of_words(s.words_old, s.words_new))
}

fn legend(say: Language, d: &DiffAnswer) -> Markup {
    html! {
        p.legend {
            (say.marks()) del { (say.went_out()) } ", " ins { (say.came_in()) }
            @if d.stats.moved > 0 { ", " mark { (say.stood_elsewhere()) } (say.with_its_line()) }
            "."
        }
    }
}

fn passage(say: Language, n: usize, p: &MarkedPassage) -> Markup {
    let was = |p: &&MarkedPiece| p.fate != Fate::In;
    let is = |p: &&MarkedPiece| p.fate != Fate::Out;
    let id = format!("c{n}");
    html! {
        section id=(id) aria-label=(say.change_numbered(n)) {
            div.was {
                h2 { (say.was_at_line(p.old_line)) }
                p { (words(say, p.pieces.iter().filter(was))) }
            }
            div.is {
                h2 { a href=(format!("#{id}")) { (say.is_at_line(p.new_line)) } }
                p { (words(say, p.pieces.iter().filter(is))) }
            }
        }
    }
}

fn words<'p>(say: Language, pieces: impl Iterator<Item = &'p MarkedPiece>) -> Markup {
    let mut told = None;
    let pieces: Vec<(&MarkedPiece, Option<usize>)> = pieces
        .map(|p| match p.fate {
            // A passage that came from elsewhere says so once.
            Fate::Moved { from } if told.replace(from) != Some(from) => (p, Some(from)),
            _ => (p, None),
        })
        .collect();
    html! {
        @for (n, (p, from)) in pieces.into_iter().enumerate() {
            @if p.spaced && n > 0 { " " }
            @if let Some(line) = from { span.from { (say.came_from_line(line)) } }
            @match p.fate {
                Fate::Stayed => bdi { (visible(&p.text)) },
                Fate::Out => del { bdi { (visible(&p.text)) } },
                Fate::In => ins { bdi { (visible(&p.text)) } },
                Fate::Moved { .. } => mark { bdi { (visible(&p.text)) } },
            }
        }
    }
}
