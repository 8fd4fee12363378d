use proptest::prelude::*;

use super::*;
use crate::text::edits::{Edit, Edits, between};

fn replace(start: usize, end: usize, text: &str) -> Edit {
    Edit::Replace { start, end, text: text.into() }
}

/// Each stretch of the text with its revision.
fn told<'t>(text: &'t str, attribution: &Attribution) -> Vec<(&'t str, u32)> {
    assert_eq!(attribution.len(), text.len());
    attribution.runs().iter().map(|r| (&text[r.start..r.end], r.origin.revision)).collect()
}

#[test]
fn moves_restores_and_layout_steal_nothing() {
    let none = |_: &str| None;
    let text = "one two three four";
    let zero = Attribution::first(text.len(), 0, Basis::Recorded);
    let edits = Edits::new(vec![replace(4, 7, "2")]).unwrap();
    let one = zero.advance_recorded(&edits, 1, |_| Some(7), none).unwrap();
    assert_eq!(told("one 2 three four", &one), [("one ", 0), ("2", 1), (" three four", 0)]);
    assert_eq!(one.at(4).unwrap().edit, Some(7));
    let edits = Edits::new(vec![
        Edit::Restore { at_start: 4, at_end: 5, revision: "0".repeat(64), start: 4, end: 7 },
        Edit::Layout { start: 5, end: 6, text: "\n".into() },
        Edit::Move { start: 12, end: 16, to: 0 },
        Edit::insert(16, "!"),
    ])
    .unwrap();
    let two = one.advance_recorded(&edits, 2, |_| None, |_| Some(zero.clone())).unwrap();
    assert_eq!(told("fourone two\nthree !", &two), [("fourone two\nthree ", 0), ("!", 2)]);
    let error = one.advance_recorded(&edits, 2, |_| None, none).unwrap_err();
    assert!(error.to_string().starts_with("edit 0 restores bytes 4..7 of revision 000"));
    let far = Edits::new(vec![replace(90, 91, "x")]).unwrap();
    let error = one.advance_recorded(&far, 2, |_| None, none).unwrap_err();
    assert_eq!(error.to_string(), "edit 0 reaches to byte 91, the text attributed has 16 bytes");
}

fn inferred(texts: &[&str]) -> Attribution {
    let mut history = History::default();
    for text in texts {
        history.read((*text).to_owned());
    }
    history.attribution().clone()
}

#[test]
fn unchanged_moved_and_rewrapped_words_keep_their_writer() {
    let at = inferred(&["The old mill\nburned down.", "The old mill burned\nquite down."]);
    assert_eq!(
        told("The old mill burned\nquite down.", &at),
        [("The old mill burned\n", 0), ("quite ", 1), ("down.", 0)]
    );
    let (a, b) = (
        "In March the mill by the upper bridge burned down and no one knew why.",
        "My grandmother kept eleven hens behind the chapel and sold their eggs there, every one.",
    );
    let swapped = format!("{b}\n\n{a}");
    let at = inferred(&[&format!("{a}\n\n{b}"), &swapped]);
    assert_eq!(told(&swapped, &at), [(swapped.as_str(), 0)]);
}

#[test]
fn deleted_words_that_come_back_keep_their_first_writer() {
    let first = "We left the harbour at dawn with two sacks of flour and a goat.";
    let cut = "We left the harbour with two sacks of flour and a goat.";
    let at = inferred(&[first, cut, first]);
    assert_eq!(told(first, &at), [(first, 0)]);
    // One word, between its old neighbours.
    let cut = "We left the at dawn with two sacks of flour and a goat.";
    assert_eq!(told(first, &inferred(&[first, cut, first])), [(first, 0)]);
    // A page blanked and put back.
    assert_eq!(told(first, &inferred(&[first, "gone", first])), [(first, 0)]);
}

proptest! {
    #[test]
    fn recorded_steps_compose(texts in prop::collection::vec("[ab \n]{0,30}", 2..6)) {
        // Every byte's origin is a revision whose text had it: checked by carrying the letters along.
        let mut at = Attribution::first(texts[0].len(), 0, Basis::Recorded);
        for (n, pair) in texts.windows(2).enumerate() {
            let edits = between(&pair[0], &pair[1]);
            let next = at.advance_recorded(&edits, n as u32 + 1, |_| None, |_| None).unwrap();
            prop_assert_eq!(next.len(), pair[1].len());
            let runs = next.runs();
            prop_assert!(runs.windows(2).all(|w| w[0].end == w[1].start && w[0].origin != w[1].origin));
            prop_assert!(pair[0] != pair[1] || runs == at.runs());
            at = next;
        }
    }
}
