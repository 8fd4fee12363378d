//! The page: which texts, how they differ, and the apparatus.

use maud::{Markup, html};

use crate::desk::{CollationAnswer, CollationEntry, EntryReading, RowKind};
use crate::pages::document::document;
use crate::pages::foreign::{clip, said, visible};

const STYLE: &str = concat!(include_str!("../base.css"), include_str!("style.css"));
/// Characters of a reading that are shown.
const READING: usize = 1_200;

/// A collation as one HTML file that needs nothing else. The same collation
/// always gives the same bytes.
pub fn apparatus(c: &CollationAnswer) -> String {
    let whole = html! { main { (body(c)) } (foot(c)) };
    document(&title(c), STYLE, &whole)
}

fn title(c: &CollationAnswer) -> String {
    format!("Collation of {} texts", c.texts.len())
}

/// Which texts, how they differ, and the places.
pub(in crate::pages) fn body(c: &CollationAnswer) -> Markup {
    html! {
        header {
            p.kicker { "Collation by words" }
            h1 { (title(c)) }
            (texts(c))
            p.state { (state(c)) }
            @if !c.same_words() { (counts(c)) }
        }
        @for entry in c.entries() { (place(c, &entry)) }
    }
}

fn foot(c: &CollationAnswer) -> Markup {
    html! {
        footer {
            p {
                "Words are compared, not their layout: broken words, straight and curly quotation "
                "marks, and running heads count as the same. The order of the texts decides "
                "nothing. "
                @if c.base.is_none() {
                    "No text is the base: “omission” only says that fewer texts lack the words than "
                    "have them, “addition” that more do."
                } @else { "Omissions and additions are those of the base’s words." }
            }
        }
    }
}

fn texts(c: &CollationAnswer) -> Markup {
    html! {
        ol.texts {
            @for (n, t) in c.texts.iter().enumerate() {
                li {
                    b { (said(&t.key)) }
                    @if t.address != t.key { " " (said(&t.address)) }
                    span.words { " " (t.words) " words" }
                    @if c.base == Some(n) { span.words { ", the base" } }
                }
            }
        }
    }
}

fn state(c: &CollationAnswer) -> String {
    match c.stats.places {
        0 => "No textual difference: all have the same words.".into(),
        1 => "They differ in one place.".into(),
        n => format!("They differ in {n} places."),
    }
}

fn counts(c: &CollationAnswer) -> Markup {
    let lead = &c.texts[c.lead()].key;
    html! {
        p.legend {
            "Differences: "
            @for (n, (kind, count)) in c.stats.differences.iter().enumerate() {
                @if n > 0 { ", " }
                (name(*kind)) " " (count)
            }
            @if c.untold() > 0 { "; the " (c.untold()) " of spelling or punctuation are not shown" }
            ". Line numbers, and the words around each place, are those of " (said(lead)) "."
        }
    }
}

fn place(c: &CollationAnswer, e: &CollationEntry) -> Markup {
    let id = format!("p{}", e.place);
    let (before, after) = c.around(e);
    html! {
        section id=(id) {
            h2 {
                a href=(format!("#{id}")) { (e.place) }
                " line " (e.line) " "
                span.kind { @if e.elsewhere.is_empty() { (name(e.kind)) } @else { "moved" } }
            }
            p.around {
                @if !before.is_empty() { bdi { "… " (visible(&before)) } " " }
                span.here { "[" (e.place) "]" }
                @if !after.is_empty() { " " bdi { (visible(&after)) " …" } }
            }
            dl { @for r in &e.readings { (reading(c, e, r)) } }
        }
    }
}

fn reading(c: &CollationAnswer, e: &CollationEntry, r: &EntryReading) -> Markup {
    html! {
        dt {
            @for (n, t) in r.texts.iter().enumerate() {
                @if n > 0 { " " }
                span.text { (said(&c.texts[*t].key)) }
            }
        }
        dd {
            @if r.text.is_empty() {
                span.none { "nothing here" }
                @if !e.elsewhere.is_empty() {
                    " (stands at "
                    @for (n, p) in e.elsewhere.iter().enumerate() {
                        @if n > 0 { ", " }
                        a href=(format!("#p{p}")) { (p) }
                    }
                    ")"
                }
            } @else { bdi { (visible(&clip(&r.text, READING))) } }
        }
    }
}

/// A kind as readers see it.
fn name(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Word => "other words",
        RowKind::Transposition => "transposed",
        kind => kind.name(),
    }
}
