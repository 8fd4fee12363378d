//! In which text of a history a phrase was first seen.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Past, PastRevision};
use crate::attribution::Phrases;

/// Where phrases were first seen.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FirstAnswer {
    /// The history, or the text of the archive.
    pub source: String,
    /// One item a phrase, in the order asked.
    pub items: Vec<FirstSeen>,
    /// Texts searched, the oldest first.
    pub searched: u32,
    /// What was compared, and what that does not see.
    pub rule: String,
    /// What was not searched.
    pub not_searched: String,
}

/// Where one phrase was first seen.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FirstSeen {
    /// The phrase, as it was asked.
    pub phrase: String,
    /// Was it seen in any text?
    pub found: bool,
    /// The first text that has it.
    pub first: Option<PastRevision>,
    /// First byte in that text.
    pub start: Option<usize>,
    /// End byte, exclusive.
    pub end: Option<usize>,
    /// The words as they stand there.
    pub text: Option<String>,
    /// Did all of its words come with that text? Otherwise some stood before,
    /// and this text put them together.
    pub together: Option<bool>,
    /// The texts that its words are first present in, in order of the phrase.
    pub words_from: Vec<PastRevision>,
    /// Does it stand in the last text?
    pub stands: bool,
}

/// By which rule phrases are looked for.
pub const RULE: &str = "words and marks in a row, equal but for line ends, spaces, broken and compound words, and the form of quotes and dashes; capitals count; the first text counts, also where the phrase was deleted later and came back";

impl Past {
    /// Where each phrase was first seen, in the order asked.
    pub fn first_seen(&self) -> FirstAnswer {
        let found = self.history.phrases();
        let now = Phrases::in_text(self.phrases.iter().map(String::as_str), self.history.text());
        let item = |(n, phrase): (usize, &String)| {
            let first = found.first(n);
            let from = first.map_or(&[][..], |f| &f.origins);
            FirstSeen {
                phrase: phrase.clone(),
                found: first.is_some(),
                first: first.map(|f| self.revision(f.revision)),
                start: first.map(|f| f.start),
                end: first.map(|f| f.end),
                text: first.map(|f| f.text.clone()),
                together: first.map(|f| f.origins.iter().all(|o| o.revision == f.revision)),
                words_from: from.iter().map(|o| self.revision(o.revision)).collect(),
                stands: now.first(n).is_some(),
            }
        };
        FirstAnswer {
            source: self.source.clone(),
            items: self.phrases.iter().enumerate().map(item).collect(),
            searched: self.history.len(),
            rule: RULE.to_owned(),
            not_searched: "texts that are not in this history; other spellings; translations"
                .to_owned(),
        }
    }
}
