//! Quotations that are set apart instead of in marks: a paragraph of which every
//! line begins with `>`, or one that is indented after a colon.

use std::ops::Range;

use super::super::prose::Prose;
use crate::text::passages;

/// Columns by which an indented quotation is set in.
const INDENT: usize = 3;

/// Block quotations, as byte ranges of the reading text, in order; neighbouring
/// paragraphs of one kind are each their own.
pub(super) fn find(prose: &Prose<'_>) -> Vec<Range<usize>> {
    let source = prose.view.source();
    let mut out = Vec::new();
    let mut colon = false;
    for passage in passages(source) {
        let text = &source[passage.clone()];
        let lines = || text.lines().filter(|l| !l.trim().is_empty());
        let marked = lines().count() > 0 && lines().all(|l| l.trim_start().starts_with('>'));
        let indented = lines().count() > 0 && lines().all(|l| indent(l) >= INDENT);
        if marked || (indented && colon) {
            let words = prose.word_at(passage.start)..prose.word_at(passage.end);
            if !words.is_empty() {
                out.push(prose.reading_span(words));
            }
        }
        // Several indented paragraphs after one colon are one quotation.
        colon = text.trim_end().ends_with(':') || (colon && indented);
    }
    out
}

fn indent(line: &str) -> usize {
    let spaces = line.chars().take_while(|c| *c == ' ' || *c == '\u{a0}').count();
    if line.starts_with('\t') { INDENT } else { spaces }
}
