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

fn selector() -> Selector {
    Selector {
        revision: id(10),
        number: 3,
        passage: Digest::from_bytes([11; 32]),
        start: 5,
        last: Some(Digest::from_bytes([12; 32])),
        last_number: Some(4),
        end: 9,
    }
}

fn cited(a: u64, b: u64) -> Citation {
    Citation { selector: selector(), lines: [a, b] }
}

fn when() -> When {
    When {
        edtf: Some("1994-05-09".parse().unwrap()),
        told: Some("on the 9th".into()),
        role: Some(DateRole::Signed),
        zone: Some("harbour time".into()),
        blank: true,
        supplied: vec![Supplied {
            component: DateComponent::Year,
            from: Some(cited(1, 1)),
            note: Some("the heading's year".into()),
        }],
    }
}

fn note() -> Option<String> {
    Some("told twice".into())
}

/// A record of each kind, in the order of [`Kind::ALL`]. Those of what texts
/// tell have every field.
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
            date: Some(when()),
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
            withheld: true,
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
            key: key.clone(),
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
                at: vec![cited(7, 8)],
            }],
            roles: vec![Role {
                role: "engineer".into(),
                from: Some("1961".into()),
                to: None,
                at: vec![cited(9, 9)],
            }],
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
            name: Some("log-book".into()),
            title: Some("the log book of the ferry".into()),
            document: Some(id(23)),
            at: vec![cited(2, 3)],
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
        History {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            source: id(4),
            parent: Some(id(15)),
            base: None,
            nature: Nature::Received,
            from: "the printer's list of changes".into(),
            file: Digest::from_bytes([26; 32]),
            revisions: 3,
            edits: content(27, false),
            roots: content(28, false),
            digests: Digest::from_bytes([29; 32]),
            text: TextState {
                bytes: 40,
                sha256: Some(Digest::from_bytes([30; 32])),
                commitment: None,
                root: Digest::from_bytes([31; 32]),
                passages: None,
            },
        }
        .into(),
        Part {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            source: id(4),
            name: "Letter2".into(),
            title: "Letter to the harbour master".into(),
            genre: Genre::Letter,
            holding: Holding::Held,
            at: cited(10, 20),
            creators: vec![id(2)],
            addressees: vec![id(3)],
            date: Some(when()),
            language: Some("en".into()),
            venue: Some("Harbour News".into()),
            published: Some(When::typed("1995")),
            transmitter: Some(id(24)),
            note: note(),
            parent: Some(id(25)),
        }
        .into(),
        Copy {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            name: "landing-order-a".into(),
            document: id(26),
            title: "the sheet of the landing order in the ferry office".into(),
            form: CopyForm::Original,
            holding: Holding::SaidToExist,
            wording: Some(id(27)),
            wording_known: Some(WordingKnown::Partly),
            counterparts: vec![Counterpart {
                copy: "landing-order-b".into(),
                claimed_by: Some(id(2)),
                compared: Compared::NotHeld,
                at: vec![cited(30, 31)],
            }],
            marks: vec![InkMark {
                what: "stamp".into(),
                place: Some("lower edge".into()),
                at: vec![cited(32, 32)],
            }],
            at: vec![cited(30, 32)],
            note: note(),
            parent: Some(id(28)),
        }
        .into(),
        Place {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            name: "Sarn / Upper Sarn".into(),
            names: vec![PlaceName {
                name: "Upper Sarn".into(),
                party: Some(id(29)),
                from: Some("1961".into()),
                to: Some("1994".into()),
                at: vec![cited(33, 33)],
            }],
            within: Some(id(30)),
            note: note(),
            parent: Some(id(31)),
        }
        .into(),
        Event {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            name: "landing".into(),
            title: "The landing at Sarn".into(),
            also: vec!["The last run".into()],
            date: Some(when()),
            within: Some(id(32)),
            note: note(),
            parent: Some(id(33)),
        }
        .into(),
        Account {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            event: id(34),
            at: vec![cited(34, 36)],
            title: Some("The engineer's night".into()),
            teller: id(2),
            voice: Voice::ReportedBy,
            reported_by: Some(id(3)),
            told: Some(when()),
            known: HowKnown::Remembers,
        }
        .into(),
        Question {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            name: "landing-date".into(),
            event: Some(id(34)),
            about: vec![id(35)],
            facet: Facet::Date,
            wording: "When did the ferry land?".into(),
            asked_by: Some(id(3)),
            note: note(),
            parent: Some(id(36)),
        }
        .into(),
        Claim {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            name: "landing-date-f1".into(),
            question: id(37),
            at: vec![cited(35, 35)],
            stance: Stance::Asserts,
            values: vec![
                Value::Date(when()),
                Value::Where(id(31)),
                Value::Agents(vec![id(2), id(3)]),
                Value::Number(Amount {
                    min: Some(-2),
                    max: Some(56),
                    unit: Some("lamps".into()),
                    about: true,
                }),
                Value::Text("landing".into()),
                Value::Yes(false),
                Value::Ref(id(35)),
                Value::Blank,
            ],
            modality: Some(Modality::Probable),
            teller: id(2),
            voice: Voice::ViaDocument,
            reported_by: Some(id(3)),
            told: Some(when()),
            known: HowKnown::TookPart,
            evidence: vec![id(38)],
            chain: vec![id(39)],
            note: note(),
            parent: Some(id(40)),
        }
        .into(),
        Saying {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            speaker: id(2),
            reporter: id(3),
            medium: Some(Medium::Telephone),
            at: vec![cited(40, 41)],
            note: note(),
        }
        .into(),
        Assessment {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            name: "landing-date-open".into(),
            about: vec![id(37)],
            sort: AssessmentKind::Outcome,
            finding: Judgement::LeftToReaders,
            by: id(2),
            reason: "Two log books, two days.".into(),
            at: vec![cited(42, 42)],
            parent: Some(id(41)),
        }
        .into(),
        Relation {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            relation: RelationKind::Cites,
            from: id(10),
            from_at: Some(cited(43, 43)),
            to: Some(id(10)),
            to_at: Some(cited(44, 45)),
            as_written: Some("p. 12".into()),
            scheme: Some(Scheme::PrintedPage),
            resolves: Some(Targets::One),
            support: Some(Support::SaysMore),
            by: id(1),
            basis: Some("read side by side".into()),
            note: note(),
        }
        .into(),
        Signature {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            of: id(42),
            agent: id(2),
            state: InkState::ForAnother,
            in_name_of: Some(id(3)),
            capacity: Some("acting harbour master".into()),
            place: Some(id(31)),
            date: Some(when()),
            reservation: Some("save for storms".into()),
            wording: Some(id(27)),
            at: vec![cited(46, 46)],
        }
        .into(),
        Responsibility {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            of: id(42),
            agent: id(3),
            role: ResponsibilityRole::Carried,
            in_name_of: Some(id(2)),
            date: Some(when()),
            at: vec![cited(47, 47)],
        }
        .into(),
        Search {
            origin: origin(),
            maker,
            key: key.clone(),
            time,
            nonce,
            name: "landing-in-f".into(),
            question: Some(id(37)),
            spellings: vec!["landing".into(), "land-".into()],
            revision: id(10),
            scope: Some(cited(1, 50)),
            view: SearchView::Reading,
            by: SearchedBy::Machine,
            hits: 2,
            gaps: Some("no captions".into()),
        }
        .into(),
    ]
}
