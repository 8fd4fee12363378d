//! Editors' passwords: argon2id, as PHC strings in the private folder, one
//! file an editor.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::Id;
use crate::index::Snapshot;
use crate::model::Agent;

use super::super::archive::Archive;
use super::super::{Context, DeskError, people};

/// Fewest characters of a password.
pub const PASSWORD_LEAST: usize = 12;
/// Most bytes of one: hashing takes time.
const MOST: usize = 1024;

/// An editor who has shown who he or she is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    /// The name, as the archive has it; the actor of what he or she does.
    pub name: String,
    /// The id.
    pub id: Id<Agent>,
}

/// A password that was set.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PasswordAnswer {
    /// Whose it is.
    pub editor: String,
    /// Another one held before.
    pub changed: bool,
}

fn file(id: &Id<Agent>) -> String {
    format!("password/{}", id.digest())
}

/// Sets the password of the editor who acts.
///
/// # Errors
/// When the actor is no editor, the password is too short or too long, or the
/// archive has no private folder.
pub fn set_password(
    archive: &Archive,
    password: &str,
    context: &Context,
) -> Result<PasswordAnswer, DeskError> {
    let snap = archive.snapshot()?;
    let actor = people::actor(&snap, context)?;
    people::must_be_editor(&snap, &actor)?;
    let chars = password.chars().count();
    if chars < PASSWORD_LEAST || password.len() > MOST {
        return Err(DeskError::usage(
            "password-length",
            format!(
                "a password of {chars} characters: it needs at least {PASSWORD_LEAST}, and at most {MOST} bytes"
            ),
        )
        .hint("take a sentence, or four words that have nothing to do with each other"));
    }
    let hash = hashed(password, &context.draw())?;
    let file = file(&actor.id);
    let changed = archive.store.private_start(&file, 1)?.is_some();
    archive.store.set_private(&file, hash.as_bytes())?;
    Ok(PasswordAnswer { editor: actor.record.name, changed })
}

/// The editor of that name, if the password is right.
///
/// # Errors
/// Refused in the same words, and after the same work, whether there is no
/// such editor, no password was set, or it is another one.
pub fn log_in(archive: &Archive, name: &str, password: &str) -> Result<Editor, DeskError> {
    /// Of no password that anybody has; hashed once so that a wrong name takes
    /// as long as a wrong password.
    const NOBODY: [u8; 32] = [0; 32];
    let refused = || {
        DeskError::refused("log-in", "the name or the password is not right")
            .hint("set a password where the archive lies: variorum password --as NAME")
    };
    if password.len() > MOST {
        return Err(refused());
    }
    let editor = {
        let snap = archive.snapshot()?;
        editor_called(&snap, name)?
    };
    let kept = match &editor {
        Some(e) => archive.store.private_start(&file(&e.id), 4096)?,
        None => None,
    };
    let Some(kept) = kept.and_then(|k| String::from_utf8(k).ok()) else {
        hashed(password, &NOBODY)?;
        return Err(refused());
    };
    let right = PasswordHash::new(&kept)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    match editor {
        Some(editor) if right => Ok(editor),
        _ => Err(refused()),
    }
}

/// The editor called so, if there is one.
pub(super) fn editor_called(snap: &Snapshot<'_>, name: &str) -> Result<Option<Editor>, DeskError> {
    let Ok(agent) = people::named(snap, name.trim()) else { return Ok(None) };
    Ok(match people::must_be_editor(snap, &agent) {
        Ok(()) => Some(Editor { name: agent.record.name, id: agent.id }),
        Err(_) => None,
    })
}

/// The PHC string of a password, argon2id with the crate's parameters (19 MiB,
/// two passes; OWASP's first choice).
fn hashed(password: &str, salt: &[u8; 32]) -> Result<String, DeskError> {
    let refused = |e: argon2::password_hash::Error| {
        DeskError::io("password", format!("the password cannot be hashed: {e}"))
    };
    let salt = SaltString::encode_b64(&salt[..16]).map_err(refused)?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(refused)?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_argon2id_and_salted() {
        let (a, b) = (hashed("correct horse", &[1; 32]), hashed("correct horse", &[2; 32]));
        let (a, b) = (a.unwrap(), b.unwrap());
        assert!(a.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{a}");
        assert_ne!(a, b);
    }
}
