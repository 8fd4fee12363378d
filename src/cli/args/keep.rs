//! Flags of the verbs with which an editor keeps the desk in order.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(in crate::cli) struct HeldArgs {
    /// list them, release one into the archive, or discard one
    #[arg(default_value = "list")]
    pub what: HeldDo,
    /// Which: H-1a2b3c
    #[arg(required_if_eq_any([("what", "release"), ("what", "discard")]))]
    pub reply: Option<String>,
    /// Where to write the receipt (default: R-….receipt.txt here)
    #[arg(long, value_name = "FILE")]
    pub receipt: Option<std::path::PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum HeldDo {
    /// Those that are held
    List,
    /// Record one, as if it had come now
    Release,
    /// Remove one; only the number of such replies is kept
    Discard,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct UndoArgs {
    /// The reply C-1a2b3c whose last answer it is, or the answer D-1a2b3c
    pub address: String,
    /// Why; published
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Show what would be recorded, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PasswordArgs {}
