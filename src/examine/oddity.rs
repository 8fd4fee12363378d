//! What `examine` says: a code, a place, and one sentence.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of oddity it is. Codes may be added, never changed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum OddityCode {
    /// A weekday is named with a date that was another weekday.
    WeekdayMismatch,
    /// A dated entry of a chronicle stands before one that is earlier.
    ChronicleOrder,
    /// A range of dates, years or pages ends before it begins.
    ImpossibleRange,
    /// The same passage stands twice, perhaps reworded.
    NearCopy,
    /// Words in quotation marks nearly match another place, but differ.
    QuotationDiffers,
    /// A reference whose target is missing, stands several times, or seems to
    /// be another one.
    ReferenceDangling,
    /// Numbers given as parts do not give the number named as their total.
    SumMismatch,
    /// One person, it seems, under several spellings. A proposal.
    NameVariants,
    /// Several persons, it seems, under one surname, or a wrong given name. A
    /// proposal.
    NameShared,
    /// Letters of one script inside words or sentences of another.
    MixedScript,
}

impl OddityCode {
    /// All codes, in the order in which they are listed.
    pub const ALL: [OddityCode; 10] = [
        Self::WeekdayMismatch,
        Self::ChronicleOrder,
        Self::ImpossibleRange,
        Self::NearCopy,
        Self::QuotationDiffers,
        Self::ReferenceDangling,
        Self::SumMismatch,
        Self::NameVariants,
        Self::NameShared,
        Self::MixedScript,
    ];

    /// The code as written, `weekday-mismatch`.
    pub fn name(self) -> &'static str {
        match self {
            Self::WeekdayMismatch => "weekday-mismatch",
            Self::ChronicleOrder => "chronicle-order",
            Self::ImpossibleRange => "impossible-range",
            Self::NearCopy => "near-copy",
            Self::QuotationDiffers => "quotation-differs",
            Self::ReferenceDangling => "reference-dangling",
            Self::SumMismatch => "sum-mismatch",
            Self::NameVariants => "name-variants",
            Self::NameShared => "name-shared",
            Self::MixedScript => "mixed-script",
        }
    }

    /// Whether it only proposes something for a person to decide, and says
    /// nothing is wrong.
    pub fn is_proposal(self) -> bool {
        matches!(self, Self::NameVariants | Self::NameShared)
    }
}

impl std::fmt::Display for OddityCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that is no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is no code of a finding; the codes are: {}", OddityCode::ALL.map(OddityCode::name).join(", "))]
pub struct UnknownCode {
    /// The word.
    word: String,
}

impl std::str::FromStr for OddityCode {
    type Err = UnknownCode;

    fn from_str(word: &str) -> Result<Self, UnknownCode> {
        let found = Self::ALL.into_iter().find(|c| c.name() == word);
        found.ok_or_else(|| UnknownCode { word: word.to_string() })
    }
}

/// One thing that a text says against itself, or against a text held beside
/// it. Byte ranges are end exclusive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Oddity {
    /// What kind it is.
    pub code: OddityCode,
    /// Where it stands: bytes of the text examined.
    pub span: Range<usize>,
    /// What stands there, shortened, as read.
    pub said: String,
    /// The places it is held against; empty where it contradicts the calendar
    /// or itself.
    pub against: Vec<Range<usize>>,
    /// The name of the held text that `against` lies in; `None`: the text
    /// examined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
    /// What is odd, in one sentence for people.
    pub text: String,
    /// How alike two passages, wordings or names are, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

impl Oddity {
    /// An oddity of one place alone.
    pub(super) fn new(
        code: OddityCode,
        span: Range<usize>,
        said: &str,
        text: impl Into<String>,
    ) -> Self {
        Self {
            code,
            span,
            said: shortened(said),
            against: Vec::new(),
            held: None,
            text: text.into(),
            score: None,
        }
    }

    /// Held against other places of the text.
    pub(super) fn against(mut self, places: impl IntoIterator<Item = Range<usize>>) -> Self {
        self.against.extend(places);
        self
    }

    /// With a likeness from 0 to 1, rounded to hundredths.
    pub(super) fn scored(mut self, score: f64) -> Self {
        self.score = Some((score * 100.0).round() / 100.0);
        self
    }
}

/// Most characters of [`Oddity::said`].
const SAID: usize = 160;

/// A phrase on one line, cut in its middle when it is long.
pub(super) fn shortened(phrase: &str) -> String {
    let line = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = line.chars().count();
    if count <= SAID {
        return line;
    }
    let half = SAID / 2 - 2;
    let head: String = line.chars().take(half).collect();
    let tail: String = line.chars().skip(count - half).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_json() {
        for code in OddityCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.name());
        }
    }

    #[test]
    fn long_phrases_are_cut_in_the_middle() {
        assert_eq!(shortened("a\n b"), "a b");
        let long = "word ".repeat(100);
        assert!(shortened(&long).chars().count() <= SAID);
        assert!(shortened(&long).contains(" … "));
    }
}
