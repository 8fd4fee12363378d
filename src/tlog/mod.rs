//! The transparency log: C2SP checkpoints, hash tiles and entry bundles,
//! proofs made from them and checked without them. Main types:
//! [`Checkpoint`], [`Tiles`], [`Appended`], [`TlogProof`]. Never reads or
//! writes a file: the caller hands in a reader and gets back what to write.

mod append;
mod checkpoint;
mod path;
mod receipt;
mod tiles;
mod verify;

pub use append::{Appended, append};
pub use checkpoint::{Checkpoint, CheckpointError, OpenedCheckpoint};
pub use path::{ParsePathError, TILE_WIDTH, TileKind, TilePath};
pub use receipt::{ProvenEntry, TlogProof, TlogProofError};
pub use tiles::{TileError, Tiles, consistency_proof, entries, inclusion_proof, root_of};
pub use verify::{ProofError, verify_consistency, verify_inclusion};
