//! How to check it without this program, how to cite it, and what it shows.

use maud::{Markup, html};

use super::frame::{Frame, section};
use crate::audit::question::QuestionAudit;
use crate::desk::{AuditAnswer, ByHandWhy};
use crate::pages::foreign::{said, visible};
use crate::pages::language::Language;

/// Commands that need nothing of ours, or hardly.
pub(super) fn by_hand(say: Language, answer: &AuditAnswer) -> Markup {
    let body = html! {
        @if answer.by_hand.is_empty() {
            p { (say.no_claim_to_check()) }
        } @else {
            p { (say.by_hand_in()) code { "variorum export plain" } (say.by_hand_how()) }
            ol { @for line in &answer.by_hand {
                li {
                    code.command { (visible(&line.command)) }
                    br; span.note { (said(&why(say, &line.why))) }
                }
            } }
        }
    };
    section(2, "by-hand", say.part_by_hand(), &body)
}

/// What a command of the check does.
fn why(say: Language, why: &ByHandWhy) -> String {
    match why {
        ByHandWhy::Prints(digest) => say.prints(digest),
        ByHandWhy::Lines(revision) => say.lines_as_cited(revision),
        ByHandWhy::Passage(digest) => say.in_passage_with(digest),
    }
}

/// The citation of the whole: it is copied as it stands.
pub(super) fn cite(say: Language, answer: &AuditAnswer) -> Markup {
    section(2, "cite", say.cite(), &html! { p lang=[say.if_english()] { (said(&answer.cite)) } })
}

/// What the audit of a question shows, and what it does not.
pub(super) fn shows(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let say = frame.say;
    let body = html! {
        dl.verdict {
            dt { (say.shows()) } dd { (said(&say.audit_shows(audit.shows))) "." }
            dt { (say.does_not_show()) }
            dd { (said(&say.audit_does_not_show(audit.does_not_show))) "." }
        }
    };
    frame.section("shows", say.part_shows(), &body)
}
