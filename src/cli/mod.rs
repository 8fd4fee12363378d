//! The command line: reads what was typed, calls the desk, shows the answer.
//! Main entry: [`run`]; one file per verb. It knows no rule of the archive.

mod add;
mod apply;
mod args;
mod attach;
mod audit;
mod audit_files;
mod cite;
mod collation;
mod copies;
mod decide;
mod diff;
mod diff_git;
mod diff_views;
mod door;
mod enter;
mod event;
mod examine;
mod export;
mod files;
mod folders;
mod import;
mod inbox;
mod init;
mod list;
mod locate;
mod log;
mod meta;
mod pager;
mod paint;
mod progress;
mod prose;
mod quoted;
mod receipt;
mod reused;
mod run;
mod show;
mod status;
mod submit;
mod table;
mod timeline;
mod tour;
mod verify;
mod who;
mod wrap;

pub use run::run;
