//! Pages of print as addresses, and in what `show` and `cite` answer.
#![allow(clippy::print_stderr, clippy::unwrap_used)]

mod door;

use std::path::Path;

use door::Room;
use serde_json::{Value, json};

/// A made-up book, pages 3 to 40: each starts with a blank, every sixth
/// prints its number, page 20 lost its start.
fn book() -> String {
    let mut text = String::new();
    for n in 3..=40 {
        text += &match (n, n % 6) {
            (12, _) => format!(" {n}\n\n"),
            (_, 0) => format!("\n\n{n}\n\n"),
            (20, _) => String::new(),
            _ => " ".to_owned(),
        };
        for k in 0..30 {
            text += &format!("and so the ferry of page {n} went on along the shore {k}\n");
        }
    }
    text
}

#[test]
fn a_page_has_an_address() {
    let room = Room::new();
    room.write("book.txt", book());
    room.a(&["add", "book.txt", "--siglum", "B", "--title", "On Ferries"]).exits(0);
    let data = |args: &[&str]| room.a(&[args, &["--json"]].concat()).exits(0).data();

    let page = data(&["show", "B#p26"]);
    assert_eq!(page["printed"], json!({"first": 26, "last": 26, "margin": 0}));
    let raw = page["raw"].as_str().unwrap();
    assert_eq!(raw.matches("of page 26 ").count(), 30);
    assert_eq!(raw.lines().filter(|l| l.starts_with("and") || l.starts_with(" and")).count(), 30);
    room.a(&["show", "B#p26"]).exits(0).says(&[", p. 26, bytes"]);
    room.a(&["show", "B@1#p19-20"]).exits(0).says(&[", pp. 19-20 ±1, bytes"]);
    room.a(&["cite", "B#p19"]).exits(0).says(&["On Ferries. B@1, p. 19 ±1, lines "]);
    room.a(&["cite", "went on along the shore 7", "--in", "B"]).exits(3);
    room.a(&["cite", "of page 33 went on along the shore 7", "--in", "B"])
        .exits(0)
        .says(&[", p. 33, line "]);
    let cited = data(&["cite", "B#p24-25"]);
    assert_eq!(cited["printed"], json!({"first": 24, "last": 25, "margin": 0}));
    assert_eq!(data(&["cite", "B"]).get("printed"), None, "a whole text has all pages");

    // A reply to a page is anchored to its words.
    let c = room.reply(&["--at", "B#p26", "--say", "There was no ferry that year."]);
    let place = data(&["show", &c])["place"].clone();
    for line in ["line_start", "line_end"] {
        assert_eq!(place[line], page["place"][line]);
    }

    room.a(&["show", "B#p41"])
        .exits(3)
        .says(&["B@1 shows the printed pages 3 to 40; page 41 is not among them"]);
    room.a(&["show", "B#p39-41"]).exits(3).says(&["page 41"]);
    room.a(&["show", "B#p9-8"]).exits(2).says(&["the last page comes before the first"]);
    room.a(&["show", "B#p0"]).exits(2);
}

#[test]
fn a_text_without_page_numbers_has_no_pages() {
    let room = Room::new();
    room.a(&["show", "F#p2"])
        .exits(3)
        .says(&["F@1 does not show its printed pages", "name lines, F@1:164"]);
    let shown = room.a(&["show", "F:30", "--json"]).exits(0).data();
    assert_eq!(shown.get("printed"), None);
    room.a(&["cite", "F:30"]).exits(0).says(&["F@1, line 30"]);
}

/// What another work cites by page is found in the memoir. Skipped, and said
/// so, where it is not.
#[test]
fn citations_of_the_memoir_resolve() {
    let seeds = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"));
    let Ok(mut files) = std::fs::read_dir(seeds).map(|d| d.map(|f| f.unwrap().path())) else {
        eprintln!("skipped: ../shared/seeds is not here");
        return;
    };
    let is_memoir = |p: &Path| p.file_name().unwrap().to_string_lossy().starts_with("001_");
    let memoir = files.find(|p| is_memoir(p)).unwrap();
    let room = Room::new();
    room.a(&["add", memoir.to_str().unwrap(), "--siglum", "M", "--title", "Memoir"]).exits(0);
    let lines = |address: &str| {
        let d = room.a(&["show", address, "--json"]).exits(0).data();
        (d["place"]["line_start"].clone(), d["place"]["line_end"].clone(), d["printed"].clone())
    };
    let printed = |first, last, margin| json!({"first": first, "last": last, "margin": margin});
    let at = |a: u32, b: u32, p: Value| (json!(a), json!(b), p);
    assert_eq!(lines("M#p39-40"), at(835, 903, printed(39, 40, 1)));
    assert_eq!(lines("M#p278-281"), at(9422, 9578, printed(278, 281, 0)));
    room.a(&["cite", "M#p278"]).exits(0).says(&["M@1, p. 278, lines 9422-9465: "]);
    room.a(&["cite", "M:874"]).exits(0).says(&["M@1, p. 40 ±1, line 874: "]);
}
