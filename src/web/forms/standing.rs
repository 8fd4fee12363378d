//! What a server knows for as long as it runs: who is logged in, who failed to,
//! what came in today; and the secret with which it marks its forms.

use std::sync::Mutex;

use axum::body::Body;
use axum::http::{Response, StatusCode};

use crate::desk::{
    Archive, Arrivals, Attempts, Challenges, Context, DeskError, HoldRule, Secret, Sessions,
};
use crate::web::refusal::refuse;

/// The state of the forms.
pub(in crate::web) struct Standing {
    secret: Option<Secret>,
    /// Which replies an editor looks at first.
    pub hold: HoldRule,
    /// Cookies are sent over TLS only.
    pub secure: bool,
    pub sessions: Mutex<Sessions>,
    pub challenges: Mutex<Challenges>,
    pub arrivals: Mutex<Arrivals>,
    pub attempts: Mutex<Attempts>,
}

impl Standing {
    /// The state at the start. An archive that cannot be written has no forms.
    ///
    /// # Errors
    /// When the secret cannot be read or kept.
    pub fn new(
        archive: &Archive,
        takes_replies: bool,
        hold: HoldRule,
        secure: bool,
        context: &Context,
    ) -> Result<Self, DeskError> {
        let secret = takes_replies.then(|| Secret::of(archive, context)).transpose()?;
        Ok(Self {
            secret,
            hold,
            secure,
            sessions: Mutex::default(),
            challenges: Mutex::default(),
            arrivals: Mutex::default(),
            attempts: Mutex::default(),
        })
    }

    /// The secret, where there are forms.
    ///
    /// # Errors
    /// The answer to send instead.
    pub fn secret(&self) -> Result<Secret, Response<Body>> {
        self.secret.clone().ok_or_else(|| {
            let e = DeskError::refused("read-only", "this server takes no replies")
                .hint("its archive is a copy that can only be read");
            refuse(None, StatusCode::FORBIDDEN, &e)
        })
    }
}
