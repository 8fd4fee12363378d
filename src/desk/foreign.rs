//! The records of another archive, taken into a new one with their bytes as
//! they are. They keep their ids and their origin; an import record keeps the
//! checkpoint that they stood under.

use std::path::Path;

use crate::audit::{self, Depth};
use crate::digest::{Digest, Hasher, Id};
use crate::model::{Import, Policy, Record, Typed};
use crate::store::{ContentFile, Store};

use super::batch::Batch;
use super::{Context, DeskError};

/// What another archive holds, checked.
pub(super) struct Foreign {
    pub policy: Policy,
    checkpoint: String,
    pub records: Vec<(Digest, Vec<u8>)>,
    contents: Vec<ContentFile>,
}

impl Foreign {
    /// Reads all of a copy: a bare repository, a clone, or a plain folder.
    ///
    /// # Errors
    /// When it does not verify, or content that it names is not there.
    pub fn read(dir: &Path) -> Result<Self, DeskError> {
        let store = Store::open(dir)?;
        let report = audit::fixity(&store, None, None, Depth::Full, &mut |_, _, _| {})?;
        if let Some(f) = report.findings.iter().find(|f| f.code.is_breach()) {
            return Err(DeskError::integrity(
                "foreign-broken",
                format!("{}: {}: {}", dir.display(), f.place, f.text),
            )
            .hint(format!(
                "see everything that is wrong: variorum -C {} verify --full",
                dir.display()
            )));
        }
        let head = store.head()?;
        let mut out = Self {
            policy: Policy::from_record(newest_policy(&store, head.size)?)
                .expect("it was chosen for being one"),
            checkpoint: head.checkpoint_text.unwrap_or_default(),
            records: Vec::new(),
            contents: Vec::new(),
        };
        for id in store.entries(0..head.size)? {
            let bytes = store.record(&id)?;
            let record = Record::decode(&bytes)
                .map_err(|e| DeskError::integrity("foreign-broken", format!("{id}: {e}")))?;
            for u in record.contents().into_iter().filter(|u| u.stored) {
                if out.contents.iter().all(|c| c.name != u.name) {
                    out.contents.push(ContentFile {
                        name: u.name,
                        bytes: store.content(&u.name)?,
                        salt: store.salt(&u.name)?,
                    });
                }
            }
            out.records.push((id, bytes));
        }
        Ok(out)
    }

    /// Puts everything into the batch, before what the new archive records
    /// itself, and returns the import record that states it.
    pub fn take_in(self, batch: &mut Batch<'_>, context: &Context) -> Result<Import, DeskError> {
        let mut ids = Hasher::default();
        let records = self.records.len() as u64;
        for (id, bytes) in self.records {
            ids.update(id.as_bytes());
            batch
                .foreign_record(Id::new(id), bytes)
                .map_err(|e| DeskError::integrity("foreign-broken", format!("{id}: {e}")))?;
        }
        batch.contents.extend(self.contents);
        Ok(Import {
            origin: batch.origin.clone(),
            time: context.now,
            from: self.policy.origin,
            log_key: self.policy.log_key,
            checkpoint: self.checkpoint,
            records,
            ids: ids.finish(),
            proof: None,
        })
    }
}

fn newest_policy(store: &Store, size: u64) -> Result<Record, DeskError> {
    for id in store.entries(0..size)?.iter().rev() {
        let record = Record::decode(&store.record(id)?)
            .map_err(|e| DeskError::integrity("foreign-broken", e.to_string()))?;
        if matches!(record, Record::Policy(_)) {
            return Ok(record);
        }
    }
    Err(DeskError::integrity("no-policy", "the archive has no policy record"))
}
