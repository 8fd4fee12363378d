//! The way to the other door. The two do not see each other, so `main.rs` hands
//! it to [`super::run`].

use crate::desk::{DeskError, ServeAnswer, ServeDraft};
use crate::pages::Setting;

/// How a server is started: returns when it has stopped, and tells on the way
/// when it listens.
pub type Serve = fn(
    &ServeDraft,
    Setting,
    &mut dyn FnMut(&ServeAnswer) -> Result<(), DeskError>,
) -> Result<(), DeskError>;
