//! The archive in `archive/` is what its drafts give: playing the stages in
//! `archive/drafts/stages/` gives every file again, to the byte. To write it
//! anew after a change of the drafts:
//! `VARIORUM_REBUILD=1 cargo test --test builtin_archive`.
//!
//! The drafts of the history point into texts that are not part of this
//! repository. Where they are missing, everything else is rebuilt and compared.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("archive")
}

/// The texts that the history is about, where they are here.
fn withheld_texts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut out: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    out.sort();
    out
}

/// Runs the program; `own` takes what it keeps outside the archive.
fn variorum(dir: &Path, own: &Path, args: &[String]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_variorum"))
        .current_dir(dir)
        .env("VARIORUM_PRIVATE", own)
        .args(args)
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{args:?}: {}{}",
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8(out.stdout).unwrap()
}

/// Words of a line of a story; double quotes hold words together.
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

/// An archive that is being made from stages.
struct Play<'a> {
    base: &'a Path,
    now: String,
    /// `{1}`, `{name}` and what they stand for.
    names: BTreeMap<String, String>,
    replies: usize,
    begun: bool,
    texts: Vec<PathBuf>,
    /// Drafts that were left out, because their texts are not here.
    left_out: Vec<String>,
}

impl Play<'_> {
    /// Plays the recording commands of a file of drafts with its own clock.
    fn file(&mut self, name: &str) {
        let story = fs::read_to_string(root().join("drafts").join(name)).unwrap();
        for line in story.lines() {
            if let Some(time) = line.strip_prefix("@ ") {
                self.now = time.to_string();
            } else if let Some(other) = line.strip_prefix("play ") {
                self.file(other);
            } else {
                self.command(line);
            }
        }
    }

    fn command(&mut self, line: &str) {
        let (label, line) = match line.strip_prefix('[').and_then(|l| l.split_once("] ")) {
            Some((label, line)) => (Some(label), line),
            None => (None, line),
        };
        let mut words = words(line);
        let Some(verb) = words.first().cloned() else { return };
        match verb.as_str() {
            "add" | "submit" | "decide" => {}
            "apply" if self.lacks_texts(&words[1]) => return self.left_out.push(words[1].clone()),
            "apply" if root().join("drafts").join(&words[1]).exists() => {}
            "init" if !self.begun => self.begun = true,
            _ => return,
        }
        let drafts = root().join("drafts");
        for word in &mut words {
            for (name, id) in &self.names {
                *word = word.replace(&format!("{{{name}}}"), id);
            }
            if drafts.join(&*word).is_file() || verb == "apply" && drafts.join(&*word).is_dir() {
                *word = drafts.join(&*word).display().to_string();
            }
        }
        let path = |name: &str| self.base.join(name).display().to_string();
        match verb.as_str() {
            "init" => words.extend(["--private".into(), path("private")]),
            "submit" => {
                self.replies += 1;
                words.extend(["--receipt".into(), path(&format!("r{}", self.replies))]);
            }
            "apply" if words[1].ends_with("history") => {
                for text in &self.texts {
                    words.extend(["--text".into(), text.display().to_string()]);
                }
            }
            _ => {}
        }
        let mut args: Vec<String> =
            ["-C", &path("archive"), "--json", "--quiet", "--now", &self.now, "--test-seed"]
                .map(Into::into)
                .to_vec();
        args.push("hollen".into());
        args.extend(words);
        let answer: serde_json::Value =
            serde_json::from_str(&variorum(self.base, &self.base.join("private"), &args)).unwrap();
        let field = match verb.as_str() {
            "submit" => "correction",
            "decide" => "decision",
            _ => return,
        };
        let id = answer["data"][field].as_str().unwrap().to_string();
        if verb == "submit" {
            self.names.insert(self.replies.to_string(), id.clone());
        }
        if let Some(label) = label {
            assert!(self.names.insert(label.into(), id).is_none(), "[{label}] stands twice");
        }
    }

    fn lacks_texts(&self, drafts: &str) -> bool {
        drafts == "history" && self.texts.is_empty() && root().join("drafts").join(drafts).exists()
    }
}

/// In memory where that can be: some thousand files are synced one by one, and
/// none of them has to outlive a power cut.
fn scratch() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// Makes the archive anew; gives the drafts that were left out.
fn rebuild(base: &Path) -> Vec<String> {
    let mut play = Play {
        base,
        now: String::new(),
        names: BTreeMap::new(),
        replies: 0,
        begun: false,
        texts: withheld_texts(),
        left_out: Vec::new(),
    };
    let mut stages: Vec<String> = fs::read_dir(root().join("drafts/stages"))
        .unwrap()
        .map(|e| format!("stages/{}", e.unwrap().file_name().to_string_lossy()))
        .collect();
    stages.sort();
    for stage in stages {
        play.file(&stage);
    }
    let export = ["-C", "archive", "--quiet", "export", "plain", "plain"].map(Into::into);
    variorum(base, &base.join("private"), &export);
    play.left_out
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
    let start = Instant::now();
    let base = scratch();
    let left_out = rebuild(base.path());
    let mut built = files(&base.path().join("plain"));
    println!("{} files from the drafts in {:.1} s", built.len(), start.elapsed().as_secs_f32());
    if std::env::var_os("VARIORUM_REBUILD").is_some() {
        assert!(left_out.is_empty(), "{left_out:?} cannot be applied without their texts");
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
    if left_out.is_empty() {
        let names = |f: &BTreeMap<String, Vec<u8>>| f.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&stored), names(&built), "archive/ has other files than its drafts give");
    } else {
        println!("not compared, for want of the texts they are about: {left_out:?}");
        // Later entries of the log change its head and what follows from it.
        built.retain(|name, _| name.starts_with("records/") || name.starts_with("content/"));
    }
    for (name, bytes) in &built {
        let here = stored.get(name).unwrap_or_else(|| panic!("archive/{name} is missing"));
        assert!(here == bytes, "archive/{name} is not what the drafts give");
    }
}

#[test]
fn the_archive_verifies_where_it_lies() {
    let args = ["-C", "archive", "--json", "verify", "--full"].map(Into::into);
    let own = tempfile::tempdir().unwrap();
    let answer = variorum(Path::new(env!("CARGO_MANIFEST_DIR")), own.path(), &args);
    assert!(answer.contains("\"ok\":true,\"checked\""), "{answer}");
}
