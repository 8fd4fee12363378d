//! The cookie that ties a form for replies to the browser it was shown to. A form
//! of another site comes without it, or with a field that was made for another
//! browser. A reply without it is held back, not refused: a witness whose browser
//! keeps no cookies is heard, a moment later.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use super::session::{cookie, page};
use crate::desk::{DeskError, Secret};
use crate::pages::ReplyFields;
use crate::web::refusal::trouble;
use crate::web::state::State;
use crate::web::writer::{context_of, now};

const COOKIE: &str = "variorum-reply";

/// A browser with which forms are exchanged.
#[derive(Clone)]
pub(super) struct Browser {
    pub secret: Secret,
    /// What it keeps from now on.
    kept: String,
    /// It sent that; otherwise the answer gives it.
    sent: bool,
    /// The cookie is sent over TLS only.
    secure: bool,
}

impl Browser {
    /// The browser of a request.
    ///
    /// # Errors
    /// The answer to send instead, where there are no forms; or when randomness
    /// fails.
    pub fn of(state: &State, headers: &HeaderMap) -> Result<Self, Response<Body>> {
        let secret = state.standing.secret()?;
        let secure = state.standing.secure;
        let made_here = |v: &String| v.len() == 64 && v.bytes().all(|b| b.is_ascii_hexdigit());
        match cookie(headers, COOKIE).filter(made_here) {
            Some(kept) => Ok(Self { secret, kept, sent: true, secure }),
            None => {
                let context = context_of(None).map_err(|e| trouble(None, &e))?;
                let kept = Secret::browser(&context);
                Ok(Self { secret, kept, sent: false, secure })
            }
        }
    }

    /// What it sent back; empty when nothing.
    pub fn sent(&self) -> String {
        if self.sent { self.kept.clone() } else { String::new() }
    }

    /// Marks a form that is shown to it. A mark that holds stays, so that it tells
    /// when the form was shown first.
    ///
    /// # Errors
    /// When the clock fails.
    pub fn mark(&self, fields: &mut ReplyFields) -> Result<(), DeskError> {
        let now = now()?;
        if self.secret.form_age(&self.kept, &fields.token, now).is_none() {
            fields.token = self.secret.form_token(&self.kept, now);
        }
        Ok(())
    }

    /// A page for it, with the cookie where it has none yet.
    pub fn page(&self, status: StatusCode, html: String) -> Response<Body> {
        let mut answer = page(status, html);
        if !self.sent {
            let secure = if self.secure { "; Secure" } else { "" };
            let set =
                format!("{COOKIE}={}; Path=/reply; HttpOnly; SameSite=Strict{secure}", self.kept);
            if let Ok(set) = HeaderValue::from_str(&set) {
                answer.headers_mut().insert(header::SET_COOKIE, set);
            }
        }
        answer
    }
}
