//! `list`: what there is of one sort.

use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::question::values_in_words;
use crate::digest::{Any, Digest, Id};
use crate::index::{Held, Row, Snapshot};
use crate::model::{Agent, Claim, Correction, Kind, Link, Record, Source};

use super::DeskError;
use super::archive::Archive;
use super::event::Speaker;
use super::notes::{Note, unplaced};
use super::resolve::shown;

/// What to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Texts.
    Texts,
    /// Replies.
    Corrections,
    /// Persons, bodies, sides, programs.
    Agents,
    /// What texts say to questions.
    Claims,
    /// Things of one kind that have a name: events, questions, copies, parts,
    /// places, assessments, searches.
    Named(Kind),
}

impl Listed {
    /// Everything that can be listed, with the word for it.
    pub const ALL: [(&'static str, Self); 12] = [
        ("texts", Self::Texts),
        ("corrections", Self::Corrections),
        ("agents", Self::Agents),
        ("events", Self::Named(Kind::Event)),
        ("questions", Self::Named(Kind::Question)),
        ("claims", Self::Claims),
        ("copies", Self::Named(Kind::Copy)),
        ("parts", Self::Named(Kind::Part)),
        ("places", Self::Named(Kind::Place)),
        ("evidence", Self::Named(Kind::Evidence)),
        ("assessments", Self::Named(Kind::Assessment)),
        ("searches", Self::Named(Kind::Search)),
    ];

    /// What a word says to list.
    ///
    /// # Errors
    /// When it is none of [`Self::ALL`].
    pub fn of_word(word: &str) -> Result<Self, DeskError> {
        let found = Self::ALL.into_iter().find(|(w, _)| *w == word);
        found.map(|(_, listed)| listed).ok_or_else(|| {
            let words: Vec<&str> = Self::ALL.iter().map(|(w, _)| *w).collect();
            DeskError::usage("list", format!("there is no list of {word:?}"))
                .hint(format!("there are: {}", words.join(", ")))
        })
    }
}

/// A list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ListAnswer {
    /// What it lists.
    pub items: Vec<ListItem>,
}

/// One line of a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum ListItem {
    /// A source.
    Text(ListedText),
    /// A reply.
    Correction(Note),
    /// An agent.
    Agent(ListedAgent),
    /// A claim.
    Claim(ListedClaim),
    /// Anything else that has a name.
    Named(ListedNamed),
}

/// What a text says to a question.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ListedClaim {
    /// Its address, `claim/…`.
    pub id: String,
    /// The question, `question/…`.
    pub question: String,
    /// Siglum of the text.
    pub source: String,
    /// First and last line of its first place.
    pub lines: [u64; 2],
    /// The lines of all its places.
    pub places: Vec<[u64; 2]>,
    /// The text's stance.
    pub stance: String,
    /// The value in words.
    pub value: String,
    /// Whose statement it is, naming the voice.
    pub teller: String,
}

/// A thing with a name.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ListedNamed {
    /// Its kind: event, question, copy.
    pub kind: String,
    /// Its address.
    pub name: String,
    /// What it is, in a line.
    pub title: String,
    /// What a question asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facet: Option<String>,
    /// How a question is worded: its title without what it asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
}

/// A source.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ListedText {
    /// Its siglum.
    pub siglum: String,
    /// Its id.
    pub id: Id<Source>,
    /// Its title.
    pub title: String,
    /// Its type.
    pub r#type: String,
    /// How much of it is here.
    pub holding: String,
    /// Its creators.
    pub creators: Vec<String>,
    /// Date as told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its revisions, the oldest first.
    pub revisions: Vec<ListedRevision>,
    /// Replies to any of them.
    pub corrections: usize,
}

/// A revision.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ListedRevision {
    /// `M@1`.
    pub name: String,
    /// Whose words it holds.
    pub nature: String,
    /// Name of the edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of its text; null for a private one, and inside a history that
    /// states its root (`show` computes it).
    pub sha256: Option<Digest>,
    /// Root of the hash tree over its passages.
    pub root: Digest,
    /// Who made it, as the list of changes that it came with names the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
}

/// An agent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ListedAgent {
    /// Its short id.
    pub name_id: String,
    /// Its id.
    pub id: Id<Any>,
    /// Its name.
    pub name: String,
    /// What it is.
    pub r#type: String,
    /// It may decide.
    pub editor: bool,
}

/// Lists what there is of one sort, in the order it was recorded.
///
/// # Errors
/// When a record is missing or damaged.
pub fn list(archive: &Archive, what: Listed) -> Result<ListAnswer, DeskError> {
    list_in(&archive.snapshot()?, what)
}

pub(super) fn list_in(snap: &Snapshot<'_>, what: Listed) -> Result<ListAnswer, DeskError> {
    let mut items = Vec::new();
    match what {
        Listed::Texts => {
            for source in snap.all::<Source>()? {
                let mut revisions = Vec::new();
                let mut corrections = 0;
                for id in snap.revisions(&source.id)? {
                    let rows = snap.naming(&id, Link::Subject)?;
                    corrections += rows.iter().filter(|r| r.kind == Kind::Correction).count();
                }
                let siglum = &source.record.siglum;
                for (n, r) in snap.recorded_revisions(&source.id)? {
                    let revision = ListedRevision {
                        name: format!("{siglum}@{n}"),
                        nature: r.record.nature.to_string(),
                        edition: r.record.label,
                        bytes: r.record.text.bytes,
                        sha256: r.record.text.sha256,
                        root: r.record.text.root,
                        agent: None,
                    };
                    revisions.push((n, revision));
                }
                for (first, inside) in snap.histories_of(&source.id)? {
                    for (n, k) in (first..).zip(inside.record.first()..=inside.last()) {
                        let revision = ListedRevision {
                            name: format!("{siglum}@{n}"),
                            nature: inside.record.nature.to_string(),
                            edition: None,
                            bytes: inside.bytes(k),
                            sha256: inside.stated_sha256(k),
                            root: inside.root(k),
                            agent: inside.agent(k).map(str::to_owned),
                        };
                        revisions.push((n, revision));
                    }
                }
                revisions.sort_by_key(|(n, _)| *n);
                let revisions = revisions.into_iter().map(|(_, r)| r).collect();
                let s = source.record;
                items.push(ListItem::Text(ListedText {
                    siglum: s.siglum,
                    id: source.id,
                    title: s.title,
                    r#type: s.r#type.to_string(),
                    holding: s.holding.to_string(),
                    creators: s
                        .creators
                        .iter()
                        .map(|c| snap.agent_name(c))
                        .collect::<Result<_, _>>()?,
                    date: s.date.map(|d| d.to_string()),
                    revisions,
                    corrections,
                }));
            }
        }
        Listed::Corrections => {
            for correction in snap.all::<Correction>()? {
                items.push(ListItem::Correction(unplaced(snap, &correction)?));
            }
        }
        Listed::Agents => {
            let editors = snap.policy()?.map(|p| p.record.editors).unwrap_or_default();
            for agent in snap.all::<Agent>()? {
                let Held { id, record, .. } = agent;
                items.push(ListItem::Agent(ListedAgent {
                    name_id: snap.short_id(Kind::Agent, &id)?,
                    id: id.any(),
                    name: record.name,
                    r#type: record.r#type.to_string(),
                    editor: editors.contains(&id),
                }));
            }
        }
        Listed::Claims => {
            for row in snap.rows(Kind::Claim, None)? {
                if snap.naming(&row.id, Link::Parent)?.is_empty() {
                    items.push(ListItem::Claim(claim(snap, &row)?));
                }
            }
        }
        Listed::Named(kind) => {
            for row in snap.rows(kind, None)? {
                // Of a thing described anew, the newest description.
                if snap.naming(&row.id, Link::Parent)?.is_empty() {
                    let record = snap.any(row.id.digest())?;
                    let question = match &record {
                        Record::Question(q) => Some(q),
                        _ => None,
                    };
                    items.push(ListItem::Named(ListedNamed {
                        kind: kind.word().to_string(),
                        name: snap.address_of(&row.id)?,
                        title: super::summary::title(&record),
                        facet: question.map(|q| q.facet.to_string()),
                        wording: question.map(|q| q.wording.clone()),
                    }));
                }
            }
        }
    }
    Ok(ListAnswer { items })
}

fn claim(snap: &Snapshot<'_>, row: &Row) -> Result<ListedClaim, DeskError> {
    let c: Claim = snap.get(&row.id.cast())?.record;
    let question = snap.get(&c.question)?.record;
    let by = c.reported_by.map(|b| snap.agent_name(&b)).transpose()?;
    let first = c.at.first().map(|a| a.selector.revision);
    let source = match first {
        Some(id) => snap.get(&snap.get(&id)?.record.source)?.record.siglum,
        None => String::new(),
    };
    Ok(ListedClaim {
        id: format!("claim/{}", c.name),
        question: format!("question/{}", question.name),
        source,
        lines: c.at.first().map(|a| a.lines).unwrap_or_default(),
        places: c.at.iter().map(|a| a.lines).collect(),
        stance: c.stance.to_string(),
        value: values_in_words(snap, &c.values)?.to_string(),
        teller: Speaker { teller: snap.agent_name(&c.teller)?, voice: c.voice.to_string(), by }
            .to_string(),
    })
}

impl ListItem {
    /// In one line, for places that have no table.
    pub fn line(&self) -> String {
        match self {
            ListItem::Text(t) => format!("{}  {}", t.siglum, t.title),
            ListItem::Correction(c) => format!("{}  {} {}", c.correction, c.r#type, shown(&c.says)),
            ListItem::Agent(a) => format!("{}  {}", a.name_id, a.name),
            ListItem::Claim(c) => format!("{}  {} {}", c.id, c.stance, c.value),
            ListItem::Named(n) => format!("{}  {}", n.name, n.title),
        }
    }
}
