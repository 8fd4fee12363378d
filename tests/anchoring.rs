//! Places carried from one text into another, on made-up texts with planted
//! edits and moves: the truth is known for every word.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod dice;
mod door;

use std::ops::Range;

use dice::Dice;
use door::Room;
use serde_json::Value;
use variorum::anchor::{Carried, Carrier, Locator, Resolution};
use variorum::text::View;

/// A word; short ones come often, as in a language.
fn made_up(dice: &mut Dice) -> String {
    let rank = dice.below(40) * dice.below(40);
    let mut shape = Dice(rank as u64);
    let syllables = ["ba", "ne", "ti", "ro", "su", "mel", "kar", "ost", "in", "da", "fu", "gy"];
    (0..1 + shape.below(1 + rank.max(1).ilog10().max(1) as usize * 2))
        .map(|_| syllables[shape.below(12)])
        .collect()
}

/// A word and where it was in the old text; `None`: new.
type Words = Vec<(String, Option<usize>)>;

/// Paragraphs of 20 to 90 words.
fn book(dice: &mut Dice, paragraphs: usize) -> Vec<Words> {
    let mut number = 0;
    let mut paragraph = || {
        (0..20 + dice.below(70))
            .map(|_| {
                number += 1;
                (made_up(dice), Some(number - 1))
            })
            .collect()
    };
    (0..paragraphs).map(|_| paragraph()).collect()
}

/// Changes a share of the words, in per cent: three fifths other words, the
/// rest gone or with a new one before.
fn edited(book: &[Words], dice: &mut Dice, share: usize) -> Vec<Words> {
    let mut edit = |word: &(String, Option<usize>)| -> Words {
        match dice.below(500) {
            n if n >= share * 5 => vec![word.clone()],
            n if n < share * 3 => vec![(format!("x{}", made_up(dice)), None)],
            n if n < share * 4 => vec![],
            _ => vec![(format!("x{}", made_up(dice)), None), word.clone()],
        }
    };
    book.iter().map(|p| p.iter().flat_map(&mut edit).collect()).collect()
}

/// Bytes of a word in print, and of which word of the book it is.
type Printed = Vec<(Range<usize>, Option<usize>)>;

/// The text in lines of about 60 letters, and the bytes of every word.
fn print(book: &[Words]) -> (String, Printed) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for paragraph in book {
        let mut column = 0;
        for (n, (word, from)) in paragraph.iter().enumerate() {
            if n > 0 {
                text.push(if column > 60 { '\n' } else { ' ' });
                column = if column > 60 { 0 } else { column };
            }
            places.push((text.len()..text.len() + word.len(), *from));
            text.push_str(word);
            column += word.len() + 1;
        }
        text.push_str("\n\n");
    }
    (text, places)
}

struct Case {
    old: Range<usize>,
    /// The words that stand, as one span; `None`: too few, or torn apart.
    new: Option<Range<usize>>,
    torn: bool,
    words: usize,
}

fn cases(
    old: &[(Range<usize>, Option<usize>)],
    new: &[(Range<usize>, Option<usize>)],
    dice: &mut Dice,
    count: usize,
) -> Vec<Case> {
    let mut now = vec![None; old.len()];
    for (n, (_, from)) in new.iter().enumerate() {
        if let Some(from) = from {
            now[*from] = Some(n);
        }
    }
    let mut out = Vec::new();
    for _ in 0..count {
        let words = 5 + dice.below(50);
        let first = dice.below(old.len() - words);
        let span = old[first].0.start..old[first + words - 1].0.end;
        let stand: Vec<usize> = now[first..first + words].iter().flatten().copied().collect();
        let torn = stand.windows(2).any(|w| w[1] < w[0] || w[1] - w[0] > words);
        let place = (!torn && stand.len() * 2 >= words)
            .then(|| new[stand[0]].0.start..new[stand[stand.len() - 1]].0.end);
        out.push(Case { old: span, new: place, torn, words });
    }
    out
}

#[test]
fn places_are_carried_over_edits_and_moves() {
    let dice = &mut Dice(41);
    let old_book = book(dice, 240);
    for (share, moves, least) in [(5, 0, 998), (20, 0, 995), (20, 8, 990)] {
        let mut new_book = edited(&old_book, dice, share);
        for _ in 0..moves {
            let paragraph = new_book.remove(dice.below(new_book.len()));
            let to = dice.below(new_book.len());
            new_book.insert(to, paragraph);
        }
        let ((old, old_words), (new, new_words)) = (print(&old_book), print(&new_book));
        let (a, b) = (View::new(old.into()), View::new(new.into()));
        let carrier = Carrier::between(&a, &b);
        let all = cases(&old_words, &new_words, dice, 1000);
        let (mut exact, mut wrong, mut known) = (0, 0, 0);
        for case in all.iter().filter(|c| !c.torn) {
            let carried = carrier.carry(case.old.clone());
            let (span, damaged) = match carried {
                Carried::Kept { span, .. } => (Some(span), false),
                Carried::Changed { span, kept, words, .. } => {
                    assert_eq!(words, case.words);
                    (Some(span), kept * 2 < words)
                }
                Carried::Lost => (None, true),
            };
            match &case.new {
                Some(truth) => {
                    known += 1;
                    exact += usize::from(span.as_ref() == Some(truth));
                    let apart = |s: &Range<usize>| s.end <= truth.start || truth.end <= s.start;
                    wrong += usize::from(span.as_ref().is_some_and(apart));
                }
                None => assert!(damaged, "under half of {:?} is left", case.old),
            }
        }
        println!("{share} % edited, {moves} moved: {exact} of {known} exact, {wrong} wrong");
        assert!(exact * 1000 >= known * least, "{exact} of {known}");
        assert_eq!(wrong, 0);
    }
}

/// A paragraph that is gone is lost, though others much like it stand
/// elsewhere; with other words in its place too.
#[test]
fn what_is_deleted_is_lost() {
    let dice = &mut Dice(5);
    let mut paragraphs = book(dice, 120);
    // Every paragraph has a near-copy in the second half of the book.
    let copies: Vec<Words> = edited(&paragraphs, dice, 10)
        .into_iter()
        .map(|p| p.into_iter().map(|(w, _)| (w, None)).collect())
        .collect();
    let originals = paragraphs.len();
    paragraphs.extend(copies);
    let (old, old_words) = print(&paragraphs);
    for replaced in [false, true] {
        let mut new_book = paragraphs.clone();
        let mut gone: Vec<usize> = (0..originals).step_by(8).collect();
        gone.reverse();
        for &n in &gone {
            let length = new_book[n].len();
            match replaced {
                true => new_book[n] = (0..length).map(|_| (made_up(dice), None)).collect(),
                false => drop(new_book.remove(n)),
            }
        }
        let (new, _) = print(&new_book);
        let (a, b) = (View::new(old.as_str().into()), View::new(new.as_str().into()));
        let carrier = Carrier::between(&a, &b);
        for &n in &gone {
            let first = paragraphs[..n].iter().map(Vec::len).sum::<usize>();
            let last = first + paragraphs[n].len() - 1;
            let place = old_words[first].0.start..old_words[last].0.end;
            let carried = carrier.carry(place.clone());
            assert_eq!(carried, Carried::Lost, "{replaced} {:?}", &old[place]);
        }
    }
}

#[test]
fn broken_words_marks_and_gaps() {
    let old =
        "The pilot said “no ferry” of the settle-\nment, he had his reasons. And left at noon.";
    let new = "The pilot said \"no ferry\" of the settlement, he had his Reason. And left at noon.";
    let (a, b) = (View::new(old.into()), View::new(new.into()));
    let carrier = Carrier::between(&a, &b);
    let carry = |words: &str| {
        let at = old.find(words).unwrap();
        match carrier.carry(at..at + words.len()) {
            Carried::Kept { span, .. } => format!("kept {}", &new[span]),
            Carried::Changed { span, kept, words, .. } => {
                format!("changed {kept}/{words} {}", &new[span])
            }
            Carried::Lost => "lost".into(),
        }
    };
    // Half of a broken word is the same half of the whole one.
    assert_eq!(carry("ment, he had"), "kept ment, he had");
    assert_eq!(carry("of the settle-"), "kept of the settle");
    assert_eq!(carry("“no ferry” of"), "kept \"no ferry\" of");
    assert_eq!(carry("he had his reasons."), "changed 3/4 he had his");
    let gap = old.find(" he had").unwrap();
    let Carried::Kept { span, .. } = carrier.carry(gap..gap) else { panic!("the gap is lost") };
    assert_eq!(
        (span.is_empty(), &new[span.end..]),
        (true, " he had his Reason. And left at noon.")
    );
}

#[test]
fn a_half_of_a_broken_word_outlives_the_other() {
    let old = "They waited for the settle-\nment of the old account in the harbour of Hollen.";
    let new = "They waited for the settle-\nxdement of the old account in the harbour of Hollen.";
    let (a, b) = (View::new(old.into()), View::new(new.into()));
    let carrier = Carrier::between(&a, &b);
    let at = old.find("waited").unwrap()..old.find("settle-").unwrap() + 7;
    let Carried::Kept { span, .. } = carrier.carry(at) else { panic!("it stands") };
    assert_eq!(&new[span], "waited for the settle-");
}

/// One word a thousand times, and texts that share nothing.
#[test]
fn hopeless_texts_are_bounded() {
    let same = "no ".repeat(30_000);
    let (a, b) = (View::new(same.as_str().into()), View::new("no ".repeat(20_000).into()));
    let carrier = Carrier::between(&a, &b);
    for at in (0..60_000).step_by(600) {
        carrier.carry(at..at + 59);
    }
    let locator = Locator::new(&b);
    let quote = "no ".repeat(40);
    assert!(matches!(
        locator.locate_near(&quote, "no no", "yes", None),
        Resolution::Ambiguous { .. }
    ));
    let other = View::new("da ".repeat(20_000).into());
    assert_eq!(Carrier::between(&a, &other).carry(300..900), Carried::Lost);
}

const OLD: &str = "The ferry left at noon, and the pilot counted the passengers twice.\n\n\
Nobody on deck expected the wind to turn so early in the year.\n\nThe log was lost.\n";
const NEW: &str = "Nobody on deck expected the wind to turn so early in the year.\n\n\
The ferry left at nine, and the pilot counted all the passengers twice.\n";

fn lines_of(out: &str) -> Vec<Value> {
    out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn a_batch_follows_quotations_from_one_file_to_another() {
    let room = Room::empty();
    room.write("old.txt", OLD);
    room.write("new.txt", NEW);
    room.write(
        "quotes.jsonl",
        "{\"id\": 1, \"quote\": \"wind to turn so early\"}\n\
         {\"id\": 2, \"exact\": \"pilot counted the passengers\", \"prefix\": \"and the \", \"suffix\": \" twice\"}\n\
         {\"id\": 3, \"quote\": \"The log was lost.\"}\n\
         {\"id\": 4, \"quote\": \"no such words anywhere here\"}\n",
    );
    let ran = room
        .run(&["locate", "--batch", "quotes.jsonl", "--from", "old.txt", "--in", "new.txt"])
        .exits(0);
    let found = lines_of(&ran.text());
    let outcome = |n: usize| found[n]["resolution"].as_str().unwrap().to_string();
    assert!(["exact", "moved"].contains(&outcome(0).as_str()));
    assert_eq!(outcome(1), "fuzzy");
    let span = |n: usize| {
        let at = |k: &str| found[n][k].as_u64().unwrap() as usize;
        &NEW[at("start")..at("end")]
    };
    assert_eq!((span(0), span(1)), ("wind to turn so early", "pilot counted all the passengers"));
    assert_eq!((outcome(2), outcome(3)), ("lost".into(), "lost".into()));
    assert_eq!(found[1]["id"], 2);
    let one = room.run(&["locate", "log was", "--from", "old.txt", "--in", "new.txt"]).exits(3);
    one.says(&["not found"]);
    room.run(&["locate", "log was", "--from", "old.txt"]).exits(2);
}

/// Replies keep their places when a further edition is added as a whole text.
#[test]
fn replies_follow_into_an_edition_that_came_as_a_whole() {
    let room = Room::new();
    room.write("old.txt", OLD);
    room.write("new.txt", NEW);
    room.a(&["add", "old.txt", "--siglum", "P"]).exits(0);
    let submit = |quote: &str, say: &str| {
        let args = ["submit", "--in", "P", "--quote", quote, "--say", say, "--type", "question"];
        room.a(&args).exits(0);
    };
    submit("wind to turn so early", "Which wind?");
    submit("pilot counted the passengers", "Who was he?");
    submit("The log was lost.", "When?");
    room.a(&["add", "new.txt", "--siglum", "P"]).exits(0);
    let shown = room.a(&["show", "P@2", "--json"]).exits(0).data();
    let notes: Vec<(String, Option<f64>)> = shown["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| (n["anchoring"].as_str().unwrap().to_string(), n["score"].as_f64()))
        .collect();
    assert_eq!(notes[0], ("moved".into(), Some(1.0)));
    assert_eq!(notes[1].0, "changed");
    assert!(notes[1].1.unwrap() > 0.7 && notes[1].1.unwrap() < 1.0);
    assert_eq!(notes[2], ("lost".into(), Some(0.0)));
    let inbox = room.a(&["inbox", "--json"]).exits(0).data();
    let now: Vec<&Value> = inbox["items"].as_array().unwrap().iter().map(|g| &g["now"]).collect();
    assert_eq!((&now[0]["address"], &now[0]["anchoring"]), (&"P@2:1".into(), &"moved".into()));
    assert_eq!((&now[1]["address"], &now[1]["anchoring"]), (&"P@2:3".into(), &"changed".into()));
    assert_eq!((&now[2]["address"], &now[2]["anchoring"]), (&"P@2".into(), &"lost".into()));
    room.a(&["inbox"]).exits(0).says(&["now: P@2:1", "now: not in P@2", "the same"]);
    room.a(&["show", "P@2"]).exits(0).says(&["otherwise here (80 % the same)"]);
}

const DRAFT: &str = r#"
[draft]
maker = "Keeper of the papers"
time = "2026-03-01T00:00:00Z"

[[agent]]
name = "Keeper of the papers"
type = "body"

[[question]]
id = "wind"
facet = "existence"
wording = "Did anybody expect the wind?"

[[claim]]
id = "wind-p1"
question = "wind"
at = "P:3"
stance = "denies"
value = { yes = false }
teller = "Keeper of the papers"
voice = "direct"
known = "not said"

[[claim]]
id = "wind-p2"
question = "wind"
at = "P:1"
stance = "asserts"
value = { yes = true }
teller = "Keeper of the papers"
voice = "direct"
known = "not said"

[[claim]]
id = "wind-p3"
question = "wind"
at = "P:5"
stance = "denies"
value = { yes = false }
teller = "Keeper of the papers"
voice = "direct"
known = "not said"
"#;

/// An audit says where the words of a claim stand in an edition that came as a
/// whole, and that this is inferred.
#[test]
fn claims_follow_into_an_edition_that_came_as_a_whole() {
    let room = Room::new();
    room.write("old.txt", OLD);
    room.write("new.txt", NEW);
    room.a(&["add", "old.txt", "--siglum", "P"]).exits(0);
    std::fs::create_dir(room.path("drafts")).unwrap();
    room.write("drafts/wind.toml", DRAFT);
    room.a(&["apply", "drafts"]).exits(0);
    room.a(&["add", "new.txt", "--siglum", "P"]).exits(0);
    let audit = room.a(&["audit", "question/wind", "--json"]).exits(0).data();
    let since = |claim: &str| {
        let claims = audit["claims"].as_array().unwrap();
        claims.iter().find(|c| c["id"] == claim).unwrap()["since"][0].clone()
    };
    let (kept, changed, gone) =
        (since("claim/wind-p1"), since("claim/wind-p2"), since("claim/wind-p3"));
    assert_eq!((&kept["words"], &kept["address"]), (&"unchanged".into(), &"P@2:1".into()));
    assert_eq!((&changed["words"], &changed["address"]), (&"changed".into(), &"P@2:3".into()));
    assert_eq!((&gone["words"], &gone["address"]), (&"gone".into(), &Value::Null));
    for checked in [&kept, &changed, &gone] {
        assert_eq!((&checked["revision"], &checked["basis"]), (&"P@2".into(), &"inferred".into()));
    }
    let at = |k: &str| changed[k].as_u64().unwrap() as usize;
    assert!(NEW[at("start")..at("end")].contains("pilot counted all the passengers"));
    room.a(&["audit", "question/wind"])
        .exits(0)
        .says(&["in P@2:3 these words are changed, by comparison", "in P@2 these words are gone"]);
}

/// With the new text alone, the order of a batch that comes from one text tells
/// twins apart, and what was cut is lost though its twin stands.
#[test]
fn the_order_of_a_batch_settles_twins() {
    let dice = &mut Dice(77);
    let book = book(dice, 60);
    let twin: Words = (0..18).map(|_| (format!("tw{}", made_up(dice)), None)).collect();
    let at = [12, 40];
    let with = |which: [Option<&Words>; 2]| -> String {
        let mut out = book.clone();
        for (n, words) in at.into_iter().zip(which).rev() {
            out.splice(n..n, words.cloned());
        }
        print(&out).0
    };
    let old = with([Some(&twin), Some(&twin)]);
    let twins = print(std::slice::from_ref(&twin)).0;
    let stood: Vec<usize> = old.match_indices(twins.trim_end()).map(|m| m.0).collect();
    // Every paragraph, where it began, and the two twins.
    let mut lines = String::new();
    let mut ask = |quote: &str, start: usize| {
        let line = serde_json::json!({"exact": quote, "start": start});
        lines += &format!("{line}\n");
    };
    let mut start = 0;
    for paragraph in old.split_inclusive("\n\n") {
        ask(paragraph.trim_end(), start);
        start += paragraph.len();
    }
    let number = |which: usize| old[..stood[which]].matches("\n\n").count();
    let room = Room::empty();
    room.write("quotes.jsonl", &lines);
    let changed: Words = twin
        .iter()
        .enumerate()
        .map(|(n, (w, from))| if n % 4 == 1 { ("xother".into(), None) } else { (w.clone(), *from) })
        .collect();
    let answers = |new: &str| {
        room.write("new.txt", new);
        let ran = room.run(&["locate", "--batch", "quotes.jsonl", "--in", "new.txt"]).exits(0);
        let found = lines_of(&ran.text());
        [found[number(0)].clone(), found[number(1)].clone()]
    };
    // Both stand, further on than they did: each at its own place.
    let preface = "The preface is new.\n\n";
    let [first, second] = answers(&format!("{preface}{old}"));
    for (found, at) in [(first, stood[0]), (second, stood[1])] {
        let at = at + preface.len();
        assert_eq!((&found["resolution"], &found["start"]), (&"exact".into(), &at.into()));
        assert_eq!(found["settled_by"], "neighbours");
    }
    // The first was edited: it is found there, though its twin is word for word.
    let new = with([Some(&changed), Some(&twin)]);
    let [first, second] = answers(&new);
    let edited = new.find(&*twin[0].0).unwrap();
    assert_eq!((&first["resolution"], &first["start"]), (&"fuzzy".into(), &edited.into()));
    assert_eq!(
        (&first["settled_by"], &second["resolution"]),
        (&"neighbours".into(), &"exact".into())
    );
    assert!(second["start"].as_u64().unwrap() as usize > edited + 1000);
    // The first was cut.
    let [first, second] = answers(&with([None, Some(&twin)]));
    assert_eq!(
        (&first["resolution"], &first["settled_by"]),
        (&"lost".into(), &"neighbours".into())
    );
    assert_eq!((&second["resolution"], second.get("settled_by")), (&"exact".into(), None));
}
