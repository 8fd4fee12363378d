//! One request from its head to its log line: who asks, what is refused before
//! anything is looked at, the answer, and the headers that every answer has.

use std::net::IpAddr;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use tower::ServiceExt;

use crate::desk::DeskError;

use super::access_log::Line;
use super::refusal::{closing, refuse};
use super::state::State;
use super::who_asks::{client, is_from_elsewhere};

/// Longest path with its query, in bytes: room for a quotation of some pages.
const LONGEST: usize = 16 * 1024;

/// Headers of every answer. The policy is that of the pages (`pages/room/frame.rs`)
/// without `file:`: this server's own sheet and script, and nothing else.
const ALWAYS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // Not `no-referrer`: with it a browser tells no origin either when it sends a form.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Answers a request that came over a connection from `peer`.
pub(super) async fn answer(
    state: &State,
    router: Router,
    peer: IpAddr,
    mut request: Request<Body>,
) -> Response<Body> {
    let started = Instant::now();
    let who = client(peer, request.headers(), state.behind_proxy);
    request.extensions_mut().insert(who);
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let refused = refusal(&request);
    let mut answer = match refused {
        Some(refused) => refused,
        None => match router.oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        },
    };
    let headers = answer.headers_mut();
    for (name, value) in ALWAYS {
        // What an answer says of itself stands.
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    state.access_log.line(&Line {
        who: who.0,
        method: method.as_str(),
        path: uri.path(),
        status: answer.status().as_u16(),
        bytes: if method == Method::HEAD { 0 } else { answer.body().size_hint().lower() },
        took: started.elapsed(),
    });
    answer
}

/// What is refused whatever it asks for.
fn refusal(request: &Request<Body>) -> Option<Response<Body>> {
    let path = request.uri().path();
    let verb = path.starts_with("/api/").then_some("api");
    let length = request.uri().path_and_query().map_or(0, |p| p.as_str().len());
    if length > LONGEST {
        let e = DeskError::usage("too-long", format!("the address has more than {LONGEST} bytes"));
        return Some(closing(refuse(verb, StatusCode::URI_TOO_LONG, &e)));
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && is_from_elsewhere(request.headers()) {
        let e = DeskError::refused("other-site", "a page of another site has sent this")
            .hint("open the form on this site, and send it from there");
        return Some(closing(refuse(verb, StatusCode::FORBIDDEN, &e)));
    }
    None
}
