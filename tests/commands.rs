//! What all commands have in common: the JSON envelope and its schemas, exit
//! codes, dry runs, colours, an index that anybody may delete.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod door;

use std::collections::BTreeMap;
use std::fs;

use door::{FERRY, Ran, Room};
use serde_json::{Value, json};

/// The schemas that the program prints, by name.
struct Schemas<'r> {
    room: &'r Room,
    known: BTreeMap<String, jsonschema::Validator>,
}

impl<'r> Schemas<'r> {
    fn new(room: &'r Room) -> Self {
        Self { room, known: BTreeMap::new() }
    }

    #[track_caller]
    fn fits(&mut self, name: &str, value: &Value) {
        let room = self.room;
        let validator = self.known.entry(name.to_string()).or_insert_with(|| {
            let text = room.run(&["schema", name]).exits(0).out;
            let schema: Value = serde_json::from_slice(&text).unwrap();
            jsonschema::validator_for(&schema).unwrap_or_else(|e| panic!("the schema {name}: {e}"))
        });
        let errors: Vec<String> =
            validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}\n{value:#}");
    }

    /// An answer: the envelope, and its data by the schema of that name.
    #[track_caller]
    fn answer(&mut self, ran: &Ran, name: &str) -> Value {
        assert_eq!(
            ran.out.iter().filter(|b| **b == b'\n').count(),
            1,
            "variorum {}: one line",
            ran.args
        );
        let envelope = ran.envelope();
        let keys: Vec<&String> = envelope.as_object().unwrap().keys().collect();
        assert!(
            keys.iter().all(|k| ["schema", "ok", "data", "error", "next"].contains(&k.as_str())),
            "{keys:?}"
        );
        assert_eq!(envelope["schema"], format!("variorum/{name}/1"), "variorum {}", ran.args);
        assert!(
            envelope["next"].as_array().is_some_and(|n| n.iter().all(Value::is_string)),
            "{envelope}"
        );
        assert_eq!(envelope["ok"].as_bool().unwrap(), envelope.get("data").is_some());
        assert_eq!(envelope["ok"].as_bool().unwrap(), envelope.get("error").is_none());
        if envelope["ok"] == true {
            self.fits(name, &envelope["data"]);
        } else {
            self.fits("envelope", &envelope);
        }
        envelope["data"].clone()
    }
}

/// An archive with replies, answers, a private text and a sealed reply.
fn lived_in() -> (Room, Vec<String>) {
    let room = Room::new();
    room.write("page.txt", "10.40, closed by order Mrs S.\n");
    room.write("second.txt", FERRY.replace("forty years", "thirty years"));
    let ids = vec![
        room.reply(&[
            "--quote",
            "On Thursday, 14 November 1967",
            "--should-read",
            "On Tuesday, 14 November 1967",
            "--say",
            "It was a Tuesday.",
            "--name",
            "Jorunn Pell",
            "--evidence",
            "page.txt",
        ]),
        room.reply(&[
            "--quote",
            "There was nobody on it.",
            "--say",
            "There was.",
            "--type",
            "other-account",
            "--how",
            "saw",
        ]),
        room.reply(&["--at", "F", "--say", "Is there an index?", "--type", "question"]),
        room.reply(&[
            "--quote",
            "There were 41 passengers",
            "--should-read",
            "There were 28 passengers",
            "--say",
            "So the Courier.",
        ]),
    ];
    room.a(&[
        "decide",
        &ids[0],
        "adopt",
        "--reason",
        "The calendar.",
        "--nature",
        "transcription-fix",
    ])
    .exits(0);
    room.a(&["decide", &ids[1], "alongside", "--reason", "Another who was there."]).exits(0);
    let answer = room.reply(&["--to", &ids[1], "--say", "I was there too, and saw nobody."]);
    (room, [ids, vec![answer]].concat())
}

#[test]
fn every_answer_fits_the_schema_that_the_program_prints() {
    let (room, ids) = lived_in();
    let mut schemas = Schemas::new(&room);
    let c = ids[0].as_str();
    let json = |args: &[&str]| room.a(&[args, &["--json"]].concat());

    let made = room.run(&["init", "b", "--private", "private", "--json"]).exits(0);
    let made = schemas.answer(&made, "init");
    assert!(made["log_key"].as_str().unwrap().starts_with(made["origin"].as_str().unwrap()));
    let added = schemas.answer(
        &json(&["add", "second.txt", "--siglum", "F", "--edition", "second", "--dry-run"]).exits(0),
        "add",
    );
    assert_eq!(added["bytes"], FERRY.len() + 1);
    room.write("private.txt", "A letter of the pilot.\n\nNot to be printed while she lives.\n");
    let added = schemas
        .answer(&json(&["add", "private.txt", "--siglum", "P", "--private"]).exits(0), "add");
    assert_eq!(added["sha256"], Value::Null);
    for args in [
        &["status"][..],
        &["list"],
        &["list", "texts"],
        &["list", "corrections"],
        &["list", "agents"],
        &["show", "F"],
        &["show", "F", "--raw"],
        &["show", "F@1:60-64"],
        &["show", "F#9", "--notes", "none"],
        &["show", "P"],
        &["show", "On Tuesday, 14 November 1967"],
        &["show", c],
        &["show", &ids[4]],
        &["show", &c.replacen('C', "R", 1)],
        &["show", "sha256:7122d25a64878d46"],
        &["locate", "gave the order to close the landing"],
        &["locate", "gave the order to close the landing", "--in", "F@1"],
        &["locate", "There was nobody on it.", "--in", "./ferry-memoir.txt"],
        &["submit", "--at", "F", "--say", "Once more.", "--receipt", "once.txt"],
        &["submit", "--at", "F", "--say", "Once more.", "--dry-run"],
        &["submit", "--quote", "They sang.", "--say", "Badly.", "--receipt", "twice.txt"],
        &["inbox"],
        &["inbox", "--all"],
        &["decide", &ids[2], "ask", "--reason", "Of persons?"],
        &["decide", &ids[3], "adopt", "--reason", "So be it.", "--dry-run"],
        &["diff", "F@1", "F@2"],
        &["diff", "F@1", "F@1"],
        &["diff", "./ferry-memoir.txt", "second.txt"],
        &["align", "./ferry-memoir.txt", "second.txt"],
        &["align", "F:1-20", "F@2"],
        &["who", "F"],
        &["who", "F:30"],
        &["who", "P"],
        &["log"],
        &["log", "F"],
        &["log", "--all", "-n", "5"],
        &["verify"],
        &["verify", "--full"],
        &["verify", "--receipt", "once.txt"],
        &["receipt", c],
        &["cite", "F"],
        &["cite", "On Tuesday, 14 November 1967"],
        &["export", "plain", "plain"],
    ] {
        schemas.answer(&json(args).exits(0), args[0]);
    }
    schemas.answer(&room.run(&["-C", "plain", "status", "--json"]).exits(0), "status");
    schemas.answer(&room.run(&["verify", "--receipt", "once.txt", "--json"]).exits(0), "verify");

    // Answers that come with another exit code than 0.
    schemas.answer(&json(&["locate", "the landing", "--in", "F"]).exits(3), "locate");
    schemas.answer(&json(&["locate", "a penguin sang an aria", "--in", "F"]).exits(3), "locate");
    schemas.answer(&json(&["diff", "F@1", "F@2", "--check"]).exits(1), "diff");
    fs::remove_file(room.path("plain/archive.toml")).unwrap();
    let text = FERRY.replace("Nobody asks", "Nobody begs");
    for file in door::files(&room.path("plain/content")) {
        if fs::read(&file).unwrap() == FERRY.as_bytes() {
            fs::write(file, &text).unwrap();
        }
    }
    let ran = room.run(&["-C", "plain", "verify", "--full", "--json"]).exits(4);
    assert_eq!(schemas.answer(&ran, "verify")["ok"], false);

    // Errors, those of the command line included.
    for (args, code) in [
        (&["show", "C-000000"][..], 3),
        (&["show", "Q"], 3),
        (&["decide", c, "decline"], 2),
        (&["decide", c, "frobnicate", "--reason", "r"], 2),
        (&["add", "--siglum", "X"], 2),
        (&["verify", "--receipt", "absent.txt"], 3),
        (&["export", "plain", "a"], 5),
    ] {
        schemas.answer(&json(args).exits(code), args[0]);
    }
    for name in [
        "envelope", "init", "status", "add", "list", "show", "locate", "submit", "inbox", "decide",
        "diff", "align", "who", "log", "verify", "cite", "receipt", "export",
    ] {
        assert!(schemas.known.contains_key(name), "no answer of {name} was looked at");
    }
}

/// Names that others build on (DESIGN 9).
#[test]
fn fields_that_others_read() {
    let (room, ids) = lived_in();
    let data = |args: &[&str]| room.a(&[args, &["--json"]].concat()).data();
    let has = |v: &Value, keys: &[&str]| {
        for k in keys {
            assert!(v.get(k).is_some(), "{k} is missing in {v}");
        }
    };
    has(
        &data(&["add", "second.txt", "--siglum", "F", "--dry-run"]),
        &["source", "revision", "sha256", "root", "bytes", "words", "passages"],
    );
    let found = data(&["locate", "gave the order to close the landing", "--in", "F@1"]);
    has(
        &found,
        &["resolution", "damaged", "start", "end", "line_start", "line_end", "score", "candidates"],
    );
    assert_eq!(found["resolution"], "exact");
    let at = |k: &str| found[k].as_u64().unwrap() as usize;
    assert!(
        FERRY[at("start")..at("end")].starts_with("gave the order")
            && FERRY[at("start")..at("end")].ends_with("ing")
    );
    let diff = data(&["diff", "F@1", "F@2"]);
    has(&diff, &["identical", "same_words", "changes", "stats"]);
    has(&diff["changes"][0], &["kind", "old", "new"]);
    has(&diff["changes"][0]["old"], &["start", "end", "text"]);
    has(&diff["stats"], &["words_old", "words_new", "deleted", "inserted", "moved"]);
    assert_eq!(
        (&diff["changes"][0]["old"]["text"], &diff["changes"][0]["new"]["text"]),
        (&json!("Thursday,"), &json!("Tuesday,"))
    );
    has(&data(&["verify"]), &["ok", "checked", "findings"]);
    for what in ["texts", "corrections", "agents"] {
        assert!(data(&["list", what])["items"].is_array());
    }
    let inbox = data(&["inbox"]);
    let first = &inbox["items"][0]["replies"][0]["correction"];
    assert_eq!(first, ids[2].as_str(), "the earliest that waits comes first");
}

#[test]
fn who_covers_the_text_without_gap_or_overlap() {
    let (room, ids) = lived_in();
    for (address, from, to) in [("F", 0, FERRY.len() - 1), ("F@1", 0, FERRY.len())] {
        let spans = room.a(&["who", address, "--json"]).exits(0).data()["spans"].clone();
        let mut at = from as u64;
        for s in spans.as_array().unwrap() {
            assert_eq!(s["start"], at, "a gap or an overlap: {s}");
            at = s["end"].as_u64().unwrap();
            for k in ["revision", "agent", "correction"] {
                assert!(s.get(k).is_some(), "{k} is missing in {s}");
            }
        }
        assert_eq!(at, to as u64);
    }
    let text = room.a(&["show", "F", "--raw"]).exits(0).text();
    let spans = room.a(&["who", "F", "--json"]).exits(0).data()["spans"].clone();
    let by: Vec<&Value> =
        spans.as_array().unwrap().iter().filter(|s| s["correction"] == ids[0].as_str()).collect();
    assert_eq!(by.len(), 1);
    let at = |k: &str| by[0][k].as_u64().unwrap() as usize;
    assert_eq!(&text[at("start")..at("end")], "Tuesday,");
    assert_eq!(by[0]["agent"], "Jorunn Pell");
}

/// Words that an editor gave are not the replier's, although the reply led to
/// them.
#[test]
fn words_adopted_in_part_are_credited_to_whoever_gave_them() {
    let (room, ids) = lived_in();
    room.a(&[
        "decide",
        &ids[3],
        "adopt-in-part",
        "--text",
        "There were thirty passengers",
        "--reason",
        "Two more are named.",
    ])
    .exits(0);
    let text = room.a(&["show", "F", "--raw"]).exits(0).text();
    let spans = room.a(&["who", "F", "--json"]).exits(0).data()["spans"].clone();
    let at = text.find("were thirty").unwrap() as u64 + 5;
    let span = spans
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["start"].as_u64().unwrap() <= at && at < s["end"].as_u64().unwrap())
        .unwrap();
    assert_eq!(span["correction"], ids[3].as_str());
    assert_eq!(span["agent"], "Keeper", "the reader proposed 28: {span}");
}

#[test]
fn dry_runs_write_nothing() {
    let (room, ids) = lived_in();
    let (before, account) = (room.bytes_of("a"), room.account());
    let quote = [
        "--quote",
        "They sang.",
        "--say",
        "Badly.",
        "--evidence",
        "page.txt",
        "--receipt",
        "none.txt",
    ];
    for args in [
        &["add", "second.txt", "--siglum", "F"][..],
        &["add", "second.txt", "--siglum", "N", "--by", "Somebody new"],
        &[&["submit"], &quote[..]].concat(),
        &["decide", &ids[3], "adopt", "--reason", "r"],
        &["decide", &ids[3], "decline", "--reason", "r"],
    ] {
        let would = room.a(&[args, &["--dry-run"]].concat()).exits(0);
        assert!(would.text().starts_with("would "), "{}", would.text());
        assert_eq!(
            room.a(&[args, &["--dry-run", "--json"]].concat()).exits(0).data()["dry_run"],
            true
        );
    }
    assert!(room.bytes_of("a") == before, "a dry run wrote");
    assert!(!room.path("none.txt").exists());
    assert_eq!(room.account(), account);
    // What it foretold comes true.
    let would =
        room.a(&["decide", &ids[3], "adopt", "--reason", "r", "--dry-run", "--json"]).data();
    let did = room.a(&["decide", &ids[3], "adopt", "--reason", "r", "--json"]).data();
    assert_eq!(
        (&would["revision"], &would["sha256"], &would["now"]),
        (&did["revision"], &did["sha256"], &did["now"])
    );
}

#[test]
fn colour_is_for_terminals_or_on_demand() {
    let (room, _) = lived_in();
    for args in
        [&["diff", "F@1", "F@2"][..], &["show", "F:28-32"], &["inbox"], &["verify"], &["show", "Q"]]
    {
        let colour = |how: &[&str], env: &[(&str, &str)]| {
            room.run_with(&[&["-C", "a"], how, args].concat(), env).said().contains('\u{1b}')
        };
        assert!(!colour(&[], &[]), "{args:?} into a pipe");
        assert!(!colour(&["--color", "never"], &[]), "{args:?} never");
        assert!(!colour(&[], &[("NO_COLOR", "1")]), "{args:?} NO_COLOR");
        assert!(!colour(&["--json"], &[]), "{args:?} JSON");
        assert!(colour(&["--color", "always"], &[]), "{args:?} always");
        // What is asked for by hand stands before the environment.
        assert!(colour(&["--color", "always"], &[("NO_COLOR", "1")]), "{args:?} always");
    }
    let plain = room.a(&["show", "F:28-32", "--color", "never"]).exits(0).text();
    assert!(plain.contains("[On Tuesday, 14 November 1967](1)"), "marked without colour: {plain}");
}

#[test]
fn plain_files_need_no_archive() {
    let room = Room::empty();
    room.write("old.txt", FERRY);
    let wrapped: Vec<String> = FERRY
        .replace("land-\n\nThe Hollen Landing\n ing", "landing")
        .split("\n\n")
        .map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    room.write("words.txt", "One two three four five six seven eight\nnine ten eleven twelve.\n");
    room.write("lines.txt", "One two three\nfour five six seven\neight nine ten eleven\ntwelve.\n");
    room.write("other.txt", "One two three\nfour five six SEVEN\neight nine ten eleven\ntwelve.\n");
    room.run(&["diff", "words.txt", "lines.txt"])
        .exits(0)
        .says(&["no textual change", "the same 12 words"]);
    room.run(&["diff", "words.txt", "lines.txt", "--check"]).exits(0);
    room.run(&["diff", "words.txt", "words.txt"]).exits(0).says(&["identical"]);
    room.run(&["diff", "words.txt", "other.txt"]).exits(0).says(&["[-seven-]", "{+SEVEN+}"]);
    room.run(&["diff", "words.txt", "other.txt", "--check", "--stat"]).exits(1);
    room.run(&["diff", "words.txt", "absent.txt"]).exits(3).says(&["absent.txt"]);
    room.write("wrapped.txt", wrapped.join("\n\n"));
    let d = room.run(&["diff", "old.txt", "wrapped.txt", "--json"]).exits(0).data();
    println!(
        "the built-in text on one line a passage: {} changes, {} of layout",
        d["changes"].as_array().unwrap().len(),
        d["typographic"]
    );

    let quotes = [
        "gave the order to close the landing",
        "the landing",
        "a penguin sang an aria",
        "There was nobody on it.",
    ];
    let lines: Vec<String> =
        quotes.iter().map(|q| json!({"quote": q, "note": "passed over"}).to_string()).collect();
    room.write("batch.jsonl", lines.join("\n") + "\n\n");
    let found = room.run(&["locate", "--in", "old.txt", "--batch", "batch.jsonl"]).exits(0).text();
    let found: Vec<Value> = found.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let got: Vec<&str> = found.iter().map(|f| f["resolution"].as_str().unwrap()).collect();
    assert_eq!(got, ["exact", "ambiguous", "lost", "exact"]);
    let mut schemas = Schemas::new(&room);
    found.iter().for_each(|f| schemas.fits("locate", f));
    let (start, end) =
        (found[3]["start"].as_u64().unwrap() as usize, found[3]["end"].as_u64().unwrap() as usize);
    assert_eq!(&FERRY[start..end], quotes[3]);
    room.write("bad.jsonl", "{\"quote\": \"x\"}\nnot json\n");
    room.run(&["locate", "--in", "old.txt", "--batch", "bad.jsonl"])
        .exits(2)
        .says(&["line 2 of the batch", "{\"quote\": \"…\"}"]);
}

#[test]
fn raw_is_to_the_byte() {
    let room = Room::new();
    let odd = "\u{feff}Title\r\n\r\nTwo  spaces,\ttab, no\u{a0}break, e\u{301} and é.\r\nLast line without an end";
    room.write("odd.txt", odd);
    room.a(&["add", "odd.txt", "--siglum", "O"]).exits(0);
    assert_eq!(room.a(&["show", "O", "--raw"]).exits(0).out, odd.as_bytes());
    assert_eq!(room.a(&["show", "F", "--raw"]).exits(0).out, FERRY.as_bytes());
    let lines: String = FERRY.split_inclusive('\n').skip(59).take(5).collect();
    let got = room.a(&["show", "F:60-64", "--raw"]).exits(0).text();
    assert_eq!(got.trim_end_matches('\n'), lines.trim_end_matches('\n'));
    assert_eq!(room.a(&["show", "O", "--json"]).exits(0).data()["raw"], odd);
}

#[test]
fn the_index_may_be_deleted_at_any_time() {
    let (room, ids) = lived_in();
    room.a(&["decide", &ids[3], "adopt", "--reason", "The Courier."]).exits(0);
    room.a(&["export", "plain", "plain"]).exits(0);
    let questions: &[&[&str]] = &[
        &["status"],
        &["list", "texts"],
        &["list", "corrections"],
        &["list", "agents"],
        &["show", "F"],
        &["show", "F@1"],
        &["show", &ids[1]],
        &["inbox", "--all"],
        &["diff", "F@1", "F@3"],
        &["who", "F"],
        &["log", "--all", "-n", "1000"],
        &["log", "F"],
        &["locate", "There was nobody on it."],
        &["receipt", &ids[0]],
        &["cite", "F:30"],
        &["verify", "--full"],
    ];
    let ask = |archive: &str| -> Vec<Value> {
        questions
            .iter()
            .map(|q| room.run(&[&["-C", archive, "--json"], *q].concat()).exits(0).data())
            .collect()
    };
    let before = ask("a");
    for file in door::files(&room.path("a")) {
        if file.file_name().unwrap().to_string_lossy().starts_with("index.sqlite") {
            fs::remove_file(file).unwrap();
        }
    }
    assert_eq!(ask("a"), before);
    // A broken one is not believed either: it is told, and can be deleted.
    fs::write(room.path("a/index.sqlite"), "not a database").unwrap();
    let told = room.a(&["status"]);
    assert!(told.code == 0 || told.said().contains("delete index.sqlite"), "{}", told.said());
    fs::remove_file(room.path("a/index.sqlite")).unwrap();
    assert_eq!(ask("a"), before);
    // A copy in plain files has no index at all, and gives the same answers.
    for ((question, a), plain) in questions.iter().zip(&before).zip(ask("plain")) {
        if !["status", "verify"].contains(&question[0]) {
            assert_eq!(*a, plain, "{question:?}");
        }
    }
    assert!(!room.path("plain/index.sqlite").exists());
}

#[test]
fn an_index_that_tells_other_edits_is_found_out() {
    let (room, _) = lived_in();
    let forge = || {
        let index = rusqlite::Connection::open(room.path("a/index.sqlite")).unwrap();
        assert!(index.execute("UPDATE edit SET text = text || 'x'", []).unwrap() > 0);
    };
    room.a(&["show", "F"]).exits(0);
    let ours = room.a(&["show", "F", "--raw"]).exits(0).text();
    forge();
    // The text that they would give is compared with its digest.
    room.a(&["show", "F", "--raw"]).exits(4);
    let told = room.a(&["verify", "--full"]).exits(0);
    assert!(told.said().contains("index.sqlite") && told.said().contains("delete it"));
    assert!(room.a(&["verify", "--full", "--json"]).data()["checked"]["revisions"] != 0);
    fs::remove_file(room.path("a/index.sqlite")).unwrap();
    assert_eq!(room.a(&["show", "F", "--raw"]).exits(0).text(), ours);
    room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn completions_manuals_and_schemas_are_made() {
    let room = Room::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = room.run(&["completions", shell]).exits(0).text();
        for verb in ["locate", "decide", "verify"] {
            assert!(text.contains(verb), "{shell}: {verb}");
        }
    }
    let page = room.run(&["man"]).exits(0).text();
    assert!(page.contains(".TH variorum 1"), "{}", &page[..200]);
    room.run(&["man", "--write", "man"]).exits(0);
    for verb in ["init", "submit", "decide", "verify"] {
        assert!(room.path(&format!("man/variorum-{verb}.1")).is_file(), "{verb}");
    }
    room.run(&["schema", "--write", "schemas"]).exits(0);
    let names = room.run(&["schema"]).exits(0).text();
    assert!(names.lines().count() > 20);
    for name in names.lines() {
        let text = fs::read_to_string(room.path("schemas").join(name)).unwrap();
        let schema: Value = serde_json::from_str(&text).unwrap();
        jsonschema::validator_for(&schema).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(room.run(&["schema", name]).exits(0).text(), text);
    }
    room.run(&["schema", "nonsense"]).exits(3).says(&["nonsense", "records/"]);
    room.run(&["submit", "--form"]).exits(0).says(&["Should read:", "I say:"]);
    room.run(&["--version"]).exits(0).says(&["variorum 0.1.0"]);
    room.run(&["decide", "--help"]).exits(0).says(&["--reason"]);
    room.run(&[]).exits(2);
    room.run(&["frobnicate"]).exits(2).says(&["frobnicate"]);
}
