//! `event` and `compare event/…`: the accounts grouped under an event, and what
//! each of them says to each question, side by side.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::question::{
    Assessed, AuditClaim, CitedPlace, QuestionAudit, State, Texts, ToldValues, audit_question,
};
use crate::digest::Id;
use crate::index::Snapshot;
use crate::model::{Account, Event, Facet, Kind, Link, Question, Record};

use super::DeskError;
use super::archive::Archive;
use super::audit::first_of;
use super::resolve::{Target, target};

/// An event: a grouping of accounts, which asserts nothing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EventAnswer {
    /// Its address, `event/…`.
    pub name: String,
    /// Id of its first description.
    pub id: Id<Event>,
    /// Its title.
    pub title: String,
    /// Other names for it.
    pub also: Vec<String>,
    /// Its date, for sorting alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The event that it is grouped under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// Anything else, in a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The accounts, in the order in which they were recorded.
    pub accounts: Vec<ShownAccount>,
    /// What is asked about it.
    pub questions: Vec<AskedQuestion>,
}

/// One telling of an event.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShownAccount {
    /// Its short id.
    pub name: String,
    /// Whose telling it is, naming the voice: "Baku, as reported by X".
    #[schemars(with = "String")]
    pub head: Speaker,
    /// What it is, in a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// How the teller knows, by his or her own word.
    pub known: String,
    /// Where it is told.
    pub places: Vec<CitedPlace>,
}

/// Who speaks, and in whose voice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speaker {
    /// Whose statement it is.
    pub teller: String,
    /// In whose voice, as the record has it.
    pub voice: String,
    /// Who reports it.
    pub by: Option<String>,
}

/// A question about an event.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AskedQuestion {
    /// Its address, `question/…`.
    pub name: String,
    /// What is asked for.
    pub facet: String,
    /// Whether an answer is interpretation.
    pub interpretation: bool,
    /// Its wording.
    pub wording: String,
    /// How many claims there are.
    pub claims: usize,
    /// Where it stands by comparison.
    pub state: State,
}

/// Accounts side by side.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CompareAnswer {
    /// The event.
    pub event: String,
    /// Its title.
    pub title: String,
    /// The columns: who tells, in whose voice, in which text.
    pub columns: Vec<Column>,
    /// A row per question, by facet.
    pub rows: Vec<CompareRow>,
}

/// One column: a voice in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Column {
    /// The head, naming the voice.
    #[schemars(with = "String")]
    pub head: Speaker,
    /// Siglum of the text.
    pub source: String,
}

/// One row: what each voice says to a question.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CompareRow {
    /// What is asked for.
    pub facet: String,
    /// The question, `question/…`.
    pub question: String,
    /// Its wording.
    pub wording: String,
    /// Where it stands by comparison.
    pub state: State,
    /// What each column says, by its place among the columns; silent ones are
    /// absent.
    pub cells: BTreeMap<usize, Vec<Cell>>,
    /// Of what sort the differences are, by persons.
    #[schemars(with = "Vec<String>")]
    pub assessed: Vec<Assessed>,
}

/// What one voice says.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Cell {
    /// The claim.
    pub claim: String,
    /// Its stance.
    pub stance: String,
    /// Its value.
    #[schemars(with = "String")]
    pub value: ToldValues,
    /// Its place by lines.
    pub place: String,
}

/// Shows an event.
///
/// # Errors
/// When the address names none.
pub fn event(archive: &Archive, address: &str) -> Result<EventAnswer, DeskError> {
    event_in(&archive.snapshot()?, address)
}

pub(super) fn event_in(snap: &Snapshot<'_>, address: &str) -> Result<EventAnswer, DeskError> {
    let first = event_id(snap, address)?;
    let held = snap.current(&first)?;
    let texts = Texts::new(&|_, _| None);
    let mut accounts = Vec::new();
    for row in snap.naming(&first, Link::Within)? {
        if row.kind != Kind::Account {
            continue;
        }
        let a: Account = snap.get(&row.id.cast())?.record;
        let mut places = Vec::new();
        for c in &a.at {
            places.push(texts.place(snap, c, &mut Vec::new())?);
        }
        let by = a.reported_by.map(|b| snap.agent_name(&b)).transpose()?;
        accounts.push(ShownAccount {
            name: snap.short_id(Kind::Account, &row.id)?,
            head: Speaker { teller: snap.agent_name(&a.teller)?, voice: a.voice.to_string(), by },
            title: a.title,
            told: a.told.map(|t| t.to_string()),
            known: a.known.to_string(),
            places,
        });
    }
    let mut questions = Vec::new();
    for audit in audits(snap, &texts, &first)? {
        questions.push(AskedQuestion {
            name: audit.question.name,
            facet: audit.question.facet,
            interpretation: audit.question.interpretation,
            wording: audit.question.wording,
            claims: audit.claims.len(),
            state: audit.state,
        });
    }
    let e = held.record;
    Ok(EventAnswer {
        name: format!("event/{}", e.name),
        id: first,
        title: e.title,
        also: e.also,
        date: e.date.map(|d| d.to_string()),
        within: e.within.map(|w| snap.address_of(&w.any())).transpose()?,
        note: e.note,
        accounts,
        questions,
    })
}

/// Lays the accounts of an event side by side, a row per question.
///
/// # Errors
/// When the address names no event.
pub fn compare_event(archive: &Archive, address: &str) -> Result<CompareAnswer, DeskError> {
    compare_in(&archive.snapshot()?, address)
}

pub(super) fn compare_in(snap: &Snapshot<'_>, address: &str) -> Result<CompareAnswer, DeskError> {
    let first = event_id(snap, address)?;
    let title = snap.current(&first)?.record.title;
    let texts = Texts::new(&|_, _| None);
    let audits = audits(snap, &texts, &first)?;
    // Columns in the order in which these voices first tell anything.
    let mut columns: Vec<Column> = Vec::new();
    let mut rows = Vec::new();
    for audit in &audits {
        let mut cells: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
        for c in &audit.claims {
            let column = Column { head: Speaker::of(c), source: c.source.clone() };
            let at = match columns.iter().position(|known| *known == column) {
                Some(at) => at,
                None => {
                    columns.push(column);
                    columns.len() - 1
                }
            };
            cells.entry(at).or_default().push(Cell {
                claim: c.id.clone(),
                stance: c.stance.clone(),
                value: c.value.clone(),
                place: c.places.first().map(|p| p.address.clone()).unwrap_or_default(),
            });
        }
        rows.push(CompareRow {
            facet: audit.question.facet.clone(),
            question: audit.question.name.clone(),
            wording: audit.question.wording.clone(),
            state: audit.state,
            cells,
            assessed: {
                let mut said: Vec<Assessed> = Vec::new();
                for a in audit.differences.iter().flat_map(|d| &d.assessed) {
                    if !said.contains(a) {
                        said.push(a.clone());
                    }
                }
                said
            },
        });
    }
    let rank = |facet: &str| Facet::ALL.iter().position(|f| f.word() == facet);
    rows.sort_by_key(|r| rank(&r.facet));
    Ok(CompareAnswer { event: snap.address_of(&first.any())?, title, columns, rows })
}

impl Speaker {
    /// The one who tells a claim.
    pub fn of(c: &AuditClaim) -> Self {
        let (teller, voice, by) = (c.teller.clone(), c.voice.clone(), c.reported_by.clone());
        Self { teller, voice, by }
    }
}

impl std::fmt::Display for Speaker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let teller = &self.teller;
        match (self.voice.as_str(), &self.by) {
            ("direct", _) => f.write_str(teller),
            ("via document", Some(by)) => write!(f, "{teller}, by a document in {by}"),
            ("via document", None) => write!(f, "{teller}, by a document"),
            (_, Some(by)) => write!(f, "{teller}, as reported by {by}"),
            (_, None) => write!(f, "{teller}, as reported"),
        }
    }
}

impl Serialize for Speaker {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

fn audits(
    snap: &Snapshot<'_>,
    texts: &Texts<'_>,
    event: &Id<Event>,
) -> Result<Vec<QuestionAudit>, DeskError> {
    let mut out = Vec::new();
    for row in snap.naming(event, Link::Within)? {
        // The first wording stands for all later ones.
        if row.kind == Kind::Question
            && let Record::Question(Question { parent: None, .. }) = snap.any(row.id.digest())?
        {
            out.push(audit_question(snap, texts, &row.id.cast())?);
        }
    }
    Ok(out)
}

fn event_id(snap: &Snapshot<'_>, address: &str) -> Result<Id<Event>, DeskError> {
    let named =
        if address.contains('/') { address.to_string() } else { format!("event/{address}") };
    match target(snap, &named, None)? {
        Target::Record(row) if row.kind == Kind::Event => Ok(first_of(snap, &row.id)?.cast()),
        _ => Err(DeskError::usage("not-an-event", format!("{address} is not an event"))
            .hint("see them: variorum list events")),
    }
}
