//! From the question down to the log: as a list, and before it as a drawing.

use maud::{Markup, html};

use super::frame::Frame;
use super::{graph, words};
use crate::audit::question::{AuditClaim, QuestionAudit};
use crate::desk::LogState;
use crate::pages::foreign::{hash, said, typed, visible};

/// The drawing and the list.
pub(super) fn provenance(frame: &Frame, audit: &QuestionAudit, log: &LogState) -> Markup {
    let q = &audit.question;
    let body = html! {
        p.note {
            "From the question to the claims, to the words they stand on, to the texts that hold these, "
            "and to the log that dates it all."
            span.drawn { " The list below says the same as the drawing." }
        }
        (graph::graphs(frame, audit, log))
        ul.tree {
            li {
                "Question " (typed(&q.name)) ", entry " (q.log_index) ", sha256 " (hash(&q.id))
                @if !audit.claims.is_empty() {
                    ul { @for (n, c) in audit.claims.iter().enumerate() { li { (claim(frame, n, c)) } } }
                }
            }
            @for c in &audit.custody { li {
                "Text " (typed(&c.revision)) ", entry " (c.log_index) ", "
                @match &c.sha256 { Some(d) => { "sha256 " (hash(d)) }, None => "digest not published" }
            } }
            li { (head(log)) }
        }
    };
    frame.section("provenance", "Provenance", &body)
}

fn claim(frame: &Frame, n: usize, c: &AuditClaim) -> Markup {
    html! {
        a href=(format!("#{}", frame.claim(n))) { "Claim " (n + 1) } " " (typed(&c.id))
        ", entry " (c.log_index) ", sha256 " (hash(&c.record))
        ul { @for p in &c.places { li {
            "Words " (typed(&p.address)) ", bytes " (p.start) "–" (p.end) ": "
            (words::found(p.checked))
            ul { li {
                @match &p.passage_sha256 {
                    Some(d) => { "In the passage with sha256 " (hash(d)) },
                    None => "In a passage whose digest is not published",
                }
                ", in the text " (typed(&p.revision))
            } }
        } } }
    }
}

/// The head of the log, as signed.
fn head(log: &LogState) -> Markup {
    let mut lines = log.checkpoint.lines();
    let (origin, _, root) = (lines.next(), lines.next(), lines.next());
    html! {
        "Log " (said(origin.unwrap_or_default())) ", " (log.size) " entries, root "
        (hash(&root.unwrap_or_default())) ". Its signed head:"
        pre.checkpoint tabindex="0" {
            @for line in log.checkpoint.trim_end().lines() { (visible(line)) "\n" }
        }
    }
}
