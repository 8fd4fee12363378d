//! `/health`: whether the server can answer, for whoever watches it.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};

use crate::desk::{Envelope, HealthAnswer};

use super::refusal::{JSON, plain, refuse};
use super::state::Shared;

/// The state of the server; 503 when the newest state of the archive cannot be
/// opened.
pub(super) async fn health(State(state): State<Shared>) -> Response<Body> {
    if let Some(e) = state.readers.trouble() {
        return refuse(Some("health"), StatusCode::SERVICE_UNAVAILABLE, &e);
    }
    let (kept, kept_bytes) = state.kept.count();
    let answer = HealthAnswer {
        log_size: state.readers.size(),
        waiting: state.readers.waiting(),
        kept,
        kept_bytes,
    };
    let body = Envelope::answer("health", &answer, Vec::new()).to_json() + "\n";
    plain(StatusCode::OK, JSON, body)
}
