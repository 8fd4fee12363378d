//! The form for replies: shown, sent, and what became of it.

use std::sync::Arc;
use std::time::Instant;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Response, StatusCode, Uri};

use super::browser::Browser;
use super::fields::{Filled, with_files};
use super::session::{page, see};
use crate::desk::{self, DeskError, Handed, Taken};
use crate::pages::{self, FieldTrouble, ReplyFields, trouble_of};
use crate::web::locked::lock;
use crate::web::pages::ask;
use crate::web::query::Query;
use crate::web::readers::Open;
use crate::web::refusal::{too_many, trouble};
use crate::web::state::{Shared, State as Server};
use crate::web::who_asks::Who;
use crate::web::writer::{context_of, now};

/// `GET /reply/new?at=…`: the form, with the words that stand there.
pub(in crate::web) async fn new(
    State(state): State<Shared>,
    Extension(who): Extension<Who>,
    headers: HeaderMap,
    uri: Uri,
) -> Response<Body> {
    let browser = match Browser::of(&state, &headers) {
        Ok(browser) => browser,
        Err(refused) => return refused,
    };
    let marking = browser.clone();
    let at = match Query::read(uri.query().unwrap_or_default()) {
        Ok(query) => query.all("at").next().unwrap_or_default().to_string(),
        Err(e) => return trouble(None, &e),
    };
    let form = move |open: &Open<'_>| {
        let (fields, troubles) = match ReplyFields::for_place(open.archive, &at) {
            Ok(fields) => (fields, Vec::new()),
            Err(e) => (ReplyFields { at, ..ReplyFields::default() }, vec![trouble_of(&e)]),
        };
        shown(open, &marking, fields, &troubles)
    };
    match ask(&state, who, form).await {
        Ok(html) => browser.page(StatusCode::OK, html),
        Err(e) => trouble(None, &e),
    }
}

/// The form with its mark.
fn shown(
    open: &Open<'_>,
    browser: &Browser,
    mut fields: ReplyFields,
    troubles: &[FieldTrouble],
) -> Result<String, DeskError> {
    browser.mark(&mut fields)?;
    Ok(pages::reply_form(open.room, &fields, troubles))
}

/// `GET /reply/sent/{id}`: the receipt.
pub(in crate::web) async fn sent(
    State(state): State<Shared>,
    Extension(who): Extension<Who>,
    Path(id): Path<String>,
) -> Response<Body> {
    // The page that answers may come before the log has been read again.
    let found = move |open: &Open<'_>| pages::sent(open.room, &id);
    match ask(&state, who, found).await {
        Ok(Some(html)) => page(StatusCode::OK, html),
        Ok(None) => {
            let e = DeskError::not_found("reply", "there is no such reply")
                .hint("a reply that was sent a moment ago is there in a second: load this again");
            trouble(None, &e)
        }
        Err(e) => trouble(None, &e),
    }
}

/// What is to be done with a form that was read.
enum Next {
    /// The person has to look at it again.
    Show(StatusCode, String),
    /// It is handed in.
    Take(Box<Handed>, Box<ReplyFields>),
}

/// `POST /reply/new`.
pub(in crate::web) async fn send(
    State(state): State<Shared>,
    Extension(who): Extension<Who>,
    request: Request,
) -> Response<Body> {
    match sending(&state, who, request).await {
        Ok(answer) | Err(answer) => answer,
    }
}

async fn sending(
    state: &Shared,
    who: Who,
    request: Request,
) -> Result<Response<Body>, Response<Body>> {
    let browser = Browser::of(state, request.headers())?;
    state.replies.take(who.0, Instant::now()).map_err(|wait| too_many(None, wait))?;
    let filled = with_files(state, request).await?;
    let marking = browser.clone();
    let looked = state.readers.ask(move |open| look(open, &marking, who, filled)).await;
    match looked.map_err(|e| trouble(None, &e))? {
        Next::Show(status, html) => Ok(browser.page(status, html)),
        Next::Take(handed, fields) => Ok(take(state, browser, *handed, *fields).await),
    }
}

/// What can be said of a form before it is handed in.
fn look(
    open: &Open<'_>,
    browser: &Browser,
    who: Who,
    Filled { pairs, files }: Filled,
) -> Result<Next, DeskError> {
    let mut fields = ReplyFields::of(&pairs);
    let again = |fields, troubles: &[FieldTrouble]| {
        Ok(Next::Show(StatusCode::UNPROCESSABLE_ENTITY, shown(open, browser, fields, troubles)?))
    };
    let kept = match fields.kept.is_empty() {
        true => None,
        false => desk::staged(open.archive, &fields.kept, false)?,
    };
    if let Some((draft, contact)) = kept.as_ref().filter(|_| fields.change) {
        let token = fields.token.clone();
        let kept = fields.kept.clone();
        let before =
            ReplyFields { kept, token, ..ReplyFields::of_draft(draft, contact.as_deref()) };
        return Ok(Next::Show(StatusCode::OK, shown(open, browser, before, &[])?));
    }
    let mut handed = match fields.handed(files, kept) {
        Ok(handed) => handed,
        Err(troubles) => return again(fields, &troubles),
    };
    handed.address = Some(browser.secret.address(&who.0.to_string(), now()?));
    handed.browser = browser.sent();
    if !fields.choice.is_empty() || !fields.website.is_empty() {
        return Ok(Next::Take(Box::new(handed), Box::new(fields)));
    }
    match desk::similar_replies(open.archive, &handed.draft) {
        Ok(others) if others.is_empty() => Ok(Next::Take(Box::new(handed), Box::new(fields))),
        Ok(others) => {
            fields.kept = desk::stage(open.archive, handed, &context_of(None)?)?;
            browser.mark(&mut fields)?;
            Ok(Next::Show(StatusCode::OK, pages::others_said(open.room, &fields, &others)))
        }
        Err(e) => {
            rest(open, &mut fields, handed)?;
            again(fields, &[trouble_of(&e)])
        }
    }
}

/// Keeps the files of a form that has to be sent again.
fn rest(open: &Open<'_>, fields: &mut ReplyFields, handed: Handed) -> Result<(), DeskError> {
    if !handed.draft.evidence.is_empty() {
        let named = handed.draft.evidence.iter().map(|e| (e.name.clone(), e.bytes.len()));
        fields.files = named.collect();
        fields.kept = desk::stage(open.archive, handed, &context_of(None)?)?;
    }
    Ok(())
}

/// Hands a reply in: recorded, held back, or given back with what is wrong.
async fn take(
    state: &Shared,
    browser: Browser,
    handed: Handed,
    mut fields: ReplyFields,
) -> Response<Body> {
    let (again, server, secret) = (handed.clone(), Arc::clone(state), browser.secret.clone());
    let kept = fields.kept.clone();
    let taken = state.writer.act(false, move |archive| {
        let server: &Server = &server;
        let mut arrivals = lock(&server.standing.arrivals);
        let context = context_of(None)?;
        let hold = server.standing.hold;
        let taken = desk::take(archive, handed, hold, &secret, &mut arrivals, &context)?;
        if !kept.is_empty() {
            desk::staged(archive, &kept, true)?;
        }
        Ok(taken)
    });
    let shown = match taken.await {
        Ok(Taken::Recorded(sent)) => return see(&format!("/reply/sent/{}", sent.correction)),
        Ok(Taken::Held { signs, subject }) => {
            let held = move |open: &Open<'_>| Ok(pages::held_back(open.room, &subject, &signs));
            state.readers.ask(held).await.map(|html| browser.page(StatusCode::OK, html))
        }
        Err(e) => {
            let marking = browser.clone();
            let form = move |open: &Open<'_>| {
                rest(open, &mut fields, again)?;
                shown(open, &marking, fields, &[trouble_of(&e)])
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            state.readers.ask(form).await.map(|html| browser.page(status, html))
        }
    };
    shown.unwrap_or_else(|e| trouble(None, &e))
}
