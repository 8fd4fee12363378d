//! Claims by what they say, and how these groups stand to each other.

use schemars::JsonSchema;
use serde::Serialize;

use super::claim::{AuditClaim, values_in_words};
use super::searched::AuditAssessment;
use super::sentences::{Assessed, ToldValues};
use crate::index::{Snapshot, SnapshotError};
use crate::model::{Claim, Comparison, Within, compare_claims};

/// More groups than this are not compared pair by pair.
const GROUPS_MAX: usize = 64;

/// Claims that say the same.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Group {
    /// What they say, in the words of the first.
    #[schemars(with = "String")]
    pub value: ToldValues,
    /// `for`, `against` or `open` (does not know, rejects the question).
    pub side: String,
    /// Their addresses, in the order of telling.
    pub claims: Vec<String>,
    #[serde(skip)]
    pub(super) members: Vec<usize>,
}

/// How two groups stand to each other.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Difference {
    /// What the one says.
    pub one: String,
    /// What the other says.
    pub other: String,
    /// equal, less precise, differs, not comparable: computed.
    pub relation: String,
    /// Of what sort it is, by persons; empty when nobody said.
    #[schemars(with = "Vec<String>")]
    pub assessed: Vec<Assessed>,
    /// Which groups these are.
    #[serde(skip)]
    pub groups: (usize, usize),
}

/// Where a question stands by comparison alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// No claim.
    Untold,
    /// One telling only.
    ToldOnce,
    /// All tellings can be so together.
    Agree,
    /// Some cannot both be so.
    Differ,
    /// What they say cannot be compared by computing.
    NotComparable,
}

/// Groups claims (in the order of telling) and compares the groups.
pub(super) fn compare(
    snap: &Snapshot<'_>,
    claims: &[&Claim],
    within: Within<'_>,
) -> Result<(Vec<Group>, Vec<Difference>), SnapshotError> {
    let mut groups: Vec<(Group, &Claim)> = Vec::new();
    let mut known: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for (n, claim) in claims.iter().enumerate() {
        // Claims of one spelling need no comparison.
        let key = format!("{:?} {:?}", side(claim), claim.values);
        let at = match known.get(&key) {
            Some(at) => *at,
            None => {
                let same = |(_, first): &(Group, &Claim)| {
                    side(first) == side(claim)
                        && (compare_claims(first, claim, within) == Comparison::Equal
                            || (first.values == claim.values))
                };
                let at = match groups.iter().position(same) {
                    Some(at) if groups.len() <= GROUPS_MAX => at,
                    _ => {
                        let group = Group {
                            value: values_in_words(snap, &claim.values)?,
                            side: side(claim).into(),
                            claims: Vec::new(),
                            members: Vec::new(),
                        };
                        groups.push((group, claim));
                        groups.len() - 1
                    }
                };
                known.insert(key, at);
                at
            }
        };
        groups[at].0.claims.push(format!("claim/{}", claim.name));
        groups[at].0.members.push(n);
    }
    let mut differences = Vec::new();
    for i in 0..groups.len().min(GROUPS_MAX) {
        for j in i + 1..groups.len().min(GROUPS_MAX) {
            let relation = compare_claims(groups[i].1, groups[j].1, within);
            differences.push(Difference {
                one: said(&groups[i].0),
                other: said(&groups[j].0),
                relation: relation.word().into(),
                assessed: Vec::new(),
                groups: (i, j),
            });
        }
    }
    Ok((groups.into_iter().map(|(g, _)| g).collect(), differences))
}

fn side(claim: &Claim) -> &'static str {
    if claim.stance.is_for() {
        "for"
    } else if claim.stance.is_against() {
        "against"
    } else {
        "open"
    }
}

fn said(group: &Group) -> String {
    match group.side.as_str() {
        "against" => format!("not: {}", group.value),
        "open" => format!("open: {}", group.value),
        _ => group.value.to_string(),
    }
}

/// Puts beside each difference what persons say of it: an assessment that is
/// about claims of both groups, or about the whole question.
pub(super) fn assess(
    differences: &mut [Difference],
    assessments: &[AuditAssessment],
    groups: &[Group],
    claims: &[String],
) {
    for d in differences.iter_mut().filter(|d| d.relation == "differs") {
        let of = |g: usize, about: &[String]| {
            groups[g].members.iter().any(|m| about.contains(&claims[*m]))
        };
        for a in assessments.iter().filter(|a| a.sort == "difference") {
            if of(d.groups.0, &a.about) && of(d.groups.1, &a.about) {
                let said = Assessed {
                    finding: a.finding.clone(),
                    by: a.by.clone(),
                    reason: a.reason.clone(),
                };
                if !d.assessed.contains(&said) {
                    d.assessed.push(said);
                }
            }
        }
    }
}

pub(super) fn state(groups: &[Group], differences: &[Difference], claims: &[AuditClaim]) -> State {
    match (claims.len(), groups.len()) {
        (0, _) => State::Untold,
        (1, _) => State::ToldOnce,
        (_, 1) => State::Agree,
        _ if differences.iter().any(|d| d.relation == "differs") => State::Differ,
        _ if differences.iter().any(|d| d.relation == "not comparable") => State::NotComparable,
        _ => State::Agree,
    }
}
