//! What a thousand adopted corrections cost on disk, and that compaction
//! loses nothing, also for readers in other processes.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod store_probe;

use std::fs;
use std::path::Path;

use store_probe::{WAIT, assert_dense, assert_recorded, commit, init, record, signer};
use variorum::digest::{Digest, Salt};
use variorum::sign::to_base64;
use variorum::store::{Batch, ContentFile, Store, sig_path};

#[test]
fn child() {
    store_probe::run_if_asked();
}

/// Bytes below a folder: as the files say, and in blocks of the disk.
fn disk(dir: &Path) -> (u64, u64) {
    let (mut apparent, mut blocks) = (0, 0);
    for e in fs::read_dir(dir).unwrap() {
        let e = e.unwrap();
        let m = e.metadata().unwrap();
        if m.is_dir() {
            let (a, b) = disk(&e.path());
            apparent += a;
            blocks += b;
        } else {
            apparent += m.len();
        }
        #[cfg(unix)]
        {
            blocks += std::os::unix::fs::MetadataExt::blocks(&m) * 512;
        }
        #[cfg(not(unix))]
        {
            blocks += m.len().div_ceil(4096) * 4096;
        }
    }
    (apparent, blocks)
}

/// Words that compress about as prose does, the same in every run.
fn prose(seed: u64, bytes: usize) -> Vec<u8> {
    let mut out = String::new();
    let mut n = 0u64;
    while out.len() < bytes {
        let d = Digest::of(format!("{seed} {n}").as_bytes());
        for pair in d.as_bytes().chunks_exact(2) {
            // Squared: a few words are frequent, as in a language.
            let rank = u32::from(pair[0]) * u32::from(pair[0]) / 32 + u32::from(pair[1]) % 16;
            let word = Digest::of(&rank.to_be_bytes());
            let len = 2 + usize::from(word.as_bytes()[0] % 8);
            out.extend(word.as_bytes()[1..=len].iter().map(|b| char::from(b'a' + b % 26)));
            out.push(if pair[1] < 20 { '\n' } else { ' ' });
        }
        n += 1;
    }
    out.truncate(bytes);
    out.into_bytes()
}

fn noise(seed: &str) -> [u8; 64] {
    let mut b = [0; 64];
    b[..32].copy_from_slice(Digest::of(seed.as_bytes()).as_bytes());
    b[32..].copy_from_slice(Digest::of(format!("{seed}'").as_bytes()).as_bytes());
    b
}

/// Three records of about 500 bytes (the seal's some 200 longer), a salted
/// reply of 600 bytes, a seal.
fn submission(n: u64) -> Batch {
    let mut records = vec![record("correction", 0, n), record("intake", 0, n)];
    let (_, mut seal) = record("attestation", 0, n);
    let base64: String = (0..3).map(|i| to_base64(&noise(&format!("seal {n} {i}")))).collect();
    let armour = format!("-----BEGIN SSH SIGNATURE-----\n{base64}\n-----END SSH SIGNATURE-----\n");
    seal.extend(format!("signature = {armour:?}\n").bytes());
    records.push((Digest::of(&seal), seal));
    let salt = Salt::new(noise(&format!("salt {n}"))[..32].try_into().unwrap());
    Batch {
        contents: vec![ContentFile::salted(prose(n + 1, 600), salt)],
        projections: vec![(sig_path(&records[0].0), armour.into_bytes())],
        records,
        message: format!("submission {n}"),
        dense: false,
    }
}

/// Five records and edits of 200 bytes.
fn decision(n: u64) -> Batch {
    let kinds = ["decision", "revision", "attestation", "attestation", "intake"];
    Batch {
        records: kinds.iter().zip(1..).map(|(k, w)| record(k, w, n)).collect(),
        contents: vec![ContentFile::plain(prose(n + 1_000_000, 200))],
        message: format!("decision {n}"),
        ..Batch::default()
    }
}

#[test]
fn a_thousand_adopted_corrections_cost_at_most_ten_megabytes() {
    let dir = tempfile::tempdir().unwrap();
    let store = init(dir.path());
    let record_text = |b: Batch, t| store.lock(WAIT).unwrap().commit(b, &signer(), t).unwrap();
    let book =
        Batch { contents: vec![ContentFile::plain(prose(0, 1_260_000))], ..Batch::default() };
    record_text(book, 1);
    store.compact(WAIT, &mut |_, _| {}).unwrap();
    let before = disk(store.path());
    let started = std::time::Instant::now();
    for n in 0..1000 {
        record_text(submission(n), 2 + n as i64);
        record_text(decision(n), 2 + n as i64);
    }
    let took = started.elapsed();
    let loose = disk(store.path());
    let started = std::time::Instant::now();
    let report = store.compact(WAIT, &mut |_, _| {}).unwrap();
    println!("2,000 commits in {took:?}, full compaction in {:?}: {report:?}", started.elapsed());
    let after = disk(store.path());
    let grown = |d: (u64, u64)| (d.0 - before.0, d.1 - before.1);
    println!(
        "text alone {before:?}, beyond it before compaction {:?}, after {:?} (apparent, blocks)",
        grown(loose),
        grown(after)
    );
    assert!(grown(after).0 <= 10_000_000 && grown(after).1 <= 10_000_000);
    assert_eq!(assert_dense(&store), 8000);
    assert_eq!(report.packs.1, 1);
    fsck(&store);
    // The oldest state is still whole: each is a difference many times over.
    let repo = git2::Repository::open_bare(store.path()).unwrap();
    let mut at = repo.head().unwrap().peel_to_commit().unwrap();
    let mut states = 1;
    while let Ok(parent) = at.parent(0) {
        at = parent;
        states += 1;
    }
    assert_eq!(states, 2001);
    assert_eq!(at.tree().unwrap().len(), 2);
}

fn fsck(store: &Store) {
    if !store_probe::has("git") {
        println!("skipped git fsck: git is not installed");
        return;
    }
    let out = std::process::Command::new("git")
        .arg("-C")
        .arg(store.path())
        .args(["fsck", "--strict", "--full"])
        .output()
        .unwrap();
    let said =
        String::from_utf8_lossy(&out.stderr).into_owned() + &String::from_utf8_lossy(&out.stdout);
    let said: Vec<_> = said.lines().filter(|l| !l.contains("fsyncObjectFiles")).collect();
    assert!(out.status.success() && said.is_empty(), "{said:?}");
}

#[test]
fn readers_in_other_processes_survive_a_compaction() {
    let dir = tempfile::tempdir().unwrap();
    let store = init(dir.path());
    for n in 0..10 {
        commit(&store, 1, n).unwrap();
    }
    // A reader that has seen the packs, but read few of them, and one that
    // goes through libgit2.
    let reader = Store::open(store.path()).unwrap();
    assert_recorded(&reader, 1, 0);
    let repo = git2::Repository::open_bare(store.path()).unwrap();
    let tree = repo.head().unwrap().peel_to_tree().unwrap();
    let report = store.compact(WAIT, &mut |_, _| {}).unwrap();
    assert_eq!((report.packs, report.bytes.0 > report.bytes.1), ((10, 1), true));
    for n in 0..10 {
        assert_recorded(&reader, 1, n);
        let (id, bytes) = record("intake", 1, n);
        let entry = tree.get_path(Path::new(&variorum::store::record_path(&id))).unwrap();
        assert_eq!(repo.find_blob(entry.id()).unwrap().content(), bytes);
    }
    commit(&reader, 1, 10).unwrap();
    assert_eq!(assert_dense(&store), 33);
    // Nothing to do is nothing done.
    store.compact(WAIT, &mut |_, _| {}).unwrap();
    let again = store.compact(WAIT, &mut |_, _| {}).unwrap();
    assert_eq!((again.packs, again.objects), ((1, 1), 0));
}
