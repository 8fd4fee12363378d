//! How to check it without this program, how to cite it, and what it shows.

use maud::{Markup, html};

use super::frame::{Frame, section};
use crate::audit::question::QuestionAudit;
use crate::desk::AuditAnswer;
use crate::pages::foreign::{said, visible};

/// Commands that need nothing of ours, or hardly.
pub(super) fn by_hand(answer: &AuditAnswer) -> Markup {
    let body = html! {
        @if answer.by_hand.is_empty() {
            p { "There is no claim to check." }
        } @else {
            p {
                "In the archive as plain files (" code { "variorum export plain" } " or a clone of it). "
                "The first claim is taken as example; every other is checked alike, by the digests that "
                "stand with it. A record’s file is named by its sha256."
            }
            ol { @for line in &answer.by_hand {
                @let (command, why) = line.split_once("    # ").unwrap_or((line, ""));
                li {
                    code.command { (visible(command)) }
                    @if !why.is_empty() { br; span.note { (said(why)) } }
                }
            } }
        }
    };
    section(2, "by-hand", "Check by hand", &body)
}

/// The citation of the whole.
pub(super) fn cite(answer: &AuditAnswer) -> Markup {
    section(2, "cite", "Cite", &html! { p { (said(&answer.cite)) } })
}

/// What the audit of a question shows, and what it does not.
pub(super) fn shows(frame: &Frame, audit: &QuestionAudit) -> Markup {
    let body = html! {
        dl.verdict {
            dt { "Shows" } dd { (said(&audit.shows)) "." }
            dt { "Does not show" } dd { (said(&audit.does_not_show)) "." }
        }
    };
    frame.section("shows", "What this is", &body)
}
