//! The history in `archive/`: every place that it cites is looked up in the
//! texts themselves, sample cases are answered as they should be, and no
//! sentence of the texts stands in it. Runs where the texts are, in
//! `../shared/seeds`, and says that it was skipped where they are not.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use variorum::desk::{self, Archive, Kind, ListItem, Listed, State};

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The texts by siglum, or nothing.
fn seeds() -> Option<BTreeMap<&'static str, String>> {
    let mut out = BTreeMap::new();
    for entry in fs::read_dir(at("../shared/seeds")).ok()? {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let siglum = match &name[..3] {
            "000" => "I",
            "001" => "M",
            "002" => "E",
            "003" => "V",
            _ => continue,
        };
        out.insert(siglum, fs::read_to_string(&path).unwrap());
    }
    if out.len() == 4 {
        return Some(out);
    }
    println!("skipped: the four texts are not in ../shared/seeds");
    None
}

/// The archive as somebody has it who owns the texts.
fn opened(own: &Path, seeds: &BTreeMap<&'static str, String>) -> Archive {
    let archive = Archive::open(&at("archive"), &mut |_, _, _| {})
        .unwrap()
        .with_attached(own.join("attached"));
    for (siglum, text) in seeds {
        let attached = desk::attach(&archive, text.as_bytes(), siglum).unwrap();
        assert_eq!(
            attached.citations, attached.found,
            "{siglum}: places that are not where records say"
        );
        println!("{siglum}: {} places looked up, all found", attached.citations);
        assert!(attached.citations > 10, "{siglum}");
    }
    archive
}

#[test]
fn every_place_cited_stands_where_it_is_said_to() {
    let Some(seeds) = seeds() else { return };
    let own = tempfile::tempdir().unwrap();
    let archive = opened(own.path(), &seeds);
    let list = desk::list(&archive, Listed::Named(Kind::Question)).unwrap();
    let (mut questions, mut claims, mut broken) = (0, 0, Vec::new());
    for item in list.items {
        let ListItem::Named(q) = item else { panic!("not a question") };
        let audit = desk::audit(&archive, &q.name).unwrap();
        questions += 1;
        claims += audit.audit.claims.len();
        broken.extend(audit.audit.broken);
        assert!(!audit.audit.claims.is_empty(), "{} has no claim", q.name);
        for c in &audit.audit.claims {
            assert!(c.is_read(), "{}: not read", c.id);
        }
    }
    println!("{questions} questions, {claims} claims, every place read");
    assert_eq!(broken, Vec::<String>::new());
    assert!(questions >= 40, "{questions}");
}

/// Claims and searches by sample case; see the first column of the cases.
fn mapping() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(at("tests/reference_cases.tsv")).unwrap();
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in text.lines() {
        let (case, names) = line.split_once('\t').unwrap();
        out.entry(case.into()).or_default().extend(names.split(',').map(|n| n.trim().to_string()));
    }
    out
}

#[test]
fn the_sample_cases_are_answered() {
    let (Some(seeds), Ok(cases)) =
        (seeds(), fs::read_to_string(at("../shared/cases/claims.jsonl")))
    else {
        println!("skipped: the sample cases are not in ../shared/cases");
        return;
    };
    let own = tempfile::tempdir().unwrap();
    let archive = opened(own.path(), &seeds);
    let mut claims = BTreeMap::new();
    for item in desk::list(&archive, Listed::Claims).unwrap().items {
        if let ListItem::Claim(c) = item {
            claims.insert(c.id.trim_start_matches("claim/").to_string(), c);
        }
    }
    let searches: BTreeSet<String> = desk::list(&archive, Listed::Named(Kind::Search))
        .unwrap()
        .items
        .into_iter()
        .filter_map(|i| match i {
            ListItem::Named(s) => Some(s.name.trim_start_matches("search/").to_string()),
            _ => None,
        })
        .collect();
    let mapping = mapping();
    let mut seen = 0;
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let id = case["id"].as_str().unwrap();
        let names = mapping.get(id).unwrap_or_else(|| panic!("{id}: no claims"));
        let mut ours = Vec::new();
        for name in names {
            match claims.get(name) {
                Some(c) => ours.push(c),
                None => assert!(searches.contains(name), "{id}: there is no {name}"),
            }
        }
        let silent = case["relation"] == "silent";
        let wanted: Vec<(&str, u64, u64)> = match case["sources"].as_array() {
            Some(sources) => sources
                .iter()
                .map(|s| {
                    let siglum = match s["seed"].as_str().unwrap() {
                        "000" => "I",
                        "001" => "M",
                        "002" => "E",
                        _ => "V",
                    };
                    (siglum, s["lines"][0].as_u64().unwrap(), s["lines"][1].as_u64().unwrap())
                })
                .collect(),
            None => {
                vec![("M", case["lines"][0].as_u64().unwrap(), case["lines"][1].as_u64().unwrap())]
            }
        };
        for (siglum, a, b) in wanted {
            let cited = ours
                .iter()
                .any(|c| c.source == siglum && c.places.iter().any(|[x, y]| *x <= b && a <= *y));
            // A text that is silent is cited by the search through it.
            assert!(
                cited || silent && names.iter().any(|n| searches.contains(n)),
                "{id}: nothing cites {siglum}:{a}-{b}"
            );
        }
        let questions: BTreeSet<&str> = ours.iter().map(|c| c.question.as_str()).collect();
        let audits: Vec<_> = questions.iter().map(|q| desk::audit(&archive, q).unwrap()).collect();
        let any = |state: State| audits.iter().any(|a| a.audit.state == state);
        match case["relation"].as_str() {
            Some("differ") => assert!(any(State::Differ), "{id}: nothing differs"),
            Some("agree") => assert!(any(State::Agree), "{id}: nothing agrees"),
            Some("silent") => assert!(
                names.iter().any(|n| searches.contains(n))
                    || audits.iter().any(|a| !a.audit.not_found.is_empty()),
                "{id}: no search"
            ),
            _ => {}
        }
        if case["contested_by"].is_string() {
            assert!(
                audits.iter().any(|a| a.audit.groups.len() > 1),
                "{id}: contested, and only one value is told"
            );
        }
        seen += 1;
    }
    println!("{seen} sample cases");
    assert_eq!(seen, mapping.len());
}

/// Words in lower case, without what is no letter or digit.
fn words(text: &str) -> Vec<String> {
    let joined = text.replace("-\n", "");
    joined
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Names of offices and titles of documents may be that long; sentences are not copied.
const RUN: usize = 14;

#[test]
fn no_sentence_of_the_texts_is_copied() {
    let Some(seeds) = seeds() else { return };
    let mut runs: HashSet<String> = HashSet::new();
    for text in seeds.values() {
        let words = words(text);
        runs.extend(words.windows(RUN).map(|w| w.join(" ")));
    }
    let mut copied = Vec::new();
    for entry in fs::read_dir(at("archive/drafts/history")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for (n, line) in (1..).zip(text.lines()) {
            // Titles of works and documents are facts.
            if line.starts_with("title = ") || line.starts_with("venue = ") {
                continue;
            }
            let words = words(line);
            copied.extend(
                words.windows(RUN).map(|w| w.join(" ")).filter(|run| runs.contains(run)).map(
                    |run| format!("{}:{n}: {run}", path.file_name().unwrap().to_string_lossy()),
                ),
            );
        }
    }
    assert_eq!(copied, Vec::<String>::new());
}
