//! The places of a collation as an apparatus has them: each with its line, the
//! words around it, and the readings with the texts that have them.

use std::ops::Range;

use super::CollationAnswer;
use super::json::words;
use crate::collate::RowKind;
use crate::text::View;

/// One place where the texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub place: u32,
    /// How the readings differ: the greatest difference in it.
    pub kind: RowKind,
    /// The line, from 1, of the lead: the base, or the text named first. Where
    /// the lead has no words, that of the words before.
    pub line: usize,
    /// Up to eight words before it in the lead.
    pub before: String,
    /// Up to eight words after it in the lead.
    pub after: String,
    /// The readings: that of the lead first, the others in the order of their
    /// first text.
    pub readings: Vec<EntryReading>,
    /// For moved words, the other places where texts have them.
    pub elsewhere: Vec<u32>,
}

/// What some texts read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryReading {
    /// The words as read; empty where the texts have none here.
    pub text: String,
    /// The texts, by index.
    pub texts: Vec<usize>,
}

/// Words of context on each side.
const CONTEXT: usize = 8;

impl CollationAnswer {
    /// The text whose lines and readings lead: the base, or the first.
    pub fn lead(&self) -> usize {
        self.base.unwrap_or(0)
    }

    /// The places where the texts differ in more than layout.
    pub fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        let rows = self.rows.rows();
        // Where the lead stands, between its cells too.
        let mut at = 0;
        let mut row = 0;
        std::iter::from_fn(move || {
            while rows.get(row).is_some_and(|r| r.place == 0) {
                at = self.rows.cell(row, self.lead()).map_or(at, |c| c.end);
                row += 1;
            }
            let from = row;
            let place = rows.get(from)?.place;
            while rows.get(row).is_some_and(|r| r.place == place) {
                row += 1;
            }
            let entry = self.entry(from..row, at);
            at = self.span(from..row, self.lead()).map_or(at, |c| c.end);
            Some(entry)
        })
    }

    fn entry(&self, rows: Range<usize>, at: usize) -> Entry {
        let lead = self.lead();
        let mut readings: Vec<EntryReading> = Vec::new();
        let others = (0..self.texts.len()).filter(|n| *n != lead);
        for n in std::iter::once(lead).chain(others) {
            let span = self.span(rows.clone(), n);
            let text = span.map_or(String::new(), |s| one_line(&words(&self.views[n], s)));
            match readings.iter_mut().find(|r| alike(&r.text, &text)) {
                Some(known) => known.texts.push(n),
                None => readings.push(EntryReading { text, texts: vec![n] }),
            }
        }
        let view = &self.views[lead];
        let span = self.span(rows.clone(), lead).unwrap_or(at..at);
        let all = &self.rows.rows()[rows.clone()];
        let mut elsewhere: Vec<u32> = rows
            .clone()
            .flat_map(|r| self.rows.moved_with(r))
            .map(|r| self.rows.rows()[*r as usize].place)
            .collect();
        elsewhere.sort_unstable();
        elsewhere.dedup();
        let (before, after) = context(view, &span);
        Entry {
            place: all[0].place,
            kind: all.iter().map(|r| r.kind).max().unwrap_or(RowKind::Equal),
            line: view.lines().line_of(span.start),
            before,
            after,
            readings,
            elsewhere,
        }
    }

    /// The bytes of a text in some rows that follow each other.
    fn span(&self, rows: Range<usize>, text: usize) -> Option<Range<usize>> {
        let mut cells = rows.filter_map(|r| self.rows.cell(r, text));
        let first = cells.next()?;
        let end = cells.map(|c| c.end).max().unwrap_or(0);
        Some(first.start..first.end.max(end))
    }
}

/// Equal as words: in bytes, or by the keys of the words.
fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if a.is_empty()
        || b.is_empty()
        || a.is_ascii() && b.is_ascii() && !a.contains('-') && !b.contains('-')
    {
        return false;
    }
    let (a, b) = (View::new(a.into()), View::new(b.into()));
    let keys = |v: &'_ View| v.words().iter().map(|w| v.key(w).to_owned()).collect::<Vec<_>>();
    keys(&a) == keys(&b)
}

fn one_line(text: &str) -> String {
    text.trim_end().replace("\n\n", " ¶ ")
}

fn context(view: &View, span: &Range<usize>) -> (String, String) {
    let words = view.words();
    let first = words.partition_point(|w| (w.end as usize) <= span.start);
    let last = words.partition_point(|w| (w.start as usize) < span.end).max(first);
    let from = words.get(first.saturating_sub(CONTEXT)).map_or(span.start, |w| w.start as usize);
    let to = words.get(last + CONTEXT).map_or(view.source().len(), |w| w.start as usize);
    let before = view.reading(from.min(span.start)..span.start);
    (one_line(&before), one_line(&view.reading(span.end..to.max(span.end))))
}
