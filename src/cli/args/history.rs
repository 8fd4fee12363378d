//! Options of the verbs on events, questions and claims.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::desk::{Facet, HowKnown, OddityCode, Stance, Voice};

#[derive(Debug, Args)]
pub(in crate::cli) struct ApplyArgs {
    /// Draft files, or folders of them (*.toml in the order of their names)
    #[arg(required = true)]
    pub drafts: Vec<PathBuf>,
    /// A file of a text that the drafts point into and the archive does not hold
    #[arg(long, value_name = "FILE")]
    pub text: Vec<PathBuf>,
    /// Show what would be recorded, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    #[command(subcommand)]
    pub what: Imported,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Imported {
    /// A list of changes to a text, kept elsewhere: each becomes a revision
    Edits(ImportEditsArgs),
}

const EDITS: &str = "\
One JSON object a line is one revision; offsets are bytes of the text that the line before gave:
  {\"agent\": \"A. Reader\", \"time\": \"2020-09-13T13:26:40Z\", \"reason\": \"slip\", \"edits\": [
     {\"replace\": {\"start\": 5, \"end\": 9, \"text\": \"noon\"}},    start = end inserts
     {\"move\": {\"start\": 20, \"end\": 31, \"to\": 64}},        the writers stay
     {\"restore\": {\"revision\": 17, \"start\": 5, \"end\": 9, \"at\": 40, \"at_end\": 44}},
     {\"layout\": {\"start\": 70, \"end\": 71, \"text\": \"\\n\"}}]}    spaces, hyphens, quotation marks
`time` may be seconds since 1970; `reason` and `at_end` may be left out. `revision` is the number of
an earlier line, 0 for the text before the first. All is recorded, or nothing.";

#[derive(Debug, Args)]
#[command(after_help = EDITS)]
pub(in crate::cli) struct ImportEditsArgs {
    /// The list: one JSON object a line; `-` is standard input
    pub file: PathBuf,
    /// The text that it begins with: M or M@2
    #[arg(long, value_name = "TEXT")]
    pub to: String,
    /// Where the list came from, in words (default: the file's name)
    #[arg(long, value_name = "WORDS")]
    pub from: Option<String>,
    /// A file of the text that it begins with; then --to is the siglum of a new source
    #[arg(long, value_name = "FILE")]
    pub base: Option<PathBuf>,
    /// Title of the new source
    #[arg(long, requires = "base")]
    pub title: Option<String>,
    /// A creator of the new source; may be repeated
    #[arg(long, value_name = "NAME", requires = "base")]
    pub by: Vec<String>,
    /// Show what would be recorded, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AttachArgs {
    /// The file
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AuditArgs {
    /// question/NAME, claim/NAME, event/NAME, or words of a text: M:164
    pub address: String,
    /// Write the report to this file: one HTML page for screen and paper; a file that is
    /// there is replaced
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// In which language the report speaks: en or ru
    #[arg(long, value_name = "TAG", default_value = "en", requires = "report")]
    pub language: String,
    /// Write the provenance as PROV-JSON to this file; `-` is standard output, in place of
    /// the answer
    #[arg(long, value_name = "FILE")]
    pub prov: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExamineArgs {
    /// A text: M, M@2, or lines of it: M:100-200; with --copies or --quotes the texts
    /// or files to compare (default: all texts of the archive)
    #[arg(value_name = "TEXT", required_unless_present_any = ["copies", "quotes"])]
    pub texts: Vec<String>,
    /// Passages that the texts share, word for word or reworded, within and between them
    #[arg(long, conflicts_with_all = ["quotes", "code", "submit"])]
    pub copies: bool,
    /// Check every quotation in this file against the texts; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["code", "submit"])]
    pub quotes: Option<PathBuf>,
    /// Show all quotations, those that are right too
    #[arg(long, requires = "quotes")]
    pub all: bool,
    /// Exit with 1 when something was found
    #[arg(long)]
    pub check: bool,
    /// Findings of this code only; may be repeated
    #[arg(long, value_name = "CODE")]
    pub code: Vec<OddityCode>,
    /// Make replies of these findings: their numbers, 3,7, or all
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',')]
    pub submit: Vec<String>,
    /// Show what would be recorded, write nothing
    #[arg(long, requires = "submit")]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CompareArgs {
    /// Texts to be aligned word by word, M@1 M@2 N or files, up to 64; or one event/NAME, or
    /// one document with copies: M/App10
    #[arg(required = true, value_name = "WHAT")]
    pub texts: Vec<String>,
    /// Take this text, one of those named, as the base: omissions and additions are then its own
    #[arg(long, value_name = "TEXT")]
    pub base: Option<String>,
    /// Show, here and on the page, only places where words differ, not spelling or punctuation
    #[arg(long)]
    pub words: bool,
    /// Write the apparatus as one HTML page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// In which language that page speaks: en or ru
    #[arg(long, value_name = "TAG", default_value = "en", requires = "html")]
    pub language: String,
    /// Write the texts as TEI, parallel segmentation
    #[arg(long, value_name = "FILE")]
    pub tei: Option<PathBuf>,
    /// Exit 1 when words differ
    #[arg(long)]
    pub check: bool,
}

impl CompareArgs {
    /// Whether something is asked for that only texts compared word by word have.
    pub fn asks_for_words(&self) -> bool {
        let Self { base, words, html, tei, check, .. } = self;
        base.is_some() || html.is_some() || tei.is_some() || *check || *words
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AlignArgs {
    /// Two texts or parts of them: E V, M:100-200 V, or two files
    #[arg(required = true, num_args = 2, value_names = ["A", "B"])]
    pub texts: Vec<String>,
    /// Pairs made by hand, which win: a table as --tsv writes it
    #[arg(long, value_name = "FILE")]
    pub pairs: Option<PathBuf>,
    /// Only the sentences without a partner
    #[arg(long, group = "view")]
    pub only: bool,
    /// Counts only
    #[arg(long, group = "view")]
    pub stat: bool,
    /// A table to edit and give back with --pairs
    #[arg(long, group = "view")]
    pub tsv: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct EventArgs {
    /// event/NAME
    pub event: String,
    /// Enter a new event under this title; it asserts nothing
    #[arg(long)]
    pub title: Option<String>,
    /// The larger event it belongs under: event/NAME
    #[arg(long, value_name = "EVENT", requires = "title")]
    pub part_of: Option<String>,
    /// Show what would be recorded, write nothing
    #[arg(long, requires = "title")]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct QuestionArgs {
    /// question/NAME
    pub question: String,
    /// Enter a new question in these words
    #[arg(long, requires = "facet")]
    pub wording: Option<String>,
    /// What it asks for: existence, identity, date, place, actor, number, wording, said,
    /// signature, capacity, authorship, transmission, effect, blame, motive, meaning
    #[arg(long, requires = "wording")]
    pub facet: Option<Facet>,
    /// The event it is about: event/NAME
    #[arg(long, requires = "wording")]
    pub event: Option<String>,
    /// Show what would be recorded, write nothing
    #[arg(long, requires = "wording")]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ClaimArgs {
    /// claim/NAME
    pub claim: String,
    /// Where it is said, by lines: M:164-166; may be repeated
    #[arg(long, value_name = "ADDRESS", requires_all = ["question", "stance", "teller"])]
    pub at: Vec<String>,
    /// The question it answers
    #[arg(long)]
    pub question: Option<String>,
    /// asserts, denies, reports, quotes, implies, doubts, disowns, does-not-know
    #[arg(long)]
    pub stance: Option<Stance>,
    /// Whose statement it is
    #[arg(long, value_name = "NAME")]
    pub teller: Option<String>,
    /// direct, via-document, reported-by
    #[arg(long, default_value = "direct")]
    pub voice: Voice,
    /// Who reports the teller
    #[arg(long, value_name = "NAME")]
    pub reported_by: Option<String>,
    /// How the teller knows
    #[arg(long, value_name = "HOW", default_value = "not-said")]
    pub how: HowKnown,
    /// When it was told, where that is not the date of the text
    #[arg(long, value_name = "DATE")]
    pub told: Option<String>,
    /// The value is this date: 1994-05-09, 1994-05-09/1994-05-11
    #[arg(long, value_name = "DATE", group = "value")]
    pub date: Option<String>,
    /// The value is this place
    #[arg(long, value_name = "NAME", group = "value")]
    pub place: Option<String>,
    /// The value is this number
    #[arg(long, value_name = "N", group = "value", allow_negative_numbers = true)]
    pub number: Option<i64>,
    /// The value is yes or no
    #[arg(long, value_name = "BOOL", group = "value")]
    pub yes: Option<bool>,
    /// The value is these words
    #[arg(long, value_name = "TEXT", group = "value")]
    pub text: Option<String>,
    /// Anything else, in a line
    #[arg(long)]
    pub note: Option<String>,
    /// Show what would be recorded, write nothing
    #[arg(long, requires = "at")]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TimelineArgs {
    /// What this text tells only; may be repeated
    #[arg(long = "in", value_name = "SIGLUM")]
    pub within: Vec<String>,
    /// Not before this date: 1994, 1994-05, 1994-05-09
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Not after this date
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
}
