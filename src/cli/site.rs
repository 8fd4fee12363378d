//! `site`: the reading room as a folder that needs neither server nor script.
//! It is written beside its place and moved there when it is whole.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::{DeskError, Reader, SiteAnswer};
use crate::pages::{Room, Route};

use super::args::SiteArgs;
use super::door::Door;
use super::paint::safe;
use super::progress::Bar;
use super::run::Done;
use super::setting::setting;

/// What is not in a site, so that nobody takes it for the archive.
const LOSSY: &str = "the records and texts as stored (export plain), evidence files, and pages of revisions that were made by edits";

pub(super) fn run(args: &SiteArgs, door: &mut Door) -> Done {
    let setting = setting(&args.pages, false)?;
    // Who owns a text and attached it may read it, not publish it.
    let archive = door.given_archive()?;
    let reader = Reader::new(&archive)?;
    let room = Room::new(&reader, setting)?;
    let place = Place::take(&args.out)?;
    let written = write(&room, &place, door.common.quiet);
    let (files, bytes, pages) = match written {
        Ok(counts) => counts,
        Err(e) => {
            // What was begun is of no use to anybody.
            let _ = fs::remove_dir_all(&place.new);
            return Err(e);
        }
    };
    place.done()?;
    let answer = SiteAnswer {
        folder: args.out.display().to_string(),
        files,
        bytes,
        pages,
        log_size: room.size(),
        without: room.without(),
        lossy: LOSSY.to_string(),
    };
    let next = vec![format!("open {}/index.html in a browser", answer.folder)];
    door.answer(&answer, next, |door| {
        door.line(safe(&format!(
            "{} pages, {} files, {:.1} MB in {}",
            answer.pages,
            answer.files,
            answer.bytes as f64 / 1e6,
            answer.folder
        )));
        if !answer.without.is_empty() {
            door.line(safe(&format!("no words of: {}", answer.without.join(", "))));
        }
        door.line(format!("not in it: {}", answer.lossy));
    });
    Ok(0)
}

/// Writes every page; counts files, bytes and pages for people.
fn write(room: &Room<'_>, place: &Place, quiet: bool) -> Result<(u64, u64, u64), DeskError> {
    let routes = room.routes()?;
    let mut bar = Bar::new(quiet);
    let (mut files, mut bytes, mut pages) = (0, 0, 0);
    let mut taken: HashMap<String, String> = HashMap::new();
    let mut made: Option<PathBuf> = None;
    for (n, route) in routes.iter().enumerate() {
        bar.at(n as u64, routes.len() as u64, "pages");
        let path = route.path();
        let made_page = room.file(route).map_err(|mut e| {
            e.message = format!("{path}: {}", e.message);
            e
        })?;
        let Some(file) = made_page else { continue };
        // Some file systems hold `m` and `M` for one name.
        if let Some(other) = taken.insert(path.to_lowercase(), path.clone()) {
            return Err(DeskError::refused(
                "site-names",
                format!(
                    "two pages would have one name where capitals do not count: {other}, {path}"
                ),
            )
            .hint("give one of the two texts, events or questions another name"));
        }
        let to = place.new.join(&path);
        if let Some(folder) = to.parent().filter(|f| made.as_deref() != Some(*f)) {
            fs::create_dir_all(folder).map_err(io(folder))?;
            made = Some(folder.to_owned());
        }
        fs::write(&to, &file.bytes).map_err(io(&to))?;
        files += 1;
        bytes += file.bytes.len() as u64;
        pages += u64::from(route.is_page());
    }
    bar.finish();
    Ok((files, bytes, pages))
}

/// Where the site is to stand, and where it is made.
struct Place {
    end: PathBuf,
    new: PathBuf,
}

impl Place {
    /// Takes a folder that is not there, is empty, or holds an earlier site.
    fn take(end: &Path) -> Result<Self, DeskError> {
        if end.exists() {
            let mut inside = fs::read_dir(end).map_err(io(end))?;
            let site = [Route::Style, Route::Home, Route::CheckpointFile];
            let is_site = site.iter().all(|r| end.join(r.path()).is_file());
            if inside.next().is_some() && !is_site {
                return Err(DeskError::refused(
                    "not-a-site",
                    format!("{} holds other files than a site", end.display()),
                )
                .hint("name a new or empty folder, or one that `site` wrote"));
            }
        }
        let mut name = end.file_name().map(ToOwned::to_owned).ok_or_else(|| {
            DeskError::usage("folder", format!("{} names no folder", end.display()))
        })?;
        name.push(format!(".new-{}", std::process::id()));
        let new = end.with_file_name(name);
        fs::create_dir_all(&new).map_err(io(&new))?;
        Ok(Self { end: end.to_owned(), new })
    }

    /// Puts the new site into its place.
    fn done(&self) -> Result<(), DeskError> {
        let old = self.new.with_extension("old");
        let had = self.end.exists();
        if had {
            fs::rename(&self.end, &old).map_err(io(&self.end))?;
        }
        if let Err(e) = fs::rename(&self.new, &self.end) {
            if had {
                let _ = fs::rename(&old, &self.end);
            }
            return Err(io(&self.end)(e));
        }
        if had {
            fs::remove_dir_all(&old).map_err(io(&old))?;
        }
        Ok(())
    }
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> DeskError + '_ {
    move |e| DeskError::io("write", format!("{}: {e}", path.display()))
}
