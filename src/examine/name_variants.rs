//! Proposals that two spellings are one name. Nothing is merged: a person
//! decides.
//!
//! Two surnames are proposed when they are close ([`super::spelling`]) and
//! stand with the same given name, or with initials that fit; the less the
//! given names tell, the closer they must be. Two given names are proposed
//! when they are close and stand before the same surname. Spellings that hang
//! together are one proposal.
//!
//! Surnames are compared within the same first letter only, at most
//! [`MOST`] of them.

use std::collections::{BTreeMap, BTreeSet};

use super::oddity::{Oddity, OddityCode};
use super::people::{self, Given, People, Seen, Surname};
use super::prose::Prose;
use super::spelling::{Spelling, close};

/// Surnames with one first letter that are compared with each other.
const MOST: usize = 500;
/// Distance under which two given names count as one.
pub(super) const SAME_GIVEN: f64 = 0.75;

/// Groups of surnames that seem one name, by folded spelling, sorted; a name
/// in one spelling is a group of its own.
pub(super) struct Groups {
    pub groups: Vec<Vec<String>>,
}

/// Finds the groups.
pub(super) fn group(people: &People) -> Groups {
    let mut by_letter: BTreeMap<char, Vec<(&String, Spelling)>> = BTreeMap::new();
    for name in people.keys() {
        let spelling = Spelling::of(name);
        if let Some(first) = spelling.first() {
            by_letter.entry(first).or_default().push((name, spelling));
        }
    }
    let mut links: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for names in by_letter.values() {
        for (n, (a, x)) in names.iter().take(MOST).enumerate() {
            for (b, y) in names[n + 1..].iter().take(MOST) {
                let most = furthest(a, &people[*a], b, &people[*b]);
                if most.is_some_and(|most| x.distance(y, most).is_some()) {
                    links.entry(a.as_str()).or_default().insert(b.as_str());
                    links.entry(b.as_str()).or_default().insert(a.as_str());
                }
            }
        }
    }
    let mut groups = Vec::new();
    let mut done = BTreeSet::new();
    for name in people.keys() {
        let (mut group, mut open) = (BTreeSet::new(), vec![name.as_str()]);
        while let Some(n) = open.pop() {
            if done.insert(n) {
                group.insert(n.to_owned());
                open.extend(links.get(n).into_iter().flatten());
            }
        }
        if !group.is_empty() {
            groups.push(group.into_iter().collect());
        }
    }
    Groups { groups }
}

/// Finds the proposals.
pub(super) fn find(prose: &Prose<'_>, people: &People, groups: &Groups) -> Vec<Oddity> {
    let mut out = Vec::new();
    for group in &groups.groups {
        if group.len() > 1 {
            let seen: Vec<&Seen> = group.iter().map(|n| &people[n].all).collect();
            out.push(proposal(prose, group, seen, None));
        }
        out.extend(given_names(prose, people, group));
    }
    out.extend(after_one_name(prose, groups));
    out
}

/// Close names after one and the same name, where nothing else shows that
/// they are a person's.
fn after_one_name(prose: &Prose<'_>, groups: &Groups) -> Vec<Oddity> {
    let known: BTreeSet<&String> = groups.groups.iter().filter(|g| g.len() > 1).flatten().collect();
    let mut out = Vec::new();
    for seconds in people::pairs(prose).values() {
        let names: Vec<(&String, &Surname)> = seconds.iter().take(MOST).collect();
        for (n, (a, x)) in names.iter().enumerate() {
            for (b, y) in &names[n + 1..] {
                let long = a.chars().count().min(b.chars().count()) >= 5;
                let told = known.contains(a) || known.contains(b);
                if long && !told && differing(a, b) <= 4 && close(a, b, SAME_GIVEN) {
                    let keys = [(*a).clone(), (*b).clone()];
                    out.push(proposal(prose, &keys, vec![&x.all, &y.all], None));
                }
            }
        }
    }
    out
}

/// How far apart two surnames may be and still seem one, by who bears them.
fn furthest(a: &str, x: &Surname, b: &str, y: &Surname) -> Option<f64> {
    let shorter = a.chars().count().min(b.chars().count());
    if shorter < 5 || a.len().abs_diff(b.len()) > 4 || differing(a, b) > 5 {
        return None;
    }
    let best = x
        .given
        .keys()
        .flat_map(|g| y.given.keys().map(move |h| fit(g, h)))
        .max()
        .unwrap_or(Fit::Unknown);
    match best {
        Fit::Same if shorter >= 8 => Some(2.0),
        Fit::Same => Some(1.25),
        Fit::Initial => Some(0.75),
        Fit::Unknown if x.given.is_empty() || y.given.is_empty() => Some(0.25),
        Fit::Unknown => None,
    }
}

/// How many of the letters a to z only one of two spellings has: a quick look.
fn differing(a: &str, b: &str) -> u32 {
    let letters = |s: &str| {
        let small = s.bytes().filter(u8::is_ascii_lowercase);
        small.fold(0u32, |set, c| set | 1 << (c - b'a'))
    };
    (letters(a) ^ letters(b)).count_ones()
}

/// How well what stands before two surnames fits together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Unknown,
    Initial,
    Same,
}

fn fit(a: &Given, b: &Given) -> Fit {
    match (a, b) {
        (Given::Name(a), Given::Name(b)) if close(a, b, SAME_GIVEN) => Fit::Same,
        (Given::Name(_), Given::Name(_)) => Fit::Unknown,
        _ if initials_fit(a, b) => Fit::Initial,
        _ => Fit::Unknown,
    }
}

/// Whether initials can be those of the other name, by their first letter.
pub(super) fn initials_fit(a: &Given, b: &Given) -> bool {
    let letter = |g: &Given| match g {
        Given::Initials(s) | Given::Name(s) => Spelling::of(s).first(),
    };
    letter(a).is_some() && letter(a) == letter(b)
}

/// Given names before one surname that are close.
fn given_names(prose: &Prose<'_>, people: &People, group: &[String]) -> Vec<Oddity> {
    let mut all: BTreeMap<&str, Seen> = BTreeMap::new();
    for surname in group {
        for (given, seen) in &people[surname].given {
            let Given::Name(name) = given else { continue };
            let entry = all.entry(name).or_insert_with(|| Seen { count: 0, ..seen.clone() });
            entry.count += seen.count;
        }
    }
    let names: Vec<(&str, Seen)> = all.into_iter().collect();
    let mut out = Vec::new();
    let mut done = BTreeSet::new();
    for n in 0..names.len() {
        let near = |m: &usize| close(names[n].0, names[*m].0, SAME_GIVEN);
        let cluster: Vec<usize> =
            (n..names.len()).filter(|m| !done.contains(m) && near(m)).collect();
        if cluster.len() > 1 {
            done.extend(cluster.iter().copied());
            let keys: Vec<String> = cluster.iter().map(|m| names[*m].0.to_owned()).collect();
            let seen = cluster.iter().map(|m| &names[*m].1).collect();
            out.push(proposal(prose, &keys, seen, Some(&group[0])));
        }
    }
    out
}

fn proposal(
    prose: &Prose<'_>,
    keys: &[String],
    mut seen: Vec<&Seen>,
    surname: Option<&str>,
) -> Oddity {
    let apart = |p: &[String]| {
        let long = p[0].chars().count().max(p[1].chars().count()).max(1);
        let far = Spelling::of(&p[0]).distance(&Spelling::of(&p[1]), long as f64);
        far.unwrap_or(long as f64) / long as f64
    };
    let far = keys.windows(2).map(apart).fold(0.0, f64::max);
    // The rarest is the place: it is the one to look at.
    seen.sort_by_key(|s| (s.count, std::cmp::Reverse(s.first.start)));
    let list = seen
        .iter()
        .rev()
        .map(|s| format!("{} ({})", s.written, s.count))
        .collect::<Vec<_>>()
        .join(", ");
    let what = if surname.is_some() { "given name" } else { "name" };
    let text = format!("These may be one {what}: {list}.");
    let said = seen[0].written.clone();
    Oddity::new(OddityCode::NameVariants, prose.span(seen[0].first.clone()), &said, text)
        .against(seen[1..].iter().map(|s| prose.span(s.first.clone())))
        .scored((1.0 - far).max(0.0))
}
