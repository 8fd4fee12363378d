//! An audit with something in every field, for the tests of what renders it.
//! Names are made up; digests are one byte repeated.

use super::*;
use crate::digest::{Digest, Id};
use crate::model::{Value, WordingKnown};

fn digest(n: u8) -> Digest {
    Digest::from_bytes([n; 32])
}

fn place(n: u8, lines: [u64; 2]) -> CitedPlace {
    let address = match lines {
        [a, b] if a == b => format!("F@1:{a}"),
        [a, b] => format!("F@1:{a}-{b}"),
    };
    CitedPlace {
        address,
        source: "F".into(),
        part: Some("F/letter-3".into()),
        part_title: Some("Third letter".into()),
        revision: "F@1".into(),
        revision_id: Id::new(digest(0xf1)),
        start: 100 * usize::from(n),
        end: 100 * usize::from(n) + 40,
        lines,
        page: Some(PrintedPage { number: 7, error: 1 }),
        passage_sha256: Some(digest(n)),
        checked: PlaceCheck::Matches,
        quote: Some("The lamp was lit at nine.".into()),
        language: Some("en".into()),
    }
}

fn claim(n: u8, value: &str, stance: &str) -> AuditClaim {
    let first = place(n, [u64::from(n), u64::from(n) + 1]);
    AuditClaim {
        id: format!("claim/lamp-{n}"),
        record: Id::new(digest(0xc0 + n)),
        value: ToldValues(vec![ToldValue::Named(value.into())]),
        values: vec![Value::Text(value.into())],
        stance: stance.into(),
        modality: None,
        teller: "Anna Dorn".into(),
        teller_id: Id::new(digest(0xa1)),
        voice: "direct".into(),
        reported_by: None,
        told: Some("May 1931 [1931-05]".into()),
        told_from: Some("claim".into()),
        known: "saw".into(),
        source: first.source.clone(),
        part: first.part.clone(),
        revision: first.revision.clone(),
        start: first.start,
        end: first.end,
        lines: first.lines,
        passage_sha256: first.passage_sha256,
        attribution: vec![Writer {
            revision: first.revision.clone(),
            basis: "recorded".into(),
            bytes: 40,
        }],
        since: Vec::new(),
        evidence: Vec::new(),
        chain: Vec::new(),
        corrections: Vec::new(),
        questioned: Vec::new(),
        note: None,
        recorded_by: Some("Editors".into()),
        recorded: "2026-01-02T03:04:05Z".into(),
        log_index: 10 + u64::from(n),
        cite: format!("A. Dorn. The Ferry, F@1, lines {n}."),
        places: vec![first],
        told_at: None,
    }
}

/// Three claims of two sides: one with evidence, signatures and a chain, one
/// against it, one in a text that is not supplied.
pub(crate) fn audit() -> QuestionAudit {
    let mut first = claim(1, "nine o’clock [T21:00]", "asserts");
    first.places.push(place(4, [12, 12]));
    first.modality = Some("probable".into());
    first.evidence.push(AuditEvidence {
        name: "evidence/log-book".into(),
        title: "Log book of the landing".into(),
        axes: vec!["original".into(), "holds the record".into()],
        state: "promised, not shown".into(),
        signatures: vec![AuditSignature {
            agent: "Anna Dorn".into(),
            state: "signed".into(),
            date: Some("3 May 1931 [1931-05-03]".into()),
            place: Some("Hollen".into()),
            capacity: Some("keeper of the lamp".into()),
            reservation: Some("as to the hour".into()),
        }],
    });
    first.chain = vec![link("Ida Voss", "Karl Hemm", 5), link("Karl Hemm", "Anna Dorn", 6)];
    first.corrections = vec!["C-1a2b3c".into()];
    first.questioned = vec!["question/lamp-said".into()];
    first.note = Some("the hour is from the margin".into());
    first.since = vec![Checked {
        revision: "F@2".into(),
        words: "changed".into(),
        basis: Some("inferred".into()),
        address: Some("F@2:14".into()),
        start: Some(620),
        end: Some(655),
        moved: false,
    }];

    let mut second = claim(2, "nine o’clock [T21:00]", "denies");
    second.teller = "Karl Hemm".into();
    second.teller_id = Id::new(digest(0xa2));
    second.voice = "reported by".into();
    second.reported_by = Some("Ida Voss".into());
    second.told_from = Some("part".into());

    let mut third = claim(3, "ten", "does not know");
    for p in &mut third.places {
        p.checked = PlaceCheck::NotSupplied;
        p.quote = None;
        p.passage_sha256 = None;
        p.language = None;
        p.page = None;
        (p.revision, p.revision_id) = ("G@1".into(), Id::new(digest(0xf2)));
        (p.source, p.address) = ("G".into(), "G@1:3-4".into());
    }
    third.told = None;
    third.attribution.clear();

    let group = |value: &str, side: &str, n: usize, claim: &AuditClaim| Group {
        value: ToldValues(vec![ToldValue::Named(value.into())]),
        side: side.into(),
        claims: vec![claim.id.clone()],
        members: vec![n],
    };
    let groups = vec![
        group("nine o’clock [T21:00]", "for", 0, &first),
        group("nine o’clock [T21:00]", "against", 1, &second),
        group("ten", "open", 2, &third),
    ];
    QuestionAudit {
        question: AuditQuestion {
            name: "question/lamp-lit".into(),
            id: Id::new(digest(0x71)),
            wording: "When was the lamp lit?".into(),
            facet: "date".into(),
            interpretation: false,
            event: Some("event/lamp".into()),
            event_title: Some("The lamp of Hollen".into()),
            asked_by: Some("Ida Voss".into()),
            about: vec!["F/letter-3".into()],
            rewordings: 1,
            recorded_by: Some("Editors".into()),
            log_index: 4,
        },
        state: State::Differ,
        differences: vec![difference("differs", (0, 1)), difference("not comparable", (0, 2))],
        origins: Origins {
            at_most: 2,
            tellers: vec!["Anna Dorn".into(), "Karl Hemm".into()],
            dependence: vec![Dependence::Retold { teller: "Anna Dorn".into(), times: 2 }],
            not_examined: vec![NotExamined("Anna Dorn".into(), "Karl Hemm".into())],
        },
        not_found: vec![AuditSearch {
            name: "search/lamp".into(),
            spellings: vec!["lamp".into(), "lantern".into()],
            within: "G@1".into(),
            lines: Some([1, 9]),
            view: "reading".into(),
            by: "machine".into(),
            hits: 0,
            gaps: Some("words broken at line ends".into()),
        }],
        assessments: vec![AuditAssessment {
            name: "assessment/lamp".into(),
            sort: "outcome".into(),
            finding: "undecidable".into(),
            by: "Ida Voss".into(),
            reason: "No clock is named.".into(),
            about: vec!["question/lamp-lit".into(), second.id.clone()],
            places: vec![place(7, [30, 31])],
        }],
        not_held: vec![NotHeld {
            name: "copy/letter-3-original".into(),
            title: "The sheet of the third letter".into(),
            holding: "lost".into(),
            unknown: Some(WordingUnknown(WordingKnown::No)),
        }],
        custody: vec![
            custody("F@1", "The Ferry", true, 0x51, 1),
            custody("G@1", "The Landing", false, 0x52, 0),
        ],
        shows: Shows::Digests,
        does_not_show: DoesNotShow { words: true },
        broken: Vec::new(),
        claims: vec![first, second, third],
        groups,
    }
}

fn link(reporter: &str, speaker: &str, n: u8) -> AuditLink {
    AuditLink {
        reporter: reporter.into(),
        speaker: speaker.into(),
        medium: Some("letter".into()),
        places: vec![place(n, [u64::from(n), u64::from(n)])],
        note: None,
    }
}

fn difference(relation: &str, groups: (usize, usize)) -> Difference {
    Difference {
        one: "nine o’clock [T21:00]".into(),
        other: if groups.1 == 1 { "not: nine o’clock [T21:00]" } else { "open: ten" }.into(),
        relation: relation.into(),
        assessed: if relation == "differs" {
            vec![Assessed { finding: "fact".into(), by: "Ida Voss".into(), reason: "yes".into() }]
        } else {
            vec![]
        },
        groups,
    }
}

fn custody(revision: &str, title: &str, supplied: bool, n: u8, since: usize) -> Custody {
    Custody {
        revision: revision.into(),
        title: title.into(),
        holding: if supplied { "held" } else { "withheld" }.into(),
        sha256: supplied.then(|| digest(n)),
        supplied,
        received: Some("2026-01-02T03:04:05Z".into()),
        log_index: u64::from(n),
        revisions_since: since,
    }
}
