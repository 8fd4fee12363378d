//! The answers for programs are those of the command line.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::door::Room;
use crate::pages::told;
use crate::started::Server;

#[test]
fn answers_are_those_of_the_command_line() {
    let room = told();
    let correction = room.a(&["list", "corrections", "--json"]).exits(0).data();
    let correction = correction["items"][0]["correction"].as_str().unwrap().to_string();
    let server = Server::of(&room, &[]);
    let show = format!("/api/v1/show?address={correction}");
    let receipt = format!("/api/v1/receipt?address={correction}");
    let cases: Vec<(&str, Vec<&str>)> = vec![
        ("/api/v1/status", vec!["status"]),
        ("/api/v1/list/texts", vec!["list"]),
        ("/api/v1/list/corrections", vec!["list", "corrections"]),
        ("/api/v1/list/events", vec!["list", "events"]),
        ("/api/v1/show?address=F", vec!["show", "F"]),
        ("/api/v1/show?address=F@1:3-9&bare", vec!["show", "F@1:3-9", "--notes", "none"]),
        (&show, vec!["show", &correction]),
        (&receipt, vec!["receipt", &correction]),
        ("/api/v1/locate?quote=three+memoranda", vec!["locate", "three memoranda"]),
        (
            "/api/v1/locate?quote=four%20memoranda&in=F@2",
            vec!["locate", "four memoranda", "--in", "F@2"],
        ),
        (
            "/api/v1/locate?quote=three+memoranda&in=F@2&from=F@1",
            vec!["locate", "three memoranda", "--in", "F@2", "--from", "F@1"],
        ),
        ("/api/v1/who?address=F", vec!["who", "F"]),
        ("/api/v1/log", vec!["log"]),
        ("/api/v1/log?all&limit=3", vec!["log", "--all", "-n", "3"]),
        ("/api/v1/log?address=F", vec!["log", "F"]),
        ("/api/v1/timeline", vec!["timeline"]),
        ("/api/v1/cite?address=F:3-5", vec!["cite", "F:3-5"]),
        ("/api/v1/inbox", vec!["inbox", "--all"]),
        ("/api/v1/diff?old=F@1&new=F@2", vec!["diff", "F@1", "F@2"]),
    ];
    for (path, command) in cases {
        let typed = room.a(&[&command[..], &["--json"]].concat()).envelope();
        let answer = server.get(path);
        let mut asked = answer.json();
        assert_eq!(answer.status, 200, "{path}: {asked}");
        assert_eq!(answer.header("content-type"), Some("application/json"));
        // What makes sense next is another thing for a program that asks here.
        asked["next"] = typed["next"].clone();
        assert_eq!(asked, typed, "{path}");
    }
    let again = server.get("/api/v1/status");
    let tag = format!("If-None-Match: {}", again.header("etag").unwrap());
    assert_eq!(server.client().ask("GET", "/api/v1/status", &[&tag], b"").status, 304);
}

/// The history that comes with the program has questions and events.
#[test]
fn audits_and_events_are_those_of_the_command_line() {
    let room = Room::empty();
    let history = concat!(env!("CARGO_MANIFEST_DIR"), "/archive");
    let server = Server::serving(&room, history, &[]);
    let mut paths = 0;
    for (verb, list) in [("audit", "questions"), ("event", "events"), ("compare", "events")] {
        let listed = room.run(&["-C", history, "list", list, "--json"]).exits(0).data();
        for item in listed["items"].as_array().unwrap().iter().take(3) {
            let name = item["name"].as_str().unwrap();
            let typed = room.run(&["-C", history, verb, name, "--json"]).envelope();
            let asked = server.get(&format!("/api/v1/{verb}?address={name}")).json();
            assert_eq!(asked["data"], typed["data"], "{verb} {name}");
            paths += 1;
        }
    }
    assert!(paths >= 6);
    // A plain folder has no key: it is read, and takes nothing.
    assert_eq!(server.said["takes_replies"], false);
    let refused = server.reply(&json!({ "at": "F", "says": "x" }));
    assert_eq!(refused.status, 403, "{}", refused.text());
}

#[test]
fn the_description_names_what_there_is() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let document = server.get("/api/v1/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut references = BTreeSet::new();
    gather(&document, &mut references);
    assert!(references.len() > 10);
    for reference in references.iter().filter(|r| !r.starts_with('#')) {
        let schema = server.get(&format!("/api/v1/{reference}"));
        assert_eq!(schema.status, 200, "{reference}");
        jsonschema::validator_for(&schema.json()).unwrap();
    }
    for (path, operations) in document["paths"].as_object().unwrap() {
        let asked = server.get(&format!("/api/v1{}", path.replace("{what}", "texts")));
        let expected = if operations.get("get").is_some() { [200, 400] } else { [405, 405] };
        assert!(expected.contains(&asked.status), "{path}: {}", asked.text());
        if asked.status == 200 {
            let verb =
                asked.json()["schema"].as_str().unwrap().split('/').nth(1).unwrap().to_string();
            let schema = server.get(&format!("/api/v1/schemas/answers/{verb}-1.json")).json();
            assert!(jsonschema::is_valid(&schema, &asked.json()["data"]), "{path}");
        }
    }
}

fn gather(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(r)) = map.get("$ref") {
                out.insert(r.clone());
            }
            map.values().for_each(|v| gather(v, out));
        }
        Value::Array(items) => items.iter().for_each(|v| gather(v, out)),
        _ => {}
    }
}

/// A private text is read by who holds the archive, and by nobody over the net.
#[test]
fn nothing_private_is_told() {
    let room = Room::new();
    room.write("diary.txt", "The keeper hid the brass key under the third stair.\n");
    room.a(&["add", "diary.txt", "--siglum", "P", "--private"]).exits(0);
    let reply = room.reply(&[
        "--in",
        "P",
        "--quote",
        "under the third stair",
        "--say",
        "It was the fourth.",
    ]);
    let server = Server::of(&room, &[]);
    let words = ["hid the brass", "third stair", "brass key"];
    for path in [
        "/",
        "/text/P/",
        "/text/P/1.html",
        "/text/P/search.js",
        "/text/P/feed.atom",
        "/feed.atom",
        "/reply/",
        "/api/v1/status",
        "/api/v1/list/texts",
        "/api/v1/list/corrections",
        "/api/v1/inbox",
        "/api/v1/log?all",
        "/api/v1/show?address=P",
        "/api/v1/show?address=P:1",
        "/api/v1/who?address=P",
        "/api/v1/cite?address=P:1",
        "/api/v1/locate?quote=hid+the+bronze+key&in=P",
        "/api/v1/locate?quote=under+the+third+stairs",
        "/api/v1/show?address=%22under+the+third+stair%22",
        "/api/v1/diff?old=P@1&new=F",
    ] {
        let answer = server.get(path);
        for w in words {
            assert!(
                !answer.text().contains(w) || path.contains("quote="),
                "{path}: {}",
                answer.text()
            );
        }
    }
    let answer = server.get("/api/v1/locate?quote=hid+the+bronze+key&in=P");
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (403, &json!("withheld")));
    let shown = server.data(&format!("/api/v1/show?address={reply}"));
    assert_eq!(shown["note"]["was"], Value::Null, "{shown}");
    assert_eq!(server.get(&format!("/api/v1/receipt?address={reply}")).status, 403);
    // Nor to who guesses at it in a reply.
    let guess = server.reply(&json!({ "at": "P", "quote": "hid the bronze key", "says": "x" }));
    assert!(guess.status == 403 && !guess.text().contains("brass"), "{}", guess.text());
}
