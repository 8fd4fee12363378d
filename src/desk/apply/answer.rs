//! What applying drafts answers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::{Any, Id};

/// What drafts became.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ApplyAnswer {
    /// How many files were read.
    pub files: usize,
    /// How many items they have.
    pub items: usize,
    /// What was recorded, in the order of the log.
    pub recorded: Vec<Applied>,
    /// How many were recorded, by kind.
    pub by_kind: BTreeMap<String, usize>,
    /// Items that were there already, unchanged.
    pub unchanged: usize,
    /// Nothing was written.
    pub dry_run: bool,
}

/// One record that a draft gave.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Applied {
    /// Its kind, `claim/1`.
    pub kind: String,
    /// The address by which it is called, or its short id.
    pub name: String,
    /// Its id.
    pub id: Id<Any>,
    /// The file and line of its item.
    pub from: String,
    /// It replaces an earlier description of the same thing.
    pub revised: bool,
}
