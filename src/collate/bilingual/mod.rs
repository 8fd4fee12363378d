//! Sentences of two texts in different languages paired without models of any
//! language: by lengths, by what survives translation, and by a table of words
//! learnt from the two texts themselves.
//! Main types: [`Pairing`], [`Pair`], and [`pair`] that makes them.
//! Never says that a pair translates well: it says how likely it is a pair.

mod beads;
mod blocks;
mod hints;
mod lattice;
mod lengths;
mod pairing;
mod side;
mod skeleton;
mod table;
#[cfg(test)]
mod tests;
mod trust;

pub use pairing::{ALIGNED, Pair, Pairing, pair};
