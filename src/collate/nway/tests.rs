//! Made-up texts: what is aligned, and that the order of the texts is nothing.

use proptest::prelude::*;

use super::{Collation, RowKind, collate};
use crate::text::View;

fn views(texts: &[&str]) -> Vec<View> {
    texts.iter().map(|t| View::new((*t).into())).collect()
}

fn collated(views: &[View]) -> Collation {
    collate(&views.iter().collect::<Vec<_>>(), None)
}

/// Rows as lines: the kind, and what each text reads.
fn shown(texts: &[&str]) -> Vec<String> {
    let views = views(texts);
    let c = collated(&views);
    let cell = |row: usize, t: usize| match c.cell(row, t) {
        Some(span) => views[t].source()[span].split_whitespace().collect::<Vec<_>>().join(" "),
        None => "-".into(),
    };
    let line = |(n, row): (usize, &super::Row)| {
        let cells: Vec<String> = (0..texts.len()).map(|t| cell(n, t)).collect();
        format!("{:?}: {}", row.kind, cells.join(" | "))
    };
    c.rows().iter().enumerate().map(line).collect()
}

#[test]
fn each_kind_of_difference_is_named() {
    let found = shown(&[
        "The keeper wrote the hour, and honour was satisfied at nine o'clock that night.",
        "The keeper wrote the hour and honor was satisfied at nine that night.",
        "The keeper wrote the time, and honour was fully satisfied at nine o'clock that night.",
    ]);
    assert_eq!(
        found,
        [
            "Equal: The keeper wrote the | The keeper wrote the | The keeper wrote the",
            "Word: hour, | hour | time,",
            "Equal: and | and | and",
            "Spelling: honour | honor | honour",
            "Equal: was | was | was",
            "Addition: - | - | fully",
            "Equal: satisfied at nine | satisfied at nine | satisfied at nine",
            "Omission: o'clock | - | o'clock",
            "Equal: that night. | that night. | that night.",
        ]
    );
    let found = shown(&["One, two", "One two"]);
    assert_eq!(found, ["Punctuation: One, | One", "Equal: two | two"]);
}

#[test]
fn the_base_decides_what_is_an_omission() {
    let views = views(&["a b c", "a c", "a c"]);
    let all: Vec<&View> = views.iter().collect();
    let kind = |base| collate(&all, base).rows()[1].kind;
    assert_eq!(kind(None), RowKind::Addition);
    assert_eq!(kind(Some(0)), RowKind::Omission);
    assert_eq!(kind(Some(1)), RowKind::Addition);
}

#[test]
fn a_broken_word_is_one_word_unless_all_break_it_alike() {
    let whole = shown(&["the settle-\nment was signed", "the settlement was signed"]);
    assert_eq!(whole[1], "Layout: settle- ment | settlement");
    // Somebody replaced one half.
    let half = shown(&["the settle-\nment was signed", "the river ment was signed"]);
    assert_eq!(half[1..3], ["Word: settle- | river", "Equal: ment was signed | ment was signed"]);
}

#[test]
fn a_moved_passage_is_aligned_where_it_stands_now() {
    let parts = [
        "On the first day the ferry left at noon with nine passengers and a mule.",
        "On the second day a storm broke the landing stage and nobody crossed at all.",
        "Later the harbour master counted every rope and wrote the number in his book.",
    ];
    let a = parts.join("\n\n");
    let b = [parts[0], parts[2], &parts[1].replace("nobody", "no one")].join("\n\n");
    let views = views(&[&a, &b, &a]);
    let c = collated(&views);
    let moved: Vec<usize> =
        (0..c.rows().len()).filter(|r| c.rows()[*r].kind == RowKind::Transposition).collect();
    assert!(!moved.is_empty());
    let mut words = 0;
    for r in &moved {
        for other in c.moved_with(*r) {
            assert!(c.moved_with(*other as usize).contains(&(*r as u32)), "both sides say so");
            assert_eq!(c.rows()[*r].words, c.rows()[*other as usize].words);
        }
        words += c.rows()[*r].words;
        // The texts that have it here do not have it there.
        let has = |row: usize| (0..3).filter(|t| c.cell(row, *t).is_some()).collect::<Vec<_>>();
        let there: Vec<usize> = c.moved_with(*r).iter().flat_map(|o| has(*o as usize)).collect();
        assert!(has(*r).iter().all(|t| !there.contains(t)));
    }
    assert!(words >= 24, "{words} of two times fourteen words");
}

/// The kinds and places of the rows.
fn places(texts: &[&str]) -> Vec<(RowKind, u32)> {
    let views = views(texts);
    collated(&views).rows().iter().map(|r| (r.kind, r.place)).collect()
}

#[test]
fn words_that_change_places_near_by_are_one_place() {
    use RowKind::{Equal, Transposition};
    let texts =
        ["and the keeper then said that it was so", "and then the keeper said that it was so"];
    assert_eq!(
        places(&texts),
        [(Equal, 0), (Transposition, 1), (Equal, 1), (Transposition, 1), (Equal, 0)]
    );
    let views = views(&texts);
    assert_eq!(collated(&views).moved_with(1), [3]);
    // However a third text spells it.
    let spelled = places(&[texts[0], texts[1], "and THEN, the keeper said that it was so"]);
    assert_eq!(spelled.iter().filter(|(kind, _)| *kind == Transposition).count(), 2);
    // A third text that lacks the word, and a small word over two others: no.
    let none = |texts: &[&str]| places(texts).iter().all(|(kind, _)| *kind != Transposition);
    assert!(none(&[texts[0], texts[1], "and the keeper said that it was so"]));
    assert!(none(&["he saw in the house of men", "he saw in house of the men"]));
}

#[test]
fn a_word_written_together_or_apart_is_a_spelling() {
    let found = places(&["they live for ever here", "they live forever here"]);
    let kinds = [RowKind::Equal, RowKind::Spelling, RowKind::Spelling, RowKind::Equal];
    assert_eq!(found, kinds.into_iter().zip([0, 1, 1, 0]).collect::<Vec<_>>());
    let found = places(&["they live for ever here", "they live forever here", "they live here"]);
    assert!(found.iter().all(|(kind, _)| *kind != RowKind::Spelling), "{found:?}");
}

#[test]
fn spellings_do_not_make_one_place_with_their_neighbours() {
    use RowKind::*;
    let texts = ["the honour, gate and", "the honor gate and", "the honour, door and"];
    assert_eq!(places(&texts), [(Equal, 0), (Spelling, 1), (Word, 2), (Equal, 0)]);
    // Other words do.
    let texts = ["the old grey gate and", "the new stone door and", "the old stone door and"];
    assert_eq!(places(&texts)[1..4], [(Word, 1), (Word, 1), (Equal, 0)]);
}

#[test]
fn a_sign_without_letters_is_punctuation() {
    assert_eq!(
        shown(&["he came \u{2014} and left", "he came and left"])[1],
        "Punctuation: \u{2014} | -"
    );
}

#[test]
fn words_are_aligned_by_their_letters() {
    // By bytes the second "and" of the one would be the first of the other.
    let found = shown(&["he came, and saw, and won", "he came *and saw* and, won"]);
    assert_eq!(found[1], "Punctuation: came, and saw, and | came *and saw* and,");
}

#[test]
fn running_heads_are_layout_and_in_no_place() {
    let a = " On Ferries\n\nThe ferry left at noon and nobody had expect-\n\nOn Ferries\n ed it at \
             all. The boat went on its way\nand came home\nlate in\nthe evening.\n";
    let b = a.replace("expect-\n\nOn Ferries\n ed", "expected");
    let views = views(&[a, &b]);
    assert_eq!(views[0].layout().len(), 1);
    let c = collated(&views);
    assert!(c.rows().iter().all(|r| r.place == 0), "{:?}", shown(&[a, &b]));
    assert!(shown(&[a, &b]).contains(&"Layout: On Ferries | -".to_string()));
}

#[test]
fn an_insertion_that_repeats_its_neighbours_begins_a_line() {
    let a = "and he went to his house\nso they came again to the sea";
    let b = "and he went to his house\nand she sat in the old house\nso they came again to the sea";
    assert_eq!(shown(&[a, b])[1], "Omission: - | and she sat in the old house");
}

#[test]
fn strange_input_is_taken() {
    let many = "so ".repeat(3000);
    let more = "so ".repeat(2500);
    for texts in
        [vec![], vec![""], vec!["", ""], vec!["", "a b", "a b"], vec![&*many, &*more, &*many]]
    {
        let views = views(&texts);
        check_cells(&views, &collated(&views));
    }
    let same = vec!["one two three"; 64];
    let found = shown(&same);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("Equal: one two three | one"));
}

/// Every word is in exactly one cell, in order.
fn check_cells(views: &[View], c: &Collation) {
    for (t, view) in views.iter().enumerate() {
        let cells: Vec<_> = (0..c.rows().len()).filter_map(|r| c.cell(r, t)).collect();
        let joined: String =
            cells.iter().map(|s| format!("{} ", &view.source()[s.clone()])).collect();
        if view.layout().is_empty() {
            let words = |s: &str| s.split_whitespace().map(String::from).collect::<Vec<_>>();
            assert_eq!(words(&joined), words(view.source()), "text {t}");
        }
        assert!(cells.windows(2).all(|w| w[0].start < w[1].start));
    }
    for (r, row) in c.rows().iter().enumerate() {
        assert_eq!(row.kind == RowKind::Transposition, !c.moved_with(r).is_empty());
        assert!((0..views.len()).any(|t| c.cell(r, t).is_some()));
    }
}

/// A text and copies of copies of it, with words changed and passages moved.
fn family() -> impl Strategy<Value = Vec<String>> {
    let word = "[a-f]{1,2}|[a-z]{4,6}|[a-e]{2}-\n[f-h]{2}";
    let base = prop::collection::vec(prop::collection::vec(word, 3..14), 1..7);
    let edit = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), word, 0..5u8);
    let edits = prop::collection::vec(
        (any::<prop::sample::Index>(), prop::collection::vec(edit, 0..6)),
        1..6,
    );
    (base, edits).prop_map(|(base, copies)| {
        let mut texts = vec![base];
        for (parent, edits) in copies {
            let mut text = texts[parent.index(texts.len())].clone();
            for (p, w, word, what) in edits {
                let at = p.index(text.len());
                let part = &mut text[at];
                match what {
                    0 if !part.is_empty() => _ = part.remove(w.index(part.len())),
                    1 => part.insert(w.index(part.len() + 1), word),
                    2 if !part.is_empty() => {
                        let n = w.index(part.len());
                        part[n] = word;
                    }
                    3 => {
                        let moved = text.remove(at);
                        text.insert(w.index(text.len() + 1), moved);
                    }
                    _ => {}
                }
            }
            texts.push(text);
        }
        let joined =
            |t: &Vec<Vec<String>>| t.iter().map(|p| p.join(" ")).collect::<Vec<_>>().join("\n\n");
        texts.iter().map(joined).collect()
    })
}

proptest! {
    #[test]
    fn every_word_is_in_one_cell(texts in family()) {
        let views: Vec<View> = texts.iter().map(|t| View::new(t.as_str().into())).collect();
        check_cells(&views, &collated(&views));
    }

    /// The same rows, kinds, places and readings for every permutation.
    #[test]
    fn the_order_of_the_texts_is_nothing(
        (texts, order) in family().prop_flat_map(|t| {
            let order = Just((0..t.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(t), order)
        }),
    ) {
        let views: Vec<View> = texts.iter().map(|t| View::new(t.as_str().into())).collect();
        let one = collated(&views);
        let other = collate(&order.iter().map(|t| &views[*t]).collect::<Vec<_>>(), None);
        prop_assert_eq!(one.rows(), other.rows());
        prop_assert_eq!(one.vertices(), other.vertices());
        // Texts of equal bytes may change their places among themselves: each
        // has the same cells.
        for row in 0..one.rows().len() {
            prop_assert_eq!(one.moved_with(row), other.moved_with(row));
            for (now, was) in order.iter().enumerate() {
                prop_assert_eq!(other.cell(row, now), one.cell(row, *was));
            }
        }
    }

    /// In a row each reading has as many words as the row says, in the tokens
    /// that a program without this view sees.
    #[test]
    fn readings_of_a_row_are_equally_long(texts in family()) {
        let views: Vec<View> = texts.iter().map(|t| View::new(t.as_str().into())).collect();
        let c = collated(&views);
        for (r, row) in c.rows().iter().enumerate().filter(|(_, row)| row.words > 1) {
            let tokens = |t: usize| Some(views[t].source()[c.cell(r, t)?].split_whitespace().count());
            let counts: Vec<usize> = (0..views.len()).filter_map(tokens).collect();
            prop_assert!(counts.windows(2).all(|w| w[0] == w[1]), "{:?} {:?}", row, counts);
        }
    }
}
