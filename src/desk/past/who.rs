//! Who wrote the words of the last text of a history.

use std::collections::HashMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::Past;
use super::read::Known;
use crate::desk::WhoBasis;
use crate::desk::place::lines_of;
use crate::digest::Digest;
use crate::text::View;

/// Who wrote the words of a text of which all earlier states are at hand.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PastWho {
    /// The history, as it was named.
    pub source: String,
    /// The text that is told about: the last one read.
    pub revision: PastRevision,
    /// Texts read.
    pub revisions: u32,
    /// Of these, texts that were an earlier one again, byte for byte as far as
    /// a hash of 128 bits tells: they gave every word back.
    pub restored: u32,
    /// Bytes of the text told about.
    pub bytes: usize,
    /// Its SHA-256.
    pub sha256: String,
    /// Its words.
    pub words: usize,
    /// Stretches of one origin; together they cover it without gap or overlap.
    pub spans: Vec<PastSpan>,
    /// Words by agent, or by text where none is named, in the order in which the
    /// history first has them.
    pub totals: Vec<PastTotal>,
    /// Always inferred: a history of full texts records no edits.
    pub basis: WhoBasis,
    /// How it was decided.
    pub rule: String,
    /// Texts that were not UTF-8, and how they were read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub read_as: Vec<String>,
    /// Texts that bear an earlier time than one before them.
    #[serde(skip_serializing_if = "is_zero")]
    pub not_in_order_of_time: u32,
    /// Texts that the source does not show: nobody can say what they changed.
    #[serde(skip_serializing_if = "is_zero")]
    pub hidden: u32,
}

/// A text of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PastRevision {
    /// Its name in the source.
    pub revision: String,
    /// Its place in the history, from 1.
    pub number: u32,
    /// Who made it so, as the source spells it.
    pub agent: Option<String>,
    /// When, as the source says.
    pub time: Option<String>,
}

/// A stretch of one origin.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PastSpan {
    /// First byte.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// First line, from 1.
    pub line: usize,
    /// The text that these words are first present in.
    #[serde(flatten)]
    pub from: PastRevision,
    /// Always null: a history of full texts has no corrections.
    pub correction: Option<String>,
    /// Always inferred.
    pub basis: WhoBasis,
    /// Words in it, counted by where they begin.
    pub words: usize,
}

/// Words of one agent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PastTotal {
    /// The agent, as the source spells it; null where it names none.
    pub agent: Option<String>,
    /// Words of the text told about.
    pub words: usize,
    /// Their share of all words, 0 to 1.
    pub share: f64,
    /// Texts by this agent of which words stand.
    pub revisions: usize,
    /// The first of these texts.
    pub first: String,
    /// Always inferred.
    pub basis: WhoBasis,
}

/// The rule by which a history of full texts is attributed.
pub const RULE: &str = "each text is compared with the one before, by words and marks; what is found again in place keeps its first writer, however it is wrapped, hyphenated or quoted; so does a passage that was deleted, earlier or in the same step, and comes back, if it is long or rare enough to be no accident; a text that was there before takes back its whole attribution; every other word is first present in the text that brings it; of two copies the one that stood keeps its writer";

fn is_zero(n: &u32) -> bool {
    *n == 0
}

impl Past {
    /// The text with this number, from 0.
    pub(super) fn revision(&self, number: u32) -> PastRevision {
        let Known { name, agent, time } = &self.known[number as usize];
        PastRevision {
            revision: name.clone(),
            number: number + 1,
            agent: agent.clone(),
            time: time.clone(),
        }
    }

    /// Who wrote the last text.
    pub fn who(&self) -> PastWho {
        let text = self.history.text();
        let view = View::new(Arc::from(text));
        let words = view.words();
        let mut at = 0;
        let mut spans: Vec<PastSpan> = Vec::new();
        for run in self.history.runs() {
            let first = at;
            at += words[at..].iter().take_while(|w| (w.start as usize) < run.end).count();
            spans.push(PastSpan {
                start: run.start,
                end: run.end,
                line: lines_of(&view, &(run.start..run.end)).0,
                from: self.revision(run.origin.revision),
                correction: None,
                basis: WhoBasis::Inferred,
                words: words[first..at].iter().filter(|w| !w.layout).count(),
            });
        }
        let all = spans.iter().map(|s| s.words).sum::<usize>();
        PastWho {
            source: self.source.clone(),
            revision: self.revision(self.history.len() - 1),
            revisions: self.history.len(),
            restored: self.history.restored(),
            bytes: text.len(),
            sha256: Digest::of(text.as_bytes()).to_string(),
            words: all,
            totals: totals(&spans, all),
            spans,
            basis: WhoBasis::Inferred,
            rule: RULE.to_owned(),
            read_as: self.read_as.clone(),
            not_in_order_of_time: self.earlier,
            hidden: self.hidden,
        }
    }
}

fn totals(spans: &[PastSpan], all: usize) -> Vec<PastTotal> {
    // By text first: one agent may have made many.
    let mut by_text: Vec<(&PastRevision, usize)> = Vec::new();
    let mut places: HashMap<u32, usize> = HashMap::new();
    for span in spans {
        let place = *places.entry(span.from.number).or_insert(by_text.len());
        match by_text.get_mut(place) {
            Some((_, words)) => *words += span.words,
            None => by_text.push((&span.from, span.words)),
        }
    }
    by_text.retain(|(_, words)| *words > 0);
    by_text.sort_by_key(|(text, _)| text.number);
    let mut totals: Vec<PastTotal> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (text, words) in by_text {
        // Where nobody is named, every text stands for itself.
        let place = match &text.agent {
            Some(agent) => *places.entry(agent).or_insert(totals.len()),
            None => totals.len(),
        };
        if place == totals.len() {
            totals.push(PastTotal {
                agent: text.agent.clone(),
                words: 0,
                share: 0.0,
                revisions: 0,
                first: text.revision.clone(),
                basis: WhoBasis::Inferred,
            });
        }
        totals[place].words += words;
        totals[place].revisions += 1;
    }
    for total in &mut totals {
        total.share = total.words as f64 / all.max(1) as f64;
    }
    totals
}
