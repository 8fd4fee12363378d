//! Bit rot, lost and swapped files: each is named, nothing hangs or panics.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod store_probe;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use store_probe::{WAIT, batch, commit, init, record};
use variorum::store::{Damage, Store, StoreError, record_path};

/// Longest any one answer may take.
const LIMIT: Duration = Duration::from_secs(30);

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for e in fs::read_dir(dir).unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() { all.extend(files(&p)) } else { all.push(p) }
    }
    all.sort();
    all
}

/// What the store says of an archive: damage found, or why it does not open.
/// The reads of normal work are tried, too.
fn say(archive: &Path) -> Vec<Damage> {
    let (send, receive) = mpsc::channel();
    let path = archive.to_owned();
    std::thread::spawn(move || {
        let damage = match Store::open(&path) {
            Ok(s) => {
                let _ = s.head().and_then(|h| s.entries(0..h.size));
                for n in 0..4 {
                    let _ = s.content(&batch(1, n).contents[0].name);
                }
                s.physical_check(&mut |_, _| {}).unwrap()
            }
            Err(e) => vec![Damage {
                file: path.join("config"),
                path_in_archive: None,
                what: e.to_string(),
            }],
        };
        send.send(damage).unwrap();
    });
    receive.recv_timeout(LIMIT).expect("an answer in time, and no panic")
}

fn archive(dir: &Path) -> Store {
    let store = init(dir);
    for n in 0..3 {
        commit(&store, 1, n).unwrap();
    }
    // Differences in one pack, stored bytes in another.
    store.compact(WAIT, &mut |_, _| {}).unwrap();
    commit(&store, 1, 3).unwrap();
    store
}

fn is_named(damage: &[Damage], file: &Path) -> bool {
    damage.iter().any(|d| d.file.with_extension("") == file.with_extension(""))
}

#[test]
fn every_flipped_bit_is_seen_and_its_file_named() {
    let dir = tempfile::tempdir().unwrap();
    let store = archive(dir.path());
    assert_eq!(say(store.path()), []);
    let mut flips = 0;
    for file in files(store.path()).iter().filter(|f| !f.ends_with("archive.lock")) {
        let bytes = fs::read(file).unwrap();
        // The small files byte by byte.
        let step = if bytes.len() < 600 { 1 } else { bytes.len() / 90 };
        for at in (0..bytes.len()).step_by(step) {
            let mut bad = bytes.clone();
            bad[at] ^= 1 << (at / step % 8);
            // Packs are read-only to git, not to us.
            fs::write(file, &bad).unwrap();
            let damage = say(store.path());
            assert!(
                is_named(&damage, file),
                "{} byte {at} bit {}: {damage:?}",
                file.display(),
                at / step % 8
            );
            flips += 1;
        }
        fs::write(file, &bytes).unwrap();
    }
    assert!(flips >= 300, "{flips}");
    assert_eq!(say(store.path()), []);
}

#[test]
fn a_damaged_record_is_named_by_its_path_and_never_handed_on() {
    let dir = tempfile::tempdir().unwrap();
    let store = archive(dir.path());
    let (id, bytes) = record("intake", 1, 3);
    // The last commit's pack holds records as they are: find this one there.
    let (file, at, mut pack) = files(&store.path().join("objects/pack"))
        .into_iter()
        .filter(|f| f.extension().is_some_and(|e| e == "pack"))
        .find_map(|f| {
            let pack = fs::read(&f).unwrap();
            let at = pack.windows(bytes.len()).position(|w| w == bytes)?;
            Some((f, at, pack))
        })
        .unwrap();
    pack[at + 20] ^= 4;
    fs::write(&file, pack).unwrap();
    let damage = say(store.path());
    assert!(
        damage
            .iter()
            .any(|d| d.file == file && d.path_in_archive.as_deref() == Some(&record_path(&id))),
        "{damage:?}"
    );
    let e = Store::open(store.path()).unwrap().record(&id).unwrap_err();
    assert!(
        matches!(&e, StoreError::Damaged { path, place, .. } if *path == record_path(&id) && place.contains("pack-")),
        "{e}"
    );
    // The others are as good as ever, and a compaction refuses to go on.
    let store = Store::open(store.path()).unwrap();
    store.record(&record("intake", 1, 2).0).unwrap();
    assert!(matches!(store.compact(WAIT, &mut |_, _| {}), Err(StoreError::Damaged { .. })));
    assert!(file.exists());
}

#[test]
fn lost_cut_and_swapped_files_are_each_named() {
    let dir = tempfile::tempdir().unwrap();
    let store = archive(dir.path());
    commit(&store, 1, 4).unwrap();
    let all: Vec<_> =
        files(store.path()).into_iter().filter(|f| !f.ends_with("archive.lock")).collect();
    for file in &all {
        let bytes = fs::read(file).unwrap();
        fs::remove_file(file).unwrap();
        let damage = say(store.path());
        assert!(is_named(&damage, file), "{} deleted: {damage:?}", file.display());
        for keep in [0, bytes.len() / 2, bytes.len() - 1] {
            fs::write(file, &bytes[..keep]).unwrap();
            let damage = say(store.path());
            assert!(is_named(&damage, file), "{} cut to {keep}: {damage:?}", file.display());
        }
        fs::write(file, [&bytes[..], b"x"].concat()).unwrap();
        let damage = say(store.path());
        assert!(is_named(&damage, file), "{} longer: {damage:?}", file.display());
        fs::write(file, &bytes).unwrap();
    }
    for ext in ["pack", "idx"] {
        let two: Vec<_> =
            all.iter().filter(|f| f.extension().is_some_and(|e| e == ext)).take(2).collect();
        let swap = || {
            let t = two[0].with_extension("t");
            fs::rename(two[0], &t).unwrap();
            fs::rename(two[1], two[0]).unwrap();
            fs::rename(t, two[1]).unwrap();
        };
        swap();
        let damage = say(store.path());
        assert!(two.iter().all(|f| is_named(&damage, f)), "{ext} swapped: {damage:?}");
        swap();
    }
    assert_eq!(say(store.path()), []);
    // A pack lost with its index: what it held is named.
    let old = record("correction", 1, 0);
    let big = all
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "pack"))
        .max_by_key(|f| fs::metadata(f).unwrap().len())
        .unwrap();
    fs::remove_file(big).unwrap();
    fs::remove_file(big.with_extension("idx")).unwrap();
    let damage = say(store.path());
    assert!(
        damage.iter().any(|d| d
            .path_in_archive
            .as_deref()
            .is_some_and(|p| record_path(&old.0).starts_with(p))),
        "{damage:?}"
    );
}

#[test]
fn a_damaged_loose_object_is_an_error_not_a_loop() {
    let dir = tempfile::tempdir().unwrap();
    let store = archive(dir.path());
    // As git or libgit2 would leave it behind; ours are all in packs.
    let repo = git2::Repository::open_bare(store.path()).unwrap();
    let id = repo
        .blob(&b"a loose object of some length, a loose object".repeat(20))
        .unwrap()
        .to_string();
    let file = store.path().join("objects").join(&id[..2]).join(&id[2..]);
    let mut p = fs::metadata(&file).unwrap().permissions();
    #[allow(clippy::permissions_set_readonly_false)]
    p.set_readonly(false);
    fs::set_permissions(&file, p).unwrap();
    let bytes = fs::read(&file).unwrap();
    let mut unseen = 0;
    for bit in 0..bytes.len() * 8 {
        let mut bad = bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        fs::write(&file, &bad).unwrap();
        // Spare bits of deflate change nothing that is read.
        unseen += usize::from(!say(store.path()).iter().any(|d| d.file == file));
    }
    assert!(unseen <= 8, "{unseen}");
    fs::write(&file, &bytes).unwrap();
    assert_eq!(say(store.path()), []);
    store.compact(WAIT, &mut |_, _| {}).unwrap();
    assert!(!file.exists());
    assert_eq!(say(store.path()), []);
}

#[test]
fn a_plain_folder_is_checked_file_by_file() {
    let dir = tempfile::tempdir().unwrap();
    let store = archive(dir.path());
    let out = dir.path().join("plain");
    store.export_plain(&out).unwrap();
    assert_eq!(say(&out), []);
    let (id, _) = record("intake", 1, 1);
    for file in [
        out.join(record_path(&id)),
        out.join(variorum::store::content_path(&batch(1, 1).contents[0].name)),
    ] {
        let bytes = fs::read(&file).unwrap();
        let mut bad = bytes.clone();
        bad[10] ^= 1;
        fs::write(&file, bad).unwrap();
        assert!(say(&out).iter().any(|d| d.file == file));
        fs::write(&file, bytes).unwrap();
    }
    fs::remove_file(out.join(record_path(&id))).unwrap();
    assert_eq!(say(&out)[0].path_in_archive, Some(record_path(&id)));
}
