//! The codes of a checked quotation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a quotation stands beside the text it was taken from. Codes may be
/// added, never changed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum QuotationVerdict {
    /// The words stand in the text as quoted, at the place that is cited, if
    /// one is. Layout, and the kind of quotation marks and dashes, may differ.
    Exact,
    /// The words stand there as quoted, but not at the line or page cited.
    Shifted,
    /// Words were left out, and marks of omission say so.
    LeftOutMarked,
    /// Words were left out silently.
    LeftOut,
    /// The same words stand there in another order.
    OrderChanged,
    /// Other words stand there.
    WordsDiffer,
    /// The words stand in another text than the one that is named.
    OtherText,
    /// A text is named that is not here, or not supplied.
    NotHeld,
    /// The words stand in none of the texts at hand.
    NotFound,
}

impl QuotationVerdict {
    /// All of them, in the order in which they are listed.
    pub const ALL: [QuotationVerdict; 9] = [
        Self::Exact,
        Self::Shifted,
        Self::LeftOutMarked,
        Self::LeftOut,
        Self::OrderChanged,
        Self::WordsDiffer,
        Self::OtherText,
        Self::NotHeld,
        Self::NotFound,
    ];

    /// The code as written, `words-differ`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Shifted => "shifted",
            Self::LeftOutMarked => "left-out-marked",
            Self::LeftOut => "left-out",
            Self::OrderChanged => "order-changed",
            Self::WordsDiffer => "words-differ",
            Self::OtherText => "other-text",
            Self::NotHeld => "not-held",
            Self::NotFound => "not-found",
        }
    }

    /// Whether there is something for a person to look at: all but words that
    /// stand as quoted, or with a marked omission.
    pub fn is_finding(self) -> bool {
        !matches!(self, Self::Exact | Self::LeftOutMarked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_json() {
        for verdict in QuotationVerdict::ALL {
            assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.name());
        }
    }
}
