//! Taking a reply from a form or a program: recorded at once, or held back for a
//! look.

use schemars::JsonSchema;
use serde::Serialize;

use crate::index::Snapshot;
use crate::model::{Correction, Kind};

use super::super::archive::Archive;
use super::super::notes::fold_words;
use super::super::submit::{SubmitAnswer, SubmitDraft};
use super::super::{Context, DeskError};
use super::arrivals::Arrivals;
use super::contact;
use super::handed::Handed;
use super::held;
use super::secret::Secret;
use super::signs::{Came, Form, HOLD_AT, Sign, known_by, signs, weight};

/// How many of the last replies a new one is compared with.
const LAST: usize = 300;

/// Which replies an editor looks at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HoldRule {
    /// Those that look like spam.
    #[default]
    Suspicious,
    /// All.
    All,
}

/// What became of a reply.
#[derive(Debug, Clone)]
pub enum Taken {
    /// It is in the log, and has a receipt.
    Recorded(Box<SubmitAnswer>),
    /// It is held back: not in the log, without a receipt.
    Held {
        /// Why; empty when all are.
        signs: Vec<Sign>,
        /// What it answers.
        subject: String,
    },
}

/// A reply that is held back, as a program is told.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HeldBackAnswer {
    /// An editor looks at it first; it is in no log and has no receipt.
    pub held: bool,
    /// What it answers.
    pub subject: String,
    /// Why; empty when all are held.
    pub signs: Vec<Sign>,
}

/// Takes a reply from a form. What is wrong with it is said at once, whether it
/// will be held or not.
///
/// # Errors
/// As for [`super::super::submit`]; when it is too long; when so many are held
/// that no more can be: then nothing was kept.
pub fn take(
    archive: &mut Archive,
    handed: Handed,
    rule: HoldRule,
    secret: &Secret,
    arrivals: &mut Arrivals,
    context: &Context,
) -> Result<Taken, DeskError> {
    let handed = handed.checked()?;
    let tried = tried(archive, &handed, context)?;

    let words = known_by(&handed.draft);
    let (before, came_today) = arrivals.count(handed.address.as_ref(), &words, context.now);
    let known_words =
        !words.is_empty() && (came_today || said_before(&archive.snapshot()?, &words)?);
    let form = Form {
        trap: &handed.trap,
        age: secret.form_age(&handed.browser, &handed.token, context.now),
        // A form is there, but the browser does not say that it was shown to it.
        no_cookie: handed.browser.is_empty() && !handed.token.is_empty(),
    };
    let came = Came {
        form: Some(form),
        before,
        known_words,
        text: tried.reading.as_deref().or(handed.draft.quote.as_deref()).unwrap_or_default(),
    };
    let signs = signs(&handed.draft, &came);
    if rule == HoldRule::All || weight(&signs) >= HOLD_AT {
        held::hold(archive, &handed, &signs, context)?;
        return Ok(Taken::Held { signs, subject: tried.subject });
    }
    let sent = contact::record(archive, &handed.draft, handed.contact.as_deref(), context)?;
    Ok(Taken::Recorded(Box::new(sent)))
}

/// The signs that speak against a reply from a program. One that sends many has
/// its reasons; that it sends the same words again has not.
pub fn signs_of_program(draft: &SubmitDraft, arrivals: &Arrivals, context: &Context) -> Vec<Sign> {
    let words = known_by(draft);
    let known_words = !words.is_empty() && arrivals.know(&words, context.now);
    let text = draft.quote.as_deref().unwrap_or_default();
    signs(draft, &Came { form: None, before: 0, known_words, text })
}

/// Takes a reply from a program: held back with these signs where `hold` is set.
///
/// # Errors
/// As for [`take`].
pub fn take_from_program(
    archive: &mut Archive,
    draft: SubmitDraft,
    hold: Option<Vec<Sign>>,
    context: &Context,
) -> Result<Taken, DeskError> {
    let handed = Handed { draft, ..Handed::default() }.checked()?;
    match hold {
        Some(signs) => {
            let subject = tried(archive, &handed, context)?.subject;
            held::hold(archive, &handed, &signs, context)?;
            Ok(Taken::Held { signs, subject })
        }
        None => {
            Ok(Taken::Recorded(Box::new(contact::record(archive, &handed.draft, None, context)?)))
        }
    }
}

/// What recording a reply would answer.
fn tried(
    archive: &mut Archive,
    handed: &Handed,
    context: &Context,
) -> Result<SubmitAnswer, DeskError> {
    let tried = SubmitDraft { dry_run: true, ..handed.draft.clone() };
    contact::record(archive, &tried, None, context)
}

/// Whether one of the last replies says these words.
fn said_before(snap: &Snapshot<'_>, words: &str) -> Result<bool, DeskError> {
    for row in snap.rows(Kind::Correction, None)?.iter().rev().take(LAST) {
        let correction = snap.get::<Correction>(&row.id.cast())?.record;
        // Withheld words are compared with nothing.
        if snap.reply(&correction).is_ok_and(|r| fold_words(&r.says) == words) {
            return Ok(true);
        }
    }
    Ok(false)
}
