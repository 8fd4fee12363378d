//! A client as small as can be: what is sent is said to the byte, and what came
//! back is taken apart without any rule of HTTP but its length.
#![allow(dead_code)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
}

/// A connection that is kept.
pub struct Client {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Client {
    pub fn new(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, read: Vec::new() }
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        // A server that hangs up early is what some tests ask for.
        let _ = self.stream.write_all(bytes.as_ref());
    }

    /// Asks, and reads the answer.
    #[track_caller]
    pub fn ask(&mut self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        self.send(head(method, path, headers, body));
        self.send(body);
        self.answer(method == "HEAD").unwrap_or_else(|| panic!("{method} {path}: no answer"))
    }

    /// The next answer; none when the connection was closed before it.
    pub fn answer(&mut self, bare: bool) -> Option<Answer> {
        let end = loop {
            if let Some(at) = self.read.windows(4).position(|w| w == b"\r\n\r\n") {
                break at + 4;
            }
            self.more()?;
        };
        let head = String::from_utf8(self.read.drain(..end).collect()).unwrap();
        let mut lines = head.trim_end().split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: Vec<(String, String)> = lines
            .filter_map(|l| l.split_once(": "))
            .map(|(n, v)| (n.to_ascii_lowercase(), v.to_string()))
            .collect();
        let mut answer = Answer { status, headers, body: Vec::new() };
        if bare || status == 304 {
            return Some(answer);
        }
        let length: usize = answer.header("content-length")?.parse().ok()?;
        while self.read.len() < length {
            self.more()?;
        }
        answer.body = self.read.drain(..length).collect();
        Some(answer)
    }

    /// How many bytes come until the connection is closed.
    pub fn drain(&mut self) -> usize {
        while self.more().is_some() {}
        self.read.len()
    }

    fn more(&mut self) -> Option<()> {
        let mut buffer = [0; 1 << 16];
        match self.stream.read(&mut buffer) {
            Ok(0) => None,
            Ok(n) => {
                self.read.extend_from_slice(&buffer[..n]);
                Some(())
            }
            Err(e) if e.kind() == std::io::ErrorKind::ConnectionReset => None,
            Err(e) => panic!("nothing came: {e}"),
        }
    }
}

/// The head of a request.
pub fn head(method: &str, path: &str, headers: &[&str], body: &[u8]) -> String {
    let mut out = format!("{method} {path} HTTP/1.1\r\nHost: test.example\r\n");
    if !body.is_empty() {
        out += &format!("Content-Length: {}\r\n", body.len());
    }
    for h in headers {
        out += &format!("{h}\r\n");
    }
    out + "\r\n"
}
