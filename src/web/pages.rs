//! The pages of the room, from memory or made anew.

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};

use crate::desk::DeskError;
use crate::pages::Route;

use super::kept::Outcome;
use super::made::Made;
use super::published::For;
use super::readers::Open;
use super::refusal::{plain, refuse, trouble};
use super::state::{Shared, State as Server};
use super::who_asks::Who;

/// The page at a path; where there is none, a page that says so.
pub(super) async fn page(
    State(state): State<Shared>,
    Extension(who): Extension<Who>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        return only_read();
    }
    let path = uri.path().trim_start_matches('/');
    // More than one slash would be another place to a browser.
    let rooted = uri.path().len() == path.len() + 1;
    if let Some(route) = Route::of_path(path).filter(|_| rooted) {
        let mut found = find(&state, who, route.clone(), StatusCode::OK).await;
        let newest = state.readers.size().max(state.writer.recorded());
        if matches!(found, Ok(None)) && state.readers.lag(newest) {
            // It may have come a moment ago.
            state.readers.catch_up(newest).await;
            found = find(&state, who, route, StatusCode::OK).await;
        }
        match found {
            Ok(Some(made)) => return made.answer(&headers),
            Ok(None) => {}
            Err(e) => return trouble(None, &e),
        }
    } else if rooted && Route::of_path(&format!("{path}/")).is_some() {
        return moved(&format!("/{path}/"));
    }
    match find(&state, who, Route::Missing, StatusCode::NOT_FOUND).await {
        Ok(Some(made)) => made.answer(&headers),
        Ok(None) => plain(StatusCode::NOT_FOUND, super::refusal::TEXT, "not found\n".into()),
        Err(e) => trouble(None, &e),
    }
}

/// A page is only read.
fn only_read() -> Response<Body> {
    let e = DeskError::usage("method", "a page can only be read");
    let mut answer = refuse(None, StatusCode::METHOD_NOT_ALLOWED, &e);
    answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    answer
}

/// The same with the slash that links of the page count on.
fn moved(to: &str) -> Response<Body> {
    let mut answer = plain(StatusCode::PERMANENT_REDIRECT, super::refusal::TEXT, String::new());
    if let Ok(to) = HeaderValue::from_str(to) {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    answer
}

async fn find(state: &Server, who: Who, route: Route, status: StatusCode) -> Outcome {
    let name = route.path();
    make(state, who, For::Person, name, move |open| {
        let file = open.room.file(&route)?;
        Ok(file.map(|f| Made::new(open.room.size(), status, f.media, f.bytes)))
    })
    .await
}

fn too_many_at_once() -> DeskError {
    DeskError::io("busy", "too many answers for this address are in the making")
        .hint("ask for fewer at the same time")
}

/// What a reader says, kept nowhere.
///
/// # Errors
/// As for [`make`].
pub(super) async fn ask<T: Send + 'static>(
    state: &Server,
    who: Who,
    job: impl FnOnce(&Open<'_>) -> Result<T, DeskError> + Send + 'static,
) -> Result<T, DeskError> {
    let _taken = state.making.take(who.0).ok_or_else(too_many_at_once)?;
    state.readers.ask(job).await
}

/// An answer from memory, or from a reader.
///
/// # Errors
/// The job's own; or that this address, or all together, wait for too much.
pub(super) async fn make(
    state: &Server,
    who: Who,
    whom: For,
    name: String,
    job: impl FnOnce(&Open<'_>) -> Result<Option<Made>, DeskError> + Send + 'static,
) -> Outcome {
    let usable = |shows| state.readers.usable(shows, whom);
    if let Some(made) = state.kept.fresh(&name, usable) {
        return Ok(Some(made));
    }
    let Some(taken) = state.making.take(who.0) else {
        // Who asks for much at once gets what there is.
        return state.kept.any(&name).map(Some).ok_or_else(too_many_at_once);
    };
    let readers = std::sync::Arc::clone(&state.readers);
    let make = async move {
        let made = readers.ask(job).await;
        drop(taken);
        made
    };
    state.kept.get(&name, usable, make).await
}
