use std::path::Path;

use crate::desk::{self, DeskError, Located, Outcome, Searched};

use super::args::LocateArgs;
use super::door::Door;
use super::files;
use super::paint::safe;
use super::run::Done;
use super::wrap;

pub(super) fn run(args: &LocateArgs, door: &mut Door) -> Done {
    let (texts, from) = match (&args.from, &args.within) {
        (Some(from), Some(within)) => {
            let [from, text] = two(from, within, door)?;
            (vec![text], Some(from))
        }
        (_, within) => (texts(within.as_deref(), door)?, None),
    };
    if let Some(batch) = &args.batch {
        let lines = files::open(batch, files::TEXT_LIMIT)?;
        for answers in desk::locate_batch(&texts[0], from.as_ref(), lines)? {
            door.append(answers);
        }
        return Ok(0);
    }
    let quote = args.quote.as_deref().unwrap_or_default();
    let desk::Sought { best, others } = desk::seek(&texts, from.as_ref(), quote)?;
    let exact_twice = others > 0;
    let code = match best.resolution {
        Outcome::Exact | Outcome::Moved | Outcome::Fuzzy if !exact_twice => 0,
        _ => 3,
    };
    door.answer(&best, Vec::new(), |door| {
        show(door, &best);
        if exact_twice {
            door.line(format!("also in {others} other text(s): name one with --in"));
        }
    });
    Ok(code)
}

fn texts(within: Option<&str>, door: &Door) -> Result<Vec<Searched>, DeskError> {
    match within {
        Some(name) if is_file(name, door) => {
            Ok(vec![Searched::plain(name, files::read(Path::new(name), files::TEXT_LIMIT)?)?])
        }
        Some(address) => Ok(vec![Searched::in_archive(&door.archive()?, address)?]),
        None => Searched::all_of(&door.archive()?),
    }
}

/// Whether a name is meant as a file: it has the look of a path, or there is
/// no archive here that could know it.
pub(super) fn is_file(name: &str, door: &Door) -> bool {
    let path = Path::new(name);
    let looks = name.contains(['/', '\\']) || path.extension().is_some();
    let no_archive = || door.archive().is_err();
    path.is_file() && (looks || no_archive())
        || (looks && !path.exists() && (name.contains(['/', '\\']) || no_archive()))
}

/// The text that quotations were taken from, and the one to look in.
fn two(from: &str, within: &str, door: &Door) -> Result<[Searched; 2], DeskError> {
    if is_file(from, door) && is_file(within, door) {
        let read = |name: &str| files::read(Path::new(name), files::TEXT_LIMIT);
        return Searched::plain_pair((from, read(from)?), (within, read(within)?));
    }
    let one = |name: &str| -> Result<Searched, DeskError> {
        match is_file(name, door) {
            true => Searched::plain(name, files::read(Path::new(name), files::TEXT_LIMIT)?),
            false => Searched::in_archive(&door.archive()?, name),
        }
    };
    Ok([one(from)?, one(within)?])
}

fn show(door: &mut Door, l: &Located) {
    let place = match (l.line_start, l.line_end) {
        (Some(a), Some(b)) if a == b => format!("{}:{a}", l.within),
        (Some(a), Some(b)) => format!("{}:{a}-{b}", l.within),
        _ => l.within.clone(),
    };
    let bytes = match (l.start, l.end) {
        (Some(a), Some(b)) => format!(", bytes {a}-{b}"),
        _ => String::new(),
    };
    let line = match l.resolution {
        Outcome::Exact => format!("{place}  equal in the reading text{bytes}"),
        Outcome::Moved => format!("{place}  equal, at another place{bytes}"),
        Outcome::Fuzzy => format!(
            "{place}  similar, {:.0} %{bytes}{}",
            l.score * 100.0,
            if l.damaged { ", damaged: look at it" } else { "" }
        ),
        Outcome::Ambiguous => {
            format!("{place}  stands in {} places; quote more words", l.candidates.len())
        }
        Outcome::Lost => format!("{place}  not found"),
        Outcome::Withheld => format!("{place}  the text is not supplied"),
    };
    door.line(door.paint.bold(&safe(&line)));
    for c in &l.candidates {
        for row in wrap::plain(
            &safe(&format!(
                "{}:{} ({:.0} %) “{}”",
                l.within,
                c.line_start,
                c.score * 100.0,
                c.text
            )),
            door.width,
            "  ",
        ) {
            door.line(row);
        }
    }
}
