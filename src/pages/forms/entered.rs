//! The fields of the forms for questions and claims, as typed.

use super::pairs::{Pairs, chosen, filled};
use crate::desk::{
    self, Archive, At, ClaimItem, DeskError, Entry, Facet, HowKnown, QuestionItem, Stance,
    ValueItem, Voice, WhenItem,
};
use crate::pages::room::Route;
use crate::pages::room::passage::escaped;

/// Most characters of words that are carried along in an address.
const CARRIED: usize = 1200;

/// The form for a question.
#[derive(Debug, Clone, Default)]
pub struct QuestionFields {
    /// The guard against forms of other sites.
    pub csrf: String,
    /// Short name; made from the wording when empty.
    pub id: String,
    /// The question in words.
    pub wording: String,
    /// What it asks for.
    pub facet: String,
    /// About which event.
    pub event: String,
    /// The place whose words raise it; one goes on there.
    pub at: String,
    /// Those words.
    pub quote: String,
}

impl QuestionFields {
    /// Reads the fields of a form that was sent.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let p = Pairs(pairs);
        Self {
            csrf: p.one("csrf"),
            id: p.one("id"),
            wording: p.one("wording"),
            facet: p.one("facet"),
            event: p.one("event"),
            at: p.one("at"),
            quote: p.one("quote"),
        }
    }

    /// Where one goes on when it is recorded under that name: to the form for what
    /// the words say to it, or to its page.
    pub fn next_place(&self, name: &str) -> String {
        let Some(at) = filled(&self.at) else { return question_place(name) };
        let (name, at) = (escaped(name), escaped(&at));
        let quote = filled(&self.quote).filter(|q| q.chars().count() <= CARRIED);
        let quote = quote.map(|q| format!("&quote={}", escaped(&q))).unwrap_or_default();
        format!("/desk/claim?question={name}&at={at}{quote}")
    }

    /// What is to be recorded.
    ///
    /// # Errors
    /// When wording or facet are missing, or a word is unknown.
    pub fn entry(&self) -> Result<Entry, DeskError> {
        let wording = needed(&self.wording, "wording", "the question in words")?;
        let facet = chosen::<Facet, _>(&self.facet)?
            .ok_or_else(|| missing("facet", "what the question asks for"))?;
        Ok(Entry::Question(QuestionItem {
            id: short_name(&self.id, &wording)?,
            event: filled(&self.event).map(|e| bare(&e, "event")),
            about: Vec::new(),
            facet,
            wording,
            asked_by: None,
            note: None,
        }))
    }
}

/// The form for a claim.
#[derive(Debug, Clone, Default)]
pub struct ClaimFields {
    /// The guard against forms of other sites.
    pub csrf: String,
    /// Short name; made from question and place when empty.
    pub id: String,
    /// To which question.
    pub question: String,
    /// The place, by lines.
    pub at: String,
    /// The words that say it; they narrow the place down.
    pub quote: String,
    /// How the text stands to the value.
    pub stance: String,
    /// What sort of value: text, date, number, place, yes, no, none.
    pub sort: String,
    /// The value.
    pub value: String,
    /// Who tells it.
    pub teller: String,
    /// In whose voice.
    pub voice: String,
    /// By whom reported.
    pub reported_by: String,
    /// How the teller knows.
    pub how: String,
    /// When it was told.
    pub told: String,
    /// A note.
    pub note: String,
    /// The words at the place, to select from. Not a field; shown only.
    pub passage: String,
}

impl ClaimFields {
    /// Reads the fields of a form that was sent, or of an address that leads to
    /// an empty one.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let p = Pairs(pairs);
        Self {
            csrf: p.one("csrf"),
            id: p.one("id"),
            question: p.one("question"),
            at: p.one("at"),
            quote: p.one("quote"),
            stance: p.one("stance"),
            sort: p.one("sort"),
            value: p.one("value"),
            teller: p.one("teller"),
            voice: p.one("voice"),
            reported_by: p.one("reported_by"),
            how: p.one("how"),
            told: p.one("told"),
            note: p.one("note"),
            passage: String::new(),
        }
    }

    /// The same with the words that stand at the place, and what is wrong with it.
    /// The place stays as wide as it is, so that other words can be selected there.
    pub fn shown(mut self, archive: &Archive) -> (Self, Option<DeskError>) {
        let at = self.at.trim();
        if at.is_empty() {
            return (self, None);
        }
        match desk::show(archive, at, None, desk::WithNotes::None) {
            Ok(desk::ShowAnswer::Text(text)) if !text.whole => self.passage = text.reading,
            Ok(_) => {}
            Err(e) => return (self, Some(e)),
        }
        let wrong = desk::claim_place(archive, self.at.trim(), &self.quote).err();
        (self, wrong)
    }

    /// The same with the place narrowed down to the words that were selected.
    ///
    /// # Errors
    /// When the place names no text, or the words do not stand there once.
    pub fn placed(mut self, archive: &Archive) -> Result<Self, DeskError> {
        if !self.at.trim().is_empty() {
            self.at = desk::claim_place(archive, self.at.trim(), &self.quote)?;
        }
        Ok(self)
    }

    /// Where one goes on when it is recorded: the page of its question.
    pub fn next_place(&self) -> String {
        question_place(self.question.trim())
    }

    /// What is to be recorded; call [`Self::placed`] first.
    ///
    /// # Errors
    /// When something required is missing, or a word, number or date is none.
    pub fn entry(&self) -> Result<Entry, DeskError> {
        let question = bare(&needed(&self.question, "question", "the question")?, "question");
        let at = needed(&self.at, "at", "the place")?;
        let stance = chosen::<Stance, _>(&self.stance)?
            .ok_or_else(|| missing("stance", "how the text stands to the value"))?;
        let made = format!("{question} {at}");
        Ok(Entry::Claim(ClaimItem {
            id: short_name(&self.id, &made)?,
            question,
            at: At(vec![at]),
            stance,
            value: self.valued()?,
            values: Vec::new(),
            modality: None,
            teller: needed(&self.teller, "teller", "who tells it")?,
            voice: chosen::<Voice, _>(&self.voice)?.unwrap_or(Voice::Direct),
            reported_by: filled(&self.reported_by),
            told: filled(&self.told).map(|t| WhenItem::typed(&t)),
            known: chosen::<HowKnown, _>(&self.how)?.unwrap_or(HowKnown::NotSaid),
            evidence: Vec::new(),
            chain: Vec::new(),
            contested: None,
            note: filled(&self.note),
        }))
    }

    fn valued(&self) -> Result<Option<ValueItem>, DeskError> {
        let empty = ValueItem::default();
        let value = || needed(&self.value, "value", "the value");
        Ok(Some(match self.sort.trim() {
            "" | "none" => return Ok(None),
            "yes" => ValueItem { yes: Some(true), ..empty },
            "no" => ValueItem { yes: Some(false), ..empty },
            "date" => ValueItem { date: Some(WhenItem::typed(&value()?)), ..empty },
            "place" => ValueItem { place: Some(value()?), ..empty },
            "text" => ValueItem { text: Some(value()?), ..empty },
            "number" => {
                let number = value()?;
                let number = number.parse().map_err(|_| {
                    DeskError::usage("value", format!("{number:?} is no whole number"))
                })?;
                ValueItem { number: Some(number), ..empty }
            }
            other => {
                return Err(DeskError::usage("value", format!("{other:?} is no sort of value")));
            }
        }))
    }
}

/// The page of a question.
fn question_place(name: &str) -> String {
    format!("/{}", Route::Question(bare(name, "question")).path())
}

fn needed(value: &str, code: &'static str, what: &str) -> Result<String, DeskError> {
    filled(value).ok_or_else(|| missing(code, what))
}

fn missing(code: &'static str, what: &str) -> DeskError {
    DeskError::usage(code, format!("this is missing: {what}"))
}

/// The name without its kind: `question/x` and `x` are one.
fn bare(written: &str, kind: &str) -> String {
    let rest = written.strip_prefix(kind).and_then(|s| s.strip_prefix('/'));
    rest.unwrap_or(written).to_string()
}

/// The short name that was typed, or one made of words: their first ASCII
/// letters and digits in lower case, set apart by hyphens.
fn short_name(typed: &str, words: &str) -> Result<String, DeskError> {
    /// Longer names are no names.
    const LENGTH: usize = 48;
    if let Some(typed) = filled(typed) {
        let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        return match typed.bytes().all(good) {
            true => Ok(typed),
            false => Err(DeskError::usage("id", format!("{typed:?} is no short name"))
                .hint("lower-case letters, digits and hyphens: ferry-hour")),
        };
    }
    let mut out = String::new();
    for c in words.chars().flat_map(char::to_lowercase) {
        if out.len() >= LENGTH {
            break;
        }
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_matches('-').to_string();
    if out.len() < 2 {
        return Err(DeskError::usage("id", "no short name can be made of these words")
            .hint("give one of Latin letters: ferry-hour"));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_words() {
        assert_eq!(
            short_name("", "When did the ferry leave?").unwrap(),
            "when-did-the-ferry-leave"
        );
        assert_eq!(short_name(" own ", "x").unwrap(), "own");
        assert_eq!(short_name("Not A Name", "x").unwrap_err().code, "id");
        assert_eq!(short_name("", "Когда?").unwrap_err().code, "id");
        assert!(short_name("", &"word ".repeat(40)).unwrap().len() <= 48);
    }

    #[test]
    fn one_goes_on_to_the_words_or_to_the_question() {
        let mut f = QuestionFields::default();
        assert_eq!(f.next_place("question/when"), "/question/when.html");
        f.at = "M@2:3 ".into();
        assert_eq!(
            f.next_place("question/when"),
            "/desk/claim?question=question%2Fwhen&at=M%402%3A3"
        );
        f.quote = "at \"nine\" & <b>".into();
        assert!(f.next_place("question/when").ends_with("&quote=at%20%22nine%22%20%26%20%3Cb%3E"));
        f.quote = "я".repeat(CARRIED + 1);
        assert!(!f.next_place("question/when").contains("quote"));
        let c = ClaimFields { question: "question/a\r\nX: y".into(), ..Default::default() };
        assert_eq!(c.next_place(), "/question/a=0d=0aX=3a=20y.html");
    }

    #[test]
    fn what_is_missing_is_said() {
        let mut f = QuestionFields { wording: "When?".into(), ..Default::default() };
        assert_eq!(f.entry().unwrap_err().code, "facet");
        f.facet = "date".into();
        assert!(matches!(f.entry().unwrap(), Entry::Question(q) if q.id == "when"));
        let mut c = ClaimFields {
            question: "question/when".into(),
            at: "M:3".into(),
            stance: "asserts".into(),
            sort: "number".into(),
            value: "nine".into(),
            teller: "Zora".into(),
            ..Default::default()
        };
        assert_eq!(c.entry().unwrap_err().code, "value");
        c.value = "9".into();
        assert!(
            matches!(c.entry().unwrap(), Entry::Claim(c) if c.question == "when" && c.id == "when-m-3")
        );
    }
}
