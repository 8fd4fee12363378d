//! The draft in `schemas/drafts.md` is applied as it stands there.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod door;

use std::fs;
use std::path::Path;

use door::Room;

/// The fenced blocks of a language, in order.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let fence = format!("```{language}\n");
    page.split(fence.as_str()).skip(1).map(|p| p.split("```").next().unwrap()).collect()
}

#[test]
fn the_draft_of_the_page_becomes_records() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/drafts.md");
    let page = fs::read_to_string(page).unwrap();
    let items = blocks(&page, "toml").join("\n");
    for section in page.split("\n### `[[").skip(1) {
        let kind = section.split("]]").next().unwrap();
        assert!(items.contains(&format!("[[{kind}]]")), "no example of [[{kind}]]");
    }

    let room = Room::empty();
    room.run(&["init", "a", "--title", "Ferry", "--as", "Keeper", "--origin", "test.example/a"])
        .exits(0);
    room.write("ferry.txt", blocks(&page, "text")[0]);
    fs::create_dir(room.path("drafts")).unwrap();
    room.write("drafts/ferry.toml", &items);

    // The text is withheld: who does not have it cannot point into it.
    room.a(&["apply", "drafts"]).exits(2).says(&["drafts/ferry.toml:", "the text of F"]);
    let applied = room.a(&["apply", "drafts", "--text", "ferry.txt", "--json"]).exits(0).data();
    let kinds = applied["by_kind"].as_object().unwrap();
    for kind in [
        "agent",
        "place",
        "source",
        "revision",
        "part",
        "copy",
        "event",
        "account",
        "question",
        "claim",
        "saying",
        "assessment",
        "evidence",
        "relation",
        "signature",
        "responsibility",
        "search",
        "correction",
    ] {
        assert!(kinds.contains_key(kind), "no {kind} in {applied}");
    }
    room.a(&["verify", "--full"]).exits(0);

    let again = room.a(&["apply", "drafts", "--json"]).exits(0).data();
    assert_eq!(again["recorded"].as_array().unwrap().len(), 0, "{again}");

    // Another title of an event is a description that replaces the first one.
    room.write("drafts/ferry.toml", items.replace("title = \"The landing", "title = \"A landing"));
    let changed = room.a(&["apply", "drafts", "--json"]).exits(0).data();
    assert_eq!(changed["recorded"].as_array().unwrap().len(), 1, "{changed}");
    assert_eq!(changed["recorded"][0]["name"], "event/landing");
    assert_eq!(changed["recorded"][0]["revised"], true);
}
