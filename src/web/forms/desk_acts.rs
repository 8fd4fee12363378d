//! What an editor does at the desk: each is recorded by the writer in the
//! editor's name, and the desk is shown again.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;

use super::desk_page::{Failed, shown};
use super::fields::plain;
use super::session::{AtDesk, editor, see};
use crate::desk::{self, UndoDraft};
use crate::pages::{DecideFields, HeldFields, UndoFields};
use crate::web::state::Shared;

pub(super) type Pairs = Vec<(String, String)>;

/// What is answered; an error is what stands in the way, as it is shown.
pub(in crate::web) type Answer = Result<Response<Body>, Response<Body>>;

/// Who sends a form of the desk, and its fields.
///
/// # Errors
/// The answer to send instead.
pub(super) async fn sent(
    state: &Shared,
    request: Request,
) -> Result<(AtDesk, Pairs), Response<Body>> {
    let at_desk = editor(state, request.headers())?;
    let pairs = plain(state, request).await?;
    let csrf = pairs.iter().find(|(n, _)| n == "csrf").map_or("", |(_, v)| v.as_str());
    at_desk.check(csrf)?;
    Ok((at_desk, pairs))
}

/// `POST /desk/decide`.
pub(in crate::web) async fn decide(State(state): State<Shared>, request: Request) -> Answer {
    let (at_desk, pairs) = sent(&state, request).await?;
    let fields = DecideFields::of(&pairs);
    let (next, also, acting) = (fields.next_place(), fields.also.clone(), at_desk.clone());
    let seen = fields.seen.clone();
    let done = match fields.draft() {
        Ok(draft) => {
            let act = move |archive: &mut desk::Archive| {
                desk::as_seen(archive, &draft.correction, &seen)?;
                desk::decide_all(archive, &draft, &also, &acting.context()?)
            };
            state.writer.act(true, act).await.map(|_| ())
        }
        Err(e) => Err(e),
    };
    Ok(match done {
        Ok(()) => see(&next),
        Err(e) => {
            let decision = Some((fields, e));
            let failed = Failed { at: "desk/decide", decision, other: None };
            shown(&state, at_desk, failed).await
        }
    })
}

/// `POST /desk/undo`.
pub(in crate::web) async fn undo(State(state): State<Shared>, request: Request) -> Answer {
    let (at_desk, pairs) = sent(&state, request).await?;
    let UndoFields { decision, reason, .. } = UndoFields::of(&pairs);
    let draft = UndoDraft { address: decision, reason, dry_run: false };
    let acting = at_desk.clone();
    let act = move |archive: &mut desk::Archive| desk::undo(archive, &draft, &acting.context()?);
    Ok(match state.writer.act(true, act).await {
        Ok(_) => see("/desk"),
        Err(e) => {
            let failed = Failed { at: "desk/undo", decision: None, other: Some(e) };
            shown(&state, at_desk, failed).await
        }
    })
}

/// `POST /desk/held/release`.
pub(in crate::web) async fn release(State(state): State<Shared>, request: Request) -> Answer {
    held(state, request, true).await
}

/// `POST /desk/held/discard`.
pub(in crate::web) async fn discard(State(state): State<Shared>, request: Request) -> Answer {
    held(state, request, false).await
}

async fn held(state: Shared, request: Request, release: bool) -> Answer {
    let (at_desk, pairs) = sent(&state, request).await?;
    let (held, acting) = (HeldFields::of(&pairs).held, at_desk.clone());
    let act = move |archive: &mut desk::Archive| {
        let context = acting.context()?;
        match release {
            true => desk::release_held(archive, &held, &context).map(|_| ()),
            false => desk::discard_held(archive, &held, &context).map(|_| ()),
        }
    };
    Ok(match state.writer.act(true, act).await {
        Ok(()) => see("/desk"),
        Err(e) => {
            let at = if release { "desk/held/release" } else { "desk/held/discard" };
            shown(&state, at_desk, Failed { at, decision: None, other: Some(e) }).await
        }
    })
}
