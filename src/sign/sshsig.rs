//! SSHSIG seals (OpenSSH's PROTOCOL.sshsig): what `ssh-keygen -Y sign` writes
//! and `ssh-keygen -Y verify` reads. Only Ed25519, always with SHA-512, as
//! `ssh-keygen` does by default, so our bytes equal its bytes.

use ssh_key::{HashAlg, SshSig};

use super::armor;
use super::key::{ED25519, PublicKey, SecretKey};

/// Why a seal was not accepted. Each reason is its own variant, so that a
/// replay under another role is told from a damaged text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SshSigError {
    /// The armoured text is not an SSHSIG.
    #[error("not an SSH signature: {reason}")]
    Malformed {
        /// What is wrong, in a few words.
        reason: String,
    },
    /// The format's version is newer than the one known.
    #[error("this SSH signature is of version {version}; only version 1 is known")]
    Version {
        /// The version it states.
        version: u32,
    },
    /// Made with a key of another kind than Ed25519.
    #[error(
        "this seal was made with a {algorithm} key, which this program cannot check; `ssh-keygen -Y verify` can, and so can anyone with OpenSSH"
    )]
    Unsupported {
        /// OpenSSH's name of the kind of key.
        algorithm: String,
    },
    /// Sealed with another key than the one expected.
    #[error("sealed with the key {found}, not with {expected}")]
    WrongKey {
        /// Fingerprint of the key that was expected.
        expected: String,
        /// Fingerprint of the key named in the seal.
        found: String,
    },
    /// Sealed for another purpose.
    #[error("sealed for {found:?}, not for {expected:?}")]
    WrongNamespace {
        /// The namespace that was expected.
        expected: String,
        /// The namespace in the seal.
        found: String,
    },
    /// Key and namespace are right, but the signature is not over this text.
    #[error("the seal does not fit the text: the text, or the seal, has been changed")]
    Mismatch,
}

impl SecretKey {
    /// Seals `message` for `namespace` (never empty; it says what the seal is
    /// for, so that it cannot be used for anything else). The result is the
    /// armoured text that `ssh-keygen -Y sign -n namespace` would write.
    ///
    /// # Panics
    /// When `namespace` is empty, which the format forbids.
    pub fn sshsig(&self, namespace: &str, message: &[u8]) -> String {
        assert!(!namespace.is_empty(), "an SSH signature needs a namespace");
        let sig = self
            .ssh()
            .sign(namespace, HashAlg::Sha512, message)
            .expect("an unencrypted Ed25519 key signs anything");
        to_pem(&sig)
    }
}

impl PublicKey {
    /// Checks that `armored` is this key's seal over `message`, made for
    /// `namespace`.
    ///
    /// # Errors
    /// The first of: malformed, other version, other kind of key, other key,
    /// other namespace, other text.
    pub fn verify_sshsig(
        &self,
        namespace: &str,
        message: &[u8],
        armored: &str,
    ) -> Result<(), SshSigError> {
        let sig = parse(armored)?;
        let found = signer(&sig)?;
        if found != *self {
            return Err(SshSigError::WrongKey {
                expected: self.fingerprint(),
                found: found.fingerprint(),
            });
        }
        if sig.namespace() != namespace {
            return Err(SshSigError::WrongNamespace {
                expected: namespace.to_owned(),
                found: sig.namespace().chars().take(80).collect(),
            });
        }
        ssh_key::PublicKey::from(self.key_data())
            .verify(namespace, message, &sig)
            .map_err(|_| SshSigError::Mismatch)
    }

    /// The key that a seal says it was made with. This proves nothing: call
    /// [`PublicKey::verify_sshsig`] with a key that you trust.
    ///
    /// # Errors
    /// When the seal is malformed or made with another kind of key.
    pub fn claimed_by_sshsig(armored: &str) -> Result<Self, SshSigError> {
        signer(&parse(armored)?)
    }
}

fn parse(armored: &str) -> Result<SshSig, SshSigError> {
    let malformed = |reason: &str| SshSigError::Malformed { reason: reason.to_owned() };
    let blob = armor::blob(armored).map_err(malformed)?;
    let head = armor::head(&blob).ok_or_else(|| malformed("the encoded part is not an SSHSIG"))?;
    if head.version != SshSig::VERSION {
        return Err(SshSigError::Version { version: head.version });
    }
    if head.algorithm != ED25519 {
        return Err(SshSigError::Unsupported { algorithm: head.algorithm });
    }
    let canonical = armor::armored(&blob);
    let sig = SshSig::from_pem(&canonical).map_err(|e| malformed(&e.to_string()))?;
    // `ssh-key` 0.6.7 overlooks a wrong length before the signature, which
    // `ssh-keygen` refuses. One seal, one spelling.
    if to_pem(&sig) != canonical {
        return Err(malformed("its parts do not have the lengths that it states"));
    }
    Ok(sig)
}

fn to_pem(sig: &SshSig) -> String {
    let pem = sig
        .to_pem(ssh_key::LineEnding::LF)
        .expect("a signature that was made or read can be spelt");
    // `ssh-key` leaves out the last line end, `ssh-keygen` writes it.
    if pem.ends_with('\n') { pem } else { pem + "\n" }
}

fn signer(sig: &SshSig) -> Result<PublicKey, SshSigError> {
    match sig.public_key() {
        ssh_key::public::KeyData::Ed25519(key) => Ok(PublicKey::from_bytes(key.0)),
        other => Err(SshSigError::Unsupported { algorithm: other.algorithm().to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by `ssh-keygen` over the text `testing` for the namespace
    /// `example`; from the test data of the `ssh-key` crate.
    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";
    const SEAL: &str = "-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgsz6u836i33yqAQ3v3qNOJB9l8b
UppPQ+0UMn9cVKq2IAAAAHZXhhbXBsZQAAAAAAAAAGc2hhNTEyAAAAUwAAAAtzc2gtZWQy
NTUxOQAAAEBPEav+tMGNnox4MuzM7rlHyVBajCn8B0kAyiOWwPKprNsG3i6X+voz/WCSik
/FowYwqhgCABUJSvRX3AERVBUP
-----END SSH SIGNATURE-----
";
    /// The example of PROTOCOL.sshsig, section 1, a seal for `foo`.
    const PROTOCOL: &str = "-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgJKxoLBJBivUPNTUJUSslQTt2hD
jozKvHarKeN8uYFqgAAAADZm9vAAAAAAAAAFMAAAALc3NoLWVkMjU1MTkAAABAKNC4IEbt
Tq0Fb56xhtuE1/lK9H9RZJfON4o6hE9R4ZGFX98gy0+fFJ/1d2/RxnZky0Y7GojwrZkrHT
FgCqVWAQ==
-----END SSH SIGNATURE-----
";
    /// An ECDSA seal of the same origin.
    const ECDSA: &str = "-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAAGgAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAAhuaXN0cDI1NgAAAE
EEfB/YcwzlNFe+jZJAmOw2SIMPkqqKI2OsZW/dRSH6YxPlEfGJG06eWq+OFC0GrRWmakJX
8/BR2E6KDi+RuoBwRwAAAAdleGFtcGxlAAAAAAAAAAZzaGE1MTIAAABjAAAAE2VjZHNhLX
NoYTItbmlzdHAyNTYAAABIAAAAID884rM9MmiHWlfwoX+JY6rrivMILmCEganDbXs6ShAB
AAAAIEYXgcOegKAJkfP1P7kw2AnlEIY0hRwtUm7moeouFySh
-----END SSH SIGNATURE-----
";

    fn key() -> PublicKey {
        KEY.parse().unwrap()
    }

    #[test]
    fn a_seal_of_ssh_keygen_verifies() {
        key().verify_sshsig("example", b"testing", SEAL).unwrap();
        assert_eq!(PublicKey::claimed_by_sshsig(SEAL).unwrap(), key());
        // Another width and other line ends are the same seal.
        let wide = format!(
            "-----BEGIN SSH SIGNATURE-----\r\n{}\r\n-----END SSH SIGNATURE-----\r\n",
            SEAL.lines().filter(|l| !l.starts_with('-')).collect::<String>()
        );
        key().verify_sshsig("example", b"testing", &wide).unwrap();
    }

    #[test]
    fn every_refusal_has_its_reason() {
        use SshSigError::*;
        let verify = |namespace: &str, message: &[u8], seal: &str| {
            key().verify_sshsig(namespace, message, seal).unwrap_err()
        };
        assert_eq!(verify("example", b"testinG", SEAL), Mismatch);
        assert_eq!(
            verify("git", b"testing", SEAL),
            WrongNamespace { expected: "git".into(), found: "example".into() }
        );
        let other = SecretKey::generate([1; 32]);
        assert_eq!(
            other.public().verify_sshsig("example", b"testing", SEAL).unwrap_err(),
            WrongKey { expected: other.public().fingerprint(), found: key().fingerprint() }
        );
        assert_eq!(
            verify("example", b"testing", ECDSA),
            Unsupported { algorithm: "ecdsa-sha2-nistp256".into() }
        );
        assert!(matches!(verify("example", b"testing", "hello"), Malformed { .. }));
        assert!(matches!(
            verify("example", b"testing", &SEAL.replace("U1NI", "U1NJ")),
            Malformed { .. }
        ));
        // The example in the protocol's text states no hash (an empty name), so it
        // is refused rather than guessed at.
        assert!(matches!(verify("foo", b"", PROTOCOL), Malformed { .. }));
        let newer = SEAL.replace("U1NIU0lHAAAAAQ", "U1NIU0lHAAAAAg");
        assert_eq!(verify("example", b"testing", &newer), Version { version: 2 });
        assert_eq!(verify("example", b"testing", &SEAL.replace("/FowYwqh", "/FowYwqi")), Mismatch);
    }

    #[test]
    fn our_own_seals() {
        let key = SecretKey::generate([9; 32]);
        let seal = key.sshsig("submit@variorum.v1", b"text");
        assert!(seal.ends_with("-----END SSH SIGNATURE-----\n"));
        assert_eq!(seal, key.sshsig("submit@variorum.v1", b"text"));
        key.public().verify_sshsig("submit@variorum.v1", b"text", &seal).unwrap();
        assert!(key.public().verify_sshsig("decide@variorum.v1", b"text", &seal).is_err());
    }

    /// No changed bit of a seal goes unseen.
    #[test]
    fn every_flipped_bit_is_refused() {
        let blob = armor::blob(SEAL).unwrap();
        for bit in 0..blob.len() * 8 {
            let mut changed = blob.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(
                key().verify_sshsig("example", b"testing", &armor::armored(&changed)).is_err(),
                "bit {bit}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn hostile_seals_never_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200), text in ".{0,300}") {
            proptest::prop_assert!(key().verify_sshsig("example", b"testing", &text).is_err());
            let _ = PublicKey::claimed_by_sshsig(&armor::armored(&[b"SSHSIG\0\0\0\x01", &bytes[..]].concat()));
        }
    }
}
