//! `compare A B C…` from outside: the JSON, the apparatus, the files.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const A: &str = "The ferry left at noon, with nine aboard & a mule.\n\nA storm broke the stage \
that night, and nobody crossed the water for three days.\n\nThe master counted every rope and wrote \
the number in the harbour's book.\n";
const B: &str = "The ferry left at noon with ten <aboard> & a mule.\n\nThe master counted every rope \
and wrote\nthe number in the harbour's book.\n\nA storm broke the stage that night, and nobody \
crossed the water for three days.\n";
const C: &str = "The ferry left at one, with nine abord & a mule.\n\nA storm broke the stage that \
night, and nobody crossed for three days.\n\nThe master counted every rope and wrote the number in \
the harbor's book.\n";

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in [("a.txt", A), ("b.txt", B), ("c.txt", C)] {
        fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

fn variorum(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_variorum")).args(args).current_dir(dir).output().unwrap()
}

fn json(dir: &Path, args: &[&str]) -> Value {
    let out = variorum(dir, &[&["--json", "compare"], args].concat());
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

fn said(dir: &Path, args: &[&str]) -> String {
    let out = variorum(dir, args);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn the_json_fits_its_schema_and_gives_back_each_text() {
    let dir = folder();
    let answer = json(dir.path(), &["a.txt", "b.txt", "c.txt"]);
    assert_eq!(answer["schema"], "variorum/collation/1");
    let schema: Value =
        serde_json::from_str(&variorum::desk::schema("variorum/collation/1").unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&answer["data"]).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for (name, text) in [("a.txt", A), ("b.txt", B), ("c.txt", C)] {
        let cells = answer["data"]["rows"].as_array().unwrap().iter();
        let cells: Vec<&Value> =
            cells.map(|r| &r["readings"][name]).filter(|c| !c.is_null()).collect();
        let words = |s: &str| s.split_whitespace().map(String::from).collect::<Vec<_>>();
        let joined: Vec<&str> = cells.iter().map(|c| c["text"].as_str().unwrap()).collect();
        assert_eq!(words(&joined.join(" ")), words(text));
        let at = |c: &Value, end: &str| c[end].as_u64().unwrap() as usize;
        let bytes: Vec<&str> = cells.iter().map(|c| &text[at(c, "start")..at(c, "end")]).collect();
        assert_eq!(words(&bytes.join(" ")), words(text));
    }
}

#[test]
fn each_order_of_the_texts_gives_the_same_rows() {
    let dir = folder();
    // A row without the order of its columns.
    let rows = |names: &[&str]| -> Vec<(String, BTreeMap<String, String>)> {
        let answer = json(dir.path(), names);
        let rows = answer["data"]["rows"].as_array().unwrap();
        let cells = |r: &Value| {
            let readings = r["readings"].as_object().unwrap();
            readings.iter().map(|(k, v)| (k.clone(), v.to_string())).collect()
        };
        rows.iter().map(|r| (r["kind"].to_string(), cells(r))).collect()
    };
    let first = rows(&["a.txt", "b.txt", "c.txt"]);
    for order in
        [["b.txt", "a.txt", "c.txt"], ["c.txt", "b.txt", "a.txt"], ["b.txt", "c.txt", "a.txt"]]
    {
        assert_eq!(rows(&order), first);
    }
    let kinds: BTreeSet<&str> = first.iter().map(|(kind, _)| kind.trim_matches('"')).collect();
    for kind in ["equal", "word", "spelling", "omission", "transposition"] {
        assert!(kinds.contains(kind), "{kind} is missing in {kinds:?}");
    }
}

#[test]
fn the_apparatus_fits_narrow_and_wide_terminals() {
    let dir = folder();
    let texts = ["compare", "a.txt", "b.txt", "c.txt"];
    for width in ["40", "60", "80", "160"] {
        let out = said(dir.path(), &[&["--width", width][..], &texts].concat());
        let widest = out.lines().map(|l| l.chars().count()).max().unwrap();
        assert!(widest <= width.parse().unwrap(), "{widest} columns in {width}:\n{out}");
    }
    let narrow = said(dir.path(), &[&["--width", "60"][..], &texts].concat());
    assert!(narrow.contains("noon, a ] noon b; one, c"), "{narrow}");
    assert!(narrow.contains("om. c"), "{narrow}");
    let wide = said(dir.path(), &[&["--width", "160"][..], &texts].concat());
    assert!(wide.contains('〃') && wide.contains('—'), "{wide}");
    let based = said(dir.path(), &[&["--width", "60"][..], &texts, &["--base", "c.txt"]].concat());
    assert!(based.contains("one, ] noon, a; noon b"), "{based}");
}

#[test]
fn places_of_spelling_are_left_out_on_request() {
    let dir = folder();
    let texts = ["--width", "60", "compare", "a.txt", "b.txt", "c.txt"];
    let all = said(dir.path(), &texts);
    let words = said(dir.path(), &[&texts[..], &["--words", "--html", "out.html"]].concat());
    assert!(all.contains("abord") && !words.contains("abord"), "{words}");
    assert!(words.contains("of spelling or punctuation are not shown") && words.contains("om. c"));
    let page = fs::read_to_string(dir.path().join("out.html")).unwrap();
    assert!(!page.contains("abord") && page.contains("not shown"), "{page}");
    // Readings with the same letters are told as one.
    fs::write(dir.path().join("d.txt"), A.replace("nine", "NINE")).unwrap();
    let spelled = ["--width", "60", "compare", "a.txt", "b.txt", "d.txt"];
    assert!(said(dir.path(), &spelled).contains("nine a ] ten b; NINE d"));
    let told = said(dir.path(), &[&spelled[..], &["--words"]].concat());
    assert!(told.contains("nine a d ] ten b"), "{told}");
    // The numbers of the places stay.
    let told = |out: &str| {
        let places = out.lines().filter(|l| l.split(' ').next().is_some_and(|n| n.ends_with('.')));
        places.map(|l| l.split(' ').next().unwrap().to_string()).collect::<Vec<_>>()
    };
    let (all, words) = (told(&all), told(&words));
    assert!(words.len() < all.len() && words.iter().all(|n| all.contains(n)), "{words:?} {all:?}");
}

#[test]
fn check_tells_whether_words_differ() {
    let dir = folder();
    fs::write(dir.path().join("d.txt"), A.replace(' ', "\n")).unwrap();
    let code = |texts: &[&str]| {
        variorum(dir.path(), &[&["compare", "--check"][..], texts].concat()).status.code()
    };
    assert_eq!(code(&["a.txt", "d.txt"]), Some(0));
    assert_eq!(code(&["a.txt", "d.txt", "c.txt"]), Some(1));
    assert_eq!(code(&["a.txt"]), Some(2));
    assert_eq!(code(&["a.txt", "no.txt"]), Some(3));
}

/// Whether each element of an XML text is closed in order and each character
/// outside them allowed; the names of the elements with their attributes.
fn elements(xml: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap();
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        assert!(!text.contains('>'), "{text}");
        for entity in text.split('&').skip(1) {
            assert!(
                ["amp;", "lt;", "gt;", "quot;"].iter().any(|e| entity.starts_with(e)),
                "{entity}"
            );
        }
        let end = tag.find('>').unwrap();
        let inside = &tag[1..end];
        assert!(!inside.contains('<') && inside.matches('"').count() % 2 == 0, "{inside}");
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
        } else {
            let name = inside.split([' ', '/']).next().unwrap();
            if !inside.ends_with('/') {
                open.push(name.to_string());
            }
            found.push(inside.to_string());
        }
        rest = &tag[end + 1..];
    }
    assert!(open.is_empty() && rest.trim().is_empty());
    found
}

#[test]
fn tei_is_well_formed_and_has_no_lemma_without_a_base() {
    let dir = folder();
    let hostile = "The ferry left at noon,\u{1} with ]]> <!-- nine \"aboard\" & a mule.\n";
    fs::write(dir.path().join("-\"<&>.txt"), hostile).unwrap();
    let texts = ["compare", "a.txt", "b.txt", "c.txt", "./-\"<&>.txt"];
    said(dir.path(), &[&texts[..], &["--tei", "out.xml"]].concat());
    let tei = fs::read_to_string(dir.path().join("out.xml")).unwrap();
    let found = elements(&tei);
    assert!(!found.iter().any(|e| e.starts_with("lem")));
    assert_eq!(found.iter().filter(|e| e.starts_with("witness")).count(), 4);
    assert!(!tei.contains('\u{1}') && !tei.contains("<!--"));
    // Every pointer has its target, every reading its witness.
    let value = |e: &str, name: &str| {
        let from = e.find(&format!("{name}=\""))? + name.len() + 2;
        Some(e[from..].split('"').next().unwrap().to_string())
    };
    let ids: BTreeSet<String> = found.iter().filter_map(|e| value(e, "xml:id")).collect();
    for name in ["wit", "target", "corresp"] {
        let named: Vec<String> = found.iter().filter_map(|e| value(e, name)).collect();
        assert!(!named.is_empty(), "{name}");
        for id in named.iter().flat_map(|n| n.split(' ')) {
            assert!(ids.contains(id.strip_prefix('#').unwrap()), "{name} {id}");
        }
    }
    said(dir.path(), &[&texts[..], &["--tei", "out.xml", "--base", "a.txt"]].concat());
    let tei = fs::read_to_string(dir.path().join("out.xml")).unwrap();
    assert!(elements(&tei).iter().any(|e| e.starts_with("lem")));
}

#[test]
fn the_page_is_one_file_that_loads_nothing() {
    let dir = folder();
    said(dir.path(), &["compare", "a.txt", "b.txt", "c.txt", "--html", "out.html"]);
    let page = fs::read_to_string(dir.path().join("out.html")).unwrap();
    assert!(page.contains("<h1>Collation of 3 texts</h1>"));
    for foreign in ["<script", "<img", "<link", "http://", "https://", "src="] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.contains("&lt;aboard&gt;"));
    let russian = ["compare", "a.txt", "b.txt", "c.txt", "--language", "ru"];
    said(dir.path(), &[&russian[..], &["--html", "out.html"]].concat());
    let page = fs::read_to_string(dir.path().join("out.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"ru\">"));
    assert!(page.contains("<h1>Сличение 3 текстов</h1>"));
    // The language is that of the page: without one it would say nothing.
    assert_eq!(variorum(dir.path(), &russian).status.code(), Some(2));
}

#[test]
fn revisions_of_an_archive_are_columns_by_siglum() {
    let dir = folder();
    let made = |args: &[&str]| said(dir.path(), args);
    made(&[
        "init",
        "x",
        "--title",
        "T",
        "--as",
        "K",
        "--origin",
        "example.org/t",
        "--private",
        "p",
    ]);
    let add = |file: &str, siglum: &str| {
        made(&[
            "-C", "x", "add", file, "--siglum", siglum, "--title", "T", "--by", "N", "--type",
            "memoir",
        ]);
    };
    add("a.txt", "M");
    add("c.txt", "M");
    add("b.txt", "N");
    let answer = json(dir.path(), &["-C", "x", "M@1", "M@2", "N", "--base", "N"]);
    assert_eq!(answer["data"]["texts"], serde_json::json!(["M@1", "M@2", "N"]));
    assert_eq!(answer["data"]["base"], "N");
    assert_eq!(answer["data"]["witnesses"][2]["address"], "N@1");
}
