//! The command line as it is typed.

mod history;
mod keep;
mod room;
mod typed;
mod who;

pub(super) use history::{
    AlignArgs, ApplyArgs, AttachArgs, AuditArgs, ClaimArgs, CompareArgs, EventArgs, ExamineArgs,
    ImportArgs, Imported, QuestionArgs, TimelineArgs,
};
pub(super) use keep::{HeldArgs, HeldDo, UndoArgs};
pub(super) use room::{PagesArgs, ServeArgs, SiteArgs};
pub(super) use typed::{
    AddArgs, CiteArgs, Cli, Common, CompletionsArgs, DecideArgs, DiffArgs, ExportArgs, ExportForm,
    InboxArgs, InitArgs, ListArgs, LocateArgs, LogArgs, ManArgs, Notes, ReceiptArgs, SchemaArgs,
    ShowArgs, SubmitArgs, TourArgs, Verb, VerifyArgs, What, When,
};
pub(super) use who::WhoArgs;
