//! The entry: reads the text once, then asks each detector.

use super::given::Given;
use super::oddity::Oddity;
use super::prose::{Lexicon, Prose};
use super::quotation_differs::Source;
use super::word_index::WordIndex;
use super::{
    chronicle_order, dates, impossible_range, mixed_script, name_shared, name_variants, near_copy,
    numbered_heads, people, quotation_differs, quotation_marks, reference_dangling, sum_mismatch,
    weekday_mismatch,
};
use crate::text::View;

/// Looks for everything that a text says against itself, in order of the
/// text. The same text gives the same findings.
///
/// Never fails: a text in which nothing odd is found, or which nothing is
/// known about, gives an empty list. Time grows with the length of the text:
/// about a second for a book of 1.3 MB.
///
/// ```
/// use variorum::examine::{Given, OddityCode, examine};
/// use variorum::text::View;
/// let view = View::new("We met on Monday, November 21, 1993, in the harbour.".into());
/// let found = examine(&view, &Given::default());
/// assert_eq!(found[0].code, OddityCode::WeekdayMismatch);
/// assert_eq!(found[0].said, "Monday, November 21, 1993");
/// ```
pub fn examine(view: &View, given: &Given<'_>) -> Vec<Oddity> {
    let mut lexicon = Lexicon::default();
    let prose = Prose::of(view, &mut lexicon);
    let mentions = dates::mentions(&prose);
    let quotations = quotation_marks::find(&prose);
    let quoted = quotation_marks::words(&prose, &quotations);
    let mut found = weekday_mismatch::find(&prose, &mentions);
    found.extend(chronicle_order::find(&prose, &mentions, given));
    found.extend(impossible_range::find(&prose, &mentions));
    found.extend(near_copy::find(&prose, &quoted));
    let heads = numbered_heads::find(&prose);
    found.extend(reference_dangling::find(&prose, &mentions, &heads));
    found.extend(sum_mismatch::find(&prose));
    let people = people::find(&prose);
    let groups = name_variants::group(&people);
    found.extend(name_variants::find(&prose, &people, &groups));
    found.extend(name_shared::find(&prose, &people, &groups));
    found.extend(mixed_script::find(&prose));
    let held: Vec<Prose<'_>> = given.held.iter().map(|h| Prose::of(h.view, &mut lexicon)).collect();
    let names = given.held.iter().map(|h| Some(h.name));
    let sources: Vec<Source<'_, '_>> = std::iter::once(&prose)
        .chain(&held)
        .zip(std::iter::once(None).chain(names))
        .map(|(prose, name)| Source { prose, index: WordIndex::of(prose), name })
        .collect();
    found.extend(quotation_differs::find(&sources, &quotations));
    found.sort_by_key(|o| (o.span.start, o.code, o.span.end));
    // Divisions may overlap, and then tell the same twice.
    found.dedup();
    found
}
