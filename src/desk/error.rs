use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::index::{IndexError, SnapshotError};
use crate::model::UnknownWord;

/// What sort of trouble it is; each sort has an exit code of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The call does not make sense (exit 2).
    Usage,
    /// Nothing, or several things, fit (exit 3).
    NotFound,
    /// Stored bytes are not what they should be (exit 4).
    Integrity,
    /// The archive's rules forbid it (exit 5).
    Refused,
    /// Files, disk or locks failed (exit 6).
    Io,
}

impl Class {
    /// The exit code of the command line.
    pub fn exit_code(self) -> u8 {
        match self {
            Class::Usage => 2,
            Class::NotFound => 3,
            Class::Integrity => 4,
            Class::Refused => 5,
            Class::Io => 6,
        }
    }
}

/// Why an intention was not carried out: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskError {
    /// The sort of trouble.
    pub class: Class,
    /// A short name for programs, `quotation-ambiguous`.
    pub code: &'static str,
    /// What is wrong, with the value and the place.
    pub message: String,
    /// The next step.
    pub hint: Option<String>,
}

impl DeskError {
    /// An error without a hint.
    pub fn new(class: Class, code: &'static str, message: impl Into<String>) -> Self {
        Self { class, code, message: message.into(), hint: None }
    }

    /// The same error with the next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The call does not make sense.
    pub fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Class::Usage, code, message)
    }

    /// Nothing fits, or too many things.
    pub fn not_found(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Class::NotFound, code, message)
    }

    /// Stored bytes are not what they should be.
    pub fn integrity(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Class::Integrity, code, message)
    }

    /// The archive's rules forbid it.
    pub fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Class::Refused, code, message)
    }

    /// Files, disk or locks failed.
    pub fn io(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Class::Io, code, message)
    }
}

impl fmt::Display for DeskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DeskError {}

impl From<SnapshotError> for DeskError {
    fn from(e: SnapshotError) -> Self {
        match e {
            SnapshotError::Index(_) => Self::io("index", e.to_string())
                .hint("the index can be rebuilt: delete index.sqlite in the archive's folder and try again"),
            SnapshotError::Broken(_) => {
                Self::integrity("broken", e.to_string()).hint("see everything that is wrong: variorum verify --full")
            }
            SnapshotError::Withheld(_) => Self::refused("withheld", e.to_string())
                .hint("who has the file can read it here: variorum attach FILE"),
        }
    }
}

impl From<IndexError> for DeskError {
    fn from(e: IndexError) -> Self {
        match e {
            IndexError::Sqlite(_) => Self::io("index", e.to_string()),
            IndexError::Entry { .. } => Self::integrity("broken", e.to_string())
                .hint("see everything that is wrong: variorum verify --full"),
        }
    }
}

impl From<UnknownWord> for DeskError {
    fn from(e: UnknownWord) -> Self {
        Self::usage("unknown-word", e.to_string())
    }
}
