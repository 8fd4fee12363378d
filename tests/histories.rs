//! Histories of changes brought in as one batch: every question that a
//! revision answers, answered by those inside a history, against the truth of
//! a made-up one.
#![allow(clippy::unwrap_used)]

mod door;

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use door::{Room, files};
use serde_json::{Value, json};
use variorum::digest::Digest;

/// Numbers that come again with the same seed (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    fn word(&mut self) -> String {
        const PARTS: [&str; 12] =
            ["ka", "lo", "mé", "ri", "sun", "tor", "ve", "“ni", "wa”", "xo", "ya", "zek"];
        (0..1 + self.below(3)).map(|_| PARTS[self.below(12)]).collect()
    }
}

/// A word, the space after it, and the change that wrote it (0: the first text).
type Word = (String, &'static str, usize);

/// A history with its truth.
struct History {
    list: String,
    texts: Vec<String>,
    words: Vec<Word>,
    agents: Vec<String>,
}

fn text(words: &[Word]) -> String {
    words.iter().map(|(word, space, _)| format!("{word}{space}")).collect()
}

fn byte(words: &[Word], at: usize) -> usize {
    text(&words[..at]).len()
}

/// The newest of a stretch of words, their space as given.
fn history(seed: u64, changes: usize) -> History {
    let mut dice = Dice(seed);
    let mut words: Vec<Word> =
        (0..900).map(|n| (dice.word(), if n % 40 == 39 { "\n\n" } else { " " }, 0)).collect();
    let mut list = String::new();
    let mut texts = vec![text(&words)];
    let mut agents = vec![String::new()];
    // What was deleted: the state it stood in, its bytes there, and the words.
    let mut gone: Vec<(usize, usize, usize, Vec<Word>)> = Vec::new();
    for n in 1..=changes {
        let (at, len) = (dice.below(words.len() - 60), 1 + dice.below(6));
        let (start, end) = (byte(&words, at), byte(&words, at + len));
        let edits = match dice.below(6) {
            0 | 1 => {
                let old: Vec<Word> = words[at..at + len].to_vec();
                let new: Vec<Word> =
                    old.iter().map(|(_, space, _)| (dice.word(), *space, n)).collect();
                words.splice(at..at + len, new.clone());
                gone.push((n - 1, start, end, old));
                vec![json!({"replace": {"start": start, "end": end, "text": text(&new)}})]
            }
            2 => {
                let old: Vec<Word> = words.drain(at..at + len).collect();
                gone.push((n - 1, start, end, old));
                vec![json!({"replace": {"start": start, "end": end, "text": ""}})]
            }
            3 if !gone.is_empty() => {
                let (state, from, to, old) = gone.remove(dice.below(gone.len()));
                words.splice(at..at, old);
                vec![json!({"restore": {"revision": state, "start": from, "end": to, "at": start}})]
            }
            4 => {
                let moved: Vec<Word> = words.drain(at..at + len).collect();
                let to = dice.below(words.len());
                let target = byte(&words, to);
                words.splice(to..to, moved);
                let target = if to > at { target + (end - start) } else { target };
                if to == at {
                    vec![]
                } else {
                    vec![json!({"move": {"start": start, "end": end, "to": target}})]
                }
            }
            _ => {
                let mut edits = Vec::new();
                let mut start = start;
                for (word, space, _) in &mut words[at..at + len] {
                    start += word.len();
                    if *space == " " || *space == "\n" {
                        let new = if *space == " " { "\n" } else { " " };
                        edits.push(
                            json!({"layout": {"start": start, "end": start + 1, "text": new}}),
                        );
                        *space = new;
                    }
                    start += space.len();
                }
                edits
            }
        };
        let agent = format!("Reader {}", dice.below(9));
        let time: Value = match n % 2 {
            0 => json!(1_600_000_000 + 60 * n),
            _ => json!(format!("2020-10-{:02}T00:00:00Z", 1 + n % 28)),
        };
        writeln!(
            list,
            "{}",
            json!({"agent": agent, "time": time, "reason": format!("change {n}"), "edits": edits})
        )
        .unwrap();
        texts.push(text(&words));
        agents.push(agent);
    }
    History { list, texts, words, agents }
}

fn sha256(text: &str) -> String {
    Digest::of(text.as_bytes()).to_string()
}

/// An archive `a` with the first text as `B` and its history brought in.
fn room(history: &History) -> Room {
    let room = Room::new();
    room.write("book.txt", &history.texts[0]);
    room.write("changes.jsonl", &history.list);
    room.a(&["add", "book.txt", "--siglum", "B", "--by", "Ada Brandt"]).exits(0);
    room
}

fn brought(history: &History) -> Room {
    let room = room(history);
    room.a(&["import", "edits", "changes.jsonl", "--to", "B"]).exits(0);
    room
}

/// Byte, revision and agent of every word, by `who`, against the truth.
fn attributed(room: &Room, address: &str, history: &History, words: &[Word]) {
    let who = room.a(&["who", address, "--json"]).exits(0).data();
    let spans = who["spans"].as_array().unwrap();
    let (mut at, mut k) = (0, 0);
    for (word, space, writer) in words {
        while spans[k]["end"].as_u64().unwrap() as usize <= at {
            k += 1;
        }
        let span = &spans[k];
        assert!(
            span["end"].as_u64().unwrap() as usize >= at + word.len(),
            "{word} at {at}: {span}"
        );
        assert_eq!(span["revision"], format!("B@{}", writer + 1), "{word} at {at}");
        assert_eq!(span["basis"], "recorded");
        let agent = if *writer == 0 { "Ada Brandt" } else { &history.agents[*writer] };
        assert_eq!(span["agent"], agent, "{word} at {at}");
        at += word.len() + space.len();
    }
    assert_eq!(spans[0]["start"], 0);
    for pair in spans.windows(2) {
        assert_eq!(pair[0]["end"], pair[1]["start"]);
    }
}

#[test]
fn every_revision_of_a_history_is_there_with_its_writers() {
    let history = history(7, 150);
    let room = room(&history);
    let before = room.bytes_of("a");
    let would = room.a(&["import", "edits", "changes.jsonl", "--to", "B", "--dry-run", "--json"]);
    let would = would.exits(0).data();
    assert_eq!(room.bytes_of("a"), before, "a dry run writes nothing");
    let size = |room: &Room| room.a(&["log", "--json"]).data()["size"].as_u64().unwrap();
    let entries = size(&room);
    let done = room.a(&[
        "import",
        "edits",
        "changes.jsonl",
        "--to",
        "B",
        "--from",
        "the printer",
        "--json",
    ]);
    let done = done.exits(0).data();
    assert_eq!(size(&room) - entries, 3, "the record, the receipt and its seal");
    let last = history.texts.last().unwrap();
    for answer in [&would, &done] {
        assert_eq!(answer["revisions"], 150);
        assert_eq!((&answer["first"], &answer["last"]), (&json!("B@2"), &json!("B@151")));
        assert_eq!(answer["sha256"], sha256(last));
        assert_eq!(answer["bytes"], last.len());
        assert_eq!(answer["file"], sha256(&history.list));
    }
    for n in [1, 2, 3, 40, 77, 150, 151] {
        let cited = room.a(&["cite", &format!("B@{n}"), "--json"]).exits(0).data();
        assert_eq!(cited["sha256"], sha256(&history.texts[n - 1]), "B@{n}");
        let shown = room.a(&["show", &format!("B@{n}"), "--json"]).exits(0).data();
        assert_eq!(shown["sha256"], sha256(&history.texts[n - 1]), "B@{n}");
    }
    let diff = room.a(&["diff", "B@1", "B@151", "--json"]).exits(0).data();
    assert_eq!((&diff["identical"], &diff["same_words"]), (&json!(false), &json!(false)));
    let same = room.a(&["diff", "B@60", "B@60", "--json"]).exits(0).data();
    assert_eq!(same["identical"], true);
    attributed(&room, "B", &history, &history.words);
    let listed = room.a(&["list", "--json"]).exits(0).data();
    let book = listed["items"].as_array().unwrap().iter().find(|i| i["siglum"] == "B").unwrap();
    let revisions = book["revisions"].as_array().unwrap();
    assert_eq!(revisions.len(), 151);
    assert_eq!(revisions[76]["bytes"], history.texts[76].len());
    assert_eq!(revisions[76]["agent"], history.agents[76]);
    assert_eq!(room.a(&["status", "--json"]).data()["revisions"], 152, "and the room's own text");
    room.a(&["log", "B"]).exits(0).says(&["150 revisions of B from “the printer”"]);
    let id = done["last_id"].as_str().unwrap();
    room.a(&["show", &format!("sha256:{}", &id[..16])]).exits(0).says(&["B@151"]);
    room.a(&["show", &format!("V-{}", &id[..8])]).exits(0).says(&["B@151"]);
    room.a(&["show", done["history"].as_str().unwrap()]).exits(0);
    let full = room.a(&["verify", "--full", "--json"]).exits(0).data();
    assert_eq!(full["findings"], json!([]));
    assert_eq!((&full["checked"]["revisions"], &full["checked"]["flat"]), (&json!(152), &json!(0)));
    let flat = room.a(&["verify", "--flat", "--json"]).exits(0).data();
    assert_eq!((&flat["findings"], &flat["checked"]["flat"]), (&json!([]), &json!(150)));
}

#[test]
fn work_goes_on_upon_a_history() {
    let history = history(11, 60);
    let room = brought(&history);
    // A reply to an old revision, one to the newest, both adopted.
    let quote =
        |text: &str| text.split_whitespace().skip(300).take(9).collect::<Vec<_>>().join(" ");
    let mut last = history.texts[60].clone();
    let old = room.reply(&[
        "--in",
        "B@20",
        "--quote",
        &quote(&history.texts[19]),
        "--say",
        "Look again.",
    ]);
    room.a(&["show", &old]).exits(0).says(&["B@20"]);
    let new = room.reply(&[
        "--in",
        "B",
        "--quote",
        &quote(&last),
        "--should-read",
        "quite other words",
        "--say",
        "So it was.",
    ]);
    let decided =
        room.a(&["decide", &new, "adopt", "--reason", "He was there.", "--json"]).exits(0).data();
    assert_eq!(decided["revision"], "B@62");
    let stood = quote(&last);
    let exact = decided["was"].as_str().unwrap();
    assert_eq!(
        exact.split_whitespace().collect::<Vec<_>>(),
        stood.split_whitespace().collect::<Vec<_>>()
    );
    let cited = room.a(&["cite", "B@62", "--json"]).data();
    let at = last.find(&stood);
    if let Some(at) = at {
        last.replace_range(at..at + stood.len(), "quite other words");
        assert_eq!(cited["sha256"], sha256(&last));
    }
    let who = room.a(&["who", "B", "--json"]).exits(0).data();
    let spans = who["spans"].as_array().unwrap();
    assert!(spans.iter().any(|s| s["revision"] == "B@62" && s["correction"] == new.as_str()));
    assert!(spans.iter().any(|s| s["agent"] == "Ada Brandt"));
    assert!(spans.iter().any(|s| s["agent"].as_str().is_some_and(|a| a.starts_with("Reader"))));
    // The history is no head any more: it cannot be gone on with in the middle.
    room.a(&["import", "edits", "changes.jsonl", "--to", "B@61"])
        .exits(5)
        .says(&["not the newest", "B@61"]);
    // A second history on top of the adoption, and an edition after it.
    room.write("more.jsonl", "{\"agent\":\"X\",\"time\":0,\"edits\":[{\"replace\":{\"start\":0,\"end\":0,\"text\":\"First. \"}}]}\n");
    room.a(&["import", "edits", "more.jsonl", "--to", "B"]).exits(0).says(&["B@63 to B@63"]);
    room.write("edition.txt", format!("{}Closing words.\n", history.texts[60]));
    room.a(&["add", "edition.txt", "--siglum", "B"]).exits(0).says(&["B@64"]);
    room.write("old.txt", &history.texts[33]);
    room.a(&["add", "old.txt", "--siglum", "B"]).exits(5).says(&["B@34"]);
    let who = room.a(&["who", "B@64", "--json"]).exits(0).data();
    assert!(
        who["spans"]
            .as_array()
            .unwrap()
            .iter()
            .any(|s| s["agent"].as_str().is_some_and(|a| a.starts_with("Reader")))
    );
    let full = room.a(&["verify", "--flat", "--json"]).exits(0).data();
    assert_eq!(full["findings"], json!([]));
    // The same without an index: it is made anew, and answers the same.
    fs::remove_file(room.path("a/index.sqlite")).unwrap();
    assert_eq!(room.a(&["who", "B@63", "--json"]).exits(0).data()["spans"][0]["agent"], "X");
    room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn a_text_that_comes_with_its_history_is_its_first_revision() {
    let history = history(23, 40);
    let room = Room::new();
    room.write("book.txt", &history.texts[0]);
    room.write("changes.jsonl", &history.list);
    let args = [
        "import",
        "edits",
        "changes.jsonl",
        "--to",
        "B",
        "--base",
        "book.txt",
        "--by",
        "Ada Brandt",
        "--json",
    ];
    let done = room.a(&args).exits(0).data();
    assert_eq!(
        (&done["first"], &done["last"], &done["revisions"]),
        (&json!("B@1"), &json!("B@41"), &json!(41))
    );
    for n in [1, 2, 30, 41] {
        let cited = room.a(&["cite", &format!("B@{n}"), "--json"]).exits(0).data();
        assert_eq!(cited["sha256"], sha256(&history.texts[n - 1]), "B@{n}");
    }
    attributed(&room, "B", &history, &history.words);
    let flat = room.a(&["verify", "--flat", "--json"]).exits(0).data();
    assert_eq!((&flat["findings"], &flat["checked"]["flat"]), (&json!([]), &json!(41)));
    room.a(&args).exits(5).says(&["B is the siglum of a source already"]);
    // What answers leave in the index is compared, too, and only then believed.
    room.a(&["who", "B", "--first", history.words[0].0.trim()]).exits(0);
    let codes = || {
        let flat = room.a(&["verify", "--flat", "--json"]).exits(0).data();
        let findings = flat["findings"].as_array().unwrap().clone();
        findings.iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(codes().is_empty());
    let index = rusqlite::Connection::open(room.path("a/index.sqlite")).unwrap();
    for change in [
        "UPDATE derived SET bytes = x'00' WHERE what LIKE '% names 0'",
        "UPDATE change SET agent = agent || ' Junior' WHERE number = 7",
    ] {
        assert_eq!(index.execute(change, []).unwrap(), 1, "{change}");
        assert_eq!(codes(), ["index-stale"], "{change}");
        index.execute("DELETE FROM derived", []).unwrap();
    }
    // An index that cannot be read there is a finding, no end of the check.
    index.execute("INSERT INTO derived VALUES (x'00', 'windows', x'00')", []).unwrap();
    for depth in ["--full", "--flat"] {
        let found = room.a(&["verify", depth, "--json"]).exits(0).data();
        assert_eq!(found["findings"][0]["code"], "index-stale", "{depth}");
    }
}

#[test]
fn a_history_leaves_with_the_archive_and_damage_is_named() {
    let history = history(31, 80);
    let room = brought(&history);
    room.a(&["export", "plain", "out"]).exits(0);
    let sums = Command::new("sha256sum")
        .args(["-c", "--quiet", "MANIFEST.sha256"])
        .current_dir(room.path("out"))
        .output();
    if let Ok(sums) = sums {
        assert!(sums.status.success(), "{}", String::from_utf8_lossy(&sums.stdout));
    }
    // The plain folder answers as the archive does.
    for n in [1, 45, 81] {
        let address = format!("B@{n}");
        let cited = room.run(&["-C", "out", "cite", &address, "--json"]).exits(0).data();
        assert_eq!(cited["sha256"], sha256(&history.texts[n - 1]));
    }
    room.run(&["-C", "out", "verify", "--flat"]).exits(0);
    // So does an archive that begins with this one's records.
    let args = [
        "init",
        "b",
        "--from",
        "out",
        "--title",
        "Other",
        "--as",
        "Other Keeper",
        "--origin",
        "test.example/b",
        "--private",
        "private-b",
    ];
    room.run(&args).exits(0);
    room.run(&["-C", "b", "verify", "--flat"]).exits(0);
    let cited = room.run(&["-C", "b", "cite", "B@50", "--json"]).exits(0).data();
    assert_eq!(cited["sha256"], sha256(&history.texts[49]));
    // Every stored byte of the history counts.
    let record = files(&room.path("out/records"))
        .into_iter()
        .find(|f| fs::read_to_string(f).is_ok_and(|r| r.starts_with("kind = \"history/1\"")))
        .unwrap();
    let stated = fs::read_to_string(&record).unwrap();
    let name = |field: &str| {
        let line = stated.lines().find(|l| l.starts_with(field)).unwrap();
        line.split('"').nth(1).unwrap().to_string()
    };
    for field in ["edits", "roots"] {
        let name = name(field);
        room.copy("out", "hurt");
        let file = room.path("hurt").join(format!("content/{}/{}/{name}", &name[..2], &name[2..4]));
        door::damage(&file);
        let found = room.run(&["-C", "hurt", "verify", "--full", "--json"]).exits(4).data();
        let findings = found["findings"].as_array().unwrap();
        assert!(
            findings.iter().any(|f| f["place"].as_str().unwrap().contains(&name)),
            "{field}: {findings:?}"
        );
        fs::remove_dir_all(room.path("hurt")).unwrap();
    }
    // And in the packed archive.
    for file in files(&room.path("a/objects"))
        .into_iter()
        .filter(|f| f.extension().is_some_and(|e| e == "pack"))
    {
        let kept = fs::read(&file).unwrap();
        door::damage(&file);
        room.a(&["verify", "--full"]).exits(4);
        fs::remove_file(&file).unwrap();
        fs::write(&file, kept).unwrap();
    }
    room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn a_list_that_does_not_fit_is_refused_as_a_whole() {
    let history = history(41, 12);
    let room = room(&history);
    let before = room.bytes_of("a");
    let import = |list: &str| {
        room.write("bad.jsonl", list);
        room.a(&["import", "edits", "bad.jsonl", "--to", "B"])
    };
    let good = history.list.as_str();
    let end = history.texts[12].len();
    for (last, code, said) in [
        (
            json!({"agent": "X", "time": 0, "edits": [{"replace": {"start": end, "end": end + 1, "text": "x"}}]}),
            2,
            "change 13, by X: edit 0: byte",
        ),
        (
            json!({"agent": "X", "time": 0, "edits": [{"layout": {"start": 0, "end": 2, "text": " "}}]}),
            2,
            "called layout, but it changes words",
        ),
        (
            json!({"agent": "X", "time": 0, "edits": [{"restore": {"revision": 3, "start": 0, "end": 9_999_999, "at": 0}}]}),
            2,
            "are not to be had",
        ),
        (
            json!({"agent": "X", "time": 0, "edits": [{"restore": {"revision": 14, "start": 0, "end": 1, "at": 0}}]}),
            2,
            "line 13: revision 14",
        ),
        (json!({"agent": "", "time": 0, "edits": []}), 2, "line 13: agent \"\""),
    ] {
        import(&format!("{good}{last}\n")).exits(code).says(&[said, "nothing was recorded"]);
    }
    import("").exits(2).says(&["holds no changes"]);
    room.a(&["import", "edits", "changes.jsonl", "--to", "B:3"])
        .exits(2)
        .says(&["not a whole text"]);
    room.a(&["import", "edits", "changes.jsonl", "--to", "Q"]).exits(3);
    assert_eq!(room.bytes_of("a"), before);
    room.write("secret.txt", &history.texts[0]);
    room.a(&["add", "secret.txt", "--siglum", "S", "--private"]).exits(0);
    room.a(&["import", "edits", "changes.jsonl", "--to", "S"]).exits(5).says(&["private"]);
}

#[test]
fn one_word_tells_its_story() {
    let room = Room::new();
    room.write("small.txt", "One two three.\n\nFour five six.\n");
    room.write(
        "small.jsonl",
        concat!(
            r#"{"agent":"Ann","time":"2020-01-02T03:04:05Z","reason":"a slip","edits":[{"replace":{"start":4,"end":7,"text":"2 and 2"}}]}"#,
            "\n",
            r#"{"agent":"Bob","time":"2020-02-02T00:00:00Z","edits":[{"move":{"start":4,"end":12,"to":24}}]}"#,
            "\n",
            r#"{"agent":"Cid","time":"2020-03-02T00:00:00Z","edits":[{"replace":{"start":0,"end":0,"text":"Now. "}}]}"#,
            "\n",
        ),
    );
    let args =
        ["import", "edits", "small.jsonl", "--to", "S", "--base", "small.txt", "--by", "Dora"];
    room.a(&args).exits(0);
    // Now. One three.\n\nFour 2 and 2 five six.\n
    for _ in 0..2 {
        let who = room.a(&["who", "S:3", "--json"]).exits(0).data();
        let spans = who["spans"].as_array().unwrap();
        assert_eq!(spans[0]["agent"], "Dora");
        assert_eq!(spans[0].get("was"), None);
        let two = &spans[1];
        assert_eq!((&two["agent"], &two["revision"]), (&json!("Ann"), &json!("S@2")));
        assert_eq!((&two["was"], &two["reason"]), (&json!("two"), &json!("a slip")));
        assert_eq!(
            (&two["moved"], &two["time"]),
            (&json!(["S@3"]), &json!("2020-01-02T03:04:05Z"))
        );
        room.a(&["who", "S:3"]).exits(0).says(&["in place of “two”", "moved in S@3", ": a slip"]);
        let first = room.a(&["who", "S:1", "--json"]).exits(0).data();
        assert_eq!(
            (&first["spans"][0]["agent"], first["spans"][0].get("was")),
            (&json!("Cid"), None)
        );
        // Without what the index kept, the answers are the same.
        fs::remove_file(room.path("a/index.sqlite")).unwrap();
        let _ = fs::remove_file(room.path("a/index.sqlite-wal"));
    }
}
