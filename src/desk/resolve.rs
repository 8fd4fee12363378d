//! From an address to what it names in one snapshot.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use crate::anchor::{Indexes, Locator, Resolution};
use crate::digest::Id;
use crate::index::{Held, Row, Snapshot};
use crate::model::{Correction, Kind, Part, Revision, Source};
use crate::text::View;

use super::address::{Address, Piece, is_siglum};
use super::archive::Archive;
use super::place::Place;
use super::{Class, DeskError};

/// A revision that was looked up, with the name it is printed by.
pub(super) struct Opened {
    pub source: Held<Source>,
    pub revision: Held<Revision>,
    /// `M@2`
    pub name: String,
    pub text: Arc<str>,
    view: Rc<View>,
    indexes: Arc<Indexes>,
}

/// What an address names.
pub(super) enum Target {
    /// A text, or bytes `span` of it.
    Text { opened: Opened, span: Range<usize>, whole: bool },
    /// Any other record.
    Record(Row),
    /// The receipt of a correction.
    Receipt(Id<Correction>),
}

impl Opened {
    /// The reading view.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Finds quotations in this text.
    pub fn locator(&self) -> Locator<'_> {
        Locator::with(&self.view, Arc::clone(&self.indexes))
    }

    /// The reading view, to keep.
    pub fn shared_view(&self) -> Rc<View> {
        Rc::clone(&self.view)
    }

    /// The place of a span of this text.
    pub fn place(&self, span: &Range<usize>) -> Place {
        Place::new(&self.name, &self.revision.id, self.view(), span)
    }

    /// Bytes of the lines, from 1, both included.
    pub fn lines(&self, a: usize, b: usize) -> Result<Range<usize>, DeskError> {
        self.view().lines().range_of(a..=b).ok_or_else(|| {
            DeskError::not_found(
                "line",
                format!(
                    "{} has {} lines; there is no line {}",
                    self.name,
                    self.view().lines().count(),
                    b.max(a)
                ),
            )
        })
    }

    /// Bytes of a passage, from 1.
    pub fn passage(&self, n: usize) -> Result<Range<usize>, DeskError> {
        let all = crate::text::passages(&self.text);
        all.get(n - 1).cloned().ok_or_else(|| {
            DeskError::not_found(
                "passage",
                format!("{} has {} passages; there is no passage {n}", self.name, all.len()),
            )
        })
    }

    /// Bytes of pages of print by their numbers, both included.
    pub fn pages(&self, a: u32, b: u32) -> Result<Range<usize>, DeskError> {
        let pages = self.view().pages();
        if let (Some((first, _)), Some((last, _))) = (pages.span_of(a), pages.span_of(b)) {
            return Ok(first.start..last.end);
        }
        let name = &self.name;
        let (Some(first), Some(last)) = (pages.starts().first(), pages.starts().last()) else {
            return Err(DeskError::not_found(
                "no-pages",
                format!("{name} does not show its printed pages: too few page numbers survive"),
            )
            .hint(format!("name lines, {name}:164, or a passage, {name}#37")));
        };
        let missing = if pages.span_of(a).is_none() { a } else { b };
        Err(DeskError::not_found(
            "page",
            format!(
                "{name} shows the printed pages {} to {}; page {missing} is not among them",
                first.number, last.number
            ),
        ))
    }
}

/// Opens `M` or `M@n`.
pub(super) fn open_text(
    snap: &Snapshot<'_>,
    siglum: &str,
    number: Option<usize>,
) -> Result<Opened, DeskError> {
    let source = source(snap, siglum)?;
    let count = snap.revision_count(&source.id)?;
    if count == 0 {
        return Err(DeskError::not_found(
            "no-text",
            format!("{siglum} has no text: {}", source.record.holding),
        ));
    }
    let number = match number {
        Some(n) => n,
        None => newest(siglum, &snap.heads(&source.id)?)?,
    };
    let Some(id) = snap.numbered(&source.id, number)? else {
        return Err(DeskError::not_found(
            "revision",
            format!("{siglum} has {count} revision(s); there is no {siglum}@{number}"),
        )
        .hint(format!("see them: variorum log {siglum}")));
    };
    let revision = snap.get(&id)?;
    let name = format!("{siglum}@{number}");
    let text = snap.text(&revision.id)?.text;
    let view = snap.view(&revision.id)?;
    let indexes = snap.indexes(&revision.id);
    Ok(Opened { source, revision, name, text, view, indexes })
}

/// A whole text of the archive; `hint` tells how to name one.
pub(super) fn whole_text(
    archive: &Archive,
    address: &str,
    hint: &str,
) -> Result<Opened, DeskError> {
    whole_text_in(&archive.snapshot()?, address, hint)
}

/// The same in a snapshot at hand.
pub(super) fn whole_text_in(
    snap: &Snapshot<'_>,
    address: &str,
    hint: &str,
) -> Result<Opened, DeskError> {
    match target(snap, address, None)? {
        Target::Text { opened, whole: true, .. } => Ok(opened),
        _ => {
            Err(DeskError::usage("not-a-text", format!("{address} is not a whole text")).hint(hint))
        }
    }
}

/// The source with this siglum, or an error that lists those there are.
pub(super) fn source(snap: &Snapshot<'_>, siglum: &str) -> Result<Held<Source>, DeskError> {
    if let Some(s) = snap.source_called(siglum)? {
        return Ok(s);
    }
    let known: Vec<String> =
        snap.rows(Kind::Source, None)?.into_iter().filter_map(|r| r.called).collect();
    let e = DeskError::not_found("source", format!("no source is called {siglum:?} here"));
    Err(if known.is_empty() {
        e.hint("this archive holds no text yet: variorum add FILE --siglum M")
    } else {
        e.hint(format!("the sources are: {}", known.join(", ")))
    })
}

/// The one head: a revision that no other was made from.
fn newest(siglum: &str, heads: &[(usize, Id<Revision>)]) -> Result<usize, DeskError> {
    if let [(one, _)] = heads {
        return Ok(*one);
    }
    let names: Vec<String> = heads.iter().map(|(n, _)| format!("{siglum}@{n}")).collect();
    Err(DeskError::not_found(
        "several-heads",
        format!("{siglum} has several newest revisions: {}", names.join(", ")),
    )
    .hint("name one of them"))
}

/// Looks an address up. `within` limits a quotation to one source.
pub(super) fn target(
    snap: &Snapshot<'_>,
    written: &str,
    within: Option<&str>,
) -> Result<Target, DeskError> {
    match Address::parse(written)? {
        Address::Record { kind, hex } => {
            row(snap, written, &hex, Some(kind)).and_then(|r| of_row(snap, r))
        }
        Address::Receipt { hex } => {
            Ok(Target::Receipt(row(snap, written, &hex, Some(Kind::Correction))?.id.cast()))
        }
        Address::Digest { hex } => digest(snap, written, &hex),
        Address::Text { siglum, revision, piece } => {
            let opened = open_text(snap, &siglum, revision)?;
            let (span, whole) = match piece {
                Piece::Whole => (0..opened.text.len(), true),
                Piece::Lines(a, b) => (opened.lines(a, b)?, false),
                Piece::Passage(n) => (opened.passage(n)?, false),
                Piece::Pages(a, b) => (opened.pages(a, b)?, false),
            };
            Ok(Target::Text { opened, span, whole })
        }
        Address::Named { kind, name } => {
            let rows = snap.rows(kind, Some(&name))?;
            let row = rows.into_iter().next_back().ok_or_else(|| {
                DeskError::not_found(
                    "no-name",
                    format!("no {} is called {name:?} here", kind.word()),
                )
                .hint(format!("see them: variorum list {}", plural(kind)))
            })?;
            Ok(Target::Record(row))
        }
        Address::Part { siglum, name } => part(snap, &siglum, &name),
        Address::Quotation(quote) => {
            let (opened, span) = quotation(snap, &quote, within)?;
            Ok(Target::Text { opened, span, whole: false })
        }
    }
}

/// How lists of a kind are called.
pub(super) fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Event => "events",
        Kind::Question => "questions",
        Kind::Claim => "claims",
        Kind::Copy => "copies",
        Kind::Assessment => "assessments",
        Kind::Search => "searches",
        _ => "texts",
    }
}

/// The words of a part; of one that is not here, its record.
fn part(snap: &Snapshot<'_>, siglum: &str, name: &str) -> Result<Target, DeskError> {
    let source = source(snap, siglum)?;
    for row in snap.rows(Kind::Part, Some(name))?.into_iter().rev() {
        let held = snap.get::<Part>(&row.id.cast())?;
        if held.record.source != source.id {
            continue;
        }
        let Some(span) = snap.selected(&held.record.at.selector)? else {
            return Ok(Target::Record(row));
        };
        let number = snap.number(&held.record.at.selector.revision)?;
        return match open_text(snap, siglum, number) {
            Ok(opened) => Ok(Target::Text { opened, span, whole: false }),
            // Where the text is not supplied, the record says what is known.
            Err(e) if e.code == "withheld" => Ok(Target::Record(row)),
            Err(e) => Err(e),
        };
    }
    Err(DeskError::not_found("no-part", format!("{siglum} has no part called {name:?}"))
        .hint(format!("see them: variorum list parts --in {siglum}")))
}

fn of_row(snap: &Snapshot<'_>, row: Row) -> Result<Target, DeskError> {
    if row.kind == Kind::Revision {
        let name = snap.revision_name(&row.id.cast())?;
        return target(snap, &name, None);
    }
    Ok(Target::Record(row))
}

/// The one row that a short id means.
pub(super) fn row(
    snap: &Snapshot<'_>,
    written: &str,
    hex: &str,
    kind: Option<Kind>,
) -> Result<Row, DeskError> {
    let mut rows = snap.with_prefix(hex, kind)?;
    match rows.len() {
        1 => Ok(rows.remove(0)),
        0 => Err(DeskError::not_found("record", format!("nothing here is called {written}"))
            .hint("see what there is: variorum log")),
        _ => {
            let names: Result<Vec<_>, _> =
                rows.iter().map(|r| snap.short_id(r.kind, &r.id)).collect();
            Err(DeskError::not_found(
                "record-ambiguous",
                format!("{written} fits several records: {}", names?.join(", ")),
            )
            .hint("give more digits"))
        }
    }
}

/// The correction that a short id means.
pub(super) fn correction(
    snap: &Snapshot<'_>,
    written: &str,
) -> Result<Held<Correction>, DeskError> {
    let id = match Address::parse(written)? {
        Address::Record { kind: Kind::Correction, hex }
        | Address::Receipt { hex }
        | Address::Digest { hex } => row(snap, written, &hex, Some(Kind::Correction))?.id,
        _ => {
            return Err(DeskError::usage(
                "not-a-correction",
                format!("{written:?} does not name a correction"),
            )
            .hint("corrections are named C-1a2b3c; see them: variorum inbox"));
        }
    };
    Ok(snap.get(&id.cast())?)
}

fn digest(snap: &Snapshot<'_>, written: &str, hex: &str) -> Result<Target, DeskError> {
    let rows = snap.with_prefix(hex, None)?;
    if !rows.is_empty() {
        return row(snap, written, hex, None).and_then(|r| of_row(snap, r));
    }
    for revision in snap.all::<Revision>()? {
        let text = &revision.record.text;
        if [text.sha256, text.commitment]
            .into_iter()
            .flatten()
            .any(|d| d.to_string().starts_with(hex))
        {
            return target(snap, &snap.revision_name(&revision.id)?, None);
        }
    }
    Err(DeskError::not_found(
        "digest",
        format!("no record and no text here has the digest {written}"),
    )
    .hint("see what there is: variorum log"))
}

/// The one place of a quotation, over all sources or within one.
pub(super) fn quotation(
    snap: &Snapshot<'_>,
    quote: &str,
    within: Option<&str>,
) -> Result<(Opened, Range<usize>), DeskError> {
    let sigla: Vec<String> = match within {
        Some(s) => vec![s.to_string()],
        None => snap.rows(Kind::Source, None)?.into_iter().filter_map(|r| r.called).collect(),
    };
    if sigla.is_empty() {
        return Err(DeskError::not_found("no-texts", "this archive holds no text yet")
            .hint("variorum add FILE --siglum M"));
    }
    let mut found = Vec::new();
    let mut nearest: Option<(f64, Place, String)> = None;
    for siglum in &sigla {
        let (name, number) =
            siglum.split_once('@').map_or((siglum.as_str(), None), |(s, n)| (s, n.parse().ok()));
        if !is_siglum(name) {
            return Err(DeskError::usage("siglum", format!("{siglum:?} is not a siglum")));
        }
        let opened = match open_text(snap, name, number) {
            Ok(o) => o,
            // A source without a text has no place for any quotation.
            Err(e) if e.class == Class::NotFound && within.is_none() => continue,
            Err(e) => return Err(e),
        };
        match opened.locator().locate(quote) {
            Resolution::Exact(span) | Resolution::Moved(span) => found.push((opened, vec![span])),
            Resolution::Ambiguous { places, .. } => {
                let spans = places.into_iter().map(|c| c.span).collect();
                found.push((opened, spans));
            }
            Resolution::Fuzzy { span, score, .. } => {
                let better = nearest.as_ref().is_none_or(|(s, ..)| score > *s);
                if better {
                    nearest = Some((score, opened.place(&span), opened.view().reading(span)));
                }
            }
            Resolution::Lost { nearest: Some(c) } => {
                let better = nearest.as_ref().is_none_or(|(s, ..)| c.score > *s);
                if better {
                    nearest = Some((c.score, opened.place(&c.span), opened.view().reading(c.span)));
                }
            }
            Resolution::Lost { nearest: None } => {}
        }
    }
    let total: usize = found.iter().map(|(_, spans)| spans.len()).sum();
    if total == 1 {
        let (opened, mut spans) = found.remove(0);
        return Ok((opened, spans.remove(0)));
    }
    if total > 1 {
        let mut lines = Vec::new();
        for (opened, spans) in &found {
            for span in spans.iter().take(6) {
                lines.push(opened.place(span).address);
            }
        }
        return Err(DeskError::not_found(
            "quotation-ambiguous",
            format!("{} stands in {total} places: {}", shown(quote), lines.join(", ")),
        )
        .hint("quote more words, or name the place: --at M:LINE"));
    }
    let where_ = within.map_or("any text here".to_string(), ToString::to_string);
    let e = DeskError::not_found(
        "quotation-not-found",
        format!("not found in {where_}: {}", shown(quote)),
    );
    Err(match nearest {
        Some((score, place, reading)) => e.hint(format!(
            "closest: {} ({:.0} %): {}",
            place.address,
            score * 100.0,
            shown(&reading)
        )),
        None => e.hint(
            "copy the words as they stand in the text; line breaks and hyphens do not matter",
        ),
    })
}

/// The one place of a quotation within `span` of an opened text.
pub(super) fn quotation_in(
    opened: &Opened,
    quote: &str,
    span: Range<usize>,
) -> Result<Range<usize>, DeskError> {
    let places: Vec<Range<usize>> = match opened.locator().locate(quote) {
        Resolution::Exact(found) | Resolution::Moved(found) => vec![found],
        Resolution::Ambiguous { places, .. } => places.into_iter().map(|c| c.span).collect(),
        Resolution::Fuzzy { span: near, score, .. } => {
            return Err(missing_in(opened, quote, &span, Some((score, near))));
        }
        Resolution::Lost { nearest } => {
            return Err(missing_in(opened, quote, &span, nearest.map(|c| (c.score, c.span))));
        }
    };
    let (mut inside, outside): (Vec<_>, Vec<_>) =
        places.into_iter().partition(|c| span.start <= c.start && c.end <= span.end);
    match inside.len() {
        1 => Ok(inside.remove(0)),
        0 => Err(missing_in(opened, quote, &span, outside.into_iter().next().map(|c| (1.0, c)))),
        n => {
            let shown_places: Vec<String> =
                inside.iter().take(6).map(|c| opened.place(c).address).collect();
            let within = name_of(opened, &span);
            Err(DeskError::not_found(
                "quotation-ambiguous",
                format!(
                    "{} stands in {n} places of {within}: {}",
                    shown(quote),
                    shown_places.join(", ")
                ),
            )
            .hint("quote more words, or name fewer lines: --at M:LINE"))
        }
    }
}

/// The error for words that do not stand in `span`, with the place that comes
/// nearest to them.
fn missing_in(
    opened: &Opened,
    quote: &str,
    span: &Range<usize>,
    nearest: Option<(f64, Range<usize>)>,
) -> DeskError {
    let within = name_of(opened, span);
    let e = DeskError::not_found(
        "quotation-not-found",
        format!("not found in {within}: {}", shown(quote)),
    );
    e.hint(match nearest {
        Some((score, near)) => {
            format!(
                "closest: {} ({:.0} %): {}",
                opened.place(&near).address,
                score * 100.0,
                shown(&opened.view().reading(near))
            )
        }
        None => "copy the words as they stand in the text; line breaks and hyphens do not matter"
            .to_string(),
    })
}

/// The span's address; a whole text goes by its own name.
fn name_of(opened: &Opened, span: &Range<usize>) -> String {
    if *span == (0..opened.text.len()) { opened.name.clone() } else { opened.place(span).address }
}

/// A quotation for a message: at most 80 characters, on one line, and cut between
/// words where these are not too long.
pub(super) fn shown(quote: &str) -> String {
    const LONGEST_WORD: usize = 20;
    let one_line: Vec<&str> = quote.split_whitespace().collect();
    let one_line = one_line.join(" ");
    if one_line.chars().count() > 80 {
        let mut head: String = one_line.chars().take(78).collect();
        let space = head.rfind(' ').filter(|at| head[*at..].chars().count() <= LONGEST_WORD);
        if let Some(space) = space.filter(|_| !one_line[head.len()..].starts_with(' ')) {
            head.truncate(space);
        }
        format!("“{head}…”")
    } else {
        format!("“{one_line}”")
    }
}
