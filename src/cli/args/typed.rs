//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::history::{
    AlignArgs, ApplyArgs, AttachArgs, AuditArgs, ClaimArgs, CompareArgs, EventArgs, ExamineArgs,
    ImportArgs, QuestionArgs, TimelineArgs,
};
use super::keep::{HeldArgs, PasswordArgs, UndoArgs};
use super::room::{ServeArgs, SiteArgs};
use super::who::WhoArgs;
use crate::desk::{
    CorrectionType, HowKnown, Nature, RelationToReplier, RelationToText, SourceType, Timestamp,
    Verdict,
};

/// An archive for texts that people disagree about: sources, corrections,
/// decisions, and who said what, when, on which bytes.
#[derive(Debug, Parser)]
#[command(name = "variorum", version, max_term_width = 100, arg_required_else_help = true, after_help = AFTER)]
pub(in crate::cli) struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub verb: Verb,
}

const AFTER: &str = "\
Addresses: M, M@2 (a revision), M:164-170 (lines), M#37 (a passage), M#p278 (a page of
print), \"a quotation\", C-1a2b3c (a correction), R-1a2b3c (its receipt), sha256:8c8f62dc
(anything by digest).
Exit codes: 0 done, 1 differences (with --check), 2 usage, 3 not found or ambiguous,
4 integrity, 5 refused, 6 input/output.";

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Common {
    /// The archive's folder
    #[arg(short = 'C', long = "archive", value_name = "DIR", default_value = ".", global = true)]
    pub archive: PathBuf,
    /// Answer in JSON, one line
    #[arg(long, global = true)]
    pub json: bool,
    /// Say nothing but the answer
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: When,
    /// Do not page long answers
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// Width of the answer in columns (default: the terminal's)
    #[arg(long, value_name = "COLUMNS", global = true, value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub width: Option<u16>,
    /// Who acts: a name or A-… (default: the archive's keeper)
    #[arg(long = "as", value_name = "NAME", global = true)]
    pub actor: Option<String>,
    /// The time to record instead of now (for rebuilding archives and for tests)
    #[arg(long, value_name = "TIME", global = true, hide = true)]
    pub now: Option<Timestamp>,
    /// Fixed randomness, so that a run can be repeated; keys made so are not secret
    #[arg(long, value_name = "TEXT", global = true, hide = true)]
    pub test_seed: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Verb {
    /// See the whole story on the built-in example
    Tour(TourArgs),
    /// Make an archive
    Init(InitArgs),
    /// What is here, what waits
    Status,
    /// Add a text, or a new edition of one
    Add(AddArgs),
    /// List texts, corrections or agents
    List(ListArgs),
    /// Show anything that has an address, with the replies beside it
    Show(ShowArgs),
    /// Find where words stand
    Locate(LocateArgs),
    /// Reply to a passage
    Submit(SubmitArgs),
    /// Replies that wait, grouped by passage and proposal
    Inbox(InboxArgs),
    /// Answer a reply, with a reason
    Decide(DecideArgs),
    /// Take an answer of yours back; the reply waits again
    Undo(UndoArgs),
    /// Replies by web form that wait for a look before they are recorded
    Held(HeldArgs),
    /// Set the password with which an editor logs in at the web desk (needs --as, asks for it)
    Password(PasswordArgs),
    /// Compare two revisions or two files, word by word
    Diff(DiffArgs),
    /// Who wrote each word
    Who(WhoArgs),
    /// What was recorded, newest first
    Log(LogArgs),
    /// Check the archive, or a receipt
    Verify(VerifyArgs),
    /// The receipt of a reply
    Receipt(ReceiptArgs),
    /// A citation that can be checked in any copy
    Cite(CiteArgs),
    /// Supply a text that the archive knows by digest only, for yourself
    Attach(AttachArgs),
    /// Record drafts of events, questions, claims and what belongs to them
    Apply(ApplyArgs),
    /// Who says what to a question, with the whole proof
    Audit(AuditArgs),
    /// What a text says against itself: dates, copies, quotations, names
    Examine(ExamineArgs),
    /// An event: its accounts and what is asked about it; with --title, enter one
    Event(EventArgs),
    /// A question: who says what; with --wording, enter one
    Question(QuestionArgs),
    /// A claim with its proof; with --at, enter one
    Claim(ClaimArgs),
    /// Several texts word by word; the accounts of an event, or the copies of a document,
    /// side by side
    Compare(CompareArgs),
    /// Pair the sentences of two texts in different languages
    Align(AlignArgs),
    /// Dates as texts tell them, in order
    Timeline(TimelineArgs),
    /// Bring in a history of changes that was kept elsewhere
    Import(ImportArgs),
    /// Write the archive as plain files
    Export(ExportArgs),
    /// Write a static site: pages that need neither server nor script
    Site(SiteArgs),
    /// Serve the pages and take replies: for browsers, and as JSON for programs
    Serve(ServeArgs),
    /// JSON Schema of a record, document or answer
    Schema(SchemaArgs),
    /// Completions for a shell
    Completions(CompletionsArgs),
    /// Manual pages
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TourArgs {
    /// Keep the tour's archive in this folder
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct InitArgs {
    /// The folder, empty or new (default: -C)
    pub dir: Option<PathBuf>,
    /// Title of the archive
    #[arg(long)]
    pub title: Option<String>,
    /// File with the author's invitation to reply
    #[arg(long, value_name = "FILE")]
    pub invite: Option<PathBuf>,
    /// Name of the log: host and path, without https:// (default: made up)
    #[arg(long, value_name = "NAME")]
    pub origin: Option<String>,
    /// Begin with a copy of another archive: a folder, a clone or an export
    #[arg(long, value_name = "DIR")]
    pub from: Option<PathBuf>,
    /// Folder for keys, outside the archive
    /// (default: $VARIORUM_PRIVATE, or variorum in the user's data folder)
    #[arg(long, value_name = "DIR")]
    pub private: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AddArgs {
    /// The file
    pub file: PathBuf,
    /// Short sign to cite it by: M
    #[arg(long)]
    pub siglum: String,
    /// Its title (default: the file's name)
    #[arg(long)]
    pub title: Option<String>,
    /// Who made it; may be repeated
    #[arg(long, value_name = "NAME")]
    pub by: Vec<String>,
    /// The first author's OpenSSH public key
    #[arg(long, value_name = "FILE")]
    pub author_key: Option<PathBuf>,
    /// What sort of document: memoir, article, book, agreement, letter, …
    #[arg(long = "type", value_name = "TYPE")]
    pub r#type: Option<SourceType>,
    /// Date as told
    #[arg(long)]
    pub date: Option<String>,
    /// Language tag: en, ru, vi
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Rights as stated
    #[arg(long)]
    pub rights: Option<String>,
    /// Where it was found
    #[arg(long)]
    pub url: Option<String>,
    /// Name of the edition
    #[arg(long)]
    pub edition: Option<String>,
    /// Whose words: received, transcription-fix, editorial, alternative
    #[arg(long)]
    pub nature: Option<Nature>,
    /// Encoding of a file that is not UTF-8: windows-1251
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// Not to be published: named by salted commitments
    #[arg(long)]
    pub private: bool,
    /// Record digests and places only: the text is not supplied with the archive
    #[arg(long, conflicts_with_all = ["private", "encoding"])]
    pub withheld: bool,
    /// Show what would be recorded, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    /// What to list
    #[arg(default_value = "texts")]
    pub what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum What {
    Texts,
    Corrections,
    Agents,
    Events,
    Questions,
    Claims,
    Copies,
    Parts,
    Places,
    Evidence,
    Assessments,
    Searches,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ShowArgs {
    /// M, M@2, M:164-170, M#37, M#p278, "a quotation", C-1a2b3c, sha256:…
    pub address: String,
    /// Look for a quotation in this text only
    #[arg(long = "in", value_name = "SIGLUM")]
    pub within: Option<String>,
    /// The exact bytes as stored
    #[arg(long)]
    pub raw: bool,
    /// Which replies: none, count, full
    #[arg(long, default_value = "full")]
    pub notes: Notes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Notes {
    None,
    Count,
    Full,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct LocateArgs {
    /// The words, as typed
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    pub quote: Option<String>,
    /// The text: M, M@2, or a file (default: every text)
    #[arg(long = "in", value_name = "TEXT", required_unless_present = "quote")]
    pub within: Option<String>,
    /// The text that the words were taken from: follow them from there
    #[arg(long, value_name = "TEXT", requires = "within")]
    pub from: Option<String>,
    /// File of lines {"quote": "…"} or {"exact", "prefix", "suffix"}; `-` is
    /// standard input; answers line by line
    #[arg(long, value_name = "FILE")]
    pub batch: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SubmitArgs {
    /// What it answers: M, M:164, C-1a2b3c; with --quote, where to look
    #[arg(long, visible_alias = "in", visible_alias = "to", value_name = "ADDRESS")]
    pub at: Option<String>,
    /// What the text says, as read
    #[arg(long)]
    pub quote: Option<String>,
    /// What you say
    #[arg(long, value_name = "TEXT")]
    pub say: Option<String>,
    /// Something is missing after the words, or at the end of the place
    #[arg(long)]
    pub gap: bool,
    /// The words that should stand there
    #[arg(long, value_name = "TEXT")]
    pub should_read: Option<String>,
    /// slip, fact, clarification, other-account, counter-opinion, evidence, question
    #[arg(long = "type", value_name = "TYPE")]
    pub r#type: Option<CorrectionType>,
    /// How you know: took-part, saw, holds-the-record, was-told, studied-it, infers, remembers
    #[arg(long, value_name = "HOW")]
    pub how: Option<HowKnown>,
    /// The same in your own words
    #[arg(long, value_name = "TEXT")]
    pub grounds: Option<String>,
    /// A file of evidence; may be repeated
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<PathBuf>,
    /// Name or pseudonym to show
    #[arg(long)]
    pub name: Option<String>,
    /// Do not show the name
    #[arg(long)]
    pub hide_name: bool,
    /// Language of the reply
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// OpenSSH private key to seal the reply with (needs --as)
    #[arg(long, value_name = "FILE", requires = "actor")]
    pub key: Option<PathBuf>,
    /// A filled-in form; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["quote", "say", "should_read"])]
    pub from: Option<PathBuf>,
    /// Print the form to fill in
    #[arg(long)]
    pub form: bool,
    /// Where to write the receipt (default: R-….receipt.txt here)
    #[arg(long, value_name = "FILE")]
    pub receipt: Option<PathBuf>,
    /// Show what would be recorded, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct InboxArgs {
    /// Also those that were answered
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DecideArgs {
    /// The reply: C-1a2b3c
    pub correction: String,
    /// adopt, adopt-in-part, alongside, decline, same-as, ask, leave-open
    pub verdict: Verdict,
    /// Why; published
    #[arg(long, default_value = "")]
    pub reason: String,
    /// The words to put there, for adopt-in-part or where none were proposed
    #[arg(long)]
    pub text: Option<String>,
    /// The reply that says the same
    #[arg(long, value_name = "C-…")]
    pub same_as: Option<String>,
    /// Whose words the new revision holds: transcription-fix, editorial, authorial
    #[arg(long)]
    pub nature: Option<Nature>,
    /// Your relation to the text: author, editor, spoken-of-in-it, none
    #[arg(long, value_name = "RELATION")]
    pub to_text: Option<RelationToText>,
    /// Your relation to the replier: same-person, knows-the-person, none
    #[arg(long, value_name = "RELATION")]
    pub to_replier: Option<RelationToReplier>,
    /// OpenSSH private key to seal the decision with
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Show what would be recorded, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    /// The older and the newer: M@1 M@2, or two files
    #[arg(required = true, num_args = 2..=9, value_names = ["OLD", "NEW"])]
    pub texts: Vec<String>,
    /// Counts only
    #[arg(long, group = "view")]
    pub stat: bool,
    /// Changed passages in full, what went out and came in marked
    #[arg(long, group = "view")]
    pub inline: bool,
    /// Changed passages in full, the older beside the newer
    #[arg(long, short = 'y', group = "view")]
    pub side_by_side: bool,
    /// List the words that only layout or typography changed
    #[arg(long, group = "view")]
    pub layout: bool,
    /// Write the comparison as one HTML page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// In which language that page speaks: en or ru
    #[arg(long, value_name = "TAG", default_value = "en", requires = "html")]
    pub language: String,
    /// Take the arguments that git gives an external diff driver
    #[arg(long)]
    pub git: bool,
    /// Exit 1 when words differ
    #[arg(long)]
    pub check: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct LogArgs {
    /// The history of this only
    pub address: Option<String>,
    /// At most so many
    #[arg(short = 'n', long)]
    pub limit: Option<usize>,
    /// Also seals and statements of receipt
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyArgs {
    /// Read and hash every stored byte
    #[arg(long)]
    pub full: bool,
    /// Besides, put every text together and hash its whole bytes
    #[arg(long)]
    pub flat: bool,
    /// A receipt to check
    #[arg(long, value_name = "FILE", conflicts_with_all = ["full", "flat"])]
    pub receipt: Option<PathBuf>,
    /// The log's key as you know it, or a file that holds it
    #[arg(long, value_name = "KEY", requires = "receipt")]
    pub log_key: Option<String>,
    /// Check the receipt without any archive
    #[arg(long, requires = "receipt")]
    pub offline: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ReceiptArgs {
    /// The reply: C-1a2b3c or R-1a2b3c
    pub correction: String,
    /// Write it to this file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CiteArgs {
    /// M, M:164, "a quotation"
    pub address: String,
    /// Look for a quotation in this text only
    #[arg(long = "in", value_name = "SIGLUM")]
    pub within: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArgs {
    /// In which form
    pub form: ExportForm,
    /// Into which folder, empty or new
    pub to: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportForm {
    /// The folder layout, readable without any program
    Plain,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SchemaArgs {
    /// Its name; all names when absent
    pub name: Option<String>,
    /// Write all schemas below this folder
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    pub write: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CompletionsArgs {
    /// bash, zsh, fish, elvish, powershell
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ManArgs {
    /// Write one page a command into this folder; the main page otherwise
    #[arg(long, value_name = "DIR")]
    pub write: Option<PathBuf>,
}

impl Verb {
    /// The verb's name, for the envelope.
    pub fn name(&self) -> &'static str {
        match self {
            Verb::Tour(_) => "tour",
            Verb::Init(_) => "init",
            Verb::Status => "status",
            Verb::Add(_) => "add",
            Verb::List(_) => "list",
            Verb::Show(_) => "show",
            Verb::Locate(_) => "locate",
            Verb::Submit(_) => "submit",
            Verb::Inbox(_) => "inbox",
            Verb::Decide(_) => "decide",
            Verb::Undo(_) => "undo",
            Verb::Held(_) => "held",
            Verb::Password(_) => "password",
            Verb::Diff(_) => "diff",
            Verb::Who(_) => "who",
            Verb::Log(_) => "log",
            Verb::Verify(_) => "verify",
            Verb::Receipt(_) => "receipt",
            Verb::Cite(_) => "cite",
            Verb::Attach(_) => "attach",
            Verb::Apply(_) => "apply",
            Verb::Audit(_) => "audit",
            Verb::Examine(_) => "examine",
            Verb::Event(_) => "event",
            Verb::Question(_) => "question",
            Verb::Claim(_) => "claim",
            Verb::Compare(_) => "compare",
            Verb::Align(_) => "align",
            Verb::Timeline(_) => "timeline",
            Verb::Import(_) => "import",
            Verb::Export(_) => "export",
            Verb::Site(_) => "site",
            Verb::Serve(_) => "serve",
            Verb::Schema(_) => "schema",
            Verb::Completions(_) => "completions",
            Verb::Man(_) => "man",
        }
    }
}
