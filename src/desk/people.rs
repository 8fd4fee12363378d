//! Who acts, and who is named: agents are found by name or short id.

use crate::digest::Id;
use crate::index::{Held, Snapshot};
use crate::model::{Agent, AgentType, Key, KeyRole, Kind, Link, Record};
use crate::sign::{PublicKey, SecretKey};

use super::address::Address;
use super::batch::Batch;
use super::{Context, DeskError, resolve};

/// The agent whom the context names, or the archive's keeper (its first
/// editor).
pub(super) fn actor(snap: &Snapshot<'_>, context: &Context) -> Result<Held<Agent>, DeskError> {
    let Some(name) = &context.actor else {
        let policy = snap
            .policy()?
            .ok_or_else(|| DeskError::integrity("no-policy", "the archive has no policy record"))?;
        let keeper = policy.record.editors.first().ok_or_else(|| {
            DeskError::refused("no-editor", "the archive names no editor")
                .hint("say who acts: --as NAME")
        })?;
        return Ok(snap.get(keeper)?);
    };
    named(snap, name)
}

/// The agent called so, by name or `A-…`.
pub(super) fn named(snap: &Snapshot<'_>, name: &str) -> Result<Held<Agent>, DeskError> {
    if let Ok(Address::Record { kind: Kind::Agent, hex }) = Address::parse(name) {
        return Ok(snap.get(&resolve::row(snap, name, &hex, Some(Kind::Agent))?.id.cast())?);
    }
    snap.agent_called(name)?.ok_or_else(|| {
        let known: Vec<String> = snap
            .rows(Kind::Agent, None)
            .map(|r| r.into_iter().filter_map(|r| r.called).collect())
            .unwrap_or_default();
        DeskError::not_found("agent", format!("nobody here is called {name:?}"))
            .hint(format!("known are: {}", known.join(", ")))
    })
}

/// Whether the agent may decide.
pub(super) fn must_be_editor(snap: &Snapshot<'_>, agent: &Held<Agent>) -> Result<(), DeskError> {
    let policy = snap
        .policy()?
        .ok_or_else(|| DeskError::integrity("no-policy", "the archive has no policy record"))?;
    if policy.record.editors.contains(&agent.id) {
        return Ok(());
    }
    Err(DeskError::refused(
        "not-an-editor",
        format!("{} is not an editor of this archive", agent.record.name),
    )
    .hint("the editors are named in its policy; act as one of them: --as NAME"))
}

/// The agent called so, or a new record of a person of that name.
pub(super) fn named_or_new(
    snap: &Snapshot<'_>,
    batch: &mut Batch<'_>,
    name: &str,
    maker: &Id<Agent>,
) -> Result<Id<Agent>, DeskError> {
    let in_batch = batch.records.iter().find_map(|(id, _, r)| match r {
        Record::Agent(a) if a.name == name => Some(id.cast()),
        _ => None,
    });
    if let Some(id) = in_batch {
        return Ok(id);
    }
    if let Some(agent) = snap.agent_called(name)? {
        return Ok(agent.id);
    }
    batch.record(Agent {
        origin: batch.origin.clone(),
        maker: Some(*maker),
        key: None,
        time: batch.now,
        nonce: Some(batch.context().nonce()),
        r#type: AgentType::Person,
        name: name.to_string(),
        spellings: Vec::new(),
        roles: Vec::new(),
        parent: None,
    })
}

/// Records a public key as an agent's.
pub(super) fn record_key(
    batch: &mut Batch<'_>,
    maker: &Id<Agent>,
    holder: &Id<Agent>,
    public: &PublicKey,
    roles: &[KeyRole],
) -> Result<Id<Key>, DeskError> {
    batch.record(Key {
        origin: batch.origin.clone(),
        maker: Some(*maker),
        key: None,
        time: batch.now,
        nonce: Some(batch.context().nonce()),
        holder: Some(*holder),
        roles: roles.to_vec(),
        public: public.to_openssh(),
        fingerprint: public.fingerprint(),
        valid_from: batch.now,
        valid_until: None,
        revokes: None,
        reason: None,
    })
}

/// The valid key record of this agent with this fingerprint and role.
pub(super) fn registered_key(
    snap: &Snapshot<'_>,
    agent: &Id<Agent>,
    key: &SecretKey,
    role: KeyRole,
    context: &Context,
) -> Result<bool, DeskError> {
    let fingerprint = key.public().fingerprint();
    for row in snap.naming(agent, Link::Holder)? {
        let record: Held<Key> = snap.get(&row.id.cast())?;
        let k = &record.record;
        let revoked = snap.naming(&record.id, Link::Revokes)?.iter().any(|r| r.kind == Kind::Key);
        let in_time = k.valid_from <= context.now && k.valid_until.is_none_or(|t| context.now < t);
        if k.fingerprint == fingerprint
            && k.roles.contains(&role)
            && !revoked
            && in_time
            && k.revokes.is_none()
        {
            return Ok(true);
        }
    }
    Ok(false)
}
