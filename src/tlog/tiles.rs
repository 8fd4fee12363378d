//! Tree hashes and proofs from tiles (RFC 6962, section 2.1, over the storage
//! of c2sp.org/tlog-tiles).
//!
//! A perfect subtree of height h lies whole in one tile of level h / 8, as
//! 2^(h mod 8) neighbouring hashes; every other subtree that a root or a
//! proof needs is a left perfect subtree and a smaller rest. So a proof in a
//! log of n entries reads O(log n / 8) tiles of at most 8 KiB, each once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use crate::digest::{Digest, TreeHasher, node_hash};

use super::path::{TILE_WIDTH, TileKind, TilePath};

const HASH: usize = 32;
/// An entry in a bundle: its length as two bytes, and 32 bytes.
const ENTRY: usize = 2 + HASH;

/// Why the log's files gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError<E: fmt::Debug + fmt::Display> {
    /// The caller's reader failed.
    #[error("cannot read {path} of the log: {error}")]
    Read {
        /// Name below the log's folder.
        path: String,
        /// What the reader said.
        error: E,
    },
    /// A file has not the length that its name says.
    #[error("{path} of the log is damaged: {expected} bytes expected, {found} found")]
    Length {
        /// Name below the log's folder.
        path: String,
        /// Bytes that it should have.
        expected: usize,
        /// Bytes that it has.
        found: usize,
    },
    /// An entry in a bundle is not led by the length 32.
    #[error("{path} of the log is damaged: entry {at} is not of 32 bytes")]
    Entry {
        /// Name below the log's folder.
        path: String,
        /// Place in the bundle, from 0.
        at: usize,
    },
    /// An entry is not the one whose hash is in the tree.
    #[error("the log is damaged: entry {index} in {path} does not hash to what the tree holds")]
    EntryHash {
        /// Name of the bundle below the log's folder.
        path: String,
        /// Place in the log, from 0.
        index: u64,
    },
    /// An index or size beyond the end of the log.
    #[error("{asked} is beyond the end of the log, which has {size} entries")]
    Beyond {
        /// What was asked for.
        asked: u64,
        /// Entries in the log.
        size: u64,
    },
    /// The log would have more than 2^64 - 1 entries.
    #[error("a log cannot hold so many entries")]
    TooLarge,
}

/// The tiles of a log of a given size, each read at most once.
pub struct Tiles<'a, E> {
    size: u64,
    read: &'a dyn Fn(&str) -> Result<Vec<u8>, E>,
    seen: RefCell<HashMap<TilePath, Rc<Vec<Digest>>>>,
}

impl<'a, E: fmt::Debug + fmt::Display> Tiles<'a, E> {
    /// The log as its files stand for `size` entries, the size in its newest
    /// checkpoint. `read` gives the bytes of a file below the log's folder,
    /// such as `tile/0/000.p/7`.
    pub fn new(size: u64, read: &'a dyn Fn(&str) -> Result<Vec<u8>, E>) -> Self {
        Self { size, read, seen: RefCell::default() }
    }

    /// The tree hash of the first `size` entries.
    ///
    /// # Errors
    /// When a tile is missing or damaged, or the log is shorter.
    pub fn root_of(&self, size: u64) -> Result<Digest, TileError<E>> {
        self.within(size)?;
        self.subtree(0..size)
    }

    /// The audit path of the entry at `index` in the tree of the first `size`
    /// entries: RFC 6962, section 2.1.1, the leaf's sibling first.
    ///
    /// # Errors
    /// When a tile is missing or damaged, or `index` or `size` lie beyond.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<Digest>, TileError<E>> {
        self.within(size)?;
        if index >= size {
            return Err(TileError::Beyond { asked: index, size });
        }
        let (mut range, mut path) = (0..size, Vec::new());
        while range.end - range.start > 1 {
            let middle = range.start + split(range.end - range.start);
            let (keep, sibling) = if index < middle {
                (range.start..middle, middle..range.end)
            } else {
                (middle..range.end, range.start..middle)
            };
            path.push(self.subtree(sibling)?);
            range = keep;
        }
        path.reverse();
        Ok(path)
    }

    /// Shows that the tree of the first `old` entries is the beginning of the
    /// tree of the first `new`: RFC 6962, section 2.1.2. Empty when the sizes
    /// are equal, or `old` is 0.
    ///
    /// # Errors
    /// When a tile is missing or damaged, or `old` > `new`, or `new` lies
    /// beyond the log.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Digest>, TileError<E>> {
        self.within(new)?;
        if old > new {
            return Err(TileError::Beyond { asked: old, size: new });
        }
        if old == 0 || old == new {
            return Ok(Vec::new());
        }
        // The RFC's SUBPROOF: walk down to where the old tree ends; `known`
        // while the subtree is the old tree itself, whose hash the verifier
        // has already.
        let (mut range, mut known, mut proof) = (0..new, true, Vec::new());
        while old != range.end {
            let middle = range.start + split(range.end - range.start);
            if old <= middle {
                proof.push(self.subtree(middle..range.end)?);
                range = range.start..middle;
            } else {
                proof.push(self.subtree(range.start..middle)?);
                (range, known) = (middle..range.end, false);
            }
        }
        if !known {
            proof.push(self.subtree(range)?);
        }
        proof.reverse();
        Ok(proof)
    }

    /// The entries of `range`. Their hashes are not compared with the tree:
    /// see [`Tiles::check_entries`].
    ///
    /// # Errors
    /// When a bundle is missing or damaged, or the range lies beyond the log.
    pub fn entries(&self, range: Range<u64>) -> Result<Vec<[u8; 32]>, TileError<E>> {
        self.within(range.end)?;
        let mut out = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let index = at / TILE_WIDTH;
            let path = TilePath::in_log(TileKind::Entries, index, self.size)
                .expect("the range lies within the log");
            let (bytes, path) = self.file(path, ENTRY)?;
            let first = index * TILE_WIDTH;
            let end = range.end.min(first + TILE_WIDTH);
            let place = |i: u64| usize::try_from(i - first).expect("at most 256");
            out.extend(&bundle(&bytes, &path)?[place(at)..place(end)]);
            at = end;
        }
        Ok(out)
    }

    /// Compares every entry of `range` with the leaf hash that the tree holds
    /// for it.
    ///
    /// # Errors
    /// [`TileError::EntryHash`] names the first that differs; otherwise as
    /// [`Tiles::entries`].
    pub fn check_entries(&self, range: Range<u64>) -> Result<(), TileError<E>> {
        for (index, entry) in range.clone().zip(self.entries(range)?) {
            if self.node(0, index)? != crate::digest::leaf_hash(&entry) {
                let path = TilePath::in_log(TileKind::Entries, index / TILE_WIDTH, self.size)
                    .expect("the range lies within the log");
                return Err(TileError::EntryHash { path: path.to_string(), index });
            }
        }
        Ok(())
    }

    fn within(&self, size: u64) -> Result<(), TileError<E>> {
        if size > self.size {
            Err(TileError::Beyond { asked: size, size: self.size })
        } else {
            Ok(())
        }
    }

    /// The tree hash of the entries of `range`, which begins at a multiple of
    /// every perfect subtree in it (as all ranges of the RFC do).
    fn subtree(&self, range: Range<u64>) -> Result<Digest, TileError<E>> {
        let (mut at, mut left) = (range.start, range.end - range.start);
        let mut parts = Vec::new();
        while left > 0 {
            let height = left.ilog2();
            parts.push(self.node(height, at >> height)?);
            at += 1 << height;
            left -= 1 << height;
        }
        Ok(join(&parts))
    }

    /// The hash of the perfect subtree of 2^height entries that is the
    /// `index`th of its height.
    fn node(&self, height: u32, index: u64) -> Result<Digest, TileError<E>> {
        let (level, inner) = (height / 8, height % 8);
        let first = index << inner;
        let kind = TileKind::Level(u8::try_from(level).expect("a height is under 64"));
        let path = TilePath::in_log(kind, first / TILE_WIDTH, self.size)
            .expect("the subtree lies within the log");
        let tile = self.tile(path)?;
        let from = usize::try_from(first % TILE_WIDTH).expect("under 256");
        Ok(perfect(&tile[from..from + (1 << inner)]))
    }

    fn tile(&self, path: TilePath) -> Result<Rc<Vec<Digest>>, TileError<E>> {
        if let Some(tile) = self.seen.borrow().get(&path) {
            return Ok(Rc::clone(tile));
        }
        let (bytes, _) = self.file(path, HASH)?;
        let tile = Rc::new(hashes(&bytes));
        self.seen.borrow_mut().insert(path, Rc::clone(&tile));
        Ok(tile)
    }

    /// The first `path.width` items of a tile or bundle. Where the partial
    /// file is gone because the full one has come, the full one serves.
    fn file(&self, path: TilePath, item: usize) -> Result<(Vec<u8>, String), TileError<E>> {
        let name = path.to_string();
        match (self.read)(&name) {
            Ok(bytes) => sized(bytes, usize::from(path.width) * item, &name).map(|b| (b, name)),
            Err(error) if path.is_full() => Err(TileError::Read { path: name, error }),
            Err(error) => {
                let full = path.full().to_string();
                let Ok(bytes) = (self.read)(&full) else {
                    return Err(TileError::Read { path: name, error });
                };
                let mut bytes = sized(bytes, path.full().width as usize * item, &full)?;
                bytes.truncate(usize::from(path.width) * item);
                Ok((bytes, full))
            }
        }
    }
}

/// The tree hash of a log of `size` entries, from its files.
///
/// # Errors
/// As [`Tiles::root_of`].
pub fn root_of<E: fmt::Debug + fmt::Display>(
    size: u64,
    read: &dyn Fn(&str) -> Result<Vec<u8>, E>,
) -> Result<Digest, TileError<E>> {
    Tiles::new(size, read).root_of(size)
}

/// The audit path of the entry at `index` in a log of `size` entries. For a
/// proof in an older, smaller tree use [`Tiles::inclusion_proof`].
///
/// # Errors
/// As [`Tiles::inclusion_proof`].
pub fn inclusion_proof<E: fmt::Debug + fmt::Display>(
    index: u64,
    size: u64,
    read: &dyn Fn(&str) -> Result<Vec<u8>, E>,
) -> Result<Vec<Digest>, TileError<E>> {
    Tiles::new(size, read).inclusion_proof(index, size)
}

/// The consistency proof from `old` entries to `new`, the log's size.
///
/// # Errors
/// As [`Tiles::consistency_proof`].
pub fn consistency_proof<E: fmt::Debug + fmt::Display>(
    old: u64,
    new: u64,
    read: &dyn Fn(&str) -> Result<Vec<u8>, E>,
) -> Result<Vec<Digest>, TileError<E>> {
    Tiles::new(new, read).consistency_proof(old, new)
}

/// The entries of `range` in a log of `size` entries.
///
/// # Errors
/// As [`Tiles::entries`].
pub fn entries<E: fmt::Debug + fmt::Display>(
    range: Range<u64>,
    size: u64,
    read: &dyn Fn(&str) -> Result<Vec<u8>, E>,
) -> Result<Vec<[u8; 32]>, TileError<E>> {
    Tiles::new(size, read).entries(range)
}

/// The largest power of two under `n`, for n > 1 (the RFC's k).
fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The hash of a perfect subtree from its 1, 2, 4, … 256 hashes below.
pub(super) fn perfect(hashes: &[Digest]) -> Digest {
    let mut tree = TreeHasher::default();
    hashes.iter().for_each(|h| tree.push(*h));
    tree.root()
}

/// The tree hash from the perfect subtrees that a tree falls into, largest
/// first.
pub(super) fn join(parts: &[Digest]) -> Digest {
    match parts.split_last() {
        None => Digest::of(b""),
        Some((last, rest)) => rest.iter().rev().fold(*last, |right, left| node_hash(left, &right)),
    }
}

pub(super) fn sized<E: fmt::Debug + fmt::Display>(
    bytes: Vec<u8>,
    expected: usize,
    path: &str,
) -> Result<Vec<u8>, TileError<E>> {
    if bytes.len() == expected {
        Ok(bytes)
    } else {
        Err(TileError::Length { path: path.to_owned(), expected, found: bytes.len() })
    }
}

pub(super) fn hashes(bytes: &[u8]) -> Vec<Digest> {
    let (chunks, _) = bytes.as_chunks::<HASH>();
    chunks.iter().map(|c| Digest::from_bytes(*c)).collect()
}

/// Reads a bundle whose length was checked.
pub(super) fn bundle<E: fmt::Debug + fmt::Display>(
    bytes: &[u8],
    path: &str,
) -> Result<Vec<[u8; 32]>, TileError<E>> {
    let (chunks, _) = bytes.as_chunks::<ENTRY>();
    let one = |(at, chunk): (usize, &[u8; ENTRY])| match chunk {
        [0, 32, entry @ ..] => Ok(*entry),
        _ => Err(TileError::Entry { path: path.to_owned(), at }),
    };
    chunks.iter().enumerate().map(one).collect()
}

pub(super) fn hash_bytes(hashes: &[Digest]) -> Vec<u8> {
    hashes.iter().flat_map(|h| *h.as_bytes()).collect()
}

/// Writes a bundle: each entry led by its length, two bytes, big-endian.
pub(super) fn bundle_bytes(entries: &[[u8; 32]]) -> Vec<u8> {
    entries.iter().flat_map(|e| [0, 32].into_iter().chain(*e)).collect()
}

/// Bytes that a file of this kind and width has.
pub(super) fn length(path: TilePath) -> usize {
    usize::from(path.width) * if path.kind == TileKind::Entries { ENTRY } else { HASH }
}
