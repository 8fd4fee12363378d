//! The mail-like form in which replies come without a program.

use crate::import::ReplyForm;
use crate::model::CorrectionType;

use super::DeskError;
use super::address::Address;
use super::submit::SubmitDraft;

/// Reads a filled-in form. Evidence that it names is taken as promised; the
/// door adds the files that it can read.
///
/// # Errors
/// Usage, with the line that is not understood.
pub fn read_form(name: &str, text: &str) -> Result<SubmitDraft, DeskError> {
    let form = ReplyForm::parse(text).map_err(|e| {
        DeskError::usage("form", format!("{name}: {e}"))
            .hint("see the form to fill in: variorum submit --form")
    })?;
    // A subject line may carry a mark of the sender's own after the siglum.
    let is_address = |at: &String| {
        matches!(Address::parse(at), Ok(Address::Text { .. } | Address::Record { .. }))
    };
    let at = form.at.filter(is_address).or(form.siglum);
    let r#type =
        form.kind.as_deref().map(str::parse::<CorrectionType>).transpose().map_err(|e| {
            DeskError::usage("form", format!("{name}: after `Kind:`, {e}"))
                .hint("see the form to fill in: variorum submit --form")
        })?;
    Ok(SubmitDraft {
        at,
        quote: Some(joined(&form.quote)).filter(|q| !q.is_empty()),
        r#type,
        says: joined(&form.says),
        replacement: form.replacement.as_deref().map(joined),
        known: form.how_known.as_deref().and_then(|k| k.parse().ok()),
        grounds: form
            .how_known
            .as_deref()
            .map(joined)
            .filter(|k| k.parse::<crate::model::HowKnown>().is_err()),
        promised: form.evidence.iter().map(|e| joined(e)).filter(|e| !e.is_empty()).collect(),
        name: form.name,
        hide_name: form.hide_name,
        language: form.language,
        ..Default::default()
    })
}

/// Mail wraps lines: only an empty line begins a paragraph.
fn joined(text: &str) -> String {
    let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        match line.trim() {
            "" => paragraphs.push(Vec::new()),
            words => paragraphs.last_mut().expect("one is always there").push(words),
        }
    }
    let joined: Vec<String> =
        paragraphs.into_iter().filter(|p| !p.is_empty()).map(|p| p.join(" ")).collect();
    joined.join("\n\n")
}

/// The form to fill in, with the place and the words that it answers.
pub fn form_for(siglum: &str, at: &str, quote: &str) -> String {
    let (siglum, at) = (Some(siglum.to_string()), Some(at.to_string()));
    ReplyForm { siglum, at, quote: wrapped(quote), ..ReplyForm::default() }.to_text()
}

/// Lines short enough that no mail program breaks them: the second half of a
/// broken line would not be marked as quoted.
fn wrapped(text: &str) -> String {
    const COLUMNS: usize = 70;
    let mut out = String::with_capacity(text.len() + text.len() / COLUMNS);
    let mut column = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column > 0 {
            let breaks = column + 1 + width > COLUMNS;
            out.push(if breaks { '\n' } else { ' ' });
            column = if breaks { 0 } else { column + 1 };
        }
        out.push_str(word);
        column += width;
    }
    out
}

/// The form to fill in.
pub fn blank_form() -> String {
    ReplyForm::default().to_text()
}
