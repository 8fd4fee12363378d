use crate::model::Finding;

/// What was checked, and what was found.
#[derive(Debug, Clone, Default)]
pub struct Fixity {
    /// Log entries.
    pub entries: u64,
    /// Records whose bytes were hashed.
    pub records: u64,
    /// Content objects whose bytes were hashed.
    pub contents: u64,
    /// Revisions whose digest and root were computed anew.
    pub revisions: u64,
    /// Texts inside histories whose whole bytes were put together and hashed.
    pub flat_texts: u64,
    /// Bytes that this took: what a text shares with the one before it, from
    /// its beginning on, is hashed once.
    pub flat_hashed: u64,
    /// Texts that are not supplied here: their tables were checked, no more.
    pub withheld: u64,
    /// Seals that were verified.
    pub seals: u64,
    /// Files of the tree that were looked at.
    pub files: u64,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Tells how far the check is: done, of how many, what.
pub type Watch<'w> = &'w mut dyn FnMut(u64, u64, &str);
