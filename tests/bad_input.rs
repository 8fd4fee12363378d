//! Bad input: the answer names the value, the place and the next step, the
//! exit code is the right one, and not one byte of the archive is changed.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod door;

use std::fs;
use std::process::Command;

use door::{Ran, Room, files};

/// Runs commands that must be refused, and sees that nothing was written.
struct Refusing<'r> {
    room: &'r Room,
    before: std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>,
    account: (serde_json::Value, serde_json::Value),
}

impl<'r> Refusing<'r> {
    fn new(room: &'r Room) -> Self {
        let account = room.account();
        Self { room, before: room.bytes_of("a"), account }
    }

    #[track_caller]
    fn refuses(&self, args: &[&str], code: i32, words: &[&str]) -> Ran {
        let ran = self.room.a(args).exits(code).says(words);
        assert!(ran.out.is_empty(), "variorum {}: an error is no answer: {}", ran.args, ran.text());
        assert!(ran.err.starts_with("error: "), "{}", ran.err);
        assert!(
            self.room.bytes_of("a") == self.before,
            "variorum {} wrote to the archive",
            ran.args
        );
        // The same trouble for programs: same code, one line, no data.
        let json = self.room.a(&[args, &["--json"]].concat()).exits(code);
        let envelope = json.envelope();
        assert_eq!(envelope["ok"], false, "{envelope}");
        assert!(envelope["error"]["message"].as_str().is_some_and(|m| !m.is_empty()), "{envelope}");
        ran
    }
}

impl Drop for Refusing<'_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(
                self.room.account(),
                self.account,
                "the log or the check is not what it was"
            );
        }
    }
}

/// "Привет, мир. Это письмо написано в марте." in windows-1251.
const CYRILLIC: &[u8] = b"\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0. \xdd\xf2\xee \xef\xe8\xf1\xfc\xec\xee \xed\xe0\xef\xe8\xf1\xe0\xed\xee \xe2 \xec\xe0\xf0\xf2\xe5.\n";

#[test]
fn a_file_that_is_not_utf8_is_taken_when_a_person_names_the_encoding() {
    let room = Room::new();
    let bytes = [b"A plain first line.\n", CYRILLIC].concat();
    room.write("letter.txt", &bytes);
    let refusing = Refusing::new(&room);
    refusing.refuses(
        &["add", "letter.txt", "--siglum", "W"],
        2,
        &["letter.txt", "byte 20 (line 2)", "not UTF-8", "cf", "--encoding windows-1251"],
    );
    refusing.refuses(
        &["add", "letter.txt", "--siglum", "W", "--encoding", "klingon"],
        2,
        &["klingon", "windows-1251"],
    );
    refusing.refuses(
        &["add", "letter.txt", "--siglum", "W", "--encoding", "utf-8"],
        2,
        &["byte 20 (line 2)", "not UTF-8"],
    );
    drop(refusing);

    let added = room
        .a(&["add", "letter.txt", "--siglum", "W", "--encoding", "windows-1251", "--json"])
        .exits(0)
        .data();
    assert_eq!(added["encoding"], "windows-1251");
    let text = room.a(&["show", "W", "--raw"]).exits(0).text();
    assert_eq!(text, "A plain first line.\nПривет, мир. Это письмо написано в марте.\n");

    // The revision says from what it was decoded, and the received bytes stay.
    room.a(&["export", "plain", "out"]).exits(0);
    let revision = added["revision_id"].as_str().unwrap();
    let record = fs::read_to_string(room.path(&format!(
        "out/records/{}/{}/{revision}.toml",
        &revision[..2],
        &revision[2..4]
    )))
    .unwrap();
    assert!(record.contains("windows-1251"), "{record}");
    let kept = files(&room.path("out/content")).into_iter().any(|f| fs::read(f).unwrap() == bytes);
    assert!(kept, "the bytes as they came are not in the archive");
}

#[test]
fn what_is_no_text_is_not_added() {
    let room = Room::new();
    room.write("empty.txt", "");
    room.write("nul.bin", b"one\ntwo\0three\n");
    room.write("utf16.txt", b"\xff\xfeH\0i\0\n\0");
    fs::create_dir(room.path("folder")).unwrap();
    let r = Refusing::new(&room);
    r.refuses(&["add", "empty.txt", "--siglum", "E"], 2, &["empty.txt", "the text is empty"]);
    r.refuses(&["add", "nul.bin", "--siglum", "E"], 2, &["nul.bin", "byte 7 (line 2)", "NUL"]);
    r.refuses(&["add", "utf16.txt", "--siglum", "E"], 2, &["utf16.txt", "--encoding utf-16le"]);
    r.refuses(&["add", "folder", "--siglum", "E"], 2, &["folder is a folder", "hint:"]);
    r.refuses(&["add", "nothing.txt", "--siglum", "E"], 3, &["there is no file nothing.txt"]);
    r.refuses(
        &["add", "ferry-memoir.txt", "--siglum", "F"],
        5,
        &["ferry-memoir.txt", "same SHA-256 as F@1", "variorum show F@1"],
    );
    r.refuses(
        &["add", "ferry-memoir.txt", "--siglum", "f"],
        5,
        &["siglum f differs from F in case only", "hint:"],
    );
    r.refuses(
        &["add", "ferry-memoir.txt", "--siglum", "4 x"],
        2,
        &["\"4 x\" cannot be a siglum", "M, Kaz2015"],
    );
    r.refuses(&["add", "ferry-memoir.txt", "--siglum", "C-1a2b3c"], 2, &["cannot be a siglum"]);
    r.refuses(
        &["add", "ferry-memoir.txt", "--siglum", "G", "--author-key", "empty.txt", "--by", "X"],
        2,
        &["key"],
    );
    r.refuses(
        &["add", "ferry-memoir.txt", "--siglum", "G", "--as", "Nobody"],
        3,
        &["nobody here is called \"Nobody\"", "Keeper"],
    );
}

#[test]
fn quotations_and_addresses_that_name_nothing_or_too_much() {
    let room = Room::new();
    room.write("taken.txt", "mine");
    let c = room.reply(&["--at", "F", "--say", "Well told."]);
    let r = Refusing::new(&room);
    let no = ["--receipt", "none.txt"];
    let submit = |rest: &[&'static str]| [&["submit"], rest, &no[..]].concat();
    r.refuses(
        &submit(&["--quote", "the landing", "--say", "x"]),
        3,
        &["“the landing” stands in 4 places", "F@1:16", "F@1:60-63", "hint: quote more words"],
    );
    r.refuses(
        &submit(&["--in", "F", "--quote", "the landing", "--say", "x"]),
        3,
        &["stands in 4 places of F@1", "F@1:16"],
    );
    r.refuses(
        &submit(&["--quote", "gave the order to open the landing", "--say", "x"]),
        3,
        &[
            "not found",
            "“gave the order to open the landing”",
            "closest: F@1:60-63",
            "gave the order to close the landing",
        ],
    );
    r.refuses(
        &submit(&["--in", "F@1", "--quote", "gave the order to open the landing", "--say", "x"]),
        3,
        &["not found in F@1", "closest: F@1:60-63"],
    );
    r.refuses(
        &submit(&[
            "--in",
            "F:1-40",
            "--quote",
            "gave the order to close the landing",
            "--say",
            "x",
        ]),
        3,
        &["not found in F@1:1-40", "F@1:60-63"],
    );
    r.refuses(
        &submit(&["--quote", "a penguin in the harbour sang an aria", "--say", "x"]),
        3,
        &["not found", "penguin", "hint:"],
    );
    r.refuses(
        &submit(&["--at", "F@9", "--say", "x"]),
        3,
        &["F has 1 revision(s)", "F@9", "variorum log F"],
    );
    r.refuses(
        &submit(&["--at", "F@9", "--quote", "the landing", "--say", "x"]),
        3,
        &["there is no F@9"],
    );
    r.refuses(
        &submit(&["--at", "Q", "--say", "x"]),
        3,
        &["no source is called \"Q\"", "the sources are: F"],
    );
    r.refuses(&submit(&["--at", "F:999", "--say", "x"]), 3, &["F@1 has 121 lines", "999"]);
    r.refuses(
        &submit(&["--at", "F:9-3", "--say", "x"]),
        2,
        &["F:9-3", "the last line comes before the first"],
    );
    r.refuses(&submit(&["--say", "x"]), 2, &["does not say what it answers", "--quote"]);
    r.refuses(&submit(&["--at", "F"]), 2, &["the reply says nothing", "--say"]);
    r.refuses(
        &submit(&["--at", "F", "--say", "x", "--evidence", "photo.jpg"]),
        3,
        &["there is no file photo.jpg"],
    );
    r.refuses(
        &["submit", "--at", "F", "--say", "x", "--receipt", "taken.txt"],
        5,
        &["taken.txt is there already", "nothing was recorded", "hint:"],
    );
    assert_eq!(room.read("taken.txt"), b"mine");
    assert!(!room.path("none.txt").exists(), "a receipt of nothing");
    r.refuses(&["receipt", &c, "-o", "taken.txt"], 5, &["taken.txt is there already"]);
    r.refuses(&["show", "C-000000"], 3, &["nothing here is called C-000000"]);
    r.refuses(&["show", "sha256:0000000000"], 3, &["sha256:0000000000"]);
    r.refuses(&["who", "F#99"], 3, &["F@1 has 17 passages", "99"]);
    r.refuses(&["export", "plain", "a"], 5, &["not empty"]);
}

#[test]
fn forms_that_cannot_be_read() {
    let room = Room::new();
    room.write("letter.txt", "Dear sir,\nyou are wrong.\n");
    room.write("no-words.txt", "Subject: [F] reply\n\nKind: slip\nI say: wrong day\n");
    room.write(
        "kind.txt",
        "Subject: [F] reply\n\n> There was nobody on it.\n\nKind: nonsense\nI say: no\n",
    );
    room.write("cyrillic.txt", CYRILLIC);
    let r = Refusing::new(&room);
    r.refuses(
        &["submit", "--from", "letter.txt"],
        2,
        &["letter.txt: line 1", "Dear sir,", "submit --form"],
    );
    r.refuses(
        &["submit", "--from", "no-words.txt"],
        2,
        &["no-words.txt", "the quoted lines", "submit --form"],
    );
    r.refuses(
        &["submit", "--from", "kind.txt"],
        2,
        &["kind.txt", "Kind", "nonsense", "counter-opinion", "submit --form"],
    );
    r.refuses(
        &["submit", "--from", "cyrillic.txt"],
        2,
        &["cyrillic.txt is not UTF-8 at byte 0", "hint:"],
    );
    r.refuses(&["submit", "--from", "nothing.txt"], 3, &["there is no file nothing.txt"]);
}

#[test]
fn decisions_that_cannot_stand() {
    let room = Room::new();
    let there = ["--quote", "There was nobody on it."];
    let c = room.reply(
        &[
            &there[..],
            &["--should-read", "There was nobody on it then.", "--say", "Later there was."],
        ]
        .concat(),
    );
    let silent = room.reply(&[&there[..], &["--say", "Later there was."]].concat());
    let whole = room.reply(&["--at", "F", "--should-read", "A pier", "--say", "A shorter title."]);
    room.write("not-a-key", "hello\n");
    let r = Refusing::new(&room);
    r.refuses(&["decide", &c, "adopt"], 2, &["a decision needs a reason", "--reason"]);
    r.refuses(&["decide", &c, "adopt", "--reason", "   "], 2, &["a decision needs a reason"]);
    r.refuses(
        &["decide", &c, "adopt", "--reason", "r", "--as", "Aurel Dorn"],
        5,
        &["Aurel Dorn is not an editor", "--as"],
    );
    r.refuses(
        &["decide", &c, "adopt", "--reason", "r", "--as", "Nobody"],
        3,
        &["\"Nobody\"", "Keeper"],
    );
    r.refuses(&["decide", "C-000000", "decline", "--reason", "r"], 3, &["C-000000", "variorum"]);
    r.refuses(&["decide", "C-00", "decline", "--reason", "r"], 2, &["\"C-00\"", "C-1a2b3c"]);
    r.refuses(&["decide", "F", "decline", "--reason", "r"], 2, &["\"F\"", "variorum inbox"]);
    r.refuses(&["decide", &c, "frobnicate", "--reason", "r"], 2, &["frobnicate", "alongside"]);
    r.refuses(&["decide", &c, "adopt-in-part", "--reason", "r"], 2, &["--text"]);
    r.refuses(
        &["decide", &c, "adopt", "--text", "Other words.", "--reason", "r"],
        2,
        &["adopt-in-part"],
    );
    r.refuses(
        &["decide", &c, "decline", "--text", "Words.", "--reason", "r"],
        2,
        &["--text", "decline"],
    );
    r.refuses(
        &["decide", &c, "decline", "--nature", "editorial", "--reason", "r"],
        2,
        &["--nature"],
    );
    r.refuses(&["decide", &c, "same-as", "--reason", "r"], 2, &["--same-as"]);
    r.refuses(
        &["decide", &c, "same-as", "--same-as", &c, "--reason", "r"],
        2,
        &["not the same as itself"],
    );
    r.refuses(
        &["decide", &c, "adopt", "--nature", "authorial", "--reason", "r"],
        5,
        &["only the author's own key", "--key"],
    );
    r.refuses(
        &["decide", &c, "adopt", "--nature", "received", "--reason", "r"],
        2,
        &["received", "transcription-fix"],
    );
    r.refuses(
        &["decide", &c, "adopt", "--reason", "r", "--key", "not-a-key"],
        2,
        &["the key cannot be used"],
    );
    r.refuses(
        &["decide", &silent, "adopt", "--reason", "r"],
        2,
        &[&silent, "proposes no words", "alongside"],
    );
    r.refuses(
        &["decide", &whole, "adopt", "--reason", "r"],
        5,
        &[&whole, "nothing to replace", "alongside"],
    );
    drop(r);
    room.a(&["decide", &c, "adopt", "--reason", "r"]).exits(0);
    let r = Refusing::new(&room);
    r.refuses(
        &["decide", &c, "adopt", "--reason", "r"],
        5,
        &[&c, "was adopted by D-", "newest revision"],
    );
}

#[test]
fn a_short_id_has_six_digits_or_more() {
    let room = Room::new();
    // An id that fits twice needs some thousands of records; it is not made here.
    let ids: Vec<String> =
        (0..4).map(|n| room.reply(&["--at", "F", "--say", &format!("Remark {n}.")])).collect();
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    // Fewer digits than six are no id at all: nobody is tempted to guess.
    room.a(&["show", &ids[0][..5]]).exits(3);
    room.a(&["show", &ids[0]]).exits(0);
}

/// It is taken, in a bounded part of the memory.
#[test]
fn a_line_of_fifty_megabytes_is_taken() {
    let room = Room::new();
    room.write("long.txt", "a".repeat(50_000_000));
    room.write("words.txt", "word and ".repeat(50_000_000 / 9));
    for (n, file) in ["long.txt", "words.txt"].iter().enumerate() {
        let siglum = format!("B{n}");
        let code = if cfg!(target_os = "linux") {
            // 2 GB of addresses, maps of files included.
            let script = "ulimit -v 2000000; exec \"$0\" \"$@\"";
            let program = env!("CARGO_BIN_EXE_variorum");
            let args = ["-c", script, program, "-C", "a", "add", file, "--siglum", &siglum];
            Command::new("sh").args(args).current_dir(room.path("")).status().unwrap().code()
        } else {
            Some(room.a(&["add", file, "--siglum", &siglum]).code)
        };
        assert_eq!(code, Some(0), "{file}");
    }
    assert_eq!(room.a(&["show", "B0", "--raw"]).exits(0).out.len(), 50_000_000);
    room.a(&["verify", "--full"]).exits(0);
    room.write("longer.txt", "a".repeat(64 * 1024 * 1024 + 1));
    room.a(&["add", "longer.txt", "--siglum", "B2"]).exits(2).says(&[
        "longer.txt",
        "67108865 bytes",
        "64 MiB",
    ]);
}

/// Terminal commands, reordering marks, line ends, and very long words, in
/// every place where a stranger's words can come in.
const HOSTILE: &str =
    "red \u{1b}[31m bell\u{7} back\u{8} \u{202e}turned\u{202c} hidden\u{200b} \u{9b}31m end";

fn is_quiet(text: &str) -> bool {
    !text.chars().any(|c| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

#[test]
fn hostile_text_is_shown_by_name_and_kept_exactly() {
    let room = Room::new();
    let name = format!("{HOSTILE}.txt").replace('/', "");
    let text =
        format!("First line.\n\nA passage with {HOSTILE} in it.\n\n{}\n", "x".repeat(10_000));
    room.write(&name, &text);
    let title = format!("{HOSTILE}\nsecond line of a title");
    let long = format!("{HOSTILE}\n\nand on: {}", "word ".repeat(2_000));
    let mut said = vec![
        room.a(&[
            "add",
            &name,
            "--siglum",
            "H",
            "--title",
            &title,
            "--by",
            HOSTILE,
            "--edition",
            HOSTILE,
            "--date",
            HOSTILE,
            "--rights",
            HOSTILE,
        ]),
        room.a(&["add", "ferry-memoir.txt", "--siglum", HOSTILE]),
        room.a(&["add", "absent \u{1b}[2J.txt", "--siglum", "X"]),
        room.a(&["show", HOSTILE]),
        room.a(&["locate", HOSTILE, "--in", HOSTILE]),
        room.a(&["decide", HOSTILE, "decline", "--reason", HOSTILE]),
        room.a(&["decide", "C-000000", HOSTILE, "--reason", HOSTILE]),
        room.a(&["status", "--as", HOSTILE, HOSTILE]),
        room.a(&["add", "ferry-memoir.txt", "--siglum", "Y", "--as", HOSTILE]),
        room.a(&["add", "ferry-memoir.txt", "--siglum", "Y", "--encoding", HOSTILE]),
        room.run(&["-C", HOSTILE, "status"]),
        room.run(&["diff", &name, "ferry-memoir.txt"]),
        room.run(&["locate", "A passage with", "--in", &format!("./{name}")]),
        room.run(&[
            "init",
            "c\u{1b}[31m",
            "--title",
            HOSTILE,
            "--as",
            HOSTILE,
            "--private",
            "private",
        ]),
    ];
    said[0].code.eq(&0).then_some(()).expect("the text is added");
    let sent = room.a(&[
        "submit",
        "--quote",
        "A passage with",
        "--say",
        &long,
        "--should-read",
        HOSTILE,
        "--name",
        HOSTILE,
        "--grounds",
        HOSTILE,
        "--evidence",
        &name,
        "--language",
        HOSTILE,
        "--receipt",
        "h.txt",
        "--json",
    ]);
    let c = sent.exits(0).data()["correction"].as_str().unwrap().to_string();
    room.write("form.txt", format!("Subject: [H] reply\n\n> A passage with\n\nKind: fact\nI say: {HOSTILE}\nName: {HOSTILE}\nEvidence: {HOSTILE}\n"));
    said.push(room.a(&["submit", "--from", "form.txt", "--receipt", "f.txt"]));
    said.push(room.a(&["submit", "--quote", &format!("nothing {HOSTILE}"), "--say", HOSTILE]));
    for args in [
        &["list"][..],
        &["list", "corrections"],
        &["list", "agents"],
        &["status"],
        &["inbox"],
        &["log", "--all"],
        &["log", "H"],
        &["show", "H"],
        &["show", "H", "--color", "never", "--width", "120"],
        &["show", &c],
        &["who", "H"],
        &["cite", "H"],
        &["cite", "A passage with"],
        &["verify", "--full"],
        &["verify", "--receipt", "h.txt"],
        &["decide", &c, "adopt", "--reason", HOSTILE],
        &["diff", "H@1", "H@2"],
        &["who", "H@2"],
        &["log"],
    ] {
        said.push(room.a(args));
    }
    let mut loud = Vec::new();
    for ran in &said {
        for (n, line) in ran.said().lines().enumerate() {
            if !is_quiet(line) {
                loud.push(format!(
                    "variorum {} (exit {}), line {}: {line:?}",
                    ran.args.escape_debug(),
                    ran.code,
                    n + 1
                ));
            }
        }
    }
    assert!(loud.is_empty(), "{} raw:\n{}", loud.len(), loud.join("\n"));
    let shown = room.a(&["show", &c]).exits(0).text();
    assert!(shown.contains("<U+001B>") && shown.contains("<U+202E>"), "{shown}");

    // Programs get every character.
    let texts = room.a(&["list", "--json"]).exits(0).data();
    assert!(
        texts["items"].as_array().unwrap().iter().any(|t| t["title"] == title.as_str()),
        "{texts}"
    );
    let note = room.a(&["show", &c, "--json"]).exits(0).data()["note"].clone();
    assert_eq!(note["says"], long.trim());
    assert_eq!(note["by"].as_str().or(note["name"].as_str()), Some(HOSTILE), "{note}");
    assert_eq!(room.a(&["show", "H@1", "--raw"]).exits(0).out, text.as_bytes());
    room.a(&["verify", "--full"]).exits(0);
}
