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
    let body = html! {
        p { strong { "The proof does not hold." } " What follows stands as recorded, except here:" }
        ul { @for b in &audit.broken { li { (said(b)) } } }
    };
    html! { div.broken { (frame.section("broken", "Broken", &body)) } }
}

/// Documents, copies, texts and evidence that are not here.
pub(super) fn not_held(frame: &Frame, audit: &QuestionAudit) -> Markup {
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
            p { "Of what this question rests on, nothing is recorded as missing here." }
        } @else {
            ul.plain {
                @for n in &audit.not_held { li {
                    strong { (said(&capital(&n.holding))) } ": " (said(&n.title)) ", " (typed(&n.name))
                    @if let Some(unknown) = &n.unknown { "; " (said(unknown)) }
                } }
                @for e in unseen { li {
                    strong { (said(&capital(&e.state))) } ": " (said(&e.title)) ", " (typed(&e.name)) " (evidence)"
                } }
                @for c in texts { li {
                    strong { (said(&capital(&c.holding))) } ": " (said(&c.title)) ", " (typed(&c.revision)) "; "
                    @if c.supplied {
                        "a copy was at hand for this audit; its bytes were read and have the recorded digest"
                    } @else {
                        "its bytes were not at hand: places are known by digest, the words are not shown"
                    }
                } }
            }
        }
    };
    frame.section("not-held", "Not held", &body)
}

/// The texts that are cited, and how they are kept.
pub(super) fn custody(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let body = html! {
        @if audit.custody.is_empty() { p { "No text is cited." } }
        @for c in &audit.custody {
            dl.facts.card {
                dt { "Text" }
                dd { (typed(&c.revision)) ", " (said(&c.title)) }
                dt { "Holding" }
                dd {
                    (said(&c.holding)) "; "
                    @if c.supplied { "bytes read and hashed for this audit: they match" }
                    @else { "bytes not at hand for this audit" }
                }
                dt { "Sha256" }
                dd { @match &c.sha256 { Some(d) => (hash(d)), None => "not published" } }
                dt { "Received" }
                dd {
                    @match &c.received { Some(t) => (said(t)), None => "not stated" }
                    ", entry " (c.log_index) " of the log"
                }
                dt { "Since" }
                dd {
                    @match c.revisions_since {
                        0 => "not changed since",
                        1 => "changed once since; the newer text stands beside this one",
                        n => { "changed " (n) " times since; the newer texts stand beside this one" },
                    }
                }
            }
        }
    };
    frame.section("custody", "Custody", &body)
}
