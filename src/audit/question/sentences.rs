//! What an audit says in sentences. The parts are kept apart, so that a page
//! can say them in its own language; as text and in JSON they are the English
//! sentence.

use std::fmt::{Display, Formatter, Result};

use serde::{Serialize, Serializer};

use crate::model::{Amount, RelationKind, When, WordingKnown};

macro_rules! as_its_sentence {
    ($($name:ident),*) => {
        $(impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> std::result::Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        })*
    };
}

as_its_sentence!(ToldValues, Assessed, Dependence, NotExamined, Shows, DoesNotShow, WordingUnknown);

/// What a claim says: one value, or alternatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldValues(pub Vec<ToldValue>);

/// One value, with the names of what it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToldValue {
    /// A date.
    Date(When),
    /// A place, persons, or an address.
    Named(String),
    /// A number.
    Number(Amount),
    /// Words.
    Text(String),
    /// Yes or no.
    Yes(bool),
    /// The text leaves it blank.
    Blank,
}

impl Display for ToldValues {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.0.is_empty() {
            return f.write_str("no value told");
        }
        for (n, value) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str(" or ")?;
            }
            value.fmt(f)?;
        }
        Ok(())
    }
}

impl Display for ToldValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Date(when) => {
                let role = when.role.map(|r| format!(" ({r})")).unwrap_or_default();
                let zone = when.zone.as_ref().map(|z| format!(", {z}")).unwrap_or_default();
                write!(f, "{when}{zone}{role}")
            }
            Self::Named(name) => f.write_str(name),
            Self::Number(n) => {
                let about = if n.about { "about " } else { "" };
                let unit = n.unit.as_ref().map(|u| format!(" {u}")).unwrap_or_default();
                match (n.min, n.max) {
                    (Some(a), Some(b)) if a == b => write!(f, "{about}{a}{unit}"),
                    (Some(a), Some(b)) => write!(f, "{about}{a} to {b}{unit}"),
                    (Some(a), None) => write!(f, "{about}at least {a}{unit}"),
                    (None, Some(b)) => write!(f, "{about}at most {b}{unit}"),
                    (None, None) => write!(f, "a number not told{unit}"),
                }
            }
            Self::Text(text) => write!(f, "“{text}”"),
            Self::Yes(true) => f.write_str("yes"),
            Self::Yes(false) => f.write_str("no"),
            Self::Blank => f.write_str("left blank"),
        }
    }
}

/// Of what sort a person holds a difference to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessed {
    /// What it finds.
    pub finding: String,
    /// Whose it is.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl Display for Assessed {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{} ({}): {}", self.finding, self.by, self.reason)
    }
}

/// Why tellings are not independent of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dependence {
    /// One teller tells it several times.
    Retold {
        /// Who.
        teller: String,
        /// How often.
        times: usize,
    },
    /// A teller is known through another only.
    Reported {
        /// Who.
        teller: String,
        /// Through whom.
        by: String,
    },
    /// One text has to do with another.
    Related {
        /// The one.
        from: String,
        /// What it does.
        relation: RelationKind,
        /// The other.
        to: String,
        /// Who says so.
        by: String,
        /// On what ground.
        basis: Option<String>,
    },
    /// A person judged so.
    Judged {
        /// Why.
        reason: String,
        /// Who.
        by: String,
    },
}

impl Display for Dependence {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Retold { teller, times } => {
                write!(f, "{teller} tells it {times} times: one witness")
            }
            Self::Reported { teller, by } => {
                write!(f, "{teller} is known here only as {by} reports")
            }
            Self::Related { from, relation, to, by, basis } => {
                let basis = basis.as_ref().map(|b| format!(": {b}")).unwrap_or_default();
                write!(f, "{from} {relation} {to} ({by}){basis}")
            }
            Self::Judged { reason, by } => write!(f, "{reason} ({by})"),
        }
    }
}

/// Two tellers whose dependence nobody examined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotExamined(pub String, pub String);

impl Display for NotExamined {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{} and {}", self.0, self.1)
    }
}

/// How far it is known which wording a copy bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordingUnknown(pub WordingKnown);

impl Display for WordingUnknown {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "which wording it bears: known: {}", self.0)
    }
}

/// What an audit shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// There is no claim.
    NoClaim,
    /// Some of the proof does not hold.
    Broken,
    /// The words were read.
    Read,
    /// Some words are known by digest only.
    Digests,
}

impl Display for Shows {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::NoClaim => "no claim on this question is recorded here",
            Self::Broken => "the proof is broken where it says so; the rest stands as recorded",
            Self::Read => {
                "who says what, where and when, as recorded in this log: the words cited stand in texts whose bytes were read and hashed now"
            }
            Self::Digests => {
                "who says what, where and when, as recorded in this log: the words cited stand at the places stated of texts known by their digests"
            }
        })
    }
}

/// What an audit does not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoesNotShow {
    /// Nor the words of some text.
    pub words: bool,
}

impl Display for DoesNotShow {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(
            "truth; authenticity of the documents; fidelity of the texts to print; that nothing else was ever said",
        )?;
        match self.words {
            true => f.write_str("; the words themselves where a text is not supplied here"),
            false => Ok(()),
        }
    }
}
