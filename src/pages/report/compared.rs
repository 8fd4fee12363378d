//! How the values stand to each other, and how many origins the tellings can
//! have at most.

use maud::{Markup, html};

use super::frame::Frame;
use super::words;
use crate::audit::question::{Difference, QuestionAudit};
use crate::pages::foreign::said;
use crate::pages::values::assessed;

/// A sentence with more items than this gives them as a list below it.
const IN_A_SENTENCE: usize = 6;

/// The pairs of values: computed by the program, explained by persons.
pub(super) fn differences(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let say = frame.say;
    let told = |d: &&Difference| d.relation != "not comparable" || !d.assessed.is_empty();
    let shown: Vec<&Difference> = audit.differences.iter().filter(told).collect();
    let left = audit.differences.len() - shown.len();
    let body = html! {
        @if audit.differences.is_empty() { p { (say.two_values_missing()) } }
        @if !shown.is_empty() {
            table.pairs role="table" {
                caption { (say.pairs_caption()) }
                thead role="rowgroup" { tr role="row" {
                    @for head in [say.one_says(), say.other_says(), say.computed(), say.assessed()] {
                        th scope="col" role="columnheader" { (head) }
                    }
                } }
                tbody role="rowgroup" { @for d in &shown { (pair(frame, audit, d)) } }
            }
        }
        @if left > 0 { p.note { (say.pairs_left(left)) } }
    };
    frame.section("differences", say.part_compared(), &body)
}

fn pair(frame: &Frame, audit: &QuestionAudit, d: &Difference) -> Markup {
    let say = frame.say;
    let side = |n: usize, whole: &str| match audit.groups.get(n) {
        Some(group) => words::side(say, group),
        None => whole.to_string(),
    };
    html! {
        tr role="row" {
            td role="cell" data-head=(say.one_says()) { (said(&side(d.groups.0, &d.one))) }
            td role="cell" data-head=(say.other_says()) { (said(&side(d.groups.1, &d.other))) }
            td role="cell" data-head=(say.computed()) { (said(say.word(&d.relation))) }
            td role="cell" data-head=(say.assessed()) {
                @if d.assessed.is_empty() { (say.nobody_said()) }
                @for a in &d.assessed {
                    p { (said(&assessed(say, a))) }
                }
            }
        }
    }
}

/// The bound: never a vote.
pub(super) fn origins(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let (say, o) = (frame.say, &audit.origins);
    let dependence: Vec<String> = o.dependence.iter().map(|d| words::depends(say, d)).collect();
    let not_examined: Vec<String> =
        o.not_examined.iter().map(|n| say.two_tellers(&n.0, &n.1)).collect();
    let long = |items: &[String]| items.len() > IN_A_SENTENCE;
    let inline = |items: &[String]| match items {
        [] => say.no_items().to_string(),
        many if long(many) => say.items_below(many.len()),
        few => few.join("; "),
    };
    let lists = [(say.dependence_found(), &dependence), (say.not_examined_label(), &not_examined)];
    let body = html! {
        p {
            (say.at_most(o.at_most)) (said(&inline(&dependence)))
            (say.and_not_examined()) (said(&inline(&not_examined))) "."
        }
        @for (label, items) in lists {
            @if long(items) {
                p.label { (label) }
                ul { @for i in items { li { (said(i)) } } }
            }
        }
        p.note {
            (say.one_origin())
            @if !o.tellers.is_empty() { (say.told_by()) (said(&o.tellers.join("; "))) "." }
        }
    };
    frame.section("origins", say.part_origins(), &body)
}
