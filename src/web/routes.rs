//! Which path leads where. What is not named here is a page of the room.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::state::Shared;
use super::{api, forms, health, pages};

/// The ways through the server.
pub(super) fn router(state: Shared) -> Router {
    Router::new()
        .route("/health", get(health::health))
        .route("/api/v1/openapi.json", get(api::description))
        .route("/api/v1/schemas/{folder}/{name}", get(api::schema))
        .route("/api/v1/replies", post(api::reply))
        .route("/api/v1/{*question}", get(api::read))
        .route("/api/{*rest}", get(api::nothing))
        .route("/reply/new", get(forms::new).post(forms::send))
        .route("/reply/sent/{id}", get(forms::sent))
        .route("/evidence/{id}", get(forms::evidence))
        .route("/desk.js", get(forms::script))
        .route("/desk", get(forms::desk))
        .route("/desk/login", get(forms::login).post(forms::log_in))
        .route("/desk/logout", post(forms::log_out))
        .route("/desk/decide", post(forms::decide))
        .route("/desk/undo", post(forms::undo))
        .route("/desk/held/release", post(forms::release))
        .route("/desk/held/discard", post(forms::discard))
        .route("/desk/question", get(forms::question).post(forms::enter_question))
        .route("/desk/claim", get(forms::claim).post(forms::enter_claim))
        .fallback(pages::page)
        .method_not_allowed_fallback(api::not_so)
        // Each reads what is sent within limits of its own.
        .layer(DefaultBodyLimit::disable())
        .with_state(state)
}
