//! The new trees of a commit: only the folders on the way to a changed file
//! are read and written. Cost: the changed paths times their depth, whatever
//! the size of the archive; git's own index, which lists every file, is never
//! used.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::StoreError;
use super::find::Objects;
use super::object::{Entry, Kind, ObjectId, entries, push_entry};

/// Changes to one folder.
#[derive(Default)]
pub(super) struct Changes {
    folders: BTreeMap<String, Changes>,
    files: BTreeMap<String, Option<ObjectId>>,
}

impl Changes {
    /// Puts the blob `id` at `path`, over whatever file is there.
    pub fn put(&mut self, path: &str, id: ObjectId) {
        self.set(path, Some(id));
    }

    /// Takes the file at `path` out of the next state.
    pub fn remove(&mut self, path: &str) {
        self.set(path, None);
    }

    /// Whether nothing is to change.
    pub fn is_empty(&self) -> bool {
        self.folders.is_empty() && self.files.is_empty()
    }

    fn set(&mut self, path: &str, to: Option<ObjectId>) {
        match path.split_once('/') {
            Some((top, rest)) => self.folders.entry(top.to_owned()).or_default().set(rest, to),
            None => {
                self.files.insert(path.to_owned(), to);
            }
        }
    }

    /// The id of the tree that `old` becomes, and every new tree on the way,
    /// handed to `write`. `None` when the folder is empty afterwards.
    pub fn apply(
        &self,
        objects: &Objects,
        old: Option<&ObjectId>,
        write: &mut dyn FnMut(ObjectId, Vec<u8>),
    ) -> Result<Option<ObjectId>, StoreError> {
        let old_bytes = old.map(|id| objects.tree(id)).transpose()?;
        let mut lines: Vec<Entry<'_>> =
            old_bytes.as_deref().map(entries).into_iter().flatten().flatten().collect();
        for (name, changes) in &self.folders {
            let before = find(&lines, true, name).ok().map(|i| lines[i].id);
            let after = changes.apply(objects, before.as_ref(), write)?;
            place(&mut lines, true, name, after);
        }
        for (name, to) in &self.files {
            place(&mut lines, false, name, *to);
        }
        if lines.is_empty() {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(old_bytes.as_ref().map_or(0, |b| b.len()) + 128);
        for l in &lines {
            push_entry(&mut bytes, l);
        }
        let id = ObjectId::of(Kind::Tree, &bytes);
        if old != Some(&id) {
            write(id, bytes);
        }
        Ok(Some(id))
    }
}

fn place<'a>(lines: &mut Vec<Entry<'a>>, dir: bool, name: &'a str, to: Option<ObjectId>) {
    // A file where a folder was (or the reverse) replaces it.
    if let Ok(i) = find(lines, !dir, name)
        && to.is_some()
    {
        lines.remove(i);
    }
    match (find(lines, dir, name), to) {
        (Ok(i), Some(id)) => lines[i].id = id,
        (Ok(i), None) => {
            lines.remove(i);
        }
        (Err(i), Some(id)) => lines.insert(i, Entry { dir, name, id }),
        (Err(_), None) => {}
    }
}

fn find(lines: &[Entry<'_>], dir: bool, name: &str) -> Result<usize, usize> {
    lines.binary_search_by(|e| git_order(e.dir, e.name, dir, name))
}

/// Git compares a folder's name as if it ended in a slash.
fn git_order(a_dir: bool, a: &str, b_dir: bool, b: &str) -> Ordering {
    let tail = |dir: bool| dir.then_some(b'/');
    a.bytes().chain(tail(a_dir)).cmp(b.bytes().chain(tail(b_dir)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_gits_order_whatever_the_order_of_changes() {
        let id = ObjectId::of(Kind::Blob, b"");
        let mut lines = Vec::new();
        for (dir, name) in [(false, "b"), (true, "a"), (false, "a.x"), (false, "a0"), (true, "b.d")]
        {
            place(&mut lines, dir, name, Some(id));
        }
        let names: Vec<_> = lines.iter().map(|e| e.name).collect();
        assert_eq!(names, ["a.x", "a", "a0", "b", "b.d"]);
        place(&mut lines, false, "b", None);
        place(&mut lines, true, "a", None);
        assert_eq!(lines.len(), 3);
        place(&mut lines, false, "b.d", Some(id));
        assert!(!lines[2].dir);
    }
}
