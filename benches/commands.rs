//! One bench per command, on a book of a million characters made on the spot:
//! `cargo bench --bench commands`. Each figure is one act of the desk, with the
//! archive on disk and synced; the command line adds the start of a process.

#![allow(clippy::unwrap_used)]

#[path = "book/mod.rs"]
mod book;

use std::path::Path;

use divan::Bencher;
use tempfile::TempDir;
use variorum::desk::{
    self, AddDraft, Archive, Context, DecideDraft, InitDraft, Searched, Side, SubmitDraft, Verdict,
    VerifyDraft, WithNotes,
};

fn main() {
    divan::main();
}

fn context(n: u64) -> Context {
    let mut entropy = [7; 32];
    entropy[..8].copy_from_slice(&n.to_be_bytes());
    Context::new("2026-01-02T03:04:05Z".parse().unwrap(), None, entropy)
}

struct Fixture {
    dir: TempDir,
    archive: Archive,
    text: String,
    count: u64,
}

impl Fixture {
    fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let draft = InitDraft {
            dir: dir.path().join("archive"),
            title: Some("Bench".into()),
            invitation: None,
            origin: Some("example.org/bench".into()),
            keeper: "Keeper".into(),
            private: dir.path().join("private"),
            from: None,
        };
        desk::init(&draft, &context(0)).unwrap();
        let archive = Archive::open(&draft.dir, &mut |_, _, _| {}).unwrap();
        Self { dir, archive, text: book::book(), count: 1 }
    }

    fn with_book() -> Self {
        let mut f = Self::empty();
        f.add();
        f
    }

    fn add(&mut self) {
        let draft = AddDraft {
            bytes: self.text.clone().into_bytes(),
            name: "book.txt".into(),
            siglum: "B".into(),
            ..Default::default()
        };
        desk::add(&mut self.archive, &draft, &context(1)).unwrap();
    }

    /// Eight words from a place of the book that no other correction took.
    fn submit(&mut self) -> String {
        self.count += 1;
        let at = (self.count as usize * 997) % (self.text.len() - 400);
        let at = at + self.text[at..].find(' ').unwrap() + 1;
        let words: Vec<&str> = self.text[at..at + 300].split_whitespace().take(8).collect();
        let line = self.text[..at].matches('\n').count() + 1;
        let draft = SubmitDraft {
            at: Some(format!("B@1:{line}-{}", line + 4)),
            quote: Some(words.join(" ")),
            replacement: Some(format!("{} corrected{}", words[..7].join(" "), self.count)),
            says: "It was otherwise.".into(),
            ..Default::default()
        };
        desk::submit(&mut self.archive, &draft, &context(self.count)).unwrap().correction
    }

    fn adopt(&mut self, correction: String) {
        self.count += 1;
        let draft = DecideDraft {
            correction,
            verdict: Verdict::Adopt,
            reason: "It is so.".into(),
            text: None,
            same_as: None,
            nature: None,
            to_text: None,
            to_replier: None,
            key: None,
            dry_run: false,
        };
        desk::decide(&mut self.archive, &draft, &context(self.count)).unwrap();
    }

    fn dir(&self) -> std::path::PathBuf {
        self.dir.path().join("archive")
    }
}

#[divan::bench(sample_count = 20)]
fn add(bencher: Bencher) {
    bencher.with_inputs(Fixture::empty).bench_local_refs(|f| f.add());
}

#[divan::bench(sample_count = 20)]
fn open(bencher: Bencher) {
    let f = Fixture::with_book();
    let dir = f.dir();
    bencher.bench_local(|| Archive::open(Path::new(&dir), &mut |_, _, _| {}).unwrap());
}

#[divan::bench(sample_count = 20)]
fn locate(bencher: Bencher) {
    let f = Fixture::with_book();
    let words: Vec<&str> = f.text[600_000..600_400].split_whitespace().skip(1).take(12).collect();
    let quote = words.join(" ");
    bencher.bench_local(|| Searched::in_archive(&f.archive, "B").unwrap().locator().locate(&quote));
}

#[divan::bench(sample_count = 40)]
fn submit(bencher: Bencher) {
    let mut f = Fixture::with_book();
    bencher.bench_local(move || f.submit());
}

#[divan::bench(sample_count = 40)]
fn adopt(bencher: Bencher) {
    let f = std::cell::RefCell::new(Fixture::with_book());
    bencher.with_inputs(|| f.borrow_mut().submit()).bench_local_values(|c| f.borrow_mut().adopt(c));
}

#[divan::bench(args = [0, 50], sample_count = 10)]
fn show(bencher: Bencher, notes: usize) {
    let mut f = Fixture::with_book();
    for _ in 0..notes {
        f.submit();
    }
    bencher.bench_local(|| desk::show(&f.archive, "B:1000-1040", None, WithNotes::All).unwrap());
}

#[divan::bench(sample_count = 20)]
fn diff(bencher: Bencher) {
    let mut f = Fixture::with_book();
    for _ in 0..5 {
        let c = f.submit();
        f.adopt(c);
    }
    bencher.bench_local(|| {
        let (a, b) = (
            Side::in_archive(&f.archive, "B@1").unwrap(),
            Side::in_archive(&f.archive, "B").unwrap(),
        );
        desk::diff(&a, &b).changes.len()
    });
}

#[divan::bench(args = [1, 50], sample_count = 10)]
fn who(bencher: Bencher, adoptions: usize) {
    let mut f = Fixture::with_book();
    for _ in 0..adoptions {
        let c = f.submit();
        f.adopt(c);
    }
    bencher.bench_local(|| desk::who(&f.archive, "B", None).unwrap());
}

#[divan::bench(args = [1, 50], sample_count = 10)]
fn verify_full(bencher: Bencher, adoptions: usize) {
    let mut f = Fixture::with_book();
    for _ in 0..adoptions {
        let c = f.submit();
        f.adopt(c);
    }
    let dir = f.dir();
    let draft = VerifyDraft { full: true, ..Default::default() };
    bencher.bench_local(|| {
        let answer = desk::verify(Some(&dir), &draft, &mut |_, _, _| {}).unwrap();
        assert!(answer.ok);
    });
}
