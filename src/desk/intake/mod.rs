//! What the web door needs besides the desk's own acts, and keeps in the
//! archive's private folder: replies that are held back, contact addresses,
//! editors' passwords. Nothing of it enters the tree, the log or an export.
//! Main entries: [`take`] a reply, [`held`] ones, [`contact`], [`log_in`] by
//! password or [`Challenges`], [`Sessions`]. What lives only as long as a
//! server runs ([`Sessions`], [`Challenges`], [`Arrivals`], [`Attempts`]) is a
//! plain struct that the door keeps; none of it looks at a clock.

mod alike;
mod arrivals;
mod attempts;
mod challenge;
mod clipped;
mod contact;
mod evening;
mod evidence;
mod handed;
mod held;
mod password;
mod queue;
mod release;
mod script;
mod secret;
mod session;
mod signs;
mod take;

pub use alike::{SimilarReply, similar_replies};
pub use arrivals::Arrivals;
pub use attempts::Attempts;
pub use challenge::{Challenge, Challenges, LOGIN_NAMESPACE};
pub use contact::{CONTACT_LIMIT, Contact, contact};
pub use evening::{DeskView, as_seen, at_the_desk, claim_place, decide_all};
pub use evidence::{EvidenceHere, evidence_file, evidence_of, plain_name};
pub use handed::{EVIDENCE_FILES, HANDED_LIMIT, Handed, WORDS_LIMIT};
pub use held::{DiscardAnswer, HeldAnswer, HeldReply, discard_held, held, stage, staged};
pub use password::{Editor, PASSWORD_LEAST, PasswordAnswer, log_in, set_password};
pub use release::{HeldShape, ReleaseAnswer, release_held};
pub use secret::{Secret, same};
pub use session::{Session, Sessions};
pub use signs::{HOLD_AT, Sign, SignKind, weight};
pub use take::{HeldBackAnswer, HoldRule, Taken, signs_of_program, take, take_from_program};
