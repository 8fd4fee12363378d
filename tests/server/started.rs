//! The real program, serving on a port of its own until the test ends.
#![allow(dead_code)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Answer, Client};
use crate::door::Room;

pub struct Server {
    child: Child,
    pub address: String,
    /// What it said when it began to listen.
    pub said: Value,
}

impl Server {
    /// Serves the archive `a` of the room.
    pub fn of(room: &Room, more: &[&str]) -> Self {
        Self::serving(room, "a", more)
    }

    pub fn serving(room: &Room, archive: &str, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_variorum"))
            .args(["-C", archive, "--json", "serve", "--listen", "127.0.0.1:0"])
            .args(more)
            .current_dir(room.path(""))
            .env_clear()
            .env("HOME", room.path("home"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line:?}"));
        let url = said["data"]["address"].as_str().unwrap_or_else(|| panic!("{said}"));
        let address = url.trim_start_matches("http://").trim_end_matches('/').to_string();
        Self { child, address, said: said["data"].clone() }
    }

    pub fn client(&self) -> Client {
        Client::new(&self.address)
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.client().ask("GET", path, &[], b"")
    }

    /// The data of an answer of the API.
    #[track_caller]
    pub fn data(&self, path: &str) -> Value {
        let answer = self.get(path);
        let envelope = answer.json();
        assert_eq!((answer.status, &envelope["ok"]), (200, &json!(true)), "{path}: {envelope}");
        envelope["data"].clone()
    }

    /// Sends a reply.
    #[track_caller]
    pub fn reply(&self, reply: &Value) -> Answer {
        let body = reply.to_string();
        let json = &["Content-Type: application/json"];
        self.client().ask("POST", "/api/v1/replies", json, body.as_bytes())
    }

    /// Tells it to end.
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    /// How it ended, within some seconds.
    pub fn ended(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < Duration::from_secs(15), "it goes on");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks again until it is so; a few seconds at most.
#[track_caller]
pub fn within(time: Duration, mut is_so: impl FnMut() -> bool) -> Duration {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < time, "it is not so after {time:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
    started.elapsed()
}
