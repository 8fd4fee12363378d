//! The Merkle tree hash of RFC 6962, section 2.1, over any leaves.

use std::ops::Range;

use super::{Digest, Hasher};

/// SHA-256(0x00 || data): the hash of one leaf.
pub fn leaf_hash(data: &[u8]) -> Digest {
    let mut h = Hasher::default();
    h.update(&[0]);
    h.update(data);
    h.finish()
}

/// SHA-256(0x01 || left || right): the hash of two subtrees.
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    let mut h = Hasher::default();
    h.update(&[1]);
    h.update(left.as_bytes());
    h.update(right.as_bytes());
    h.finish()
}

/// The tree hash over leaves that are given as data (not yet leaf-hashed).
/// No leaves at all give SHA-256 of the empty string.
pub fn tree_hash<T: AsRef<[u8]>>(leaves: impl IntoIterator<Item = T>) -> Digest {
    let mut t = TreeHasher::default();
    for l in leaves {
        t.push(leaf_hash(l.as_ref()));
    }
    t.root()
}

/// Builds a tree hash leaf by leaf, holding one hash per bit of the size.
#[derive(Debug, Clone, Default)]
pub struct TreeHasher {
    /// Roots of the perfect subtrees so far, largest first.
    stack: Vec<Digest>,
    size: u64,
}

impl TreeHasher {
    /// Adds the leaf with this leaf hash.
    pub fn push(&mut self, leaf: Digest) {
        let mut hash = leaf;
        // Each trailing one bit of the size is a perfect subtree to merge.
        for _ in 0..self.size.trailing_ones() {
            let left = self.stack.pop().expect("one subtree per bit of the size");
            hash = node_hash(&left, &hash);
        }
        self.stack.push(hash);
        self.size += 1;
    }

    /// Number of leaves so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The tree hash over the leaves so far.
    pub fn root(&self) -> Digest {
        let mut it = self.stack.iter().rev();
        match it.next() {
            None => Digest::of(b""),
            Some(last) => it.fold(*last, |right, left| node_hash(left, &right)),
        }
    }
}

/// A tree hash over leaves that change: all its levels are kept, so that a
/// changed leaf costs its way to the root. Leaves put in or taken out shift
/// those to their right, which cost again. A lone last node of a level goes up
/// as it is, which gives the tree of RFC 6962.
#[derive(Debug, Clone)]
pub struct KeptTree {
    /// Leaf hashes first, the root last.
    levels: Vec<Vec<Digest>>,
}

impl KeptTree {
    /// The tree over these leaf hashes.
    pub fn of(leaves: Vec<Digest>) -> Self {
        let to = leaves.len();
        let mut tree = Self { levels: vec![leaves] };
        tree.climb(0, to);
        tree
    }

    /// Puts `new` leaf hashes in the place of those of `at`.
    ///
    /// # Panics
    /// When `at` does not lie in the tree.
    pub fn splice(&mut self, at: Range<usize>, new: impl IntoIterator<Item = Digest>) {
        let leaves = &mut self.levels[0];
        let before = leaves.len();
        let (from, mut to) = (at.start, at.end);
        leaves.splice(at, new);
        if leaves.len() != before {
            to = leaves.len();
        }
        self.climb(from, to);
    }

    /// The tree hash over the leaves.
    pub fn root(&self) -> Digest {
        self.levels.last().and_then(|top| top.first()).copied().unwrap_or_else(|| Digest::of(b""))
    }

    /// Makes the nodes above the leaves `from..to` anew.
    fn climb(&mut self, mut from: usize, mut to: usize) {
        let mut level = 0;
        while self.levels[level].len() > 1 {
            let len = self.levels[level].len().div_ceil(2);
            if self.levels.len() == level + 1 {
                self.levels.push(Vec::with_capacity(len));
            }
            (from, to) = (from / 2, to.div_ceil(2));
            let (below, above) = self.levels.split_at_mut(level + 1);
            let (below, above) = (&below[level], &mut above[0]);
            above.resize(len, Digest::from_bytes([0; 32]));
            for (n, node) in (from..).zip(&mut above[from..to]) {
                *node = match below.get(2 * n + 1) {
                    Some(right) => node_hash(&below[2 * n], right),
                    None => below[2 * n],
                };
            }
            level += 1;
        }
        self.levels.truncate(level + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The eight leaves and roots that Certificate Transparency's reference
    /// implementations test against.
    #[test]
    fn certificate_transparency_vectors() {
        let leaves: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        for (n, root) in (1..).zip(roots) {
            assert_eq!(tree_hash(&leaves[..n]).to_string(), root, "{n} leaves");
        }
        assert_eq!(tree_hash::<&[u8]>([]), Digest::of(b""));
    }

    proptest::proptest! {
        #[test]
        fn a_kept_tree_is_the_tree_of_its_leaves(steps in proptest::collection::vec((0usize..40, 0usize..6, 0usize..6), 1..30)) {
            let mut plain: Vec<Digest> = Vec::new();
            let mut kept = KeptTree::of(Vec::new());
            for (n, (at, out, new)) in steps.into_iter().enumerate() {
                let at = at % (plain.len() + 1);
                let end = (at + out).min(plain.len());
                let new: Vec<Digest> = (0..new).map(|k| leaf_hash(&[n as u8, k as u8])).collect();
                plain.splice(at..end, new.clone());
                kept.splice(at..end, new);
                let mut whole = TreeHasher::default();
                plain.iter().for_each(|leaf| whole.push(*leaf));
                proptest::prop_assert_eq!(kept.root(), whole.root());
            }
        }
    }
}
