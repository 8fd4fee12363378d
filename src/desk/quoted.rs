//! `examine --quotes`: the quotations of a file held against the texts at hand.

use schemars::JsonSchema;
use serde::Serialize;

use crate::examine::{self, QuotationVerdict};
use crate::text::View;

use super::DeskError;
use super::at_hand::{AtHand, ComparedText, PlaceIn};
use super::reused::ReadOtherwise;

/// The quotations of a text, checked.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct QuotationsAnswer {
    /// The text that was examined.
    pub examined: String,
    /// The texts that its quotations were looked up in.
    pub texts: Vec<ComparedText>,
    /// Sources that are known and whose text is not here.
    pub not_supplied: Vec<String>,
    /// How many quotations have each verdict.
    pub counts: Vec<VerdictCount>,
    /// Words in quotation marks that were passed over: fewer than four, or
    /// mostly capitals, as titles and names are.
    pub passed_over: usize,
    /// The quotations, in order.
    pub items: Vec<CheckedQuote>,
}

/// How many quotations have a verdict.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VerdictCount {
    /// The verdict.
    pub verdict: QuotationVerdict,
    /// So many.
    pub count: usize,
}

/// A quotation, checked.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CheckedQuote {
    /// Its number, from 1.
    pub number: usize,
    /// The verdict.
    pub verdict: QuotationVerdict,
    /// There is something for a person to look at.
    pub finding: bool,
    /// Where it stands in the text examined.
    pub at: PlaceIn,
    /// The words, shortened, as read.
    pub said: String,
    /// How many words.
    pub words: usize,
    /// The text that is named beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributed: Option<AttributedTo>,
    /// Where the words stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceIn>,
    /// Other places where they stand just so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<PlaceIn>,
    /// How much of the weight of the words both have, rare words weighing
    /// more; 1 for the same words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// What reads otherwise there, or was left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<ReadOtherwise>,
    /// The verdict in one sentence.
    pub text: String,
}

/// The text that is named beside a quotation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AttributedTo {
    /// The texts that the name fits: `M@1` where it is at hand, else the siglum.
    pub to: Vec<String>,
    /// The name as written.
    pub written: String,
    /// Its first byte in the text examined.
    pub start: usize,
    /// Its end byte, exclusive.
    pub end: usize,
    /// First and last line that is cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<(usize, usize)>,
    /// First and last page of print that is cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<(u32, u32)>,
}

/// Checks every quotation of a file; it need not be part of the archive.
///
/// # Errors
/// When the file is no text.
pub fn check_quotations(
    name: &str,
    bytes: Vec<u8>,
    texts: &AtHand,
) -> Result<QuotationsAnswer, DeskError> {
    let view = View::of(super::diff::plain_text(name, bytes)?);
    let known = texts.known();
    let checked = examine::check_quotations(&view, &texts.held(), &known);
    let attributed = |a: examine::Attribution| AttributedTo {
        to: a
            .known
            .iter()
            .map(|n| match known[*n].held {
                Some(held) => texts.texts[held].name.clone(),
                None => known[*n].siglum.to_string(),
            })
            .collect(),
        written: a.written,
        start: a.span.start,
        end: a.span.end,
        lines: a.lines,
        pages: a.pages,
    };
    let mut items = Vec::new();
    for (number, q) in (1..).zip(checked.quotations) {
        let mut item = CheckedQuote {
            number,
            verdict: q.verdict,
            finding: q.verdict.is_finding(),
            at: PlaceIn::new(name, &view, &q.span),
            said: q.said,
            words: q.words,
            attributed: q.attributed.map(attributed),
            place: q.place.map(|(n, span)| texts.place(n, &span)),
            also: q.also.iter().map(|(n, span)| texts.place(*n, span)).collect(),
            score: q.score,
            differences: q.differences.into_iter().map(Into::into).collect(),
            text: String::new(),
        };
        item.text = sentence(&item);
        items.push(item);
    }
    let count = |verdict| VerdictCount {
        verdict,
        count: items.iter().filter(|i| i.verdict == verdict).count(),
    };
    Ok(QuotationsAnswer {
        examined: name.to_string(),
        texts: texts.compared(),
        not_supplied: texts.not_supplied(),
        counts: QuotationVerdict::ALL.into_iter().map(count).filter(|c| c.count > 0).collect(),
        passed_over: checked.passed_over,
        items,
    })
}

/// The verdict as people are told.
fn sentence(q: &CheckedQuote) -> String {
    let place = q.place.as_ref().map(|p| match p.page {
        Some(page) => format!("{} (page {page})", p.address),
        None => p.address.clone(),
    });
    let at = place.unwrap_or_default();
    let named = |a: &AttributedTo| a.to.join(" or ");
    let named = q.attributed.as_ref().map(named).unwrap_or_default();
    match q.verdict {
        QuotationVerdict::Exact => format!("Stands so at {at}."),
        QuotationVerdict::Shifted => {
            format!("The words are right, but stand at {at}, not where they are cited.")
        }
        QuotationVerdict::LeftOutMarked => {
            format!("Stands at {at}; what was left out is marked.")
        }
        QuotationVerdict::LeftOut => format!("Words of {at} were left out, and no mark says so."),
        QuotationVerdict::OrderChanged => format!("The words of {at}, in another order."),
        QuotationVerdict::WordsDiffer => format!("{at} reads otherwise."),
        QuotationVerdict::OtherText => {
            let same =
                if q.differences.is_empty() { "The words stand" } else { "Much like it stands" };
            format!("{same} at {at}; {named}, which is named, does not have them.")
        }
        QuotationVerdict::NotHeld if at.is_empty() => {
            format!("{named}, which is named, is not here to look it up in.")
        }
        QuotationVerdict::NotHeld => {
            format!("{named}, which is named, is not here; the words stand, or nearly, at {at}.")
        }
        QuotationVerdict::NotFound if named.is_empty() => {
            "Stands in none of the texts.".to_string()
        }
        QuotationVerdict::NotFound => {
            format!("Stands neither in {named}, which is named, nor in another text.")
        }
    }
}
