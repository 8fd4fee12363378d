//! Proofs that can be checked offline (c2sp.org/tlog-proof, version 1): an
//! index, an audit path and a signed checkpoint in one small text file,
//! `.tlog-proof`.

use crate::digest::Digest;
use crate::digest::leaf_hash;
use crate::sign::{VerifierKey, from_base64, to_base64};

use super::checkpoint::{Checkpoint, CheckpointError, OpenedCheckpoint, decimal, hash};
use super::verify::{ProofError, verify_inclusion};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// Why a proof file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlogProofError {
    /// The file does not have the form of a proof.
    #[error("not a log proof: line {line}: {reason}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: &'static str,
    },
    /// The checkpoint in it was refused.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The entry is not where the proof says.
    #[error("the entry is not proved to be in the log: {0}")]
    Proof(#[from] ProofError),
}

/// A proof that an entry is in a log. Nothing in it is checked before
/// [`TlogProof::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// Anything the log's owner wants to say; authenticated by nobody. We
    /// write none.
    pub extra: Option<Vec<u8>>,
    /// The entry's place in the log, from 0.
    pub index: u64,
    /// The audit path, the leaf's sibling first.
    pub path: Vec<Digest>,
    /// The signed checkpoint, as the log handed it out.
    pub checkpoint: String,
}

/// What a good proof shows: this entry stands at this index of the log whose
/// head was this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenEntry {
    /// The entry's place in the log, from 0.
    pub index: u64,
    /// The log's head, and who cosigned it.
    pub head: OpenedCheckpoint,
}

impl TlogProof {
    /// Reads a proof file.
    ///
    /// # Errors
    /// [`TlogProofError::Malformed`] with the line.
    pub fn parse(text: &str) -> Result<Self, TlogProofError> {
        let malformed = |line, reason| TlogProofError::Malformed { line, reason };
        let (head, checkpoint) = text
            .split_once("\n\n")
            .ok_or(malformed(1, "there is no empty line before the checkpoint"))?;
        let mut lines = (1..).zip(head.split('\n')).peekable();
        if lines.next().is_none_or(|(_, line)| line != HEADER) {
            return Err(malformed(1, "it is not c2sp.org/tlog-proof@v1"));
        }
        let extra = match lines.next_if(|(_, line)| line.starts_with("extra ")) {
            None => None,
            Some((at, line)) => Some(
                from_base64(&line["extra ".len()..])
                    .ok_or(malformed(at, "the extra data is not Base64"))?,
            ),
        };
        let (_, line) = lines.next().ok_or(malformed(2, "the index is missing"))?;
        let at = if extra.is_some() { 3 } else { 2 };
        let index = line.strip_prefix("index ").ok_or(malformed(at, "the index is missing"))?;
        let index = decimal(index).ok_or(malformed(at, "the index is not a decimal number"))?;
        let path: Vec<Digest> = lines
            .map(|(at, line)| hash(line).ok_or(malformed(at, "it is not a hash in Base64")))
            .collect::<Result<_, _>>()?;
        // A tree has at most 2^64 entries, so a path at most 64 hashes.
        if path.len() > 64 {
            return Err(malformed(at + 65, "there are more hashes than any log needs"));
        }
        if checkpoint.is_empty() {
            return Err(malformed(at + path.len() + 2, "the checkpoint is missing"));
        }
        Ok(Self { extra, index, path, checkpoint: checkpoint.to_owned() })
    }

    /// The proof file.
    pub fn to_text(&self) -> String {
        let mut out = format!("{HEADER}\n");
        if let Some(extra) = &self.extra {
            out += &format!("extra {}\n", to_base64(extra));
        }
        out += &format!("index {}\n", self.index);
        for hash in &self.path {
            out += &format!("{}\n", to_base64(hash.as_bytes()));
        }
        out.push('\n');
        out.push_str(&self.checkpoint);
        out
    }

    /// Checks that `entry` stands in the log of `log` where the proof says,
    /// and which of `cosigners` signed the same head. Needs nothing else.
    ///
    /// # Errors
    /// When the checkpoint is not that log's, or the hashes do not lead from
    /// the entry to its root.
    pub fn verify(
        &self,
        entry: &[u8],
        log: &VerifierKey,
        cosigners: &[VerifierKey],
    ) -> Result<ProvenEntry, TlogProofError> {
        let head = Checkpoint::open_cosigned(&self.checkpoint, log, cosigners)?;
        let Checkpoint { size, root, .. } = &head.checkpoint;
        verify_inclusion(&leaf_hash(entry), self.index, *size, &self.path, root)?;
        Ok(ProvenEntry { index: self.index, head })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::tree_hash;
    use crate::sign::{NoteSigner, SecretKey};
    use proptest::prelude::*;

    /// The forms in the tests of transparency-dev/formats (proof).
    #[test]
    fn known_texts() {
        let hashes = [Digest::of(b"hash1"), Digest::of(b"hash2")];
        let b64 = hashes.map(|h| to_base64(h.as_bytes()));
        let plain = TlogProof {
            extra: None,
            index: 5,
            path: hashes.to_vec(),
            checkpoint: "test checkpoint\n".into(),
        };
        let text =
            format!("c2sp.org/tlog-proof@v1\nindex 5\n{}\n{}\n\ntest checkpoint\n", b64[0], b64[1]);
        assert_eq!(plain.to_text(), text);
        assert_eq!(TlogProof::parse(&text).unwrap(), plain);
        let extra = TlogProof {
            extra: Some(b"extra information".to_vec()),
            index: 10,
            path: hashes[..1].to_vec(),
            checkpoint: "checkpoint data\n".into(),
        };
        let text = format!(
            "c2sp.org/tlog-proof@v1\nextra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 10\n{}\n\ncheckpoint data\n",
            b64[0]
        );
        assert_eq!(extra.to_text(), text);
        assert_eq!(TlogProof::parse(&text).unwrap(), extra);
        let none =
            TlogProof { extra: None, index: 0, path: vec![], checkpoint: "checkpoint\n".into() };
        assert_eq!(none.to_text(), "c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n");
        assert_eq!(TlogProof::parse(&none.to_text()).unwrap(), none);
    }

    #[test]
    fn malformed_texts() {
        for (bad, line) in [
            ("", 1),
            ("wrong-header\nindex 0\n\ncheckpoint\n", 1),
            ("c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n", 2),
            ("c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n", 2),
            ("c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n", 2),
            ("c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n", 2),
            ("c2sp.org/tlog-proof@v1\nindex 05\n\ncheckpoint\n", 2),
            ("c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n", 3),
            ("c2sp.org/tlog-proof@v1\nextra AAAA\nindex 0\nAAAA\n\ncheckpoint\n", 4),
            ("c2sp.org/tlog-proof@v1\nindex 0\n\n", 4),
            ("c2sp.org/tlog-proof@v1\nindex 0\n", 1),
        ] {
            match TlogProof::parse(bad).unwrap_err() {
                TlogProofError::Malformed { line: found, .. } => assert_eq!(found, line, "{bad:?}"),
                other => panic!("{other}"),
            }
        }
    }

    #[test]
    fn a_proof_holds_for_its_entry_only() {
        let log = NoteSigner::new("example.org/memoir", SecretKey::generate([1; 32])).unwrap();
        let entries = [[1; 32], [2; 32], [3; 32]];
        let head = Checkpoint {
            origin: "example.org/memoir".into(),
            size: 3,
            root: tree_hash(entries),
            extensions: vec![],
        };
        let proof = TlogProof {
            extra: None,
            index: 2,
            path: vec![crate::digest::node_hash(&leaf_hash(&entries[0]), &leaf_hash(&entries[1]))],
            checkpoint: head.sign(&log).unwrap(),
        };
        let proof = TlogProof::parse(&proof.to_text()).unwrap();
        let proven = proof.verify(&entries[2], log.verifier_key(), &[]).unwrap();
        assert_eq!((proven.index, &proven.head.checkpoint), (2, &head));
        assert!(matches!(
            proof.verify(&entries[1], log.verifier_key(), &[]),
            Err(TlogProofError::Proof(_))
        ));
        let moved = TlogProof { index: 1, ..proof.clone() };
        assert!(matches!(
            moved.verify(&entries[2], log.verifier_key(), &[]),
            Err(TlogProofError::Proof(_))
        ));
        let stranger = NoteSigner::new("example.org/memoir", SecretKey::generate([2; 32])).unwrap();
        assert!(matches!(
            proof.verify(&entries[2], stranger.verifier_key(), &[]),
            Err(TlogProofError::Checkpoint(_))
        ));
    }

    proptest! {
        #[test]
        fn hostile_proofs_never_panic(rest in "(extra |index )?[0-9A-Za-z=]{0,50}\n{0,2}.{0,60}") {
            let _ = TlogProof::parse(&format!("{HEADER}\n{rest}"));
            let _ = TlogProof::parse(&rest);
        }
    }
}
