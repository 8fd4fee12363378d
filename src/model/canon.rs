//! The one TOML spelling of everything that is hashed.
//!
//! A document is a list of lines `key = value`, each ended by LF, in the order
//! in which the kind declares its fields; absent optional fields have no line.
//! Values: basic strings, decimal integers of 64 bits, `true`/`false`, arrays
//! and inline tables. An array with fewer than two items stands on its line;
//! a longer one has each item on a line of its own, indented by two spaces and
//! ended by a comma. An inline table is `{ a = 1, b = "x" }`, an empty one
//! `{}`. In strings, `\b \t \n \f \r \" \\` are escaped so, and as `\uXXXX`
//! the other control characters and those that reorder or hide text on a
//! screen ([`HIDDEN`]; `\UXXXXXXXX` beyond U+FFFF); nothing else is. Floats and dates do not occur.
//!
//! Writing costs time in the size of the document. Reading parses with the
//! `toml` crate, writes again and compares: any other spelling is refused.

use std::fmt::Write as _;

use serde::Serialize;
use toml::{Table, Value};

/// Ranges of characters that are escaped besides the ASCII controls: C1
/// controls, soft hyphen, bidirectional controls, zero-width and line
/// separators, the byte order mark, tags. The list is part of the format; it does not follow Unicode.
pub const HIDDEN: [(char, char); 10] = [
    ('\u{7f}', '\u{9f}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{180e}', '\u{180e}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{fff9}', '\u{fffb}'),
    ('\u{e0000}', '\u{e007f}'),
];

/// Why bytes are not a document in the one spelling.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonError {
    /// The bytes are not UTF-8.
    #[error("not UTF-8 at byte {at}")]
    NotUtf8 {
        /// Offset of the first bad byte.
        at: usize,
    },
    /// The text is not TOML, or not what the kind declares.
    #[error("{0}")]
    Toml(String),
    /// A value that the spelling does not have.
    #[error("field {key}: {what} cannot be written")]
    Unwritable {
        /// The field.
        key: String,
        /// What stood there.
        what: &'static str,
    },
    /// Valid TOML in another spelling.
    #[error("line {line} is not in the one spelling: expected {expected:?}, found {found:?}")]
    OtherSpelling {
        /// Line, from 1.
        line: usize,
        /// The line as it has to be.
        expected: String,
        /// The line as it is.
        found: String,
    },
}

/// Writes a document whose first line is `kind = "…"`.
///
/// # Errors
/// When the value holds a float, a date or a map with a nested null.
pub fn encode<T: Serialize>(kind: &str, value: &T) -> Result<Vec<u8>, CanonError> {
    let table = Table::try_from(value).map_err(|e| CanonError::Toml(e.to_string()))?;
    let mut out = String::with_capacity(512);
    line(&mut out, "kind", &Value::String(kind.into()))?;
    for (k, v) in &table {
        line(&mut out, k, v)?;
    }
    Ok(out.into_bytes())
}

/// Parses any document: its kind, and the other fields as a table.
///
/// # Errors
/// When the bytes are not UTF-8, not TOML, or have no string `kind`.
pub fn parse(bytes: &[u8]) -> Result<(String, Table), CanonError> {
    let text =
        std::str::from_utf8(bytes).map_err(|e| CanonError::NotUtf8 { at: e.valid_up_to() })?;
    let mut table: Table =
        text.parse().map_err(|e: toml::de::Error| CanonError::Toml(e.to_string()))?;
    match table.remove("kind") {
        Some(Value::String(kind)) => Ok((kind, table)),
        _ => Err(CanonError::Toml("no string `kind`".into())),
    }
}

/// Refuses `found` unless it is `expected` to the byte.
///
/// # Errors
/// [`CanonError::OtherSpelling`] with the first line that differs.
pub fn same_spelling(expected: &[u8], found: &[u8]) -> Result<(), CanonError> {
    if expected == found {
        return Ok(());
    }
    let (e, f) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let (mut e, mut f) = (e.split('\n'), f.split('\n'));
    let cut = |s: Option<&str>| s.unwrap_or("(end)").chars().take(60).collect::<String>();
    for n in 1.. {
        let (a, b) = (e.next(), f.next());
        if a != b || a.is_none() {
            return Err(CanonError::OtherSpelling { line: n, expected: cut(a), found: cut(b) });
        }
    }
    Ok(())
}

fn line(out: &mut String, key: &str, v: &Value) -> Result<(), CanonError> {
    out.push_str(key);
    out.push_str(" = ");
    match v {
        Value::Array(items) if items.len() > 1 => {
            out.push_str("[\n");
            for item in items {
                out.push_str("  ");
                value(out, key, item)?;
                out.push_str(",\n");
            }
            out.push(']');
        }
        _ => value(out, key, v)?,
    }
    out.push('\n');
    Ok(())
}

fn value(out: &mut String, key: &str, v: &Value) -> Result<(), CanonError> {
    match v {
        Value::String(s) => string(out, s),
        Value::Integer(i) => write!(out, "{i}").expect("a String takes all"),
        Value::Boolean(b) => write!(out, "{b}").expect("a String takes all"),
        Value::Array(items) => {
            out.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    out.push_str(", ");
                }
                value(out, key, item)?;
            }
            out.push(']');
        }
        Value::Table(t) if t.is_empty() => out.push_str("{}"),
        Value::Table(t) => {
            out.push_str("{ ");
            for (n, (k, v)) in t.iter().enumerate() {
                if n > 0 {
                    out.push_str(", ");
                }
                out.push_str(k);
                out.push_str(" = ");
                value(out, k, v)?;
            }
            out.push_str(" }");
        }
        Value::Float(_) => return Err(CanonError::Unwritable { key: key.into(), what: "a float" }),
        Value::Datetime(_) => {
            return Err(CanonError::Unwritable { key: key.into(), what: "a date-time" });
        }
    }
    Ok(())
}

fn string(out: &mut String, s: &str) {
    out.push('"');
    for c in s.chars() {
        match c {
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' || HIDDEN.iter().any(|(a, b)| (*a..=*b).contains(&c)) => {
                let code = c as u32;
                let written = if code > 0xffff {
                    write!(out, "\\U{code:08X}")
                } else {
                    write!(out, "\\u{code:04X}")
                };
                written.expect("a String takes all");
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Sample {
        text: String,
        number: i64,
        none: Option<String>,
        one: Vec<i64>,
        many: Vec<String>,
        inner: Vec<Inner>,
    }

    #[derive(Serialize)]
    struct Inner {
        a: bool,
        b: Option<i64>,
    }

    fn sample() -> Sample {
        Sample {
            text: "a\n\"b\"\u{202e}\u{e9}\\".into(),
            number: -3,
            none: None,
            one: vec![1],
            many: vec!["x".into(), String::new()],
            inner: vec![Inner { a: true, b: None }, Inner { a: false, b: Some(2) }],
        }
    }

    #[test]
    fn spelling_is_frozen() {
        let bytes = encode("sample/1", &sample()).unwrap();
        let expected = "kind = \"sample/1\"\ntext = \"a\\n\\\"b\\\"\\u202E\u{e9}\\\\\"\nnumber = -3\none = [1]\nmany = [\n  \"x\",\n  \"\",\n]\ninner = [\n  { a = true },\n  { a = false, b = 2 },\n]\n";
        assert_eq!(String::from_utf8(bytes.clone()).unwrap(), expected);
        let (kind, table) = parse(&bytes).unwrap();
        assert_eq!(kind, "sample/1");
        assert_eq!(table["text"].as_str().unwrap(), sample().text);
    }

    #[test]
    fn another_spelling_names_the_line() {
        let bytes = encode("sample/1", &sample()).unwrap();
        let other =
            String::from_utf8(bytes.clone()).unwrap().replace("number = -3", "number = -0x3");
        let e = same_spelling(&bytes, other.as_bytes()).unwrap_err();
        assert!(matches!(e, CanonError::OtherSpelling { line: 3, .. }), "{e}");
    }
}
