//! The texts that are compared with each other or with a file: of an archive the
//! newest of each source, or those named, or plain files.

use std::rc::Rc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::dates::Timestamp;
use crate::digest::Id;
use crate::examine::{self, Known};
use crate::index::Snapshot;
use crate::model::{Kind, Source};
use crate::text::View;

use super::archive::Archive;
use super::place::lines_of;
use super::resolve;
use super::{Class, DeskError};

/// Texts to be compared, and those that are known and not here.
#[derive(Default)]
pub struct AtHand {
    pub(super) texts: Vec<Hand>,
    pub(super) absent: Vec<Absent>,
}

/// A text at hand.
pub(super) struct Hand {
    pub name: String,
    pub siglum: String,
    pub title: String,
    pub people: Vec<String>,
    pub told: Option<String>,
    pub recorded: Option<Timestamp>,
    pub view: Rc<View>,
}

/// A source that is known and whose text is not here.
pub(super) struct Absent {
    pub siglum: String,
    pub title: String,
    pub people: Vec<String>,
}

/// A text that was compared, with what is recorded of its age. Which text has
/// words from which is not said: they do not tell.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ComparedText {
    /// `M@2`, or a path.
    pub name: String,
    /// Its title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Date of the work, as told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// When the text was recorded, by the archive's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Timestamp>,
    /// Its words, layout left out.
    pub words: usize,
}

/// A place of a text at hand or of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlaceIn {
    /// The text: `M@1`, or a path.
    #[serde(rename = "in")]
    pub within: String,
    /// The address by lines, `M@1:164-165`.
    pub address: String,
    /// First byte, from 0.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// First line, from 1.
    pub line_start: usize,
    /// Last line.
    pub line_end: usize,
    /// Page of print on which it begins, where the text shows its pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

impl PlaceIn {
    pub(super) fn new(name: &str, view: &View, span: &std::ops::Range<usize>) -> Self {
        let (a, b) = lines_of(view, span);
        let address = if a == b { format!("{name}:{a}") } else { format!("{name}:{a}-{b}") };
        Self {
            within: name.to_string(),
            address,
            start: span.start,
            end: span.end,
            line_start: a,
            line_end: b,
            page: view.pages().page_of(span.start).map(|(page, _)| page),
        }
    }
}

impl AtHand {
    /// The newest text of every source of an archive.
    ///
    /// # Errors
    /// When a record or text is damaged.
    pub fn all(archive: &Archive) -> Result<Self, DeskError> {
        let snap = archive.snapshot()?;
        let mut out = Self::default();
        for row in snap.rows(Kind::Source, None)? {
            // A description that replaces an earlier one is no other source.
            if snap.get::<Source>(&row.id.cast())?.record.parent.is_none() {
                out.add_source(&snap, &row.id.cast())?;
            }
        }
        Ok(out)
    }

    /// Adds one text of an archive, `M` or `M@2`.
    ///
    /// # Errors
    /// When there is no such text.
    pub fn add_text(&mut self, archive: &Archive, address: &str) -> Result<(), DeskError> {
        let snap = archive.snapshot()?;
        let resolve::Target::Text { opened, whole: true, .. } =
            resolve::target(&snap, address, None)?
        else {
            return Err(DeskError::usage("not-a-text", format!("{address} is not a whole text"))
                .hint("name one: M or M@2, or a file"));
        };
        self.add_opened(&snap, opened)
    }

    /// Adds a plain file.
    ///
    /// # Errors
    /// When it is no text.
    pub fn add_file(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), DeskError> {
        let view = View::of(super::diff::plain_text(name, bytes)?);
        self.texts.push(Hand {
            name: name.to_string(),
            siglum: String::new(),
            title: String::new(),
            people: Vec::new(),
            told: None,
            recorded: None,
            view: Rc::new(view),
        });
        Ok(())
    }

    fn add_source(&mut self, snap: &Snapshot<'_>, id: &Id<Source>) -> Result<(), DeskError> {
        let source = snap.get(id)?.record;
        let absent =
            |people| Absent { siglum: source.siglum.clone(), title: source.title.clone(), people };
        let people = people(snap, &source)?;
        let Some((number, _)) = snap.heads(id)?.pop() else {
            self.absent.push(absent(people));
            return Ok(());
        };
        match resolve::open_text(snap, &source.siglum, Some(number)) {
            Ok(opened) => self.add_opened(snap, opened),
            Err(e) if e.class == Class::Refused => {
                self.absent.push(absent(people));
                Ok(())
            }
            Err(e) => Err(e),
        }
    }

    fn add_opened(
        &mut self,
        snap: &Snapshot<'_>,
        opened: resolve::Opened,
    ) -> Result<(), DeskError> {
        let source = &opened.source.record;
        self.texts.push(Hand {
            name: opened.name.clone(),
            siglum: source.siglum.clone(),
            title: source.title.clone(),
            people: people(snap, source)?,
            told: source.date.as_ref().map(ToString::to_string),
            recorded: snap.received(&opened.revision.id)?,
            view: opened.shared_view(),
        });
        Ok(())
    }

    pub(super) fn held(&self) -> Vec<examine::Held<'_>> {
        self.texts.iter().map(|t| examine::Held { name: &t.name, view: &t.view }).collect()
    }

    /// All texts that may be cited, those at hand first.
    pub(super) fn known(&self) -> Vec<Known<'_>> {
        let held = self.texts.iter().enumerate().map(|(n, t)| Known {
            siglum: &t.siglum,
            title: &t.title,
            people: t.people.clone(),
            held: Some(n),
        });
        let absent = self.absent.iter().map(|a| Known {
            siglum: &a.siglum,
            title: &a.title,
            people: a.people.clone(),
            held: None,
        });
        held.chain(absent).collect()
    }

    pub(super) fn compared(&self) -> Vec<ComparedText> {
        let of = |t: &Hand| ComparedText {
            name: t.name.clone(),
            title: t.title.clone(),
            date: t.told.clone(),
            recorded: t.recorded,
            words: t.view.words().iter().filter(|w| !w.layout).count(),
        };
        self.texts.iter().map(of).collect()
    }

    pub(super) fn place(&self, text: usize, span: &std::ops::Range<usize>) -> PlaceIn {
        let hand = &self.texts[text];
        PlaceIn::new(&hand.name, &hand.view, span)
    }

    pub(super) fn not_supplied(&self) -> Vec<String> {
        self.absent.iter().map(|a| a.siglum.clone()).collect()
    }
}

fn people(snap: &Snapshot<'_>, source: &Source) -> Result<Vec<String>, DeskError> {
    Ok(source.creators.iter().map(|c| snap.agent_name(c)).collect::<Result<_, _>>()?)
}
