//! `examine` as a person runs it: findings with places, replies made of them
//! once, and replies to what is missing in a text.
#![allow(clippy::unwrap_used)]

mod door;

use door::Room;
use serde_json::Value;

/// A wrong weekday, letters of two scripts, and a quotation of the ferry memoir
/// with a word changed.
const ARTICLE: &str = "The ferry came\n\nWe met on Monday, November 21, 1993, \
in the harbour of Hollen.\n\nThe сrew was of two islands.\n\nThe memoir \
says: \"gave the strict order to close the landing, and he himself had seen \
it\".\n";

fn room() -> Room {
    let room = Room::new();
    room.write("article.txt", ARTICLE);
    room.a(&["add", "article.txt", "--siglum", "A", "--title", "An article"]).exits(0);
    room
}

fn codes(data: &Value) -> Vec<String> {
    data["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["code"].as_str().unwrap().to_string())
        .collect()
}

#[test]
fn findings_have_codes_places_and_numbers() {
    let room = room();
    let all = room.a(&["examine", "A", "--json"]).exits(0).data();
    assert_eq!(all["revision"], "A@1");
    assert_eq!(all["compared_with"], serde_json::json!(["F@1"]));
    assert_eq!(codes(&all)[..2], ["weekday-mismatch", "mixed-script"]);
    assert_eq!(all["findings"][0]["place"]["address"], "A@1:3");
    // Numbers stay when fewer are shown.
    let one = room.a(&["examine", "A", "--code", "mixed-script", "--json"]).exits(0).data();
    assert_eq!(codes(&one), ["mixed-script"]);
    assert_eq!(one["findings"][0]["number"], 2);
    let lines = room.a(&["examine", "A:3", "--json"]).exits(0).data();
    assert_eq!(codes(&lines), ["weekday-mismatch"]);
    room.a(&["examine", "A"]).exits(0).says(&[
        "weekday-mismatch",
        "a Sunday, not a Monday",
        "A@1:3",
        "compared with F@1",
    ]);
    room.a(&["examine", "F:1", "--code", "sum-mismatch"]).exits(0).says(&["nothing found"]);
}

#[test]
fn a_finding_becomes_a_reply_once() {
    let room = room();
    let dry = room.a(&["examine", "A", "--submit", "all", "--dry-run", "--json"]).exits(0).data();
    let count = codes(&dry).len();
    assert_eq!(dry["submitted"].as_array().unwrap().len(), count);
    let list = |room: &Room| room.a(&["list", "corrections", "--json"]).exits(0).data();
    assert_eq!(list(&room)["items"].as_array().unwrap().len(), 0, "a dry run wrote something");

    let sent = room.a(&["examine", "A", "--submit", "1", "--json"]).exits(0).data();
    assert_eq!(sent["submitted"].as_array().unwrap().len(), 1);
    let correction = sent["submitted"][0]["correction"].as_str().unwrap().to_string();
    assert_eq!(sent["findings"][0]["correction"], correction.as_str());
    assert!(sent["submitted"][0]["receipt_text"].as_str().unwrap().contains("receipt"));
    let shown = room.a(&["show", &correction, "--json"]).exits(0).data();
    let note = &shown["note"];
    assert_eq!(note["was"], "Monday, November 21, 1993");
    assert_eq!(note["type"], "clarification");
    assert_eq!(note["known"], "infers");
    assert!(note["grounds"].as_str().unwrap().contains("weekday-mismatch"));

    // The second time only what was not sent before.
    let rest = room.a(&["examine", "A", "--submit", "all", "--json"]).exits(0).data();
    assert_eq!(rest["submitted"].as_array().unwrap().len(), count - 1);
    let again = room.a(&["examine", "A", "--submit", "all", "--json"]).exits(0).data();
    assert!(again.get("submitted").is_none());
    assert_eq!(list(&room)["items"].as_array().unwrap().len(), count);
    room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn what_cannot_be_examined_or_sent_is_refused() {
    let room = room();
    room.a(&["examine", "A", "--submit", "99"]).exits(2).says(&["99", "variorum examine A"]);
    room.a(&["examine", "A", "--submit", "first"]).exits(2).says(&["first", "all"]);
    room.a(&["examine", "A", "--code", "weekday"]).exits(2).says(&["weekday", "mixed-script"]);
    room.a(&["examine", "Nobody"]).exits(3);
    room.write("kept.txt", "A text that is withheld, of November 21, 1993.\n");
    room.a(&["add", "kept.txt", "--siglum", "K", "--withheld"]).exits(0);
    let stranger = |args: &[&str]| {
        room.run_with(&[&["-C", "a"], args].concat(), &[("VARIORUM_PRIVATE", "stranger")])
    };
    let a = stranger(&["examine", "A", "--json"]).exits(0).data();
    assert_eq!(a["not_supplied"], serde_json::json!(["K@1"]));
    stranger(&["examine", "K"]).exits(5).says(&["attach"]);
}

/// Something is missing in the text: the reply stands at the place, and its
/// words are put there when it is adopted.
#[test]
fn a_reply_to_a_gap() {
    let room = room();
    let words = ["--quote", "in the harbour", "--in", "A"];
    let more = ["--gap", "--say", "Two harbours bear that name.", "--should-read", "and roads"];
    let sent = room.a(&[&["submit"][..], &words, &more, &["--json"]].concat()).exits(0).data();
    assert_eq!(sent["gap"], true);
    let place = &sent["place"];
    assert_eq!(place["start"], place["end"]);
    let at = place["start"].as_u64().unwrap() as usize;
    assert!(ARTICLE[..at].ends_with("in the harbour"));
    let c = sent["correction"].as_str().unwrap();
    let twin = room.a(&[&["submit"][..], &words, &more, &["--json"]].concat()).exits(0).data();
    assert_eq!(twin["similar"][0]["correction"], c);
    assert_eq!(twin["similar"][0]["same_words"], true);
    let shown = room.a(&["show", "A:3", "--json"]).exits(0).data();
    assert_eq!(shown["notes"].as_array().unwrap().len(), 2, "{shown:#}");

    let made = room.a(&["decide", c, "adopt", "--reason", "So it is.", "--json"]).exits(0).data();
    assert_eq!(made["now"], "and roads");
    let text = room.a(&["show", "A@2:3", "--raw"]).exits(0).text();
    assert!(text.contains("in the harbour and roads of Hollen."), "{text}");
    let who = room.a(&["who", "A@2", "--json"]).exits(0).data();
    assert!(who.to_string().contains(c), "{who}");
    room.a(&["submit", "--at", "A", "--gap", "--say", "No place."]).exits(2).says(&["missing"]);
    room.a(&["verify", "--full"]).exits(0);
}
