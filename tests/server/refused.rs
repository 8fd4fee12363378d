//! What is refused, and how soon.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::client::head;
use crate::door::Room;
use crate::started::Server;

#[test]
fn no_path_leads_out() {
    let room = Room::new();
    room.write("secret.txt", "the secret");
    let server = Server::of(&room, &[]);
    for path in [
        "/../secret.txt",
        "/text/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/text/F/..%5c..%5csecret.txt",
        "//secret.txt",
        "/text/=2e=2e/index.html",
        "/text//index.html",
        "/a/archive.toml",
        "/a/config",
        "/reply/=2e=2e=2f.html",
        "/text/F/passage/..html",
        "/text/F/999999999999999999999999.html",
        "/text/F/0.html",
        "/log/99999.html",
        "/text/F/difference-1-999.html",
        "/robots.txt",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        let said = answer.text();
        assert!(
            said.contains("There is no such page") && !said.contains("secret"),
            "{path}: {said}"
        );
    }
    for path in [
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v1/list",
        "/api/v1/list/",
        "/api/v1/show/F",
        "/api/v2/status",
        "/api/v1/schemas/answers/..%2f..%2fx",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
    }
    // Not by way of an address either: it names records, never files.
    let answer = server.get("/api/v1/show?address=../secret.txt");
    assert!(answer.status == 400 || answer.status == 404, "{}", answer.text());
    assert!(!answer.text().contains("the secret"));
}

#[test]
fn methods_and_sizes_have_their_limits() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    for (method, path, allow) in [
        ("POST", "/", "GET, HEAD"),
        ("DELETE", "/text/F/", "GET, HEAD"),
        ("PUT", "/api/v1/status", "GET, HEAD"),
        ("GET", "/api/v1/replies", "POST"),
    ] {
        let answer = server.client().ask(method, path, &[], b"");
        assert_eq!((answer.status, answer.header("allow")), (405, Some(allow)), "{method} {path}");
    }
    // Too long is known before a byte of the body was sent.
    let json = "Content-Type: application/json";
    let mut client = server.client();
    client.send(head(
        "POST",
        "/api/v1/replies",
        &[json, "Content-Length: 300000", "Expect: 100-continue"],
        b"",
    ));
    let answer = client.answer(false).unwrap();
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (413, &json!("too-long")));
    assert_eq!(client.drain(), 0, "the connection is closed");
    // And where the length is not said, as soon as it is too long.
    let mut client = server.client();
    client.send(head("POST", "/api/v1/replies", &[json, "Transfer-Encoding: chunked"], b""));
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    for _ in 0..5 {
        client.send(&chunk);
    }
    assert_eq!(client.answer(false).unwrap().status, 413);

    let long = format!("/api/v1/locate?quote={}", "a".repeat(20_000));
    assert_eq!(server.get(&long).status, 414);
    let header = format!("X-Long: {}", "a".repeat(200_000));
    let answer = server.client().ask("GET", "/", &[&header], b"");
    assert_eq!(answer.status, 431);
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn questions_that_make_no_sense_are_told_why() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    for (path, status, code) in [
        ("/api/v1/show", 400, "parameter-missing"),
        ("/api/v1/show?address=F&adress=F", 400, "parameter"),
        ("/api/v1/show?address=F&address=G", 400, "parameter-twice"),
        ("/api/v1/show?address=%ff", 400, "query"),
        ("/api/v1/show?address=Q", 404, "source"),
        ("/api/v1/list/files", 400, "list"),
        ("/api/v1/log?limit=0", 400, "parameter"),
        ("/api/v1/locate?quote=a&from=F", 400, "parameter-missing"),
        ("/api/v1/event?address=event/none", 404, "no-name"),
    ] {
        let answer = server.get(path);
        let said = answer.json();
        assert_eq!(
            (answer.status, &said["error"]["code"]),
            (status, &json!(code)),
            "{path}: {said}"
        );
        assert_eq!(said["ok"], false);
        assert!(said["error"]["message"].as_str().is_some_and(|m| !m.is_empty()));
    }
    let send = |body: &str, media: &str| {
        let media = format!("Content-Type: {media}");
        server.client().ask("POST", "/api/v1/replies", &[&media], body.as_bytes())
    };
    for (body, media, status) in [
        ("{\"at\":\"F\",\"says\":\"x\"}", "text/plain", 415),
        ("at=F&says=x", "application/x-www-form-urlencoded", 415),
        ("{", "application/json", 400),
        ("{\"at\":\"F\",\"says\":\"x\",\"stuff\":1}", "application/json", 400),
        ("{\"at\":\"F\",\"says\":\"  \"}", "application/json", 400),
        ("{\"at\":\"F\",\"says\":\"x\",\"known\":\"guessed\"}", "application/json", 400),
        ("{\"at\":\"Q\",\"says\":\"x\"}", "application/json", 404),
        (
            "{\"at\":\"F\",\"quote\":\"no such words at all here\",\"says\":\"x\"}",
            "application/json",
            404,
        ),
    ] {
        let answer = send(body, media);
        assert_eq!(answer.status, status, "{body}: {}", answer.text());
    }
    assert_eq!(server.data("/api/v1/inbox")["items"], json!([]));
}

#[test]
fn another_site_cannot_send_a_reply() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let body = b"{\"at\":\"F\",\"says\":\"x\"}";
    for (header, status) in [
        ("Origin: https://elsewhere.example", 403),
        ("Sec-Fetch-Site: cross-site", 403),
        ("Origin: null", 403),
        ("Origin: http://test.example", 201),
    ] {
        let headers = ["Content-Type: application/json", header];
        let answer = server.client().ask("POST", "/api/v1/replies", &headers, body);
        assert_eq!(answer.status, status, "{header}: {}", answer.text());
    }
}

/// Limits in seconds, so that a slow machine is not taken for a slow client.
#[test]
fn a_slow_client_is_cut_off() {
    let room = Room::new();
    let server = Server::of(&room, &["--patience", "0.4"]);
    let soon = Duration::from_secs(8);
    // Half a head, no head at all, and nothing after an answer.
    for (begin, answers) in
        [("GET / HTTP/1.1\r\nHost: te", 0), ("", 0), ("GET /health HTTP/1.1\r\nHost: t\r\n\r\n", 1)]
    {
        let started = Instant::now();
        let mut client = server.client();
        client.send(begin);
        for _ in 0..answers {
            assert_eq!(client.answer(false).unwrap().status, 200);
        }
        client.drain();
        assert!(started.elapsed() < soon, "{begin:?}");
    }
    // Half a body.
    let mut client = server.client();
    client.send(head(
        "POST",
        "/api/v1/replies",
        &["Content-Type: application/json", "Content-Length: 100"],
        b"",
    ));
    client.send("{\"at\":");
    assert_eq!(client.answer(false).unwrap().status, 408);
    client.drain();
    // An answer that nobody takes: requests without end, and nothing is read.
    let length = server.get("/text/F/1.html").body.len();
    let mut client = server.client();
    let asked = 16 * 1024 * 1024 / length;
    client.send(head("GET", "/text/F/1.html", &[], b"").repeat(asked));
    std::thread::sleep(Duration::from_millis(1500));
    assert!(client.drain() < asked * length, "it was cut off before it had all");
    assert_eq!(server.get("/").status, 200);
}
