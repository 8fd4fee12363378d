//! What it costs to audit one question with 10,000 claims in an archive of
//! 1,000,000 records, nearly all of them claims on other questions: whole
//! processes, process start to last byte of the answer.
//! Run: `cargo bench --bench question`; `-- RECORDS CLAIMS` for other sizes.
#![allow(clippy::print_stdout)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use variorum::desk::{self, AddDraft, Archive, Context, DraftFile, InitDraft};
use variorum::digest::{Digest, Id};
use variorum::model::{Claim, Kind, Question, Record};
use variorum::sign::{NoteSigner, SecretKey};
use variorum::store::{Batch, Store};

const ORIGIN: &str = "example.org/question";
const WAIT: Duration = Duration::from_secs(60);
/// Claims that share one day of the big question; so many days are told of.
const DAYS: usize = 60;

fn context(n: u64) -> Context {
    let mut entropy = [9; 32];
    entropy[..8].copy_from_slice(&n.to_be_bytes());
    Context::new("2026-01-02T03:04:05Z".parse().expect("a time"), None, entropy)
}

/// A text of so many lines, one statement a line.
fn text(lines: usize) -> String {
    (0..lines).fold(String::new(), |mut out, n| {
        let _ = write!(out, "Witness {n} says that it was signed on that day.\n\n");
        out
    })
}

/// The draft of the big question: every claim a line of its own.
fn draft(claims: usize) -> String {
    let mut out = String::from(
        "[draft]\nmaker = \"Editors\"\ntime = \"2026-01-02T00:00:00Z\"\n\n[[agent]]\nname = \"Editors\"\ntype = \"body\"\n\n",
    );
    for n in 0..claims.min(500) {
        let _ = write!(out, "[[agent]]\nname = \"Witness {n}\"\ntype = \"person\"\n\n");
    }
    out.push_str(
        "[[event]]\nid = \"signing\"\ntitle = \"The signing\"\n\n[[question]]\nid = \"big\"\nevent = \"event/signing\"\nfacet = \"date\"\nwording = \"When was it signed?\"\n\n",
    );
    for n in 0..claims {
        let day = n % DAYS;
        let _ = write!(
            out,
            "[[claim]]\nid = \"big-{n}\"\nquestion = \"question/big\"\nat = \"T:{}\"\nstance = \"asserts\"\nvalue = {{ date = \"1994-{:02}-{:02}\" }}\nteller = \"Witness {}\"\nvoice = \"direct\"\nknown = \"took part\"\n\n",
            2 * n + 1,
            5 + day / 28,
            day % 28 + 1,
            n % 500,
        );
    }
    out
}

/// Fills the archive with claims on other questions.
fn fill(dir: &Path, private: &Path, records: u64) {
    let (question, claims) = {
        let archive = Archive::open(dir, &mut |_, _, _| {}).expect("the archive opens");
        let snap = archive.snapshot().expect("a snapshot");
        let row = snap.rows(Kind::Question, None).expect("questions").remove(0);
        let question: Question = snap.get(&row.id.cast()).expect("a question").record;
        let rows = snap.rows(Kind::Claim, None).expect("claims");
        let some = rows.iter().take(1000);
        let claims: Vec<Claim> =
            some.map(|r| snap.get(&r.id.cast()).expect("a claim").record).collect();
        (question, claims)
    };
    let pem = std::fs::read_to_string(private.join(ORIGIN.replace('/', "+")).join("archive.key"))
        .expect("the archive's key");
    let key = SecretKey::from_openssh(&pem).expect("a key");
    let signer = NoteSigner::new(ORIGIN, key).expect("a signer");
    let store = Store::open(dir).expect("the store opens");
    let mut at = store.head().expect("a head").size;
    let mut about: Option<Id<Question>> = None;
    while at < records {
        let mut batch = Batch { message: format!("records from {at}"), ..Batch::default() };
        for n in at..records.min(at + 20_000) {
            let record = match about.filter(|_| n % 100 != 0) {
                None => {
                    let q = Question { name: format!("other-{n}"), ..question.clone() };
                    Record::Question(q)
                }
                Some(about) => {
                    let mut c = claims[n as usize % claims.len()].clone();
                    c.name = format!("other-{n}");
                    c.question = about;
                    Record::Claim(c)
                }
            };
            let (id, bytes) = encoded(&record);
            if matches!(record, Record::Question(_)) {
                about = Some(Id::new(id));
            }
            batch.records.push((id, bytes));
        }
        at += batch.records.len() as u64;
        store.lock(WAIT).and_then(|mut w| w.commit(batch, &signer, 1)).expect("recorded");
    }
}

fn encoded(record: &Record) -> (Digest, Vec<u8>) {
    let (id, bytes) = record.encode().expect("a record");
    (*id.digest(), bytes)
}

/// Wall time of a whole process, and its peak memory in kB where the system
/// tells it.
fn run(dir: &Path, private: &Path, args: &[&str]) -> (Duration, usize) {
    let t = Instant::now();
    let done = Command::new(env!("CARGO_BIN_EXE_variorum"))
        .arg("-C")
        .arg(dir)
        .args(args)
        .env("VARIORUM_PRIVATE", private)
        .stderr(Stdio::inherit())
        .output()
        .expect("the program starts");
    let took = t.elapsed();
    assert!(done.status.success(), "{args:?}: {:?}", done.status);
    (took, done.stdout.len())
}

fn main() {
    let given: Vec<u64> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let test = std::env::args().any(|a| a == "--test");
    let (records, claims) = match (test, given.as_slice()) {
        (true, _) => (3_000, 200),
        (_, [records, claims, ..]) => (*records, *claims),
        _ => (1_000_000, 10_000),
    };
    let base = tempfile::tempdir().expect("a temporary folder");
    let (dir, private) = (base.path().join("archive"), base.path().join("private"));
    let draft_of = InitDraft {
        dir: dir.clone(),
        title: None,
        invitation: None,
        origin: Some(ORIGIN.into()),
        keeper: "Keeper".into(),
        private: private.clone(),
        from: None,
    };
    desk::init(&draft_of, &context(0)).expect("an archive");
    let t = Instant::now();
    {
        let mut archive = Archive::open(&dir, &mut |_, _, _| {}).expect("it opens");
        let add = AddDraft {
            bytes: text(claims as usize).into_bytes(),
            name: "told.txt".into(),
            siglum: "T".into(),
            ..Default::default()
        };
        desk::add(&mut archive, &add, &context(1)).expect("a text");
        let file = DraftFile { name: "big.toml".into(), text: draft(claims as usize) };
        desk::apply(&mut archive, &[file], false, &context(2)).expect("the draft is applied");
    }
    println!("{claims} claims applied in {:.1?}", t.elapsed());
    let t = Instant::now();
    fill(&dir, &private, records);
    println!("filled up to {records} records in {:.1?}", t.elapsed());
    let (first, _) = run(&dir, &private, &["status"]);
    println!("index made in {first:.1?}");
    for args in [&["audit", "question/big", "--json"][..], &["audit", "question/big"]] {
        let mut times = Vec::new();
        let mut bytes = 0;
        for _ in 0..7 {
            let (took, out) = run(&dir, &private, args);
            times.push(took);
            bytes = out;
        }
        times.sort();
        println!(
            "variorum {}: median {:.0?}, best {:.0?}, worst {:.0?}, {bytes} bytes of answer",
            args.join(" "),
            times[3],
            times[0],
            times[6]
        );
    }
}
