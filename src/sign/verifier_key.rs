//! The verifier keys of C2SP signed notes, `<name>+<key id>+<key>`
//! (c2sp.org/signed-note, "Verifier keys"): the name of a log or cosigner,
//! eight hexadecimal digits, and Base64 of a type byte and the public key.

use std::fmt;
use std::str::FromStr;

use crate::digest::Digest;

use super::base64::{from_base64, to_base64};
use super::key::PublicKey;

/// Why a verifier key was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifierKeyError {
    /// The key's name is empty or holds a space or a plus.
    #[error(
        "not a name for a signing key: {0:?} (it may not be empty, nor hold a space, a control character or a plus)"
    )]
    Name(String),
    /// Not three parts of the right form.
    #[error("not a verifier key (name+8 hexadecimal digits+Base64): {0:?}")]
    Malformed(String),
    /// Another signature type than Ed25519 notes (1) and cosignatures (4).
    #[error(
        "the key {name} is for signatures of type {kind:#04x}, which this program does not know"
    )]
    Type {
        /// Name in the key.
        name: String,
        /// Its type byte.
        kind: u8,
    },
    /// The key id is not the one that name, type and key give.
    #[error("the key {name} states the id {stated:08x}, but its parts give {computed:08x}")]
    Id {
        /// Name in the key.
        name: String,
        /// The id as written.
        stated: u32,
        /// The id as computed.
        computed: u32,
    },
}

/// What a signature in a note is over (c2sp.org/signed-note, "Signature
/// types").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum SignatureType {
    /// Type 0x01: Ed25519 over the note's text.
    Note = 0x01,
    /// Type 0x04: Ed25519 over a time and the checkpoint
    /// (c2sp.org/tlog-cosignature, `cosignature/v1`).
    Cosignature = 0x04,
}

/// A key to check notes with, under the name it signs by.
///
/// ```
/// use variorum::sign::VerifierKey;
/// // The example of c2sp.org/signed-note.
/// let key: VerifierKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".parse().unwrap();
/// assert_eq!(key.name(), "example.com/foo");
/// assert_eq!(key.id(), 0x530d903a);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VerifierKey {
    name: String,
    kind: SignatureType,
    key: PublicKey,
    id: u32,
}

impl VerifierKey {
    /// The key under which `name` signs notes (type 0x01).
    ///
    /// # Errors
    /// [`VerifierKeyError::Name`] when the name cannot stand in a note.
    pub fn new(name: &str, key: PublicKey) -> Result<Self, VerifierKeyError> {
        Self::of(SignatureType::Note, name, key)
    }

    /// The key under which `name` cosigns checkpoints (type 0x04).
    ///
    /// # Errors
    /// [`VerifierKeyError::Name`] when the name cannot stand in a note.
    pub fn cosigner(name: &str, key: PublicKey) -> Result<Self, VerifierKeyError> {
        Self::of(SignatureType::Cosignature, name, key)
    }

    fn of(kind: SignatureType, name: &str, key: PublicKey) -> Result<Self, VerifierKeyError> {
        if !is_key_name(name) {
            return Err(VerifierKeyError::Name(name.chars().take(80).collect()));
        }
        let id = key_id(name, kind as u8, key.as_bytes());
        Ok(Self { name: name.to_owned(), kind, key, id })
    }

    /// The name that stands before its signatures.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256(name || 0x0A || type || key), as a
    /// big-endian number. Short: it names a key, it does not prove one.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// What this key's signatures are over.
    pub fn signature_type(&self) -> SignatureType {
        self.kind
    }

    /// The Ed25519 key itself.
    pub fn public(&self) -> &PublicKey {
        &self.key
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut body = vec![self.kind as u8];
        body.extend(self.key.as_bytes());
        write!(f, "{}+{:08x}+{}", self.name, self.id, to_base64(&body))
    }
}

impl FromStr for VerifierKey {
    type Err = VerifierKeyError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let malformed = || VerifierKeyError::Malformed(s.chars().take(120).collect());
        // The Base64 may hold a plus, the name may not.
        let mut parts = s.splitn(3, '+');
        let (Some(name), Some(id), Some(body)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(malformed());
        };
        if id.len() != 8 || id.bytes().any(|b| !matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(malformed());
        }
        let stated = u32::from_str_radix(id, 16).map_err(|_| malformed())?;
        let body = from_base64(body).ok_or_else(malformed)?;
        let (&kind, bytes) = body.split_first().ok_or_else(malformed)?;
        let kind = match kind {
            0x01 => SignatureType::Note,
            0x04 => SignatureType::Cosignature,
            kind => {
                return Err(VerifierKeyError::Type { name: name.chars().take(80).collect(), kind });
            }
        };
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| malformed())?;
        let key = Self::of(kind, name, PublicKey::from_bytes(bytes))?;
        if key.id != stated {
            return Err(VerifierKeyError::Id { name: key.name, stated, computed: key.id });
        }
        Ok(key)
    }
}

/// Whether `name` may stand before a signature: not empty, no Unicode space,
/// no plus, and no control character (a note may hold none).
pub(super) fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c == '+' || c.is_whitespace() || c < ' ')
}

fn key_id(name: &str, kind: u8, key: &[u8]) -> u32 {
    let digest = Digest::of(&[name.as_bytes(), b"\n", &[kind], key].concat());
    let first: [u8; 4] = digest.as_bytes()[..4].try_into().expect("a digest has 32 bytes");
    u32::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the C2SP specification, golang.org/x/mod/sumdb/note's tests, the
    /// Go checksum database and transparency-dev/formats' tests.
    const KEYS: [(&str, u32, SignatureType); 5] = [
        (
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            0x530d_903a,
            SignatureType::Note,
        ),
        (
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            0xc74f_20a3,
            SignatureType::Note,
        ),
        (
            "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
            0xaf0c_fe78,
            SignatureType::Note,
        ),
        (
            "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
            0x7997_405c,
            SignatureType::Note,
        ),
        (
            "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
            0xda77_ade7,
            SignatureType::Cosignature,
        ),
    ];

    #[test]
    fn known_keys_are_read_and_spelt_back() {
        for (text, id, kind) in KEYS {
            let key: VerifierKey = text.parse().unwrap();
            assert_eq!((key.id(), key.signature_type()), (id, kind));
            assert_eq!(key.to_string(), text);
        }
    }

    /// As Go's TestNewVerifier mangles its key: every part of it, and every
    /// character changed.
    #[test]
    fn mangled_keys_are_refused() {
        let text = KEYS[1].0;
        for start in 0..text.len() {
            for end in start + 1..=text.len() {
                if (start, end) != (0, text.len()) {
                    assert!(text[start..end].parse::<VerifierKey>().is_err(), "{start}..{end}");
                }
            }
        }
        for at in 0..text.len() {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] += 1;
            assert!(String::from_utf8(bytes).unwrap().parse::<VerifierKey>().is_err(), "{at}");
        }
        for bad in [
            "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
            "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "bananas.sigstore.dev+12344556",
            "rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!",
            "rekor.sigstore.dev+12345678+AwEB",
            "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ] {
            assert!(bad.parse::<VerifierKey>().is_err(), "{bad}");
        }
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let id = "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
            .parse::<VerifierKey>()
            .unwrap_err();
        assert_eq!(
            id.to_string(),
            "the key PeterNeumann states the id c74f20a4, but its parts give c74f20a3"
        );
        let key = PublicKey::from_bytes([0; 32]);
        for bad in ["", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{1}b"] {
            assert!(
                matches!(VerifierKey::new(bad, key), Err(VerifierKeyError::Name(_))),
                "{bad:?}"
            );
        }
    }
}
