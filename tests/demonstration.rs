//! The demonstration in `archive/` stays apart from the history: no record
//! rests on, asks about or compares things of both. What belongs to the
//! demonstration says so in the title of its source or event.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use variorum::digest::Id;
use variorum::model::{Kind, Link, Record};

const MARK: &str = "Demonstration: ";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum World {
    Demonstration,
    History,
}
use World::{Demonstration, History};

type Records = BTreeMap<Id, Record>;

fn records() -> Records {
    fn walk(dir: &Path, out: &mut Records) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "toml") {
                let id = path.file_stem().unwrap().to_str().unwrap().parse().unwrap();
                out.insert(id, Record::decode(&fs::read(&path).unwrap()).unwrap());
            }
        }
    }
    let mut out = Records::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("archive/records"), &mut out);
    out
}

fn of_title(title: &str) -> BTreeSet<World> {
    BTreeSet::from([if title.starts_with(MARK) { Demonstration } else { History }])
}

/// To which of the two a record belongs by itself and by all that it names.
/// Persons and places belong to neither: one may be spoken of anywhere.
fn worlds(id: &Id, records: &Records, seen: &mut BTreeMap<Id, BTreeSet<World>>) -> BTreeSet<World> {
    if let Some(known) = seen.get(id) {
        return known.clone();
    }
    seen.insert(*id, BTreeSet::new());
    let mut out = match records.get(id) {
        Some(Record::Source(s)) => of_title(&s.title),
        Some(Record::Event(e)) => of_title(&e.title),
        _ => BTreeSet::new(),
    };
    if let Some(record) = records.get(id) {
        for (link, other) in record.links() {
            let apart = matches!(
                records.get(&other).map(Record::kind),
                None | Some(Kind::Agent | Kind::Place)
            );
            if link != Link::Passage && !apart {
                out.extend(worlds(&other, records, seen));
            }
        }
    }
    seen.insert(*id, out.clone());
    out
}

/// Records that belong to both, by what they name; questions also by the
/// claims that answer them.
fn mixed(records: &Records) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let mut of: BTreeMap<Id, BTreeSet<World>> = BTreeMap::new();
    for (id, record) in records {
        // These are about the archive, not about what it holds.
        if matches!(record.kind(), Kind::Intake | Kind::Import | Kind::Policy) {
            continue;
        }
        let own = worlds(id, records, &mut seen);
        for (link, question) in record.links() {
            if link == Link::Question {
                of.entry(question).or_default().extend(own.iter().copied());
            }
        }
        of.entry(*id).or_default().extend(own);
    }
    of.into_iter()
        .filter(|(_, worlds)| worlds.len() > 1)
        .map(|(id, _)| format!("{} {id} {:?}", records[&id].kind().word(), records[&id].called()))
        .collect()
}

#[test]
fn no_question_of_the_history_cites_the_demonstration_nor_the_other_way_round() {
    let records = records();
    assert_eq!(mixed(&records), Vec::<String>::new());
}

#[test]
fn a_claim_of_the_one_on_a_text_of_the_other_would_be_seen() {
    let mut records = records();
    let event = records
        .iter_mut()
        .find_map(|(_, r)| match r {
            Record::Event(e) if e.title.starts_with(MARK) => Some(e),
            _ => None,
        })
        .unwrap();
    event.title = event.title.replace(MARK, "");
    assert!(mixed(&records).iter().any(|m| m.starts_with("claim ")));
}

#[test]
fn the_demonstration_has_what_it_is_to_show() {
    let records = records();
    let mut seen = BTreeMap::new();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, record) in &records {
        if worlds(id, &records, &mut seen).contains(&Demonstration) {
            *count.entry(record.kind().word()).or_default() += 1;
        }
        if let Record::Source(s) = record
            && s.title.starts_with(MARK)
        {
            assert_eq!(s.holding.word(), "held", "{}", s.title);
            assert_eq!(s.rights.as_deref(), Some("CC0-1.0"), "{}", s.title);
        }
        // What is withheld is nobody's to give away, so none of it is ours.
        if let Record::Revision(r) = record
            && r.withheld
        {
            assert_eq!(worlds(id, &records, &mut seen), BTreeSet::from([History]));
        }
    }
    for (kind, least) in [
        ("source", 11),
        ("revision", 25),
        ("correction", 41),
        ("decision", 40),
        ("event", 2),
        ("question", 7),
        ("claim", 47),
        ("copy", 3),
        ("signature", 5),
        ("assessment", 8),
        ("search", 1),
    ] {
        let n = count.get(kind).copied().unwrap_or_default();
        assert!(n >= least, "{n} {kind} records, not {least}");
    }
    let verdicts: BTreeSet<&str> = records
        .values()
        .filter_map(|r| match r {
            Record::Decision(d) => Some(d.verdict.word()),
            _ => None,
        })
        .collect();
    assert_eq!(verdicts.len(), 7, "every answer is shown once: {verdicts:?}");
    let types: BTreeSet<&str> = records
        .values()
        .filter_map(|r| match r {
            Record::Correction(c) => Some(c.r#type.word()),
            _ => None,
        })
        .collect();
    assert_eq!(types.len(), 7, "every sort of reply is shown once: {types:?}");
}
