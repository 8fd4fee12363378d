//! Options of `who`.

use std::path::PathBuf;

use clap::Args;

use crate::desk::Until;

#[derive(Debug, Args)]
pub(in crate::cli) struct WhoArgs {
    /// M, M:164, "a quotation"
    #[arg(required_unless_present = "history", conflicts_with = "history")]
    pub address: Option<String>,
    /// Look for a quotation in this text only
    #[arg(long = "in", value_name = "SIGLUM", conflicts_with = "history")]
    pub within: Option<String>,
    /// Full texts without an archive, the oldest first: a folder of texts, several files,
    /// JSON lines {"revision", "agent", "time", "text"} (.jsonl; - is standard input), an
    /// export of MediaWiki (.xml; both also .gz), or REPOSITORY:PATH in git
    #[arg(long, value_name = "SOURCE", num_args = 1..)]
    pub history: Vec<String>,
    /// Who wrote the text of this name in the history; @12 is the twelfth
    #[arg(long, value_name = "TEXT", requires = "history")]
    pub at: Option<Until>,
    /// In which text these words were first seen; may be repeated
    #[arg(long, value_name = "WORDS")]
    pub first: Vec<String>,
    /// The same for a file of phrases, one a line or as {"quote": "…"}
    #[arg(long, value_name = "FILE", conflicts_with = "first")]
    pub batch: Option<PathBuf>,
}
