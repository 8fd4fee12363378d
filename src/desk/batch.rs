//! What one act records: records in the order in which they name each other,
//! and the content they commit to.

use crate::dates::Timestamp;
use crate::digest::{Any, Digest, Id, commitment};
use crate::model::{Attestation, ContentRef, Key, Policy, Record, RecordError, SealRole, Typed};
use crate::sign::SecretKey;
use crate::store::ContentFile;

use super::{Context, DeskError};

/// Records and contents of one act, not yet in the archive.
pub(super) struct Batch<'c> {
    /// The archive's origin, for the records.
    pub origin: String,
    /// The time of the act.
    pub now: Timestamp,
    context: &'c Context,
    pub(super) records: Vec<(Id<Any>, Vec<u8>, Record)>,
    pub(super) contents: Vec<ContentFile>,
    /// How many of the first records were made elsewhere.
    pub(super) foreign: usize,
    /// It is large, and its maker can wait until it is compressed well.
    pub(super) dense: bool,
}

/// How much a batch holds.
pub(super) struct Filled {
    records: usize,
    contents: usize,
}

impl<'c> Batch<'c> {
    pub fn new(origin: String, context: &'c Context) -> Self {
        Self {
            origin,
            now: context.now,
            context,
            records: Vec::new(),
            contents: Vec::new(),
            foreign: 0,
            dense: false,
        }
    }

    /// How much it holds by now.
    pub fn mark(&self) -> Filled {
        Filled { records: self.records.len(), contents: self.contents.len() }
    }

    /// Forgets what was added since.
    pub fn back_to(&mut self, mark: &Filled) {
        self.records.truncate(mark.records);
        self.contents.truncate(mark.contents);
    }

    /// The randomness and the actor of the act.
    pub fn context(&self) -> &'c Context {
        self.context
    }

    /// Adds a record and names it.
    pub fn record<T: Into<Record>>(&mut self, record: T) -> Result<Id<T>, DeskError> {
        Ok(self.record_any(record.into())?.cast())
    }

    /// Adds a record of any kind.
    pub fn record_any(&mut self, record: Record) -> Result<Id<Any>, DeskError> {
        let (id, bytes) = record.encode().map_err(|e| {
            DeskError::usage(
                "record-too-long",
                format!("the {} cannot be recorded: {e}", record.kind().word()),
            )
            .hint("shorten it, or send the long part as evidence")
        })?;
        self.records.push((id, bytes, record));
        Ok(id)
    }

    /// Adds a record that was made elsewhere, as its bytes are. These come
    /// before all others.
    pub fn foreign_record(&mut self, id: Id<Any>, bytes: Vec<u8>) -> Result<(), RecordError> {
        let record = Record::decode(&bytes)?;
        self.records.push((id, bytes, record));
        self.foreign = self.records.len();
        Ok(())
    }

    /// Adds content named by its digest.
    pub fn plain(&mut self, bytes: Vec<u8>) -> ContentRef {
        let name = Digest::of(&bytes);
        let reference = ContentRef { name, bytes: bytes.len() as u64, salted: false };
        // The same bytes twice are one object.
        if !self.contents.iter().any(|c| c.name == name) {
            self.contents.push(ContentFile { name, bytes, salt: None });
        }
        reference
    }

    /// Adds content named by a commitment under a fresh salt.
    pub fn salted(&mut self, bytes: Vec<u8>) -> ContentRef {
        let salt = self.context.salt();
        let name = commitment(&salt, &bytes);
        let reference = ContentRef { name, bytes: bytes.len() as u64, salted: true };
        self.contents.push(ContentFile { name, bytes, salt: Some(salt) });
        reference
    }

    /// Adds a seal by `key` over a record of this batch.
    pub fn seal<T>(
        &mut self,
        id: &Id<T>,
        role: SealRole,
        key: &SecretKey,
    ) -> Result<Id<Attestation>, DeskError> {
        let bytes = self
            .records
            .iter()
            .find(|(i, ..)| i.digest() == id.digest())
            .map(|(_, b, _)| b.clone());
        let bytes = bytes.expect("only what was just recorded is sealed");
        let attestation = Attestation {
            origin: self.origin.clone(),
            subject: id.any(),
            role,
            key: key.public().fingerprint(),
            signature: key.sshsig(&role.namespace(), &bytes),
        };
        self.record(attestation)
    }

    /// The newest record of a kind in this batch.
    pub fn newest<T: Typed>(&self) -> Option<T> {
        self.records.iter().rev().find_map(|(.., r)| T::from_record(r.clone()))
    }

    /// Whether the files that follow from keys and policy change.
    pub fn changes_projections(&self) -> bool {
        self.newest::<Policy>().is_some() || self.newest::<Key>().is_some()
    }
}
