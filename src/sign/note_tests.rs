//! Known answers for signed notes: the specification's example, and the cases
//! of golang.org/x/mod/sumdb/note.

use super::*;
use proptest::prelude::*;

const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
/// Base64 of the type byte and the seed in Go's secret key of PeterNeumann.
const PETER_SECRET: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const TEXT: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_SIG: &str = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_SIG: &str = "\u{2014} EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

fn key(text: &str) -> VerifierKey {
    text.parse().unwrap()
}

fn note(signatures: &[&str]) -> String {
    format!("{TEXT}\n{}", signatures.concat())
}

fn open(note: &str, keys: &[&str]) -> Result<Vec<String>, NoteError> {
    let keys: Vec<_> = keys.iter().map(|k| key(k)).collect();
    let note = Note::parse(note.as_bytes())?;
    Ok(note.verify(&keys)?.signatures.into_iter().map(|s| s.name).collect())
}

#[test]
fn the_example_of_the_specification() {
    let text = "This is an example message.\n\n\u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    let vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    assert_eq!(open(text, &[vkey]).unwrap(), ["example.com/foo"]);
    assert_eq!(Note::parse(text.as_bytes()).unwrap().to_text(), text);
    let changed = text.replace("example message", "example massage");
    assert!(matches!(open(&changed, &[vkey]), Err(NoteError::Invalid { .. })));
}

#[test]
fn signing_gives_the_bytes_that_go_gives() {
    let seed: [u8; 32] = from_base64(PETER_SECRET).unwrap()[1..].try_into().unwrap();
    let signer = NoteSigner::new("PeterNeumann", SecretKey::generate(seed)).unwrap();
    assert_eq!(signer.verifier_key().to_string(), PETER);
    let mut ours = Note::new(TEXT).unwrap();
    ours.sign(&signer);
    assert_eq!(ours.to_text(), note(&[PETER_SIG]));
    ours.sign(&signer);
    assert_eq!(ours.to_text(), note(&[PETER_SIG]), "a signature replaces that of the same key");
    assert!(Note::new("abc").is_err());
    assert!(Note::new("abc\tdef\n").is_err());
}

#[test]
fn known_and_unknown_signatures() {
    let both = note(&[PETER_SIG, ENOCH_SIG]);
    assert_eq!(open(&both, &[PETER]).unwrap(), ["PeterNeumann"]);
    assert_eq!(open(&both, &[PETER, ENOCH]).unwrap(), ["PeterNeumann", "EnochRoot"]);
    assert_eq!(
        open(&both, &[]).unwrap_err(),
        NoteError::Unknown { signers: vec!["PeterNeumann".into(), "EnochRoot".into()] }
    );
    let parsed = Note::parse(both.as_bytes()).unwrap();
    let verified = parsed.verify(&[key(PETER)]).unwrap();
    assert_eq!((verified.text, verified.unknown), (TEXT, vec![&parsed.signatures()[1]]));
    assert_eq!(parsed.to_text(), both, "what is not known is kept");
    // Twice the same key is one key, twice the same signature one signature.
    assert_eq!(open(&both, &[PETER, PETER]).unwrap(), ["PeterNeumann"]);
    let doubled = note(&[PETER_SIG, PETER_SIG, ENOCH_SIG, ENOCH_SIG]);
    let doubled = Note::parse(doubled.as_bytes()).unwrap();
    let verified = doubled.verify(&[key(PETER)]).unwrap();
    assert_eq!((verified.signatures.len(), verified.unknown.len()), (1, 1));
    // Same name, other id; other name, same id: unknown, not wrong.
    for other in
        [PETER_SIG.replace("PeterNeumann", "CarmenSandiego"), PETER_SIG.replace("x08g", "xxxx")]
    {
        assert!(matches!(open(&note(&[&other]), &[PETER]), Err(NoteError::Unknown { .. })));
        assert_eq!(open(&note(&[&other, PETER_SIG]), &[PETER]).unwrap(), ["PeterNeumann"]);
    }
}

#[test]
fn a_bad_signature_of_a_known_key_refuses_the_note() {
    let longer = format!("{}ABCD{}", &PETER_SIG[..60], &PETER_SIG[60..]);
    let invalid = NoteError::Invalid { name: "PeterNeumann".into(), id: 0xc74f_20a3 };
    assert_eq!(open(&note(&[&longer]), &[PETER]).unwrap_err(), invalid);
    assert_eq!(open(&note(&[ENOCH_SIG, &longer]), &[PETER, ENOCH]).unwrap_err(), invalid);
    assert_eq!(open(&note(&[ENOCH_SIG, &longer]), &[ENOCH]).unwrap(), ["EnochRoot"]);
}

#[test]
fn malformed_notes() {
    let name = "\u{2014} Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    for bad in [
        TEXT.to_owned(),
        format!("{TEXT}\n"),
        note(&[&PETER_SIG[..PETER_SIG.len() - 1]]),
        format!("\u{1}{}", note(&[PETER_SIG])),
        note(&[name]),
        note(&[PETER_SIG, "Unexpected line.\n"]),
        note(&["\u{2014} a AAAA\n"]),
        note(&["\u{2014}  x08go/Y=\n"]),
        note(&[&PETER_SIG.replace("nAM=", "nAN=")]),
        String::new(),
        "\n\n".to_owned(),
    ] {
        assert!(Note::parse(bad.as_bytes()).is_err(), "{bad:?}");
    }
    assert!(Note::parse(&[b"\xff", note(&[PETER_SIG]).as_bytes()].concat()).is_err());
    assert_eq!(
        Note::parse(note(&[PETER_SIG, "Unexpected line.\n"]).as_bytes()).unwrap_err(),
        NoteError::MalformedSignature { line: 5 }
    );
}

#[test]
fn how_many_signatures() {
    assert!(open(&note(&[PETER_SIG; 101]), &[PETER]).is_err());
    assert_eq!(open(&note(&[PETER_SIG; 100]), &[PETER]).unwrap(), ["PeterNeumann"]);
}

/// The time in a cosignature of transparency-dev/formats' tests. Its key is
/// not published there, so only its layout is a known answer.
#[test]
fn cosignature_layout() {
    let line = "\u{2014} w ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA==\n";
    let note = Note::parse(note(&[line]).as_bytes()).unwrap();
    let [s] = note.signatures() else { panic!("one signature") };
    assert_eq!(s.id, 0x6468_46b9);
    assert_eq!(u64::from_be_bytes(s.bytes[..8].try_into().unwrap()), 1_727_964_367);
    assert_eq!(s.bytes.len(), 72);
}

#[test]
fn cosigning() {
    let log = NoteSigner::new("example.org/log", SecretKey::generate([1; 32])).unwrap();
    let witness = NoteSigner::new("witness.example", SecretKey::generate([2; 32])).unwrap();
    let mut note =
        Note::new("example.org/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").unwrap();
    note.sign(&log);
    note.cosign(&witness, 1_700_000_000);
    let keys = [log.verifier_key().clone(), witness.cosigner_key().clone()];
    let verified = note.verify(&keys).unwrap();
    assert_eq!(verified.signatures[1].time, Some(1_700_000_000));
    // A plain key of the same witness does not know the cosignature.
    assert!(note.verify(&[witness.verifier_key().clone()]).is_err());
    // Another time than the one signed is refused.
    let text = note.to_text();
    let at = Note::parse(text.as_bytes()).unwrap();
    let mut bytes = at.signatures()[1].bytes.clone();
    bytes[7] ^= 1;
    let mut forged = at.clone();
    forged.put(witness.cosigner_key(), bytes);
    assert!(matches!(forged.verify(&keys), Err(NoteError::Invalid { .. })));
    // Cosignatures that come back are merged once.
    let mut plain = Note::new(note.unverified_text()).unwrap();
    plain.sign(&log);
    plain.merge(&note).unwrap();
    plain.merge(&note).unwrap();
    assert_eq!(plain.to_text(), text);
    assert!(plain.merge(&Note::new("other\n").unwrap()).is_err());
}

proptest! {
    #[test]
    fn hostile_notes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Note::parse(&bytes);
    }

    /// What is read is written back byte for byte.
    #[test]
    fn notes_round_trip(text in "[^\\x00-\\x1f]{0,40}(\n[^\\x00-\\x1f]{0,40}){0,4}\n", seed in any::<[u8; 32]>()) {
        let signer = NoteSigner::new("example.org/x", SecretKey::generate(seed)).unwrap();
        let mut note = Note::new(&text).unwrap();
        note.sign(&signer);
        let back = Note::parse(note.to_text().as_bytes()).unwrap();
        prop_assert_eq!(&back, &note);
        prop_assert_eq!(back.verify(&[signer.verifier_key().clone()]).unwrap().text, text);
    }
}
