//! What a thousand adopted corrections to one book cost, through the desk and
//! in bytes on disk: `cargo bench --bench thousand`. The book is the memoir in
//! `../shared/seeds` when it is there, else one made on the spot.
#![allow(clippy::print_stdout)]

#[path = "book/mod.rs"]
mod book;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use variorum::desk::{self, Archive, DecideDraft, SubmitDraft, Verdict, VerifyDraft};
use variorum::store::Store;

/// Apparent bytes and bytes in blocks of everything below a folder.
fn size(dir: &Path) -> (u64, u64) {
    let mut sum = (0, 0);
    for entry in fs::read_dir(dir).expect("the folder is readable") {
        let path = entry.expect("an entry").path();
        let about = fs::metadata(&path).expect("about a file");
        if path.is_dir() {
            let (a, b) = size(&path);
            sum = (sum.0 + a, sum.1 + b);
        } else if !path.to_string_lossy().contains("index.sqlite") {
            #[cfg(unix)]
            let blocks = std::os::unix::fs::MetadataExt::blocks(&about) * 512;
            #[cfg(not(unix))]
            let blocks = about.len();
            sum = (sum.0 + about.len(), sum.1 + blocks);
        }
    }
    sum
}

fn main() {
    let count: usize = if std::env::args().any(|a| a == "--test") { 3 } else { 1000 };
    let text = book::memoir();
    let base = tempfile::tempdir().expect("a temporary folder");
    let dir = base.path().join("archive");
    drop(book::archive(base.path(), &text));
    let open = || Archive::open(&dir, &mut |_, _, _| {}).expect("the archive opens");
    let before = size(&dir);
    println!("the book alone: {} bytes apparent, {} in blocks", before.0, before.1);

    let lines: Vec<&str> = text.lines().collect();
    let (mut submits, mut adopts) = (Vec::new(), Vec::new());
    let mut n = 0;
    while adopts.len() < count && n < lines.len() * 7 {
        n += 1;
        let line = (n * 7919) % lines.len();
        let words: Vec<&str> = lines[line].split_whitespace().collect();
        if words.len() < 8 || lines[line].trim_end().ends_with('-') {
            continue;
        }
        let mut changed: Vec<String> = words[1..7].iter().map(ToString::to_string).collect();
        changed[3] = format!("correction{n}");
        let draft = SubmitDraft {
            at: Some(format!("B@1:{}", line + 1)),
            quote: Some(words[1..7].join(" ")),
            replacement: Some(changed.join(" ")),
            says: "It was otherwise; I was there and remember it well.".into(),
            ..Default::default()
        };
        let t = Instant::now();
        let Ok(sent) = desk::submit(&mut open(), &draft, &book::context(10 + 2 * n as u64)) else {
            continue;
        };
        submits.push(t.elapsed());
        let decide = DecideDraft {
            correction: sent.correction,
            verdict: Verdict::Adopt,
            reason: "The record bears this out.".into(),
            text: None,
            same_as: None,
            nature: None,
            to_text: None,
            to_replier: None,
            key: None,
            dry_run: false,
        };
        let t = Instant::now();
        if desk::decide(&mut open(), &decide, &book::context(11 + 2 * n as u64)).is_ok() {
            adopts.push(t.elapsed());
        }
        if adopts.len() % 200 == 0 {
            println!(
                "{:>6} adopted: last submit {:.1?}, last adoption {:.1?}",
                adopts.len(),
                submits.last().copied().unwrap_or_default(),
                adopts.last().copied().unwrap_or_default()
            );
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times.get(times.len() / 2).copied().unwrap_or_default()
    };
    println!(
        "{} adopted; median submit {:.1?}, median adoption {:.1?}",
        adopts.len(),
        median(&mut submits),
        median(&mut adopts)
    );
    let grown = size(&dir);
    println!(
        "beyond the book: {} bytes apparent, {} in blocks",
        grown.0 - before.0,
        grown.1.saturating_sub(before.1)
    );
    let store = Store::open(&dir).expect("the archive opens");
    let t = Instant::now();
    store.compact(Duration::from_secs(60), &mut |_, _| {}).expect("it is compacted");
    let small = size(&dir);
    println!(
        "after compaction ({:.1?}): {} bytes apparent, {} in blocks",
        t.elapsed(),
        small.0.saturating_sub(before.0),
        small.1.saturating_sub(before.1)
    );
    for address in ["B", "B@1"] {
        let t = Instant::now();
        let who = desk::who(&open(), address, None).expect("somebody wrote it");
        println!("who {address}: {:.1?}, {} spans", t.elapsed(), who.spans.len());
    }
    let t = Instant::now();
    let draft = VerifyDraft { full: true, ..Default::default() };
    let verified =
        desk::verify(Some(&dir), &draft, &mut |_, _, _| {}).expect("it can be looked at");
    println!("verify --full: {:.1?}, ok: {}", t.elapsed(), verified.ok);
}
