//! C2SP signed notes (c2sp.org/signed-note): a text, an empty line and lines
//! `— <name> <Base64 of key id and signature>`. Reading costs one pass over
//! the note; the text can be had only after a known key has verified it, or
//! by a function that says `unverified`.

use std::fmt::Write as _;

use super::base64::{from_base64, to_base64};
use super::key::SecretKey;
use super::verifier_key::{SignatureType, VerifierKey, VerifierKeyError, is_key_name};

/// More signatures than this are refused. The specification asks for at least
/// 16; Go's implementation draws the line here.
pub const MAX_SIGNATURES: usize = 100;

const DASH: &str = "\u{2014} ";

/// Why a note was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The bytes are not a signed note.
    #[error("not a signed note: {0}")]
    Malformed(&'static str),
    /// A line below the text is not a signature.
    #[error("not a signed note: line {line} is not a signature")]
    MalformedSignature {
        /// Line in the whole note, from 1.
        line: usize,
    },
    /// A known key's signature is wrong. The whole note is refused.
    #[error(
        "the signature of {name} (key {id:08x}) is not over this text: the note has been changed"
    )]
    Invalid {
        /// Name of the key.
        name: String,
        /// Its id.
        id: u32,
    },
    /// No signature is by a known key.
    #[error("none of the known keys signed this note (signed by: {})", list(.signers))]
    Unknown {
        /// Names that stand before its signatures, in order.
        signers: Vec<String>,
    },
    /// Two different known keys have the same name and id.
    #[error("two different keys are known as {name} with the id {id:08x}")]
    Ambiguous {
        /// The common name.
        name: String,
        /// The common id.
        id: u32,
    },
}

/// One signature line, as read; nothing is verified by having it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// Name of the key that is said to have signed.
    pub name: String,
    /// Id of that key.
    pub id: u32,
    /// The signature itself, without the id.
    pub bytes: Vec<u8>,
}

/// A text with its signatures, unverified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// A signature that a known key made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedSignature {
    /// Name of the key.
    pub name: String,
    /// Id of the key.
    pub id: u32,
    /// For a cosignature, the time it states, in seconds since 1970.
    pub time: Option<u64>,
}

/// What a verified note says and who signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<'a> {
    /// The signed text, with its last line end.
    pub text: &'a str,
    /// Signatures of known keys; never empty.
    pub signatures: Vec<VerifiedSignature>,
    /// Signatures of keys that are not known, each once: not checked.
    pub unknown: Vec<&'a NoteSignature>,
}

impl Note {
    /// A note with this text and no signature yet.
    ///
    /// # Errors
    /// When the text does not end with a line end or holds a control
    /// character other than the line end.
    pub fn new(text: &str) -> Result<Self, NoteError> {
        check_text(text)?;
        Ok(Self { text: text.to_owned(), signatures: Vec::new() })
    }

    /// Reads a signed note. Signatures of every kind are kept, known or not.
    ///
    /// # Errors
    /// [`NoteError::Malformed`] or [`NoteError::MalformedSignature`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        let note =
            std::str::from_utf8(bytes).map_err(|_| NoteError::Malformed("it is not UTF-8"))?;
        // The text may hold empty lines: the last one is the border.
        let border = note
            .rfind("\n\n")
            .ok_or(NoteError::Malformed("no empty line before the signatures"))?;
        let (text, lines) = (&note[..=border], &note[border + 2..]);
        check_text(text)?;
        let lines = lines
            .strip_suffix('\n')
            .ok_or(NoteError::Malformed("it does not end with a signature line"))?;
        let first = text.bytes().filter(|&b| b == b'\n').count() + 2;
        let mut signatures = Vec::new();
        for (at, line) in lines.split('\n').enumerate() {
            if at == MAX_SIGNATURES {
                return Err(NoteError::Malformed("it has more than 100 signatures"));
            }
            signatures.push(
                signature_line(line).ok_or(NoteError::MalformedSignature { line: first + at })?,
            );
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Adds the signature of `signer`, in the place of an older one by the
    /// same key.
    pub fn sign(&mut self, signer: &NoteSigner) {
        self.put(&signer.verifier, signer.key.sign_raw(self.text.as_bytes()).to_vec());
    }

    /// Adds the cosignature of `signer` (c2sp.org/tlog-cosignature,
    /// Ed25519), stating `time` in seconds since 1970. The text should be a
    /// checkpoint whose consistency the signer has checked.
    pub fn cosign(&mut self, signer: &NoteSigner, time: u64) {
        let mut bytes = time.to_be_bytes().to_vec();
        bytes.extend(signer.key.sign_raw(cosigned(time, &self.text).as_bytes()));
        self.put(&signer.cosigner, bytes);
    }

    fn put(&mut self, key: &VerifierKey, bytes: Vec<u8>) {
        self.signatures.retain(|s| (s.name.as_str(), s.id) != (key.name(), key.id()));
        self.signatures.push(NoteSignature { name: key.name().to_owned(), id: key.id(), bytes });
    }

    /// Takes over the signatures that `other` has and this note has not, as
    /// when cosignatures come back. They are not checked here.
    ///
    /// # Errors
    /// [`NoteError::Malformed`] when `other` has another text, or when there
    /// would be more than [`MAX_SIGNATURES`].
    pub fn merge(&mut self, other: &Self) -> Result<(), NoteError> {
        if other.text != self.text {
            return Err(NoteError::Malformed("the other note has another text"));
        }
        let new: Vec<_> =
            other.signatures.iter().filter(|s| !self.signatures.contains(s)).cloned().collect();
        if self.signatures.len() + new.len() > MAX_SIGNATURES {
            return Err(NoteError::Malformed("it has more than 100 signatures"));
        }
        self.signatures.extend(new);
        Ok(())
    }

    /// Checks the signatures of `keys`. One good signature is enough; one bad
    /// signature by a known key refuses the note; signatures of other keys
    /// are left alone, even when they share a known key's name or its id.
    ///
    /// # Errors
    /// [`NoteError::Invalid`], [`NoteError::Unknown`],
    /// [`NoteError::Ambiguous`].
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<Verified<'_>, NoteError> {
        let mut good: Vec<VerifiedSignature> = Vec::new();
        let mut unknown: Vec<&NoteSignature> = Vec::new();
        for signature in &self.signatures {
            let mut matching = keys
                .iter()
                .filter(|k| (k.name(), k.id()) == (signature.name.as_str(), signature.id));
            let Some(key) = matching.next() else {
                if !unknown.contains(&signature) {
                    unknown.push(signature);
                }
                continue;
            };
            if matching.any(|other| other != key) {
                return Err(NoteError::Ambiguous {
                    name: signature.name.clone(),
                    id: signature.id,
                });
            }
            let time = self.check(key, &signature.bytes).ok_or_else(|| NoteError::Invalid {
                name: signature.name.clone(),
                id: signature.id,
            })?;
            let verified =
                VerifiedSignature { name: signature.name.clone(), id: signature.id, time };
            if !good.contains(&verified) {
                good.push(verified);
            }
        }
        if good.is_empty() {
            return Err(NoteError::Unknown {
                signers: self.signatures.iter().map(|s| s.name.clone()).collect(),
            });
        }
        Ok(Verified { text: &self.text, signatures: good, unknown })
    }

    /// `None` when the signature is wrong, else the time it states, if any.
    fn check(&self, key: &VerifierKey, bytes: &[u8]) -> Option<Option<u64>> {
        match key.signature_type() {
            SignatureType::Note => {
                key.public().verify_raw(self.text.as_bytes(), bytes).then_some(None)
            }
            SignatureType::Cosignature => {
                let (time, raw) = bytes.split_first_chunk::<8>()?;
                let time = u64::from_be_bytes(*time);
                // The specification's limit: it must fit a signed number.
                let fits = i64::try_from(time).is_ok();
                (fits && key.public().verify_raw(cosigned(time, &self.text).as_bytes(), raw))
                    .then_some(Some(time))
            }
        }
    }

    /// The text, which nobody may have signed: for showing, never for
    /// deciding.
    pub fn unverified_text(&self) -> &str {
        &self.text
    }

    /// The signature lines, unchecked.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The note as it is stored and handed out.
    pub fn to_text(&self) -> String {
        let mut out = format!("{}\n", self.text);
        for s in &self.signatures {
            let body = [&s.id.to_be_bytes()[..], &s.bytes].concat();
            writeln!(out, "{DASH}{} {}", s.name, to_base64(&body))
                .expect("writing to a string cannot fail");
        }
        out
    }
}

/// A secret key together with the name it signs notes by.
#[derive(Debug, Clone)]
pub struct NoteSigner {
    key: SecretKey,
    verifier: VerifierKey,
    cosigner: VerifierKey,
}

impl NoteSigner {
    /// Signs by `name`, which for a log is its origin.
    ///
    /// # Errors
    /// [`VerifierKeyError::Name`] when the name cannot stand in a note.
    pub fn new(name: &str, key: SecretKey) -> Result<Self, VerifierKeyError> {
        let verifier = VerifierKey::new(name, key.public())?;
        let cosigner = VerifierKey::cosigner(name, key.public())?;
        Ok(Self { key, verifier, cosigner })
    }

    /// The key that others check this signer's notes with.
    pub fn verifier_key(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The key that others check this signer's cosignatures with.
    pub fn cosigner_key(&self) -> &VerifierKey {
        &self.cosigner
    }
}

/// The message under an Ed25519 cosignature.
fn cosigned(time: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if !text.ends_with('\n') {
        return Err(NoteError::Malformed("its text does not end with a line end"));
    }
    if text.bytes().any(|b| b < b' ' && b != b'\n') {
        return Err(NoteError::Malformed("its text holds a control character"));
    }
    Ok(())
}

fn signature_line(line: &str) -> Option<NoteSignature> {
    let (name, body) = line.strip_prefix(DASH)?.split_once(' ')?;
    let body = from_base64(body)?;
    let (id, bytes) = body.split_first_chunk::<4>()?;
    (is_key_name(name) && !bytes.is_empty()).then(|| NoteSignature {
        name: name.to_owned(),
        id: u32::from_be_bytes(*id),
        bytes: bytes.to_vec(),
    })
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

#[cfg(test)]
#[path = "note_tests.rs"]
mod tests;
