use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Digest, ParseDigestError};

/// Marks an [`Id`] whose kind of record is not known or does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Any {}

/// The name of a record: the SHA-256 of its stored bytes. `K` is the kind of
/// record it names, so that the id of a correction cannot be handed to what
/// expects a revision.
pub struct Id<K = Any> {
    digest: Digest,
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// Names the record whose bytes have this digest.
    pub const fn new(digest: Digest) -> Self {
        Self { digest, kind: PhantomData }
    }

    /// The digest itself.
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The same name, its kind forgotten.
    pub const fn any(&self) -> Id<Any> {
        Id::new(self.digest)
    }

    /// The same name, taken for a record of kind `L`. The caller has looked
    /// at the record, or will.
    pub const fn cast<L>(&self) -> Id<L> {
        Id::new(self.digest)
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.digest.cmp(&other.digest)
    }
}
impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digest.fmt(f)
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.digest.short(12))
    }
}
impl<K> FromStr for Id<K> {
    type Err = ParseDigestError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        s.parse().map(Self::new)
    }
}
impl<K> From<Digest> for Id<K> {
    fn from(digest: Digest) -> Self {
        Self::new(digest)
    }
}
impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.digest.serialize(s)
    }
}
impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Digest::deserialize(d).map(Self::new)
    }
}
impl<K> JsonSchema for Id<K> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
            "description": "the SHA-256 of a record's stored bytes"
        })
    }
}
