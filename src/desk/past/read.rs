//! The texts of a history, read one after the other.

use crate::attribution::{History, Phrases};
use crate::dates::Timestamp;
use crate::desk::DeskError;
use crate::import::decode;

/// One text of a history, as it was at some time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastText {
    /// What the source calls it: a file's name, a number, an identifier.
    pub name: String,
    /// Who made it so, as the source spells it.
    pub agent: Option<String>,
    /// When, as the source says.
    pub time: Option<String>,
    /// The text.
    pub text: String,
    /// The encoding it was read in, where that was not UTF-8.
    pub read_as: Option<&'static str>,
    /// Texts before this one that the source does not show.
    pub skipped: u32,
}

impl PastText {
    /// A text of these bytes. What is not UTF-8 is read as windows-1252, which
    /// any bytes can be, and marked so: one bad text does not hide a history.
    ///
    /// # Errors
    /// When the bytes are no text at all.
    pub fn of_bytes(name: &str, bytes: Vec<u8>) -> Result<Self, DeskError> {
        let named =
            |text, read_as| Self { name: name.to_owned(), text, read_as, ..Self::default() };
        match String::from_utf8(bytes) {
            Ok(text) => Ok(named(text, None)),
            Err(e) => match decode(e.as_bytes(), "windows-1252") {
                Ok(decoded) => Ok(named(decoded.text, Some(decoded.encoding))),
                Err(e) => Err(DeskError::usage("not-a-text", format!("{name}: {e}"))
                    .hint("take it out of the history, or save it as UTF-8")),
            },
        }
    }
}

/// Where to stop reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Until {
    /// After the text of this name.
    Named(String),
    /// After so many texts.
    Count(u32),
}

impl std::str::FromStr for Until {
    type Err = std::convert::Infallible;

    /// `@12` is the twelfth text, anything else a name.
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let count = typed.strip_prefix('@').and_then(|n| n.parse().ok()).filter(|n| *n > 0);
        Ok(count.map_or_else(|| Self::Named(typed.to_owned()), Self::Count))
    }
}

/// What is kept of a text that was read.
#[derive(Debug)]
pub(super) struct Known {
    pub name: String,
    pub agent: Option<String>,
    pub time: Option<String>,
}

/// A history that was read.
#[derive(Debug)]
pub struct Past {
    pub(super) source: String,
    pub(super) known: Vec<Known>,
    pub(super) history: History,
    pub(super) phrases: Vec<String>,
    pub(super) read_as: Vec<String>,
    pub(super) earlier: u32,
    pub(super) hidden: u32,
}

impl Past {
    /// Reads the texts in order, the oldest first, and looks for the phrases in
    /// them. `spare` gets each text back that is no longer needed.
    ///
    /// # Errors
    /// What the texts bring; a history without texts; a phrase without words;
    /// an end that does not come.
    pub fn read(
        source: &str,
        texts: impl Iterator<Item = Result<PastText, DeskError>>,
        until: Option<&Until>,
        phrases: Vec<String>,
        mut spare: impl FnMut(String),
    ) -> Result<Self, DeskError> {
        let sought = Phrases::new(phrases.iter().map(String::as_str));
        if let Some(n) = (0..sought.len()).find(|&n| !sought.has_words(n)) {
            return Err(DeskError::usage(
                "phrase-empty",
                format!("phrase {} has no words: {:?}", n + 1, phrases[n]),
            )
            .hint("give the words as they stand in the text"));
        }
        let mut past = Self {
            source: source.to_owned(),
            known: Vec::new(),
            history: History::looking_for(sought),
            phrases,
            read_as: Vec::new(),
            earlier: 0,
            hidden: 0,
        };
        let mut latest = None;
        let mut came = until.is_none();
        for text in texts {
            let PastText { name, agent, time, text, read_as, skipped } = text?;
            past.hidden += skipped;
            if let Some(encoding) = read_as {
                past.read_as.push(format!("{name} as {encoding}"));
            }
            let at = time.as_deref().and_then(|t| t.parse::<Timestamp>().ok());
            if at.is_some() && at < latest {
                past.earlier += 1;
            }
            latest = latest.max(at);
            spare(past.history.read(text));
            let last = match until {
                Some(Until::Named(wanted)) => *wanted == name,
                Some(Until::Count(n)) => *n == past.history.len(),
                None => false,
            };
            past.known.push(Known { name, agent, time });
            if last {
                came = true;
                break;
            }
        }
        if past.known.is_empty() {
            return Err(DeskError::not_found("no-history", format!("{source} holds no text"))
                .hint("a history is a folder of texts, several files, a JSON-lines file, a MediaWiki export, or REPOSITORY:PATH"));
        }
        if !came {
            let wanted = match until {
                Some(Until::Count(n)) => format!("@{n}"),
                Some(Until::Named(name)) => name.clone(),
                None => String::new(),
            };
            let (n, last) = (past.known.len(), &past.known[past.known.len() - 1].name);
            return Err(DeskError::not_found(
                "no-such-text",
                format!("{source} has no text {wanted}; it has {n}, the last is {last}"),
            )
            .hint("name one as the source does, or count: @1 is the first"));
        }
        Ok(past)
    }
}

/// One line of a history in JSON: `{"revision", "agent", "time", "text"}`;
/// `revision` may be a number or words and is the line's number when missing,
/// `time` is RFC 3339 or seconds since 1970.
///
/// # Errors
/// Usage, when the line is not that.
pub fn past_line(number: usize, line: &str) -> Result<PastText, DeskError> {
    #[derive(serde::Deserialize)]
    struct Line {
        revision: Option<serde_json::Value>,
        agent: Option<String>,
        time: Option<serde_json::Value>,
        text: String,
    }
    let plain = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    let line: Line = serde_json::from_str(line).map_err(|e| {
        DeskError::usage("history-line", format!("line {number} of the history: {e}"))
            .hint("each line is JSON: {\"revision\": 7, \"agent\": \"…\", \"time\": \"…\", \"text\": \"…\"}")
    })?;
    let time = line.time.filter(|t| !t.is_null()).map(|t| {
        let instant = t.as_i64().and_then(Timestamp::from_unix_seconds);
        instant.map_or_else(|| plain(t), |i| i.to_string())
    });
    Ok(PastText {
        name: line.revision.map_or_else(|| number.to_string(), plain),
        agent: line.agent,
        time,
        text: line.text,
        ..PastText::default()
    })
}

/// One line of a list of phrases: the words, or JSON that has them in `quote`.
///
/// # Errors
/// Usage, when a line that begins as JSON is none, or has no quotation.
pub fn phrase_line(number: usize, line: &str) -> Result<String, DeskError> {
    #[derive(serde::Deserialize)]
    struct Line {
        quote: String,
    }
    if !line.trim_start().starts_with('{') {
        return Ok(line.to_owned());
    }
    let line: Line = serde_json::from_str(line).map_err(|e| {
        DeskError::usage("batch-line", format!("line {number} of the batch: {e}"))
            .hint("a line is the words alone, or JSON: {\"quote\": \"…\"}")
    })?;
    Ok(line.quote)
}
