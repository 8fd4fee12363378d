//! What each revision of a text changed: the words before and after, who
//! proposed them, who took them in, and why. Cost: one application of edits to
//! the folio for each revision; texts that came whole are not compared here.

use std::collections::HashMap;
use std::ops::Range;

use crate::dates::Timestamp;
use crate::desk::DeskError;
use crate::desk::resolve::whole_text_in;
use crate::desk::who::came_with;
use crate::index::{Back, Snapshot, Step};
use crate::model::{Kind, Link, Nature};
use crate::text::edits::{Edit, Edits};
use crate::text::{Folio, Sheets};

/// One revision and what it changed.
#[derive(Debug, Clone)]
pub struct Revised {
    /// `M@3`
    pub name: String,
    /// The revision it was made from, `M@2`.
    pub parent: Option<String>,
    /// Whose words it holds.
    pub nature: Nature,
    /// Who wrote what is new in it, where that is told.
    pub who: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Name of the edition.
    pub edition: Option<String>,
    /// When it was made, as its record says.
    pub since: Option<Timestamp>,
    /// The replies it took in, by their short ids.
    pub adopts: Vec<String>,
    /// Why, as the decision or the list of changes says.
    pub why: Option<String>,
    /// What changed; none where the text came whole, and has to be compared.
    pub words: Option<Vec<RevisedWords>>,
}

/// One change.
#[derive(Debug, Clone)]
pub struct RevisedWords {
    /// A few words before.
    pub before: String,
    /// What stood there.
    pub was: String,
    /// What stands there now.
    pub now: String,
    /// A few words after.
    pub after: String,
    /// The words were moved here from elsewhere.
    pub moved: bool,
    /// The words come from an earlier revision.
    pub restored: bool,
    /// Only layout or typography changed.
    pub layout: bool,
    /// Bytes of its own revision where the words stand now.
    pub span: Range<usize>,
}

/// Bytes of context on each side.
pub(super) const AROUND: usize = 70;

/// Every revision on the way to the one that is named, the first one first.
pub(in crate::desk) fn revised(
    snap: &Snapshot<'_>,
    address: &str,
) -> Result<Vec<Revised>, DeskError> {
    let opened = whole_text_in(snap, address, "name a text: M or M@2")?;
    let line = snap.line(&opened.revision.id, Back::ToTheFirst)?;
    let edits = line.iter().map(|s| snap.edits_of(s)).collect::<Result<Vec<_>, _>>()?;
    let wanted = restored_from(&edits);
    let mut kept: HashMap<String, Sheets> = HashMap::new();
    let mut known = HashMap::new();
    let mut folio: Option<Folio> = None;
    let mut out: Vec<Revised> = Vec::with_capacity(line.len());
    for (n, step) in line.iter().enumerate() {
        let mut revision = told(snap, step, &mut known)?;
        revision.parent = out.last().map(|r: &Revised| r.name.clone());
        match (&edits[n], &mut folio) {
            (Some(edits), Some(folio)) => {
                let before = folio.sheets().clone();
                let restored =
                    |id: &str, span: Range<usize>| kept.get(id).and_then(|s| s.slice(span));
                folio.apply(edits, &restored).map_err(|e| {
                    DeskError::integrity("edits", format!("{}: {e}", revision.name))
                })?;
                revision.words = Some(words(edits, &before, &restored));
            }
            _ => folio = Some(Folio::new(&snap.text(&step.id)?.text)),
        }
        if let Some(folio) = folio.as_ref().filter(|_| !wanted.is_empty()) {
            let id = step.id.to_string();
            if wanted.contains(&id) {
                kept.insert(id, folio.sheets().clone());
            }
        }
        out.push(revision);
    }
    Ok(out)
}

fn restored_from(edits: &[Option<Edits>]) -> std::collections::HashSet<String> {
    let all = edits.iter().flatten().flat_map(|e| e.as_slice());
    all.filter_map(|e| match e {
        Edit::Restore { revision, .. } => Some(revision.clone()),
        _ => None,
    })
    .collect()
}

/// What is known of a revision besides its words.
fn told(
    snap: &Snapshot<'_>,
    step: &Step,
    known: &mut HashMap<u64, (String, usize)>,
) -> Result<Revised, DeskError> {
    let (name, who, _) = came_with(snap, step, known)?;
    if let Some(number) = step.number_in_history() {
        let inside = snap.inside(step.seq)?;
        return Ok(Revised {
            name,
            parent: None,
            nature: snap.get(&step.id)?.record.nature,
            who,
            issuer: None,
            edition: None,
            since: Some(inside.time(number)),
            adopts: Vec::new(),
            why: inside.step(number).and_then(|s| s.reason.clone()),
            words: None,
        });
    }
    let record = snap.get(&step.id)?.record;
    let mut why = None;
    for row in snap.naming(&step.id, Link::Revision)? {
        if row.kind == Kind::Decision {
            why = Some(snap.get::<crate::model::Decision>(&row.id.cast())?.record.reason);
        }
    }
    let adopts = record
        .adopts
        .iter()
        .map(|c| snap.short_id(Kind::Correction, c))
        .collect::<Result<_, _>>()?;
    Ok(Revised {
        name,
        parent: None,
        nature: record.nature,
        who,
        issuer: record.issuer.map(|a| snap.agent_name(&a)).transpose()?,
        edition: record.label,
        since: Some(record.time),
        adopts,
        why,
        words: None,
    })
}

fn words(
    edits: &Edits,
    before: &Sheets,
    restored: &dyn Fn(&str, Range<usize>) -> Option<String>,
) -> Vec<RevisedWords> {
    let mut out = Vec::with_capacity(edits.len());
    for (edit, put) in edits.as_slice().iter().zip(edits.put()) {
        let span = edit.span();
        let gone = before.slice(span.clone()).unwrap_or_default();
        let at = match edit {
            Edit::Move { to, .. } => *to..*to,
            _ => span,
        };
        let (was, now) = match edit {
            Edit::Replace { text, .. } | Edit::Layout { text, .. } => (gone, text.clone()),
            Edit::Move { .. } => (String::new(), gone),
            Edit::Restore { revision, start, end, .. } => {
                (gone, restored(revision, *start..*end).unwrap_or_default())
            }
        };
        out.push(RevisedWords {
            before: one_line(whole_words(
                &around(before, at.start.saturating_sub(AROUND), at.start),
                true,
            )),
            was: one_line(&was),
            now: one_line(&now),
            after: one_line(whole_words(
                &around(before, at.end, (at.end + AROUND).min(before.len())),
                false,
            )),
            moved: matches!(edit, Edit::Move { .. }),
            restored: matches!(edit, Edit::Restore { .. }),
            layout: matches!(edit, Edit::Layout { .. }),
            span: put,
        });
    }
    out
}

/// Bytes of the text, less what would cut a character.
fn around(sheets: &Sheets, start: usize, end: usize) -> String {
    let spans = (0..4).flat_map(|a| (0..4).map(move |b| (a, b)));
    let mut fits = spans.filter_map(|(a, b)| {
        let (start, end) = (start + a, end.checked_sub(b)?);
        if start > end { Some(String::new()) } else { sheets.slice(start..end) }
    });
    fits.next().unwrap_or_default()
}

/// The text without a word that may be cut, at its beginning or at its end.
pub(super) fn whole_words(text: &str, beginning: bool) -> &str {
    if text.len() < AROUND - 8 {
        // The text itself begins or ends here.
        return text;
    }
    match beginning {
        true => text.find(char::is_whitespace).map_or(text, |at| &text[at..]),
        false => text.rfind(char::is_whitespace).map_or(text, |at| &text[..at]),
    }
}

/// On one line; a space at either end says that words go on there.
pub(super) fn one_line(text: &str) -> String {
    let mut out = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.starts_with(char::is_whitespace) {
        out.insert(0, ' ');
    }
    if text.ends_with(char::is_whitespace) && !out.ends_with(' ') {
        out.push(' ');
    }
    out
}
