//! The Merkle tree hash of RFC 6962, section 2.1, over any leaves.

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
}
