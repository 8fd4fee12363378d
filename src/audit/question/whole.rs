//! The whole audit of one question.

use schemars::JsonSchema;
use serde::Serialize;

use super::claim::{self, AuditClaim};
use super::differences::{self, Difference, Group, State};
use super::holdings::{self, Custody, NotHeld};
use super::origins::{Origins, origins};
use super::places::{self, Texts};
use super::searched::{self, AuditAssessment, AuditSearch};
use super::sentences::{DoesNotShow, Shows};
use crate::digest::{Any, Id};
use crate::index::{Held, Row, Snapshot, SnapshotError};
use crate::model::{Claim, Event, Kind, Link, Question};

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
    #[schemars(with = "String")]
    pub shows: Shows,
    /// What it does not show.
    #[schemars(with = "String")]
    pub does_not_show: DoesNotShow,
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
    /// Who recorded this wording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_by: Option<String>,
    /// Log index of its first wording, from 0.
    pub log_index: u64,
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

    let around = snap.around(first, Link::Question, &[Link::Parent, Link::Subject])?;
    let by = |id: &Id<Any>, link: Link| {
        let rows = around.get(id.digest()).into_iter().flatten();
        rows.filter(move |(l, _)| *l == link).map(|(_, row)| row)
    };
    let mut rows = snap.naming(first, Link::Question)?;
    // A claim that was replaced is not told any more.
    rows.retain(|r| r.kind == Kind::Claim && by(&r.id, Link::Parent).next().is_none());
    let held: Vec<Held<Claim>> = snap.load(&rows)?;
    let mut claims = Vec::with_capacity(held.len());
    for claim in &held {
        let about: Vec<&Row> = by(&claim.id.any(), Link::Subject).collect();
        claims.push((claim::audit_claim(snap, texts, claim, &about, &mut broken)?, claim));
    }
    // In the order in which they were told; what has no date comes last, as
    // it was recorded.
    claims.sort_by_key(|(c, held)| (c.told_key(), held.seq));
    let records: Vec<&Claim> = claims.iter().map(|(_, held)| &held.record).collect();

    let within = places::within(snap);
    let (groups, mut differences) = differences::compare(snap, &records, &within)?;
    let mut judged = snap.naming(first, Link::Subject)?;
    for (_, held) in &claims {
        judged.extend(by(&held.id.any(), Link::Subject).cloned());
    }
    let assessments = searched::assessments(snap, texts, judged, &mut broken)?;
    differences::assess(&mut differences, &assessments, &groups, &claims_by_group(&claims));
    let origins = origins(snap, &claims, &assessments)?;
    let claims: Vec<AuditClaim> = claims.into_iter().map(|(c, _)| c).collect();

    let not_found = searched::searches(snap, first)?;
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
            recorded_by: question.maker.map(|a| snap.agent_name(&a)).transpose()?,
            log_index: snap.row(first.digest())?.map_or(newest.seq, |r| r.seq),
        },
        shows: shows(&claims, unread, broken.is_empty()),
        does_not_show: DoesNotShow { words: unread > 0 },
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

fn shows(claims: &[AuditClaim], unread: usize, whole: bool) -> Shows {
    match (claims.is_empty(), whole, unread) {
        (true, _, _) => Shows::NoClaim,
        (_, false, _) => Shows::Broken,
        (_, _, 0) => Shows::Read,
        _ => Shows::Digests,
    }
}
