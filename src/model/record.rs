//! Any record: its kind, its one spelling, its id, and what it points to.

use std::fmt;

use serde::Deserialize;

use super::canon::{self, CanonError};
use super::head::Headed;
use super::link::{ContentUse, Link};
use super::names::Names;
use super::{
    Account, Agent, Assessment, Attestation, Citation, Claim, Copy, Correction, Decision, Event,
    Evidence, History, Import, Intake, Key, Part, Place, Policy, Question, Relation,
    Responsibility, Revision, Saying, Search, Selector, Signature, Source,
};
use crate::dates::Timestamp;
use crate::digest::{Any, Digest, Id};

/// A record is at most this many bytes.
pub const RECORD_LIMIT: usize = 64 * 1024;

/// Why bytes are not a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Not a document in the one spelling.
    #[error(transparent)]
    Canon(#[from] CanonError),
    /// A known kind with a field too many, too few or of another type.
    #[error("{kind}: {what}")]
    Fields {
        /// The kind.
        kind: String,
        /// What the reader says.
        what: String,
    },
    /// Too long.
    #[error("a record of {0} bytes is longer than {RECORD_LIMIT}")]
    TooLong(usize),
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $kind:literal, $letter:literal;)+) => {
        /// The kinds of record that this program understands.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind {
            $($(#[$doc])* $name,)+
            /// A kind of a later version: its id and log are still verified.
            Unknown,
        }

        /// A record of any kind.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Record {
            $($(#[$doc])* $name($name),)+
            /// Not understood: kept as it is.
            Unknown {
                /// Its kind as written.
                kind: String,
            },
        }

        impl Kind {
            /// Every kind that is understood.
            pub const ALL: &'static [Kind] = &[$(Kind::$name),+];

            /// The kind as written in records, `correction/1`.
            pub const fn name(self) -> &'static str {
                match self { $(Kind::$name => $kind,)+ Kind::Unknown => "unknown" }
            }

            /// The letter before short ids of this kind.
            pub const fn letter(self) -> char {
                match self { $(Kind::$name => $letter,)+ Kind::Unknown => '?' }
            }

            /// The JSON Schema of the kind's fields (draft 2020-12).
            pub fn schema(self) -> Option<schemars::Schema> {
                match self { $(Kind::$name => Some(schemars::schema_for!($name)),)+ Kind::Unknown => None }
            }
        }

        impl Record {
            /// The kind.
            pub const fn kind(&self) -> Kind {
                match self { $(Record::$name(_) => Kind::$name,)+ Record::Unknown { .. } => Kind::Unknown }
            }

            fn headed(&self) -> Option<&dyn Headed> {
                match self { $(Record::$name(r) => Some(r),)+ Record::Unknown { .. } => None }
            }

            fn names(&self) -> Option<&dyn Names> {
                match self { $(Record::$name(r) => Some(r),)+ Record::Unknown { .. } => None }
            }

            fn spelled(&self) -> Result<Vec<u8>, CanonError> {
                match self {
                    $(Record::$name(r) => canon::encode($kind, r),)+
                    Record::Unknown { kind } => Err(CanonError::Toml(format!("records of kind {kind:?} cannot be written"))),
                }
            }

            /// Reads a record: an unknown kind is kept opaque, an unknown
            /// field of a known kind or another spelling is refused.
            ///
            /// # Errors
            /// [`RecordError`], with the field or line at fault.
            pub fn decode(bytes: &[u8]) -> Result<Self, RecordError> {
                if bytes.len() > RECORD_LIMIT {
                    return Err(RecordError::TooLong(bytes.len()));
                }
                let (kind, table) = canon::parse(bytes)?;
                let record = match kind.as_str() {
                    $($kind => Record::$name($name::deserialize(table).map_err(|e| RecordError::Fields {
                        kind, what: e.to_string().trim().replace('\n', " ") })?),)+
                    _ => return Ok(Record::Unknown { kind }),
                };
                canon::same_spelling(&record.spelled()?, bytes)?;
                Ok(record)
            }
        }

        $(
            impl From<$name> for Record {
                fn from(r: $name) -> Self { Record::$name(r) }
            }
            impl Typed for $name {
                const KIND: Kind = Kind::$name;
                fn from_record(r: Record) -> Option<Self> {
                    match r { Record::$name(r) => Some(r), _ => None }
                }
            }
        )+
    };
}

/// A Rust type that is one kind of record.
pub trait Typed: Sized {
    /// The kind.
    const KIND: Kind;
    /// The record as this type, if it is of this kind.
    fn from_record(r: Record) -> Option<Self>;
}

kinds! {
    /// A work or document.
    Source = "source/1", 'S';
    /// One state of a text.
    Revision = "revision/1", 'V';
    /// A reply.
    Correction = "correction/1", 'C';
    /// An editor's answer.
    Decision = "decision/1", 'D';
    /// A person, body, side or program.
    Agent = "agent/1", 'A';
    /// What a reply rests on.
    Evidence = "evidence/1", 'E';
    /// A public key.
    Key = "key/1", 'K';
    /// What the archive is.
    Policy = "policy/1", 'P';
    /// A seal.
    Attestation = "attestation/1", 'T';
    /// When records were received.
    Intake = "intake/1", 'I';
    /// Where foreign records came from.
    Import = "import/1", 'X';
    /// Many revisions of a text, made elsewhere.
    History = "history/1", 'U';
    /// A piece of a source.
    Part = "part/1", 'F';
    /// A sheet of a document.
    Copy = "copy/1", 'Z';
    /// A place with its names.
    Place = "place/1", 'O';
    /// A grouping of accounts.
    Event = "event/1", 'N';
    /// One telling of an event.
    Account = "account/1", 'W';
    /// What is asked.
    Question = "question/1", 'Q';
    /// What one text says to a question.
    Claim = "claim/1", 'M';
    /// One link of an attribution chain.
    Saying = "saying/1", 'Y';
    /// A judgement.
    Assessment = "assessment/1", 'J';
    /// What one text has to do with another.
    Relation = "relation/1", 'L';
    /// A signature in ink.
    Signature = "signature/1", 'G';
    /// What somebody had to do with a document.
    Responsibility = "responsibility/1", 'B';
    /// What was looked for.
    Search = "search/1", 'H';
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Kind {
    /// The word people use for the kind: its name without the version.
    pub fn word(self) -> &'static str {
        self.name().split('/').next().unwrap_or_default()
    }

    /// Whether records of this kind have a name for addresses, `event/…`.
    pub fn is_named(self) -> bool {
        matches!(
            self,
            Kind::Event
                | Kind::Question
                | Kind::Claim
                | Kind::Copy
                | Kind::Evidence
                | Kind::Assessment
                | Kind::Search
        )
    }

    /// The kind whose short ids begin with this letter.
    pub fn of_letter(letter: char) -> Option<Kind> {
        Self::ALL.iter().copied().find(|k| k.letter() == letter)
    }

    /// The kind written so in records, or [`Kind::Unknown`].
    pub fn of_name(name: &str) -> Kind {
        Self::ALL.iter().copied().find(|k| k.name() == name).unwrap_or(Kind::Unknown)
    }
}

impl Record {
    /// Writes the record in the one spelling and names it.
    ///
    /// # Errors
    /// When it is longer than [`RECORD_LIMIT`] or of an unknown kind.
    pub fn encode(&self) -> Result<(Id<Any>, Vec<u8>), RecordError> {
        let bytes = self.spelled()?;
        if bytes.len() > RECORD_LIMIT {
            return Err(RecordError::TooLong(bytes.len()));
        }
        Ok((Id::new(Digest::of(&bytes)), bytes))
    }

    /// The time that its maker claims, or at which it was received.
    pub fn time(&self) -> Option<Timestamp> {
        self.headed().and_then(Headed::time)
    }

    /// The archive in which it was first made.
    pub fn origin(&self) -> Option<&str> {
        self.headed().map(Headed::origin)
    }

    /// The fingerprint of the key that must seal it, if it names one.
    pub fn sealing_key(&self) -> Option<&str> {
        self.headed().and_then(Headed::sealing_key)
    }

    /// The records that it names, and why.
    pub fn links(&self) -> Vec<(Link, Id<Any>)> {
        let mut out = Vec::new();
        if let Some(maker) = self.headed().and_then(Headed::maker) {
            out.push((Link::Maker, maker.any()));
        }
        if let Some(names) = self.names() {
            names.links(&mut |link, id| out.push((link, id)));
            out.extend(names.selectors().iter().map(|s| (Link::Cited, s.revision.any())));
        }
        out
    }

    /// Says which description of the same thing this one replaces, where the
    /// kind has such.
    pub fn set_parent(&mut self, parent: Option<Id<Any>>) {
        match self {
            Record::Source(r) => r.parent = parent.map(|id| id.cast()),
            Record::Agent(r) => r.parent = parent.map(|id| id.cast()),
            Record::Part(r) => r.parent = parent.map(|id| id.cast()),
            Record::Copy(r) => r.parent = parent.map(|id| id.cast()),
            Record::Place(r) => r.parent = parent.map(|id| id.cast()),
            Record::Event(r) => r.parent = parent.map(|id| id.cast()),
            Record::Question(r) => r.parent = parent.map(|id| id.cast()),
            Record::Claim(r) => r.parent = parent.map(|id| id.cast()),
            Record::Assessment(r) => r.parent = parent.map(|id| id.cast()),
            _ => {}
        }
    }

    /// Where in texts it points.
    pub fn selectors(&self) -> Vec<&Selector> {
        self.names().map(Names::selectors).unwrap_or_default()
    }

    /// Where in texts it points, with the lines as cited.
    pub fn citations(&self) -> Vec<&Citation> {
        self.names().map(Names::citations).unwrap_or_default()
    }

    /// The passages that it points into: the first and the last one of each
    /// place.
    pub fn passages(&self) -> Vec<Digest> {
        self.selectors().iter().flat_map(|s| [Some(s.passage), s.last]).flatten().collect()
    }

    /// The content objects that it names, and whether they are salted.
    pub fn contents(&self) -> Vec<ContentUse> {
        self.names().map(Names::contents).unwrap_or_default()
    }

    /// The name by which people call it: siglum of a source, name of an agent.
    pub fn called(&self) -> Option<&str> {
        self.names().and_then(Names::called)
    }
}

/// A short id for the screen: the kind's letter and at least six hexadecimal
/// digits, `C-1a2b3c`.
pub fn short_id<K>(kind: Kind, id: &Id<K>, digits: usize) -> String {
    format!("{}-{}", kind.letter(), id.digest().short(digits.max(6)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples;

    #[test]
    fn every_kind_round_trips_and_names_itself() {
        for r in samples::all() {
            let (id, bytes) = r.encode().unwrap();
            assert_eq!(Digest::of(&bytes), *id.digest());
            assert_eq!(Record::decode(&bytes).unwrap(), r, "{}", r.kind());
        }
        assert_eq!(samples::all().len(), Kind::ALL.len(), "a sample of each kind");
    }

    #[test]
    fn unknown_kinds_are_kept_and_unknown_fields_refused() {
        let r = Record::decode(b"kind = \"claim/7\"\nwhat = 1\n").unwrap();
        assert_eq!(r, Record::Unknown { kind: "claim/7".into() });

        for r in samples::all() {
            let mut bytes = r.encode().unwrap().1;
            bytes.extend(b"extra = 1\n");
            let e = Record::decode(&bytes).unwrap_err();
            assert!(
                matches!(&e, RecordError::Fields { what, .. } if what.contains("extra")),
                "{e}"
            );
        }
    }

    #[test]
    fn another_order_of_fields_is_refused() {
        let (_, bytes) = samples::all()[0].encode().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let mut lines: Vec<_> = text.lines().collect();
        lines.swap(1, 2);
        let e = Record::decode((lines.join("\n") + "\n").as_bytes()).unwrap_err();
        assert!(matches!(e, RecordError::Canon(CanonError::OtherSpelling { line: 2, .. })), "{e}");
    }

    #[test]
    fn long_records_are_refused_before_they_are_parsed() {
        assert_eq!(
            Record::decode(&vec![b'x'; RECORD_LIMIT + 1]),
            Err(RecordError::TooLong(RECORD_LIMIT + 1))
        );
    }

    #[test]
    fn letters_are_not_shared() {
        let mut letters: Vec<_> = Kind::ALL.iter().map(|k| k.letter()).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), Kind::ALL.len());
        assert!(!letters.contains(&'R'), "R- is a receipt");
    }
}
