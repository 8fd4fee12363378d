//! The audit of a question: every telling of it with its proof, what differs,
//! how many origins there can be at most, what was looked for and not found,
//! and what all of it does not show. Claims stand in the order in which they
//! were told; nothing is ranked, counted up or decided.

mod claim;
mod differences;
mod holdings;
mod origins;
mod places;

use schemars::JsonSchema;
use serde::Serialize;

pub use claim::{
    AuditClaim, AuditEvidence, AuditLink, AuditSignature, Checked, Writer, signatures,
    values_in_words,
};
pub use differences::{Difference, Group, State};
pub use holdings::{Custody, NotHeld};
pub use origins::Origins;
pub use places::{CitedPlace, PlaceCheck, PrintedPage, Texts};

use crate::digest::{Any, Id};
use crate::index::{Held, Snapshot, SnapshotError};
use crate::model::{Assessment, Claim, Event, Kind, Link, Question, Search};

/// Everything that an archive holds on one question.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct QuestionAudit {
    /// The question.
    pub question: AuditQuestion,
    /// Where it stands, by comparison of what is told.
    pub state: State,
    /// The claims, in the order in which they were told.
    pub claims: Vec<AuditClaim>,
    /// The claims by what they say, in the order of the first telling of each.
    pub groups: Vec<Group>,
    /// What differs between the groups.
    pub differences: Vec<Difference>,
    /// How many origins the tellings can have at most.
    pub origins: Origins,
    /// What was looked for, and how often it was found.
    pub not_found: Vec<AuditSearch>,
    /// Judgements of persons on the question, its claims and differences.
    pub assessments: Vec<AuditAssessment>,
    /// Documents and copies that this rests on and that are not here.
    pub not_held: Vec<NotHeld>,
    /// The texts that are cited: whose they are and how they were checked.
    pub custody: Vec<Custody>,
    /// What this shows.
    pub shows: String,
    /// What it does not show.
    pub does_not_show: String,
    /// What is broken in the proof; empty when all of it holds.
    pub broken: Vec<String>,
}

/// The question that is audited.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuditQuestion {
    /// Its address, `question/…`.
    pub name: String,
    /// Id of its first wording, by which claims name it.
    pub id: Id<Question>,
    /// Its wording now.
    pub wording: String,
    /// What is asked for.
    pub facet: String,
    /// Whether an answer is interpretation.
    pub interpretation: bool,
    /// The event, `event/…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_title: Option<String>,
    /// Whose words the question is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<String>,
    /// Other records that it is about.
    pub about: Vec<String>,
    /// How often it was worded anew.
    pub rewordings: usize,
}

/// A search that was recorded.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuditSearch {
    /// Its address, `search/…`.
    pub name: String,
    /// What was looked for.
    pub spellings: Vec<String>,
    /// In which text, `I@1`.
    pub within: String,
    /// First and last line, where it was a piece.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<[u64; 2]>,
    /// `reading` or `raw`.
    pub view: String,
    /// `machine` or `eye`.
    pub by: String,
    /// How many places were found.
    pub hits: u64,
    /// What may have been missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gaps: Option<String>,
}

/// A judgement of a person.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuditAssessment {
    /// Its address, `assessment/…`.
    pub name: String,
    /// What sort: difference, dependence, outcome, silence.
    pub sort: String,
    /// What it finds.
    pub finding: String,
    /// Whose it is.
    pub by: String,
    /// Why.
    pub reason: String,
    /// What it is about.
    pub about: Vec<String>,
    /// Where a text gives it.
    pub places: Vec<CitedPlace>,
}

/// Audits a question, named by the id of its first wording.
///
/// # Errors
/// When the index fails or a record is damaged; what is broken in a proof is
/// reported, not an error.
pub fn audit_question(
    snap: &Snapshot<'_>,
    texts: &Texts<'_>,
    first: &Id<Question>,
) -> Result<QuestionAudit, SnapshotError> {
    let newest: Held<Question> = snap.current(first)?;
    let question = &newest.record;
    let mut broken = Vec::new();

    let mut held: Vec<Held<Claim>> = Vec::new();
    for row in snap.naming(first, Link::Question)? {
        // A claim that was replaced is not told any more.
        if row.kind == Kind::Claim && snap.naming(&row.id, Link::Parent)?.is_empty() {
            held.push(snap.get(&row.id.cast())?);
        }
    }
    let mut claims = Vec::with_capacity(held.len());
    for claim in &held {
        claims.push((claim::audit_claim(snap, texts, claim, &mut broken)?, claim));
    }
    // In the order in which they were told; what has no date comes last, as
    // it was recorded.
    claims.sort_by_key(|(c, held)| (c.told_key(), held.seq));
    let records: Vec<&Claim> = claims.iter().map(|(_, held)| &held.record).collect();

    let within = places::within(snap);
    let (groups, mut differences) = differences::compare(snap, &records, &within)?;
    let mut subjects: Vec<Id<Any>> = vec![first.any()];
    subjects.extend(claims.iter().map(|(_, held)| held.id.any()));
    let assessments = assessments(snap, texts, &subjects, &mut broken)?;
    differences::assess(&mut differences, &assessments, &groups, &claims_by_group(&claims));
    let origins = origins::origins(snap, &claims, &assessments)?;
    let claims: Vec<AuditClaim> = claims.into_iter().map(|(c, _)| c).collect();

    let not_found = searches(snap, first)?;
    let not_held = holdings::not_held(snap, texts, question, &held)?;
    let custody = holdings::custody(snap, texts, &held, &mut broken)?;
    let event = match &question.event {
        Some(e) => Some(snap.current::<Event>(e)?.record),
        None => None,
    };
    let state = differences::state(&groups, &differences, &claims);
    let unread = custody.iter().filter(|c| !c.supplied).count();
    let about = question.about.iter().map(|id| snap.address_of(id)).collect::<Result<_, _>>()?;
    Ok(QuestionAudit {
        question: AuditQuestion {
            name: format!("question/{}", question.name),
            id: *first,
            wording: question.wording.clone(),
            facet: question.facet.to_string(),
            interpretation: question.facet.is_interpretation(),
            event: event.as_ref().map(|e| format!("event/{}", e.name)),
            event_title: event.map(|e| e.title),
            asked_by: question.asked_by.map(|a| snap.agent_name(&a)).transpose()?,
            about,
            rewordings: rewordings(snap, first)?,
        },
        shows: shows(&claims, unread, broken.is_empty()),
        does_not_show: does_not_show(unread),
        state,
        claims,
        groups,
        differences,
        origins,
        not_found,
        assessments,
        not_held,
        custody,
        broken,
    })
}

fn claims_by_group(claims: &[(AuditClaim, &Held<Claim>)]) -> Vec<String> {
    claims.iter().map(|(c, _)| c.id.clone()).collect()
}

fn rewordings(snap: &Snapshot<'_>, first: &Id<Question>) -> Result<usize, SnapshotError> {
    let mut n = 0;
    let mut at = first.any();
    while let Some(next) = snap.naming(&at, Link::Parent)?.last() {
        (n, at) = (n + 1, next.id);
    }
    Ok(n)
}

fn searches(snap: &Snapshot<'_>, first: &Id<Question>) -> Result<Vec<AuditSearch>, SnapshotError> {
    let mut out = Vec::new();
    for row in snap.naming(first, Link::Question)? {
        if row.kind != Kind::Search {
            continue;
        }
        let s = snap.get::<Search>(&row.id.cast())?.record;
        out.push(AuditSearch {
            name: format!("search/{}", s.name),
            spellings: s.spellings,
            within: snap.revision_name(&s.revision)?,
            lines: s.scope.map(|c| c.lines),
            view: s.view.to_string(),
            by: s.by.to_string(),
            hits: s.hits,
            gaps: s.gaps,
        });
    }
    Ok(out)
}

/// The judgements on any of these records, each once, in log order.
fn assessments(
    snap: &Snapshot<'_>,
    texts: &Texts<'_>,
    subjects: &[Id<Any>],
    broken: &mut Vec<String>,
) -> Result<Vec<AuditAssessment>, SnapshotError> {
    let mut rows = Vec::new();
    for subject in subjects {
        let of = snap.naming(subject, Link::Subject)?;
        rows.extend(of.into_iter().filter(|r| r.kind == Kind::Assessment));
    }
    rows.sort_by_key(|r| r.seq);
    rows.dedup_by_key(|r| r.seq);
    let mut out = Vec::new();
    for row in rows {
        if !snap.naming(&row.id, Link::Parent)?.is_empty() {
            continue;
        }
        let a = snap.get::<Assessment>(&row.id.cast())?.record;
        let about = a.about.iter().map(|id| snap.address_of(id)).collect::<Result<_, _>>()?;
        let mut places = Vec::new();
        for c in &a.at {
            places.push(texts.place(snap, c, broken)?);
        }
        out.push(AuditAssessment {
            name: format!("assessment/{}", a.name),
            sort: a.sort.to_string(),
            finding: a.finding.to_string(),
            by: snap.agent_name(&a.by)?,
            reason: a.reason,
            about,
            places,
        });
    }
    Ok(out)
}

fn shows(claims: &[AuditClaim], unread: usize, whole: bool) -> String {
    if claims.is_empty() {
        return "no claim on this question is recorded here".into();
    }
    if !whole {
        return "the proof is broken where it says so; the rest stands as recorded".into();
    }
    let read = if unread == 0 {
        "the words cited stand in texts whose bytes were read and hashed now"
    } else {
        "the words cited stand at the places stated of texts known by their digests"
    };
    format!("who says what, where and when, as recorded in this log: {read}")
}

fn does_not_show(unread: usize) -> String {
    let mut out = String::from(
        "truth; authenticity of the documents; fidelity of the texts to print; that nothing else was ever said",
    );
    if unread > 0 {
        out.push_str("; the words themselves where a text is not supplied here");
    }
    out
}
