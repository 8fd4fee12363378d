//! The editor's desk as a page.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};

use super::session::{AtDesk, editor, page};
use crate::desk::{self, DeskError};
use crate::pages::{self, DecideFields, DeskState};
use crate::web::made::Made;
use crate::web::readers::Open;
use crate::web::refusal::trouble;
use crate::web::state::Shared;

/// What went wrong with what was sent from the desk, and to which path.
pub(super) struct Failed {
    pub at: &'static str,
    pub decision: Option<(DecideFields, DeskError)>,
    pub other: Option<DeskError>,
}

/// `GET /desk`.
pub(in crate::web) async fn desk(
    State(state): State<Shared>,
    headers: HeaderMap,
) -> Response<Body> {
    match editor(&state, &headers) {
        Ok(at_desk) => {
            shown(&state, at_desk, Failed { at: "desk", decision: None, other: None }).await
        }
        Err(elsewhere) => elsewhere,
    }
}

/// The page, with what went wrong.
pub(super) async fn shown(state: &Shared, at_desk: AtDesk, failed: Failed) -> Response<Body> {
    let status = match failed.decision.is_some() || failed.other.is_some() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let html = state.readers.ask(move |open: &Open<'_>| {
        let view = desk::at_the_desk(open.whole, &at_desk.context()?)?;
        let state = DeskState {
            at: failed.at,
            view: &view,
            csrf: &at_desk.csrf(),
            done: None,
            failed: failed.decision.as_ref().map(|(fields, e)| (fields, e)),
            trouble: failed.other.as_ref(),
        };
        Ok(pages::desk(open.room, &state))
    });
    html.await.map_or_else(|e| trouble(None, &e), |html| page(status, html))
}

/// `GET /desk.js`.
pub(in crate::web) async fn script(headers: HeaderMap) -> Response<Body> {
    let script = pages::desk_script().as_bytes().to_vec();
    Made::new(0, StatusCode::OK, "text/javascript; charset=utf-8", script).answer(&headers)
}
