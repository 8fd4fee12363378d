//! The check by hand in `schemas/format.md`, section 11, as it stands there:
//! a plain export, and no program of ours.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn there(program: &str) -> bool {
    let mut run = Command::new(program);
    run.arg("--help").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    run.status().is_ok()
}

/// The fenced `sh` blocks of section 11 after the first, which makes the export.
fn blocks(format: &str) -> Vec<String> {
    let section = format.split("\n## 11. By hand\n").nth(1).expect("section 11");
    let mut parts = section.split("```sh\n").skip(2);
    parts.by_ref().map(|p| p.split("```").next().unwrap_or_default().to_string()).collect()
}

/// A plain export and the blocks that check it.
struct Export {
    dir: tempfile::TempDir,
    blocks: Vec<String>,
}

impl Export {
    /// None where a program is missing that the check needs.
    fn new(fill: impl Fn(&Path, &Path)) -> Option<Self> {
        if let Some(missing) =
            ["bash", "sha256sum", "openssl", "xxd", "ssh-keygen"].into_iter().find(|p| !there(p))
        {
            println!("skipped: {missing} is not here");
            return None;
        }
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let blocks = blocks(&fs::read_to_string(home.join("schemas/format.md")).unwrap());
        assert_eq!(blocks.len(), 7);
        let dir = tempfile::tempdir().unwrap();
        fill(home, dir.path());
        Some(Self { dir, blocks })
    }

    fn out(&self) -> PathBuf {
        self.dir.path().join("out")
    }

    fn said(&self, block: usize) -> String {
        // The last two use `root` of the fifth.
        let before = if block == 6 { self.blocks[4].as_str() } else { "" };
        let script = format!("set -eu\n{before}\necho --\n{}", self.blocks[block]);
        let run = Command::new("bash").args(["-c", &script]).current_dir(self.out()).output();
        let run = run.unwrap();
        let text = String::from_utf8_lossy(&run.stdout).into_owned()
            + &String::from_utf8_lossy(&run.stderr);
        text.split_once("--\n").map_or(text.clone(), |(_, t)| t.to_string())
    }
}

/// What the first block makes.
fn tour(_home: &Path, dir: &Path) {
    for args in [&["tour", "--keep", "demo"][..], &["-C", "demo/archive", "export", "plain", "out"]]
    {
        let run = Command::new(env!("CARGO_BIN_EXE_variorum")).current_dir(dir).args(args).output();
        let run = run.unwrap();
        assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    }
}

/// The built-in archive is a plain export.
fn built_in(home: &Path, dir: &Path) {
    for file in walk(&home.join("archive")) {
        let to = dir.join("out").join(Path::new(&file).strip_prefix(home.join("archive")).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(&file, to).unwrap();
    }
}

#[test]
fn the_check_by_hand_works_and_finds_damage() {
    let Some(export) = Export::new(tour) else { return };
    for quiet in [0, 1, 2, 3] {
        assert_eq!(export.said(quiet), "", "{}", export.blocks[quiet]);
    }
    let root = export.said(4);
    let [a, b] = root.lines().collect::<Vec<_>>()[..] else { panic!("two roots: {root}") };
    assert_eq!((a, a.len()), (b, 64));
    assert!(export.said(5).contains("Verified Successfully"), "{}", export.said(5));
    let root = export.said(6);
    let [a, b] = root.lines().collect::<Vec<_>>()[..] else { panic!("two roots: {root}") };
    assert_eq!(format!("root = \"{a}\""), b);

    // One changed letter of a text is seen by the second block, one of a
    // checkpoint by the sixth.
    let out = export.out();
    let checkpoint = fs::read_to_string(out.join("log/checkpoint")).unwrap();
    fs::write(out.join("log/checkpoint"), checkpoint.replacen('\n', "x\n", 1)).unwrap();
    assert!(!export.said(5).contains("Verified Successfully"));
    let text = walk(&out.join("content")).into_iter().find(|p| !p.ends_with(".salt")).unwrap();
    let mut bytes = fs::read(&text).unwrap();
    bytes[0] ^= 1;
    fs::write(&text, bytes).unwrap();
    assert!(export.said(1).contains("damaged: content/"), "{}", export.said(1));
}

/// All but the two trees, which a shell computes too slowly for so many records.
#[test]
fn the_built_in_archive_passes_the_check_by_hand() {
    let Some(export) = Export::new(built_in) else { return };
    for quiet in [0, 1, 2, 3] {
        assert_eq!(export.said(quiet), "", "{}", export.blocks[quiet]);
    }
    assert!(export.said(5).contains("Verified Successfully"), "{}", export.said(5));
    let out = Command::new("sha256sum")
        .args(["-c", "--quiet", "MANIFEST.sha256"])
        .current_dir(export.out())
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
}

fn walk(dir: &Path) -> Vec<String> {
    let mut out = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(walk(&path))
        } else {
            out.push(path.to_str().unwrap().to_string())
        }
    }
    out.sort();
    out
}
