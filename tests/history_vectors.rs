//! The frozen history: record, edits, roots, ids and texts, computed by a
//! second implementation.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;
use variorum::digest::{Digest, Id};
use variorum::model::{History, HistoryEdits, HistoryError, Record, inner_number};
use variorum::text::{Folio, Sheets, flat_digests};

fn bytes(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/history").join(name);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn a_history_gives_the_frozen_texts_roots_and_ids() {
    let told: Value = serde_json::from_slice(&bytes("revisions.json")).unwrap();
    let stored = bytes("history.toml");
    let Record::History(history) = Record::decode(&stored).unwrap() else {
        panic!("not a history")
    };
    let id: Id<History> = Id::new(Digest::of(&stored));
    assert_eq!(id.to_string(), told["id"].as_str().unwrap());

    let lines = bytes("edits");
    assert_eq!(Digest::of(&lines), history.edits.name);
    let edits = HistoryEdits::parse(&lines).unwrap();
    assert_eq!(edits.to_bytes(), lines, "one spelling");
    assert_eq!(edits.steps.len() as u64, history.revisions);

    let base = String::from_utf8(bytes("base.txt")).unwrap();
    let mut folio = Folio::new(&base);
    let mut states: Vec<Sheets> = vec![folio.sheets().clone()];
    let mut roots = vec![folio.root()];
    for step in &edits.steps {
        let past = |name: &str, span: Range<usize>| {
            states[inner_number(name).unwrap() as usize].slice(span)
        };
        folio.apply(&step.edits, &past).unwrap();
        states.push(folio.sheets().clone());
        roots.push(folio.root());
    }
    let (digests, _) = flat_digests(&states);
    for (n, state) in states.iter().enumerate() {
        let told = &told["revisions"][n];
        assert_eq!(state.text(), told["text"].as_str().unwrap(), "{n}");
        assert_eq!(roots[n].to_string(), told["root"].as_str().unwrap(), "{n}");
        assert_eq!(digests[n].to_string(), told["sha256"].as_str().unwrap(), "{n}");
        let inner = History::revision_id(&id, n as u64);
        assert_eq!(inner.to_string(), told["id"].as_str().unwrap(), "{n}");
    }
    assert_eq!(told["revisions"].as_array().unwrap().len(), states.len());
    assert_eq!(Digest::of(&History::roots_to_bytes(&roots)), history.roots.name);
    assert_eq!(history.roots_of(&History::roots_to_bytes(&roots)), Some(roots.clone()));
    assert_eq!(History::digest_of_digests(digests), history.digests);
    assert_eq!(Some(&history.text.root), roots.last());
}

#[test]
fn another_spelling_is_refused_with_its_line() {
    let refused = |lines: &str| HistoryEdits::parse(lines.as_bytes()).unwrap_err().to_string();
    for (lines, said) in [
        ("agent A\n@0 0\n=01 0 x\n", "line 3: not a number without leading zeros"),
        ("agent A\n@0 +5\n", "line 2: not a number without leading zeros"),
        ("agent A\n@0 -0\n", "line 2: not a number"),
        ("agent A\n@0 0\n=1 0 \n", "line 3: a space before no words"),
        ("agent A\n@0 0 \n", "line 2: an empty reason"),
        ("agent A\n@0 0\n=1 0 a\\x\n", "line 3: a backslash before neither"),
        ("agent A\n@0 0\n=1 0 a\rb\n", "line 3: a bare carriage return"),
        ("agent A\nagent A\n@0 0\n", "line 2: an agent without a name, or named twice"),
        ("agent A\nagent B\n@1 0\n", "line 3: agents do not stand in the order"),
        ("agent A\nagent B\n@0 0\n", "line 2: an agent that no revision names"),
        ("agent A\n@0 0\nagent B\n", "line 3: an agent after a revision"),
        ("=1 0 x\n", "line 1: an edit before any revision"),
        ("agent A\n@0 0\n=5 2 x\n<0 0 00 1 1\n", "line 4: not a number"),
        ("agent A\n@0 0\n>5 2 6\n", "revision 1 (line 2): edit 0: its target, byte 6"),
        ("agent A\n@0 0\n=5 0\n", "revision 1 (line 2): edit 0 at byte 5 changes nothing"),
        ("agent A\n@0 0\n?5 0\n", "line 3: no known beginning"),
        ("agent A\n@0 0\n=5\n", "line 3: too few numbers"),
        ("agent A\n@0 99999999999999\n", "line 2: a time beyond"),
    ] {
        assert!(refused(lines).contains(said), "{lines:?}: {}", refused(lines));
    }
    assert_eq!(HistoryEdits::parse(b"agent A\n@0 0"), Err(HistoryError::NotLines));
    assert_eq!(HistoryEdits::parse(b"\xff\n"), Err(HistoryError::NotLines));
    assert_eq!(HistoryEdits::parse(b"").unwrap(), HistoryEdits::default());
}
