//! What an editor and a witness do over HTTP beyond the plain way: log-in by SSH
//! key, answers taken back, held replies discarded, what others said, questions
//! and claims. One hostile string goes everywhere.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::client::Answer;
use crate::door::Room;
use crate::sending::{AtDesk, cookie, hidden, opened, password, post, send};
use crate::started::{Server, within};

/// What is shown as words, or not at all.
const EVIL: &str = "</p><script>window.hacked = 1</script>\u{202e}gnp.exe";

/// It stands on the page as words only; in fields it stands as it was typed.
#[track_caller]
fn harmless(page: &str) {
    assert!(!page.contains("<script>window"), "{page}");
    let mut shown = String::new();
    for part in page.split('<') {
        let field = part.starts_with("input ") || part.starts_with("textarea ");
        shown.push_str(if field { "" } else { part });
    }
    assert!(!shown.contains('\u{202e}'), "{page}");
}

/// Every way on a page leads somewhere, seen from the path that it stands at.
#[track_caller]
fn leads_on(server: &Server, path: &str, page: &str, cookie: &str) {
    let mut seen = 0;
    for attribute in [" href=\"", " action=\"", " src=\""] {
        for rest in page.split(attribute).skip(1) {
            let to = rest.split('"').next().unwrap();
            if to.starts_with('#') {
                continue;
            }
            let mut parts: Vec<&str> = path.split('/').collect();
            parts.pop();
            for step in to.split('#').next().unwrap().split('/') {
                match step {
                    ".." => drop(parts.pop()),
                    step => parts.push(step),
                }
            }
            let whole = parts.join("/").replace("&amp;", "&");
            let status = crate::sending::get(server, &whole, cookie).status;
            assert!(status != 404, "{path}: {to} leads to {whole}: {status}");
            seen += 1;
        }
    }
    assert!(seen > 5, "{page}");
}

fn corrections(room: &Room) -> Vec<Value> {
    room.a(&["list", "corrections", "--json"]).exits(0).data()["items"].as_array().unwrap().clone()
}

/// Who proposes other words, by the verb.
fn proposal(room: &Room, quote: &str, words: &str) -> String {
    room.reply(&["--in", "F", "--quote", quote, "--should-read", words, "--say", "So it was."])
}

/// The line of the page, sealed by the command of the page, changed as `change` does.
fn sealed(room: &Room, page: &str, key: &str, change: impl Fn(String) -> String) -> String {
    let command = page.split("<pre").nth(1).unwrap().split_once('>').unwrap().1;
    let command = command.split("</pre>").next().unwrap().replace("&amp;", "&");
    let command = change(command.replace("KEY", key));
    let done = Command::new("sh")
        .args(["-c", &command])
        .current_dir(room.path(""))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn a_key_opens_the_desk_by_the_line_of_the_page() {
    let keygen = |args: &[&str], room: &Room| {
        Command::new("ssh-keygen").args(args).current_dir(room.path("")).output()
    };
    let room = Room::new();
    for name in ["editor.key", "other.key"] {
        let made = keygen(&["-q", "-t", "ed25519", "-N", "", "-C", "x", "-f", name], &room);
        let Ok(made) = made else {
            eprintln!("skipped: ssh-keygen is not installed");
            return;
        };
        assert!(made.status.success());
    }
    let sent = room.reply(&["--in", "F", "--quote", "one steel pin", "--say", "Two."]);
    let decide = ["decide", &sent, "alongside", "--reason", "both", "--as", "Keeper"];
    room.a(&[&decide[..], &["--key", "editor.key"]].concat()).exits(0);
    let waiting = room.reply(&["--in", "F", "--quote", "three memoranda", "--say", "Four."]);
    let server = Server::of(&room, &[]);

    let shown = || server.get("/desk/login").text();
    let log_in = |page: &str, name: &str, seal: &str| {
        let challenge = hidden(page, "challenge");
        let fields = [("name", name), ("challenge", challenge.as_str()), ("seal", seal)];
        post(&server, "/desk/login", "", &fields)
    };
    let refused = |answer: Answer, why: &str| {
        assert_eq!((answer.status, answer.header("set-cookie")), (403, None), "{why}");
        let page = answer.text();
        assert!(page.contains("This seal does not open the desk") && page.contains(why), "{page}");
        assert!(!page.contains("the password is not right"), "nobody gave one");
        harmless(&page);
        page
    };
    let as_it_is = |command: String| command;

    // By a key that is nobody's, under a hostile name; and over another line.
    let page = shown();
    let answer = log_in(&page, EVIL, &sealed(&room, &page, "other.key", as_it_is));
    refused(answer, "no editor of that name has the key SHA256:");
    let page = shown();
    let seal =
        sealed(&room, &page, "editor.key", |c| c.replace("variorum-login", "variorum-Login"));
    let page = refused(log_in(&page, "Keeper", &seal), "the seal is not over this line");
    // The page that refuses gives a new line, and that one opens the desk.
    let seal = sealed(&room, &page, "editor.key", as_it_is);
    let answer = log_in(&page, "Keeper", &seal);
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some("/desk")),
        "{}",
        answer.text()
    );
    let desk = AtDesk::with(&server, cookie(&answer));

    // A second time, for another purpose, and by the seal of another line.
    refused(log_in(&page, "Keeper", &seal), "was used");
    let page = shown();
    let other = |c: String| c.replace("login@variorum.v1", "decide@variorum.v1");
    let answer = log_in(&page, "Keeper", &sealed(&room, &page, "editor.key", other));
    refused(answer, "made for another purpose");
    let page = shown();
    refused(log_in(&page, "Keeper", &seal), "the seal is not over this line");
    // Who fails often waits, whoever it is.
    for _ in 0..2 {
        let page = shown();
        log_in(&page, "Keeper", &seal);
    }
    let page = shown();
    let answer = log_in(&page, "Keeper", &sealed(&room, &page, "editor.key", as_it_is));
    assert_eq!(answer.status, 403);
    assert!(answer.text().contains("too many log-ins have failed"), "{}", answer.text());

    // The session answers replies in the editor's name; and the form that was sent
    // twice, or by another editor meanwhile, does not count.
    let decision = [("correction", &*waiting), ("verdict", "decline"), ("reason", "Three.")];
    assert_eq!(desk.post("/desk/decide", &decision).status, 303);
    let twice = desk.post("/desk/decide", &decision);
    assert_eq!(twice.status, 422);
    assert!(twice.text().contains("Another answer was recorded meanwhile"), "{}", twice.text());
    leads_on(&server, "/desk/decide", &twice.text(), &desk.cookie);
    let note = room.a(&["show", &waiting, "--json"]).exits(0).data();
    assert_eq!(note["decisions"].as_array().unwrap().len(), 1);
    let note = room.a(&["show", &waiting, "--json"]).exits(0).data();
    assert!(note.to_string().contains("Keeper"), "{note}");
    assert_eq!(desk.post("/desk/logout", &[]).status, 303);
    assert_eq!(desk.get("/desk").status, 303, "the session is over");
}

#[test]
fn an_answer_is_taken_back_and_the_words_by_a_further_reply() {
    let room = Room::new();
    password(&room);
    let first = proposal(&room, "three memoranda", "four memoranda");
    let server = Server::of(&room, &[]);
    let desk = AtDesk::of(&server);
    let adopt = |c: &str| {
        let fields = [("correction", c), ("verdict", "adopt"), ("reason", EVIL)];
        let answer = desk.post("/desk/decide", &fields);
        assert_eq!(answer.status, 303, "{}", answer.text());
    };
    let line = |at: &str| {
        let shown = room.a(&["show", at, "--json"]).exits(0).data();
        shown["reading"].as_str().unwrap_or_else(|| panic!("{shown}")).to_string()
    };
    let reads = |words: &str| line("F:27").contains(words);
    adopt(&first);
    assert!(reads("four memoranda") && !reads("three memoranda"));
    let page = desk.page();
    harmless(&page);
    assert!(page.contains("Nothing waits.") && page.contains("The revision that it made stays:"));
    let decision = hidden(&page, "decision");

    let undo = [("decision", decision.as_str()), ("reason", EVIL)];
    desk.is_guarded("/desk/undo", &undo);
    let without = desk.post("/desk/undo", &[("decision", &*decision), ("reason", "  ")]);
    assert_eq!(without.status, 422);
    assert!(without.text().contains("A decision needs a reason"), "{}", without.text());
    leads_on(&server, "/desk/undo", &without.text(), &desk.cookie);
    assert_eq!(room.a(&["inbox", "--json"]).data()["waiting"], 0, "nothing was taken back yet");

    let done = desk.post("/desk/undo", &undo);
    assert_eq!((done.status, done.header("location")), (303, Some("/desk")), "{}", done.text());
    let page = desk.page();
    harmless(&page);
    assert!(page.contains("a later decision holds"), "{page}");
    assert_eq!(hidden(&page, "correction"), first, "the reply waits again");
    let log = room.a(&["log", "--json"]).exits(0).data().to_string();
    assert!(log.contains("leave open") && log.contains("taken back: "), "{log}");
    let again = desk.post("/desk/undo", &undo);
    assert_eq!(again.status, 422);
    assert!(again.text().contains("does not hold any more"), "{}", again.text());
    let by_reply = desk.post("/desk/undo", &[("decision", &*first), ("reason", "x")]);
    assert_eq!(by_reply.status, 422);
    assert!(by_reply.text().contains("took an answer back already"), "{}", by_reply.text());

    // The revision stays, and stays readable; the words come back as any others do.
    assert!(reads("four memoranda"));
    let back = proposal(&room, "four memoranda", "three memoranda");
    adopt(&back);
    assert!(reads("three memoranda") && !reads("four memoranda"));
    assert!(line("F@2:27").contains("four memoranda"));
    room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn a_held_reply_is_discarded_and_only_counted() {
    let room = Room::new();
    password(&room);
    let server = Server::of(&room, &[]);
    let says = format!("Words of a machine. {EVIL}");
    let fields = [
        ("at", "F"),
        ("quote", "three memoranda"),
        ("says", says.as_str()),
        ("name", EVIL),
        ("contact", EVIL),
    ];
    let before = room.a(&["log", "--all", "--json"]).exits(0).data();
    for _ in 0..2 {
        let held = send(&server, "", &fields, None);
        assert_eq!(held.status, 200, "{}", held.text());
        harmless(&held.text());
    }
    let desk = AtDesk::of(&server);
    let page = desk.page();
    harmless(&page);
    assert_eq!(page.matches("Words of a machine.").count(), 2);
    let name = hidden(&page, "held");
    desk.is_guarded("/desk/held/discard", &[("held", &name)]);
    assert_eq!(desk.page().matches("Words of a machine.").count(), 2);
    let done = desk.post("/desk/held/discard", &[("held", &name)]);
    assert_eq!((done.status, done.header("location")), (303, Some("/desk")), "{}", done.text());
    let page = desk.page();
    assert_eq!(page.matches("Words of a machine.").count(), 1);
    assert!(
        page.contains("1 reply was discarded since the archive began") && !page.contains(&name)
    );
    for path in ["/desk/held/discard", "/desk/held/release"] {
        let again = desk.post(path, &[("held", &name)]);
        assert_eq!(again.status, 422, "{}", again.text());
        assert!(again.text().contains("is held"), "{}", again.text());
        leads_on(&server, path, &again.text(), &desk.cookie);
    }
    let name = hidden(&page, "held");
    assert_eq!(desk.post("/desk/held/discard", &[("held", &name)]).status, 303);
    assert!(desk.page().contains("2 replies were discarded since the archive began"));
    // Nothing of it was recorded, and nothing is left of the words.
    assert_eq!(room.a(&["log", "--all", "--json"]).exits(0).data(), before);
    for file in crate::door::files(&room.path("private")) {
        let bytes = fs::read(&file).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("Words of a machine"), "{file:?}");
    }
}

#[test]
fn what_others_said_is_shown_before_a_reply_is_sent() {
    let room = Room::new();
    let said = format!("There were four. {EVIL}");
    let other = room.reply(&["--in", "F", "--quote", "three memoranda", "--say", &said]);
    let server = Server::of(&room, &[]);
    let form = opened(&server);
    let file = Some(("scan.pdf", &b"bytes"[..]));
    let ask = |says: &str| {
        let fields = [
            ("at", "F"),
            ("quote", "three memoranda"),
            ("says", says),
            ("token", &form.token),
            ("name", EVIL),
        ];
        let answer = send(&server, &form.cookie, &fields, file);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let page = answer.text();
        harmless(&page);
        assert!(page.contains("Others have said something"), "{page}");
        assert!(page.contains("There were four.") && page.contains(&format!("value=\"{other}\"")));
        assert_eq!(hidden(&page, "token"), form.token, "it is the same form");
        hidden(&page, "kept")
    };
    let choose = |kept: &str, field: (&str, &str)| {
        let fields = [("token", form.token.as_str()), ("kept", kept), field];
        send(&server, &form.cookie, &fields, None)
    };
    let recorded = |answer: Answer| {
        assert_eq!(answer.status, 303, "{}", answer.text());
        let id = answer.header("location").unwrap().rsplit('/').next().unwrap().to_string();
        room.a(&["show", &id, "--json"]).exits(0).data()
    };
    let mine = "I counted them myself, and there were five of them.";
    let kept = ask(mine);
    assert_eq!(corrections(&room).len(), 1, "nothing is recorded before the choice");

    // One may go back, and finds everything that was typed.
    let back = choose(&kept, ("change", "yes"));
    assert_eq!(back.status, 200, "{}", back.text());
    harmless(&back.text());
    assert!(back.text().contains(mine) && back.text().contains("scan.pdf"), "{}", back.text());
    assert_eq!(corrections(&room).len(), 1);

    // All the same: a reply to the words, with its evidence.
    let shown = recorded(choose(&kept, ("choice", "mine"))).to_string();
    assert!(shown.contains(mine) && shown.contains("three memoranda"), "{shown}");
    assert_eq!(corrections(&room).len(), 2);
    let log = room.a(&["log", "--json"]).exits(0).data().to_string();
    assert!(log.contains("evidence/1"), "{log}");
    // What rested is gone: nothing is sent twice.
    let twice = choose(&kept, ("choice", "mine"));
    assert_ne!(twice.status, 303, "{}", twice.text());
    assert_eq!(corrections(&room).len(), 2);

    // As support: a reply to the other one.
    let support = "Yes, my father kept the fourth of them in a drawer.";
    let kept = ask(support);
    let shown = recorded(choose(&kept, ("choice", &other))).to_string();
    assert!(shown.contains(support) && shown.contains(&other), "{shown}");
    assert_eq!(corrections(&room).len(), 3);
    within(Duration::from_secs(5), || {
        let page = server.get(&format!("/reply/{other}.html")).text();
        harmless(&page);
        page.contains(support)
    });
    room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn a_question_and_what_the_words_say_to_it_are_entered() {
    let room = Room::new();
    password(&room);
    let server = Server::of(&room, &[]);
    let place = "at=F@1:30-35&quote=On+Thursday%2C+14+November+1967";
    for path in ["/desk/question", "/desk/claim"] {
        let nobody = server.get(&format!("{path}?{place}"));
        assert_eq!((nobody.status, nobody.header("location")), (303, Some("/desk/login")));
    }
    let desk = AtDesk::of(&server);
    let before = room.a(&["status", "--json"]).data()["log_size"].clone();

    // The question: the words stand beside it and go along.
    let form = desk.get(&format!("/desk/question?{place}"));
    assert_eq!(form.status, 200, "{}", form.text());
    assert!(form.text().contains("<p><bdi>On Thursday, 14 November 1967<"), "{}", form.text());
    let (at, quote) = (hidden(&form.text(), "at"), hidden(&form.text(), "quote"));
    let wording = format!("On which day was the landing closed? {EVIL}");
    let question = [
        ("at", &*at),
        ("quote", &*quote),
        ("wording", &*wording),
        ("facet", "date"),
        ("id", "day"),
    ];
    desk.is_guarded("/desk/question", &question);
    for (field, wrong) in [("facet", ""), ("facet", EVIL), ("wording", " "), ("id", "Not A Name")] {
        let fields = question.map(|(n, v)| if n == field { (n, wrong) } else { (n, v) });
        let answer = desk.post("/desk/question", &fields);
        assert_eq!(answer.status, 422, "{field}: {}", answer.text());
        let page = answer.text();
        harmless(&page);
        assert!(page.contains("id=\"troubles\""), "{page}");
        let kept = if field == "wording" { "value=\"day\"" } else { "was the landing closed? " };
        assert!(page.contains(kept) && page.contains("14 November 1967"), "{field}: {page}");
        leads_on(&server, "/desk/question", &page, &desk.cookie);
    }
    assert_eq!(room.a(&["status", "--json"]).data()["log_size"], before);
    let done = desk.post("/desk/question", &question);
    assert_eq!(done.status, 303, "{}", done.text());
    let to = done.header("location").unwrap().to_string();
    assert!(to.starts_with("/desk/claim?question=question%2Fday&at="), "{to}");

    // The claim: the question is chosen, the words are there, the place is theirs.
    let form = desk.get(&to);
    let page = form.text();
    assert_eq!(form.status, 200, "{page}");
    harmless(&page);
    assert!(page.contains("<option value=\"question/day\" selected>"), "{page}");
    assert!(page.contains("On Thursday, 14 November 1967</textarea>"), "{page}");
    assert!(page.contains("value=\"F@1:30-35\""), "other words can still be selected: {page}");
    assert!(!page.contains("id=\"troubles\""), "{page}");
    let claim = [
        ("at", at.as_str()),
        ("quote", quote.as_str()),
        ("question", "question/day"),
        ("stance", "asserts"),
        ("sort", "date"),
        ("value", "1967-11-14"),
        ("teller", "Aurel Dorn"),
        ("note", EVIL),
    ];
    desk.is_guarded("/desk/claim", &claim);
    for (field, wrong) in [
        ("at", "F@1:9999"),
        ("quote", "no such words"),
        ("question", "question/none"),
        ("stance", ""),
        ("value", ""),
        ("teller", ""),
        ("teller", EVIL),
        ("sort", EVIL),
    ] {
        let fields = claim.map(|(n, v)| if n == field { (n, wrong) } else { (n, v) });
        let answer = desk.post("/desk/claim", &fields);
        assert_eq!(answer.status, 422, "{field} {wrong}: {}", answer.text());
        let page = answer.text();
        harmless(&page);
        assert!(page.contains("id=\"troubles\""), "{field}: {page}");
        let kept = if field == "teller" { "1967-11-14" } else { "value=\"Aurel Dorn\"" };
        assert!(page.contains(kept) && page.contains("window.hacked = 1"), "{field}: {page}");
    }
    let done = desk.post("/desk/claim", &claim);
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(done.header("location"), Some("/question/day.html"));
    let page = server.get("/question/day.html");
    assert_eq!(page.status, 200);
    harmless(&page.text());
    assert!(page.text().contains("Aurel Dorn") && page.text().contains("14 November 1967"));
    let text = page.text();
    assert!(text.contains("F@1:30<") && !text.contains("F@1:30-35"), "narrowed down: {text}");
    // Without a place one goes on to the question itself.
    let question = [("wording", "Who gave the order?"), ("facet", "actor")];
    let done = desk.post("/desk/question", &question);
    assert_eq!(done.status, 303, "{}", done.text());
    let to = done.header("location").unwrap();
    assert_eq!(to, "/question/who-gave-the-order.html");
    assert_eq!(server.get(to).status, 200);
    room.a(&["verify", "--full"]).exits(0);
}
