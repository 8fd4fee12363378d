//! Which path leads where. What is not named here is a page of the room.

use axum::Router;
use axum::routing::{get, post};

use super::state::Shared;
use super::{api, health, pages};

/// The ways through the server. The forms for replies and the editor's desk
/// take their places here: `/reply/new`, `/reply/sent/{id}`, `/desk`,
/// `/desk/…`, `/evidence/{id}`.
pub(super) fn router(state: Shared) -> Router {
    Router::new()
        .route("/health", get(health::health))
        .route("/api/v1/openapi.json", get(api::description))
        .route("/api/v1/schemas/{folder}/{name}", get(api::schema))
        .route("/api/v1/replies", post(api::reply))
        .route("/api/v1/{*question}", get(api::read))
        .route("/api/{*rest}", get(api::nothing))
        .fallback(pages::page)
        .method_not_allowed_fallback(api::not_so)
        .with_state(state)
}
