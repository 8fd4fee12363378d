//! Proposals that one surname is borne by several persons, or a given name
//! wrong: it stands with given names, or initials, that do not fit each other. Spellings that seem
//! one name count together. Nothing is split: a person decides.

use super::name_variants::{Groups, SAME_GIVEN, initials_fit};
use super::oddity::{Oddity, OddityCode};
use super::people::{Given, People, Seen};
use super::prose::Prose;
use super::spelling::close;

/// One person, by what stands before the surname.
struct Bearer<'p> {
    given: Vec<&'p Given>,
    seen: &'p Seen,
    count: usize,
}

/// Finds the proposals.
pub(super) fn find(prose: &Prose<'_>, people: &People, groups: &Groups) -> Vec<Oddity> {
    let mut out = Vec::new();
    for group in &groups.groups {
        let mut all: Vec<(&Given, &Seen)> =
            group.iter().flat_map(|n| people[n].given.iter()).collect();
        // Names first, since initials join them.
        all.sort_by_key(|(g, s)| (matches!(g, Given::Initials(_)), s.first.start));
        let mut bearers: Vec<Bearer<'_>> = Vec::new();
        for (given, seen) in all {
            match bearers.iter_mut().find(|b| b.given.iter().any(|g| fits(g, given))) {
                Some(b) => {
                    b.given.push(given);
                    b.count += seen.count;
                }
                None => bearers.push(Bearer { given: vec![given], seen, count: seen.count }),
            }
        }
        if bearers.len() < 2 {
            continue;
        }
        bearers.sort_by_key(|b| b.seen.first.start);
        let list = bearers
            .iter()
            .map(|b| format!("{} ({})", b.seen.written, b.count))
            .collect::<Vec<_>>()
            .join(", ");
        let text = format!(
            "Under one surname stand {} given names that do not fit: {list}; several persons, or a slip.",
            bearers.len()
        );
        let first = bearers[0].seen;
        out.push(
            Oddity::new(
                OddityCode::NameShared,
                prose.span(first.first.clone()),
                &first.written,
                text,
            )
            .against(bearers[1..].iter().map(|b| prose.span(b.seen.first.clone()))),
        );
    }
    out
}

fn fits(a: &Given, b: &Given) -> bool {
    match (a, b) {
        (Given::Name(a), Given::Name(b)) => close(a, b, SAME_GIVEN),
        _ => initials_fit(a, b),
    }
}
