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
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use variorum::desk::{self, Reader, SubmitDraft};
use variorum::pages::{Room, Route, Setting};

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let count = if quick { 10 } else { 1000 };
    let text = book::memoir();
    let base = tempfile::tempdir().expect("a temporary folder");
    let mut archive = book::archive(base.path(), &text);
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
    let sent = desk::submit_all(&mut archive, &drafts, false, &book::context(2))
        .expect("the replies are taken");
    println!("{} bytes, {} notes", text.len(), sent.len());

    let opened = Instant::now();
    let reader = Reader::new(&archive).expect("the archive is read");
    let room = Room::new(&reader, Setting::default()).expect("the room opens");
    let ready = opened.elapsed();
    let started = Instant::now();
    let routes = room.routes().expect("the pages are known");
    let to = base.path().join("site");
    let mut kinds: BTreeMap<&str, (usize, usize, f64)> = BTreeMap::new();
    let (mut heaviest, mut written) = ((0, String::new()), Duration::ZERO);
    for route in &routes {
        let begun = Instant::now();
        let Some(file) = room.file(route).expect("the page is made") else { continue };
        let took = begun.elapsed().as_secs_f64() * 1e3;
        let path = to.join(route.path());
        let begun = Instant::now();
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(&path, &file.bytes).expect("the page is written");
        written += begun.elapsed();
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
    let whole = started.elapsed();
    println!(
        "site: {:.2} s in all for {} files: {:.2} s to open the archive, {:.2} s to make them, {:.2} s to write them",
        (ready + whole).as_secs_f64(),
        routes.len(),
        ready.as_secs_f64(),
        (whole - written).as_secs_f64(),
        written.as_secs_f64(),
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
