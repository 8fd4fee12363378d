//! Logging in and out. A password takes long to check, on purpose, so one is
//! checked at a time, and whoever fails often has to wait.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode};

use super::fields::plain;
use super::session::{editor, page, see, see_with, token};
use crate::desk::{self, DeskError, Editor};
use crate::pages::{self, LoginState};
use crate::web::locked::lock;
use crate::web::pages::ask;
use crate::web::readers::Open;
use crate::web::refusal::trouble;
use crate::web::state::{Shared, State as Server};
use crate::web::who_asks::Who;
use crate::web::writer::{context_of, now};

/// `GET /desk/login`.
pub(in crate::web) async fn login(
    State(state): State<Shared>,
    Extension(who): Extension<Who>,
    headers: HeaderMap,
) -> Response<Body> {
    if let Err(refused) = state.standing.secret() {
        return refused;
    }
    match editor(&state, &headers) {
        Ok(_) => see("/desk"),
        Err(_) => shown(&state, who, String::new(), None).await,
    }
}

/// The page, with why the last log-in failed.
async fn shown(
    state: &Shared,
    who: Who,
    name: String,
    failed: Option<DeskError>,
) -> Response<Body> {
    let server = std::sync::Arc::clone(state);
    let status = if failed.is_some() { StatusCode::FORBIDDEN } else { StatusCode::OK };
    let html = ask(state, who, move |open: &Open<'_>| {
        let server: &Server = &server;
        let challenge = lock(&server.standing.challenges).give(open.whole, &context_of(None)?)?;
        let login = LoginState {
            name: &name,
            csrf: "",
            challenge: Some(&challenge),
            trouble: failed.as_ref(),
        };
        Ok(pages::login(open.room, &login))
    });
    html.await.map_or_else(|e| trouble(None, &e), |html| page(status, html))
}

/// `POST /desk/login`.
pub(in crate::web) async fn log_in(
    State(state): State<Shared>,
    Extension(who): Extension<Who>,
    request: Request,
) -> Response<Body> {
    let pairs = match plain(&state, request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refused,
    };
    let one = |name: &str| {
        pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default()
    };
    let name = one("name");
    match tried(&state, who, &name, one("password"), one("challenge"), one("seal")).await {
        Ok(editor) => match context_of(None) {
            Ok(context) => {
                let token = lock(&state.standing.sessions).begin(editor, &context);
                see_with(&state, "/desk", Some(&token))
            }
            Err(e) => trouble(None, &e),
        },
        Err(e) => shown(&state, who, name, Some(e)).await,
    }
}

async fn tried(
    state: &Shared,
    who: Who,
    name: &str,
    password: String,
    challenge: String,
    seal: String,
) -> Result<Editor, DeskError> {
    let time = now()?;
    let keys = [format!("name {name}"), format!("address {}", who.0)];
    for key in &keys {
        lock(&state.standing.attempts).may_try(key, time)?;
    }
    // One at a time: a crowd of guesses shall not take the machine.
    let _turn = state.log_ins.acquire().await;
    let (server, name) = (std::sync::Arc::clone(state), name.to_string());
    let work = tokio::task::spawn_blocking(move || {
        let archive = server.place.open()?;
        if seal.trim().is_empty() {
            return desk::log_in(&archive, &name, &password);
        }
        let context = context_of(None)?;
        lock(&server.standing.challenges).log_in(&archive, &name, &challenge, &seal, &context)
    });
    let outcome = work.await.unwrap_or_else(|_| {
        Err(DeskError::io("unanswered", "the log-in could not be checked").hint("try again"))
    });
    let mut attempts = lock(&state.standing.attempts);
    for key in &keys {
        match &outcome {
            Ok(_) => attempts.succeeded(key),
            Err(_) => attempts.failed(key, time),
        }
    }
    outcome
}

/// `POST /desk/logout`.
pub(in crate::web) async fn log_out(
    State(state): State<Shared>,
    request: Request,
) -> Response<Body> {
    let headers = request.headers().clone();
    let at_desk = match editor(&state, &headers) {
        Ok(at_desk) => at_desk,
        Err(elsewhere) => return elsewhere,
    };
    let pairs = match plain(&state, request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refused,
    };
    let csrf = pairs.iter().find(|(n, _)| n == "csrf").map_or("", |(_, v)| v.as_str());
    if let Err(refused) = at_desk.check(csrf) {
        return refused;
    }
    if let Some(token) = token(&headers) {
        lock(&state.standing.sessions).end(&token);
    }
    see_with(&state, "/", None)
}
