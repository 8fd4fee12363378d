//! Questions answered, from memory or by a reader.

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};

use super::questions::Question;
use crate::desk::DeskError;
use crate::web::made::Made;
use crate::web::pages::make;
use crate::web::published::For;
use crate::web::query::Query;
use crate::web::refusal::{JSON, refuse, trouble};
use crate::web::state::Shared;
use crate::web::who_asks::Who;

/// Where the questions are, in a path.
const BASE: &str = "/api/v1/";

/// The answer to a question.
pub(in crate::web) async fn read(
    State(state): State<Shared>,
    Extension(who): Extension<Who>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let path = uri.path().strip_prefix(BASE).unwrap_or_default();
    let Some((question, last)) = Question::at(path) else { return nothing(uri).await };
    let verb = Some(question.verb);
    let mut query = match Query::read(uri.query().unwrap_or_default()) {
        Ok(query) => query,
        Err(e) => return trouble(verb, &e),
    };
    if let Err(e) = question.check(&query) {
        return trouble(verb, &e);
    }
    if let Some((name, value)) = question.last.zip(last) {
        query.add(name, value);
    }
    let name = uri.path_and_query().map_or(String::new(), |p| p.as_str().to_string());
    let made = make(&state, who, For::Program, name, move |open| {
        let answer = question.answer(open.archive, &query)? + "\n";
        Ok(Some(Made::new(open.room.size(), StatusCode::OK, JSON, answer.into_bytes())))
    });
    match made.await {
        Ok(Some(made)) => made.answer(&headers),
        Ok(None) => nothing(uri).await,
        Err(e) => trouble(verb, &e),
    }
}

/// There is no such question.
pub(in crate::web) async fn nothing(uri: Uri) -> Response<Body> {
    let e = DeskError::not_found("path", format!("there is nothing at {}", uri.path()))
        .hint("what there is: /api/v1/openapi.json");
    trouble(Some("api"), &e)
}

/// The path is there, but not for this method.
pub(in crate::web) async fn not_so(method: Method, uri: Uri) -> Response<Body> {
    let takes = match uri.path() {
        "/reply/new" | "/desk/login" | "/desk/question" | "/desk/claim" => "GET, HEAD, POST",
        "/api/v1/replies" | "/desk/logout" | "/desk/decide" | "/desk/undo"
        | "/desk/held/release" | "/desk/held/discard" => "POST",
        _ => "GET, HEAD",
    };
    let e = DeskError::usage("method", format!("{} takes {takes}, not {method}", uri.path()));
    let mut answer = refuse(Some("api"), StatusCode::METHOD_NOT_ALLOWED, &e);
    answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static(takes));
    answer
}
