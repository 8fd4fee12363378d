//! A history as a file in a git repository, read through the `git` program:
//! the list of its states first, then their bytes, in one process each.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::super::files::TEXT_LIMIT;
use super::way::Way;
use crate::desk::{DeskError, PastText, Timestamp};

/// States asked for before the first is read: git never waits for us, and what
/// it was asked fits its input.
const ASKED: usize = 16;

/// `REPOSITORY:PATH`, where the first part is a folder.
pub(super) fn named(typed: &str) -> Option<(PathBuf, String)> {
    let colons = typed.match_indices(':').map(|(k, _)| k);
    let mut cuts = colons.map(|k| (Path::new(&typed[..k]), &typed[k + 1..]));
    let (repository, path) = cuts.find(|(dir, path)| dir.is_dir() && !path.is_empty())?;
    Some((repository.to_owned(), path.to_owned()))
}

/// One state of the file.
struct State {
    name: String,
    agent: String,
    time: Option<String>,
}

pub(super) fn read(repository: &Path, path: &str, way: &Way) -> Result<(), DeskError> {
    let states = states(repository, path)?;
    let mut git = git(repository, &["cat-file", "--batch"])?;
    let mut ask = git.stdin.take().expect("its input is a pipe");
    let mut from = BufReader::with_capacity(1 << 18, git.stdout.take().expect("its output is one"));
    let broken = |what: &str| {
        DeskError::io(
            "git",
            format!("git tells nothing of {path} in {}: {what}", repository.display()),
        )
    };
    let mut asked = states.iter();
    let mut line = String::new();
    for (n, state) in states.iter().enumerate() {
        for next in asked.by_ref().take(if n == 0 { ASKED } else { 1 }) {
            writeln!(ask, "{}:{path}", next.name).map_err(|e| broken(&e.to_string()))?;
        }
        line.clear();
        from.read_line(&mut line).map_err(|e| broken(&e.to_string()))?;
        let mut bytes = way.spare().into_bytes();
        // Where the file was taken away it is a text without words.
        if !line.trim_end().ends_with(" missing") {
            let mut parts = line.trim_end().rsplitn(3, ' ');
            let length = parts.next().and_then(|n| n.parse::<u64>().ok());
            let (Some(length), Some("blob")) = (length, parts.next()) else {
                return Err(DeskError::usage(
                    "not-a-file",
                    format!("{path} is no file in {}", state.name),
                )
                .hint("name a file of the repository: REPOSITORY:PATH"));
            };
            if length > TEXT_LIMIT {
                return Err(DeskError::usage(
                    "too-long",
                    format!("{path} in {} has more than {TEXT_LIMIT} bytes", state.name),
                ));
            }
            let got = (&mut from).take(length).read_to_end(&mut bytes);
            let got = got.and_then(|n| from.read_exact(&mut [0]).map(|()| n as u64));
            if got.map_err(|e| broken(&e.to_string()))? != length {
                return Err(broken("the answer ends too early"));
            }
        }
        let text = PastText::of_bytes(&state.name, bytes)?;
        let agent = Some(state.agent.clone());
        if !way.send(PastText { agent, time: state.time.clone(), ..text }) {
            break;
        }
    }
    drop((ask, from));
    // It ends when its input does; how is of no interest any more.
    let _ = git.wait();
    Ok(())
}

/// The states in which the file changed, along first parents, the oldest first.
fn states(repository: &Path, path: &str) -> Result<Vec<State>, DeskError> {
    let format = "--format=%H%x00%at%x00%an";
    let args =
        ["log", "--reverse", "--first-parent", format, "--end-of-options", "HEAD", "--", path];
    let out = git(repository, &args)?.wait_with_output();
    let out = out.map_err(|e| DeskError::io("git", format!("git does not answer: {e}")))?;
    if !out.status.success() {
        let why = String::from_utf8_lossy(&out.stderr);
        let why = why.lines().next().unwrap_or("it does not say why").to_owned();
        return Err(DeskError::not_found(
            "no-history",
            format!("git has no history of {path} in {}: {why}", repository.display()),
        )
        .hint("name a repository and a file in it: REPOSITORY:PATH"));
    }
    let list = String::from_utf8_lossy(&out.stdout);
    let state = |line: &str| {
        let mut parts = line.splitn(3, '\0');
        let name = parts.next()?.to_owned();
        let time = parts.next()?.parse().ok().and_then(Timestamp::from_unix_seconds);
        Some(State { name, time: time.map(|t| t.to_string()), agent: parts.next()?.to_owned() })
    };
    let states: Vec<State> = list.lines().filter_map(state).collect();
    if states.is_empty() {
        return Err(DeskError::not_found(
            "no-history",
            format!("{} has no file {path} in its history", repository.display()),
        )
        .hint("write the path as the repository does, from its top folder"));
    }
    Ok(states)
}

fn git(repository: &Path, args: &[&str]) -> Result<Child, DeskError> {
    let mut command = Command::new("git");
    command.arg("-C").arg(repository).args(["--no-pager", "--literal-pathspecs"]).args(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().map_err(|e| match e.kind() {
        ErrorKind::NotFound => DeskError::io("no-git", "the program git is not installed")
            .hint("install git, or write the texts to a folder"),
        _ => DeskError::io("git", format!("git cannot be started: {e}")),
    })
}
