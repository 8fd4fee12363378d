//! Comparison, edits and attribution on the memoir of `../shared/seeds`, with
//! changes made here, so that the truth is known. Skipped, and said so, where
//! the seeds are not.
#![allow(clippy::print_stderr, clippy::unwrap_used)]

use std::path::Path;
use std::sync::Arc;

use variorum::attribution::{Attribution, Basis, Memory};
use variorum::collate::{ChangeKind, Diff, diff};
use variorum::text::View;
use variorum::text::edits::between;

fn memoir() -> Option<String> {
    let seeds = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"));
    let Ok(files) = std::fs::read_dir(seeds) else {
        eprintln!("skipped: ../shared/seeds is not here");
        return None;
    };
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut files = files.map(|f| f.unwrap().path());
    let path = files.find(|path| name(path).starts_with("001_")).unwrap();
    Some(std::fs::read_to_string(path).unwrap())
}

fn compared(old: &str, new: &str) -> Diff {
    diff(&View::new(Arc::from(old)), &View::new(Arc::from(new)))
}

/// Words with the white space after them; white space is ASCII's.
fn rows(text: &str) -> (&str, Vec<(&str, String)>) {
    let space = |c: char| c.is_ascii_whitespace() || c == '\x0b';
    let first = text.find(|c| !space(c)).unwrap();
    let (head, mut rest) = text.split_at(first);
    let mut rows = Vec::new();
    while !rest.is_empty() {
        let word = rest.find(space).unwrap_or(rest.len());
        let end = rest[word..].find(|c| !space(c)).map_or(rest.len(), |k| word + k);
        rows.push((&rest[..word], rest[word..end].to_owned()));
        rest = &rest[end..];
    }
    (head, rows)
}

fn text(head: &str, rows: &[(impl AsRef<str>, String)]) -> String {
    let mut out = head.to_owned();
    for (word, space) in rows {
        out.push_str(word.as_ref());
        out.push_str(space);
    }
    out
}

fn rewrapped(rows: &[(impl AsRef<str>, String)], width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for (k, (word, space)) in rows.iter().enumerate() {
        out.push_str(word.as_ref());
        column += word.as_ref().chars().count();
        let next = rows.get(k + 1).map_or(0, |(w, _)| w.as_ref().chars().count());
        if space.matches('\n').count() > 1 || k + 1 == rows.len() {
            out.push_str(space);
            column = 0;
        } else if column + 1 + next > width {
            out.push('\n');
            column = 0;
        } else {
            out.push(' ');
            column += 1;
        }
    }
    out
}

/// A small generator with a fixed start (numbers of Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % n
    }
}

#[test]
fn other_lines_and_whole_words_are_no_change() {
    let Some(book) = memoir() else { return };
    let (head, rows) = rows(&book);
    for width in [40, 60, 100] {
        let diff = compared(&book, &(head.to_owned() + &rewrapped(&rows, width)));
        assert!(diff.same_words && diff.changes.is_empty(), "{:?}", diff.changes[0]);
        assert_eq!(diff.stats.deleted + diff.stats.inserted, 0);
    }
    // Join what is broken at a line end between small letters.
    let small = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase());
    let mut joined: Vec<(String, String)> = Vec::new();
    for (word, space) in &rows {
        match joined.last_mut() {
            Some((last, gap))
                if last.ends_with('-')
                    && small(last.chars().rev().nth(1))
                    && gap.matches('\n').count() == 1
                    && small(word.chars().next()) =>
            {
                last.pop();
                last.push_str(word);
                gap.clone_from(space);
            }
            _ => joined.push(((*word).to_owned(), space.clone())),
        }
    }
    assert!(joined.len() + 2000 < rows.len());
    assert!(compared(&book, &text(head, &joined)).same_words);
    assert!(compared(&book, &(head.to_owned() + &rewrapped(&joined, 60))).same_words);
}

#[test]
fn random_edits_cost_no_more_words_than_were_planted() {
    let Some(book) = memoir() else { return };
    let (head, rows) = rows(&book);
    for (seed, per_mille) in [(1, 10), (2, 50), (3, 200)] {
        let mut dice = Dice(seed);
        let mut planted = 0;
        let mut edited: Vec<(String, String)> = Vec::new();
        for (word, space) in &rows {
            let kept = ((*word).to_owned(), space.clone());
            if dice.below(1000) >= per_mille {
                edited.push(kept);
                continue;
            }
            let other = rows[dice.below(rows.len())].0.to_owned();
            match dice.below(5) {
                0 => {
                    planted += 1;
                    if let Some((_, gap)) = edited.last_mut()
                        && space.contains('\n')
                    {
                        gap.clone_from(space);
                    }
                }
                1 => {
                    planted += 1;
                    edited.push((other, " ".into()));
                    edited.push(kept);
                }
                _ => {
                    planted += 2;
                    edited.push((other, space.clone()));
                }
            }
        }
        let diff = compared(&book, &text(head, &edited));
        let cost = diff.stats.deleted + diff.stats.inserted;
        eprintln!(
            "{per_mille} in 1000: planted {planted}, found {cost}, moved {}",
            diff.stats.moved
        );
        // Drawn words may make or break a word at a hyphen: one in a thousand.
        assert!(cost <= planted + planted / 1000, "planted {planted}, found {cost}");
    }
}

#[test]
fn moved_paragraphs_are_named() {
    let Some(book) = memoir() else { return };
    let mut paragraphs: Vec<&str> = book.split_inclusive("\n\n").collect();
    let long = |p: &&str| p.split_whitespace().count() >= 40;
    let (from, to) = (paragraphs.len() / 5, paragraphs.len() / 2);
    let mut moved = Vec::new();
    for k in 0..10 {
        let at = (from + 20 * k..).find(|&at| long(&paragraphs[at])).unwrap();
        moved.push(paragraphs.remove(at));
    }
    for (k, paragraph) in moved.iter().enumerate() {
        paragraphs.insert(to + 17 * k, paragraph);
    }
    let new: String = paragraphs.concat();
    let diff = compared(&book, &new);
    let named = moved.iter().filter(|p| {
        diff.changes.iter().any(|c| {
            // A page number at the edge of a paragraph may stay outside.
            let inside = new[c.new.range()].trim();
            c.kind == ChangeKind::Move && p.contains(inside) && inside.len() * 10 >= p.len() * 9
        })
    });
    assert_eq!(named.count(), moved.len());
}

#[test]
fn recorded_edits_and_their_attribution_agree_with_inference() {
    let Some(book) = memoir() else { return };
    let mut dice = Dice(9);
    let (mut old, mut memory) = (book, Memory::default());
    let mut recorded = Attribution::first(old.len(), 0, Basis::Recorded);
    let mut inferred = Attribution::first(old.len(), 0, Basis::Inferred);
    for revision in 1..=40 {
        let mut at = dice.below(old.len());
        while !old.is_char_boundary(at) {
            at -= 1;
        }
        let place = old[at..].find(". ").map_or(old.len(), |k| at + k + 2);
        let mut new = old.clone();
        new.insert_str(place, &format!("Zq{revision} was qx{revision} here vy{revision}. "));
        let edits = between(&old, &new);
        assert!(edits.len() == 1);
        assert_eq!(edits.apply(&old, &|_, _| None).unwrap(), new);
        recorded = recorded.advance_recorded(&edits, revision, |_| None, |_| None).unwrap();
        inferred = inferred.advance_inferred(&old, &new, revision, &mut memory);
        old = new;
    }
    let view = View::new(Arc::from(old.as_str()));
    let by = |a: &Attribution| -> Vec<u32> {
        a.words(&view).into_iter().map(|o| o.unwrap().revision).collect()
    };
    let (known, guessed) = (by(&recorded), by(&inferred));
    let wrong = known.iter().zip(&guessed).filter(|(a, b)| a != b).count();
    assert!(wrong <= 4, "{wrong} words of {} inferred otherwise", known.len());
    assert_eq!(known.iter().filter(|r| **r > 0).count(), 40 * 5);
}
