//! Histories with planted truth: a few written by hand, and long ones made by
//! a small generator.

use super::{History, Phrases};

fn history(texts: &[&str]) -> History {
    let mut history = History::default();
    for text in texts {
        history.read((*text).to_owned());
    }
    history
}

/// Each stretch of the last text with its revision.
fn told(history: &History) -> Vec<(&str, u32)> {
    let text = history.text();
    let runs = history.runs();
    assert_eq!(runs.last().map_or(0, |r| r.end), text.len());
    runs.iter().map(|r| (&text[r.start..r.end], r.origin.revision)).collect()
}

const MILL: &str =
    "The old mill by the upper bridge burned down in March, and nobody ever learned why.";
const HENS: &str =
    "My grandmother kept eleven hens behind the chapel; she sold their eggs to the station master.";
const SNOW: &str =
    "Snow fell early that winter. The pass was closed until April, so letters came by sledge.";

#[test]
fn a_page_that_was_blanked_and_restored_is_as_before() {
    let page = format!("{MILL}\n\n{HENS}\n\n{SNOW}\n");
    let more = format!("{MILL}\n\n{HENS} Nobody else had hens.\n\n{SNOW}\n");
    let h = history(&[&page, &more, "", &more, "THE MAYOR IS A FOOL", &more]);
    assert_eq!(h.restored(), 2);
    let added = ("Nobody else had hens.\n\n", 1);
    let hens = format!("{MILL}\n\n{HENS} ");
    assert_eq!(told(&h), [(&*hens, 0), added, (&*format!("{SNOW}\n"), 0)]);
    // Not the same text again: the words know it.
    let last = format!("{MILL}\n\n{HENS} Nobody else had hens.\n\n{SNOW} It was cold.\n");
    let h = history(&[&page, &more, "", "vandals were here", &last]);
    assert_eq!(h.restored(), 0);
    assert_eq!(told(&h), [(&*hens, 0), added, (&*format!("{SNOW} "), 0), ("It was cold.\n", 4)]);
    // What was written over a part of it, and taken out again with an edit elsewhere.
    let over = more.replace("eleven hens behind the chapel", "PENGUINS");
    let mended = more.replace("in March", "in May");
    let h = history(&[&page, &more, &over, &mended]);
    let (a, b) = MILL.split_once("March").unwrap();
    assert_eq!(
        told(&h),
        [(a, 0), ("May", 3), (&*format!("{b}\n\n{HENS} "), 0), added, (&*format!("{SNOW}\n"), 0)]
    );
}

#[test]
fn an_edit_war_costs_nobody_a_word() {
    let (a, b) = (format!("{MILL} {HENS} {SNOW}"), format!("{MILL} Hens are dull. {SNOW}"));
    let texts: Vec<&str> = (0..60).map(|n| if n % 2 == 0 { &*a } else { &*b }).collect();
    // The stop behind the hens stayed.
    let stop = format!(". {SNOW}");
    let mill = format!("{MILL} ");
    assert_eq!(told(&history(&texts)), [(&*mill, 0), ("Hens are dull", 1), (&*stop, 0)]);
    assert_eq!(told(&history(&texts[..59])), [(&*a, 0)]);
}

#[test]
fn moves_splits_and_print_steal_nothing() {
    let old = format!("{MILL} {HENS}\n\n{SNOW}");
    for new in [
        format!("{SNOW}\n\n{MILL} {HENS}"),
        format!("{HENS}\n\n{SNOW} {MILL}"),
        format!("{MILL}\n\n{HENS}\n\n{SNOW}"),
        old.replace(' ', "\n"),
        old.replace("eleven", "ele-\nven").replace("chapel", "cha-\n  pel"),
    ] {
        assert_eq!(told(&history(&[&old, &new])), [(&*new, 0)], "{new}");
    }
    let quotes = ["He wrote \"wind N-W\" - and it's gone.", "He wrote “wind N–W” – and it’s gone."];
    assert_eq!(told(&history(&quotes)), [(quotes[1], 0)]);
    // A mark takes no word.
    let h = history(&["one two three", "one two, [[three]]"]);
    assert_eq!(told(&h), [("one two", 0), (", [[", 1), ("three", 0), ("]]", 1)]);
}

#[test]
fn the_copy_is_written_by_who_pasted_it() {
    let h = history(&[&format!("{MILL}\n\n{SNOW}\n"), &format!("{MILL}\n\n{SNOW}\n\n{MILL}\n")]);
    assert_eq!(told(&h), [(&*format!("{MILL}\n\n{SNOW}\n\n"), 0), (&*format!("{MILL}\n"), 1)]);
    // Also when the one that stands had been away.
    let (with, without) = (format!("{MILL}\n\n{SNOW}\n"), format!("{SNOW}\n"));
    let twice = format!("{MILL}\n\n{SNOW}\n\n{MILL}\n");
    let h = history(&[&with, &without, &with, &twice]);
    assert_eq!(told(&h)[1], (&*format!("{MILL}\n"), 3));
}

#[test]
fn a_passage_is_known_after_years_and_elsewhere_but_no_commonplace() {
    let far = format!("{SNOW}\n\nA new chapter.\n\n{MILL}");
    let h =
        history(&[&format!("{MILL}\n\n{SNOW}"), SNOW, &format!("{SNOW}\n\nA new chapter."), &far]);
    assert_eq!(told(&h), [(&*format!("{SNOW}\n\n"), 0), ("A new chapter.\n\n", 2), (MILL, 0)]);
    let common = "of the and of the in of the to of the was of the on of the by of the and of the "
        .repeat(40);
    let with = format!("{common}{MILL} {SNOW} of the");
    let h = history(&[
        &format!("{common}{MILL} of the {SNOW}"),
        &format!("{common}{MILL} {SNOW}"),
        &with,
    ]);
    assert_eq!(told(&h).last(), Some(&("of the", 2)));
}

#[test]
fn a_long_passage_comes_back_whole_after_many_blankings() {
    let mut dice = Dice(3);
    let mut paragraph = || (0..150).map(|_| dice.word(true) + " ").collect::<String>() + "\n";
    let mut page: Vec<String> = (0..8).map(|_| paragraph()).collect();
    let mut h = History::default();
    h.read(page.concat());
    // Each time another neighbour changes, so that the page is cut otherwise.
    for n in 0..12 {
        page[n % 3] = paragraph();
        h.read(page.concat());
        h.read(format!("vandal {n}"));
        h.read(page.concat());
    }
    let gone = page.remove(5);
    h.read(page.concat());
    for n in 0..12 {
        page[n % 3] = paragraph();
        h.read(page.concat());
        h.read("gone again".to_owned());
        h.read(page.concat());
    }
    page.push(gone.clone());
    h.read(page.concat());
    let text = page.concat();
    let from = text.len() - gone.len();
    let runs = h.attribution().runs_in(from..text.len());
    assert!(runs.iter().all(|r| r.origin.revision == 0), "{runs:?}");
}

#[test]
fn a_row_of_marks_is_nobodys() {
    let link = |name: &str, at: &str| format!("[![{name}](https://{at}.svg)]\n");
    let (a, b) = (link("Build status", "one.net"), link("Coverage", "two.com"));
    let h = history(&[&format!("{MILL}\n{a}"), &format!("{MILL}\n"), &format!("{MILL}\n{b}")]);
    assert_eq!(told(&h), [(&*format!("{MILL}\n"), 0), (&*b, 2)]);
}

#[test]
fn first_seen_is_the_first_appearance() {
    let phrases = [
        "eleven hens",
        "sold their eggs",
        "upper bridge burned",
        "Hens and hens",
        "never there",
        "mill by the river",
    ];
    let mut h = History::looking_for(Phrases::new(phrases.into_iter()));
    for text in [
        format!("{MILL} {SNOW}"),
        format!("{MILL} {HENS} {SNOW}"),
        format!("{MILL} {SNOW}"),
        format!("{MILL}\n{}\n{SNOW}", HENS.replace(' ', "\n")),
        format!("{}\n{SNOW}", MILL.replace("upper bridge", "river")),
    ] {
        h.read(text);
    }
    let found = h.phrases();
    let first = |n: usize| found.first(n).map(|f| (f.revision, f.origins.len()));
    assert_eq!(first(0), Some((1, 1)));
    assert_eq!(first(1), Some((1, 1)));
    assert_eq!(first(2), Some((0, 1)));
    assert_eq!((first(3), first(4)), (None, None));
    // Old words and a new one.
    assert_eq!(first(5), Some((4, 2)));
    assert_eq!(found.first(0).unwrap().text, "eleven hens");
}

/// A small generator of numbers (Steele, Lea, Flood: SplitMix, 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    /// Words as prose has them (a few are common), or all alike.
    fn word(&mut self, prose: bool) -> String {
        let kinds = 3000f64;
        let part = self.roll(1 << 20) as f64 / (1 << 20) as f64;
        let rank = if prose { kinds.powf(part) } else { kinds * part } as usize;
        let syllables = ["ka", "lo", "mi", "ne", "ru", "sa", "to", "ve", "zi", "pa"];
        let mut n = rank * 7 + 3;
        let mut word = String::new();
        while n > 0 {
            word.push_str(syllables[n % 10]);
            n /= 10;
        }
        word
    }
}

#[derive(Clone)]
struct Word {
    text: String,
    space: &'static str,
    from: u32,
}

/// Texts of a book as readers correct it, vandals blank it, and others restore
/// it, and for each word of the last one who wrote it.
fn book(words: usize, revisions: u32, prose: bool, seed: u64) -> (Vec<String>, Vec<Word>) {
    let mut dice = Dice(seed);
    let mut doc: Vec<Word> = Vec::new();
    let space = |dice: &mut Dice| match dice.roll(60) {
        0 => "\n\n",
        1..=5 => "\n",
        _ => " ",
    };
    for _ in 0..words {
        let space = space(&mut dice);
        doc.push(Word { text: dice.word(prose), space, from: 0 });
    }
    let spell = |doc: &[Word]| doc.iter().flat_map(|w| [&*w.text, w.space]).collect::<String>();
    let mut texts = vec![spell(&doc)];
    let mut gone: Vec<(usize, Vec<Word>)> = Vec::new();
    let mut away: Option<Vec<Word>> = None;
    for from in 1..=revisions {
        if let Some(page) = away.take() {
            doc = page;
            texts.push(spell(&doc));
            continue;
        }
        let at = dice.roll(doc.len() - 130);
        let len = 1 + dice.roll(30);
        let fresh = |dice: &mut Dice, len: usize| -> Vec<Word> {
            (0..len).map(|_| Word { text: dice.word(prose), space: " ", from }).collect()
        };
        match dice.roll(20) {
            0..=8 => {
                let new = fresh(&mut dice, len);
                gone.push((at, doc.splice(at..at + len, new).collect()));
            }
            9..=11 => {
                let new = fresh(&mut dice, len);
                doc.splice(at..at, new);
            }
            12..=13 => gone.push((at, doc.drain(at..at + len).collect())),
            14..=15 if !gone.is_empty() => {
                let (at, back) = gone.swap_remove(dice.roll(gone.len()));
                let at = at.min(doc.len());
                doc.splice(at..at, back);
            }
            16 => {
                let part: Vec<Word> = doc.drain(at..at + 30 + len).collect();
                let to = dice.roll(doc.len());
                doc.splice(to..to, part);
            }
            17 => {
                away = Some(doc.clone());
                doc = fresh(&mut dice, len);
            }
            _ => {
                for word in &mut doc[at..at + 90] {
                    word.space = if word.space == "\n\n" { "\n\n" } else { space(&mut dice) };
                }
            }
        }
        texts.push(spell(&doc));
        if doc.len() < 200 && away.is_none() {
            break;
        }
    }
    (texts, doc)
}

/// Share of the words of the last text that go to their writer.
fn right(prose: bool) -> f64 {
    let (texts, truth) = book(4000, 240, prose, 7);
    let mut history = History::default();
    for text in texts {
        history.read(text);
    }
    let mut at = 0;
    let mut right = 0;
    for word in &truth {
        right += usize::from(history.attribution().at(at).unwrap().revision == word.from);
        at += word.text.len() + word.space.len();
    }
    assert_eq!(at, history.text().len());
    right as f64 / truth.len() as f64
}

#[test]
fn a_long_history_gives_nearly_every_word_to_its_writer() {
    let (uniform, prose) = (right(false), right(true));
    assert!(uniform > 0.99, "{uniform}");
    // The truth calls every word of a replaced stretch new, also the "of" that
    // both versions have; and of three common words put back nobody can tell.
    assert!(prose > 0.95, "{prose}");
}
