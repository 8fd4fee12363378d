//! The fields of the forms on the desk, as typed.

use super::pairs::{Pairs, chosen, filled};
use crate::desk::{DecideDraft, DeskError, Nature, RelationToReplier, RelationToText, Verdict};

/// The form in which a group of replies is answered.
#[derive(Debug, Clone, Default)]
pub struct DecideFields {
    /// The guard against forms of other sites.
    pub csrf: String,
    /// The reply.
    pub correction: String,
    /// The answer: a closed word.
    pub verdict: String,
    /// Why.
    pub reason: String,
    /// The words to put there.
    pub text: String,
    /// The reply that says the same.
    pub same_as: String,
    /// Whose words the new revision holds.
    pub nature: String,
    /// The decider's relation to the text.
    pub to_text: String,
    /// The decider's relation to the replier.
    pub to_replier: String,
    /// Further replies of the group that get "same as".
    pub also: Vec<String>,
    /// The group that comes next.
    pub next: String,
    /// The last answer that the page showed with the reply; empty when none.
    pub seen: String,
}

impl DecideFields {
    /// Reads the fields of a form that was sent.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let p = Pairs(pairs);
        Self {
            csrf: p.one("csrf"),
            correction: p.one("correction"),
            verdict: p.one("verdict"),
            reason: p.one("reason"),
            text: p.one("text"),
            same_as: p.one("same_as"),
            nature: p.one("nature"),
            to_text: p.one("to_text"),
            to_replier: p.one("to_replier"),
            also: p.all("also"),
            next: p.one("next"),
            seen: p.one("seen"),
        }
    }

    /// The decision.
    ///
    /// # Errors
    /// When no answer was chosen, or a word is unknown.
    pub fn draft(&self) -> Result<DecideDraft, DeskError> {
        let verdict = chosen::<Verdict, _>(&self.verdict)?.ok_or_else(|| {
            DeskError::usage("no-verdict", format!("no answer to {} was chosen", self.correction))
        })?;
        let adopts = matches!(verdict, Verdict::Adopt | Verdict::AdoptInPart);
        Ok(DecideDraft {
            correction: self.correction.trim().to_string(),
            verdict,
            reason: self.reason.trim().to_string(),
            // What was typed for another answer does not count.
            text: filled(&self.text).filter(|_| adopts),
            same_as: filled(&self.same_as).filter(|_| verdict == Verdict::SameAs),
            nature: chosen::<Nature, _>(&self.nature)?.filter(|_| adopts),
            to_text: chosen::<RelationToText, _>(&self.to_text)?,
            to_replier: chosen::<RelationToReplier, _>(&self.to_replier)?,
            key: None,
            dry_run: false,
        })
    }

    /// Where the desk goes on: a path with the next group's place, or the desk.
    pub fn next_place(&self) -> String {
        match is_correction(&self.next) {
            true => format!("/desk#group-{}", self.next),
            false => "/desk#waiting".to_string(),
        }
    }
}

fn is_correction(name: &str) -> bool {
    name.strip_prefix("C-").is_some_and(|hex| {
        (6..=64).contains(&hex.len()) && hex.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

/// The form in which an answer is taken back.
#[derive(Debug, Clone, Default)]
pub struct UndoFields {
    /// The guard against forms of other sites.
    pub csrf: String,
    /// The answer.
    pub decision: String,
    /// Why it is taken back.
    pub reason: String,
}

impl UndoFields {
    /// Reads the fields of a form that was sent.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let p = Pairs(pairs);
        Self { csrf: p.one("csrf"), decision: p.one("decision"), reason: p.one("reason") }
    }
}

/// The forms in which a held reply is released or discarded.
#[derive(Debug, Clone, Default)]
pub struct HeldFields {
    /// The guard against forms of other sites.
    pub csrf: String,
    /// The held reply, `H-…`.
    pub held: String,
}

impl HeldFields {
    /// Reads the fields of a form that was sent.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let p = Pairs(pairs);
        Self { csrf: p.one("csrf"), held: p.one("held") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_read_and_what_belongs_to_another_is_not() {
        let mut fields = DecideFields {
            correction: "C-1a2b3c".into(),
            verdict: "decline".into(),
            reason: " no ".into(),
            text: "left over".into(),
            same_as: "C-000000".into(),
            nature: "editorial".into(),
            ..DecideFields::default()
        };
        let draft = fields.draft().unwrap();
        assert_eq!((draft.text, draft.same_as, draft.nature), (None, None, None));
        assert_eq!(draft.reason, "no");
        fields.verdict = String::new();
        assert_eq!(fields.draft().unwrap_err().code, "no-verdict");
    }

    #[test]
    fn the_next_place_is_on_the_desk() {
        let to = |next: &str| DecideFields { next: next.into(), ..Default::default() }.next_place();
        assert_eq!(to("C-1a2b3c"), "/desk#group-C-1a2b3c");
        for odd in ["", "//evil.example", "C-1a2b3c\r\nX: y", "C-\"><script>"] {
            assert_eq!(to(odd), "/desk#waiting", "{odd}");
        }
    }
}
