//! How the values stand to each other, and how many origins the tellings can
//! have at most.

use maud::{Markup, html};

use super::frame::Frame;
use super::words;
use crate::audit::question::{Difference, QuestionAudit};
use crate::pages::foreign::said;

/// A sentence with more items than this gives them as a list below it.
const IN_A_SENTENCE: usize = 6;

/// The pairs of values: computed by the program, explained by persons.
pub(super) fn differences(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let told = |d: &&Difference| d.relation != "not comparable" || !d.assessed.is_empty();
    let shown: Vec<&Difference> = audit.differences.iter().filter(told).collect();
    let left = audit.differences.len() - shown.len();
    let body = html! {
        @if audit.differences.is_empty() { p { "There are no two values to compare." } }
        @if !shown.is_empty() {
            table.pairs role="table" {
                caption { "The program says that values differ; a person says how." }
                thead role="rowgroup" { tr role="row" {
                    @for head in ["One says", "The other says", "Computed", "Assessed"] {
                        th scope="col" role="columnheader" { (head) }
                    }
                } }
                tbody role="rowgroup" { @for d in &shown { (pair(d)) } }
            }
        }
        @if left > 0 {
            p.note {
                @if left == 1 { "One pair of values is" } @else { (left) " pairs of values are" }
                " not comparable by computing."
            }
        }
    };
    frame.section("differences", "Compared", &body)
}

fn pair(d: &Difference) -> Markup {
    html! {
        tr role="row" {
            td role="cell" data-head="One says" { (said(&d.one)) }
            td role="cell" data-head="The other says" { (said(&d.other)) }
            td role="cell" data-head="Computed" { (said(&d.relation)) }
            td role="cell" data-head="Assessed" {
                @if d.assessed.is_empty() { "nobody said" }
                @for a in &d.assessed { p { (said(a)) } }
            }
        }
    }
}

/// The bound: never a vote.
pub(super) fn origins(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let o = &audit.origins;
    let long = |items: &[String]| items.len() > IN_A_SENTENCE;
    let inline = |items: &[String]| match long(items) {
        true => format!("{} items, listed below", items.len()),
        false => words::or_none(items),
    };
    let body = html! {
        p {
            "At most " (o.at_most) "; dependence found: " (said(&inline(&o.dependence)))
            "; not examined: " (said(&inline(&o.not_examined))) "."
        }
        @for (label, items) in [("Dependence found", &o.dependence), ("Not examined", &o.not_examined)] {
            @if long(items) {
                p.label { (label) }
                ul { @for i in items { li { (said(i)) } } }
            }
        }
        p.note {
            "A person who tells it five times is one origin, and so is a text with its copies. "
            @if !o.tellers.is_empty() { "Told by: " (said(&o.tellers.join("; "))) "." }
        }
    };
    frame.section("origins", "Origins", &body)
}
