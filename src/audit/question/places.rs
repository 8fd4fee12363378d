//! Places in texts: from a recorded citation to bytes, lines and, where the
//! text is at hand, words.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::{Digest, Id};
use crate::index::{Held, Snapshot, SnapshotError, Way};
use crate::model::{Citation, Kind, Link, Part, Place, Revision, Source};
use crate::text::View;

/// A place that a record cites, looked up now.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CitedPlace {
    /// The address by lines, `M@1:164-165`.
    pub address: String,
    /// Siglum of the source.
    pub source: String,
    /// The smallest part that holds it, `M/App9`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Title of that part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_title: Option<String>,
    /// The revision, `M@1`.
    pub revision: String,
    /// Its id.
    pub revision_id: Id<Revision>,
    /// First byte, from 0.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// First and last line, from 1.
    pub lines: [u64; 2],
    /// Printed page, with its margin of error in pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PrintedPage>,
    /// SHA-256 of the passage in which it begins; null for a private text.
    pub passage_sha256: Option<Digest>,
    /// What was checked of it now.
    pub checked: PlaceCheck,
    /// The words as read, where the text is at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Language of the words (BCP 47), where it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A page of print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PrintedPage {
    /// Its number.
    pub number: u32,
    /// By how many pages this may be wrong.
    pub error: u32,
}

/// What was checked of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceCheck {
    /// The bytes of its passages were read and hashed, and its lines counted.
    Matches,
    /// The text is not supplied here; its passage table names the place.
    NotSupplied,
    /// The place is not where the record says.
    Broken,
}

/// A part with where it stands.
struct Placed {
    id: Id<Part>,
    part: Part,
    span: Range<usize>,
}

/// Name of a revision, siglum and id of its source.
type Named = (String, String, Id<Source>);

/// Texts and their parts, opened once for one audit.
pub struct Texts<'a> {
    parts: RefCell<HashMap<Id<Source>, Rc<Vec<Placed>>>>,
    names: RefCell<HashMap<Id<Revision>, Named>>,
    sources: RefCell<HashMap<Id<Source>, Rc<OfSource>>>,
    lines: RefCell<HashMap<Id<Revision>, Option<Rc<Open>>>>,
    /// The printed page of a byte, where pages can be told.
    page: &'a dyn Fn(&Id<Revision>, usize) -> Option<PrintedPage>,
}

/// What is known of a source.
pub(super) struct OfSource {
    /// Its newest revisions: one, or one of each line.
    pub newest: Vec<Newest>,
    /// Some reply answers some revision of it.
    pub answered: bool,
}

/// A newest revision, and the way to it from those before.
pub(super) struct Newest {
    pub id: Id<Revision>,
    pub name: String,
    pub way: Way,
}

/// A text at hand.
struct Open {
    text: std::sync::Arc<str>,
    lines: crate::text::Lines,
}

impl<'a> Texts<'a> {
    /// Opens nothing yet. `page` tells the printed page of a byte.
    pub fn new(page: &'a dyn Fn(&Id<Revision>, usize) -> Option<PrintedPage>) -> Self {
        Self {
            parts: RefCell::default(),
            names: RefCell::default(),
            sources: RefCell::default(),
            lines: RefCell::default(),
            page,
        }
    }

    /// Looks a citation up.
    ///
    /// # Errors
    /// When records are missing or damaged; a place that does not hold is said
    /// in `broken` and in the answer.
    pub fn place(
        &self,
        snap: &Snapshot<'_>,
        citation: &Citation,
        broken: &mut Vec<String>,
    ) -> Result<CitedPlace, SnapshotError> {
        let id = citation.selector.revision;
        let (revision, siglum, source) = self.name(snap, &id)?;
        let [a, b] = citation.lines;
        let address =
            if a == b { format!("{revision}:{a}") } else { format!("{revision}:{a}-{b}") };
        let span = match snap.selected(&citation.selector) {
            Ok(span) => span,
            Err(SnapshotError::Broken(f)) => {
                broken.push(format!("{address}: {}", f.text));
                None
            }
            Err(e) => return Err(e),
        };
        let open = self.open(snap, &id, &address, broken)?;
        let checked = match (&span, &open) {
            (None, _) => {
                broken.push(format!("{address}: the place is not in the passages of {revision}"));
                PlaceCheck::Broken
            }
            (Some(_), None) => PlaceCheck::NotSupplied,
            (Some(span), Some(open)) => {
                let first = open.lines.line_of(span.start) as u64;
                let last = open.lines.line_of(span.end.max(span.start + 1) - 1) as u64;
                if [first, last] == citation.lines {
                    PlaceCheck::Matches
                } else {
                    broken.push(format!("{address}: these bytes stand at lines {first}-{last}"));
                    PlaceCheck::Broken
                }
            }
        };
        let span = span.unwrap_or(0..0);
        let quote = open.as_ref().and_then(|o| {
            let words = o.text.get(span.clone())?;
            let read = View::new(words.into()).reading(0..words.len());
            Some(read.split_whitespace().collect::<Vec<_>>().join(" "))
        });
        let parts = self.parts(snap, &source)?;
        let part = smallest(&parts, &span).map(|p| &p.part);
        let language = match part.and_then(|p| p.language.clone()) {
            Some(own) => Some(own),
            None => snap.current(&source)?.record.language,
        };
        let public = snap.get(&id)?.record.text.sha256.is_some();
        Ok(CitedPlace {
            address,
            part: part.map(|p| format!("{siglum}/{}", p.name)),
            part_title: part.map(|p| p.title.clone()),
            source: siglum,
            revision,
            revision_id: id,
            page: (self.page)(&id, span.start),
            start: span.start,
            end: span.end,
            lines: citation.lines,
            passage_sha256: public.then_some(citation.selector.passage),
            checked,
            quote,
            language,
        })
    }

    /// The siglum of a revision's source.
    ///
    /// # Errors
    /// When a record is missing or damaged.
    pub fn siglum(&self, snap: &Snapshot<'_>, id: &Id<Revision>) -> Result<String, SnapshotError> {
        Ok(self.name(snap, id)?.1)
    }

    /// The smallest part that holds a citation: its id and its record.
    pub(super) fn part_of(
        &self,
        snap: &Snapshot<'_>,
        citation: &Citation,
    ) -> Result<Option<(Id<Part>, Part)>, SnapshotError> {
        let (_, _, source) = self.name(snap, &citation.selector.revision)?;
        let Some(span) = snap.selected(&citation.selector)? else { return Ok(None) };
        let parts = self.parts(snap, &source)?;
        Ok(smallest(&parts, &span).map(|p| (p.id, p.part.clone())))
    }

    /// Name of the revision, siglum, source.
    pub(super) fn name(
        &self,
        snap: &Snapshot<'_>,
        id: &Id<Revision>,
    ) -> Result<Named, SnapshotError> {
        if let Some(known) = self.names.borrow().get(id) {
            return Ok(known.clone());
        }
        let source = snap.get(id)?.record.source;
        let siglum = snap.get(&source)?.record.siglum;
        let known = (snap.revision_name(id)?, siglum, source);
        self.names.borrow_mut().insert(*id, known.clone());
        Ok(known)
    }

    /// Its newest revisions, and whether anybody replied to it.
    pub(super) fn of_source(
        &self,
        snap: &Snapshot<'_>,
        source: &Id<Source>,
    ) -> Result<Rc<OfSource>, SnapshotError> {
        if let Some(known) = self.sources.borrow().get(source) {
            return Ok(known.clone());
        }
        let mut newest = Vec::new();
        for (_, id) in snap.heads(source)? {
            newest.push(Newest { id, name: snap.revision_name(&id)?, way: snap.way_to(&id)? });
        }
        let known = Rc::new(OfSource { newest, answered: snap.is_answered(source)? });
        self.sources.borrow_mut().insert(*source, known.clone());
        Ok(known)
    }

    /// First and last line, from 1, of bytes of a revision, where it is at hand.
    pub(super) fn lines(
        &self,
        snap: &Snapshot<'_>,
        id: &Id<Revision>,
        span: &Range<usize>,
    ) -> Result<Option<[usize; 2]>, SnapshotError> {
        // What is broken there is told of the places that are cited from it.
        let open = self.open(snap, id, "", &mut Vec::new())?;
        Ok(open.map(|open| {
            let last = span.end.max(span.start + 1) - 1;
            [open.lines.line_of(span.start), open.lines.line_of(last)]
        }))
    }

    /// Whether the bytes of a revision are at hand; they were then hashed.
    pub(super) fn supplied(
        &self,
        snap: &Snapshot<'_>,
        id: &Id<Revision>,
        broken: &mut Vec<String>,
    ) -> Result<bool, SnapshotError> {
        let name = self.name(snap, id)?.0;
        Ok(self.open(snap, id, &name, broken)?.is_some())
    }

    fn open(
        &self,
        snap: &Snapshot<'_>,
        id: &Id<Revision>,
        place: &str,
        broken: &mut Vec<String>,
    ) -> Result<Option<Rc<Open>>, SnapshotError> {
        if let Some(open) = self.lines.borrow().get(id) {
            return Ok(open.clone());
        }
        let open = match snap.text(id) {
            Ok(t) => {
                let lines = crate::text::Lines::new(&t.text);
                Some(Rc::new(Open { text: t.text, lines }))
            }
            Err(SnapshotError::Withheld(_)) => None,
            Err(SnapshotError::Broken(f)) => {
                broken.push(format!("{place}: {}: {}", f.place, f.text));
                None
            }
            Err(e) => return Err(e),
        };
        self.lines.borrow_mut().insert(*id, open.clone());
        Ok(open)
    }

    fn parts(
        &self,
        snap: &Snapshot<'_>,
        source: &Id<Source>,
    ) -> Result<Rc<Vec<Placed>>, SnapshotError> {
        if let Some(known) = self.parts.borrow().get(source) {
            return Ok(known.clone());
        }
        let mut out = Vec::new();
        for row in snap.naming(source, Link::Source)? {
            if row.kind != Kind::Part {
                continue;
            }
            let held: Held<Part> = snap.get(&row.id.cast())?;
            if let Some(span) = snap.selected(&held.record.at.selector)? {
                out.push(Placed { id: held.id, part: held.record, span });
            }
        }
        let out = Rc::new(out);
        self.parts.borrow_mut().insert(*source, out.clone());
        Ok(out)
    }
}

fn smallest<'p>(parts: &'p [Placed], span: &Range<usize>) -> Option<&'p Placed> {
    let holds = |p: &&Placed| p.span.start <= span.start && span.end <= p.span.end;
    parts.iter().filter(holds).min_by_key(|p| p.span.len())
}

/// Whether one place lies in another, by the records.
pub(super) fn within<'s>(snap: &'s Snapshot<'_>) -> impl Fn(&Id<Place>, &Id<Place>) -> bool + 's {
    move |a, b| {
        let mut at = *a;
        // A ring of places would never end.
        for _ in 0..16 {
            match snap.current(&at).map(|p| p.record.within) {
                Ok(Some(next)) if next == *b => return true,
                Ok(Some(next)) => at = next,
                _ => return false,
            }
        }
        false
    }
}
