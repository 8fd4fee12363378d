//! A list of changes that was kept elsewhere, one JSON object a line: who
//! changed what when, as edits in bytes of the text that the line before gave.
//! Every line is read strictly: an unknown field, a number that is none, edits
//! that overlap are refused with the line and the value. Cost: one pass.

use serde::Deserialize;
use serde_json::Value;

use crate::dates::Timestamp;
use crate::digest::Digest;
use crate::model::inner;
use crate::text::edits::{Edit, Edits};

/// Who made a change, when, why, and the edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The name as it stands there.
    pub agent: String,
    /// When, as told.
    pub time: Timestamp,
    /// Why, as told.
    pub reason: Option<String>,
    /// The edits, sorted; those that restore from an earlier line name it by
    /// [`inner`].
    pub edits: Edits,
}

/// A line that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ChangeError {
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong with it, with the value.
    pub what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    agent: String,
    time: Value,
    reason: Option<String>,
    edits: Vec<One>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum One {
    Replace(Replace),
    Layout(Replace),
    Move(Move),
    Restore(Restore),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replace {
    start: usize,
    end: usize,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    start: usize,
    end: usize,
    to: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Restore {
    revision: Value,
    start: usize,
    end: usize,
    at: usize,
    at_end: Option<usize>,
}

/// Reads the whole list. Empty lines are passed over, but count.
///
/// # Errors
/// The first line that cannot be taken.
pub fn read_changes(text: &str) -> Result<Vec<Change>, ChangeError> {
    let mut changes: Vec<Change> = Vec::new();
    // How many changes stood before each line: a restore names a line.
    let mut before: Vec<usize> = Vec::new();
    for (line, json) in (1..).zip(text.lines()) {
        if !json.trim().is_empty() {
            let change =
                one(json, &before, changes.len()).map_err(|what| ChangeError { line, what })?;
            changes.push(change);
        }
        before.push(changes.len());
    }
    Ok(changes)
}

fn one(json: &str, before: &[usize], changes: usize) -> Result<Change, String> {
    let line: Line = serde_json::from_str(json).map_err(|e| {
        // The place in the line is told; the number of the line is ours.
        e.to_string().replace(" at line 1 column ", " at character ")
    })?;
    let agent = line.agent;
    if agent.trim().is_empty() {
        return Err(format!("agent {agent:?}: a change has somebody who made it"));
    }
    let time = time(&line.time)?;
    let mut edits = line
        .edits
        .into_iter()
        .map(|edit| {
            Ok(match edit {
                One::Replace(Replace { start, end, text }) => Edit::Replace { start, end, text },
                One::Layout(Replace { start, end, text }) => Edit::Layout { start, end, text },
                One::Move(Move { start, end, to }) => Edit::Move { start, end, to },
                One::Restore(r) => Edit::Restore {
                    at_start: r.at,
                    at_end: r.at_end.unwrap_or(r.at),
                    revision: revision(&r.revision, before, changes)?,
                    start: r.start,
                    end: r.end,
                },
            })
        })
        .collect::<Result<Vec<Edit>, String>>()?;
    edits.sort_by_key(|edit| (edit.span().start, edit.span().end));
    let edits = Edits::new(edits).map_err(|e| e.to_string())?;
    let reason = line.reason.filter(|reason| !reason.is_empty());
    Ok(Change { agent, time, reason, edits })
}

fn time(value: &Value) -> Result<Timestamp, String> {
    let bad = || {
        format!("time {value}: not seconds since 1970 nor a time in UTC like 2026-11-22T03:04:05Z")
    };
    match value {
        Value::Number(n) => n.as_i64().and_then(Timestamp::from_unix_seconds).ok_or_else(bad),
        Value::String(told) => told.parse().map_err(|_| bad()),
        _ => Err(bad()),
    }
}

/// The name of what a restore takes from: the state after a line, 0 for the
/// text that all begins with, or a revision by its id.
fn revision(value: &Value, before: &[usize], changes: usize) -> Result<String, String> {
    let bad = || {
        format!(
            "revision {value}: not a line before this one (0 for the text before the first), \
             nor the id of a revision"
        )
    };
    match value {
        Value::Number(n) => {
            let line = n.as_u64().and_then(|n| usize::try_from(n).ok()).ok_or_else(bad)?;
            let state = match line.checked_sub(1) {
                None => 0,
                Some(at) => *before.get(at).ok_or_else(bad)?,
            };
            if state > changes { Err(bad()) } else { Ok(inner(state as u64)) }
        }
        Value::String(id) if id.parse::<Digest>().is_ok() => Ok(id.clone()),
        _ => Err(bad()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_with_its_lines() {
        let list = concat!(
            r#"{"agent":"A","time":86400,"reason":"slip","edits":[{"replace":{"start":4,"end":5,"text":"x"}},{"layout":{"start":1,"end":2,"text":"\n"}}]}"#,
            "\n\n",
            r#"{"agent":"B","time":"1970-01-03T00:00:00Z","edits":[{"move":{"start":0,"end":1,"to":5}},{"restore":{"revision":1,"start":0,"end":3,"at":2}}]}"#,
            "\n",
        );
        let changes = read_changes(list).unwrap();
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0].reason.as_deref(), Some("slip"));
        assert_eq!(changes[0].edits.as_slice()[0].span(), 1..2, "sorted");
        assert_eq!(changes[1].time.unix_seconds(), 2 * 86400);
        let restore = &changes[1].edits.as_slice()[1];
        assert!(
            matches!(restore, Edit::Restore { revision, at_end: 2, .. } if *revision == inner(1))
        );
    }

    #[test]
    fn what_is_refused_names_line_and_value() {
        let refused = |last: &str| {
            let good = r#"{"agent":"A","time":0,"edits":[]}"#;
            read_changes(&format!("{good}\n{last}\n")).unwrap_err().to_string()
        };
        for (line, said) in [
            (r#"{"agent":" ","time":0,"edits":[]}"#, "line 2: agent \" \""),
            (r#"{"agent":"A","time":"1999","edits":[]}"#, "line 2: time \"1999\": not seconds"),
            (r#"{"agent":"A","time":0,"edits":[{"erase":{}}]}"#, "unknown variant `erase`"),
            (
                r#"{"agent":"A","time":0,"edits":[{"replace":{"start":0,"end":-1,"text":""}}]}"#,
                "invalid value: integer `-1`",
            ),
            (
                r#"{"agent":"A","time":0,"edits":[{"replace":{"start":5,"end":2,"text":""}}]}"#,
                "line 2: edit 0: its span 5..2 ends before it starts",
            ),
            (
                r#"{"agent":"A","time":0,"edits":[{"restore":{"revision":2,"start":0,"end":1,"at":0}}]}"#,
                "line 2: revision 2: not a line before this one",
            ),
            (r#"{"agent":"A","time":0,"edits":[],"more":1}"#, "unknown field `more`"),
            ("[", "line 2: "),
        ] {
            let told = refused(line);
            assert!(told.contains(said), "{told}");
        }
    }
}
