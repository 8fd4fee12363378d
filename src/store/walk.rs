//! All files of the newest state, for verification and export.

use std::fs;
use std::path::Path;

use super::StoreError;
use super::archive::Store;
use super::find::Objects;
use super::object::{Kind, ObjectId, entries};
use super::plain::{self, Visit};
use super::sync::sync_dir;

impl Store {
    /// Calls `each` for every file of the newest state, in the order of the
    /// paths. Damage to a file or folder is handed to `each` under its path,
    /// and the walk goes on.
    ///
    /// # Errors
    /// Those of `each`, and when the state itself cannot be read.
    pub fn walk(&self, each: &mut Visit<'_>) -> Result<(), StoreError> {
        if !self.is_git() {
            return plain::walk(self.path(), "", each);
        }
        match self.newest()? {
            Some((_, tree)) => walk_tree(self.objects()?, &tree, "", true, each),
            None => Ok(()),
        }
    }

    /// The same without the bytes of files that [`Store::physical_check`] has
    /// read: of a git repository names only.
    ///
    /// # Errors
    /// As for [`Self::walk`].
    pub fn walk_names(&self, each: &mut Visit<'_>) -> Result<(), StoreError> {
        if !self.is_git() {
            return self.walk(each);
        }
        match self.newest()? {
            Some((_, tree)) => walk_tree(self.objects()?, &tree, "", false, each),
            None => Ok(()),
        }
    }

    /// Writes the newest state as plain files into `dir`, which must be new or
    /// empty, durably. Returns the number of files.
    ///
    /// # Errors
    /// `NotEmpty`; `Damaged` for the first file that cannot be read.
    pub fn export_plain(&self, dir: &Path) -> Result<u64, StoreError> {
        let there = super::loose::listing(dir)?;
        if !there.is_empty() {
            let names = there.into_iter().take(5).map(|(_, _, n)| n).collect();
            return Err(StoreError::NotEmpty { path: dir.to_owned(), names });
        }
        fs::create_dir_all(dir).map_err(StoreError::io("make", dir))?;
        let mut files = 0;
        let mut folders = std::collections::BTreeSet::from([dir.to_owned()]);
        self.walk(&mut |path, bytes| {
            // A plain folder may hold more: what an export added, and drafts.
            if !is_of_the_tree(path) {
                return Ok(());
            }
            let bytes = bytes?;
            if !super::layout::is_safe(path) {
                return Err(StoreError::BadPath(path.to_owned()));
            }
            let to = dir.join(path);
            let parent = to.parent().expect("a file of the archive lies in a folder");
            fs::create_dir_all(parent).map_err(StoreError::io("make", parent))?;
            folders
                .extend(parent.ancestors().take_while(|a| a.starts_with(dir)).map(Path::to_owned));
            fs::write(&to, bytes).map_err(StoreError::io("write", &to))?;
            fs::File::open(&to).and_then(|f| f.sync_all()).map_err(StoreError::io("sync", &to))?;
            files += 1;
            Ok(())
        })?;
        folders.iter().try_for_each(|f| sync_dir(f))?;
        Ok(files)
    }
}

/// Whether the layout has a file of this name.
fn is_of_the_tree(path: &str) -> bool {
    path == super::layout::ARCHIVE_TOML
        || ["records/", "content/", "log/", "keys/"].iter().any(|folder| path.starts_with(folder))
}

fn walk_tree(
    objects: &Objects,
    tree: &ObjectId,
    prefix: &str,
    read: bool,
    each: &mut Visit<'_>,
) -> Result<(), StoreError> {
    let lines = match objects.tree(tree) {
        Ok(t) => t,
        Err(e) => return each(prefix, Err(e.at(prefix))),
    };
    for e in entries(&lines).flatten() {
        let path =
            if prefix.is_empty() { e.name.to_owned() } else { format!("{prefix}/{}", e.name) };
        if e.dir {
            walk_tree(objects, &e.id, &path, read, each)?;
        } else if !read {
            each(&path, Ok(Vec::new()))?;
        } else {
            each(&path, objects.read_kind(&e.id, Kind::Blob).map_err(|e| e.at(&path)))?;
        }
    }
    Ok(())
}
