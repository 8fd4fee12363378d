//! One record of each kind, for tests.

use super::*;
use crate::dates::Timestamp;
use crate::digest::{Any, Digest, Id};

fn id<K>(n: u8) -> Id<K> {
    Id::new(Digest::from_bytes([n; 32]))
}

fn time() -> Timestamp {
    "2026-01-02T03:04:05Z".parse().unwrap()
}

fn content(n: u8, salted: bool) -> ContentRef {
    ContentRef { name: Digest::from_bytes([n; 32]), bytes: 12, salted }
}

/// A record of each kind, in the order of [`Kind::ALL`].
pub(crate) fn all() -> Vec<Record> {
    let origin = || "example.org/ferry".to_string();
    let nonce = Some(Nonce::new([0xab; 16]));
    let (maker, key, time) = (Some(id(1)), Some("SHA256:abc".to_string()), time());
    vec![
        Source {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce: None,
            siglum: "F".into(),
            title: "The Ferry “Landing”".into(),
            r#type: SourceType::Memoir,
            holding: Holding::Held,
            creators: vec![id(2), id(3)],
            date: Some("1994".into()),
            language: Some("en".into()),
            rights: None,
            url: None,
            parent: None,
        }
        .into(),
        Revision {
            origin: origin(),
            maker,
            key: None,
            time,
            nonce,
            source: id(4),
            parent: Some(id(5)),
            nature: Nature::Editorial,
            issuer: maker,
            label: None,
            date: None,
            url: None,
            adopts: vec![id(6)],
            text: TextState {
                bytes: 7,
                sha256: Some(Digest::from_bytes([7; 32])),
                commitment: None,
                root: Digest::from_bytes([8; 32]),
                passages: None,
            },
            edits: Some(content(9, false)),
            received: None,
        }
        .into(),
        Correction {
            origin: origin(),
            maker: None,
            key: None,
            time,
            nonce,
            subject: id(10),
            selector: Some(Selector {
                revision: id(10),
                number: 3,
                passage: Digest::from_bytes([11; 32]),
                start: 5,
                last: None,
                last_number: None,
                end: 9,
            }),
            r#type: CorrectionType::Fact,
            known: HowKnown::HoldsRecord,
            content: content(12, true),
            evidence: vec![id(13)],
            parent: None,
        }
        .into(),
        Decision {
            origin: origin(),
            maker,
            key,
            time,
            nonce,
            subject: id(14),
            verdict: Verdict::AdoptInPart,
            reason: "The log book says so.".into(),
            revision: Some(id(15)),
            same_as: None,
            to_text: RelationToText::Editor,
            to_replier: RelationToReplier::None,
            parent: None,
        }
        .into(),
        Agent {
            origin: origin(),
            maker,
            key: None,
            time,
            nonce,
            r#type: AgentType::Person,
            name: "A. Harbour".into(),
            spellings: vec![Spelling {
                name: "Harbor".into(),
                source: Some(id(16)),
                language: None,
            }],
            roles: vec![Role { role: "engineer".into(), from: Some("1961".into()), to: None }],
            parent: None,
        }
        .into(),
        Evidence {
            origin: origin(),
            maker: None,
            key: None,
            time,
            nonce,
            carrier: Carrier::Facsimile,
            channel: Channel::WithReply,
            basis: HowKnown::Saw,
            state: Shown::Shown,
            content: Some(content(17, true)),
            media: Some("application/pdf".into()),
        }
        .into(),
        Key {
            origin: origin(),
            maker,
            key: None,
            time,
            nonce: None,
            holder: Some(id(18)),
            roles: vec![KeyRole::Editor, KeyRole::Author],
            public: "ssh-ed25519 AAAA".into(),
            fingerprint: "SHA256:abc".into(),
            valid_from: time,
            valid_until: None,
            revokes: None,
            reason: None,
        }
        .into(),
        Policy {
            origin: origin(),
            maker,
            key: None,
            time,
            nonce: None,
            title: "Ferry".into(),
            invitation: Some("Write to me,\neven against me.".into()),
            log_key: "example.org/ferry+00000000+AAAA".into(),
            editors: vec![id(1)],
            intake: IntakeRule::Open,
            mandates: vec![Mandate { agent: id(1), source: id(4), basis: "letter of 1995".into() }],
            parent: None,
        }
        .into(),
        Attestation {
            origin: origin(),
            subject: id(19),
            role: SealRole::Submit,
            key: "SHA256:abc".into(),
            signature: "-----BEGIN SSH SIGNATURE-----\nU1\n-----END SSH SIGNATURE-----\n".into(),
        }
        .into(),
        Intake { origin: origin(), received: time, ids: vec![id::<Any>(20), id(21)] }.into(),
        Import {
            origin: origin(),
            time,
            from: "example.net/other".into(),
            log_key: "example.net/other+00000000+AAAA".into(),
            checkpoint: "example.net/other\n1\nAAAA\n\n— x y\n".into(),
            records: 1,
            ids: Digest::from_bytes([22; 32]),
            proof: None,
        }
        .into(),
    ]
}
