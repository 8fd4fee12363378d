//! The forms for replies and the editor's desk, wired to their pages
//! (`pages/forms`) and acts (`desk/intake`). Fields are read here, in limits of
//! bytes and time; what they mean is known there.
//!
//! A form of another site is refused by what browsers tell of where it came from
//! (`answering`). The editor's forms carry a mark of their session besides, those for
//! replies a mark of the browser they were shown to (`browser`).

mod browser;
mod desk_acts;
mod desk_page;
mod entries;
mod evidence;
mod fields;
mod login;
mod reply;
mod session;
mod standing;

pub(super) use desk_acts::{decide, discard, release, undo};
pub(super) use desk_page::{desk, script};
pub(super) use entries::{claim, enter_claim, enter_question, question};
pub(super) use evidence::evidence;
pub(super) use login::{log_in, log_out, login};
pub(super) use reply::{new, send, sent};
pub(super) use standing::Standing;
