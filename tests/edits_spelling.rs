//! Edits as a record spells them: TOML tables with an `op`, strict.

use variorum::text::edits::{Edit, Edits};

#[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
struct Holder {
    edits: Edits,
}

#[test]
fn toml_there_and_back() {
    let edits = Edits::new(vec![
        Edit::Replace { start: 0, end: 3, text: "A".into() },
        Edit::Layout { start: 3, end: 4, text: "\n".into() },
        Edit::Restore { at_start: 5, at_end: 5, revision: "ab".repeat(32), start: 7, end: 9 },
        Edit::Move { start: 6, end: 9, to: 4 },
    ])
    .unwrap();
    let holder = Holder { edits };
    let text = toml::to_string(&holder).unwrap();
    assert!(text.starts_with("[[edits]]\nop = \"replace\"\nstart = 0\nend = 3\ntext = \"A\"\n"));
    assert_eq!(toml::from_str::<Holder>(&text).unwrap(), holder);
}

#[test]
fn unknown_fields_and_bad_lists_are_refused() {
    let refused = |text: &str| toml::from_str::<Holder>(text).unwrap_err().to_string();
    let extra = "[[edits]]\nop = \"move\"\nstart = 1\nend = 2\nto = 5\nwhy = \"x\"\n";
    assert!(refused(extra).contains("unknown field `why`"));
    assert!(refused("[[edits]]\nop = \"burn\"\nstart = 1\n").contains("unknown variant `burn`"));
    let twice = "[[edits]]\nop = \"replace\"\nstart = 5\nend = 9\ntext = \"\"\n\
                 [[edits]]\nop = \"replace\"\nstart = 1\nend = 6\ntext = \"\"\n";
    assert!(refused(twice).contains("edit 1 starts at byte 1, before the end (9)"));
}

#[test]
fn the_schema_is_that_of_the_list() {
    let schema = schemars::schema_for!(Edits);
    let text = serde_json::to_string(&schema).unwrap();
    for word in ["\"array\"", "\"replace\"", "\"move\"", "\"restore\"", "\"layout\""] {
        assert!(text.contains(word), "{word} is not in {text}");
    }
}
