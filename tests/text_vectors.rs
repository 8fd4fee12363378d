//! Frozen roots of passage tables. The values were computed by a second
//! implementation, written from the rules and not from this code; they may be
//! added to, never changed.

use variorum::digest::{Digest, Salt};
use variorum::text::{PassageTable, passages};

#[test]
fn passage_roots_are_frozen() {
    let file: serde_json::Value = serde_json::from_str(include_str!("vectors/passage_roots.json"))
        .expect("the vectors are JSON");
    let salt = Salt::from_hex(file["salt"].as_str().unwrap()).unwrap();
    for case in file["cases"].as_array().unwrap() {
        let name = &case["name"];
        let text = match case["text"].as_str() {
            Some(t) => t.to_owned(),
            None => {
                let [head, tail] = [0, 1].map(|i| case["text_repeat"][i].as_str().unwrap());
                let numbers = case["text_repeat"][2].as_array().unwrap();
                numbers.iter().map(|n| format!("{head}{n}{tail}")).collect()
            }
        };
        let table = PassageTable::of(&text);
        assert_eq!(table.entries().len(), passages(&text).len(), "{name}");
        assert_eq!(table.entries().len() as u64, case["passages"], "{name}");
        assert_eq!(table.groups().len() as u64, case["groups"], "{name}");
        assert_eq!(Digest::of(&table.to_bytes()).to_string(), case["table_sha256"], "{name}");
        assert_eq!(table.root().to_string(), case["root"], "{name}");
        assert_eq!(
            PassageTable::salted(&text, &salt).root().to_string(),
            case["salted_root"],
            "{name}"
        );
        assert_eq!(PassageTable::parse(&table.to_bytes()).as_ref(), Ok(&table), "{name}");
    }
}
