//! `examine --copies`: passages that several texts share, or that stand twice in
//! one.

use schemars::JsonSchema;
use serde::Serialize;

use crate::examine;

use super::at_hand::{AtHand, ComparedText, PlaceIn};

/// Passages that stand in several places.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReusedAnswer {
    /// The texts that were compared, in the order in which places are told.
    pub texts: Vec<ComparedText>,
    /// Sources that are known and whose text is not here.
    pub not_supplied: Vec<String>,
    /// The passages, in order of their first place.
    pub findings: Vec<ReusedPassage>,
}

/// A passage that stands in several places.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReusedPassage {
    /// Its number, from 1.
    pub number: usize,
    /// The first place, in the order of the texts; not therefore the older.
    pub place: PlaceIn,
    /// Its words.
    pub words: usize,
    /// It stands in quotation marks there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub quoted: bool,
    /// What stands there, shortened, as read.
    pub said: String,
    /// The other places.
    pub again: Vec<ReusedAgain>,
}

/// Another place of a passage.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReusedAgain {
    /// Where.
    pub place: PlaceIn,
    /// Its words.
    pub words: usize,
    /// It stands in quotation marks there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub quoted: bool,
    /// Words of the first place that stand here too, in order.
    pub same: usize,
    /// Share of the words of both places that both have, 0 to 1.
    pub share: f64,
    /// Words that read otherwise.
    pub differences: Vec<ReadOtherwise>,
}

/// Words that read otherwise in another place.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReadOtherwise {
    /// The words here, shortened, as read; empty where there are none.
    pub said: String,
    /// First byte here.
    pub start: usize,
    /// End byte here, exclusive.
    pub end: usize,
    /// The words there.
    pub stands: String,
    /// First byte there.
    pub there_start: usize,
    /// End byte there, exclusive.
    pub there_end: usize,
}

impl From<examine::Difference> for ReadOtherwise {
    fn from(d: examine::Difference) -> Self {
        Self {
            said: d.said,
            start: d.here.start,
            end: d.here.end,
            stands: d.stands,
            there_start: d.there.start,
            there_end: d.there.end,
        }
    }
}

/// Finds the passages that the texts share, in one pass over all of them.
pub fn reused(texts: &AtHand) -> ReusedAnswer {
    let again = |a: examine::Again| ReusedAgain {
        place: texts.place(a.place.text, &a.place.span),
        words: a.place.words,
        quoted: a.place.quoted,
        same: a.same,
        share: a.share,
        differences: a.differences.into_iter().map(Into::into).collect(),
    };
    let findings = (1..).zip(examine::reused(&texts.held())).map(|(number, r)| ReusedPassage {
        number,
        place: texts.place(r.place.text, &r.place.span),
        words: r.place.words,
        quoted: r.place.quoted,
        said: r.said,
        again: r.again.into_iter().map(again).collect(),
    });
    ReusedAnswer {
        findings: findings.collect(),
        texts: texts.compared(),
        not_supplied: texts.not_supplied(),
    }
}
