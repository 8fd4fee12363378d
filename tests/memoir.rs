//! The whole way on a real memoir of 1.26 MB: from a sentence that is broken
//! over a page of the print to a receipt, a decision, and a check of every
//! byte. The text lies outside the repository, in `../shared`; where it is
//! missing, the test says so and passes.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod door;

use std::fs;
use std::ops::Range;

use door::{Room, damage, files};
use serde_json::Value;
use variorum::text::View;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds/001_6097d6e2ba019926.txt");

/// Sentences that go over the start of a page: in this print the first line of
/// a page begins with one space.
fn broken_sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let page_starts = text
        .match_indices("\n ")
        .map(|(at, _)| at + 1)
        .filter(|at| text[at + 1..].starts_with(|c: char| c.is_ascii_lowercase()));
    page_starts.filter_map(|at| {
        let back = text[..at].rfind(". ").map(|p| p + 2).filter(|p| at - p < 500)?;
        let on = at + text[at..].find('.').filter(|n| (20..400).contains(n))? + 1;
        Some(back..on)
    })
}

/// The sentence as one would type it, and a word of it that is changed.
fn case(view: &View, span: Range<usize>) -> Option<(String, String, String)> {
    let quote = view.reading(span.clone());
    let words: Vec<&str> = quote.split_whitespace().collect();
    let good =
        (8..60).contains(&words.len()) && !quote.contains("\n\n") && view.find(&quote).len() == 1;
    let plain = |w: &&&str| {
        w.len() > 4
            && w.chars().all(|c| c.is_ascii_lowercase())
            && words.iter().filter(|o| o == w).count() == 1
    };
    let word = words.iter().skip(2).find(plain).filter(|_| good)?;
    Some((
        quote.clone(),
        word.to_string(),
        words.iter().map(|w| if w == word { "otherwise" } else { w }).collect::<Vec<_>>().join(" "),
    ))
}

#[test]
fn from_a_quotation_to_a_receipt_a_decision_and_an_audit_trail() {
    let Ok(text) = fs::read_to_string(FILE) else {
        println!("skipped: ../shared/seeds is not here");
        return;
    };
    let view = View::new(text.as_str().into());
    let (quote, word, should_read) = broken_sentences(&text)
        .find_map(|s| case(&view, s))
        .expect("the memoir has a sentence that is broken over a page");

    let room = Room::empty();
    room.run(&[
        "init",
        "a",
        "--title",
        "The memoir and its readers",
        "--as",
        "Editor",
        "--private",
        "private",
    ])
    .exits(0);
    let added = room
        .a(&["add", FILE, "--siglum", "M", "--title", "The memoir", "--by", "Its author", "--json"])
        .exits(0)
        .data();
    assert_eq!(added["bytes"], text.len());
    assert!(room.a(&["show", "M@1", "--raw"]).exits(0).out == text.as_bytes());

    let found = room.a(&["locate", &quote, "--in", "M", "--json"]).exits(0).data();
    let at = |v: &Value, k: &str| v[k].as_u64().unwrap() as usize;
    let stored = &text[at(&found, "start")..at(&found, "end")];
    assert!(stored.contains("\n "), "the stored words go over a page start");
    assert_ne!(stored, quote);

    let sent = room
        .a(&[
            "submit",
            "--quote",
            &quote,
            "--should-read",
            &should_read,
            "--say",
            "I was there.",
            "--name",
            "A reader",
            "--receipt",
            "receipt.txt",
            "--json",
        ])
        .exits(0)
        .data();
    let c = sent["correction"].as_str().unwrap();
    assert_eq!(sent["exact"], stored);
    room.a(&["inbox"]).exits(0).says(&[c, "1 waiting in 1 group(s)", "A reader"]);

    room.a(&["decide", c, "adopt", "--reason", "The reader was there.", "--nature", "editorial"])
        .exits(0)
        .says(&["M@2", "editorial"]);
    let diff = room.a(&["diff", "M@1", "M@2", "--json"]).exits(0).data();
    let changes = diff["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(
        (&changes[0]["old"]["text"], &changes[0]["new"]["text"]),
        (&Value::from(word.as_str()), &Value::from("otherwise"))
    );
    assert_eq!(diff["typographic"], 0);
    // The bytes of the new revision are the old ones but for that word.
    let new = room.a(&["show", "M@2", "--raw"]).exits(0).text();
    let (old, now) = (&changes[0]["old"], &changes[0]["new"]);
    assert!(
        new[..at(now, "start")] == text[..at(old, "start")]
            && new[at(now, "end")..] == text[at(old, "end")..]
    );

    let who = room.a(&["who", "M", "--json"]).exits(0).data();
    let spans = who["spans"].as_array().unwrap();
    let mut end = 0;
    for s in spans {
        assert_eq!(at(s, "start"), end);
        end = at(s, "end");
    }
    assert_eq!(end, new.len());
    let theirs: Vec<&Value> = spans.iter().filter(|s| !s["correction"].is_null()).collect();
    assert_eq!(theirs.len(), 1);
    assert_eq!(&new[at(theirs[0], "start")..at(theirs[0], "end")], "otherwise");
    assert_eq!(
        (&theirs[0]["correction"], &theirs[0]["agent"]),
        (&Value::from(c), &Value::from("A reader"))
    );
    assert_eq!(theirs[0]["revision"], "M@2");

    room.a(&["show", &should_read, "--in", "M"]).exits(0).says(&[c, "I was there.", "adopt"]);
    room.a(&["verify", "--full"]).exits(0).says(&["ok: every stored byte was read and hashed"]);
    room.a(&["verify", "--receipt", "receipt.txt"])
        .exits(0)
        .says(&["ok: the receipt holds", "continues its log"]);

    // One byte of one stored file: the pack that holds the memoir.
    let pack = files(&room.path("a"))
        .into_iter()
        .filter(|f| f.extension().is_some_and(|e| e == "pack"))
        .max_by_key(|f| f.metadata().unwrap().len())
        .unwrap();
    damage(&pack);
    let name = pack.file_name().unwrap().to_string_lossy().into_owned();
    let ran = room.a(&["verify", "--full"]).exits(4).says(&[&name, "breach"]);
    println!(
        "{}",
        ran.text()
            .lines()
            .next()
            .unwrap_or_default()
            .replace(&room.path("").display().to_string(), "")
    );
}
