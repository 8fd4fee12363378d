//! The PROV-JSON of an audit against the Python package `prov`, an
//! implementation that is not ours: the frozen vector and a document of a real
//! archive are loaded without a warning, written and loaded again as equals,
//! and turned into PROV-N and a graph. To run it, `python3` (or the program
//! that `VARIORUM_PYTHON` names) must have the packages `prov` and `networkx`.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod door;

use std::path::{Path, PathBuf};
use std::process::Command;

use door::Room;
use variorum::desk::{self, Archive};

const LOG: &str = "The lamp was lit at nine.\n\nReem says that Staal lit it.\n";

const DRAFT: &str = r#"
[draft]
maker = "Editors"
time = "2026-03-01T00:00:00Z"

[[agent]]
name = "Editors"
type = "body"

[[agent]]
name = "Reem"
type = "person"

[[agent]]
name = "Staal \"the lamp\", Ø: (keeper)"
type = "person"

[[question]]
id = "who-lit"
facet = "actor"
wording = "Who lit the lamp?"

[[claim]]
id = "who-lit-l"
question = "question/who-lit"
at = "L:3"
stance = "reports"
value = { text = "Staal" }
teller = "Staal \"the lamp\", Ø: (keeper)"
voice = "reported by"
reported_by = "Reem"
known = "took part"
chain = [{ speaker = "Staal \"the lamp\", Ø: (keeper)", reporter = "Reem", at = "L:3", medium = "in person" }]

[[search]]
id = "who-lit-gudrun"
question = "question/who-lit"
for = ["Gudrun"]
in = "L"
by = "machine"
view = "reading"
"#;

/// Loads each file, and says how much stands in it.
const CHECK: &str = r#"
import sys, warnings
warnings.simplefilter("error")
from prov.model import ProvDocument
from prov.graph import prov_to_graph
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as f:
        document = ProvDocument.deserialize(f, format="json")
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document, name
    assert document.get_provn().startswith("document"), name
    graph = prov_to_graph(document)
    print(len(list(document.get_records())), graph.number_of_nodes(), graph.number_of_edges())
"#;

fn python() -> Option<PathBuf> {
    let python = std::env::var_os("VARIORUM_PYTHON").map_or("python3".into(), PathBuf::from);
    let has = Command::new(&python).args(["-c", "import prov, networkx"]).output();
    has.is_ok_and(|o| o.status.success()).then_some(python)
}

/// Records, nodes and edges of each file, by the other implementation.
fn counted(python: &Path, files: &[PathBuf]) -> Vec<[usize; 3]> {
    let done = Command::new(python).args(["-c", CHECK]).args(files).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let out = String::from_utf8(done.stdout).unwrap();
    let numbers = |l: &str| l.split(' ').map(|n| n.parse().unwrap()).collect::<Vec<usize>>();
    out.lines().map(|l| numbers(l).try_into().unwrap()).collect()
}

/// How many things and relations a document has, as we count.
fn ours(json: &str) -> [usize; 2] {
    let doc: serde_json::Value = serde_json::from_str(json).unwrap();
    let of = |sorts: &dyn Fn(&str) -> bool| {
        let all = doc.as_object().unwrap().iter().filter(|(s, _)| sorts(s));
        all.map(|(_, o)| o.as_object().unwrap().len()).sum()
    };
    let thing = |s: &str| ["entity", "activity", "agent"].contains(&s);
    [of(&thing), of(&|s| s != "prefix" && !thing(s))]
}

fn of_an_archive(room: &Room) -> String {
    room.write("log.txt", LOG);
    room.write("draft.toml", DRAFT);
    room.a(&["add", "log.txt", "--siglum", "L", "--date", "1931-05-03"]).exits(0);
    room.a(&["apply", "draft.toml"]).exits(0);
    let archive = Archive::open(&room.path("a"), &mut |_, _, _| {}).unwrap();
    let answer = desk::audit(&archive, "question/who-lit").unwrap();
    let json = desk::provenance(&answer);
    assert_eq!(json, desk::provenance(&answer), "the same audit, other bytes");
    json
}

#[test]
fn another_implementation_reads_what_is_written() {
    let room = Room::new();
    let json = of_an_archive(&room);
    room.write("audit.json", &json);
    let vector = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/prov/audit.json");
    let history = Path::new(env!("CARGO_MANIFEST_DIR")).join("archive");
    let archive = Archive::open(&history, &mut |_, _, _| {}).unwrap();
    let answer = desk::audit(&archive, "question/ceasefire-signed-date").unwrap();
    room.write("history.json", desk::provenance(&answer));
    let Some(python) = python() else {
        println!("skipped: python3 with the packages prov and networkx is not here");
        return;
    };
    let files = [vector, room.path("audit.json"), room.path("history.json")];
    for (file, [records, nodes, edges]) in files.iter().zip(counted(&python, &files)) {
        let [things, relations] = ours(&std::fs::read_to_string(file).unwrap());
        assert_eq!(records, things + relations, "{}", file.display());
        assert_eq!([nodes, edges], [things, relations], "{}", file.display());
    }
}
