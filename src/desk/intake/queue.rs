//! A reply in one private file: a line with the length of its head, the head in
//! JSON, then the bytes of its evidence one after another. The head can be read
//! without the evidence.

use serde::{Deserialize, Serialize};

use crate::dates::Timestamp;
use crate::model::{CorrectionType, HowKnown};
use crate::store::PrivateFile;

use super::super::archive::Archive;
use super::super::submit::SubmitDraft;
use super::super::{Context, DeskError, EvidenceFile};
use super::handed::{HANDED_LIMIT, WORDS_LIMIT};
use super::signs::Sign;

/// How the file begins.
const MAGIC: &str = "variorum-reply/1";
/// Most bytes of the first line and the head: words take up to six bytes each
/// in JSON.
const HEAD_LIMIT: usize = 8 * WORDS_LIMIT;

/// A folder of such files, and how much it takes.
pub(super) struct Queue {
    pub folder: &'static str,
    /// Most files.
    pub most: usize,
    /// Most bytes of all.
    pub bytes: u64,
}

/// Replies that wait for an editor's look.
pub(super) const HELD: Queue = Queue { folder: "held", most: 2000, bytes: 2 << 30 };
/// Replies between two pages of the form.
pub(super) const STAGED: Queue = Queue { folder: "staged", most: 500, bytes: 1 << 30 };

/// What a file holds besides the bytes of evidence.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Head {
    pub handed: Option<Timestamp>,
    pub signs: Vec<Sign>,
    pub contact: Option<String>,
    at: Option<String>,
    quote: Option<String>,
    bytes: Option<(usize, usize)>,
    gap: bool,
    r#type: Option<CorrectionType>,
    pub says: String,
    pub replacement: Option<String>,
    known: Option<HowKnown>,
    grounds: Option<String>,
    promised: Vec<String>,
    pub name: Option<String>,
    hide_name: bool,
    language: Option<String>,
    pub evidence: Vec<(String, usize)>,
}

impl Head {
    pub fn of(draft: &SubmitDraft, contact: Option<&str>, signs: &[Sign], now: Timestamp) -> Self {
        let d = draft.clone();
        Self {
            handed: Some(now),
            signs: signs.to_vec(),
            contact: contact.map(ToString::to_string),
            at: d.at,
            quote: d.quote,
            bytes: d.bytes.map(|b| (b.start, b.end)),
            gap: d.gap,
            r#type: d.r#type,
            says: d.says,
            replacement: d.replacement,
            known: d.known,
            grounds: d.grounds,
            promised: d.promised,
            name: d.name,
            hide_name: d.hide_name,
            language: d.language,
            evidence: d.evidence.iter().map(|e| (e.name.clone(), e.bytes.len())).collect(),
        }
    }

    /// The reply; with its evidence where the bytes are given.
    pub fn draft(&self, bodies: Vec<Vec<u8>>) -> SubmitDraft {
        let names = self.evidence.iter().map(|(name, _)| name.clone());
        let h = self.clone();
        SubmitDraft {
            at: h.at,
            quote: h.quote,
            bytes: h.bytes.map(|(a, b)| a..b),
            gap: h.gap,
            r#type: h.r#type,
            says: h.says,
            replacement: h.replacement,
            known: h.known,
            grounds: h.grounds,
            evidence: names.zip(bodies).map(|(name, bytes)| EvidenceFile { name, bytes }).collect(),
            promised: h.promised,
            name: h.name,
            hide_name: h.hide_name,
            language: h.language,
            key: None,
            dry_run: false,
        }
    }
}

impl Queue {
    /// Keeps a reply; the name of its file, which nobody can guess.
    ///
    /// # Errors
    /// Refused when the folder is full; when it cannot be written.
    pub fn keep(
        &self,
        archive: &Archive,
        head: &Head,
        evidence: &[EvidenceFile],
        context: &Context,
    ) -> Result<String, DeskError> {
        let json = serde_json::to_string(head)
            .map_err(|e| DeskError::io("held", format!("the reply cannot be written: {e}")))?;
        let mut bytes = format!("{MAGIC} {}\n{json}\n", json.len()).into_bytes();
        for file in evidence {
            bytes.extend_from_slice(&file.bytes);
        }
        let there = archive.store.private_files(self.folder)?;
        let held: u64 = there.iter().map(|f| f.bytes).sum();
        if there.len() >= self.most || held + bytes.len() as u64 > self.bytes {
            return Err(DeskError::refused(
                "intake-full",
                format!("{} replies wait already: nothing was kept of this one", there.len()),
            )
            .hint("keep your words, and try again tomorrow"));
        }
        let name = crate::digest::Digest::from_bytes(context.draw()).short(32);
        archive.store.set_private(&format!("{}/{name}", self.folder), &bytes)?;
        Ok(name)
    }

    /// The files, by name.
    pub fn files(&self, archive: &Archive) -> Result<Vec<PrivateFile>, DeskError> {
        let mut files = archive.store.private_files(self.folder)?;
        files.retain(|f| is_name(&f.name));
        Ok(files)
    }

    /// The head of a file; none where there is no such file.
    pub fn head(&self, archive: &Archive, name: &str) -> Result<Option<Head>, DeskError> {
        if !is_name(name) {
            return Ok(None);
        }
        let path = format!("{}/{name}", self.folder);
        let Some(start) = archive.store.private_start(&path, HEAD_LIMIT as u64)? else {
            return Ok(None);
        };
        split(&start).map(|(head, _)| Some(head)).ok_or_else(|| damaged(&path))
    }

    /// A whole file: head and evidence.
    pub fn whole(
        &self,
        archive: &Archive,
        name: &str,
    ) -> Result<Option<(Head, SubmitDraft)>, DeskError> {
        if !is_name(name) {
            return Ok(None);
        }
        let path = format!("{}/{name}", self.folder);
        let most = (HEAD_LIMIT + HANDED_LIMIT) as u64;
        let Some(bytes) = archive.store.private_start(&path, most)? else { return Ok(None) };
        let (head, mut rest) = split(&bytes).ok_or_else(|| damaged(&path))?;
        let mut bodies = Vec::new();
        for (_, length) in &head.evidence {
            let (body, after) = rest.split_at_checked(*length).ok_or_else(|| damaged(&path))?;
            bodies.push(body.to_vec());
            rest = after;
        }
        if !rest.is_empty() {
            return Err(damaged(&path));
        }
        let draft = head.draft(bodies);
        Ok(Some((head, draft)))
    }

    /// Takes a file away; whether it was there.
    pub fn drop(&self, archive: &Archive, name: &str) -> Result<bool, DeskError> {
        Ok(is_name(name) && archive.store.drop_private(&format!("{}/{name}", self.folder))?)
    }
}

fn split(bytes: &[u8]) -> Option<(Head, &[u8])> {
    let end = bytes.iter().take(64).position(|b| *b == b'\n')?;
    let first = std::str::from_utf8(&bytes[..end]).ok()?;
    let length: usize = first.strip_prefix(MAGIC)?.trim_start().parse().ok()?;
    let (json, rest) = bytes[end + 1..].split_at_checked(length)?;
    let head = serde_json::from_slice(json).ok()?;
    Some((head, rest.strip_prefix(b"\n")?))
}

/// 32 hexadecimal digits.
fn is_name(name: &str) -> bool {
    name.len() == 32 && name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn damaged(path: &str) -> DeskError {
    DeskError::integrity("held-damaged", format!("{path} in the private folder is damaged")).hint(
        "look at it with a text editor; what can be read of it can be sent with variorum submit",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_names_are_names() {
        assert!(is_name("0123456789abcdef0123456789abcdef"));
        for odd in ["", "..", "../../x", "0123456789ABCDEF0123456789ABCDEF", "x"] {
            assert!(!is_name(odd), "{odd}");
        }
    }

    #[test]
    fn a_cut_file_is_damaged_not_guessed_at() {
        let draft = SubmitDraft {
            says: "“quoted”\nand more".into(),
            bytes: Some(3..9),
            evidence: vec![EvidenceFile { name: "a".into(), bytes: vec![0, 10, 255] }],
            ..SubmitDraft::default()
        };
        let head =
            Head::of(&draft, Some("z@example.org"), &[], "2026-03-01T10:00:00Z".parse().unwrap());
        let json = serde_json::to_string(&head).unwrap();
        let mut bytes = format!("{MAGIC} {}\n{json}\n", json.len()).into_bytes();
        bytes.extend([0, 10, 255]);
        let (read, rest) = split(&bytes).unwrap();
        assert_eq!(rest, [0, 10, 255]);
        let again = read.draft(vec![rest.to_vec()]);
        assert_eq!((again.says, again.bytes), (draft.says, draft.bytes));
        assert!(split(&bytes[..json.len()]).is_none() && split(b"").is_none());
        assert!(split(b"variorum-reply/1 18446744073709551615\n{}").is_none());
    }
}
