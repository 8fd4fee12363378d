//! What is served is the site, and sent as browsers want it.

use std::fs;
use std::io::Read;

use crate::door::{Room, files};
use crate::started::Server;

/// The way in for a reply is another one on a server.
fn but_for_the_reply(page: &str) -> String {
    let Some((before, rest)) = page.split_once("<section class=\"reply\"") else {
        return page.to_string();
    };
    let after = rest.split_once("</section>").map_or("", |(_, after)| after);
    format!("{before}{after}")
}

/// An archive with replies, an answer, a second revision and an event.
pub fn told() -> Room {
    let room = Room::new();
    let one = room.reply(&[
        "--in",
        "F",
        "--quote",
        "three memoranda",
        "--should-read",
        "four memoranda",
        "--say",
        "I <b>counted</b> them.",
        "--name",
        "M. Orr",
    ]);
    room.reply(&["--in", "F", "--quote", "thirty-four metres", "--say", "It was less."]);
    room.a(&[
        "decide",
        &one,
        "adopt",
        "--reason",
        "He was there.",
        "--nature",
        "editorial",
        "--to-text",
        "editor",
        "--to-replier",
        "none",
    ])
    .exits(0);
    room.a(&["event", "landing", "--title", "The landing"]);
    room
}

#[test]
fn the_pages_are_those_of_the_site() {
    let room = told();
    room.a(&["site", "-o", "site", "--url", "https://example.org/ferry/"]).exits(0);
    let server = Server::of(&room, &["--url", "https://example.org/ferry/"]);
    let (root, mut client) = (room.path("site"), server.client());
    let (mut count, mut other) = (0, 0);
    for file in files(&root) {
        let path = file.strip_prefix(&root).unwrap().to_str().unwrap().to_string();
        let answer = client.ask("GET", &format!("/{path}"), &[], b"");
        assert_eq!(answer.status, 200, "{path}");
        let written = fs::read(&file).unwrap();
        if answer.body != written {
            let (a, b) = (answer.text(), String::from_utf8(written).unwrap());
            assert_eq!(but_for_the_reply(&a), but_for_the_reply(&b), "{path}");
            other += 1;
        }
        count += 1;
    }
    assert!(count > 40 && other > 5 && other < count, "{other} of {count}");
    // Folders, and what the site has no file for.
    let home = server.get("/");
    assert_eq!(home.body, server.get("/index.html").body);
    assert_eq!(server.get("/text/F/").body, server.get("/text/F/index.html").body);
    let moved = server.get("/text/F");
    assert_eq!((moved.status, moved.header("location")), (308, Some("/text/F/")));
}

#[test]
fn what_a_client_has_is_not_sent_again() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let mut client = server.client();
    let plain = client.ask("GET", "/text/F/1.html", &[], b"");
    assert_eq!((plain.status, plain.header("content-encoding")), (200, None));
    assert_eq!(plain.header("content-type"), Some("text/html; charset=utf-8"));
    let gzip = client.ask("GET", "/text/F/1.html", &["Accept-Encoding: br, gzip"], b"");
    assert_eq!(gzip.header("content-encoding"), Some("gzip"));
    assert!(gzip.body.len() * 2 < plain.body.len() && gzip.header("vary").is_some());
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&gzip.body[..]).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);

    let tag = plain.header("etag").unwrap().to_string();
    assert_ne!(Some(tag.as_str()), gzip.header("etag"));
    let again = client.ask("GET", "/text/F/1.html", &[&format!("If-None-Match: {tag}")], b"");
    assert_eq!((again.status, again.header("etag")), (304, Some(tag.as_str())));
    let other = client.ask("GET", "/text/F/1.html", &["If-None-Match: \"other\""], b"");
    assert_eq!((other.status, other.body == plain.body), (200, true));

    let head = client.ask("HEAD", "/text/F/1.html", &[], b"");
    assert_eq!(head.status, 200);
    for name in ["content-length", "etag", "content-type"] {
        assert_eq!(head.header(name), plain.header(name), "{name}");
    }
    // The connection is at the start of the next answer: nothing came behind.
    assert_eq!(
        client.ask("GET", "/room.css", &[], b"").header("content-type"),
        Some("text/css; charset=utf-8")
    );
}

#[test]
fn every_answer_has_its_guards() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let tag = server.get("/").header("etag").unwrap().to_string();
    let with_tag = format!("If-None-Match: {tag}");
    for (method, path, headers, status) in [
        ("GET", "/", &[][..], 200),
        ("GET", "/", &[with_tag.as_str()], 304),
        ("HEAD", "/room.js", &[], 200),
        ("GET", "/nowhere", &[], 404),
        ("PUT", "/", &[], 405),
        ("GET", "/health", &[], 200),
        ("GET", "/api/v1/status", &[], 200),
        ("GET", "/api/v1/nothing", &[], 404),
        ("GET", "/api/v1/openapi.json", &[], 200),
        ("POST", "/api/v1/replies", &["Content-Length: 0"], 415),
        (
            "POST",
            "/api/v1/replies",
            &["Content-Length: 999999999", "Content-Type: application/json"],
            413,
        ),
    ] {
        let answer = server.client().ask(method, path, headers, b"");
        assert_eq!(answer.status, status, "{method} {path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'")
        );
        assert!(!policy.contains("file:") && !policy.contains("unsafe"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{method} {path}");
        }
        assert_eq!(answer.header("server"), None);
        assert!(answer.header("cache-control").is_some(), "{method} {path}");
    }
}
