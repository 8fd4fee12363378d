//! The editor's desk in a real browser: words selected with the mouse become a
//! question and a claim; an evening is answered by keys alone; and the pages that
//! only a server has are looked over. Hostile words go along and do nothing.
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
use sending::{PASSWORD, password, send};
use started::{Server, within};

/// What a hostile reader, or a careless one, sends.
const EVIL: &str =
    "</p><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>\u{202e}";

/// The answers to a reply, the earliest first: verdict and reason.
fn answers(room: &Room, correction: &str) -> Vec<(String, String)> {
    let shown = room.a(&["show", correction, "--json"]).exits(0).data();
    let of = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_string();
    let all = shown["decisions"].as_array().map(Vec::as_slice).unwrap_or_default().iter();
    all.map(|d| (of(&d["verdict"]), of(&d["reason"]))).collect()
}

impl Server {
    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

/// Logs the keeper in by typing.
fn log_in(browser: &mut Browser, server: &Server) {
    browser.open(&server.url("/desk/login"));
    browser.fill("name", "Keeper");
    browser.fill("password", PASSWORD);
    browser.press_on("Enter");
    assert_eq!(browser.path(), "/desk");
}

/// Nothing that was sent ran.
#[track_caller]
fn harmless(browser: &mut Browser) {
    assert_eq!(browser.eval("typeof window.hacked"), "undefined");
    let text = browser.text();
    assert!(!text.contains('\u{202e}'), "{text}");
}

fn no_faults(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn words_that_are_selected_become_a_question_and_a_claim() {
    let Some(mut browser) = Browser::start() else { return };
    let room = Room::new();
    password(&room);
    // A note among the words: its mark is none of them.
    room.reply(&["--in", "F", "--quote", "three memoranda", "--say", EVIL]);
    let server = Server::of(&room, &[]);
    let mut faults = Vec::new();
    log_in(&mut browser, &server);
    browser.open(&server.url("/text/F/1.html"));
    let page = browser.eval(
        "[...document.querySelectorAll('.paragraph')].find(p => p.innerText.includes('three memoranda')).querySelector('.line').href",
    );
    let page = page.as_str().unwrap().to_string();
    let words = "pin. I had written three memoranda about it. The answers";
    let selects = |browser: &mut Browser, form: &str| {
        browser.drag_over(".passage", words);
        let chosen = browser
            .eval("variorumSelected(document.querySelector('.passage')).replace(/\\s+/g, ' ')");
        assert_eq!(chosen, words, "the mouse selects them, without the mark of the note");
        browser.click(&format!("a[data-selects][href*='desk/{form}']"), true);
        assert_eq!(browser.path(), format!("/desk/{form}"));
    };

    // The question is asked of these words, and goes on to what they say to it.
    browser.open(&page);
    selects(&mut browser, "question");
    assert!(browser.text().replace('\n', " ").contains(words), "{}", browser.text());
    browser.looked_over("question-form", &mut faults);
    browser.fill("wording", &format!("How many memoranda were there? {EVIL}"));
    browser.fill("id", "memoranda");
    browser.click("main form button[type=submit]", false);
    assert_eq!(browser.path(), "/desk/question", "what it asks for is not chosen yet");
    browser.choose("facet", "number");
    browser.click("main form button[type=submit]", true);
    harmless(&mut browser);
    assert_eq!(browser.path(), "/desk/claim");
    assert_eq!(browser.field("quote").replace('\n', " "), words);
    assert_eq!(browser.field("question"), "question/memoranda");
    browser.looked_over("claim-form", &mut faults);

    // Other words are selected there, and what was selected before is let go.
    for words in ["one steel pin, as thick", "written three memoranda about"] {
        browser.drag_over("[data-select=quote]", words);
        let holds = "document.querySelector('[name=quote]').value.replace(/\\s+/g, ' ')";
        browser.until(&format!("{holds} === '{words}'"));
    }
    browser.choose("stance", "asserts");
    browser.choose("sort", "number");
    browser.fill("value", "three");
    browser.fill("teller", "Aurel Dorn");
    browser.fill("note", EVIL);
    browser.click("main form button[type=submit]", true);
    assert_eq!(browser.path(), "/desk/claim", "three is no number in digits");
    assert_eq!(browser.eval("document.activeElement.id"), "troubles");
    assert_eq!(
        (browser.field("teller"), browser.field("note")),
        ("Aurel Dorn".into(), EVIL.into())
    );
    browser.looked_over("claim-form-refused", &mut faults);
    browser.eval("document.querySelector('[name=value]').value = ''");
    browser.fill("value", "3");
    browser.click("main form button[type=submit]", true);
    harmless(&mut browser);
    assert_eq!(browser.path(), "/question/memoranda.html");
    let told = browser.text();
    assert!(told.contains("Aurel Dorn") && told.contains("F@1:27"), "{told}");

    // Straight from the passage; by key; and without a selection.
    browser.open(&page);
    selects(&mut browser, "claim");
    assert_eq!(browser.field("quote").replace('\n', " "), words);
    browser.open(&page);
    browser.drag_over(".passage", words);
    browser.eval("document.querySelector(\"a[href*='desk/claim']\").focus()");
    browser.press_on("Enter");
    assert_eq!(browser.field("quote").replace('\n', " "), words);
    browser.open(&page);
    browser.drag_over(".passage", words);
    browser.click("h1", false);
    browser.click("a[data-selects][href*='desk/claim']", true);
    assert_eq!(browser.field("quote"), "", "what was let go is not taken along");
    // A triple click takes the whole passage and the start of what follows.
    browser.open(&page);
    browser.eval("getSelection().setBaseAndExtent(document.querySelector('.passage p').firstChild, 0, document.querySelector('.ways a').firstChild, 0)");
    browser.click("a[data-selects][href*='desk/claim']", true);
    assert!(browser.field("quote").starts_with("The landing was a pontoon"));
    assert!(browser.field("quote").ends_with("friendly."), "{}", browser.field("quote"));
    no_faults(&faults);
}

/// The keys that are pressed, counted; letters of reasons apart.
struct Keys<'b> {
    browser: &'b mut Browser,
    pressed: usize,
}

impl Keys<'_> {
    fn press(&mut self, key: &str) {
        self.browser.press(key);
        self.pressed += 1;
    }

    fn sends(&mut self) {
        self.browser.press_on("Control+Enter");
        self.pressed += 1;
    }

    /// Which group has the focus, or a field of it: the id of its first reply.
    #[track_caller]
    fn at(&mut self, correction: &str) {
        let here = "document.activeElement?.closest('[data-group]')?.id";
        self.browser.until(&format!("{here} === 'group-{correction}'"));
    }

    /// Where in it: the section itself, or a field by its name.
    #[track_caller]
    fn in_field(&mut self, name: &str) {
        let here = self.browser.eval("document.activeElement.name ?? document.activeElement.id");
        assert_eq!(here, name);
    }

    fn chosen(&mut self) -> String {
        let chosen = "document.activeElement.closest('[data-group]').querySelector('[name=verdict]:checked')?.value ?? ''";
        self.browser.eval(chosen).as_str().unwrap().to_string()
    }
}

/// Seven replies to four passages, in six groups.
fn evening(room: &Room) -> Vec<String> {
    let reply = |quote: &str, more: &[&str]| {
        room.reply(&[&["--in", "F", "--quote", quote][..], more].concat())
    };
    vec![
        reply("one steel pin", &["--say", EVIL, "--name", EVIL]),
        reply("three memoranda", &["--should-read", "four memoranda", "--say", "I typed them."]),
        reply("three memoranda", &["--should-read", "four memoranda", "--say", "He typed them."]),
        reply("twenty-five", &["--say", "Twenty-four, by the books."]),
        reply("half past nine", &["--should-read", "nine", "--say", "It was dark already."]),
        reply("half past nine", &["--say", "As it was printed on the board."]),
        reply("two quays", &["--say", "Which two?"]),
    ]
}

#[test]
fn an_evening_is_answered_by_keys_alone() {
    let Some(mut browser) = Browser::start() else { return };
    let room = Room::new();
    password(&room);
    let all = evening(&room);
    let server = Server::of(&room, &["--hold-all"]);
    let mut faults = Vec::new();
    // One that is held back.
    let held = [("at", "F"), ("quote", "It rose and fell"), ("says", EVIL), ("name", EVIL)];
    assert_eq!(send(&server, "", &held, None).status, 200);
    log_in(&mut browser, &server);
    let groups =
        browser.eval("[...document.querySelectorAll('[data-group]')].map(g => g.id.slice(6))");
    let groups: Vec<String> =
        groups.as_array().unwrap().iter().map(|g| g.as_str().unwrap().to_string()).collect();
    assert_eq!(groups.len(), 6, "{groups:?}");
    let mut keys = Keys { browser: &mut browser, pressed: 0 };

    // The keys tell what they are, and move from group to group.
    keys.press("?");
    keys.browser.until(
        "document.getElementById('keys').open && document.activeElement.tagName === 'SUMMARY'",
    );
    keys.browser.eval("document.activeElement.blur()");
    keys.press("j");
    keys.at(&groups[0]);
    keys.press("k");
    keys.at(&groups[0]);
    for n in [1, 2] {
        keys.press("j");
        keys.at(&groups[n]);
    }
    keys.press("k");
    keys.at(&groups[1]);
    keys.press("Control+j");
    keys.at(&groups[1]);
    // Every letter chooses its answer and leads to what it needs; in a field it is a letter.
    for (key, verdict, field) in [
        ("a", "adopt", "reason"),
        ("l", "alongside", "reason"),
        ("d", "decline", "reason"),
        ("q", "ask", "reason"),
        ("s", "same as", "same_as"),
        // The same key on a Russian keyboard.
        ("в/KeyD", "decline", "reason"),
    ] {
        keys.press(key);
        keys.in_field(field);
        assert_eq!(keys.chosen(), verdict, "{key}");
        keys.press("j");
        keys.at(&groups[1]);
        keys.in_field(field);
        keys.press("Escape");
        keys.in_field(&format!("group-{}", groups[1]));
    }
    let typed = "document.querySelector('#group-' + '%').querySelector('[name=reason]').value";
    assert_eq!(keys.browser.eval(&typed.replace('%', &groups[1])), "jjjjj");
    // Without a reason nothing is sent, and the focus is where it is missing.
    keys.press("k");
    keys.press("d");
    keys.press("Control+Enter");
    keys.in_field("reason");
    assert_eq!(answers(&room, &groups[0]), []);
    keys.press("Escape");
    keys.browser.open(&server.url("/desk"));

    // The evening: one key for the answer, the words of the reason, one key to send;
    // the next group has the focus then. At 2 keys a group besides the reasons, two
    // hundred replies are 400 keys; a reason of five words is typed in ten seconds.
    keys.press("j");
    keys.pressed = 0;
    let mut given = Vec::new();
    for (n, group) in groups.iter().enumerate() {
        keys.at(group);
        let before = keys.pressed;
        let (key, verdict) = match n {
            0 => ("l", "alongside"),
            1 => ("a", "adopt"),
            2 => ("d", "decline"),
            3 => ("q", "ask"),
            4 => ("s", "same as"),
            _ => ("d", "decline"),
        };
        keys.press(key);
        if key == "s" {
            keys.browser.type_text(&groups[3]);
            keys.press("Enter");
        }
        keys.in_field("reason");
        let reason = format!("Number {n}. {}", if n == 0 { EVIL } else { "So say the books." });
        keys.browser.type_text(&reason);
        keys.sends();
        assert_eq!(keys.browser.path(), "/desk");
        harmless(keys.browser);
        let most = if key == "s" { 3 } else { 2 };
        assert!(keys.pressed - before <= most, "{verdict}: {} keys", keys.pressed - before);
        given.push((group.clone(), verdict, reason));
    }
    assert_eq!(keys.pressed, 13, "for six groups of seven replies");
    keys.browser.until("document.activeElement.id === 'waiting'");
    let left = "[...document.querySelectorAll('[data-group]')].map(g => g.id.slice(6)).join()";
    assert_eq!(keys.browser.eval(left), groups[3], "whoever was asked has not answered yet");
    for (group, verdict, reason) in &given {
        let found = answers(&room, group);
        assert_eq!(found.len(), 1, "{group}: {found:?}");
        assert_eq!(found[0].0, *verdict);
        assert_eq!(found[0].1, *reason);
    }
    let twin = answers(&room, &all[2]);
    assert_eq!((twin.len(), twin[0].0.as_str()), (1, "same as"), "its group was answered");

    // The last answer is taken back, by keys too.
    keys.pressed = 0;
    keys.press("u");
    keys.in_field("last");
    assert_eq!(keys.browser.eval("document.querySelector('.last details').open"), true);
    keys.browser.looked_over("desk-held-and-undo", &mut faults);
    while keys.browser.eval("document.activeElement.name ?? ''") != "reason" {
        keys.press("Tab");
        assert!(keys.pressed < 8, "{} keys", keys.pressed);
    }
    keys.browser.type_text(&format!("The wrong one. {EVIL}"));
    keys.sends();
    harmless(keys.browser);
    keys.browser.until("document.querySelectorAll('[data-group]').length === 2");
    let last = &groups[5];
    assert_eq!(answers(&room, last).len(), 2);
    // Sent twice in haste, it is recorded once.
    keys.press("j");
    keys.press("j");
    keys.at(last);
    keys.press("l");
    keys.browser.type_text("Both.");
    keys.browser.eval("(() => { const f = document.activeElement.form; f.requestSubmit(); f.requestSubmit(); })()");
    keys.browser
        .until("document.readyState === 'complete' && document.activeElement?.id === 'waiting'");
    assert_eq!(answers(&room, last).len(), 3);
    assert!(keys.browser.complaints().is_empty(), "{:?}", keys.browser.complaints());
    // What is held back is looked at, and discarded.
    keys.browser.click(".ways details summary", false);
    keys.browser.looked_over("desk-held", &mut faults);
    keys.browser.click("form[action$='held/discard'] button", true);
    assert!(keys.browser.text().contains("1 reply was discarded"), "{}", keys.browser.text());
    no_faults(&faults);
    room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn a_witness_sees_what_others_said_and_needs_no_cookies() {
    let Some(mut browser) = Browser::start() else { return };
    let room = Room::new();
    let other = room.reply(&[
        "--in",
        "F",
        "--quote",
        "three memoranda",
        "--should-read",
        "four memoranda",
        "--say",
        EVIL,
        "--name",
        EVIL,
    ]);
    let server = Server::of(&room, &[]);
    let mut faults = Vec::new();
    // By a name that is not this machine's and without TLS, browsers tell less of
    // where a form comes from.
    let port = server.address.rsplit(':').next().unwrap();
    let form = format!("http://archive.test:{port}/reply/new?at=F:27");
    let type_in = |browser: &mut Browser, says: &str| {
        browser.open(&form);
        browser.eval("document.querySelector('[name=quote]').value = ''");
        browser.fill("quote", "three memoranda");
        browser.fill("says", says);
        std::thread::sleep(Duration::from_millis(4_500));
        browser.click("main form button[type=submit]", true);
        assert!(browser.text().contains("Others have said something"), "{}", browser.text());
        harmless(browser);
    };
    type_in(&mut browser, "There were four of them, I typed them.");
    browser.looked_over("similar-replies", &mut faults);
    browser.click(&format!("[name=choice][value='{other}']"), false);
    browser.click("main form button[type=submit]:not([name])", true);
    harmless(&mut browser);
    assert!(browser.path().starts_with("/reply/sent/C-"), "{}", browser.text());
    let sent = browser.path().rsplit('/').next().unwrap().to_string();
    let shown = room.a(&["show", &sent, "--json"]).exits(0).data().to_string();
    assert!(shown.contains(&other), "{shown}");
    assert_eq!(browser.eval("document.cookie"), "", "no script reads the cookie");

    // A browser that keeps no cookies: heard, a moment later.
    type_in(&mut browser, &format!("Five, and my aunt kept the fifth. {EVIL}"));
    browser.call("Network.clearBrowserCookies", serde_json::json!({}));
    browser.click("main form button[type=submit]:not([name])", true);
    let told = browser.text();
    assert!(
        told.contains("Kept for a look") && told.contains("without the form’s cookie"),
        "{told}"
    );
    browser.looked_over("held-without-cookie", &mut faults);
    let held = room.a(&["held", "--as", "Keeper", "--json"]).exits(0).data();
    assert!(held.to_string().contains("my aunt kept the fifth"), "{held}");

    // The log-in, with the line to be sealed; and where the seal is none.
    browser.open(&server.url("/desk/login"));
    assert!(browser.text().contains("ssh-keygen -Y sign -n login@variorum.v1"));
    browser.looked_over("login-by-key", &mut faults);
    browser.eval("document.getElementById('name-key').focus()");
    browser.type_text(EVIL);
    browser.fill("seal", EVIL);
    browser.click("form:has([name=seal]) button[type=submit]", true);
    assert!(browser.text().contains("This seal does not open the desk"), "{}", browser.text());
    browser.looked_over("login-refused", &mut faults);
    harmless(&mut browser);
    within(Duration::from_secs(10), || {
        server.get(&format!("/reply/{other}.html")).text().contains("I typed them")
    });
    browser.open(&server.url(&format!("/reply/{other}.html")));
    harmless(&mut browser);
    no_faults(&faults);
}
