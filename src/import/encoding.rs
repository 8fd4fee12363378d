//! Reading text as UTF-8, and decoding it from another encoding that a person
//! has confirmed (labels and tables of the WHATWG Encoding Standard, through
//! `encoding_rs`; the guess is `chardetng`'s). One pass over the bytes; the
//! guess looks at the first megabyte around the first bad byte.

use std::fmt::Write as _;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The longest text that is taken, in bytes: 64 MiB.
pub const MAX_TEXT: usize = 64 * 1024 * 1024;

/// Bytes that the guess looks at.
const SAMPLE: usize = 1024 * 1024;
const BOM: &str = "\u{feff}";

/// A text as it was received: not one byte is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported<'a> {
    /// All of the bytes, including a byte order mark.
    pub text: &'a str,
    /// Whether it begins with a byte order mark (three bytes, U+FEFF).
    pub bom: bool,
}

/// A text that had to be decoded, so that its bytes differ from those
/// received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The standard's name of the encoding, such as `windows-1251`.
    pub encoding: &'static str,
    /// Whether a byte order mark was left out.
    pub bom: bool,
}

/// Why bytes were not taken as text. Offsets count bytes from 0, lines count
/// from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// There is nothing, or only a byte order mark.
    #[error("the text is empty")]
    Empty,
    /// More bytes than [`MAX_TEXT`].
    #[error("the text has {bytes} bytes; at most {} (64 MiB) are taken", MAX_TEXT)]
    TooLong {
        /// Bytes that there are.
        bytes: usize,
    },
    /// A NUL byte, which no text has: a binary file, or UTF-16.
    #[error("byte {at} (line {line}) is NUL: this is not plain text{}", hint(*.guess, false))]
    Nul {
        /// Offset of the first one.
        at: usize,
        /// Its line.
        line: usize,
        /// The encoding it may be, to be confirmed by a person.
        guess: Option<&'static str>,
    },
    /// The bytes are not UTF-8.
    #[error("byte {at} (line {line}) is not UTF-8: {bytes}{}", hint(*.guess, *.mostly_utf8))]
    NotUtf8 {
        /// Offset of the first bad byte.
        at: usize,
        /// Its line.
        line: usize,
        /// The bad bytes in hexadecimal, such as `cf f0`; at most four.
        bytes: String,
        /// The encoding it may be, to be confirmed by a person.
        guess: Option<&'static str>,
        /// Whether everything around is UTF-8, so that the bytes rather are
        /// damaged than of another encoding.
        mostly_utf8: bool,
    },
    /// The label names no encoding.
    #[error(
        "no encoding is called {0:?}; examples: windows-1251, windows-1252, koi8-r, iso-8859-2, utf-16le"
    )]
    UnknownEncoding(String),
    /// An encoding that is recognised but not decoded here.
    #[error("this looks like {0}, which is not read here; save it as UTF-8 first")]
    Unsupported(&'static str),
    /// The bytes are not of the encoding that was named.
    #[error("byte {at} (line {line}) is not {encoding}: {bytes}")]
    NotInEncoding {
        /// The encoding that was named.
        encoding: &'static str,
        /// Offset of the first bad byte.
        at: usize,
        /// Its line.
        line: usize,
        /// The bad bytes in hexadecimal.
        bytes: String,
    },
}

/// Takes `bytes` as UTF-8, unchanged.
///
/// # Errors
/// Too long, empty, not UTF-8, or with NUL bytes; where, and what encoding it
/// may be instead.
pub fn read_text(bytes: &[u8]) -> Result<Imported<'_>, ImportError> {
    check_length(bytes)?;
    if let Some(name) = utf32(bytes) {
        return Err(ImportError::Unsupported(name));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let at = e.valid_up_to();
            let bad = e.error_len().unwrap_or(bytes.len() - at);
            let mostly_utf8 = mostly_utf8(bytes);
            return Err(ImportError::NotUtf8 {
                at,
                line: line_of(bytes, at),
                bytes: hex(&bytes[at..at + bad.min(4)]),
                guess: if mostly_utf8 { None } else { guess(bytes, at) },
                mostly_utf8,
            });
        }
    };
    // Looking whether there is one is much faster than looking where.
    if bytes.contains(&0)
        && let Some(at) = bytes.iter().position(|&b| b == 0)
    {
        return Err(ImportError::Nul {
            at,
            line: line_of(bytes, at),
            guess: utf16_by_zeroes(bytes),
        });
    }
    Ok(Imported { text, bom: text.starts_with(BOM) })
}

/// Decodes `bytes` from the encoding with this `label` (`windows-1251`,
/// `cp1251`, `koi8-r`, `utf-16le` …; case does not matter), which a person has
/// confirmed. What cannot be decoded is refused, never replaced.
///
/// The standard reads the few byte values that windows-1252 leaves undefined
/// as control characters U+0080 to U+009F; that is kept.
///
/// # Errors
/// An unknown label, the first bytes that are not of this encoding, and what
/// [`read_text`] refuses.
pub fn decode(bytes: &[u8], label: &str) -> Result<Decoded, ImportError> {
    check_length(bytes)?;
    let encoding = Encoding::for_label_no_replacement(label.as_bytes())
        .ok_or_else(|| ImportError::UnknownEncoding(label.chars().take(40).collect()))?;
    let (body, skipped) = match Encoding::for_bom(bytes) {
        Some((found, length)) if found == encoding => (&bytes[length..], length),
        _ => (bytes, 0),
    };
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut read = 0;
    loop {
        let room = decoder
            .max_utf8_buffer_length_without_replacement(body.len() - read)
            .unwrap_or(MAX_TEXT);
        // The worst case is three times the input; grow in steps instead.
        text.reserve(room.min(SAMPLE));
        let (result, used) =
            decoder.decode_to_string_without_replacement(&body[read..], &mut text, true);
        read += used;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull if text.len() > MAX_TEXT => {
                return Err(ImportError::TooLong { bytes: text.len() });
            }
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, after) => {
                let (bad, after) = (usize::from(bad), usize::from(after));
                let at = read.saturating_sub(bad + after);
                return Err(ImportError::NotInEncoding {
                    encoding: encoding.name(),
                    at: skipped + at,
                    line: line_of(text.as_bytes(), text.len()),
                    bytes: hex(&body[at..(at + bad.max(1)).min(body.len())]),
                });
            }
        }
    }
    if text.len() > MAX_TEXT {
        return Err(ImportError::TooLong { bytes: text.len() });
    }
    if text.is_empty() {
        return Err(ImportError::Empty);
    }
    if let Some(at) = text.find('\0') {
        return Err(ImportError::Nul { at, line: line_of(text.as_bytes(), at), guess: None });
    }
    Ok(Decoded { text, encoding: encoding.name(), bom: skipped > 0 })
}

fn check_length(bytes: &[u8]) -> Result<(), ImportError> {
    if bytes.len() > MAX_TEXT {
        return Err(ImportError::TooLong { bytes: bytes.len() });
    }
    if bytes.is_empty() || bytes == BOM.as_bytes() { Err(ImportError::Empty) } else { Ok(()) }
}

/// UTF-32 by its byte order mark; the mark of UTF-32LE begins with that of
/// UTF-16LE.
fn utf32(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => Some("UTF-32LE"),
        [0, 0, 0xfe, 0xff, ..] => Some("UTF-32BE"),
        _ => None,
    }
}

/// What the bytes may be, if not UTF-8. Only an encoding that decodes the
/// whole sample without a fault is named.
fn guess(bytes: &[u8], at: usize) -> Option<&'static str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding.name());
    }
    if bytes.contains(&0) {
        return utf16_by_zeroes(bytes);
    }
    let start = at.saturating_sub(SAMPLE / 16);
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let found = detector.guess(None, Utf8Detection::Deny);
    (found != UTF_8 && decodes(found, sample)).then(|| found.name())
}

/// Whether a sample, whose ends may cut a character in two, is of this
/// encoding.
fn decodes(encoding: &'static Encoding, sample: &[u8]) -> bool {
    let mut out = vec![0; 64 * 1024];
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut read = 0;
    loop {
        let (result, used, _, replaced) = decoder.decode_to_utf8(&sample[read..], &mut out, false);
        read += used;
        if replaced {
            return false;
        }
        if result == CoderResult::InputEmpty {
            return true;
        }
    }
}

/// UTF-16 without a mark: Latin letters, digits and spaces have a zero in the
/// same half of each pair.
fn utf16_by_zeroes(bytes: &[u8]) -> Option<&'static str> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let zeroes = |half: usize| sample.iter().skip(half).step_by(2).filter(|&&b| b == 0).count();
    let (first, second) = (zeroes(0), zeroes(1));
    let many = sample.len() / 10;
    let found = match () {
        // A pair is never cut: an odd number of bytes is something else.
        () if !bytes.len().is_multiple_of(2) => None,
        () if second > many && second > 8 * first => Some(UTF_16LE),
        () if first > many && first > 8 * second => Some(UTF_16BE),
        () => None,
    };
    found.filter(|encoding| decodes(encoding, sample)).map(Encoding::name)
}

/// Whether characters beyond ASCII are mostly right, so that the bytes are
/// UTF-8 with some damage.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + bytes[..at].iter().filter(|&&b| b == b'\n').count()
}

fn hex(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (at, byte) in bytes.iter().enumerate() {
        write!(out, "{}{byte:02x}", if at > 0 { " " } else { "" })
            .expect("writing to a string cannot fail");
    }
    out
}

fn hint(guess: Option<&'static str>, mostly_utf8: bool) -> String {
    match guess {
        Some(name) => format!(
            ". It may be {name}: look, and then say --encoding {}",
            name.to_ascii_lowercase()
        ),
        None if mostly_utf8 => ". The rest is UTF-8, so these bytes seem to be damaged".to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A sentence of our own, in Russian.
    const RUSSIAN: &str =
        "Мост построили весной, и лодочник остался без работы.\nОн перебрался в город к сестре.\n";

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
    }

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn utf8_is_taken_as_it_is() {
        let with_bom = "\u{feff}One.\r\nTwo.";
        assert_eq!(read_text(with_bom.as_bytes()).unwrap(), Imported { text: with_bom, bom: true });
        let nfd = "cafe\u{301}\u{202e}\u{a0}\u{2028}";
        assert_eq!(read_text(nfd.as_bytes()).unwrap(), Imported { text: nfd, bom: false });
    }

    #[test]
    fn nothing_and_too_much() {
        assert_eq!(read_text(b""), Err(ImportError::Empty));
        assert_eq!(read_text(b"\xef\xbb\xbf"), Err(ImportError::Empty));
        assert_eq!(decode(b"", "koi8-r"), Err(ImportError::Empty));
        assert_eq!(decode(b"\xff\xfe", "utf-16le"), Err(ImportError::Empty));
        let long = vec![b'a'; MAX_TEXT + 1];
        assert_eq!(read_text(&long), Err(ImportError::TooLong { bytes: MAX_TEXT + 1 }));
        assert!(decode(&long, "koi8-r").is_err());
        // One line of 64 MiB is a text.
        assert!(read_text(&long[1..]).is_ok());
        // Cyrillic letters are one byte before and two after.
        assert!(matches!(
            decode(&vec![0xe0; MAX_TEXT / 2 + 1], "windows-1251"),
            Err(ImportError::TooLong { .. })
        ));
    }

    #[test]
    fn another_encoding_is_guessed_and_confirmed() {
        for label in ["windows-1251", "KOI8-U"] {
            let bytes = encoded(RUSSIAN, label);
            let Err(ImportError::NotUtf8 { at: 0, line: 1, guess, mostly_utf8: false, .. }) =
                read_text(&bytes)
            else {
                panic!("{:?}", read_text(&bytes))
            };
            assert_eq!(guess, Some(label));
            let decoded = decode(&bytes, &label.to_ascii_lowercase()).unwrap();
            assert_eq!(decoded, Decoded { text: RUSSIAN.into(), encoding: label, bom: false });
        }
        let german =
            encoded("Über die Brücke fuhr niemand mehr, außer dem Müller.\n", "windows-1252");
        assert!(matches!(
            read_text(&german),
            Err(ImportError::NotUtf8 { at: 0, guess: Some("windows-1252"), .. })
        ));
    }

    #[test]
    fn errors_say_where_and_what_to_do() {
        let mut bytes = b"One.\nTwo.\n".to_vec();
        bytes.extend(encoded(RUSSIAN, "windows-1251"));
        assert_eq!(
            read_text(&bytes).unwrap_err().to_string(),
            "byte 10 (line 3) is not UTF-8: cc. It may be windows-1251: look, and then say --encoding windows-1251"
        );
        let mut damaged = RUSSIAN.as_bytes().to_vec();
        damaged[5] = 0xff;
        assert!(matches!(
            read_text(&damaged),
            Err(ImportError::NotUtf8 { at: 4, guess: None, mostly_utf8: true, .. })
        ));
        assert_eq!(
            read_text(b"a\nb\0c").unwrap_err(),
            ImportError::Nul { at: 3, line: 2, guess: None }
        );
        assert!(matches!(decode(b"x", "klingon"), Err(ImportError::UnknownEncoding(_))));
        assert!(matches!(decode(b"x", "replacement"), Err(ImportError::UnknownEncoding(_))));
    }

    #[test]
    fn utf16_and_utf32() {
        let plain = utf16le("The bridge was built in 1931.\nNobody crossed it.");
        assert!(matches!(
            read_text(&plain),
            Err(ImportError::Nul { at: 1, guess: Some("UTF-16LE"), .. })
        ));
        let marked = [b"\xff\xfe", &utf16le(RUSSIAN)[..]].concat();
        assert!(matches!(
            read_text(&marked),
            Err(ImportError::NotUtf8 { at: 0, guess: Some("UTF-16LE"), .. })
        ));
        assert_eq!(
            decode(&marked, "utf-16le").unwrap(),
            Decoded { text: RUSSIAN.into(), encoding: "UTF-16LE", bom: true }
        );
        let big: Vec<u8> = "The bridge.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(matches!(read_text(&big), Err(ImportError::Nul { guess: Some("UTF-16BE"), .. })));
        assert_eq!(decode(&big, "utf-16be").unwrap().text, "The bridge.");
        assert_eq!(read_text(b"\xff\xfe\0\0T\0\0\0"), Err(ImportError::Unsupported("UTF-32LE")));
        assert_eq!(read_text(b"\0\0\xfe\xff\0\0\0T"), Err(ImportError::Unsupported("UTF-32BE")));
    }

    #[test]
    fn what_is_not_of_the_named_encoding_is_refused() {
        assert_eq!(
            decode(b"one\ntwo \xff three", "utf-8"),
            Err(ImportError::NotInEncoding {
                encoding: "UTF-8",
                at: 8,
                line: 2,
                bytes: "ff".into()
            })
        );
        // A lone surrogate, and an odd byte at the end.
        assert!(matches!(
            decode(b"a\0\0\xd8b\0", "utf-16le"),
            Err(ImportError::NotInEncoding { at: 2, .. })
        ));
        assert!(matches!(
            decode(b"a\0b", "utf-16le"),
            Err(ImportError::NotInEncoding { at: 2, .. })
        ));
        assert!(matches!(
            decode(b"ab\x81", "shift_jis"),
            Err(ImportError::NotInEncoding { at: 2, .. })
        ));
        assert_eq!(
            decode(b"a\0\0\0", "utf-16le"),
            Err(ImportError::Nul { at: 1, line: 1, guess: None })
        );
    }

    proptest! {
        #[test]
        fn hostile_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), at in 0usize..8) {
            match read_text(&bytes) {
                Ok(read) => prop_assert_eq!(read.text.as_bytes(), &bytes[..]),
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
            let label = ["utf-8", "utf-16le", "utf-16be", "windows-1251", "shift_jis", "gb18030", "iso-2022-jp", "euc-kr"][at];
            if let Ok(decoded) = decode(&bytes, label) {
                prop_assert!(!decoded.text.contains('\0'));
            }
        }

        #[test]
        fn one_byte_encodings_come_back(text in "[а-яА-Я a-z\n]{1,80}") {
            prop_assert_eq!(decode(&encoded(&text, "windows-1251"), "cp1251").unwrap().text, text);
        }
    }
}
