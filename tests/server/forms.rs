//! The form for replies, as a browser sends it; and an evening at the desk.

use std::time::Duration;

use crate::door::Room;
use crate::sending::{
    AtDesk, MULTIPART, cookie, get, hidden, multipart, opened, password, post, send,
};
use crate::started::{Server, within};

#[test]
fn a_reply_by_the_form_is_recorded_with_its_evidence() {
    let room = Room::new();
    let server = Server::of(&room, &[]);
    let form = server.get("/reply/new?at=F:3");
    assert_eq!(form.status, 200, "{}", form.text());
    assert_eq!(form.header("cache-control"), Some("no-store"));
    // Sooner nobody can have filled it in.
    let form = opened(&server);
    let fields = [
        ("at", "F"),
        ("quote", "three memoranda"),
        ("says", "I carried <b>three</b> of them up the stairs myself."),
        ("token", &form.token),
        ("name", "M. Orr"),
        ("contact", "orr@example.org"),
    ];
    let page = b"<script>alert(1)</script>";
    let file = Some(("letter \u{201c}1\u{201d}.html", &page[..]));
    let sent = send(&server, &form.cookie, &fields, file);
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
    let form = server.get("/reply/new");
    let token = hidden(&form.text(), "token");
    let fields = [
        ("at", "F"),
        ("quote", "no such words in it"),
        ("says", "Kept <i>words</i>."),
        ("token", &token),
    ];
    let answer = send(&server, &cookie(&form), &fields, None);
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains("Kept &lt;i&gt;words&lt;/i&gt;."), "what was typed is not lost");
    assert_eq!(hidden(&answer.text(), "token"), token, "it was shown when it was shown first");
    assert_eq!(server.get("/reply/new?at=Q:1").status, 200);
    assert_eq!(server.get("/reply/sent/C-000000").status, 404);
    let long = [MULTIPART, "Content-Length: 999999999"];
    assert_eq!(server.client().ask("POST", "/reply/new", &long, b"").status, 413);
    assert_eq!(
        server.client().ask("POST", "/reply/new", &["Content-Type: text/plain"], b"x").status,
        400
    );
    assert_eq!(
        room.a(&["list", "corrections", "--json"]).data()["items"].as_array().unwrap().len(),
        0
    );
}

/// Another site can neither send the form in a reader's name nor make one that
/// counts; and a browser that keeps no cookies is heard all the same.
#[test]
fn the_form_counts_in_the_browser_it_was_shown_to() {
    let room = Room::new();
    password(&room);
    let server = Server::of(&room, &[]);
    let answer = server.get("/reply/new");
    let set = answer.header("set-cookie").unwrap().to_string();
    for part in ["variorum-reply=", "; Path=/reply", "; HttpOnly", "; SameSite=Strict"] {
        assert!(set.contains(part), "{part}: {set}");
    }
    let theirs = opened(&server);
    let mine = opened(&server);
    assert_ne!(mine.cookie, theirs.cookie, "each browser has its own");
    let again = get(&server, "/reply/new", &mine.cookie);
    assert_eq!(again.header("set-cookie"), None, "it is kept for further forms");
    let odd = get(&server, "/reply/new", "variorum-reply=\"><script>");
    assert_ne!(cookie(&odd), "variorum-reply=\"><script>", "only what was made here");

    let says = |n: usize| format!("The number {n} of them was carried up by me.");
    let words = |n: usize, token: &str| {
        let says = says(n);
        let fields =
            [("at", "F"), ("quote", "three memoranda"), ("says", &*says), ("token", token)];
        multipart(&fields, None)
    };
    // Sent by another site, as browsers tell.
    let kept = format!("Cookie: {}", mine.cookie);
    for elsewhere in [
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Origin: https://elsewhere.example",
        "Origin: null",
    ] {
        let headers = [MULTIPART, kept.as_str(), elsewhere];
        let refused = server.client().ask("POST", "/reply/new", &headers, &words(0, &mine.token));
        assert_eq!(refused.status, 403, "{elsewhere}");
    }
    // As a browser sends it that tells nothing: another site has no field that fits
    // the cookie, and no cookie that fits its field.
    let all = [
        (1, mine.cookie.as_str(), theirs.token.as_str(), "not sent with a form"),
        (2, mine.cookie.as_str(), "", "not sent with a form"),
        (3, "", theirs.token.as_str(), "sent without the form’s cookie"),
    ];
    for (n, cookie, token, sign) in all {
        let kept = format!("Cookie: {cookie}");
        let answer =
            server.client().ask("POST", "/reply/new", &[MULTIPART, &kept], &words(n, token));
        assert_eq!(answer.status, 200, "{}", answer.text());
        let told = answer.text();
        assert!(told.contains("Kept for a look") && told.contains(sign), "{sign}: {told}");
    }
    let none = room.a(&["list", "corrections", "--json"]).data();
    assert_eq!(none["items"].as_array().unwrap().len(), 0);
    // Nothing that was typed is lost: an editor has it, and records it.
    let desk = AtDesk::of(&server);
    let page = desk.page();
    assert!((1..4).all(|n| page.contains(&says(n))) && !page.contains(&says(0)), "{page}");
    let held = hidden(&page, "held");
    assert_eq!(desk.post("/desk/held/release", &[("held", &held)]).status, 303);
    assert_eq!(room.a(&["inbox", "--json"]).data()["waiting"], 1);

    // What is wrong is told to a browser without cookies too, with what it typed; the
    // form that it gets then counts as soon as it keeps the cookie.
    let fields = [("at", "F"), ("quote", "no such words"), ("says", "Typed."), ("token", "1.x")];
    let answer = send(&server, "", &fields, None);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Typed."));
    let (cookie, token) = (cookie(&answer), hidden(&answer.text(), "token"));
    assert_ne!(token, "1.x");
    std::thread::sleep(Duration::from_millis(5100));
    let fields = [("at", "F"), ("quote", "one steel pin"), ("says", "Two."), ("token", &token)];
    let sent = send(&server, &cookie, &fields, None);
    assert_eq!(sent.status, 303, "{}", sent.text());
}

/// Sent without the form, so an editor looks first.
#[test]
fn an_editor_logs_in_and_answers() {
    let room = Room::new();
    room.reply(&["--in", "F", "--quote", "thirty-four metres", "--say", "It was less."]);
    password(&room);
    let server = Server::of(&room, &[]);
    let held = send(
        &server,
        "",
        &[("at", "F"), ("quote", "three memoranda"), ("says", "Sent by a machine.")],
        None,
    );
    assert_eq!(held.status, 200, "{}", held.text());
    assert!(!room.a(&["log", "--json"]).data().to_string().contains("Sent by a machine."));

    let out = server.get("/desk");
    assert_eq!((out.status, out.header("location")), (303, Some("/desk/login")));
    assert_eq!(server.get("/desk/login").status, 200);
    let fields = [("name", "Keeper"), ("password", "four words of no meaning")];
    let wrong = post(&server, "/desk/login", "", &fields);
    assert_eq!((wrong.status, wrong.header("set-cookie")), (403, None));
    let fields = [("name", "Keeper"), ("password", crate::sending::PASSWORD)];
    let right = post(&server, "/desk/login", "", &fields);
    let set = right.header("set-cookie").unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");

    let desk = AtDesk::with(&server, cookie(&right));
    let page = desk.get("/desk");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let page = page.text();
    assert!(page.contains("It was less.") && page.contains("Sent by a machine."));
    let correction = hidden(&page, "correction");
    let decision = [
        ("correction", correction.as_str()),
        ("verdict", "decline"),
        ("reason", "The books say so."),
        ("to_text", "editor"),
        ("to_replier", "none"),
    ];
    desk.is_guarded("/desk/decide", &decision);
    let done = desk.post("/desk/decide", &decision);
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(room.a(&["log", "--json"]).data().to_string().contains("The books say so."));
    let empty = [("correction", correction.as_str()), ("verdict", ""), ("reason", "")];
    assert_eq!(desk.post("/desk/decide", &empty).status, 422);

    let name = hidden(&page, "held");
    let released = desk.post("/desk/held/release", &[("held", &name)]);
    assert_eq!(released.status, 303, "{}", released.text());
    assert!(room.a(&["log", "--json"]).data().to_string().contains("Sent by a machine."));

    assert_eq!(desk.post("/desk/logout", &[]).status, 303);
    assert_eq!(desk.get("/desk").status, 303, "the session is over");
    room.a(&["verify", "--full"]).exits(0);
}
