//! The pages that only a server has: the form for replies and what follows it,
//! log-in, the editor's desk, questions and claims. Each is a whole page in the
//! frame of the reading room; the fields of each form have a struct that reads
//! them back ([`ReplyFields`], [`DecideFields`], …), so that names of fields
//! stand in this room alone. No page needs its script.

mod catalogue;
mod decided;
mod desk_page;
mod desk_state;
mod entered;
mod entry;
mod group;
mod login;
mod others;
mod pairs;
mod parts;
mod queue;
mod replied;
mod reply;
mod sent;
mod trouble;

pub use decided::{DecideFields, HeldFields, UndoFields};
pub use desk_page::{desk, desk_script};
pub use desk_state::DeskState;
pub use entered::{ClaimFields, QuestionFields};
pub use entry::{claim_form, question_form};
pub use login::{LoginState, login};
pub use others::others_said;
pub use replied::ReplyFields;
pub use reply::reply_form;
pub use sent::{held_back, sent};
pub use trouble::{FieldTrouble, trouble_of};
