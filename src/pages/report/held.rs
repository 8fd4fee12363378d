//! What is broken, what is not here, and how what is here is kept.

use maud::{Markup, html};

use super::frame::Frame;
use super::words::capital;
use crate::audit::question::{Custody, QuestionAudit};
use crate::pages::foreign::{hash, said, typed};

/// What is broken in the proof; nothing where it holds.
pub(super) fn broken(frame: &Frame, audit: &QuestionAudit) -> Markup {
    if audit.broken.is_empty() {
        return html! {};
    }
    let say = frame.say;
    let body = html! {
        p { strong { (say.proof_broken()) } (say.proof_but_here()) }
        ul lang=[say.if_english()] { @for b in &audit.broken { li { (said(b)) } } }
    };
    html! { div.broken { (frame.section("broken", say.part_broken(), &body)) } }
}

/// Documents, copies, texts and evidence that are not here.
pub(super) fn not_held(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let say = frame.say;
    let mut named: Vec<&str> = audit.not_held.iter().map(|n| n.name.as_str()).collect();
    let mut unseen = Vec::new();
    for e in audit.claims.iter().flat_map(|c| &c.evidence) {
        let here = matches!(e.state.as_str(), "shown" | "held" | "recorded");
        if !here && !named.contains(&e.name.as_str()) {
            named.push(&e.name);
            unseen.push(e);
        }
    }
    let texts: Vec<&Custody> =
        audit.custody.iter().filter(|c| c.holding != "held" || !c.supplied).collect();
    let body = html! {
        @if audit.not_held.is_empty() && unseen.is_empty() && texts.is_empty() {
            p { (say.nothing_missing()) }
        } @else {
            ul.plain {
                @for n in &audit.not_held { li {
                    strong { (said(&capital(say.word(&n.holding)))) } ": " (said(&n.title)) ", " (typed(&n.name))
                    @if let Some(unknown) = &n.unknown {
                        "; " (said(&say.wording_known(say.word(unknown.0.word()))))
                    }
                } }
                @for e in unseen { li {
                    strong { (said(&capital(say.word(&e.state)))) } ": " (said(&e.title)) ", " (typed(&e.name)) (say.of_evidence())
                } }
                @for c in texts { li {
                    strong { (said(&capital(say.word(&c.holding)))) } ": " (said(&c.title)) ", " (typed(&c.revision)) "; "
                    @if c.supplied {
                        (say.copy_at_hand())
                    } @else {
                        (say.not_at_hand())
                    }
                } }
            }
        }
    };
    frame.section("not-held", say.part_not_held(), &body)
}

/// The texts that are cited, and how they are kept.
pub(super) fn custody(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let say = frame.say;
    let body = html! {
        @if audit.custody.is_empty() { p { (say.no_text_cited()) } }
        @for c in &audit.custody {
            dl.facts.card {
                dt { (say.text_head()) }
                dd { (typed(&c.revision)) ", " (said(&c.title)) }
                dt { (say.holding()) }
                dd {
                    (said(say.word(&c.holding))) "; "
                    @if c.supplied { (say.bytes_match()) }
                    @else { (say.bytes_absent()) }
                }
                dt { (say.sha256_head()) }
                dd { @match &c.sha256 { Some(d) => (hash(d)), None => (say.not_published()) } }
                dt { (say.received()) }
                dd {
                    @match &c.received { Some(t) => (said(t)), None => (say.not_stated()) }
                    ", " (say.entry_of_log(c.log_index))
                }
                dt { (say.since_head()) }
                dd { (say.changed_since_then(c.revisions_since)) }
            }
        }
    };
    frame.section("custody", say.part_custody(), &body)
}
