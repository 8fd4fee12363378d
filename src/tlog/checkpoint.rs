//! Checkpoints (c2sp.org/tlog-checkpoint): origin, size and root of a log, as
//! the text of a signed note.

use crate::digest::Digest;
use crate::sign::{
    Note, NoteError, NoteSigner, VerifiedSignature, VerifierKey, from_base64, to_base64,
};

/// Why a checkpoint was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The text does not have the form of a checkpoint.
    #[error("not a checkpoint: {0}")]
    Malformed(&'static str),
    /// The note around it was refused.
    #[error("checkpoint: {0}")]
    Note(#[from] NoteError),
    /// The log's key signed it, but for another log.
    #[error("this checkpoint is of the log {found}, not of {expected}")]
    Origin {
        /// The log that the key belongs to.
        expected: String,
        /// The log that the checkpoint names.
        found: String,
    },
}

/// What a log says of itself at one moment. A value of this type alone proves
/// nothing; [`Checkpoint::open`] gives one that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, one line; also the name of its key.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// RFC 6962 tree hash over the entries.
    pub root: Digest,
    /// Further lines, which nobody but the log understands. We write none.
    pub extensions: Vec<String>,
}

/// A checkpoint that its log signed, and who else did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedCheckpoint {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// Cosignatures by known cosigners, with the times they state.
    pub cosignatures: Vec<VerifiedSignature>,
    /// Names of signatures by keys that are not known, unchecked.
    pub unknown: Vec<String>,
}

impl Checkpoint {
    /// Reads the text of a checkpoint, without signatures.
    ///
    /// # Errors
    /// [`CheckpointError::Malformed`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let malformed = CheckpointError::Malformed;
        let body = text.strip_suffix('\n').ok_or(malformed("it does not end with a line end"))?;
        let mut lines = body.split('\n');
        let origin = lines
            .next()
            .filter(|l| !l.is_empty())
            .ok_or(malformed("the first line, the origin, is empty"))?;
        let size = lines
            .next()
            .and_then(decimal)
            .ok_or(malformed("the second line is not a decimal size"))?;
        let root = lines
            .next()
            .and_then(hash)
            .ok_or(malformed("the third line is not a root hash in Base64"))?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if extensions.iter().any(String::is_empty) {
            return Err(malformed("an extension line is empty"));
        }
        Ok(Self { origin: origin.to_owned(), size, root, extensions })
    }

    /// The text that is signed, with its last line end.
    pub fn to_text(&self) -> String {
        let mut out =
            format!("{}\n{}\n{}\n", self.origin, self.size, to_base64(self.root.as_bytes()));
        for line in &self.extensions {
            out.push_str(line);
            out.push('\n');
        }
        out
    }

    /// The signed checkpoint, as it stands in the file `checkpoint`.
    ///
    /// # Errors
    /// When the signer's name is not this log's origin, or the text would not
    /// be read back as this checkpoint (a line end inside the origin).
    pub fn sign(&self, signer: &NoteSigner) -> Result<String, CheckpointError> {
        let text = self.to_text();
        if Self::parse(&text).as_ref() != Ok(self) {
            return Err(CheckpointError::Malformed(
                "origin or extensions do not fit on lines of their own",
            ));
        }
        same_origin(signer.verifier_key(), &self.origin)?;
        let mut note = Note::new(&text)?;
        note.sign(signer);
        Ok(note.to_text())
    }

    /// Reads a signed checkpoint and checks that `log` signed it and that it
    /// is of the log of that name. Other signatures are left aside.
    ///
    /// # Errors
    /// When it is malformed, not signed by that key, or of another log.
    pub fn open(signed: &str, log: &VerifierKey) -> Result<Self, CheckpointError> {
        Self::open_cosigned(signed, log, &[]).map(|o| o.checkpoint)
    }

    /// The same, and the cosignatures of those `cosigners` that signed too.
    /// How many are enough is the caller's policy.
    ///
    /// # Errors
    /// As [`Checkpoint::open`]; also when a known cosigner's signature is
    /// wrong.
    pub fn open_cosigned(
        signed: &str,
        log: &VerifierKey,
        cosigners: &[VerifierKey],
    ) -> Result<OpenedCheckpoint, CheckpointError> {
        let note = Note::parse(signed.as_bytes())?;
        let keys: Vec<VerifierKey> = std::iter::once(log).chain(cosigners).cloned().collect();
        let mut verified = note.verify(&keys)?;
        let by_log = |s: &VerifiedSignature| (s.name.as_str(), s.id) == (log.name(), log.id());
        if !verified.signatures.iter().any(by_log) {
            let signers = note.signatures().iter().map(|s| s.name.clone()).collect();
            return Err(NoteError::Unknown { signers }.into());
        }
        let checkpoint = Self::parse(verified.text)?;
        same_origin(log, &checkpoint.origin)?;
        verified.signatures.retain(|s| !by_log(s));
        let unknown = verified.unknown.iter().map(|s| s.name.clone()).collect();
        Ok(OpenedCheckpoint { checkpoint, cosignatures: verified.signatures, unknown })
    }
}

fn same_origin(key: &VerifierKey, origin: &str) -> Result<(), CheckpointError> {
    if key.name() == origin {
        Ok(())
    } else {
        Err(CheckpointError::Origin { expected: key.name().to_owned(), found: origin.to_owned() })
    }
}

/// An ASCII decimal number without leading zeroes or sign.
pub(super) fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|_| plain)
}

/// Base64 of 32 bytes.
pub(super) fn hash(text: &str) -> Option<Digest> {
    from_base64(text)?.try_into().ok().map(Digest::from_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::leaf_hash;
    use crate::sign::SecretKey;
    use proptest::prelude::*;

    /// From the tests of golang.org/x/mod/sumdb/tlog (FormatTree), and the
    /// example of c2sp.org/tlog-checkpoint.
    #[test]
    fn known_texts() {
        let text =
            "go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n";
        let go = Checkpoint {
            origin: "go.sum database tree".into(),
            size: 123_456_789_012,
            root: leaf_hash(b"hello world"),
            extensions: vec![],
        };
        assert_eq!(go.to_text(), text);
        assert_eq!(Checkpoint::parse(text).unwrap(), go);
        let spec =
            "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        let read = Checkpoint::parse(spec).unwrap();
        assert_eq!((read.size, read.to_text().as_str()), (20_852_163, spec));
        // With the specification's signatures it parses as a note; their keys
        // are not published, so they stay unknown.
        let signed = format!(
            "{spec}\n\u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\u{2014} witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
        );
        let note = Note::parse(signed.as_bytes()).unwrap();
        assert_eq!(note.to_text(), signed);
        assert_eq!(
            u64::from_be_bytes(note.signatures()[1].bytes[..8].try_into().unwrap()),
            1_679_315_147
        );
    }

    #[test]
    fn malformed_texts() {
        let root = "TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=";
        for bad in [
            String::new(),
            "\n".into(),
            format!("a\n1\n{root}"),
            format!("\n1\n{root}\n"),
            format!("a\n01\n{root}\n"),
            format!("a\n+1\n{root}\n"),
            format!("a\n\n{root}\n"),
            format!("a\n0xabcdef\n{root}\n"),
            format!("a\n18446744073709551616\n{root}\n"),
            "a\n1\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBTOOBIG=\n".into(),
            "a\n1\nAAAA\n".into(),
            format!("a\n1\n{root}\n\n"),
            format!("a\n1\n{root}\nx\n\ny\n"),
        ] {
            assert!(Checkpoint::parse(&bad).is_err(), "{bad:?}");
        }
        assert_eq!(
            Checkpoint::parse(&format!("a\n1\n{root}\nx\ny\n")).unwrap().extensions,
            ["x", "y"]
        );
    }

    #[test]
    fn signing_and_opening() {
        let log = NoteSigner::new("example.org/memoir", SecretKey::generate([1; 32])).unwrap();
        let other = NoteSigner::new("example.org/other", SecretKey::generate([1; 32])).unwrap();
        let witness = NoteSigner::new("witness.example", SecretKey::generate([2; 32])).unwrap();
        let head = Checkpoint {
            origin: "example.org/memoir".into(),
            size: 0,
            root: Digest::of(b""),
            extensions: vec![],
        };
        let signed = head.sign(&log).unwrap();
        assert_eq!(Checkpoint::open(&signed, log.verifier_key()).unwrap(), head);
        assert!(matches!(head.sign(&other), Err(CheckpointError::Origin { .. })));
        assert!(matches!(
            Checkpoint::open(&signed, other.verifier_key()),
            Err(CheckpointError::Note(NoteError::Unknown { .. }))
        ));
        let forged = signed.replace("\n0\n", "\n1\n");
        assert!(matches!(
            Checkpoint::open(&forged, log.verifier_key()),
            Err(CheckpointError::Note(NoteError::Invalid { .. }))
        ));
        // The same secret key under another name may not speak for this log.
        let mut crossed = Note::new(&head.to_text()).unwrap();
        crossed.sign(&other);
        assert!(matches!(
            Checkpoint::open(&crossed.to_text(), other.verifier_key()),
            Err(CheckpointError::Origin { .. })
        ));
        // A cosigner does not stand in for the log.
        let mut note = Note::parse(signed.as_bytes()).unwrap();
        note.cosign(&witness, 7);
        let keys = [witness.cosigner_key().clone()];
        let opened = Checkpoint::open_cosigned(&note.to_text(), log.verifier_key(), &keys).unwrap();
        assert_eq!(opened.cosignatures[0].time, Some(7));
        assert_eq!(
            Checkpoint::open_cosigned(&note.to_text(), log.verifier_key(), &[]).unwrap().unknown,
            ["witness.example"]
        );
        let mut alone = Note::new(&head.to_text()).unwrap();
        alone.cosign(&witness, 7);
        assert!(Checkpoint::open_cosigned(&alone.to_text(), log.verifier_key(), &keys).is_err());
        let bent = Checkpoint { origin: "a\nb".into(), ..head };
        assert!(bent.sign(&log).is_err());
    }

    proptest! {
        #[test]
        fn hostile_checkpoints_never_panic(text in "([a-z0-9=]{0,44}\n){0,6}.{0,40}") {
            if let Ok(read) = Checkpoint::parse(&text) {
                prop_assert_eq!(read.to_text(), text);
            }
        }
    }
}
