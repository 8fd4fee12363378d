//! `list`: what there is of one sort.

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::{Any, Digest, Id};
use crate::index::Held;
use crate::model::{Agent, Correction, Kind, Link, Source};

use super::DeskError;
use super::archive::Archive;
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
    /// SHA-256 of its text; null for a private one.
    pub sha256: Option<Digest>,
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
    let snap = archive.snapshot()?;
    let mut items = Vec::new();
    match what {
        Listed::Texts => {
            for source in snap.all::<Source>()? {
                let mut revisions = Vec::new();
                let mut corrections = 0;
                for (n, r) in (1..).zip(snap.revisions(&source.id)?) {
                    corrections += snap
                        .naming(&r.id, Link::Subject)?
                        .iter()
                        .filter(|r| r.kind == Kind::Correction)
                        .count();
                    revisions.push(ListedRevision {
                        name: format!("{}@{n}", source.record.siglum),
                        nature: r.record.nature.to_string(),
                        edition: r.record.label,
                        bytes: r.record.text.bytes,
                        sha256: r.record.text.sha256,
                    });
                }
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
                items.push(ListItem::Correction(unplaced(&snap, &correction)?));
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
    }
    Ok(ListAnswer { items })
}

impl ListItem {
    /// In one line, for places that have no table.
    pub fn line(&self) -> String {
        match self {
            ListItem::Text(t) => format!("{}  {}", t.siglum, t.title),
            ListItem::Correction(c) => format!("{}  {} {}", c.correction, c.r#type, shown(&c.says)),
            ListItem::Agent(a) => format!("{}  {}", a.name_id, a.name),
        }
    }
}
