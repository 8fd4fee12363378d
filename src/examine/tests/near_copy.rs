use super::finding::found;
use crate::examine::OddityCode::NearCopy as CODE;

const PASSAGE: &str = "The keeper of the northern light wrote every night how many ships had \
    passed, which flags they flew, whether they answered his lamp, and how the wind had turned \
    since supper; on calm nights he added a line about the stars.";

/// Text in which no four words repeat.
fn filler(from: usize, words: usize) -> String {
    (from..from + words)
        .map(|n| format!("w{} ", "abcdefghij".repeat(1 + n % 3)) + &n.to_string())
        .collect::<Vec<_>>()
        .join(" ")
}

fn around(second: &str) -> String {
    format!(
        "{}.\n\n{PASSAGE}\n\n{}.\n\n{second}\n\n{}.",
        filler(0, 90),
        filler(1000, 90),
        filler(2000, 90)
    )
}

#[test]
fn the_same_passage_twice_is_found() {
    let text = around(PASSAGE);
    let o = found(&text, CODE);
    assert_eq!(o.len(), 1);
    assert_eq!(o[0].score, Some(1.0));
    assert!(o[0].text.ends_with("the same."), "{}", o[0].text);
    let other = &text[o[0].against[0].clone()];
    assert!(other.starts_with("The keeper") && other.ends_with("the stars"), "{other}");
}

#[test]
fn a_reworded_one_over_broken_lines_is_found() {
    let reworded = PASSAGE
        .replace("wrote every night", "noted each night")
        .replace("flags they flew", "col-\nours they showed")
        .replace("; on calm nights", ", and on quiet nights");
    let o = found(&around(&reworded), CODE);
    assert_eq!(o.len(), 1);
    assert!(o[0].score > Some(0.6) && o[0].score < Some(1.0), "{:?}", o[0].score);
}

#[test]
fn copies_of_one_passage_are_told_together() {
    let text = format!("{}\n\n{}\n\n{PASSAGE}\n", around(PASSAGE), filler(3000, 90));
    let o = found(&text, CODE);
    assert_eq!(o.len(), 1);
    assert_eq!(o[0].against.len(), 2);
}

#[test]
fn quotations_heads_and_formulas_are_not() {
    assert_eq!(found(&around(&format!("As he said: “{PASSAGE}” And so on.")), CODE), []);
    let short = PASSAGE.split(',').next().unwrap();
    assert_eq!(found(&around(short), CODE), []);
    // A formula that stands everywhere.
    let formula: String =
        (0..9).map(|n| format!("{PASSAGE} {}\n\n", filler(n * 500, 60))).collect();
    assert_eq!(found(&formula, CODE), []);
    // Items of a list, one after the other.
    let item = |n: u32| {
        format!(
            "{n}. Letter from the harbour office to the keeper of the northern light on the oil \
             for the lamp and on the repair of the glass, {n} May.\n"
        )
    };
    assert_eq!(found(&[item(3), item(4)].concat(), CODE), []);
}
