//! The read face: everything that one checkpoint holds. Rows come from the
//! index, bytes from the archive, hashed on the way.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rusqlite::Connection;

use super::inside::{self, Histories};
use super::query::{self, Around, Row};
use crate::anchor::{Carrier, Indexes};
use crate::dates::Timestamp;
use crate::digest::{Any, Digest, Id, Salt};
use crate::model::{
    Agent, Attestation, Code, ContentRef, Correction, Decision, Document, Evidence, Finding, Kind,
    Link, Policy, Record, ReplyText, Revision, Source, Typed,
};
use crate::text::{PassageTable, View};

/// Where bytes come from: the archive, or a map in a test. Whatever it
/// returns has the digest or commitment that was asked for.
pub trait Bytes: Sync {
    /// The stored bytes of a record.
    ///
    /// # Errors
    /// A finding when they are missing or damaged.
    fn record(&self, id: &Digest) -> Result<Vec<u8>, Finding>;

    /// The stored bytes of a content object.
    ///
    /// # Errors
    /// A finding when they are missing or damaged.
    fn content(&self, name: &Digest) -> Result<Vec<u8>, Finding>;

    /// A text that is known by digest only, where a reader attached it.
    ///
    /// # Errors
    /// A finding when it was attached and is damaged.
    fn attached(&self, sha256: &Digest) -> Result<Option<Vec<u8>>, Finding> {
        let _ = sha256;
        Ok(None)
    }

    /// The salt beside a content object.
    ///
    /// # Errors
    /// A finding when it is missing or malformed.
    fn salt(&self, name: &Digest) -> Result<Salt, Finding>;
}

/// Why a question to the archive has no answer.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The index failed.
    #[error("index: {0}")]
    Index(#[from] rusqlite::Error),
    /// Stored bytes are missing, damaged or malformed.
    #[error("{}: {}", .0.place, .0.text)]
    Broken(Finding),
    /// The text is known by its digest only, and nobody attached it.
    #[error("the text with SHA-256 {0} is not supplied with this archive")]
    Withheld(Digest),
}

impl From<Finding> for SnapshotError {
    fn from(f: Finding) -> Self {
        SnapshotError::Broken(f)
    }
}

/// A record with its id and place in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Held<T> {
    /// Log index, from 0.
    pub seq: u64,
    /// Its id.
    pub id: Id<T>,
    /// The record.
    pub record: T,
}

/// The exact text of a revision; its digest was compared with the record's.
#[derive(Debug, Clone)]
pub struct RevisionText {
    /// The bytes.
    pub text: Arc<str>,
}

/// Comparisons, by what they are from and to.
type Carriers = HashMap<[Id<Revision>; 2], Rc<Carrier<Rc<View>>>>;
/// All records of one checkpoint.
pub struct Snapshot<'a> {
    pub(super) conn: &'a Connection,
    pub(super) bytes: &'a dyn Bytes,
    size: u64,
    pub(super) published: bool,
    pub(super) texts: RefCell<HashMap<Id<Revision>, RevisionText>>,
    pub(super) tables: RefCell<HashMap<Id<Revision>, Rc<PassageTable>>>,
    pub(super) views: RefCell<HashMap<Id<Revision>, Rc<View>>>,
    /// What quotations are looked up with, by the text.
    pub(super) indexes: RefCell<HashMap<Id<Revision>, Arc<Indexes>>>,
    pub(super) histories: RefCell<Histories>,
    pub(super) carriers: RefCell<Carriers>,
    /// Records that were read, with their places in the log: the same persons,
    /// sources and revisions are asked for again and again.
    records: RefCell<HashMap<Digest, (u64, Record)>>,
    /// The newest description of what was asked for.
    newest: RefCell<HashMap<Digest, Id<Any>>>,
}

/// So many records are kept once they were read.
const KEPT: usize = 4096;
/// From so many records on, several cores read them.
const MANY: usize = 256;
/// More cores than this are not asked for.
const CORES: usize = 8;

impl<'a> Snapshot<'a> {
    pub(super) fn new(conn: &'a Connection, bytes: &'a dyn Bytes, size: u64) -> Self {
        Self {
            conn,
            bytes,
            size,
            published: false,
            texts: RefCell::default(),
            tables: RefCell::default(),
            views: RefCell::default(),
            indexes: RefCell::default(),
            histories: RefCell::default(),
            carriers: RefCell::default(),
            records: RefCell::default(),
            newest: RefCell::default(),
        }
    }

    /// How many log entries it covers.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The row of a record, or of a revision inside a history: then with the
    /// history's place in the log.
    ///
    /// # Errors
    /// When the index fails.
    pub fn row(&self, id: &Digest) -> Result<Option<Row>, SnapshotError> {
        match query::by_id(self.conn, id)? {
            Some(row) => Ok(Some(row)),
            None => self.inner_row(id),
        }
    }

    /// Rows whose id begins with these hexadecimal digits, at most ten.
    ///
    /// # Errors
    /// When the index fails.
    pub fn with_prefix(&self, hex: &str, kind: Option<Kind>) -> Result<Vec<Row>, SnapshotError> {
        let mut rows = query::by_prefix(self.conn, hex, kind, 10)?;
        if kind.is_none_or(|k| k == Kind::Revision) {
            for id in self.inner_prefixed(hex, 10 - rows.len())? {
                rows.extend(self.inner_row(&id)?);
            }
        }
        Ok(rows)
    }

    /// Ids of revisions inside histories that begin with these digits.
    fn inner_prefixed(&self, hex: &str, limit: usize) -> Result<Vec<Digest>, SnapshotError> {
        match query::bounds(hex) {
            Some((low, high)) => Ok(inside::between(self.conn, &low, &high, limit)?),
            None => Ok(Vec::new()),
        }
    }

    /// Log entries from the newest on, `limit` at most, not newer than `from`.
    ///
    /// # Errors
    /// When the index fails.
    pub fn newest(&self, from: u64, limit: usize) -> Result<Vec<Row>, SnapshotError> {
        Ok(query::page(self.conn, from, limit, true)?)
    }

    /// Log entries from `from` on, `limit` at most, oldest first.
    ///
    /// # Errors
    /// When the index fails.
    pub fn oldest(&self, from: u64, limit: usize) -> Result<Vec<Row>, SnapshotError> {
        Ok(query::page(self.conn, from, limit, false)?)
    }

    /// How many records there are of each kind.
    ///
    /// # Errors
    /// When the index fails.
    pub fn counts(&self) -> Result<Vec<(Kind, u64)>, SnapshotError> {
        Ok(query::counts(self.conn)?)
    }

    /// Rows of the records that name `target` by `link`, in log order.
    ///
    /// # Errors
    /// When the index fails.
    pub fn naming<K>(&self, target: &Id<K>, link: Link) -> Result<Vec<Row>, SnapshotError> {
        Ok(query::naming(self.conn, target.digest(), link)?)
    }

    /// Rows of a kind, in log order; those with this siglum or name only, when given.
    ///
    /// # Errors
    /// When the index fails.
    pub fn rows(&self, kind: Kind, called: Option<&str>) -> Result<Vec<Row>, SnapshotError> {
        Ok(query::of_kind(self.conn, kind, called)?)
    }

    /// Any record, decoded.
    ///
    /// # Errors
    /// A finding when it is missing, damaged or malformed.
    pub fn any(&self, id: &Digest) -> Result<Record, SnapshotError> {
        decoded(self.bytes, id)
    }

    /// The stored bytes of a record.
    ///
    /// # Errors
    /// A finding when they are missing or damaged.
    pub fn record_bytes(&self, id: &Digest) -> Result<Vec<u8>, SnapshotError> {
        Ok(self.bytes.record(id)?)
    }

    /// A record of one kind.
    ///
    /// # Errors
    /// A finding when it is missing, damaged or of another kind.
    pub fn get<T: Typed>(&self, id: &Id<T>) -> Result<Held<T>, SnapshotError> {
        let known = self.records.borrow().get(id.digest()).cloned();
        let (seq, record) = match known {
            Some(known) => known,
            None => {
                let read = match query::by_id(self.conn, id.digest())? {
                    Some(row) => (row.seq, self.any(id.digest())?),
                    None => match self.place_in_history(&id.cast())? {
                        Some(place) => {
                            let (seq, revision) = self.inner_revision(&place)?;
                            (seq, Record::Revision(revision))
                        }
                        None => {
                            let what = "is not in the log".to_string();
                            return Err(broken(&id.any(), Code::RecordMissing, what));
                        }
                    },
                };
                let mut records = self.records.borrow_mut();
                if records.len() < KEPT {
                    records.insert(*id.digest(), read.clone());
                }
                read
            }
        };
        Ok(Held { seq, id: *id, record: typed(&id.any(), record)? })
    }

    /// The records of one kind behind these rows, in their order. Many are read
    /// and decoded on several cores.
    ///
    /// # Errors
    /// A finding when one is missing, damaged or of another kind.
    pub fn load<T: Typed + Send>(&self, rows: &[Row]) -> Result<Vec<Held<T>>, SnapshotError> {
        let rows: Vec<&Row> = rows.iter().filter(|r| r.kind == T::KIND).collect();
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get().min(CORES));
        if rows.len() < MANY || cores == 1 {
            return rows.into_iter().map(|r| self.get(&r.id.cast())).collect();
        }
        let bytes = self.bytes;
        let read = |row: &&Row| {
            let record = decoded(bytes, row.id.digest())?;
            typed(&row.id, record).map(|record| Held { seq: row.seq, id: row.id.cast(), record })
        };
        let parts: Vec<Result<Vec<Held<T>>, SnapshotError>> = std::thread::scope(|s| {
            let jobs: Vec<_> = rows
                .chunks(rows.len().div_ceil(cores))
                .map(|part| s.spawn(move || part.iter().map(read).collect()))
                .collect();
            let joined = jobs.into_iter().map(|j| j.join());
            joined.map(|j| j.unwrap_or_else(|p| std::panic::resume_unwind(p))).collect()
        });
        let mut out = Vec::with_capacity(rows.len());
        for part in parts {
            out.extend(part?);
        }
        Ok(out)
    }

    /// What names by one of the links `by` any of the records that name
    /// `target` by `link`, by what is named, in log order: one question instead
    /// of one for each.
    ///
    /// # Errors
    /// When the index fails.
    pub fn around<K>(
        &self,
        target: &Id<K>,
        link: Link,
        by: &[Link],
    ) -> Result<Around, SnapshotError> {
        Ok(query::around(self.conn, target.digest(), link, by)?)
    }

    /// Whether any reply answers any revision of a source.
    ///
    /// # Errors
    /// When the index fails.
    pub fn is_answered(&self, source: &Id<Source>) -> Result<bool, SnapshotError> {
        Ok(query::is_answered(self.conn, source.digest())?)
    }

    /// All records of one kind, in log order.
    ///
    /// # Errors
    /// A finding when one is missing or damaged.
    pub fn all<T: Typed + Send>(&self) -> Result<Vec<Held<T>>, SnapshotError> {
        self.load(&self.rows(T::KIND, None)?)
    }

    /// The records of kind `T` that name `target` by `link`, in log order.
    ///
    /// # Errors
    /// A finding when one is missing or damaged.
    pub fn linked<K, T: Typed + Send>(
        &self,
        target: &Id<K>,
        link: Link,
    ) -> Result<Vec<Held<T>>, SnapshotError> {
        self.load(&self.naming(target, link)?)
    }

    /// Content of a record, checked against its name.
    ///
    /// # Errors
    /// A finding when it is missing or damaged.
    pub fn content(&self, content: &ContentRef) -> Result<Vec<u8>, SnapshotError> {
        Ok(self.bytes.content(&content.name)?)
    }

    /// The bytes of a content object by name.
    ///
    /// # Errors
    /// A finding when they are missing or damaged.
    pub fn content_named(&self, name: &Digest) -> Result<Vec<u8>, SnapshotError> {
        Ok(self.bytes.content(name)?)
    }

    /// The salt beside a content object.
    ///
    /// # Errors
    /// A finding when it is missing.
    pub fn salt(&self, name: &Digest) -> Result<Salt, SnapshotError> {
        Ok(self.bytes.salt(name)?)
    }

    /// The newest description of a thing, decoded.
    ///
    /// # Errors
    /// A finding when it is missing, damaged or of another kind.
    pub fn current<T: Typed>(&self, first: &Id<T>) -> Result<Held<T>, SnapshotError> {
        self.get(&self.newest_description(&first.any())?.cast())
    }

    /// How people call a record: `M`, `M@2`, `M/App9`, `event/…`, the name of an
    /// agent or place, else its short id.
    ///
    /// # Errors
    /// When the index fails or a record is damaged.
    pub fn address_of(&self, id: &Id<Any>) -> Result<String, SnapshotError> {
        let Some(row) = self.row(id.digest())? else { return Ok(id.digest().short(8)) };
        Ok(match (row.kind, row.called) {
            (Kind::Revision, _) => self.revision_name(&id.cast())?,
            (Kind::Source | Kind::Agent | Kind::Place, Some(name)) => name,
            (Kind::Part, Some(name)) => {
                let part: Held<crate::model::Part> = self.get(&id.cast())?;
                format!("{}/{name}", self.get(&part.record.source)?.record.siglum)
            }
            (kind, Some(name)) => format!("{}/{name}", kind.word()),
            (kind, None) => self.short_id(kind, id)?,
        })
    }

    /// A revision as it is printed, `M@2`: the siglum and its number among the
    /// revisions of its source, from 1.
    ///
    /// # Errors
    /// When the index fails or a record is damaged.
    pub fn revision_name(&self, id: &Id<Revision>) -> Result<String, SnapshotError> {
        let source = self.get(&self.source_of(id)?)?;
        let number = self.number(id)?.unwrap_or_default();
        Ok(format!("{}@{number}", source.record.siglum))
    }

    /// The source that a revision is a state of.
    ///
    /// # Errors
    /// A finding when its record is missing or damaged.
    pub fn source_of(&self, id: &Id<Revision>) -> Result<Id<Source>, SnapshotError> {
        match self.place_in_history(id)? {
            Some(place) => Ok(place.inside.record.source),
            None => Ok(self.get(id)?.record.source),
        }
    }

    /// The newest description of a thing, by the first one.
    ///
    /// # Errors
    /// When the index fails.
    pub fn newest_description(&self, first: &Id<Any>) -> Result<Id<Any>, SnapshotError> {
        if let Some(known) = self.newest.borrow().get(first.digest()) {
            return Ok(*known);
        }
        let mut at = *first;
        while let Some(next) = self.naming(&at, Link::Parent)?.last() {
            at = next.id;
        }
        self.newest.borrow_mut().insert(*first.digest(), at);
        Ok(at)
    }

    /// The source called so, by its newest description.
    ///
    /// # Errors
    /// A finding when its record is missing or damaged.
    pub fn source_called(&self, siglum: &str) -> Result<Option<Held<Source>>, SnapshotError> {
        match self.rows(Kind::Source, Some(siglum))?.first() {
            Some(row) => self.get(&row.id.cast()).map(Some),
            None => Ok(None),
        }
    }

    /// The agent called so.
    ///
    /// # Errors
    /// A finding when its record is missing or damaged.
    pub fn agent_called(&self, name: &str) -> Result<Option<Held<Agent>>, SnapshotError> {
        match self.rows(Kind::Agent, Some(name))?.last() {
            Some(row) => self.get(&row.id.cast()).map(Some),
            None => Ok(None),
        }
    }

    /// The corrections that answer words of a passage with this digest, in
    /// order of arrival.
    ///
    /// # Errors
    /// A finding when one is missing or damaged.
    pub fn corrections_in(&self, passage: &Digest) -> Result<Vec<Held<Correction>>, SnapshotError> {
        self.linked(&Id::<Any>::new(*passage), Link::Passage)
    }

    /// The corrections that answer a record, in order of arrival.
    ///
    /// # Errors
    /// A finding when one is missing or damaged.
    pub fn corrections_on<K>(
        &self,
        subject: &Id<K>,
    ) -> Result<Vec<Held<Correction>>, SnapshotError> {
        self.linked(subject, Link::Subject)
    }

    /// The decisions on a correction, in log order; the last one holds.
    ///
    /// # Errors
    /// A finding when one is missing or damaged.
    pub fn decisions_on(
        &self,
        correction: &Id<Correction>,
    ) -> Result<Vec<Held<Decision>>, SnapshotError> {
        self.linked(correction, Link::Subject)
    }

    /// The seals over a record.
    ///
    /// # Errors
    /// A finding when one is missing or damaged.
    pub fn seals_on<K>(&self, id: &Id<K>) -> Result<Vec<Held<Attestation>>, SnapshotError> {
        self.linked(id, Link::Subject)
    }

    /// The policy that holds.
    ///
    /// # Errors
    /// A finding when its record is missing or damaged.
    pub fn policy(&self) -> Result<Option<Held<Policy>>, SnapshotError> {
        match self.rows(Kind::Policy, None)?.last() {
            Some(row) => self.get(&row.id.cast()).map(Some),
            None => Ok(None),
        }
    }

    /// When the archive says that it received a record.
    ///
    /// # Errors
    /// When the index fails.
    pub fn received<K>(&self, id: &Id<K>) -> Result<Option<Timestamp>, SnapshotError> {
        Ok(self.naming(id, Link::Received)?.first().and_then(|r| r.time))
    }

    /// The words of the person who sent a correction.
    ///
    /// # Errors
    /// A finding when they are missing (withheld), damaged or malformed.
    pub fn reply(&self, correction: &Correction) -> Result<ReplyText, SnapshotError> {
        let bytes = self.content(&correction.content)?;
        ReplyText::from_bytes(&bytes).map_err(|e| {
            SnapshotError::Broken(Finding::new(
                Code::RecordMalformed,
                correction.content.name.to_string(),
                e.to_string(),
            ))
        })
    }

    /// The evidence offered with a correction.
    ///
    /// # Errors
    /// A finding when a record is missing or damaged.
    pub fn evidence(&self, correction: &Correction) -> Result<Vec<Held<Evidence>>, SnapshotError> {
        correction.evidence.iter().map(|id| self.get(id)).collect()
    }

    /// The name of an agent, for the screen.
    ///
    /// # Errors
    /// A finding when its record is missing or damaged.
    pub fn agent_name(&self, id: &Id<Agent>) -> Result<String, SnapshotError> {
        Ok(self.get(id)?.record.name)
    }

    /// The shortest short id of this record that fits no other of its kind.
    ///
    /// # Errors
    /// When the index fails.
    pub fn short_id<K>(&self, kind: Kind, id: &Id<K>) -> Result<String, SnapshotError> {
        let mut digits = 6;
        while digits < 64 {
            let hex = id.digest().short(digits);
            let mut like = query::by_prefix(self.conn, &hex, Some(kind), 2)?.len();
            if kind == Kind::Revision {
                like += self.inner_prefixed(&hex, 2)?.len();
            }
            if like < 2 {
                break;
            }
            digits += 2;
        }
        Ok(crate::model::short_id(kind, id, digits))
    }

    /// A record's id, its kind forgotten, in the form people cite.
    ///
    /// # Errors
    /// When the index fails.
    pub fn short_any(&self, id: &Id<Any>) -> Result<String, SnapshotError> {
        let kind = self.row(id.digest())?.map_or(Kind::Unknown, |r| r.kind);
        self.short_id(kind, id)
    }
}

fn decoded(bytes: &dyn Bytes, id: &Digest) -> Result<Record, SnapshotError> {
    let bytes = bytes.record(id)?;
    Record::decode(&bytes).map_err(|e| {
        SnapshotError::Broken(Finding::new(Code::RecordMalformed, id.to_string(), e.to_string()))
    })
}

fn typed<T: Typed>(id: &Id<Any>, record: Record) -> Result<T, SnapshotError> {
    let found = record.kind();
    T::from_record(record)
        .ok_or_else(|| broken(id, Code::LinkBroken, format!("is a {found}, not a {}", T::KIND)))
}

fn broken(id: &Id<Any>, code: Code, text: String) -> SnapshotError {
    SnapshotError::Broken(Finding::new(code, id.to_string(), text))
}
