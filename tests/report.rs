//! `audit --report` and `audit --prov`, as a person calls them: on the history
//! in `archive/`, on a text that tries to be markup, and where the files cannot
//! be written.
#![allow(clippy::unwrap_used)]

mod dom;
mod door;

use std::collections::BTreeSet;
use std::fs;

use dom::{DRAWN, Page};
use door::Room;
use serde_json::Value;

const ARCHIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/archive");
const QUESTION: &str = "question/ceasefire-signed-date";

/// One file: nothing in it runs, and nothing in it asks for anything else.
fn stands_alone(html: &str) -> Page {
    let page = Page::read(html);
    page.does_nothing("report", &[DRAWN, &["style"]], &[]);
    for to in page.0.iter().filter_map(|e| e.get("href")) {
        page.by_id(to.strip_prefix('#').unwrap_or_else(|| panic!("a link to {to}")));
    }
    let style: Vec<&str> = page.of("style").map(|e| e.text.as_str()).collect();
    assert_eq!(style.len(), 1);
    for never in ["url(", "@import", "image(", "image-set(", "src:", "@font-face", "\\"] {
        assert!(!style[0].contains(never), "{never} in the style sheet");
    }
    let policy = page.of("meta").find_map(|m| {
        (m.get("http-equiv") == Some("Content-Security-Policy")).then(|| m.get("content"))?
    });
    assert!(policy.unwrap().starts_with("default-src 'none'; style-src 'sha256-"));
    page
}

fn array<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn words<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

#[test]
fn the_report_of_the_history_holds_every_claim_with_its_proof() {
    let room = Room::empty();
    let audit = ["-C", ARCHIVE, "audit", QUESTION];
    let ran = room.run(&[&audit[..], &["--report", "r.html", "--json"]].concat()).exits(0);
    assert!(ran.err.contains("report written to r.html ("), "{}", ran.err);
    let answer = ran.data();
    let html = String::from_utf8(room.read("r.html")).unwrap();
    let page = stands_alone(&html);

    let h1: Vec<_> = page.of("h1").map(|e| e.text.as_str()).collect();
    assert_eq!(h1, [words(&answer["question"], "wording")]);
    let claims = array(&answer, "claims");
    assert!(claims.len() > 10);
    assert_eq!(page.of("article").count(), claims.len());
    for (n, claim) in claims.iter().enumerate() {
        let shown = &page.by_id(&format!("claim-{}", n + 1)).text;
        let has = |what: &str| assert!(shown.contains(what), "{what:?} is not in {shown}");
        for name in ["id", "teller", "stance", "record", "cite"] {
            has(words(claim, name));
        }
        has(&format!("entry {} of the log", claim["log_index"]));
        for place in array(claim, "places") {
            has(words(place, "address"));
            has(words(place, "passage_sha256"));
            has(&format!("bytes {}–{}", place["start"], place["end"]));
            // The texts of the history are not supplied with it.
            has("The words are not supplied here.");
        }
    }
    let body = &page.of("body").next().unwrap().text;
    for name in ["cite", "shows", "does_not_show"] {
        assert!(body.contains(words(&answer, name)), "{name}");
    }
    for line in answer["log"]["checkpoint"].as_str().unwrap().lines() {
        assert!(body.contains(line), "{line:?} of the checkpoint");
    }
    for held in array(&answer, "custody") {
        assert!(body.contains(words(held, "sha256")));
    }
}

#[test]
fn claims_and_events_have_a_report_too() {
    let room = Room::empty();
    let claim = room.run(&["-C", ARCHIVE, "audit", QUESTION, "--json"]).exits(0).data()["claims"]
        [0]["id"]
        .as_str()
        .unwrap()
        .to_string();
    for address in [claim.as_str(), "event/sochi-2022"] {
        let answer = room
            .run(&["-C", ARCHIVE, "audit", address, "--report", "r.html", "--json"])
            .exits(0)
            .data();
        let page = stands_alone(&String::from_utf8(room.read("r.html")).unwrap());
        let questions = 1 + array(&answer, "further").len();
        let article =
            |class: &str| page.of("article").filter(|e| e.get("class") == Some(class)).count();
        assert_eq!(article("question"), if questions == 1 { 0 } else { questions }, "{address}");
        let of = |a: &Value| array(a, "claims").len();
        let claims = of(&answer) + array(&answer, "further").iter().map(of).sum::<usize>();
        assert_eq!(article("claim"), claims, "{address}");
    }
}

#[test]
fn a_report_speaks_the_language_that_is_asked_for() {
    let room = Room::empty();
    let audit = |address: &str, more: &[&str]| {
        room.run(&[&["-C", ARCHIVE, "audit", address, "--report", "r.html"], more].concat())
    };
    for address in [QUESTION, "event/sochi-2022", "question/ferry-order-hour"] {
        audit(address, &["--language", "ru"]).exits(0);
        let html = String::from_utf8(room.read("r.html")).unwrap();
        let page = stands_alone(&html);
        assert_eq!(page.of("html").next().unwrap().get("lang"), Some("ru"));
        assert_eq!(dom::own_latin_words(&html), Vec::<String>::new(), "{address}");
        // The same page in English, so that the sieve is seen to hold something.
        audit(address, &[]).exits(0);
        let english = String::from_utf8(room.read("r.html")).unwrap();
        let same = Page::read(&english);
        assert_eq!(same.of("html").next().unwrap().get("lang"), Some("en"));
        assert!(dom::own_latin_words(&english).len() > 300, "{address}");
        assert_eq!(page.0.len(), same.0.len(), "{address}: other elements");
        // Data is the same on both, in the same places.
        let typed = |page: &Page| page.of("code").map(|e| e.text.clone()).collect::<Vec<_>>();
        assert_eq!(typed(&page), typed(&same));
    }
    audit(QUESTION, &["--language", "tlh"]).exits(2).says(&["en, ru"]);
    room.run(&["-C", ARCHIVE, "audit", QUESTION, "--language", "ru"]).exits(2).says(&["--report"]);
}

/// What a hostile source, or a careless one, puts everywhere.
const EVIL: &str = "</title></style></svg><script>alert(1)</script><img src=x onerror=alert(2)> \" onload=alert(3) '";

const HOSTILE: &str = r#"
[draft]
maker = "Editors"
time = "2026-03-01T00:00:00Z"

[[agent]]
name = "Editors"
type = "body"

[[agent]]
name = '''EVIL'''
type = "person"

[[event]]
id = "lamp"
title = '''EVIL'''

[[question]]
id = "who-lit"
event = "event/lamp"
facet = "actor"
wording = '''Who lit it? EVIL'''

[[claim]]
id = "who-lit-l"
question = "question/who-lit"
at = "L:1"
stance = "asserts"
value = { text = '''EVIL''' }
teller = '''EVIL'''
voice = "direct"
known = "took part"
note = '''EVIL'''
"#;

/// A question about a text whose words, title and teller are markup.
fn hostile() -> Room {
    let room = Room::new();
    // A line of the draft is delimited by three single quotation marks.
    let evil = EVIL.trim_end_matches(" '");
    room.write("lamp.txt", format!("{EVIL}\nNothing else.\n"));
    room.write("draft.toml", HOSTILE.replace("EVIL", evil));
    room.a(&["add", "lamp.txt", "--siglum", "L", "--title", EVIL, "--by", "Reem"]).exits(0);
    room.a(&["apply", "draft.toml"]).exits(0);
    room
}

#[test]
fn hostile_words_are_shown_as_words() {
    let room = hostile();
    room.a(&["audit", "question/who-lit", "--report", "r.html", "--prov", "p.json"]).exits(0);
    let page = stands_alone(&String::from_utf8(room.read("r.html")).unwrap());
    let shown = |name: &str| {
        let of = page.of(name).filter(|e| e.text.contains("<script>alert(1)</script>"));
        of.map(|e| e.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(shown("blockquote"), [format!("“{EVIL}”")], "the quotation");
    assert_eq!(shown("h1").len(), 1, "the wording");
    assert!(
        shown("dd").iter().any(|d| d == &format!("L@1, {EVIL}")),
        "the title: {:?}",
        shown("dd")
    );
    assert_eq!(
        page.of("title").next().map(|t| t.text.contains(EVIL.trim_end_matches(" '"))),
        Some(true)
    );
    read_prov(&room.read("p.json"));
}

/// A PROV-JSON document, each relation of which joins two things that stand in
/// it (W3C Member Submission, 24 April 2013).
fn read_prov(json: &[u8]) -> Value {
    let doc: Value = serde_json::from_slice(json).unwrap();
    let sorts = doc.as_object().unwrap();
    let things: BTreeSet<&String> = ["entity", "activity", "agent"]
        .iter()
        .flat_map(|s| sorts[*s].as_object().unwrap().keys())
        .collect();
    let prefixes = sorts["prefix"].as_object().unwrap();
    for thing in &things {
        let (prefix, _) = thing.split_once(':').unwrap();
        assert!(prefixes.contains_key(prefix), "{thing} has no prefix");
    }
    let thing = |s: &&String| ["prefix", "entity", "activity", "agent"].contains(&s.as_str());
    for sort in sorts.keys().filter(|s| !thing(s)) {
        for relation in sorts[sort].as_object().unwrap().values() {
            let ends: Vec<&str> = relation
                .as_object()
                .unwrap()
                .iter()
                .filter(|(k, _)| {
                    k.starts_with("prov:") && !["prov:type", "prov:role"].contains(&k.as_str())
                })
                .map(|(_, v)| v.as_str().unwrap())
                .collect();
            assert_eq!(ends.len(), 2, "{sort}: {relation}");
            for end in ends {
                assert!(things.contains(&end.to_string()), "{sort}: {end} is not there");
            }
        }
    }
    doc
}

#[test]
fn the_provenance_of_the_history_leads_from_each_claim_to_bytes_and_log() {
    let room = Room::empty();
    let audit = ["-C", ARCHIVE, "audit", QUESTION];
    let ran = room.run(&[&audit[..], &["--prov", "p.json", "--json"]].concat()).exits(0);
    assert!(ran.err.contains("provenance written to p.json ("), "{}", ran.err);
    let answer = ran.data();
    let doc = read_prov(&room.read("p.json"));
    let joined = |sort: &str, a: (&str, &str), b: (&str, &str)| {
        let all = doc[sort].as_object().unwrap().values();
        all.filter(|r| r[a.0] == a.1 && r[b.0] == b.1).count() > 0
    };
    for claim in array(&answer, "claims") {
        let name = format!("arc:{}", words(claim, "id"));
        let record = format!("nih:{}", words(claim, "record"));
        assert!(doc["entity"].get(&name).is_some(), "{name}");
        assert!(joined(
            "specializationOf",
            ("prov:specificEntity", &record),
            ("prov:generalEntity", &name)
        ));
        let recording = format!("arc:recording/{}", claim["log_index"]);
        assert!(joined("wasGeneratedBy", ("prov:entity", &record), ("prov:activity", &recording)));
        for place in array(claim, "places") {
            let words_of = format!(
                "arc:{}/bytes/{}-{}",
                words(place, "revision"),
                place["start"],
                place["end"]
            );
            let passage = format!("nih:{}", words(place, "passage_sha256"));
            let from = |a: &str, b: &str| {
                joined("wasDerivedFrom", ("prov:generatedEntity", a), ("prov:usedEntity", b))
            };
            assert!(from(&name, &words_of), "{name} from {words_of}");
            assert!(from(&words_of, &passage), "{words_of} from {passage}");
        }
    }
    // On standard output the same bytes, and nothing else.
    let out = room.run(&[&audit[..], &["--prov", "-"]].concat()).exits(0);
    assert!(out.out == room.read("p.json"), "other bytes on standard output");
}

#[test]
fn a_broken_proof_is_reported_and_still_fails() {
    let room = hostile();
    room.a(&["export", "plain", "plain"]).exits(0);
    let audit = ["-C", "plain", "audit", "question/who-lit"];
    let answer = room.run(&[&audit[..], &["--json"]].concat()).exits(0).data();
    let sha256 = words(&answer["custody"][0], "sha256").to_string();
    door::damage(&room.path(&format!("plain/content/{}/{}/{sha256}", &sha256[..2], &sha256[2..4])));
    room.run(&[&audit[..], &["--report", "r.html", "--prov", "p.json"]].concat()).exits(4);
    let page = stands_alone(&String::from_utf8(room.read("r.html")).unwrap());
    assert!(page.by_id("broken").text.contains("The proof does not hold."));
    read_prov(&room.read("p.json"));
    room.run(&[&audit[..], &["--prov", "-"]].concat()).exits(4);
}

#[test]
fn files_are_replaced_whole_and_folders_never() {
    let room = hostile();
    let audit = |flags: &[&str]| room.a(&[&["audit", "question/who-lit"], flags].concat());
    fs::create_dir(room.path("folder")).unwrap();
    for flag in ["--report", "--prov"] {
        audit(&[flag, "folder"]).exits(2).says(&["folder is a folder"]);
        audit(&[flag, "none/r"]).exits(6).says(&["none/r cannot be written"]);
        room.write("r", "the older one");
        audit(&[flag, "r"]).exits(0);
        assert_ne!(room.read("r"), b"the older one");
    }
    assert_eq!(fs::read_dir(room.path("folder")).unwrap().count(), 0);
    audit(&["--report", "-"]).exits(2).says(&["--report FILE.html"]);
    audit(&["--prov", "-", "--json"]).exits(2).says(&["--prov FILE.json"]);
    audit(&["--report", "r", "--prov", "r"]).exits(2).says(&["the same file"]);
    audit(&["--report", "q.html", "--quiet"]).exits(0);
    let none = room.a(&["audit", "question/none", "--report", "none.html"]).exits(3);
    assert!(!none.err.contains("written"), "{}", none.err);
    assert!(!room.path("none.html").exists());
    // Nothing half-written is left behind.
    let left: Vec<_> = fs::read_dir(room.path(""))
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|n| n.ends_with(".part"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_device_is_refused() {
    let room = hostile();
    let audit = |path: &str| room.a(&["audit", "question/who-lit", "--report", path]);
    room.write("kept.html", "");
    std::os::unix::fs::symlink(room.path("kept.html"), room.path("link.html")).unwrap();
    audit("link.html").exits(0);
    assert!(room.path("link.html").is_symlink());
    assert!(room.read("kept.html").starts_with(b"<!DOCTYPE html>"));
    audit("/dev/null").exits(2).says(&["/dev/null is no ordinary file"]);
}
