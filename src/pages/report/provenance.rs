//! From the question down to the log: as a list, and before it as a drawing.

use maud::{Markup, html};

use super::frame::Frame;
use super::{graph, words};
use crate::audit::question::{AuditClaim, QuestionAudit};
use crate::desk::LogState;
use crate::pages::foreign::{hash, said, typed, visible};
use crate::pages::language::Language;

/// The drawing and the list.
pub(super) fn provenance(frame: &Frame, audit: &QuestionAudit, log: &LogState) -> Markup {
    let (say, q) = (frame.say, &audit.question);
    let body = html! {
        p.note {
            (say.provenance_why())
            span.drawn { (say.list_says_same()) }
        }
        (graph::graphs(frame, audit, log))
        ul.tree {
            li {
                (say.question_word()) " " (typed(&q.name)) ", " (say.entry(q.log_index)) (say.sha256_of()) (hash(&q.id))
                @if !audit.claims.is_empty() {
                    ul { @for (n, c) in audit.claims.iter().enumerate() { li { (claim(frame, n, c)) } } }
                }
            }
            @for c in &audit.custody { li {
                (say.text_head()) " " (typed(&c.revision)) ", " (say.entry(c.log_index))
                @match &c.sha256 {
                    Some(d) => { (say.sha256_of()) (hash(d)) },
                    None => { ", " (say.digest_unpublished()) },
                }
            } }
            li { (head(say, log)) }
        }
    };
    frame.section("provenance", say.part_provenance(), &body)
}

fn claim(frame: &Frame, n: usize, c: &AuditClaim) -> Markup {
    let say = frame.say;
    html! {
        a href=(format!("#{}", frame.claim(n))) { (say.claim_numbered(n + 1)) } " " (typed(&c.id))
        ", " (say.entry(c.log_index)) (say.sha256_of()) (hash(&c.record))
        ul { @for p in &c.places { li {
            (say.words_head()) " " (typed(&p.address)) ", " (say.bytes_from_to(p.start, p.end)) ": "
            (say.found(p.checked))
            ul { li {
                @match &p.passage_sha256 {
                    Some(d) => { (say.in_passage()) (hash(d)) },
                    None => (say.in_passage_unpublished()),
                }
                (say.in_text()) (typed(&p.revision))
            } }
        } } }
    }
}

/// The head of the log, as signed.
fn head(say: Language, log: &LogState) -> Markup {
    let mut lines = log.checkpoint.lines();
    let (origin, _, root) = (lines.next(), lines.next(), lines.next());
    html! {
        (say.log()) " " (said(origin.unwrap_or_default())) ", " (words::entries(say, log.size)) (say.root_of())
        (hash(&root.unwrap_or_default())) (say.signed_head())
        pre.checkpoint tabindex="0" {
            @for line in log.checkpoint.trim_end().lines() { (visible(line)) "\n" }
        }
    }
}
