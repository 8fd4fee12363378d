//! The line on a record in the log, in the language of the room.

use crate::desk::Summary;
use crate::pages::language::Language;

/// The line; in English it is that of the answers.
pub(super) fn line(say: Language, summary: &Summary) -> String {
    match say {
        Language::English => summary.to_string(),
        Language::Russian => russian(summary),
    }
}

fn russian(summary: &Summary) -> String {
    let word = |word| Language::Russian.word(word);
    match summary {
        Summary::Source { siglum, title } => format!("источник {siglum}: {title}"),
        Summary::Revision { name, nature, edition, adopts, bytes } => {
            let edition = edition.as_ref().map(|e| format!(", издание {e}")).unwrap_or_default();
            let what = match adopts.is_empty() {
                true => format!("байтов: {bytes}"),
                false => format!("принимает {}", adopts.join(", ")),
            };
            format!("{name} {}{edition}, {what}", word(nature))
        }
        Summary::Reply { sort, to, says } => {
            let says = says.as_deref().unwrap_or("(слова не выдаются)");
            format!("{}, к {to}: {says}", word(sort))
        }
        Summary::Decision { verdict, reply, reason } => {
            format!("{} {reply}: {reason}", word(verdict))
        }
        Summary::Agent { sort, name } => format!("{} {name}", word(sort)),
        Summary::Evidence { state, title } => {
            let title = title.as_ref().map(|t| format!(": {t}")).unwrap_or_default();
            format!("доказательство, {}{title}", word(state))
        }
        Summary::Key { revoked, holder, fingerprint } => {
            let what = if *revoked { "отозван ключ" } else { "ключ" };
            format!("{what} ({}), {fingerprint}", holder.as_deref().unwrap_or("архив"))
        }
        Summary::Policy { title } => format!("правила: {title}"),
        Summary::Seal { role, over } => format!("печать ({}) на {over}", word(role)),
        Summary::Intake { records } => format!("получено записей: {records}"),
        Summary::History { revisions, siglum, from } => {
            format!("редакций {siglum}: {revisions}, откуда: {from}")
        }
        Summary::Import { records, from } => format!("записей: {records}, откуда: {from}"),
        Summary::Part { genre, address, title } => format!("{} {address}: {title}", word(genre)),
        Summary::Place { name } => format!("место {name}"),
        Summary::Account { event, by } => format!("рассказ о {event}: {by}"),
        Summary::Saying { reporter, speaker } => format!("{reporter} передаёт слова: {speaker}"),
        Summary::Assessment { sort, finding, by, reason } => {
            format!("{}, {}, кто: {by}: {reason}", word(sort), word(finding))
        }
        Summary::Relation { from, relation, to: Some(to) } => {
            format!("{from} {} {to}", word(relation))
        }
        Summary::Relation { from, relation, to: None } => {
            format!("{from} {} — не найдено, что", word(relation))
        }
        Summary::Share { agent, word: w } => format!("{agent}: {}", word(w)),
        Summary::Search { address, hits, spellings } => {
            format!("{address}: мест {hits}, искали {spellings:?}")
        }
        Summary::Unknown { kind } => format!("{kind}: эта версия такого не понимает"),
        Summary::Unreadable { why } => format!("не читается: {why}"),
        // Nothing but addresses, names and titles.
        Summary::Named { .. } | Summary::Claim { .. } => summary.to_string(),
    }
}
