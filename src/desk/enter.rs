//! `event`, `question`, `claim` with something to record: one item, entered at
//! the door instead of in a draft. It becomes the same record.

use crate::model::draft::{ClaimItem, EventItem, Header, Item, QuestionItem};

use super::apply::{Builder, Stop};
use super::archive::Archive;
use super::{Applied, Context, DeskError, people};

/// What is entered.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A grouping of accounts.
    Event(EventItem),
    /// A question.
    Question(QuestionItem),
    /// What a text says to a question.
    Claim(ClaimItem),
}

/// Records one entry in the name of whoever acts.
///
/// # Errors
/// When it names what is not there, lines that a text does not have, or a value
/// that is none; when the actor is no editor.
pub fn enter(
    archive: &mut Archive,
    entry: &Entry,
    dry_run: bool,
    context: &Context,
) -> Result<Vec<Applied>, DeskError> {
    let attached = archive.attached_texts();
    let (answer, _) = archive.write(context, dry_run, |snap, batch| {
        let actor = people::actor(snap, context)?;
        people::must_be_editor(snap, &actor)?;
        let header = Header { maker: actor.record.name.clone(), time: context.now };
        let item = match entry {
            Entry::Event(e) => Item::Event(e),
            Entry::Question(q) => Item::Question(q),
            Entry::Claim(c) => Item::Claim(c),
        };
        let mut builder = Builder::new(snap, batch, &attached);
        match builder.item(&item, &header) {
            Ok(()) => builder.answer(1, 1, &[], dry_run),
            Err(Stop::Later(name)) => {
                Err(DeskError::not_found("no-name", format!("there is no {name}")))
            }
            Err(Stop::Bad { field, what, hint }) => {
                let e = DeskError::usage("entry", format!("{field}: {what}"));
                Err(match hint {
                    Some(hint) => e.hint(hint),
                    None => e,
                })
            }
            Err(Stop::Archive(e)) => Err(*e),
        }
    })?;
    Ok(answer.recorded)
}
