//! What can be asked: one line a question, with its parameters and who answers.

use serde::Serialize;

use crate::desk::{self, Archive, DeskError, Envelope, LogDraft, TimelineDraft, WithNotes};
use crate::web::query::Query;

/// A question of the table.
pub(super) struct Question {
    /// Below `/api/v1/`.
    pub path: &'static str,
    /// The last part of the path is the value of this parameter.
    pub last: Option<&'static str>,
    /// The verb, which names the schema of the answer.
    pub verb: &'static str,
    /// What it answers.
    pub says: &'static str,
    /// Parameters of the query.
    pub takes: &'static [Parameter],
    answer: fn(&Asked<'_>) -> Result<String, DeskError>,
}

/// A parameter.
pub(super) struct Parameter {
    pub name: &'static str,
    pub says: &'static str,
    pub needed: bool,
    /// It may be given several times.
    pub many: bool,
    /// What it is in JSON Schema.
    pub r#type: &'static str,
}

const fn needs(name: &'static str, says: &'static str) -> Parameter {
    Parameter { name, says, needed: true, many: false, r#type: "string" }
}

const fn takes(name: &'static str, says: &'static str) -> Parameter {
    Parameter { needed: false, ..needs(name, says) }
}

const ADDRESS: Parameter = needs(
    "address",
    "M, M@2, M:164-170, M#37, M#p278, \"a quotation\", C-1a2b3c, event/…, question/…, claim/…, sha256:…",
);
const WITHIN: Parameter = takes("in", "look for a quotation in this text only");

/// Every question.
pub(super) const QUESTIONS: &[Question] = &[
    Question {
        path: "status",
        last: None,
        verb: "status",
        says: "What is here, what waits.",
        takes: &[],
        answer: |a| a.tells(&desk::status(a.archive)?),
    },
    Question {
        path: "list",
        last: Some("what"),
        verb: "list",
        says: "What there is of one sort: texts, corrections, agents, events, questions, claims, copies, parts, places, evidence, assessments, searches.",
        takes: &[],
        answer: |a| {
            let what = desk::Listed::of_word(a.query.needed("what")?)?;
            a.tells(&desk::list(a.archive, what)?)
        },
    },
    Question {
        path: "show",
        last: None,
        verb: "show",
        says: "Anything that has an address, with the replies beside it.",
        takes: &[
            ADDRESS,
            WITHIN,
            Parameter { r#type: "boolean", ..takes("bare", "without the replies") },
        ],
        answer: |a| {
            let with = if a.query.flag("bare")? { WithNotes::None } else { WithNotes::All };
            a.tells(&desk::show(a.archive, a.address()?, a.query.one("in")?, with)?)
        },
    },
    Question {
        path: "locate",
        last: None,
        verb: "locate",
        says: "Where words stand.",
        takes: &[
            needs("quote", "the words, as typed"),
            takes("in", "the text: M or M@2; every text when absent"),
            takes("from", "the text that the words were taken from; needs in"),
        ],
        answer: locate,
    },
    Question {
        path: "who",
        last: None,
        verb: "who",
        says: "Who wrote each word.",
        takes: &[ADDRESS, WITHIN],
        answer: |a| a.tells(&desk::who(a.archive, a.address()?, a.query.one("in")?)?),
    },
    Question {
        path: "log",
        last: None,
        verb: "log",
        says: "What was recorded, the newest first.",
        takes: &[
            takes("address", "the history of this only"),
            Parameter {
                r#type: "integer",
                ..takes("limit", "at most so many, 1 to 1000; 50 when absent")
            },
            Parameter { r#type: "boolean", ..takes("all", "also seals and statements of receipt") },
        ],
        answer: log,
    },
    Question {
        path: "timeline",
        last: None,
        verb: "timeline",
        says: "Dates as texts tell them, in order.",
        takes: &[
            Parameter { many: true, ..takes("in", "texts by siglum; all when absent") },
            takes("from", "not before this date (EDTF)"),
            takes("to", "not after this date (EDTF)"),
        ],
        answer: |a| {
            let date = |name| Ok::<_, DeskError>(a.query.one(name)?.map(str::to_string));
            let draft = TimelineDraft {
                sources: a.query.all("in").map(str::to_string).collect(),
                from: date("from")?,
                to: date("to")?,
            };
            a.tells(&desk::timeline(a.archive, &draft)?)
        },
    },
    Question {
        path: "cite",
        last: None,
        verb: "cite",
        says: "A citation that can be checked in any copy.",
        takes: &[ADDRESS, WITHIN],
        answer: |a| a.tells(&desk::cite(a.archive, a.address()?, a.query.one("in")?)?),
    },
    Question {
        path: "audit",
        last: None,
        verb: "audit",
        says: "Who says what to a question, with the whole proof.",
        takes: &[ADDRESS],
        answer: |a| a.tells(&desk::audit(a.archive, a.address()?)?),
    },
    Question {
        path: "event",
        last: None,
        verb: "event",
        says: "An event: its accounts and what is asked about it.",
        takes: &[needs("address", "event/…")],
        answer: |a| a.tells(&desk::event(a.archive, a.address()?)?),
    },
    Question {
        path: "compare",
        last: None,
        verb: "compare",
        says: "The accounts of an event side by side.",
        takes: &[needs("address", "event/…")],
        answer: |a| a.tells(&desk::compare_event(a.archive, a.address()?)?),
    },
    Question {
        path: "inbox",
        last: None,
        verb: "inbox",
        says: "All replies with their answers, grouped by passage and proposal.",
        takes: &[],
        answer: |a| a.tells(&desk::inbox(a.archive, true)?),
    },
    Question {
        path: "diff",
        last: None,
        verb: "diff",
        says: "Two revisions word by word.",
        takes: &[needs("old", "the older: M@1"), needs("new", "the newer: M@2")],
        answer: |a| {
            let old = desk::Side::in_archive(a.archive, a.query.needed("old")?)?;
            let new = desk::Side::in_archive(a.archive, a.query.needed("new")?)?;
            a.tells(&desk::diff(&old, &new))
        },
    },
    Question {
        path: "receipt",
        last: None,
        verb: "receipt",
        says: "The receipt of a reply.",
        takes: &[needs("address", "C-1a2b3c")],
        answer: |a| a.tells(&desk::receipt(a.archive, a.address()?)?),
    },
];

/// A question as it was asked.
struct Asked<'a> {
    archive: &'a Archive,
    query: &'a Query,
    verb: &'static str,
}

impl Asked<'_> {
    fn address(&self) -> Result<&str, DeskError> {
        self.query.needed("address")
    }

    /// The answer in its envelope.
    fn tells<T: Serialize>(&self, answer: &T) -> Result<String, DeskError> {
        Ok(Envelope::answer(self.verb, answer, Vec::new()).to_json())
    }
}

impl Question {
    /// The question at a path below `/api/v1/`, and what its path says.
    pub fn at(path: &str) -> Option<(&'static Self, Option<&str>)> {
        QUESTIONS.iter().find_map(|q| match (q.last, path.strip_prefix(q.path)?) {
            (None, "") => Some((q, None)),
            (Some(_), rest) => {
                let value = rest.strip_prefix('/').filter(|v| !v.is_empty() && !v.contains('/'))?;
                Some((q, Some(value)))
            }
            _ => None,
        })
    }

    /// Refuses parameters that the question does not have.
    ///
    /// # Errors
    /// Naming one of them.
    pub fn check(&self, query: &Query) -> Result<(), DeskError> {
        let known = |name: &&str| self.takes.iter().any(|p| p.name == *name);
        let Some(unknown) = query.names().find(|n| !known(n)) else { return Ok(()) };
        let names: Vec<&str> = self.takes.iter().map(|p| p.name).collect();
        let e =
            DeskError::usage("parameter", format!("{} has no parameter {unknown:?}", self.path));
        Err(match names.is_empty() {
            true => e.hint("it takes none"),
            false => e.hint(format!("it has: {}", names.join(", "))),
        })
    }

    /// The answer, as the envelope.
    ///
    /// # Errors
    /// The desk's.
    pub fn answer(&self, archive: &Archive, query: &Query) -> Result<String, DeskError> {
        (self.answer)(&Asked { archive, query, verb: self.verb })
    }
}

fn locate(a: &Asked<'_>) -> Result<String, DeskError> {
    let quote = a.query.needed("quote")?;
    let open = |address| desk::Searched::in_archive(a.archive, address);
    let (texts, from) = match (a.query.one("in")?, a.query.one("from")?) {
        (Some(within), from) => (vec![open(within)?], from.map(open).transpose()?),
        (None, Some(_)) => {
            return Err(DeskError::usage("parameter-missing", "from needs a text to look in")
                .hint("add in=M"));
        }
        (None, None) => (desk::Searched::all_of(a.archive)?, None),
    };
    a.tells(&desk::seek(&texts, from.as_ref(), quote)?.best)
}

fn log(a: &Asked<'_>) -> Result<String, DeskError> {
    let number = |text: &str| {
        text.parse().ok().filter(|n| (1..=1000).contains(n)).ok_or_else(|| {
            DeskError::usage("parameter", format!("limit is 1 to 1000, not {text:?}"))
        })
    };
    let draft = LogDraft {
        address: a.query.one("address")?.map(str::to_string),
        limit: a.query.one("limit")?.map(number).transpose()?,
        all: a.query.flag("all")?,
    };
    a.tells(&desk::log(a.archive, &draft)?)
}
