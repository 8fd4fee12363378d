//! What is wrong with a form, told beside the field where it can be mended.

use maud::{Markup, html};

use crate::desk::DeskError;
use crate::pages::foreign::said;
use crate::pages::language::Language;

/// Trouble with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldTrouble {
    /// The field's name, which is also its id; `form` for the whole form.
    pub field: &'static str,
    /// A short name for programs.
    pub code: &'static str,
    /// What is wrong, in English.
    pub message: String,
    /// The next step, in English.
    pub hint: Option<String>,
}

/// The field in which an error can be mended.
pub fn trouble_of(error: &DeskError) -> FieldTrouble {
    let field = match error.code {
        "nothing-said" | "too-long" | "record-too-long" => "says",
        "quotation-ambiguous" | "quotation-not-found" | "no-subject" => "quote",
        "source" | "no-text" | "address" | "no-gap" | "lines" | "page" | "passage" | "record"
        | "withheld" | "several-heads" => "at",
        "contact" => "contact",
        "language" => "language",
        "evidence-too-many" | "evidence-too-long" => "evidence",
        "same-as" | "not-a-correction" => "same_as",
        "no-reason" => "reason",
        "no-verdict" => "verdict",
        "other-words" | "text-unused" => "text",
        _ => "form",
    };
    FieldTrouble {
        field,
        code: error.code,
        message: error.message.clone(),
        hint: error.hint.clone(),
    }
}

impl FieldTrouble {
    /// In the language of the page where it is known in it; otherwise in
    /// English, marked as such.
    pub(super) fn told(&self, say: Language) -> Markup {
        let known = match self.code {
            "nothing-said" => Some(say.nothing_said()),
            "quotation-not-found" => Some(say.quote_missing()),
            "quotation-ambiguous" => Some(say.quote_several()),
            "no-subject" => Some(say.no_subject()),
            "too-long" | "record-too-long" => Some(say.too_long()),
            "intake-closed" => Some(say.closed()),
            "intake-full" => Some(say.full()),
            "contact" => Some(say.bad_contact()),
            "language" => Some(say.bad_language()),
            "log-in" => Some(say.bad_login()),
            "seal" => Some(say.bad_seal()),
            "no-reason" => Some(say.no_reason()),
            "answered-meanwhile" => Some(say.answered_meanwhile()),
            _ => None,
        };
        // Hints speak of the command line; these two tell a place instead.
        let hint = self.hint.as_ref().filter(|h| h.starts_with("closest: "));
        let exact = matches!(
            self.code,
            "quotation-not-found"
                | "quotation-ambiguous"
                | "too-long"
                | "seal"
                | "answered-meanwhile"
        );
        html! {
            @match known {
                Some(known) => {
                    (known)
                    @if exact { " " span.facts lang="en" { (said(&self.message)) } }
                },
                None => span lang="en" {
                    (said(&self.message))
                    @if let Some(h) = self.hint.as_ref().filter(|h| !h.contains("--")) { ": " (said(h)) }
                },
            }
            @if let Some(h) = hint { " " span.facts lang="en" { (said(h)) } }
        }
    }
}
