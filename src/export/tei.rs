//! A collation as TEI: parallel segmentation (TEI P5, 12.2.3).
//!
//! What all texts read stands as text; a place where they differ is an `<app>`
//! with a `<rdg>` for each reading and the texts that have it in `@wit`. There
//! is no `<lem>` unless a base was asked for: no version is the right one.
//! Texts that lack the words have an empty `<rdg>`. A passage that stands
//! elsewhere in some texts has an `<app type="transposition">` in each of its
//! places; the texts that do not have it there point with `<ptr>` to where
//! they have it, and the readings name their fellows with `@corresp`. Words that
//! only change places with their neighbours are one such `<app>`, whose readings
//! have them in their orders.
//!
//! Words are given as read (broken words joined); running heads and page
//! numbers are in `<fw>`. A paragraph ends where it ends in the first text, or
//! in the base. Characters that XML 1.0 does not have become U+FFFD.
//!
//! Cost: linear in the rows times the texts.

use std::collections::HashMap;
use std::ops::Range;

use super::xml::escape;
use crate::collate::{Collation, RowKind};
use crate::text::View;

/// A text of the collation.
pub struct TeiText<'t> {
    /// The key of its column.
    pub name: &'t str,
    /// The revision or the path.
    pub address: &'t str,
    /// How it is read.
    pub view: &'t View,
}

/// The whole file. The same collation always gives the same bytes.
pub fn tei(rows: &Collation, texts: &[TeiText<'_>], base: Option<usize>) -> String {
    let mut file = File { rows, texts, base, ids: ids(texts), out: String::new() };
    file.head();
    file.body();
    file.out
}

struct File<'t> {
    rows: &'t Collation,
    texts: &'t [TeiText<'t>],
    base: Option<usize>,
    ids: Vec<String>,
    out: String,
}

impl File<'_> {
    fn head(&mut self) {
        self.out.push_str(concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n",
            "<teiHeader>\n<fileDesc>\n<titleStmt><title>Collation of "
        ));
        self.out.push_str(&self.texts.len().to_string());
        self.out.push_str(concat!(
            " texts</title></titleStmt>\n",
            "<publicationStmt><p>Made by variorum from the texts named below.</p></publicationStmt>\n",
            "<sourceDesc>\n<listWit>\n"
        ));
        for (id, text) in self.ids.iter().zip(self.texts) {
            self.out.push_str(&format!("<witness xml:id=\"{id}\">"));
            escape(text.name, &mut self.out);
            if text.address != text.name {
                self.out.push_str(" (");
                escape(text.address, &mut self.out);
                self.out.push(')');
            }
            self.out.push_str("</witness>\n");
        }
        self.out.push_str(concat!(
            "</listWit>\n</sourceDesc>\n</fileDesc>\n<encodingDesc>\n",
            "<variantEncoding method=\"parallel-segmentation\" location=\"internal\"/>\n",
            "</encodingDesc>\n</teiHeader>\n<text>\n<body>\n<p>"
        ));
    }

    fn body(&mut self) {
        let count = self.rows.rows().len();
        let mut row = 0;
        let mut begun = false;
        while row < count {
            let from = row;
            let place = self.rows.rows()[from].place;
            row += 1;
            while place != 0 && row < count && self.rows.rows()[row].place == place {
                row += 1;
            }
            let lead = self.base.unwrap_or(0);
            if begun {
                let new = self
                    .span(from..row, lead)
                    .is_some_and(|s| begins(self.texts[lead].view, s.start));
                self.out.push_str(if new { "</p>\n<p>" } else { "\n" });
            }
            begun = true;
            let agreed = self.rows.rows()[from].kind;
            match place {
                0 if agreed == RowKind::Equal => {
                    let span = self.span(from..row, lead).unwrap_or_default();
                    self.words(lead, span);
                }
                0 => self.app(from..row, "layout"),
                _ => {
                    let kinds = self.rows.rows()[from..row].iter().map(|r| r.kind);
                    let kind = kinds.max().unwrap_or(RowKind::Word);
                    self.app(from..row, kind.name());
                }
            }
        }
        self.out.push_str("</p>\n</body>\n</text>\n</TEI>\n");
    }

    fn app(&mut self, rows: Range<usize>, kind: &str) {
        let place = self.rows.rows()[rows.start].place;
        let elsewhere = self.elsewhere(rows.clone());
        let moved = !elsewhere.is_empty();
        self.out.push_str(&format!("<app type=\"{kind}\""));
        if moved {
            self.out.push_str(&format!(" xml:id=\"place{place}\""));
        }
        self.out.push('>');
        // Readings in the order of their first text.
        let mut readings: Vec<(String, Vec<usize>)> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut absent = Vec::new();
        for t in 0..self.texts.len() {
            let Some(span) = self.span(rows.clone(), t) else {
                absent.push(t);
                continue;
            };
            let mut held = std::mem::take(&mut self.out);
            self.words(t, span);
            std::mem::swap(&mut self.out, &mut held);
            let next = readings.len();
            match *known.entry(held.clone()).or_insert(next) {
                at if at == next => readings.push((held, vec![t])),
                at => readings[at].1.push(t),
            }
        }
        let fellows: Vec<String> = elsewhere.iter().map(|p| format!("#place{p}")).collect();
        for (text, wit) in readings {
            let element = if self.base.is_some_and(|b| wit.contains(&b)) { "lem" } else { "rdg" };
            let wit = self.wit(&wit);
            self.out.push_str(&format!("<{element} wit=\"{wit}\""));
            if moved {
                self.out.push_str(&format!(" corresp=\"{}\"", fellows.join(" ")));
            }
            self.out.push_str(&format!(">{text}</{element}>"));
        }
        if !absent.is_empty() {
            let wit = self.wit(&absent);
            self.out.push_str(&format!("<rdg wit=\"{wit}\""));
            if moved {
                let pointers: String =
                    fellows.iter().map(|f| format!("<ptr target=\"{f}\"/>")).collect();
                self.out.push_str(&format!(">{pointers}</rdg>"));
            } else {
                self.out.push_str("/>");
            }
        }
        self.out.push_str("</app>");
    }

    fn wit(&self, texts: &[usize]) -> String {
        texts.iter().map(|t| format!("#{}", self.ids[*t])).collect::<Vec<_>>().join(" ")
    }

    /// The other places of moved words.
    fn elsewhere(&self, rows: Range<usize>) -> Vec<u32> {
        let here = self.rows.rows()[rows.start].place;
        let others = rows.flat_map(|r| self.rows.moved_with(r));
        let others = others.map(|r| self.rows.rows()[*r as usize].place);
        let mut out: Vec<u32> = others.filter(|place| *place != here).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The words of a span as read; of running heads in `<fw>`.
    fn words(&mut self, text: usize, span: Range<usize>) {
        let view = self.texts[text].view;
        let read = view.reading(span.clone());
        if read.is_empty() {
            self.out.push_str("<fw>");
            escape(&collapsed(&view.source()[span]), &mut self.out);
            self.out.push_str("</fw>");
            return;
        }
        let paragraphs = read.split("\n\n").map(str::trim).filter(|p| !p.is_empty());
        // Within a row only the lead may begin a paragraph of its own.
        let between = if self.base.unwrap_or(0) == text { "</p>\n<p>" } else { " " };
        let inside = self.out.is_empty();
        for (n, paragraph) in paragraphs.enumerate() {
            if n > 0 {
                self.out.push_str(if inside { " " } else { between });
            }
            escape(paragraph, &mut self.out);
        }
    }

    fn span(&self, rows: Range<usize>, text: usize) -> Option<Range<usize>> {
        let mut cells = rows.filter_map(|r| self.rows.cell(r, text));
        let first = cells.next()?;
        let end = cells.map(|c| c.end).max().unwrap_or(0);
        Some(first.start..first.end.max(end))
    }
}

/// Names that XML takes as identifiers: `w` and a number, and what the text's
/// name has of ASCII letters and digits.
fn ids(texts: &[TeiText<'_>]) -> Vec<String> {
    let id = |(n, text): (usize, &TeiText<'_>)| {
        let plain: String =
            text.name.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
        let clash = texts.iter().filter(|t| t.name == plain).count() != 1;
        let letter = plain.starts_with(|c: char| c.is_ascii_alphabetic());
        let own = plain == text.name && letter && !clash && !plain.starts_with("place");
        if own { plain } else { format!("w{}-{plain}", n + 1) }
    };
    texts.iter().enumerate().map(id).collect()
}

/// Whether a paragraph begins at a byte.
fn begins(view: &View, at: usize) -> bool {
    let before = &view.source()[..at];
    let gap = &before[before.trim_end().len()..];
    gap.matches('\n').count().max(gap.matches('\r').count()) > 1
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
