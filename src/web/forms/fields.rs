//! The fields of a form that was sent, as they are, within limits.

use std::time::Duration;

use axum::RequestExt;
use axum::body::Body;
use axum::extract::{Multipart, Request};
use axum::http::{Response, StatusCode, header};

use crate::desk::{DeskError, EVIDENCE_FILES, EvidenceFile, HANDED_LIMIT, WORDS_LIMIT};
use crate::web::body;
use crate::web::query::Query;
use crate::web::refusal::{closing, refuse, trouble};
use crate::web::state::State;

/// Most bytes of a form without files.
const MOST: usize = 4 * WORDS_LIMIT;
/// Most bytes of a form with files, its borders included.
const MOST_WITH_FILES: usize = HANDED_LIMIT + 1024 * 1024;
/// Most fields; the form has some twenty.
const MOST_FIELDS: usize = 64 + EVIDENCE_FILES;
/// Longest time in which a form with files may come.
const WHOLE: Duration = Duration::from_secs(15 * 60);

/// What was filled in.
#[derive(Default)]
pub(super) struct Filled {
    pub pairs: Vec<(String, String)>,
    pub files: Vec<EvidenceFile>,
}

/// The fields of a form without files.
///
/// # Errors
/// The answer to send instead.
pub(super) async fn plain(
    state: &State,
    request: Request,
) -> Result<Vec<(String, String)>, Response<Body>> {
    let (head, sent) = request.into_parts();
    let bytes = body::read(None, &head.headers, sent, MOST, state.patience).await?;
    let text = String::from_utf8_lossy(&bytes);
    Query::read(&text).map(Query::into_pairs).map_err(|e| trouble(None, &e))
}

/// The fields of a form with files. A place for it is taken first, so that few
/// large forms are in memory at the same time.
///
/// # Errors
/// The answer to send instead.
pub(super) async fn with_files(state: &State, request: Request) -> Result<Filled, Response<Body>> {
    let stated = request.headers().get(header::CONTENT_LENGTH);
    let stated: Option<u64> = stated.and_then(|v| v.to_str().ok()?.parse().ok());
    if stated.is_some_and(|n| n > MOST_WITH_FILES as u64) {
        return Err(too_long());
    }
    let form: Multipart = request.extract().await.map_err(|e| {
        let e = DeskError::usage("form", format!("this is not the form for replies: {e}"));
        closing(refuse(None, StatusCode::BAD_REQUEST, &e))
    })?;
    let Ok(_place) = state.uploads.try_acquire() else {
        let e = DeskError::io("busy", "too many files are being sent to this server just now")
            .hint("send it again in a minute; nothing was recorded");
        return Err(closing(refuse(None, StatusCode::SERVICE_UNAVAILABLE, &e)));
    };
    match tokio::time::timeout(WHOLE, gather(form, state.patience * 3)).await {
        Ok(gathered) => gathered,
        Err(_) => Err(too_slow()),
    }
}

async fn gather(mut form: Multipart, step: Duration) -> Result<Filled, Response<Body>> {
    let mut filled = Filled::default();
    let (mut bytes, mut fields) = (0, 0);
    loop {
        let next = tokio::time::timeout(step, form.next_field()).await;
        let Some(mut field) = next.map_err(|_| too_slow())?.map_err(|e| broken(&e))? else {
            return Ok(filled);
        };
        fields += 1;
        let name = field.name().unwrap_or_default().to_string();
        let file = field.file_name().map(str::to_string);
        let mut content = Vec::new();
        loop {
            let chunk = tokio::time::timeout(step, field.chunk()).await;
            let Some(chunk) = chunk.map_err(|_| too_slow())?.map_err(|e| broken(&e))? else {
                break;
            };
            bytes += chunk.len();
            let words = file.is_none() && content.len() + chunk.len() > WORDS_LIMIT;
            if bytes > MOST_WITH_FILES || fields > MOST_FIELDS || words {
                return Err(too_long());
            }
            content.extend_from_slice(&chunk);
        }
        match file {
            // A field for files that was left empty comes without a name.
            Some(file) if file.is_empty() && content.is_empty() => {}
            Some(file) => filled.files.push(EvidenceFile { name: file, bytes: content }),
            None => filled.pairs.push((name, String::from_utf8_lossy(&content).into_owned())),
        }
    }
}

fn too_long() -> Response<Body> {
    let e = DeskError::usage("too-long", format!("more than {HANDED_LIMIT} bytes were sent"))
        .hint("send a part of it, and say where the whole is kept");
    closing(refuse(None, StatusCode::PAYLOAD_TOO_LARGE, &e))
}

fn too_slow() -> Response<Body> {
    let e = DeskError::usage("too-slow", "what was sent came too slowly; nothing was recorded");
    closing(refuse(None, StatusCode::REQUEST_TIMEOUT, &e))
}

fn broken(e: &axum::extract::multipart::MultipartError) -> Response<Body> {
    let e = DeskError::usage("form", format!("what was sent cannot be read: {e}"));
    closing(refuse(None, StatusCode::BAD_REQUEST, &e))
}
