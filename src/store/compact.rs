//! Folding many small packs (and loose objects that git left) into few, with
//! differences between the versions of a file or folder. Needs no git.
//!
//! When: after a commit, once a tier holds [`TIER_PACKS`] packs; each tier's
//! packs hold 16 times as many objects as those of the tier below, as in a
//! log-structured merge tree (O'Neil 1996), so an object is rewritten at most
//! once a tier. [`Store::compact`] folds everything.
//!
//! How: every object is read and hashed; the commits in the set, newest first,
//! give each tree and blob its path; objects are written in groups of one path
//! (or of one kind of record), newest first, each as a difference to the one
//! before where that is shorter. The newest version of anything is whole, so
//! what is read most is read fastest. A folder of 256 lines in which one line
//! changed costs about 60 bytes that way instead of 7,000. Differences found
//! by an earlier compaction are copied as they are.
//! Cost: about 40 microseconds and 150 bytes of memory an object.
//!
//! Crash order: the new pack is written, synced, named and read back in full
//! before an old one is removed; a crash in between leaves objects twice, which
//! the next compaction folds. Readers in other processes keep the packs they
//! have open and look for the rest again (see `find.rs`).

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::StoreError;
use super::archive::Store;
use super::delta::Base;
use super::find::Objects;
use super::lock::Writer;
use super::loose;
use super::object::{Commit, Kind, ObjectId, entries};
use super::pack::{PackWriter, remove_pack};
use super::packread::{Pack, Recent, Stored};
use super::zlib;

/// Packs of one tier before they are folded.
const TIER_PACKS: usize = 24;
/// Objects folded at most while a writer waits (a second or two).
const MAX_IN_COMMIT: u64 = 50_000;
/// Longest chain of differences written; reading the oldest version of a
/// folder applies as many.
const MAX_DEPTH: u32 = 120;
/// Records are read far more often than old folders: at most this far from a
/// whole one.
const RECORDS_A_KEY: usize = 64;
/// Newest folders from this many bytes on are not compressed.
const HOT_TREE: usize = 1024;
/// Leftovers of other programs are removed after this time.
const STALE: Duration = Duration::from_secs(3600);

/// What a compaction did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Compaction {
    /// Packs before and after.
    pub packs: (usize, usize),
    /// Objects folded.
    pub objects: u64,
    /// Bytes of packs and loose objects folded, and of the new pack.
    pub bytes: (u64, u64),
}

impl Store {
    /// Folds all packs and loose objects into one pack. Waits at most `wait`
    /// for the lock. `progress` is called with objects done and in all, twice
    /// over (once reading, once writing).
    ///
    /// # Errors
    /// `Damaged` for the first object that cannot be read whole: nothing is
    /// removed then.
    pub fn compact(
        &self,
        wait: Duration,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Compaction, StoreError> {
        self.lock(wait)?.compact(progress)
    }
}

impl Writer<'_> {
    /// As [`Store::compact`], under the lock that is held.
    ///
    /// # Errors
    /// As there.
    pub fn compact(
        &mut self,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Compaction, StoreError> {
        let objects = self.store.objects()?;
        sweep(objects)?;
        let loose = loose::all(objects.dir())?;
        let packs = objects.packs()?;
        if packs.len() <= 1 && loose.is_empty() {
            return Ok(Compaction { packs: (packs.len(), packs.len()), ..Compaction::default() });
        }
        fold(objects, packs, &loose, progress)
    }

    /// Folds what has piled up, if enough has: called after each commit.
    pub(super) fn compact_some(&mut self) -> Result<(), StoreError> {
        let objects = self.store.objects()?;
        if objects.pack_count() < TIER_PACKS {
            return Ok(());
        }
        let mut packs = objects.packs()?;
        packs.sort_by_key(Pack::count);
        let tier = |p: &Pack| (p.count() / 64).max(1).ilog2() / 4;
        let full =
            (0..16).filter(|t| packs.iter().filter(|p| tier(p) == *t).count() >= TIER_PACKS).max();
        let Some(full) = full else { return Ok(()) };
        let mut sum = 0;
        packs.retain(|p| {
            sum += p.count();
            tier(p) <= full && sum <= MAX_IN_COMMIT
        });
        if packs.len() > 1 {
            fold(objects, packs, &[], &mut |_, _| {})?;
        }
        Ok(())
    }
}

/// One object of the set.
struct Item {
    id: ObjectId,
    kind: Kind,
    size: u32,
    /// Index into the packs, or `LOOSE`.
    pack: u32,
    at: u64,
    end: u64,
    /// Objects of one group are alike.
    group: u64,
    class: Class,
    /// Which commit, from the oldest, is the newest that has it.
    newest: u32,
}

const LOOSE: u32 = u32::MAX;

/// How a group is searched for differences.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Class {
    /// Versions of one thing: each against the one after it.
    Versions,
    /// Different things of one make: each against a whole one nearby.
    Alike,
    /// Random bytes: never.
    Alone,
}

fn fold(
    objects: &Objects,
    packs: Vec<Pack>,
    loose: &[ObjectId],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Compaction, StoreError> {
    let total = packs.iter().map(Pack::count).sum::<u64>() + loose.len() as u64;
    let (mut items, commits) = survey(objects, &packs, loose, &mut |n| progress(n, 2 * total))?;
    name(objects, &packs, &mut items, &commits)?;
    items.sort_by(|a, b| {
        let key = |i: &Item| (i.kind, i.class, i.group, u32::MAX - i.newest);
        key(a).cmp(&key(b)).then(b.size.cmp(&a.size)).then(a.id.cmp(&b.id))
    });

    let count = u32::try_from(items.len())
        .map_err(|_| StoreError::Log { what: "too many objects for one pack".into() })?;
    let mut out = PackWriter::new(&objects.pack_dir(), count)?;
    let mut placed = Placed::default();
    let mut recents: Vec<Recent> = packs.iter().map(|_| Recent::default()).collect();
    let by_offset: HashMap<(u32, u64), ObjectId> =
        items.iter().map(|i| ((i.pack, i.at), i.id)).collect();
    let mut group = Group::default();
    for (n, item) in items.iter().enumerate() {
        if n % 256 == 0 {
            progress(total + n as u64, 2 * total);
        }
        let same = n > 0 && (items[n - 1].kind, items[n - 1].group) == (item.kind, item.group);
        if !same {
            group = Group::default();
        }
        let old = if item.pack == LOOSE {
            None
        } else {
            Some(packs[item.pack as usize].raw(item.at, item.end)?)
        };
        if let Some((Stored::OnOffset(base), size, z)) = &old
            && let Some(&(at, depth)) =
                by_offset.get(&(item.pack, *base)).and_then(|b| placed.0.get(b))
            && depth < MAX_DEPTH
        {
            let to = out.add_delta(item.id, at, *size as usize, z)?;
            placed.0.insert(item.id, (to, depth + 1));
            if item.class == Class::Versions {
                group.last =
                    Some((read(objects, &packs, &mut recents, item)?, None, to, depth + 1));
            }
            continue;
        }
        let bytes = read(objects, &packs, &mut recents, item)?;
        // Deflated before: only a new difference could make it shorter.
        let whole = match old {
            Some((Stored::Whole(_), _, z)) if !z.starts_with(&zlib::STORED) => Some(z),
            _ => None,
        };
        group.place(&mut out, &mut placed, item, bytes, whole)?;
    }
    progress(2 * total, 2 * total);
    let written = out.len();
    let (stem, _) = out.finish()?;
    if let Err(e) = read_back(&stem, &items) {
        if !packs.iter().any(|p| p.stem() == stem) {
            remove_pack(&stem);
        }
        return Err(e);
    }

    let mut report =
        Compaction { packs: (packs.len(), 1), objects: items.len() as u64, bytes: (0, written) };
    for p in packs.iter().filter(|p| p.stem() != stem) {
        report.bytes.0 += p.len();
        remove_pack(p.stem());
    }
    for id in loose {
        let path = loose::path(objects.dir(), id);
        report.bytes.0 += fs::metadata(&path).map_or(0, |m| m.len());
        fs::remove_file(&path).map_err(StoreError::io("remove", &path))?;
        // Fails while others are in it.
        let _ = path.parent().map(fs::remove_dir);
    }
    objects.refresh()?;
    Ok(report)
}

/// Reads and hashes every object once: what kind, how long, where.
fn survey(
    objects: &Objects,
    packs: &[Pack],
    loose: &[ObjectId],
    progress: &mut dyn FnMut(u64),
) -> Result<(Vec<Item>, HashMap<ObjectId, Commit>), StoreError> {
    let mut items: Vec<Item> = Vec::new();
    let mut seen: HashMap<ObjectId, ()> = HashMap::new();
    let mut commits = HashMap::new();
    let mut take = |id: ObjectId, kind, bytes: &[u8], pack, at, end| {
        if kind == Kind::Commit
            && let Some(c) = Commit::parse(bytes)
        {
            commits.insert(id, c);
        }
        let (group, class) = by_bytes(kind, bytes);
        let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        items.push(Item { id, kind, size, pack, at, end, group, class, newest: 0 });
        progress(items.len() as u64);
    };
    for (p, pack) in (0u32..).zip(packs) {
        let mut all = pack.all()?;
        all.sort_unstable_by_key(|(_, at)| *at);
        let mut recent = Recent::default();
        let ends = all.iter().skip(1).map(|(_, at)| *at).chain([pack.data_end()]);
        for (&(id, at), end) in all.iter().zip(ends.collect::<Vec<_>>()) {
            if seen.insert(id, ()).is_some() {
                continue;
            }
            let (kind, bytes) = pack.read_with(at, &mut recent, &|b| objects.read(b).map(Some))?;
            if ObjectId::of(kind, &bytes) != id {
                return Err(
                    pack.damaged(at, "its bytes do not have the checksum in its name".into())
                );
            }
            take(id, kind, &bytes, p, at, end);
        }
    }
    for id in loose {
        if seen.insert(*id, ()).is_none() {
            let (kind, bytes) = objects.read(id)?;
            take(*id, kind, &bytes, LOOSE, 0, 0);
        }
    }
    Ok((items, commits))
}

/// The group of an object whose path is not known yet.
fn by_bytes(kind: Kind, bytes: &[u8]) -> (u64, Class) {
    match kind {
        // A record's first line is its kind: like stands with like.
        Kind::Blob => {
            let line = bytes.iter().position(|&b| b == b'\n').unwrap_or(0).min(80);
            (hash(&bytes[..line]), Class::Alike)
        }
        _ => (0, Class::Versions),
    }
}

/// Walks the commits of the set, newest first, and gives each tree and blob
/// the group of its path.
fn name(
    objects: &Objects,
    packs: &[Pack],
    items: &mut [Item],
    commits: &HashMap<ObjectId, Commit>,
) -> Result<(), StoreError> {
    let at: HashMap<ObjectId, usize> = items.iter().enumerate().map(|(n, i)| (i.id, n)).collect();
    let mut recents: Vec<Recent> = packs.iter().map(|_| Recent::default()).collect();
    let mut named = vec![false; items.len()];
    for (age, id) in (1u32..).zip(oldest_first(commits)).collect::<Vec<_>>().into_iter().rev() {
        items[at[&id]].newest = age;
        let mut todo = vec![(commits[&id].tree, String::new())];
        while let Some((tree, path)) = todo.pop() {
            let Some(&n) = at.get(&tree).filter(|n| !named[**n]) else { continue };
            named[n] = true;
            items[n].newest = age;
            items[n].group = hash(path.as_bytes());
            let lines = read(objects, packs, &mut recents, &items[n])?;
            for line in entries(&lines).flatten() {
                let Some(&n) = at.get(&line.id).filter(|n| !named[**n]) else { continue };
                let path = if path.is_empty() {
                    line.name.to_owned()
                } else {
                    format!("{path}/{}", line.name)
                };
                if line.dir {
                    todo.push((line.id, path));
                } else {
                    named[n] = true;
                    items[n].newest = age;
                    (items[n].group, items[n].class) = by_path(&path, &items[n]);
                }
            }
        }
    }
    Ok(())
}

fn by_path(path: &str, item: &Item) -> (u64, Class) {
    if path.ends_with(".salt") {
        (0, Class::Alone)
    } else if path.ends_with(".sig") {
        (hash(b".sig"), Class::Alike)
    } else if path.starts_with("records/") {
        (item.group, Class::Alike)
    } else if path.starts_with("content/") {
        // Editions of a book are alike, a book and a reply are not.
        (hash(&[1, (item.size.max(1).ilog2() / 3) as u8]), Class::Alike)
    } else {
        // A partial tile is the beginning of the next.
        let whole = path.split_once(".p/").map_or(path, |(tile, _)| tile);
        (hash(whole.as_bytes()), Class::Versions)
    }
}

fn oldest_first(commits: &HashMap<ObjectId, Commit>) -> Vec<ObjectId> {
    let mut order = Vec::with_capacity(commits.len());
    let mut done = std::collections::HashSet::new();
    let mut ids: Vec<_> = commits.keys().copied().collect();
    ids.sort_unstable();
    for id in ids {
        // Depth first, parents before children; histories are long, so no
        // recursion.
        let mut stack = vec![(id, false)];
        while let Some((id, parents_done)) = stack.pop() {
            if parents_done {
                order.push(id);
            } else if commits.contains_key(&id) && done.insert(id) {
                stack.push((id, true));
                stack.extend(commits[&id].parents.iter().map(|p| (*p, false)));
            }
        }
    }
    order
}

fn read(
    objects: &Objects,
    packs: &[Pack],
    recents: &mut [Recent],
    item: &Item,
) -> Result<Vec<u8>, StoreError> {
    if item.pack == LOOSE {
        return objects.read(&item.id).map(|(_, b)| b);
    }
    let n = item.pack as usize;
    let (_, bytes) =
        packs[n].read_with(item.at, &mut recents[n], &|b| objects.read(b).map(Some))?;
    Ok(bytes.to_vec())
}

/// Where each object of the new pack lies, and how many differences deep.
#[derive(Default)]
struct Placed(HashMap<ObjectId, (u64, u32)>);

/// A written object that others may build on: bytes, made ready, where, depth.
type Candidate = (Vec<u8>, Option<Base>, u64, u32);

/// The objects of a group written so far that the next may build on.
#[derive(Default)]
struct Group {
    /// The one written last.
    last: Option<Candidate>,
    /// The last whole one.
    key: Option<Candidate>,
    since_key: usize,
}

impl Group {
    fn place(
        &mut self,
        out: &mut PackWriter,
        placed: &mut Placed,
        item: &Item,
        bytes: Vec<u8>,
        whole: Option<Vec<u8>>,
    ) -> Result<(), StoreError> {
        let mut best: Option<(Vec<u8>, u64, u32)> = None;
        self.since_key += 1;
        if item.class == Class::Alike && self.since_key >= RECORDS_A_KEY {
            self.key = None;
        }
        let candidates = match item.class {
            Class::Versions => [self.last.as_mut(), self.key.as_mut()],
            Class::Alike => [self.key.as_mut(), None],
            Class::Alone => [None, None],
        };
        for (base_bytes, base, at, depth) in candidates.into_iter().flatten() {
            if *depth >= MAX_DEPTH || best.as_ref().is_some_and(|(d, ..)| d.len() < 40) {
                continue;
            }
            let base = base.get_or_insert_with(|| Base::new(std::mem::take(base_bytes)));
            let limit = best.as_ref().map_or(bytes.len(), |(d, ..)| d.len() * 2 / 3);
            if let Some(d) = base.diff(&bytes, limit) {
                best = Some((d, *at, *depth));
            }
        }
        // A difference far shorter than the object needs no comparison.
        let clear = best.as_ref().is_some_and(|(d, ..)| d.len() < bytes.len() / 4);
        let best = best.map(|(d, at, depth)| (zlib::deflate(&d), d.len(), at, depth));
        // The newest version of a large folder is read by every commit, and its
        // hashes hardly shrink: left as it is, reading it costs a copy.
        let hot = item.kind == Kind::Tree && self.key.is_none() && bytes.len() >= HOT_TREE;
        let whole = if hot {
            Some(zlib::store(&bytes))
        } else if clear {
            None
        } else {
            Some(whole.unwrap_or_else(|| zlib::deflate(&bytes)))
        };
        let (at, depth) = match (best, whole) {
            (Some((z, size, base, depth)), w)
                if w.as_ref().is_none_or(|w| z.len() + 3 < w.len()) =>
            {
                (out.add_delta(item.id, base, size, &z)?, depth + 1)
            }
            (_, w) => {
                let z = w.unwrap_or_else(|| zlib::deflate(&bytes));
                (out.add(item.id, item.kind, bytes.len(), &z)?, 0)
            }
        };
        placed.0.insert(item.id, (at, depth));
        if depth == 0 && (item.class == Class::Versions || self.key.is_none()) {
            self.since_key = 0;
            if item.class == Class::Versions {
                self.last = None;
            }
            self.key = Some((bytes, None, at, 0));
        } else if item.class == Class::Versions {
            self.last = Some((bytes, None, at, depth));
        }
        Ok(())
    }
}

/// Reads the new pack before the old ones go.
fn read_back(stem: &std::path::Path, items: &[Item]) -> Result<(), StoreError> {
    let pack = Pack::open(stem)?;
    let mut all = pack.all()?;
    all.sort_unstable_by_key(|(_, at)| *at);
    let mut recent = Recent::default();
    let mut ids = Vec::with_capacity(all.len());
    for (id, at) in all {
        let (kind, bytes) = pack.read_with(at, &mut recent, &|_| Ok(None))?;
        if ObjectId::of(kind, &bytes) != id {
            return Err(
                pack.damaged(at, "the pack just written does not hold what was put in".into())
            );
        }
        ids.push(id);
    }
    ids.sort_unstable();
    let mut want: Vec<_> = items.iter().map(|i| i.id).collect();
    want.sort_unstable();
    if ids == want {
        Ok(())
    } else {
        Err(pack.damaged(0, "the pack just written lacks objects".into()))
    }
}

/// Removes the temporary files that other programs left unfinished long ago.
fn sweep(objects: &Objects) -> Result<(), StoreError> {
    let old = |p: &PathBuf| {
        let age = fs::metadata(p)
            .and_then(|m| m.modified())
            .ok()
            .and_then(|m| SystemTime::now().duration_since(m).ok());
        age.is_some_and(|a| a > STALE)
    };
    for dir in [objects.dir().to_owned(), objects.pack_dir()] {
        for (_, path, name) in loose::listing(&dir)? {
            if name.starts_with("tmp_") && old(&path) {
                fs::remove_file(&path).map_err(StoreError::io("remove", &path))?;
            }
        }
    }
    Ok(())
}

fn hash(bytes: &[u8]) -> u64 {
    let mut h = DefaultHasher::new();
    bytes.hash(&mut h);
    h.finish()
}
