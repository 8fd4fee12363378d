//! A history: many revisions of a text that were made elsewhere, brought in as
//! one record. The edits of all of them are one content object, in a plain
//! spelling of lines ([`HistoryEdits`]); their roots another.
//!
//! Why not a `revision/1` each: such a record, its edits, its place in the log
//! and in the tree cost some 300 bytes that no compression takes away, since
//! they are digests. Here a revision costs its edits and one root.

use super::head::record;
use super::{ContentRef, Nature, Revision, Source, TextState};
use crate::dates::Timestamp;
use crate::digest::{Digest, Hasher, Id};
use crate::text::edits::{Edit, EditError, Edits};

record! {
    /// Revisions of one source, each made from the one before it, that came
    /// together from elsewhere.
    History {
        /// The source.
        source: Id<Source>,
        /// The revision that the first of them was made from.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Revision>>,
        /// The text that the first of them was made from, where it came with
        /// them: it is revision 0 of the history. Exactly one of `parent` and
        /// `base` is there.
        #[serde(skip_serializing_if = "Option::is_none")]
        base: Option<ContentRef>,
        /// Whose words they hold.
        nature: Nature,
        /// Where the list of changes came from, in words.
        from: String,
        /// SHA-256 of the list as it came.
        file: Digest,
        /// How many revisions the list makes.
        revisions: u64,
        /// What makes each from the one before, in lines.
        edits: ContentRef,
        /// The root of each, in order: 32 bytes a revision.
        roots: ContentRef,
        /// SHA-256 over the SHA-256 of each text, in order, a line of 64
        /// hexadecimal digits and LF for each.
        digests: Digest,
        /// The text of the last one.
        text: TextState,
    }
}

impl History {
    /// The number of its first revision: 0 where the text that all begins with
    /// came with it, else 1.
    pub fn first(&self) -> u64 {
        u64::from(self.base.is_none())
    }

    /// The id of a revision of the history with this id, by its number in it.
    pub fn revision_id(history: &Id<History>, number: u64) -> Id<Revision> {
        let mut hasher = Hasher::default();
        hasher.update(b"variorum history");
        hasher.update(history.digest().as_bytes());
        hasher.update(&number.to_be_bytes());
        Id::new(hasher.finish())
    }

    /// The digest over the digests of all texts.
    pub fn digest_of_digests(texts: impl IntoIterator<Item = Digest>) -> Digest {
        let mut hasher = Hasher::default();
        texts.into_iter().for_each(|d| hasher.update(format!("{d}\n").as_bytes()));
        hasher.finish()
    }

    /// The stored form of the roots.
    pub fn roots_to_bytes(roots: &[Digest]) -> Vec<u8> {
        roots.iter().flat_map(|root| *root.as_bytes()).collect()
    }

    /// Reads the roots; `None` when there is not one for each revision.
    pub fn roots_of(&self, bytes: &[u8]) -> Option<Vec<Digest>> {
        let (roots, rest) = bytes.as_chunks::<32>();
        let whole = rest.is_empty() && roots.len() as u64 == self.revisions + 1 - self.first();
        whole.then(|| roots.iter().map(|root| Digest::from_bytes(*root)).collect())
    }
}

/// What made one revision of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryStep {
    /// Who made it: place in [`HistoryEdits::agents`].
    pub agent: usize,
    /// When, as the list says.
    pub time: Timestamp,
    /// Why, as the list says.
    pub reason: Option<String>,
    /// The edits. A `restore` from a revision of this history, or from its
    /// parent, names it by [`inner`].
    pub edits: Edits,
}

/// The edits of a history, as its content object spells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HistoryEdits {
    /// Names as they stand in the list, in the order in which they first
    /// appear. They are no identities: who the person is, a record may say.
    pub agents: Vec<String>,
    /// The revisions, from number 1 on.
    pub steps: Vec<HistoryStep>,
}

/// Why bytes are no edits of a history.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// A line that the spelling does not have, or has otherwise.
    #[error("line {line}: {what}: {found:?}")]
    Line {
        /// Line number, from 1.
        line: usize,
        /// What is wrong.
        what: &'static str,
        /// The first characters of the line.
        found: String,
    },
    /// Edits that contradict each other.
    #[error("revision {number} (line {line}): {error}")]
    Edits {
        /// Which revision, from 1.
        number: u64,
        /// The line on which it begins.
        line: usize,
        /// What is wrong.
        error: EditError,
    },
    /// The bytes are not UTF-8, or the last line has no line feed.
    #[error("not lines of UTF-8")]
    NotLines,
}

/// The name that a `restore` has for revision `number` of its own history; 0
/// is its parent or base.
pub fn inner(number: u64) -> String {
    format!("{number:064}")
}

/// The number behind a name made by [`inner`]. A digest does not begin with 44
/// zeros.
pub fn inner_number(name: &str) -> Option<u64> {
    let digits = name.strip_prefix("00000000000000000000000000000000000000000000")?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

impl HistoryEdits {
    /// Writes the lines.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = String::new();
        for agent in &self.agents {
            line(&mut out, "agent", Some(agent));
        }
        let mut before = 0;
        for step in &self.steps {
            let time = step.time.unix_seconds();
            let head = format!("@{} {}", step.agent, time - before);
            line(&mut out, &head, step.reason.as_deref());
            before = time;
            let mut end = 0;
            for edit in step.edits.as_slice() {
                let span = edit.span();
                let at = format!("{} {}", span.start - end, span.len());
                end = span.end;
                let words = |text: &String| (!text.is_empty()).then(|| text.clone());
                match edit {
                    Edit::Replace { text, .. } => {
                        line(&mut out, &format!("={at}"), words(text).as_deref());
                    }
                    Edit::Layout { text, .. } => {
                        line(&mut out, &format!("~{at}"), words(text).as_deref());
                    }
                    Edit::Move { to, .. } => line(&mut out, &format!(">{at} {to}"), None),
                    Edit::Restore { revision, start, end, .. } => {
                        let from = match inner_number(revision) {
                            Some(number) => number.to_string(),
                            None => revision.clone(),
                        };
                        line(&mut out, &format!("<{at} {from} {start} {}", end - start), None);
                    }
                }
            }
        }
        out.into_bytes()
    }

    /// Reads the lines and refuses every other spelling, so that
    /// `parse(b)?.to_bytes() == b`.
    ///
    /// # Errors
    /// [`HistoryError`] names the line.
    pub fn parse(bytes: &[u8]) -> Result<Self, HistoryError> {
        let text = std::str::from_utf8(bytes).map_err(|_| HistoryError::NotLines)?;
        if !text.is_empty() && !text.ends_with('\n') {
            return Err(HistoryError::NotLines);
        }
        let mut reader = Reader::default();
        for (number, line) in (1..).zip(text.split_terminator('\n')) {
            reader.line(number, line).map_err(|what| HistoryError::Line {
                line: number,
                what,
                found: line.chars().take(60).collect(),
            })?;
            if let Some(e) = reader.failed.take() {
                return Err(e);
            }
        }
        reader.close();
        match reader.failed {
            Some(e) => Err(e),
            None if reader.used < reader.out.agents.len() => Err(HistoryError::Line {
                line: reader.used + 1,
                what: "an agent that no revision names",
                found: reader.out.agents[reader.used].chars().take(60).collect(),
            }),
            None => Ok(reader.out),
        }
    }
}

/// One line: what begins it and, after a space, words.
fn line(out: &mut String, head: &str, words: Option<&str>) {
    out.push_str(head);
    if let Some(words) = words {
        out.push(' ');
        for c in words.chars() {
            match c {
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\\' => out.push_str("\\\\"),
                c => out.push(c),
            }
        }
    }
    out.push('\n');
}

/// The words of a line as they were before they were spelled.
fn unspelled(words: &str) -> Result<String, &'static str> {
    if words.contains('\r') {
        return Err("a bare carriage return");
    }
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        out.push(match rest.as_bytes().get(at + 1) {
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b'\\') => '\\',
            _ => return Err("a backslash before neither n, r nor backslash"),
        });
        rest = &rest[at + 2..];
    }
    out.push_str(rest);
    Ok(out)
}

/// The head of a revision that is being read, its edits so far, and its line.
type Open = (usize, Timestamp, Option<String>, Vec<Edit>, usize);

#[derive(Default)]
struct Reader {
    out: HistoryEdits,
    /// How many agents were named so far.
    used: usize,
    /// The revision that is being read.
    open: Option<Open>,
    /// Seconds of the revision before, and where the edit before ended.
    seconds: i64,
    end: usize,
    failed: Option<HistoryError>,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), &'static str> {
        if let Some(name) = line.strip_prefix("agent ") {
            if !self.out.steps.is_empty() || self.open.is_some() {
                return Err("an agent after a revision");
            }
            let name = unspelled(name)?;
            if name.is_empty() || self.out.agents.contains(&name) {
                return Err("an agent without a name, or named twice");
            }
            self.out.agents.push(name);
            return Ok(());
        }
        if let Some(head) = line.strip_prefix('@') {
            self.close();
            let (agent, rest) = head.split_once(' ').ok_or("no time")?;
            let (seconds, reason) = match rest.split_once(' ') {
                Some((seconds, reason)) => (seconds, Some(reason)),
                None => (rest, None),
            };
            let agent = count(agent)?;
            if agent > self.used || agent >= self.out.agents.len() {
                return Err("agents do not stand in the order in which they are named");
            }
            self.used = self.used.max(agent + 1);
            self.seconds =
                signed(seconds)?.checked_add(self.seconds).ok_or("a time beyond what there is")?;
            let time =
                Timestamp::from_unix_seconds(self.seconds).ok_or("a time beyond what there is")?;
            let reason = reason.map(unspelled).transpose()?;
            if reason.as_deref() == Some("") {
                return Err("an empty reason");
            }
            self.open = Some((agent, time, reason, Vec::new(), number));
            self.end = 0;
            return Ok(());
        }
        let edit = self.edit(line)?;
        match &mut self.open {
            Some((.., edits, _)) => edits.push(edit),
            None => return Err("an edit before any revision"),
        }
        Ok(())
    }

    fn edit(&mut self, line: &str) -> Result<Edit, &'static str> {
        let op = line.chars().next().filter(|c| "=~><".contains(*c)).ok_or("no known beginning")?;
        let mut parts = line[1..].splitn(3, ' ');
        let mut next = || parts.next().ok_or("too few numbers");
        let (gap, gone) = (count(next()?)?, count(next()?)?);
        let rest = parts.next();
        let start = self.end.checked_add(gap).ok_or("a number too large")?;
        let end = start.checked_add(gone).ok_or("a number too large")?;
        self.end = end;
        let words = |rest: Option<&str>| match rest {
            Some("") => Err("a space before no words"),
            Some(words) => unspelled(words),
            None => Ok(String::new()),
        };
        Ok(match op {
            '=' => Edit::Replace { start, end, text: words(rest)? },
            '~' => Edit::Layout { start, end, text: words(rest)? },
            '>' => Edit::Move { start, end, to: count(rest.ok_or("no target")?)? },
            _ => {
                let mut parts = rest.ok_or("no revision")?.splitn(3, ' ');
                let mut next = || parts.next().ok_or("too few numbers");
                let (from, first, len) = (next()?, count(next()?)?, count(next()?)?);
                let revision = match from.parse::<Digest>() {
                    Ok(_) if inner_number(from).is_none() => from.to_owned(),
                    _ => inner(count(from)? as u64),
                };
                let to = first.checked_add(len).ok_or("a number too large")?;
                Edit::Restore { at_start: start, at_end: end, revision, start: first, end: to }
            }
        })
    }

    /// Puts the revision that was read so far to the others.
    fn close(&mut self) {
        let Some((agent, time, reason, edits, line)) = self.open.take() else { return };
        let number = self.out.steps.len() as u64 + 1;
        match Edits::new(edits) {
            Ok(edits) => self.out.steps.push(HistoryStep { agent, time, reason, edits }),
            Err(error) => {
                self.failed.get_or_insert(HistoryError::Edits { number, line, error });
            }
        }
    }
}

/// A number in its one spelling.
fn count(digits: &str) -> Result<usize, &'static str> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !plain || digits.len() > 1 && digits.starts_with('0') {
        return Err("not a number without leading zeros");
    }
    digits.parse().map_err(|_| "a number too large")
}

fn signed(digits: &str) -> Result<i64, &'static str> {
    let (minus, digits) = match digits.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, digits),
    };
    let n = i64::try_from(count(digits)?).map_err(|_| "a number too large")?;
    match (minus, n) {
        (true, 0) => Err("not a number without leading zeros"),
        (true, n) => Ok(-n),
        (false, n) => Ok(n),
    }
}
