//! In which revision of a text of the archive words were first seen, against
//! the texts of all revisions.
#![allow(clippy::unwrap_used)]

mod door;

use door::Room;
use serde_json::{Value, json};

/// Numbers that come again with the same seed (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    fn words(&mut self, n: usize) -> String {
        const PARTS: [&str; 8] = ["ka", "lo", "mé", "ri", "sun", "tor", "ve", "zek"];
        let mut word = || -> String { (0..2).map(|_| PARTS[self.below(8)]).collect() };
        (0..n).map(|_| word() + " ").collect()
    }
}

/// Byte borders of words: every word ends in one space or line end.
fn borders(text: &str) -> Vec<usize> {
    let ends = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(k, _)| k + 1);
    [0].into_iter().chain(ends).collect()
}

/// A list of changes and the texts they give; words are deleted, put back, moved
/// and wrapped.
fn history(changes: usize) -> (String, Vec<String>) {
    let mut dice = Dice(11);
    let mut texts = vec![dice.words(500)];
    let mut list = String::new();
    let mut gone: Vec<(usize, usize, usize)> = Vec::new();
    for n in 1..=changes {
        let text = texts.last().unwrap().clone();
        let at = borders(&text);
        let from = dice.below(at.len() - 30);
        let (start, end) = (at[from], at[from + 1 + dice.below(9)]);
        let mut new = text.clone();
        let edit = match dice.below(6) {
            0 | 1 => {
                let count = 1 + dice.below(8);
                let words = dice.words(count);
                new.replace_range(start..end, &words);
                gone.push((n - 1, start, end));
                json!({"replace": {"start": start, "end": end, "text": words}})
            }
            2 => {
                new.replace_range(start..end, "");
                gone.push((n - 1, start, end));
                json!({"replace": {"start": start, "end": end, "text": ""}})
            }
            3 if !gone.is_empty() => {
                let (state, a, b) = gone.remove(dice.below(gone.len()));
                new.insert_str(start, &texts[state][a..b]);
                json!({"restore": {"revision": state, "start": a, "end": b, "at": start}})
            }
            4 => {
                let to = at[from + 12 + dice.below(15)];
                let moved: String = new.drain(start..end).collect();
                new.insert_str(to - moved.len(), &moved);
                json!({"move": {"start": start, "end": end, "to": to}})
            }
            _ => {
                new.replace_range(end - 1..end, "\n");
                json!({"layout": {"start": end - 1, "end": end, "text": "\n"}})
            }
        };
        let line = json!({"agent": format!("reader{}", n % 7), "time": 1_600_000_000 + n, "edits": [edit]});
        list += &format!("{line}\n");
        texts.push(new);
    }
    (list, texts)
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn phrases_of_every_revision_are_found_where_they_first_stood() {
    let (list, texts) = history(120);
    let room = Room::new();
    room.write("base.txt", &texts[0]);
    room.write("list.jsonl", &list);
    room.a(&["add", "base.txt", "--siglum", "M", "--title", "Made up", "--type", "memoir"])
        .exits(0);
    room.a(&["import", "edits", "list.jsonl", "--to", "M"]).exits(0);
    let mut dice = Dice(5);
    let mut phrases: Vec<String> = Vec::new();
    for n in 0..240 {
        let all = words(&texts[n % texts.len()]);
        let from = dice.below(all.len() - 8);
        phrases.push(all[from..from + 2 + dice.below(6)].join(" "));
    }
    phrases.push("never said here".into());
    room.write("phrases", phrases.join("\n"));
    // Made the first time, read from the index the second.
    for _ in 0..2 {
        let told = room.a(&["who", "M", "--batch", "phrases", "--json"]).exits(3).data();
        assert_eq!(told["searched"], 121);
        for (item, phrase) in told["items"].as_array().unwrap().iter().zip(&phrases) {
            let sought = words(phrase);
            let stands = |t: &String| words(t).windows(sought.len()).any(|w| w == sought);
            let first = texts.iter().position(stands);
            let number = first.map(|n| Value::from(n + 1)).unwrap_or_default();
            assert_eq!(item["first"]["number"], number, "{phrase}: {item}");
            assert_eq!(item["stands"], stands(texts.last().unwrap()), "{phrase}");
            let Some(first) = first else { continue };
            assert_eq!(item["first"]["revision"], format!("M@{}", first + 1));
            let place = |k: &str| item[k].as_u64().unwrap() as usize;
            assert_eq!(words(&texts[first][place("start")..place("end")]), sought, "{item}");
            let from: Vec<&Value> = item["words_from"].as_array().unwrap().iter().collect();
            assert!(!from.is_empty(), "{item}");
            let alone = from.iter().all(|r| r["number"] == item["first"]["number"]);
            assert_eq!(item["together"], alone, "{item}");
            if first > 0 {
                assert_eq!(item["first"]["agent"], format!("reader{}", first % 7));
            }
        }
    }
    let early = room.a(&["who", "M@3", "--first", &phrases[0], "--json"]).exits(0).data();
    assert_eq!(early["searched"], 3);
    room.a(&["who", "M", "--first", &phrases[0]]).exits(0).says(&["first seen in M@121", "M@1"]);
    room.a(&["who", "M", "--first", ""]).exits(2).says(&["no words"]);
    room.a(&["who", "X", "--first", "some words"]).exits(3);
}
