//! Each quotation of a text: whose it is said to be, where its words stand, and
//! the verdict.
//!
//! The text that is named is asked first; only where it has neither the words
//! nor anything like them are the others. With no name, all are asked and the
//! best is taken: as quoted before changed, then in the order given.
//!
//! Cost: the texts at hand are read and indexed once; a quotation that stands
//! somewhere costs microseconds, one that does not some tens of microseconds a
//! text. Memory: about 60 bytes a word of all texts.

use std::ops::Range;

use super::super::given::Held;
use super::super::oddity::shortened;
use super::super::prose::{Lexicon, Prose};
use super::super::quotation_differs::Source;
use super::super::quotation_marks;
use super::super::reused::Difference;
use super::super::word_index::WordIndex;
use super::blocks;
use super::cited::{Attribution, Known, Names};
use super::stands::{Done, Standing, Text, stands};
use super::verdict::QuotationVerdict;
use crate::anchor::Locator;
use crate::text::View;

/// Fewer words are no quotation that can be checked.
const LEAST: usize = 4;

/// The quotations of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// Each of them, in order.
    pub quotations: Vec<CheckedQuotation>,
    /// Words in quotation marks that were passed over: fewer than four, or
    /// mostly capitals, as titles and names are.
    pub passed_over: usize,
}

/// A quotation, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedQuotation {
    /// Bytes of the text examined, without the marks.
    pub span: Range<usize>,
    /// The words, shortened, as read.
    pub said: String,
    /// How many they are.
    pub words: usize,
    /// The verdict.
    pub verdict: QuotationVerdict,
    /// The text that is named beside it.
    pub attributed: Option<Attribution>,
    /// Where the words stand: number of the text at hand, bytes of it.
    pub place: Option<(usize, Range<usize>)>,
    /// Other places where they stand just so.
    pub also: Vec<(usize, Range<usize>)>,
    /// What reads otherwise there, or was left out.
    pub differences: Vec<Difference>,
    /// How much of the weight of the words both have; 1 for the same words.
    pub score: Option<f64>,
}

/// Checks all quotations of `view` against the texts `held`. `known` names the
/// texts that may be cited, those held and those that are not.
pub fn check(view: &View, held: &[Held<'_>], known: &[Known<'_>]) -> Checked {
    let mut lexicon = Lexicon::default();
    let proses: Vec<Prose<'_>> = held.iter().map(|h| Prose::of(h.view, &mut lexicon)).collect();
    let own = Prose::of(view, &mut lexicon);
    let texts: Vec<Text<'_, '_>> = proses
        .iter()
        .zip(held)
        .map(|(prose, h)| Text {
            source: Source { prose, index: WordIndex::of(prose), name: Some(h.name) },
            locator: Locator::new(h.view),
        })
        .collect();
    let names = Names::of(known);
    let mut found = quotation_marks::find(&own);
    found.extend(blocks::find(&own));
    found.sort_by_key(|q| (q.start, std::cmp::Reverse(q.end)));
    // One inside another is part of it.
    let mut outer: Vec<Range<usize>> = Vec::new();
    for q in found {
        if outer.last().is_none_or(|o| q.start >= o.end) {
            outer.push(q);
        }
    }
    let mut out = Checked { quotations: Vec::new(), passed_over: 0 };
    for (n, quotation) in outer.iter().enumerate() {
        let pieces = pieces(&own, quotation);
        let words: usize = pieces.iter().map(Range::len).sum();
        if words < LEAST || is_title(&own, &pieces) {
            out.passed_over += 1;
            continue;
        }
        let from = n.checked_sub(1).map_or(0, |b| outer[b].end);
        let to = outer.get(n + 1).map_or(own.text().len(), |q| q.start);
        let from = from.max(paragraph(&own, quotation.start));
        let attributed = names.beside(&own, quotation, (from, to));
        let mut checked = judge(&own, &pieces, &texts, known, attributed);
        checked.span = own.source(quotation.clone());
        checked.said = shortened(&own.text()[quotation.clone()]);
        checked.words = words;
        out.quotations.push(checked);
    }
    out
}

fn judge(
    own: &Prose<'_>,
    pieces: &[Range<usize>],
    texts: &[Text<'_, '_>],
    known: &[Known<'_>],
    attributed: Option<Attribution>,
) -> CheckedQuotation {
    let named: Vec<usize> =
        attributed.iter().flat_map(|a| &a.known).filter_map(|n| known[*n].held).collect();
    let cited = |text: usize, span: &Range<usize>| {
        let on = attributed.as_ref().filter(|_| named.contains(&text));
        on.is_none_or(|a| is_cited(&texts[text], a, span))
    };
    let best = |among: &mut dyn Iterator<Item = usize>| -> Option<(usize, Standing)> {
        among
            .filter_map(|n| stands(own, pieces, &texts[n], &|s| cited(n, s)).map(|s| (n, s)))
            .min_by(|x, y| {
                x.1.done.cmp(&y.1.done).then(y.1.score.total_cmp(&x.1.score)).then(x.0.cmp(&y.0))
            })
    };
    let there = best(&mut named.iter().copied());
    let elsewhere = match there.is_none() {
        true => best(&mut (0..texts.len()).filter(|n| !named.contains(n))),
        false => None,
    };
    let absent = attributed.is_some() && named.is_empty();
    let (found, verdict) = match (there, elsewhere) {
        (Some((n, s)), _) => {
            let verdict = match s.done {
                Done::Nothing if !cited(n, &s.span) => QuotationVerdict::Shifted,
                done => verdict(done),
            };
            (Some((n, s)), verdict)
        }
        (None, Some((n, s))) => {
            let verdict = match (absent, attributed.is_some()) {
                (true, _) => QuotationVerdict::NotHeld,
                (false, true) => QuotationVerdict::OtherText,
                (false, false) => verdict(s.done),
            };
            (Some((n, s)), verdict)
        }
        (None, None) if absent => (None, QuotationVerdict::NotHeld),
        (None, None) => (None, QuotationVerdict::NotFound),
    };
    let mut out = CheckedQuotation {
        span: 0..0,
        said: String::new(),
        words: 0,
        verdict,
        attributed,
        place: None,
        also: Vec::new(),
        differences: Vec::new(),
        score: None,
    };
    if let Some((n, s)) = found {
        out.place = Some((n, s.span));
        out.also = s.also.into_iter().map(|a| (n, a)).collect();
        out.differences = s.differences;
        out.score = Some(s.score);
    }
    out
}

fn verdict(done: Done) -> QuotationVerdict {
    match done {
        Done::Nothing => QuotationVerdict::Exact,
        Done::Marked => QuotationVerdict::LeftOutMarked,
        Done::LeftOut => QuotationVerdict::LeftOut,
        Done::Reordered => QuotationVerdict::OrderChanged,
        Done::Changed => QuotationVerdict::WordsDiffer,
    }
}

/// Whether a place is the one that is cited, as far as one is. Pages count with
/// the margin that the text allows; a text without pages cannot tell.
fn is_cited(text: &Text<'_, '_>, cited: &Attribution, span: &Range<usize>) -> bool {
    let view = text.locator.view();
    let lines = cited.lines.is_none_or(|(a, b)| {
        let first = view.lines().line_of(span.start);
        let last = view.lines().line_of(span.end.max(span.start + 1) - 1);
        first <= b && a <= last
    });
    let pages = cited.pages.is_none_or(|(a, b)| {
        let (Some((first, x)), Some((last, y))) =
            (view.pages().page_of(span.start), view.pages().page_of(span.end.max(1) - 1))
        else {
            return true;
        };
        first.saturating_sub(x) <= b && a <= last + y
    });
    lines && pages
}

/// The words of a quotation between its ellipses and remarks in brackets. Of a
/// word that was begun anew in brackets ("[T]he") the rest goes with them.
fn pieces(own: &Prose<'_>, quotation: &Range<usize>) -> Vec<Range<usize>> {
    let words = own.word_from(quotation.start)..own.word_from(quotation.end);
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut from = words.start;
    let mut bracket = false;
    for at in words.clone() {
        let before = if at > words.start { own.gap_before(at) } else { "" };
        let opened = if at == words.start {
            own.text()[quotation.start..own.words[at].start as usize].contains('[')
        } else {
            before.contains('[')
        };
        let torn = before.ends_with(']');
        let parted = before.contains('…') || before.contains("...") || before.contains(". . .");
        if before.contains(']') {
            bracket = false;
            from = at + usize::from(torn);
        }
        if (opened || parted) && !bracket {
            if !before.contains(']') {
                out.push(from..at);
            }
            from = at;
        }
        bracket |= opened;
    }
    if !bracket {
        out.push(from..words.end);
    }
    out.retain(|p| !p.is_empty());
    out
}

/// Mostly capitals: a title or a name, not a sentence.
fn is_title(own: &Prose<'_>, pieces: &[Range<usize>]) -> bool {
    let long = |i: &usize| own.word(*i).chars().count() > 3;
    let all: Vec<usize> = pieces.iter().cloned().flatten().filter(long).collect();
    let cased = |i: &&usize| own.word(**i).chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let cased: Vec<&usize> = all.iter().filter(cased).collect();
    let capitals = cased.iter().filter(|i| own.is_capital(***i)).count();
    !cased.is_empty() && capitals * 4 >= cased.len() * 3
}

/// Where the paragraph of a byte of the reading text begins; the one before,
/// where the quotation is a paragraph of its own.
fn paragraph(own: &Prose<'_>, at: usize) -> usize {
    let start = |end: usize| own.text()[..end].rfind("\n\n").map_or(0, |n| n + 2);
    let own_start = start(at);
    match own.text()[own_start..at].chars().any(char::is_alphanumeric) {
        true => own_start,
        false => start(own_start.saturating_sub(2)),
    }
}
