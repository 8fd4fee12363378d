//! Checking proofs with nothing but hashes: the algorithms of RFC 9162,
//! sections 2.1.3.2 and 2.1.4.2. O(log n) hashes, no tiles.

use crate::digest::{Digest, node_hash};

/// Why a proof was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// An index or an older size beyond the size of the tree.
    #[error("the proof speaks of {asked} in a tree of {size} entries")]
    Beyond {
        /// The index or the older size.
        asked: u64,
        /// The size of the tree.
        size: u64,
    },
    /// More or fewer hashes than a tree of this size needs.
    #[error("the proof has {found} hashes, which is not the number that these sizes need")]
    Length {
        /// Hashes in the proof.
        found: usize,
    },
    /// The hashes lead to another root.
    #[error("the proof leads to the root {computed}, but the tree has {expected}")]
    Root {
        /// The root that was to be met.
        expected: Digest,
        /// The root that came out.
        computed: Digest,
    },
}

/// Checks that the leaf with this hash is the entry at `index` of the tree of
/// `size` entries with this `root` (RFC 9162, 2.1.3.2). For an entry of our
/// logs `leaf_hash` is [`crate::digest::leaf_hash`] of its 32 bytes.
///
/// # Errors
/// Any other leaf, index, size, proof or root.
pub fn verify_inclusion(
    leaf_hash: &Digest,
    index: u64,
    size: u64,
    proof: &[Digest],
    root: &Digest,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Beyond { asked: index, size });
    }
    let length = || ProofError::Length { found: proof.len() };
    let (mut f, mut s, mut r) = (index, size - 1, *leaf_hash);
    for p in proof {
        if s == 0 {
            return Err(length());
        }
        if f & 1 == 1 || f == s {
            r = node_hash(p, &r);
            while f & 1 == 0 && f != 0 {
                (f, s) = (f >> 1, s >> 1);
            }
        } else {
            r = node_hash(&r, p);
        }
        (f, s) = (f >> 1, s >> 1);
    }
    if s != 0 {
        return Err(length());
    }
    met(root, r)
}

/// Checks that the tree of `old` entries with `old_root` is the beginning of
/// the tree of `new` entries with `new_root` (RFC 9162, 2.1.4.2). The empty
/// tree is the beginning of every tree; equal sizes need equal roots; both
/// with an empty proof.
///
/// # Errors
/// Any other size, proof or root.
pub fn verify_consistency(
    old: u64,
    new: u64,
    proof: &[Digest],
    old_root: &Digest,
    new_root: &Digest,
) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::Beyond { asked: old, size: new });
    }
    let length = || ProofError::Length { found: proof.len() };
    if old == 0 || old == new {
        if !proof.is_empty() {
            return Err(length());
        }
        return met(old_root, if old == 0 { Digest::of(b"") } else { *new_root });
    }
    // A power of two is a subtree of the new tree, whose hash the proof
    // leaves out.
    let mut path = proof.iter();
    let first = if old.is_power_of_two() { old_root } else { path.next().ok_or_else(length)? };
    let (mut f, mut s) = (old - 1, new - 1);
    while f & 1 == 1 {
        (f, s) = (f >> 1, s >> 1);
    }
    let (mut fr, mut sr) = (*first, *first);
    for c in path {
        if s == 0 {
            return Err(length());
        }
        if f & 1 == 1 || f == s {
            fr = node_hash(c, &fr);
            sr = node_hash(c, &sr);
            while f & 1 == 0 && f != 0 {
                (f, s) = (f >> 1, s >> 1);
            }
        } else {
            sr = node_hash(&sr, c);
        }
        (f, s) = (f >> 1, s >> 1);
    }
    if s != 0 {
        return Err(length());
    }
    met(old_root, fr)?;
    met(new_root, sr)
}

fn met(expected: &Digest, computed: Digest) -> Result<(), ProofError> {
    if *expected == computed {
        Ok(())
    } else {
        Err(ProofError::Root { expected: *expected, computed })
    }
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
