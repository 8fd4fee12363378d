//! The book that the benchmarks are run on, and archives that hold it.
// Each benchmark takes what it needs of it.
#![allow(dead_code, clippy::print_stdout)]

use std::fs;
use std::path::Path;

use variorum::desk::{self, AddDraft, Archive, Context, InitDraft};

const VOCABULARY: [&str; 40] = [
    "harbour",
    "ferry",
    "landing",
    "night",
    "order",
    "closed",
    "engineer",
    "wind",
    "water",
    "bridge",
    "Hollen",
    "pier",
    "lamp",
    "chain",
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "was",
    "it",
    "had",
    "with",
    "for",
    "on",
    "as",
    "at",
    "by",
    "they",
    "not",
    "which",
    "from",
    "were",
    "two",
    "three",
    "after",
    "before",
    "when",
    "agreement",
];

/// A book like a scanned one: wrapped lines, words broken at their ends,
/// passages, pages. About 1.2 million characters.
pub fn book() -> String {
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let (mut out, mut column, mut line) = (String::new(), 0, 0);
    for n in 0..200_000u32 {
        let r = next();
        // Rare words make most quotations unique, as in real prose.
        let word = if r % 5 == 0 {
            format!("{}{}", VOCABULARY[(r >> 8) as usize % 40], n % 997)
        } else {
            VOCABULARY[(r >> 8) as usize % 40].to_string()
        };
        if column + word.len() > 74 {
            if r % 8 == 0 && word.len() > 6 {
                let (a, b) = word.split_at(3);
                out.push_str(a);
                out.push_str("-\n");
                out.push_str(b);
                column = b.len();
            } else {
                out.push('\n');
                out.push_str(&word);
                column = word.len();
            }
            line += 1;
            if line % 40 == 0 {
                out.insert(out.rfind('\n').expect("a line was begun") + 1, ' ');
            }
        } else {
            out.push_str(&word);
            column += word.len();
        }
        if r % 70 == 0 {
            out.push_str(".\n\n");
            column = 0;
        } else {
            out.push(' ');
            column += 1;
        }
    }
    out
}

/// The memoir in `../shared/seeds` when it is there, else a book made on the spot.
pub fn memoir() -> String {
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds/001_6097d6e2ba019926.txt");
    fs::read_to_string(seed).unwrap_or_else(|_| {
        println!("../shared/seeds is not here: the book is made on the spot");
        book()
    })
}

/// The context of the `n`th act: always the same time and randomness.
pub fn context(n: u64) -> Context {
    let mut entropy = [5; 32];
    entropy[..8].copy_from_slice(&n.to_be_bytes());
    Context::new("2026-01-02T03:04:05Z".parse().expect("a time"), None, entropy)
}

/// A new archive in the folder `archive` of `base`, its keys beside it, that holds
/// the text as `B`. The acts 0 and 1 are done.
pub fn archive(base: &Path, text: &str) -> Archive {
    let dir = base.join("archive");
    let draft = InitDraft {
        dir: dir.clone(),
        title: None,
        invitation: None,
        origin: Some("example.org/bench".into()),
        keeper: "Keeper".into(),
        private: base.join("private"),
        from: None,
    };
    desk::init(&draft, &context(0)).expect("an archive is made");
    let mut archive = Archive::open(&dir, &mut |_, _, _| {}).expect("the archive opens");
    let add = AddDraft {
        bytes: text.as_bytes().to_vec(),
        name: "book".into(),
        siglum: "B".into(),
        ..Default::default()
    };
    desk::add(&mut archive, &add, &context(1)).expect("the book is added");
    archive
}
