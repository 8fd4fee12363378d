//! What the store's tests share: an archive of made-up records, and a child
//! process that commits to it (the test binary itself, called again), so that
//! it can be traced, killed, and run eight times at once.
#![allow(dead_code, clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use variorum::digest::{Digest, Salt};
use variorum::sign::{NoteSigner, SecretKey};
use variorum::store::{Batch, Committed, ContentFile, InitConfig, Store, StoreError, sig_path};

/// Set in the child: `folder|writer number|number of commits`.
const ASKED: &str = "VARIORUM_STORE_PROBE";

pub const WAIT: Duration = Duration::from_secs(60);

pub fn signer() -> NoteSigner {
    NoteSigner::new("variorum.test/log", SecretKey::generate([7; 32])).unwrap()
}

pub fn init(parent: &Path) -> Store {
    Store::init(&parent.join("archive"), &InitConfig { private_dir: parent.join("private") })
        .unwrap()
}

/// Bytes that look like a record: keys, hashes, a few words.
pub fn record(kind: &str, writer: u64, n: u64) -> (Digest, Vec<u8>) {
    let h = |salt: &str| Digest::of(format!("{kind} {writer} {n} {salt}").as_bytes());
    let text = format!(
        "kind = \"{kind}/1\"\norigin = \"variorum.test/log\"\nmaker = \"sha256:{}\"\ntime = \"2026-11-{:02}T{:02}:{:02}:00Z\"\nsubject = \"{}\"\nparent = \"{}\"\nnonce = \"{}\"\nnumber = {}\n",
        h("maker"),
        n % 28 + 1,
        n % 24,
        n % 60,
        h("subject"),
        h("parent"),
        h("nonce").short(32),
        n
    );
    (Digest::of(text.as_bytes()), text.into_bytes())
}

/// A submission: three records, salted content, a seal.
pub fn batch(writer: u64, n: u64) -> Batch {
    let records: Vec<_> =
        ["correction", "attestation", "intake"].into_iter().map(|k| record(k, writer, n)).collect();
    let salt = Salt::new(*Digest::of(format!("salt {writer} {n}").as_bytes()).as_bytes());
    let reply =
        format!("reply {n} of writer {writer}: the date given here is not the one I remember.\n")
            .repeat(6);
    let seal =
        format!("-----BEGIN SSH SIGNATURE-----\n{}\n-----END SSH SIGNATURE-----\n", records[1].0);
    Batch {
        projections: vec![(sig_path(&records[0].0), seal.into_bytes())],
        contents: vec![ContentFile::salted(reply.into_bytes(), salt)],
        records,
        message: format!("submission {n} of writer {writer}"),
        dense: false,
    }
}

pub fn commit(store: &Store, writer: u64, n: u64) -> Result<Committed, StoreError> {
    store.lock(WAIT)?.commit(batch(writer, n), &signer(), 1_700_000_000 + n as i64)
}

/// Everything a batch should have left behind.
pub fn assert_recorded(store: &Store, writer: u64, n: u64) {
    let b = batch(writer, n);
    for (id, bytes) in &b.records {
        assert_eq!(&store.record(id).unwrap(), bytes, "record of batch {n} of writer {writer}");
    }
    for c in &b.contents {
        assert_eq!(store.content(&c.name).unwrap(), c.bytes);
    }
    for (path, bytes) in &b.projections {
        assert_eq!(&store.file(path).unwrap(), bytes);
    }
}

/// The log is dense: every entry names a record that is there, none twice,
/// and the tiles give the root that is signed.
pub fn assert_dense(store: &Store) -> u64 {
    let head = store.head().unwrap();
    let ids = store.entries(0..head.size).unwrap();
    assert_eq!(ids.len() as u64, head.size);
    for id in &ids {
        store.record(id).unwrap();
    }
    let unique: std::collections::HashSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    assert_eq!(variorum::digest::tree_hash(ids.iter().map(|d| d.as_bytes())), head.root);
    head.size
}

/// Called by each test file's `child` test: does nothing unless asked.
pub fn run_if_asked() {
    let Ok(asked) = std::env::var(ASKED) else { return };
    let parts: Vec<&str> = asked.split('|').collect();
    let (folder, writer, commits) =
        (parts[0], parts[1].parse().unwrap(), parts[2].parse::<u64>().unwrap());
    for n in 0..commits {
        let done = Store::open(Path::new(folder)).and_then(|s| commit(&s, writer, n));
        match done {
            Ok(_) => {
                let mut out = std::io::stdout().lock();
                // One call, so that a trace shows one acknowledgement.
                if out
                    .write_all(format!("acknowledged {n}\n").as_bytes())
                    .and_then(|()| out.flush())
                    .is_err()
                {
                    std::process::exit(7);
                }
            }
            Err(e) => {
                eprintln!("refused: {e}");
                std::process::exit(6);
            }
        }
    }
    std::process::exit(0);
}

/// The command that commits `commits` batches as `writer`; `wrap` goes before
/// it (`strace …`).
pub fn child(wrap: &[String], archive: &Path, writer: u64, commits: u64) -> Command {
    let me: PathBuf = std::env::current_exe().unwrap();
    let mut c = match wrap.split_first() {
        Some((first, rest)) => {
            let mut c = Command::new(first);
            c.args(rest).arg(me);
            c
        }
        None => Command::new(me),
    };
    c.args(["--exact", "child", "--nocapture", "--test-threads=1"]);
    c.env(ASKED, format!("{}|{writer}|{commits}", archive.display()));
    c
}

/// The batches a child said were recorded.
pub fn acknowledged(stdout: &[u8]) -> Vec<u64> {
    String::from_utf8_lossy(stdout)
        .lines()
        .filter_map(|l| l.rsplit_once("acknowledged ").map(|(_, n)| n.parse().unwrap()))
        .collect()
}

pub fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|o| o.status.success())
}
