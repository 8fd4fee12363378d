//! The reply form: plain text that a reader fills in and sends by mail.
//!
//! ```text
//! Subject: [M] reply
//!
//! > what the text says, quoted
//!
//! Kind: fact
//! I say: what is wrong or missing,
//!   in as many lines as it takes
//! How I know: took part
//! Evidence: agreement.pdf
//! ```
//!
//! Read line by line, once. A part begins at the start of a line; lines after
//! it belong to it until the next part. A line that is indented by two spaces
//! always belongs to the part above, whatever it looks like, which is how
//! [`ReplyForm::to_text`] writes lines that would be misread.

use std::fmt::Write as _;

/// The longest form that is read, in bytes: 1 MiB.
pub const MAX_FORM: usize = 1024 * 1024;

/// A reply as it was filled in. Which kinds and grounds exist is not known
/// here: the words are given on as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReplyForm {
    /// Which source: the word in brackets in the subject.
    pub siglum: Option<String>,
    /// Where in it, as the replier or the page's link said.
    pub at: Option<String>,
    /// What the text says: the quoted lines, without their marks.
    pub quote: String,
    /// `Kind:`
    pub kind: Option<String>,
    /// `I say:`
    pub says: String,
    /// `Should read:`, the words proposed in place of the quoted ones.
    pub replacement: Option<String>,
    /// `How I know:`
    pub how_known: Option<String>,
    /// `Evidence:`, one item each; several stand on lines of their own or are
    /// parted by a semicolon and a space.
    pub evidence: Vec<String>,
    /// `Name:`
    pub name: Option<String>,
    /// `Hide my name:`
    pub hide_name: bool,
    /// `Language:`, of the reply.
    pub language: Option<String>,
}

/// Why a form could not be read. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplyFormError {
    /// Longer than [`MAX_FORM`].
    #[error("the form has {bytes} bytes; at most {} are read", MAX_FORM)]
    TooLong {
        /// Bytes that it has.
        bytes: usize,
    },
    /// A mail whose text is packed (base64, quoted-printable, several parts).
    #[error("line {line}: this mail is packed as {packing}; save its text alone and give that")]
    Packed {
        /// Line of the header that says so.
        line: usize,
        /// What it says.
        packing: String,
    },
    /// A line that belongs to no part of the form.
    #[error(
        "line {line}: {text:?} belongs to no part of the form; known parts: {KNOWN}; what belongs to the part above it is indented by two spaces"
    )]
    Unexpected {
        /// The line.
        line: usize,
        /// Its beginning.
        text: String,
    },
    /// The same part twice.
    #[error("line {line}: {part} stands there for the second time (first in line {first})")]
    Twice {
        /// The second one's line.
        line: usize,
        /// The first one's line.
        first: usize,
        /// Which part.
        part: &'static str,
    },
    /// A value that is not one of those allowed.
    #[error("line {line}: {part} is {value:?}; write yes or no")]
    Value {
        /// The line.
        line: usize,
        /// Which part.
        part: &'static str,
        /// What it says.
        value: String,
    },
    /// Parts that every reply needs are missing.
    #[error("{}", missing(.0))]
    Missing(Vec<MissingPart>),
}

/// A part that is needed and not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingPart {
    /// Its name, as the form spells it.
    pub part: &'static str,
    /// The line where it stands empty, else the last line of the form.
    pub line: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Quote,
    At,
    Kind,
    Says,
    Replacement,
    HowKnown,
    Evidence,
    Name,
    HideName,
    Language,
}

const QUOTE: &str = "the quoted lines (> …)";
const KNOWN: &str = "> (quoted lines), Kind, I say, Should read, How I know, Evidence, Name, Hide my name, Language, At";

/// Names as written, and parts in the order of the form.
const PARTS: [(&str, Part); 9] = [
    ("At", Part::At),
    ("Kind", Part::Kind),
    ("Should read", Part::Replacement),
    ("I say", Part::Says),
    ("How I know", Part::HowKnown),
    ("Evidence", Part::Evidence),
    ("Name", Part::Name),
    ("Hide my name", Part::HideName),
    ("Language", Part::Language),
];

impl Part {
    fn title(self) -> &'static str {
        PARTS.iter().find(|(_, p)| *p == self).map_or(QUOTE, |(title, _)| title)
    }

    /// Whether it may have more than one line.
    fn is_long(self) -> bool {
        matches!(self, Part::Says | Part::Replacement | Part::HowKnown | Part::Evidence)
    }
}

/// One part as read so far.
struct Filled {
    part: Part,
    line: usize,
    text: String,
}

impl ReplyForm {
    /// Reads a form, or a saved mail that holds one.
    ///
    /// # Errors
    /// What is wrong or missing, and in which line.
    pub fn parse(text: &str) -> Result<Self, ReplyFormError> {
        if text.len() > MAX_FORM {
            return Err(ReplyFormError::TooLong { bytes: text.len() });
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines: Vec<&str> =
            text.split('\n').map(|l| l.strip_suffix('\r').unwrap_or(l)).collect();
        let mut form = Self::default();
        let start = form.preamble(&lines)?;
        let filled = parts(&lines, start)?;
        form.fill(&filled)?;
        let last = lines.len()
            - usize::from(lines.len() > 1 && lines.last().is_some_and(|l| l.is_empty()));
        form.check(&filled, last)?;
        Ok(form)
    }

    /// Reads comments and mail headers up to the first part of the form, and
    /// says where that is.
    fn preamble(&mut self, lines: &[&str]) -> Result<usize, ReplyFormError> {
        let mut in_header = false;
        for (at, line) in lines.iter().enumerate() {
            let line = *line;
            if line.starts_with('>') || header(line).is_some() {
                return Ok(at);
            }
            if line.trim().is_empty() || line.starts_with('#') {
                in_header = false;
                continue;
            }
            // A mail header may go on in indented lines; an mbox file begins
            // with a line "From someone at some time".
            if in_header && line.starts_with([' ', '\t']) || at == 0 && line.starts_with("From ") {
                continue;
            }
            let Some((name, value)) = mail_header(line) else { return Err(unexpected(at, line)) };
            in_header = true;
            match name.to_ascii_lowercase().as_str() {
                "subject" => self.siglum = self.siglum.take().or_else(|| self.subject(value)),
                "content-transfer-encoding"
                    if !matches!(
                        value.to_ascii_lowercase().as_str(),
                        "7bit" | "8bit" | "binary"
                    ) =>
                {
                    return Err(ReplyFormError::Packed { line: at + 1, packing: shorten(value) });
                }
                "content-type" if value.to_ascii_lowercase().starts_with("multipart/") => {
                    return Err(ReplyFormError::Packed { line: at + 1, packing: shorten(value) });
                }
                _ => {}
            }
        }
        Ok(lines.len())
    }

    /// `[M]`, or `[M 9f2c-41]` with a place.
    fn subject(&mut self, value: &str) -> Option<String> {
        let inside = value.split_once('[')?.1.split_once(']')?.0.trim();
        let (siglum, at) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        self.at = some(at);
        some(siglum)
    }

    fn fill(&mut self, filled: &[Filled]) -> Result<(), ReplyFormError> {
        for Filled { part, line, text } in filled {
            match part {
                Part::Quote => self.quote = text.clone(),
                Part::At => self.at = some(text).or_else(|| self.at.take()),
                Part::Kind => self.kind = some(text),
                Part::Says => self.says = text.clone(),
                Part::Replacement => self.replacement = some(text),
                Part::HowKnown => self.how_known = some(text),
                Part::Evidence => self.evidence.extend(items(text)),
                Part::Name => self.name = some(text),
                Part::Language => self.language = some(text),
                Part::HideName => {
                    self.hide_name = match text.to_ascii_lowercase().as_str() {
                        "yes" | "y" | "true" | "x" | "1" => true,
                        "" | "no" | "n" | "false" | "0" => false,
                        _ => {
                            let (line, part, value) = (*line, part.title(), shorten(text));
                            return Err(ReplyFormError::Value { line, part, value });
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// A reply needs a place (quotation or `At:`) and a statement (`I say:` or
    /// `Should read:`).
    fn check(&self, filled: &[Filled], last: usize) -> Result<(), ReplyFormError> {
        let line = |part| filled.iter().find(|f| f.part == part).map_or(last, |f| f.line);
        let mut missing = Vec::new();
        if self.quote.is_empty() && self.at.is_none() {
            missing.push(MissingPart { part: QUOTE, line: line(Part::Quote) });
        }
        if self.says.is_empty() && self.replacement.is_none() {
            missing.push(MissingPart { part: Part::Says.title(), line: line(Part::Says) });
        }
        if missing.is_empty() { Ok(()) } else { Err(ReplyFormError::Missing(missing)) }
    }

    /// The form, with what is known filled in and the rest left empty.
    /// [`ReplyForm::parse`] reads it back the same, as long as it has a place
    /// and a statement and its values have no spaces around them.
    pub fn to_text(&self) -> String {
        let mut out = format!("Subject: [{}] reply\n\n", self.siglum.as_deref().unwrap_or(""));
        out += "# Quote the words of the text after >, then fill in what you can.\n";
        out += "# Needed: the quoted words, and what you say. Everything else may stay empty.\n";
        out += "# Kind: slip, fact, clarification, other account, counter-opinion, evidence or question.\n";
        out += "# Should read: the words that should stand there instead, if you propose some.\n";
        out += "# How I know: took part, saw, hold the record, was told, studied it, infer, remember.\n";
        out += "# Evidence: files or addresses, one a line. Hide my name: yes or no.\n\n";
        for line in self.quote.split('\n') {
            out += if line.is_empty() { ">" } else { "> " };
            out += line;
            out.push('\n');
        }
        out.push('\n');
        for (title, part) in PARTS {
            let one = |value: &Option<String>| value.clone().unwrap_or_default();
            let value = match part {
                Part::At if self.at.is_none() => continue,
                Part::At => one(&self.at),
                Part::Kind => one(&self.kind),
                Part::Says => self.says.clone(),
                Part::Replacement => one(&self.replacement),
                Part::HowKnown => one(&self.how_known),
                Part::Evidence => self.evidence.join("\n"),
                Part::Name => one(&self.name),
                Part::HideName => if self.hide_name { "yes" } else { "no" }.to_owned(),
                Part::Language => one(&self.language),
                Part::Quote => String::new(),
            };
            write!(out, "{title}:").expect("writing to a string cannot fail");
            for (at, line) in value.split('\n').enumerate() {
                match (at, line) {
                    (_, "") => {}
                    (0, _) => out.push(' '),
                    _ => out += "  ",
                }
                out += line;
                out.push('\n');
            }
        }
        out
    }
}

fn parts(lines: &[&str], start: usize) -> Result<Vec<Filled>, ReplyFormError> {
    let mut filled: Vec<Filled> = Vec::new();
    let mut after_gap = false;
    for (at, &line) in lines.iter().enumerate().skip(start) {
        // What mail programs put under a text begins with this line.
        if line == "-- " || line == "--" {
            break;
        }
        let current = filled.last_mut();
        if let Some(quoted) = line.strip_prefix('>') {
            let quoted = quoted.strip_prefix(' ').unwrap_or(quoted);
            match current {
                Some(f) if f.part == Part::Quote && !after_gap => push(&mut f.text, quoted),
                _ => begin(&mut filled, Part::Quote, at, quoted)?,
            }
        } else if let Some((part, value)) = header(line) {
            begin(&mut filled, part, at, value)?;
        } else if line.trim().is_empty() {
            after_gap = true;
            if let Some(f) = current.filter(|f| f.part.is_long()) {
                push(&mut f.text, "");
            }
            continue;
        } else {
            let indented = line
                .strip_prefix("  ")
                .or_else(|| line.strip_prefix('\t'))
                .or_else(|| line.strip_prefix(' '));
            match current {
                Some(f) if f.part.is_long() => push(&mut f.text, indented.unwrap_or(line)),
                _ => return Err(unexpected(at, line)),
            }
        }
        after_gap = false;
    }
    for f in &mut filled {
        f.text = f.text.trim_matches(BLANK).to_owned();
    }
    Ok(filled)
}

const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];

fn push(text: &mut String, line: &str) {
    text.push('\n');
    text.push_str(line);
}

fn begin(
    filled: &mut Vec<Filled>,
    part: Part,
    at: usize,
    text: &str,
) -> Result<(), ReplyFormError> {
    let first = filled.iter().find(|f| f.part == part && part != Part::Evidence);
    if let Some(Filled { line: first, .. }) = first {
        return Err(ReplyFormError::Twice { line: at + 1, first: *first, part: part.title() });
    }
    filled.push(Filled { part, line: at + 1, text: text.to_owned() });
    Ok(())
}

/// A part of the form at the start of a line; spaces and case do not matter.
fn header(line: &str) -> Option<(Part, &str)> {
    if line.starts_with(BLANK) {
        return None;
    }
    let (name, value) = line.split_once(':')?;
    let same = |title: &str| {
        name.split_ascii_whitespace()
            .map(str::to_ascii_lowercase)
            .eq(title.split(' ').map(str::to_ascii_lowercase))
    };
    PARTS.iter().find(|(title, _)| same(title)).map(|(_, part)| (*part, value))
}

/// A header of a mail: printable ASCII without spaces before the colon
/// (RFC 5322, 3.6.8).
fn mail_header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    (!name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic()))
        .then(|| (name, value.trim_matches(BLANK)))
}

fn items(text: &str) -> impl Iterator<Item = String> {
    text.split('\n')
        .flat_map(|line| line.split("; "))
        .filter_map(|item| some(item.trim_matches([' ', '\t', '\r', ';'])))
}

fn some(text: &str) -> Option<String> {
    let text = text.trim_matches(BLANK);
    (!text.is_empty()).then(|| text.to_owned())
}

fn unexpected(at: usize, line: &str) -> ReplyFormError {
    ReplyFormError::Unexpected { line: at + 1, text: shorten(line) }
}

fn shorten(text: &str) -> String {
    let mut out: String = text.chars().take(60).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

fn missing(parts: &[MissingPart]) -> String {
    let all: Vec<_> = parts.iter().map(|m| format!("{} (line {})", m.part, m.line)).collect();
    format!("still missing in the form: {}", all.join("; "))
}

#[cfg(test)]
#[path = "reply_tests.rs"]
mod tests;
