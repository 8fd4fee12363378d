//! Who wrote the words of a history of full texts, from every kind of source:
//! the same answer, whatever brings the texts.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod door;

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use door::Room;
use serde_json::{Value, json};

const MILL: &str =
    "The old mill by the upper bridge burned down in March,\nand nobody ever learned why.\n\n";
const HENS: &str = "My grandmother kept \"eleven\" hens & a goat behind the chapel.\n";

/// A page that is written, enlarged, blanked, spoiled, restored and corrected.
fn texts() -> Vec<(&'static str, String)> {
    vec![
        ("Ada", MILL.into()),
        ("Bo", format!("{MILL}{HENS}")),
        ("Vandal", String::new()),
        ("Vandal", "the mayor is a fool\n".into()),
        ("Ada", format!("{MILL}{HENS}")),
        (
            "Cy",
            format!("{MILL}{HENS}")
                .replace("eleven", "twelve")
                .replace("March,\nand", "March, and"),
        ),
    ]
}

fn spans(data: &Value, text: &str) -> Vec<(String, Option<String>)> {
    let spans = data["spans"].as_array().unwrap();
    let mut at = 0;
    let mut out = Vec::new();
    for span in spans {
        let (start, end) = (span["start"].as_u64().unwrap(), span["end"].as_u64().unwrap());
        assert_eq!(start, at, "spans leave no gap");
        at = end;
        assert_eq!(span["basis"], "inferred");
        assert!(span["correction"].is_null());
        let words = text[start as usize..end as usize].to_owned();
        out.push((words, span["agent"].as_str().map(str::to_owned)));
    }
    assert_eq!(at, text.len() as u64);
    out
}

fn expected() -> Vec<(String, Option<String>)> {
    let by = |text: &str, who: &str| (text.to_owned(), Some(who.to_owned()));
    let mill = MILL.replace("March,\nand", "March, and");
    vec![
        by(&mill, "Ada"),
        by("My grandmother kept \"", "Bo"),
        by("twelve", "Cy"),
        by("\" hens & a goat behind the chapel.\n", "Bo"),
    ]
}

fn lines() -> String {
    let line = |(n, (agent, text)): (usize, &(&str, String))| {
        let time = 1_600_000_000 + 60 * n;
        format!("{}\n", json!({"revision": 100 + n, "agent": agent, "time": time, "text": text}))
    };
    texts().iter().enumerate().map(line).collect()
}

fn export() -> String {
    let escaped =
        |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let mut xml = String::from("<mediawiki><page><title>Mill</title><id>9</id>\n");
    for (n, (agent, text)) in texts().iter().enumerate() {
        xml += &format!(
            "<revision><id>{}</id><timestamp>2020-09-13T12:2{n}:00Z</timestamp><contributor>\
             <username>{agent}</username><id>3</id></contributor><text bytes=\"{}\">{}</text></revision>\n",
            100 + n,
            text.len(),
            escaped(text)
        );
    }
    xml + "<revision><id>106</id><text deleted=\"deleted\" /></revision></page></mediawiki>\n"
}

fn git(dir: &std::path::Path, args: &[&str]) -> Option<()> {
    let mut command = Command::new("git");
    command.arg("-C").arg(dir).args([
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
    ]);
    command.args(args).stdout(Stdio::null()).env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.status().ok()?.success().then_some(())
}

#[test]
fn every_source_tells_the_same() {
    let room = Room::empty();
    let last = texts().pop().unwrap().1;
    fs::create_dir(room.path("texts")).unwrap();
    for (n, (_, text)) in texts().iter().enumerate() {
        room.write(&format!("texts/r{}.txt", n + 7), text);
    }
    room.write("h.jsonl", lines());
    room.write("h.xml", export());
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(export().as_bytes()).unwrap();
    fs::write(room.path("h.xml.gz"), gz.finish().unwrap()).unwrap();
    for source in ["h.jsonl", "h.xml", "h.xml.gz"] {
        let data = room.run(&["who", "--history", source, "--json"]).exits(0).data();
        assert_eq!(spans(&data, &last), expected(), "{source}");
        assert_eq!(data["revision"]["revision"], "105");
        assert_eq!(data["revision"]["time"].as_str().unwrap().len(), 20);
        assert_eq!((&data["revisions"], &data["restored"]), (&json!(6), &json!(1)));
        assert_eq!(data["totals"][0]["agent"], "Ada");
        assert!(data["rule"].as_str().unwrap().contains("first writer"));
    }
    // Files know no agents, but their names; r9 stands before r10.
    let data = room.run(&["who", "--history", "texts", "--json"]).exits(0).data();
    let names: Vec<&Value> =
        data["spans"].as_array().unwrap().iter().map(|s| &s["revision"]).collect();
    assert_eq!(names, ["r7.txt", "r8.txt", "r12.txt", "r8.txt"]);
    assert_eq!(spans(&data, &last)[0].1, None);
    let given = ["who", "--history", "texts/r7.txt", "texts/r8.txt", "--json"];
    assert_eq!(room.run(&given).exits(0).data()["revisions"], 2);
}

#[test]
fn a_file_in_git_has_a_history() {
    let room = Room::empty();
    fs::create_dir_all(room.path("repo/a")).unwrap();
    let repo = room.path("repo");
    if git(&repo, &["-c", "init.defaultBranch=main", "init", "-q"]).is_none() {
        println!("git is not installed: nothing is tested");
        return;
    }
    for (agent, text) in texts() {
        fs::write(repo.join("a/page.txt"), &text).unwrap();
        git(&repo, &["add", "-A"]).unwrap();
        let name = format!("user.name={agent}");
        git(&repo, &["-c", &name, "commit", "-qm", "x"]).unwrap();
    }
    fs::write(repo.join("other"), "x").unwrap();
    git(&repo, &["add", "-A"]).unwrap();
    git(&repo, &["-c", "user.name=Di", "commit", "-qm", "elsewhere"]).unwrap();
    let data = room.run(&["who", "--history", "repo:a/page.txt", "--json"]).exits(0).data();
    assert_eq!(spans(&data, &texts().pop().unwrap().1), expected());
    assert_eq!(data["revisions"], 6);
    assert_eq!(data["spans"][0]["revision"].as_str().unwrap().len(), 40);
    room.run(&["who", "--history", "repo:nothing.txt"]).exits(3).says(&["has no file nothing.txt"]);
}

#[test]
fn the_text_as_it_was_and_what_goes_wrong() {
    let room = Room::empty();
    room.write("h.jsonl", lines());
    let at = |at: &str| room.run(&["who", "--history", "h.jsonl", "--at", at, "--json"]);
    assert_eq!(at("101").exits(0).data()["revision"], at("@2").exits(0).data()["revision"]);
    assert_eq!(at("103").exits(0).data()["totals"][0]["agent"], "Vandal");
    at("99").exits(3).says(&["has no text 99", "the last is 105"]);
    room.run(&["who", "--history", "none.jsonl"]).exits(3);
    room.run(&["who", "M", "--history", "h.jsonl"]).exits(2);
    room.write("bad.jsonl", "{\"text\": 3}\n");
    room.run(&["who", "--history", "bad.jsonl"]).exits(2).says(&["line 1 of the history"]);
    fs::write(room.path("latin.txt"), b"caf\xe9 noir").unwrap();
    room.write("utf8.txt", "café noir et blanc");
    room.run(&["who", "--history", "latin.txt", "utf8.txt", "--width", "80"]).exits(0).says(&[
        "latin.txt as windows-1252",
        "2 words",
        "50.0 %",
    ]);
    room.run(&["who"]).exits(2);
}

#[test]
fn phrases_are_first_seen_where_they_first_stood() {
    let room = Room::empty();
    room.write("h.jsonl", lines());
    let ask = |more: &[&str]| room.run(&[&["who", "--history", "h.jsonl"], more].concat());
    let one = ask(&["--first", "burned down in March, and nobody", "--json"]).exits(0).data();
    let item = &one["items"][0];
    assert_eq!((&item["first"]["revision"], &item["together"]), (&json!("100"), &json!(true)));
    assert_eq!(item["text"], "burned down in March,\nand nobody");
    room.write(
        "phrases",
        "kept “eleven” hens\n{\"quote\": \"kept 'twelve'\"}\nkept \"twelve\" hens\nmayor is\n",
    );
    let many = ask(&["--batch", "phrases", "--json"]).exits(3).data();
    let items = many["items"].as_array().unwrap();
    let firsts: Vec<&Value> = items.iter().map(|i| &i["first"]["revision"]).collect();
    assert_eq!(firsts, [&json!("101"), &Value::Null, &json!("105"), &json!("103")]);
    let stands: Vec<&Value> = items.iter().map(|i| &i["stands"]).collect();
    assert_eq!(stands, [false, false, true, false]);
    assert_eq!(items[2]["together"], false);
    assert_eq!(items[2]["words_from"].as_array().unwrap().len(), 3);
    ask(&["--batch", "phrases", "--width", "60"])
        .exits(3)
        .says(&["in none of them", "put together there"]);
    ask(&["--first", " - "]).exits(3);
    ask(&["--first", " "]).exits(2).says(&["has no words"]);
}
