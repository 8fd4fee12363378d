//! What was looked for, and what persons judge of it all.

use maud::{Markup, html};

use super::frame::Frame;
use super::place;
use crate::audit::question::{AuditAssessment, AuditSearch, QuestionAudit};
use crate::pages::foreign::{said, typed};

/// The searches: not found is a finding.
pub(super) fn searches(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let body = html! {
        @if audit.not_found.is_empty() {
            p { "No search is recorded: that something is not here was not looked into." }
        } @else {
            ul.plain { @for s in &audit.not_found { li { (search(s)) } } }
        }
    };
    frame.section("searches", "Looked for", &body)
}

fn search(s: &AuditSearch) -> Markup {
    html! {
        @for (n, spelling) in s.spellings.iter().enumerate() {
            @if n > 0 { ", " } "“" (said(spelling)) "”"
        }
        " in " (typed(&s.within))
        @if let Some([a, b]) = s.lines { ", lines " (a) "–" (b) }
        @match s.view.as_str() {
            "reading" => ", in the reading text",
            "raw" => ", in the bytes as stored",
            other => { ", " (said(other)) },
        }
        ", by " (said(&s.by)) ": "
        strong { @match s.hits {
            0 => "not found",
            1 => "found once",
            n => { "found " (n) " times" },
        } }
        @if let Some(gaps) = &s.gaps { ". May have been missed: " (said(gaps)) }
        " (" (typed(&s.name)) ")"
    }
}

/// The judgements, each with its name.
pub(super) fn assessments(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let body = html! {
        @if audit.assessments.is_empty() { p { "Nobody has judged this question or its claims." } }
        @for a in &audit.assessments { (assessment(frame, audit, a)) }
    };
    frame.section("assessed", "Assessed", &body)
}

fn assessment(frame: &Frame, audit: &QuestionAudit, a: &AuditAssessment) -> Markup {
    html! {
        div.assessment {
            p {
                span.label { (said(&a.sort)) } ": " strong { (said(&a.finding)) } ", by " (said(&a.by))
                ". " (said(&a.reason))
            }
            p.note {
                "Of "
                @for (n, name) in a.about.iter().enumerate() {
                    @if n > 0 { ", " }
                    @match audit.claims.iter().position(|c| c.id == *name) {
                        Some(of) => a href=(format!("#{}", frame.claim(of))) { "claim " (of + 1) },
                        None => (typed(name)),
                    }
                }
                ". " (typed(&a.name))
            }
            @for p in &a.places { (place::place(p)) }
        }
    }
}
