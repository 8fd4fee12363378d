//! Planted breaches: for every kind a line or two is planted in a small clean
//! house, and the checker must report exactly that.

use super::rules::{Breach, Kind, breaches};
use super::tree::Tree;

const MANIFEST: &str =
    "[package]\nname = \"variorum\"\n\n[dependencies]\nserde = \"1\"\nsha2 = \"0.11\"\n";

/// A clean house that says every forbidden word where it is harmless.
const CLEAN: &[(&str, &str)] = &[
    (
        "src/lib.rs",
        "//! Docs with `unsafe` and git2::Repository.\n#![doc = \"fn x() {}\"]\npub mod digest;\n#[cfg(test)]\nmod proofs;\n",
    ),
    (
        "src/main.rs",
        "//! Dispatch.\nuse anyhow::Result;\nfn main() -> Result<()> { if web() { variorum::web::serve() } else { variorum::cli::run() } }\nfn web() -> bool { std::env::args().nth(1).as_deref() == Some(\"serve\") }\n",
    ),
    (
        "src/digest/mod.rs",
        "//! Names made of hashes.\n\nmod id;\nmod sha256;\n\npub use id::{Any, Id};\npub(crate) use sha256::Digest;\n#[cfg(test)]\nmod trials;\n",
    ),
    (
        "src/digest/id.rs",
        "use std::fmt;\nuse super::Digest;\n/// crate::store::Archive in words, x.unwrap() too\npub struct Id<'a>(&'a Digest, char);\npub struct Any;\nimpl fmt::Display for Id<'_> { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(\"std::fs::read, unsafe { .unwrap() }\") } }\nconst Q: char = '\\'';\nconst R: &str = r#\"crate::cli::run \"quoted\" \"#;\n/* unsafe /* nested */ std::net::TcpStream */\n#[cfg(test)]\nmod tests {\n    use super::*;\n    use serde_json::json;\n    #[test]\n    fn t() { let v = std::fs::read(\"x\").unwrap(); let _ = (v, json!({}), std::time::Instant::now()); }\n}\n",
    ),
    (
        "src/digest/sha256.rs",
        "use sha2::{Digest as _, Sha256};\npub struct Digest(Sha256);\n#[cfg(test)]\nuse super::Id;\n#[cfg(test)]\n#[path = \"sha256_answers.rs\"]\nmod answers;\n",
    ),
    (
        "src/digest/trials.rs",
        "use super::Id;\nfn t() { std::env::var(\"X\").unwrap(); proptest::run(); }\n",
    ),
    // Records point at one another by typed ids: no ring.
    (
        "src/model/mod.rs",
        "//! Model.\nmod reply;\nmod text;\npub use reply::Correction;\npub use text::Revision;\n",
    ),
    (
        "src/model/reply.rs",
        "use super::Revision;\nuse crate::digest::Id;\npub struct Correction(Id<Revision>);\n",
    ),
    ("src/model/text.rs", "pub struct Revision { by: crate::digest::Id<super::Correction> }\n"),
    ("src/text/mod.rs", "//! Text.\nmod toml;\npub use toml::plain;\n"),
    // Modules may bear the name of a crate: inside, that is the module.
    (
        "src/text/toml.rs",
        "use crate::digest::{self, Id};\npub fn plain(i: Id) { digest::show(i).unwrap_or(0); }\n",
    ),
    ("src/store/mod.rs", "//! Store.\nmod refs;\npub use self::refs::Archive;\n"),
    (
        "src/store/refs.rs",
        "use std::{fs, io};\npub struct Archive(git2::Repository);\npub fn f() -> io::Result<()> { fs::write(\"a\", crate::digest::Id::new()) }\n",
    ),
    ("src/desk/mod.rs", "//! Desk.\npub use crate::store::Archive;\nmod submit;\n"),
    (
        "src/desk/submit.rs",
        "use crate::{digest::Id, store::{Archive, self}};\nuse serde_json as json;\npub fn submit() -> impl Sized + use<> { json::to_string(\"x\") }\n",
    ),
    ("src/pages/mod.rs", "//! Pages.\nmod show;\n"),
    (
        "src/pages/show.rs",
        "pub fn show(_: crate::desk::Archive) -> maud::Markup { maud::html!() }\n",
    ),
    ("src/cli/mod.rs", "//! Command line.\nmod args;\npub use args::run;\n"),
    (
        "src/cli/args.rs",
        "use crate::desk;\n#[derive(clap::Parser)]\nstruct Args;\npub fn run() { println!(\"{:?}\", (desk::submit(), crate::pages::show())) }\n",
    ),
    ("src/web/mod.rs", "//! Web.\nmod routes;\n"),
    ("src/web/routes.rs", "use axum::Router;\nuse crate::desk::Archive;\n"),
];

/// A file planted into the clean house, and where the breach must be seen.
type Plant<'a> = (Kind, &'a str, &'a str, usize);

const PLANTS: &[Plant] = &[
    (Kind::LooksUp, "src/digest/a.rs", "//! One\n\nuse crate::text::View;\n", 3),
    (Kind::LooksUp, "src/digest/a.rs", "fn f() {\n    crate::store::open()\n}\n", 2),
    (Kind::LooksUp, "src/digest/a.rs", "use super::super::{\n    digest::Id,\n    model,\n};\n", 3),
    (Kind::LooksUp, "src/digest/a.rs", "mod inner {\n    use super::super::super::desk;\n}\n", 2),
    (Kind::LooksUp, "src/digest/a.rs", "fn f() -> <Vec<u8> as crate::cli::Verb>::Out {}\n", 1),
    (Kind::LooksUp, "src/digest/a.rs", "macro_rules! m { () => { $crate::desk::submit() } }\n", 1),
    (Kind::LooksUp, "src/digest/a.rs", "#[serde(with = \"crate::model::plain\")]\nstruct S;\n", 1),
    // Unit tests may not look up either.
    (
        Kind::LooksUp,
        "src/digest/a.rs",
        "#[cfg(test)]\nmod tests {\n    use crate::store::Archive;\n}\n",
        3,
    ),
    (Kind::LooksSideways, "src/text/a.rs", "use crate::sign::PublicKey;\n", 1),
    (Kind::LooksSideways, "src/digest/a.rs", "use variorum::dates::Date;\n", 1),
    (Kind::LooksSideways, "src/web/a.rs", "use crate::cli::Args;\n", 1),
    (Kind::DoorKnowsTooMuch, "src/cli/a.rs", "use crate::desk;\nuse crate::store::Archive;\n", 2),
    (Kind::DoorKnowsTooMuch, "src/web/a.rs", "fn f(_: crate::digest::Id) {}\n", 1),
    (Kind::MainKnowsTooMuch, "src/main.rs", "use variorum::{cli, desk};\nfn main() {}\n", 1),
    (Kind::MainKnowsTooMuch, "src/main.rs", "fn main() {\n    variorum::store::open();\n}\n", 2),
    (Kind::Impure, "src/model/a.rs", "use std::fs;\n", 1),
    (Kind::Impure, "src/model/a.rs", "use std::{fmt, net::TcpStream};\n", 1),
    (Kind::Impure, "src/examine/a.rs", "fn f() { std::env::var(\"HOME\").ok(); }\n", 1),
    (Kind::Impure, "src/import/a.rs", "fn f() {\n std::process::exit(1) }\n", 2),
    (Kind::Impure, "src/dates/a.rs", "use std::time::SystemTime;\n", 1),
    (Kind::Impure, "src/dates/a.rs", "use std::time;\nfn f() {\n    time::Instant::now();\n}\n", 3),
    (Kind::Impure, "src/dates/a.rs", "fn f() { jiff::Zoned::now(); }\n", 1),
    (Kind::Impure, "src/sign/a.rs", "use ssh_key::rand_core::OsRng;\n", 1),
    (Kind::Impure, "src/sign/a.rs", "fn f() { rand::random() }\n", 1),
    (Kind::Impure, "src/text/a.rs", "fn f() { println!(\"x\") }\n", 1),
    (Kind::StrayCrate, "src/text/a.rs", "use git2::Repository;\n", 1),
    (Kind::StrayCrate, "src/text/a.rs", "fn f() { ::rusqlite::open() }\n", 1),
    (Kind::StrayCrate, "src/cli/a.rs", "fn f() {\n    serde_json::json!({})\n}\n", 2),
    (Kind::StrayCrate, "src/text/a.rs", "#[serde(with = \"hex::serde\")]\nstruct S;\n", 1),
    (Kind::StrayCrate, "src/text/a.rs", "extern crate getrandom;\n", 1),
    (Kind::StrayCrate, "src/text/a.rs", "#[cfg(test)]\nmod tests {\n    use git2::Oid;\n}\n", 3),
    (Kind::StrayCrate, "src/text/a.rs", "#[cfg(not(test))]\nuse serde_json::Value;\n", 2),
    (Kind::Anyhow, "src/cli/a.rs", "fn f() -> anyhow::Result<()> {}\n", 1),
    (Kind::Anyhow, "src/desk/a.rs", "use anyhow::Context;\n", 1),
    (Kind::UnknownRoom, "src/attic/mod.rs", "//! Attic.\n", 1),
    (Kind::UnknownRoom, "src/text.rs", "//! A room without walls.\n", 1),
    (Kind::EmptyName, "src/text/util.rs", "//! Odds and ends.\n", 1),
    (Kind::EmptyName, "src/text/helpers/mod.rs", "//! Odds and ends.\n", 1),
    (Kind::EmptyName, "src/text/a.rs", "fn f() {}\nmod misc {}\n", 2),
    (Kind::DoorSign, "src/model/mod.rs", "//! Model.\nmod a;\n\npub fn f() {}\n", 4),
    (Kind::DoorSign, "src/model/mod.rs", "//! Model.\nmod a { }\n", 2),
    (Kind::DoorSign, "src/model/mod.rs", "#![allow(x)]\n#[derive(Debug)]\npub struct S;\n", 3),
    (Kind::DoorSign, "src/lib.rs", "pub mod digest;\nconst X: u8 = 1;\n", 2),
    (Kind::Unsafe, "src/store/a.rs", "fn f() {\n    unsafe { g() }\n}\n", 2),
    (Kind::Unsafe, "src/store/a.rs", "#[cfg(test)]\nmod tests { unsafe fn f() {} }\n", 2),
    (Kind::Unwrap, "src/store/a.rs", "fn f() { g().unwrap() }\n", 1),
    (Kind::Unwrap, "src/cli/a.rs", "fn f() { x.map(Option::unwrap) }\n", 1),
    (
        Kind::Unwrap,
        "src/cli/a.rs",
        "#[cfg(test)]\nmod tests { fn t() { x.unwrap() } }\nfn f() { x.unwrap_err() }\n",
        3,
    ),
    (Kind::Ring, "src/digest/sha256.rs", "use sha2 as _;\npub struct Digest;\nuse super::Id;\n", 3),
    (Kind::Ring, "src/digest/sha256.rs", "pub struct Digest;\nfn f() { super::id::parse() }\n", 2),
];

fn house(plants: &[(&str, &str)]) -> Vec<Breach> {
    let sources =
        CLEAN.iter().chain(plants).map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    breaches(&Tree { manifest: MANIFEST.to_owned(), sources: sources.collect() })
}

#[test]
fn a_clean_house_is_clean() {
    assert_eq!(house(&[]), []);
}

#[test]
fn every_planted_breach_is_reported_and_nothing_else() {
    for (kind, path, text, line) in PLANTS {
        let found = house(&[(path, text)]);
        // A ring is told from its first member, wherever the plant closed it.
        let (file, line) =
            if *kind == Kind::Ring { ("src/digest/id.rs", 2) } else { (*path, *line) };
        let places: Vec<_> = found.iter().map(|b| (b.kind, b.file.as_str(), b.line)).collect();
        assert_eq!(places, [(*kind, file, line)], "planted in {path}:\n{text}\nfound {found:#?}");
    }
}

#[test]
fn a_ring_of_three_is_told_once_with_its_way_round() {
    let found = house(&[
        ("src/import/mod.rs", "//! Import.\nmod a;\nmod b;\nmod c;\npub use a::*;\n"),
        ("src/import/a.rs", "pub struct A;\nuse super::b::B;\n"),
        ("src/import/b.rs", "pub struct B;\nfn f(_: crate::import::c::C) {}\n"),
        // Back by the door sign's glob.
        ("src/import/c.rs", "pub struct C(super::A);\n"),
    ]);
    let told: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["src/import/a.rs:2: Ring: import::a -> import::b -> import::c -> import::a"]);
}

#[test]
fn a_typed_id_makes_no_ring_but_what_it_points_at_does() {
    let found = house(&[(
        "src/model/reply.rs",
        "use super::Revision;\nuse crate::digest::Id;\npub struct Correction(Id<Revision>, Revision);\n",
    )]);
    assert_eq!(found, [], "one way only: the other end still holds an id");
    let found = house(&[
        (
            "src/model/reply.rs",
            "use super::Revision;\npub struct Correction(Id<Revision>, Revision);\n",
        ),
        ("src/model/text.rs", "pub struct Revision;\nfn f(_: super::Correction) {}\n"),
    ]);
    let told: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["src/model/reply.rs:1: Ring: model::reply -> model::text -> model::reply"]);
}

#[test]
fn a_long_file_is_reported_at_its_first_line_too_many() {
    let fits = "//\n".repeat(600);
    let long = "//\n".repeat(601);
    assert_eq!(house(&[("src/text/a.rs", &fits)]), []);
    let found = house(&[("src/text/a.rs", &long)]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].kind, found[0].line), (Kind::LongFile, 601));
}

#[test]
fn a_crate_without_a_room_is_reported_in_every_section() {
    for section in ["[dependencies]", "[build-dependencies]", "[target.'cfg(unix)'.dependencies]"] {
        let manifest = format!(
            "[package]\nname = \"variorum\"\n\n{section}\nserde = \"1\"\nleft-pad = \"1\"\n"
        );
        let sources = CLEAN.iter().map(|(p, t)| ((*p).to_owned(), (*t).to_owned())).collect();
        let found = breaches(&Tree { manifest, sources });
        let places: Vec<_> = found.iter().map(|b| (b.kind, b.file.as_str(), b.line)).collect();
        assert_eq!(places, [(Kind::UnknownCrate, "Cargo.toml", 6)], "{section}");
    }
    let manifest = "[dev-dependencies]\nleft-pad = \"1\"\n".to_owned();
    let sources = CLEAN.iter().map(|(p, t)| ((*p).to_owned(), (*t).to_owned())).collect();
    assert_eq!(breaches(&Tree { manifest, sources }), []);
}

/// A kind that nobody planted would be a rule that nobody has seen work.
#[test]
fn every_kind_is_planted() {
    use Kind::*;
    let all = [
        LooksUp,
        LooksSideways,
        DoorKnowsTooMuch,
        MainKnowsTooMuch,
        Impure,
        StrayCrate,
        Anyhow,
        UnknownCrate,
        UnknownRoom,
        EmptyName,
        DoorSign,
        LongFile,
        Ring,
        Unsafe,
        Unwrap,
    ];
    for kind in all {
        // A match without `_`: a new kind does not compile until it stands here.
        let elsewhere = match kind {
            LongFile | UnknownCrate => true,
            LooksUp | LooksSideways | DoorKnowsTooMuch | MainKnowsTooMuch | Impure | StrayCrate
            | Anyhow | UnknownRoom | EmptyName | DoorSign | Ring | Unsafe | Unwrap => false,
        };
        assert!(elsewhere || PLANTS.iter().any(|p| p.0 == kind), "{kind:?} is planted nowhere");
    }
}
