//! How it starts, what it tells of itself, and how it ends.

use std::fs;
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use crate::client::head;
use crate::door::Room;
use crate::started::{Server, within};

#[test]
fn it_says_how_it_is() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let health = server.data("/health");
    assert_eq!(health["log_size"], server.said["log_size"]);
    assert_eq!(health["log_size"], room.a(&["status", "--json"]).data()["log_size"]);
    assert_eq!(server.said["takes_replies"], true);
    server.get("/");
    assert!(server.data("/health")["kept"].as_u64().unwrap() >= 1);
    // A second server on the same port says what to do.
    let ran = room.a(&["serve", "--listen", &server.address, "--json"]).exits(6);
    assert_eq!(ran.envelope()["error"]["code"], "listen");
    room.a(&["serve", "--language", "xx"]).exits(2);
    room.a(&["serve", "--url", "not a url"]).exits(2);
    room.run(&["-C", "nowhere", "serve"]).exits(3);
}

#[test]
fn it_finishes_what_is_under_way() {
    let room = Room::new();
    let mut server = Server::of(&room, &[]);
    let body = json!({ "at": "F:3", "says": "Sent in the last moment." }).to_string();
    let mut client = server.client();
    client.send(head(
        "POST",
        "/api/v1/replies",
        &["Content-Type: application/json"],
        body.as_bytes(),
    ));
    client.send(&body[..10]);
    let mut idle = server.client();
    assert_eq!(idle.ask("GET", "/health", &[], b"").status, 200);
    // So that the head has been read.
    std::thread::sleep(Duration::from_millis(300));
    server.terminate();
    assert_eq!(idle.drain(), 0, "who only waits is sent away");
    within(Duration::from_secs(5), || TcpStream::connect(&server.address).is_err());
    client.send(&body[10..]);
    let answer = client.answer(false).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert!(server.ended().success());
    let log = room.a(&["log", "--json"]).exits(0).data();
    assert!(log.to_string().contains("Sent in the last moment."));
    room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn a_line_a_request() {
    let room = Room::new();
    let file = room.path("access.log");
    let server = Server::of(&room, &["--access-log", "access.log"]);
    let length = server.get("/room.css").body.len();
    server.get("/api/v1/locate?quote=a+private+matter");
    server.client().ask("HEAD", "/nowhere", &[], b"");
    let lines = || fs::read_to_string(&file).unwrap();
    within(Duration::from_secs(5), || lines().lines().count() == 3);
    let written = lines();
    let all: Vec<Vec<&str>> = written.lines().map(|l| l.split(' ').collect()).collect();
    assert_eq!(all[0][1..6], ["127.0.0.1", "GET", "/room.css", "200", &length.to_string()]);
    assert!(all[0][0].ends_with('Z') && all[0][6].ends_with("ms"));
    assert_eq!(all[1][3], "/api/v1/locate");
    assert_eq!(all[2][1..6], ["127.0.0.1", "HEAD", "/nowhere", "404", "0"]);
    assert!(!written.contains("private"));
    drop(server);

    let server = Server::of(&room, &["--access-log", "access.log", "--no-addresses"]);
    server.get("/");
    within(Duration::from_secs(5), || lines().lines().count() == 4);
    assert!(lines().lines().last().unwrap().contains(" - GET / 200 "));
}
