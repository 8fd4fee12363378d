//! An equal run of two sequences.

/// An equal run: `len` keys from `old` in the one sequence are the `len` keys
/// from `new` in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Index in the old sequence.
    pub old: usize,
    /// Index in the new sequence.
    pub new: usize,
    /// Number of keys, at least 1.
    pub len: usize,
}

impl Match {
    /// End in the old sequence, exclusive.
    pub fn old_end(&self) -> usize {
        self.old + self.len
    }
    /// End in the new sequence, exclusive.
    pub fn new_end(&self) -> usize {
        self.new + self.len
    }
}
