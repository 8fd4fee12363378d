//! Bytes from the archive itself.

use super::Bytes;
use crate::digest::{Digest, Salt};
use crate::model::{Code, Finding};
use crate::store::{Store, StoreError, content_path, record_path, salt_path};

impl Bytes for Store {
    fn record(&self, id: &Digest) -> Result<Vec<u8>, Finding> {
        Store::record(self, id)
            .map_err(|e| finding(e, record_path(id), Code::RecordDamaged, Code::RecordMissing))
    }

    fn content(&self, name: &Digest) -> Result<Vec<u8>, Finding> {
        Store::content(self, name)
            .map_err(|e| finding(e, content_path(name), Code::ContentDamaged, Code::ContentMissing))
    }

    fn attached(&self, sha256: &Digest) -> Result<Option<Vec<u8>>, Finding> {
        Store::attached(self, sha256)
            .map_err(|e| Finding::new(Code::FileDamaged, "attached text", e.to_string()))
    }

    fn salt(&self, name: &Digest) -> Result<Salt, Finding> {
        match Store::salt(self, name) {
            Ok(Some(salt)) => Ok(salt),
            Ok(None) => {
                Err(Finding::new(Code::ContentMissing, salt_path(name), "the salt is not there"))
            }
            Err(e) => Err(finding(e, salt_path(name), Code::ContentDamaged, Code::ContentMissing)),
        }
    }
}

fn finding(e: StoreError, place: String, damaged: Code, missing: Code) -> Finding {
    let code = match &e {
        StoreError::NoRecord(_) | StoreError::NoContent(_) | StoreError::NoFile(_) => missing,
        StoreError::Damaged { .. } => damaged,
        _ => Code::FileDamaged,
    };
    Finding::new(code, place, e.to_string())
}
