//! The whole file: head, title, sections, foot.

use maud::{Markup, html};

use super::frame::{Frame, heading};
use super::{check, compared, held, judged, provenance, told, words};
use crate::audit::question::{AuditQuestion, QuestionAudit};
use crate::desk::{AuditAnswer, Timestamp};
use crate::pages::document::document;
use crate::pages::foreign::{hash, said, typed};

const STYLE: &str = concat!(include_str!("../base.css"), include_str!("style.css"));

/// The answer as one HTML file that needs nothing else: for the screen, for
/// paper, and for keeping. `made` is the day that is printed on it; without
/// it, the same answer always gives the same bytes.
pub fn report(answer: &AuditAnswer, made: Option<Timestamp>) -> String {
    let title = title(answer);
    let whole = html! {
        main { (whole(answer, made)) }
        (foot(answer, made))
    };
    document(&format!("{title} – audit"), STYLE, &whole)
}

/// All of the report but what says where the page came from.
pub(in crate::pages) fn body(answer: &AuditAnswer) -> Markup {
    whole(answer, None)
}

fn title(answer: &AuditAnswer) -> String {
    let q = &answer.audit.question;
    match (&q.event_title, answer.further.is_empty()) {
        (_, true) => q.wording.clone(),
        (Some(title), false) if q.event.as_deref() == Some(&answer.asked) => title.clone(),
        (_, false) => format!("Questions about {}", answer.asked),
    }
}

fn whole(answer: &AuditAnswer, made: Option<Timestamp>) -> Markup {
    let title = title(answer);
    let audits: Vec<&QuestionAudit> =
        std::iter::once(&answer.audit).chain(&answer.further).collect();
    if let [audit] = audits[..] {
        let frame = Frame::of(0, 1);
        return html! {
            (block(1, "Audit of a question", audit, &html! { (asked(answer, audit)) (log(answer, made)) }))
            (held::broken(&frame, audit))
            (contents())
            (sections(&frame, audit, answer))
            (check::by_hand(answer))
            (check::cite(answer))
            (check::shows(&frame, audit))
        };
    }
    html! {
        header.title {
            p.kicker { "Audit of " (audits.len()) " questions" }
            (heading(1, "wording", None, &said(&title)))
            @if !answer.ok {
                p.bad { strong { "Part of the proof does not hold; it is said at the question." } }
            }
            ol.questions { @for (n, a) in audits.iter().enumerate() { li {
                a href=(format!("#q{}", n + 1)) { (said(&a.question.wording)) }
                " " span.note { (said(&words::state(a))) }
            } } }
            dl.facts { dt { "Asked for" } dd { (typed(&answer.asked)) } (log(answer, made)) }
        }
        @for (n, audit) in audits.iter().enumerate() {
            @let frame = Frame::of(n, audits.len());
            @let kicker = format!("Question {} of {}", n + 1, audits.len());
            article.question id=(format!("q{}", n + 1)) {
                (block(2, &kicker, audit, &html! {}))
                (held::broken(&frame, audit))
                (sections(&frame, audit, answer))
                (check::shows(&frame, audit))
            }
        }
        (check::by_hand(answer))
        (check::cite(answer))
    }
}

/// What was asked for, where that was not the question itself.
fn asked(answer: &AuditAnswer, audit: &QuestionAudit) -> Markup {
    html! { @if answer.asked != audit.question.name {
        dt { "Asked for" } dd { (typed(&answer.asked)) }
    } }
}

/// The log at this audit, and the day of the page.
fn log(answer: &AuditAnswer, made: Option<Timestamp>) -> Markup {
    let mut checkpoint = answer.log.checkpoint.lines();
    let (origin, root) = (checkpoint.next().unwrap_or_default(), checkpoint.nth(1));
    html! {
        dt { "Log" }
        dd {
            (said(origin)) ", " (answer.log.size) " entries"
            @if let Some(root) = root { "; root " (hash(&root)) }
        }
        @if let Some(made) = made {
            dt { "Made" }
            dd { time datetime=(made.to_string()) { (made.minute()) " UTC" } }
        }
    }
}

fn sections(frame: &Frame, audit: &QuestionAudit, answer: &AuditAnswer) -> Markup {
    html! {
        (held::not_held(frame, audit))
        (told::told(frame, audit, answer.claim.as_deref()))
        (compared::differences(frame, audit))
        (compared::origins(frame, audit))
        (judged::searches(frame, audit))
        (judged::assessments(frame, audit))
        (held::custody(frame, audit))
        (provenance::provenance(frame, audit, &answer.log))
    }
}

/// The title block of a question; `more` are further lines of it.
fn block(level: u8, kicker: &str, audit: &QuestionAudit, more: &Markup) -> Markup {
    let q = &audit.question;
    html! {
        header.title {
            p.kicker { (kicker) }
            (heading(level, "wording", None, &said(&q.wording)))
            p.state { span.label { "State" } " " (said(&words::state(audit))) }
            dl.facts {
                dt { "Facet" }
                dd {
                    (said(&q.facet)) ": it asks " (words::asks(&q.facet))
                    @if q.interpretation {
                        ". An answer is " strong { "interpretation" }
                        ", and cannot be checked like a fact"
                    }
                }
                @if let Some(event) = &q.event {
                    dt { "Event" }
                    dd { @if let Some(t) = &q.event_title { (said(t)) ", " } (typed(event)) }
                }
                @if !q.about.is_empty() {
                    dt { "About" }
                    dd { @for (n, a) in q.about.iter().enumerate() { @if n > 0 { ", " } (typed(a)) } }
                }
                dt { "Wording" }
                dd { (wording(q)) }
                dt { "Address" }
                dd { (typed(&q.name)) ", entry " (q.log_index) " of the log" }
                (more)
            }
        }
    }
}

/// Whose words the question is in, and how often they were changed.
fn wording(q: &AuditQuestion) -> Markup {
    html! {
        @match (&q.asked_by, &q.recorded_by) {
            (Some(by), Some(maker)) => { "of " (said(by)) ", recorded by " (said(maker)) },
            (Some(by), None) => { "of " (said(by)) },
            (None, Some(maker)) => { "of " (said(maker)) },
            (None, None) => "of nobody named",
        }
        @match q.rewordings {
            0 => "; never reworded",
            1 => "; reworded once",
            n => { "; reworded " (n) " times" },
        }
    }
}

fn contents() -> Markup {
    let names = [
        ("not-held", "Not held"),
        ("told", "What is told"),
        ("differences", "Compared"),
        ("origins", "Origins"),
        ("searches", "Looked for"),
        ("assessed", "Assessed"),
        ("custody", "Custody"),
        ("provenance", "Provenance"),
        ("by-hand", "Check by hand"),
        ("cite", "Cite"),
        ("shows", "What this is"),
    ];
    html! {
        nav.contents aria-label="Contents" {
            ul { @for (id, title) in names { li { a href=(format!("#{id}")) { (title) } } } }
        }
    }
}

fn foot(answer: &AuditAnswer, made: Option<Timestamp>) -> Markup {
    html! {
        footer {
            p {
                "Printed from the log at " (answer.log.size) " entries"
                @if let Some(made) = made { " on " (made.day()) }
                " by variorum. This page is one file; it holds no script and asks nothing of any network."
            }
        }
    }
}
