//! What every record made by somebody begins with.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Sixteen random bytes, written as 32 lower-case hexadecimal digits: two
/// equal replies in one second are two records.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nonce([u8; 16]);

impl Nonce {
    /// Takes 16 bytes of entropy.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nonce({self})")
    }
}

impl FromStr for Nonce {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let bad = || format!("not 32 lower-case hexadecimal digits: {s:?}");
        if s.len() != 32 || s.bytes().any(|b| !matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(bad());
        }
        let mut out = [0u8; 16];
        for (n, byte) in out.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&s[2 * n..2 * n + 2], 16).map_err(|_| bad())?;
        }
        Ok(Self(out))
    }
}

impl Serialize for Nonce {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Nonce {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Nonce {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Nonce".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{32}$", "description": "16 random bytes" })
    }
}

/// What every kind says of its making.
pub(super) trait Headed {
    /// The archive in which it was first made.
    fn origin(&self) -> &str;
    /// Who made it.
    fn maker(&self) -> Option<crate::digest::Id<super::Agent>> {
        None
    }
    /// The key that must seal it.
    fn sealing_key(&self) -> Option<&str> {
        None
    }
    /// The time that it states.
    fn time(&self) -> Option<crate::dates::Timestamp> {
        None
    }
}

/// Declares a kind of record: its own fields after the common ones, in the
/// order in which they are written.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The archive in which the record was first made: its log's origin.
            pub origin: String,
            /// Who made it; absent where the person is named, if at all, in
            /// the content that the record commits to.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub maker: Option<$crate::digest::Id<$crate::model::Agent>>,
            /// Fingerprint of the key that seals the record, when one does:
            /// an attestation must then follow.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            /// When its maker says that it was made.
            pub time: $crate::dates::Timestamp,
            /// Sets equal records of one second apart; absent in records that
            /// are rebuilt from drafts.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub nonce: Option<$crate::model::Nonce>,
            $($(#[$fdoc])* pub $field: $ty,)*
        }
        impl $crate::model::head::Headed for $name {
            fn origin(&self) -> &str { &self.origin }
            fn maker(&self) -> Option<$crate::digest::Id<$crate::model::Agent>> { self.maker }
            fn sealing_key(&self) -> Option<&str> { self.key.as_deref() }
            fn time(&self) -> Option<$crate::dates::Timestamp> { Some(self.time) }
        }
    };
}
pub(super) use record;
