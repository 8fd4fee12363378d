//! Names made of hashes: SHA-256 digests, salted commitments, RFC 6962 tree
//! hashes and typed record ids. Main types: [`Digest`], [`Salt`], [`Id`].
//! Never reads a file, a clock or a source of randomness.

mod commitment;
mod id;
mod sha256;
mod tree;

pub use commitment::{Salt, commitment, edited_salt, passage_salt};
pub use id::{Any, Id};
pub use sha256::{Digest, Hasher, ParseDigestError};
pub use tree::{KeptTree, TreeHasher, leaf_hash, node_hash, tree_hash};
