//! Archives and receipts that are damaged, of a later format, read-only or on
//! a full disk: what is wrong is named, and nothing is lost.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod door;

use std::fs;
use std::path::Path;
use std::process::Command;

use door::{FERRY, Room, damage, files};

#[test]
fn folders_that_are_no_archive_or_of_a_later_format() {
    let room = Room::new();
    room.write("file", "x");
    fs::create_dir(room.path("folder")).unwrap();
    fs::write(room.path("folder/x"), "x").unwrap();
    for verb in [
        &["status"][..],
        &["verify", "--full"],
        &["log"],
        &["add", "ferry-memoir.txt", "--siglum", "X"],
    ] {
        let at = |dir: &str| room.run(&[&["-C", dir], verb].concat());
        at("nowhere").exits(3).says(&["no archive at nowhere", "variorum init nowhere"]);
        at("folder").exits(3).says(&["folder is not an archive", "variorum init"]);
        at("file").exits(3).says(&["file is not an archive", "it is a file"]);
    }
    room.run(&["status"]).exits(3).says(&["-C"]);
    room.run(&["init", "folder", "--private", "private"])
        .exits(5)
        .says(&["folder is not empty", "it holds x"]);
    room.run(&["init", "b", "--private", "b/keys"]).exits(5).says(&["lies inside the archive"]);

    room.copy("a", "later");
    let config = fs::read_to_string(room.path("later/config")).unwrap();
    fs::write(room.path("later/config"), config.replace("format = 1", "format = 99")).unwrap();
    room.a(&["export", "plain", "plain"]).exits(0);
    room.copy("plain", "plain9");
    let toml = fs::read_to_string(room.path("plain9/archive.toml")).unwrap();
    fs::write(room.path("plain9/archive.toml"), toml.replace("archive/1", "archive/9")).unwrap();
    for verb in [
        &["status"][..],
        &["verify", "--full"],
        &["show", "F"],
        &["submit", "--at", "F", "--say", "x"],
    ] {
        room.run(&[&["-C", "later"], verb].concat()).exits(5).says(&[
            "format 99",
            "knows format 1",
            "newer variorum",
        ]);
        room.run(&[&["-C", "plain9"], verb].concat()).exits(5).says(&[
            "format 9",
            "knows format 1",
            "newer variorum",
        ]);
    }
}

#[test]
fn a_plain_folder_is_read_and_not_written() {
    let room = Room::new();
    let c = room.reply(&["--at", "F", "--say", "Well told."]);
    room.a(&["export", "plain", "plain"]).exits(0);
    let before = room.bytes_of("plain");
    for verb in [
        &["add", "ferry-memoir.txt", "--siglum", "X"][..],
        &["submit", "--at", "F", "--say", "x"],
        &["decide", &c, "decline", "--reason", "r"],
    ] {
        room.run(&[&["-C", "plain"], verb].concat())
            .exits(5)
            .says(&["can only be read", "plain folder"]);
    }
    room.run(&["-C", "plain", "verify", "--full"]).exits(0);
    assert!(room.bytes_of("plain") == before);
}

#[test]
fn every_damaged_file_of_an_archive_is_named() {
    let room = Room::new();
    let c = room.reply(&[
        "--quote",
        "There was nobody on it.",
        "--should-read",
        "There was nobody on it then.",
        "--say",
        "x",
    ]);
    room.a(&["decide", &c, "adopt", "--reason", "r"]).exits(0);
    room.copy("a", "whole");
    let mut kinds = std::collections::BTreeSet::new();
    for file in files(&room.path("whole")) {
        let inside = file.strip_prefix(room.path("whole")).unwrap().to_string_lossy().into_owned();
        if inside.starts_with("index.sqlite") || inside == "archive.lock" {
            continue;
        }
        kinds.insert(file.extension().map_or(inside.clone(), |e| e.to_string_lossy().into_owned()));
        fs::remove_dir_all(room.path("a")).unwrap();
        room.copy("whole", "a");
        damage(&room.path("a").join(&inside));
        let ran = room.a(&["verify", "--full"]);
        let stem = Path::new(&inside).file_stem().unwrap().to_string_lossy().into_owned();
        assert_eq!(ran.code, 4, "{inside}: {}", ran.said());
        assert!(ran.said().contains(&stem), "{inside} is not named: {}", ran.said());
    }
    println!("damaged in turn: {kinds:?}");
    for kind in ["pack", "idx", "config", "HEAD", "refs/heads/main"] {
        assert!(kinds.contains(kind), "no {kind} among {kinds:?}");
    }
}

#[test]
fn every_damaged_file_of_a_plain_folder_is_named() {
    let room = Room::new();
    room.write("page.txt", "10.40, closed by order Mrs S.");
    let c = room.reply(&[
        "--quote",
        "There was nobody on it.",
        "--should-read",
        "There was nobody on it then.",
        "--say",
        "x",
        "--evidence",
        "page.txt",
    ]);
    room.a(&["decide", &c, "adopt", "--reason", "r"]).exits(0);
    room.a(&["export", "plain", "whole"]).exits(0);
    let all = files(&room.path("whole"));
    for file in &all {
        let inside =
            file.strip_prefix(room.path("whole")).unwrap().to_string_lossy().replace('\\', "/");
        // What an export adds for people is not part of the archive.
        if matches!(inside.as_str(), "README.md" | "MANIFEST.sha256") {
            continue;
        }
        let bytes = fs::read(file).unwrap();
        damage(file);
        let ran = room.run(&["-C", "whole", "verify", "--full"]);
        assert_eq!(ran.code, 4, "{inside}: {}", ran.said());
        // Content and its salt have one name together: which of them is
        // damaged cannot be told.
        let named = inside.strip_suffix(".salt").unwrap_or(&inside);
        // An entry bundle goes by its name below the log.
        let named = named.strip_prefix("log/").unwrap_or(named);
        assert!(ran.said().contains(named), "{inside} is not named: {}", ran.said());
        // One that is gone is missed, too.
        fs::remove_file(file).unwrap();
        let ran = room.run(&["-C", "whole", "verify", "--full"]);
        assert!(
            ran.code == 4 || inside == "archive.toml" && ran.code == 3,
            "{inside} gone: {} {}",
            ran.code,
            ran.said()
        );
        fs::write(file, bytes).unwrap();
    }
    room.run(&["-C", "whole", "verify", "--full"]).exits(0);
    println!("{} files damaged in turn", all.len());
    fs::write(room.path("whole/records/stray.toml"), "x").unwrap();
    room.run(&["-C", "whole", "verify", "--full"]).exits(4).says(&["records/stray.toml"]);
}

#[test]
fn receipts_that_do_not_hold() {
    let room = Room::new();
    room.run(&[
        "init",
        "b",
        "--title",
        "Another",
        "--as",
        "Keeper",
        "--origin",
        "test.example/b",
        "--private",
        "private",
    ])
    .exits(0);
    room.run(&["-C", "b", "add", "ferry-memoir.txt", "--siglum", "F"]).exits(0);
    room.run(&["-C", "b", "submit", "--at", "F", "--say", "Elsewhere.", "--receipt", "other.txt"])
        .exits(0);
    room.copy("a", "former");
    room.a(&[
        "submit",
        "--quote",
        "There was nobody on it.",
        "--say",
        "I was.",
        "--receipt",
        "good.txt",
    ])
    .exits(0);
    room.a(&["verify", "--receipt", "good.txt"]).exits(0).says(&["I was.", "continues its log"]);
    room.run(&["verify", "--receipt", "good.txt"])
        .exits(0)
        .says(&["no copy of the archive was looked at"]);

    room.a(&["verify", "--receipt", "other.txt"]).exits(4).says(&["log_key", "test.example/b"]);
    room.run(&["verify", "--receipt", "other.txt"]).exits(0);
    room.write("letter.txt", "Dear sir,\n");
    room.run(&["verify", "--receipt", "letter.txt"]).exits(4).says(&["receipt"]);
    room.run(&["verify", "--receipt", "nothing.txt"])
        .exits(3)
        .says(&["there is no file nothing.txt"]);

    let good = room.read("good.txt");
    for cut in [0, 1, 100, good.len() / 2, good.len() - 200, good.len() - 2, good.len() - 1] {
        room.write("cut.txt", &good[..cut]);
        room.run(&["verify", "--receipt", "cut.txt"]).exits(4).says(&["receipt"]);
    }
    // One letter or digit of every part, and of every 97th place.
    let text = String::from_utf8(good.clone()).unwrap();
    let body = text.find("\nkind = ").unwrap() + 1;
    let mut at = body;
    let mut parts = Vec::new();
    let mut places: Vec<usize> = (body..good.len()).step_by(97).collect();
    for line in text[body..].split_inclusive('\n') {
        if let Some((part, _)) = line.split_once(" = ") {
            parts.push(part.to_string());
            places.push(at + line.len() / 2);
        }
        at += line.len();
    }
    for part in [
        "record",
        "reply",
        "salt",
        "intake",
        "intake_seal",
        "proof",
        "intake_proof",
        "log_key",
        "origin",
    ] {
        assert!(parts.iter().any(|p| p == part), "{part} is not among {parts:?}");
    }
    let mut changed = 0;
    for place in places {
        let Some(place) = (place..good.len()).find(|p| good[*p].is_ascii_alphanumeric()) else {
            continue;
        };
        // Inside an escape such as \n the next letter does as well.
        if good[place - 1] == b'\\' {
            continue;
        }
        let mut bad = good.clone();
        bad[place] = if bad[place] == b'7' { b'3' } else { b'7' };
        room.write("bad.txt", &bad);
        for offline in [true, false] {
            let ran = if offline {
                room.run(&["verify", "--receipt", "bad.txt"])
            } else {
                room.a(&["verify", "--receipt", "bad.txt"])
            };
            let line = text[..place].lines().count();
            assert_eq!(
                ran.code,
                4,
                "byte {place} in line {line} (offline {offline}): {}",
                ran.said()
            );
        }
        changed += 1;
    }
    println!("{changed} receipts with one changed byte refused, parts {parts:?}");

    // The archive was put back to what it was before the reply came.
    fs::rename(room.path("a"), room.path("today")).unwrap();
    fs::rename(room.path("former"), room.path("a")).unwrap();
    room.a(&["verify", "--full"]).exits(0);
    room.a(&["verify", "--receipt", "good.txt"]).exits(4).says(&["log"]);
    let short = room.a(&["verify", "--receipt", "good.txt"]).said();
    assert!(
        short.contains("this copy has 10 entries, but the receipt was given at 13"),
        "it does not say that the log is shorter: {short}"
    );
    // And went on from there: as long as the true one, and another.
    room.a(&["submit", "--quote", "They sang.", "--say", "They did not.", "--receipt", "fork.txt"])
        .exits(0);
    room.a(&["submit", "--quote", "They sang.", "--say", "They did.", "--receipt", "fork2.txt"])
        .exits(0);
    room.a(&["verify", "--full"]).exits(0);
    room.a(&["verify", "--receipt", "good.txt"]).exits(4);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing() {
    struct Disk(std::path::PathBuf);
    impl Drop for Disk {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg("-l").arg(&self.0).output();
        }
    }
    let room = Room::empty();
    fs::create_dir(room.path("disk")).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
        .arg(room.path("disk"))
        .output();
    if !mounted.is_ok_and(|m| m.status.success()) {
        println!("skipped: a file system of 2 MB cannot be mounted here");
        return;
    }
    let _disk = Disk(room.path("disk"));
    room.write("ferry-memoir.txt", FERRY);
    let at = |args: &[&str]| room.run(&[&["-C", "disk/a"], args].concat());
    room.run(&["init", "disk/a", "--title", "T", "--as", "Keeper", "--private", "private"])
        .exits(0);
    at(&["add", "ferry-memoir.txt", "--siglum", "F"]).exits(0);
    let log = at(&["log", "--all", "--json"]).exits(0).data();
    // Text that does not get smaller when packed.
    let mut x = 1u64;
    let noise: String = (0..3_000_000)
        .map(|_| {
            x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            char::from(b' ' + ((x >> 33) % 90) as u8)
        })
        .collect();
    room.write("noise.txt", &noise);
    at(&["add", "noise.txt", "--siglum", "N"]).exits(6).says(&["error:", "disk/a"]);
    at(&["submit", "--at", "F", "--say", "x", "--evidence", "noise.txt", "--receipt", "r.txt"])
        .exits(6);
    assert!(!room.path("r.txt").exists());
    at(&["verify", "--full"]).exits(0);
    assert_eq!(at(&["log", "--all", "--json"]).exits(0).data(), log);
    // What fits is taken still.
    at(&["submit", "--at", "F", "--say", "It fits.", "--receipt", "r.txt"]).exits(0);
    at(&["verify", "--receipt", "r.txt"]).exits(0);
}
