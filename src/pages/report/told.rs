//! The claims: in the order in which they were told, under the value that they
//! give. Nothing is ranked; a number is only a name.

use std::collections::HashSet;

use maud::{Markup, html};

use super::frame::Frame;
use super::{place, words};
use crate::audit::question::{
    AuditClaim, AuditEvidence, AuditLink, AuditSignature, Group, QuestionAudit,
};
use crate::pages::foreign::{hash, said, typed};

/// All claims. `asked` is the address of the one that was asked for.
pub(super) fn told(frame: &Frame, audit: &QuestionAudit, asked: Option<&str>) -> Markup {
    let body = html! {
        @if audit.claims.is_empty() {
            p { "No text here says anything to this question. What was looked for stands below." }
        } @else {
            p.note {
                "Values stand in the order in which each was first told, and so do the claims under "
                "them; numbers follow that order and rank nothing. What a claim says is its recorder’s "
                "reading of the words beside it. A quotation gives whole lines, and may begin or end "
                "within a sentence. Dates stand as told, then in brackets as EDTF (ISO 8601-2): "
                code { "~" } " about, " code { "?" } " uncertain, " code { "X" } " a digit not told, "
                code { "/" } " from and to."
            }
            @for group in &audit.groups { (one_value(frame, audit, group, asked)) }
        }
    };
    frame.section("told", "What is told", &body)
}

fn one_value(frame: &Frame, audit: &QuestionAudit, g: &Group, asked: Option<&str>) -> Markup {
    let these: HashSet<&String> = g.claims.iter().collect();
    let claims = audit.claims.iter().enumerate().filter(|(_, c)| these.contains(&c.id));
    html! {
        div.value {
            (frame.heading(1, "said", &said(&words::value(g))))
            @for (n, claim) in claims {
                (one_claim(frame, n, claim, asked == Some(claim.id.as_str())))
            }
        }
    }
}

fn one_claim(frame: &Frame, n: usize, c: &AuditClaim, asked: bool) -> Markup {
    let head = html! {
        span.n { (n + 1) } " " span.who { (said(&c.teller)) } " "
        em { (said(&c.stance)) }
        @if let Some(m) = &c.modality { ", as " (said(m)) }
    };
    html! {
        article.claim id=(frame.claim(n)) {
            (frame.heading(2, "teller", &head))
            @if asked { p.asked { "This is the claim that was asked for." } }
            p.how {
                (said(&words::capital(&words::voice(c))))
                @if let Some(told) = words::told(c) { "; " (said(&told)) }
                @else { "; when it was told is not recorded" }
                ". How known, by the teller’s own word: " (said(&c.known)) "."
            }
            @for p in &c.places { (place::place(p)) }
            dl.facts {
                @if !c.evidence.is_empty() {
                    dt { "Rests on" }
                    dd { ul { @for e in &c.evidence { li { (evidence(e)) } } } }
                }
                @if !c.chain.is_empty() { dt { "Came down" } dd { (chain(&c.chain)) } }
                @if let Some(note) = &c.note { dt { "Note" } dd { (said(note)) } }
                dt { "Words" }
                dd { (attribution(c)) }
                @if !c.corrections.is_empty() {
                    dt { "Replies" } dd { (addresses(&c.corrections)) }
                }
                @if !c.questioned.is_empty() {
                    dt { "Questioned" } dd { (addresses(&c.questioned)) }
                }
                dt { "Record" }
                dd {
                    (typed(&c.id)) ", entry " (c.log_index) " of the log"
                    @if let Some(by) = &c.recorded_by { ", recorded by " (said(by)) }
                    ", dated " time { (said(&c.recorded)) } "; sha256 " (hash(&c.record))
                }
                dt { "Cite as" }
                dd { (said(&c.cite)) }
            }
        }
    }
}

/// The links of a chain, each within the one that passes it on.
fn chain(links: &[AuditLink]) -> Markup {
    let Some((link, rest)) = links.split_first() else { return html! {} };
    html! {
        ol.chain { li {
            (said(&link.reporter)) " says that " (said(&link.speaker)) " said it"
            @match link.medium.as_deref() {
                None | Some("not said") => " (by what way is not said)",
                Some(medium) => { " (" (said(medium)) ")" },
            }
            @for p in &link.places { ", " (place::in_line(p)) }
            @if let Some(note) = &link.note { ". " (said(note)) }
            (chain(rest))
        } }
    }
}

fn evidence(e: &AuditEvidence) -> Markup {
    html! {
        @if e.title.is_empty() { (typed(&e.name)) }
        @else { (said(&e.title)) " (" (typed(&e.name)) ")" }
        ": " strong { (said(&e.state)) }
        @if !e.axes.is_empty() { "; " (said(&e.axes.join(", "))) }
        @if !e.signatures.is_empty() {
            ul.ink { @for s in &e.signatures { li { (signature(s)) } } }
        }
    }
}

fn signature(s: &AuditSignature) -> Markup {
    html! {
        span.label { "Ink" } " " (said(&s.agent)) ": " (said(&s.state))
        @if let Some(capacity) = &s.capacity { ", as “" (said(capacity)) "”" }
        @if let Some(date) = &s.date { ", " (said(date)) }
        @if let Some(place) = &s.place { ", " (said(place)) }
        @if let Some(r) = &s.reservation { "; reservation: " (said(r)) }
    }
}

/// Which revision brought the words, and what became of them since.
fn attribution(c: &AuditClaim) -> Markup {
    html! {
        @if c.attribution.is_empty() { "not told: the text was not read" }
        @for (n, w) in c.attribution.iter().enumerate() {
            @if n > 0 { "; " }
            @match w.basis.as_str() {
                "recorded" => "came with ",
                _ => "by comparison first in ",
            }
            (typed(&w.revision)) " (" (said(&w.basis)) "), " (w.bytes) " bytes"
        }
        @for s in &c.since {
            "; in " (typed(s.address.as_ref().unwrap_or(&s.revision))) ": " (said(&s.words))
            @if s.basis.as_deref() == Some("inferred") { ", by comparison" }
        }
    }
}

fn addresses(names: &[String]) -> Markup {
    html! { @for (n, name) in names.iter().enumerate() { @if n > 0 { ", " } (typed(name)) } }
}
