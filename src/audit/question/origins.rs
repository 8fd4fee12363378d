//! How many witnesses there can be at most (law 7): one man's five tellings
//! are one, and who copies or cites another is none of his own. It is a bound,
//! never a vote.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::claim::AuditClaim;
use super::searched::AuditAssessment;
use super::sentences::{Dependence, NotExamined};
use crate::digest::Id;
use crate::index::{Held, Snapshot, SnapshotError};
use crate::model::{Claim, Link, Relation, RelationKind, Revision, Source};

/// How many origins the tellings can have at most.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Origins {
    /// The bound.
    pub at_most: usize,
    /// The tellers, in the order of telling.
    pub tellers: Vec<String>,
    /// Dependence that was found.
    #[schemars(with = "Vec<String>")]
    pub dependence: Vec<Dependence>,
    /// Pairs of tellers whose dependence nobody examined.
    #[schemars(with = "Vec<String>")]
    pub not_examined: Vec<NotExamined>,
}

pub(super) fn origins(
    snap: &Snapshot<'_>,
    claims: &[(AuditClaim, &Held<Claim>)],
    assessments: &[AuditAssessment],
) -> Result<Origins, SnapshotError> {
    let mut tellers: Vec<String> = Vec::new();
    let mut tellings: BTreeMap<&str, usize> = BTreeMap::new();
    for (c, _) in claims {
        if !tellers.contains(&c.teller) {
            tellers.push(c.teller.clone());
        }
        *tellings.entry(&c.teller).or_default() += 1;
    }
    let mut dependence: Vec<Dependence> = tellers
        .iter()
        .filter(|t| tellings[t.as_str()] > 1)
        .map(|t| Dependence::Retold { teller: t.clone(), times: tellings[t.as_str()] })
        .collect();
    let mut root: Vec<usize> = (0..tellers.len()).collect();
    let mut examined: BTreeSet<(usize, usize)> = BTreeSet::new();
    let number = |name: &str| tellers.iter().position(|t| t == name);

    // Who is known through another's report only has no voice of his own here.
    for (c, _) in claims {
        if let Some(by) = &c.reported_by
            && tellings[c.teller.as_str()]
                == claims
                    .iter()
                    .filter(|(o, _)| o.teller == c.teller && o.reported_by.is_some())
                    .count()
        {
            let line = Dependence::Reported { teller: c.teller.clone(), by: by.clone() };
            if !dependence.contains(&line) {
                dependence.push(line);
            }
            if let (Some(a), Some(b)) = (number(&c.teller), number(by)) {
                join(&mut root, a, b);
                examined.insert((a.min(b), a.max(b)));
            }
        }
    }
    // Texts that quote, copy, translate or derive from each other.
    let mut sources: BTreeMap<Id<Source>, BTreeSet<usize>> = BTreeMap::new();
    for (c, held) in claims {
        if let (Some(n), Some(at)) = (number(&c.teller), held.record.at.first())
            && c.voice == "direct"
        {
            let source = snap.get::<Revision>(&at.selector.revision)?.record.source;
            sources.entry(source).or_default().insert(n);
        }
    }
    let whole: Vec<(Id<Source>, BTreeSet<usize>)> = sources.into_iter().collect();
    for (source, ours) in &whole {
        for row in snap.naming(source, Link::From)? {
            let r: Relation = snap.get(&row.id.cast())?.record;
            let Some(to) = r.to else { continue };
            let Some((other, theirs)) = whole.iter().find(|(s, _)| s.any() == to) else { continue };
            if other == source || r.relation == RelationKind::SameEvent {
                continue;
            }
            dependence.push(related(snap, source, &r, other)?);
            for (a, b) in ours.iter().flat_map(|a| theirs.iter().map(move |b| (*a, *b))) {
                join(&mut root, a, b);
                examined.insert((a.min(b), a.max(b)));
            }
        }
    }
    for a in assessments {
        let about: BTreeSet<usize> = claims
            .iter()
            .filter(|(c, _)| a.about.contains(&c.id))
            .filter_map(|(c, _)| number(&c.teller))
            .collect();
        let pairs: Vec<(usize, usize)> = about
            .iter()
            .flat_map(|x| about.iter().map(move |y| (*x, *y)))
            .filter(|(x, y)| x < y)
            .collect();
        match a.finding.as_str() {
            "dependent" => {
                dependence.push(Dependence::Judged { reason: a.reason.clone(), by: a.by.clone() });
                for (x, y) in pairs {
                    join(&mut root, x, y);
                    examined.insert((x, y));
                }
            }
            "independent" => examined.extend(pairs),
            _ => {}
        }
    }
    let roots: BTreeSet<usize> = (0..tellers.len()).map(|n| find(&root, n)).collect();
    let mut not_examined = Vec::new();
    for a in 0..tellers.len() {
        for b in a + 1..tellers.len() {
            if find(&root, a) != find(&root, b) && !examined.contains(&(a, b)) {
                not_examined.push(NotExamined(tellers[a].clone(), tellers[b].clone()));
            }
        }
    }
    Ok(Origins { at_most: roots.len(), tellers, dependence, not_examined })
}

fn related(
    snap: &Snapshot<'_>,
    from: &Id<Source>,
    r: &Relation,
    to: &Id<Source>,
) -> Result<Dependence, SnapshotError> {
    Ok(Dependence::Related {
        from: snap.address_of(&from.any())?,
        relation: r.relation,
        to: snap.address_of(&to.any())?,
        by: snap.agent_name(&r.by)?,
        basis: r.basis.clone(),
    })
}

fn find(root: &[usize], mut n: usize) -> usize {
    while root[n] != n {
        n = root[n];
    }
    n
}

fn join(root: &mut [usize], a: usize, b: usize) {
    let (a, b) = (find(root, a), find(root, b));
    root[a.max(b)] = a.min(b);
}
