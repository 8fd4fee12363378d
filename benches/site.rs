//! How long the static site of a book with a thousand notes takes, on one
//! core, and how heavy its pages are: `cargo bench --bench site`. The book is
//! the memoir in `../shared/seeds` when it is there, else one made on the spot.
//! Files are written to a temporary folder.
#![allow(clippy::print_stdout)]

#[path = "book/mod.rs"]
mod book;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::time::Instant;

use flate2::Compression;
use flate2::write::GzEncoder;
use variorum::desk::{self, AddDraft, Archive, Context, InitDraft, Reader, SubmitDraft};
use variorum::pages::{Room, Route, Setting};

fn context(n: u64) -> Context {
    let mut entropy = [6; 32];
    entropy[..8].copy_from_slice(&n.to_be_bytes());
    Context::new("2026-01-02T03:04:05Z".parse().expect("a time"), None, entropy)
}

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let count = if quick { 10 } else { 1000 };
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds/001_6097d6e2ba019926.txt");
    let text = fs::read_to_string(seed).unwrap_or_else(|_| {
        println!("../shared/seeds is not here: the book is made on the spot");
        book::book()
    });
    let base = tempfile::tempdir().expect("a temporary folder");
    let dir = base.path().join("archive");
    let draft = InitDraft {
        dir: dir.clone(),
        title: Some("A book".into()),
        invitation: None,
        origin: Some("example.org/site".into()),
        keeper: "Keeper".into(),
        private: base.path().join("private"),
        from: None,
    };
    desk::init(&draft, &context(0)).expect("an archive is made");
    let mut archive = Archive::open(&dir, &mut |_, _, _| {}).expect("the archive opens");
    let add = AddDraft {
        bytes: text.clone().into_bytes(),
        name: "book".into(),
        siglum: "B".into(),
        ..Default::default()
    };
    desk::add(&mut archive, &add, &context(1)).expect("the book is added");
    let lines: Vec<&str> = text.lines().collect();
    let mut drafts = Vec::new();
    let mut n = 0;
    while drafts.len() < count && n < lines.len() * 7 {
        n += 1;
        let line = (n * 7919) % lines.len();
        let words: Vec<&str> = lines[line].split_whitespace().collect();
        if words.len() < 8 || lines[line].trim_end().ends_with('-') {
            continue;
        }
        drafts.push(SubmitDraft {
            at: Some(format!("B@1:{}", line + 1)),
            quote: Some(words[1..7].join(" ")),
            says: format!("It was otherwise; I was there, saw it, and remember it well ({n})."),
            name: Some(format!("Reader {n}")),
            ..Default::default()
        });
    }
    let sent =
        desk::submit_all(&mut archive, &drafts, false, &context(2)).expect("the replies are taken");
    println!("{} bytes, {} notes", text.len(), sent.len());

    let opened = Instant::now();
    let reader = Reader::new(&archive).expect("the archive is read");
    let room = Room::new(&reader, Setting::default()).expect("the room opens");
    let ready = opened.elapsed();
    let started = Instant::now();
    let routes = room.routes().expect("the pages are known");
    let to = base.path().join("site");
    let mut kinds: BTreeMap<&str, (usize, usize, f64)> = BTreeMap::new();
    let mut heaviest = (0, String::new());
    for route in &routes {
        let begun = Instant::now();
        let Some(file) = room.file(route).expect("the page is made") else { continue };
        let path = to.join(route.path());
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(&path, &file.bytes).expect("the page is written");
        let took = begun.elapsed().as_secs_f64() * 1e3;
        let kind = match route {
            Route::Chapter(..) => "chapter",
            Route::Passage(..) => "passage",
            Route::Reply(_) => "reply",
            Route::Receipt(_) => "receipt",
            _ => "other",
        };
        let of = kinds.entry(kind).or_default();
        *of = (of.0 + 1, of.1 + file.bytes.len(), of.2 + took);
        if kind == "chapter" && file.bytes.len() > heaviest.0 {
            heaviest = (file.bytes.len(), route.path());
        }
    }
    println!(
        "site: {:.2} s to open the archive, {:.2} s for {} files",
        ready.as_secs_f64(),
        started.elapsed().as_secs_f64(),
        routes.len()
    );
    for (kind, (files, bytes, ms)) in kinds {
        println!("  {kind:8} {files:6} files {bytes:10} bytes {ms:8.0} ms");
    }
    let gz = |path: &str| {
        let mut gz = GzEncoder::new(Vec::new(), Compression::default());
        gz.write_all(&fs::read(to.join(path)).expect("the file is read")).expect("it is packed");
        gz.finish().expect("it is packed").len()
    };
    println!(
        "heaviest chapter {}: {} bytes gzip, and the style sheet {}",
        heaviest.1,
        gz(&heaviest.1),
        gz("room.css")
    );
}
