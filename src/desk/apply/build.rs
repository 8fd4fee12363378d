//! From one item of a draft to its records.

use std::collections::HashMap;
use std::rc::Rc;

use super::answer::{Applied, ApplyAnswer};
use super::books::{Book, Books, by_lines};
use super::names::Names;
use super::stop::Stop;
use crate::desk::DeskError;
use crate::desk::batch::Batch;
use crate::digest::{Any, Digest, Id};
use crate::index::Snapshot;
use crate::model::draft::{At, CorrectionItem, Header, SearchItem, SourceItem};
use crate::model::{Agent, Citation, Document, Kind, Record, ReplyText, Revision, TextState};
use crate::text::{PassageTable, View};

/// Gives a text that a reader attached, by its digest.
type Attached<'s> = &'s dyn Fn(&Digest) -> Result<Option<Vec<u8>>, DeskError>;

/// Makes records of items, one act of the archive.
pub(in crate::desk) struct Builder<'s, 'b, 'c> {
    pub snap: &'s Snapshot<'s>,
    pub batch: &'b mut Batch<'c>,
    attached: Attached<'s>,
    pub(super) names: Names,
    books: Books,
    revised: Vec<Id<Any>>,
    unchanged: usize,
    here: HashMap<Id<Any>, ()>,
}

impl<'s, 'b, 'c> Builder<'s, 'b, 'c> {
    pub fn new(snap: &'s Snapshot<'s>, batch: &'b mut Batch<'c>, attached: Attached<'s>) -> Self {
        Self {
            snap,
            batch,
            attached,
            names: Names::default(),
            books: Books::default(),
            revised: Vec::new(),
            unchanged: 0,
            here: HashMap::new(),
        }
    }

    /// How many records there are so far.
    pub fn made(&self) -> usize {
        self.batch.records.len()
    }

    /// The records made since.
    pub fn since(&self, first: usize) -> impl Iterator<Item = Id<Any>> + '_ {
        self.batch.records[first..].iter().map(|(id, ..)| *id)
    }

    /// What it all became.
    pub fn answer(
        &self,
        files: usize,
        items: usize,
        from: &[(Id<Any>, String)],
        dry_run: bool,
    ) -> Result<ApplyAnswer, DeskError> {
        let from: HashMap<&Id<Any>, &String> = from.iter().map(|(id, place)| (id, place)).collect();
        let mut answer = ApplyAnswer {
            files,
            items,
            recorded: Vec::new(),
            by_kind: Default::default(),
            unchanged: self.unchanged,
            dry_run,
        };
        for (id, _, record) in &self.batch.records {
            let kind = record.kind();
            *answer.by_kind.entry(kind.word().to_string()).or_default() += 1;
            let name = match record.called() {
                Some(name) if matches!(kind, Kind::Source | Kind::Agent | Kind::Place) => {
                    name.to_string()
                }
                Some(name) => format!("{}/{name}", kind.word()),
                None => crate::model::short_id(kind, id, 6),
            };
            answer.recorded.push(Applied {
                kind: kind.name().to_string(),
                name,
                id: *id,
                from: from.get(id).map(|s| s.to_string()).unwrap_or_default(),
                revised: self.revised.contains(id),
            });
        }
        Ok(answer)
    }

    pub(super) fn named(
        &mut self,
        kind: Kind,
        name: &str,
        field: &'static str,
    ) -> Result<Id<Any>, Stop> {
        self.names.get(self.snap, kind, name, field)
    }

    pub(super) fn agent(&mut self, name: &str, field: &'static str) -> Result<Id<Agent>, Stop> {
        Ok(self.named(Kind::Agent, name, field)?.cast())
    }

    pub(super) fn agent_if(
        &mut self,
        name: &Option<String>,
        field: &'static str,
    ) -> Result<Option<Id<Agent>>, Stop> {
        name.as_ref().map(|n| self.agent(n, field)).transpose()
    }

    pub(super) fn agents(
        &mut self,
        names: &[String],
        field: &'static str,
    ) -> Result<Vec<Id<Agent>>, Stop> {
        names.iter().map(|n| self.agent(n, field)).collect()
    }

    pub(super) fn reference_if(
        &mut self,
        name: &Option<String>,
        field: &'static str,
    ) -> Result<Option<Id<Any>>, Stop> {
        name.as_ref().map(|n| self.reference(n, field)).transpose()
    }

    pub(super) fn references(
        &mut self,
        names: &[String],
        field: &'static str,
    ) -> Result<Vec<Id<Any>>, Stop> {
        names.iter().map(|n| self.reference(n, field)).collect()
    }

    /// An address with its kind before it, `question/…`, or the bare name.
    pub(super) fn of_kind(
        &mut self,
        kind: Kind,
        written: &str,
        field: &'static str,
    ) -> Result<Id<Any>, Stop> {
        let bare = written.strip_prefix(kind.word()).and_then(|s| s.strip_prefix('/'));
        self.named(kind, bare.unwrap_or(written), field)
    }

    /// A text that is pointed into.
    pub(super) fn book(
        &mut self,
        siglum: &str,
        number: Option<usize>,
        field: &'static str,
    ) -> Result<Rc<Book>, Stop> {
        // A source of these drafts may not be made yet.
        let expected =
            matches!(self.names.get(self.snap, Kind::Source, siglum, field), Err(Stop::Later(_)));
        self.books.book(self.snap, siglum, number, field, expected)
    }

    /// The places of addresses by lines.
    pub(super) fn citations(
        &mut self,
        at: &At,
        field: &'static str,
    ) -> Result<Vec<Citation>, Stop> {
        at.0.iter().map(|written| self.citation(written, field)).collect()
    }

    /// The place of an address by lines.
    pub(super) fn citation(
        &mut self,
        written: &str,
        field: &'static str,
    ) -> Result<Citation, Stop> {
        let (siglum, number, a, b) = by_lines(written, field)?;
        let book = self.book(&siglum, number, field)?;
        book.cite(a, b).ok_or_else(|| {
            Stop::bad(
                field,
                format!("{siglum} has {} lines; there is no {written}", book.view.lines().count()),
            )
        })
    }

    /// Adds a record, unless the archive has it. A thing that is described
    /// otherwise in the archive gets a new description that replaces the old
    /// one; what names the thing goes on naming its first description.
    pub(super) fn put(
        &mut self,
        name: Option<(Kind, &str)>,
        record: impl Into<Record>,
    ) -> Result<Id<Any>, Stop> {
        let mut record: Record = record.into();
        let plain = self.id_of(&record)?;
        let (mut id, mut old) = (plain, None);
        if let Some((kind, name)) = name
            && let Some(first) = super::names::in_archive(self.snap, kind, name)?
        {
            let newest = self.newest(kind, name)?.unwrap_or(first);
            let mut bare = self.snap.any(newest.digest())?;
            bare.set_parent(None);
            if self.id_of(&bare)? == plain {
                id = newest;
            } else {
                record.set_parent(Some(newest));
                id = self.id_of(&record)?;
                old = Some(newest);
            }
            self.names.set(kind, name, first);
        } else if let Some((kind, name)) = name {
            self.names.set(kind, name, id);
        }
        if self.snap.row(id.digest())?.is_some() || self.here.insert(id, ()).is_some() {
            self.unchanged += 1;
            return Ok(id);
        }
        if old.is_some() {
            self.revised.push(id);
        }
        let written = self.batch.record_any(record)?;
        Ok(written)
    }

    /// The newest description that a name has in the archive.
    fn newest(&self, kind: Kind, name: &str) -> Result<Option<Id<Any>>, Stop> {
        let Some(first) = super::names::in_archive(self.snap, kind, name)? else { return Ok(None) };
        Ok(Some(self.snap.newest_description(&first)?))
    }

    fn id_of(&self, record: &Record) -> Result<Id<Any>, Stop> {
        let (id, _) = record.encode().map_err(|e| {
            Stop::bad("id", format!("the {} cannot be recorded: {e}", record.kind().word()))
        })?;
        Ok(id)
    }

    /// A withheld text: its digests, its passage table, its places.
    pub(super) fn withheld_text(
        &mut self,
        item: &SourceItem,
        sha256: Digest,
        head: &Header,
        maker: Id<Agent>,
        source: Id<Any>,
    ) -> Result<(), Stop> {
        if self.snap.heads(&source.cast())?.iter().len() > 0 {
            return Ok(());
        }
        let bytes = (self.attached)(&sha256)?.ok_or_else(|| {
            Stop::bad("sha256", format!("the text of {} is not at hand", item.siglum))
                .hint("who has the file names it: variorum apply --text FILE")
        })?;
        let text = String::from_utf8(bytes).map_err(|e| {
            Stop::bad("sha256", format!("the text of {} is not UTF-8: {e}", item.siglum))
        })?;
        let table = PassageTable::of(&text);
        let passages = self.batch.plain(table.to_bytes()).name;
        let revision = Revision {
            origin: self.batch.origin.clone(),
            maker: Some(maker),
            key: None,
            time: head.time,
            nonce: None,
            source: source.cast(),
            parent: None,
            nature: crate::model::Nature::Received,
            issuer: None,
            label: item.label.clone(),
            date: None,
            url: item.url.clone(),
            adopts: Vec::new(),
            text: TextState {
                bytes: text.len() as u64,
                sha256: Some(sha256),
                commitment: None,
                root: table.root(),
                passages: Some(passages),
            },
            edits: None,
            received: None,
            withheld: true,
        };
        let id = self.put(None, revision)?;
        let view = Rc::new(View::new(text.as_str().into()));
        self.books.put(&item.siglum, Book { revision: id.cast(), table: Rc::new(table), view });
        Ok(())
    }

    /// A person's words as a draft gives them: they are public.
    pub(super) fn words(&mut self, c: &CorrectionItem) -> crate::model::ContentRef {
        let words = ReplyText {
            says: c.says.clone(),
            replacement: c.replacement.clone(),
            name: Some(c.by.clone()),
            ..Default::default()
        };
        self.batch.plain(words.to_bytes())
    }

    /// What a search by machine finds.
    pub(super) fn hits(
        &mut self,
        item: &SearchItem,
        view: &View,
        span: Option<std::ops::Range<usize>>,
    ) -> u64 {
        let inside = |at: &std::ops::Range<usize>| {
            span.as_ref().is_none_or(|s| s.start <= at.start && at.end <= s.end)
        };
        let mut places = std::collections::BTreeSet::new();
        for spelling in &item.r#for {
            match item.view {
                crate::model::SearchView::Reading => {
                    places.extend(view.find(spelling).into_iter().filter(inside).map(|r| r.start));
                }
                crate::model::SearchView::Raw => {
                    let found = view.source().match_indices(spelling.as_str());
                    places.extend(
                        found.map(|(at, s)| at..at + s.len()).filter(inside).map(|r| r.start),
                    );
                }
            }
        }
        places.len() as u64
    }

    /// The name of a whole text, `M` or `M@1`.
    pub(super) fn siglum(
        written: &str,
        field: &'static str,
    ) -> Result<(String, Option<usize>), Stop> {
        use crate::desk::address::{Address, Piece};
        match Address::parse(written) {
            Ok(Address::Text { siglum, revision, piece: Piece::Whole }) => Ok((siglum, revision)),
            _ => Err(Stop::bad(field, format!("{written:?} is not a text"))),
        }
    }
}
