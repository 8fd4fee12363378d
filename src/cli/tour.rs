//! The whole story on the built-in example, played by the program itself.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;

use crate::desk::{self, Archive, DeskError, ListItem, Listed};

use super::args::{Cli, TourArgs};
use super::door::Door;
use super::run::{self, Done};

/// Played where the reference archive lies in this folder.
const TOUR: &str = include_str!("../../archive/drafts/tour.txt");
/// Played anywhere: it makes its archive itself.
const STORY: &str = include_str!("../../archive/drafts/story.txt");
const FILES: [(&str, &str); 7] = [
    ("ferry-memoir.txt", include_str!("../../archive/drafts/ferry-memoir.txt")),
    ("newspaper.txt", include_str!("../../archive/drafts/newspaper.txt")),
    ("invitation.txt", include_str!("../../archive/drafts/invitation.txt")),
    ("replies/1-slip.txt", include_str!("../../archive/drafts/replies/1-slip.txt")),
    ("replies/2-fact.txt", include_str!("../../archive/drafts/replies/2-fact.txt")),
    (
        "replies/3-other-account.txt",
        include_str!("../../archive/drafts/replies/3-other-account.txt"),
    ),
    (
        "replies/4-counter-opinion.txt",
        include_str!("../../archive/drafts/replies/4-counter-opinion.txt"),
    ),
];

pub(super) fn run(args: &TourArgs, door: &mut Door) -> Done {
    let (base, kept) = match &args.keep {
        Some(dir) => (dir.clone(), true),
        None => (std::env::temp_dir().join(format!("variorum-tour-{}", std::process::id())), false),
    };
    let trouble = |path: &Path| {
        let path = path.display().to_string();
        move |e: std::io::Error| DeskError::io("write", format!("{path} cannot be written: {e}"))
    };
    if base.exists() {
        return Err(DeskError::refused(
            "not-empty",
            format!("{} is there already", base.display()),
        )
        .hint("name another folder: --keep DIR"));
    }
    for (name, text) in FILES {
        let path = base.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&base)).map_err(trouble(&path))?;
        fs::write(&path, text).map_err(trouble(&path))?;
    }
    let here = Path::new("archive");
    let done = match here.join("archive.toml").is_file() {
        true => play(TOUR, Some(here), &base, door),
        false => play(STORY, None, &base, door),
    };
    if kept {
        door.say(&format!(
            "\nthe tour's archive is kept: variorum -C {} status",
            base.join("archive").display()
        ));
    } else {
        // A copy of texts that the program carries anyway.
        let _ = fs::remove_dir_all(&base);
        door.say("\nnow with a text of your own: variorum init my-archive && variorum -C my-archive add FILE --siglum M");
    }
    done
}

/// Plays a script: on the archive `given`, or on one of its own in `base`.
fn play(script: &str, given: Option<&Path>, base: &Path, door: &mut Door) -> Done {
    let own = base.join("archive");
    let mut replies: Vec<String> = Vec::new();
    let mut tampered = false;
    for line in script.lines() {
        if let Some(words) = line.strip_prefix("= ") {
            door.say(&format!("\n{}", door.paint.bold(words)));
            continue;
        }
        if line.is_empty() || line.starts_with(['#', '@']) {
            continue;
        }
        let (archive, line) = match (line.strip_prefix("* "), given) {
            (Some(line), _) => (own.as_path(), line),
            (None, Some(given)) => (given, line),
            (None, None) => (own.as_path(), line),
        };
        if line == "tamper" {
            door.say(&format!("\n$ {}", tamper(&own)?));
            tampered = true;
            continue;
        }
        let mut words = split(line);
        for word in &mut words {
            for (n, r) in (1..).zip(&replies) {
                *word = word
                    .replace(&format!("{{{n}}}"), r)
                    .replace(&format!("{{R{n}}}"), &receipt(base, n).display().to_string());
            }
        }
        door.say(&format!("\n$ variorum {}", shell(&words, base)));
        let submits = words[0] == "submit";
        let mut typed: Vec<OsString> = vec!["variorum".into(), "-C".into(), archive.into()];
        typed.extend(
            ["--no-pager", "--color", if door.paint.bold("x") == "x" { "never" } else { "always" }]
                .map(Into::into),
        );
        typed.extend(["--width".into(), door.width.to_string().into()]);
        typed.extend(words.iter().map(|w| in_base(w, base)).map(Into::into));
        match words[0].as_str() {
            // The bars of long work would stand between the lines of the story.
            "verify" => typed.push("--quiet".into()),
            "init" => typed.extend(["--private".into(), OsString::from(base.join("private"))]),
            "submit" => {
                typed.extend(["--receipt".into(), OsString::from(receipt(base, replies.len() + 1))])
            }
            _ => {}
        }
        let cli =
            Cli::try_parse_from(typed).map_err(|e| DeskError::usage("story", e.to_string()))?;
        match (run::command(cli, None), tampered) {
            (4, true) => door.say("\nThe changed byte was found, and its file named."),
            (0, false) => {}
            (_, true) => {
                return Err(DeskError::integrity("story", "the changed byte was not found"));
            }
            (code, false) => return Ok(code),
        }
        if submits {
            replies.push(newest_reply(base)?);
        }
    }
    Ok(0)
}

/// Changes one byte in the middle of the archive's largest file of records;
/// says what was done.
fn tamper(archive: &Path) -> Result<String, DeskError> {
    let packs = archive.join("objects/pack");
    let trouble = |e: std::io::Error| DeskError::io("tamper", format!("{}: {e}", packs.display()));
    let mut largest: Option<(u64, PathBuf)> = None;
    for entry in fs::read_dir(&packs).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        let len = fs::metadata(&path).map_err(trouble)?.len();
        if path.extension().is_some_and(|e| e == "pack")
            && largest.as_ref().is_none_or(|(most, _)| len > *most)
        {
            largest = Some((len, path));
        }
    }
    let Some((_, path)) = largest else {
        return Err(DeskError::integrity("story", "the scratch copy holds no records"));
    };
    let mut bytes = fs::read(&path).map_err(trouble)?;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    // Files of records are made read-only; whoever tampers does not mind.
    fs::remove_file(&path).and_then(|()| fs::write(&path, bytes)).map_err(trouble)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(format!("(one bit of byte {middle} of {name} is turned over)"))
}

fn receipt(base: &Path, n: usize) -> PathBuf {
    base.join(format!("receipt-{n}.txt"))
}

fn newest_reply(base: &Path) -> Result<String, DeskError> {
    let archive = Archive::open(&base.join("archive"), &mut |_, _, _| {})?;
    let list = desk::list(&archive, Listed::Corrections)?;
    match list.items.last() {
        Some(ListItem::Correction(c)) => Ok(c.correction.clone()),
        _ => Err(DeskError::integrity("story", "the reply was not recorded")),
    }
}

/// Files of the story lie in the tour's folder.
fn in_base(word: &str, base: &Path) -> String {
    if FILES.iter().any(|(name, _)| *name == word) {
        base.join(word).display().to_string()
    } else {
        word.to_string()
    }
}

/// Words of a line; double quotes hold words together.
fn split(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut any) = (false, false);
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                any = true;
            }
            ' ' if !quoted => {
                if any || !word.is_empty() {
                    out.push(std::mem::take(&mut word));
                    any = false;
                }
            }
            c => word.push(c),
        }
    }
    if any || !word.is_empty() {
        out.push(word);
    }
    out
}

/// The line as one would type it.
fn shell(words: &[String], base: &Path) -> String {
    let base = format!("{}/", base.display());
    let quote = |w: &String| {
        let w = w.replace(&base, "");
        if w.contains(' ') { format!("\"{w}\"") } else { w }
    };
    words.iter().map(quote).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_stay_together() {
        assert_eq!(
            split("add a.txt --title \"The Long Pier\" x"),
            ["add", "a.txt", "--title", "The Long Pier", "x"]
        );
    }
}
