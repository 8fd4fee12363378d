//! `examine --quotes` and `examine --copies` on made-up texts: an article is
//! made of made-up sources with a planted verdict for every quotation, and
//! passages are planted in several texts; precision and recall are counted.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod dice;
mod door;

use std::collections::BTreeMap;

use dice::Dice;
use door::Room;
use serde_json::Value;
use variorum::examine::{Held, Known, QuotationVerdict as V, check_quotations, reused};
use variorum::text::View;

const SYLLABLES: [&str; 16] = [
    "ba", "ne", "ti", "ro", "su", "mel", "kar", "ost", "in", "da", "fu", "gy", "lo", "pre", "vin",
    "he",
];

/// A word; short ones come often, as in a language.
fn made_up(dice: &mut Dice) -> String {
    let rank = dice.below(50) * dice.below(50);
    let mut shape = Dice(rank as u64);
    let most = 1 + rank.max(1).ilog10() as usize * 2;
    (0..1 + shape.below(most)).map(|_| SYLLABLES[shape.below(16)]).collect()
}

fn sentence(dice: &mut Dice, words: usize) -> Vec<String> {
    (0..words).map(|_| made_up(dice)).collect()
}

/// A text of sentences in lines, each sentence on a line of its own.
fn source(dice: &mut Dice, sentences: usize) -> Vec<Vec<String>> {
    (0..sentences)
        .map(|_| {
            let words = 8 + dice.below(24);
            sentence(dice, words)
        })
        .collect()
}

fn print(source: &[Vec<String>]) -> String {
    let line = |s: &Vec<String>| {
        let text = s.join(" ");
        let (first, rest) = text.split_at(1);
        format!("{}{rest}.", first.to_uppercase())
    };
    let paragraphs: Vec<String> =
        source.chunks(5).map(|p| p.iter().map(line).collect::<Vec<_>>().join("\n")).collect();
    paragraphs.join("\n\n")
}

/// The line of a sentence, from 1.
fn line_of(sentence: usize) -> usize {
    1 + sentence + sentence / 5
}

struct Planted {
    article: String,
    verdicts: Vec<V>,
}

/// An article that quotes the two sources M and E, and one, Walsh, that is not
/// here.
fn article(dice: &mut Dice, m: &[Vec<String>], e: &[Vec<String>], count: usize) -> Planted {
    let marks = [("“", "”"), ("\"", "\""), ("«", "»"), ("„", "“"), ("‘", "’")];
    let (mut article, mut verdicts) = (String::new(), Vec::new());
    for n in 0..count {
        let verdict = V::ALL[n % V::ALL.len()];
        let at = loop {
            let at = dice.below(m.len());
            if m[at].len() >= 14 {
                break at;
            }
        };
        let from = dice.below(m[at].len() - 12);
        let whole: Vec<String> =
            m[at][from..from + 10 + dice.below(m[at].len() - from - 10)].to_vec();
        let mut words = whole.clone();
        let line = line_of(at);
        let mut cited = match n % 3 {
            0 => format!(" (M:{line})"),
            1 => format!(" (The Long Pier, line {line})"),
            _ => String::new(),
        };
        match verdict {
            V::Exact => {}
            V::Shifted => cited = format!(" (M:{})", if line > 40 { line - 30 } else { line + 30 }),
            V::LeftOutMarked => {
                words.splice(4..6, ["…".to_string()]);
            }
            V::LeftOut => {
                words.splice(4..6, []);
            }
            V::OrderChanged => {
                let half = words.len() / 2;
                words.rotate_left(half);
            }
            V::WordsDiffer => {
                for _ in 0..1 + dice.below(2) {
                    let at = dice.below(words.len());
                    words[at] = format!("q{}", made_up(dice));
                }
            }
            V::OtherText => {
                words = e[dice.below(e.len())].clone();
                words.truncate(20);
                cited =
                    if n % 2 == 0 { " (M:12)".into() } else { " (The Long Pier, line 9)".into() };
            }
            V::NotHeld => {
                words = sentence(dice, 12);
                cited = " (Walsh, p. 7)".into();
            }
            V::NotFound => words = sentence(dice, 12),
        }
        let said = words.join(" ");
        let ask: Vec<String> = sentence(dice, 5);
        if n % 7 == 6 {
            article += &format!("Zu{} has it{cited}:\n\n    {said}\n\n", ask.join(" "));
        } else {
            let (open, close) = marks[dice.below(marks.len())];
            article += &format!("Zu{} wrote {open}{said}{close}{cited}.\n\n", ask.join(" "));
        }
        verdicts.push(verdict);
    }
    Planted { article, verdicts }
}

fn known() -> [Known<'static>; 3] {
    [
        Known { siglum: "M", title: "The Long Pier: a memoir", held: Some(0), ..Known::default() },
        Known { siglum: "E", title: "Letters from Hollen", held: Some(1), ..Known::default() },
        Known { siglum: "W", people: vec!["Ada Walsh".into()], ..Known::default() },
    ]
}

#[test]
fn every_verdict_is_given_where_it_was_planted() {
    let dice = &mut Dice(17);
    let (m, e) = (source(dice, 1500), source(dice, 400));
    let planted = article(dice, &m, &e, 450);
    let (a, b) = (View::new(print(&m).into()), View::new(print(&e).into()));
    let view = View::new(planted.article.as_str().into());
    let held = [Held { name: "M@1", view: &a }, Held { name: "E@1", view: &b }];
    let checked = check_quotations(&view, &held, &known());
    assert_eq!(checked.quotations.len(), planted.verdicts.len());
    // Of each verdict: planted, given, both.
    let mut table: BTreeMap<V, [usize; 3]> = BTreeMap::new();
    for (truth, found) in planted.verdicts.iter().zip(&checked.quotations) {
        table.entry(*truth).or_default()[0] += 1;
        table.entry(found.verdict).or_default()[1] += 1;
        table.entry(*truth).or_default()[2] += usize::from(*truth == found.verdict);
        if *truth != found.verdict {
            println!("{truth:?} as {:?}: {} {:?}", found.verdict, found.said, found.attributed);
        }
    }
    for (verdict, [planted, given, both]) in &table {
        println!("{}: {planted} planted, {given} given, {both} both", verdict.name());
        assert!(both * 100 >= planted * 94, "recall of {verdict:?}");
        assert!(both * 100 >= given * 94, "precision of {verdict:?}");
    }
}

/// Reworded passages of one text in others, and none where none was planted.
#[test]
fn shared_passages_are_found_and_no_others() {
    let dice = &mut Dice(23);
    let mut texts: Vec<Vec<Vec<String>>> = (0..6).map(|_| source(dice, 400)).collect();
    let mut planted = Vec::new();
    for n in 0..60 {
        let (from, mut to) = (dice.below(6), dice.below(6));
        if from == to {
            to = (to + 1) % 6;
        }
        let at = dice.below(380);
        let mut passage: Vec<Vec<String>> = texts[from][at..at + 3].to_vec();
        if n % 2 == 1 {
            for word in passage.iter_mut().flatten() {
                if dice.below(12) == 0 {
                    *word = format!("q{}", made_up(dice));
                }
            }
        }
        let place = dice.below(texts[to].len());
        planted.push((from, to, passage[1].join(" ")));
        texts[to].splice(place..place, passage);
    }
    let printed: Vec<String> = texts.iter().map(|t| print(t)).collect();
    let views: Vec<View> = printed.iter().map(|p| View::new(p.as_str().into())).collect();
    let held: Vec<Held<'_>> = views.iter().map(|view| Held { name: "t", view }).collect();
    let found = reused(&held);
    let pairs: Vec<(usize, usize)> =
        found.iter().flat_map(|f| f.again.iter().map(|a| (f.place.text, a.place.text))).collect();
    let met = planted
        .iter()
        .filter(|(from, to, _)| pairs.contains(&(*from.min(to), *from.max(to))))
        .count();
    println!("{} planted, {} pairs found, {met} met", planted.len(), pairs.len());
    assert_eq!(met, planted.len());
    // What is copied from a copy stands in three texts: more pairs than planted.
    assert!(pairs.len() <= planted.len() * 11 / 10, "{}", pairs.len());
    let again = found.iter().flat_map(|f| &f.again);
    assert!(again.clone().all(|a| a.share >= 0.6 && a.same > 15));
    assert!(again.clone().any(|a| a.differences.is_empty()));
}

/// One word many times, and texts that share nothing.
#[test]
fn hopeless_texts_are_bounded() {
    let same = View::new("no ".repeat(60_000).into());
    let other = View::new("no ".repeat(50_000).into());
    let held = [Held { name: "a", view: &same }, Held { name: "b", view: &other }];
    assert_eq!(reused(&held).len(), 0);
    let article = format!("He said “{}” twice.", "no ".repeat(60).trim());
    let checked = check_quotations(&View::new(article.into()), &held, &[]);
    assert_eq!(checked.quotations.len(), 1);
}

const ARTICLE: &str = "Dorn says \u{201c}no ferry would ever leave the long pier again\u{201d}.\n\n\
He closes: \u{201c}and that the harbour of Hollen was given to the crows by decree of the king\u{201d} (W, p. 3).\n";

#[test]
fn a_file_is_checked_against_the_archive() {
    let room = Room::new();
    let words: Vec<&str> = door::FERRY.split_whitespace().collect();
    let right = words[40..52].join(" ");
    room.write("article.txt", format!("In The Long Pier: “{right}”.\n\n{ARTICLE}"));
    let ran = room.a(&["examine", "--quotes", "article.txt", "--json"]).exits(0);
    assert_eq!(ran.envelope()["schema"], "variorum/quotations/1");
    let data = ran.data();
    let verdicts: Vec<&str> =
        data["items"].as_array().unwrap().iter().map(|i| i["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["exact", "not-found", "not-found"]);
    assert_eq!(data["items"][0]["place"]["in"], "F@1");
    assert_eq!(data["items"][1]["attributed"]["to"][0], "F@1");
    room.a(&["examine", "--quotes", "article.txt", "--check"]).exits(1).says(&[
        "3 quotation(s) checked, 2 to look at",
        "not-found",
        "against F@1",
    ]);
    room.a(&["examine", "--quotes", "article.txt", "--all"]).exits(0).says(&["Stands so at F@1:"]);
    // Plain files, without an archive.
    let plain = ["examine", "--quotes", "article.txt", "ferry-memoir.txt", "--json"];
    let data = room.run(&plain).exits(0).data();
    assert_eq!(data["items"][0]["place"]["in"], "ferry-memoir.txt");
    room.a(&["examine", "--quotes", "article.txt", "--copies"]).exits(2);
    room.a(&["examine"]).exits(2);
}

#[test]
fn shared_passages_of_the_archive_are_shown() {
    let room = Room::new();
    let words: Vec<&str> = door::FERRY.split_whitespace().collect();
    let mut copy = words[60..100].to_vec();
    copy[20] = "zeppelin";
    room.write("letter.txt", format!("A letter.\n\n{}.\n", copy.join(" ")));
    room.a(&["add", "letter.txt", "--siglum", "L", "--title", "A letter"]).exits(0);
    let data = room.a(&["examine", "--copies", "--json"]).exits(0).data();
    let found = &data["findings"];
    assert_eq!(found.as_array().unwrap().len(), 1, "{data}");
    assert_eq!(
        (&found[0]["place"]["in"], &found[0]["again"][0]["place"]["in"]),
        (&Value::from("F@1"), &Value::from("L@1"))
    );
    assert_eq!(found[0]["again"][0]["differences"][0]["stands"], "zeppelin");
    assert!(data["texts"][0]["recorded"].is_string());
    room.a(&["examine", "--copies", "--check"]).exits(1).says(&[
        "zeppelin",
        "L@1:3",
        "words the same",
    ]);
    room.a(&["examine", "--copies", "F", "--check"]).exits(0).says(&["no shared passage"]);
}
