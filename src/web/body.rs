//! The body of a request, read within its limits of bytes and time.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Response, StatusCode, header};

use crate::desk::DeskError;

use super::refusal::{closing, refuse};

/// A sender may take so many times the patience for one step.
const STEPS: u32 = 3;

/// Reads a body of at most `most` bytes. What says of itself that it is longer
/// is refused before a byte of it is read.
///
/// # Errors
/// The answer to send instead.
pub(super) async fn read(
    verb: Option<&str>,
    headers: &HeaderMap,
    body: Body,
    most: usize,
    patience: Duration,
) -> Result<Bytes, Response<Body>> {
    let stated = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse().ok());
    let too_long = || {
        let e = DeskError::usage("too-long", format!("more than {most} bytes were sent"))
            .hint("shorten it, or send the long part as evidence");
        closing(refuse(verb, StatusCode::PAYLOAD_TOO_LARGE, &e))
    };
    if stated.is_some_and(|n: u64| n > most as u64) {
        return Err(too_long());
    }
    match tokio::time::timeout(patience * STEPS, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(e)) if is_too_long(&e) => Err(too_long()),
        Ok(Err(e)) => {
            let e = DeskError::usage("body", format!("what was sent cannot be read: {e}"));
            Err(closing(refuse(verb, StatusCode::BAD_REQUEST, &e)))
        }
        Err(_) => {
            let e = DeskError::usage("too-slow", "what was sent came too slowly");
            Err(closing(refuse(verb, StatusCode::REQUEST_TIMEOUT, &e)))
        }
    }
}

fn is_too_long(e: &axum::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(e);
    while let Some(e) = cause {
        if e.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = e.source();
    }
    false
}
