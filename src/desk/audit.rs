//! `audit`: a question, a claim, an event or a place, with the whole proof.

use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::prov::{LogHead, prov};
use crate::audit::question::{AuditClaim, PrintedPage, QuestionAudit, Texts, audit_question};
use crate::digest::Id;
use crate::index::Snapshot;
use crate::model::{Claim, Event, Kind, Link, Question, Record, Revision};

use super::DeskError;
use super::archive::Archive;
use super::resolve::{Target, target};

/// The answer: one audit a question.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuditAnswer {
    /// What was asked.
    pub asked: String,
    /// The claim asked for, where one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// The first or only question audited, its parts at the top level.
    #[serde(flatten)]
    pub audit: QuestionAudit,
    /// Further questions, where an event or a place has several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<QuestionAudit>,
    /// The log at this audit.
    pub log: LogState,
    /// Whether the whole proof holds.
    pub ok: bool,
    /// How to check it without this program.
    #[schemars(with = "Vec<String>")]
    pub by_hand: Vec<ByHand>,
    /// A citation of this audit.
    pub cite: String,
}

/// A command that checks something, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// The command, as typed.
    pub command: String,
    /// What it does.
    pub why: ByHandWhy,
}

/// What a command of the check does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByHandWhy {
    /// Prints this digest.
    Prints(String),
    /// Shows the lines of this revision.
    Lines(String),
    /// Shows them in the passage with this digest.
    Passage(String),
}

/// The line as it is copied: the command, and the rest as a comment.
impl std::fmt::Display for ByHand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}    # ", self.command)?;
        match &self.why {
            ByHandWhy::Prints(digest) => write!(f, "prints {digest}"),
            ByHandWhy::Lines(revision) => write!(f, "the lines of {revision} as cited"),
            ByHandWhy::Passage(digest) => write!(f, "in the passage with sha256 {digest}"),
        }
    }
}

impl Serialize for ByHand {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// The log at an audit.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LogState {
    /// Log index of the question, from 0.
    pub index: u64,
    /// How many entries the log has.
    pub size: u64,
    /// The signed checkpoint.
    pub checkpoint: String,
}

/// Audits what an address names.
///
/// # Errors
/// When it names no question, claim or event, and no words that a claim cites.
pub fn audit(archive: &Archive, address: &str) -> Result<AuditAnswer, DeskError> {
    audit_in(archive, &archive.snapshot()?, address)
}

pub(super) fn audit_in(
    archive: &Archive,
    snap: &Snapshot<'_>,
    address: &str,
) -> Result<AuditAnswer, DeskError> {
    let (questions, claim) = questions(snap, address)?;
    let page = |id: &Id<Revision>, byte: usize| {
        let (number, error) = snap.view(id).ok()?.pages().page_of(byte)?;
        Some(PrintedPage { number, error })
    };
    let texts = Texts::new(&page);
    let mut audits = Vec::new();
    for q in &questions {
        audits.push(audit_question(snap, &texts, q)?);
    }
    let first = questions.first().copied();
    let mut audits = audits.into_iter();
    let (Some(first), Some(audit)) = (first, audits.next()) else {
        return Err(DeskError::not_found("no-question", format!("no question is about {address}"))
            .hint("see what is asked: variorum list questions"));
    };
    let further: Vec<QuestionAudit> = audits.collect();
    let index = snap.row(first.digest())?.map_or(0, |r| r.seq);
    let checkpoint = archive.checkpoint()?;
    let ok = audit.broken.is_empty() && further.iter().all(|a| a.broken.is_empty());
    let cite = cite(&audit, &checkpoint, index);
    Ok(AuditAnswer {
        asked: address.to_string(),
        claim,
        by_hand: by_hand(&audit.claims),
        audit,
        further,
        log: LogState { index, size: snap.size(), checkpoint },
        ok,
        cite,
    })
}

/// The provenance of all questions of an audit, as PROV-JSON, without the
/// quotations. The same audit always gives the same bytes.
pub fn provenance(answer: &AuditAnswer) -> String {
    let audits: Vec<_> = std::iter::once(&answer.audit).chain(&answer.further).collect();
    prov(&audits, LogHead { size: answer.log.size, checkpoint: &answer.log.checkpoint })
}

/// The questions behind an address, and the claim where it names one.
fn questions(
    snap: &Snapshot<'_>,
    address: &str,
) -> Result<(Vec<Id<Question>>, Option<String>), DeskError> {
    let row = match target(snap, address, None)? {
        Target::Record(row) => row,
        Target::Receipt(_) => {
            return Err(DeskError::usage("not-a-question", format!("{address} is a receipt"))
                .hint("check it: variorum verify --receipt FILE"));
        }
        Target::Text { opened, span, .. } => {
            // Every claim that cites any of these words.
            let table = snap.passages(&opened.revision.id)?;
            let mut out = Vec::new();
            let first = table.passage_at(span.start as u64).map_or(0, |p| p.0);
            let last = table
                .passage_at(span.end.max(span.start + 1) as u64 - 1)
                .map_or(table.entries().len(), |p| p.0 + 1);
            for entry in &table.entries()[first..last.max(first)] {
                let passage: Id = Id::new(entry.digest);
                for row in snap.naming(&passage, Link::Passage)? {
                    if row.kind != Kind::Claim {
                        continue;
                    }
                    let claim: Claim = snap.get(&row.id.cast())?.record;
                    for c in &claim.at {
                        if let Some(at) = snap.selected(&c.selector)?
                            && at.start < span.end
                            && span.start < at.end
                            && !out.contains(&claim.question)
                        {
                            out.push(claim.question);
                        }
                    }
                }
            }
            return Ok((out, None));
        }
    };
    Ok(match snap.any(row.id.digest())? {
        Record::Question(_) => (vec![first_of(snap, &row.id)?.cast()], None),
        Record::Claim(c) => (vec![c.question], Some(snap.address_of(&row.id)?)),
        Record::Event(_) => {
            let first: Id<Event> = first_of(snap, &row.id)?.cast();
            let rows = snap.naming(&first, Link::Within)?;
            let of = rows.into_iter().filter(|r| r.kind == Kind::Question).map(|r| r.id.cast());
            (of.collect(), None)
        }
        _ => {
            return Err(DeskError::usage(
                "not-a-question",
                format!("{address} is neither a question nor a claim nor an event"),
            )
            .hint("see what is asked: variorum list questions"));
        }
    })
}

/// The first description of a thing: what others name it by.
pub(super) fn first_of(snap: &Snapshot<'_>, id: &Id) -> Result<Id, DeskError> {
    let mut at = *id;
    loop {
        let parent = match snap.any(at.digest())? {
            Record::Question(q) => q.parent.map(|p| p.any()),
            Record::Event(e) => e.parent.map(|p| p.any()),
            Record::Claim(c) => c.parent.map(|p| p.any()),
            _ => None,
        };
        match parent {
            Some(p) => at = p,
            None => return Ok(at),
        }
    }
}

/// Commands that check the first claim without this program.
fn by_hand(claims: &[AuditClaim]) -> Vec<ByHand> {
    let Some(c) = claims.first() else { return Vec::new() };
    let id = c.record.to_string();
    let command = format!("sha256sum records/{}/{}/{id}.toml", &id[..2], &id[2..4]);
    let mut out = vec![ByHand { command, why: ByHandWhy::Prints(id) }];
    if let Some(passage) = c.passage_sha256 {
        let [a, b] = c.lines;
        out.push(ByHand {
            command: format!("sed -n '{a},{b}p' FILE"),
            why: ByHandWhy::Lines(c.revision.clone()),
        });
        out.push(ByHand {
            command: format!("variorum show {}:{a}-{b} --raw", c.revision),
            why: ByHandWhy::Passage(passage.to_string()),
        });
    }
    out
}

fn cite(audit: &QuestionAudit, checkpoint: &str, index: u64) -> String {
    let mut lines = checkpoint.lines();
    let (origin, size, root) = (
        lines.next().unwrap_or_default(),
        lines.next().unwrap_or_default(),
        lines.next().unwrap_or_default(),
    );
    format!(
        "“{}” {}. In {origin}, entry {index} of {size}, log root {root}.",
        audit.question.wording, audit.question.name
    )
}
