//! The page: what was compared, how much differs, and the changed passages.

use maud::{Markup, html};

use crate::desk::{DiffAnswer, Fate, MarkedPassage, MarkedPiece};
use crate::pages::document::document;
use crate::pages::foreign::{said, visible};

const STYLE: &str = concat!(include_str!("../base.css"), include_str!("style.css"));

/// A comparison as one HTML file that needs nothing else. The same comparison
/// always gives the same bytes.
pub fn comparison(d: &DiffAnswer, passages: &[MarkedPassage]) -> String {
    let whole = html! { main { (body(d, passages)) } (foot()) };
    document(&format!("{} → {}", d.old, d.new), STYLE, &whole)
}

/// What was compared, and the changed passages.
pub(in crate::pages) fn body(d: &DiffAnswer, passages: &[MarkedPassage]) -> Markup {
    html! {
        header {
            p.kicker { "Comparison by words" }
            h1 { (said(&d.old)) " → " (said(&d.new)) }
            p.state { (state(d)) }
            @if !d.same_words { (legend(d)) }
        }
        @for (n, p) in passages.iter().enumerate() { (passage(n + 1, p)) }
    }
}

fn foot() -> Markup {
    html! {
        footer {
            p {
                "Words are compared, not their layout: broken words, straight and curly quotation "
                "marks, and running heads count as the same. Passages without a change are left out, "
                "and long ones shortened (…)."
            }
        }
    }
}

fn state(d: &DiffAnswer) -> String {
    let s = &d.stats;
    let layout = match d.typographic {
        0 => String::new(),
        n => format!(" Only layout or typography differs in {n} more places."),
    };
    if d.identical {
        return "Identical: the bytes were compared and are equal.".into();
    }
    if d.same_words {
        return format!("No textual change: the same {} words.{layout}", s.words_new);
    }
    let moved = match s.moved {
        0 => String::new(),
        n => format!(", {n} stand elsewhere"),
    };
    format!(
        "{} changes: {} words went out, {} came in{moved}; of {} and {} words.{layout}",
        d.changes.len(),
        s.deleted,
        s.inserted,
        s.words_old,
        s.words_new
    )
}

fn legend(d: &DiffAnswer) -> Markup {
    html! {
        p.legend {
            "Marks: " del { "went out" } ", " ins { "came in" }
            @if d.stats.moved > 0 { ", " mark { "stood elsewhere" } " (with the line it came from)" }
            "."
        }
    }
}

fn passage(n: usize, p: &MarkedPassage) -> Markup {
    let was = |p: &&MarkedPiece| p.fate != Fate::In;
    let is = |p: &&MarkedPiece| p.fate != Fate::Out;
    let id = format!("c{n}");
    html! {
        section id=(id) aria-label=(format!("Change {n}")) {
            div.was {
                h2 { "was, line " (p.old_line) }
                p { (words(p.pieces.iter().filter(was))) }
            }
            div.is {
                h2 { a href=(format!("#{id}")) { "is, line " (p.new_line) } }
                p { (words(p.pieces.iter().filter(is))) }
            }
        }
    }
}

fn words<'p>(pieces: impl Iterator<Item = &'p MarkedPiece>) -> Markup {
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
            @if let Some(line) = from { span.from { "(from line " (line) ":) " } }
            @match p.fate {
                Fate::Stayed => bdi { (visible(&p.text)) },
                Fate::Out => del { bdi { (visible(&p.text)) } },
                Fate::In => ins { bdi { (visible(&p.text)) } },
                Fate::Moved { .. } => mark { bdi { (visible(&p.text)) } },
            }
        }
    }
}
