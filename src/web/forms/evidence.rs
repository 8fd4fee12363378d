//! Files of evidence: given out as what they are, bytes from a stranger. No
//! browser shows them: they are saved.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};

use crate::desk;
use crate::web::pages::ask;
use crate::web::refusal::{plain, trouble};
use crate::web::state::Shared;
use crate::web::who_asks::Who;

/// `GET /evidence/{id}`.
pub(in crate::web) async fn evidence(
    State(state): State<Shared>,
    Extension(who): Extension<Who>,
    Path(id): Path<String>,
) -> Response<Body> {
    let file = match ask(&state, who, move |open| desk::evidence_file(open.archive, &id)).await {
        Ok(file) => file,
        Err(e) => return trouble(None, &e),
    };
    let mut answer = plain(StatusCode::OK, "application/octet-stream", String::new());
    let headers = answer.headers_mut();
    let saved =
        format!("attachment; filename=\"evidence\"; filename*=UTF-8''{}", spelled(&file.name));
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_DISPOSITION, &saved);
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'");
    *answer.body_mut() = Body::from(file.bytes);
    answer
}

/// A file name as a header spells it (RFC 8187).
fn spelled(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
