//! The answers as pages for people: HTML that asks nobody for anything, most
//! of it complete in one file and without script. Main entries: [`report()`] of an
//! audit, [`comparison()`] of two texts,
//! [`apparatus()`] of any number; and a [`Room`] of pages for a whole archive. It writes what the desk answered and
//! decides nothing; every string that came from
//! outside is escaped, and what steers or hides text is shown by name.

mod apparatus;
mod catalogue;
mod closed;
mod comparison;
mod document;
mod foreign;
mod forms;
mod language;
#[cfg(test)]
mod left_in_latin;
mod report;
mod room;
mod values;

pub use apparatus::apparatus;
pub use comparison::comparison;
pub use forms::{
    ClaimFields, DecideFields, DeskState, FieldTrouble, HeldFields, LoginState, QuestionFields,
    ReplyFields, UndoFields, claim_form, desk, desk_script, held_back, login, others_said,
    question_form, reply_form, sent, trouble_of,
};
pub use language::Language;
pub use report::report;
pub use room::{Room, RoomFile, Route, Setting};
