//! `init`: a new archive with a key of its own.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;

use super::foreign::Foreign;
use crate::digest::Id;
use crate::index::Index;
use crate::model::{Agent, AgentType, IntakeRule, Key, KeyRole, Policy};
use crate::sign::SecretKey;
use crate::store::{InitConfig, Store};

use super::archive::{Archive, INDEX_FILE, KEY_FILE, note_signer};
use super::{Context, DeskError};

/// What a new archive is to be.
#[derive(Debug, Clone)]
pub struct InitDraft {
    /// The folder, empty or not yet there.
    pub dir: PathBuf,
    /// Title; the folder's name when absent.
    pub title: Option<String>,
    /// The author's invitation to reply.
    pub invitation: Option<String>,
    /// Name of the log: a host and path without scheme (C2SP checkpoint
    /// origin); made up when absent.
    pub origin: Option<String>,
    /// Name of the person or body that keeps the archive.
    pub keeper: String,
    /// Folder below which the private folder is made; it must lie outside `dir`.
    pub private: PathBuf,
    /// A copy of another archive to begin with: its records keep their origin.
    pub from: Option<PathBuf>,
}

/// A new archive.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct InitAnswer {
    /// The folder.
    pub archive: String,
    /// Its title.
    pub title: String,
    /// Name of its log.
    pub origin: String,
    /// The log's verifier key: publish it, so that others can check receipts.
    pub log_key: String,
    /// Who keeps it.
    pub keeper: String,
    /// Id of the keeper's record.
    pub keeper_id: Id<Agent>,
    /// Where the archive's key lies. It is not in the archive: back it up.
    pub private: String,
    /// Origin of the archive whose records it begins with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// How many records came from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imported: Option<u64>,
}

/// Makes an archive: folder, key, and the first records (keeper, key, policy).
///
/// # Errors
/// When the folder is not empty, or cannot be written.
pub fn init(draft: &InitDraft, context: &Context) -> Result<InitAnswer, DeskError> {
    let foreign = draft.from.as_deref().map(Foreign::read).transpose()?;
    let title = match (&draft.title, &foreign) {
        (Some(t), _) => t.clone(),
        (None, Some(f)) => f.policy.title.clone(),
        (None, None) => folder_name(&draft.dir),
    };
    let keeper_name = draft.keeper.trim();
    if keeper_name.is_empty() {
        return Err(DeskError::usage("keeper-empty", "the keeper's name is empty")
            .hint("give it: --as \"Your Name\""));
    }
    let key = SecretKey::generate(context.draw()).with_comment("variorum archive key");
    let origin = match &draft.origin {
        Some(o) => o.clone(),
        None => invented_origin(&title, &context.draw()),
    };
    let log_key = note_signer(&origin, &key)?.verifier_key().to_string();
    let private = draft.private.join(origin.replace('/', "+"));
    if private.join(KEY_FILE).exists() {
        return Err(DeskError::refused(
            "key-there",
            format!(
                "there is a key of an archive called {origin} in {} already",
                private.display()
            ),
        )
        .hint("give another --origin, or another folder for keys: --private DIR"));
    }
    let store = Store::init(&draft.dir, &InitConfig { private_dir: private.clone() })?;
    store.put_private(KEY_FILE, key.to_openssh().as_bytes())?;
    let index = Index::open(&draft.dir.join(INDEX_FILE))?;
    let mut archive = Archive::fresh(store, index, &draft.dir);

    let mut keeper_id = None;
    let invitation = draft
        .invitation
        .clone()
        .or_else(|| foreign.as_ref().and_then(|f| f.policy.invitation.clone()));
    let (from, imported) = (
        foreign.as_ref().map(|f| f.policy.origin.clone()),
        foreign.as_ref().map(|f| f.records.len() as u64),
    );
    archive.found(context, &origin, &key, |batch| {
        let former = match foreign {
            Some(f) => Some(f.take_in(batch, context)?),
            None => None,
        };
        let keeper = batch.record(Agent {
            origin: origin.clone(),
            maker: None,
            key: None,
            time: context.now,
            nonce: Some(context.nonce()),
            r#type: AgentType::Person,
            name: keeper_name.to_string(),
            spellings: Vec::new(),
            roles: Vec::new(),
            parent: None,
        })?;
        batch.record(Key {
            origin: origin.clone(),
            maker: Some(keeper),
            key: None,
            time: context.now,
            nonce: None,
            holder: None,
            roles: vec![KeyRole::Archive],
            public: key.public().to_openssh(),
            fingerprint: key.public().fingerprint(),
            valid_from: context.now,
            valid_until: None,
            revokes: None,
            reason: None,
        })?;
        batch.record(Policy {
            origin: origin.clone(),
            maker: Some(keeper),
            key: None,
            time: context.now,
            nonce: None,
            title: title.clone(),
            invitation: invitation.clone(),
            log_key: log_key.clone(),
            editors: vec![keeper],
            intake: IntakeRule::Open,
            mandates: Vec::new(),
            parent: None,
        })?;
        if let Some(import) = former {
            batch.record(import)?;
        }
        keeper_id = Some(keeper);
        Ok(())
    })?;
    Ok(InitAnswer {
        archive: draft.dir.display().to_string(),
        title,
        origin,
        log_key,
        keeper: keeper_name.to_string(),
        keeper_id: keeper_id.expect("the batch was built"),
        private: private.display().to_string(),
        from,
        imported,
    })
}

fn folder_name(dir: &Path) -> String {
    dir.file_name().map_or_else(|| "archive".to_string(), |n| n.to_string_lossy().into_owned())
}

/// A name that no other log is likely to have: the title in ASCII, and eight
/// random digits.
fn invented_origin(title: &str, entropy: &[u8; 32]) -> String {
    let mut slug = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() >= 40 {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    let slug = if slug.is_empty() { "archive" } else { slug };
    let digits: String = entropy.iter().take(4).map(|b| format!("{b:02x}")).collect();
    format!("variorum.invalid/{slug}-{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_names_that_a_checkpoint_can_carry() {
        assert_eq!(
            invented_origin("Peace to Karabakh!", &[0xab; 32]),
            "variorum.invalid/peace-to-karabakh-abababab"
        );
        assert_eq!(invented_origin("Мир", &[1; 32]), "variorum.invalid/archive-01010101");
    }
}
