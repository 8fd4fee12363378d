//! The form for replies and the editor's desk, as a browser sends them.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::client::Answer;
use crate::door::Room;
use crate::started::{Server, within};

const BORDER: &str = "----border-of-the-form";

/// The value of a hidden field of a page.
#[track_caller]
fn hidden(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}: {page}"));
    let rest = &page[at..page[at..].find('>').map_or(page.len(), |e| at + e)];
    rest.split("value=\"").nth(1).and_then(|v| v.split('"').next()).unwrap_or_default().to_string()
}

/// Sends the form for replies, with one file.
fn send(server: &Server, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
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
    let media = format!("Content-Type: multipart/form-data; boundary={BORDER}");
    let headers = [media.as_str(), "Origin: http://test.example"];
    server.client().ask("POST", "/reply/new", &headers, &body)
}

fn post(server: &Server, path: &str, cookie: &str, body: &str) -> Answer {
    let cookie = format!("Cookie: other=1; {cookie}");
    let headers = ["Content-Type: application/x-www-form-urlencoded", cookie.as_str()];
    server.client().ask("POST", path, &headers, body.as_bytes())
}

#[test]
fn a_reply_by_the_form_is_recorded_with_its_evidence() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let form = server.get("/reply/new?at=F:3");
    assert_eq!(form.status, 200, "{}", form.text());
    assert_eq!(form.header("cache-control"), Some("no-store"));
    let token = hidden(&form.text(), "token");
    // Sooner nobody can have filled it in.
    std::thread::sleep(Duration::from_millis(5100));
    let fields = [
        ("at", "F"),
        ("quote", "three memoranda"),
        ("says", "I carried <b>three</b> of them up the stairs myself."),
        ("token", &token),
        ("name", "M. Orr"),
        ("contact", "orr@example.org"),
    ];
    let page = b"<script>alert(1)</script>";
    let sent = send(&server, &fields, Some(("letter \u{201c}1\u{201d}.html", page)));
    assert_eq!(sent.status, 303, "{}", sent.text());
    let to = sent.header("location").unwrap().to_string();
    let shown = server.get(&to);
    assert_eq!(shown.status, 200, "{}", shown.text());
    assert!(!shown.text().contains("<b>three"));
    let log = room.a(&["log", "--json"]).exits(0).data();
    assert!(log.to_string().contains("of them up the stairs"));
    // The contact is with the editor alone.
    let correction = to.rsplit('/').next().unwrap();
    within(Duration::from_secs(5), || {
        server.get(&format!("/reply/{correction}.html")).status == 200
    });
    for path in
        [&to, &format!("/reply/{correction}.html"), &format!("/api/v1/show?address={correction}")]
    {
        assert!(!server.get(path).text().contains("orr@example"), "{path}");
    }
    // Evidence is saved, never shown.
    let listed = room.a(&["log", "--json"]).exits(0).data();
    let evidence =
        listed["items"].as_array().unwrap().iter().find(|i| i["kind"] == "evidence/1").unwrap();
    let file = server.get(&format!("/evidence/{}", evidence["name"].as_str().unwrap()));
    assert_eq!((file.status, file.body.as_slice()), (200, &page[..]), "{}", file.text());
    assert_eq!(file.header("content-type"), Some("application/octet-stream"));
    assert!(file.header("content-disposition").unwrap().starts_with("attachment; "));
    assert!(file.header("content-security-policy").unwrap().contains("sandbox"));
    assert_eq!(server.get("/evidence/E-000000").status, 404);
    room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn what_is_wrong_is_told_beside_the_form() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let token = hidden(&server.get("/reply/new").text(), "token");
    let fields = [
        ("at", "F"),
        ("quote", "no such words in it"),
        ("says", "Kept <i>words</i>."),
        ("token", &token),
    ];
    let answer = send(&server, &fields, None);
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains("Kept &lt;i&gt;words&lt;/i&gt;."), "what was typed is not lost");
    assert_eq!(server.get("/reply/new?at=Q:1").status, 200);
    assert_eq!(server.get("/reply/sent/C-000000").status, 404);
    let media = format!("Content-Type: multipart/form-data; boundary={BORDER}");
    let long = [media.as_str(), "Content-Length: 999999999"];
    assert_eq!(server.client().ask("POST", "/reply/new", &long, b"").status, 413);
    let elsewhere = [media.as_str(), "Origin: https://elsewhere.example"];
    assert_eq!(server.client().ask("POST", "/reply/new", &elsewhere, b"x").status, 403);
    assert_eq!(
        server.client().ask("POST", "/reply/new", &["Content-Type: text/plain"], b"x").status,
        400
    );
    assert_eq!(
        room.a(&["list", "corrections", "--json"]).data()["items"].as_array().unwrap().len(),
        0
    );
}

/// Sent without the form, so an editor looks first.
#[test]
fn an_editor_logs_in_and_answers() {
    let room = Room::new();
    room.reply(&["--in", "F", "--quote", "thirty-four metres", "--say", "It was less."]);
    let mut password = Command::new(env!("CARGO_BIN_EXE_variorum"))
        .args(["-C", "a", "password", "--as", "Keeper"])
        .current_dir(room.path(""))
        .env("HOME", room.path("home"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    password.stdin.take().unwrap().write_all(b"four words of no relation\n").unwrap();
    assert!(password.wait().unwrap().success());
    let server = Server::of(&room, &[]);
    let held = send(
        &server,
        &[("at", "F"), ("quote", "three memoranda"), ("says", "Sent by a machine.")],
        None,
    );
    assert_eq!(held.status, 200, "{}", held.text());
    assert!(!room.a(&["log", "--json"]).data().to_string().contains("Sent by a machine."));

    let out = server.get("/desk");
    assert_eq!((out.status, out.header("location")), (303, Some("/desk/login")));
    assert_eq!(server.get("/desk/login").status, 200);
    let wrong = post(&server, "/desk/login", "", "name=Keeper&password=four+words+of+no+meaning");
    assert_eq!((wrong.status, wrong.header("set-cookie")), (403, None));
    let right = post(&server, "/desk/login", "", "name=Keeper&password=four+words+of+no+relation");
    assert_eq!((right.status, right.header("location")), (303, Some("/desk")), "{}", right.text());
    let set = right.header("set-cookie").unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
    let cookie = set.split(';').next().unwrap().to_string();

    let desk = |cookie: &str| {
        let header = format!("Cookie: {cookie}");
        server.client().ask("GET", "/desk", &[&header], b"")
    };
    let page = desk(&cookie);
    assert_eq!(
        (page.status, page.header("cache-control")),
        (200, Some("no-store")),
        "{}",
        page.text()
    );
    assert!(page.text().contains("It was less.") && page.text().contains("Sent by a machine."));
    let csrf = hidden(&page.text(), "csrf");
    let correction = hidden(&page.text(), "correction");
    let decide = |csrf: &str| {
        let body = format!(
            "csrf={csrf}&correction={correction}&verdict=decline&reason=The+books+say+so.&to_text=editor&to_replier=none"
        );
        post(&server, "/desk/decide", &cookie, &body)
    };
    assert_eq!(decide("x").status, 403);
    let done = decide(&csrf);
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(room.a(&["log", "--json"]).data().to_string().contains("The books say so."));
    let again = post(
        &server,
        "/desk/decide",
        &cookie,
        &format!("csrf={csrf}&correction={correction}&verdict=&reason="),
    );
    assert_eq!(again.status, 422);

    let name = hidden(&page.text(), "held");
    let released =
        post(&server, "/desk/held/release", &cookie, &format!("csrf={csrf}&held={name}"));
    assert_eq!(released.status, 303, "{}", released.text());
    assert!(room.a(&["log", "--json"]).data().to_string().contains("Sent by a machine."));

    assert_eq!(post(&server, "/desk/logout", &cookie, &format!("csrf={csrf}")).status, 303);
    assert_eq!(desk(&cookie).status, 303, "the session is over");
    room.a(&["verify", "--full"]).exits(0);
}
