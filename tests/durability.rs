//! Syncs before the acknowledgement, kill -9 at any system call, full disks.
//! Needs strace, and says so plainly where it is missing.
//!
//! Has a `main` of its own instead of the usual harness, so that the process
//! that is traced has one thread: strace counts calls by thread.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod store_probe;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use store_probe::{acknowledged, assert_dense, assert_recorded, commit, has, init};
use variorum::store::Store;

fn main() {
    store_probe::run_if_asked();
    let tests: [(&str, fn()); 5] = [
        (
            "everything_is_synced_before_the_acknowledgement",
            everything_is_synced_before_the_acknowledgement,
        ),
        (
            "killed_at_any_call_nothing_is_torn_lost_or_locked",
            killed_at_any_call_nothing_is_torn_lost_or_locked,
        ),
        (
            "a_compaction_killed_at_any_call_loses_nothing",
            a_compaction_killed_at_any_call_loses_nothing,
        ),
        (
            "a_failing_disk_gives_a_clean_error_and_the_old_state",
            a_failing_disk_gives_a_clean_error_and_the_old_state,
        ),
        (
            "a_full_disk_is_refused_and_leaves_no_debris",
            a_full_disk_is_refused_and_leaves_no_debris,
        ),
    ];
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    if !cfg!(target_os = "linux") || std::env::args().any(|a| a == "--list") {
        return;
    }
    for (name, test) in
        tests.iter().filter(|(n, _)| wanted.is_empty() || wanted.iter().any(|w| n.contains(w)))
    {
        println!("test {name} ...");
        // A panic ends the process with its message: the others can wait.
        test();
        println!("test {name} ... ok");
    }
}

fn words(s: &str) -> Vec<String> {
    s.split(' ').map(str::to_owned).collect()
}

/// Whether strace is there and may trace.
fn can_trace() -> bool {
    let can = has("strace")
        && Command::new("strace")
            .args(["-f", "-o", "/dev/null", "true"])
            .status()
            .is_ok_and(|s| s.success());
    if !can {
        println!("skipped: strace is not installed, or may not trace");
    }
    can
}

/// The calls that change the archive, as the child makes them.
struct Call {
    name: String,
    args: String,
}

fn trace(text: &str) -> Vec<Call> {
    let mut open: HashMap<&str, String> = HashMap::new();
    let mut calls = Vec::new();
    for line in text.lines() {
        let Some((pid, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        let whole = if let Some(head) = rest.strip_suffix(" <unfinished ...>") {
            open.insert(pid, head.to_owned());
            continue;
        } else if rest.starts_with("<... ") {
            let tail = rest.split_once("resumed>").map_or("", |(_, t)| t);
            open.remove(pid).unwrap_or_default() + tail
        } else {
            rest.to_owned()
        };
        if let Some((name, args)) = whole.split_once('(') {
            calls.push(Call { name: name.to_owned(), args: args.to_owned() });
        }
    }
    calls
}

/// The paths in `<…>` after file descriptors (strace -y).
fn angle(args: &str) -> Option<&str> {
    Some(args.split_once('<')?.1.split_once('>')?.0)
}

/// The strings in quotes.
fn quoted(args: &str) -> Vec<&str> {
    args.split('"').skip(1).step_by(2).collect()
}

fn everything_is_synced_before_the_acknowledgement() {
    if !can_trace() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    let store = init(&root);
    commit(&store, 9, 0).unwrap();
    let log = root.join("trace");
    let wrap = words(&format!(
        "strace -f -y -s 200 -o {} -e trace=openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,mkdir",
        log.display()
    ));
    let out = store_probe::child(&wrap, store.path(), 1, 2).output().unwrap();
    assert_eq!(acknowledged(&out.stdout), [0, 1], "{}", String::from_utf8_lossy(&out.stderr));
    let text = fs::read_to_string(&log).unwrap();

    let place = |sub: &str| store.path().join(sub).display().to_string();
    let (objects, refs) = (place("objects"), place("refs"));
    let watched = |p: &str| p.starts_with(&objects) || p.starts_with(&refs);
    let (mut unsynced_files, mut unsynced_dirs) = (HashSet::new(), HashSet::new());
    let (mut acknowledgements, mut syncs, mut renames) = (0, 0, 0);
    for c in trace(&text) {
        match c.name.as_str() {
            "openat" if c.args.contains("O_CREAT") => {
                let path = quoted(&c.args)[0].to_owned();
                if watched(&path) && !c.args.contains("= -1") {
                    unsynced_dirs.insert(Path::new(&path).parent().unwrap().to_path_buf());
                }
            }
            "write" | "pwrite64" => {
                let path = angle(&c.args).unwrap_or_default();
                if watched(path) {
                    unsynced_files.insert(path.to_owned());
                }
                if c.args.contains("acknowledged ") {
                    acknowledgements += 1;
                    assert!(unsynced_files.is_empty(), "not synced: {unsynced_files:?}");
                    assert!(unsynced_dirs.is_empty(), "not synced: {unsynced_dirs:?}");
                }
            }
            "fsync" | "fdatasync" => {
                let path = angle(&c.args).unwrap_or_default().to_owned();
                syncs += usize::from(watched(&path));
                unsynced_dirs.remove(Path::new(&path));
                unsynced_files.remove(&path);
            }
            // libgit2 tries a link first, which fails where a ref is replaced.
            "link" | "rename" | "renameat" | "renameat2" if !c.args.contains("= -1") => {
                let names = quoted(&c.args);
                let (from, to) = (names[0], names[names.len() - 1]);
                if watched(to) {
                    renames += 1;
                    // What gets its name must be whole already.
                    assert!(!unsynced_files.contains(from), "named before it was synced: {from}");
                    unsynced_dirs.insert(Path::new(to).parent().unwrap().to_path_buf());
                    // The ref may only name what is durable.
                    if to.starts_with(&refs) {
                        assert!(
                            !unsynced_dirs.iter().any(|d| d.starts_with(&objects)),
                            "{unsynced_dirs:?}"
                        );
                    }
                }
            }
            _ => {}
        }
    }
    println!("2 commits: {syncs} syncs, {renames} renames");
    assert_eq!((acknowledgements, renames), (2, 6));
}

/// Runs one commit of `writer` with `inject` at work, and checks what is left.
fn crash(store: &Store, writer: u64, inject: &str) -> Output {
    let wrap = words(&format!("strace -f -qq -o /dev/null -e {inject}"));
    store_probe::child(&wrap, store.path(), writer, 1).output().unwrap()
}

/// After any interruption: opens, has what was acknowledged, is dense, takes
/// the next commit at once, holds no lock and no debris.
fn assert_sound(path: &Path, acknowledged: &[(u64, u64)], next: u64) {
    let store = Store::open(path).unwrap();
    for (w, n) in acknowledged {
        assert_recorded(&store, *w, *n);
    }
    assert_dense(&store);
    commit(&store, next, 0).unwrap();
    assert_recorded(&store, next, 0);
    let left: Vec<_> = fs::read_dir(path.join("objects/pack"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.starts_with("tmp_"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(!path.join("refs/heads/main.lock").exists());
}

const CALLS: [&str; 11] = [
    "openat",
    "link",
    "read",
    "write",
    "fsync",
    "rename",
    "unlink",
    "close",
    "mkdir",
    "flock",
    "ftruncate",
];

/// How often the child makes each call from opening the archive on: there is
/// no point in killing the dynamic linker.
fn counts(store: &Store, writer: u64) -> HashMap<&'static str, (u32, u32)> {
    let log = store.path().parent().unwrap().join("counts");
    let wrap = words(&format!("strace -f -o {} -e trace={}", log.display(), CALLS.join(",")));
    let out = store_probe::child(&wrap, store.path(), writer, 1).output().unwrap();
    assert!(out.status.success());
    let (mut all, mut started) = (HashMap::new(), false);
    let archive = store.path().display().to_string();
    for c in trace(&fs::read_to_string(&log).unwrap()) {
        started |= c.args.contains(&archive);
        if let Some(name) = CALLS.iter().find(|n| **n == c.name) {
            let (before, total) = all.entry(*name).or_insert((0, 0));
            *total += 1;
            if !started {
                *before += 1;
            }
        }
    }
    all
}

/// Kills a child at one call after another: at every `step`-th, or at every
/// one with `VARIORUM_CRASH_POINTS=all`. Each time the archive is a fresh copy
/// of `model`, in which the child's commit would be the next.
fn sweep(
    model: &Store,
    work: &Path,
    recorded: &[(u64, u64)],
    step: usize,
) -> (usize, usize, usize) {
    let step =
        if std::env::var("VARIORUM_CRASH_POINTS").is_ok_and(|v| v == "all") { 1 } else { step };
    let copy = work.join("copy");
    let fresh = || {
        let _ = fs::remove_dir_all(&copy);
        let ok =
            Command::new("cp").arg("-a").args([model.path(), &copy]).status().unwrap().success();
        assert!(ok);
        Store::open(&copy).unwrap()
    };
    let mut points: Vec<(&str, u32)> = Vec::new();
    for (call, (before, total)) in counts(&fresh(), 1) {
        points.extend((before + 1..=total).map(|n| (call, n)));
    }
    points.sort_unstable();
    let (mut killed, mut told) = (0, 0);
    for (call, n) in points.iter().step_by(step) {
        let store = fresh();
        let out = crash(&store, 1, &format!("inject={call}:signal=KILL:when={n}"));
        killed += usize::from(!out.status.success());
        let mut known = recorded.to_vec();
        for n in acknowledged(&out.stdout) {
            known.push((1, n));
            told += 1;
        }
        assert_sound(store.path(), &known, 2);
        // The killed attempt, made again, is whole whether it got there or not.
        commit(&store, 1, 0).unwrap();
        assert_recorded(&store, 1, 0);
        assert_eq!(assert_dense(&store), model.head().unwrap().size + 6);
        assert_eq!(store.physical_check(&mut |_, _| {}).unwrap(), []);
    }
    (points.len(), killed, told)
}

fn killed_at_any_call_nothing_is_torn_lost_or_locked() {
    if !can_trace() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    let store = init(&root);
    // The very first commit makes the ref instead of moving it.
    let (points, killed, told) = sweep(&store, &root, &[], 1);
    println!("first commit: {points} calls, killed at {killed}, {told} after the acknowledgement");
    assert!(killed >= 50);
    commit(&store, 0, 0).unwrap();
    let (points, killed, told) = sweep(&store, &root, &[(0, 0)], 1);
    println!("next commit: {points} calls, killed at {killed}, {told} after the acknowledgement");
    assert!(killed >= 60);
}

fn a_compaction_killed_at_any_call_loses_nothing() {
    if !can_trace() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    let store = init(&root);
    // The 24th pack starts a compaction inside the child's commit.
    let recorded: Vec<_> = (0..23).map(|n| (0, n)).collect();
    for (w, n) in &recorded {
        commit(&store, *w, *n).unwrap();
    }
    let (points, killed, told) = sweep(&store, &root, &recorded, 5);
    println!(
        "commit with compaction: {points} calls, killed at {killed}, {told} after the acknowledgement"
    );
    assert!(points > 150 && killed >= 25, "{points} {killed}");
}

fn a_failing_disk_gives_a_clean_error_and_the_old_state() {
    if !can_trace() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let store = init(&dir.path().canonicalize().unwrap());
    commit(&store, 0, 0).unwrap();
    let mut refused = 0;
    let counts = counts(&store, 1);
    let mut writer = 10;
    for error in ["ENOSPC", "EIO", "EDQUOT"] {
        for call in ["write", "fsync", "rename", "openat"] {
            let Some((before, total)) = counts.get(call) else { continue };
            let step = if call == "openat" { 3 } else { 1 };
            for n in (before + 1..=*total).step_by(step) {
                writer += 2;
                let head = store.head().unwrap();
                let out = crash(&store, writer, &format!("inject={call}:error={error}:when={n}"));
                let said = String::from_utf8_lossy(&out.stderr).into_owned();
                assert!(!said.contains("panicked"), "{call} {n} {error}: {said}");
                let known: Vec<_> =
                    acknowledged(&out.stdout).into_iter().map(|n| (writer, n)).collect();
                if out.status.code() == Some(6) {
                    refused += 1;
                    // Step 5 of commit.rs: recorded, but not known to be durable.
                    let after_swap = said.contains("refs/heads");
                    assert!(
                        after_swap || store.head().unwrap() == head,
                        "{call} {n} {error}: {said}"
                    );
                }
                let debris = |d: &str| {
                    fs::read_dir(store.path().join(d))
                        .unwrap()
                        .map(|e| e.unwrap().file_name().into_string().unwrap())
                        .filter(|n| n.starts_with("tmp_") || n.ends_with(".lock"))
                        .collect::<Vec<_>>()
                };
                assert!(
                    debris("objects/pack").is_empty() && debris("refs/heads").is_empty(),
                    "{call} {n} {error}"
                );
                assert_sound(store.path(), &known, writer + 1);
            }
        }
    }
    println!("{refused} refused");
    assert!(refused >= 20, "{refused}");
}

fn a_full_disk_is_refused_and_leaves_no_debris() {
    let dir = tempfile::tempdir().unwrap();
    let small = dir.path().join("small");
    fs::create_dir(&small).unwrap();
    let mounted =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"]).arg(&small).output();
    if !mounted.is_ok_and(|o| o.status.success()) {
        println!("skipped: a tmpfs cannot be mounted here");
        return;
    }
    struct Unmount<'a>(&'a Path);
    impl Drop for Unmount<'_> {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(self.0).status();
        }
    }
    let _unmount = Unmount(&small);
    let store = init(&small);
    let (mut recorded, mut refused) = (Vec::new(), 0);
    for n in 0..4000 {
        match commit(&store, 1, n) {
            Ok(_) => recorded.push(n),
            Err(e) => {
                let said = e.to_string();
                assert!(said.contains("make room") || said.contains("No space"), "{said}");
                refused += 1;
                if refused == 20 {
                    break;
                }
            }
        }
    }
    assert_eq!(refused, 20, "{} fitted", recorded.len());
    for n in &recorded {
        assert_recorded(&store, 1, *n);
    }
    assert_dense(&store);
    assert_eq!(store.physical_check(&mut |_, _| {}).unwrap(), []);
    let left: Vec<_> = fs::read_dir(store.path().join("objects/pack"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| !n.starts_with("pack-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    println!("{} recorded, then 20 refused", recorded.len());
}
