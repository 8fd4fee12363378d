//! Finding and reading objects: packs, newest first, then loose files. Every
//! object is hashed on its way out, so nothing damaged is ever handed on.
//!
//! Other processes commit and compact while we read: a pack may vanish (its
//! objects are in a newer one by then) or appear. An object not found makes
//! the list be read again once; an open pack stays readable after its removal.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::SystemTime;

use super::StoreError;
use super::loose;
use super::object::{Commit, Kind, ObjectId, entries};
use super::packread::Pack;

/// Trees kept in memory: all of a large archive's upper two levels fit.
const CACHED_TREES: usize = 2048;

/// The objects of one archive.
pub(super) struct Objects {
    dir: PathBuf,
    packs: RwLock<Vec<Arc<Slot>>>,
    trees: Mutex<HashMap<ObjectId, Arc<[u8]>>>,
}

/// A pack that is opened when first asked.
struct Slot {
    stem: PathBuf,
    modified: SystemTime,
    pack: OnceLock<Pack>,
}

impl Slot {
    fn pack(&self) -> Result<Option<&Pack>, StoreError> {
        if let Some(p) = self.pack.get() {
            return Ok(Some(p));
        }
        match Pack::open(&self.stem) {
            Ok(p) => Ok(Some(self.pack.get_or_init(|| p))),
            // Compacted away between the listing and now.
            Err(StoreError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                Ok(None)
            }
            Err(e) => Err(e),
        }
    }
}

impl Objects {
    /// The objects below `archive/objects`.
    pub fn new(dir: PathBuf) -> Self {
        Self { dir, packs: RwLock::default(), trees: Mutex::default() }
    }

    /// The folder of objects.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The folder of packs.
    pub fn pack_dir(&self) -> PathBuf {
        self.dir.join("pack")
    }

    /// Reads the list of packs again; keeps those open that are still there.
    pub fn refresh(&self) -> Result<(), StoreError> {
        let mut old: HashMap<PathBuf, Arc<Slot>> =
            self.slots().into_iter().map(|s| (s.stem.clone(), s)).collect();
        let mut now = Vec::new();
        for (entry, path, _) in loose::listing(&self.pack_dir())? {
            if path.extension().is_none_or(|e| e != "idx") {
                continue;
            }
            let stem = path.with_extension("");
            now.push(old.remove(&stem).unwrap_or_else(|| {
                let modified =
                    entry.metadata().and_then(|m| m.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
                Arc::new(Slot { stem, modified, pack: OnceLock::new() })
            }));
        }
        now.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| b.stem.cmp(&a.stem)));
        *self.packs.write().unwrap_or_else(PoisonError::into_inner) = now;
        Ok(())
    }

    fn slots(&self) -> Vec<Arc<Slot>> {
        self.packs.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Number of packs known.
    pub fn pack_count(&self) -> usize {
        self.packs.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// All packs that can be opened, newest first.
    pub fn packs(&self) -> Result<Vec<Pack>, StoreError> {
        self.refresh()?;
        self.slots().iter().map(|s| Pack::open(&s.stem)).collect()
    }

    /// The bytes of an object, hashed.
    ///
    /// # Errors
    /// `Damaged` when it is missing or not what its name says and no other
    /// pack has it whole.
    pub fn read(&self, id: &ObjectId) -> Result<(Kind, Vec<u8>), StoreError> {
        self.find(id, MAX_NESTING)?.ok_or_else(|| missing(&self.dir, id))
    }

    fn find(&self, id: &ObjectId, nesting: usize) -> Result<Option<(Kind, Vec<u8>)>, StoreError> {
        let mut damage = None;
        for second_look in [false, true] {
            if second_look {
                self.refresh()?;
            }
            match self.look(id, nesting) {
                Ok(Some(found)) => return Ok(Some(found)),
                Ok(None) => {}
                Err(e) => damage = Some(e),
            }
        }
        damage.map_or(Ok(None), Err)
    }

    fn look(&self, id: &ObjectId, nesting: usize) -> Result<Option<(Kind, Vec<u8>)>, StoreError> {
        let mut damage = None;
        let other =
            |base: &ObjectId| if nesting == 0 { Ok(None) } else { self.find(base, nesting - 1) };
        for slot in &*self.packs.read().unwrap_or_else(PoisonError::into_inner).clone() {
            let found = (|| {
                let Some(pack) = slot.pack()? else { return Ok(None) };
                let Some(offset) = pack.find(id)? else { return Ok(None) };
                let (kind, bytes) = pack.read(offset, &other)?;
                if ObjectId::of(kind, &bytes) != *id {
                    return Err(pack
                        .damaged(offset, "its bytes do not have the checksum in its name".into()));
                }
                Ok(Some((kind, bytes)))
            })();
            match found {
                Ok(Some(found)) => return Ok(Some(found)),
                Ok(None) => {}
                // Another pack may have it whole.
                Err(e) => damage = Some(e),
            }
        }
        if let Some((kind, bytes)) = loose::read(&self.dir, id)? {
            if ObjectId::of(kind, &bytes) == *id {
                return Ok(Some((kind, bytes)));
            }
            let file = loose::path(&self.dir, id).display().to_string();
            damage = Some(StoreError::Damaged {
                path: file.clone(),
                place: file,
                what: "its bytes do not have the checksum in its name".into(),
            });
        }
        damage.map_or(Ok(None), Err)
    }

    /// The bytes of an object that must be of this kind.
    pub fn read_kind(&self, id: &ObjectId, kind: Kind) -> Result<Vec<u8>, StoreError> {
        match self.read(id)? {
            (k, bytes) if k == kind => Ok(bytes),
            (k, _) => Err(wrong(
                &self.dir,
                id,
                format!("a {} stands where a {} belongs", k.name(), kind.name()),
            )),
        }
    }

    /// A commit's tree and parents.
    pub fn commit(&self, id: &ObjectId) -> Result<Commit, StoreError> {
        let bytes = self.read_kind(id, Kind::Commit)?;
        Commit::parse(&bytes).ok_or_else(|| wrong(&self.dir, id, "not a commit".into()))
    }

    /// A tree's bytes, every line of which can be read.
    pub fn tree(&self, id: &ObjectId) -> Result<Arc<[u8]>, StoreError> {
        let cache = || self.trees.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(t) = cache().get(id) {
            return Ok(t.clone());
        }
        let bytes: Arc<[u8]> = self.read_kind(id, Kind::Tree)?.into();
        if entries(&bytes).any(|e| e.is_none()) {
            return Err(wrong(&self.dir, id, "a folder that this program did not write".into()));
        }
        // Leaf folders hold one or two names and are seldom asked for twice.
        if bytes.len() > 300 {
            let mut cache = cache();
            if cache.len() >= CACHED_TREES {
                cache.clear();
            }
            cache.insert(*id, bytes.clone());
        }
        Ok(bytes)
    }

    /// What lies at `path` below the tree `root`: (is a folder, id).
    pub fn lookup(
        &self,
        root: &ObjectId,
        path: &str,
    ) -> Result<Option<(bool, ObjectId)>, StoreError> {
        let mut at = (true, *root);
        let mut so_far = String::new();
        for part in path.split('/') {
            if !at.0 {
                return Ok(None);
            }
            let tree = self
                .tree(&at.1)
                .map_err(|e| e.at(if so_far.is_empty() { "/" } else { &so_far }))?;
            match entries(&tree).flatten().find(|e| e.name == part) {
                Some(e) => at = (e.dir, e.id),
                None => return Ok(None),
            }
            if !so_far.is_empty() {
                so_far.push('/');
            }
            so_far.push_str(part);
        }
        Ok(Some(at))
    }

    /// The bytes of the file at `path` below the tree `root`.
    pub fn file(&self, root: &ObjectId, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self.lookup(root, path)? {
            Some((false, id)) => self.read_kind(&id, Kind::Blob).map(Some).map_err(|e| e.at(path)),
            _ => Ok(None),
        }
    }
}

/// How often a difference may build on an object of another pack.
const MAX_NESTING: usize = 50;

fn missing(dir: &Path, id: &ObjectId) -> StoreError {
    wrong(dir, id, format!("object {id} is in no file there"))
}

fn wrong(dir: &Path, id: &ObjectId, what: String) -> StoreError {
    StoreError::Damaged { path: format!("object {id}"), place: dir.display().to_string(), what }
}
