use std::ops::Range;

use proptest::prelude::*;

use super::*;

const OTHER: &str = "words of an older revision";

fn restored(_: &str, span: Range<usize>) -> Option<String> {
    OTHER.get(span).map(str::to_owned)
}

fn apply(list: Vec<Edit>, parent: &str) -> String {
    Edits::new(list).unwrap().apply(parent, &restored).unwrap()
}

fn replace(start: usize, end: usize, text: &str) -> Edit {
    Edit::Replace { start, end, text: text.into() }
}

#[test]
fn each_kind_applies() {
    let parent = "The ferry left at dawn.";
    assert_eq!(apply(vec![replace(18, 22, "noon")], parent), "The ferry left at noon.");
    assert_eq!(apply(vec![Edit::insert(4, "old ")], parent), "The old ferry left at dawn.");
    let moved = vec![Edit::Move { start: 4, end: 10, to: 18 }];
    assert_eq!(apply(moved, parent), "The left at ferry dawn.");
    let layout = Edit::Layout { start: 9, end: 10, text: "\n".into() };
    assert_eq!(apply(vec![layout], parent), "The ferry\nleft at dawn.");
    let back = Edit::Restore { at_start: 4, at_end: 9, revision: "0".repeat(64), start: 0, end: 5 };
    assert_eq!(apply(vec![back], parent), "The words left at dawn.");
}

#[test]
fn what_lands_on_one_byte_stands_before_the_span_there_in_list_order() {
    let list = vec![
        Edit::insert(2, "1"),
        Edit::insert(2, "2"),
        replace(2, 3, "C"),
        Edit::Move { start: 4, end: 5, to: 2 },
    ];
    assert_eq!(apply(list, "abcdef"), "ab12eCdf");
}

#[test]
fn what_does_not_fit_is_refused_with_its_values() {
    let refused = |list: Vec<Edit>| Edits::new(list).unwrap_err().to_string();
    assert_eq!(
        refused(vec![replace(3, 6, "x"), replace(5, 7, "y")]),
        "edit 1 starts at byte 5, before the end (6) of the edit listed before it: edits are sorted by start and do not overlap"
    );
    assert_eq!(refused(vec![replace(3, 3, "")]), "edit 0 at byte 3 changes nothing");
    assert_eq!(
        refused(vec![Edit::Move { start: 0, end: 2, to: 6 }, replace(5, 7, "y")]),
        "edit 0: its target, byte 6, lies inside the span 5..7 of edit 1"
    );
    let check = |list: Vec<Edit>, parent: &str| {
        Edits::new(list).unwrap().check(parent).unwrap_err().to_string()
    };
    assert_eq!(check(vec![replace(0, 1, "x")], "é"), "edit 0: byte 1 lies inside a character");
    assert_eq!(
        check(vec![replace(0, 9, "x")], "abc"),
        "edit 0: byte 9 lies beyond the end of the text (3 bytes)"
    );
    let sly = Edit::Layout { start: 2, end: 5, text: "not".into() };
    assert_eq!(
        check(vec![sly], "I now go"),
        "edit 0 at byte 2 is called layout, but it changes words"
    );
    // A hyphen set before a space would join two words.
    let joining = Edit::Layout { start: 1, end: 1, text: "-".into() };
    assert!(Edits::new(vec![joining]).unwrap().check("a b").is_err());
}

#[test]
fn spans_are_followed() {
    let edits = Edits::new(vec![
        replace(4, 9, "boat"),
        Edit::Layout { start: 14, end: 15, text: "\n\n".into() },
        Edit::Move { start: 18, end: 22, to: 0 },
    ])
    .unwrap();
    let child = edits.apply("The ferry left at dawn.", &restored).unwrap();
    assert_eq!(child, "dawnThe boat left\n\nat .");
    assert_eq!(edits.map(0..3), Mapped::Kept(4..7));
    assert_eq!(edits.map(0..5), Mapped::Touched { edit: 0 });
    assert_eq!(edits.map(10..14), Mapped::Kept(13..17));
    assert_eq!(edits.map(10..17), Mapped::Relaid { span: 13..21, edit: 1 });
    assert_eq!(edits.map(18..22), Mapped::Kept(0..4));
    assert_eq!(edits.map(16..20), Mapped::Touched { edit: 2 });
    assert_eq!(edits.map(23..23), Mapped::Kept(23..23));
}

#[test]
fn between_makes_phrases_and_layout() {
    let parent = "He saw RF and CSCE there, in some-\nthing of a hurry.";
    let child = "He saw CSCE and RF there, in something of a rush.";
    let edits = between(parent, child);
    assert_eq!(
        edits.as_slice(),
        [
            replace(7, 9, "CSCE"),
            replace(14, 18, "RF"),
            Edit::Layout { start: 33, end: 35, text: String::new() },
            replace(46, 52, "rush."),
        ]
    );
    assert!(between("same", "same").is_empty());
}

/// Any list of edits that fits `text`, made from raw numbers.
fn fit(text: &str, raw: &[(u8, usize, usize, String)]) -> Edits {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut list: Vec<Edit> = Vec::new();
    for (kind, a, b, new) in raw {
        let (a, b) = (bounds[a % bounds.len()], bounds[b % bounds.len()]);
        let (start, end) = (a.min(b), a.max(b));
        let edit = match kind % 3 {
            0 => Edit::Move { start, end, to: bounds[(a + b) % bounds.len()] },
            1 => Edit::Restore {
                at_start: start,
                at_end: end,
                revision: "a".repeat(64),
                start: 0,
                end: new.len().clamp(1, OTHER.len()),
            },
            _ => replace(start, end, new),
        };
        let mut more = list.clone();
        more.push(edit);
        more.sort_by_key(|e| (e.span().start, e.span().end));
        if Edits::new(more.clone()).is_ok() {
            list = more;
        }
    }
    Edits::new(list).unwrap()
}

fn raw() -> impl Strategy<Value = Vec<(u8, usize, usize, String)>> {
    prop::collection::vec((any::<u8>(), 0usize..60, 0usize..60, "[a-cé ]{0,4}"), 0..8)
}

proptest! {
    #[test]
    fn the_pieces_are_the_child(text in "[a-dé ]{0,40}", raw in raw()) {
        let edits = fit(&text, &raw);
        let child = edits.apply(&text, &restored).unwrap();
        prop_assert_eq!(edits.child_len(text.len()), child.len());
        let mut at = 0;
        for piece in edits.pieces(text.len()) {
            let here = &child[at..at + piece.len()];
            match &piece {
                Piece::Kept(span) | Piece::Moved { span, .. } => prop_assert_eq!(&text[span.clone()], here),
                Piece::Restored { span, .. } => prop_assert_eq!(&OTHER[span.clone()], here),
                Piece::New { edit, .. } | Piece::Layout { edit, .. } => {
                    if let Edit::Replace { text, .. } = &edits.as_slice()[*edit] {
                        prop_assert_eq!(text.as_str(), here);
                    }
                }
            }
            at += piece.len();
        }
        prop_assert_eq!(at, child.len());
    }

    #[test]
    fn a_kept_span_reads_the_same(text in "[a-dé ]{0,40}", raw in raw(), a in 0usize..60, b in 0usize..60) {
        let edits = fit(&text, &raw);
        let child = edits.apply(&text, &restored).unwrap();
        let (a, b) = (a % (text.len() + 1), b % (text.len() + 1));
        let span = a.min(b)..a.max(b);
        prop_assume!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        match edits.map(span.clone()) {
            Mapped::Kept(there) => prop_assert_eq!(&text[span], &child[there]),
            Mapped::Relaid { .. } => prop_assert!(false, "no layout edit was made"),
            Mapped::Touched { edit } => prop_assert!(edit < edits.len()),
        }
    }

    #[test]
    fn between_leads_from_parent_to_child(a in "[ab“\\- \n]{0,30}", b in "[ab\" \n\\-]{0,30}") {
        let edits = between(&a, &b);
        prop_assert_eq!(edits.apply(&a, &restored).unwrap(), b);
    }

    #[test]
    fn two_steps_compose(text in "[a-d ]{1,40}", first in raw(), second in raw()) {
        // Pieces of the second step, cut by the pieces of the first, give the same text.
        let one = fit(&text, &first);
        let middle = one.apply(&text, &restored).unwrap();
        let two = fit(&middle, &second);
        let last = two.apply(&middle, &restored).unwrap();
        let mut composed = String::new();
        for piece in two.pieces(middle.len()) {
            match piece {
                Piece::Kept(span) | Piece::Moved { span, .. } => {
                    let mut at = 0;
                    for inner in one.pieces(text.len()) {
                        let (from, to) = (span.start.max(at), span.end.min(at + inner.len()));
                        if from < to {
                            let cut = from - at..to - at;
                            match &inner {
                                Piece::Kept(s) | Piece::Moved { span: s, .. } => composed.push_str(&text[s.clone()][cut]),
                                Piece::Restored { span: s, .. } => composed.push_str(&OTHER[s.clone()][cut]),
                                Piece::New { edit, .. } | Piece::Layout { edit, .. } => {
                                    if let Edit::Replace { text, .. } = &one.as_slice()[*edit] { composed.push_str(&text[cut]); }
                                }
                            }
                        }
                        at += inner.len();
                    }
                }
                Piece::Restored { span, .. } => composed.push_str(&OTHER[span]),
                Piece::New { edit, .. } | Piece::Layout { edit, .. } => {
                    if let Edit::Replace { text, .. } = &two.as_slice()[edit] { composed.push_str(text); }
                }
            }
        }
        prop_assert_eq!(composed, last);
    }
}
