//! Frozen bytes of everything that others store and verify. The vectors were
//! computed by a second implementation; see `vectors/README.md`.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use variorum::audit::{KeyFrom, check_receipt};
use variorum::desk;
use variorum::digest::{Digest, Salt, commitment, edited_salt, leaf_hash, passage_salt};
use variorum::model::{ArchiveFile, Document, EditList, Kind, Receipt, Record, ReplyText};
use variorum::sign::{NoteSigner, PublicKey, SecretKey, VerifierKey, parse_allowed_signers};
use variorum::text::PassageTable;
use variorum::tlog::{self, Checkpoint, TlogProof};

fn at(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(at(name)).unwrap_or_else(|e| panic!("tests/vectors/{name}: {e}"))
}

fn text(name: &str) -> String {
    String::from_utf8(bytes(name)).unwrap()
}

fn json(name: &str) -> Value {
    serde_json::from_slice(&bytes(name)).unwrap()
}

fn str<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} in {value}"))
}

fn seed(value: &Value) -> [u8; 32] {
    *str(value, "seed").parse::<Digest>().unwrap().as_bytes()
}

fn digests(value: &Value) -> Vec<Digest> {
    value.as_array().unwrap().iter().map(|h| h.as_str().unwrap().parse().unwrap()).collect()
}

/// Names and digests of a folder, every file of it listed once.
fn listed(folder: &str) -> BTreeMap<String, String> {
    let sums = text(&format!("{folder}/SHA256SUMS"));
    let line = |l: &str| l.split_once("  ").map(|(sum, name)| (name.to_string(), sum.to_string()));
    let listed: BTreeMap<_, _> =
        sums.lines().map(|l| line(l).expect("digest, two spaces, name")).collect();
    let mut there: Vec<String> = fs::read_dir(at(folder))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    there.retain(|n| n != "SHA256SUMS");
    there.sort();
    assert_eq!(
        there,
        listed.keys().cloned().collect::<Vec<_>>(),
        "{folder}/SHA256SUMS names every file"
    );
    listed
}

/// The keys of a document's lines, in order.
fn keys(document: &str) -> Vec<&str> {
    document
        .lines()
        .filter(|l| !l.starts_with([' ', ']']))
        .map(|l| l.split_once(" = ").expect("key = value").0)
        .collect()
}

/// Required and possible keys of a kind, by its schema.
fn fields(kind: &str) -> (Vec<String>, Vec<String>) {
    let file = format!("{}.json", kind.replace('/', "-"));
    // A verb's answer may have the name of a document: these are no answers.
    let schema = ["records", "documents"]
        .iter()
        .find_map(|folder| desk::schema(&format!("{folder}/{file}")).ok())
        .unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let sorted = |mut v: Vec<String>| {
        v.sort();
        v
    };
    let required = schema["required"]
        .as_array()
        .unwrap()
        .iter()
        .map(|k| k.as_str().unwrap().to_string())
        .collect();
    let all = schema["properties"].as_object().unwrap().keys().cloned().collect();
    (sorted(required), sorted(all))
}

fn has_the_fields(name: &str, kind: &str, document: &str) {
    let mut found: Vec<String> = keys(document).into_iter().map(String::from).collect();
    found.sort();
    let (required, all) = fields(kind);
    if name.ends_with("-1-least.toml") {
        assert_eq!(found, required, "{name} has the required fields and no others");
    } else if name.ends_with("-1.toml") {
        assert_eq!(found, all, "{name} has every field of its kind");
    }
}

#[test]
fn every_kind_of_record_is_frozen() {
    let listed = listed("records");
    for (name, sum) in &listed {
        let stored = bytes(&format!("records/{name}"));
        let record = Record::decode(&stored).unwrap_or_else(|e| panic!("{name}: {e}"));
        let (id, written) = record.encode().unwrap();
        assert_eq!(
            String::from_utf8(written).unwrap(),
            String::from_utf8(stored.clone()).unwrap(),
            "{name}"
        );
        assert_eq!(id.to_string(), *sum, "{name}");
        assert!(
            name.starts_with(&record.kind().name().replace('/', "-")),
            "{name} holds {}",
            record.kind()
        );
        has_the_fields(name, record.kind().name(), std::str::from_utf8(&stored).unwrap());
    }
    for kind in Kind::ALL {
        let file = format!("{}.toml", kind.name().replace('/', "-"));
        assert!(listed.contains_key(&file), "no vector records/{file}");
    }
}

fn frozen<D: Document>(listed: &mut BTreeMap<String, String>, names: &[&str]) {
    for name in names {
        let stored = text(&format!("documents/{name}"));
        let document = D::from_bytes(stored.as_bytes()).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(String::from_utf8(document.to_bytes()).unwrap(), stored, "{name}");
        assert_eq!(Some(Digest::of(stored.as_bytes()).to_string()), listed.remove(*name), "{name}");
        has_the_fields(name, D::KIND, &stored);
    }
}

#[test]
fn documents_are_frozen() {
    let mut listed = listed("documents");
    frozen::<ReplyText>(
        &mut listed,
        &["reply-1.toml", "reply-1-least.toml", "reply-1-escapes.toml"],
    );
    frozen::<EditList>(&mut listed, &["edits-1.toml", "edits-1-one.toml"]);
    frozen::<ArchiveFile>(&mut listed, &["archive-1.toml"]);
    frozen::<Receipt>(&mut listed, &["receipt-1.toml"]);
    assert!(listed.is_empty(), "not checked: {listed:?}");
}

#[test]
fn the_frozen_receipt_holds() {
    let key: VerifierKey = str(&json("log/roots.json"), "key").parse().unwrap();
    let check = check_receipt(&bytes("documents/receipt-1.toml"), Some(&key), None).unwrap();
    assert_eq!((check.index, check.checkpoint.size, check.key_from), (1, 5, KeyFrom::Outside));
    assert_eq!(check.reply.says, "It was I.");
    assert_eq!(check.sealed_by.as_deref(), Some(str(&json("seals/key.json"), "fingerprint")));
    let other = text("documents/receipt-1.toml").replace("It was I.", "It was he.");
    assert_eq!(check_receipt(other.as_bytes(), Some(&key), None).unwrap_err().part, "reply");
}

#[test]
fn commitments_and_salts_are_frozen() {
    let file = json("commitments.json");
    let salt = Salt::from_hex(str(&file, "salt")).unwrap();
    for c in file["commitments"].as_array().unwrap() {
        assert_eq!(
            commitment(&salt, str(c, "text").as_bytes()).to_string(),
            str(c, "commitment"),
            "{c}"
        );
    }
    for s in file["passage_salts"].as_array().unwrap() {
        assert_eq!(
            passage_salt(&salt, s["index"].as_u64().unwrap()).to_hex(),
            str(s, "salt"),
            "{s}"
        );
    }
    let private = &file["private_text"];
    let edits = str(private, "edits");
    let after = edited_salt(&salt, edits.as_bytes());
    assert_eq!(after.to_hex(), str(private, "edited_salt"));
    let list = EditList::from_bytes(edits.as_bytes()).unwrap().edits;
    assert_eq!(list.apply(str(private, "text"), &|_, _| None).unwrap(), str(private, "child"));
    for (salt, prefix) in [(&salt, ""), (&after, "child_")] {
        let text = str(private, if prefix.is_empty() { "text" } else { "child" });
        let table = PassageTable::salted(text, salt);
        assert_eq!(
            commitment(salt, text.as_bytes()).to_string(),
            str(private, &format!("{prefix}commitment"))
        );
        assert_eq!(
            String::from_utf8(table.to_bytes()).unwrap(),
            str(private, &format!("{prefix}table"))
        );
        assert_eq!(table.root().to_string(), str(private, &format!("{prefix}root")));
    }
}

#[test]
fn edits_are_frozen() {
    for case in json("edits.json").as_array().unwrap() {
        let (name, list) = (str(case, "name"), str(case, "edits"));
        let document =
            EditList::from_bytes(list.as_bytes()).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(String::from_utf8(document.to_bytes()).unwrap(), list, "{name}");
        let restored = |id: &str, span: std::ops::Range<usize>| {
            case["restored"][id].as_str()?.get(span).map(String::from)
        };
        assert_eq!(
            document.edits.apply(str(case, "parent"), &restored).unwrap(),
            str(case, "child"),
            "{name}"
        );
    }
}

#[test]
fn the_log_is_frozen() {
    let file = json("log/roots.json");
    let signer = NoteSigner::new(str(&file, "origin"), SecretKey::generate(seed(&file))).unwrap();
    assert_eq!(signer.verifier_key().to_string(), str(&file, "key"));
    let entries: Vec<[u8; 32]> =
        (0..300).map(|n| *Digest::of(format!("entry {n}").as_bytes()).as_bytes()).collect();
    let nothing = |name: &str| Err::<Vec<u8>, String>(format!("{name} is not read"));
    let made = tlog::append(0, &entries, &nothing).unwrap();
    for (name, made) in &made.write {
        assert!(*made == bytes(&format!("log/{name}")), "log/{name} differs");
    }
    assert_eq!(made.write.len(), 5);

    let head = Checkpoint::open(&text("log/checkpoint"), signer.verifier_key()).unwrap();
    assert_eq!((head.size, head.root), (300, made.root));
    assert_eq!(head.sign(&signer).unwrap(), text("log/checkpoint"));
    let read = |name: &str| fs::read(at("log").join(name)).map_err(|e| e.to_string());
    assert_eq!(tlog::root_of(300, &read).unwrap(), head.root);

    let mut roots = BTreeMap::new();
    for r in file["roots"].as_array().unwrap() {
        let size = r["size"].as_u64().unwrap();
        let root = tlog::append(0, &entries[..size as usize], &nothing).unwrap().root;
        assert_eq!(root.to_string(), str(r, "root"), "{size} entries");
        roots.insert(size, root);
    }
    for p in file["inclusion"].as_array().unwrap() {
        let (index, size, path) =
            (p["index"].as_u64().unwrap(), p["size"].as_u64().unwrap(), digests(&p["path"]));
        let root = roots.get(&size).copied().unwrap_or(head.root);
        tlog::verify_inclusion(&leaf_hash(&entries[index as usize]), index, size, &path, &root)
            .unwrap();
        if size == 300 {
            assert_eq!(tlog::inclusion_proof(index, size, &read).unwrap(), path);
        }
    }
    for p in file["consistency"].as_array().unwrap() {
        let (old, new, path) =
            (p["old"].as_u64().unwrap(), p["new"].as_u64().unwrap(), digests(&p["path"]));
        if let (Some(a), Some(b)) = (roots.get(&old), roots.get(&new)) {
            tlog::verify_consistency(old, new, &path, a, b).unwrap();
        }
        if new == 300 {
            assert_eq!(tlog::consistency_proof(old, new, &read).unwrap(), path);
        }
    }
    let proof = TlogProof::parse(&text("log/entry-299.tlog-proof")).unwrap();
    assert_eq!(proof.to_text(), text("log/entry-299.tlog-proof"));
    assert_eq!(proof.verify(&entries[299], signer.verifier_key(), &[]).unwrap().index, 299);
}

#[test]
fn seals_are_frozen() {
    let file = json("seals/key.json");
    let key = SecretKey::generate(seed(&file));
    let public = PublicKey::from_openssh(str(&file, "public")).unwrap();
    assert_eq!((key.public(), public.fingerprint().as_str()), (public, str(&file, "fingerprint")));
    let record = bytes("seals/record.toml");
    assert_eq!(Digest::of(&record).to_string(), str(&file, "record_sha256"));
    let roles = file["roles"].as_array().unwrap();
    for role in roles {
        let role = role.as_str().unwrap();
        let (seal, namespace) =
            (text(&format!("seals/record.toml.{role}.sig")), format!("{role}@variorum.v1"));
        assert_eq!(key.sshsig(&namespace, &record), seal, "{role}");
        public.verify_sshsig(&namespace, &record, &seal).unwrap();
        for other in roles.iter().filter(|r| **r != *role) {
            let namespace = format!("{}@variorum.v1", other.as_str().unwrap());
            assert!(
                public.verify_sshsig(&namespace, &record, &seal).is_err(),
                "{role} shown as {namespace}"
            );
        }
    }
    let line = parse_allowed_signers(&text("seals/allowed_signers")).unwrap().remove(0);
    assert_eq!((line.key, line.namespaces.len()), (public, roles.len()));
    assert_eq!(format!("{}\n", line.to_line().unwrap()), text("seals/allowed_signers"));
}
