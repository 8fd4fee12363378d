//! Collation of a chapter's length of the memoir of `../shared/seeds` with
//! copies that are changed here, so that the truth is known. Skipped, and said
//! so, where the seeds are not.
#![allow(clippy::print_stderr, clippy::unwrap_used)]

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use variorum::collate::{Collation, RowKind, collate};
use variorum::text::View;

/// Words of a chapter.
const WORDS: usize = 4_000;

/// A word, and which word of the first copy it comes from; new words have
/// numbers of their own.
type Word = (String, usize);

/// The words of a chapter: those in the middle of the book, without words that
/// are broken over lines.
fn chapter() -> Option<Vec<Word>> {
    let seeds = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"));
    let Ok(files) = std::fs::read_dir(seeds) else {
        eprintln!("skipped: ../shared/seeds is not here");
        return None;
    };
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let path = files.map(|f| f.unwrap().path()).find(|p| name(p).starts_with("001_")).unwrap();
    let book = std::fs::read_to_string(path).unwrap();
    let words: Vec<&str> = book.split_ascii_whitespace().filter(|w| !w.ends_with('-')).collect();
    let from = words.len() / 2;
    Some(words[from..from + WORDS].iter().map(|w| w.to_string()).zip(0..).collect())
}

/// Numbers that look random; always the same ones.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.0 >> 33) as usize % n
    }
}

/// A copy with about one word in thirty other, gone or new.
fn copied(words: &[Word], dice: &mut Dice, next: &mut usize) -> Vec<Word> {
    let mut out = Vec::with_capacity(words.len());
    let mut other = |dice: &mut Dice, than: &str| {
        *next += 1;
        loop {
            let (word, _) = &words[dice.below(words.len())];
            if word != than {
                return (word.clone(), *next);
            }
        }
    };
    for word in words {
        match dice.below(90) {
            0 => out.push(other(dice, &word.0)),
            1 => {}
            2 => out.extend([word.clone(), other(dice, &word.0)]),
            _ => out.push(word.clone()),
        }
    }
    out
}

/// The text on lines of some width, a paragraph after each eighty words, and
/// where each word begins.
fn written(words: &[Word], width: usize) -> (View, Vec<usize>) {
    let (mut text, mut starts, mut column) = (String::new(), Vec::new(), 0);
    for (n, (word, _)) in words.iter().enumerate() {
        if n > 0 {
            let wide = column + word.len() >= width;
            text.push_str(if n % 80 == 0 {
                "\n\n"
            } else if wide {
                "\n"
            } else {
                " "
            });
            column = if wide || n % 80 == 0 { 0 } else { column + 1 };
        }
        starts.push(text.len());
        text.push_str(word);
        column += word.len();
    }
    text.push('\n');
    (View::new(text.into()), starts)
}

/// The words of a text in a row, by index.
fn words_in(c: &Collation, row: usize, text: usize, starts: &[usize]) -> std::ops::Range<usize> {
    let cell = c.cell(row, text).unwrap_or(0..0);
    let at = |byte: usize| starts.partition_point(|s| *s < byte);
    at(cell.start)..at(cell.end)
}

/// Rows, and rows that they were moved with, as one.
fn passages(c: &Collation) -> Vec<usize> {
    let mut first: Vec<usize> = (0..c.rows().len()).collect();
    for row in 0..first.len() {
        for other in c.moved_with(row) {
            let (a, b) = (first[row], first[*other as usize]);
            first.iter_mut().filter(|f| **f == a.max(b)).for_each(|f| *f = a.min(b));
        }
    }
    first
}

#[test]
fn copies_of_copies_are_aligned_by_descent() {
    let Some(chapter) = chapter() else { return };
    let (mut dice, mut next) = (Dice(11), WORDS);
    let mut texts = vec![chapter];
    for n in 1..8 {
        let mut copy = copied(&texts[(n - 1) / 2], &mut dice, &mut next);
        if n % 3 == 0 {
            // A passage stands elsewhere.
            let passage: Vec<Word> = copy.splice(1_040..1_120, []).collect();
            copy.splice(2_400..2_400, passage);
        }
        texts.push(copy);
    }
    let made: Vec<(View, Vec<usize>)> =
        texts.iter().enumerate().map(|(n, t)| written(t, 50 + 4 * n)).collect();
    let views: Vec<&View> = made.iter().map(|(view, _)| view).collect();
    let c = collate(&views, None);

    // Words that the collation holds to be the same word, and those that are.
    let passage = passages(&c);
    let mut vertices: HashMap<(usize, usize, &str), Vec<usize>> = HashMap::new();
    for (row, passage) in passage.iter().enumerate() {
        for (t, text) in texts.iter().enumerate() {
            let words = words_in(&c, row, t, &made[t].1);
            for (k, (word, id)) in text[words].iter().enumerate() {
                vertices.entry((*passage, k, word)).or_default().push(*id);
            }
        }
    }
    let told: usize = vertices.values().map(Vec::len).sum();
    assert_eq!(told, texts.iter().map(Vec::len).sum::<usize>(), "each word is in one cell");
    let pairs = |n: usize| n * n.saturating_sub(1) / 2;
    let counted = |ids: &mut dyn Iterator<Item = usize>| {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        ids.for_each(|id| *counts.entry(id).or_default() += 1);
        counts.into_values().map(pairs).sum::<usize>()
    };
    let right: usize = vertices.values().map(|v| counted(&mut v.iter().copied())).sum();
    let found: usize = vertices.values().map(|v| pairs(v.len())).sum();
    let all = counted(&mut texts.iter().flatten().map(|(_, id)| *id));
    assert!(right * 1_000 >= all * 998, "{right} of {all} pairs of words by descent");
    // A word that went, and the same word that came in its place, look the same.
    assert!(right * 1_000 >= found * 999, "{right} of {found} pairs are right");
    assert!((0..c.rows().len()).any(|r| c.moved_with(r).len() == 1), "what moved is said");

    // In another order of the texts the rows are the same.
    let turned: Vec<&View> = views.iter().rev().copied().collect();
    let again = collate(&turned, None);
    assert_eq!(again.rows().len(), c.rows().len());
    for row in 0..c.rows().len() {
        assert_eq!(again.rows()[row].kind, c.rows()[row].kind);
        for t in 0..8 {
            assert_eq!(again.cell(row, 7 - t), c.cell(row, t));
        }
    }
}

#[test]
fn planted_differences_are_named_one_by_one() {
    let Some(chapter) = chapter() else { return };
    let letters =
        |w: &str, least: usize| w.len() >= least && w.bytes().all(|b| b.is_ascii_lowercase());
    let kinds = [
        RowKind::Punctuation,
        RowKind::Spelling,
        RowKind::Omission,
        RowKind::Word,
        RowKind::Transposition,
    ];
    let mut copy = Vec::with_capacity(WORDS);
    let mut planted = Vec::new();
    let mut at = 0;
    while at < chapter.len() {
        let due = at > 40 * (planted.len() + 1);
        let fit = due && at + 3 < chapter.len() && {
            let [a, b] = [&chapter[at].0, &chapter[at + 1].0];
            letters(a, 6) && letters(b, 4) && a != b && a[..1] != b[..1]
        };
        if !fit {
            copy.push(chapter[at].clone());
            at += 1;
            continue;
        }
        let kind = kinds[planted.len() % kinds.len()];
        planted.push((at, kind));
        let word = &chapter[at].0;
        match kind {
            RowKind::Punctuation => copy.push((format!("{word};"), at)),
            RowKind::Spelling => copy.push((format!("{}{}", &word[..3], &word[2..]), at)),
            RowKind::Omission => {}
            RowKind::Word => copy.push(("zz9".into(), at)),
            _ => {
                copy.extend([chapter[at + 1].clone(), chapter[at].clone()]);
                at += 1;
            }
        }
        at += 1;
    }
    assert!(planted.len() >= 50, "{}", planted.len());
    let ((a, starts), (b, _)) = (written(&chapter, 70), written(&copy, 61));
    let c = collate(&[&a, &b], None);
    let mut found: BTreeMap<u32, (usize, RowKind)> = BTreeMap::new();
    let mut last = 0;
    for (n, row) in c.rows().iter().enumerate() {
        let words = words_in(&c, n, 0, &starts);
        if !words.is_empty() {
            last = words.end;
        }
        if row.place > 0 {
            let first = if words.is_empty() { last } else { words.start };
            let place = found.entry(row.place).or_insert((first, row.kind));
            place.1 = place.1.max(row.kind);
        }
    }
    let found: Vec<(usize, RowKind)> = found.into_values().collect();
    assert_eq!(found, planted);
}
