//! One line on any record, for lists: its parts, which a page says in its own
//! language, and in English as the answers have it.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::index::{Row, Snapshot};
use crate::model::{Kind, Record};

use super::DeskError;
use super::resolve::shown;

/// What a record says, in one line; [`fmt::Display`] says it in English, and so
/// does JSON. Closed words stand as the records have them.
// Its fields are named after what they hold.
#[allow(missing_docs)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Summary {
    /// A source by its siglum.
    Source { siglum: String, title: String },
    /// A revision: its length, or the replies it takes in.
    Revision {
        name: String,
        nature: String,
        edition: Option<String>,
        adopts: Vec<String>,
        bytes: u64,
    },
    /// A reply; no words where they are withheld.
    Reply { sort: String, to: String, says: Option<String> },
    /// An answer to a reply.
    Decision { verdict: String, reply: String, reason: String },
    /// A person or a body.
    Agent { sort: String, name: String },
    /// A piece of evidence.
    Evidence { state: String, title: Option<String> },
    /// A key, of the archive where nobody holds it.
    Key { revoked: bool, holder: Option<String>, fingerprint: String },
    /// The archive's rules.
    Policy { title: String },
    /// A seal over a record.
    Seal { role: String, over: String },
    /// So many records were received.
    Intake { records: usize },
    /// So many revisions came from elsewhere.
    History { revisions: u64, siglum: String, from: String },
    /// So many records came from elsewhere.
    Import { records: String, from: String },
    /// A part of a source.
    Part { genre: String, address: String, title: String },
    /// A thing by its address: a copy, an event, a question.
    Named { address: String, title: String },
    /// A place.
    Place { name: String },
    /// An account of an event.
    Account { event: String, by: String },
    /// A claim and who tells it.
    Claim { address: String, teller: String },
    /// Who says that who said it.
    Saying { reporter: String, speaker: String },
    /// A judgement.
    Assessment { sort: String, finding: String, by: String, reason: String },
    /// How one record relates to another, or to what is not found.
    Relation { from: String, relation: String, to: Option<String> },
    /// A signature, or what somebody had to do with a document.
    Share { agent: String, word: String },
    /// What was looked for.
    Search { address: String, hits: u64, spellings: Vec<String> },
    /// A kind that this version does not know.
    Unknown { kind: String },
    /// The record cannot be read.
    Unreadable { why: String },
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source { siglum, title } => write!(f, "source {siglum}: {title}"),
            Self::Revision { name, nature, edition, adopts, bytes } => {
                write!(f, "{name} {nature}")?;
                if let Some(edition) = edition {
                    write!(f, ", edition {edition}")?;
                }
                match adopts.is_empty() {
                    true => write!(f, ", {bytes} bytes"),
                    false => write!(f, ", adopts {}", adopts.join(", ")),
                }
            }
            Self::Reply { sort, to, says } => {
                write!(f, "{sort} to {to}: {}", says.as_deref().unwrap_or("(withheld)"))
            }
            Self::Decision { verdict, reply, reason } => write!(f, "{verdict} {reply}: {reason}"),
            Self::Agent { sort, name } => write!(f, "{sort} {name}"),
            Self::Evidence { state, title: Some(title) } => write!(f, "evidence, {state}: {title}"),
            Self::Evidence { state, title: None } => write!(f, "evidence, {state}"),
            Self::Key { revoked, holder, fingerprint } => {
                let what = if *revoked { "key revoked" } else { "key" };
                let holder = holder.as_deref().unwrap_or("the archive");
                write!(f, "{what} of {holder}, {fingerprint}")
            }
            Self::Policy { title } => write!(f, "policy: {title}"),
            Self::Seal { role, over } => write!(f, "seal ({role}) over {over}"),
            Self::Intake { records } => write!(f, "{records} record(s) received"),
            Self::History { revisions, siglum, from } => {
                write!(f, "{revisions} revisions of {siglum} from {from}")
            }
            Self::Import { records, from } => write!(f, "{records} record(s) from {from}"),
            Self::Part { genre, address, title } => write!(f, "{genre} {address}: {title}"),
            Self::Named { address, title } => write!(f, "{address}: {title}"),
            Self::Place { name } => write!(f, "place {name}"),
            Self::Account { event, by } => write!(f, "account of {event} by {by}"),
            Self::Claim { address, teller } => write!(f, "{address}, {teller}"),
            Self::Saying { reporter, speaker } => {
                write!(f, "{reporter} says that {speaker} said it")
            }
            Self::Assessment { sort, finding, by, reason } => {
                write!(f, "{sort}, {finding}, by {by}: {reason}")
            }
            Self::Relation { from, relation, to } => {
                write!(f, "{from} {relation} {}", to.as_deref().unwrap_or("what is not found"))
            }
            Self::Share { agent, word } => write!(f, "{agent}: {word}"),
            Self::Search { address, hits, spellings } => {
                write!(f, "{address}: {hits} places of {spellings:?}")
            }
            Self::Unknown { kind } => write!(f, "{kind}: not understood by this version"),
            Self::Unreadable { why } => write!(f, "cannot be read: {why}"),
        }
    }
}

impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a record says, in one line.
pub(super) fn summary(
    snap: &Snapshot<'_>,
    row: &Row,
    record: &Record,
) -> Result<Summary, DeskError> {
    Ok(match record {
        Record::Source(s) => Summary::Source { siglum: s.siglum.clone(), title: s.title.clone() },
        Record::Revision(r) => Summary::Revision {
            name: snap.revision_name(&row.id.cast())?,
            nature: r.nature.to_string(),
            edition: r.label.clone(),
            adopts: r
                .adopts
                .iter()
                .map(|c| snap.short_id(Kind::Correction, c))
                .collect::<Result<_, _>>()?,
            bytes: r.text.bytes,
        },
        Record::Correction(c) => Summary::Reply {
            sort: c.r#type.to_string(),
            to: match snap.row(c.subject.digest())? {
                Some(r) if r.kind == Kind::Revision => snap.revision_name(&r.id.cast())?,
                _ => snap.short_any(&c.subject)?,
            },
            says: match snap.reply(c) {
                Ok(r) if !r.says.is_empty() => Some(shown(&r.says)),
                Ok(r) => Some(r.replacement.map(|t| shown(&t)).unwrap_or_default()),
                Err(_) => None,
            },
        },
        Record::Decision(d) => Summary::Decision {
            verdict: d.verdict.to_string(),
            reply: snap.short_id(Kind::Correction, &d.subject)?,
            reason: shown(&d.reason),
        },
        Record::Agent(a) => Summary::Agent { sort: a.r#type.to_string(), name: a.name.clone() },
        Record::Evidence(e) => {
            Summary::Evidence { state: e.state.to_string(), title: e.title.clone() }
        }
        Record::Key(k) => Summary::Key {
            revoked: k.revokes.is_some(),
            holder: k.holder.map(|h| snap.agent_name(&h)).transpose()?,
            fingerprint: k.fingerprint.to_string(),
        },
        Record::Policy(p) => Summary::Policy { title: p.title.clone() },
        Record::Attestation(a) => {
            Summary::Seal { role: a.role.to_string(), over: snap.short_any(&a.subject)? }
        }
        Record::Intake(i) => Summary::Intake { records: i.ids.len() },
        Record::History(h) => Summary::History {
            revisions: h.revisions,
            siglum: snap.get(&h.source)?.record.siglum,
            from: shown(&h.from),
        },
        Record::Import(i) => {
            Summary::Import { records: i.records.to_string(), from: i.from.to_string() }
        }
        Record::Part(p) => Summary::Part {
            genre: p.genre.to_string(),
            address: format!("{}/{}", snap.get(&p.source)?.record.siglum, p.name),
            title: p.title.clone(),
        },
        Record::Copy(c) => named("copy", &c.name, &c.title),
        Record::Place(p) => Summary::Place { name: p.name.clone() },
        Record::Event(e) => named("event", &e.name, &e.title),
        Record::Account(a) => Summary::Account {
            event: format!("event/{}", snap.get(&a.event)?.record.name),
            by: snap.agent_name(&a.teller)?,
        },
        Record::Question(q) => named("question", &q.name, &q.wording),
        Record::Claim(c) => Summary::Claim {
            address: format!("claim/{}", c.name),
            teller: snap.agent_name(&c.teller)?,
        },
        Record::Saying(s) => Summary::Saying {
            reporter: snap.agent_name(&s.reporter)?,
            speaker: snap.agent_name(&s.speaker)?,
        },
        Record::Assessment(a) => Summary::Assessment {
            sort: a.sort.to_string(),
            finding: a.finding.to_string(),
            by: snap.agent_name(&a.by)?,
            reason: shown(&a.reason),
        },
        Record::Relation(r) => Summary::Relation {
            from: snap.short_any(&r.from)?,
            relation: r.relation.to_string(),
            to: r.to.as_ref().map(|to| snap.short_any(to)).transpose()?,
        },
        Record::Signature(s) => {
            Summary::Share { agent: snap.agent_name(&s.agent)?, word: s.state.to_string() }
        }
        Record::Responsibility(r) => {
            Summary::Share { agent: snap.agent_name(&r.agent)?, word: r.role.to_string() }
        }
        Record::Search(s) => Summary::Search {
            address: format!("search/{}", s.name),
            hits: s.hits,
            spellings: s.spellings.clone(),
        },
        Record::Unknown { kind } => Summary::Unknown { kind: kind.to_string() },
    })
}

fn named(kind: &str, name: &str, title: &str) -> Summary {
    Summary::Named { address: format!("{kind}/{name}"), title: title.to_string() }
}

/// What a thing with a name is, in a line.
pub(super) fn title(record: &Record) -> String {
    match record {
        Record::Event(e) => e.title.clone(),
        Record::Question(q) => format!("[{}] {}", q.facet, q.wording),
        Record::Copy(c) => format!("{} ({}, {})", c.title, c.form, c.holding),
        Record::Part(p) => format!("{} ({}, {})", p.title, p.genre, p.holding),
        Record::Place(p) => p.names.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(", "),
        Record::Assessment(a) => format!("{}: {}", a.finding, a.reason),
        Record::Search(s) => format!("{} found of {}", s.hits, s.spellings.join(", ")),
        Record::Evidence(e) => e.title.clone().unwrap_or_default(),
        _ => String::new(),
    }
}
