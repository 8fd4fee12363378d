//! A reply as a form hands it in, and what it may not exceed.

use super::super::submit::SubmitDraft;
use super::super::{DeskError, EvidenceFile};
use super::clipped::clipped;
use super::contact;
use super::evidence::plain_name;
use crate::digest::Digest;

/// Most bytes of all words of a reply together.
pub const WORDS_LIMIT: usize = 64 * 1024;
/// Most bytes of all evidence sent with a form.
pub const HANDED_LIMIT: usize = 64 * 1024 * 1024;
/// Most files of evidence sent with a form.
pub const EVIDENCE_FILES: usize = 20;

/// A reply from a form, with what is known of how it came.
#[derive(Debug, Clone, Default)]
pub struct Handed {
    /// The reply.
    pub draft: SubmitDraft,
    /// Where the person can be asked; never published.
    pub contact: Option<String>,
    /// What stands in the field that people do not see.
    pub trap: String,
    /// The hidden field with the time, [`super::Secret::form_token`].
    pub token: String,
    /// What the browser sent back of [`super::Secret::browser`]; empty when nothing.
    pub browser: String,
    /// The sender's address as [`super::Secret::address`] names it today.
    pub address: Option<Digest>,
}

impl Handed {
    /// The same without needless spaces and empty fields, and with names of
    /// files that are names only; refused when there is too much of it.
    ///
    /// # Errors
    /// Usage, with what is too long and how long it may be.
    pub(super) fn checked(mut self) -> Result<Self, DeskError> {
        let draft = &mut self.draft;
        for field in [
            &mut draft.at,
            &mut draft.quote,
            &mut draft.replacement,
            &mut draft.grounds,
            &mut draft.name,
            &mut draft.language,
            &mut self.contact,
        ] {
            *field = field.take().map(|f| lines(&f)).filter(|f| !f.is_empty());
        }
        draft.says = lines(&draft.says);
        draft.promised = draft.promised.iter().map(|p| lines(p)).collect();
        draft.promised.retain(|p| !p.is_empty());
        draft.key = None;
        for file in &mut draft.evidence {
            file.name = plain_name(&file.name);
        }
        // An input for files that was left alone sends one without a name.
        draft.evidence.retain(|f| !f.bytes.is_empty());
        too_long("the words of a reply", draft_words(draft), WORDS_LIMIT)?;
        let bytes = draft.evidence.iter().map(|f: &EvidenceFile| f.bytes.len()).sum();
        too_long("the files of a reply", bytes, HANDED_LIMIT)?;
        if draft.evidence.len() + draft.promised.len() > EVIDENCE_FILES {
            let n = draft.evidence.len() + draft.promised.len();
            return Err(DeskError::usage(
                "evidence-too-many",
                format!("{n} pieces of evidence: a form takes at most {EVIDENCE_FILES}"),
            )
            .hint("put several into one file, or send them with a second reply"));
        }
        if let Some(language) = &draft.language
            && !(language.len() <= 35
                && language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        {
            return Err(DeskError::usage(
                "language",
                format!("{:?} is no tag of a language", clipped(language)),
            )
            .hint("give one like en, ru, pt-BR"));
        }
        if let Some(contact) = &self.contact {
            contact::check(contact)?;
        }
        Ok(self)
    }
}

/// Line ends as `\n`, no space at either end; forms send `\r\n`.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "").trim().to_string()
}

fn draft_words(draft: &SubmitDraft) -> usize {
    let parts = [&draft.at, &draft.quote, &draft.replacement, &draft.grounds, &draft.name];
    parts.into_iter().flatten().chain(&draft.promised).map(String::len).sum::<usize>()
        + draft.says.len()
        + draft.evidence.iter().map(|f| f.name.len()).sum::<usize>()
}

fn too_long(what: &str, bytes: usize, most: usize) -> Result<(), DeskError> {
    if bytes <= most {
        return Ok(());
    }
    let kib = |n: usize| n.div_ceil(1024);
    Err(DeskError::usage(
        "too-long",
        format!("{what} take {} KiB; a form takes at most {} KiB", kib(bytes), kib(most)),
    )
    .hint("send the most important part, and say where the rest is kept"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_sends_is_made_plain() {
        let handed = Handed {
            draft: SubmitDraft {
                says: " one\r\ntwo\0 ".into(),
                name: Some("  ".into()),
                promised: vec![" a letter ".into(), String::new()],
                evidence: vec![
                    EvidenceFile { name: String::new(), bytes: Vec::new() },
                    EvidenceFile { name: "C:\\x\\..\\scan\u{202e}.pdf".into(), bytes: vec![1] },
                ],
                ..SubmitDraft::default()
            },
            ..Handed::default()
        };
        let draft = handed.checked().unwrap().draft;
        assert_eq!(draft.says, "one\ntwo");
        assert_eq!((draft.name, draft.promised), (None, vec!["a letter".to_string()]));
        assert_eq!(draft.evidence.len(), 1);
        assert_eq!(draft.evidence[0].name, "scan.pdf");
    }

    #[test]
    fn too_much_is_refused_with_a_number() {
        let draft = SubmitDraft { says: "x".repeat(WORDS_LIMIT + 1), ..SubmitDraft::default() };
        let e = Handed { draft, ..Handed::default() }.checked().unwrap_err();
        assert!(e.message.contains("64 KiB"), "{e}");
        let draft = SubmitDraft { promised: vec!["x".into(); 21], ..SubmitDraft::default() };
        assert!(Handed { draft, ..Handed::default() }.checked().is_err());
        let draft = SubmitDraft { language: Some("\"><b".into()), ..SubmitDraft::default() };
        assert_eq!(Handed { draft, ..Handed::default() }.checked().unwrap_err().code, "language");
    }
}
