//! `schemas/` holds what the types give, and what the program writes fits it.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use variorum::desk;

const AGAIN: &str = "make them anew: cargo run -- schema --write schemas";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn schema(name: &str) -> Value {
    serde_json::from_str(&desk::schema(name).unwrap_or_else(|e| panic!("{name}: {e}"))).unwrap()
}

/// Fails with everything that does not fit, not with the first of it.
fn fits(what: &str, schema: &Value, value: &Value) {
    let validator = jsonschema::validator_for(schema)
        .unwrap_or_else(|e| panic!("{what}: the schema is none: {e}"));
    let errors: Vec<String> =
        validator.iter_errors(value).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}\n{value:#}");
}

#[test]
fn the_folder_holds_what_the_types_give() {
    let names: BTreeSet<String> = desk::schema_names().into_iter().collect();
    for name in &names {
        let file = root().join("schemas").join(name);
        let stored =
            fs::read_to_string(&file).unwrap_or_else(|e| panic!("schemas/{name}: {e}; {AGAIN}"));
        // Compared as values: the order of keys depends on how serde_json is built.
        let stored: Value = serde_json::from_str(&stored)
            .unwrap_or_else(|e| panic!("schemas/{name}: {e}; {AGAIN}"));
        assert!(stored == schema(name), "schemas/{name} is not what the types give; {AGAIN}");
    }
    for folder in ["records", "documents", "answers"] {
        for entry in fs::read_dir(root().join("schemas").join(folder)).unwrap() {
            let name = format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy());
            assert!(names.contains(&name), "schemas/{name} belongs to no type: remove it");
        }
    }
}

/// The frozen vectors are samples of every record and document.
#[test]
fn records_and_documents_fit_their_schemas() {
    for folder in ["records", "documents"] {
        let mut seen = 0;
        for entry in fs::read_dir(root().join("tests/vectors").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let Some(name) =
                path.file_name().and_then(|n| n.to_str()).filter(|n| n.ends_with(".toml"))
            else {
                continue;
            };
            let table: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
            let kind = table["kind"].as_str().unwrap().replace('/', "-");
            let value = serde_json::to_value(&table).unwrap();
            let schema = schema(&format!("{folder}/{kind}.json"));
            fits(name, &schema, &value);
            let mut more = value.clone();
            more["extra"] = 1.into();
            let validator = jsonschema::validator_for(&schema).unwrap();
            assert!(!validator.is_valid(&more), "{name}: the schema takes an unknown field");
            seen += 1;
        }
        assert!(seen > 0, "no vectors in {folder}");
    }
}

fn format_md() -> String {
    fs::read_to_string(root().join("schemas/format.md")).unwrap()
}

/// First cell without its backquotes, and the rest, of each row of a table.
fn rows(table: &str) -> Vec<(&str, &str)> {
    table.lines().filter_map(|l| l.strip_prefix("| `")?.split_once("` | ")).collect()
}

/// `format.md` has the fields of each kind of record in their order, and says
/// which of them may be absent.
#[test]
fn the_prose_has_every_field() {
    let format = format_md();
    let common = format.split("after\n`kind`:\n\n").nth(1).unwrap().split("\n\n").next().unwrap();
    assert_eq!(rows(common).len(), 5);
    for name in desk::schema_names().iter().filter(|n| n.starts_with("records/")) {
        let schema = schema(name);
        let kind = schema["properties"]["kind"]["const"].as_str().unwrap();
        let heading = format!("\n### `{kind}` (");
        let section = format
            .split(heading.as_str())
            .nth(1)
            .unwrap_or_else(|| panic!("format.md has no section on {kind}"));
        let section = section.split("\n##").next().unwrap();
        let own = ["attestation/1", "intake/1", "import/1"].contains(&kind);
        let mut told = if own { Vec::new() } else { rows(common) };
        told.extend(rows(section));

        let vector = root().join(format!("tests/vectors/records/{}.toml", kind.replace('/', "-")));
        let vector = fs::read_to_string(vector).unwrap();
        let keys: Vec<&str> = vector
            .lines()
            .filter(|l| !l.starts_with([' ', ']']))
            .map(|l| l.split_once(" = ").unwrap().0)
            .filter(|k| *k != "kind")
            .collect();
        assert_eq!(told.iter().map(|(k, _)| *k).collect::<Vec<_>>(), keys, "{kind}");

        let required = schema["required"].as_array().unwrap();
        for (key, rest) in told {
            let absent = rest.split(" | ").next().unwrap().ends_with("optional")
                || rest.contains("written only when true");
            let needed = required.iter().any(|r| r.as_str() == Some(key));
            assert_eq!(absent, !needed, "{kind}: {key}: {rest}");
        }
    }
}

/// Words of a schema that is a closed list: its name's words in their order.
fn list_of_words(schema: &Value) -> Option<Vec<&str>> {
    let words = |v: &'_ Value| v["const"].is_string();
    match (schema["oneOf"].as_array(), schema["enum"].as_array()) {
        (Some(list), _) if list.iter().all(words) => {
            list.iter().map(|w| w["const"].as_str()).collect()
        }
        (_, Some(list)) => list.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

/// `format.md`, section 6, has the closed lists that records use, no more and
/// no fewer.
#[test]
fn the_prose_has_every_word() {
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in desk::schema_names().iter().filter(|n| n.starts_with("records/")) {
        let schema = schema(name);
        let Some(defs) = schema["$defs"].as_object() else { continue };
        for (list, words) in defs.iter().filter_map(|(list, def)| Some((list, list_of_words(def)?)))
        {
            lists.insert(list.clone(), words.into_iter().map(String::from).collect());
        }
    }
    let format = format_md();
    let section = format.split("\n## 6. Words\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let mut told = BTreeMap::new();
    for line in section.lines().filter(|l| l.starts_with("| ")).skip(1) {
        let (list, words) = line.trim_matches(['|', ' ']).split_once(" | ").unwrap();
        let between = if words.contains(';') { "; " } else { ", " };
        told.insert(list.to_string(), words.split(between).map(String::from).collect::<Vec<_>>());
    }
    assert_eq!(told, lists);
}

/// One answer of each verb, from the program itself.
#[test]
fn answers_fit_their_schemas() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("lamp.txt"), "The lamp was lit at nine. Nobody\nin the harbour had ord-\nered it.\n\nOn Monday the keeper\nwrote down the hour.\n").unwrap();
    let run = |args: &[&str], code: i32| -> Value {
        let out = Command::new(env!("CARGO_BIN_EXE_variorum"))
            .arg("--json")
            .args(args)
            .current_dir(dir.path())
            .env("VARIORUM_PRIVATE", dir.path().join("private"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(code), "{args:?}: {said}");
        let line: Value =
            serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}: {said}"));
        fits(
            &format!("envelope of {args:?}"),
            &schema("answers/envelope-1.json"),
            &without_data(&line),
        );
        if code == 0 {
            let verb = line["schema"].as_str().unwrap().split('/').nth(1).unwrap().to_string();
            fits(&format!("{args:?}"), &schema(&format!("answers/{verb}-1.json")), &line["data"]);
        }
        line["data"].clone()
    };
    run(&["init", "a", "--title", "Lamp", "--as", "Ada Brandt", "--origin", "example.org/lamp"], 0);
    let with = |args: &[&'static str]| -> Vec<&'static str> { [&["-C", "a"], args].concat() };
    run(
        &with(&["add", "lamp.txt", "--siglum", "L", "--by", "Jon Hale", "--private", "--dry-run"]),
        0,
    );
    run(&with(&["add", "lamp.txt", "--siglum", "L", "--by", "Jon Hale"]), 0);
    run(&with(&["submit", "--in", "L", "--quote", "nobody here wrote this down"]), 2);
    run(&with(&["submit", "--in", "L", "--quote", "nobody here wrote this down", "--say", "x"]), 3);
    let sent = run(
        &with(&[
            "submit",
            "--in",
            "L",
            "--quote",
            "Nobody in the harbour",
            "--should-read",
            "I, in the harbour,",
            "--say",
            "It was I.",
        ]),
        0,
    );
    let correction = sent["correction"].as_str().unwrap().to_string();
    for args in [
        &["status"][..],
        &["inbox"],
        &["list"],
        &["list", "corrections"],
        &["list", "agents"],
        &["show", "L"],
        &["log"],
        &["log", "--all"],
        &["cite", "L:1-2"],
        &["locate", "had ordered it"],
        &["locate", "the"],
        &["verify"],
        &["verify", "--full"],
    ] {
        run(&with(args), if args == ["locate", "the"] { 3 } else { 0 });
    }
    run(&["-C", "a", "decide", &correction, "adopt"], 2);
    run(&["-C", "a", "decide", &correction, "adopt", "--reason", "He was there."], 0);
    run(&["-C", "a", "show", &correction], 0);
    run(&["-C", "a", "receipt", &correction], 0);
    for args in [
        &["diff", "L@1", "L@2"][..],
        &["who", "L"],
        &["inbox", "--all"],
        &["show", "L"],
        &["export", "plain", "out"],
    ] {
        run(&with(args), 0);
    }
}

fn without_data(line: &Value) -> Value {
    let mut line = line.clone();
    if let Some(map) = line.as_object_mut() {
        map.remove("data");
    }
    line
}
