//! The whole way of a reply in a real browser: a witness on a telephone reads,
//! replies and gets a receipt; the editor decides; the note stands beside the
//! passage. And a hostile reply, which shows nothing but words.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod browser;
#[path = "server/client.rs"]
mod client;
mod door;
#[path = "server/sending.rs"]
mod sending;
#[path = "server/started.rs"]
mod started;

use std::time::Duration;

use browser::Browser;
use door::Room;
use serde_json::Value;
use started::Server;

/// What a hostile reader, or a careless one, sends.
const EVIL: &str =
    "</p><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>\u{202e}";

/// The built-in text.
#[test]
fn a_witness_replies_the_editor_answers_and_the_note_stands_beside_the_words() {
    the_whole_way(&Room::new(), "text/F/1.html");
}

/// The built-in history with its demonstration, begun anew so that it takes replies.
#[test]
fn the_same_in_an_archive_of_many_accounts() {
    let room = Room::empty();
    let archive = concat!(env!("CARGO_MANIFEST_DIR"), "/archive");
    let of = ["--as", "Keeper", "--origin", "test.example/own", "--private", "private"];
    room.run(&[&["init", "a", "--from", archive], &of[..]].concat()).exits(0);
    the_whole_way(&room, "text/F/1.html");
}

/// The book that this program was made for.
#[test]
fn the_same_in_the_memoir() {
    let Some(room) = Room::of_the_memoir() else { return };
    the_whole_way(&room, "text/M/7.html");
}

fn the_whole_way(room: &Room, chapter: &str) {
    let Some(mut browser) = Browser::start() else { return };
    sending::password(room);
    let server = Server::of(room, &[]);
    let mut faults = Vec::new();
    browser.window(390, false);
    browser.open(&format!("http://{}/{chapter}", server.address));
    // The first passage that is a paragraph of prose without notes.
    browser.click(".paragraph:not(.titled) > p + *, .paragraph:not(.titled):has(> p) .line", true);
    let page = browser.eval("location.pathname").as_str().unwrap().to_string();
    browser.click(".reply .button", true);
    browser.looked_over("reply-form", &mut faults);
    assert!(
        !browser.eval("document.querySelector('[name=quote]').value").as_str().unwrap().is_empty()
    );

    // Without words nothing is taken, and what was typed stays.
    browser.fill("name", "Ida Holm");
    browser.eval("document.querySelector('[name=says]').removeAttribute('required')");
    browser.click("main form button[type=submit]", true);
    browser.looked_over("reply-form-refused", &mut faults);
    assert_eq!(browser.eval("document.querySelector('[name=name]').value"), "Ida Holm");

    browser.fill("says", &format!("I was there. {EVIL}"));
    browser.fill("grounds", "I stood on the pontoon.");
    std::thread::sleep(Duration::from_millis(4_500));
    browser.click("main form button[type=submit]", true);
    let told = browser.text();
    assert!(told.contains("C-") && told.contains("Ida Holm") || told.contains("R-"), "{told}");
    browser.looked_over("receipt", &mut faults);
    let id = browser.eval("location.pathname.split('/').pop()").as_str().unwrap().to_string();
    let receipt = server.get(&format!("/reply/{id}.receipt.txt"));
    room.write("r.txt", receipt.text());
    room.a(&["verify", "--receipt", "r.txt"]).exits(0);

    // Where there is no page, one that says so.
    browser.open(&format!("http://{}/text/none.html", server.address));
    browser.looked_over("missing", &mut faults);

    // The editor.
    browser.open(&format!("http://{}/desk", server.address));
    assert!(browser.eval("location.pathname").as_str().unwrap().ends_with("/desk/login"));
    browser.looked_over("login", &mut faults);
    browser.fill("name", "Keeper");
    browser.fill("password", sending::PASSWORD);
    browser.click("form:has([name=password]) button[type=submit]", true);
    assert!(browser.text().contains("I was there."));
    browser.looked_over("desk", &mut faults);
    // The group of this reply, among others that may wait.
    browser.eval(
        "(() => { const g = [...document.querySelectorAll('[data-group]')].find(g => g.innerText.includes('I was there.')); \
         g.querySelector('[name=verdict][value=alongside]').checked = true; \
         g.querySelector('[name=reason]').focus(); })()",
    );
    browser.type_text("Both are told.");
    browser.press_on("Control+Enter");
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());

    // The note, beside the words.
    let mut note = Value::Null;
    for _ in 0..50 {
        browser.open(&format!("http://{}{page}", server.address));
        note = browser.eval(
            "[...document.querySelectorAll('.note')].find(n => n.innerText.includes('I was there.'))?.innerText ?? ''",
        );
        if note.as_str().unwrap().contains("Both are told.") {
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    let note = note.as_str().unwrap();
    assert!(note.contains("Ida Holm") && note.contains("Both are told."), "{note}");
    // What the reply held are words: nothing ran, and nothing steers.
    assert!(
        note.contains("<script>window.hacked = 1</script>") && note.contains("‹U+202E›"),
        "{note}"
    );
    assert_eq!(browser.eval("typeof window.hacked"), "undefined");
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
    for asked in browser.requests() {
        assert!(asked.starts_with(&format!("http://{}/", server.address)), "asks for {asked}");
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
