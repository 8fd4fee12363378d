//! Adding entries to a tiled log.
//!
//! At each level the new hashes go behind those of the last, partial tile;
//! each tile that fills up gives one new hash to the level above. What is
//! read is the partial tile of each level and the partial bundle, what is
//! written those and everything after them: O(new + log n), the log itself is
//! never read again. The new root falls out of the same tiles, and so does
//! the old one, which shows that what was read is the log that was signed.

use std::fmt;

use crate::digest::{Digest, leaf_hash};

use super::path::{TILE_WIDTH, TileKind, TilePath, count};
use super::tiles::{
    TileError, bundle, bundle_bytes, hash_bytes, hashes, join, length, perfect, sized,
};

/// What adding entries changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The tree hash before. **Compare it with the last checkpoint before
    /// writing anything**: when it differs, a tile is damaged, and going on
    /// would sign a log that contradicts itself.
    pub old_root: Digest,
    /// The tree hash with the new entries.
    pub root: Digest,
    /// The number of entries now.
    pub size: u64,
    /// Files to write, by name below the log's folder, in order of level.
    pub write: Vec<(String, Vec<u8>)>,
    /// Partial files that the new size does not use. A web server that still
    /// shows an older checkpoint should keep those whose full tile does not
    /// exist yet; a store that replaces whole states at once need not.
    pub remove: Vec<String>,
}

/// Adds the entries `new` to a log of `old_size` entries. `read` gives the
/// bytes of an existing file below the log's folder. With no new entries
/// nothing is to be written, and both roots are the current one.
///
/// To rebuild all files of a log, for comparison, append all its entries to
/// size 0.
///
/// # Errors
/// When a partial file is missing or damaged, or the entries in the partial
/// bundle are not those in the tree.
pub fn append<E: fmt::Debug + fmt::Display>(
    old_size: u64,
    new: &[[u8; 32]],
    read: &dyn Fn(&str) -> Result<Vec<u8>, E>,
) -> Result<Appended, TileError<E>> {
    let size = u64::try_from(new.len())
        .ok()
        .and_then(|n| old_size.checked_add(n))
        .ok_or(TileError::TooLarge)?;
    let mut log = Writer { read, write: Vec::new(), remove: Vec::new() };

    let old_tail = log.old(TileKind::Level(0), old_size)?;
    if !new.is_empty() {
        log.extend_bundles(old_size, &old_tail, new, size)?;
    }

    let mut fresh: Vec<Digest> = new.iter().map(|e| leaf_hash(e)).collect();
    let (mut old_parts, mut new_parts) = (Vec::new(), Vec::new());
    let mut tail = old_tail;
    for level in 0.. {
        let kind = TileKind::Level(level);
        if count(kind, size) == 0 {
            break;
        }
        if level > 0 {
            tail = log.old(kind, old_size)?;
        }
        old_parts.push(parts(&tail));
        let full;
        (tail, full) = log.extend_tiles(kind, old_size, tail, &fresh);
        new_parts.push(parts(&tail));
        fresh = full;
    }
    // The right edge of the tree: the highest level has the largest subtrees.
    let root =
        |levels: Vec<Vec<Digest>>| join(&levels.into_iter().rev().flatten().collect::<Vec<_>>());
    Ok(Appended {
        old_root: root(old_parts),
        root: root(new_parts),
        size,
        write: log.write,
        remove: log.remove,
    })
}

struct Writer<'a, E> {
    read: &'a dyn Fn(&str) -> Result<Vec<u8>, E>,
    write: Vec<(String, Vec<u8>)>,
    remove: Vec<String>,
}

impl<E: fmt::Debug + fmt::Display> Writer<'_, E> {
    fn bytes(&self, path: TilePath) -> Result<(Vec<u8>, String), TileError<E>> {
        let name = path.to_string();
        let bytes =
            (self.read)(&name).map_err(|error| TileError::Read { path: name.clone(), error })?;
        Ok((sized(bytes, length(path), &name)?, name))
    }

    /// The hashes of the partial tile of this level, if there is one.
    fn old(&self, kind: TileKind, size: u64) -> Result<Vec<Digest>, TileError<E>> {
        TilePath::partial(kind, size)
            .map_or(Ok(Vec::new()), |path| Ok(hashes(&self.bytes(path)?.0)))
    }

    /// Puts `fresh` behind `tail`. Gives back the new partial tile's hashes
    /// and one hash for each tile that is full now.
    fn extend_tiles(
        &mut self,
        kind: TileKind,
        old_size: u64,
        tail: Vec<Digest>,
        fresh: &[Digest],
    ) -> (Vec<Digest>, Vec<Digest>) {
        if fresh.is_empty() {
            return (tail, Vec::new());
        }
        self.remove.extend(TilePath::partial(kind, old_size).map(|p| p.to_string()));
        let first = count(kind, old_size) / TILE_WIDTH;
        let mut level = tail;
        level.extend(fresh);
        let (tiles, rest) = level.as_chunks::<256>();
        for (index, tile) in (first..).zip(tiles) {
            self.write.push((TilePath { kind, index, width: 256 }.to_string(), hash_bytes(tile)));
        }
        let full: Vec<Digest> = tiles.iter().map(|t| perfect(t)).collect();
        if !rest.is_empty() {
            let width = u16::try_from(rest.len()).expect("under 256");
            let index = first + u64::try_from(full.len()).expect("a length fits");
            self.write.push((TilePath { kind, index, width }.to_string(), hash_bytes(rest)));
        }
        (rest.to_vec(), full)
    }

    fn extend_bundles(
        &mut self,
        old_size: u64,
        leaves: &[Digest],
        new: &[[u8; 32]],
        size: u64,
    ) -> Result<(), TileError<E>> {
        let kind = TileKind::Entries;
        let mut all = Vec::new();
        if let Some(path) = TilePath::partial(kind, old_size) {
            let (bytes, name) = self.bytes(path)?;
            all = bundle(&bytes, &name)?;
            // They are written again, so damage would be handed on.
            if let Some(at) =
                all.iter().zip(leaves).position(|(entry, leaf)| leaf_hash(entry) != *leaf)
            {
                let index = path.index * TILE_WIDTH + u64::try_from(at).expect("under 256");
                return Err(TileError::EntryHash { path: name, index });
            }
            self.remove.push(name);
        }
        all.extend(new);
        for (index, entries) in (old_size / TILE_WIDTH..).zip(all.chunks(256)) {
            let path = TilePath::in_log(kind, index, size).expect("the bundle lies within the log");
            self.write.push((path.to_string(), bundle_bytes(entries)));
        }
        Ok(())
    }
}

/// The perfect subtrees that the hashes of a partial tile fall into, largest
/// first.
fn parts(tail: &[Digest]) -> Vec<Digest> {
    let mut rest = tail;
    let mut out = Vec::new();
    while !rest.is_empty() {
        let (subtree, more) = rest.split_at(1 << rest.len().ilog2());
        out.push(perfect(subtree));
        rest = more;
    }
    out
}

#[cfg(test)]
#[path = "append_tests.rs"]
mod tests;
