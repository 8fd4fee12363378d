//! The fields of the form for replies, as typed.

use super::pairs::{Pairs, chosen, filled};
use super::trouble::{FieldTrouble, trouble_of};
use crate::desk::{
    self, Archive, CorrectionType, DeskError, EvidenceFile, Handed, HowKnown, ShowAnswer,
    SubmitDraft, WithNotes,
};
use crate::pages::foreign::clip;

/// Most characters of words that are filled in beforehand.
const PREFILLED: usize = 1200;

/// The form for replies, as it was filled in.
#[derive(Debug, Clone, Default)]
pub struct ReplyFields {
    /// The place.
    pub at: String,
    /// What the text says.
    pub quote: String,
    /// Something is missing after these words.
    pub gap: bool,
    /// What the person says.
    pub says: String,
    /// What should stand there.
    pub should_read: String,
    /// What sort of reply.
    pub sort: String,
    /// How the person knows: a closed word.
    pub how: String,
    /// The same in own words.
    pub grounds: String,
    /// Evidence that is not sent, one a line.
    pub promised: String,
    /// Name or pseudonym.
    pub name: String,
    /// It is not to be shown.
    pub hide_name: bool,
    /// Where to ask.
    pub contact: String,
    /// Language of the reply.
    pub language: String,
    /// The field that people do not see.
    pub website: String,
    /// When the form was shown, and to which browser, which keeps forms of other
    /// sites out: [`desk::Secret::form_token`].
    pub token: String,
    /// The name under which the reply rests: [`desk::stage`].
    pub kept: String,
    /// What the person chose after seeing what others said: `mine`, or `C-…`.
    pub choice: String,
    /// The person wants to change what rests, after seeing what others said.
    pub change: bool,
    /// Files that rest with it: name and bytes. Not a field; shown only.
    pub files: Vec<(String, usize)>,
}

impl ReplyFields {
    /// Reads the fields of a form that was sent.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let p = Pairs(pairs);
        Self {
            at: p.one("at"),
            quote: p.one("quote"),
            gap: p.ticked("gap"),
            says: p.one("says"),
            should_read: p.one("should_read"),
            sort: p.one("sort"),
            how: p.one("how"),
            grounds: p.one("grounds"),
            promised: p.one("promised"),
            name: p.one("name"),
            hide_name: p.ticked("hide_name"),
            contact: p.one("contact"),
            language: p.one("language"),
            website: p.one("website"),
            token: p.one("token"),
            kept: p.one("kept"),
            choice: p.one("choice"),
            change: p.ticked("change"),
            files: Vec::new(),
        }
    }

    /// An empty form for a place, with the words that stand there.
    ///
    /// # Errors
    /// When the address names nothing, or a text that cannot be shown.
    pub fn for_place(archive: &Archive, at: &str) -> Result<Self, DeskError> {
        let at = at.trim();
        if at.is_empty() {
            return Ok(Self::default());
        }
        let quote = match desk::show(archive, at, None, WithNotes::None)? {
            ShowAnswer::Text(text) if !text.whole => text.reading.trim().to_string(),
            _ => String::new(),
        };
        // Words that were cut would be found nowhere.
        let quote = if quote.chars().count() > PREFILLED { String::new() } else { quote };
        Ok(Self { at: at.to_string(), quote, ..Self::default() })
    }

    /// The form as it was before, from a reply that rests.
    pub fn of_draft(draft: &SubmitDraft, contact: Option<&str>) -> Self {
        let text = |o: &Option<String>| o.clone().unwrap_or_default();
        Self {
            at: text(&draft.at),
            quote: text(&draft.quote),
            gap: draft.gap,
            says: draft.says.clone(),
            should_read: text(&draft.replacement),
            sort: draft.r#type.map(|t| t.to_string()).unwrap_or_default(),
            how: draft.known.map(|k| k.to_string()).unwrap_or_default(),
            grounds: text(&draft.grounds),
            promised: draft.promised.join("\n"),
            name: text(&draft.name),
            hide_name: draft.hide_name,
            contact: contact.unwrap_or_default().to_string(),
            language: text(&draft.language),
            files: draft.evidence.iter().map(|e| (e.name.clone(), e.bytes.len())).collect(),
            ..Self::default()
        }
    }

    /// The reply. `kept` is what rests under [`Self::kept`]: its files come
    /// along, and after a choice it is the reply itself.
    ///
    /// # Errors
    /// Fields that cannot be read; a quotation and more are looked at later.
    pub fn handed(
        &self,
        files: Vec<EvidenceFile>,
        kept: Option<(SubmitDraft, Option<String>)>,
    ) -> Result<Handed, Vec<FieldTrouble>> {
        let (trap, token) = (self.website.clone(), self.token.clone());
        if let (Some(choice), Some((mut draft, contact))) = (filled(&self.choice), kept.clone()) {
            if choice != "mine" {
                // The place and the words are those of the reply that it supports.
                draft.at = Some(clip(&choice, 80));
                draft.quote = None;
                draft.bytes = None;
                draft.gap = false;
            }
            return Ok(Handed { draft, contact, trap, token, ..Handed::default() });
        }
        let mut troubles = Vec::new();
        let mut noted = |field, e: DeskError| {
            troubles.push(FieldTrouble { field, ..trouble_of(&e) });
        };
        let r#type = chosen::<CorrectionType, _>(&self.sort).unwrap_or_else(|e| {
            noted("sort", e);
            None
        });
        let known = chosen::<HowKnown, _>(&self.how).unwrap_or_else(|e| {
            noted("how", e);
            None
        });
        if !troubles.is_empty() {
            return Err(troubles);
        }
        let mut evidence = kept.map(|(draft, _)| draft.evidence).unwrap_or_default();
        evidence.extend(files);
        let draft = SubmitDraft {
            at: filled(&self.at),
            quote: filled(&self.quote),
            gap: self.gap,
            r#type,
            says: self.says.clone(),
            replacement: filled(&self.should_read),
            known,
            grounds: filled(&self.grounds),
            evidence,
            promised: self.promised.lines().filter_map(filled).collect(),
            name: filled(&self.name),
            hide_name: self.hide_name,
            language: filled(&self.language),
            ..SubmitDraft::default()
        };
        let contact = filled(&self.contact);
        Ok(Handed { draft, contact, trap, token, ..Handed::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect()
    }

    #[test]
    fn what_was_typed_becomes_a_draft() {
        let fields = ReplyFields::of(&pairs(&[
            ("at", "M@2:164"),
            ("quote", "at nine"),
            ("says", "It was ten."),
            ("should_read", ""),
            ("sort", "fact"),
            ("how", "took part"),
            ("promised", "a letter\r\n\r\na photograph"),
            ("hide_name", "yes"),
            ("website", "x"),
        ]));
        let handed = fields.handed(Vec::new(), None).unwrap();
        assert_eq!(handed.draft.promised, ["a letter", "a photograph"]);
        assert_eq!(handed.draft.known, Some(HowKnown::TookPart));
        assert_eq!((handed.draft.replacement, handed.draft.hide_name), (None, true));
        assert_eq!(handed.trap, "x");
    }

    #[test]
    fn an_unknown_word_is_told_at_its_field() {
        let fields = ReplyFields::of(&pairs(&[("how", "by <b>magic</b>"), ("sort", "?")]));
        let troubles = fields.handed(Vec::new(), None).unwrap_err();
        assert_eq!(troubles.iter().map(|t| t.field).collect::<Vec<_>>(), ["sort", "how"]);
    }

    #[test]
    fn after_a_choice_the_kept_reply_is_sent() {
        let kept = SubmitDraft {
            at: Some("M:1".into()),
            quote: Some("x".into()),
            says: "kept".into(),
            ..SubmitDraft::default()
        };
        let fields = ReplyFields::of(&pairs(&[("choice", "C-1a2b3c"), ("says", "other")]));
        let handed = fields.handed(Vec::new(), Some((kept.clone(), Some("z".into())))).unwrap();
        assert_eq!(handed.draft.says, "kept");
        assert_eq!((handed.draft.at.as_deref(), handed.draft.quote), (Some("C-1a2b3c"), None));
        assert_eq!(handed.contact.as_deref(), Some("z"));
        let fields = ReplyFields::of(&pairs(&[("choice", "mine")]));
        let handed = fields.handed(Vec::new(), Some((kept, None))).unwrap();
        assert_eq!(handed.draft.at.as_deref(), Some("M:1"));
    }
}
