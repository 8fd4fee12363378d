//! From one item of a draft to its records.

use std::collections::HashMap;
use std::rc::Rc;

use toml::Spanned;

use super::books::{Book, Books, by_lines};
use super::names::Names;
use super::{Applied, ApplyAnswer};
use crate::desk::DeskError;
use crate::desk::batch::Batch;
use crate::digest::{Any, Digest, Id};
use crate::index::Snapshot;
use crate::model::draft::{
    AccountItem, AgentItem, AssessmentItem, At, ClaimItem, CopyItem, CorrectionItem, Draft,
    EventItem, EvidenceItem, Header, PartItem, PlaceItem, QuestionItem, RelationItem,
    ResponsibilityItem, SearchItem, SignatureItem, SourceItem,
};
use crate::model::{Agent, Citation, Document, Kind, Record, ReplyText, Revision, TextState};
use crate::text::{PassageTable, View};

/// Why an item gives no record now.
#[derive(Debug)]
pub(in crate::desk) enum Stop {
    /// It names what is not made yet.
    Later(String),
    /// It is wrong.
    Bad {
        /// The field at fault.
        field: &'static str,
        /// What is wrong.
        what: String,
        /// What to do.
        hint: Option<String>,
    },
    /// The archive cannot answer.
    Archive(Box<DeskError>),
}

impl Stop {
    pub fn bad(field: &'static str, what: String) -> Self {
        Self::Bad { field, what, hint: None }
    }

    pub fn hint(self, hint: impl Into<String>) -> Self {
        match self {
            Self::Bad { field, what, .. } => Self::Bad { field, what, hint: Some(hint.into()) },
            other => other,
        }
    }
}

impl<E: Into<DeskError>> From<E> for Stop {
    fn from(e: E) -> Self {
        Self::Archive(Box::new(e.into()))
    }
}

/// An item of any sort.
pub(in crate::desk) enum Item<'a> {
    Agent(&'a AgentItem),
    Source(&'a SourceItem),
    Place(&'a PlaceItem),
    Part(&'a PartItem),
    Copy(&'a CopyItem),
    Event(&'a EventItem),
    Evidence(&'a EvidenceItem),
    Account(&'a AccountItem),
    Question(&'a QuestionItem),
    Claim(&'a ClaimItem),
    Assessment(&'a AssessmentItem),
    Relation(&'a RelationItem),
    Signature(&'a SignatureItem),
    Responsibility(&'a ResponsibilityItem),
    Search(&'a SearchItem),
    Correction(&'a CorrectionItem),
}

impl<'a> Item<'a> {
    /// All items of a draft with the byte at which each begins.
    pub fn of(draft: &'a Draft) -> Vec<(usize, Self)> {
        let mut out = Vec::new();
        fn put<'a, T>(
            out: &mut Vec<(usize, Item<'a>)>,
            list: &'a [Spanned<T>],
            item: fn(&'a T) -> Item<'a>,
        ) {
            out.extend(list.iter().map(|s| (s.span().start, item(s.get_ref()))));
        }
        put(&mut out, &draft.agent, Item::Agent);
        put(&mut out, &draft.source, Item::Source);
        put(&mut out, &draft.place, Item::Place);
        put(&mut out, &draft.part, Item::Part);
        put(&mut out, &draft.copy, Item::Copy);
        put(&mut out, &draft.event, Item::Event);
        put(&mut out, &draft.evidence, Item::Evidence);
        put(&mut out, &draft.account, Item::Account);
        put(&mut out, &draft.question, Item::Question);
        put(&mut out, &draft.claim, Item::Claim);
        put(&mut out, &draft.assessment, Item::Assessment);
        put(&mut out, &draft.relation, Item::Relation);
        put(&mut out, &draft.signature, Item::Signature);
        put(&mut out, &draft.responsibility, Item::Responsibility);
        put(&mut out, &draft.search, Item::Search);
        put(&mut out, &draft.correction, Item::Correction);
        out
    }

    /// Kinds that others name come first.
    pub fn rank(&self) -> u8 {
        match self {
            Item::Agent(_) => 0,
            Item::Source(_) => 1,
            Item::Place(_) => 2,
            Item::Part(_) => 3,
            Item::Copy(_) => 4,
            Item::Event(_) => 5,
            Item::Evidence(_) => 6,
            Item::Account(_) => 7,
            Item::Question(_) => 8,
            Item::Claim(_) => 9,
            Item::Assessment(_) => 10,
            Item::Relation(_) => 11,
            Item::Signature(_) => 12,
            Item::Responsibility(_) => 13,
            Item::Search(_) => 14,
            Item::Correction(_) => 15,
        }
    }

    /// The name that it defines.
    pub fn called(&self) -> Option<(Kind, String)> {
        Some(match self {
            Item::Agent(a) => (Kind::Agent, a.name.clone()),
            Item::Place(p) => (Kind::Place, p.name.clone()),
            Item::Source(s) => (Kind::Source, s.siglum.clone()),
            Item::Part(p) => (Kind::Part, format!("{}/{}", p.of, p.name)),
            Item::Copy(c) => (Kind::Copy, c.id.clone()),
            Item::Event(e) => (Kind::Event, e.id.clone()),
            Item::Question(q) => (Kind::Question, q.id.clone()),
            Item::Claim(c) => (Kind::Claim, c.id.clone()),
            Item::Assessment(a) => (Kind::Assessment, a.id.clone()),
            Item::Evidence(e) => (Kind::Evidence, e.id.clone()),
            Item::Search(s) => (Kind::Search, s.id.clone()),
            Item::Account(_)
            | Item::Relation(_)
            | Item::Signature(_)
            | Item::Responsibility(_)
            | Item::Correction(_) => return None,
        })
    }
}

/// Makes records of items, one act of the archive.
pub(in crate::desk) struct Builder<'s, 'b, 'c> {
    pub snap: &'s Snapshot<'s>,
    pub batch: &'b mut Batch<'c>,
    attached: &'s dyn Fn(&Digest) -> Result<Option<Vec<u8>>, DeskError>,
    pub(super) names: Names,
    books: Books,
    revised: Vec<Id<Any>>,
    unchanged: usize,
    here: HashMap<Id<Any>, ()>,
}

impl<'s, 'b, 'c> Builder<'s, 'b, 'c> {
    pub fn new(
        snap: &'s Snapshot<'s>,
        batch: &'b mut Batch<'c>,
        attached: &'s dyn Fn(&Digest) -> Result<Option<Vec<u8>>, DeskError>,
    ) -> Self {
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
