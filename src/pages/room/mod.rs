//! The reading room: an archive as pages that refer to each other. A [`Room`]
//! is opened on a [`crate::desk::Reader`]; a [`Route`] names a page and its
//! path, and [`Room::file`] writes it. A static site is all of
//! [`Room::routes`]; a server writes the page that is asked for. Both have the
//! same paths, the same words and the same bytes but for how a reply is sent.
//!
//! Nothing on a page runs or loads what came from outside: foreign words are
//! escaped, and the policy of the page allows only this room's own sheet and
//! script. Everything but the search works without the script.

mod catalogue;
mod chapter;
mod difference;
pub(super) mod events;
mod feed;
pub(super) mod frame;
mod home;
mod log;
pub(super) mod notes;
pub(super) mod passage;
mod people;
mod questions;
mod replies;
mod revisions;
#[allow(clippy::module_inception)]
mod room;
mod route;
mod search;
mod setting;
mod summary;
mod text;
mod timeline;
mod words;

pub use room::{Room, RoomFile};
pub use route::Route;
pub use setting::Setting;
