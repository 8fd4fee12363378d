//! Standard Base64 with padding (RFC 4648, section 4), one spelling only:
//! non-zero padding bits, spaces and line ends are refused.

use base64ct::{Base64, Encoding};

/// The Base64 spelling of `bytes`, in one line.
pub fn to_base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// The bytes that `text` spells, or `None` when it is not the one Base64
/// spelling of anything.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    // The decoder ignores the bits that padding leaves over; so that no two
    // texts mean the same bytes, what was read must be spelt back alike.
    Base64::decode_vec(text).ok().filter(|bytes| Base64::encode_string(bytes) == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_4648_vectors() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(to_base64(bytes.as_bytes()), text);
            assert_eq!(from_base64(text).unwrap(), bytes.as_bytes());
        }
    }

    #[test]
    fn only_one_spelling() {
        for bad in ["Zg", "Zg=", "Zh==", "Zm9v\n", " Zm9v", "Zm-v", "Zg==Zg=="] {
            assert_eq!(from_base64(bad), None, "{bad:?}");
        }
    }
}
