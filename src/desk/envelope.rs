//! The one form in which every answer leaves as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::DeskError;

/// `{schema, ok, data | error, next[]}`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Envelope<T> {
    /// Name of the schema of `data`, in `schemas/`.
    pub schema: String,
    /// Whether `data` is there.
    pub ok: bool,
    /// The answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<T>,
    /// What went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Trouble>,
    /// Commands that make sense next.
    pub next: Vec<String>,
}

/// An answer that is one text: a schema, completions, a manual page, a form.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Made {
    /// The text.
    pub text: String,
}

/// An error for programs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Trouble {
    /// A short name, `quotation-ambiguous`.
    pub code: String,
    /// What is wrong, with the value and the place.
    pub message: String,
    /// The next step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl<T: Serialize> Envelope<T> {
    /// An answer.
    pub fn answer(verb: &str, data: T, next: Vec<String>) -> Self {
        Self { schema: schema_name(verb), ok: true, data: Some(data), error: None, next }
    }

    /// Writes one line of JSON, without its end.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_json(&self, out: &mut impl std::io::Write) -> std::io::Result<()> {
        serde_json::to_writer(out, self).map_err(Into::into)
    }

    /// One line of JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("answers are maps with string keys")
    }
}

impl Envelope<()> {
    /// An error.
    pub fn trouble(verb: &str, e: &DeskError) -> Self {
        let error =
            Trouble { code: e.code.into(), message: e.message.clone(), hint: e.hint.clone() };
        Self {
            schema: schema_name(verb),
            ok: false,
            data: None,
            error: Some(error),
            next: Vec::new(),
        }
    }
}

fn schema_name(verb: &str) -> String {
    format!("variorum/{verb}/1")
}

/// One line of JSON, for answers that come line by line (`locate --batch`).
pub(super) fn write_line<T: Serialize>(value: &T, out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, value).expect("answers are maps with string keys");
    out.push(b'\n');
}
