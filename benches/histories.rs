//! A history of changes to one book, through the desk: bringing it in, bytes on
//! disk, who wrote each word, one word's story, the full and the flat check.
//! `cargo bench --bench histories`. The book is the memoir in `../shared/seeds`
//! when it is there, else one made on the spot. Of the two rows each figure has
//! the first is 1,000 changes, the second 10,000.
//!
//! What a revision with a record of its own and its seal cost is told by
//! `cargo bench --bench thousand`.
#![allow(clippy::print_stdout)]

#[path = "book/mod.rs"]
mod book;

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use variorum::desk::{self, AddDraft, Archive, Context, ImportDraft, InitDraft, VerifyDraft};
use variorum::store::Store;

fn context(n: u64) -> Context {
    let mut entropy = [5; 32];
    entropy[..8].copy_from_slice(&n.to_be_bytes());
    Context::new("2026-01-02T03:04:05Z".parse().expect("a time"), None, entropy)
}

fn packs(dir: &Path) -> u64 {
    let entries = fs::read_dir(dir.join("objects/pack")).expect("there is a pack");
    entries.map(|e| e.expect("an entry").metadata().expect("about it").len()).sum()
}

/// Changes of a phrase here and there, as words of the book.
fn list(text: &str, changes: usize) -> String {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |n: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % n as u64) as usize
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    // Lengths alone are followed: at every place below the shortest length, a
    // phrase is put in; so no byte of the text has to be looked at.
    let bounds: Vec<usize> =
        text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).collect();
    let mut out = String::new();
    let mut put: Vec<(usize, usize)> = Vec::new();
    for n in 0..changes {
        let home = bounds[below(bounds.len())];
        let at = home + put.iter().filter(|(h, _)| *h < home).map(|(_, len)| len).sum::<usize>();
        let phrase: String =
            (0..1 + below(20)).map(|_| format!(" {}", words[below(words.len())])).collect();
        put.push((home, phrase.len()));
        let phrase = phrase.replace('\\', "\\\\").replace('"', "\\\"");
        writeln!(
            out,
            "{{\"agent\":\"Reader {}\",\"time\":{n},\"edits\":[{{\"replace\":{{\"start\":{at},\"end\":{at},\"text\":\"{phrase}\"}}}}]}}",
            n % 500
        )
        .expect("a String takes all that is written");
    }
    out
}

fn main() {
    let rows: &[usize] =
        if std::env::args().any(|a| a == "--test") { &[10] } else { &[1000, 10_000] };
    let text = book::memoir();
    for &changes in rows {
        let base = tempfile::tempdir().expect("a temporary folder");
        let dir = base.path().join("archive");
        let init = InitDraft {
            dir: dir.clone(),
            title: None,
            invitation: None,
            origin: Some("example.org/histories".into()),
            keeper: "Keeper".into(),
            private: base.path().join("private"),
            from: None,
        };
        desk::init(&init, &context(0)).expect("an archive is made");
        let open = || Archive::open(&dir, &mut |_, _, _| {}).expect("the archive opens");
        let empty = packs(&dir);
        let list = list(&text, changes);
        let draft = ImportDraft {
            bytes: list.clone().into_bytes(),
            from: "a list".into(),
            to: "B".into(),
            base: Some(AddDraft {
                bytes: text.clone().into_bytes(),
                name: "book".into(),
                ..Default::default()
            }),
            dry_run: false,
        };
        let told = |what: &str, from: Instant| {
            println!(
                "{changes:>6} changes  {what:<34} {:>9.1} ms",
                from.elapsed().as_secs_f64() * 1e3
            );
        };
        let from = Instant::now();
        desk::import_edits(&mut open(), &draft, &context(1), &mut |_, _, _| {})
            .expect("the history is brought in");
        told("import edits", from);
        println!(
            "{changes:>6} changes  bytes: list {}, book {}, stored {}",
            list.len(),
            text.len(),
            packs(&dir) - empty
        );
        for what in ["who, cold", "who, again"] {
            let from = Instant::now();
            let who = desk::who(&open(), "B", None).expect("who answers");
            told(what, from);
            black_box(who.spans.len());
        }
        let archive = open();
        let snap = archive.snapshot().expect("the index answers");
        let times = 1000usize;
        let from = Instant::now();
        let seq = snap.size().saturating_sub(3);
        let found = (0..times)
            .filter(|n| snap.word_story(seq, n * 1201).expect("the index answers").is_some())
            .count();
        told(&format!("one word's story, {found} of {times}"), from);
        for (what, flat) in [("verify --full", false), ("verify --flat", true)] {
            let check = VerifyDraft { full: true, flat, ..Default::default() };
            let from = Instant::now();
            let done = desk::verify(Some(&dir), &check, &mut |_, _, _| {}).expect("it is checked");
            told(what, from);
            assert!(done.ok, "{:?}", done.findings);
        }
        drop(archive);
        let store = Store::open(&dir).expect("the archive opens");
        store.compact(std::time::Duration::from_secs(1), &mut |_, _| {}).expect("it is compacted");
        println!("{changes:>6} changes  bytes in one pack {}", packs(&dir));
    }
}
