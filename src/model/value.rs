//! What a claim says: typed values, and dates as told.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Agent, DateComponent, DateRole, Place, Selector};
use crate::dates::Edtf;
use crate::digest::{Any, Id};

/// A place in a text that somebody points to: bytes by passage digest, and
/// the lines that a person would look up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The bytes.
    pub selector: Selector,
    /// First and last line, from 1.
    pub lines: [u64; 2],
}

/// A date as told: what can be computed with, beside the words (law 8).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// In EDTF (levels 0 and 1, sets of level 2); absent where the words
    /// cannot be put so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edtf: Option<Edtf>,
    /// The date words as they stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// The date of what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<DateRole>,
    /// The zone of its hours, as told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The document has room for a date and leaves it blank.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blank: bool,
    /// Components that come from elsewhere than the words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supplied: Vec<Supplied>,
}

impl When {
    /// A date as a person typed it: words, and EDTF where they are that.
    pub fn typed(words: &str) -> Self {
        match words.trim().parse() {
            Ok(edtf) => Self { edtf: Some(edtf), ..Self::default() },
            Err(_) => Self { told: Some(words.trim().to_string()), ..Self::default() },
        }
    }
}

impl std::fmt::Display for When {
    /// The words as told where there are any, else the EDTF.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.told, &self.edtf) {
            (Some(told), Some(edtf)) if *told != edtf.to_string() => write!(f, "{told} [{edtf}]"),
            (Some(told), _) => f.write_str(told),
            (None, Some(edtf)) => write!(f, "{edtf}"),
            (None, None) => f.write_str("left blank"),
        }
    }
}

/// A component of a date that was taken from another place: a derivation that
/// can be contested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Supplied {
    /// Which component.
    pub component: DateComponent,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Citation>,
    /// On what ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A whole number, or the bounds of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// The least it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The most it is; equal to `min` for a plain number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// Of what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Told as "about".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub about: bool,
}

/// One value that a claim gives to its question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Value {
    /// A date.
    Date(When),
    /// A place.
    #[serde(rename = "place")]
    Where(Id<Place>),
    /// Persons, bodies or sides, in the order told.
    Agents(Vec<Id<Agent>>),
    /// A number.
    Number(Amount),
    /// Words: a disputed word, or a short paraphrase.
    Text(String),
    /// Yes or no.
    Yes(bool),
    /// Anything recorded.
    Ref(Id<Any>),
    /// The text has room for it and leaves it blank.
    Blank,
}
