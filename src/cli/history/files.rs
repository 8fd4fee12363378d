//! A history as files: each is one text, named by its file.

use std::cmp::Ordering;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use super::super::files::{TEXT_LIMIT, name};
use super::way::Way;
use crate::desk::{DeskError, PastText};

/// The files of a folder in the order of their names, numbers by value: r9 is
/// before r10. Hidden files and folders in it are left out.
pub(super) fn folder(path: &Path) -> Result<Vec<PathBuf>, DeskError> {
    let trouble = |e: io::Error| trouble(path, &e);
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        if !name(&path).starts_with('.') && path.is_file() {
            files.push(path);
        }
    }
    files.sort_by(|a, b| by_number(&name(a), &name(b)));
    Ok(files)
}

/// Runs of digits compare as numbers, all else as bytes.
fn by_number(a: &str, b: &str) -> Ordering {
    let (mut x, mut y) = (a, b);
    loop {
        let digits = |s: &str| s.len() - s.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (m, n) = (digits(x), digits(y));
        if m > 0 && n > 0 {
            let (p, q) = (x[..m].trim_start_matches('0'), y[..n].trim_start_matches('0'));
            match p.len().cmp(&q.len()).then_with(|| p.cmp(q)) {
                Ordering::Equal => (x, y) = (&x[m..], &y[n..]),
                other => return other,
            }
            continue;
        }
        match (x.chars().next(), y.chars().next()) {
            (Some(c), Some(d)) if c == d => (x, y) = (&x[c.len_utf8()..], &y[c.len_utf8()..]),
            // As far as numbers go they are equal: 1 and 01.
            (None, None) => return a.cmp(b),
            (c, d) => return c.cmp(&d),
        }
    }
}

pub(super) fn read(paths: &[PathBuf], way: &Way) -> Result<(), DeskError> {
    for path in paths {
        let mut bytes = way.spare().into_bytes();
        let read = File::open(path).and_then(|f| f.take(TEXT_LIMIT + 1).read_to_end(&mut bytes));
        read.map_err(|e| trouble(path, &e))?;
        if bytes.len() as u64 > TEXT_LIMIT {
            return Err(DeskError::usage(
                "too-long",
                format!("{} has more than {TEXT_LIMIT} bytes", path.display()),
            ));
        }
        if !way.send(PastText::of_bytes(&name(path), bytes)?) {
            break;
        }
    }
    Ok(())
}

/// A file to be read as it comes; `-` is standard input; `.gz` is unpacked.
pub(super) fn stream(path: &Path) -> Result<Box<dyn BufRead>, DeskError> {
    const ROOM: usize = 1 << 18;
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::with_capacity(ROOM, io::stdin())));
    }
    let file = File::open(path).map_err(|e| trouble(path, &e))?;
    let file = BufReader::with_capacity(ROOM, file);
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz")) {
        return Ok(Box::new(BufReader::with_capacity(ROOM, MultiGzDecoder::new(file))));
    }
    Ok(Box::new(file))
}

pub(super) fn trouble(path: &Path, e: &io::Error) -> DeskError {
    let shown = path.display();
    match e.kind() {
        io::ErrorKind::NotFound => {
            DeskError::not_found("no-file", format!("there is no file or folder {shown}"))
        }
        _ => DeskError::io("read", format!("{shown} cannot be read: {e}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_by_their_numbers() {
        let mut names = vec!["r10.txt", "r9.txt", "a", "r1.txt", "r010.txt", "r9b.txt", "r"];
        names.sort_by(|a, b| by_number(a, b));
        assert_eq!(names, ["a", "r", "r1.txt", "r9.txt", "r9b.txt", "r010.txt", "r10.txt"]);
    }
}
