//! Is every byte on disk what it was? Without libgit2, which can loop for
//! ever on a damaged object: everything here is bounded by the file's length.
//!
//! Method: the small files are held against what they must say; every pack and
//! index against its own checksum and its name; every object is inflated and
//! hashed. Then the history is walked from the ref, so that something missing
//! is found too, and whatever is bad gets the path it has in the archive.
//! Whether a *name* in the archive fits its bytes, and whether the log does, is
//! asked by the caller through [`Store::record`] and [`Store::content`].
//! Cost: reads everything once; 40 bytes of memory an object.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::archive::Store;
use super::config::Config;
use super::find::Objects;
use super::layout::{content_name, record_name, record_path};
use super::object::{Checksum, ObjectId, entries};
use super::packread::{Pack, Recent};
use super::{StoreError, loose, pack, refs};

/// Something on disk that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The file on disk.
    pub file: PathBuf,
    /// What it held of the archive, where that is known.
    pub path_in_archive: Option<String>,
    /// What is wrong, in words.
    pub what: String,
}

impl Store {
    /// Checks every byte on disk. `progress` is called with objects checked
    /// and in all. Damage is data; none found is an empty list.
    ///
    /// # Errors
    /// Only when it could not look: a folder that cannot be listed.
    pub fn physical_check(
        &self,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<Damage>, StoreError> {
        if !self.is_git() {
            return self.check_plain();
        }
        let mut found = Findings { list: small_files(self.path()), ..Findings::default() };
        let objects = self.objects()?;
        packs(objects, &mut found, progress)?;
        for id in loose::all(objects.dir())? {
            let file = loose::path(objects.dir(), &id);
            match loose::read(objects.dir(), &id) {
                Ok(Some((kind, bytes))) if ObjectId::of(kind, &bytes) == id => {
                    found.good.insert(id);
                }
                Ok(_) => found.bad(id, &file, "its bytes do not have the checksum in its name"),
                Err(e) => found.bad(id, &file, &words(e)),
            }
        }
        history(self, objects, &mut found);
        Ok(found.finish())
    }

    /// A plain folder: each file against its name, and no record of the log
    /// missing.
    fn check_plain(&self) -> Result<Vec<Damage>, StoreError> {
        let mut list = Vec::new();
        let at = |path: &str| self.path().join(path);
        self.walk(&mut |path, bytes| {
            let checked =
                bytes.map(drop).and_then(|()| match (record_name(path), content_name(path)) {
                    (Some(id), _) => self.record(&id).map(drop),
                    (_, Some(name)) => self.content(&name).map(drop),
                    _ if path.starts_with("records/") && !path.ends_with(".sig")
                        || path.starts_with("content/") && !path.ends_with(".salt") =>
                    {
                        Err(StoreError::Damaged {
                            path: path.to_owned(),
                            place: String::new(),
                            what: "nothing of this name belongs here".into(),
                        })
                    }
                    _ => Ok(()),
                });
            if let Err(e) = checked {
                list.push(Damage {
                    file: at(path),
                    path_in_archive: Some(path.to_owned()),
                    what: words(e),
                });
            }
            Ok(())
        })?;
        match self.head().and_then(|h| self.entries(0..h.size)) {
            Ok(ids) => {
                list.extend(ids.iter().map(record_path).filter(|p| !at(p).is_file()).map(|p| {
                    Damage {
                        file: at(&p),
                        path_in_archive: Some(p),
                        what: "it is in the log, but missing".into(),
                    }
                }))
            }
            Err(e) => list.push(Damage {
                file: at("log"),
                path_in_archive: Some("log".into()),
                what: words(e),
            }),
        }
        Ok(list)
    }
}

#[derive(Default)]
struct Findings {
    list: Vec<Damage>,
    /// Objects that can be read whole, from wherever.
    good: HashSet<ObjectId>,
    /// Where a bad copy lies, and what is wrong with it.
    bad: HashMap<ObjectId, (PathBuf, String)>,
    /// Paths of bad or missing objects that the history needs.
    needed: Vec<(ObjectId, String)>,
}

impl Findings {
    fn bad(&mut self, id: ObjectId, file: &Path, what: &str) {
        self.bad.insert(id, (file.to_owned(), what.to_owned()));
    }

    fn file(&mut self, file: &Path, what: &str) {
        self.list.push(Damage {
            file: file.to_owned(),
            path_in_archive: None,
            what: what.to_owned(),
        });
    }

    fn finish(mut self) -> Vec<Damage> {
        for (id, path) in std::mem::take(&mut self.needed) {
            let (file, what) = match self.bad.remove(&id) {
                Some((file, what)) => (file, what),
                None => (
                    PathBuf::from("objects"),
                    format!("it is missing from the archive's folder (object {id})"),
                ),
            };
            self.list.push(Damage { file, path_in_archive: Some(path), what });
        }
        for (_, (file, what)) in std::mem::take(&mut self.bad) {
            self.list.push(Damage { file, path_in_archive: None, what });
        }
        self.list.sort_by(|a, b| (&a.file, &a.path_in_archive).cmp(&(&b.file, &b.path_in_archive)));
        self.list
    }
}

/// An error in the words that follow a file's name.
fn words(e: StoreError) -> String {
    match e {
        StoreError::Damaged { what, .. } => what,
        e => e.to_string(),
    }
}

fn small_files(archive: &Path) -> Vec<Damage> {
    let mut list = Vec::new();
    let mut add = |name: &str, what: String| {
        list.push(Damage { file: archive.join(name), path_in_archive: None, what });
    };
    match Config::read(archive) {
        Ok(c) => c.faults().into_iter().for_each(|f| add("config", f)),
        Err(e) => add("config", words(e)),
    }
    match fs::read(archive.join("HEAD")) {
        Ok(b) if b == format!("ref: {}\n", refs::MAIN).as_bytes() => {}
        Ok(_) => add("HEAD", format!("it does not say: ref: {}", refs::MAIN)),
        Err(e) => add("HEAD", e.to_string()),
    }
    match fs::read(archive.join("packed-refs")) {
        Ok(b) => {
            let text = String::from_utf8_lossy(&b);
            let good = |l: &str| {
                l.starts_with('#')
                    || l.strip_prefix('^').is_some_and(|l| ObjectId::parse(l).is_some())
                    || l.split_once(" refs/").is_some_and(|(id, _)| ObjectId::parse(id).is_some())
            };
            if let Some(n) = text.lines().position(|l| !good(l)) {
                add("packed-refs", format!("line {} names no ref", n + 1));
            }
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => add("packed-refs", e.to_string()),
    }
    list
}

fn packs(
    objects: &Objects,
    found: &mut Findings,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), StoreError> {
    let mut stems: Vec<PathBuf> = loose::listing(&objects.pack_dir())?
        .into_iter()
        .filter(|(_, p, name)| {
            name.starts_with("pack-") && p.extension().is_some_and(|e| e == "pack" || e == "idx")
        })
        .map(|(_, p, _)| p.with_extension(""))
        .collect();
    stems.dedup();
    let unfinished = pack::unfinished(&objects.pack_dir())?;
    stems.retain(|s| !unfinished.contains(s));
    let mut open = Vec::new();
    for stem in stems {
        let (pack_file, idx_file) = (stem.with_extension("pack"), stem.with_extension("idx"));
        for (file, other) in [(&pack_file, &idx_file), (&idx_file, &pack_file)] {
            if !file.exists() {
                found.file(file, &format!("it is missing, {} is there", other.display()));
            }
        }
        if !pack_file.exists() || !idx_file.exists() {
            continue;
        }
        let pack_sum = checksum(&pack_file, found);
        let idx_sum = checksum(&idx_file, found);
        if let (Some((sum, _)), Some((_, in_index))) = (pack_sum, idx_sum) {
            if sum != in_index {
                found.file(&idx_file, "it belongs to another pack");
            }
            if !stem.to_string_lossy().ends_with(&hex::encode(sum)) {
                found.file(&pack_file, "it is not the pack that its name says");
            }
        }
        match Pack::open(&stem) {
            Ok(p) => open.push(p),
            Err(e) => found.file(&idx_file, &words(e)),
        }
    }
    let total = open.iter().map(Pack::count).sum();
    let mut done = 0;
    for pack in &open {
        let file = pack.stem().with_extension("pack");
        let mut all = match pack.all() {
            Ok(all) => all,
            Err(e) => {
                found.file(&pack.stem().with_extension("idx"), &words(e));
                continue;
            }
        };
        all.sort_unstable_by_key(|(_, at)| *at);
        let mut recent = Recent::default();
        for (id, at) in all {
            // A base elsewhere only occurs in packs of other programs.
            match pack.read_with(at, &mut recent, &|base| objects.read(base).map(Some)) {
                Ok((kind, bytes)) if ObjectId::of(kind, &bytes) == id => {
                    found.good.insert(id);
                }
                Ok(_) => found.bad(id, &file, &format!("byte {at}: not what its checksum says")),
                Err(e) => found.bad(id, &file, &format!("byte {at}: {}", words(e))),
            }
            done += 1;
            if done % 256 == 0 {
                progress(done, total);
            }
        }
    }
    progress(total, total);
    Ok(())
}

/// The checksum at the end of a file and, for an index, the one before it.
/// Reports a file whose bytes do not have it.
fn checksum(file: &Path, found: &mut Findings) -> Option<([u8; 20], [u8; 20])> {
    let read = || -> std::io::Result<(Checksum, Vec<u8>)> {
        let mut f = File::open(file)?;
        let (mut sum, mut held, mut buf) = (Checksum::default(), Vec::new(), vec![0; 256 * 1024]);
        loop {
            let n = f.read(&mut buf)?;
            if n == 0 {
                return Ok((sum, held));
            }
            held.extend_from_slice(&buf[..n]);
            // The last 40 bytes wait: the end is not known before it comes.
            let ready = held.len().saturating_sub(40);
            sum.update(&held[..ready]);
            held.drain(..ready);
        }
    };
    let (mut sum, held) = match read() {
        Ok(r) => r,
        Err(e) => {
            found.file(file, &e.to_string());
            return None;
        }
    };
    if held.len() < 40 {
        found.file(file, "it is too short");
        return None;
    }
    let part =
        |r: std::ops::Range<usize>| -> [u8; 20] { held[r].try_into().expect("twenty bytes") };
    sum.update(&held[..20]);
    let last = part(20..40);
    if sum.finish() != last {
        found.file(file, "its bytes do not have the checksum at its end");
        return None;
    }
    Some((last, part(0..20)))
}

/// From the ref to every object of every state.
fn history(store: &Store, objects: &Objects, found: &mut Findings) {
    let main = refs::path(store.path());
    let mut todo = match refs::read(store.path()) {
        Ok(Some(id)) => vec![id],
        // No state at all, although there are objects: the ref is lost.
        Ok(None) if found.good.is_empty() => return,
        Ok(None) => return found.file(&main, "it is missing"),
        Err(e) => return found.file(&main, &words(e)),
    };
    if !found.good.contains(&todo[0]) && !found.bad.contains_key(&todo[0]) {
        found.file(&main, "it names a state that is not in the archive");
    }
    let mut seen: HashSet<ObjectId> = todo.iter().copied().collect();
    while let Some(id) = todo.pop() {
        let commit = match objects.commit(&id) {
            Ok(c) if found.good.contains(&id) => c,
            _ => {
                found.needed.push((id, format!("(state {id})")));
                continue;
            }
        };
        folder(objects, &commit.tree, "", &mut seen, found);
        todo.extend(commit.parents.into_iter().filter(|p| seen.insert(*p)));
    }
}

fn folder(
    objects: &Objects,
    tree: &ObjectId,
    path: &str,
    seen: &mut HashSet<ObjectId>,
    found: &mut Findings,
) {
    if !seen.insert(*tree) {
        return;
    }
    let lines = match objects.tree(tree) {
        Ok(t) if found.good.contains(tree) => t,
        _ => {
            let name = if path.is_empty() { "/" } else { path };
            return found.needed.push((*tree, name.to_owned()));
        }
    };
    for e in entries(&lines).flatten() {
        let below = if path.is_empty() { e.name.to_owned() } else { format!("{path}/{}", e.name) };
        if e.dir {
            folder(objects, &e.id, &below, seen, found);
        } else if seen.insert(e.id) && !found.good.contains(&e.id) {
            found.needed.push((e.id, below));
        }
    }
}
