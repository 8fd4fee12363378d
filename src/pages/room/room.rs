//! The room itself: an archive at one checkpoint, opened once, from which any
//! page can be asked for. What several pages need is read once.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::desk::{
    self, Book, DeskError, InboxAnswer, Kind, ListItem, Listed, ListedNamed, ListedText, Reader,
    StatusAnswer, TimelineAnswer, WhoSpan,
};
use crate::pages::language::Language;

use super::route::Route;
use super::setting::Setting;
use super::*;

/// A reading room.
pub struct Room<'r> {
    pub(in crate::pages) reader: &'r Reader<'r>,
    pub(super) setting: Setting,
    pub(super) status: StatusAnswer,
    pub(super) checkpoint: String,
    /// Texts, in the order in which the archive learned of them.
    pub(super) shelf: Vec<Shelved>,
    pub(in crate::pages) events: Vec<ListedNamed>,
    pub(in crate::pages) questions: Vec<ListedNamed>,
    pub(super) inbox: InboxAnswer,
    timeline: OnceCell<Rc<TimelineAnswer>>,
    entries: OnceCell<Vec<desk::LogItem>>,
    books: RefCell<HashMap<String, Rc<Book>>>,
    writers: RefCell<HashMap<String, Rc<Vec<WhoSpan>>>>,
    revised: RefCell<HashMap<String, Rc<Vec<desk::Revised>>>>,
    earlier: RefCell<HashMap<String, Rc<desk::Earlier>>>,
    /// Where the words of each reply stand: siglum and name of the paragraph.
    stands: OnceCell<HashMap<String, (String, String)>>,
}

/// A text on the shelf.
pub(super) struct Shelved {
    pub text: ListedText,
    /// Why its words are not on any page, where they are not.
    pub shut: Option<Shut>,
}

/// Why a text is not read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shut {
    /// The archive has no words of it.
    NotHeld,
    /// Its bytes are not supplied.
    NotSupplied,
    /// It is private.
    Private,
    /// It has several newest revisions, so that none is shown as such.
    SeveralNewest,
}

/// A file of the room.
pub struct RoomFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media: &'static str,
}

impl<'r> Room<'r> {
    /// Opens the room.
    ///
    /// # Errors
    /// When records are missing or damaged.
    pub fn new(reader: &'r Reader<'r>, setting: Setting) -> Result<Self, DeskError> {
        let archive = reader.archive();
        let named = |kind| -> Result<Vec<ListedNamed>, DeskError> {
            let items = reader.list(Listed::Named(kind))?.into_iter();
            let named = items.filter_map(|i| match i {
                ListItem::Named(n) => Some(n),
                _ => None,
            });
            Ok(named.collect())
        };
        let mut room = Self {
            reader,
            setting,
            status: desk::status(archive)?,
            checkpoint: archive.checkpoint()?,
            shelf: Vec::new(),
            events: named(Kind::Event)?,
            questions: named(Kind::Question)?,
            inbox: reader.inbox()?,
            timeline: OnceCell::new(),
            entries: OnceCell::new(),
            books: RefCell::default(),
            writers: RefCell::default(),
            revised: RefCell::default(),
            earlier: RefCell::default(),
            stands: OnceCell::new(),
        };
        let texts = reader.list(Listed::Texts)?.into_iter().filter_map(|i| match i {
            ListItem::Text(t) => Some(t),
            _ => None,
        });
        let mut shelf = Vec::new();
        for text in texts {
            let shut = room.shut(&text)?;
            shelf.push(Shelved { text, shut });
        }
        room.shelf = shelf;
        Ok(room)
    }

    /// Why a text cannot be read here, if so.
    fn shut(&self, text: &ListedText) -> Result<Option<Shut>, DeskError> {
        if text.revisions.is_empty() {
            return Ok(Some(Shut::NotHeld));
        }
        // Of a private text no digest is published.
        let private = text.revisions.iter().all(|r| r.sha256.is_none());
        match self.book(&text.siglum) {
            Ok(_) => Ok(None),
            Err(e) if e.code == "withheld" && private => Ok(Some(Shut::Private)),
            Err(e) if e.code == "withheld" => Ok(Some(Shut::NotSupplied)),
            Err(e) if e.code == "several-heads" => Ok(Some(Shut::SeveralNewest)),
            Err(e) if e.code == "no-text" => Ok(Some(Shut::NotHeld)),
            Err(e) => Err(e),
        }
    }

    /// The language of the room.
    pub(in crate::pages) fn say(&self) -> Language {
        self.setting.language
    }

    /// A text on the shelf.
    pub(super) fn shelved(&self, siglum: &str) -> Option<&Shelved> {
        self.shelf.iter().find(|s| s.text.siglum == siglum)
    }

    /// Texts that can be read here.
    pub(super) fn open_texts(&self) -> impl Iterator<Item = &ListedText> {
        self.shelf.iter().filter(|s| s.shut.is_none()).map(|s| &s.text)
    }

    /// A text laid out: `M` for its newest revision, or `M@2`.
    pub(super) fn book(&self, address: &str) -> Result<Rc<Book>, DeskError> {
        if let Some(book) = self.books.borrow().get(address) {
            return Ok(Rc::clone(book));
        }
        let book = Rc::new(self.reader.book(address)?);
        let mut books = self.books.borrow_mut();
        // Of older revisions one is kept at a time: each is as long as a book.
        books.retain(|name, _| !name.contains('@'));
        books.insert(address.to_string(), Rc::clone(&book));
        Ok(book)
    }

    /// Who wrote the words of a text's newest revision.
    pub(super) fn writers(&self, siglum: &str) -> Result<Rc<Vec<WhoSpan>>, DeskError> {
        if let Some(spans) = self.writers.borrow().get(siglum) {
            return Ok(Rc::clone(spans));
        }
        let spans = Rc::new(self.reader.writers(&*self.book(siglum)?)?);
        self.writers.borrow_mut().insert(siglum.to_string(), Rc::clone(&spans));
        Ok(spans)
    }

    /// What the revisions of a text changed.
    pub(super) fn revised(&self, siglum: &str) -> Result<Rc<Vec<desk::Revised>>, DeskError> {
        if let Some(all) = self.revised.borrow().get(siglum) {
            return Ok(Rc::clone(all));
        }
        let all = Rc::new(self.reader.revised(siglum)?);
        self.revised.borrow_mut().insert(siglum.to_string(), Rc::clone(&all));
        Ok(all)
    }

    /// What stood at the paragraphs of a text's newest revision before.
    pub(super) fn earlier(&self, siglum: &str) -> Result<Rc<desk::Earlier>, DeskError> {
        if let Some(known) = self.earlier.borrow().get(siglum) {
            return Ok(Rc::clone(known));
        }
        let (book, all) = (self.book(siglum)?, self.revised(siglum)?);
        let made = Rc::new(self.reader.earlier(&book, &all)?);
        self.earlier.borrow_mut().insert(siglum.to_string(), Rc::clone(&made));
        Ok(made)
    }

    /// The dates as told.
    pub(super) fn timeline(&self) -> Result<Rc<TimelineAnswer>, DeskError> {
        if let Some(known) = self.timeline.get() {
            return Ok(Rc::clone(known));
        }
        let made = Rc::new(self.reader.timeline()?);
        Ok(Rc::clone(self.timeline.get_or_init(|| made)))
    }

    /// Every log entry, the newest first, without what follows from others.
    pub(super) fn entries(&self) -> Result<&[desk::LogItem], DeskError> {
        if let Some(known) = self.entries.get() {
            return Ok(known);
        }
        let made = log::entries(self)?;
        Ok(self.entries.get_or_init(|| made))
    }

    /// Where the words of a reply stand now: the page of their paragraph.
    pub(in crate::pages) fn stands(&self, correction: &str) -> Result<Option<Route>, DeskError> {
        if self.stands.get().is_none() {
            let mut all = HashMap::new();
            for text in self.open_texts() {
                let book = self.book(&text.siglum)?;
                for p in &book.paragraphs {
                    for mark in &p.marks {
                        let id = book.notes[mark.note].correction.clone();
                        all.entry(id).or_insert((text.siglum.clone(), p.name.clone()));
                    }
                }
            }
            let _ = self.stands.set(all);
        }
        let known = self.stands.get().and_then(|all| all.get(correction));
        Ok(known.map(|(siglum, name)| Route::Passage(siglum.clone(), name.clone())))
    }

    /// The page that shows what an address names, where the room has one.
    pub(super) fn route_to(&self, address: &str) -> Option<Route> {
        if let Some(name) = address.strip_prefix("event/") {
            return Some(Route::Event(name.to_string()));
        }
        if let Some(name) = address.strip_prefix("question/") {
            return Some(Route::Question(name.to_string()));
        }
        if address.starts_with("C-") {
            return Some(Route::Reply(address.to_string()));
        }
        let (siglum, rest) =
            address.find(['@', ':']).map_or((address, ""), |at| (&address[..at], &address[at..]));
        let shelved = self.shelved(siglum)?;
        let line = rest.split_once(':').map(|(_, l)| l);
        let line: Option<usize> = line.and_then(|l| l.split('-').next()?.parse().ok());
        let newest = shelved.text.revisions.len();
        let revision = rest.strip_prefix('@').map(|r| r.split(':').next().unwrap_or_default());
        // Lines are counted in the revision that is named.
        let is_newest = revision.is_none_or(|r| r == newest.to_string());
        match (shelved.shut, line) {
            (None, Some(line)) if is_newest => {
                let book = self.book(siglum).ok()?;
                let at = book.paragraphs.partition_point(|p| p.place.line_start <= line);
                let paragraph = book.paragraphs.get(at.checked_sub(1)?)?;
                Some(Route::Passage(siglum.to_string(), paragraph.name.clone()))
            }
            _ => Some(Route::Text(siglum.to_string())),
        }
    }

    /// How many log entries the checkpoint covers.
    pub fn size(&self) -> u64 {
        self.reader.size()
    }

    /// Sigla of texts whose words are on no page.
    pub fn without(&self) -> Vec<String> {
        let shut = self.shelf.iter().filter(|s| s.shut.is_some());
        shut.map(|s| s.text.siglum.clone()).collect()
    }

    /// Every file of a static site, in the order in which they are made.
    ///
    /// # Errors
    /// When records are missing or damaged.
    pub fn routes(&self) -> Result<Vec<Route>, DeskError> {
        let mut out = vec![Route::Style, Route::Script, Route::Home];
        for shelved in &self.shelf {
            let siglum = &shelved.text.siglum;
            out.push(Route::Text(siglum.clone()));
            out.push(Route::TextFeed(siglum.clone()));
            if shelved.shut.is_some() {
                continue;
            }
            let book = self.book(siglum)?;
            out.extend((1..=book.chapters.len()).map(|n| Route::Chapter(siglum.clone(), None, n)));
            out.extend(
                book.paragraphs.iter().map(|p| Route::Passage(siglum.clone(), p.name.clone())),
            );
            out.push(Route::SearchText(siglum.clone()));
            out.extend(revisions::routes(self, siglum)?);
        }
        out.push(Route::Events);
        let name = |named: &ListedNamed| {
            named.name.split_once('/').map_or(named.name.clone(), |(_, n)| n.to_string())
        };
        for event in &self.events {
            out.push(Route::Event(name(event)));
            out.push(Route::EventFeed(name(event)));
        }
        out.push(Route::Questions);
        out.extend(self.questions.iter().map(|q| Route::Question(name(q))));
        out.extend([Route::Timeline, Route::Replies]);
        for reply in self.inbox.items.iter().flat_map(|g| &g.replies) {
            out.push(Route::Reply(reply.correction.clone()));
            out.push(Route::Receipt(reply.correction.clone()));
        }
        out.extend((1..=log::pages(self)).map(Route::Log));
        out.extend([Route::Checkpoint, Route::CheckpointFile, Route::People]);
        out.extend([Route::Search, Route::Index, Route::Feed]);
        if self.setting.url.is_some() {
            out.push(Route::Sitemap);
        }
        Ok(out)
    }

    /// A file of the room; none where the archive has nothing of that name.
    ///
    /// # Errors
    /// When records are missing or damaged.
    pub fn file(&self, route: &Route) -> Result<Option<RoomFile>, DeskError> {
        let text = match self.text_of(route) {
            Ok(text) => text,
            Err(e) if e.class == desk::Class::NotFound || e.code == "withheld" => None,
            Err(e) => return Err(e),
        };
        Ok(text.map(|t| RoomFile { bytes: t.into_bytes(), media: route.media() }))
    }

    fn text_of(&self, route: &Route) -> Result<Option<String>, DeskError> {
        Ok(match route {
            Route::Style => Some(frame::STYLE.to_string()),
            Route::Script => Some(frame::SCRIPT.to_string()),
            Route::Home => Some(home::page(self)?),
            Route::Text(siglum) => text::page(self, siglum)?,
            Route::Chapter(siglum, revision, n) => chapter::page(self, siglum, *revision, *n)?,
            Route::Passage(siglum, name) => passage::page(self, siglum, name)?,
            Route::Changes(siglum, n) => revisions::page(self, siglum, *n)?,
            Route::Difference(siglum, a, b) => difference::page(self, siglum, *a, *b)?,
            Route::Apparatus(siglum) => difference::apparatus(self, siglum)?,
            Route::Events => Some(events::list(self)?),
            Route::Event(name) => events::page(self, name)?,
            Route::Questions => Some(questions::list(self)?),
            Route::Question(name) => questions::page(self, name)?,
            Route::Timeline => Some(timeline::page(self)?),
            Route::Replies => Some(replies::list(self)?),
            Route::Reply(id) => replies::page(self, id)?,
            Route::Receipt(id) => replies::receipt(self, id)?,
            Route::Log(n) => log::page(self, *n)?,
            Route::People => Some(people::page(self)?),
            Route::Search => Some(search::page(self)?),
            Route::SearchText(siglum) => search::text(self, siglum)?,
            Route::Index => Some(search::index(self)?),
            Route::Checkpoint => Some(log::checkpoint(self)?),
            Route::CheckpointFile => Some(self.checkpoint.clone()),
            Route::Feed => Some(feed::all(self)?),
            Route::TextFeed(siglum) => feed::text(self, siglum)?,
            Route::EventFeed(name) => feed::event(self, name)?,
            Route::Sitemap => feed::sitemap(self)?,
            Route::Missing => Some(frame::missing(self)),
            Route::Live(_) => None,
        })
    }
}
