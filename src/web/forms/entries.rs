//! Questions and claims that an editor enters.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode, Uri};

use super::desk_acts::{Answer, Pairs, sent};
use super::session::{AtDesk, editor, page, see};
use crate::desk::{self, Archive, DeskError, Entry};
use crate::pages::{self, ClaimFields, QuestionFields};
use crate::web::query::Query;
use crate::web::refusal::trouble;
use crate::web::state::Shared;

/// `GET /desk/question`.
pub(in crate::web) async fn question(
    State(state): State<Shared>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    let (at_desk, pairs) = asked(&state, &headers, &uri)?;
    Ok(show_question(&state, &at_desk, QuestionFields::of(&pairs), None).await)
}

/// `POST /desk/question`.
pub(in crate::web) async fn enter_question(
    State(state): State<Shared>,
    request: Request,
) -> Answer {
    let (at_desk, pairs) = sent(&state, request).await?;
    let fields = QuestionFields::of(&pairs);
    let acting = at_desk.clone();
    let done = match fields.entry() {
        Ok(entry) => state.writer.act(true, move |a| record(a, &entry, &acting)).await,
        Err(e) => Err(e),
    };
    Ok(match done {
        Ok((name, size)) => {
            state.readers.catch_up(size).await;
            see(&fields.next_place(&name))
        }
        Err(e) => show_question(&state, &at_desk, fields, Some(e)).await,
    })
}

/// `GET /desk/claim?at=…`.
pub(in crate::web) async fn claim(
    State(state): State<Shared>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    let (at_desk, pairs) = asked(&state, &headers, &uri)?;
    Ok(show_claim(&state, &at_desk, ClaimFields::of(&pairs), None).await)
}

/// `POST /desk/claim`.
pub(in crate::web) async fn enter_claim(State(state): State<Shared>, request: Request) -> Answer {
    let (at_desk, pairs) = sent(&state, request).await?;
    let fields = ClaimFields::of(&pairs);
    let (typed, acting) = (fields.clone(), at_desk.clone());
    let done = state.writer.act(true, move |archive| {
        let entry = typed.placed(archive)?.entry()?;
        record(archive, &entry, &acting)
    });
    Ok(match done.await {
        Ok((_, size)) => {
            state.readers.catch_up(size).await;
            see(&fields.next_place())
        }
        Err(e) => show_claim(&state, &at_desk, fields, Some(e)).await,
    })
}

/// Records it: what it is called, and the size of the log with it.
fn record(
    archive: &mut Archive,
    entry: &Entry,
    at_desk: &AtDesk,
) -> Result<(String, u64), DeskError> {
    let made = desk::enter(archive, entry, false, &at_desk.context()?)?;
    let name = made.into_iter().next().map(|m| m.name).unwrap_or_default();
    Ok((name, archive.log_size()?))
}

/// Who asks for an empty form, and what it is to begin with.
fn asked(
    state: &Shared,
    headers: &HeaderMap,
    uri: &Uri,
) -> Result<(AtDesk, Pairs), Response<Body>> {
    let at_desk = editor(state, headers)?;
    let query = Query::read(uri.query().unwrap_or_default()).map_err(|e| trouble(None, &e))?;
    Ok((at_desk, query.into_pairs()))
}

fn status(failed: Option<&DeskError>) -> StatusCode {
    failed.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY)
}

async fn show_question(
    state: &Shared,
    at_desk: &AtDesk,
    mut fields: QuestionFields,
    failed: Option<DeskError>,
) -> Response<Body> {
    fields.csrf = at_desk.csrf();
    let status = status(failed.as_ref());
    let html = state
        .readers
        .ask(move |open| Ok(pages::question_form(open.room, &fields, failed.as_ref())));
    html.await.map_or_else(|e| trouble(None, &e), |html| page(status, html))
}

async fn show_claim(
    state: &Shared,
    at_desk: &AtDesk,
    mut fields: ClaimFields,
    failed: Option<DeskError>,
) -> Response<Body> {
    fields.csrf = at_desk.csrf();
    let status = status(failed.as_ref());
    let html = state.readers.ask(move |open| {
        // The form says itself what is wrong with its place.
        let (fields, wrong) = fields.shown(open.whole);
        Ok(pages::claim_form(open.room, &fields, failed.or(wrong).as_ref()))
    });
    html.await.map_or_else(|e| trouble(None, &e), |html| page(status, html))
}
