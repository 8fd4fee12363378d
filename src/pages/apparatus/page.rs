//! The page: which texts, how they differ, and the apparatus.

use maud::{Markup, html};

use crate::desk::{CollationAnswer, CollationEntry, EntryReading};
use crate::pages::document::document;
use crate::pages::foreign::{clip, said, visible};
use crate::pages::language::Language;

const STYLE: &str = concat!(include_str!("../base.css"), include_str!("style.css"));
/// Characters of a reading that are shown.
const READING: usize = 1_200;

/// A collation as one HTML file that needs nothing else, in the words of one
/// language. The same collation always gives the same bytes.
pub fn apparatus(c: &CollationAnswer, say: Language) -> String {
    let whole = html! { main { (body(say, c)) } (foot(say, c)) };
    document(say, &title(say, c), STYLE, &whole)
}

fn title(say: Language, c: &CollationAnswer) -> String {
    say.collation_of(say.collated_texts(c.texts.len()))
}

/// Which texts, how they differ, and the places.
pub(in crate::pages) fn body(say: Language, c: &CollationAnswer) -> Markup {
    html! {
        header {
            p.kicker { (say.collation_by_words()) }
            h1 { (title(say, c)) }
            (texts(say, c))
            p.state { (state(say, c)) }
            @if !c.same_words() { (counts(say, c)) }
        }
        @for entry in c.entries() { (place(say, c, &entry)) }
    }
}

fn foot(say: Language, c: &CollationAnswer) -> Markup {
    html! {
        footer {
            p {
                (say.collation_how())
                @if c.base.is_none() { (say.no_base()) } @else { (say.of_the_base()) }
            }
        }
    }
}

fn texts(say: Language, c: &CollationAnswer) -> Markup {
    html! {
        ol.texts {
            @for (n, t) in c.texts.iter().enumerate() {
                li {
                    b { (said(&t.key)) }
                    @if t.address != t.key { " " (said(&t.address)) }
                    span.words { " " (say.words_of_text(t.words)) }
                    @if c.base == Some(n) { span.words { (say.is_the_base()) } }
                }
            }
        }
    }
}

fn state(say: Language, c: &CollationAnswer) -> String {
    match c.stats.places {
        0 => say.same_words_in_each().into(),
        1 => say.one_difference().into(),
        n => say.they_differ_in(say.differ_in_places(n)),
    }
}

fn counts(say: Language, c: &CollationAnswer) -> Markup {
    let lead = &c.texts[c.lead()].key;
    html! {
        p.legend {
            (say.differences_by_kind())
            @for (n, (kind, count)) in c.stats.differences.iter().enumerate() {
                @if n > 0 { ", " }
                (say.kind_of_row(*kind)) " " (count)
            }
            @if c.untold() > 0 { (say.kinds_left_out(c.untold())) }
            (say.lines_are_of()) (said(lead)) "."
        }
    }
}

fn place(say: Language, c: &CollationAnswer, e: &CollationEntry) -> Markup {
    let id = format!("p{}", e.place);
    let (before, after) = c.around(e);
    html! {
        section id=(id) {
            h2 {
                a href=(format!("#{id}")) { (e.place) }
                " " (say.at_line(e.line)) " "
                span.kind { @if e.elsewhere.is_empty() { (say.kind_of_row(e.kind)) } @else { (say.moved_words_here()) } }
            }
            p.around {
                @if !before.is_empty() { bdi { "… " (visible(&before)) } " " }
                span.here { "[" (e.place) "]" }
                @if !after.is_empty() { " " bdi { (visible(&after)) " …" } }
            }
            dl { @for r in &e.readings { (reading(say, c, e, r)) } }
        }
    }
}

fn reading(say: Language, c: &CollationAnswer, e: &CollationEntry, r: &EntryReading) -> Markup {
    html! {
        dt {
            @for (n, t) in r.texts.iter().enumerate() {
                @if n > 0 { " " }
                span.text { (said(&c.texts[*t].key)) }
            }
        }
        dd {
            @if r.text.is_empty() {
                span.none { (say.nothing_stands_here()) }
                @if !e.elsewhere.is_empty() {
                    (say.stands_at())
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
