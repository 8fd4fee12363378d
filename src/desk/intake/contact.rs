//! Where a replier can be asked, and the name that is not to be shown: kept
//! privately by the correction's id, never in the tree, the log, a receipt or
//! an export; told to editors only.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Id;
use crate::model::Correction;

use super::super::archive::Archive;
use super::super::submit::{SubmitAnswer, SubmitDraft, submit};
use super::super::{Context, DeskError, people, resolve};
use super::clipped::clipped;

/// Most bytes of a contact address.
pub const CONTACT_LIMIT: usize = 320;
/// Most bytes of what is kept.
const FILE_LIMIT: u64 = 1 << 20;

/// Who sent a reply, as told to editors only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    /// Where the person can be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The name that is not to be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

fn file(id: &Id<Correction>) -> String {
    format!("contact/{}", id.digest())
}

/// Whether it can be one: an address or a telephone number, in one line.
pub(super) fn check(contact: &str) -> Result<(), DeskError> {
    if contact.len() <= CONTACT_LIMIT && !contact.chars().any(char::is_control) {
        return Ok(());
    }
    Err(DeskError::usage("contact", format!("{:?} is no address", clipped(contact)))
        .hint(format!("give one address in one line of at most {CONTACT_LIMIT} bytes, or none")))
}

/// Records a reply that came by a form. A name that is not to be shown is not
/// recorded with it: what is in the archive leaves with every copy of it.
pub(super) fn record(
    archive: &mut Archive,
    draft: &SubmitDraft,
    contact: Option<&str>,
    context: &Context,
) -> Result<SubmitAnswer, DeskError> {
    let mut draft = draft.clone();
    let name = if draft.hide_name { draft.name.take() } else { None };
    // Nobody is logged in to reply, and whoever releases a reply does not say it.
    let sender = Context::new(context.now, None, context.draw());
    let sent = submit(archive, &draft, &sender)?;
    if !draft.dry_run {
        let told = Contact { contact: contact.map(ToString::to_string), name };
        keep(archive, &sent.correction_id, &told)?;
    }
    Ok(sent)
}

/// Keeps what was told of the sender, if anything was.
pub(super) fn keep(
    archive: &Archive,
    id: &Id<Correction>,
    told: &Contact,
) -> Result<(), DeskError> {
    if *told == Contact::default() {
        return Ok(());
    }
    let json = serde_json::to_vec(told)
        .map_err(|e| DeskError::io("contact", format!("it cannot be written: {e}")))?;
    Ok(archive.store.set_private(&file(id), &json)?)
}

/// Who sent a correction and where to ask, told to an editor; none when nothing
/// was said.
///
/// # Errors
/// When the actor is no editor, there is no such correction, or this is a copy
/// of an archive that is kept elsewhere.
pub fn contact(
    archive: &Archive,
    correction: &str,
    context: &Context,
) -> Result<Option<Contact>, DeskError> {
    let id = {
        let snap = archive.snapshot()?;
        people::must_be_editor(&snap, &people::actor(&snap, context)?)?;
        resolve::correction(&snap, correction)?.id
    };
    let Some(bytes) = archive.store.private_start(&file(&id), FILE_LIMIT)? else {
        return Ok(None);
    };
    serde_json::from_slice(&bytes).map(Some).map_err(|_| {
        DeskError::integrity(
            "contact-damaged",
            format!("{} in the private folder is damaged", file(&id)),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_one_line() {
        assert!(check("zora@example.org").is_ok() && check("+994 12 555").is_ok());
        assert!(check("a@b\nBcc: c@d").is_err());
        assert!(check(&"x".repeat(CONTACT_LIMIT + 1)).is_err());
    }
}
