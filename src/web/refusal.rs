//! Answers that are no answer: as the envelope for programs, and as a line of
//! text for people where no page of the room says it.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};

use crate::desk::{Class, DeskError, Envelope};

/// Media type of the answers for programs.
pub(super) const JSON: &str = "application/json";
/// Media type of lines of text.
pub(super) const TEXT: &str = "text/plain; charset=utf-8";

/// An answer of a few bytes that is not kept anywhere.
pub(super) fn plain(status: StatusCode, media: &'static str, body: String) -> Response<Body> {
    let mut answer = Response::new(Body::from(body));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Why there is no answer, for programs (`verb`) or for people.
pub(super) fn refuse(verb: Option<&str>, status: StatusCode, e: &DeskError) -> Response<Body> {
    let mut answer = match verb {
        Some(verb) => plain(status, JSON, Envelope::trouble(verb, e).to_json() + "\n"),
        None => {
            let hint = e.hint.as_ref().map(|h| format!("{h}\n")).unwrap_or_default();
            plain(status, TEXT, format!("{}\n{hint}", e.message))
        }
    };
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    answer
}

/// The same with the status that the sort of trouble has.
pub(super) fn trouble(verb: Option<&str>, e: &DeskError) -> Response<Body> {
    let status = match e.class {
        Class::Usage => StatusCode::BAD_REQUEST,
        Class::NotFound => StatusCode::NOT_FOUND,
        Class::Integrity => StatusCode::INTERNAL_SERVER_ERROR,
        Class::Refused => StatusCode::FORBIDDEN,
        Class::Io => StatusCode::SERVICE_UNAVAILABLE,
    };
    refuse(verb, status, e)
}

/// Too many were sent: when to come again.
pub(super) fn too_many(verb: Option<&str>, wait: Duration) -> Response<Body> {
    let seconds = wait.as_secs() + 1;
    let e = DeskError::refused("too-many", "too much was sent from this address, or in all")
        .hint(format!("send it again in {seconds} seconds"));
    let mut answer = refuse(verb, StatusCode::TOO_MANY_REQUESTS, &e);
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

/// The connection is closed after this answer: what is still being sent is not
/// read.
pub(super) fn closing(mut answer: Response<Body>) -> Response<Body> {
    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}
