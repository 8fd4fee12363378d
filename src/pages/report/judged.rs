//! What was looked for, and what persons judge of it all.

use maud::{Markup, html};

use super::frame::Frame;
use super::place;
use crate::audit::question::{AuditAssessment, AuditSearch, QuestionAudit};
use crate::pages::foreign::{said, typed};
use crate::pages::language::Language;

/// The searches: not found is a finding.
pub(super) fn searches(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let say = frame.say;
    let body = html! {
        @if audit.not_found.is_empty() {
            p { (say.no_search()) }
        } @else {
            ul.plain { @for s in &audit.not_found { li { (search(say, s)) } } }
        }
    };
    frame.section("searches", say.part_searched(), &body)
}

fn search(say: Language, s: &AuditSearch) -> Markup {
    html! {
        @for (n, spelling) in s.spellings.iter().enumerate() {
            @if n > 0 { ", " } (say.quote_opens()) (said(spelling)) (say.quote_closes())
        }
        (say.looked_in()) (typed(&s.within))
        @if let Some([a, b]) = s.lines { ", " (say.several_lines(a, b)) }
        @match s.view.as_str() {
            "reading" => (say.in_reading()),
            "raw" => (say.in_bytes()),
            other => { ", " (said(other)) },
        }
        (say.looked_by()) (said(say.word(&s.by))) ": "
        strong { (say.hits(s.hits)) }
        @if let Some(gaps) = &s.gaps { (say.missed()) (said(gaps)) }
        " (" (typed(&s.name)) ")"
    }
}

/// The judgements, each with its name.
pub(super) fn assessments(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let say = frame.say;
    let body = html! {
        @if audit.assessments.is_empty() { p { (say.no_judgement()) } }
        @for a in &audit.assessments { (assessment(frame, audit, a)) }
    };
    frame.section("assessed", say.assessed(), &body)
}

fn assessment(frame: &Frame, audit: &QuestionAudit, a: &AuditAssessment) -> Markup {
    let say = frame.say;
    html! {
        div.assessment {
            p {
                span.label { (said(say.word(&a.sort))) } ": " strong { (said(say.finding(&a.finding))) }
                (say.judged_by()) (said(&a.by)) ". " (said(&a.reason))
            }
            p.note {
                (say.judged_of())
                @for (n, name) in a.about.iter().enumerate() {
                    @if n > 0 { ", " }
                    @match audit.claims.iter().position(|c| c.id == *name) {
                        Some(of) => a href=(format!("#{}", frame.claim(of))) { (say.claim_inline(of + 1)) },
                        None => (typed(name)),
                    }
                }
                ". " (typed(&a.name))
            }
            @for p in &a.places { (place::place(say, p)) }
        }
    }
}
