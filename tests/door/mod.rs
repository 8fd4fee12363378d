//! Runs the program as a person does, in a folder of its own, with a clock
//! that goes on by one minute a command and randomness that can be had again.
//! What a command did is judged by its exit code, its two outputs, and every
//! byte of the archive's folder.
#![allow(clippy::print_stderr, dead_code, clippy::unwrap_used, clippy::print_stdout)]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The built-in text, as it lies in the repository.
pub const FERRY: &str = include_str!("../../archive/drafts/ferry-memoir.txt");

/// What a command did.
pub struct Ran {
    pub args: String,
    pub code: i32,
    pub out: Vec<u8>,
    pub err: String,
}

impl Ran {
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "variorum {}\n{}\n{}", self.args, self.text(), self.err);
        self
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    /// The envelope.
    #[track_caller]
    pub fn envelope(&self) -> Value {
        serde_json::from_slice(&self.out).unwrap_or_else(|e| {
            panic!("variorum {}: {e}\n{}\n{}", self.args, self.text(), self.err)
        })
    }

    /// The data of the envelope.
    #[track_caller]
    pub fn data(&self) -> Value {
        let envelope = self.envelope();
        assert_eq!(envelope["ok"], true, "variorum {}: {envelope}", self.args);
        envelope["data"].clone()
    }

    /// Everything that was said, on both outputs.
    pub fn said(&self) -> String {
        format!("{}{}", self.text(), self.err)
    }

    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        let said = self.said();
        for w in words {
            assert!(said.contains(w), "variorum {}: {w:?} is missing in\n{said}", self.args);
        }
        self
    }
}

/// A folder with an archive `a` that holds the built-in text as `F`.
pub struct Room {
    dir: tempfile::TempDir,
    minutes: Cell<u32>,
}

impl Room {
    /// An empty room.
    pub fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), minutes: Cell::new(0) }
    }

    /// A room with the archive.
    pub fn new() -> Self {
        let room = Self::empty();
        room.run(&[
            "init",
            "a",
            "--title",
            "A test",
            "--as",
            "Keeper",
            "--origin",
            "test.example/a",
            "--private",
            "private",
        ])
        .exits(0);
        room.write("ferry-memoir.txt", FERRY);
        room.a(&[
            "add",
            "ferry-memoir.txt",
            "--siglum",
            "F",
            "--by",
            "Aurel Dorn",
            "--title",
            "The Long Pier",
        ])
        .exits(0);
        room
    }

    /// A room whose archive holds the memoir of `../shared/seeds` as `M`; none
    /// where it is not there, which is said.
    pub fn of_the_memoir() -> Option<Self> {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
        let memoir = fs::read_dir(&seeds).ok().and_then(|all| {
            all.map(|e| e.unwrap().path()).find(|p| p.to_str().unwrap().contains("/001_"))
        });
        let Some(memoir) = memoir else {
            eprintln!("SKIPPED: ../shared/seeds is not here");
            return None;
        };
        let room = Self::empty();
        let of = ["--origin", "test.example/m", "--private", "private"];
        room.run(&[&["init", "a", "--title", "The memoir", "--as", "Keeper"], &of[..]].concat())
            .exits(0);
        let named = ["--siglum", "M", "--title", "Memoir", "--language", "en"];
        room.a(&[&["add", memoir.to_str().unwrap()], &named[..]].concat()).exits(0);
        Some(room)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        let n = self.minutes.get();
        self.minutes.set(n + 1);
        let mut c = Command::new(env!("CARGO_BIN_EXE_variorum"));
        c.args(args).args([
            "--now",
            &format!("2026-03-{:02}T{:02}:{:02}:00Z", 2 + n / 1440, n / 60 % 24, n % 60),
        ]);
        c.args(["--test-seed", "door"]).current_dir(self.dir.path()).stdin(Stdio::null());
        // Nothing of the surroundings, but what finds the system's programs.
        c.env_clear().env("HOME", self.path("home"));
        if let Some(path) = std::env::var_os("PATH") {
            c.env("PATH", path);
        }
        c
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, &[])
    }

    pub fn run_with(&self, args: &[&str], env: &[(&str, &str)]) -> Ran {
        let done = self.command(args).envs(env.iter().copied()).output().unwrap();
        Ran {
            args: args.join(" "),
            code: done.status.code().unwrap_or(-1),
            out: done.stdout,
            err: String::from_utf8_lossy(&done.stderr).into_owned(),
        }
    }

    /// A command on the archive `a`.
    pub fn a(&self, args: &[&str]) -> Ran {
        self.run(&[&["-C", "a"], args].concat())
    }

    /// A reply; its short id.
    #[track_caller]
    pub fn reply(&self, args: &[&str]) -> String {
        let receipt = format!("receipt-{}.txt", self.minutes.get());
        let sent = self.a(&[&["submit", "--json", "--receipt", &receipt], args].concat()).exits(0);
        sent.data()["correction"].as_str().unwrap().to_string()
    }

    /// Every file of the archive but the index, which anybody may delete, and
    /// the lock, which says who wrote last.
    pub fn bytes_of(&self, archive: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let keep = |p: &PathBuf| {
            let name = p.file_name().unwrap().to_string_lossy().into_owned();
            !name.starts_with("index.sqlite") && name != "archive.lock"
        };
        files(&self.path(archive))
            .into_iter()
            .filter(keep)
            .map(|p| (p.clone(), fs::read(p).unwrap()))
            .collect()
    }

    /// What the archive says of itself: its log and a full check.
    pub fn account(&self) -> (Value, Value) {
        let log = self.a(&["log", "--all", "-n", "10000", "--json"]).exits(0).data();
        (log, self.a(&["verify", "--full", "--json"]).exits(0).data())
    }

    pub fn copy(&self, from: &str, to: &str) {
        copy(&self.path(from), &self.path(to));
    }
}

/// All files below a folder, in order.
pub fn files(dir: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all.sort();
    all
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Changes one bit of the byte in the middle of a file.
pub fn damage(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    // Packs are written without the right to write.
    fs::remove_file(file).unwrap();
    fs::write(file, bytes).unwrap();
}
