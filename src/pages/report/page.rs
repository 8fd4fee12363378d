//! The whole file: head, title, sections, foot.

use maud::{Markup, html};

use super::frame::{Frame, heading};
use super::{check, compared, held, judged, provenance, told, words};
use crate::audit::question::{AuditQuestion, QuestionAudit};
use crate::desk::{AuditAnswer, Timestamp};
use crate::pages::document::document;
use crate::pages::foreign::{hash, said, typed};
use crate::pages::language::Language;

const STYLE: &str = concat!(include_str!("../base.css"), include_str!("style.css"));

/// The answer as one HTML file that needs nothing else: for the screen, for
/// paper, and for keeping, in the words of one language. `made` is the day that is
/// printed on it; without it, the same answer always gives the same bytes.
pub fn report(answer: &AuditAnswer, say: Language, made: Option<Timestamp>) -> String {
    let title = title(say, answer);
    let whole = html! {
        main { (whole(say, answer, made)) }
        (foot(say, answer, made))
    };
    document(say, &say.title_of_audit(title), STYLE, &whole)
}

/// All of the report but what says where the page came from.
pub(in crate::pages) fn body(say: Language, answer: &AuditAnswer) -> Markup {
    whole(say, answer, None)
}

fn title(say: Language, answer: &AuditAnswer) -> String {
    let q = &answer.audit.question;
    match (&q.event_title, answer.further.is_empty()) {
        (_, true) => q.wording.clone(),
        (Some(title), false) if q.event.as_deref() == Some(&answer.asked) => title.clone(),
        (_, false) => say.questions_about(&answer.asked),
    }
}

fn whole(say: Language, answer: &AuditAnswer, made: Option<Timestamp>) -> Markup {
    let title = title(say, answer);
    let audits: Vec<&QuestionAudit> =
        std::iter::once(&answer.audit).chain(&answer.further).collect();
    if let [audit] = audits[..] {
        let frame = Frame::of(say, 0, 1);
        return html! {
            (block(say, 1, say.audit_of_a_question(), audit, &html! {
                (asked(say, answer, audit)) (log(say, answer, made))
            }))
            (held::broken(&frame, audit))
            (contents(say))
            (sections(&frame, audit, answer))
            (check::by_hand(say, answer))
            (check::cite(say, answer))
            (check::shows(&frame, audit))
        };
    }
    html! {
        header.title {
            p.kicker { (say.audit_of(say.audit_of_questions(audits.len()))) }
            (heading(1, "wording", None, &said(&title)))
            @if !answer.ok {
                p.bad { strong { (say.proof_not_whole()) } }
            }
            ol.questions { @for (n, a) in audits.iter().enumerate() { li {
                a href=(format!("#q{}", n + 1)) { (said(&a.question.wording)) }
                " " span.note { (said(&words::state(say, a))) }
            } } }
            dl.facts {
                dt { (say.asked_for()) } dd { (typed(&answer.asked)) } (log(say, answer, made))
            }
        }
        @for (n, audit) in audits.iter().enumerate() {
            @let frame = Frame::of(say, n, audits.len());
            @let kicker = say.question_of(n + 1, audits.len());
            article.question id=(format!("q{}", n + 1)) {
                (block(say, 2, &kicker, audit, &html! {}))
                (held::broken(&frame, audit))
                (sections(&frame, audit, answer))
                (check::shows(&frame, audit))
            }
        }
        (check::by_hand(say, answer))
        (check::cite(say, answer))
    }
}

/// What was asked for, where that was not the question itself.
fn asked(say: Language, answer: &AuditAnswer, audit: &QuestionAudit) -> Markup {
    html! { @if answer.asked != audit.question.name {
        dt { (say.asked_for()) } dd { (typed(&answer.asked)) }
    } }
}

/// The log at this audit, and the day of the page.
fn log(say: Language, answer: &AuditAnswer, made: Option<Timestamp>) -> Markup {
    let mut checkpoint = answer.log.checkpoint.lines();
    let (origin, root) = (checkpoint.next().unwrap_or_default(), checkpoint.nth(1));
    html! {
        dt { (say.log()) }
        dd {
            (said(origin)) ", " (words::entries(say, answer.log.size))
            @if let Some(root) = root { (say.root_after()) (hash(&root)) }
        }
        @if let Some(made) = made {
            dt { (say.made_on()) }
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
fn block(say: Language, level: u8, kicker: &str, audit: &QuestionAudit, more: &Markup) -> Markup {
    let q = &audit.question;
    html! {
        header.title {
            p.kicker { (kicker) }
            (heading(level, "wording", None, &said(&q.wording)))
            p.state { span.label { (say.state_label()) } " " (said(&words::state(say, audit))) }
            dl.facts {
                dt { (say.facet_head()) }
                dd {
                    (said(say.word(&q.facet))) (say.it_asks()) (say.asks(&q.facet))
                    @if q.interpretation {
                        (say.answer_is()) strong { (say.interpretation()) } (say.not_like_a_fact())
                    }
                }
                @if let Some(event) = &q.event {
                    dt { (say.event_head()) }
                    dd { @if let Some(t) = &q.event_title { (said(t)) ", " } (typed(event)) }
                }
                @if !q.about.is_empty() {
                    dt { (say.about_head()) }
                    dd { @for (n, a) in q.about.iter().enumerate() { @if n > 0 { ", " } (typed(a)) } }
                }
                dt { (say.wording_head()) }
                dd { (wording(say, q)) }
                dt { (say.address_head()) }
                dd { (typed(&q.name)) ", " (say.entry_of_log(q.log_index)) }
                (more)
            }
        }
    }
}

/// Whose words the question is in, and how often they were changed.
fn wording(say: Language, q: &AuditQuestion) -> Markup {
    html! {
        @match (&q.asked_by, &q.recorded_by) {
            (Some(by), Some(maker)) => {
                (say.worded_by()) (said(by)) (say.recorded_by()) (said(maker))
            },
            (Some(by), None) => { (say.worded_by()) (said(by)) },
            (None, Some(maker)) => { (say.worded_by()) (said(maker)) },
            (None, None) => (say.worded_by_nobody()),
        }
        (say.reworded(q.rewordings))
    }
}

fn contents(say: Language) -> Markup {
    let names = [
        ("not-held", say.part_not_held()),
        ("told", say.part_told()),
        ("differences", say.part_compared()),
        ("origins", say.part_origins()),
        ("searches", say.part_searched()),
        ("assessed", say.assessed()),
        ("custody", say.part_custody()),
        ("provenance", say.part_provenance()),
        ("by-hand", say.part_by_hand()),
        ("cite", say.cite()),
        ("shows", say.part_shows()),
    ];
    html! {
        nav.contents aria-label=(say.contents()) {
            ul { @for (id, title) in names { li { a href=(format!("#{id}")) { (title) } } } }
        }
    }
}

fn foot(say: Language, answer: &AuditAnswer, made: Option<Timestamp>) -> Markup {
    html! {
        footer {
            p {
                (say.printed_from()) (words::entries(say, answer.log.size))
                @if let Some(made) = made { (say.printed_on()) (made.day()) }
                (say.printed_by())
            }
        }
    }
}
