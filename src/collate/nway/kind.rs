//! The words for how readings differ.

use schemars::JsonSchema;
use serde::Serialize;

/// How the readings of a row differ. The first of this list that holds, from
/// below, names the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// Every text has the same words, in the same print but for spaces and
    /// line ends.
    Equal,
    /// The same words in another print (broken, hyphenated, with other
    /// quotation marks or dashes); or only words of running heads and page
    /// numbers.
    Layout,
    /// The words differ in punctuation only, or signs without letters stand in
    /// some texts.
    Punctuation,
    /// The words are spellings of each other (see [`super::likeness`]), or one
    /// word written together in one text and apart in another.
    Spelling,
    /// Fewer than half of the texts have words here that the others lack. With
    /// a base: the base lacks them.
    Addition,
    /// At most half of the texts lack words that the others have. With a base:
    /// the base has them.
    Omission,
    /// Other words stand here.
    Word,
    /// The words stand elsewhere in some texts, far or beside their neighbours.
    Transposition,
}

impl RowKind {
    /// Its name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            RowKind::Equal => "equal",
            RowKind::Layout => "layout",
            RowKind::Punctuation => "punctuation",
            RowKind::Spelling => "spelling",
            RowKind::Addition => "addition",
            RowKind::Omission => "omission",
            RowKind::Word => "word",
            RowKind::Transposition => "transposition",
        }
    }
}
