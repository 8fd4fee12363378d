//! The mail-like form in which replies come without a program.

use crate::import::ReplyForm;

use super::submit::SubmitDraft;
use super::DeskError;

/// Reads a filled-in form. Evidence that it names is taken as promised; the
/// door adds the files that it can read.
///
/// # Errors
/// Usage, with the line that is not understood.
pub fn read_form(name: &str, text: &str) -> Result<SubmitDraft, DeskError> {
    let form = ReplyForm::parse(text).map_err(|e| {
        DeskError::usage("form", format!("{name}: {e}")).hint("see the form to fill in: variorum submit --form")
    })?;
    let at = match (form.siglum, form.at) {
        (_, Some(at)) => Some(at),
        (Some(siglum), None) => Some(siglum),
        (None, None) => None,
    };
    Ok(SubmitDraft {
        at,
        quote: Some(form.quote).filter(|q| !q.trim().is_empty()),
        r#type: form.kind.as_deref().map(str::parse).transpose()?,
        says: form.says,
        replacement: form.replacement,
        known: form.how_known.as_deref().and_then(|k| k.parse().ok()),
        grounds: form.how_known.clone().filter(|k| k.parse::<crate::model::HowKnown>().is_err()),
        evidence: Vec::new(),
        promised: form.evidence,
        name: form.name,
        hide_name: form.hide_name,
        language: form.language,
        key: None,
        dry_run: false,
    })
}

/// The form to fill in.
pub fn blank_form() -> String {
    ReplyForm::default().to_text()
}
