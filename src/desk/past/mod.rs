//! Histories of full texts, outside any archive: who wrote the words of the
//! last text, and in which text a phrase was first seen. Main types:
//! [`PastText`], one text of a history; [`Past`], which reads them in order;
//! [`PastWho`] and [`FirstAnswer`]. Never opens a file: the door brings the texts.

mod first;
mod read;
mod who;
mod wiki;

pub(super) use first::RULE as FIRST_RULE;
pub use first::{FirstAnswer, FirstSeen};
pub use read::{Past, PastText, Until, past_line, phrase_line};
pub use who::{PastRevision, PastSpan, PastTotal, PastWho};
pub use wiki::WikiPage;
