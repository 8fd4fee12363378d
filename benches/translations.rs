//! How well and how fast translations are paired, with verse numbers as truth:
//! `cargo bench --bench translations -- A.tsv B.tsv [A.tsv B.tsv …]`.
//!
//! Each file is one book in one language, a line `NUMBER<tab>WORDS` a verse;
//! such texts are not part of the repository. As in the figures of other
//! programs that the project goes by, a twentieth of the verses is left out at
//! random on each side, the rest is cut at . ! ? : ; into sentences, and the
//! aligner gets these without numbers. P is the part of its links (sentence
//! with sentence) whose two sides share a verse, R the part of the verses of
//! both sides that a right link found. Then the same with the program's own
//! sentences over the running text, and with B's order reversed: of unrelated
//! sentences none may be paired.
#![allow(clippy::print_stdout)]

use std::collections::HashSet;
use std::fs;
use std::ops::Range;
use std::time::Instant;

use variorum::collate::bilingual::{self, Pairing};
use variorum::text::View;

/// Verses: number and words.
type Book = Vec<(String, String)>;

struct Cut {
    texts: Vec<String>,
    /// For each sentence, the verses that it has a share in.
    verses: Vec<HashSet<usize>>,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    if args.is_empty() || !args.len().is_multiple_of(2) {
        println!("give pairs of files: cargo bench --bench translations -- A.tsv B.tsv");
        return;
    }
    println!("{:<44} {:>11}  {:>5} {:>5}  {:>6}", "texts", "sentences", "P", "R", "ms");
    for pair in args.chunks(2) {
        // Numbers of verses are shared: they are the truth.
        let (a, b) = (read(&pair[0]), read(&pair[1]));
        let mut numbers: Vec<&String> = a.iter().chain(&b).map(|(n, _)| n).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let id = |n: &String| numbers.binary_search(&n).expect("every number is in the list");
        let (a, b) = (thin(&a, 1), thin(&b, 2));
        let names = format!("{} {}", name(&pair[0]), name(&pair[1]));
        let (pieces_a, pieces_b) = (pieces(&a, id), pieces(&b, id));
        run(&names, &pieces_a, &pieces_b);
        run("  as the program cuts it", &running(&a, id), &running(&b, id));
        let reversed = Cut {
            texts: pieces_b.texts.into_iter().rev().collect(),
            verses: pieces_b.verses.into_iter().rev().collect(),
        };
        run("  reversed (nothing belongs together)", &pieces_a, &reversed);
    }
}

fn run(what: &str, a: &Cut, b: &Cut) {
    let texts_a: Vec<&str> = a.texts.iter().map(String::as_str).collect();
    let texts_b: Vec<&str> = b.texts.iter().map(String::as_str).collect();
    let mut times = Vec::new();
    let mut found = Pairing::default();
    for _ in 0..5 {
        let start = Instant::now();
        found = bilingual::pair(&texts_a, &texts_b, &[]);
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_unstable_by(f64::total_cmp);
    let (mut links, mut right) = (0usize, 0usize);
    let mut verses: HashSet<usize> = HashSet::new();
    for p in &found.pairs {
        for i in p.a.clone() {
            for j in p.b.clone() {
                let (of_a, of_b) = (&a.verses[i as usize], &b.verses[j as usize]);
                let mut shared = of_a.intersection(of_b).peekable();
                links += 1;
                right += usize::from(shared.peek().is_some());
                verses.extend(shared);
            }
        }
    }
    let all = |c: &Cut| -> HashSet<usize> { c.verses.iter().flatten().copied().collect() };
    let both = all(a).intersection(&all(b)).count().max(1);
    let part = |x: usize, of: usize| match of {
        0 => "none".to_string(),
        _ => format!("{:.3}", x as f64 / of as f64),
    };
    println!(
        "{what:<44} {:>11}  {:>5} {:>5}  {:>6.0}",
        format!("{}/{}", a.texts.len(), b.texts.len()),
        part(right, links),
        part(verses.len(), both),
        times[times.len() / 2]
    );
}

fn name(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.strip_suffix(".tsv").unwrap_or(file)
}

fn read(path: &str) -> Book {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let verse = |line: &str| {
        let (n, words) = line.split_once('\t').unwrap_or_else(|| panic!("{path}: {line:?}"));
        (n.to_string(), words.trim().to_string())
    };
    text.lines().filter(|l| !l.is_empty()).map(verse).collect()
}

/// Without a twentieth of the verses (numbers of Knuth's MMIX generator).
fn thin(book: &Book, seed: u64) -> Book {
    let mut dice = seed;
    let mut keep = || {
        dice = dice.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        !(dice >> 33_u32).is_multiple_of(20)
    };
    book.iter().filter(|_| keep()).cloned().collect()
}

/// Each verse cut at marks.
fn pieces(book: &Book, id: impl Fn(&String) -> usize) -> Cut {
    let mut out = Cut { texts: Vec::new(), verses: Vec::new() };
    for (number, words) in book {
        let mut rest = words.as_str();
        while !rest.is_empty() {
            let mark = |c: char| matches!(c, '.' | '!' | '?' | ';' | ':' | '։');
            let end = rest.find(mark).map_or(rest.len(), |at| {
                let after = &rest[at..];
                let more = |c: char| !mark(c) && !"\"'»”’)]".contains(c);
                at + after.find(more).unwrap_or(after.len())
            });
            let piece = rest[..end].trim();
            if !piece.is_empty() {
                out.texts.push(piece.to_string());
                out.verses.push(HashSet::from([id(number)]));
            }
            rest = &rest[end..];
        }
    }
    out
}

/// The verses as one running text, cut as the program cuts.
fn running(book: &Book, id: impl Fn(&String) -> usize) -> Cut {
    let mut text = String::new();
    let mut spans: Vec<(Range<usize>, usize)> = Vec::new();
    for (number, words) in book {
        let start = text.len();
        text.push_str(words);
        spans.push((start..text.len(), id(number)));
        text.push(' ');
    }
    let view = View::new(text.into());
    let mut out = Cut { texts: Vec::new(), verses: Vec::new() };
    for range in view.sentences() {
        let inside = |s: &&(Range<usize>, usize)| s.0.start < range.end && range.start < s.0.end;
        out.verses.push(spans.iter().filter(inside).map(|s| s.1).collect());
        out.texts.push(view.reading(range));
    }
    out
}
