//! The store from outside: layout, errors, concurrency, other readers.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod store_probe;

use std::fs;
use std::process::Command;
use std::time::Duration;

use store_probe::{
    WAIT, acknowledged, assert_dense, assert_recorded, batch, commit, has, init, record, signer,
};
use variorum::digest::{Digest, Salt};
use variorum::store::{Batch, ContentFile, InitConfig, Store, StoreError};

#[test]
fn child() {
    store_probe::run_if_asked();
}

#[test]
fn what_was_recorded_is_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let store = init(dir.path());
    assert!(store.is_writable());
    assert_eq!(store.private_dir().unwrap(), dir.path().join("private"));
    assert_eq!(store.head().unwrap().size, 0);
    for n in 0..5 {
        let done = commit(&store, 1, n).unwrap();
        assert_eq!((done.first_index, done.size), (n * 3, n * 3 + 3));
        let head = Store::open(store.path()).unwrap().head().unwrap();
        assert_eq!((head.size, head.root, &head.state), (done.size, done.root, &done.state));
        assert_eq!(head.checkpoint_text.unwrap(), done.checkpoint_text);
    }
    for n in 0..5 {
        assert_recorded(&store, 1, n);
    }
    assert_eq!(assert_dense(&store), 15);
    let absent = Digest::of(b"absent");
    assert!(matches!(store.record(&absent), Err(StoreError::NoRecord(_))));
    assert!(matches!(store.content(&absent), Err(StoreError::NoContent(_))));
    assert!(matches!(store.file("nothing"), Err(StoreError::NoFile(_))));
}

#[test]
fn a_batch_repeated_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = init(dir.path());
    let first = commit(&store, 1, 0).unwrap();
    let again = commit(&store, 1, 0).unwrap();
    assert_eq!((again.size, &again.state, again.already.len()), (3, &first.state, 3));
    assert_eq!(again.checkpoint_text, first.checkpoint_text);
    // Twice in one batch counts once; projections alone leave the log alone.
    let r = record("event", 1, 1);
    let twice = Batch { records: vec![r.clone(), r], ..Batch::default() };
    let done = store.lock(WAIT).unwrap().commit(twice, &signer(), 5).unwrap();
    assert_eq!((done.size, done.already.len()), (4, 1));
    let note = Batch {
        projections: vec![("archive.toml".into(), b"format = 1\n".to_vec())],
        ..Batch::default()
    };
    let noted = store.lock(WAIT).unwrap().commit(note, &signer(), 5).unwrap();
    assert_eq!((noted.size, &noted.checkpoint_text), (4, &done.checkpoint_text));
    assert_ne!(noted.state, done.state);
    assert_eq!(assert_dense(&store), 4);
}

#[test]
fn what_may_not_be_recorded_is_refused_and_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = init(dir.path());
    commit(&store, 1, 0).unwrap();
    let before = store.head().unwrap();
    let long = vec![b'x'; 64 * 1024 + 1];
    let bad = |b: Batch| store.lock(WAIT).unwrap().commit(b, &signer(), 5).unwrap_err();
    let e = bad(Batch { records: vec![(Digest::of(&long), long.clone())], ..Batch::default() });
    assert!(matches!(e, StoreError::TooLarge { bytes: 65_537, .. }), "{e}");
    let e = bad(Batch { records: vec![(Digest::of(b"a"), b"b".to_vec())], ..Batch::default() });
    assert!(matches!(e, StoreError::Misnamed { .. }), "{e}");
    let mut c = ContentFile::salted(b"x".to_vec(), Salt::new([1; 32]));
    c.salt = None;
    let e = bad(Batch { contents: vec![c], ..Batch::default() });
    assert!(matches!(e, StoreError::Misnamed { .. }), "{e}");
    let e = bad(Batch { projections: vec![("../x".into(), Vec::new())], ..Batch::default() });
    assert!(matches!(e, StoreError::BadPath(_)), "{e}");
    let other =
        variorum::sign::NoteSigner::new("elsewhere", variorum::sign::SecretKey::generate([1; 32]))
            .unwrap();
    let e = store.lock(WAIT).unwrap().commit(batch(1, 1), &other, 5).unwrap_err();
    assert!(matches!(e, StoreError::WrongKey { .. }), "{e}");
    assert!(matches!(
        store.lock(WAIT).unwrap().commit(batch(1, 1), &signer(), -1),
        Err(StoreError::BadTime(-1))
    ));
    assert_eq!(store.head().unwrap(), before);
}

#[test]
fn a_folder_that_is_no_archive_is_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let open = |name: &str| Store::open(&dir.path().join(name)).err().unwrap();
    assert!(matches!(open("nowhere"), StoreError::Missing { .. }));
    fs::write(dir.path().join("file"), "x").unwrap();
    assert!(matches!(open("file"), StoreError::NotAnArchive { .. }));
    fs::create_dir(dir.path().join("empty")).unwrap();
    assert!(open("empty").to_string().contains("an empty folder"));
    fs::create_dir(dir.path().join("other")).unwrap();
    fs::write(dir.path().join("other/notes.txt"), "x").unwrap();
    assert!(open("other").to_string().contains("without archive.toml"));
    let init = |name: &str, private: &str| {
        Store::init(&dir.path().join(name), &InitConfig { private_dir: dir.path().join(private) })
            .err()
            .unwrap()
    };
    let e = init("other", "p");
    assert!(matches!(&e, StoreError::NotEmpty { names, .. } if names == &["notes.txt"]), "{e}");
    assert!(matches!(init("new", "new/private"), StoreError::PrivateInside { .. }));
    let store = store_probe::init(dir.path());
    let config = store.path().join("config");
    let text = fs::read_to_string(&config).unwrap().replace("format = 1", "format = 2");
    fs::write(&config, text).unwrap();
    assert!(matches!(open("archive"), StoreError::FutureFormat { .. }));
    fs::write(dir.path().join("other/archive.toml"), "kind = \"archive/7\"\n").unwrap();
    assert!(matches!(open("other"), StoreError::FutureFormat { .. }));
}

#[test]
fn a_second_writer_waits_and_then_says_who_holds_the_lock() {
    let dir = tempfile::tempdir().unwrap();
    let store = init(dir.path());
    let held = store.lock(WAIT).unwrap();
    let e = Store::open(store.path()).unwrap().lock(Duration::from_millis(50)).err().unwrap();
    let me = std::process::id();
    assert!(
        matches!(e, StoreError::Busy { pid: Some(p), age_seconds: 0..=5, .. } if p == me),
        "{e}"
    );
    assert!(e.to_string().contains("archive.lock"));
    drop(held);
    // Not at once: a child that another test of this process starts holds a
    // copy of the descriptor, and with it the lock, until it has called exec.
    store.lock(WAIT).unwrap();
}

#[test]
fn eight_processes_write_ten_commits_each() {
    let dir = tempfile::tempdir().unwrap();
    let store = init(dir.path());
    let children: Vec<_> = (0..8)
        .map(|w| {
            let mut c = store_probe::child(&[], store.path(), w, 10);
            c.stdout(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for c in children {
        let out = c.wait_with_output().unwrap();
        assert!(out.status.success());
        assert_eq!(acknowledged(&out.stdout).len(), 10);
    }
    for w in 0..8 {
        for n in 0..10 {
            assert_recorded(&store, w, n);
        }
    }
    assert_eq!(assert_dense(&store), 240);
}

#[test]
fn a_plain_folder_reads_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let store = init(dir.path());
    for n in 0..3 {
        commit(&store, 1, n).unwrap();
    }
    let out = dir.path().join("plain");
    let files = store.export_plain(&out).unwrap();
    let plain = Store::open(&out).unwrap();
    assert!(!plain.is_writable());
    assert!(matches!(plain.lock(WAIT), Err(StoreError::ReadOnly { .. })));
    let (a, b) = (store.head().unwrap(), plain.head().unwrap());
    assert_eq!((a.checkpoint_text, a.size, a.root), (b.checkpoint_text, b.size, b.root));
    for n in 0..3 {
        assert_recorded(&plain, 1, n);
    }
    let listed = |s: &Store| {
        let mut all = Vec::new();
        s.walk(&mut |p, bytes| {
            all.push((p.to_owned(), bytes.unwrap()));
            Ok(())
        })
        .unwrap();
        all.sort();
        all
    };
    assert_eq!(listed(&store), listed(&plain));
    assert_eq!(listed(&plain).len() as u64, files);
    // A changed byte is found, a link is not followed.
    let (id, _) = record("correction", 1, 0);
    let at = out.join(variorum::store::record_path(&id));
    fs::write(&at, "changed").unwrap();
    assert!(matches!(plain.record(&id), Err(StoreError::Damaged { .. })));
    #[cfg(unix)]
    {
        fs::remove_file(&at).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", &at).unwrap();
        assert!(matches!(plain.record(&id), Err(StoreError::Damaged { .. })));
    }
}

#[test]
fn git_and_libgit2_read_what_was_written() {
    let dir = tempfile::tempdir().unwrap();
    let store = init(dir.path());
    for n in 0..4 {
        commit(&store, 1, n).unwrap();
    }
    let repo = git2::Repository::open_bare(store.path()).unwrap();
    let tree = repo.head().unwrap().peel_to_tree().unwrap();
    let (id, bytes) = record("intake", 1, 2);
    let entry = tree.get_path(std::path::Path::new(&variorum::store::record_path(&id))).unwrap();
    assert_eq!(repo.find_blob(entry.id()).unwrap().content(), bytes);
    if !has("git") {
        println!("skipped: git is not installed");
        return;
    }
    let git = |args: &[&str]| {
        let out = Command::new("git").arg("-C").arg(store.path()).args(args).output().unwrap();
        assert!(out.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&out.stderr));
        let all = String::from_utf8_lossy(&out.stdout).into_owned()
            + &String::from_utf8_lossy(&out.stderr);
        // git calls the setting old, but it is the one that libgit2 knows.
        all.lines().filter(|l| !l.contains("fsyncObjectFiles")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(git(&["fsck", "--strict", "--full"]), "");
    assert_eq!(git(&["rev-list", "--count", "main"]), "4");
    // What git repacks, and a clone, we read.
    git(&["gc", "--quiet", "--prune=now"]);
    assert_eq!(assert_dense(&store), 12);
    commit(&store, 1, 4).unwrap();
    let clone = dir.path().join("clone.git");
    git(&["clone", "--quiet", "--bare", ".", clone.to_str().unwrap()]);
    let clone = Store::open(&clone).unwrap();
    assert!(!clone.is_writable());
    assert_eq!(assert_dense(&clone), 15);
}
