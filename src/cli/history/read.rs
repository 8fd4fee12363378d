//! Which kind of history is named, and the thread that reads it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{channel, sync_channel};
use std::thread;

use crate::desk::{DeskError, Past, Until};

use super::super::progress::Bar;
use super::way::Way;
use super::{files, git, lines, wiki};

/// Texts read ahead.
const AHEAD: usize = 2;

/// Where a history is read from.
enum Source {
    /// Texts, the oldest first.
    Files(Vec<PathBuf>),
    /// One JSON object a line.
    Lines(PathBuf),
    /// An export of one page.
    Wiki(PathBuf),
    /// A file in a repository.
    Git { repository: PathBuf, path: String },
}

/// Reads the history that `given` names, looking for `phrases`.
pub(in crate::cli) fn read(
    given: &[String],
    until: Option<&Until>,
    phrases: Vec<String>,
    quiet: bool,
) -> Result<Past, DeskError> {
    let source = source(given)?;
    let all = match &source {
        Source::Files(paths) => Some(paths.len() as u64),
        _ => None,
    };
    let name = match given {
        [one] => one.clone(),
        [first, .., last] => format!("{first} … {last}"),
        [] => String::new(),
    };
    let (texts, coming) = sync_channel(AHEAD);
    let (back, spare) = channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            let way = Way { texts, spare };
            let done = match source {
                Source::Files(paths) => files::read(&paths, &way),
                Source::Lines(path) => lines::read(&path, &way),
                Source::Wiki(path) => wiki::read(&path, &way),
                Source::Git { repository, path } => git::read(&repository, &path, &way),
            };
            if let Err(e) = done {
                // Nobody listens any more: the answer is made already.
                let _ = way.texts.send(Err(e));
            }
        });
        let mut bar = Bar::new(quiet);
        let mut read = 0;
        let seen = coming.into_iter().inspect(|_| {
            read += 1;
            // How many a stream holds is known at its end.
            if let Some(all) = all {
                bar.at(read, all, "texts");
            }
        });
        let past = Past::read(&name, seen, until, phrases, |text| {
            let _ = back.send(text);
        });
        bar.finish();
        past
    })
}

/// What is meant by the names that were typed.
fn source(given: &[String]) -> Result<Source, DeskError> {
    let [one] = given else {
        return Ok(Source::Files(given.iter().map(PathBuf::from).collect()));
    };
    let path = Path::new(one);
    if path.is_dir() {
        return Ok(Source::Files(files::folder(path)?));
    }
    if !path.exists()
        && one != "-"
        && let Some((repository, path)) = git::named(one)
    {
        return Ok(Source::Git { repository, path });
    }
    let name = one.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    Ok(if name.ends_with(".xml") {
        Source::Wiki(path.to_owned())
    } else if name.ends_with(".jsonl") || name.ends_with(".ndjson") || name == "-" {
        Source::Lines(path.to_owned())
    } else {
        Source::Files(vec![path.to_owned()])
    })
}
