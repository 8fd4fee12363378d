//! The door for browsers and programs: the reading room live from the archive,
//! the desk's answers as JSON, and a way in for replies. Main entry: [`serve`].
//! It knows no rule of the archive.
//!
//! An archive is open on one thread at a time, so a few threads each have their
//! own (`readers`), and one takes what is to be recorded (`writer`), many
//! replies in one batch. Finished answers are kept in memory (`kept`), already
//! compressed (`made`), and handed out without a look at the archive. Nothing
//! that waits for a disk runs where connections are served.
//!
//! The way of a request: `connections` -> `answering` (who asks, what is
//! refused at once, headers, the log line) -> `routes` -> `pages`, `api`,
//! `health`.

mod access_log;
mod answering;
mod api;
mod body;
mod connections;
mod forms;
mod health;
mod kept;
mod limits;
mod locked;
mod made;
mod pages;
mod patient;
mod published;
mod query;
mod readers;
mod refusal;
mod routes;
mod serve;
mod state;
mod who_asks;
mod writer;

pub use serve::serve;
