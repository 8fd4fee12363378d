//! The whole act of `submit`, after so many other corrections.

use std::path::Path;
use std::time::{Duration, Instant};

use variorum::desk::{self, AddDraft, Archive, Context, InitDraft, SubmitDraft};
use variorum::digest::{Digest, Id};
use variorum::model::{ContentRef, Correction, CorrectionType, HowKnown, Nonce, Record, Selector};
use variorum::sign::{NoteSigner, SecretKey};
use variorum::store::{Batch, Store};
use variorum::text::PassageTable;

use super::{TIMES, WAIT, book};

const ORIGIN: &str = "example.org/bench";

fn context(n: u64) -> Context {
    let mut entropy = [9; 32];
    entropy[..8].copy_from_slice(&n.to_be_bytes());
    let now = "2026-01-02T03:04:05Z".parse().expect("a time");
    Context::new(now, None, entropy)
}

fn open(dir: &Path) -> Archive {
    Archive::open(dir, &mut |_, _, _| {}).expect("the archive opens")
}

/// Corrections spread over the passages, recorded a thousand at a time. Their
/// contents are not there: nothing of `submit` reads other people's words
/// unless they answer the same ones.
fn fill(
    dir: &Path,
    private: &Path,
    revision: Id<variorum::model::Revision>,
    text: &str,
    size: u64,
) {
    let table = PassageTable::of(text);
    let pem =
        std::fs::read_to_string(private.join("example.org+bench/archive.key")).expect("the key");
    let key = SecretKey::from_openssh(&pem).expect("the key");
    let signer = NoteSigner::new(ORIGIN, key).expect("a name");
    let store = Store::open(dir).expect("the archive opens");
    for first in (0..size).step_by(1000) {
        let records = (first..size.min(first + 1000))
            .map(|n| {
                let passage = (n as usize * 7919) % table.entries().len();
                let mut nonce = [0; 16];
                nonce[..8].copy_from_slice(&n.to_be_bytes());
                let record: Record = Correction {
                    origin: ORIGIN.into(),
                    maker: None,
                    key: None,
                    time: "2026-01-02T03:04:05Z".parse().expect("a time"),
                    nonce: Some(Nonce::new(nonce)),
                    subject: revision.any(),
                    selector: Some(Selector {
                        revision,
                        number: passage as u64 + 1,
                        passage: table.entries()[passage].digest,
                        start: 0,
                        last: None,
                        last_number: None,
                        end: 0,
                    }),
                    r#type: CorrectionType::Fact,
                    known: HowKnown::NotSaid,
                    content: ContentRef { name: Digest::of(&nonce), bytes: 16, salted: true },
                    evidence: Vec::new(),
                    parent: None,
                }
                .into();
                let (id, bytes) = record.encode().expect("a record");
                (*id.digest(), bytes)
            })
            .collect();
        let batch = Batch { records, ..Batch::default() };
        store
            .lock(WAIT)
            .and_then(|mut w| w.commit(batch, &signer, 1))
            .expect("a batch is recorded");
    }
}

pub fn table(sizes: &[u64]) {
    println!("\nthe whole act of `submit`, on a book of a million characters");
    println!("{:>9} {:>10} {:>10} {:>10}", "records", "median", "p90", "worst");
    let text = book::book();
    for &size in sizes {
        let base = tempfile::tempdir().expect("a temporary folder");
        let (dir, private) = (base.path().join("archive"), base.path().join("private"));
        let draft = InitDraft {
            dir: dir.clone(),
            title: None,
            invitation: None,
            origin: Some(ORIGIN.into()),
            keeper: "Keeper".into(),
            private: private.clone(),
            from: None,
        };
        desk::init(&draft, &context(0)).expect("an archive is made");
        let add = AddDraft {
            bytes: text.clone().into_bytes(),
            name: "book".into(),
            siglum: "B".into(),
            ..Default::default()
        };
        let added = desk::add(&mut open(&dir), &add, &context(1)).expect("the book is added");
        fill(&dir, &private, added.revision_id, &text, size);
        drop(open(&dir));
        let mut times = Vec::new();
        for n in 0..TIMES {
            let at = text[n * 5000..].find(' ').map_or(0, |s| n * 5000 + s + 1);
            let words: Vec<&str> = text[at..at + 300].split_whitespace().take(9).collect();
            let line = text[..at].matches('\n').count() + 1;
            let draft = SubmitDraft {
                at: Some(format!("B@1:{line}-{}", line + 5)),
                quote: Some(words.join(" ")),
                says: "It was otherwise.".into(),
                ..Default::default()
            };
            let t = Instant::now();
            // As the command does it: open, submit, make the receipt.
            let sent = desk::submit(&mut open(&dir), &draft, &context(10 + n as u64));
            let took = t.elapsed();
            // Words that fit twice are refused: no figure.
            if sent.is_ok() {
                times.push(took);
            }
        }
        times.sort();
        let at = |n: usize| times.get(n).copied().unwrap_or(Duration::ZERO);
        println!(
            "{size:>9} {:>10.2?} {:>10.2?} {:>10.2?}  ({} acts)",
            at(times.len() / 2),
            at(times.len() * 9 / 10),
            at(times.len().saturating_sub(1)),
            times.len()
        );
    }
}
