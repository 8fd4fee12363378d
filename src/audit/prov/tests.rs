//! The document of the sample audit, frozen, and what every one must hold.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{LogHead, NAMESPACE, prov};
use crate::audit::question::samples;

const CHECKPOINT: &str = "example.org/ferry\n90\nQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=\n\n— example.org/ferry QUJDRA==\n";
/// Written anew with `VARIORUM_REBUILD=1`, which is for a new vocabulary only:
/// the number in [`NAMESPACE`] then goes up.
const VECTOR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/prov/audit.json");

fn sample() -> String {
    prov(&[&samples::audit()], LogHead { size: 90, checkpoint: CHECKPOINT })
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_sample_is_spelled_as_it_was() {
    if std::env::var_os("VARIORUM_REBUILD").is_some() {
        std::fs::write(VECTOR, sample()).unwrap();
    }
    assert!(sample() == std::fs::read_to_string(VECTOR).unwrap(), "{VECTOR} differs");
}

#[test]
fn every_end_of_a_relation_is_in_the_document() {
    let doc = read(&sample());
    let things: BTreeSet<&String> = ["entity", "activity", "agent"]
        .iter()
        .flat_map(|s| doc[s].as_object().unwrap().keys())
        .collect();
    let mut relations = 0;
    for (sort, objects) in doc.as_object().unwrap() {
        if ["prefix", "entity", "activity", "agent"].contains(&sort.as_str()) {
            continue;
        }
        for (name, relation) in objects.as_object().unwrap() {
            assert!(name.starts_with("_:"), "{name}");
            relations += 1;
            let ends = relation.as_object().unwrap().iter();
            let ends: Vec<_> = ends
                .filter(|(k, _)| k.starts_with("prov:") && *k != "prov:type" && *k != "prov:role")
                .collect();
            assert_eq!(ends.len(), 2, "{sort} {relation}");
            for (_, end) in ends {
                assert!(things.contains(&end.as_str().unwrap().to_string()), "{sort}: {end}");
            }
        }
    }
    assert!(relations > 40, "{relations}");
}

#[test]
fn from_the_claim_to_the_text_and_to_the_log() {
    let doc = read(&sample());
    let has = |sort: &str, a: (&str, &str), b: (&str, &str), what: Option<&str>| {
        let found = doc[sort].as_object().unwrap().values().any(|r| {
            r[a.0] == a.1 && r[b.0] == b.1 && what.is_none_or(|t| r["prov:type"]["$"] == t)
        });
        assert!(found, "no {sort} {a:?} {b:?} {what:?}");
    };
    let (from, to) = ("prov:generatedEntity", "prov:usedEntity");
    let (claim, words) = ("arc:claim/lamp-1", "arc:F@1/bytes/100-140");
    let (passage, record) =
        (format!("nih:{}", "01".repeat(32)), format!("nih:{}", "c1".repeat(32)));
    let (dorn, voss) = (format!("arc:agent/{}", "a1".repeat(32)), "arc:agent-named/Ida%20Voss");
    has("wasDerivedFrom", (from, claim), (to, words), Some("prov:PrimarySource"));
    has("wasDerivedFrom", (from, words), (to, &passage), Some("prov:Quotation"));
    has("wasDerivedFrom", (from, words), (to, "arc:F@1"), Some("prov:Quotation"));
    has("hadMember", ("prov:collection", "arc:F@1"), ("prov:entity", &passage), None);
    has("wasDerivedFrom", (from, claim), (to, "arc:claim/lamp-1/chain/1"), None);
    has("wasAttributedTo", ("prov:entity", "arc:claim/lamp-1/chain/1"), ("prov:agent", voss), None);
    has("wasAttributedTo", ("prov:entity", claim), ("prov:agent", &dorn), None);
    let telling = "arc:claim/lamp-1/telling";
    has("wasGeneratedBy", ("prov:entity", claim), ("prov:activity", telling), None);
    let log = ("prov:activity", "arc:recording/11");
    has("wasGeneratedBy", ("prov:entity", &record), log, None);
    has("used", log, ("prov:entity", words), None);
    let (specific, general) = ("prov:specificEntity", "prov:generalEntity");
    has("specializationOf", (specific, &record), (general, claim), None);
    has("specializationOf", (specific, "arc:F@1"), (general, "arc:source/F"), None);
    has("hadMember", ("prov:collection", "arc:log/90"), ("prov:entity", &record), None);
    assert_eq!(doc["entity"][&record]["var:sha256"], "c1".repeat(32));
    assert_eq!(doc["prefix"]["var"], NAMESPACE);
    assert_eq!(doc["prefix"]["arc"], "https://example.org/ferry/");
}

#[test]
fn the_words_of_a_text_are_not_given_away() {
    let quote = samples::audit().claims[0].places[0].quote.clone().unwrap();
    assert!(!sample().contains(&quote));
}

#[test]
fn two_agents_of_one_name_stay_two() {
    let mut audit = samples::audit();
    audit.claims[1].teller = "Anna Dorn".into();
    let doc = read(&prov(&[&audit], LogHead { size: 90, checkpoint: CHECKPOINT }));
    let named =
        doc["agent"].as_object().unwrap().iter().filter(|(_, a)| a["prov:label"] == "Anna Dorn");
    // The two, and the one of the chain of whom only the name is known.
    assert_eq!(named.count(), 3);
}

#[test]
fn hostile_names_stay_names() {
    let mut audit = samples::audit();
    audit.question.name = "question/x\", \"y\": {\"$\": 1} : ) ' \u{202e}".into();
    audit.claims[0].reported_by = Some("a:b,c(d)\n<é>".into());
    let doc = read(&prov(&[&audit], LogHead { size: 90, checkpoint: CHECKPOINT }));
    for sort in ["entity", "activity", "agent"] {
        for name in doc[sort].as_object().unwrap().keys() {
            let (_, local) = name.split_once(':').unwrap();
            assert!(
                local.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-./@~%".contains(&b)),
                "{name}"
            );
        }
    }
}
