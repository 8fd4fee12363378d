//! `POST /api/v1/replies`: a reply from a program, answered with its receipt, or
//! that it is held back.

use std::time::Instant;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::desk::{
    self, Archive, CorrectionType, DeskError, Envelope, HeldBackAnswer, HoldRule, HowKnown,
    SubmitDraft, Taken,
};
use crate::pages::Route;
use crate::web::body;
use crate::web::locked::lock;
use crate::web::refusal::{JSON, plain, refuse, too_many, trouble};
use crate::web::state::Shared;
use crate::web::who_asks::Who;
use crate::web::writer::context_of;

/// Most bytes of a reply; a record of it holds at most 64 KiB anyway.
const MOST: usize = 256 * 1024;
const VERB: Option<&str> = Some("submit");

/// A reply as a program sends it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(in crate::web) struct ReplyDraft {
    /// Address of what it answers: `M`, `M:164`, `C-…`. With a quotation, the
    /// quotation is looked for there only.
    pub at: Option<String>,
    /// What the text says, as read.
    pub quote: Option<String>,
    /// It answers the gap after the words: something is missing there.
    pub gap: bool,
    /// slip, fact, clarification, other-account, counter-opinion, evidence, question.
    pub r#type: Option<String>,
    /// What the reader says.
    pub says: String,
    /// The words that should stand there instead.
    pub replacement: Option<String>,
    /// How the reader knows: took-part, saw, holds-the-record, was-told, studied-it,
    /// infers, remembers.
    pub known: Option<String>,
    /// The same in own words.
    pub grounds: Option<String>,
    /// Evidence that is referred to but not sent.
    pub promised: Vec<String>,
    /// Name or pseudonym to show.
    pub name: Option<String>,
    /// The reader asked not to be named.
    pub hide_name: bool,
    /// Language of the reply (BCP 47).
    pub language: Option<String>,
}

impl ReplyDraft {
    /// The same for the desk.
    ///
    /// # Errors
    /// When a word of a closed list is none.
    fn draft(self) -> Result<SubmitDraft, DeskError> {
        let r#type = self.r#type.as_deref().map(str::parse::<CorrectionType>).transpose();
        let known = self.known.as_deref().map(str::parse::<HowKnown>).transpose();
        Ok(SubmitDraft {
            at: self.at,
            quote: self.quote,
            gap: self.gap,
            r#type: r#type?,
            says: self.says,
            replacement: self.replacement,
            known: known?,
            grounds: self.grounds,
            promised: self.promised,
            name: self.name,
            hide_name: self.hide_name,
            language: self.language,
            ..SubmitDraft::default()
        })
    }
}

/// Takes a reply; answered when it is on the disk: with 201 and its receipt when
/// it is recorded, with 202 when an editor looks at it first.
pub(in crate::web) async fn reply(
    State(state): State<Shared>,
    Extension(who): Extension<Who>,
    request: Request,
) -> Response<Body> {
    let (head, sent) = request.into_parts();
    // A form of another site cannot send this type without asking first.
    let media = head.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    if media.and_then(|m| m.split(';').next()).map(str::trim) != Some(JSON) {
        let e = DeskError::usage("media-type", "a reply is sent as application/json")
            .hint("its form: /api/v1/openapi.json");
        return refuse(VERB, StatusCode::UNSUPPORTED_MEDIA_TYPE, &e);
    }
    let bytes = match body::read(VERB, &head.headers, sent, MOST, state.patience).await {
        Ok(bytes) => bytes,
        Err(refused) => return refused,
    };
    let draft = match serde_json::from_slice::<ReplyDraft>(&bytes) {
        Ok(draft) => draft.draft(),
        Err(e) => Err(DeskError::usage("reply", format!("this is no reply: {e}"))
            .hint("its form: /api/v1/openapi.json")),
    };
    let draft = match draft {
        Ok(draft) => draft,
        Err(e) => return trouble(VERB, &e),
    };
    if let Err(wait) = state.replies.take(who.0, Instant::now()) {
        return too_many(VERB, wait);
    }
    match taken(&state, draft).await {
        Ok(Taken::Recorded(sent)) => {
            let page = format!("/{}", Route::Reply(sent.correction.clone()).path());
            let envelope = Envelope::answer("submit", &*sent, Vec::new()).to_json() + "\n";
            let mut answer = plain(StatusCode::CREATED, JSON, envelope);
            if let Ok(page) = HeaderValue::from_str(&page) {
                answer.headers_mut().insert(header::LOCATION, page);
            }
            answer
        }
        Ok(Taken::Held { signs, subject }) => {
            let told = HeldBackAnswer { held: true, subject, signs };
            let envelope = Envelope::answer("held-back", &told, Vec::new()).to_json() + "\n";
            plain(StatusCode::ACCEPTED, JSON, envelope)
        }
        Err(e) => trouble(VERB, &e),
    }
}

/// Records a reply, with others in one batch where nothing speaks against it.
async fn taken(state: &Shared, draft: SubmitDraft) -> Result<Taken, DeskError> {
    let (context, sent) = (context_of(None)?, draft.clone());
    let now = context.now;
    let signs = desk::signs_of_program(&draft, &lock(&state.standing.arrivals), &context);
    let hold = state.standing.hold == HoldRule::All || desk::weight(&signs) >= desk::HOLD_AT;
    // A name that is not to be shown is kept apart.
    let taken = if hold || draft.hide_name && draft.name.is_some() {
        let hold = hold.then_some(signs);
        let act =
            move |archive: &mut Archive| desk::take_from_program(archive, draft, hold, &context);
        state.writer.act(false, act).await?
    } else {
        Taken::Recorded(Box::new(state.writer.send(draft).await?))
    };
    // What was refused may be sent again, mended.
    lock(&state.standing.arrivals).remember(&sent, now);
    Ok(taken)
}
