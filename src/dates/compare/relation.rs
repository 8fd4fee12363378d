//! How two dates stand to each other.

use schemars::JsonSchema;
use serde::Serialize;

/// One of the two dates that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

/// How two dates stand to each other; the rules stand in `dates/compare/mod.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateRelation {
    /// They mean the same days, or the same instant.
    Equal,
    /// The side named is the less precise: it holds the other, or says the
    /// same with less detail.
    LessPrecise(Side),
    /// They share days, but neither holds the other.
    Overlap,
    /// They share no day, or no instant.
    Differs,
    /// What is not told could decide: an unknown end, a zone, a season.
    NotComparable,
}

/// How two dates stand to each other, and what doubt they carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub struct DateComparison {
    /// The relation, marks of doubt left aside.
    pub relation: DateRelation,
    /// Whether either date is marked uncertain, `?` or `%`.
    pub uncertain: bool,
    /// Whether either date is marked approximate, `~` or `%`.
    pub approximate: bool,
}

impl DateRelation {
    /// The relation of the two dates the other way round.
    pub fn swapped(self) -> Self {
        match self {
            Self::LessPrecise(Side::A) => Self::LessPrecise(Side::B),
            Self::LessPrecise(Side::B) => Self::LessPrecise(Side::A),
            other => other,
        }
    }
}
