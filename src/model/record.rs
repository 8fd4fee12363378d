//! Any record: its kind, its one spelling, its id, and what it points to.

use std::fmt;

use serde::Deserialize;

use super::canon::{self, CanonError};
use super::{
    Agent, Attestation, Correction, Decision, Evidence, Import, Intake, Key, Policy, Revision,
    Source,
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
                match self { $(Kind::$name => $letter,)+ Kind::Unknown => 'U' }
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

    /// The kind whose short ids begin with this letter.
    pub fn of_letter(letter: char) -> Option<Kind> {
        Self::ALL.iter().copied().find(|k| k.letter() == letter)
    }

    /// The kind written so in records, or [`Kind::Unknown`].
    pub fn of_name(name: &str) -> Kind {
        Self::ALL.iter().copied().find(|k| k.name() == name).unwrap_or(Kind::Unknown)
    }
}

/// What one record has to do with another that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Link {
    /// Made by.
    Maker,
    /// About, answering, sealing.
    Subject,
    /// Replaces or continues.
    Parent,
    /// A revision of.
    Source,
    /// Made by adopting.
    Adopts,
    /// Decided so that this revision exists.
    Revision,
    /// Says the same as.
    SameAs,
    /// Rests on.
    Evidence,
    /// Written by.
    Creator,
    /// Issued by.
    Issuer,
    /// Held by.
    Holder,
    /// Ends.
    Revokes,
    /// Received together.
    Received,
    /// May decide.
    Editor,
    /// Answers words of a passage; the target is the passage's digest, which
    /// names no record.
    Passage,
}

impl Link {
    /// The name under which the index keeps it.
    pub const fn name(self) -> &'static str {
        match self {
            Link::Maker => "maker",
            Link::Subject => "subject",
            Link::Parent => "parent",
            Link::Source => "source",
            Link::Adopts => "adopts",
            Link::Revision => "revision",
            Link::SameAs => "same_as",
            Link::Evidence => "evidence",
            Link::Creator => "creator",
            Link::Issuer => "issuer",
            Link::Holder => "holder",
            Link::Revokes => "revokes",
            Link::Received => "received",
            Link::Editor => "editor",
            Link::Passage => "passage",
        }
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
        Some(match self {
            Record::Source(r) => r.time,
            Record::Revision(r) => r.time,
            Record::Correction(r) => r.time,
            Record::Decision(r) => r.time,
            Record::Agent(r) => r.time,
            Record::Evidence(r) => r.time,
            Record::Key(r) => r.time,
            Record::Policy(r) => r.time,
            Record::Intake(r) => r.received,
            Record::Import(r) => r.time,
            Record::Attestation(_) | Record::Unknown { .. } => return None,
        })
    }

    /// The archive in which it was first made.
    pub fn origin(&self) -> Option<&str> {
        Some(match self {
            Record::Source(r) => &r.origin,
            Record::Revision(r) => &r.origin,
            Record::Correction(r) => &r.origin,
            Record::Decision(r) => &r.origin,
            Record::Agent(r) => &r.origin,
            Record::Evidence(r) => &r.origin,
            Record::Key(r) => &r.origin,
            Record::Policy(r) => &r.origin,
            Record::Attestation(r) => &r.origin,
            Record::Intake(r) => &r.origin,
            Record::Import(r) => &r.origin,
            Record::Unknown { .. } => return None,
        })
    }

    /// The fingerprint of the key that must seal it, if it names one.
    pub fn sealing_key(&self) -> Option<&str> {
        match self {
            Record::Source(r) => r.key.as_deref(),
            Record::Revision(r) => r.key.as_deref(),
            Record::Correction(r) => r.key.as_deref(),
            Record::Decision(r) => r.key.as_deref(),
            Record::Agent(r) => r.key.as_deref(),
            Record::Evidence(r) => r.key.as_deref(),
            Record::Key(r) => r.key.as_deref(),
            Record::Policy(r) => r.key.as_deref(),
            Record::Attestation(_)
            | Record::Intake(_)
            | Record::Import(_)
            | Record::Unknown { .. } => None,
        }
    }

    /// The records that it names, and why.
    pub fn links(&self) -> Vec<(Link, Id<Any>)> {
        let mut out = Vec::new();
        fn put<K>(
            out: &mut Vec<(Link, Id<Any>)>,
            link: Link,
            ids: impl IntoIterator<Item = Id<K>>,
        ) {
            out.extend(ids.into_iter().map(|id| (link, id.any())));
        }
        let maker = match self {
            Record::Source(r) => r.maker,
            Record::Revision(r) => r.maker,
            Record::Correction(r) => r.maker,
            Record::Decision(r) => r.maker,
            Record::Agent(r) => r.maker,
            Record::Evidence(r) => r.maker,
            Record::Key(r) => r.maker,
            Record::Policy(r) => r.maker,
            _ => None,
        };
        put(&mut out, Link::Maker, maker);
        match self {
            Record::Source(r) => {
                put(&mut out, Link::Creator, r.creators.iter().copied());
                put(&mut out, Link::Parent, r.parent);
            }
            Record::Revision(r) => {
                put(&mut out, Link::Source, [r.source]);
                put(&mut out, Link::Parent, r.parent);
                put(&mut out, Link::Issuer, r.issuer);
                put(&mut out, Link::Adopts, r.adopts.iter().copied());
            }
            Record::Correction(r) => {
                put(&mut out, Link::Subject, [r.subject]);
                put(&mut out, Link::Evidence, r.evidence.iter().copied());
                put(&mut out, Link::Parent, r.parent);
            }
            Record::Decision(r) => {
                put(&mut out, Link::Subject, [r.subject]);
                put(&mut out, Link::Revision, r.revision);
                put(&mut out, Link::SameAs, r.same_as);
                put(&mut out, Link::Parent, r.parent);
            }
            Record::Agent(r) => put(&mut out, Link::Parent, r.parent),
            Record::Key(r) => {
                put(&mut out, Link::Holder, r.holder);
                put(&mut out, Link::Revokes, r.revokes);
            }
            Record::Policy(r) => {
                put(&mut out, Link::Editor, r.editors.iter().copied());
                put(&mut out, Link::Parent, r.parent);
            }
            Record::Attestation(r) => put(&mut out, Link::Subject, [r.subject]),
            Record::Intake(r) => put(&mut out, Link::Received, r.ids.iter().copied()),
            Record::Evidence(_) | Record::Import(_) | Record::Unknown { .. } => {}
        }
        out
    }

    /// The passages that it answers words of: the first and the last one.
    pub fn passages(&self) -> Vec<Digest> {
        match self {
            Record::Correction(r) => {
                r.selector.iter().flat_map(|s| [Some(s.passage), s.last]).flatten().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The content objects that it names, and whether they are salted.
    pub fn contents(&self) -> Vec<ContentUse> {
        let of =
            |r: &super::ContentRef| ContentUse { name: r.name, salted: r.salted, stored: true };
        match self {
            Record::Revision(r) => {
                let mut out: Vec<_> =
                    r.edits.iter().chain(r.received.as_ref().map(|r| &r.content)).map(of).collect();
                if let Some(name) = r.text.name() {
                    out.push(ContentUse {
                        name,
                        salted: r.text.sha256.is_none(),
                        stored: r.is_stored(),
                    });
                }
                out.extend(r.text.passages.map(|name| ContentUse {
                    name,
                    salted: false,
                    stored: true,
                }));
                out
            }
            Record::Correction(r) => vec![of(&r.content)],
            Record::Evidence(r) => r.content.iter().map(of).collect(),
            Record::Import(r) => r.proof.iter().map(of).collect(),
            _ => Vec::new(),
        }
    }

    /// The names by which people call it: siglum of a source, name of an agent.
    pub fn called(&self) -> Option<&str> {
        match self {
            Record::Source(r) => Some(&r.siglum),
            Record::Agent(r) => Some(&r.name),
            _ => None,
        }
    }
}

/// A content object that a record names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentUse {
    /// Its name in `content/`.
    pub name: Digest,
    /// The name is a commitment.
    pub salted: bool,
    /// The bytes lie in `content/`; otherwise they follow from edits.
    pub stored: bool,
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
