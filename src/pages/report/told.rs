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
use crate::pages::language::Language;

/// All claims. `asked` is the address of the one that was asked for.
pub(super) fn told(frame: &Frame, audit: &QuestionAudit, asked: Option<&str>) -> Markup {
    let say = frame.say;
    let body = html! {
        @if audit.claims.is_empty() {
            p { (say.nobody_tells()) }
        } @else {
            p.note {
                (say.told_order())
                code { "~" } (say.edtf_about()) code { "?" } (say.edtf_uncertain())
                code { "X" } (say.edtf_not_told()) code { "/" } (say.edtf_from_to())
            }
            @for group in &audit.groups { (one_value(frame, audit, group, asked)) }
        }
    };
    frame.section("told", say.part_told(), &body)
}

fn one_value(frame: &Frame, audit: &QuestionAudit, g: &Group, asked: Option<&str>) -> Markup {
    let these: HashSet<&String> = g.claims.iter().collect();
    let claims = audit.claims.iter().enumerate().filter(|(_, c)| these.contains(&c.id));
    html! {
        div.value {
            (frame.heading(1, "said", &said(&words::value(frame.say, g))))
            @for (n, claim) in claims {
                (one_claim(frame, n, claim, asked == Some(claim.id.as_str())))
            }
        }
    }
}

fn one_claim(frame: &Frame, n: usize, c: &AuditClaim, asked: bool) -> Markup {
    let say = frame.say;
    let head = html! {
        span.n { (n + 1) } " " span.who { (said(&c.teller)) } " "
        em { (said(say.word(&c.stance))) }
        @if let Some(m) = &c.modality { (say.as_modality()) (said(say.word(m))) }
    };
    html! {
        article.claim id=(frame.claim(n)) {
            (frame.heading(2, "teller", &head))
            @if asked { p.asked { (say.asked_claim()) } }
            p.how {
                (said(&words::capital(&words::voice(say, c))))
                @if let Some(told) = words::told(say, c) { "; " (said(&told)) }
                @else { (say.telling_undated()) }
                (say.known_by_own_word()) (said(say.word(&c.known))) "."
            }
            @for p in &c.places { (place::place(say, p)) }
            dl.facts {
                @if !c.evidence.is_empty() {
                    dt { (say.rests_on()) }
                    dd { ul { @for e in &c.evidence { li { (evidence(say, e)) } } } }
                }
                @if !c.chain.is_empty() { dt { (say.came_down()) } dd { (chain(say, &c.chain)) } }
                @if let Some(note) = &c.note { dt { (say.note_label()) } dd { (said(note)) } }
                dt { (say.words_head()) }
                dd { (attribution(say, c)) }
                @if !c.corrections.is_empty() {
                    dt { (say.all_replies()) } dd { (addresses(&c.corrections)) }
                }
                @if !c.questioned.is_empty() {
                    dt { (say.questioned()) } dd { (addresses(&c.questioned)) }
                }
                dt { (say.record_head()) }
                dd {
                    (typed(&c.id)) ", " (say.entry_of_log(c.log_index))
                    @if let Some(by) = &c.recorded_by { (say.recorded_by()) (said(by)) }
                    (say.dated()) time { (said(&c.recorded)) } (say.record_sha256()) (hash(&c.record))
                }
                dt { (say.cite_as()) }
                dd lang=[say.if_english()] { (said(&c.cite)) }
            }
        }
    }
}

/// The links of a chain, each within the one that passes it on.
fn chain(say: Language, links: &[AuditLink]) -> Markup {
    let Some((link, rest)) = links.split_first() else { return html! {} };
    html! {
        ol.chain { li {
            (said(&link.reporter)) (say.says_that()) (said(&link.speaker)) (say.said_it())
            @match link.medium.as_deref() {
                None | Some("not said") => (say.way_not_said()),
                Some(medium) => { " (" (said(say.word(medium))) ")" },
            }
            @for p in &link.places { ", " (place::in_line(say, p)) }
            @if let Some(note) = &link.note { ". " (said(note)) }
            (chain(say, rest))
        } }
    }
}

fn evidence(say: Language, e: &AuditEvidence) -> Markup {
    let axes: Vec<&str> = e.axes.iter().map(|a| say.word(a)).collect();
    html! {
        @if e.title.is_empty() { (typed(&e.name)) }
        @else { (said(&e.title)) " (" (typed(&e.name)) ")" }
        ": " strong { (said(say.word(&e.state))) }
        @if !e.axes.is_empty() { "; " (said(&axes.join(", "))) }
        @if !e.signatures.is_empty() {
            ul.ink { @for s in &e.signatures { li { (signature(say, s)) } } }
        }
    }
}

fn signature(say: Language, s: &AuditSignature) -> Markup {
    html! {
        span.label { (say.ink()) } " " (said(&s.agent)) ": " (said(say.word(&s.state)))
        @if let Some(capacity) = &s.capacity {
            (say.in_capacity()) (say.quote_opens()) (said(capacity)) (say.quote_closes())
        }
        @if let Some(date) = &s.date { ", " (said(say.word(date))) }
        @if let Some(place) = &s.place { ", " (said(place)) }
        @if let Some(r) = &s.reservation { (say.reservation()) (said(r)) }
    }
}

/// Which revision brought the words, and what became of them since.
fn attribution(say: Language, c: &AuditClaim) -> Markup {
    html! {
        @if c.attribution.is_empty() { (say.attribution_unread()) }
        @for (n, w) in c.attribution.iter().enumerate() {
            @if n > 0 { "; " }
            @match w.basis.as_str() {
                "recorded" => (say.came_with()),
                _ => (say.first_by_comparison()),
            }
            (typed(&w.revision)) " (" (said(say.word(&w.basis))) "), " (say.bytes_counted(w.bytes))
        }
        @for s in &c.since {
            (say.later_in()) (typed(s.address.as_ref().unwrap_or(&s.revision))) ": " (said(say.word(&s.words)))
            @if s.basis.as_deref() == Some("inferred") { (say.by_comparison()) }
        }
    }
}

fn addresses(names: &[String]) -> Markup {
    html! { @for (n, name) in names.iter().enumerate() { @if n > 0 { ", " } (typed(name)) } }
}
