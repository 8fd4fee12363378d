//! The whole way of a reply in a real browser: a witness on a telephone reads,
//! replies and gets a receipt; the editor decides; the note stands beside the
//! passage. And a hostile reply, which shows nothing but words.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod browser;
#[path = "server/client.rs"]
mod client;
mod door;
#[path = "server/started.rs"]
mod started;

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use browser::Browser;
use door::Room;
use serde_json::Value;
use started::Server;

/// What a hostile reader, or a careless one, sends.
const EVIL: &str =
    "</p><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>\u{202e}";

/// An archive whose keeper has a password, served.
fn served() -> (Room, Server) {
    let room = Room::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_variorum"))
        .args(["-C", "a", "password", "--as", "Keeper"])
        .current_dir(room.path(""))
        .env_clear()
        .env("HOME", room.path("home"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"a long enough pass phrase\n").unwrap();
    assert!(child.wait().unwrap().success());
    let server = Server::of(&room, &[]);
    (room, server)
}

/// The first passage of a text that is a paragraph of prose: its page.
fn passage(browser: &mut Browser, server: &Server) {
    browser.open(&format!("http://{}/text/F/1.html", server.address));
    browser.click(".paragraph:not(.titled) > p + *, .paragraph:not(.titled):has(> p) .line", true);
}

fn fill(browser: &mut Browser, name: &str, value: &str) {
    browser.eval(&format!("document.querySelector('[name={name}]').focus()"));
    browser.type_text(value);
}

fn text(browser: &mut Browser) -> String {
    browser.eval("document.querySelector('main').innerText").as_str().unwrap().to_string()
}

/// Looks a page over: by day on a telephone, by night on a desk.
fn looked_over(browser: &mut Browser, kind: &str, faults: &mut Vec<String>) {
    for (width, dark) in [(320, false), (1280, true)] {
        browser.window(width, dark);
        let here = format!("{kind} {width}");
        let wide = browser
            .eval("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if wide != 0 {
            faults.push(format!("{here}: wider than the window by {wide}"));
        }
        browser.picture(&format!("{kind}-{width}"));
        faults.extend(browser.axe().into_iter().flatten().map(|f| format!("{here}: {f}")));
    }
    browser.window(390, false);
}

#[test]
fn a_witness_replies_the_editor_answers_and_the_note_stands_beside_the_words() {
    let Some(mut browser) = Browser::start() else { return };
    let (room, server) = served();
    let mut faults = Vec::new();
    browser.window(390, false);
    passage(&mut browser, &server);
    let page = browser.eval("location.pathname").as_str().unwrap().to_string();
    browser.click(".reply .button", true);
    looked_over(&mut browser, "reply-form", &mut faults);
    assert!(
        !browser.eval("document.querySelector('[name=quote]').value").as_str().unwrap().is_empty()
    );

    // Without words nothing is taken, and what was typed stays.
    fill(&mut browser, "name", "Ida Holm");
    browser.eval("document.querySelector('[name=says]').removeAttribute('required')");
    browser.click("main form button[type=submit]", true);
    looked_over(&mut browser, "reply-form-refused", &mut faults);
    assert_eq!(browser.eval("document.querySelector('[name=name]').value"), "Ida Holm");

    fill(&mut browser, "says", &format!("I was there. {EVIL}"));
    fill(&mut browser, "grounds", "I stood on the pontoon.");
    std::thread::sleep(Duration::from_millis(4_500));
    browser.click("main form button[type=submit]", true);
    let told = text(&mut browser);
    assert!(told.contains("C-") && told.contains("Ida Holm") || told.contains("R-"), "{told}");
    looked_over(&mut browser, "receipt", &mut faults);
    let id = browser.eval("location.pathname.split('/').pop()").as_str().unwrap().to_string();
    let receipt = server.get(&format!("/reply/{id}.receipt.txt"));
    room.write("r.txt", receipt.text());
    room.a(&["verify", "--receipt", "r.txt"]).exits(0);

    // The editor.
    browser.open(&format!("http://{}/desk", server.address));
    assert!(browser.eval("location.pathname").as_str().unwrap().ends_with("/desk/login"));
    looked_over(&mut browser, "login", &mut faults);
    fill(&mut browser, "name", "Keeper");
    fill(&mut browser, "password", "a long enough pass phrase");
    browser.click("form:has([name=password]) button[type=submit]", true);
    assert!(text(&mut browser).contains("I was there."));
    looked_over(&mut browser, "desk", &mut faults);
    browser.eval("(() => { const v = document.querySelector('[name=verdict][value=alongside]') ?? document.querySelector('[name=verdict]'); if (v.tagName === 'SELECT') v.value = 'alongside'; else v.checked = true; })()");
    fill(&mut browser, "reason", "Both are told.");
    browser.click("form:has([name=verdict]) button[type=submit]", true);
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());

    // The note, beside the words.
    let mut note = Value::Null;
    for _ in 0..50 {
        browser.open(&format!("http://{}{page}", server.address));
        note = browser.eval("document.querySelector('.note')?.innerText ?? ''");
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
