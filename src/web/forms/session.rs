//! Who is logged in, by the cookie of a request.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use crate::desk::{Context, DeskError, Secret, Session};
use crate::web::locked::lock;
use crate::web::refusal::{TEXT, plain, refuse};
use crate::web::state::State;
use crate::web::writer::{context_of, now};

const COOKIE: &str = "variorum-desk";

/// An editor who is logged in.
#[derive(Clone)]
pub(super) struct AtDesk {
    pub session: Session,
    token: String,
    secret: Secret,
}

impl AtDesk {
    /// The mark that forms of this session carry.
    pub fn csrf(&self) -> String {
        self.secret.csrf(&self.token)
    }

    /// Refuses a form without it.
    ///
    /// # Errors
    /// The answer to send instead.
    pub fn check(&self, csrf: &str) -> Result<(), Response<Body>> {
        if self.secret.csrf_fits(&self.token, csrf) {
            return Ok(());
        }
        let e = DeskError::refused("form", "this form was not made for you, or long ago")
            .hint("go back, load the page anew, and send it again");
        Err(refuse(None, StatusCode::FORBIDDEN, &e))
    }

    /// The editor acts now.
    ///
    /// # Errors
    /// When clock or randomness fail.
    pub fn context(&self) -> Result<Context, DeskError> {
        context_of(Some(self.session.editor.name.clone()))
    }
}

/// The token that a browser sends.
pub(super) fn token(headers: &HeaderMap) -> Option<String> {
    cookie(headers, COOKIE)
}

/// The cookie of that name; the first, where a browser sends several.
pub(super) fn cookie(headers: &HeaderMap, wanted: &str) -> Option<String> {
    let listed = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = listed.flat_map(|v| v.split(';')).filter_map(|p| p.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value.to_string())
}

/// The editor who sends this; who is none is led to the log-in.
///
/// # Errors
/// The answer to send instead.
pub(super) fn editor(state: &State, headers: &HeaderMap) -> Result<AtDesk, Response<Body>> {
    let secret = state.standing.secret()?;
    let found = token(headers).and_then(|token| {
        let session = lock(&state.standing.sessions).find(&token, now().ok()?)?;
        Some(AtDesk { session, token, secret })
    });
    found.ok_or_else(|| see("/desk/login"))
}

/// Look there next (303).
pub(super) fn see(place: &str) -> Response<Body> {
    let mut answer = plain(StatusCode::SEE_OTHER, TEXT, String::new());
    if let Ok(place) = HeaderValue::from_str(place) {
        answer.headers_mut().insert(header::LOCATION, place);
    }
    answer
}

/// The same with a cookie that lasts as long as the browser, or, without a
/// token, takes it back.
pub(super) fn see_with(state: &State, place: &str, token: Option<&str>) -> Response<Body> {
    let secure = if state.standing.secure { "; Secure" } else { "" };
    let (value, age) = token.map_or(("", "; Max-Age=0"), |t| (t, ""));
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{age}");
    let mut answer = see(place);
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    answer
}

/// A page for one person: kept nowhere.
pub(super) fn page(status: StatusCode, html: String) -> Response<Body> {
    plain(status, "text/html; charset=utf-8", html)
}
