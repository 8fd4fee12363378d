use std::fmt;

use hmac::{Hmac, KeyInit, Mac};

use super::{Digest, ParseDigestError};

/// 32 random bytes that hide what a [`commitment`] commits to. Written as 64
/// lower-case hexadecimal digits; destroyed together with the bytes when they
/// are withheld.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt([u8; 32]);

impl Salt {
    /// Takes 32 bytes of entropy.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The 64 hexadecimal digits, as stored in `<name>.salt`.
    pub fn to_hex(&self) -> String {
        hex::encode(self.0)
    }

    /// Reads 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn from_hex(s: &str) -> Result<Self, ParseDigestError> {
        s.parse::<Digest>().map(|d| Self(*d.as_bytes()))
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(..)")
    }
}

/// HMAC-SHA256 (RFC 2104) keyed with `salt` over `bytes`: names content that
/// may have to be withheld. Without the salt a short text cannot be guessed
/// from it.
pub fn commitment(salt: &Salt, bytes: &[u8]) -> Digest {
    Digest::from_bytes(mac(salt, bytes))
}

/// The salt of the passage with this `index` (from 0) in a salted text:
/// HMAC-SHA256(salt, index as eight bytes, big-endian).
pub fn passage_salt(salt: &Salt, index: u64) -> Salt {
    Salt(mac(salt, &index.to_be_bytes()))
}

/// The salt of a text that `edits` (their stored bytes) make from a text with
/// this salt: HMAC-SHA256(salt, "edits" || edits). It is not stored, so that
/// destroying the first salt destroys all that follow from it.
pub fn edited_salt(parent: &Salt, edits: &[u8]) -> Salt {
    Salt(mac(parent, &[b"edits".as_slice(), edits].concat()))
}

fn mac(salt: &Salt, bytes: &[u8]) -> [u8; 32] {
    let mut m =
        Hmac::<sha2::Sha256>::new_from_slice(&salt.0).expect("HMAC takes keys of any length");
    m.update(bytes);
    m.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231 test case 1 has a key of 20 bytes; HMAC pads keys with zeros,
    /// so the same key padded to our 32 gives the same value.
    #[test]
    fn rfc_4231_case_1() {
        let mut key = [0u8; 32];
        key[..20].fill(0x0b);
        assert_eq!(
            commitment(&Salt::new(key), b"Hi There").to_string(),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
    }

    #[test]
    fn passages_have_salts_of_their_own() {
        let s = Salt::new([7; 32]);
        assert_ne!(passage_salt(&s, 0), passage_salt(&s, 1));
        assert_eq!(Salt::from_hex(&s.to_hex()).unwrap(), s);
    }
}
