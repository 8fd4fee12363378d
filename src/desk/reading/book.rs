//! One revision laid out for reading, with the notes and the claims that
//! stand beside its words.

use std::collections::HashMap;
use std::ops::Range;

use crate::desk::DeskError;
use crate::desk::notes::{Note, notes};
use crate::desk::resolve::{Opened, whole_text_in};
use crate::desk::show::Mark;
use crate::digest::{Digest, Id};
use crate::index::Snapshot;
use crate::model::{Claim, Kind, Link, Nature, Part, Revision};
use crate::text::Reading;

use super::chapters::{Chapter, chapters};
use super::paragraphs::{Paragraph, paragraphs};

/// A revision to be read.
pub struct Book {
    /// `M@2`
    pub name: String,
    /// `M`
    pub siglum: String,
    /// Its id.
    pub revision_id: Id<Revision>,
    /// Title of the source.
    pub title: String,
    /// Its creators.
    pub creators: Vec<String>,
    /// Date of the source, as told.
    pub date: Option<String>,
    /// Whose words the revision holds.
    pub nature: Nature,
    /// Name of the edition.
    pub edition: Option<String>,
    /// Language tag (BCP 47).
    pub language: Option<String>,
    /// SHA-256 of the whole text; none for a private one.
    pub sha256: Option<Digest>,
    /// Root of the hash tree over its passages.
    pub root: Digest,
    /// No other revision was made from it.
    pub newest: bool,
    /// Where it is cut for reading.
    pub chapters: Vec<Chapter>,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Replies to any revision of the source, in the order in which their words
    /// stand here; those that have no place here come last.
    pub notes: Vec<Note>,
    /// Claims that cite its words.
    pub cited: Vec<CitedHere>,
    reading: Reading,
    opened: Opened,
}

/// A claim that cites words of the book.
#[derive(Debug, Clone)]
pub struct CitedHere {
    /// `claim/…`
    pub claim: String,
    /// `question/…`
    pub question: String,
    /// Its wording.
    pub wording: String,
    /// Bytes of the text.
    pub span: Range<usize>,
}

/// Opens a whole text for reading.
pub(in crate::desk) fn book(snap: &Snapshot<'_>, address: &str) -> Result<Book, DeskError> {
    let opened = whole_text_in(snap, address, "name a text: M or M@2")?;
    let source = &opened.source.record;
    let revision = &opened.revision.record;
    let view = opened.view();
    let reading = view.read(0..opened.text.len());
    let table = snap.passages(&opened.revision.id)?;
    let public = revision.text.commitment.is_none();
    let mut paragraphs = paragraphs(&opened, &reading, &table, public);
    let parts = parts(snap, &opened)?;
    let chapters = chapters(&paragraphs, reading.text(), &parts);
    let mut beside = notes(snap, &opened)?;
    beside.sort_by_key(|n| n.start.unwrap_or(usize::MAX));
    mark(&mut paragraphs, &reading, &beside);
    let cited = cited(snap, &opened, &mut paragraphs)?;
    let creators = source.creators.iter().map(|c| snap.agent_name(c)).collect::<Result<_, _>>()?;
    let newest = snap.heads(&opened.source.id)?.iter().any(|(_, id)| *id == opened.revision.id);
    Ok(Book {
        name: opened.name.clone(),
        siglum: source.siglum.clone(),
        revision_id: opened.revision.id,
        title: source.title.clone(),
        creators,
        date: source.date.as_ref().map(ToString::to_string),
        nature: revision.nature,
        edition: revision.label.clone(),
        language: source.language.clone(),
        sha256: revision.text.sha256,
        root: revision.text.root,
        newest,
        chapters,
        paragraphs,
        notes: beside,
        cited,
        reading,
        opened,
    })
}

impl Book {
    /// The reading text of a paragraph.
    pub fn words(&self, paragraph: &Paragraph) -> &str {
        &self.reading.text()[paragraph.words.clone()]
    }

    /// The chapter that holds a paragraph.
    pub fn chapter_of(&self, paragraph: usize) -> usize {
        self.chapters.partition_point(|c| c.paragraphs.start <= paragraph).saturating_sub(1)
    }

    /// The paragraph that holds a byte of the text, or the last one before it.
    pub fn paragraph_at(&self, byte: usize) -> usize {
        at(&self.paragraphs, byte)
    }

    /// The paragraph of this name.
    pub fn paragraph_named(&self, name: &str) -> Option<usize> {
        self.paragraphs.iter().position(|p| p.name == name)
    }

    /// The text as it was opened.
    pub(in crate::desk) fn opened(&self) -> &Opened {
        &self.opened
    }

    /// The words that a span of bytes covers, as read.
    pub fn words_of(&self, span: Range<usize>) -> String {
        let (a, b) = (self.reading.from_source(span.start), self.reading.from_source(span.end));
        self.reading.text().get(a..b.max(a)).unwrap_or_default().trim().to_string()
    }
}

fn at(paragraphs: &[Paragraph], byte: usize) -> usize {
    paragraphs.partition_point(|p| p.place.start <= byte).saturating_sub(1)
}

/// The parts of the source that stand in this revision, by their first byte.
fn parts(snap: &Snapshot<'_>, opened: &Opened) -> Result<Vec<(usize, String)>, DeskError> {
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    for row in snap.naming(&opened.source.id, Link::Source)? {
        if row.kind != Kind::Part || !snap.naming(&row.id, Link::Parent)?.is_empty() {
            continue;
        }
        let part = snap.get::<Part>(&row.id.cast())?.record;
        let selector = &part.at.selector;
        if selector.revision != opened.revision.id {
            continue;
        }
        if let Some(span) = snap.selected(selector)? {
            out.push((span, part.title));
        }
    }
    out.sort_by_key(|(s, _)| (s.start, std::cmp::Reverse(s.end)));
    Ok(out.into_iter().map(|(s, title)| (s.start, title)).collect())
}

/// Puts the words of each note into the paragraphs that hold them.
fn mark(paragraphs: &mut [Paragraph], reading: &Reading, notes: &[Note]) {
    let text = reading.text();
    for (n, note) in notes.iter().enumerate() {
        let (Some(a), Some(b)) = (note.start, note.end) else { continue };
        if paragraphs.is_empty() {
            return;
        }
        let (first, last) = (at(paragraphs, a), at(paragraphs, b.max(a + 1) - 1));
        let (from, to) = (reading.from_source(a), reading.from_source(b));
        for p in &mut paragraphs[first..=last.max(first)] {
            let start = from.clamp(p.words.start, p.words.end);
            let end = to.clamp(start, p.words.end);
            let words = text.get(start..end).unwrap_or_default();
            if words.trim().is_empty() && a != b {
                continue;
            }
            let lead = words.len() - words.trim_start().len();
            let start = start + lead;
            let end = (start + words.trim().len()).max(start);
            p.marks.push(Mark { note: n, start: start - p.words.start, end: end - p.words.start });
        }
    }
}

/// Claims that cite words of this revision, put into their paragraphs.
fn cited(
    snap: &Snapshot<'_>,
    opened: &Opened,
    paragraphs: &mut [Paragraph],
) -> Result<Vec<CitedHere>, DeskError> {
    let mut out: Vec<CitedHere> = Vec::new();
    let mut wordings: HashMap<Digest, (String, String)> = HashMap::new();
    let table = snap.passages(&opened.revision.id)?;
    let mut seen = std::collections::HashSet::new();
    for entry in table.entries() {
        let passage: Id = Id::new(entry.digest);
        for row in snap.naming(&passage, Link::Passage)? {
            if row.kind != Kind::Claim
                || !seen.insert(row.id)
                || !snap.naming(&row.id, Link::Parent)?.is_empty()
            {
                continue;
            }
            let claim: Claim = snap.get(&row.id.cast())?.record;
            let question = claim.question;
            let (name, wording) = match wordings.get(question.digest()) {
                Some(known) => known.clone(),
                None => {
                    let held = snap.current(&question)?;
                    let named = (format!("question/{}", held.record.name), held.record.wording);
                    wordings.insert(*question.digest(), named.clone());
                    named
                }
            };
            for c in claim.at.iter().filter(|c| c.selector.revision == opened.revision.id) {
                let Some(span) = snap.selected(&c.selector)? else { continue };
                let n = out.len();
                if !paragraphs.is_empty() {
                    paragraphs[at(paragraphs, span.start)].cited.push(n);
                }
                out.push(CitedHere {
                    claim: format!("claim/{}", claim.name),
                    question: name.clone(),
                    wording: wording.clone(),
                    span,
                });
            }
        }
    }
    Ok(out)
}
