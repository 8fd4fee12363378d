//! The parts of an audit put into sentences.

use crate::audit::question::{
    AuditClaim, Dependence, Group, PrintedPage, QuestionAudit, State, ToldValue,
};
use crate::pages::language::Language;
use crate::pages::values::values;

/// Where the question stands, in words: by comparison first, then by persons.
pub(super) fn state(say: Language, audit: &QuestionAudit) -> String {
    let (n, g) = (say.told_times(audit.claims.len()), audit.groups.len());
    let values = say.with_values(g);
    let told = match (audit.state, g) {
        (State::Untold, _) => say.told_by_nobody().to_string(),
        (State::ToldOnce, _) => say.told_once().to_string(),
        (State::Agree, 1) => say.told_same(n),
        (State::Agree, _) => say.told_together(n, values),
        (State::Differ, _) => say.told_differing(n, values),
        (State::NotComparable, _) => say.told_not_comparable(n, values),
    };
    let outcomes: Vec<String> = audit
        .assessments
        .iter()
        .filter(|a| a.sort == "outcome")
        .map(|a| format!("{} ({})", say.finding(&a.finding), a.by))
        .collect();
    match outcomes.is_empty() {
        true => told,
        false => say.state_assessed(told, outcomes.join("; ")),
    }
}

/// What a group of claims says, as a heading, with its side in words.
pub(super) fn value(say: Language, group: &Group) -> String {
    let value = values(say, &group.value);
    match group.side.as_str() {
        "against" => say.value_against(value),
        "open" => say.value_open(value),
        _ if matches!(group.value.0[..], [ToldValue::Yes(_)]) => capital(&value),
        _ => value,
    }
}

/// The same within a table.
pub(super) fn side(say: Language, group: &Group) -> String {
    let value = values(say, &group.value);
    match group.side.as_str() {
        "against" => say.side_against(value),
        "open" => say.side_open(value),
        _ => value,
    }
}

/// Why tellings are not independent.
pub(super) fn depends(say: Language, d: &Dependence) -> String {
    match d {
        Dependence::Retold { teller, times } => say.retold(teller, say.times(*times)),
        Dependence::Reported { teller, by } => say.known_as_reported(teller, by),
        Dependence::Related { from, relation, to, by, basis } => {
            let basis = basis.as_ref().map(|b| format!(": {b}")).unwrap_or_default();
            format!("{from} {} {to} ({by}){basis}", say.word(relation.word()))
        }
        Dependence::Judged { reason, by } => format!("{reason} ({by})"),
    }
}

/// In whose voice a claim is told.
pub(super) fn voice(say: Language, claim: &AuditClaim) -> String {
    match (claim.voice.as_str(), &claim.reported_by) {
        ("direct", None) => say.in_own_words().into(),
        ("via document", None) => say.by_document().into(),
        ("via document", Some(by)) => say.by_document_through(by),
        (_, Some(by)) => say.as_reported_by(by),
        (voice, None) => say.word(voice).to_string(),
    }
}

/// When it was told, and by what this is known.
pub(super) fn told(say: Language, claim: &AuditClaim) -> Option<String> {
    let told = say.word(claim.told.as_ref()?);
    Some(match claim.told_from.as_deref() {
        Some("part") => say.told_as_part(told),
        Some("source") => say.told_as_source(told),
        _ => say.told_when(told),
    })
}

/// Lines as people cite them.
pub(super) fn lines(say: Language, [first, last]: [u64; 2]) -> String {
    match first == last {
        true => say.one_line(first),
        false => say.several_lines(first, last),
    }
}

/// A page of print, with its margin of error.
pub(super) fn page(say: Language, page: PrintedPage) -> String {
    match page.error {
        0 => say.printed_page(page.number),
        e => say.printed_page(format!("{} (±{e})", page.number)),
    }
}

/// How many entries the log has.
pub(super) fn entries(say: Language, size: u64) -> String {
    say.entries_in_all(usize::try_from(size).unwrap_or(usize::MAX))
}

/// The sentence with a capital letter.
pub(super) fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
