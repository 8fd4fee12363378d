//! Logging in with an SSH key: the server gives a line that was never given
//! before, the editor seals it with `ssh-keygen` and pastes the seal.

use std::collections::HashMap;

use crate::dates::Timestamp;
use crate::digest::Digest;
use crate::index::{Held, Snapshot};
use crate::model::{Agent, Key, KeyRole, Kind, Link};
use crate::sign::PublicKey;

use super::super::archive::Archive;
use super::super::{Context, DeskError};
use super::password::{Editor, editor_called};

/// What such a seal is for; no seal over a record has this namespace.
pub const LOGIN_NAMESPACE: &str = "login@variorum.v1";
/// Seconds in which it must come back.
const LASTS: i64 = 10 * 60;
/// Most lines that wait at a time.
const MOST: usize = 10_000;

/// A line to be sealed, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Comes back with the seal, in a hidden field.
    pub id: String,
    /// The line. It names the archive, so that one can see for what one seals.
    pub line: String,
    /// The command that seals it, for a shell; `KEY` is the file of the key.
    pub command: String,
}

/// The lines that were given and have not come back.
#[derive(Debug, Default)]
pub struct Challenges {
    given: HashMap<Digest, (String, i64)>,
}

impl Challenges {
    /// Gives a new line.
    ///
    /// # Errors
    /// When the archive has no policy.
    pub fn give(&mut self, archive: &Archive, context: &Context) -> Result<Challenge, DeskError> {
        let now = context.now.unix_seconds();
        self.given.retain(|_, (_, until)| now < *until);
        if self.given.len() >= MOST
            && let Some(first) = self.given.iter().min_by_key(|(_, (_, t))| *t).map(|(d, _)| *d)
        {
            self.given.remove(&first);
        }
        let snap = archive.snapshot()?;
        let policy = snap
            .policy()?
            .ok_or_else(|| DeskError::integrity("no-policy", "the archive has no policy record"))?;
        let id = Digest::from_bytes(context.draw()).to_string();
        let random = Digest::from_bytes(context.draw());
        let line = format!("variorum-login {} {random}", plain(&policy.record.origin));
        self.given.insert(Digest::of(id.as_bytes()), (line.clone(), now + LASTS));
        let command =
            format!("printf '%s\\n' '{line}' | ssh-keygen -Y sign -n {LOGIN_NAMESPACE} -f KEY");
        Ok(Challenge { id, line, command })
    }

    /// The editor of that name, if the seal over the line that was given under
    /// `id` is by a key of his or hers that is registered and valid. A line
    /// counts once, whatever comes of it.
    ///
    /// # Errors
    /// Refused: with the reason where it helps only the one who sealed.
    pub fn log_in(
        &mut self,
        archive: &Archive,
        name: &str,
        id: &str,
        seal: &str,
        context: &Context,
    ) -> Result<Editor, DeskError> {
        let refused = |why: &str| DeskError::refused("seal", why);
        let given = self.given.remove(&Digest::of(id.as_bytes()));
        let now = context.now.unix_seconds();
        let Some((line, _)) = given.filter(|(_, until)| now < *until) else {
            return Err(refused(
                "the line was not given here, was used, or is older than ten minutes",
            )
            .hint("load the page anew, and seal the line that it shows then"));
        };
        let claimed = PublicKey::claimed_by_sshsig(seal.trim())
            .map_err(|e| refused(&format!("the seal cannot be used: {e}")))?;
        let snap = archive.snapshot()?;
        let Some(editor) = editor_called(&snap, name)? else {
            return Err(unknown(&claimed));
        };
        if !registered(&snap, &editor, &claimed, context.now)? {
            return Err(unknown(&claimed));
        }
        // With and without the line end, as it was typed or saved.
        let fits = ["\n", "", "\r\n"].iter().find_map(|end| {
            let sealed = format!("{line}{end}");
            claimed.verify_sshsig(LOGIN_NAMESPACE, sealed.as_bytes(), seal.trim()).ok()
        });
        match fits {
            Some(()) => Ok(editor),
            None => Err(refused("the seal is not over this line, or was made for another purpose")
                .hint(format!("seal the line that the page shows, with -n {LOGIN_NAMESPACE}"))),
        }
    }
}

fn unknown(key: &PublicKey) -> DeskError {
    DeskError::refused("seal", format!("no editor of that name has the key {}", key.fingerprint()))
        .hint("a key is registered with the first decision it seals: variorum decide … --key FILE")
}

/// Whether the key is the editor's, for deciding, and valid now.
fn registered(
    snap: &Snapshot<'_>,
    editor: &Editor,
    key: &PublicKey,
    now: Timestamp,
) -> Result<bool, DeskError> {
    for row in snap.naming::<Agent>(&editor.id, Link::Holder)? {
        let held: Held<Key> = snap.get(&row.id.cast())?;
        let k = &held.record;
        let revoked = snap.naming(&held.id, Link::Revokes)?.iter().any(|r| r.kind == Kind::Key);
        let in_time = k.valid_from <= now && k.valid_until.is_none_or(|t| now < t);
        let role = k.roles.iter().any(|r| matches!(r, KeyRole::Editor | KeyRole::Author));
        if k.fingerprint == key.fingerprint() && role && in_time && !revoked && k.revokes.is_none()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The origin where it can stand in a command between quotation marks; its
/// digest otherwise.
fn plain(origin: &str) -> String {
    let good = |b: u8| b.is_ascii_alphanumeric() || b"./-_:".contains(&b);
    match origin.bytes().all(good) {
        true => origin.to_string(),
        false => Digest::of(origin.as_bytes()).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_the_quotation_marks_of_the_command() {
        assert_eq!(plain("notes.example.org/ferry"), "notes.example.org/ferry");
        assert_eq!(plain("a'; rm -rf ~ #").len(), 64);
    }
}
