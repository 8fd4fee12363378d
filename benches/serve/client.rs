//! A client that keeps its connection.

use std::io::{Read, Write};
use std::net::TcpStream;

/// A connection.
pub struct Client {
    stream: TcpStream,
    read: Vec<u8>,
    /// Head of the last answer.
    head: String,
}

impl Client {
    pub fn new(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).expect("a socket");
        Self { stream, read: Vec::new(), head: String::new() }
    }

    /// Reads a page as a browser does, compressed; its bytes.
    pub fn get(&mut self, path: &str) -> usize {
        let (status, length) = self
            .ask(&format!("GET {path} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n\r\n"));
        assert_eq!(status, 200, "{path}");
        self.read.drain(..length);
        length
    }

    /// A page as it is; none where there is none.
    pub fn page(&mut self, path: &str) -> Option<String> {
        let (status, length) = self.ask(&format!("GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n"));
        let body: Vec<u8> = self.read.drain(..length).collect();
        (status == 200).then(|| String::from_utf8_lossy(&body).into_owned())
    }

    /// A page for who is logged in.
    pub fn page_as(&mut self, cookie: &str, path: &str) -> String {
        let ask = format!("GET {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\n\r\n");
        let (status, length) = self.ask(&ask);
        assert_eq!(status, 200, "{path}");
        String::from_utf8_lossy(&self.read.drain(..length).collect::<Vec<u8>>()).into_owned()
    }

    /// Sends a form, which is answered by leading on; the cookie that came with it.
    pub fn form(&mut self, cookie: &str, path: &str, body: &str) -> Option<String> {
        let (status, length) = self.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ));
        let said: Vec<u8> = self.read.drain(..length).collect();
        assert_eq!(status, 303, "{path}: {}", String::from_utf8_lossy(&said));
        let set = self.head.lines().find_map(|l| l.strip_prefix("set-cookie: "));
        set.and_then(|l| l.split(';').next()).map(str::to_string)
    }

    /// Sends a reply; the id and the entry that were acknowledged.
    pub fn reply(&mut self, json: &str) -> Option<(String, u64)> {
        let (status, length) = self.ask(&format!(
            "POST /api/v1/replies HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}",
            json.len()
        ));
        let body: Vec<u8> = self.read.drain(..length).collect();
        // Words that stand twice in the book are refused: no figure.
        if status != 201 {
            assert_eq!(status, 404, "{}", String::from_utf8_lossy(&body));
            return None;
        }
        let said: serde_json::Value = serde_json::from_slice(&body).expect("an envelope");
        let data = &said["data"];
        Some((data["correction_id"].as_str()?.to_string(), data["log_index"].as_u64()?))
    }

    /// Asks; the status and the length of the body, which lies at the start of
    /// what was read.
    fn ask(&mut self, request: &str) -> (u16, usize) {
        self.stream.write_all(request.as_bytes()).expect("the server reads");
        let end = loop {
            if let Some(at) = self.read.windows(4).position(|w| w == b"\r\n\r\n") {
                break at + 4;
            }
            self.more();
        };
        let head = String::from_utf8_lossy(&self.read[..end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        let length = head.split("content-length: ").nth(1).and_then(|l| l.split('\r').next());
        let length = length.and_then(|l| l.parse().ok()).expect("a length");
        self.head = String::from_utf8_lossy(&self.read[..end - 4]).into_owned();
        self.read.drain(..end);
        while self.read.len() < length {
            self.more();
        }
        (status, length)
    }

    fn more(&mut self) {
        let mut buffer = [0; 1 << 16];
        let n = self.stream.read(&mut buffer).expect("the server answers");
        assert!(n > 0, "the server hung up");
        self.read.extend_from_slice(&buffer[..n]);
    }
}
