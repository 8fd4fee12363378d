//! Events, questions and claims from drafts to audits, on a made-up text: the
//! same drafts give the same records, errors point at the line, a broken link
//! of a proof is named, and a text that is not supplied can be attached.
#![allow(clippy::unwrap_used)]

mod door;

use std::fs;

use door::Room;

/// Two tellers of one order; lines are those of `order.txt` and `paper.txt`.
const ORDER: &str = "The landing was closed on 15 November.\nStaal gave the order herself.\n\nReem says that Lorimer denied it.\nFifty or fifty-six people stood there.\n";
const PAPER: &str = "The landing was closed in November.\nIt was the Prefect's order.\n";

const DRAFT: &str = r#"
[draft]
maker = "Editors"
time = "2026-03-01T00:00:00Z"

[[agent]]
name = "Editors"
type = "body"

[[agent]]
name = "A. Dorn"
type = "person"
spellings = [{ name = "Dorn", at = "O:2" }]

[[agent]]
name = "The Courier"
type = "body"

[[agent]]
name = "Reem"
type = "person"

[[agent]]
name = "Lorimer"
type = "person"

[[place]]
name = "Hollen"

[[event]]
id = "closing"
title = "The closing of the landing"

[[account]]
event = "event/closing"
at = "O:1-2"
teller = "A. Dorn"
voice = "direct"
known = "took part"

[[question]]
id = "closing-day"
event = "event/closing"
facet = "date"
wording = "On which day was the landing closed?"

[[claim]]
id = "closing-day-o"
question = "question/closing-day"
at = "O:1"
stance = "asserts"
value = { date = "1967-11-15", told = "15 November", supplied = [{ component = "year", note = "the year of the storm" }] }
teller = "A. Dorn"
voice = "direct"
known = "took part"

[[claim]]
id = "closing-day-p"
question = "question/closing-day"
at = "P:1"
stance = "asserts"
value = { date = "1967-11" }
teller = "The Courier"
voice = "direct"
told = "1967-11-16"
known = "was told"

[[question]]
id = "who-ordered"
event = "event/closing"
facet = "actor"
wording = "Who gave the order to close the landing?"

[[claim]]
id = "who-ordered-o"
question = "question/who-ordered"
at = "O:2"
stance = "asserts"
value = { text = "Staal" }
teller = "A. Dorn"
voice = "direct"
known = "took part"

[[claim]]
id = "who-ordered-p"
question = "question/who-ordered"
at = "P:2"
stance = "asserts"
value = { text = "the Prefect" }
teller = "The Courier"
voice = "direct"
told = "1967-11-16"
known = "was told"

[[claim]]
id = "who-ordered-o2"
question = "question/who-ordered"
at = "O:4"
stance = "denies"
value = { text = "the Prefect" }
teller = "Lorimer"
voice = "reported by"
reported_by = "A. Dorn"
known = "took part"
chain = [{ speaker = "Lorimer", reporter = "Reem", at = "O:4", medium = "in person" }]

[[assessment]]
id = "who-ordered-kind"
about = ["claim/who-ordered-o", "claim/who-ordered-p"]
kind = "difference"
finding = "fact"
by = "Editors"
reason = "They name two persons."

[[search]]
id = "who-ordered-gudrun"
question = "question/who-ordered"
for = ["Gudrun"]
in = "P"
by = "machine"
view = "reading"
"#;

/// An archive with both texts and the draft.
fn told() -> Room {
    let room = Room::new();
    room.write("order.txt", ORDER);
    room.write("paper.txt", PAPER);
    room.write("draft.toml", DRAFT);
    room.a(&["add", "order.txt", "--siglum", "O", "--by", "Dorn senior", "--date", "1990"])
        .exits(0);
    room.a(&["add", "paper.txt", "--siglum", "P", "--date", "1967-11-16"]).exits(0);
    room.a(&["apply", "draft.toml"]).exits(0);
    room
}

#[test]
fn the_same_draft_gives_the_same_records_and_no_second_ones() {
    let room = Room::new();
    room.write("order.txt", ORDER);
    room.write("paper.txt", PAPER);
    room.write("draft.toml", DRAFT);
    room.a(&["add", "order.txt", "--siglum", "O"]).exits(0);
    room.a(&["add", "paper.txt", "--siglum", "P"]).exits(0);
    let before = room.bytes_of("a");
    let dry = room.a(&["apply", "draft.toml", "--dry-run", "--json"]).exits(0).data();
    assert!(room.bytes_of("a") == before, "a dry run wrote");
    let made = room.a(&["apply", "draft.toml", "--json"]).exits(0).data();
    assert_eq!(made["recorded"], dry["recorded"], "what a dry run shows is what is recorded");
    assert_eq!(made["by_kind"]["claim"], 5);
    let again = room.a(&["apply", "draft.toml", "--json"]).exits(0).data();
    assert_eq!(again["recorded"].as_array().unwrap().len(), 0);
    // A better wording replaces the old one; nothing else is recorded anew.
    room.write("draft.toml", DRAFT.replace("On which day was", "On what day was"));
    let revised = room.a(&["apply", "draft.toml", "--json"]).exits(0).data();
    assert_eq!(revised["recorded"].as_array().unwrap().len(), 1);
    assert_eq!(revised["recorded"][0]["revised"], true);
    let again = room.a(&["apply", "draft.toml", "--json"]).exits(0).data();
    assert_eq!(again["recorded"].as_array().unwrap().len(), 0, "{again}");
    let audit = room.a(&["audit", "question/closing-day", "--json"]).exits(0).data();
    assert_eq!(audit["question"]["wording"], "On what day was the landing closed?");
    assert_eq!(audit["claims"].as_array().unwrap().len(), 2, "claims follow their question");
    room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn errors_of_drafts_point_at_the_line() {
    let room = told();
    let before = room.bytes_of("a");
    let line = |needle: &str| {
        let at = DRAFT.find(needle).unwrap();
        1 + DRAFT[..at].matches('\n').count()
    };
    let wrong = [
        ("stance = \"denies\"", "stance = \"disputes\"", "disputes", "stance = \"denies\""),
        ("at = \"P:2\"", "at = \"P:99\"", "P:99", "at = \"P:2\""),
        ("teller = \"Lorimer\"", "teller = \"Lorrimer\"", "Lorrimer", "teller = \"Lorimer\""),
        ("date = \"1967-11\" }", "date = \"November\" }", "November", "date = \"1967-11\" }"),
        ("[[place]]\nname", "[[place]]\nnmae", "nmae", "[[place]]"),
    ];
    for (good, bad, named, place) in wrong {
        room.write("bad.toml", DRAFT.replace(good, bad));
        let told = room.a(&["apply", "bad.toml"]).exits(2);
        assert!(told.said().contains(named), "{}", told.said());
        let near = [line(place), line(place) + 1];
        assert!(
            near.iter().any(|n| told.said().contains(&format!("bad.toml:{n}:"))),
            "{bad}: not at {near:?}: {}",
            told.said()
        );
    }
    room.write("twice.toml", format!("{DRAFT}\n[[event]]\nid = \"closing\"\ntitle = \"x\"\n"));
    room.a(&["apply", "twice.toml"]).exits(2).says(&["twice.toml", "defined twice"]);
    assert!(room.bytes_of("a") == before, "a refused draft wrote");
}

#[test]
fn an_audit_tells_who_says_what_and_what_it_does_not_show() {
    let room = told();
    let audit = room.a(&["audit", "question/who-ordered", "--json"]).exits(0).data();
    assert_eq!(audit["state"], "differ");
    // In the order of telling: the paper of 1967 before the memoir of 1990.
    let ids: Vec<&str> =
        audit["claims"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
    assert_eq!(ids[0], "claim/who-ordered-p", "{ids:?}");
    let first = &audit["claims"][0];
    assert_eq!(first["places"][0]["checked"], "matches");
    assert_eq!(first["lines"], serde_json::json!([2, 2]));
    let (start, end) = (first["start"].as_u64().unwrap(), first["end"].as_u64().unwrap());
    assert_eq!(&PAPER[start as usize..end as usize], "It was the Prefect's order.");
    assert_eq!(audit["not_found"][0]["hits"], 0);
    let differences = audit["differences"].as_array().unwrap();
    let fact = differences
        .iter()
        .find(|d| d["relation"] == "differs" && !d["assessed"].as_array().unwrap().is_empty());
    assert!(fact.unwrap()["assessed"][0].as_str().unwrap().starts_with("fact (Editors)"));
    // Lorimer speaks here only as Dorn reports: no witness of his own.
    assert_eq!(audit["origins"]["at_most"], 2, "{}", audit["origins"]);
    let chain =
        audit["claims"].as_array().unwrap().iter().find(|c| c["id"] == "claim/who-ordered-o2");
    assert_eq!(chain.unwrap()["chain"][0]["speaker"], "Lorimer");
    for word in ["truth", "authenticity", "fidelity"] {
        assert!(audit["does_not_show"].as_str().unwrap().contains(word));
    }
    // A less precise date is no contradiction.
    let day = room.a(&["audit", "question/closing-day", "--json"]).exits(0).data();
    assert_eq!(day["state"], "agree", "{}", day["differences"]);
    // By claim, by event, by lines: the same question.
    for address in ["claim/who-ordered-o", "P:2", "event/closing"] {
        let by = room.a(&["audit", address, "--json"]).exits(0).data();
        let all = by.to_string();
        assert!(all.contains("question/who-ordered"), "{address}: {all}");
    }
    room.a(&["audit", "question/none"]).exits(3).says(&["no question is called", "list questions"]);
    room.a(&["audit", "O:5"]).exits(3).says(&["no question"]);
}

#[test]
fn events_are_compared_and_dates_laid_out() {
    let room = told();
    let compared = room.a(&["compare", "event/closing", "--json"]).exits(0).data();
    let heads = compared["columns"].to_string();
    assert!(heads.contains("Lorimer, as reported by A. Dorn"), "{heads}");
    assert_eq!(compared["rows"].as_array().unwrap().len(), 2);
    let event = room.a(&["event", "closing", "--json"]).exits(0).data();
    assert_eq!(event["accounts"][0]["places"][0]["checked"], "matches");
    let timeline = room.a(&["timeline", "--json"]).exits(0).data();
    assert_eq!(timeline["items"].as_array().unwrap().len(), 2);
    let none = room.a(&["timeline", "--from", "1968", "--json"]).exits(0).data();
    assert_eq!(none["items"].as_array().unwrap().len(), 0);
    let paper = room.a(&["timeline", "--in", "P", "--json"]).exits(0).data();
    assert_eq!(paper["items"][0]["claim"], "claim/closing-day-p");
    room.a(&["timeline", "--in", "Q"]).exits(3);
    room.a(&["timeline", "--from", "soon"]).exits(2).says(&["soon"]);
    for what in ["events", "questions", "claims", "assessments", "searches", "places"] {
        assert!(
            !room.a(&["list", what, "--json"]).exits(0).data()["items"]
                .as_array()
                .unwrap()
                .is_empty()
        );
    }
}

#[test]
fn questions_and_claims_are_entered_at_the_door() {
    let room = told();
    room.a(&[
        "question",
        "how-many",
        "--wording",
        "How many people stood at the landing?",
        "--facet",
        "number",
        "--event",
        "closing",
    ])
    .exits(0);
    let enter = [
        "claim",
        "how-many-o",
        "--question",
        "how-many",
        "--at",
        "O:5",
        "--stance",
        "asserts",
        "--number",
        "56",
        "--teller",
        "A. Dorn",
        "--how",
        "saw",
    ];
    room.a(&[&enter[..], &["--dry-run"]].concat()).exits(0);
    assert!(room.a(&["claim", "how-many-o"]).code == 3, "a dry run recorded it");
    room.a(&enter).exits(0);
    let audit = room.a(&["question", "how-many", "--json"]).exits(0).data();
    assert_eq!(audit["claims"][0]["value"], "56");
    room.a(&["event", "inquiry", "--title", "The inquiry", "--part-of", "closing"]).exits(0);
    room.a(&[
        "claim",
        "x",
        "--question",
        "nothing",
        "--at",
        "O:5",
        "--stance",
        "asserts",
        "--teller",
        "A. Dorn",
    ])
    .exits(2)
    .says(&["nothing"]);
}

#[test]
fn a_broken_link_of_the_proof_is_named() {
    let room = told();
    room.a(&["export", "plain", "plain"]).exits(0);
    let of = |args: &[&str]| room.run(&[&["-C", "plain"], args].concat());
    let audit = of(&["audit", "question/who-ordered", "--json"]).exits(0).data();
    let sha256 = audit["custody"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["revision"] == "P@1")
        .unwrap()["sha256"]
        .as_str()
        .unwrap()
        .to_string();
    let path = room.path(&format!("plain/content/{}/{}/{sha256}", &sha256[..2], &sha256[2..4]));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("Prefect", "prefect")).unwrap();
    of(&["audit", "question/who-ordered"]).exits(4).says(&["BROKEN", &sha256[..8]]);
    fs::write(&path, text).unwrap();
    of(&["audit", "question/who-ordered"]).exits(0);
}

#[test]
fn a_text_that_is_not_supplied_is_cited_attached_and_verified() {
    let room = Room::new();
    room.write("order.txt", ORDER);
    room.write("paper.txt", PAPER);
    room.write("draft.toml", DRAFT);
    room.a(&["add", "order.txt", "--siglum", "O", "--withheld"]).exits(0);
    room.a(&["add", "paper.txt", "--siglum", "P"]).exits(0);
    room.a(&["apply", "draft.toml"]).exits(0);
    room.a(&["export", "plain", "plain"]).exits(0);
    let words = "Staal gave the order";
    for file in door::files(&room.path("plain")) {
        let bytes = fs::read(&file).unwrap();
        let found = bytes.windows(words.len()).any(|w| w == words.as_bytes());
        assert!(!found, "{} holds words of the withheld text", file.display());
    }
    // Somebody else, who does not have the text.
    let reader = |args: &[&str]| {
        room.run_with(&[&["-C", "plain"], args].concat(), &[("VARIORUM_PRIVATE", "reader")])
    };
    let audit = reader(&["audit", "question/who-ordered", "--json"]).exits(0).data();
    let ours = audit["claims"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["id"] == "claim/who-ordered-o")
        .unwrap();
    assert_eq!(ours["places"][0]["checked"], "not-supplied");
    assert_eq!(ours["lines"], serde_json::json!([2, 2]));
    assert!(ours["places"][0].get("quote").is_none());
    assert!(audit["does_not_show"].as_str().unwrap().contains("not supplied"));
    reader(&["show", "O:2"]).exits(5).says(&["not supplied", "attach"]);
    reader(&["verify", "--full"]).exits(0).says(&["1 texts are not supplied"]);
    // With the file everything can be read and compared.
    room.write("other.txt", ORDER.replace("Staal", "Stahl"));
    reader(&["attach", "other.txt"]).exits(3).says(&["no withheld text"]);
    let attached = reader(&["attach", "order.txt", "--json"]).exits(0).data();
    assert_eq!(attached["citations"], attached["found"]);
    assert!(attached["citations"].as_u64().unwrap() >= 5);
    reader(&["show", "O:2"]).exits(0).says(&[words]);
    reader(&["verify", "--full"]).exits(0);
    let audit = reader(&["audit", "question/who-ordered", "--json"]).exits(0).data();
    assert!(audit["custody"].as_array().unwrap().iter().all(|c| c["supplied"] == true));
    assert!(!room.path("plain/order.txt").exists());
    // Attached bytes are not believed for their name.
    let kept = fs::read_dir(room.path("reader/attached")).unwrap().next().unwrap().unwrap().path();
    fs::write(&kept, ORDER.replace("Staal", "Stahl")).unwrap();
    reader(&["audit", "question/who-ordered"]).exits(4).says(&["attach"]);
}
