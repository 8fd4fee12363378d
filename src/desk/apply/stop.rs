//! Why an item of a draft gives no record.

use crate::desk::DeskError;

/// Why an item gives no record now.
#[derive(Debug)]
pub(in crate::desk) enum Stop {
    /// It names what is not made yet.
    Later(String),
    /// It is wrong.
    Bad {
        /// The field at fault.
        field: &'static str,
        /// What is wrong.
        what: String,
        /// What to do.
        hint: Option<String>,
    },
    /// The archive cannot answer.
    Archive(Box<DeskError>),
}

impl Stop {
    pub fn bad(field: &'static str, what: String) -> Self {
        Self::Bad { field, what, hint: None }
    }

    pub fn hint(self, hint: impl Into<String>) -> Self {
        match self {
            Self::Bad { field, what, .. } => Self::Bad { field, what, hint: Some(hint.into()) },
            other => other,
        }
    }
}

impl<E: Into<DeskError>> From<E> for Stop {
    fn from(e: E) -> Self {
        Self::Archive(Box::new(e.into()))
    }
}
