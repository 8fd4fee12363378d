//! Forms as a browser sends them, and what comes with a page that holds one.
#![allow(dead_code)] // each test takes what it needs

use std::io::Write;
use std::process::{Command, Stdio};

use crate::client::Answer;
use crate::door::Room;
use crate::started::Server;

const BORDER: &str = "----border-of-the-form";
/// The media type of the form for replies.
pub const MULTIPART: &str = "Content-Type: multipart/form-data; boundary=----border-of-the-form";
/// What the keeper's desk opens to.
pub const PASSWORD: &str = "four words of no relation";

/// The value of a hidden field of a page.
#[track_caller]
pub fn hidden(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}: {page}"));
    let rest = &page[at..page[at..].find('>').map_or(page.len(), |e| at + e)];
    rest.split("value=\"").nth(1).and_then(|v| v.split('"').next()).unwrap_or_default().to_string()
}

/// The cookie that an answer sets, as it is sent back.
#[track_caller]
pub fn cookie(answer: &Answer) -> String {
    let set = answer.header("set-cookie").unwrap_or_else(|| panic!("no cookie: {}", answer.status));
    set.split(';').next().unwrap().to_string()
}

/// The form for replies as a browser has it: the cookie, and the hidden field.
pub struct Form {
    pub cookie: String,
    pub token: String,
}

/// Opens the form for replies, and waits as long as nobody needs to fill it in.
pub fn opened(server: &Server) -> Form {
    let form = server.get("/reply/new?at=F:3");
    assert_eq!(form.status, 200, "{}", form.text());
    let opened = Form { cookie: cookie(&form), token: hidden(&form.text(), "token") };
    std::thread::sleep(std::time::Duration::from_millis(5100));
    opened
}

/// The body of the form for replies, with one file.
pub fn multipart(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "--{BORDER}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    if let Some((name, bytes)) = file {
        let part = format!(
            "--{BORDER}\r\nContent-Disposition: form-data; name=\"evidence\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BORDER}--\r\n").as_bytes());
    body
}

/// Sends the form for replies, with one file.
pub fn send(
    server: &Server,
    cookie: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
) -> Answer {
    let cookie = format!("Cookie: other=1; {cookie}");
    let headers = [MULTIPART, "Origin: http://test.example", cookie.as_str()];
    server.client().ask("POST", "/reply/new", &headers, &multipart(fields, file))
}

/// Fields as a browser sends those of a form without files.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let one = |text: &str| {
        let mut out = String::new();
        // As forms end lines.
        for byte in text.replace('\n', "\r\n").bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(byte.into()),
                _ => out.push_str(&format!("%{byte:02X}")),
            }
        }
        out
    };
    let pairs: Vec<String> = fields.iter().map(|(n, v)| format!("{}={}", one(n), one(v))).collect();
    pairs.join("&")
}

/// Sends a form without files.
pub fn post(server: &Server, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let cookie = format!("Cookie: other=1; {cookie}");
    let headers = ["Content-Type: application/x-www-form-urlencoded", cookie.as_str()];
    server.client().ask("POST", path, &headers, encoded(fields).as_bytes())
}

/// A page as whoever holds the cookie gets it.
pub fn get(server: &Server, path: &str, cookie: &str) -> Answer {
    server.client().ask("GET", path, &[&format!("Cookie: {cookie}")], b"")
}

/// Sets the keeper's password.
pub fn password(room: &Room) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_variorum"))
        .args(["-C", "a", "password", "--as", "Keeper"])
        .current_dir(room.path(""))
        .env_clear()
        .env("HOME", room.path("home"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{PASSWORD}\n").as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

/// The keeper at the desk: the cookie, and the mark that forms of the session carry.
pub struct AtDesk<'a> {
    pub server: &'a Server,
    pub cookie: String,
    pub csrf: String,
}

impl<'a> AtDesk<'a> {
    /// Logs the keeper in by password.
    #[track_caller]
    pub fn of(server: &'a Server) -> Self {
        let fields = [("name", "Keeper"), ("password", PASSWORD)];
        let right = post(server, "/desk/login", "", &fields);
        assert_eq!(
            (right.status, right.header("location")),
            (303, Some("/desk")),
            "{}",
            right.text()
        );
        Self::with(server, cookie(&right))
    }

    /// With the cookie of a session.
    #[track_caller]
    pub fn with(server: &'a Server, cookie: String) -> Self {
        let page = get(server, "/desk", &cookie);
        assert_eq!(page.status, 200, "{}", page.text());
        let csrf = hidden(&page.text(), "csrf");
        Self { server, cookie, csrf }
    }

    /// The page of the desk.
    pub fn page(&self) -> String {
        get(self.server, "/desk", &self.cookie).text()
    }

    pub fn get(&self, path: &str) -> Answer {
        get(self.server, path, &self.cookie)
    }

    /// Sends a form of the desk.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = [("csrf", self.csrf.as_str())];
        post(self.server, path, &self.cookie, &[&csrf[..], fields].concat())
    }

    /// The same with the mark of no session: refused, whatever it is.
    #[track_caller]
    pub fn is_guarded(&self, path: &str, fields: &[(&str, &str)]) {
        for csrf in ["", "x", &"0".repeat(64)] {
            let fields = [&[("csrf", csrf)][..], fields].concat();
            assert_eq!(post(self.server, path, &self.cookie, &fields).status, 403, "{path}");
        }
        let fields = [&[("csrf", self.csrf.as_str())][..], fields].concat();
        let nobody = post(self.server, path, "", &fields);
        assert_eq!(
            (nobody.status, nobody.header("location")),
            (303, Some("/desk/login")),
            "{path}"
        );
    }
}
