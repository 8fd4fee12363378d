//! Replies that come over the net, and those who wait for them.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use crate::door::{self, Room};
use crate::started::{Server, within};

const SOON: Duration = Duration::from_secs(5);

#[test]
fn a_reply_is_recorded_and_read() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let before = server.get("/reply/");
    let sent = server.reply(&json!({
        "at": "F", "quote": "three\nmemoranda", "says": "I carried <i>three</i>.",
        "replacement": "four memoranda", "known": "took-part", "name": "M. Orr",
    }));
    let envelope = sent.json();
    assert_eq!(
        (sent.status, &envelope["schema"]),
        (201, &json!("variorum/submit/1")),
        "{envelope}"
    );
    let data = &envelope["data"];
    let correction = data["correction"].as_str().unwrap();
    assert_eq!(data["reading"], "three memoranda");
    let page = sent.header("location").unwrap().to_string();

    // It is in the log at once, at its own place too, and on other pages soon.
    let log = room.a(&["log", "--json"]).exits(0).data();
    assert!(log["items"].as_array().unwrap().iter().any(|i| i["id"] == data["correction_id"]));
    assert_eq!(server.get(&page).status, 200, "who sent it finds it at once");
    let shown = server.get(&page).text();
    assert!(shown.contains("I carried &lt;i&gt;three&lt;/i&gt;.") && shown.contains("M. Orr"));
    within(SOON, || server.get("/reply/").text().contains(correction));
    assert_ne!(before.header("etag"), server.get("/reply/").header("etag"));
    within(SOON, || server.data("/api/v1/inbox")["waiting"] == 1);

    // The receipt holds, with the archive and without.
    room.write("receipt.txt", data["receipt_text"].as_str().unwrap());
    room.a(&["verify", "--receipt", "receipt.txt"]).exits(0);
    room.run(&["verify", "--offline", "--receipt", "receipt.txt"]).exits(0);
    room.a(&["verify", "--full"]).exits(0);
}

/// Receipts hold while the log grows under those who make them.
#[test]
fn a_receipt_is_there_at_once_and_holds() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let mut sent: Vec<String> = Vec::new();
    for n in 0..6 {
        let says = format!("I counted {n} of them.");
        let reply = json!({ "at": "F", "quote": "three memoranda", "says": says });
        let data = server.reply(&reply).json()["data"].clone();
        sent.push(data["correction"].as_str().unwrap().to_string());
        for c in [&sent[0], &sent[n]] {
            let page = server.get(&format!("/reply/{c}.html"));
            assert_eq!(page.status, 200, "who sent it finds it at once: {}", page.text());
            let receipt = server.get(&format!("/reply/{c}.receipt.txt"));
            assert_eq!(receipt.status, 200, "{}", receipt.text());
            room.write("r.txt", receipt.text());
            room.a(&["verify", "--receipt", "r.txt"]).exits(0);
        }
    }
}

#[test]
fn what_another_process_records_is_read() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    assert!(!server.get("/reply/").text().contains("It was less"));
    room.reply(&["--in", "F", "--quote", "thirty-four metres", "--say", "It was less."]);
    let took = within(SOON, || server.get("/reply/").text().contains("It was less."));
    assert!(took < Duration::from_secs(2), "{took:?}");
}

/// Many at once, with some among them that are wrong: each gets its own answer.
#[test]
fn every_acknowledged_reply_is_in_the_log() {
    let room = Room::new();
    let server = Server::of(&room, &["--replies-each", "10000", "--replies-all", "10000"]);
    let sent: Vec<(usize, u16, Value)> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..8)
            .map(|c| {
                let server = &server;
                scope.spawn(move || {
                    let mut client = server.client();
                    let send = |n: usize| {
                        let words = if n % 5 == 4 {
                            "no such words in this text"
                        } else {
                            "three memoranda"
                        };
                        let reply =
                            json!({ "at": "F", "quote": words, "says": format!("Reply {n}.") });
                        let headers = ["Content-Type: application/json"];
                        let body = reply.to_string();
                        let answer =
                            client.ask("POST", "/api/v1/replies", &headers, body.as_bytes());
                        (n, answer.status, answer.json())
                    };
                    (c * 10..c * 10 + 10).map(send).collect::<Vec<_>>()
                })
            })
            .collect();
        clients.into_iter().flat_map(|c| c.join().unwrap()).collect()
    });
    let log = room.a(&["log", "--all", "-n", "10000", "--json"]).exits(0).data();
    let items = log["items"].as_array().unwrap();
    let ids: BTreeSet<&str> = items.iter().map(|i| i["id"].as_str().unwrap()).collect();
    for (n, status, said) in &sent {
        if n % 5 == 4 {
            assert_eq!(*status, 404, "{said}");
        } else {
            assert_eq!(*status, 201, "{said}");
            assert!(ids.contains(said["data"]["correction_id"].as_str().unwrap()));
            let index = said["data"]["log_index"].as_u64().unwrap();
            let found = items.iter().find(|i| i["index"] == index).unwrap();
            assert_eq!(found["id"], said["data"]["correction_id"]);
        }
    }
    let replies = items.iter().filter(|i| i["kind"] == "correction/1").count();
    assert_eq!(replies, 64, "what was refused left nothing behind");
    room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn replies_have_a_limit_by_address() {
    let room = Room::new();
    let reply = json!({ "at": "F:3", "says": "x" }).to_string();
    let send = |server: &Server, from: &str| {
        let headers = ["Content-Type: application/json", from];
        server.client().ask("POST", "/api/v1/replies", &headers, reply.as_bytes())
    };
    let server = Server::of(&room, &["--replies-each", "2"]);
    let statuses: Vec<u16> =
        (0..3).map(|n| send(&server, &format!("X-Forwarded-For: 192.0.2.{n}")).status).collect();
    assert_eq!(statuses, [201, 201, 429], "a client's own word for its address counts nothing");
    let refused = send(&server, "X-A: b");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=31).contains(&wait));
    assert_eq!(server.get("/").status, 200, "reading goes on");
    drop(server);

    let server = Server::of(&room, &["--replies-each", "2", "--behind-proxy"]);
    for n in 0..2 {
        assert_eq!(send(&server, "X-Forwarded-For: 198.51.100.1, 192.0.2.1").status, 201, "{n}");
    }
    assert_eq!(send(&server, "X-Forwarded-For: 203.0.113.9, 192.0.2.1").status, 429);
    assert_eq!(send(&server, "X-Forwarded-For: 198.51.100.1, 192.0.2.2").status, 201);
    drop(server);

    let server = Server::of(&room, &["--replies-all", "1"]);
    assert_eq!([send(&server, "X-A: b").status, send(&server, "X-A: b").status], [201, 429]);
}

/// Spam by the API waits for an editor; what was refused may come again.
#[test]
fn what_looks_like_spam_is_held_back() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let recorded = || room.a(&["list", "corrections", "--json"]).data()["items"].clone();
    let says = "I carried three of them up the stairs myself.";
    let lost = server.reply(&json!({ "at": "F", "quote": "no such words", "says": says }));
    assert_eq!(lost.status, 404);
    let first = json!({ "at": "F", "quote": "three memoranda", "says": says });
    assert_eq!(server.reply(&first).status, 201);
    let spam = json!({
        "at": "F", "says": "Watches http://a.example http://b.example <a href=x>cheap</a> today",
    });
    for (reply, sign) in [(&first, "same-words"), (&spam, "links")] {
        let held = server.reply(reply);
        let envelope = held.json();
        assert_eq!((held.status, &envelope["schema"]), (202, &json!("variorum/held-back/1")));
        assert_eq!(envelope["data"]["held"], true);
        assert!(envelope["data"]["signs"].to_string().contains(sign), "{envelope}");
    }
    assert_eq!(recorded().as_array().unwrap().len(), 1);
    assert_eq!(room.a(&["held", "--json"]).data()["items"].as_array().unwrap().len(), 2);
    drop(server);

    // Where an editor looks at everything, at this too.
    let server = Server::of(&room, &["--hold-all"]);
    let held = server.reply(&json!({ "at": "F", "quote": "three memoranda", "says": "Four." }));
    assert_eq!(held.status, 202, "{}", held.text());
    assert_eq!(recorded().as_array().unwrap().len(), 1);
}

/// A name that is not to be shown never enters the archive, by this door either.
#[test]
fn a_hidden_name_stays_with_the_editor() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let sent = server.reply(&json!({
        "at": "F", "quote": "three memoranda", "says": "There were four.",
        "name": "Hidden Hannelore", "hide_name": true,
    }));
    assert_eq!(sent.status, 201, "{}", sent.text());
    room.a(&["export", "plain", "all"]).exits(0);
    let all = door::files(&room.path("all"));
    let holds = |words: &str| {
        all.iter().any(|f| {
            let bytes = std::fs::read(f).unwrap();
            bytes.windows(words.len()).any(|w| w == words.as_bytes())
        })
    };
    assert!(holds("There were four.") && !holds("Hannelore"));
}
