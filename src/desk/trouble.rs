//! What the store's troubles mean to a person.

use crate::store::StoreError;

use super::DeskError;

impl From<StoreError> for DeskError {
    fn from(e: StoreError) -> Self {
        let message = e.to_string();
        match e {
            StoreError::Missing { .. } => Self::not_found("no-archive", message),
            StoreError::NotAnArchive { .. } => Self::not_found("not-an-archive", message),
            StoreError::FutureFormat { .. } => Self::refused("future-format", message),
            StoreError::NotEmpty { .. } => Self::refused("not-empty", message),
            StoreError::PrivateInside { .. } => Self::refused("private-inside", message),
            StoreError::ReadOnly { .. } => Self::refused("read-only", message),
            StoreError::NoRecord(_) | StoreError::NoContent(_) | StoreError::NoFile(_) => {
                Self::integrity("missing", message)
                    .hint("see everything that is wrong: variorum verify --full")
            }
            StoreError::Damaged { .. } | StoreError::Log { .. } => {
                Self::integrity("damaged", message)
                    .hint("see everything that is wrong: variorum verify --full")
            }
            _ => Self::io("io", message),
        }
    }
}
