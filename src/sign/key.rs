//! Ed25519 keys (RFC 8032) in the formats that OpenSSH writes. All of the
//! cryptography is the `ssh-key` crate's; here is the one algorithm we take
//! and plain words for every other.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use signature::Verifier as _;
use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::public::{Ed25519PublicKey, KeyData};
use ssh_key::{Algorithm, HashAlg, LineEnding, Signature};

/// The name OpenSSH gives to the one kind of key used here.
pub(super) const ED25519: &str = "ssh-ed25519";

/// Why a key could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The key is of a kind other than Ed25519.
    #[error(
        "this is a {algorithm} key; only ssh-ed25519 keys are used here (make one with: ssh-keygen -t ed25519)"
    )]
    Unsupported {
        /// OpenSSH's name of the kind of key.
        algorithm: String,
    },
    /// The secret key is protected by a passphrase.
    #[error(
        "this secret key is protected by a passphrase; store it without one for this use (ssh-keygen -p)"
    )]
    Encrypted,
    /// A public key was given where a secret one is needed, or the reverse.
    #[error(
        "this is not a secret key in OpenSSH's format (it does not begin with BEGIN OPENSSH PRIVATE KEY)"
    )]
    NotSecret,
    /// The text is not a key in OpenSSH's format.
    #[error("not a key in OpenSSH's format: {reason}")]
    Malformed {
        /// What was wrong, in a few words.
        reason: String,
    },
}

/// An Ed25519 public key: 32 bytes, shown as the line `ssh-ed25519 AAAA…`.
///
/// ```
/// use variorum::sign::{PublicKey, SecretKey};
/// let key = SecretKey::generate([7; 32]).public();
/// assert_eq!(key.to_string().parse::<PublicKey>().unwrap(), key);
/// assert!(key.fingerprint().starts_with("SHA256:"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// Takes the 32 bytes of RFC 8032. Whether they are a point of the curve
    /// shows at the first verification.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes of RFC 8032.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads a public key line, `ssh-ed25519 AAAA… [comment]`. The comment is
    /// not kept.
    ///
    /// # Errors
    /// When the line is not such a key; [`KeyError::Unsupported`] names
    /// another algorithm.
    pub fn from_openssh(line: &str) -> Result<Self, KeyError> {
        let line = line.trim_matches([' ', '\t', '\r', '\n']);
        let malformed = |reason: &str| KeyError::Malformed { reason: reason.to_owned() };
        let mut words = line.split_ascii_whitespace();
        match words.next() {
            None => return Err(malformed("it is empty")),
            Some(ED25519) => {}
            Some(other) if is_algorithm_name(other) => {
                return Err(KeyError::Unsupported { algorithm: other.to_owned() });
            }
            Some(_) => return Err(malformed("it does not begin with ssh-ed25519")),
        }
        let body = words.next().ok_or_else(|| malformed("the key itself is missing"))?;
        let key = ssh_key::PublicKey::from_openssh(&format!("{ED25519} {body}"))
            .map_err(|e| KeyError::Malformed { reason: e.to_string() })?;
        match key.key_data() {
            KeyData::Ed25519(Ed25519PublicKey(bytes)) => Ok(Self(*bytes)),
            other => Err(KeyError::Unsupported { algorithm: other.algorithm().to_string() }),
        }
    }

    /// The public key line, without a comment and without a line end.
    pub fn to_openssh(&self) -> String {
        ssh_key::PublicKey::from(self.key_data())
            .to_openssh()
            .expect("an Ed25519 key always has an OpenSSH spelling")
    }

    /// OpenSSH's fingerprint, `SHA256:` and 43 characters of Base64.
    pub fn fingerprint(&self) -> String {
        self.key_data().fingerprint(HashAlg::Sha256).to_string()
    }

    /// Whether `signature` is this key's raw Ed25519 signature over `message`.
    pub fn verify_raw(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::new(Algorithm::Ed25519, signature)
            .is_ok_and(|s| self.key_data().verify(message, &s).is_ok())
    }

    pub(super) fn key_data(&self) -> KeyData {
        KeyData::Ed25519(Ed25519PublicKey(self.0))
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_openssh())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.fingerprint())
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::from_openssh(s)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        let key = Self::from_openssh(&text).map_err(de::Error::custom)?;
        // A stored key has one spelling: no comment, no further spaces.
        if key.to_openssh() == text {
            Ok(key)
        } else {
            Err(de::Error::custom("a public key is written `ssh-ed25519 AAAA…`, without a comment"))
        }
    }
}

impl JsonSchema for PublicKey {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PublicKey".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^ssh-ed25519 [A-Za-z0-9+/]{68}$",
            "description": "an Ed25519 public key as OpenSSH writes it, without a comment"
        })
    }
}

/// An Ed25519 secret key. Its debug form shows only the public fingerprint.
#[derive(Clone)]
pub struct SecretKey(ssh_key::PrivateKey);

impl SecretKey {
    /// The key that RFC 8032 derives from `seed`: 32 bytes that must come
    /// from a good source of randomness, for whoever has them has the key.
    pub fn generate(seed: [u8; 32]) -> Self {
        let pair = KeypairData::from(Ed25519Keypair::from_seed(&seed));
        Self(
            ssh_key::PrivateKey::new(pair, "")
                .expect("a key made from a seed is complete and not encrypted"),
        )
    }

    /// The same key with this comment in its OpenSSH form, so that a person
    /// who finds the file knows what it is for. Line ends become spaces.
    pub fn with_comment(mut self, comment: &str) -> Self {
        self.0.set_comment(comment.replace(['\r', '\n'], " "));
        self
    }

    /// Reads an unencrypted OpenSSH private key file.
    ///
    /// # Errors
    /// [`KeyError::Encrypted`] for a key with a passphrase,
    /// [`KeyError::Unsupported`] for another kind of key, otherwise what is
    /// malformed.
    pub fn from_openssh(pem: &str) -> Result<Self, KeyError> {
        let pem = pem.trim_start();
        if !pem.starts_with("-----BEGIN OPENSSH PRIVATE KEY-----") {
            return Err(KeyError::NotSecret);
        }
        // A file that went through a mailer or an editor may have CRLF, or
        // have lost its last line end.
        let mut unix = pem.replace("\r\n", "\n");
        if !unix.ends_with('\n') {
            unix.push('\n');
        }
        let key = ssh_key::PrivateKey::from_openssh(&unix).map_err(|e| match e {
            ssh_key::Error::AlgorithmUnsupported { algorithm } => {
                KeyError::Unsupported { algorithm: algorithm.to_string() }
            }
            ssh_key::Error::AlgorithmUnknown => {
                KeyError::Unsupported { algorithm: "foreign".to_owned() }
            }
            other => KeyError::Malformed { reason: other.to_string() },
        })?;
        if key.is_encrypted() {
            return Err(KeyError::Encrypted);
        }
        match key.key_data() {
            KeypairData::Ed25519(_) => Ok(Self(key)),
            _ => Err(KeyError::Unsupported { algorithm: key.algorithm().to_string() }),
        }
    }

    /// The OpenSSH private key file, unencrypted, with LF line ends. The same
    /// key and comment always give the same text.
    pub fn to_openssh(&self) -> String {
        self.0
            .to_openssh(LineEnding::LF)
            .expect("an unencrypted Ed25519 key always has an OpenSSH spelling")
            .to_string()
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        match self.0.public_key().key_data() {
            KeyData::Ed25519(Ed25519PublicKey(bytes)) => PublicKey(*bytes),
            _ => unreachable!("both constructors admit Ed25519 keys only"),
        }
    }

    /// The raw Ed25519 signature of RFC 8032 over `message`.
    pub fn sign_raw(&self, message: &[u8]) -> [u8; 64] {
        // Through the bound, because `ssh-key` does not re-export the trait.
        fn sign<K: ssh_key::SigningKey>(key: &K, message: &[u8]) -> Signature {
            key.try_sign(message).expect("an unencrypted Ed25519 key signs anything")
        }
        sign(&self.0, message).as_bytes().try_into().expect("an Ed25519 signature has 64 bytes")
    }

    pub(super) fn ssh(&self) -> &ssh_key::PrivateKey {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey(of {})", self.public().fingerprint())
    }
}

/// Whether `word` looks like one of SSH's names of key kinds, so that the
/// error can name it.
fn is_algorithm_name(word: &str) -> bool {
    ["ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-", "rsa-"].iter().any(|p| word.starts_with(p))
        && word.len() <= 64
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.@".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, tests 1 to 3.
    #[test]
    fn rfc_8032_vectors() {
        let cases = [
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            ),
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            ),
            (
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
            ),
        ];
        for (seed, public, message, signature) in cases {
            let bytes = |s: &str| {
                (0..s.len() / 2)
                    .map(|i| u8::from_str_radix(&s[2 * i..2 * i + 2], 16).unwrap())
                    .collect::<Vec<_>>()
            };
            let key = SecretKey::generate(bytes(seed).try_into().unwrap());
            assert_eq!(key.public().as_bytes()[..], bytes(public));
            assert_eq!(key.sign_raw(&bytes(message))[..], bytes(signature));
            assert!(key.public().verify_raw(&bytes(message), &bytes(signature)));
            assert!(!key.public().verify_raw(b"other", &bytes(signature)));
            assert!(!key.public().verify_raw(&bytes(message), &bytes(signature)[1..]));
        }
    }

    /// The public key of the `ssh-key` crate's own examples, made by
    /// `ssh-keygen`.
    const LINE: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";

    #[test]
    fn public_line_and_fingerprint() {
        let key = PublicKey::from_openssh(&format!("{LINE} user@example.com\r\n")).unwrap();
        assert_eq!(key.to_openssh(), LINE);
        // As `ssh-keygen -l` prints it.
        assert_eq!(key.fingerprint(), "SHA256:UCUiLr7Pjs9wFFJMDByLgc3NrtdU344OgUM45wZPcIQ");
    }

    #[test]
    fn other_kinds_of_keys_are_named() {
        for name in [
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "sk-ssh-ed25519@openssh.com",
            "ssh-ed25519-cert-v01@openssh.com",
        ] {
            let err = PublicKey::from_openssh(&format!("{name} AAAA someone")).unwrap_err();
            assert_eq!(err, KeyError::Unsupported { algorithm: name.to_owned() });
            assert!(err.to_string().contains(name), "{err}");
        }
    }

    #[test]
    fn bad_public_lines() {
        for bad in [
            "",
            "hello",
            "ssh-ed25519",
            "ssh-ed25519 !!!",
            &LINE[..LINE.len() - 4],
            "-----BEGIN OPENSSH PRIVATE KEY-----",
        ] {
            assert!(
                matches!(PublicKey::from_openssh(bad), Err(KeyError::Malformed { .. })),
                "{bad:?}"
            );
        }
        // An RSA key blob behind an Ed25519 name.
        assert!(PublicKey::from_openssh("ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAAAAQE=").is_err());
    }

    #[test]
    fn secret_key_file_round_trip() {
        let key = SecretKey::generate([3; 32]).with_comment("archive key of\nexample.org/memoir");
        let pem = key.to_openssh();
        assert_eq!(pem, key.to_openssh(), "the same bytes every time");
        for spelt in
            [pem.clone(), pem.replace('\n', "\r\n"), pem.trim_end().to_owned(), format!("\n{pem}")]
        {
            let back = SecretKey::from_openssh(&spelt).unwrap();
            assert_eq!(back.public(), key.public());
            assert_eq!(back.to_openssh(), pem);
        }
        assert_eq!(format!("{key:?}"), format!("SecretKey(of {})", key.public().fingerprint()));
    }

    #[test]
    fn bad_secret_keys() {
        assert_eq!(SecretKey::from_openssh(LINE).unwrap_err(), KeyError::NotSecret);
        assert_eq!(SecretKey::from_openssh("").unwrap_err(), KeyError::NotSecret);
        let pem = SecretKey::generate([3; 32]).to_openssh();
        assert!(matches!(
            SecretKey::from_openssh(&pem[..pem.len() / 2]),
            Err(KeyError::Malformed { .. })
        ));
    }
}
