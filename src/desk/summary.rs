//! One line on any record, for lists.

use crate::index::{Row, Snapshot};
use crate::model::{Kind, Record};

use super::DeskError;
use super::resolve::shown;

/// What a record says, in one line.
pub(super) fn summary(
    snap: &Snapshot<'_>,
    row: &Row,
    record: &Record,
) -> Result<String, DeskError> {
    Ok(match record {
        Record::Source(s) => format!("source {}: {}", s.siglum, s.title),
        Record::Revision(r) => {
            let name = snap.revision_name(&row.id.cast())?;
            let adopts: Vec<String> = r
                .adopts
                .iter()
                .map(|c| snap.short_id(Kind::Correction, c))
                .collect::<Result<_, _>>()?;
            let label = r.label.as_ref().map(|l| format!(", edition {l}")).unwrap_or_default();
            if adopts.is_empty() {
                format!("{name} {}{label}, {} bytes", r.nature, r.text.bytes)
            } else {
                format!("{name} {}{label}, adopts {}", r.nature, adopts.join(", "))
            }
        }
        Record::Correction(c) => {
            let to = match snap.row(c.subject.digest())? {
                Some(r) if r.kind == Kind::Revision => snap.revision_name(&r.id.cast())?,
                _ => snap.short_any(&c.subject)?,
            };
            let says = match snap.reply(c) {
                Ok(r) if !r.says.is_empty() => shown(&r.says),
                Ok(r) => r.replacement.map(|t| shown(&t)).unwrap_or_default(),
                Err(_) => "(withheld)".to_string(),
            };
            format!("{} to {to}: {says}", c.r#type)
        }
        Record::Decision(d) => {
            format!(
                "{} {}: {}",
                d.verdict,
                snap.short_id(Kind::Correction, &d.subject)?,
                shown(&d.reason)
            )
        }
        Record::Agent(a) => format!("{} {}", a.r#type, a.name),
        Record::Evidence(e) => match &e.title {
            Some(title) => format!("evidence, {}: {title}", e.state),
            None => format!("evidence, {}", e.state),
        },
        Record::Key(k) => {
            let holder = k
                .holder
                .map(|h| snap.agent_name(&h))
                .transpose()?
                .unwrap_or_else(|| "the archive".into());
            let what = if k.revokes.is_some() { "key revoked" } else { "key" };
            format!("{what} of {holder}, {}", k.fingerprint)
        }
        Record::Policy(p) => format!("policy: {}", p.title),
        Record::Attestation(a) => format!("seal ({}) over {}", a.role, snap.short_any(&a.subject)?),
        Record::Intake(i) => format!("{} record(s) received", i.ids.len()),
        Record::History(h) => {
            let siglum = snap.get(&h.source)?.record.siglum;
            format!("{} revisions of {siglum} from {}", h.revisions, shown(&h.from))
        }
        Record::Import(i) => format!("{} record(s) from {}", i.records, i.from),
        Record::Part(p) => {
            let source = snap.get(&p.source)?.record.siglum;
            format!("{} {source}/{}: {}", p.genre, p.name, p.title)
        }
        Record::Copy(c) => format!("copy/{}: {}", c.name, c.title),
        Record::Place(p) => format!("place {}", p.name),
        Record::Event(e) => format!("event/{}: {}", e.name, e.title),
        Record::Account(a) => {
            let event = snap.get(&a.event)?.record.name;
            format!("account of event/{event} by {}", snap.agent_name(&a.teller)?)
        }
        Record::Question(q) => format!("question/{}: {}", q.name, q.wording),
        Record::Claim(c) => format!("claim/{}, {}", c.name, snap.agent_name(&c.teller)?),
        Record::Saying(s) => {
            format!(
                "{} says that {} said it",
                snap.agent_name(&s.reporter)?,
                snap.agent_name(&s.speaker)?
            )
        }
        Record::Assessment(a) => {
            format!(
                "{}, {}, by {}: {}",
                a.sort,
                a.finding,
                snap.agent_name(&a.by)?,
                shown(&a.reason)
            )
        }
        Record::Relation(r) => match &r.to {
            Some(to) => {
                format!("{} {} {}", snap.short_any(&r.from)?, r.relation, snap.short_any(to)?)
            }
            None => format!("{} {} what is not found", snap.short_any(&r.from)?, r.relation),
        },
        Record::Signature(s) => format!("{}: {}", snap.agent_name(&s.agent)?, s.state),
        Record::Responsibility(r) => format!("{}: {}", snap.agent_name(&r.agent)?, r.role),
        Record::Search(s) => format!("search/{}: {} places of {:?}", s.name, s.hits, s.spellings),
        Record::Unknown { kind } => format!("{kind}: not understood by this version"),
    })
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
