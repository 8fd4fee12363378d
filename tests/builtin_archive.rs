//! The archive in `archive/` is what its drafts give: rebuilding it from
//! `archive/drafts/story.txt` gives every file again, to the byte. To write it
//! anew after a change of the drafts: `VARIORUM_REBUILD=1 cargo test --test builtin_archive`.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("archive")
}

fn variorum(dir: &Path, args: &[String]) -> String {
    let out =
        Command::new(env!("CARGO_BIN_EXE_variorum")).current_dir(dir).args(args).output().unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// Words of a line of the story; double quotes hold words together.
fn words(line: &str) -> Vec<String> {
    line.split('"')
        .enumerate()
        .flat_map(|(n, part)| {
            let part = part.to_string();
            if n % 2 == 1 {
                vec![part]
            } else {
                part.split_whitespace().map(ToString::to_string).collect()
            }
        })
        .collect()
}

/// Plays the recording commands of the story with its own clock.
fn rebuild(base: &Path) {
    let drafts = root().join("drafts");
    let story = fs::read_to_string(drafts.join("story.txt")).unwrap();
    let (mut now, mut replies) = (String::new(), Vec::<String>::new());
    for line in story.lines() {
        if let Some(time) = line.strip_prefix("@ ") {
            now = time.to_string();
            continue;
        }
        let mut words = words(line);
        if !matches!(words.first().map(String::as_str), Some("init" | "add" | "submit" | "decide"))
        {
            continue;
        }
        for word in &mut words {
            for (n, reply) in (1..).zip(&replies) {
                *word = word.replace(&format!("{{{n}}}"), reply);
            }
            if drafts.join(&*word).is_file() {
                *word = drafts.join(&*word).display().to_string();
            }
        }
        let archive = base.join("archive").display().to_string();
        let mut args: Vec<String> =
            ["-C", &archive, "--json", "--quiet", "--now", &now, "--test-seed", "hollen"]
                .map(Into::into)
                .to_vec();
        let submits = words[0] == "submit";
        if words[0] == "init" {
            words.extend(["--private".into(), base.join("private").display().to_string()]);
        }
        if submits {
            words.extend([
                "--receipt".into(),
                base.join(format!("r{}", replies.len())).display().to_string(),
            ]);
        }
        args.extend(words);
        let answer: serde_json::Value = serde_json::from_str(&variorum(base, &args)).unwrap();
        if submits {
            replies.push(answer["data"]["correction"].as_str().unwrap().to_string());
        }
    }
    let export = ["-C", "archive", "--quiet", "export", "plain", "plain"].map(Into::into);
    variorum(base, &export);
}

fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(dir: &Path, below: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(below).unwrap().to_string_lossy().replace('\\', "/");
            if name == "drafts" {
                continue;
            }
            if path.is_dir() {
                walk(&path, below, out);
            } else {
                out.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(dir, dir, &mut out);
    out
}

#[test]
fn the_drafts_give_the_archive() {
    let base = tempfile::tempdir().unwrap();
    rebuild(base.path());
    let built = files(&base.path().join("plain"));
    if std::env::var_os("VARIORUM_REBUILD").is_some() {
        for name in files(&root()).keys() {
            fs::remove_file(root().join(name)).unwrap();
        }
        for (name, bytes) in &built {
            let path = root().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let stored = files(&root());
    let names = |f: &BTreeMap<String, Vec<u8>>| f.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&stored), names(&built), "archive/ has other files than its drafts give");
    for (name, bytes) in &built {
        assert!(stored[name] == *bytes, "archive/{name} is not what the drafts give");
    }
}

#[test]
fn the_archive_verifies_where_it_lies() {
    let args = ["-C", "archive", "--json", "verify", "--full"].map(Into::into);
    let answer = variorum(Path::new(env!("CARGO_MANIFEST_DIR")), &args);
    assert!(answer.contains("\"ok\":true,\"checked\""), "{answer}");
}
