//! What one more correction costs in archives of different sizes: median of
//! 200, durable (synced). Two tables: the commit alone, and the whole act of
//! `submit` on a book of a million characters (find the words, record, seal,
//! log, index, receipt). Run: `cargo bench --bench append`.
#![allow(clippy::print_stdout)]

#[path = "../tests/store_probe/mod.rs"]
mod store_probe;

#[path = "book/mod.rs"]
mod book;

use std::time::{Duration, Instant};

use store_probe::{WAIT, batch, init, record, signer};
use variorum::store::{Batch, Store};

const TIMES: usize = 200;

#[path = "append/submit.rs"]
mod submit;

fn main() {
    let sizes: &[u64] =
        if std::env::args().any(|a| a == "--test") { &[10] } else { &[10, 1_000, 10_000, 100_000] };
    println!(
        "{:>9} {:>10} {:>10} {:>10} {:>10} {:>10} {:>12}",
        "records", "median", "p90", "worst", "open", "read one", "built in"
    );
    for &size in sizes {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let store = init(dir.path());
        let signer = signer();
        let started = Instant::now();
        for first in (0..size).step_by(1000) {
            let records = (first..size.min(first + 1000)).map(|n| record("event", 99, n)).collect();
            let b = Batch { records, ..Batch::default() };
            store
                .lock(WAIT)
                .and_then(|mut w| w.commit(b, &signer, 1))
                .expect("a batch is recorded");
        }
        let built = started.elapsed();
        let path = store.path().to_owned();
        let mut times = Vec::new();
        for n in 0..TIMES as u64 {
            let b = batch(1, n);
            let t = Instant::now();
            // As a command does it: open, lock, commit.
            let store = Store::open(&path).expect("the archive opens");
            store
                .lock(WAIT)
                .and_then(|mut w| w.commit(b, &signer, 2))
                .expect("a batch is recorded");
            times.push(t.elapsed());
        }
        let t = Instant::now();
        Store::open(&path).and_then(|s| s.head()).expect("the archive opens");
        let open = t.elapsed();
        let store = Store::open(&path).expect("the archive opens");
        let t = Instant::now();
        for n in 0..size.min(1000) {
            store
                .record(&record("event", 99, n * size / size.min(1000)).0)
                .expect("it was recorded");
        }
        let read = t.elapsed() / size.min(1000) as u32;
        times.sort();
        println!(
            "{size:>9} {:>10.2?} {:>10.2?} {:>10.2?} {open:>10.2?} {read:>10.2?} {built:>12.2?}",
            times[TIMES / 2],
            times[TIMES * 9 / 10],
            times.last().copied().unwrap_or(Duration::ZERO),
        );
    }
    submit::table(sizes);
}
