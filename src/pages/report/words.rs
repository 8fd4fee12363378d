//! The closed words of an audit as sentences.

use crate::audit::question::{AuditClaim, Group, PlaceCheck, PrintedPage, QuestionAudit, State};

/// Where the question stands, in words: by comparison first, then by persons.
pub(super) fn state(audit: &QuestionAudit) -> String {
    let (n, g) = (times(audit.claims.len()), audit.groups.len());
    let told = match (audit.state, g) {
        (State::Untold, _) => "Nobody tells it here.".to_string(),
        (State::ToldOnce, _) => "Told once.".to_string(),
        (State::Agree, 1) => format!("Told {n}, always with the same value."),
        (State::Agree, _) => {
            format!("Told {n} with {g} values; all of it can be so together.")
        }
        (State::Differ, _) => {
            format!("Told {n} with {g} values, of which some cannot both be so.")
        }
        (State::NotComparable, _) => {
            format!("Told {n} with {g} values, which cannot be compared by computing.")
        }
    };
    let outcomes: Vec<String> = audit
        .assessments
        .iter()
        .filter(|a| a.sort == "outcome")
        .map(|a| format!("{} ({})", a.finding, a.by))
        .collect();
    match outcomes.is_empty() {
        true => told,
        false => format!("{told} Assessed: {}.", outcomes.join("; ")),
    }
}

fn times(n: usize) -> String {
    match n {
        1 => "once".into(),
        2 => "twice".into(),
        n => format!("{n} times"),
    }
}

/// What a question of this facet asks.
pub(super) fn asks(facet: &str) -> &'static str {
    match facet {
        "existence" => "whether there was such a thing",
        "identity" => "whether two things or persons are one",
        "date" => "when",
        "place" => "where",
        "actor" => "who",
        "number" => "how many",
        "wording" => "what the words were",
        "said" => "whether somebody said so",
        "signature" => "whether and how it was signed",
        "capacity" => "in what capacity somebody acted",
        "authorship" => "who wrote it",
        "transmission" => "how it came down",
        "effect" => "what force or effect it had",
        "blame" => "whose fault it was",
        "motive" => "why somebody did it",
        "meaning" => "what it meant",
        _ => "as worded",
    }
}

/// What a group of claims says, with its side in words.
pub(super) fn value(group: &Group) -> String {
    match group.side.as_str() {
        "against" => format!("Not: {}", group.value),
        "open" => format!("Left open: {}", group.value),
        _ if group.value == "yes" || group.value == "no" => capital(&group.value),
        _ => group.value.clone(),
    }
}

/// In whose voice a claim is told.
pub(super) fn voice(claim: &AuditClaim) -> String {
    match (claim.voice.as_str(), &claim.reported_by) {
        ("direct", None) => "in own words".into(),
        ("via document", None) => "by way of a document".into(),
        ("via document", Some(by)) => format!("by way of a document, through {by}"),
        (_, Some(by)) => format!("as reported by {by}"),
        (voice, None) => voice.to_string(),
    }
}

/// When it was told, and by what this is known.
pub(super) fn told(claim: &AuditClaim) -> Option<String> {
    let told = claim.told.as_ref()?;
    Some(match claim.told_from.as_deref() {
        Some("part") => format!("told {told} (date of the part)"),
        Some("source") => format!("told {told} (date of the source)"),
        _ => format!("told {told}"),
    })
}

/// What was checked of a place.
pub(super) fn checked(check: PlaceCheck) -> &'static str {
    match check {
        PlaceCheck::Matches => "read and hashed for this audit: it stands there",
        PlaceCheck::NotSupplied => "not read: the text is not supplied here, its digests are",
        PlaceCheck::Broken => "BROKEN: it does not stand where the record says",
    }
}

/// The same in short.
pub(super) fn found(check: PlaceCheck) -> &'static str {
    match check {
        PlaceCheck::Matches => "read, it stands there",
        PlaceCheck::NotSupplied => "not read",
        PlaceCheck::Broken => "BROKEN, not there",
    }
}

/// Lines as people cite them.
pub(super) fn lines([first, last]: [u64; 2]) -> String {
    match first == last {
        true => format!("line {first}"),
        false => format!("lines {first}–{last}"),
    }
}

/// A page of print, with its margin of error.
pub(super) fn page(page: PrintedPage) -> String {
    match page.error {
        0 => format!("printed page {}", page.number),
        e => format!("printed page {} (±{e})", page.number),
    }
}

/// Items in a sentence, or that there are none.
pub(super) fn or_none(items: &[String]) -> String {
    match items.is_empty() {
        true => "none".into(),
        false => items.join("; "),
    }
}

/// The sentence with a capital letter.
pub(super) fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
