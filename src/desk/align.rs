//! `align`: the sentences of two texts in different languages, paired.

use std::ops::Range;
use std::rc::Rc;

use crate::collate::bilingual::{self, Pairing};
use crate::text::View;

use super::DeskError;
use super::align_table::{self, HandRow};
use super::aligned::{
    AlignAnswer, AlignCounts, AlignedPair, AlignedSpan, How, NotAligned, Sentence,
};
use super::archive::Archive;
use super::diff::{Side, plain_text};
use super::place::lines_of;
use super::resolve::{self, Target};

/// One text of an alignment, or a part of it.
pub struct AlignSide {
    name: String,
    view: Rc<View>,
    span: Range<usize>,
}

impl AlignSide {
    /// A text of the archive, or a part of it: `E`, `M:100-200`.
    ///
    /// # Errors
    /// When there is no such text.
    pub fn in_archive(archive: &Archive, address: &str) -> Result<Self, DeskError> {
        match resolve::target(&archive.snapshot()?, address, None)? {
            Target::Text { opened, span, whole } => {
                let name =
                    if whole { opened.name.clone() } else { opened.place(&span).address.clone() };
                Ok(Self { name, view: opened.shared_view(), span })
            }
            _ => Err(DeskError::usage("not-a-text", format!("{address} is not a text"))
                .hint("align two texts or parts of them: E V, M:100-200 V, or two files")),
        }
    }

    /// A plain file.
    ///
    /// # Errors
    /// When it is no text.
    pub fn plain(name: &str, bytes: Vec<u8>) -> Result<Self, DeskError> {
        let view = Rc::new(View::of(plain_text(name, bytes)?));
        let span = 0..view.source().len();
        Ok(Self { name: name.to_string(), view, span })
    }

    /// A text that is at hand, whole.
    pub fn whole(side: &Side) -> Self {
        let view = side.view().clone();
        let span = 0..view.source().len();
        Self { name: side.name().to_owned(), view, span }
    }

    /// Its sentences: bytes, and words as read.
    fn sentences(&self) -> Vec<Sentence> {
        let inside = |r: &Range<usize>| r.start < self.span.end && self.span.start < r.end;
        let all = self.view.sentences().into_iter().filter(inside);
        all.map(|range| {
            let text = self.view.reading(range.clone());
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let lines = lines_of(&self.view, &range);
            Sentence { range, lines, text }
        })
        .collect()
    }
}

/// The languages of two texts, as the archive tells them, where they are different
/// ones: then words cannot be compared, only sentences paired. A text of which no
/// language is told is taken to be in the other's.
pub fn different_languages<'s>(a: &'s Side, b: &'s Side) -> Option<[&'s str; 2]> {
    // BCP 47: the first subtag is the language; "en-GB" and "en" are one.
    let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let (a, b) = (a.language()?, b.language()?);
    (language(a) != language(b)).then_some([a, b])
}

/// Pairs the sentences of two texts. `by_hand`: name and text of a file of
/// pairs, in the form of [`AlignAnswer::to_tsv`]; what a person paired wins.
///
/// # Errors
/// When a row of the file cannot be read, or names what is not there.
pub fn align(
    a: &AlignSide,
    b: &AlignSide,
    by_hand: Option<(&str, &str)>,
) -> Result<AlignAnswer, DeskError> {
    let (of_a, of_b) = (a.sentences(), b.sentences());
    let rows = match by_hand {
        Some((name, text)) => align_table::read(name, text, &of_a, &of_b)?,
        None => Vec::new(),
    };
    let sure = rows.iter().filter(|r| r.by_hand);
    let fixed: Vec<(Range<u32>, Range<u32>)> =
        sure.map(|r| (numbers(&r.a), numbers(&r.b))).collect();
    let found = bilingual::pair(&read(&of_a), &read(&of_b), &fixed);
    Ok(answer(a, b, (&of_a, &of_b), &rows, &found))
}

fn read(all: &[Sentence]) -> Vec<&str> {
    all.iter().map(|s| s.text.as_str()).collect()
}

fn numbers(range: &Range<usize>) -> Range<u32> {
    // A view holds at most 2 GiB, so fewer sentences than that.
    range.start as u32..range.end as u32
}

fn answer(
    a: &AlignSide,
    b: &AlignSide,
    (of_a, of_b): (&[Sentence], &[Sentence]),
    rows: &[HandRow],
    found: &Pairing,
) -> AlignAnswer {
    let pairs: Vec<AlignedPair> = found
        .pairs
        .iter()
        .map(|p| AlignedPair {
            a: span(of_a, p.a.start as usize..p.a.end as usize),
            b: span(of_b, p.b.start as usize..p.b.end as usize),
            // What is printed with three figures is no more than that.
            score: (p.score * 1000.0).round() / 1000.0,
            how: if p.by_hand { How::ByHand } else { How::Aligned },
        })
        .collect();
    let alone = |all: &[Sentence], which: &[u32]| -> Vec<AlignedSpan> {
        which.iter().map(|&k| span(all, k as usize..k as usize + 1)).collect()
    };
    let not_confirmed = rows
        .iter()
        .filter(|r| !r.by_hand && !r.a.is_empty() && !r.b.is_empty())
        .filter(|r| {
            let same = |s: &AlignedSpan, r: &Range<usize>| s.sentences == (r.start + 1, r.end);
            !pairs.iter().any(|p| same(&p.a, &r.a) && same(&p.b, &r.b))
        })
        .count();
    AlignAnswer {
        a: a.name.clone(),
        b: b.name.clone(),
        counts: AlignCounts {
            a: of_a.len(),
            b: of_b.len(),
            paired_a: of_a.len() - found.alone_a.len(),
            paired_b: of_b.len() - found.alone_b.len(),
            by_hand: pairs.iter().filter(|p| p.how == How::ByHand).count(),
        },
        not_aligned: NotAligned { a: alone(of_a, &found.alone_a), b: alone(of_b, &found.alone_b) },
        pairs,
        threshold: bilingual::ALIGNED,
        not_confirmed,
    }
}

fn span(all: &[Sentence], which: Range<usize>) -> AlignedSpan {
    let (first, last) = (&all[which.start], &all[which.end - 1]);
    let texts: Vec<&str> = all[which.clone()].iter().map(|s| s.text.as_str()).collect();
    AlignedSpan {
        sentences: (which.start + 1, which.end),
        start: first.range.start,
        end: last.range.end,
        line: first.lines.0,
        text: texts.join(" "),
    }
}
