//! How things are named in PROV: what is known by its bytes by their digest
//! (RFC 6920, `nih:sha-256;…`), the rest under the origin of the archive's log.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use super::document::{Attributes, Document, Sort};
use crate::audit::question::QuestionAudit;

/// Namespace of the words of this vocabulary, prefix `var`. The domain is
/// reserved and never resolves (RFC 2606): it names and promises no page.
pub const NAMESPACE: &str = "https://variorum.invalid/ns/prov/1#";

/// An empty document of the archive whose log has this origin.
pub(super) fn document(origin: &str) -> Document {
    Document::new(vec![
        ("prov", "http://www.w3.org/ns/prov#".to_string()),
        ("xsd", "http://www.w3.org/2001/XMLSchema#".to_string()),
        ("var", NAMESPACE.to_string()),
        ("nih", "nih:sha-256;".to_string()),
        ("arc", format!("https://{origin}/")),
    ])
}

/// Bytes that are known by their SHA-256: a record, a passage.
pub(super) fn bytes(sha256: &impl Display) -> String {
    format!("nih:{sha256}")
}

/// Something that the archive calls so: `question/…`, `M@1`.
pub(super) fn called(address: &str) -> String {
    format!("arc:{}", local(address))
}

/// A part of something that the archive calls so.
pub(super) fn piece(address: &str, of: &str) -> String {
    format!("arc:{}/{}", local(address), local(of))
}

/// A local name that every reader of qualified names takes: what PROV-N lets
/// stand unescaped stays, the rest is percent-encoded.
fn local(name: &str) -> String {
    let mut out = String::new();
    for (n, byte) in name.bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' => out.push(byte as char),
            b'-' | b'/' | b'@' | b'~' if n > 0 => out.push(byte as char),
            b'.' if n > 0 && n + 1 < name.len() => out.push('.'),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The agents of an audit. A teller is known by the id of a record; of others
/// it gives the name alone, and that is a teller's where only one has it.
pub(super) struct People<'a>(BTreeMap<&'a str, BTreeSet<String>>);

impl<'a> People<'a> {
    /// All tellers of these audits.
    pub(super) fn of(audits: &[&'a QuestionAudit]) -> Self {
        let mut known: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for c in audits.iter().flat_map(|a| &a.claims) {
            known.entry(&c.teller).or_default().insert(c.teller_id.to_string());
        }
        Self(known)
    }

    /// Puts a teller; returns the name in the document.
    pub(super) fn teller(&self, doc: &mut Document, id: &impl Display, who: &str) -> String {
        let name = format!("arc:agent/{id}");
        doc.thing(Sort::Agent, &name, Attributes::default().text("prov:label", who));
        name
    }

    /// Puts an agent who is known by name; returns the name in the document.
    pub(super) fn named(&self, doc: &mut Document, who: &str) -> String {
        if let Some(ids) = self.0.get(who)
            && let (1, Some(id)) = (ids.len(), ids.first())
        {
            return self.teller(doc, id, who);
        }
        let name = piece("agent-named", who);
        doc.thing(Sort::Agent, &name, Attributes::default().text("prov:label", who));
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_nothing_that_a_reader_would_split() {
        assert_eq!(called("question/lamp-lit"), "arc:question/lamp-lit");
        assert_eq!(called("M@1:4-5"), "arc:M@1%3A4-5");
        assert_eq!(called("a b\"<é."), "arc:a%20b%22%3C%C3%A9%2E");
        assert_eq!(called(".x"), "arc:%2Ex");
    }
}
