use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant in UTC, to the second, in one spelling of RFC 3339:
/// `2026-11-22T03:04:05Z`.
///
/// ```
/// use variorum::dates::Timestamp;
/// let t: Timestamp = "1994-05-12T00:01:00Z".parse().unwrap();
/// assert_eq!(t.unix_seconds(), 768_700_860);
/// assert!("1994-05-12T00:01:00+04:00".parse::<Timestamp>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

/// The text was not an instant in the one spelling.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a time in UTC like 2026-11-22T03:04:05Z: {0:?}")]
pub struct ParseTimestampError(pub String);

impl Timestamp {
    /// The instant this many seconds after 1970-01-01T00:00:00Z, or `None`
    /// outside the years 0 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        let t = jiff::Timestamp::from_second(seconds).ok().map(Self)?;
        (t.to_string().len() == 20).then_some(t)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(&self) -> i64 {
        self.0.as_second()
    }

    /// The day alone, `2026-11-22`, in UTC.
    pub fn day(&self) -> String {
        self.0.strftime("%Y-%m-%d").to_string()
    }

    /// Day and minute for the screen, `2026-11-22 03:04`, in UTC.
    pub fn minute(&self) -> String {
        self.0.strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The spelling that OpenSSH's `allowed_signers` takes: `20261122030405Z`.
    pub fn openssh(&self) -> String {
        self.0.strftime("%Y%m%d%H%M%SZ").to_string()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m-%dT%H:%M:%SZ"))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let bad = || ParseTimestampError(s.chars().take(40).collect());
        let t = Self(s.parse().map_err(|_| bad())?);
        // One instant, one spelling: offsets, fractions and lower case are
        // refused, so that a record cannot be written in two ways.
        if s.len() == 20 && t.to_string() == s { Ok(t) } else { Err(bad()) }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = std::borrow::Cow::<str>::deserialize(d)?;
        s.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
            "description": "an instant in UTC, RFC 3339, to the second"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling() {
        let t: Timestamp = "2026-11-22T03:04:05Z".parse().unwrap();
        assert_eq!(t.to_string(), "2026-11-22T03:04:05Z");
        assert_eq!(t.openssh(), "20261122030405Z");
        for s in [
            "2026-11-22T03:04:05.5Z",
            "2026-11-22t03:04:05z",
            "2026-11-22 03:04:05Z",
            "now",
            "",
            "-000001-01-01T00:00:00Z",
        ] {
            assert!(s.parse::<Timestamp>().is_err(), "{s}");
        }
    }
}
