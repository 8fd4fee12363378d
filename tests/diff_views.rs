//! The views of a comparison as a person asks for them: in full, side by side,
//! the layer of layout, one page of HTML, and what git shows with this program
//! as its diff driver.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod door;

use std::fs;
use std::process::Command;

use door::Room;

const OLD: &str = "The ferry left at nine.\n\nOf the crew five men stayed on the pier, and they \
waited there until the lamp was lit at the end of the long old landing.\n\nNobody ordered it. \
The Prefect was in the capital on that day, with his secretary, and heard of it a week later \
by letter.\n\nThe end.\n";
const NEW: &str = "The ferry left at nine.\n\nNobody ordered it. The Prefect was in the capital \
on that day, with his clerk, and heard of it a week later by letter.\n\nOf the crew 5 men \
stayed on the pier, and they waited there until the lamp was lit at the end of the long\nold \
land-\ning.\n\nThe end.\n";

fn room() -> Room {
    let room = Room::empty();
    room.write("old.txt", OLD);
    room.write("new.txt", NEW);
    room
}

#[test]
fn moved_passages_show_the_changes_inside_them() {
    let room = room();
    let d = room.run(&["diff", "old.txt", "new.txt", "--json"]).exits(0).data();
    let changes = d["changes"].as_array().unwrap();
    let moved = changes.iter().find(|c| c["kind"] == "move").unwrap();
    let inner = &moved["inner"].as_array().unwrap()[0];
    assert_eq!(inner["old"]["text"].as_str().unwrap(), "secretary,", "{d:#}");
    assert_eq!(inner["new"]["text"].as_str().unwrap(), "clerk,");
    assert_eq!(d["layer"].as_array().unwrap().len(), d["typographic"].as_u64().unwrap() as usize);
    assert!(d["layer"].to_string().contains("land"), "{d:#}");
    room.run(&["diff", "old.txt", "new.txt"])
        .exits(0)
        .says(&["moved, and changed inside:", "clerk"]);
    room.run(&["diff", "old.txt", "new.txt", "--layout"]).exits(0).says(&["broken otherwise"]);
}

/// So many that two threads write them.
#[test]
fn thousands_of_changes_stand_in_the_order_of_the_text() {
    let room = Room::empty();
    let text = |what: &str| -> String {
        let day = |n: usize| {
            // Every third change stands so near to the next that one block tells both.
            let rest = if n.is_multiple_of(3) {
                ""
            } else {
                " and came back in the evening with the mail"
            };
            format!("On day {n} the {what} left the pier at nine{rest}.\n\n")
        };
        (0..3000).map(day).collect()
    };
    room.write("old.txt", text("ferry"));
    room.write("new.txt", text("boat"));
    let shown = room.run(&["diff", "old.txt", "new.txt"]).exits(0);
    let out = shown.text();
    let lines: Vec<usize> = out
        .lines()
        .filter_map(|l| l.strip_prefix("line ")?.split(' ').next()?.parse().ok())
        .collect();
    assert!(lines.len() > 1000 && lines.is_sorted(), "{} blocks", lines.len());
    assert_eq!(out.matches("[-ferry-]").count(), 3000);
    assert_eq!(out.matches("{+boat+}").count(), 3000);
    let days: Vec<usize> = out
        .split_whitespace()
        .collect::<Vec<_>>()
        .windows(3)
        .filter(|w| w[0] == "day" && w[2] == "the")
        .filter_map(|w| w[1].parse().ok())
        .collect();
    assert!(days.is_sorted() && days.len() >= 3000, "{} days", days.len());
}

#[test]
fn passages_in_full_inline_and_side_by_side() {
    let room = room();
    room.run(&["diff", "old.txt", "new.txt", "--inline", "--width", "80"]).exits(0).says(&[
        "[-five-] {+5+} men stayed on the pier",
        "(moved from line 5:)",
        "line 3 → 5",
    ]);
    for width in ["120", "60", "40"] {
        let side = room.run(&["diff", "old.txt", "new.txt", "-y", "--width", width]).exits(0);
        for line in side.text().lines() {
            let columns = line.chars().count();
            assert!(columns <= width.parse().unwrap(), "{columns} columns: {line}");
        }
        let two = side.text().contains('│');
        assert_eq!(two, width != "40", "{}", side.text());
        side.says(&["[-five-]", "{+5+}"]);
    }
    room.run(&["diff", "old.txt", "old.txt", "-y"]).exits(0).says(&["bytes were compared"]);
    room.run(&["diff", "old.txt", "new.txt", "-y", "--stat"]).exits(2);
    room.run(&["diff", "old.txt", "new.txt", "old.txt"]).exits(2).says(&["two texts, not 3"]);
}

#[test]
fn one_page_of_html() {
    let room = room();
    room.run(&["diff", "old.txt", "new.txt", "--stat", "--html", "d.html"])
        .exits(0)
        .says(&["d.html"]);
    let page = String::from_utf8(room.read("d.html")).unwrap();
    assert!(
        page.contains("<del><bdi>five</bdi></del>") && page.contains("<ins><bdi>5</bdi></ins>")
    );
    assert!(!page.contains("<script") && !page.contains("://"));
    fs::create_dir(room.path("folder")).unwrap();
    room.run(&["diff", "old.txt", "new.txt", "--html", "folder"]).exits(2).says(&["folder"]);
    let russian = ["diff", "old.txt", "new.txt", "--stat", "--language", "ru"];
    room.run(&[&russian[..], &["--html", "d.html"]].concat()).exits(0);
    let page = String::from_utf8(room.read("d.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"ru\">"));
    assert!(page.contains("было, строка ") && !page.contains("was, line "));
    room.run(&russian).exits(2).says(&["--html"]);
    room.run(&["diff", "old.txt", "new.txt", "--html", "d.html", "--language", "tlh"])
        .exits(2)
        .says(&["en, ru"]);
}

/// Real git with this program as its driver, as the README tells.
#[test]
fn git_shows_changes_by_words() {
    if Command::new("git").arg("--version").output().is_err() {
        println!("skipped: git is not here");
        return;
    }
    let room = room();
    fs::create_dir(room.path("repo")).unwrap();
    let git = |args: &[&str]| {
        let out = Command::new("git")
            .current_dir(room.path("repo"))
            .env("HOME", room.path("home"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .args(["-c", "user.name=T", "-c", "user.email=t@example.org"])
            .args(["-c", "core.pager=cat"])
            .args(args)
            .output()
            .unwrap();
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    git(&["init", "-q"]);
    let driver = format!("{} diff --git", env!("CARGO_BIN_EXE_variorum"));
    git(&["config", "diff.variorum.command", &driver]);
    room.write("repo/.gitattributes", "*.txt diff=variorum\n");
    room.write("repo/book.txt", OLD);
    room.write("repo/data.txt", [0u8, 159, 146, 150]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    room.write("repo/book.txt", NEW);
    room.write("repo/data.txt", [0u8, 159, 146, 151]);
    room.write("repo/more.txt", "A new text.\n");
    git(&["add", "."]);
    let shown = git(&["diff", "--cached", "--ext-diff"]);
    for words in ["a/book.txt → b/book.txt", "[-five-] {+5+}", "{+A new text.+}", "not compared"]
    {
        assert!(shown.contains(words), "{words:?} is missing in\n{shown}");
    }
    git(&["mv", "book.txt", "tale.txt"]);
    let renamed = git(&["diff", "--cached", "--ext-diff", "-M20%", "--", "book.txt", "tale.txt"]);
    assert!(renamed.contains("a/book.txt → b/tale.txt"), "{renamed}");
}
