//! The places of a collation as an apparatus has them: each with its line, the
//! words around it, and the readings with the texts that have them.

use std::ops::Range;

use super::CollationAnswer;
use super::json::words;
use crate::collate::RowKind;
use crate::text::{View, squeeze};

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
    /// Its bytes in the lead; empty where the lead has no words.
    pub at: Range<usize>,
    /// The readings: that of the lead first, the others in the order of their
    /// first text.
    pub readings: Vec<EntryReading>,
    /// For moved words, the other places where texts have them; empty for words
    /// that only change places within this one.
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

    /// The places where the texts differ in more than layout; without those of
    /// [`CollationAnswer::untold`].
    pub fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        let rows = self.rows.rows();
        // Where the lead stands, between its cells too.
        let mut at = 0;
        let mut row = 0;
        std::iter::from_fn(move || {
            loop {
                while rows.get(row).is_some_and(|r| r.place == 0) {
                    at = self.rows.cell(row, self.lead()).map_or(at, |c| c.end);
                    row += 1;
                }
                let from = row;
                let place = rows.get(from)?.place;
                while rows.get(row).is_some_and(|r| r.place == place) {
                    row += 1;
                }
                let told = rows[from..row].iter().any(|r| r.kind > RowKind::Spelling);
                let entry = (told || !self.words_only).then(|| self.entry(from..row, at));
                at = self.span(from..row, self.lead()).map_or(at, |c| c.end);
                if entry.is_some() {
                    return entry;
                }
            }
        })
    }

    fn entry(&self, rows: Range<usize>, at: usize) -> Entry {
        let lead = self.lead();
        let others = (0..self.texts.len()).filter(|n| *n != lead);
        let mut readings: Vec<EntryReading> = Vec::new();
        for n in std::iter::once(lead).chain(others) {
            let agree = |r: &EntryReading| rows.clone().all(|x| self.rows.agree(x, r.texts[0], n));
            if let Some(known) = readings.iter_mut().find(|r| agree(r)) {
                known.texts.push(n);
                continue;
            }
            let span = self.span(rows.clone(), n);
            let text = span.map_or(String::new(), |s| one_line(&words(&self.views[n], s)));
            // The same words may stand in other columns; and who asks for words
            // only does not ask for their accents.
            let same = |r: &&mut EntryReading| {
                rows.len() > 1 && alike(&r.text, &text)
                    || self.words_only && !text.is_empty() && squeeze(&r.text) == squeeze(&text)
            };
            match readings.iter_mut().find(same) {
                Some(known) => known.texts.push(n),
                None => readings.push(EntryReading { text, texts: vec![n] }),
            }
        }
        let all = &self.rows.rows()[rows.clone()];
        let at = self.span(rows.clone(), lead).unwrap_or(at..at);
        let mut elsewhere: Vec<u32> = rows
            .flat_map(|r| self.rows.moved_with(r))
            .map(|r| self.rows.rows()[*r as usize].place)
            .collect();
        elsewhere.retain(|p| *p != all[0].place);
        elsewhere.sort_unstable();
        elsewhere.dedup();
        Entry {
            place: all[0].place,
            kind: all.iter().map(|r| r.kind).max().unwrap_or(RowKind::Equal),
            line: self.views[lead].lines().line_of(at.start),
            at,
            readings,
            elsewhere,
        }
    }

    /// Up to eight words before a place in the lead, and up to eight after it.
    pub fn around(&self, entry: &Entry) -> (String, String) {
        let view = &self.views[self.lead()];
        let words = view.words();
        let Range { start, end } = entry.at.clone();
        let first = words.partition_point(|w| (w.end as usize) <= start);
        let last = words.partition_point(|w| (w.start as usize) < end).max(first);
        let from = words.get(first.saturating_sub(CONTEXT)).map_or(start, |w| w.start as usize);
        let to = words.get(last + CONTEXT).map_or(view.source().len(), |w| w.start as usize);
        let before = view.reading(from.min(start)..start);
        (one_line(&before), one_line(&view.reading(end..to.max(end))))
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
